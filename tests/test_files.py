"""A file is written whole or not at all, and what stood there before survives every failure."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from poseapp.errors import OutputError
from poseapp.files import check_can_write, written_whole


def _save(path: Path, content: bytes = b"new") -> None:
    with written_whole(path) as stream:
        stream.write(content)


def test_the_file_appears_with_what_was_written_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a name – ü.npz"
    _save(path)
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_an_older_file_is_replaced_only_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")
    with written_whole(path) as stream:
        stream.write(b"new")
        stream.flush()
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"


def test_the_file_has_the_permissions_of_any_other(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.touch()
    _save(tmp_path / "f")
    assert stat.S_IMODE((tmp_path / "f").stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


@pytest.mark.parametrize("kind", [KeyboardInterrupt, RuntimeError])
def test_an_interruption_leaves_the_old_file_and_no_rest(tmp_path: Path, kind: type[BaseException]) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")

    def interrupted() -> None:
        with written_whole(path) as stream:
            stream.write(b"half")
            raise kind

    with pytest.raises(kind):
        interrupted()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_met_at_the_very_end_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")

    def no_room(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(OutputError, match="no room left") as caught:
        _save(path)
    assert caught.value.exit_code == 7
    assert caught.value.hint
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_and_a_folder_of_that_name(tmp_path: Path) -> None:
    for act in (_save, check_can_write):
        with pytest.raises(OutputError, match="its folder does not exist"):
            act(tmp_path / "none" / "f")
        with pytest.raises(OutputError, match="a folder has that name"):
            act(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_as_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for act in (_save, check_can_write):
        with pytest.raises(OutputError, match="could not be saved"):
            act(tmp_path / "file" / "f")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_is_not_writable(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    for act in (_save, check_can_write):
        with pytest.raises(OutputError, match="not allowed"):
            act(tmp_path / "f")
    tmp_path.chmod(0o700)


def test_a_device_without_files_is_not_writable_even_for_root() -> None:
    if not Path("/proc/self").is_dir():
        pytest.skip("no /proc here")
    with pytest.raises(OutputError, match=r"(cannot|could not) be saved"):
        check_can_write(Path("/proc/poses.npz"))


def test_checking_touches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"old")
    check_can_write(path)
    check_can_write(tmp_path / "g")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
