"""The demo: somebody else's attempt at a built-in example, for machines without a camera. Knows its clips alone."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from poseapp.library.entry import Entry
from poseapp.library.reference import Reference
from poseapp.library.shelf import Library
from poseapp.paths import assets_dir
from poseapp.session.headless import practise_against
from poseapp.session.jobs import Progress
from poseapp.session.judge import Attempt
from poseapp.session.references import load_reference

if TYPE_CHECKING:
    from poseapp.vision.frame import BgrImage

__all__ = [
    "DEMO_EXPLAINED",
    "DEMO_MARK",
    "DEMO_REFERENCE",
    "Demo",
    "clip_pictures",
    "demo_attempt",
    "demo_reference",
    "run_demo",
]

#: Name of the demo's example in the built-in library.
DEMO_REFERENCE: Final = "squat/left"
#: Stands wherever the demo's pictures and results do, so that nobody takes them for their own.
DEMO_MARK: Final = "Demo"
#: Says what the mark means.
DEMO_EXPLAINED: Final = "This is a demo: a built-in clip of somebody practising stands in for the camera."


def demo_reference() -> Entry:
    """The coach's example, of the built-in library even where the user has one of the same name.

    Raises
    ------
    LibraryError
        The built-in library is missing or damaged.
    """
    return Library(assets_dir() / "references", None).find(DEMO_REFERENCE)


def demo_attempt() -> Path:
    """The clip that stands in for the camera: the same movement by another person, with a mistake."""
    return assets_dir() / "demo" / "squat_left_shallow.mp4"


@dataclass(frozen=True, slots=True, eq=False)
class Demo:
    """A demo that was run.

    Parameters
    ----------
    reference : Reference
        The coach's example.
    clip : Path
        Shows the attempt.
    attempt : Attempt
        Its poses and what they are worth.
    """

    reference: Reference
    clip: Path
    attempt: Attempt


def run_demo(model: str, *, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> Demo:
    """Practise on the demo's clip as if it were the camera, with every frame, and judge that.

    Parameters
    ----------
    model : str
        Name of the model that looks at the clips; the one that made the built-in poses spares it the coach's.
    progress : callable, optional
        Called with the frames done and their number, or None while it is unknown.
    cancelled : callable, optional
        Asked between frames.

    Raises
    ------
    LibraryError, ClipError, ModelError
        The installation is damaged.
    NotEnoughSeenError
        The model saw nobody.
    Cancelled
        `cancelled` said so.
    """
    reference = load_reference(demo_reference(), model, progress=progress, cancelled=cancelled)
    clip = demo_attempt()
    return Demo(reference, clip, practise_against(reference, clip, progress=progress, cancelled=cancelled))


def clip_pictures(clip: Path) -> Generator[tuple[float, BgrImage], None, None]:
    """The frames of a clip, from its first: seconds of its own time and pictures (h, w, 3), uint8, BGR.

    Raises
    ------
    ClipError
        It cannot be read.
    """
    from poseapp.vision.sources.file import FileSource

    with FileSource(clip) as source:
        for frame in source:
            assert frame.media_time is not None
            yield frame.media_time, frame.bgr
