"""LiteRT's greeting stays away; nothing else does."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from poseapp.vision.greeting import without_greeting

GREETING = b"INFO: Created TensorFlow Lite XNNPACK delegate for CPU.\n"


def test_a_model_is_loaded_without_a_word() -> None:
    code = (
        "from poseapp.vision.estimators import create_estimator as create;"
        "[create(name).close() for name in ('posenet-257', 'movenet-lightning')]"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_the_line_is_still_the_one_that_is_waited_for() -> None:
    """When LiteRT has learnt to be quiet, or says something else, this is no longer needed, or not enough."""
    code = (
        "from ai_edge_litert.interpreter import Interpreter; from poseapp.vision import models;"
        "content = models.read_verified(models.model_info('posenet-257'));"
        "Interpreter(model_content=content).allocate_tensors()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=120, check=True)
    assert done.stderr == GREETING


def test_everything_else_is_passed_on_even_when_it_fails(capfd: pytest.CaptureFixture[str]) -> None:
    with without_greeting():
        os.write(2, b"before\n" + GREETING + b"ERROR: real trouble\n")
    assert capfd.readouterr().err == "before\nERROR: real trouble\n"

    def fail() -> None:
        with without_greeting():
            os.write(2, b"last words")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert capfd.readouterr().err == "last words"


@pytest.mark.skipif(sys.platform == "win32", reason="needs descriptors of POSIX")
def test_without_standard_error_nothing_breaks() -> None:
    code = (
        "import os; os.close(2); from poseapp.vision.greeting import without_greeting as w\nwith w(): print('done')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60, check=True)
    assert done.stdout.split() == [b"done"]
