"""Rendered attempts are told apart among the whole built-in library, whichever of the models looked at them."""

from __future__ import annotations

import pytest

from benchmarks.attempt_poses import BUILT_IN, MODELS, rendered_attempts
from benchmarks.library_truth import Recognised, recognised


@pytest.fixture(scope="module")
def found() -> list[Recognised]:
    """What every attempt is taken for, clean or not; bodies and tempo differ from the coach's."""
    return recognised(rendered_attempts())


def test_the_library_holds_twelve_movements_from_three_sides() -> None:
    assert len({(entry.action, entry.view) for entry in BUILT_IN.entries()}) == 36


@pytest.mark.parametrize("model", MODELS)
def test_action_and_view_are_recognised(found: list[Recognised], model: str) -> None:
    mine = [one for one in found if one.model == model]
    wrong = [str(one) for one in mine if not one.is_right]
    assert len(mine) >= 20
    assert len(wrong) <= 0.05 * len(mine), wrong
