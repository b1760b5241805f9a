"""Clips: times, pace, orientation, and a sentence for everything that can be wrong with a file."""

from __future__ import annotations

import itertools
import os
import stat
from pathlib import Path

import numpy as np
import pytest

from poseapp.errors import ClipError
from poseapp.vision.sources.file import FileSource
from tests import clips
from tests.bad_input import VARIABLE_DURATIONS
from tests.fake_capture import ScriptedClock

import cv2  # isort: skip - after the room that sets its environment


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty numbered pictures at 30 per second."""
    return clips.write_clip(tmp_path_factory.mktemp("numbered") / "numbered.mp4", clips.numbered_pictures(60))


def test_gives_every_picture_once_with_its_own_time(numbered: Path) -> None:
    with FileSource(numbered) as source:
        frames = list(source)
    assert [clips.picture_number(f.bgr) for f in frames] == list(range(60))
    np.testing.assert_allclose([f.media_time for f in frames], np.arange(60) / 30, atol=1e-6)


def test_says_rate_and_length(numbered: Path) -> None:
    info = FileSource(numbered).open()
    assert info.fps == pytest.approx(30)
    assert info.duration == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("fixture", "sentence", "hint"),
    [
        ("missing", "There is no file “missing.mp4”.", "name"),
        ("directory", "“folder.mp4” is a folder", "file inside"),
        ("zero_byte", "“zero.mp4” is empty (0 bytes)", "again"),
        ("text_renamed", "“text.mp4” has no video that can be read.", "Try MP4 or MOV."),
        ("audio_only", "“audio.mov” has no video that can be read.", "Try MP4 or MOV."),
        ("truncated_mp4", "“truncated.mp4” is cut off", "again"),
        ("av1_without_frames", "“av1.mp4” cannot be decoded (AV1)", "H.264"),
        ("unreadable", "“unreadable.mp4” cannot be opened: ", "may read"),
    ],
)
def test_what_is_wrong_is_said(
    fixture: str, sentence: str, hint: str, request: pytest.FixtureRequest, capfd: pytest.CaptureFixture[str]
) -> None:
    path = request.getfixturevalue(fixture)
    capfd.readouterr()
    source = FileSource(path)
    with pytest.raises(ClipError) as caught:
        source.open()
    assert sentence in caught.value.sentence
    assert hint in caught.value.hint
    # One sentence only: OpenCV and FFmpeg stay quiet.
    assert capfd.readouterr() == ("", "")
    with pytest.raises(RuntimeError):
        source.read()


def test_no_permission_is_said(numbered: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The superuser, as whom tests may run, is never refused; so the refusal is scripted.
    def refuse(*args: object, **kwargs: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ClipError, match=r"“numbered\.mp4” cannot be opened: permission denied"):
        FileSource(numbered).open()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.mp4")
    with pytest.raises(ClipError, match="not an ordinary file"):
        FileSource(tmp_path / "pipe.mp4").open()


@pytest.mark.parametrize("name", ["a\0b.mp4", "x" * 300 + ".mp4", "concat:one.mp4|two.mp4", "http://127.0.0.1/x.mp4"])
def test_names_that_are_no_files(name: str) -> None:
    with pytest.raises(ClipError):
        FileSource(name).open()


def test_a_name_that_is_not_text_is_still_said(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.mp4"))
    with pytest.raises(ClipError) as caught:
        FileSource(path).open()
    # Can be printed everywhere.
    assert "“?.mp4”" in str(caught.value).encode("utf-8").decode("utf-8")


def test_numbered_pictures_in_a_folder_are_not_taken_for_a_clip(tmp_path: Path) -> None:
    png = cv2.imencode(".png", clips.numbered_pictures(1)[0])[1].tobytes()
    for i in range(3):
        (tmp_path / f"shot{i}.mp4").write_bytes(png)
    with pytest.raises(ClipError, match="There is no file"):
        FileSource(tmp_path / "shot%d.mp4").open()
    (tmp_path / "shot%d.mp4").write_text("not a picture")
    with pytest.raises(ClipError, match="has no video"):
        FileSource(tmp_path / "shot%d.mp4").open()


@pytest.mark.skipif(os.name == "nt", reason="Windows allows no colon in names")
def test_a_file_called_like_a_protocol_is_a_file(
    numbered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("concat:squat.mp4").write_bytes(numbered.read_bytes())
    assert FileSource("concat:squat.mp4").open().duration == pytest.approx(2.0)


def test_half_a_download_plays_what_is_there(truncated_playable: Path, ordinary: Path) -> None:
    with FileSource(truncated_playable) as source:
        got = list(source)
    with FileSource(ordinary) as source:
        whole = list(source)
    assert 1 < len(got) < len(whole)
    # The last picture may be broken; the ones before it are those of the whole clip.
    for half, full in zip(got[:-1], whole, strict=False):
        np.testing.assert_array_equal(half.bgr, full.bgr)
        assert half.media_time == full.media_time


def test_one_picture_is_a_clip(one_frame: Path) -> None:
    with FileSource(one_frame) as source:
        assert len(list(source)) == 1


def test_4k(four_k: Path) -> None:
    with FileSource(four_k) as source:
        sizes = [frame.size for frame in source]
    assert sizes == [(3840, 2160)] * 6


def test_larger_than_any_camera_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.avi"
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"MJPG"), 30, (8208, 16))
    writer.write(np.zeros((16, 8208, 3), dtype=np.uint8))
    writer.release()
    with pytest.raises(ClipError, match="8208 × 16 pixels; more than 8192"):
        FileSource(path).open()


def test_a_phone_clip_is_upright(rotated_phone: Path) -> None:
    upright = clips.person_pictures(1)[0]
    source = FileSource(rotated_phone)
    info = source.open()
    assert (info.width, info.height) == (540, 720)
    frame = source.read()
    assert frame is not None
    # Coding changes each pixel a little; a picture turned the wrong way differs by far more.
    assert np.abs(frame.bgr.astype(int) - upright).mean() < 5
    assert np.abs(frame.bgr[::-1, ::-1].astype(int) - upright).mean() > 10


def test_variable_rate_keeps_its_times(variable_frame_rate: Path) -> None:
    with FileSource(variable_frame_rate) as source:
        times = [frame.media_time for frame in source]
    expected = np.cumsum([0.0, *VARIABLE_DURATIONS[:-1]])
    np.testing.assert_allclose(times, expected, atol=1e-3)


def test_times_increase_where_the_file_repeats_them(ordinary: Path, tmp_path: Path) -> None:
    path = clips.with_picture_durations(ordinary, tmp_path / "stuck.mp4", [1 / 30] * 5 + [0.0] * 10 + [1 / 30] * 5)
    with FileSource(path) as source:
        times = [frame.media_time for frame in source]
    assert len(times) == 20
    assert np.all(np.diff(np.array(times, dtype=float)) > 0)


def test_spaces_umlauts_and_percent_signs(unicode_path: Path) -> None:
    source = FileSource(unicode_path)
    assert source.open().title == "Kniebeuge – 深蹲 (100 %).mp4"
    assert len(list(source)) == 20


def test_nothing_is_changed_on_disk(numbered: Path) -> None:
    before = numbered.stat()
    with FileSource(numbered) as source:
        list(source)
    after = numbered.stat()
    assert (before.st_mtime_ns, before.st_size, stat.S_IMODE(before.st_mode)) == (
        after.st_mtime_ns,
        after.st_size,
        stat.S_IMODE(after.st_mode),
    )


@pytest.mark.parametrize("speed", [0.5, 1.0, 4.0])
def test_paced_pictures_come_when_they_are_due(numbered: Path, speed: float) -> None:
    clock = ScriptedClock()
    with FileSource(numbered, paced=True, speed=speed, clock=clock) as source:
        frames = list(source)
    assert len(frames) == 60
    np.testing.assert_allclose([f.captured_at for f in frames], 100.0 + np.arange(60) / 30 / speed, atol=1e-6)


def test_paced_by_the_times_of_a_variable_rate(variable_frame_rate: Path) -> None:
    with FileSource(variable_frame_rate, paced=True, clock=ScriptedClock()) as source:
        frames = list(source)
    for frame in frames:
        assert frame.media_time is not None
        assert frame.captured_at == pytest.approx(100.0 + frame.media_time, abs=1e-6)


def test_the_pace_begins_with_the_first_read(numbered: Path) -> None:
    clock = ScriptedClock()
    source = FileSource(numbered, paced=True, clock=clock)
    source.open()
    clock.time += 60.0
    frame = source.read()
    assert frame is not None
    assert (frame.index, frame.captured_at) == (0, 160.0)


def test_a_late_reader_misses_pictures(numbered: Path) -> None:
    clock = ScriptedClock()
    source = FileSource(numbered, paced=True, clock=clock)
    source.open()
    source.read()
    clock.time += 0.31
    frame = source.read()
    assert frame is not None
    # 0.31 s is between picture 9 (0.300) and picture 10 (0.333).
    assert frame.index == clips.picture_number(frame.bgr) == 10
    assert frame.captured_at == pytest.approx(100 + 10 / 30, abs=1e-6)


def test_a_reader_late_by_a_moment_misses_none(numbered: Path) -> None:
    clock = ScriptedClock()
    source = FileSource(numbered, paced=True, clock=clock)
    source.open()
    source.read()
    clock.time += 0.09
    indices = [frame.index for frame in (source.read() for _ in range(5)) if frame]
    assert indices == [1, 2, 3, 4, 5]


def test_a_machine_too_slow_for_the_clip_still_shows_some(numbered: Path) -> None:
    class SlowMachine(ScriptedClock):
        def now(self) -> float:
            self.time += 0.025  # asked twice for each picture: half as long again as the picture is shown
            return self.time

    with FileSource(numbered, paced=True, clock=SlowMachine()) as source:
        frames = list(source)
    # It falls behind by 0.1 s in six pictures, skips for 0.25 s, and plays on from there.
    assert len(frames) > 20
    assert max(b.captured_at - a.captured_at for a, b in itertools.pairwise(frames)) < 0.4


def test_a_damaged_timestamp_does_not_freeze_the_player(ordinary: Path, tmp_path: Path) -> None:
    path = clips.with_picture_durations(ordinary, tmp_path / "gap.mp4", [1 / 30] * 10 + [3600.0] + [1 / 30] * 9)
    clock = ScriptedClock()
    with FileSource(path, paced=True, clock=clock) as source:
        assert len(list(source)) == 20
    assert max(clock.waits) <= 5.0
    assert clock.time < 110.0


def test_a_loop_goes_on_without_a_gap(numbered: Path) -> None:
    with FileSource(numbered, paced=True, loop=True, clock=ScriptedClock()) as source:
        frames = [frame for frame in (source.read() for _ in range(150)) if frame]
    assert [f.index for f in frames] == list(range(150))
    assert [clips.picture_number(f.bgr) for f in frames] == [i % 60 for i in range(150)]
    assert frames[60].media_time == frames[120].media_time == 0.0
    np.testing.assert_allclose([f.captured_at for f in frames], 100.0 + np.arange(150) / 30, atol=1e-5)


def test_a_loop_whose_file_is_gone_says_so(numbered: Path, tmp_path: Path) -> None:
    path = tmp_path / "soon gone.mp4"
    path.write_bytes(numbered.read_bytes())
    with FileSource(path, loop=True) as source:
        for _ in range(60):
            source.read()
        path.unlink()
        with pytest.raises(ClipError, match="There is no file"):
            source.read()


@pytest.mark.parametrize("speed", [0.0, -1.0, float("nan")])
def test_speed_must_be_above_nought(speed: float) -> None:
    with pytest.raises(ValueError, match="speed"):
        FileSource("x.mp4", speed=speed)
