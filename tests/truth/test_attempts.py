"""Attempts with one mistake each beside their clean twins: same body, room and tempo, other than the coach's.

View, body and mistake were chosen so that the default model and the best one see the limbs at fault: what holds here
does not hold for every view. From the right the default model loses a kicking leg and a punching arm, and then a low
kick costs nothing. What another model cannot see is named in `MISTAKEN`, with the reason.
"""

from __future__ import annotations

import pytest

from benchmarks.attempt_poses import MISTAKEN, MODELS, RenderedAttempt, rendered_attempts
from benchmarks.library_truth import first_sentence, is_part_named
from poseapp.scoring.wording import NOTHING, NOTHING_CLEAR, NOTHING_SURE
from poseapp.vision.models import list_models
from tests.truth.conftest import Judged
from tools.motion import ACTIONS

_ALL = {attempt.name: attempt for attempt in rendered_attempts()}
_WRONG = tuple(attempt for attempt in _ALL.values() if attempt.mistake)
_CLEAN = tuple(attempt for attempt in _ALL.values() if not attempt.mistake)
_PAIRS = [(attempt, model) for attempt in _WRONG for model in MODELS]
_FAIR = [(attempt, model) for attempt, model in _PAIRS if (model, attempt.name) not in MISTAKEN]
_UNFAIR = [(attempt, model) for attempt, model in _PAIRS if (model, attempt.name) in MISTAKEN]
_MARGIN = 15
_PRAISE = 50
_NAMED = 0.8
# Clean attempts of twelve that are told to change something; reached, each of them an arm or leg that the model puts
# ten degrees or more from where it is.
_NEEDLESS = {"posenet-257": 3, "posenet-353": 4, "movenet-lightning": 2, "movenet-thunder": 1}


def test_there_are_enough_and_each_has_its_twin() -> None:
    assert len(_WRONG) >= 10
    assert len({attempt.action for attempt in _WRONG}) >= 10
    assert {attempt.twin for attempt in _WRONG} <= _ALL.keys()
    for attempt in _WRONG:
        (mistake,) = (m for m in ACTIONS[attempt.action].mistakes if m.name == attempt.mistake)
        assert attempt.parts == mistake.parts


def _named(one: object) -> str:
    return one.name if isinstance(one, RenderedAttempt) else str(one)


def test_all_models_are_asked_and_there_are_hardly_any_exceptions() -> None:
    assert set(MODELS) == {model.name for model in list_models()}
    assert len(_UNFAIR) == len(MISTAKEN) <= 1
    assert not {model for model, _ in MISTAKEN} & {"posenet-257", "movenet-lightning", "movenet-thunder"}


@pytest.mark.parametrize(("attempt", "model"), _FAIR, ids=_named)
def test_a_mistake_costs_clearly(attempt: RenderedAttempt, model: str, card_of: Judged) -> None:
    clean, wrong = card_of(_ALL[attempt.twin], model), card_of(attempt, model)
    assert clean.total is not None
    assert wrong.total is not None, wrong.reason
    assert wrong.total <= clean.total - _MARGIN, first_sentence(wrong)


@pytest.mark.parametrize(("attempt", "model"), _UNFAIR, ids=_named)
def test_what_a_model_mistakes_it_does_not_praise(attempt: RenderedAttempt, model: str, card_of: Judged) -> None:
    for one in (_ALL[attempt.twin], attempt):
        assert (card_of(one, model).total or 0) < _PRAISE


@pytest.mark.parametrize("model", MODELS)
def test_the_first_sentence_names_the_part_at_fault(model: str, card_of: Judged) -> None:
    cards = {attempt: card_of(attempt, model) for attempt in _WRONG}
    missed = {a.name: first_sentence(card) for a, card in cards.items() if not is_part_named(card, a)}
    assert len(missed) <= (1 - _NAMED) * len(cards) + 1e-9, missed


@pytest.mark.parametrize("model", MODELS)
def test_who_did_nothing_wrong_is_told_to_change_nothing(model: str, card_of: Judged) -> None:
    """Another body in another room is seen differently all over; only what stands out from that may be named."""
    told = {a.name: first_sentence(card_of(a, model)) for a in _CLEAN if card_of(a, model).feedback}
    assert len(told) <= _NEEDLESS[model], told


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("attempt", _CLEAN, ids=lambda attempt: attempt.name)
def test_what_is_said_without_a_correction_fits_the_score(
    attempt: RenderedAttempt, model: str, card_of: Judged
) -> None:
    card = card_of(attempt, model)
    assert card.total is not None
    if not card.feedback:
        shown = round(card.total)
        said = NOTHING if shown >= 90 else NOTHING_SURE if shown >= 70 else NOTHING_CLEAR
        assert first_sentence(card) == said
