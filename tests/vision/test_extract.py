"""A clip's poses, and a photo's."""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pytest

from poseapp.errors import Cancelled, ClipError, ModelError, NotEnoughSeenError
from poseapp.pose import Keypoint
from poseapp.vision.extract import estimate_still, extract_poses
from poseapp.vision.models import DEFAULT_MODEL
from poseapp.vision.sources.file import FileSource
from tests import clips

import cv2  # isort: skip - after the room that sets its environment


def test_every_frame_of_a_clip_in_its_own_time(ordinary: Path) -> None:
    steps: list[tuple[int, int | None]] = []
    found = extract_poses(ordinary, progress=lambda done, expected: steps.append((done, expected)))
    with FileSource(ordinary) as source:
        times = [frame.media_time for frame in source]
    assert len(found.poses) == 20
    assert found.poses.t.tolist() == times
    assert found.frame_size == (540, 720)
    assert found.model == DEFAULT_MODEL
    assert steps == [(n, 20) for n in range(1, 21)]
    assert (found.poses.confidence.mean(axis=1) > 0.5).all()


def test_uneven_times_are_kept(variable_frame_rate: Path) -> None:
    found = extract_poses(variable_frame_rate)
    assert len(set(np.diff(found.poses.t).round(4))) > 1


def test_a_side_bend_is_seen_to_bend() -> None:
    """The built-in coach bends the trunk sideways: its lean grows from upright to more than fifteen degrees."""
    poses = extract_poses(clips.DEMO_CLIP).poses
    shoulders = poses.xy[:, [Keypoint.LEFT_SHOULDER, Keypoint.RIGHT_SHOULDER]].mean(axis=1)
    hips = poses.xy[:, [Keypoint.LEFT_HIP, Keypoint.RIGHT_HIP]].mean(axis=1)
    trunk = shoulders - hips
    lean = np.degrees(np.abs(np.arctan2(trunk[:, 0], -trunk[:, 1])))
    assert lean[0] < 5
    assert lean.max() > 15


def test_a_rotated_clip_is_seen_upright(rotated_phone: Path) -> None:
    found = extract_poses(rotated_phone)
    with FileSource(rotated_phone) as source:
        frame = source.read()
    assert frame is not None
    assert found.frame_size == frame.size
    pose = found.poses[0]
    assert pose.xy[Keypoint.NOSE, 1] < pose.xy[Keypoint.LEFT_ANKLE, 1]


def test_a_large_clip(four_k: Path) -> None:
    found = extract_poses(four_k)
    assert max(found.frame_size) == 3840
    assert found.poses.confidence[0].mean() > 0.5


def test_a_path_with_spaces_and_other_letters(unicode_path: Path) -> None:
    assert len(extract_poses(unicode_path).poses) == 20


def test_nobody_anywhere(no_person: Path) -> None:
    with pytest.raises(NotEnoughSeenError, match=rf"^Nobody was seen in “{no_person.name}”\.") as caught:
        extract_poses(no_person)
    assert caught.value.hint


def test_a_person_in_two_frames_only_with_the_numbers(person_in_two_frames: Path) -> None:
    with pytest.raises(NotEnoughSeenError, match=r"seen in only 2 of the \d+ frames of “"):
        extract_poses(person_in_two_frames)


def test_one_frame_is_no_movement(one_frame: Path) -> None:
    with pytest.raises(NotEnoughSeenError, match="only 1 of the 1 frame of"):
        extract_poses(one_frame)


@pytest.mark.parametrize("kind", ["missing", "directory", "zero_byte", "text_renamed", "truncated_mp4", "audio_only"])
def test_a_bad_clip_gets_a_sentence_before_a_model_is_loaded(request: pytest.FixtureRequest, kind: str) -> None:
    path: Path = request.getfixturevalue(kind)
    with pytest.raises(ClipError):
        extract_poses(path, "no-such-model")


def test_an_unknown_model(ordinary: Path) -> None:
    with pytest.raises(ModelError):
        extract_poses(ordinary, "no-such-model")


@pytest.mark.parametrize("after", [0, 3])
def test_cancelled_before_the_next_frame(ordinary: Path, after: int) -> None:
    done: list[int] = []
    with pytest.raises(Cancelled):
        extract_poses(
            ordinary,
            progress=lambda count, _: done.append(count),
            cancelled=lambda: len(done) >= after,
        )
    assert len(done) == after


@pytest.mark.parametrize(
    ("model", "stop", "error"),
    [(DEFAULT_MODEL, False, None), (DEFAULT_MODEL, True, Cancelled), ("no-such-model", False, ModelError)],
    ids=["done", "cancelled", "no model"],
)
def test_the_clip_is_let_go_of_at_any_end(
    ordinary: Path, tmp_path: Path, model: str, stop: bool, error: type[Exception] | None
) -> None:
    """On Windows a file that is still open cannot be removed."""
    path = tmp_path / "clip.mp4"
    path.write_bytes(ordinary.read_bytes())
    with contextlib.nullcontext() if error is None else pytest.raises(error):
        extract_poses(path, model, cancelled=lambda: stop)
    assert not _is_open(path)


def _is_open(path: Path) -> bool:
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        path.unlink()  # fails where open files cannot be removed
        return False
    return any(link.exists() and link.resolve() == path.resolve() for link in descriptors.iterdir())


def test_a_photo(tmp_path: Path) -> None:
    bgr = clips.person_pictures(1)[0]
    path = tmp_path / "a photo.png"
    cv2.imwrite(str(path), bgr)
    picture, pose = estimate_still(path)
    np.testing.assert_array_equal(picture, bgr)
    assert pose.score > 0.5
    again, same = estimate_still(bgr, "posenet-257")
    assert again is bgr
    np.testing.assert_array_equal(same.xy, pose.xy)


def test_the_larger_of_two_people_in_a_photo() -> None:
    person = clips.person_pictures(1)[0]
    small = cv2.resize(person, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    framed = cv2.copyMakeBorder(small, 180, 180, 0, 0, cv2.BORDER_REPLICATE)
    _, pose = estimate_still(np.hstack([framed, person]))
    assert pose.xy[:, 0].min() > framed.shape[1]


def test_somebody_far_away_in_a_wide_photo() -> None:
    person = clips.person_pictures(1)[0]
    far = cv2.resize(person, None, fx=0.35, fy=0.35, interpolation=cv2.INTER_AREA)
    height, width = far.shape[:2]
    photo = cv2.copyMakeBorder(far, 720 - height, 0, 900, 380 - width, cv2.BORDER_REPLICATE)
    _, pose = estimate_still(np.asarray(photo, dtype=np.uint8))
    box = pose.box(0.3)
    assert box is not None
    assert 900 < box.x0 < box.x1 < 900 + width
    assert box.height < height


def test_a_photo_of_nobody(tmp_path: Path) -> None:
    path = tmp_path / "room.png"
    cv2.imwrite(str(path), clips.empty_room(1)[0])
    with pytest.raises(NotEnoughSeenError, match=r"Nobody was seen in “room\.png”"):
        estimate_still(path)
    with pytest.raises(NotEnoughSeenError, match="Nobody was seen in the picture"):
        estimate_still(clips.empty_room(1)[0])


def test_a_photo_that_is_none(text_renamed: Path) -> None:
    with pytest.raises(ClipError):
        estimate_still(text_renamed)
