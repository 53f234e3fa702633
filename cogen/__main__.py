"""``python -m cogen``, and the program ``cogen``: nothing is loaded before Ctrl-C is minded."""

import signal
import sys


def run() -> int:
    """Run the command line and give its exit code."""
    try:
        from cogen.cli import main  # noqa: PLC0415 loading takes long enough to be interrupted

        code = main()
        for each in (signal.SIGINT, signal.SIGTERM):
            signal.signal(each, signal.SIG_IGN)  # all is done: nothing is left that could be stopped
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(run())
