"""Fixtures: one file for every kind of bad or odd input. Each gives a path; none may be written to."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import numpy as np
import pytest

from tests import clips

import cv2  # isort: skip - after the room that sets its environment


@pytest.fixture(scope="session")
def odd_clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder in which the odd files are made."""
    return tmp_path_factory.mktemp("odd clips")


@pytest.fixture(scope="session")
def ordinary(odd_clips: Path) -> Path:
    """Twenty pictures of one person, 540 x 720 at 30 per second; the index comes last."""
    return clips.write_clip(odd_clips / "ordinary.mp4", clips.person_pictures(20))


@pytest.fixture(scope="session")
def missing(odd_clips: Path) -> Path:
    """A file that does not exist."""
    return odd_clips / "missing.mp4"


@pytest.fixture(scope="session")
def directory(odd_clips: Path) -> Path:
    """A folder that is called like a clip."""
    folder = odd_clips / "folder.mp4"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def zero_byte(odd_clips: Path) -> Path:
    """A file with nothing in it."""
    path = odd_clips / "zero.mp4"
    path.touch()
    return path


@pytest.fixture(scope="session")
def text_renamed(odd_clips: Path) -> Path:
    """A text called like a clip."""
    path = odd_clips / "text.mp4"
    path.write_text("This is a shopping list.\nMilk\nBread\n" * 20)
    return path


@pytest.fixture(scope="session")
def truncated_mp4(odd_clips: Path, ordinary: Path) -> Path:
    """The first six tenths of a recording: its index is lost and nothing can be read."""
    return clips.cut_off(ordinary, odd_clips / "truncated.mp4", 0.6)


@pytest.fixture(scope="session")
def truncated_playable(odd_clips: Path, ordinary: Path) -> Path:
    """Half a download of a clip made for streaming: it promises 20 pictures and has the first few."""
    whole = clips.index_first(ordinary, odd_clips / "streaming.mp4")
    return clips.cut_off(whole, odd_clips / "truncated playable.mp4", 0.5)


@pytest.fixture(scope="session")
def audio_only(odd_clips: Path) -> Path:
    """One second of silence without any video."""
    return clips.only_sound(odd_clips / "audio.mov")


@pytest.fixture(scope="session")
def av1_without_frames(odd_clips: Path, ordinary: Path) -> Path:
    """Claims to be AV1, opens, knows its size and gives no picture, with or without an AV1 decoder."""
    return clips.with_codec(ordinary, odd_clips / "av1.mp4", b"av01")


@pytest.fixture(scope="session")
def one_frame(odd_clips: Path) -> Path:
    """One picture of a person."""
    return clips.write_clip(odd_clips / "one frame.mp4", clips.person_pictures(1))


@pytest.fixture(scope="session")
def no_person(odd_clips: Path) -> Path:
    """Thirty pictures of an empty room."""
    return clips.write_clip(odd_clips / "nobody.mp4", clips.empty_room(30))


@pytest.fixture(scope="session")
def person_in_two_frames(odd_clips: Path) -> Path:
    """An empty room, a person in pictures 14 and 15 of 30."""
    pictures = clips.empty_room(30)
    pictures[14:16] = clips.person_pictures(2)
    return clips.write_clip(odd_clips / "two frames.mp4", pictures)


@pytest.fixture(scope="session")
def four_k(odd_clips: Path) -> Path:
    """Six pictures of a person at 3840 x 2160."""
    pictures = []
    for person in clips.person_pictures(6):
        picture = np.full((2160, 3840, 3), 120, dtype=np.uint8)
        picture[:, 1110:2730] = cv2.resize(person, (1620, 2160))
        pictures.append(picture)
    return clips.write_clip(odd_clips / "4k.mp4", pictures)


@pytest.fixture(scope="session")
def rotated_phone(odd_clips: Path) -> Path:
    """Ten pictures of a person, stored lying (720 x 540) with the note to turn them upright (540 x 720)."""
    lying = [cv2.rotate(p, cv2.ROTATE_90_COUNTERCLOCKWISE) for p in clips.person_pictures(10)]
    stored = clips.write_clip(odd_clips / "lying.mp4", lying)
    return clips.with_rotation(stored, odd_clips / "rotated phone.mp4", 90)


#: Seconds that each picture of the fixture ``variable_frame_rate`` is shown.
VARIABLE_DURATIONS = [1 / 30] * 5 + [1 / 10] * 5 + [1 / 60] * 5 + [0.5] + [1 / 30] * 4


@pytest.fixture(scope="session")
def variable_frame_rate(odd_clips: Path, ordinary: Path) -> Path:
    """Twenty pictures of a person, shown for ``VARIABLE_DURATIONS``."""
    return clips.with_picture_durations(ordinary, odd_clips / "variable.mp4", VARIABLE_DURATIONS)


@pytest.fixture(scope="session")
def unicode_path(odd_clips: Path, ordinary: Path) -> Path:
    """An ordinary clip with spaces, umlauts, Chinese and a sun in its path."""
    folder = odd_clips / "Meine Übungen ☀"
    folder.mkdir()
    path = folder / "Kniebeuge – 深蹲 (100 %).mp4"
    path.write_bytes(ordinary.read_bytes())
    return path


@pytest.fixture(scope="session")
def unreadable(odd_clips: Path, ordinary: Path) -> Path:
    """A file that exists and that the system refuses to open.

    Permission bits where they hold. They do not for the superuser, who gets a link to itself instead: the system
    refuses that to everybody, with another reason but in the same way (an ``OSError`` when it is opened).
    """
    if sys.platform == "win32":
        pytest.skip("Windows has no permission bits, and links need rights")
    path = odd_clips / "unreadable.mp4"
    path.write_bytes(ordinary.read_bytes())
    path.chmod(0o000)
    if os.access(path, os.R_OK):
        path.unlink()
        path.symlink_to(path)
    return path
