"""Every model on a picture whose result is kept, a clip read to its end, and the demo scored."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from poseapp.paths import models_dir
from poseapp.selftest.checks import Check, CheckError, require

__all__ = ["EXPECTED_FILE", "PICTURE_FILE", "Expected", "seeing_checks"]

#: In the folder of the models; made by tools/build_self_test.py.
PICTURE_FILE: Final = "self-test.png"
EXPECTED_FILE: Final = "self-test.json"
#: How far, in parts of the picture's height, a keypoint may be from where it was found when the result was kept.
#: Processors round differently, which moves a keypoint by a thousandth; the wrong weights move it anywhere.
_NEAR: Final = 0.02
_SURE: Final = 0.5


class Expected(msgspec.Struct, frozen=True):
    """What the models found.

    Parameters
    ----------
    keypoints : dict
        By name of the model: 17 keypoints as x and y in pixels and confidence.
    """

    keypoints: dict[str, list[tuple[float, float, float]]]


def seeing_checks() -> tuple[Check, ...]:
    """One check for each model, and those of clip and demo.

    Raises
    ------
    ModelError
        The list of models is missing or damaged.
    """
    from poseapp.vision.models import list_models

    models = [Check(f"model {info.name}", partial(_model, info.name)) for info in list_models()]
    return (*models, Check("clip", _clip), Check("demo scored", _demo))


def _model(name: str, _folder: Path) -> str:
    import numpy as np

    from poseapp.vision.estimators import create_estimator
    from poseapp.vision.picture import read_picture

    kept = msgspec.json.decode((models_dir() / EXPECTED_FILE).read_bytes(), type=Expected).keypoints
    require(name in kept, f"{EXPECTED_FILE} does not say what this model finds")
    expected = np.array(kept[name])
    picture = read_picture(models_dir() / PICTURE_FILE)
    estimator = create_estimator(name)
    try:
        poses = estimator.estimate(picture)
    finally:
        estimator.close()
    require(len(poses) == 1, f"{len(poses)} people were found instead of one")
    sure = expected[:, 2] >= _SURE
    away = np.linalg.norm(poses[0].xy - expected[:, :2], axis=1)[sure] / len(picture)
    require(bool((away < _NEAR).all()), f"a keypoint is {away.max():.1%} of the picture away from where it must be")
    return f"{np.count_nonzero(sure)} keypoints, {away.max():.2%} of the picture from the kept ones at most"


def _clip(_folder: Path) -> str:
    from poseapp.session.demo import clip_pictures, demo_attempt, demo_reference

    entry = demo_reference()
    times, sizes = [], set()
    for t, bgr in clip_pictures(entry.clip):
        times.append(t)
        sizes.add((bgr.shape[1], bgr.shape[0]))
    require(sizes == {entry.frame_size}, f"{entry.frame_size} pixels are said, {sizes} were read")
    seconds = times[-1] - times[0]
    require(abs(seconds - entry.duration) < 0.2, f"{entry.duration:.2f} s are said, {seconds:.2f} s were read")
    require(demo_attempt().is_file(), f"{demo_attempt().name} is missing")
    return f"{len(times)} pictures of {seconds:.1f} s"


def _demo(_folder: Path) -> str:
    from poseapp.session.demo import run_demo
    from poseapp.vision.models import DEFAULT_MODEL

    card = run_demo(DEFAULT_MODEL).attempt.card
    if card.total is None:
        raise CheckError(f"it was not judged: {card.reason}")
    # Somebody who squats half as deep as the coach is neither perfect nor doing something else.
    require(10.0 < card.total < 95.0, f"{card.total:.0f} cannot be the score of the demo")
    require(bool(card.feedback), "nothing was found to be improved")
    return f"{card.total:.0f} of 100"
