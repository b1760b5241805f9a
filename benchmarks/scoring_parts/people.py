"""Labelled sequences of real people: is a good repetition told from a bad one by the example of another person?"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.scoring_parts.options import Options, auc, total_or_zero
from benchmarks.scoring_parts.synthetic import LIMITS
from benchmarks.scoring_parts.table import Cell, Part, Row, at_least, at_most, spread
from poseapp.pose import PoseSequence
from tools.motion import impostors

__all__ = ["FILES", "FROM_OPENPOSE", "from_openpose", "load", "part"]

#: COCO-17 keypoints by their index in OpenPose's 18 (its ``POSE_COCO_BODY_PARTS``; 1 is the neck).
FROM_OPENPOSE = (0, 15, 14, 17, 16, 5, 2, 6, 3, 7, 4, 11, 8, 12, 9, 13, 10)
_FPS = 30.0
FILES = {"bicep curl": "form_bicep.npz", "shoulder shrug": "form_shouldershrug.npz"}
_GOALS = {"bicep curl": (0.85, 0.90), "shoulder shrug": (0.92, 0.98)}
_DRAWS = 40

Sequences = dict[str, PoseSequence]


def from_openpose(array: NDArray[np.float32]) -> PoseSequence:
    """Sequence of an array ``(T, 18, 3)``: x, y, confidence; a missing point is 0, 0, 0."""
    chosen = array[:, FROM_OPENPOSE]
    t = np.arange(len(array)) / _FPS
    return PoseSequence(chosen[..., :2], np.clip(chosen[..., 2], 0, 1), t)


def load(path: Path) -> Sequences:
    """All sequences of one exercise by name."""
    with np.load(path, allow_pickle=False) as archive:
        return {name: from_openpose(archive[name]) for name in archive.files}


def part(options: Options) -> Part:
    """Both exercises, every good sequence as the reference in turn."""
    exercises = {}
    missing = []
    for name, file in FILES.items():
        path = options.shared / "data" / file
        if path.is_file():
            exercises[name] = load(path)
        else:
            missing.append(f"{name}: there is no {file}")
    rows: list[Row] = []
    for name, sequences in exercises.items():
        options.say(f"real people: {name}")
        rows += _told_apart(options, name, sequences)
        others = [s for other, found in exercises.items() if other != name for s in found.values()]
        rows += _zero(options, name, sequences, others)
    note = "leave one out; five references: the best of five others, mean of random draws; 30 pictures/s assumed"
    return Part("Real people: good and bad form", rows, note if rows else "", tuple(missing))


def _good(sequences: Sequences, quick: bool) -> list[str]:
    names = sorted(name for name in sequences if "_good_" in name)
    return names[::3] if quick and len(names) > 6 else names


def _told_apart(options: Options, exercise: str, sequences: Sequences) -> list[Row]:
    good = _good(sequences, options.quick)
    totals: dict[str, dict[tuple[str, str], float]] = {m: {} for m in options.methods}
    for r in good:
        for a in sequences:
            if a != r:
                for m, card in options.cards(sequences[r], sequences[a]).items():
                    totals[m][r, a] = total_or_zero(card)
    one, five = _GOALS[exercise]
    cells_one, cells_pooled, cells_five, cells_median = {}, {}, {}, {}
    for m, scores in totals.items():
        each = [_auc_one({pair: s for pair, s in scores.items() if pair[0] == r}) for r in good]
        cells_one[m] = Cell((float(np.mean(each)),), 3, len(scores))
        cells_pooled[m] = Cell((_auc_one(scores),), 3, len(scores))
        cells_five[m] = Cell((_auc_best(scores, good, sequences),), 3)
        right = [s for (_, a), s in scores.items() if "_good_" in a]
        wrong = [s for (_, a), s in scores.items() if "_good_" not in a]
        cells_median[m] = Cell((float(np.median(right)), float(np.median(wrong))))
    return [
        # The goal is meant for the mean over the references: a threshold belongs to its reference.
        Row(f"{exercise}: AUC, one reference, mean over them", cells_one, at_least(one)),
        Row(f"{exercise}: AUC, one reference, all pairs pooled", cells_pooled),
        Row(f"{exercise}: AUC, best of five", cells_five, at_least(five)),
        Row(f"{exercise}: median of good / bad", cells_median),
    ]


def _auc_one(scores: Mapping[tuple[str, str], float]) -> float:
    right = [s for (_, a), s in scores.items() if "_good_" in a]
    wrong = [s for (_, a), s in scores.items() if "_good_" not in a]
    return auc(right, wrong)


def _auc_best(scores: Mapping[tuple[str, str], float], good: list[str], sequences: Sequences) -> float:
    """Every attempt gets the best of its scores against five good sequences other than itself."""
    rng = np.random.default_rng(0)
    found = []
    for _ in range(_DRAWS):
        right: list[float] = []
        wrong: list[float] = []
        for a in sequences:
            others = [r for r in good if r != a]
            taken = [str(r) for r in rng.permutation(others)[:5]]
            (right if "_good_" in a else wrong).append(max(scores[r, a] for r in taken))
        found.append(auc(right, wrong))
    return float(np.mean(found))


def _zero(options: Options, exercise: str, sequences: Sequences, others: list[PoseSequence]) -> list[Row]:
    rng = np.random.default_rng(1)
    totals: dict[str, dict[str, list[float]]] = {name: {m: [] for m in options.methods} for name in LIMITS}
    for r in _good(sequences, options.quick):
        reference = sequences[r]
        attempts = {
            "still, first frame": [impostors.still_first(reference, rng)],
            "still, median pose": [impostors.still_median(reference, rng)],
            "keypoint noise": [impostors.noise_only(reference, rng)],
            "shuffled frames": [impostors.shuffled(reference, rng)],
            "another action": [others[i] for i in rng.permutation(len(others))[:5]],
        }
        for name, found in attempts.items():
            for attempt in found:
                for m, card in options.cards(reference, attempt).items():
                    totals[name][m].append(total_or_zero(card))
    return [
        Row(
            f"{exercise}, {name}: median / p90 / max",
            {m: Cell(spread(found), 1, len(found)) for m, found in by_method.items()},
            at_most(LIMITS[name]),
        )
        for name, by_method in totals.items()
        if any(by_method.values())
    ]
