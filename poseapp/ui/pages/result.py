"""The score of an attempt: total, how strict it is, keypoints worst first, and likeness to the still over time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from poseapp.errors import PoseAppError
from poseapp.scoring.card import ScoreCard, SimilarityTrace
from poseapp.session.demo import DEMO_EXPLAINED
from poseapp.session.judge import Attempt
from poseapp.shortfall import Shortfall
from poseapp.ui.icons import pixmap
from poseapp.ui.pages.practice_header import Title
from poseapp.ui.pages.result_words import headline, length_words, more_words, seen_words, timing_words
from poseapp.ui.theme import GAP, GAP_L, PAGE_MARGIN, set_role
from poseapp.ui.widgets.body_figure import BodyFigure
from poseapp.ui.widgets.cards import Card, Chip, IconButton, Notice, PrimaryButton, label, plain_button
from poseapp.ui.widgets.keypoint_bars import KeypointBars
from poseapp.ui.widgets.progress import ProgressRow
from poseapp.ui.widgets.score_dial import ScoreDial
from poseapp.ui.widgets.strictness_chooser import StrictnessChooser
from poseapp.ui.widgets.trace_plot import TracePlot
from poseapp.ui.words import tr

__all__ = ["ResultPage"]

_COLUMN = 400
_NARROW_COLUMN = 320
_ANY_HEIGHT = 16_777_215  # Qt's QWIDGETSIZE_MAX


class ResultPage(QWidget):
    """What came of an attempt.

    Signals
    -------
    again_pressed()
        Practise again; in the demo: watch it again.
    left()
        Back to practice; in the demo: end it.
    try_pressed()
        Try what the demo showed.
    keep_pressed()
        Try once more to keep the attempt in the history.
    """

    again_pressed = Signal()
    left = Signal()
    try_pressed = Signal()
    keep_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self.back = IconButton("arrow-left", tr("Back to practice"), parent=self)
        self.back.clicked.connect(self.left)
        self._title = Title()
        self._facts = label("", "caption", "text2")
        self.again = PrimaryButton(tr("Go again"), "repeat", "Space", size="", parent=self)
        self.again.clicked.connect(self.again_pressed)
        self._demo = Chip(tr("Demo"), self)
        self._demo.setToolTip(tr(DEMO_EXPLAINED))
        self.watch_again = plain_button(tr("Watch again"), "repeat")
        self.watch_again.clicked.connect(self.again_pressed)
        self.try_it = PrimaryButton(tr("Try it yourself"), "human-handsup", "Space", size="", parent=self)
        self.try_it.clicked.connect(self.try_pressed)
        self.notice = Notice("content-save-alert-outline", "", "", self)
        self._keep = self.notice.add_button(tr("Try again"), "content-save-outline")
        self._keep.clicked.connect(self.keep_pressed)
        self.notice.hide()
        self._mark = QLabel()
        self._headline = label("", "sentence", wrap=True)
        self._more = label("", "body", "text2", wrap=True)
        self.dial = ScoreDial(self)
        self._length = label("", "body", "text2", wrap=True)
        self._timing = label("", "body", "text2", wrap=True)
        self._seen = label("", "body", "text2", wrap=True)
        self._method = label("", "caption", "text2", wrap=True)
        self.strictness = StrictnessChooser(self)
        self.work = ProgressRow(self)
        self.bars = KeypointBars(self)
        self.figure = BodyFigure(self)
        self.trace = TracePlot(self)
        self._no_trace = label("", "body", "text2", wrap=True)
        self._has_trace = False
        self._right = QWidget(self)
        self._lay_out()
        self.set_demo(False)

    def set_demo(self, on: bool) -> None:
        """Say that somebody else's attempt is shown, and offer to try it, or not."""
        demos: tuple[QWidget, ...] = (self._demo, self.watch_again, self.try_it)
        for widget in demos:
            widget.setVisible(on)
        self.again.setVisible(not on)
        self.name_back(tr("End the demo") if on else tr("Back to practice"))

    def name_back(self, name: str) -> None:
        """Say where the arrow leads to."""
        self.back.setText(name)
        self.back.setToolTip(tr("{what} (Esc)", what=name))

    def show_attempt(self, attempt: Attempt, name: str, number: int | None) -> None:
        """Show what came of attempt `number` at the reference called `name`; None: of the one in the demo."""
        facts = tr("Somebody else’s attempt") if number is None else tr("Attempt {number}", number=number)
        self.show_card(attempt.card, attempt.trace, name, facts)

    def show_card(self, card: ScoreCard, trace: SimilarityTrace | None, name: str, facts: str) -> None:
        """Show `card`, with the similarity to a still if there is one, under the title `name` and some `facts`."""
        icon, token, words = headline(card)
        self.notice.hide()
        self._title.set_title(name)
        self._facts.setText(facts)
        self._mark.setPixmap(pixmap(icon, token, 22, self.devicePixelRatioF()))
        self._headline.setText(words)
        for line, text in ((self._more, more_words(card)), (self._timing, timing_words(card))):
            line.setText(text)
            line.setVisible(bool(text))
        self.dial.set_score(card.total)
        self._length.setText(length_words(card))
        self._seen.setText(seen_words(card))
        self._method.setText(tr("Method: {method}", method=card.method))
        self._method.setVisible(card.timing is None)
        self.strictness.setVisible(card.strictness is not None)
        if card.strictness is not None:
            self.strictness.set_current(card.strictness)
        self.bars.set_card(card)
        self.figure.set_marks({k.keypoint: k.score for k in card.keypoints})
        self.show_trace(trace, tr("Similarity to still"))
        self._has_trace = trace is not None
        self._fit()
        self._scroll.verticalScrollBar().setValue(0)

    def show_trace(self, trace: SimilarityTrace | None, title: str) -> None:
        """Draw `trace`, or nothing but its axes, in a card with this title."""
        self._trace_card.set_title(title)
        self._no_trace.hide()
        self.trace.set_trace(trace)
        self.trace.show()

    def tell_no_trace(self, why: str) -> None:
        """Say in the place of the curve why there is none."""
        self._no_trace.setText(why)
        self._no_trace.show()
        self.trace.hide()
        self._fit()

    def tell_not_kept(self, error: PoseAppError) -> None:
        """Say that the attempt is not in the history, why, and what to do."""
        self._tell(tr("This attempt could not be kept"), str(error), "content-save-alert-outline", try_again=True)

    def tell_cut_short(self, shortfall: Shortfall) -> None:
        """Say that the clip that was judged gave less than it announces."""
        self._tell(shortfall.sentence, shortfall.hint, "alert", try_again=False)

    def _tell(self, title: str, text: str, icon_name: str, *, try_again: bool) -> None:
        self.notice.set_words(title, text, icon_name)
        self._keep.setVisible(try_again)
        self.notice.show()
        self._fit()

    @Slot()
    def hush(self) -> None:
        """Take the notice away."""
        self.notice.hide()
        self._fit()

    @property
    def headline(self) -> str:
        """The one sentence."""
        return self._headline.text()

    def _lay_out(self) -> None:
        self.top = top = QHBoxLayout()
        top.setSpacing(GAP)
        top.addWidget(self.back)
        top.addWidget(self._title)
        top.addWidget(self._demo)
        top.addWidget(self._facts)
        top.addStretch(1)
        for button in (self.watch_again, self.try_it, self.again):
            top.addWidget(button)
        middle = QHBoxLayout()
        middle.setSpacing(GAP_L)
        middle.addLayout(self._left(), 1)
        middle.addWidget(self._right)
        self._lay_out_right()
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, PAGE_MARGIN + 4, PAGE_MARGIN, PAGE_MARGIN)
        column.setSpacing(GAP_L)
        column.addLayout(top)
        column.addLayout(middle, 1)

    def _left(self) -> QVBoxLayout:
        banner = QWidget(self)
        set_role(banner, "banner")
        banner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(banner)
        row.setContentsMargins(20, 14, 20, 14)
        row.setSpacing(GAP_L)
        row.addWidget(self._mark)
        sentences = QVBoxLayout()
        sentences.setSpacing(4)
        sentences.addWidget(self._headline)
        sentences.addWidget(self._more)
        row.addLayout(sentences, 1)
        keypoints = Card(tr("Keypoints, worst first"), self)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setAccessibleName(tr("Keypoints, worst first"))
        set_role(self.bars, "clear")
        self._scroll.setWidget(self.bars)
        keypoints.body.addWidget(self._scroll, 1)
        self._trace_card = Card(tr("Similarity to still"), self)
        self._trace_card.body.addWidget(self.trace, 1)
        self._trace_card.body.addWidget(self._no_trace)
        left = QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(self.notice)
        left.addWidget(banner)
        left.addWidget(keypoints, 1)
        left.addWidget(self._trace_card)
        return left

    def _lay_out_right(self) -> None:
        total = Card(tr("Score"), self)
        facts = QVBoxLayout()
        facts.setSpacing(6)
        facts.addStretch(1)
        for widget in (self._length, self._timing, self._seen, self._method):
            facts.addWidget(widget)
        facts.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(GAP_L)
        row.addWidget(self.dial)
        row.addLayout(facts, 1)
        total.body.addLayout(row)
        total.body.addWidget(self.strictness)
        total.body.addWidget(self.work)
        body = Card(tr("Where"), self)
        body.body.addWidget(self.figure, 1)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(GAP)
        right.addWidget(total)
        right.addWidget(body, 1)
        self._right.setFixedWidth(_COLUMN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What gives way where there is little room."""
        high, wide = self.window().height() >= 760, self.window().width() >= 1280
        self._right.setFixedWidth(_COLUMN if wide else _NARROW_COLUMN)
        self._trace_card.setVisible(self._has_trace and (high or self.notice.isHidden()))
        if self._no_trace.isHidden():
            self._trace_card.setFixedHeight(216 if high else 176)
        else:
            self._trace_card.setMinimumHeight(0)
            self._trace_card.setMaximumHeight(_ANY_HEIGHT)
        self.strictness.set_brief(not high)
        side = 176 if high and wide else 128
        self.dial.setFixedSize(side, side)
