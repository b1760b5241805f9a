"""Less than was announced: said of files that are cut off or damaged, and of no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from poseapp.shortfall import Shortfall
from poseapp.vision.sources.file import FileSource
from tests import clips

import cv2  # isort: skip - after the room that sets its environment

#: Containers, and the coding that OpenCV's writer has for them.
CONTAINERS = pytest.mark.parametrize(("suffix", "codec"), [(".mp4", "mp4v"), (".mkv", "mp4v"), (".avi", "MJPG")])


def _written(path: Path, codec: str) -> Path:
    """Three seconds at 20 pictures a second; an MP4 has its index first."""
    written = path.with_stem("written")
    writer = cv2.VideoWriter(str(written), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*codec), 20, (160, 96))
    for picture in clips.numbered_pictures(60):
        writer.write(picture)
    writer.release()
    return clips.index_first(written, path) if path.suffix == ".mp4" else written.rename(path)


def _read(path: Path, **how: bool) -> tuple[int, Shortfall | None]:
    with FileSource(path, **how) as source:
        assert source.shortfall is None
        return len(list(source)), source.shortfall


@CONTAINERS
def test_a_whole_file(tmp_path: Path, suffix: str, codec: str) -> None:
    assert _read(_written(tmp_path / f"whole{suffix}", codec)) == (60, None)


@CONTAINERS
@pytest.mark.parametrize("share", [0.4, 0.85])
def test_a_file_that_is_cut_off(tmp_path: Path, suffix: str, codec: str, share: float) -> None:
    whole = _written(tmp_path / f"whole{suffix}", codec)
    count, shortfall = _read(clips.cut_off(whole, tmp_path / f"cut{suffix}", share))
    assert 0 < count < 60
    assert shortfall is not None
    assert shortfall.announced_s == pytest.approx(3, abs=0.06)
    assert shortfall.read_s == pytest.approx(count / 20, abs=0.06)
    assert shortfall.sentence.endswith(f" of the 3.0 seconds of “cut{suffix}” could be read.")
    assert "copy or record it again" in shortfall.hint


def test_a_file_whose_second_half_never_arrived(tmp_path: Path) -> None:
    """As some downloads leave it: all the room is there, with nothing in it."""
    content = _written(tmp_path / "whole.mkv", "mp4v").read_bytes()
    holed = tmp_path / "holed.mkv"
    holed.write_bytes(content[: len(content) // 2] + bytes(len(content) - len(content) // 2))
    count, shortfall = _read(holed)
    assert 0 < count < 45
    assert shortfall is not None
    assert shortfall.read_s == pytest.approx(count / 20, abs=0.06)


@pytest.mark.parametrize("start_s", [0.0, 1.5])
def test_what_an_editor_has_cut_without_coding_again_is_whole(tmp_path: Path, start_s: float) -> None:
    """The stream still announces all sixty pictures, the movie only those that are shown."""
    whole = clips.write_clip(tmp_path / "whole.mp4", clips.numbered_pictures(60), fps=20)
    count, shortfall = _read(clips.with_edit(whole, tmp_path / "edited.mp4", start_s, 1.0))
    assert count < 45
    assert shortfall is None


def test_a_picture_that_is_held_for_long_is_not_missing(tmp_path: Path) -> None:
    whole = clips.write_clip(tmp_path / "whole.mp4", clips.numbered_pictures(30))
    held = clips.with_picture_durations(whole, tmp_path / "held.mp4", [1 / 30] * 29 + [4.0])
    assert _read(held) == (30, None)


def test_a_varying_rate_is_whole(variable_frame_rate: Path) -> None:
    assert _read(variable_frame_rate) == (20, None)


def test_a_loop_and_a_second_opening_begin_anew(tmp_path: Path) -> None:
    cut = clips.cut_off(_written(tmp_path / "whole.mp4", "mp4v"), tmp_path / "cut.mp4", 0.5)
    source = FileSource(cut, loop=True)
    source.open()
    count, _ = _read(cut)
    for _ in range(3 * count):
        assert source.read() is not None
    assert source.shortfall is not None
    assert source.shortfall.read_s == pytest.approx(count / 20, abs=0.06)
    source.open()
    assert source.shortfall is None
    source.close()


def test_the_end_of_somebody_elses_patience_is_no_end(tmp_path: Path) -> None:
    cut = clips.cut_off(_written(tmp_path / "whole.mp4", "mp4v"), tmp_path / "cut.mp4", 0.5)
    with FileSource(cut) as source:
        source.interrupt()
        assert source.read() is None
        assert source.shortfall is None
