"""A clip that gave less than its file announces: said once, where it matters, and gone with the next clip."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("PySide6")
pytestmark = [pytest.mark.ui, pytest.mark.usefixtures("themed")]

from PySide6.QtWidgets import QPushButton  # noqa: E402

from poseapp.shortfall import Shortfall  # noqa: E402
from poseapp.ui.flow.phase import Phase  # noqa: E402
from poseapp.ui.flow.source_choice import SourceChoice  # noqa: E402
from tests import clips  # noqa: E402
from tests.patience import PATIENCE_MS  # noqa: E402
from tests.ui.desk import WEBCAM, Desk, notice_title, press_offer  # noqa: E402

PICTURES = 45


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clip made for streaming: its index comes first."""
    folder = tmp_path_factory.mktemp("clips")
    plain = clips.write_clip(folder / "plain.mp4", clips.person_pictures(PICTURES))
    return clips.index_first(plain, folder / "whole.mp4")


@pytest.fixture(scope="module")
def cut(whole: Path) -> Path:
    """The first part of its download."""
    return clips.cut_off(whole, whole.with_name("cut.mp4"), 0.6)


def is_of(title: str, clip: Path) -> bool:
    return title.startswith("Only ") and title.endswith(f" of the 1.5 seconds of “{clip.name}” could be read.")


def see_more(desk: Desk, pictures: int) -> None:
    last = desk.last_index()
    desk.wait(lambda: desk.last_index() >= last + pictures)


# In place of the camera


def test_a_clip_in_place_of_the_camera_is_said_to_be_cut_short_once(desk: Desk, cut: Path) -> None:
    desk.begin()
    desk.flow.sources.choose_file(cut)
    desk.wait(lambda: bool(notice_title(desk)))
    assert is_of(notice_title(desk), cut)
    notice = desk.navigation.wiring.notices.notice
    assert notice is not None
    assert "cut off or damaged" in notice.accessibleDescription()
    assert desk.flow.phase is Phase.READY  # nothing waits for an answer
    press_offer(desk, 0)
    see_more(desk, PICTURES)  # it plays again, and ends too early again
    assert notice_title(desk) == ""


def test_the_next_source_takes_the_notice_away(desk: Desk, cut: Path, whole: Path) -> None:
    desk.begin()
    desk.flow.sources.choose_file(cut)
    desk.wait(lambda: is_of(notice_title(desk), cut))
    desk.flow.sources.choose_file(whole)
    assert notice_title(desk) == ""
    desk.wait_phase(Phase.READY)
    see_more(desk, PICTURES)
    assert notice_title(desk) == ""
    desk.flow.sources.choose_file(cut)  # chosen once more, it is said once more
    desk.wait(lambda: is_of(notice_title(desk), cut))
    desk.flow.sources.choose(SourceChoice.of_camera(WEBCAM))
    assert notice_title(desk) == ""


def test_what_is_found_while_it_is_recorded_is_said_with_the_score(desk: Desk, cut: Path) -> None:
    desk.begin_with_reference()
    desk.clips.hold(5)  # it is recorded before it was ever seen to its end
    desk.flow.sources.choose_file(cut)
    desk.wait_phase(Phase.READY)
    desk.space()
    assert desk.flow.phase is Phase.RECORDING
    desk.clips.release()
    desk.wait_phase(Phase.RESULT)
    page = desk.navigation.result
    assert page.notice.isVisible()
    assert is_of(page.notice.accessibleName(), cut)
    assert "this is about its beginning" in page.notice.accessibleDescription()
    assert not any(button.isVisible() for button in page.notice.findChildren(QPushButton))
    with desk.bot.waitSignal(desk.flow.judging.judged, timeout=PATIENCE_MS):
        page.strictness.chosen.emit("gentle")
    assert page.notice.isVisible()  # the same recording judged anew is as short
    desk.space()
    desk.wait_phase(Phase.READY)
    see_more(desk, PICTURES)
    assert notice_title(desk) == ""  # it was said
    desk.flow.sources.choose(SourceChoice.of_camera(WEBCAM))
    desk.wait_phase(Phase.READY)
    desk.see()
    desk.space()
    desk.move(20)
    desk.space()
    desk.wait_phase(Phase.RESULT)
    assert page.notice.isHidden()  # a camera's attempt is not cut short


def test_its_end_is_known_before_its_last_picture_was_looked_at(desk: Desk, cut: Path) -> None:
    desk.begin_with_reference()
    desk.clips.hold(15)
    desk.flow.sources.choose_file(cut)
    desk.wait_phase(Phase.READY)
    desk.space()
    desk.wait(lambda: desk.flow.recorded_seconds > 0.3)
    session = desk.flow.bridge.session
    run = session._run
    assert run is not None
    run.source.shortfall = Shortfall(cut.name, 0.8, 1.5)  # as the capture finds it, with pictures still on their way
    desk.clips.hold(16)
    desk.wait(lambda: session.status().shortfall is not None)
    assert desk.flow.phase is Phase.RECORDING
    desk.wait(lambda: desk.flow.status.shortfall is not None)
    assert notice_title(desk) == ""
    desk.space()
    desk.wait_phase(Phase.RESULT)
    assert is_of(desk.navigation.result.notice.accessibleName(), cut)
    assert desk.navigation.result.notice.isVisible()


def test_a_whole_clip_is_scored_without_a_word(desk: Desk, whole: Path) -> None:
    desk.begin_with_reference()
    desk.flow.sources.choose_file(whole)
    desk.wait_phase(Phase.READY)
    desk.space()
    desk.wait_phase(Phase.RESULT)
    assert desk.navigation.result.notice.isHidden()


# The example


def test_an_example_is_said_to_be_cut_short_until_another_is_chosen(desk: Desk, cut: Path, whole: Path) -> None:
    desk.begin()
    desk.shortfalls[cut.name] = Shortfall(cut.name, 0.8, 1.5)
    desk.choose_reference(cut)
    assert is_of(notice_title(desk), cut)
    press_offer(desk, 0)
    with desk.bot.waitSignal(desk.flow.references.changed, timeout=PATIENCE_MS):
        desk.flow.references.set_model("another")  # which looks at the same clip
    assert notice_title(desk) == ""
    desk.choose_reference(whole)
    assert notice_title(desk) == ""
    desk.choose_reference(cut)
    assert is_of(notice_title(desk), cut)
    desk.choose_reference(whole)
    assert notice_title(desk) == ""


def test_another_example_leaves_what_was_said_of_the_source(desk: Desk, cut: Path, whole: Path) -> None:
    desk.begin()
    desk.flow.sources.choose_file(cut)
    desk.wait(lambda: is_of(notice_title(desk), cut))
    desk.choose_reference(whole)
    assert is_of(notice_title(desk), cut)
