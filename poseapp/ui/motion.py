"""Whether things may move that need not: the score that sweeps, the dot that breathes, the ring that turns.

The wish belongs to the whole application. Widgets ask for it when they begin to move and with every step.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QApplication

__all__ = ["REDUCE_MOTION", "motion_reduced", "reduce_motion"]

#: The preference that says so, and the property of the application. Qt does not tell (as of 6.11) what the system was
#: told about it, so it is asked here.
REDUCE_MOTION: Final = "reduce_motion"


def reduce_motion(on: bool) -> None:
    """From now on let nothing move that need not, or let it move again."""
    application = QApplication.instance()
    if application is not None:
        application.setProperty(REDUCE_MOTION, on)


def motion_reduced() -> bool:
    """Whether nothing shall move that need not."""
    application = QApplication.instance()
    return application is not None and bool(application.property(REDUCE_MOTION))
