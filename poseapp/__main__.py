"""``python -m poseapp`` is ``poseapp``."""

import sys

from poseapp.cli import main

sys.exit(main())
