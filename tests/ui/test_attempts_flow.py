"""Attempts are kept: before their score is shown, only one's own, and said when it cannot be done."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtWidgets import QPushButton  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.errors import HistoryError  # noqa: E402
from poseapp.library.history import AttemptRecord, History, PracticedReference  # noqa: E402
from poseapp.pose import Pose, PoseSequence  # noqa: E402
from poseapp.report.card_reading import read_card  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from tests.patience import PATIENCE_S  # noqa: E402
from tests.ui.attempts import kept  # noqa: E402
from tests.ui.desk import Desk, notice_title, press_offer, set_up  # noqa: E402


def practise(desk: Desk, pictures: int = 20) -> None:
    """Record and stop."""
    desk.space()
    desk.move(pictures)
    desk.space()


class GatedHistory(History):
    """Keeps nothing before the test lets it; then as :class:`History`, or not at all."""

    def __init__(self, path: Path, *, fails: bool = False) -> None:
        super().__init__(path)
        self.asked, self.open = threading.Event(), threading.Event()
        self.fails = fails

    def add(self, record: AttemptRecord, poses: PoseSequence) -> AttemptRecord:
        self.asked.set()
        assert self.open.wait(PATIENCE_S)
        if self.fails:
            raise HistoryError("The disk is gone.", "Bring it back.")
        return super().add(record, poses)


@pytest.fixture
def gated(
    request: pytest.FixtureRequest, qtbot: QtBot, standing: Pose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Desk, GatedHistory]]:
    history = GatedHistory(tmp_path / "history.sqlite", fails=getattr(request, "param", "") == "fails")
    made = set_up(qtbot, standing, tmp_path, monkeypatch, history)
    yield made, history
    history.open.set()
    made.close()


def test_an_attempt_is_on_the_disk_before_its_score_is_shown(desk: Desk) -> None:
    desk.begin_with_reference()
    found: list[int] = []

    def look(phase: Phase) -> None:
        if phase is Phase.RESULT:
            found.append(len(kept(desk)))

    desk.flow.phase_changed.connect(look)
    practise(desk)
    desk.wait_phase(Phase.RESULT)
    assert found == [1]
    (record,) = kept(desk)
    assert record.reference == PracticedReference("squat/left", "Squat", "left")
    assert record.id is not None
    shown = read_card(desk.history.attempt(record.id).card)
    assert shown.total == record.total
    assert desk.navigation.result.headline
    poses = desk.history.poses(record.id)
    assert poses.duration == pytest.approx(19 / 30)
    assert record.duration_s == pytest.approx(19 / 30)
    assert desk.navigation.result.notice.isHidden()


def test_every_attempt_is_kept(desk: Desk) -> None:
    desk.begin_with_reference()
    for number in (1, 2):
        practise(desk)
        desk.wait_phase(Phase.RESULT)
        assert len(kept(desk)) == number
        desk.space()
        desk.wait_phase(Phase.READY)
        desk.see()


def test_an_attempt_too_little_seen_is_kept_with_its_reason(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.model.pose = Pose(desk.standing.xy, [1.0] * 5 + [0.0] * 12)  # the head alone
    desk.see(20)
    desk.space()
    desk.wait_phase(Phase.RESULT)
    (record,) = kept(desk)
    assert record.total is None
    assert record.reason


def test_the_demo_is_never_kept(desk: Desk) -> None:
    desk.begin_demo()
    desk.space()
    desk.wait_phase(Phase.RESULT)
    assert kept(desk) == ()
    assert not desk.history.path.exists()


def test_a_demo_that_ends_while_it_is_judged_is_not_kept_either(desk: Desk) -> None:
    desk.begin_demo()
    desk.space()
    camera = desk.flow.sources.cameras[0]
    desk.page.header.camera_chosen.emit(camera)  # which ends the demo, but not the judging
    assert not desk.navigation.demo.on
    desk.wait(lambda: desk.flow.phase not in (Phase.SCORING, Phase.RECORDING))
    assert kept(desk) == ()


def test_nothing_is_kept_when_it_is_not_wanted(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.navigation.history.page.keep.setChecked(False)
    practise(desk)
    desk.wait_phase(Phase.RESULT)
    assert kept(desk) == ()
    assert desk.navigation.result.notice.isHidden()


def test_what_cannot_be_kept_is_scored_and_said_and_can_be_kept_later(desk: Desk) -> None:
    desk.begin_with_reference()
    foreign = b"not a history at all"
    desk.history.path.write_bytes(foreign)
    practise(desk)
    desk.wait_phase(Phase.RESULT)
    page = desk.navigation.result
    assert "Score " in page.dial.accessibleDescription()
    desk.wait(page.notice.isVisible)
    assert page.notice.accessibleName() == "This attempt could not be kept"
    words = page.notice.accessibleDescription()
    assert "is not a history of this program" in words
    assert "Move or rename it" in words
    assert desk.history.path.read_bytes() == foreign
    desk.history.path.unlink()
    page.notice.findChildren(QPushButton)[0].click()
    desk.wait(page.notice.isHidden)
    assert len(kept(desk)) == 1
    # A second press would keep it twice; there is nothing to press any more, and the next attempt starts anew.
    desk.space()
    desk.wait_phase(Phase.READY)


def test_the_next_score_says_nothing_of_the_last_one(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.history.path.write_bytes(b"not a history at all")
    practise(desk)
    desk.wait(desk.navigation.result.notice.isVisible)
    desk.space()
    desk.wait_phase(Phase.READY)
    desk.history.path.unlink()
    desk.see()
    practise(desk)
    desk.wait_phase(Phase.RESULT)
    assert desk.navigation.result.notice.isHidden()
    assert len(kept(desk)) == 1


def test_leaving_while_it_is_written_keeps_it_once(gated: tuple[Desk, GatedHistory]) -> None:
    desk, history = gated
    desk.begin_with_reference()
    practise(desk)
    desk.wait(history.asked.is_set)
    assert desk.flow.phase is Phase.SCORING
    desk.key(Qt.Key.Key_Escape)
    assert desk.flow.phase is Phase.READY
    assert notice_title(desk) == ""  # it is not offered to be scored again, which would keep it twice
    history.open.set()
    desk.wait(lambda: len(kept(desk)) == 1)
    desk.see()
    assert desk.flow.phase is Phase.READY


@pytest.mark.parametrize("gated", ["fails"], indirect=True)
def test_leaving_an_attempt_that_cannot_be_kept_is_said_on_the_practice_page(
    gated: tuple[Desk, GatedHistory],
) -> None:
    desk, history = gated
    desk.begin_with_reference()
    practise(desk)
    desk.wait(history.asked.is_set)
    desk.key(Qt.Key.Key_Escape)
    history.open.set()
    desk.wait(lambda: notice_title(desk) == "The disk is gone.")
    press_offer(desk, 0)


def test_closing_the_window_waits_for_the_disk(gated: tuple[Desk, GatedHistory]) -> None:
    desk, history = gated
    desk.begin_with_reference()
    practise(desk)
    desk.wait(history.asked.is_set)
    closing = threading.Event()
    close = desk.flow.keeper.close

    def noted_close() -> None:
        closing.set()
        close()

    desk.flow.keeper.close = noted_close  # type: ignore[method-assign]
    opener = threading.Thread(target=lambda: closing.wait(PATIENCE_S) and history.open.set())
    opener.start()
    desk.close()
    opener.join(PATIENCE_S)
    assert len(kept(desk)) == 1


def test_it_is_written_in_a_thread(
    qtbot: QtBot, standing: Pose, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[str] = set()

    class Watched(History):
        def add(self, record: AttemptRecord, poses: PoseSequence) -> AttemptRecord:
            threads.add(threading.current_thread().name)
            return super().add(record, poses)

        def practiced(self):  # type: ignore[no-untyped-def]
            threads.add(threading.current_thread().name)
            return super().practiced()

        def attempt(self, id: int) -> AttemptRecord:
            threads.add(threading.current_thread().name)
            return super().attempt(id)

        def poses(self, id: int) -> PoseSequence:
            threads.add(threading.current_thread().name)
            return super().poses(id)

        def clear(self) -> None:
            threads.add(threading.current_thread().name)
            super().clear()

    desk = set_up(qtbot, standing, tmp_path, monkeypatch, Watched(tmp_path / "history.sqlite"))
    desk.begin_with_reference()
    practise(desk)
    desk.wait_phase(Phase.RESULT)
    reader = desk.navigation.history.reader
    desk.navigation.open_history()
    desk.wait(lambda: reader.ready and not reader.busy)
    reader.open(reader.contents.attempts[0].id or 0)
    desk.wait(lambda: desk.navigation.history.attempt.trace.shown is not None)
    reader.clear()
    desk.wait(lambda: not reader.busy and reader.contents.count == 0)
    assert threads == {"keep-attempt", "history", "history-attempt", "history-trace", "history-change"}
    desk.close()
