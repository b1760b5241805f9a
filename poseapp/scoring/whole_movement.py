"""What an attempt that was not the movement was instead: judged on all of it, whatever stretch a path would choose.

A path that finds nothing which fits takes some short stretch, in which anybody stands still.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from poseapp.scoring.cleaning import FPS
from poseapp.scoring.errors_along_path import range_of_motion
from poseapp.scoring.segments import MIN_SEEN, Segments

__all__ = ["Instead", "what_instead"]

#: Hardly any movement, poses in any order, or a movement that is another one.
Instead = Literal["still", "unsteady", "other"]

# Standing still has less than 0.6 degrees with the jitter of the benchmark; a person who sways and an estimator that
# drifts have two or three, the movements of the benchmark six to forty.
_STILL_DEGREES = 4.0
_PLAUSIBLE_NOISE = 0.05  # torso lengths after smoothing; more jitter than that is no estimator's
_WHITE = 0.4  # movements have up to 0.05, standing still and shuffled pictures 0.55 to 1.1
_TRUSTED = 0.2  # mean confidence of a segment that has a say


def what_instead(reference: Segments, attempt: Segments) -> Instead:
    """What the person of an attempt did, which resembles the reference in nothing.

    Parameters
    ----------
    reference, attempt : Segments
        The whole movements, whether their segments count or not.
    """
    said = _have_a_say(attempt)
    believed = replace(attempt, noise=np.minimum(attempt.noise, _PLAUSIBLE_NOISE))
    wanted = range_of_motion(reference, _have_a_say(reference))
    if range_of_motion(believed, said) < min(_STILL_DEGREES, wanted):
        return "still"
    return "unsteady" if _whiteness(attempt, said) > _WHITE else "other"


def _have_a_say(segments: Segments) -> NDArray[np.bool_]:
    """Segments that are seen well enough, shape ``(17,)``."""
    return np.asarray((segments.seen >= MIN_SEEN) & (segments.confidence.mean(axis=0) >= _TRUSTED), dtype=np.bool_)


def _whiteness(segments: Segments, said: NDArray[np.bool_]) -> float:
    """Share of white noise in all movement: second differences of white noise have 6 times its variance.

    Measured at the clip's own frame rate: interpolated poses would look smooth.
    """
    lag = max(1, round(FPS / segments.fps))
    along = segments.rough[:, said]
    if len(along) <= 2 * lag or not said.any():
        return 0.0
    second = along[2 * lag :] - 2 * along[lag:-lag] + along[: -2 * lag]
    return float((second**2).mean() / 6 / max(float(along.var(axis=0).mean()), 1e-12))
