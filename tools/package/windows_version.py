"""What Windows shows under Properties, Details."""

from __future__ import annotations

from typing import Any

__all__ = ["version_numbers", "version_resource"]


def version_numbers(version: str) -> tuple[int, int, int, int]:
    """The four numbers of a Windows file version: those that `version` starts with, filled up with zeros."""
    numbers: list[int] = []
    for part in version.split("."):
        if not part.isdecimal():
            break
        numbers.append(int(part))
    first, second, third, fourth, *_ = [*numbers, 0, 0, 0, 0]
    return first, second, third, fourth


def version_resource(project: dict[str, Any]) -> Any:
    """PyInstaller's version resource for the table ``[project]`` of pyproject.toml. Works on Windows only."""
    from PyInstaller.utils.win32 import versioninfo as parts

    numbers = version_numbers(project["version"])
    words = {
        "CompanyName": "poseapp",
        "FileDescription": project["description"],
        "FileVersion": project["version"],
        "InternalName": "poseapp",
        "LegalCopyright": "See NOTICE and the folder LICENSES.",
        "OriginalFilename": "poseapp.exe",
        "ProductName": "poseapp",
        "ProductVersion": project["version"],
    }
    english_unicode = "040904B0"
    return parts.VSVersionInfo(
        ffi=parts.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            parts.StringFileInfo(
                [parts.StringTable(english_unicode, [parts.StringStruct(k, v) for k, v in words.items()])]
            ),
            parts.VarFileInfo([parts.VarStruct("Translation", [0x0409, 0x04B0])]),
        ],
    )
