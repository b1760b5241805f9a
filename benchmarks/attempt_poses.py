"""The rendered attempts, and what the models see in them: found once and kept, so that no test looks for minutes.

The clips are filmed by ``python -m tools.avatar build``. ``python -m benchmarks.attempt_poses`` then looks at those
that are new or changed and forgets those that are gone. A kept file says from which bytes of the clip it was made.
"""

from __future__ import annotations

import hashlib
import json
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from poseapp.library.entry import Entry
from poseapp.library.pose_npz import encode, unpack
from poseapp.library.reference import Reference
from poseapp.library.saved_poses import SavedPoses
from poseapp.library.shelf import Library
from poseapp.paths import assets_dir
from poseapp.pose import PoseSequence
from poseapp.vision.extract import ExtractedPoses, extract_poses

__all__ = [
    "ATTEMPTS",
    "BUILT_IN",
    "KEPT",
    "MISTAKEN",
    "MODELS",
    "Look",
    "RenderedAttempt",
    "attempt_poses",
    "coach_reference",
    "looks",
    "rendered_attempts",
    "rounded",
]

#: All that the program offers.
MODELS = ("posenet-257", "posenet-353", "movenet-lightning", "movenet-thunder")
#: (model, attempt) that the model cannot judge, and why: the exceptions to what is asked of all.
MISTAKEN = {
    ("posenet-353", "lunge_left_shallow"): (
        "At the lowest point it takes one leg for the other for half a second, in the coach's clip and the clean "
        "attempt, and is sure of it: of the left knee it finds 86 and 89 % (PoseNet 257: 99 and 100 %), with a "
        "confidence of .7 and .9 where it is wrong. Both twins get less than 10."
    ),
}
_DATA = Path(__file__).resolve().parent.parent / "tests" / "data"
#: Folder of the clips and their list.
ATTEMPTS = _DATA / "attempts"
#: Folder of what was seen in them: ``MODEL/CLIP.npz``.
KEPT = _DATA / "attempt_poses"
#: The library that comes with the program, without the user's own.
BUILT_IN = Library(assets_dir() / "references", None)

_PIXEL, _CONFIDENCE = 8, 64  # parts to which kept numbers are rounded: a fraction of the bytes, far below any error


@dataclass(frozen=True, slots=True)
class RenderedAttempt:
    """Another body, in another room and at another tempo than the coach, performs an action.

    Parameters
    ----------
    name : str
        Of the clip, without its suffix.
    action, view : str
        What is done, and from where it is seen.
    mistake : str
        What is done wrongly; empty for a clean attempt.
    parts : tuple of str
        Body parts in which the mistake lies.
    """

    name: str
    action: str
    view: str
    mistake: str
    parts: tuple[str, ...]

    @property
    def clip(self) -> Path:
        """The video."""
        return ATTEMPTS / f"{self.name}.mp4"

    @property
    def twin(self) -> str:
        """Name of the attempt by the same person without the mistake."""
        return f"{self.action}_{self.view}_clean"

    @property
    def entry(self) -> Entry:
        """The coach's reference of the same action and view."""
        return BUILT_IN.find(f"{self.action}/{self.view}")


@dataclass(frozen=True, slots=True)
class Look:
    """One clip and the model that looks at it."""

    clip: Path
    name: str
    model: str

    @property
    def file(self) -> Path:
        """Where the poses are kept."""
        return KEPT / self.model / f"{self.name}.npz"

    @property
    def is_current(self) -> bool:
        """Whether poses are kept that were found in this very clip."""
        return self.file.is_file() and str(unpack(self.file.read_bytes())["clip_sha256"]) == self._sha256()

    def poses(self) -> PoseSequence:
        """What is kept."""
        arrays = unpack(self.file.read_bytes())
        return PoseSequence(arrays["xy"], arrays["confidence"], arrays["t"].astype(np.float64))

    def keep(self, found: ExtractedPoses) -> None:
        """Keep what was found, rounded."""
        saved = SavedPoses(rounded(found.poses), found.frame_size, found.model, self.clip.name)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_bytes(encode(saved, {"clip_sha256": np.array(self._sha256())}))

    def _sha256(self) -> str:
        return hashlib.sha256(self.clip.read_bytes()).hexdigest()


def rounded(poses: PoseSequence) -> PoseSequence:
    """To an eighth of a pixel and a confidence of 1/64."""
    xy = np.round(poses.xy * _PIXEL) / _PIXEL
    return PoseSequence(xy, np.round(poses.confidence * _CONFIDENCE) / _CONFIDENCE, poses.t)


def rendered_attempts() -> tuple[RenderedAttempt, ...]:
    """All of them, as ``attempts.json`` lists them."""
    listed = json.loads((ATTEMPTS / "attempts.json").read_text(encoding="utf-8"))
    return tuple(
        RenderedAttempt(
            name=one["name"],
            action=one["action"],
            view=one["view"],
            mistake=one["mistake"]["name"] if one["mistake"] else "",
            parts=tuple(one["mistake"]["parts"]) if one["mistake"] else (),
        )
        for one in listed
    )


def attempt_poses(attempt: RenderedAttempt, model: str) -> PoseSequence:
    """What `model` sees in an attempt, as kept."""
    return Look(attempt.clip, attempt.name, model).poses()


def coach_reference(attempt: RenderedAttempt, model: str) -> Reference:
    """What the attempt is to be compared with, as the program loads it for `model`."""
    entry = attempt.entry
    reference = BUILT_IN.load(entry)
    if entry.model == model:
        return reference
    return replace(reference, poses=_coach_look(entry, model).poses(), model=model)


def looks() -> tuple[Look, ...]:
    """All poses that must be kept: of attempts, and of coaches where the library keeps another model's."""
    attempts = rendered_attempts()
    entries = {attempt.entry.name: attempt.entry for attempt in attempts}.values()
    return tuple(
        look
        for model in MODELS
        for look in (
            *(Look(attempt.clip, attempt.name, model) for attempt in attempts),
            *(_coach_look(entry, model) for entry in entries if entry.model != model),
        )
    )


def _coach_look(entry: Entry, model: str) -> Look:
    return Look(entry.clip, entry.name.replace("/", "_"), model)


def main() -> int:
    """Look at what is new or changed; forget what is gone."""
    wanted = looks()
    for look in wanted:
        if not look.is_current:
            print(f"{look.model}: {look.name}", flush=True)
            look.keep(extract_poses(look.clip, look.model))
    for file in set(KEPT.rglob("*.npz")) - {look.file for look in wanted}:
        print(f"gone: {file.name}")
        file.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
