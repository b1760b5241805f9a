"""Real clips through real pose estimation, against themselves: changed, still, and one repetition against another."""

from __future__ import annotations

import numpy as np

from benchmarks.scoring_parts.clips import POSENET, THUNDER, poses_of
from benchmarks.scoring_parts.options import Options, cell_of
from benchmarks.scoring_parts.table import Goal, Part, Row, at_least, at_most
from poseapp.pose import PoseSequence
from tools.motion import impostors

__all__ = ["part"]

#: Seconds between which the woman in squats.mp4 squats down and is up again (hips at their highest).
_SQUATS = ((0.0, 4.6), (4.6, 9.4))
_CLIPS = ("punch_side.mp4", "squats.mp4", "bicep_curl.mp4")

Attempts = dict[str, tuple[PoseSequence, PoseSequence, Goal | None]]


def part(options: Options) -> Part:
    """A punch, squats, and a curl of a man whose head and legs are outside the picture."""
    folder = options.shared / "data"
    missing = tuple(f"{name}: it does not lie in ../shared/data" for name in _CLIPS if not (folder / name).is_file())
    rows = []
    for model in (POSENET,) if options.quick else (POSENET, THUNDER):
        for name in _CLIPS:
            if (folder / name).is_file():
                poses = poses_of(options, folder / name, model)
                for what, (reference, attempt, goal) in _attempts(name, poses).items():
                    cells = {m: cell_of(card) for m, card in options.cards(reference, attempt).items()}
                    rows.append(Row(f"{name.removesuffix('.mp4')}, {model}: {what}", cells, goal))
    return Part("Real clips through real pose estimation", rows, missing=missing)


def _attempts(name: str, poses: PoseSequence) -> Attempts:
    rng = np.random.default_rng(0)
    if name == "squats.mp4":
        first, second = (poses.between(*times) for times in _SQUATS)
        return {
            "second repetition against first": (first, second, at_least(90)),
            "first repetition against second": (second, first, at_least(90)),
            "still, first frame": (first, impostors.still_first(first, rng), at_most(10)),
            "upper half of a squat": (first, first.between(0, 0.9), None),
        }
    found: Attempts = {
        "itself": (poses, poses, at_least(95)),
        "every second picture": (poses, _thinned(poses), at_least(95)),
        "at half speed": (poses, _at_speed(poses, 0.5), at_least(95)),
        "at double speed": (poses, _at_speed(poses, 2.0), at_least(95)),
        "still, first frame": (poses, impostors.still_first(poses, rng), at_most(10)),
        "still, median pose": (poses, impostors.still_median(poses, rng), at_most(10)),
        "keypoint noise": (poses, impostors.noise_only(poses, rng), at_most(5)),
        "shuffled frames": (poses, impostors.shuffled(poses, rng), at_most(30)),
        "backwards": (poses, impostors.backwards(poses), None),
    }
    if name == "punch_side.mp4":
        found["arms are noise"] = (poses, _noisy_arms(poses, rng), None)
    return found


def _thinned(poses: PoseSequence) -> PoseSequence:
    return PoseSequence(poses.xy[::2], poses.confidence[::2], poses.t[::2])


def _at_speed(poses: PoseSequence, speed: float) -> PoseSequence:
    """As a camera of the same rate would see it at that speed; positions between those that were seen."""
    t = np.arange(poses.t[0], poses.t[-1], speed * float(np.median(np.diff(poses.t))))
    xy = np.zeros((len(t), 17, 2))
    for k in range(17):
        seen = poses.confidence[:, k] > 0  # what was not seen has no position
        if seen.any():
            for i in (0, 1):
                xy[:, k, i] = np.interp(t, poses.t[seen], poses.xy[seen, k, i])
    nearest = np.abs(poses.t[None] - t[:, None]).argmin(axis=1)
    return PoseSequence(xy, poses.confidence[nearest], (t - t[0]) / speed)


def _noisy_arms(poses: PoseSequence, rng: np.random.Generator) -> PoseSequence:
    """Elbows and wrists anywhere within the body's box, anew in every frame."""
    noise = impostors.noise_only(poses, rng)
    xy = poses.xy.copy()
    xy[:, 7:11] = noise.xy[:, 7:11]
    return PoseSequence(xy, poses.confidence, poses.t)
