"""``python -m cogen``, and the program ``cogen``: nothing is loaded before Ctrl-C is minded."""

from os import _exit
from typing import NoReturn


def run() -> NoReturn:
    """Run the command line, and end.

    All is written and flushed by then.  Python's own end would take a large site apart object by object, and would
    take a signal that comes meanwhile for the failure of a build that has succeeded.
    """
    try:
        from cogen.cli import main  # noqa: PLC0415 loading takes long enough to be interrupted

        code = main()
    except KeyboardInterrupt:
        code = 130
    _exit(code)


if __name__ == "__main__":
    run()
