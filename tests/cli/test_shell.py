"""The shell round the commands: version, help, usage, streams, faults and interruptions."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from poseapp import __version__
from poseapp.cli import main
from tests.cli.conftest import Run

COMMANDS = ["score", "similarity", "extract", "cameras", "models"]


def test_version(run: Run) -> None:
    outcome = run("--version")
    assert (outcome.code, outcome.out, outcome.err) == (0, f"poseapp {__version__}\n", "")


@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_names_every_command_and_each_has_its_own(run: Run, flag: str) -> None:
    outcome = run(flag)
    assert outcome.code == 0
    assert all(command in outcome.out for command in COMMANDS)
    for command in COMMANDS:
        own = run(command, flag)
        assert own.code == 0
        assert "--json" in own.out


def test_help_is_instant_because_nothing_heavy_is_imported() -> None:
    heavy = "{'numpy', 'cv2', 'dtaidistance', 'ai_edge_litert', 'PySide6', 'pyqtgraph', 'msgspec', 'scipy'}"
    code = f"import sys; from poseapp.cli import main; main(['--version']); print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == f"poseapp {__version__}\nset()\n"
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["sing"], "sing"),
        (["--sing"], "--sing"),
        (["score", "only one"], "ATTEMPT"),
        (["extract", "clip.mp4"], "--output"),
        (["models", "too", "many"], "many"),
        (["score", "a.npz", "b.npz", "--method", "magic"], "magic"),
        (["score", "a.npz", "b.npz", "--strictness", "magic"], "magic"),
        (["score", "a.npz", "b.npz", "--method", "classic", "--strictness", "gentle"], "knows no strictness"),
        (["score", "a.npz", "b.npz", "--take", "http://127.0.0.1:9/"], "is not a file"),
        (["score", "a.npz", "b.npz", "--keypoints", "tail"], "tail"),
        (["similarity", "a.jpg", "b.npz", "--method", "magic"], "magic"),
        (["extract", "a.mp4", "-o", "poses.txt"], ".npz, .json, .csv"),
        (["extract", "a.npz", "-o", "poses.csv"], "saved poses"),
        (["extract", "http://127.0.0.1:9/", "-o", "poses.csv"], "is not a file"),
        (["score", "rtsp://127.0.0.1:9/", "a.npz"], "is not a file"),
        (["--source", "a.mp4", "models"], "belong to the window"),
        (["score", "", "a.npz"], "name of a file is empty"),
        (["extract", " ", "-o", "poses.npz"], "name of a file is empty"),
        (["extract", "squat/left", "-o", "poses.npz"], "“squat/left” is a reference of the library"),
        (["extract", "squat", "-o", "poses.npz"], "“squat” names references of the library"),
    ],
)
def test_usage_errors_in_words_and_in_json(run: Run, words: list[str], complaint: str) -> None:
    run(*words).fails(2, complaint)
    outcome = run(*words, "--json")
    document = outcome.json
    assert list(document) == ["error", "message", "hint", "exit_code"]
    assert (outcome.code, document["error"], document["exit_code"], outcome.err) == (2, "usage", 2, "")
    assert complaint in document["message"] + (document["hint"] or "")


def test_csv_and_json_exclude_each_other(run: Run) -> None:
    outcome = run("similarity", "a.jpg", "b.npz", "--csv", "--json")
    assert outcome.code == 2
    assert "--csv and --json" in outcome.json["message"]


def test_a_clip_instead_of_a_command_is_told_how(run: Run, ordinary: Path) -> None:
    run(ordinary).fails(2, f"poseapp --source {ordinary}")


@pytest.mark.parametrize("words", [("models", "--json"), ("--json", "models")])
def test_json_may_stand_before_the_command(run: Run, words: tuple[str, ...]) -> None:
    outcome = run(*words)
    assert outcome.code == 0
    assert outcome.json["format"] == "poseapp-models"


@pytest.mark.parametrize("model", [["--model", "magic"], ["--model=magic"]])
def test_the_model_may_stand_before_the_command(run: Run, ordinary: Path, tmp_path: Path, model: list[str]) -> None:
    run(*model, "extract", ordinary, "-o", tmp_path / "p.npz").fails(6, "magic", "posenet-257")


def test_after_two_dashes_every_word_is_a_name(run: Run) -> None:
    outcome = run("similarity", "--", "--json", "b.npz")
    assert outcome.code == 3
    assert "“--json”" in outcome.err


def _fault(*_: object) -> None:
    raise ZeroDivisionError("secret detail")


def test_a_fault_is_one_sentence_and_the_log_file_has_the_rest(
    run: Run, log_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("poseapp.vision.models.list_models", _fault)
    run("models").fails(1, "ZeroDivisionError", str(log_folder / "poseapp.log"))
    log = (log_folder / "poseapp.log").read_text(encoding="utf-8")
    assert "Traceback" in log
    assert "secret detail" in log
    document = run("models", "--json").json
    assert (document["error"], document["exit_code"]) == ("unexpected", 1)


def test_a_log_folder_that_cannot_be_made_disturbs_nobody(
    run: Run, log_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_folder.write_text("a file where the folder should be")
    monkeypatch.setattr("poseapp.vision.models.list_models", _fault)
    run("models").fails(1, "ZeroDivisionError", "could not be written")


def test_success_leaves_no_log(run: Run, log_folder: Path) -> None:
    assert run("models").code == 0
    assert not (log_folder / "poseapp.log").exists()


@pytest.fixture
def heeds_interruptions() -> Iterator[None]:
    """As in a terminal; who was started in the background of a shell may have been told to ignore Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeds_interruptions")
def test_an_interruption_anywhere_is_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr("poseapp.vision.models.list_models", interrupted)
    outcome = run("models")
    assert (outcome.code, outcome.out, outcome.err) == (130, "", "Stopped.\n")
    assert run("models", "--json").json == {
        "error": "cancelled",
        "message": "Stopped.",
        "hint": None,
        "exit_code": 130,
    }


_INTERRUPTED_IMPORT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == "poseapp.commands":
            signal.raise_signal(signal.SIGINT)
sys.meta_path.insert(0, Interrupt())
sys.argv = ["poseapp", *sys.argv[1:]]
"""


@pytest.mark.parametrize("start", ["import runpy; runpy.run_module('poseapp', run_name='__main__')", "script"])
def test_an_interruption_while_the_program_is_being_imported_is_130(start: str) -> None:
    if start == "script":  # what pip writes for an entry point
        project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
        module, _, function = project["scripts"]["poseapp"].partition(":")
        start = f"from {module} import {function}; sys.exit({function}())"
    for words, out, err in ((["models"], "", "Stopped.\n"), (["models", "--json"], "cancelled", "")):
        command = [sys.executable, "-c", f"{_INTERRUPTED_IMPORT}\n{start}", *words]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (130, err)
        assert (json.loads(done.stdout)["error"] if out else done.stdout) == out


def test_handlers_are_put_back(run: Run) -> None:
    import logging

    before = list(logging.getLogger().handlers), signal.getsignal(signal.SIGINT), os.fstat(2).st_ino
    run("models")
    run("cameras")
    assert (list(logging.getLogger().handlers), signal.getsignal(signal.SIGINT), os.fstat(2).st_ino) == before


def _process(*words: object, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "poseapp", *map(str, words)], stderr=subprocess.PIPE, **options
    )


@pytest.mark.skipif(sys.platform == "win32", reason="pipes break in another way there")
def test_a_reader_that_went_away_is_no_fault() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    process = _process("models", "--json", stdout=writing)
    os.close(writing)
    _, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_behind_standard_output_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        process = _process("models", "--json", stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 7
    assert err.decode().startswith("The answer could not be written")
    assert len(err.splitlines()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a program without a console has none there")
@pytest.mark.parametrize("closed", ["1", "1 2"])
def test_a_closed_standard_output_is_said(tmp_path: Path, closed: str) -> None:
    shut = "".join(f"os.close({number});" for number in closed.split())
    code = f"import os, sys; {shut} os.execv(sys.executable, [sys.executable, '-m', 'poseapp', 'models', '--json'])"
    process = subprocess.Popen([sys.executable, "-c", code], stderr=subprocess.PIPE)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 7
    said = err.decode().splitlines()
    assert said[:1] == (["The answer could not be written: standard output is closed."] if closed == "1" else [])


@pytest.mark.skipif(sys.platform == "win32", reason="a program without a console has none there")
def test_notes_that_nobody_can_read_do_not_get_into_the_answer(own_library: Path) -> None:
    (own_library / "broken").mkdir(parents=True)
    (own_library / "broken" / "reference.json").touch()
    code = (
        "import os, sys; os.close(2);"
        "from pathlib import Path; import poseapp.library.shelf as shelf;"
        f"shelf.own_references_dir = lambda: Path({str(own_library)!r});"
        "sys.argv = ['poseapp', 'library', 'list']; sys.stderr = None;"
        "from poseapp.__main__ import main; sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    assert "squat/left" in done.stdout
    assert "broken" not in done.stdout


def test_standard_output_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    name = "Übung – 深蹲.npz"
    process = _process("score", tmp_path / name, "b.npz", "--json", stdout=subprocess.PIPE, env=environment)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (3, b"")
    assert name in json.loads(out.decode("utf-8"))["message"]


@pytest.mark.skipif(sys.platform != "linux", reason="names elsewhere are always text")
def test_a_name_that_is_no_text_can_be_told(run: Run, tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\xfe.npz")
    run("score", name, "b.npz").fails(3, ".npz")
    assert run("score", name, "b.npz", "--json").json["error"] == "clip"


def test_main_takes_the_words_of_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["poseapp", "--version"])
    assert main() == 0
    assert capsys.readouterr().out == f"poseapp {__version__}\n"
