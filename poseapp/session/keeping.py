"""An attempt as the history keeps it."""

from __future__ import annotations

from datetime import datetime
from math import nan

import numpy as np

from poseapp.library.history import AttemptRecord, PracticedReference
from poseapp.library.reference import Origin, Reference
from poseapp.scoring.wording import NOTHING, sentences
from poseapp.session.judge import Attempt

__all__ = ["practiced_reference", "record_of"]


def practiced_reference(reference: Reference) -> PracticedReference:
    """What attempts at `reference` are kept under: its name in the library, or the file name of the clip."""
    name = reference.clip.name if reference.origin is Origin.CLIP else reference.name
    return PracticedReference(name, reference.heading, reference.view)


def record_of(attempt: Attempt, reference: Reference, ended_at: datetime, card: str) -> AttemptRecord:
    """What the history keeps of an attempt, but for its poses.

    A demo is nobody's own attempt and is never kept; that is for the caller to know.

    Parameters
    ----------
    attempt : Attempt
        What was done and what it was worth.
    reference : Reference
        What was practised; its model made the poses.
    ended_at : datetime
        When the recording ended; aware.
    card : str
        ``attempt.card`` as :func:`poseapp.report.card_json.card_json` writes it. (A session knows no reports.)
    """
    found = attempt.card
    said = "" if found.form is None else sentences(found)[0]
    return AttemptRecord(
        ended_at=ended_at,
        reference=practiced_reference(reference),
        method=found.method,
        strictness=found.strictness or "",
        total=_number(found.total),
        form=_number(found.form),
        timing=None if found.timing is None else _number(found.timing.score),
        reason=found.reason,
        sentence="" if said == NOTHING else said,
        keypoint_scores=np.array([nan if k.score is None else k.score for k in found.keypoints]),
        duration_s=attempt.poses.duration,
        card=card,
        model=reference.model,
    )


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)
