"""What can be wrong with where the parts of a page lie."""

from __future__ import annotations

import itertools

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QScrollArea, QWidget

from poseapp.ui.pages.practice_header import Title
from poseapp.ui.widgets.camera_view import CameraView


def shown(page: QWidget) -> list[QWidget]:
    return [w for w in page.findChildren(QWidget) if w.isVisibleTo(page) and not w.isWindow()]


def scrolled(widget: QWidget) -> bool:
    at = widget.parentWidget()
    while at is not None:
        if isinstance(at, QScrollArea):
            return True
        at = at.parentWidget()
    return False


def on_page(widget: QWidget, page: QWidget) -> QRect:
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


def settle(page: QWidget) -> None:
    """Give words that have just changed their room, as Qt does at the next turns of its loop."""
    for _ in range(2):  # what has got its size may show or hide some of its parts
        for widget in [*shown(page), page]:
            layout = widget.layout()
            if layout is not None:
                layout.activate()


def cut_words(page: QWidget) -> list[str]:
    """Widgets with words that have less room than their words need."""
    found = []
    for w in shown(page):
        if isinstance(w, Title) or not isinstance(w, QLabel | QAbstractButton | QComboBox):
            continue
        needed = w.minimumSizeHint()
        height = w.heightForWidth(w.width()) if w.hasHeightForWidth() else needed.height()
        if isinstance(w, QLabel) and not w.wordWrap() and not w.text():
            continue
        if w.width() < needed.width() or w.height() < height:
            text = w.currentText() if isinstance(w, QComboBox) else w.text()
            found.append(f"{type(w).__name__} “{text}” has {w.size().toTuple()}, needs {needed.width()}×{height}")
    return found


def outside(page: QWidget) -> list[str]:
    return [
        f"{type(w).__name__} {on_page(w, page).getRect()}"
        for w in shown(page)
        if not scrolled(w) and not page.rect().contains(on_page(w, page))
    ]


def overlapping(page: QWidget) -> list[str]:
    """Pairs of neighbours in the same parent that lie on each other; what lies on the picture may."""
    found = []
    for parent in [page, *shown(page)]:
        if isinstance(parent, CameraView):
            continue
        children = [w for w in parent.children() if isinstance(w, QWidget) and w in shown(page)]
        for a, b in itertools.combinations(children, 2):
            if a.geometry().intersects(b.geometry()):
                found.append(
                    f"{type(a).__name__} {a.geometry().getRect()} and {type(b).__name__} {b.geometry().getRect()}"
                )
    return found
