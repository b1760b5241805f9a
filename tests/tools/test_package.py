"""The parts of the packaging that can be tried without an hour of building: `make package` tries the whole."""

from __future__ import annotations

import ast
import configparser
import io
import os
import struct
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import pytest

from tools.package import archive, folder
from tools.package.clean_run import Guest
from tools.package.icons import icns, ico
from tools.package.left_out import LEFT_OUT
from tools.package.qt_files import keep_used
from tools.package.windows_version import version_numbers

ROOT = Path(__file__).resolve().parents[2]
PNG = b"\x89PNG\r\n\x1a\n"


def imported_by(path: Path) -> set[str]:
    """Names of the modules that the file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_nothing_that_the_program_imports_is_left_out() -> None:
    for path in (ROOT / "poseapp").rglob("*.py"):
        used = imported_by(path)
        clash = {name for name in used if any(name == out or name.startswith(f"{out}.") for out in LEFT_OUT)}
        assert not clash, f"{path.name} imports {clash}, which tools/package/left_out.py keeps out of the application"


class TestQtFiles:
    PLUGINS = "PySide6/Qt/plugins"

    def kept(self, asks: dict[str, list[str]], *names: str) -> list[str]:
        entries = [(name, f"/wheel/{name}", "BINARY") for name in names]

        def imports_of(path: str) -> list[tuple[str, str | None]]:
            return [(name, f"/wheel/{name}") for name in asks.get(path.removeprefix("/wheel/"), [])]

        return [name for name, _path, _kind in keep_used(entries, imports_of)]

    def test_a_library_goes_with_the_last_plugin_that_asked_for_it(self) -> None:
        keyboard = f"{self.PLUGINS}/platforminputcontexts/libqtvirtualkeyboardplugin.so"
        xcb = f"{self.PLUGINS}/platforms/libqxcb.so"
        asks = {
            keyboard: ["libQt6Quick.so.6", "libQt6Gui.so.6"],
            "PySide6/Qt/lib/libQt6Quick.so.6": ["libQt6Qml.so.6"],
            xcb: ["libQt6Gui.so.6"],
        }
        libraries = [f"PySide6/Qt/lib/libQt6{name}.so.6" for name in ("Quick", "Qml", "Gui")]
        assert self.kept(asks, keyboard, xcb, *libraries) == [xcb, "PySide6/Qt/lib/libQt6Gui.so.6"]

    def test_what_nobody_asks_for_stays(self) -> None:
        # The application's loader opens Python's own library by its name.
        assert self.kept({}, "libpython3.11.so.1.0") == ["libpython3.11.so.1.0"]

    @pytest.mark.parametrize(
        ("name", "stays"),
        [
            ("PySide6/Qt/plugins/imageformats/libqjpeg.so", True),
            ("PySide6/Qt/plugins/imageformats/libqpdf.so", False),
            ("PySide6/plugins/platforms/qwindows.dll", True),
            ("PySide6/plugins/platforms/qdirect2d.dll", False),
            ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", True),
            ("PySide6/Qt/plugins/permissions/libqdarwincamerapermission.dylib", True),
            ("PySide6/Qt/plugins/permissions/libqdarwinlocationpermission.dylib", False),
            ("PySide6/Qt/plugins/multimedia/libffmpegmediaplugin.so", False),
            ("PySide6/Qt/plugins/of-tomorrow/libnew.so", False),
            ("PySide6/Qt/translations/qtbase_de.qm", False),
            ("PySide6/Qt/qml/QtQuick/qmldir", False),
            ("libssl.so.3", False),
            ("libcrypto-3-x64.dll", False),
            ("opencv_python_headless.libs/libssl-81259c47.so.1.1.1k", True),
            ("numpy/_core/_multiarray_umath.so", True),
        ],
    )
    def test_by_name(self, name: str, stays: bool) -> None:
        assert self.kept({}, name) == ([name] if stays else [])


class TestIcons:
    def test_ico_leads_to_each_picture(self) -> None:
        pictures = {16: PNG + b"small", 256: PNG + b"large"}
        content = ico(pictures)
        assert struct.unpack_from("<HHH", content) == (0, 1, 2)
        for number, (size, png) in enumerate(pictures.items()):
            width, height, *_, length, at = struct.unpack_from("<BBBBHHII", content, 6 + 16 * number)
            assert (width, height) == (size % 256, size % 256)
            assert content[at : at + length] == png

    def test_icns_is_a_chain_of_chunks(self) -> None:
        content = io.BytesIO(icns({128: PNG + b"a", 256: PNG + b"bb"}))
        assert content.read(4) == b"icns"
        assert struct.unpack(">I", content.read(4))[0] == len(content.getvalue())
        for kind, png in ((b"ic07", PNG + b"a"), (b"ic08", PNG + b"bb")):
            assert content.read(4) == kind
            assert content.read(struct.unpack(">I", content.read(4))[0] - 8) == png
        assert content.read() == b""


@pytest.mark.parametrize(
    ("version", "numbers"),
    [("1.2.3", (1, 2, 3, 0)), ("0.1.0", (0, 1, 0, 0)), ("2.0rc1", (2, 0, 0, 0)), ("1.2.3.4.5", (1, 2, 3, 4))],
)
def test_windows_wants_four_numbers(version: str, numbers: tuple[int, ...]) -> None:
    assert version_numbers(version) == numbers


def test_the_version_is_that_of_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert folder.version() == project["version"]
    assert project["version"] in folder.archive_name()


def test_the_note_for_people_has_no_gaps() -> None:
    words = folder._readme()
    assert "{" not in words
    assert folder.version() in words


def test_the_menu_entry_is_one(tmp_path: Path) -> None:
    path = ROOT / "tools/package/linux/poseapp.desktop"
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read_string(path.read_text(encoding="utf-8"))
    desktop = entry["Desktop Entry"]
    assert (desktop["Type"], desktop["Exec"], desktop["Icon"]) == ("Application", "poseapp", "poseapp")
    assert desktop["Categories"].endswith(";")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a script for Linux")
def test_the_menu_entry_leads_into_a_folder_with_spaces(tmp_path: Path) -> None:
    place = tmp_path / "my programs"
    place.mkdir()
    for name in ("poseapp.desktop", "add-to-menu.sh"):
        (place / name).write_bytes((ROOT / "tools/package/linux" / name).read_bytes())
    environment = {"HOME": str(tmp_path), "PATH": os.defpath}
    subprocess.run(["sh", str(place / "add-to-menu.sh")], env=environment, check=True, capture_output=True)
    lines = (tmp_path / ".local/share/applications/poseapp.desktop").read_text(encoding="utf-8").splitlines()
    assert f'Exec="{place}/poseapp"' in lines
    assert f"Icon={place}/poseapp.png" in lines
    assert "Type=Application" in lines


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="each system has its own archive")
def test_an_archive_keeps_rights_and_links_and_no_owner(tmp_path: Path) -> None:
    source = tmp_path / "poseapp-1"
    (source / "_internal").mkdir(parents=True)
    (source / "poseapp").write_text("#!/bin/sh\n", encoding="utf-8")
    (source / "poseapp").chmod(0o755)
    (source / "_internal/lib.so.1").write_bytes(b"code")
    (source / "lib.so").symlink_to("_internal/lib.so.1")
    (source / "_internal/folder").symlink_to("../_internal", target_is_directory=True)
    packed = archive.pack(source)
    target = tmp_path / "elsewhere"
    target.mkdir()
    unpacked = archive.unpack(packed, target)
    assert unpacked == target / "poseapp-1"
    assert os.access(unpacked / "poseapp", os.X_OK)
    assert (unpacked / "lib.so").readlink() == Path("_internal/lib.so.1")
    assert (unpacked / "_internal/folder").is_symlink()
    listing = subprocess.run(["tar", "-tvf", str(packed)], capture_output=True, text=True, check=True).stdout
    assert all("root/root" in line for line in listing.splitlines())
    assert len(listing.splitlines()) == 4


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps its own rights")
def test_a_guest_may_read_but_not_write() -> None:
    # Not below pytest's own folders: they are for this user alone.
    with tempfile.TemporaryDirectory() as place:
        be_a_guest(Path(place))


def be_a_guest(place: Path) -> None:
    installed = place / "installed"
    installed.mkdir()
    program = installed / "poseapp"
    program.write_text('#!/bin/sh\nprintf %s "$HOME"\n', encoding="utf-8")
    program.chmod(0o755)
    guest = Guest.arrive(program, place, installed)
    assert " " in guest.home.name
    assert not guest.home.name.isascii()
    assert set(guest.environment()) == {"HOME", "PATH"}
    guest.check_cannot_write(installed)
    with pytest.raises(SystemExit, match="can be written to"):
        guest.check_cannot_write(guest.home)
    installed.chmod(0o755)
