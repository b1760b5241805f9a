"""How near our poses come to truths from outside.

``python -m benchmarks accuracy``, or ``python -m benchmarks.pose_accuracy --data FOLDER --avatar FOLDER``.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
from rich.console import Console

from benchmarks.figures import Figure, Section, print_section
from benchmarks.options import Options
from benchmarks.truth import COUPLE_INPUT, avatar_errors, couple_errors, punch_errors
from poseapp.vision.estimators import create_estimator
from poseapp.vision.models import DEFAULT_MODEL, list_models, model_info
from poseapp.vision.posenet import PoseNetEstimator
from poseapp.vision.tracker import PoseTracker

__all__ = ["measure", "run"]

_BESIDE = Path(__file__).resolve().parents[2] / "shared"
#: A joint counts as found within this share of the torso's length.
_PCK = 0.2
#: Least share of visible body joints found in the coach's front clips.
_AIMS = {"posenet-257": 0.95, "posenet-353": 0.95, "movenet-thunder": 0.98}
_VIEWS = ("front", "left", "right")


def run(options: Options) -> list[Section]:
    """Measure with the material beside the project; nothing where there is none."""
    folders = _BESIDE / "data", _BESIDE / "avatar"
    for folder in folders:
        if not folder.is_dir():
            options.say(f"accuracy is left out: {folder} is not there")
            return []
    options.say("accuracy, all models")
    return measure(*folders)


def measure(data: Path, avatar: Path, step: int = 1) -> list[Section]:
    """Compare all models with the material; every `step`-th frame."""
    return [_against_peers(data, step), *(_against_avatar(avatar, model.name, step) for model in list_models())]


def _against_peers(data: Path, step: int) -> Section:
    figures = []
    for model in list_models():
        tracker = PoseTracker(create_estimator(model.name))
        error = float(np.median(punch_errors(tracker, data, step))) * 100
        aim = 8.0 if model.family == "posenet" else None
        figures.append(Figure(f"punch_side, {model.name}, median", "% of torso", (error,), at_most=aim))
    errors = couple_errors(PoseNetEstimator(model_info(DEFAULT_MODEL), input_size=COUPLE_INPUT), data)
    for i, error in enumerate(errors, start=1):
        figures.append(Figure(f"couple, person {i}, median", "px", (float(np.median(error)),), at_most=4.0))
        figures.append(Figure(f"couple, person {i}, largest", "px", (float(error.max()),), at_most=12.0))
    return Section(
        "Against other programs' keypoints",
        "punch_side: PoseNet MobileNet 1.01 at 372 × 495; couple: PoseNet 0.75 at 641 × 481, its keypoints ≥ .5. "
        "MoveNet learnt another definition of some keypoints and has no aim here.",
        tuple(figures),
    )


def _against_avatar(avatar: Path, model: str, step: int) -> Section:
    figures = []
    for view in _VIEWS:
        errors = np.concatenate(
            [
                avatar_errors(PoseTracker(create_estimator(model)), clip, step)
                for clip in sorted((avatar / "clips").glob(f"*_coach_{view}.mp4"))
            ]
        )
        visible = errors[np.isfinite(errors)]
        found = float((visible <= _PCK).mean())
        aim = _AIMS.get(model) if view == "front" else None
        figures.append(Figure(f"{view}, found within 0.2 torso", "share", (found,), at_least=aim, digits=3))
        figures.append(Figure(f"{view}, median error", "% of torso", (float(np.median(visible)) * 100,)))
    return Section(
        f"Against the avatar coach's true joints, {model}",
        "six clips a view, visible body joints, with crop and person lock.",
        tuple(figures),
    )


def main() -> int:
    """Measure with the folders named; 1 when an aim was missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pose_accuracy", description=__doc__)
    parser.add_argument("--data", type=Path, default=_BESIDE / "data", help="clips and peers' keypoints")
    parser.add_argument("--avatar", type=Path, default=_BESIDE / "avatar", help="avatar clips with true joints")
    parser.add_argument("--step", type=int, default=1, help="every how many frames (default 1: all)")
    asked = parser.parse_args()
    sections = measure(asked.data, asked.avatar, asked.step)
    console = Console(width=max(Console().width, 112))
    for section in sections:
        print_section(console, section)
    return 0 if all(figure.reached is not False for section in sections for figure in section.figures) else 1


if __name__ == "__main__":
    sys.exit(main())
