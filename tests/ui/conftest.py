"""What the tests of the window share."""

from __future__ import annotations

import os

# Without a display the tests still run; a real one is used when the environment names it.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
