"""What reaches the log of faults nobody expected, and what does not."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from poseapp.faults import CRASH_FILE, Fault, LogFormatter, faults_logged
from poseapp.scrubbing import scrubbed


@pytest.fixture
def anna(monkeypatch: pytest.MonkeyPatch) -> None:
    """The user is called anna and lives in /home/anna."""
    monkeypatch.setattr(Path, "home", lambda: Path("/home/anna"))
    monkeypatch.setattr("getpass.getuser", lambda: "anna")


@pytest.fixture
def lines() -> Iterator[list[str]]:
    """Lines as they would stand in the log file."""

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(self.format(record))

    kept: list[str] = []
    handler = Keep()
    handler.setFormatter(LogFormatter())
    logging.getLogger("poseapp.faults").addHandler(handler)
    yield kept
    logging.getLogger("poseapp.faults").removeHandler(handler)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cannot read /home/anna/Clips/a.mp4", "cannot read ~/….mp4"),
        ('File "/home/anna", line 3', 'File "~", line 3'),
        ("/media/anna/USB/clip.mp4", "….mp4"),
        ("/home/annabel/clip.mp4", "….mp4"),
        ("anna is only a word here", "anna is only a word here"),
        # What is left of other people's files is what kind they are.
        (r"C:\Users\anna\clip.mp4", "….mp4"),
        (r"[Errno 2] No such file: 'C:\\Users\\Eva M\\clip one.MOV'", "[Errno 2] No such file: '….MOV'"),
        (r"\\server\Evas clips\a.mp4 is gone", "….mp4 is gone"),
        ("/media/usb/Anna Meier/x.mp4", "….mp4"),
        ("“/media/usb/Anna Meier/x y.mp4” cannot be opened.", "“….mp4” cannot be opened."),
        ("opening /media/usb/Anna Meier/squat by Anna.mp4: no room", "opening ….mp4: no room"),
        ('"/Volumes/Anna\'s disk/poses.npz"', '"….npz"'),
        ("moved /mnt/a/b.npz to /mnt/Anna M/c.json, both gone", "moved ….npz to ….json, both gone"),
        ("file:///media/Anna/x.mp4", "….mp4"),
        ("in /media/usb/Anna/ nothing", "in … nothing"),
        ("~/Videos/Anna Meier.mp4", "~/….mp4"),
        # What is nobody's stays.
        ("0.5 s, 3/4, and/or, km/h, 1 / 2, a // b, ratio 4:3", "0.5 s, 3/4, and/or, km/h, 1 / 2, a // b, ratio 4:3"),
        ("http://camera.example/stream/one.mp4", "http://camera.example/stream/one.mp4"),
        ("/dev/video0 is busy", "/dev/video0 is busy"),
        ("/usr/lib/x86_64-linux-gnu/libxcb.so.1: cannot open", "/usr/lib/x86_64-linux-gnu/libxcb.so.1: cannot open"),
        ("assets/references/squat/left/clip.mp4", "assets/references/squat/left/clip.mp4"),
    ],
)
@pytest.mark.usefixtures("anna")
def test_scrubbing(text: str, expected: str) -> None:
    assert scrubbed(text) == expected


def test_lines_of_the_program_say_where_they_are(tmp_path: Path) -> None:
    import json
    import string

    import numpy

    import poseapp

    for module, place in (
        (poseapp, "poseapp/__init__.py"),
        (numpy, "site-packages/numpy/__init__.py"),
        (json, f"python3.{sys.version_info.minor}/json/__init__.py"),
        (string, f"python3.{sys.version_info.minor}/string.py"),
    ):
        line = f'  File "{module.__file__}", line 7, in open'
        assert scrubbed(line).replace("dist-packages", "site-packages") == f'  File "{place}", line 7, in open'
    assert scrubbed(str(Path(poseapp.__file__).parent.parent / "Anna.mp4")) == "….mp4"


def test_without_a_home_and_a_name_the_text_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("could not determine home directory")

    def nameless() -> str:
        raise OSError("no name")

    monkeypatch.setattr(Path, "home", homeless)
    monkeypatch.setattr("getpass.getuser", nameless)
    assert scrubbed("/home/anna/a.mp4") == "….mp4"
    assert scrubbed("anna in /dev/anna") == "anna in /dev/anna"


@pytest.mark.usefixtures("anna")
def test_a_thread_that_breaks_is_logged_and_told_without_names(lines: list[str]) -> None:
    told: list[Fault] = []

    def work() -> None:
        raise OSError(2, "cannot be read", "/home/anna/secret.mp4")

    with faults_logged(told.append):
        thread = threading.Thread(target=work, name="camera")
        thread.start()
        thread.join()
    assert [fault.summary for fault in told] == ["FileNotFoundError"]
    for text in (lines[0], told[0].details):
        assert "“camera”" in text
        assert "in work" in text
        assert "'~/….mp4'" in text
        assert "secret" not in text
        assert "anna" not in text


def test_the_same_fault_again_is_counted_not_repeated(lines: list[str]) -> None:
    told: list[Fault] = []

    def paint(number: int) -> None:
        raise ValueError(number)

    with faults_logged(told.append):
        for number in range(200):
            try:
                paint(number)
            except ValueError as error:
                sys.excepthook(ValueError, error, error.__traceback__)
    assert len(told) == 1
    assert [line.splitlines()[0].split("unexpected")[1][:18] for line in lines] == [
        ", in the thread “M",
        " for the 10th time",
        " for the 100th tim",
    ]


def test_an_interruption_is_no_fault(lines: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with faults_logged():
        sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert lines == []
    assert "KeyboardInterrupt" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_destructor_that_breaks_is_logged_but_disturbs_nobody(lines: list[str]) -> None:
    told: list[Fault] = []

    class Broken:
        def __del__(self) -> None:
            raise ValueError("late")

    with faults_logged(told.append):
        Broken()
    assert told == []
    assert "ValueError: late" in lines[0]


def test_hooks_are_put_back() -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    with faults_logged():
        assert before[0] is not sys.excepthook
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before


def test_a_crash_of_the_process_is_in_the_log_of_the_next_start(tmp_path: Path) -> None:
    home = tmp_path / "home of anna"
    start = (
        "import pathlib, sys; from poseapp.commands.logs import logging_to_file; import poseapp.commands.logs;"
        "poseapp.commands.logs.log_dir = lambda: pathlib.Path.home();"
        "from poseapp.faults import crashes_kept\n"
        "with logging_to_file(), crashes_kept(pathlib.Path.home()): exec(sys.argv[1])"
    )
    home.mkdir()
    script = home / "start.py"
    script.write_text(start, encoding="utf-8")

    def run(code: str) -> int:
        # Not in verbose or development mode, which switch on the fault handler by themselves.
        environment = {"HOME": str(home), "USERPROFILE": str(home), "PYTHONPATH": str(Path.cwd())}
        command = [sys.executable, str(script), code]
        return subprocess.run(command, env=environment, capture_output=True, timeout=60, check=False).returncode

    crash = home / CRASH_FILE
    assert run("import faulthandler; faulthandler._sigsegv()") != 0
    assert "start.py" in crash.read_text(encoding="utf-8")
    assert run("pass") == 0
    log = (home / "poseapp.log").read_text(encoding="utf-8")
    assert "the last time the program crashed" in log
    assert "Current thread" in log
    assert "~/start.py" in log.replace("\\", "/")
    assert str(home) not in log
    assert not crash.exists()
