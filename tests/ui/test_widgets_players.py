"""What moves in time: the coach's clip and the live similarity."""

from __future__ import annotations

import itertools
import subprocess
import sys

import numpy as np
import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtWidgets import QLabel, QPushButton, QSlider  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.pose import Pose  # noqa: E402
from poseapp.ui.theme import colour  # noqa: E402
from poseapp.ui.widgets.coach_player import CoachPlayer  # noqa: E402
from poseapp.ui.widgets.similarity_plot import SimilarityPlot  # noqa: E402
from poseapp.vision.frame import BgrImage  # noqa: E402
from tests.patience import PATIENCE_MS, PATIENCE_S  # noqa: E402
from tests.ui.conftest import picture_of  # noqa: E402


class Scripted:
    """Ten pictures, a tenth of a second apart, from 2.0 s on; some are decoded late."""

    def __init__(self, late: set[int] | None = None) -> None:
        self.times = 2.0 + np.arange(10) / 10
        self.asked: list[int] = []
        self.late = late or set()

    def frame(self, index: int) -> tuple[BgrImage, Pose | None] | None:
        self.asked.append(index)
        if index in self.late:
            self.late.discard(index)
            return None
        return np.full((40, 60, 3), 20 * index, dtype=np.uint8), None


@pytest.fixture
def player(qtbot: QtBot) -> CoachPlayer:
    player = CoachPlayer()
    qtbot.addWidget(player)
    player.resize(300, 260)
    player.show()
    return player


class TestCoachPlayer:
    def test_it_begins_at_the_first_picture_standing(self, player: CoachPlayer) -> None:
        frames = Scripted()
        player.set_frames(frames)
        assert frames.asked == [0]
        assert not player.playing
        assert player.position == 2.0
        assert player.duration == pytest.approx(1.0)
        assert "0.0 / 1.0 s" in [label.text() for label in player.findChildren(QLabel)]

    def test_seeking_shows_the_last_picture_not_after_that_moment(self, player: CoachPlayer) -> None:
        frames = Scripted()
        player.set_frames(frames)
        told: list[float] = []
        player.moved.connect(told.append)
        player.seek(2.35)
        assert frames.asked[-1] == 3
        assert told == pytest.approx([2.3])
        player.seek(99.0)
        assert frames.asked[-1] == 9

    @pytest.mark.parametrize(
        ("tick_s", "shown"), [(0.06, [8, 9, 0, 1, 2]), (0.25, [8, 0, 3, 5, 8]), (1.9, [8, 7, 6, 5, 4])]
    )
    def test_it_plays_forward_in_a_loop_and_leaves_out_what_is_over(
        self, player: CoachPlayer, qtbot: QtBot, tick_s: float, shown: list[int]
    ) -> None:
        ticks = itertools.count()
        player._clock = lambda: tick_s * next(ticks)  # however long the timer of a busy machine takes
        frames = Scripted()
        player.set_frames(frames)
        player.seek(2.8)
        asked = frames.asked[-1:]
        told: list[bool] = []
        player.playing_changed.connect(told.append)
        player.moved.connect(lambda at: asked.append(round(10 * at) - 20))
        player.play()
        assert told == [True]
        qtbot.waitUntil(lambda: len(asked) >= 5, timeout=PATIENCE_MS)
        assert asked[:5] == shown
        player.pause()
        assert not player.playing

    def test_a_picture_that_is_not_decoded_yet_is_asked_for_again(self, player: CoachPlayer, qtbot: QtBot) -> None:
        frames = Scripted(late={4})
        player.set_frames(frames)
        with qtbot.waitSignal(player.moved, timeout=PATIENCE_MS) as told:
            player.seek(2.4)
        assert told.args == pytest.approx([2.4])
        assert frames.asked[-2:] == [4, 4]

    def test_moving_the_bar_stops_the_clip(self, player: CoachPlayer, qtbot: QtBot) -> None:
        frames = Scripted()
        player.set_frames(frames)
        player.play()
        qtbot.keyClick(player.findChildren(QSlider)[0], Qt.Key.Key_End)
        assert not player.playing
        assert player.position == pytest.approx(2.9)

    def test_the_button_plays_and_pauses_and_says_so(self, player: CoachPlayer, qtbot: QtBot) -> None:
        player.set_frames(Scripted())
        button = player.findChildren(QPushButton)[0]
        assert button.text() == "Play the coach"
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        assert player.playing
        assert button.text() == "Pause the coach"

    def test_without_a_clip_there_is_nothing_to_play(self, player: CoachPlayer) -> None:
        player.play()
        assert not player.playing
        assert not player.findChildren(QPushButton)[0].isEnabled()


@pytest.fixture
def plot(qtbot: QtBot) -> SimilarityPlot:
    plot = SimilarityPlot()
    qtbot.addWidget(plot)
    plot.resize(312, 240)
    plot.set_still("still at 1.8 s")
    return plot


class TestSimilarityPlot:
    def test_the_number_is_the_newest_value_and_the_best_is_kept(self, plot: SimilarityPlot) -> None:
        for t, value in enumerate([0.5, 0.9951, 0.7]):
            plot.add(t, value)
        plot.refresh()
        texts = [label.text() for label in plot.findChildren(QLabel)]
        assert "0.700" in texts
        assert "best so far 0.995" in texts
        assert plot.accessibleDescription() == "Similarity 0.700, best so far 0.995"
        assert (plot.value, plot.best) == (0.7, 0.9951)

    def test_nobody_seen_is_a_gap(self, plot: SimilarityPlot) -> None:
        for t, value in enumerate([0.5, None, 0.7, None]):
            plot.add(t, value)
        plot.refresh()
        x, y = plot.curve()
        np.testing.assert_array_equal(x, [-3, -2, -1, 0])
        np.testing.assert_array_equal(y, [0.5, np.nan, 0.7, np.nan])
        assert "–" in [label.text() for label in plot.findChildren(QLabel)]
        assert plot.accessibleDescription() == "Nothing to compare, best so far 0.700"

    def test_ten_seconds_are_kept_whatever_the_speed(self, plot: SimilarityPlot) -> None:
        for i in range(10_000):
            plot.add(i / 60, (i % 100) / 100)
        x, y = plot.curve()
        assert x[0] == pytest.approx(-10)
        assert len(x) == 601
        assert y[-1] == 0.99

    def test_time_that_runs_backwards_begins_a_new_curve(self, plot: SimilarityPlot) -> None:
        plot.add(5.0, 0.5)
        plot.add(5.1, 0.6)
        plot.add(0.0, 0.7)
        assert len(plot.curve()[0]) == 1

    def test_another_still_begins_anew(self, plot: SimilarityPlot) -> None:
        plot.add(0.0, 0.9)
        plot.set_still("still at 0.3 s")
        assert plot.best is None
        assert len(plot.curve()[0]) == 0
        assert "still at 0.3 s" in [label.text() for label in plot.findChildren(QLabel)]

    def test_the_curve_is_drawn_on_a_fixed_axis(self, plot: SimilarityPlot, qtbot: QtBot) -> None:
        plot.show()
        for i in range(300):
            plot.add(i / 30, 0.5)
        qtbot.waitUntil(
            lambda: bool(plot.findChildren(QLabel)) and _curve_height(plot) is not None, timeout=PATIENCE_MS
        )
        half = _curve_height(plot)
        for i in range(300, 600):
            plot.add(i / 30, 0.75)
        plot.refresh()
        upper = _curve_height(plot)
        assert half is not None
        assert upper is not None
        # A quarter of the axis higher: the axis did not follow the values.
        assert 0.12 * plot.height() < half - upper < 0.25 * plot.height()


def _curve_height(plot: SimilarityPlot) -> float | None:
    """Mean row of the green pixels in the left half of the widget; None while there are none."""
    image = picture_of(plot)
    green = colour("green")
    rows = [
        y
        for y in range(image.height())
        for x in range(60, image.width() // 2, 7)
        if abs(image.pixelColor(x, y).green() - green.green()) + abs(image.pixelColor(x, y).red() - green.red()) < 30
    ]
    return float(np.mean(rows)) if rows else None


def test_the_widgets_are_imported_without_the_plotting_library() -> None:
    """Importing it costs more than the rest of the start; it waits until the first paint."""
    code = (
        "import sys, poseapp.ui.icons, poseapp.ui.widgets.similarity_plot, poseapp.ui.widgets.rail;"
        "print([m for m in ('pyqtgraph', 'qtawesome', 'cv2') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=PATIENCE_S)
    assert out.stdout.strip() == "[]"
