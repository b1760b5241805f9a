"""The libraries, in particular their compiled parts: each one computes something that is known beforehand."""

from __future__ import annotations

import importlib
import platform
import sys
from pathlib import Path

from poseapp.selftest.checks import Check, CheckError, require

__all__ = ["LIBRARY_CHECKS", "versions"]

#: Module and name for people.
_VERSIONED = {
    "numpy": "NumPy",
    "cv2": "OpenCV",
    "ai_edge_litert": "LiteRT",
    "dtaidistance": "dtaidistance",
    "PySide6": "PySide6",
    "pyqtgraph": "pyqtgraph",
    "msgspec": "msgspec",
}


def versions() -> dict[str, str]:
    """Versions by name: of the program, Python, the system, and the libraries that can be imported."""
    from poseapp import __version__

    found = {
        "poseapp": __version__,
        "packaged": "yes" if hasattr(sys, "frozen") else "no",
        "Python": platform.python_version(),
        "system": platform.platform(),
    }
    for module, name in _VERSIONED.items():
        try:
            found[name] = str(importlib.import_module(module).__version__)
        except Exception as error:  # noqa: BLE001 - the check of that library says more
            found[name] = f"cannot be imported ({type(error).__name__})"
    return found


def _numpy(_folder: Path) -> str:
    import numpy as np

    matrix = np.array([[2.0, 1.0], [1.0, 3.0]])
    require(np.allclose(np.linalg.solve(matrix, [3.0, 5.0]), [0.8, 1.4]), "a linear system is solved wrongly")
    require(np.allclose(np.fft.fft([1.0, 0.0, 0.0]), 1.0), "a Fourier transform is wrong")
    return f"{np.__version__}, linear algebra"


def _opencv(_folder: Path) -> str:
    import cv2
    import numpy as np

    rows = np.repeat(np.arange(0, 240, 40, dtype=np.uint8), 8).reshape(6, 8)
    halved = cv2.resize(rows, (4, 3), interpolation=cv2.INTER_AREA)
    require(np.array_equal(halved, np.repeat([20, 100, 180], 4).reshape(3, 4)), "a picture is scaled wrongly")
    coded, content = cv2.imencode(".png", rows)
    decoded = np.asarray(cv2.imdecode(content, cv2.IMREAD_GRAYSCALE))
    require(coded and np.array_equal(decoded, rows), "PNG does not come back")
    require(cv2.imencode(".jpg", rows)[0], "JPEG cannot be written")
    require(cv2.videoio_registry.hasBackend(cv2.CAP_FFMPEG), "FFmpeg is missing")
    return f"{cv2.__version__}, pictures, FFmpeg"


def _litert(_folder: Path) -> str:
    import ai_edge_litert
    from ai_edge_litert.interpreter import Interpreter

    try:
        Interpreter(model_content=b"no model at all, but long enough to be looked at")
    except ValueError:
        return f"{ai_edge_litert.__version__}, interpreter"
    raise CheckError("what is no model was taken for one")


def _warping(_folder: Path) -> str:
    import dtaidistance
    import numpy as np

    from poseapp.scoring.alignment import align, check_library

    check_library()
    # Always one torso length away: the square of that for each pose of the reference.
    cost = align(np.zeros((30, 1)), np.ones((30, 1)), penalty=0.0).cost
    require(bool(np.isclose(cost, 1.0)), f"a cost of 1 is computed as {cost}")
    ramp = np.linspace(0.0, 1.0, 30)[:, None]
    path = align(ramp, np.repeat(ramp, 2, axis=0), penalty=0.0)
    require(set(path.reference.tolist()) == set(range(30)), "the warping path leaves poses out")
    return f"{dtaidistance.__version__}, compiled"


def _files(_folder: Path) -> str:
    import msgspec
    import platformdirs

    class Item(msgspec.Struct):
        value: int

    require(msgspec.json.decode(b'{"value": 7}', type=Item).value == 7, "JSON is read wrongly")
    require(bool(platformdirs.user_data_dir("poseapp")), "the system names no folder for data")
    return f"msgspec {msgspec.__version__}, platformdirs"


def _cameras(_folder: Path) -> str:
    import cv2_enumerate_cameras

    from poseapp.vision.cameras import list_cameras

    require(callable(cv2_enumerate_cameras.enumerate_cameras), "cameras cannot be listed")
    count = len(list_cameras())
    return f"{count} camera{'' if count == 1 else 's'} here"


LIBRARY_CHECKS = (
    Check("NumPy", _numpy),
    Check("OpenCV", _opencv),
    Check("LiteRT", _litert),
    Check("dtaidistance", _warping),
    Check("data files", _files),
    Check("list of cameras", _cameras),
)
