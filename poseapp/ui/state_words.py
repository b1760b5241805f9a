"""The words of every state of the practice page."""

from __future__ import annotations

from typing import NamedTuple

from poseapp.session.status import LiveStatus
from poseapp.session.update import LiveState, PoseUpdate
from poseapp.ui.flow.phase import Phase
from poseapp.ui.words import seconds_words, tr

__all__ = ["StateWords", "lost_words", "practice_words", "status_figures"]


class StateWords(NamedTuple):
    """What the pill on the picture shows: an icon, its colour and words."""

    icon: str
    token: str
    text: str


def practice_words(
    phase: Phase,
    status: LiveStatus,
    update: PoseUpdate | None,
    *,
    has_reference: bool,
    from_file: bool,
    seconds: float,
) -> StateWords:
    """The state of the practice page in one sentence.

    Parameters
    ----------
    phase : Phase
    status : LiveStatus
        Of the live session.
    update : PoseUpdate or None
        The newest picture.
    has_reference : bool
        Whether there is something to practise.
    from_file : bool
        Whether the source is a clip.
    seconds : float
        Length of the recording so far.
    """
    if phase is Phase.RECORDING:
        return _recording(status, from_file=from_file, seconds=seconds)
    if phase is Phase.OPENING:
        return _opening(status)
    if phase is Phase.READY:
        return _person(update, has_reference) or _ready(has_reference, from_file)
    return {
        Phase.LOOKING: StateWords("webcam", "text2", tr("Looking for a camera")),
        Phase.NO_SOURCE: StateWords("webcam-off", "amber", tr("No camera found")),
        Phase.SCORING: StateWords("compare", "text2", tr("Comparing with the coach")),
        Phase.RESULT: StateWords("check-circle", "green", tr("Scored")),
        Phase.LOST: StateWords("webcam-off", "amber", tr("Camera lost")),
    }[phase]


def _opening(status: LiveStatus) -> StateWords:
    if status.state is LiveState.FAILED and status.error is not None:
        return StateWords("webcam-off", "amber", status.error.sentence)
    if status.title:
        return StateWords("webcam", "text2", tr("Opening {title}", title=status.title))
    return StateWords("webcam", "text2", tr("Opening"))


def _person(update: PoseUpdate | None, has_reference: bool) -> StateWords | None:
    """What is to be said about who is seen; None when one person is."""
    if update is None:
        return None
    if update.pose is None:
        if update.others:
            return StateWords("account-check-outline", "amber", tr("Click the person to follow."))
        return StateWords("account-off-outline", "amber", tr("Step into the picture."))
    if len(update.others) == 1 and has_reference:
        return StateWords("account-multiple-outline", "amber", tr("Two people. Click the one to follow."))
    if update.others and has_reference:
        return StateWords("account-multiple-outline", "amber", tr("Several people. Click the one to follow."))
    return None


def _ready(has_reference: bool, from_file: bool) -> StateWords:
    if not has_reference:
        return StateWords("run", "ghost", tr("Choose an example to practise against."))
    if from_file:
        return StateWords("human-handsup", "green", tr("Ready. Space plays the clip from its start and records it."))
    return StateWords("human-handsup", "green", tr("Ready. Press Space to record."))


def _recording(status: LiveStatus, *, from_file: bool, seconds: float) -> StateWords:
    duration = status.info.duration if status.info is not None else None
    if from_file and duration:
        return StateWords(
            "record",
            "record",
            tr("Recording {now} of {all}", now=seconds_words(seconds), all=seconds_words(max(duration, seconds))),
        )
    return StateWords("record", "record", tr("Recording {now}", now=seconds_words(seconds)))


def lost_words(seconds: float, title: str) -> tuple[str, str, str]:
    """What is kept of a recording (empty: there was none), what to do, and what goes on meanwhile."""
    kept = tr("Your {seconds} seconds are kept.", seconds=f"{seconds:.1f}") if seconds > 0 else ""
    return kept, tr("Plug the camera back in."), tr("Looking for {title}. It goes on by itself.", title=title)


def status_figures(update: PoseUpdate, age_ms: float) -> tuple[str, str, str]:
    """Picture, pose and person for the status line.

    Parameters
    ----------
    update : PoseUpdate
        What is shown.
    age_ms : float
        Time from its capture to now.
    """
    width, height = update.frame.size
    counters = update.counters
    picture = tr(
        "{width} × {height}, {rate} pictures a second", width=width, height=height, rate=f"{counters.capture_fps:.1f}"
    )
    work = tr(
        "Pose {ms} ms, shown after {age} ms; {taken} taken, {done} looked at, {dropped} left out",
        ms=round(counters.pose_ms),
        age=round(age_ms),
        taken=counters.captured,
        done=counters.processed,
        dropped=counters.dropped,
    )
    person = tr("Following you") if update.pose is not None else tr("Nobody followed")
    return picture, work, person
