"""Similarity over time as JSON, CSV and text, gaps included."""

from __future__ import annotations

import csv
import io
import json

import msgspec
import numpy as np
import pytest
from rich.console import Console

from poseapp.report.similarity_files import similarity_csv, similarity_document, similarity_text
from poseapp.scoring import SimilarityTrace

TRACE = SimilarityTrace(np.array([0.0, 0.5, 1.0, 1.5]), np.array([0.80001, np.nan, 1.0, 0.92]))
NOTHING = SimilarityTrace(np.array([0.0, 0.5]), np.array([np.nan, np.nan]))


def _shown(trace: SimilarityTrace) -> list[str]:
    console = Console(file=io.StringIO(), width=80, color_system=None)
    console.print(similarity_text(trace))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def test_the_document_has_null_where_nothing_could_be_compared() -> None:
    text = msgspec.json.encode(similarity_document(TRACE)).decode()
    assert json.loads(text, parse_constant=pytest.fail) == {
        "format": "poseapp-similarity",
        "version": 1,
        "best": {"t": 1.0, "similarity": 1.0},
        "compared_count": 3,
        "t": [0.0, 0.5, 1.0, 1.5],
        "similarity": [0.8, None, 1.0, 0.92],
    }
    assert similarity_document(NOTHING)["best"] is None


def test_the_csv_has_an_empty_cell_there() -> None:
    rows = list(csv.reader(io.StringIO(similarity_csv(TRACE))))
    assert rows == [
        ["t", "similarity"],
        ["0.0000", "0.8000"],
        ["0.5000", ""],
        ["1.0000", "1.0000"],
        ["1.5000", "0.9200"],
    ]


def test_the_text_names_the_best_moment_and_draws_a_curve_with_a_gap() -> None:
    lines = _shown(TRACE)
    assert lines[0] == "Best 1.000 at 1.00 s"
    assert lines[1].startswith("3 of 4 poses compared; 0.800 to 1.000, mean 0.907.")
    # 1.5 s in 60 cells: 0 s is the first, 1 s the 40th (from 0), 1.5 s the last.
    assert lines[3] == "▁" + " " * 39 + "█" + " " * 18 + "▅"
    assert lines[4].split() == ["0.00", "1.50", "s"]


def test_the_text_of_one_value_and_of_none() -> None:
    assert "█" in _shown(SimilarityTrace(np.array([2.0]), np.array([0.9])))[3]
    assert _shown(NOTHING) == ["Nothing could be compared."]
