"""The video of attempt and coach: complete, in step, and there whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from poseapp.errors import Cancelled, ClipError, OutputError, UsageError
from poseapp.pose import KEYPOINTS, PoseSequence
from poseapp.report.annotated_video import (
    HOLD_S,
    Pictures,
    Shown,
    VideoFacts,
    check_video_target,
    write_annotated_video,
)
from poseapp.report.drawing import COLOURS
from poseapp.scoring import FeedbackItem, HeatMap, KeypointScore, MatchedTimes, ScoreCard
from poseapp.vision.sources.file import FileSource
from tests.clips import numbered_pictures, picture_number

FPS = 30.0
#: Halves of the picture for clips of 160 x 96: as wide as they may be, and the clips' aspect kept.
WIDTH, HEIGHT, GAP, BAND = 956, 574, 8, 120


def poses(count: int, confidence: float = 0.0, fps: float = FPS) -> PoseSequence:
    """A body in the middle of a picture of 160 x 96, seen or not."""
    xy = np.zeros((count, 17, 2), dtype=np.float32)
    xy[:, :, 0] = np.linspace(70, 90, 17)
    xy[:, :, 1] = np.linspace(30, 90, 17)
    return PoseSequence(xy, np.full((count, 17), confidence), np.arange(count) / fps)


def shown(
    pictures: list[NDArray[np.uint8]], sequence: PoseSequence, title: str, clip: Path = Path("none.mp4")
) -> Shown:
    def read() -> Pictures:
        yield from zip(sequence.t.tolist(), pictures, strict=True)

    return Shown(clip, read, sequence, title)


def numbered(count: int, title: str = "You", fps: float = FPS) -> Shown:
    return shown(numbered_pictures(count), poses(count, fps=fps), title)


def card(
    total: float | None = 90.0,
    path: MatchedTimes | None = None,
    feedback: tuple[FeedbackItem, ...] = (),
    heat: HeatMap | None = None,
) -> ScoreCard:
    keypoints = tuple(KeypointScore(k, total, 1.0) for k in KEYPOINTS)
    reason = "" if total is not None else "Too little was seen."
    return ScoreCard("form", total, keypoints, 1.0, 1.0, reason, path=path, feedback=feedback, heat=heat)


def halves(path: Path) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.uint8]]]:
    """Left half, right half and band of every picture of a video."""
    with FileSource(path) as source:
        for frame in source:
            yield frame.bgr[:-BAND, :WIDTH], frame.bgr[:-BAND, WIDTH + GAP :], frame.bgr[-BAND:]


def near(picture: NDArray[np.uint8], colour: str, tolerance: int = 40) -> int:
    """How many pixels have a colour of that name, coding losses forgiven."""
    away = np.abs(picture.astype(int) - COLOURS[colour]).max(axis=2)
    return int((away < tolerance).sum())


def test_every_frame_of_the_attempt_and_the_held_end(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    steps: list[tuple[int, int | None]] = []
    facts = write_annotated_video(
        path, numbered(20), numbered(20, "Coach"), card(), progress=lambda *step: steps.append(step)
    )
    held = round(HOLD_S * FPS)
    assert facts == VideoFacts(path, (2 * WIDTH + GAP, HEIGHT + BAND), FPS, 20 + held)
    assert facts.duration == pytest.approx(20 / 30 + 2)
    assert steps == [(i + 1, 20 + held) for i in range(20 + held)]
    assert list(tmp_path.iterdir()) == [path]
    with FileSource(path) as source:
        frames = list(source)
    assert frames[0].bgr.shape == (HEIGHT + BAND, 2 * WIDTH + GAP, 3)
    assert [frame.media_time for frame in frames] == pytest.approx([i / FPS for i in range(20 + held)], abs=1e-3)
    numbers = [picture_number(left) for left, _, _ in halves(path)]
    assert numbers == [*range(20), *[19] * held]


def test_the_coach_follows_the_path(tmp_path: Path) -> None:
    # The coach needs twice the time for the first half, and none for the second, in which he stands.
    path = tmp_path / "out.mp4"
    attempt_t = np.array([0.0, 10.0, 20.0]) / FPS
    matched = MatchedTimes(np.array([0.0, 20.0, 20.0]) / FPS, attempt_t)
    write_annotated_video(path, numbered(21), numbered(40, "Coach"), card(path=matched))
    both = [(picture_number(left), picture_number(right)) for left, right, _ in halves(path)]
    assert both[:21] == [(i, min(2 * i, 20)) for i in range(21)]
    assert set(both[21:]) == {(20, 20)}


def test_without_a_path_both_run_in_their_own_time_and_the_shorter_waits(tmp_path: Path) -> None:
    # 15 frames a second against 30: every second of the coach's.
    path = tmp_path / "out.mp4"
    facts = write_annotated_video(path, numbered(10, fps=15.0), numbered(15, "Coach"), card())
    assert facts.fps == 15.0
    both = [(picture_number(left), picture_number(right)) for left, right, _ in halves(path)]
    assert both[:10] == [(i, min(2 * i, 14)) for i in range(10)]


def test_a_limb_is_magenta_when_the_card_says_that_it_differs(tmp_path: Path) -> None:
    grey = [np.full((96, 160, 3), 128, dtype=np.uint8)] * 30
    path = tmp_path / "out.mp4"
    centres = (np.arange(10) + 0.5) / 10
    degrees = np.zeros((1, 10))
    degrees[0, 5:] = 25.0  # the second half second
    whole = MatchedTimes(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    judged = card(30.0, whole, heat=HeatMap(("left_leg",), centres, degrees))
    attempt, coach = shown(grey, poses(30, 1.0), "You"), shown(grey, poses(30, 1.0), "Coach")
    write_annotated_video(path, attempt, coach, judged)
    pictures = list(halves(path))
    for i in (0, 13, 16, 29, len(pictures) - 1):
        left, right, _ = pictures[i]
        assert (near(left, "bad") > 100) == (i >= 15), i
        assert near(left, "green") > 500, i
        assert near(right, "bad") == 0, i
        assert near(right, "text") > 500, i


def test_the_end_shows_the_score_in_its_colour_and_the_mark_stays(tmp_path: Path) -> None:
    for total, colour in ((92.0, "green"), (61.0, "amber"), (20.0, "bad")):
        path = tmp_path / f"{total:.0f}.mp4"
        write_annotated_video(path, numbered(3), numbered(3, "Coach"), card(total), mark="Demo")
        *_, (left, _, band) = halves(path)
        assert near(band, colour) > 400
        assert all(near(band, other) < 50 for other in {"green", "amber", "bad"} - {colour})
        assert near(left[:60, -120:], "amber", 70) > 20
        (_, right, playing), *_ = halves(path)
        assert near(right[:60, -120:], "amber", 70) == 0
        assert near(playing, colour) < 50  # the time, not yet the score


def test_a_card_without_a_total_says_why_instead(tmp_path: Path) -> None:
    path = tmp_path / "out.mp4"
    write_annotated_video(path, numbered(3), numbered(3, "Coach"), card(None))
    *_, (_, _, band) = halves(path)
    assert near(band, "text") > 200
    assert not any(near(band, colour) > 50 for colour in ("green", "amber", "bad"))


def noise(count: int) -> Shown:
    """Pictures that no codec makes small."""
    generator = np.random.default_rng(4)
    pictures = list(generator.integers(0, 256, (count, 96, 160, 3), dtype=np.uint8))
    return shown(pictures, poses(count), "You")


def _cancelled(path: Path) -> None:
    asked: list[None] = []
    write_annotated_video(
        path,
        noise(8),
        noise(8),
        card(),
        cancelled=lambda: asked.append(None) or len(asked) > 5,  # type: ignore[func-returns-value]
    )


def _clip_fails(path: Path) -> None:
    def read() -> Pictures:
        yield 0.0, np.zeros((96, 160, 3), dtype=np.uint8)
        yield 1 / FPS, np.zeros((96, 160, 3), dtype=np.uint8)
        raise ClipError("It broke.")

    write_annotated_video(path, Shown(Path("a.mp4"), read, poses(8), "You"), noise(8), card())


def _clip_empty(path: Path) -> None:
    write_annotated_video(path, noise(8), Shown(Path("gone.mp4"), lambda: (yield from ()), poses(8), "Coach"), card())


def _disk_full(path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))  # every write beyond fails, as on a full disk
    try:
        write_annotated_video(path, noise(8), noise(8), card())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize(
    ("fail", "error", "words"),
    [
        (_cancelled, Cancelled, "Stopped"),
        (_clip_fails, ClipError, "broke"),
        (_clip_empty, ClipError, "gone.mp4"),
        (_disk_full, OutputError, "arrived on the disk"),
    ],
)
@pytest.mark.parametrize("older", [True, False])
def test_what_goes_wrong_leaves_nothing_and_what_was_there(
    tmp_path: Path, fail: Callable[[Path], None], error: type[Exception], words: str, older: bool
) -> None:
    path = tmp_path / "out.mp4"
    if older:
        path.write_bytes(b"old")
    with pytest.raises(error, match=words):
        fail(path)
    assert list(tmp_path.iterdir()) == ([path] if older else [])
    assert not older or path.read_bytes() == b"old"


def test_no_encoder_and_no_folder_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OutputError, match="its folder does not exist"):
        write_annotated_video(tmp_path / "none" / "out.mp4", numbered(3), numbered(3), card())
    monkeypatch.setattr("poseapp.report.annotated_video._CODEC", "zzzz")
    with pytest.raises(OutputError, match="no encoder") as caught:
        write_annotated_video(tmp_path / "out.mp4", numbered(3), numbered(3), card())
    assert caught.value.exit_code == 7
    assert caught.value.hint
    assert list(tmp_path.iterdir()) == []


def test_clips_are_never_written_over(tmp_path: Path) -> None:
    clip, link, other = tmp_path / "clip.mp4", tmp_path / "link.mp4", tmp_path / "other.mp4"
    clip.write_bytes(b"a clip")
    link.symlink_to(clip)
    other.write_bytes(b"another")
    pictures = numbered_pictures(3)
    for target in (clip, link):
        with pytest.raises(UsageError, match="one of the clips"):
            write_annotated_video(target, shown(pictures, poses(3), "You", clip), numbered(3), card())
    assert clip.read_bytes() == b"a clip"
    check_video_target(other, (clip, tmp_path / "missing.mp4"))
    for name in ("out.avi", "out", "out.npz"):
        with pytest.raises(UsageError, match=r"does not end in \.mp4"):
            check_video_target(tmp_path / name, ())
