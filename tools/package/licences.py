"""Under which terms everything in the application may be used: gathered from what is installed, not written by hand.

python -m tools.package.licences APPLICATION FOLDER, by the Python whose packages were bundled.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

__all__ = ["bundled_distributions", "system_libraries", "write_licences"]

_TEXTS = Path(__file__).parent / "texts"
_MARKS = ("LICEN", "COPYING", "NOTICE", "AUTHORS", "COPYRIGHT")
#: Texts for packages that name their licence but bring no file.
_BY_NAME = {
    "PySide6_Addons": ("LGPL-3", "GPL-3", "GPL-2"),
    "PySide6_Essentials": ("LGPL-3", "GPL-3", "GPL-2"),
    "flatbuffers": ("Apache-2.0",),
    "shiboken6": ("LGPL-3", "GPL-3", "GPL-2"),
}
_HEAD = """\
What poseapp is made of, and under which terms
==============================================

NOTICE, beside this folder, is about the models, fonts, icons and clips. Here are the licences of the libraries that
come with the application, in a folder each; "texts" holds the licences that many of them share.

Qt (PySide6, shiboken6) is used under the GNU Lesser General Public License, version 3. Its libraries are files of
their own in the application's folder and may be replaced by others of the same interface. Sources:
https://download.qt.io/official_releases/QtForPython/ and https://download.qt.io/official_releases/qt/
Third-party code in Qt: https://doc.qt.io/qt-6/licenses-used-in-qt.html

OpenCV brings FFmpeg (GNU Lesser General Public License, version 2.1 or later), as files of its own that may be
replaced too. What else it brings is in opencv-python-headless/LICENSE-3RD-PARTY.txt. FFmpeg's sources:
https://ffmpeg.org/releases/ ; how it was built: https://github.com/opencv/opencv-python

"""


def bundled_distributions() -> dict[str, metadata.Distribution]:
    """What poseapp with sound needs, directly or not, and PyInstaller, whose loader starts it; by name."""
    found: dict[str, metadata.Distribution] = {}

    def walk(name: str, extras: tuple[str, ...]) -> None:
        distribution = metadata.distribution(name)
        proper = distribution.metadata["Name"]
        if proper in found:
            return
        found[proper] = distribution
        for line in distribution.requires or ():
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
                walk(needed.name, tuple(needed.extras))

    walk("poseapp", ("sound",))
    found["pyinstaller"] = metadata.distribution("pyinstaller")
    del found["poseapp"]
    return dict(sorted(found.items(), key=lambda item: item[0].lower()))


def write_licences(application: Path, folder: Path) -> list[str]:
    """Fill `folder` with the licences of what is in `application`.

    Returns
    -------
    list of str
        What has no licence text; nothing should.
    """
    folder.mkdir(parents=True)
    shutil.copytree(_TEXTS, folder / "texts")
    without: list[str] = []
    lines = [_HEAD]
    for name, distribution in bundled_distributions().items():
        files = list(_licence_files(distribution))
        texts = _BY_NAME.get(name, ())
        if not files and not texts:
            without.append(name)
        own = folder / name
        for path in files:
            own.mkdir(exist_ok=True)
            # Two files of one name, as of vendored code, are told apart by the folder they were in.
            target = own / path.name
            shutil.copyfile(path, target if not target.exists() else own / f"{path.parent.name}-{path.name}")
        where = ", ".join([*([name] if files else []), *(f"texts/{text}.txt" for text in texts)])
        lines.append(f"{name} {distribution.version}\n    {_terms(distribution)}; see {where}\n")
    lines.append(f"Python {sys.version.split()[0]}\n    Python Software Foundation License; see Python\n")
    without += _python_licence(folder / "Python")
    packages = system_libraries(application)
    for package, copyright_file in packages.items():
        if copyright_file is None:
            without.append(package)
            continue
        (folder / "system").mkdir(exist_ok=True)
        shutil.copyfile(copyright_file, folder / "system" / f"{package}.txt")
    if packages:
        lines.append(f"From the Linux it was built on: {', '.join(packages)}\n    see system\n")
    if sys.platform == "win32":
        lines.append("Microsoft Visual C++ runtime\n    redistributable, (c) Microsoft Corporation\n")
    (folder / "README.txt").write_text("\n".join(lines), encoding="utf-8")
    return without


def system_libraries(application: Path) -> dict[str, Path | None]:
    """Debian packages whose libraries were bundled, with the files of their terms; empty on other systems."""
    if shutil.which("dpkg-query") is None:
        return {}
    names = {path.name for path in (application / "_internal").glob("lib*.so*")}
    listed = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    found: dict[str, Path | None] = {}
    for line in listed.splitlines():
        name, _, path = line.strip().partition(" => ")
        if name.split(" ")[0] not in names or name.startswith("libpython"):
            continue
        # Packages may name the file by the folder that /lib is a link to.
        for asked in (path, str(Path(path).resolve()), path.removeprefix("/usr")):
            done = subprocess.run(["dpkg-query", "-S", asked], capture_output=True, text=True, check=False)
            if done.returncode == 0:
                package = done.stdout.split(":")[0]
                terms = Path("/usr/share/doc") / package / "copyright"
                found[package] = terms if terms.is_file() else None
                break
    return dict(sorted(found.items()))


def _licence_files(distribution: metadata.Distribution) -> Iterator[Path]:
    for file in distribution.files or ():
        if any(mark in file.name.upper() for mark in _MARKS) and file.suffix.lower() in {"", ".txt", ".md", ".rst"}:
            path = Path(str(distribution.locate_file(file)))
            if path.is_file():
                yield path


def _terms(distribution: metadata.Distribution) -> str:
    about = distribution.metadata
    classified = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if line.startswith("Lic")]
    named = about.get("License-Expression") or ", ".join(classified) or about.get("License") or ""
    return (named.splitlines() or ["see its licence"])[0]


def _python_licence(folder: Path) -> list[str]:
    places = (Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt")
    debian = Path("/usr/share/doc") / f"python3.{sys.version_info.minor}" / "copyright"
    for place in (*places, debian):
        if place.is_file():
            folder.mkdir()
            shutil.copyfile(place, folder / "LICENSE.txt")
            return []
    return ["Python"]


if __name__ == "__main__":
    missing = write_licences(Path(sys.argv[1]), Path(sys.argv[2]))
    if missing:
        sys.exit(f"without a licence text: {', '.join(missing)}")
