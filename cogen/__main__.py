"""``python -m cogen``, and the program ``cogen``: nothing is loaded before Ctrl-C is minded."""

import sys


def run() -> int:
    """Run the command line and give its exit code."""
    try:
        from cogen.cli import main  # noqa: PLC0415 loading takes long enough to be interrupted

        return main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(run())
