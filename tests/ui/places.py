"""Every page of the window, and every state of it that looks different: how to get there."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt

from poseapp.scoring import Span, Timing
from poseapp.shortfall import Shortfall
from poseapp.ui.flow.phase import Phase
from tests.ui import attempts
from tests.ui.desk import Desk

NAME = "VID_20261120_181523 side kick from the left, second try"


def first_run(desk: Desk) -> None:
    desk.begin_without_camera()


def no_example(desk: Desk) -> None:
    desk.begin()


def practice(desk: Desk) -> None:
    desk.begin_with_reference()
    frames = desk.flow.references.frames
    assert frames is not None
    desk.wait(lambda: frames.frame(len(frames.times) - 1) is not None)
    desk.see(3)


def recording(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.see(5)


def result(desk: Desk) -> None:
    desk.begin_with_reference()
    desk.space()
    desk.move(20)
    desk.space()
    desk.wait_phase(Phase.RESULT)


def result_uneven(desk: Desk) -> None:
    """Hurried and hesitated, and done with the other side: as much as the page ever says."""
    result(desk)
    timing = Timing(41.0, 0.8, 0.21, (Span(0.4, 0.9, 0.5, 0.8),), (Span(1.2, 1.6, 1.5, 2.4),))
    card = replace(attempts.card_of(64.0), timing=timing, mirrored=True)
    page = desk.navigation.result
    page.show_card(card, None, "Squat", "Attempt 12")
    assert "0.4–0.9 s" in page._more.text()


def example_cut_short(desk: Desk) -> None:
    desk.begin()
    clip = desk.folder / f"{NAME}.mp4"
    clip.write_bytes(b"looked at by the desk")
    desk.shortfalls[clip.name] = Shortfall(clip.name, 1.1, 3.4)
    desk.choose_reference(clip)
    assert desk.navigation.wiring.notices.notice is not None


def result_cut_short(desk: Desk) -> None:
    result(desk)
    desk.navigation.result.tell_cut_short(Shortfall(f"{NAME}.mp4", 1.1, 3.4))


def lost(desk: Desk) -> None:
    desk.lose_camera_while_recording(20)


def help_page(desk: Desk) -> None:
    desk.begin()
    desk.navigation.choose_page("help")


def library(desk: Desk) -> None:
    desk.begin_with_reference()
    damaged = desk.folder / "mine"
    damaged.mkdir()
    (damaged / "reference.json").write_text("{")
    desk.navigation.open_library()
    page = desk.navigation.library
    desk.wait(lambda: bool(page.cards) and page.notice.isVisible())


def without_camera(desk: Desk) -> None:
    first_run(desk)
    desk.navigation.open_library()
    desk.wait(lambda: bool(desk.navigation.library.cards))
    desk.key(Qt.Key.Key_Return)
    assert desk.shown_page is desk.page
    desk.wait(lambda: not desk.page.coach.progress.isVisible() and desk.flow.references.current is not None)


def demo(desk: Desk) -> None:
    desk.begin_demo()


def demo_result(desk: Desk) -> None:
    demo(desk)
    desk.space()
    desk.wait_phase(Phase.RESULT)


def history(desk: Desk) -> None:
    desk.begin()
    attempts.fill(desk.history)
    open_history(desk)


def history_mixed(desk: Desk) -> None:
    desk.begin()
    attempts.fill_otherwise(desk.history)
    open_history(desk)


def history_empty(desk: Desk) -> None:
    desk.begin()
    open_history(desk)


def history_one(desk: Desk) -> None:
    desk.begin()
    attempts.add(desk.history, 64.0)
    open_history(desk)


def history_with_notice(desk: Desk) -> None:
    history(desk)
    page = desk.navigation.history.page
    page.tell("check-circle-outline", "9 attempts are exported", str(desk.folder / "a table of all attempts.csv"))


def history_damaged(desk: Desk) -> None:
    desk.begin()
    desk.history.path.write_bytes(b"no history")
    open_history(desk)
    assert not desk.navigation.history.page.notice.isHidden()


def history_attempt(desk: Desk) -> None:
    history(desk)
    desk.key(Qt.Key.Key_Return)
    desk.wait(lambda: desk.shown_page is desk.navigation.history.attempt)


def result_not_kept(desk: Desk) -> None:
    desk.history.path.write_bytes(b"no history")
    result(desk)
    assert not desk.navigation.result.notice.isHidden()


def open_history(desk: Desk) -> None:
    desk.navigation.open_history()
    reader = desk.navigation.history.reader
    desk.wait(lambda: reader.ready and not reader.busy)


PAGES = [
    first_run,
    no_example,
    practice,
    recording,
    result,
    result_uneven,
    lost,
    help_page,
    library,
    without_camera,
    demo,
    demo_result,
    history,
    history_mixed,
    history_empty,
    history_one,
    history_with_notice,
    history_damaged,
    history_attempt,
    result_not_kept,
    example_cut_short,
    result_cut_short,
]
