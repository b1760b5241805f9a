"""Modules that some package imports somewhere but that the application never reaches.

tests/tools/test_package.py watches that poseapp does not begin to use one of them, and the self-test of the built
folder that nothing it needs does.
"""

from __future__ import annotations

__all__ = ["LEFT_OUT"]

LEFT_OUT = (
    # Other toolkits, notebooks, tests, and what installs packages.
    *("IPython", "OpenGL", "PIL", "jupyter_rfb", "matplotlib", "pandas", "pip", "pkg_resources", "pytest"),
    *("setuptools", "tkinter"),
    # What a package of icons needs to run; only its font is read.
    "qtpy",
    # The parts of Qt that other parts could work with.
    *("PySide6.QtDataVisualization", "PySide6.QtMultimediaWidgets", "PySide6.QtQml", "PySide6.QtQuick"),
    "PySide6.QtTest",
    # Plots are drawn without these.
    *("pyqtgraph.console", "pyqtgraph.dockarea", "pyqtgraph.examples", "pyqtgraph.flowchart", "pyqtgraph.opengl"),
    # Converters, GPU delegates and compilers of models.
    *("ai_edge_litert.aot", "ai_edge_litert.tools", "ai_edge_litert.vendors"),
    # Variants for several processors and for plain lists; what is used is dtw_cc and dtw_cc_numpy.
    *("dtaidistance.dtw_cc_omp", "dtaidistance.loco_cc"),
    # Optional to other packages, and large.
    "scipy",
    # Nothing here speaks to the internet from Python: network cameras go through OpenCV. Python has its own SHA-256.
    *("_hashlib", "_ssl", "ssl"),
)
