"""A set of repetitions as what it repeats: a movement is recognised by one of them as well as by all of them."""

from __future__ import annotations

import numpy as np

from poseapp.scoring.cleaning import FPS
from poseapp.scoring.repetitions import Repetition, repetitions_in
from poseapp.scoring.segments import Segments
from poseapp.scoring.shapes import KEYPOINT_SHARE, Shape, shape_of

__all__ = ["shapes_in"]

_BEYOND_S = 0.2  # before and after a repetition; the shape leaves out what is still


def shapes_in(segments: Segments) -> tuple[Shape, ...]:
    """The shape of a clip and, when it shows several repetitions, that of the most typical one.

    Of the whole ones that is the one whose poses are nearest to those of all others (the medoid): a tired one, or one
    that was cut wrongly, is like no other. Both shapes are needed, because what is counted twice may be the two
    halves of one movement.

    Parameters
    ----------
    segments : Segments
        Of a whole clip, idle parts included; at least one frame.
    """
    found = repetitions_in(segments)
    if len(found) < 2:
        return (shape_of(segments),)
    each = [shape_of(_part(segments, repetition)) for repetition in found if repetition.is_whole]
    return (shape_of(segments), _medoid(each)) if each else (shape_of(segments),)


def _part(segments: Segments, repetition: Repetition) -> Segments:
    first, last = np.searchsorted(segments.t, (repetition.start, repetition.end))
    beyond = round(_BEYOND_S * FPS)
    return segments.part(max(int(first) - beyond, 0), int(last) + 1 + beyond)


def _medoid(shapes: list[Shape]) -> Shape:
    vectors = np.stack([shape.vectors for shape in shapes])
    trust = np.stack([shape.trust for shape in shapes]) * KEYPOINT_SHARE
    apart = ((vectors[:, None] - vectors[None]) ** 2).sum(axis=4)
    seen = np.minimum(trust[:, None], trust[None])
    mean = (seen * apart).sum(axis=(2, 3)) / np.maximum(seen.sum(axis=(2, 3)), 1e-9)
    return shapes[int(np.sqrt(mean).sum(axis=1).argmin())]
