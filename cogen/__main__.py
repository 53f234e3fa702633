"""``python -m cogen``."""

import sys

from cogen.cli import main

sys.exit(main())
