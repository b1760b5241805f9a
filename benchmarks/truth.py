"""Our poses against truths from outside: another program's keypoints, and bodies whose joints are known.

The material lies beside the project (``../shared/data`` and ``../shared/avatar``); it may be measured with, not
shipped.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from poseapp.pose import KEYPOINTS, Pose
from poseapp.vision.frame import BgrImage
from poseapp.vision.posenet import PoseNetEstimator
from poseapp.vision.sources.file import FileSource
from poseapp.vision.tracker import PoseTracker

import cv2  # isort: skip - after the room that sets its environment

__all__ = [
    "BODY_JOINTS",
    "COUPLE_INPUT",
    "avatar_errors",
    "couple_errors",
    "couple_picture",
    "distances_in_torsos",
    "pictures_of",
    "punch_errors",
]

#: The twelve joints of limbs and trunk: COCO without the face.
BODY_JOINTS = slice(5, 17)
#: Width and height at which the peer read the picture of the couple.
COUPLE_INPUT = (641, 481)
#: Width and height to which the peer squeezed the frames of the punch.
_PUNCH_PEER = (372, 495)
_VISIBLE = 2
#: An error, in torso lengths, for a frame in which nobody was found.
_NOBODY = 10.0


def pictures_of(clip: Path, step: int = 1, first: int = 0) -> Iterator[tuple[int, BgrImage]]:
    """Number and picture of every `step`-th frame from `first` on."""
    with FileSource(clip) as source:
        for number, frame in enumerate(source):
            if number >= first and (number - first) % step == 0:
                yield number, frame.bgr


def punch_errors(tracker: PoseTracker, data: Path, step: int = 1) -> NDArray[np.float64]:
    """Distances to the peer's keypoints of the punch, in torso lengths, shape (frames, 17).

    The peer squeezed each frame to 372 × 495 and shifted its keypoints by the corner of their box; so are ours.
    """
    peer = np.load(data / "punch_side_peer_keypoints.npz")["xy"].astype(np.float64)
    torso = np.linalg.norm(peer[:, [5, 6]].mean(axis=1) - peer[:, [11, 12]].mean(axis=1), axis=1)
    errors = []
    for number, bgr in pictures_of(data / "punch_side.mp4", step):
        if number >= len(peer):
            break
        pose = tracker.track(bgr).pose
        if pose is None:
            errors.append(np.full(17, _NOBODY))
            continue
        squeezed = pose.xy * (np.array(_PUNCH_PEER) / (bgr.shape[1], bgr.shape[0]))
        distance = np.linalg.norm(squeezed - squeezed.min(axis=0) - peer[number], axis=1)
        errors.append(distance / torso[number])
    return np.array(errors)


def couple_picture(data: Path) -> BgrImage:
    """The picture of the couple as the peer read it: squeezed to 641 × 481."""
    bgr = cv2.imread(str(data / "couple.jpg"))
    return np.asarray(cv2.resize(bgr, COUPLE_INPUT, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def couple_errors(estimator: PoseNetEstimator, data: Path) -> list[NDArray[np.float64]]:
    """For each person of the peer's, the distances in pixels of 641 × 481 to the nearest of ours.

    Only keypoints of which the peer is sure (0.5) count; a person we did not find has infinite distances.
    """
    people = estimator.estimate(couple_picture(data))
    errors = []
    for xy, confidence in _peers_couple(data):
        sure = confidence >= 0.5
        ours = [np.linalg.norm(person.xy - xy, axis=1)[sure] for person in people]
        errors.append(min(ours, key=np.median, default=np.full(sure.sum(), np.inf)))
    return errors


def _peers_couple(data: Path) -> list[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    people: dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]] = {}
    names = {keypoint.name: keypoint for keypoint in KEYPOINTS}
    with (data / "couple_peer_posenet075_481x641.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            xy, confidence = people.setdefault(row["pose_id"], (np.zeros((17, 2)), np.zeros(17)))
            keypoint = names[row["keypoint_label"]]
            xy[keypoint] = float(row["keypoint_x"]), float(row["keypoint_y"])
            confidence[keypoint] = float(row["keypoint_score"])
    return list(people.values())


def avatar_errors(tracker: PoseTracker, clip: Path, step: int = 1) -> NDArray[np.float64]:
    """Distances to the true body joints of an avatar clip, in torso lengths, shape (frames, 12); NaN where hidden."""
    truth = np.load(clip.with_suffix(".npz"))["kp"].astype(np.float64)
    errors = []
    for number, bgr in pictures_of(clip, step):
        true = truth[number]
        distance = distances_in_torsos(tracker.track(bgr).pose, true[:, :2])
        errors.append(np.where(true[:, 2] == _VISIBLE, distance, np.nan)[BODY_JOINTS])
    return np.array(errors)


def distances_in_torsos(pose: Pose | None, true: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distances to the true keypoints ``(17, 2)``, in torso lengths of the truth; large where nobody was found."""
    if pose is None:
        return np.full(len(true), _NOBODY)
    torso = np.linalg.norm(true[[5, 6]].mean(axis=0) - true[[11, 12]].mean(axis=0))
    return np.asarray(np.linalg.norm(pose.xy - true, axis=1) / torso)
