"""Words of the window: translation, and the names of body parts, bands and quantities."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from poseapp.library.reference import Origin, Reference
from poseapp.pose import Keypoint

if TYPE_CHECKING:
    # The window is on the screen before the scorers are imported.
    from poseapp.scoring import Strictness

__all__ = [
    "STRICTNESSES",
    "Band",
    "band_of",
    "band_words",
    "heading_words",
    "keypoint_words",
    "part_words",
    "score_words",
    "seconds_words",
    "similarity_words",
    "strictness_meaning",
    "strictness_words",
    "tr",
    "view_chip_words",
    "view_words",
]

#: From the strictest.
STRICTNESSES: Final[tuple[Strictness, ...]] = ("strict", "normal", "gentle")


def tr(text: str, **fields: object) -> str:
    """`text` in the user's language, with ``{name}`` replaced by `fields` after translation."""
    translated = QCoreApplication.translate("poseapp", text)
    return translated.format(**fields) if fields else translated


class Band(StrEnum):
    """What a score of 0..100 means; each band has its own mark, not only its colour."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    NOT_SEEN = "not seen"


def band_of(score: float | None) -> Band:
    """Band of `score`: good from 80, fair from 50, poor below, not seen for None. Judged as it is shown: rounded."""
    if score is None:
        return Band.NOT_SEEN
    shown = round(score)
    if shown >= 80:
        return Band.GOOD
    return Band.FAIR if shown >= 50 else Band.POOR


def band_words(score: float | None) -> str:
    """Name of the band of `score`."""
    return {
        Band.GOOD: tr("good"),
        Band.FAIR: tr("fair"),
        Band.POOR: tr("poor"),
        Band.NOT_SEEN: tr("not seen"),
    }[band_of(score)]


def score_words(score: float | None) -> str:
    """A score as it is read out, such as ``78, fair`` or ``not seen``."""
    if score is None:
        return band_words(None)
    return tr("{score}, {band}", score=round(score), band=band_words(score))


def seconds_words(seconds: float) -> str:
    """Seconds to one decimal with a space before the unit, such as ``1.6 s``."""
    return tr("{seconds} s", seconds=f"{seconds:.1f}")


def similarity_words(value: float | None) -> str:
    """A similarity of 0..1 with three decimals; a dash when there is none."""
    return "–" if value is None else f"{value:.3f}"


def keypoint_words(keypoint: Keypoint) -> str:
    """Name of `keypoint` for a person, such as ``Left wrist``; sides are the person's own."""
    return {
        Keypoint.NOSE: tr("Nose"),
        Keypoint.LEFT_EYE: tr("Left eye"),
        Keypoint.RIGHT_EYE: tr("Right eye"),
        Keypoint.LEFT_EAR: tr("Left ear"),
        Keypoint.RIGHT_EAR: tr("Right ear"),
        Keypoint.LEFT_SHOULDER: tr("Left shoulder"),
        Keypoint.RIGHT_SHOULDER: tr("Right shoulder"),
        Keypoint.LEFT_ELBOW: tr("Left elbow"),
        Keypoint.RIGHT_ELBOW: tr("Right elbow"),
        Keypoint.LEFT_WRIST: tr("Left wrist"),
        Keypoint.RIGHT_WRIST: tr("Right wrist"),
        Keypoint.LEFT_HIP: tr("Left hip"),
        Keypoint.RIGHT_HIP: tr("Right hip"),
        Keypoint.LEFT_KNEE: tr("Left knee"),
        Keypoint.RIGHT_KNEE: tr("Right knee"),
        Keypoint.LEFT_ANKLE: tr("Left ankle"),
        Keypoint.RIGHT_ANKLE: tr("Right ankle"),
    }[keypoint]


def part_words(part: str) -> str:
    """Name of the body part `part`, a key of :data:`poseapp.pose.keypoints.BODY_PARTS`."""
    return {"head": tr("Head"), "arms": tr("Arms"), "trunk": tr("Trunk"), "legs": tr("Legs")}[part]


def view_words(view: str) -> str:
    """From where somebody is seen: ``Front``, ``Left`` or ``Right``; sides are the person's own. Empty if unknown."""
    return {"front": tr("Front"), "left": tr("Left"), "right": tr("Right")}.get(view, "")


def view_chip_words(view: str) -> str:
    """The view as a fact that stands alone, such as ``Left view``; empty if unknown."""
    return {"front": tr("Front view"), "left": tr("Left view"), "right": tr("Right view")}.get(view, "")


def strictness_words(strictness: Strictness) -> str:
    """How strict a score is, in a word."""
    return {"strict": tr("Strict"), "normal": tr("Normal"), "gentle": tr("Gentle")}[strictness]


def strictness_meaning(strictness: Strictness) -> str:
    """The same with what it means; the shares are those of :data:`poseapp.scoring.form.TOLERANCES`."""
    return {
        "strict": tr("Strict, like a coach: differences count in full."),
        "normal": tr("Normal: differences count two thirds."),
        "gentle": tr("Gentle: differences count half."),
    }[strictness]


def heading_words(reference: Reference) -> str:
    """What a person calls `reference`; a clip by its name, with spaces and a capital."""
    if reference.origin is not Origin.CLIP:
        return reference.heading
    name = reference.heading.replace("_", " ")
    return name[:1].upper() + name[1:]
