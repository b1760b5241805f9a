from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from benchmarks.__main__ import main
from benchmarks.figures import Figure, Section, percentiles, print_section


def test_the_median_of_the_runs_is_held_against_the_aim() -> None:
    runs = (1.0, 9.0, 2.0)
    assert Figure("x", "ms", runs).reached is None
    assert [Figure("x", "ms", runs, at_most=limit).reached for limit in (1.9, 2.0)] == [False, True]
    assert [Figure("x", "ms", runs, at_least=limit).reached for limit in (2.0, 2.1)] == [True, False]


def test_percentiles_are_taken_within_each_run() -> None:
    p50, p95, p99 = percentiles("x", [list(range(101)), [5.0]], p95=50, p99=None)
    assert (p50.runs, p95.runs, p99.runs) == ((50, 5), (95, 5), (99, 5))
    assert (p50.aim, p95.aim, p99.aim) == ("", "≤ 50", "")


def test_a_run_without_a_single_frame_is_an_error_and_no_zero() -> None:
    with pytest.raises(RuntimeError, match="nothing was measured"):
        percentiles("x", [[1.0], []], p95=None, p99=None)


def test_a_section_is_a_table_and_json() -> None:
    section = Section("Speed", "on this machine", (Figure("rate", "frames/s", (61.0,), at_least=60),))
    out = io.StringIO()
    print_section(Console(file=out, width=120), section)
    for words in ("Speed", "on this machine", "rate", "61.0", "frames/s", "≥ 60", "yes"):
        assert words in out.getvalue()
    (figure,) = json.loads(json.dumps(section.document(), allow_nan=False))["figures"]
    assert (figure["median"], figure["reached"]) == (61.0, True)


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["warp"])
    assert stop.value.code == 2
    assert "there is no warp" in capsys.readouterr().err
