"""The similarity card: the value now, its last seconds, how it is measured and on which keypoints."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from poseapp.pose import KEYPOINTS, Keypoint, SimilarityMethod
from poseapp.ui.pages.practice_popover import Popover
from poseapp.ui.theme import set_role
from poseapp.ui.widgets.body_figure import KeypointChooser
from poseapp.ui.widgets.cards import Card, flat_button, label
from poseapp.ui.widgets.similarity_plot import SimilarityPlot
from poseapp.ui.words import seconds_words, tr

__all__ = ["SimilarityCard"]


class SimilarityCard(Card):
    """Likeness to the still, live.

    Signals
    -------
    method_chosen(object)
        A `SimilarityMethod`.
    keypoints_chosen(object)
        Tuple of keypoints, or None for all.
    stills_wanted()
        Show the stills (where they have no card of their own).
    """

    method_chosen = Signal(object)
    keypoints_chosen = Signal(object)
    stills_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Similarity to still"), parent)
        self._method = QComboBox(self)
        set_role(self._method, "flat")
        self._method.setAccessibleName(tr("Method"))
        self._method.setToolTip(tr("Classic: place of all keypoints. Weighted: surely seen keypoints count more."))
        self._method.addItem(tr("Classic"), SimilarityMethod.CLASSIC)
        self._method.addItem(tr("Weighted"), SimilarityMethod.WEIGHTED)
        self._method.activated.connect(self._method_activated)
        self.header.addWidget(self._method)
        self.plot = SimilarityPlot(self)
        self.body.addWidget(self.plot, 1)
        self.stills_button = flat_button(tr("Still"), "image-outline")
        self.stills_button.clicked.connect(self.stills_wanted)
        self.stills_button.hide()
        self.keypoints_button = flat_button(tr("All keypoints"), "human")
        self.keypoints_button.setToolTip(tr("Choose which keypoints are compared"))
        self.keypoints_button.clicked.connect(self._open_keypoints)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.stills_button)
        row.addStretch(1)
        row.addWidget(self.keypoints_button)
        self.body.addLayout(row)
        # The choosers at the top and at the bottom bring their own air.
        outer = self.layout()
        if outer is not None:
            outer.setContentsMargins(16, 4, 16, 4)
            outer.setSpacing(0)
        self._popover = Popover(tr("Keypoints that are compared"), self)
        self._chooser = KeypointChooser(self._popover)
        self._chooser.setAccessibleName(tr("Keypoints that are compared"))
        self._chooser.chosen_changed.connect(self._chosen)
        self._popover.body.addWidget(label(tr("Keypoints that are compared"), "card"))
        self._popover.body.addWidget(self._chooser)
        self._chooser.set_chosen(KEYPOINTS)

    def set_still(self, seconds: float | None, name: str) -> None:
        """Say which still is compared with."""
        if name:
            words = tr("still: {name}", name=name if len(name) <= 18 else name[:17] + "…")
        elif seconds is not None:
            words = tr("still at {seconds}", seconds=seconds_words(seconds))
        else:
            words = tr("no still chosen")
        self.plot.set_still(words)
        self.stills_button.set_words(tr("Still") if seconds is None else tr("Still {at}", at=seconds_words(seconds)))

    def set_method(self, method: SimilarityMethod) -> None:
        """Show `method` as the one in use, without a signal."""
        self._method.setCurrentIndex(self._method.findData(method))

    def _method_activated(self, index: int) -> None:
        self.method_chosen.emit(self._method.itemData(index))

    def _open_keypoints(self) -> None:
        self._popover.open_at(self.keypoints_button)

    def _chosen(self, keypoints: tuple[Keypoint, ...]) -> None:
        everything = len(keypoints) == len(KEYPOINTS)
        words = tr("All keypoints") if everything else tr("{count} of 17 keypoints", count=len(keypoints))
        self.keypoints_button.set_words(words)
        self.keypoints_chosen.emit(None if everything else tuple(keypoints))
