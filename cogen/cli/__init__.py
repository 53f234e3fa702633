"""The command line: arguments in, a printed report and an exit code out.

The only place that reads the clock and the environment, and the only one that prints.  Layer: cli.
Exit codes: 0 built; 1 findings; 2 command line, or no site there; 3 the machine; 70 a bug of ours; 130 Ctrl-C;
143 SIGTERM, by which ``kill``, a time limit or a service manager ends a program.
"""

import argparse
from collections.abc import Callable, Sequence

from cogen import __version__
from cogen.cli.stopping import Terminated, minding_sigterm, stop_behind
from cogen.cli.terminal import flush_output, forget_output, prepare_streams, require_output, say_error
from cogen.model.diagnostics import MachineError, ProjectError, refusal

EXIT_PROJECT = 2
EXIT_MACHINE = 3
EXIT_BUG = 70
EXIT_INTERRUPTED = 130
EXIT_TERMINATED = 143

_EPILOG = """\
examples:
  cogen new site our-blog       a new site in the folder our-blog
  cogen new post "Hello"        a new post in the site of this folder
  cogen serve                   see it at http://127.0.0.1:8000/ while you write
  cogen build                   write the site into output/

exit codes: 0 done, 1 something in the content needs mending, 2 the command
line is wrong or there is no site here, 3 the disk or the port refused,
70 a fault in cogen itself, 130 stopped with Ctrl-C, 143 stopped by SIGTERM"""
_QUIET = "say nothing but what needs mending"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit code."""
    prepare_streams()
    try:
        require_output()
        options = _parsed(arguments)
        with minding_sigterm():
            from cogen.cli.commands import COMMANDS  # noqa: PLC0415 --help and --version need none of it

            return COMMANDS[options.command](options)
    except (ProjectError, MachineError) as error:
        say_error(str(error))
        return EXIT_PROJECT if isinstance(error, ProjectError) else EXIT_MACHINE
    except KeyboardInterrupt as stop:
        return _stopped(stop)
    except BrokenPipeError:
        forget_output()
        return EXIT_MACHINE
    except Exception as error:  # noqa: BLE001 no command ends without a word and a code
        return _failed(error)


def _failed(error: Exception) -> int:
    """Say what a command did not foresee: a stop in disguise, a disk that refuses, else a bug of ours."""
    if (stop := stop_behind(error)) is not None:
        return _stopped(stop)
    if isinstance(error, OSError) and (refused := refusal(error)):
        say_error(str(refused))
        return EXIT_MACHINE
    import traceback  # noqa: PLC0415 nobody should need it

    traceback.print_exception(error)
    say_error("this is a fault in cogen, not in your site; please report it with the lines above")
    return EXIT_BUG


def _stopped(stop: KeyboardInterrupt) -> int:
    say_error("stopped; nothing half-written is left behind")
    return EXIT_TERMINATED if isinstance(stop, Terminated) else EXIT_INTERRUPTED


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Understand the arguments; raises SystemExit for --help and --version, whose text must arrive."""
    try:
        return _parser().parse_args(arguments)
    except SystemExit:
        flush_output()
        raise


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="cogen",
        description="Builds the website of a community from Markdown, YAML and pictures.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"cogen {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, (help_text, description, add_options) in _COMMANDS.items():
        add_options(commands.add_parser(name, help=help_text, description=description))
    return parser


def _add_site(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "site",
        type=_folder,
        nargs="?",
        default=".",
        metavar="SITE",
        help="the folder with site.yaml (default: this one)",
    )


def _add_content_options(parser: argparse.ArgumentParser) -> None:
    _add_site(parser)
    parser.add_argument("--drafts", action="store_true", help="take drafts in, too")
    parser.add_argument("--future", action="store_true", help="take in what is dated in the future, too")
    parser.add_argument(
        "--now", metavar="TIME", help="build as if it were this moment, such as 2012-05-25T18:30 (ISO 8601)"
    )
    parser.add_argument(
        "--url",
        type=_site_address,
        metavar="URL",
        help="the site's address, in place of the one in site.yaml",
    )
    parser.add_argument("--strict", action="store_true", help="take warnings for errors")


def _add_verbosity(parser: argparse.ArgumentParser) -> None:
    group = parser.add_mutually_exclusive_group()
    group.add_argument("-q", "--quiet", action="store_true", help=_QUIET)
    group.add_argument(
        "-v", "--verbose", action="store_true", help="name everything that is left out, however much it is"
    )


def _add_build(parser: argparse.ArgumentParser) -> None:
    _add_content_options(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=_folder,
        metavar="OUT",
        help="the folder to publish into (default: SITE/output)",
    )
    parser.add_argument(
        "--no-cache", action="store_true", help="remember nothing: parse and render everything"
    )
    parser.add_argument("--explain", action="store_true", help="say of each file that is made anew why it is")
    parser.add_argument(
        "--verify",
        action="store_true",
        help="build once more with nothing remembered and compare: takes as long as a first build",
    )
    parser.add_argument(
        "--jobs",
        type=_job_count,
        default=0,
        metavar="N",
        help="processes to work with (default: one for each core)",
    )
    _add_verbosity(parser)
    parser.set_defaults(command="build")


def _add_check(parser: argparse.ArgumentParser) -> None:
    _add_content_options(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="how to print the findings (default: text)",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help=_QUIET)
    parser.set_defaults(command="check")


def _add_serve(parser: argparse.ArgumentParser) -> None:
    _add_content_options(parser)
    parser.add_argument(
        "--port", type=_port, default=8000, metavar="N", help="the port to serve on (default: 8000)"
    )
    parser.set_defaults(command="serve")


def _add_new(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(title="what", metavar="WHAT", required=True)
    site = kinds.add_parser(
        "site", help="a new site", description="Writes a small complete site to begin with."
    )
    site.add_argument("folder", type=_folder, metavar="DIR", help="a new or empty folder")
    site.set_defaults(command="new_site")
    post = kinds.add_parser(
        "post", help="a new post", description="Writes a draft with its front matter filled in."
    )
    post.add_argument("title", metavar="TITLE", help="the title, in quotes")
    _add_site(post)
    post.add_argument(
        "--language", default="", metavar="TAG", help="one of the languages in site.yaml; else the main one"
    )
    post.set_defaults(command="new_post")


def _folder(text: str) -> str:
    """Refuse the empty name, which a script gives where a variable of it is not set."""
    if not text:
        raise argparse.ArgumentTypeError("the name of a folder is empty; . is the folder you are in")
    return text


def _site_address(text: str) -> str:
    from cogen.read.config import site_url  # noqa: PLC0415 --help and --version need none of it

    if site_url(text) is None:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no address of a site, such as https://example.org/blog/"
        )
    return text


def _job_count(text: str) -> int:
    return _number(text, 1, 256)


def _port(text: str) -> int:
    return _number(text, 1, 65_535)


def _number(text: str, least: int, most: int) -> int:
    if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) <= most:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} to {most}")
    return int(text)


_COMMANDS: dict[str, tuple[str, str, Callable[[argparse.ArgumentParser], None]]] = {
    "build": (
        "build the site into its output folder",
        "Builds the site. A build that fails leaves the last good site as it is.",
        _add_build,
    ),
    "check": (
        "find what needs mending, write nothing",
        "Finds what a build would find, templates included, and writes nothing.",
        _add_check,
    ),
    "serve": (
        "show the site while you write",
        "Builds into .cogen/serve/, shows it on this machine alone, and builds again when a file changes.",
        _add_serve,
    ),
    "new": ("begin a site or a post", "Begins a site or a post.", _add_new),
}
