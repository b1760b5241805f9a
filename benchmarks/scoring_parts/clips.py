"""Rendered clips with known errors through real pose estimation."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.scoring_parts.named import parts_named
from benchmarks.scoring_parts.options import Options, total_or_zero
from benchmarks.scoring_parts.table import Cell, Part, Row, at_least
from poseapp import vision
from poseapp.pose import PoseSequence
from poseapp.scoring import ScoreCard

__all__ = ["POSENET", "THUNDER", "avatar", "poses_of"]

POSENET, THUNDER = "posenet-257", "movenet-thunder"
_CLEAN = ("jack_userf_front", "squat_userf_front")
#: A correct and a faulty attempt of the same action and view are told apart by at least this much.
_MARGIN = 15.0
#: Body parts into which the prototype injected its errors.
_INJECTED = {
    "bend": {"trunk", "right_arm"},
    "jack": {"left_arm", "right_arm", "left_leg", "right_leg"},
    "kick": {"right_leg"},
    "punch": {"right_arm", "left_arm"},
    "raise": {"left_arm", "right_arm", "trunk"},
    "squat": {"left_leg", "right_leg", "trunk"},
}


def poses_of(options: Options, clip: Path, model: str) -> PoseSequence:
    """Poses of a clip, kept in the cache folder from one run to the next."""
    stamp = hashlib.sha256(clip.read_bytes() + model.encode() + _estimation()).hexdigest()[:24]
    kept = options.cache / f"{clip.stem}-{stamp}.npz"
    if kept.is_file():
        with np.load(kept, allow_pickle=False) as archive:
            return PoseSequence(archive["xy"], archive["confidence"], archive["t"])
    from poseapp.vision.extract import extract_poses  # models are loaded only when poses are not there yet

    options.say(f"poses of {clip.name}, {model}")
    poses = extract_poses(clip, model).poses
    options.cache.mkdir(parents=True, exist_ok=True)
    partial = kept.with_suffix(".partial.npz")
    np.savez_compressed(partial, xy=poses.xy, confidence=poses.confidence, t=poses.t)
    partial.replace(kept)
    return poses


@cache
def _estimation() -> bytes:
    """A digest of the code that finds poses: what an older one found is not measured again."""
    room = Path(vision.__file__).parent
    code = b"".join(path.read_bytes() for path in sorted(room.rglob("*.py")))
    return hashlib.sha256(code).digest()


def avatar(options: Options) -> Part:
    """The rendered coach against rendered attempts, with and without an injected error."""
    folder = options.shared / "avatar" / "clips"
    if not folder.is_dir():
        return Part("Rendered clips", [], missing=("rendered attempts: there is no ../shared/avatar/clips",))
    wrong = sorted(path.stem for path in folder.glob("*_err.mp4"))
    models = (POSENET,) if options.quick else (POSENET, THUNDER)
    if options.quick:
        wrong = [name for name in wrong if "front" in name]
    rows = []
    for model in models:
        right_cards, wrong_cards = (_cards(options, folder, names, model) for names in (_CLEAN, wrong))
        rows += _rows(model, list(options.methods), _totals(right_cards), _totals(wrong_cards))
        rows.append(_named_row(model, list(options.methods), wrong_cards))
    note = "reference: the coach's clip of the same view; right: another body, room and tempo"
    return Part("Rendered clips through real pose estimation", rows, note)


def _cards(options: Options, folder: Path, names: Sequence[str], model: str) -> dict[str, dict[str, ScoreCard]]:
    """Score cards by attempt and method."""
    found = {}
    for name in names:
        action, _, view, *_ = name.split("_")
        reference = poses_of(options, folder / f"{action}_coach_{view}.mp4", model)
        found[name] = options.cards(reference, poses_of(options, folder / f"{name}.mp4", model))
    return found


def _totals(cards: dict[str, dict[str, ScoreCard]]) -> dict[str, dict[str, float]]:
    return {name: {m: total_or_zero(card) for m, card in by.items()} for name, by in cards.items()}


def _named_row(model: str, methods: list[str], cards: dict[str, dict[str, ScoreCard]]) -> Row:
    """How often the first thing named lies in a body part with an injected error."""
    cells = {}
    for m in methods:
        hits = []
        for name, by in cards.items():
            named = parts_named(by[m])
            hits.append(bool(named) and named[0][0] <= _INJECTED[name.split("_", maxsplit=1)[0]])
        cells[m] = Cell((100 * float(np.mean(hits)),), 0, len(hits))
    return Row(f"{model}: injected part named first, %", cells, at_least(80))


def _rows(
    model: str, methods: list[str], right: dict[str, dict[str, float]], wrong: dict[str, dict[str, float]]
) -> list[Row]:
    lowest, highest, pairs = {}, {}, {}
    for m in methods:
        lowest[m] = Cell((min(by[m] for by in right.values()),), cases=len(right))
        totals = [by[m] for by in wrong.values()]
        highest[m] = Cell((float(np.median(totals)), max(totals)), cases=len(totals))
        # The clean twin where there is one, else the lowest clean score of any action.
        below = [by[m] <= _clean_twin(name, right, m) - _MARGIN for name, by in wrong.items()]
        pairs[m] = Cell((100 * float(np.mean(below)),), 0, len(below))
    rows = [
        Row(f"{model}: right attempts, lowest", lowest),
        Row(f"{model}: wrong attempts, median / highest", highest),
        Row(f"{model}: wrong ≥ {_MARGIN:g} below right, %", pairs, at_least(100)),
    ]
    for name in (*right, *wrong):
        by = right.get(name) or wrong[name]
        rows.append(Row(f"  {name}", {m: Cell((by[m],)) for m in methods}))
    return rows


def _clean_twin(name: str, right: dict[str, dict[str, float]], method: str) -> float:
    action = name.split("_", maxsplit=1)[0]
    twins = [by[method] for clean, by in right.items() if clean.startswith(f"{action}_")]
    return min(twins or [by[method] for by in right.values()])
