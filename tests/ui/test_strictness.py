"""How strict scores are: chosen before and after, the same recording judged anew, kept once."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtCore import Qt  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402
from PySide6.QtWidgets import QApplication, QLabel, QPushButton  # noqa: E402
from pytestqt.qtbot import QtBot  # noqa: E402

from poseapp.report.card_reading import read_card  # noqa: E402
from poseapp.scoring.form import DEFAULT_STRICTNESS, TOLERANCES  # noqa: E402
from poseapp.session.judge import Attempt, judge  # noqa: E402
from poseapp.ui.flow import judging  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from poseapp.ui.main_window import MainWindow  # noqa: E402
from poseapp.ui.widgets.strictness_chooser import StrictnessChooser  # noqa: E402
from poseapp.ui.words import STRICTNESSES, strictness_meaning  # noqa: E402
from tests.patience import PATIENCE_MS, PATIENCE_S  # noqa: E402
from tests.ui.attempts import kept  # noqa: E402
from tests.ui.desk import Desk, arm_raised  # noqa: E402


def practise(desk: Desk, share: float = 0.82) -> None:
    """Raise the arm as the coach does, but not as high, and wait for the score."""
    desk.space()
    for number in range(60):
        desk.model.pose = arm_raised(desk.standing, share * float(np.sin(np.pi * number / 60) ** 2))
        desk.see(1)
    desk.space()
    desk.wait_phase(Phase.RESULT)


def press(chooser: StrictnessChooser, number: int) -> None:
    chooser.buttons.findChildren(QPushButton)[number].click()


def total_of(desk: Desk) -> int:
    """The total that the score page says."""
    return int(desk.navigation.result.dial.accessibleDescription().split()[1])


class Gate:
    """Lets the test say when a recording is judged, from its second time on."""

    def __init__(self) -> None:
        self.asked, self.open = threading.Event(), threading.Event()
        self.threads: list[str] = []

    def judge(self, *given: object, **options: object) -> Attempt:
        self.threads.append(threading.current_thread().name)
        if len(self.threads) > 1:
            self.asked.set()
            assert self.open.wait(PATIENCE_S)
        return judge(*given, **options)  # type: ignore[arg-type]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    made = Gate()
    monkeypatch.setattr(judging, "judge", made.judge)
    yield made
    made.open.set()


def test_what_is_said_of_them_is_what_they_are() -> None:
    assert TOLERANCES == {"strict": 1, "normal": 3 / 2, "gentle": 2}
    assert tuple(TOLERANCES) == STRICTNESSES
    assert STRICTNESSES[0] == DEFAULT_STRICTNESS
    assert [strictness_meaning(level).split(":")[1].strip(" .") for level in STRICTNESSES] == [
        "differences count in full",
        "differences count two thirds",
        "differences count half",
    ]


def test_scores_are_strict_unless_something_else_is_chosen_and_that_is_remembered(desk: Desk) -> None:
    desk.begin_with_reference()
    controls = desk.page.controls
    assert controls.strictness.text() == "Strict"
    controls.strictness.click()
    popover = QApplication.activePopupWidget()
    assert popover is not None
    press(popover.findChildren(StrictnessChooser)[0], 2)
    popover.hide()
    desk.activate()
    assert controls.strictness.text() == "Gentle"
    assert "differences count half" in controls.strictness.toolTip()
    practise(desk)
    (record,) = kept(desk)
    assert record.strictness == "gentle"
    assert desk.navigation.result.strictness.current == "gentle"
    desk.close()
    again = Desk(desk.bot, desk.standing, desk.folder)
    assert again.page.controls.strictness.text() == "Gentle"
    again.close()


def test_the_score_shown_is_judged_anew_and_stays_one_attempt(desk: Desk, gate: Gate) -> None:
    gate.open.set()
    desk.begin_with_reference()
    practise(desk)
    page, (first,) = desk.navigation.result, kept(desk)
    assert page.strictness.current == first.strictness == "strict"
    assert first.total is not None
    assert first.id is not None
    assert 20 < first.total < 80
    poses = desk.history.poses(first.id)
    reference = desk.flow.references.current
    assert reference is not None
    for number, level in ((2, "gentle"), (1, "normal"), (0, "strict")):
        expected = judge(reference, poses, strictness=level).card.total  # type: ignore[arg-type]
        assert expected is not None
        with desk.bot.waitSignal(desk.flow.judging.judged, timeout=PATIENCE_MS):
            press(page.strictness, number)
        assert desk.shown_page is page
        assert total_of(desk) == round(expected)
        assert page.strictness.meaning == strictness_meaning(level)  # type: ignore[arg-type]
        (record,) = kept(desk)
        assert (record.id, record.strictness, record.ended_at) == (first.id, level, first.ended_at)
        assert record.total == pytest.approx(expected)
        assert read_card(desk.history.attempt(first.id).card).strictness == level
        assert page._facts.text() == "Attempt 1"
        assert page.work.isHidden()
    assert set(gate.threads) == {"judge"}


def test_it_takes_long_and_is_cancelled(desk: Desk, gate: Gate) -> None:
    desk.begin_with_reference()
    practise(desk)
    page, before = desk.navigation.result, total_of(desk)
    press(page.strictness, 2)
    desk.wait(gate.asked.is_set)
    desk.wait(page.work.isVisible)  # after 0.3 s
    page.work.cancel_button.click()
    assert page.work.isHidden()
    assert page.strictness.current == "strict"
    assert desk.page.controls.strictness.text() == "Strict"
    assert total_of(desk) == before
    gate.open.set()
    desk.flow.judging.close()
    assert [record.strictness for record in kept(desk)] == ["strict"]


def test_going_again_meanwhile_keeps_the_choice_and_the_attempt_as_it_was(desk: Desk, gate: Gate) -> None:
    desk.begin_with_reference()
    practise(desk)
    page = desk.navigation.result
    press(page.strictness, 2)
    desk.wait(gate.asked.is_set)
    desk.space()
    desk.wait_phase(Phase.READY)
    gate.open.set()
    desk.see()
    assert desk.shown_page is desk.page
    assert [record.strictness for record in kept(desk)] == ["strict"]
    practise(desk)
    assert page.strictness.current == "gentle"
    assert page.work.isHidden()
    assert page._facts.text() == "Attempt 2"
    assert [record.strictness for record in kept(desk)] == ["gentle", "strict"]


def test_an_attempt_that_was_removed_is_not_brought_back(desk: Desk) -> None:
    desk.begin_with_reference()
    practise(desk)
    (record,) = kept(desk)
    desk.history.remove(record.id or 0)
    with desk.bot.waitSignal(desk.flow.judging.judged, timeout=PATIENCE_MS):
        press(desk.navigation.result.strictness, 1)
    assert kept(desk) == ()
    assert desk.navigation.result.notice.isHidden()


def test_what_could_not_be_kept_is_kept_as_it_is_judged_by_then(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.history.path.write_bytes(b"not a history at all")
    practise(desk)
    page = desk.navigation.result
    desk.wait(page.notice.isVisible)
    with desk.bot.waitSignal(desk.flow.judging.judged, timeout=PATIENCE_MS):
        press(page.strictness, 2)
    desk.wait(page.notice.isVisible)  # said of the new judgement, too
    desk.history.path.unlink()
    page.notice.findChildren(QPushButton)[0].click()
    desk.wait(page.notice.isHidden)
    assert [record.strictness for record in kept(desk)] == ["gentle"]


def test_the_demo_is_judged_anew_and_not_kept(desk: Desk) -> None:
    desk.begin_demo()
    desk.space()
    desk.wait_phase(Phase.RESULT)
    with desk.bot.waitSignal(desk.flow.judging.judged, timeout=PATIENCE_MS):
        press(desk.navigation.result.strictness, 2)
    assert desk.navigation.result._facts.text() == "Somebody else’s attempt"
    assert kept(desk) == ()


def test_an_attempt_of_the_history_says_how_strict_it_was(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.flow.judging.set_strictness("normal")
    practise(desk)
    desk.flow.judging.set_strictness("strict")  # which judges anew only what is shown
    desk.wait(lambda: [record.strictness for record in kept(desk)] == ["strict"])
    desk.flow.judging.set_strictness("normal")
    desk.wait(lambda: [record.strictness for record in kept(desk)] == ["normal"])
    desk.space()
    desk.wait_phase(Phase.READY)
    desk.flow.judging.set_strictness("gentle")
    desk.navigation.open_history()
    reader = desk.navigation.history.reader
    desk.wait(lambda: reader.ready and not reader.busy)
    desk.key(Qt.Key.Key_Return)
    shown = desk.navigation.history.attempt
    desk.wait(lambda: desk.shown_page is shown)
    assert shown.strictness.meaning == strictness_meaning("normal")
    assert shown.strictness.isVisible()
    assert not shown.strictness.buttons.isVisible()
    desk.window.resize(1024, 640)
    desk.wait(lambda: desk.window.height() == 640)
    words = [label.text() for label in shown.strictness.findChildren(QLabel) if label.isVisible()]
    assert words == [strictness_meaning("normal")]


def test_it_cannot_be_chosen_during_a_recording(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    assert not desk.page.controls.strictness.isEnabled()
    desk.key(Qt.Key.Key_Escape)
    assert desk.page.controls.strictness.isEnabled()


def test_nonsense_that_was_remembered_is_strict(desk: Desk) -> None:
    desk.navigation.preferences.keep("strictness", "harsh")
    desk.close()
    again = Desk(desk.bot, desk.standing, desk.folder)
    assert again.page.controls.strictness.text() == "Strict"
    again.close()


def test_the_command_line_has_its_way(desk: Desk, qtbot: QtBot) -> None:
    from poseapp.app import connect

    window = MainWindow()
    qtbot.addWidget(window)
    navigation = connect(window, strictness="gentle", list_cameras_now=lambda: ())
    assert navigation.flow.judging.strictness == "gentle"
    assert window.practice.controls.strictness.text() == "Gentle"
    navigation.close()
    assert navigation.preferences.strictness == "strict"  # it was not chosen in the window


def test_keys_choose_too(desk: Desk) -> None:
    desk.begin_with_reference()
    practise(desk)
    chooser = desk.navigation.result.strictness
    button = chooser.buttons.findChildren(QPushButton)[1]
    button.setFocus()
    with desk.bot.waitSignal(desk.flow.judging.judged, timeout=PATIENCE_MS):
        QTest.keyClick(button, Qt.Key.Key_Return)
    assert chooser.current == "normal"
