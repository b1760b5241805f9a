"""The built-in library against its truth: poses, scores and recognition of bodies whose joints and faults are known.

``python -m benchmarks truth``. The pictures are clean and show one person, so this is what can be reached at best.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from benchmarks.attempt_poses import (
    BUILT_IN,
    MISTAKEN,
    MODELS,
    RenderedAttempt,
    attempt_poses,
    coach_reference,
    rendered_attempts,
)
from benchmarks.figures import Figure, Section
from benchmarks.options import Options
from benchmarks.scoring_parts.named import parts_named
from benchmarks.truth import BODY_JOINTS, distances_in_torsos, pictures_of
from poseapp.library.entry import Entry
from poseapp.library.reference import VIEWS
from poseapp.pose import PoseSequence
from poseapp.scoring import ScoreCard, Strictness
from poseapp.scoring.form import DEFAULT_STRICTNESS, FormScorer
from poseapp.scoring.recognition import Candidate, Recognition, RecognitionLibrary
from poseapp.scoring.wording import sentences
from poseapp.vision.estimators import create_estimator
from poseapp.vision.tracker import PoseTracker

__all__ = [
    "PCK",
    "Recognised",
    "first_sentence",
    "is_part_named",
    "judged",
    "library_errors",
    "recognised",
    "recognised_without_it",
    "repeated",
    "run",
    "share_found",
]

#: A joint counts as found within this share of the torso's length.
PCK = 0.2
_MARGIN, _NAMED, _RECOGNISED = 15.0, 0.8, 0.95
_PAUSES = (0, 20)  # pictures between repetitions
_AIMS = {(model, view): 0.97 for model in ("movenet-lightning", "movenet-thunder") for view in VIEWS}
_AIMS |= {(model, "front"): 0.92 for model in ("posenet-257", "posenet-353")}


@dataclass(frozen=True, slots=True)
class Recognised:
    """What an attempt was taken for."""

    attempt: RenderedAttempt
    model: str
    found: Recognition

    @property
    def best(self) -> Candidate:
        """The first candidate, sure or not."""
        return self.found.candidates[0]

    @property
    def is_right(self) -> bool:
        """Action and view of the first candidate, sure or not.

        A movement that is alike on both sides may be found mirrored, from the other side.
        """
        return (self.best.name, self.best.view) == (self.attempt.action, self.attempt.view)

    @property
    def is_sure(self) -> bool:
        """Whether a person is told that it is the first candidate."""
        return not self.found.doubt

    def __str__(self) -> str:
        side = ", by the other side" if self.best.mirrored else ""
        doubt = f", not sure: {self.found.doubt}" if self.found.doubt else ""
        return f"{self.model}: {self.attempt.name} is {self.best.name} {self.best.view}{side}{doubt}"


def library_errors(
    entries: Iterable[Entry], models: Iterable[str] = MODELS, step: int = 1
) -> dict[tuple[str, str], NDArray[np.float64]]:
    """Distances of visible body joints to the truth, by model and view.

    Every `step`-th picture counts. Where pictures are left out, the tracker begins anew with the one before, so that
    its square lies where it would lie if none had been.

    Returns
    -------
    dict
        (model, view) -> distances in torso lengths, shape (joints seen in all pictures,).
    """
    found: dict[tuple[str, str], list[NDArray[np.float64]]] = {}
    trackers = {model: PoseTracker(create_estimator(model)) for model in models}
    for entry in entries:
        for model, errors in _entry_errors(entry, trackers, step).items():
            found.setdefault((model, entry.view), []).append(errors)
    for tracker in trackers.values():
        tracker.close()
    return {key: np.concatenate(errors) for key, errors in found.items()}


def _entry_errors(entry: Entry, trackers: Mapping[str, PoseTracker], step: int) -> dict[str, NDArray[np.float64]]:
    truth = BUILT_IN.truth(entry)
    if truth is None:
        raise RuntimeError(f"the reference {entry.name} brings no truth")
    found: dict[str, list[NDArray[np.float64]]] = {model: [] for model in trackers}
    for number, bgr in pictures_of(entry.clip):
        counts = number % step == step // 2
        begins = (number + 1) % step == step // 2 if step > 1 else number == 0
        seen = truth.confidence[number, BODY_JOINTS] > 0
        for model, tracker in trackers.items() if counts or begins else ():
            if begins:
                tracker.reset()
            pose = tracker.track(bgr).pose
            if counts:
                distance = distances_in_torsos(pose, truth.xy[number].astype(np.float64))
                found[model].append(distance[BODY_JOINTS][seen])
    return {model: np.concatenate(errors) for model, errors in found.items()}


def share_found(errors: NDArray[np.float64]) -> float:
    """PCK@0.2: the share of joints within a fifth of the torso's length of the truth."""
    return float((errors <= PCK).mean())


def judged(attempt: RenderedAttempt, model: str, strictness: Strictness = DEFAULT_STRICTNESS) -> ScoreCard:
    """The attempt against the coach's reference of its action and view, as the program judges it."""
    reference = coach_reference(attempt, model)
    return FormScorer(strictness).score(reference.poses, attempt_poses(attempt, model), reference.keypoints)


def first_sentence(card: ScoreCard) -> str:
    """What a person is told first."""
    return sentences(card)[0]


def is_part_named(card: ScoreCard, attempt: RenderedAttempt) -> bool:
    """Whether the first thing that is said lies in a body part in which the mistake was made."""
    named = parts_named(card)
    return bool(named) and named[0][0] <= set(attempt.parts)


def repeated(poses: PoseSequence, times: int, pause: int = 0) -> PoseSequence:
    """The same attempt several times, one after the other, with `pause` pictures of its last pose in between."""
    count, step = len(poses.t), float(np.median(np.diff(poses.t)))
    once = np.r_[np.arange(count), np.full(pause, count - 1)]
    frames = np.tile(once, times)[: times * len(once) - pause]
    return PoseSequence(poses.xy[frames], poses.confidence[frames], poses.t[0] + step * np.arange(len(frames)))


def recognised(
    attempts: Iterable[RenderedAttempt], models: Iterable[str] = MODELS, times: int = 1, pause: int = 0
) -> list[Recognised]:
    """What the attempts are taken for, by the poses kept in the library, as ``poseapp recognise`` does it.

    With `times` and `pause` they are repeated before, see :func:`repeated`.
    """
    return _recognised(_whole_library(), attempts, tuple(models), times, pause)


def recognised_without_it(attempts: Iterable[RenderedAttempt], models: Iterable[str] = MODELS) -> list[Recognised]:
    """What the attempts are taken for by a library that does not have the action."""
    by_action: dict[str, list[RenderedAttempt]] = {}
    for attempt in attempts:
        by_action.setdefault(attempt.action, []).append(attempt)
    kept, models = _kept(), tuple(models)
    found: list[Recognised] = []
    for action, mine in by_action.items():
        others = RecognitionLibrary(reference for reference in kept if reference[0] != action)
        found += _recognised(others, mine, models, 1, 0)
    return found


@cache
def _whole_library() -> RecognitionLibrary:
    return RecognitionLibrary(_kept())


def _kept() -> list[tuple[str, str, PoseSequence]]:
    return [(entry.action, entry.view, BUILT_IN.load(entry).poses) for entry in BUILT_IN.entries()]


def _recognised(
    library: RecognitionLibrary, attempts: Iterable[RenderedAttempt], models: tuple[str, ...], times: int, pause: int
) -> list[Recognised]:
    return [
        Recognised(attempt, model, library.recognise(repeated(attempt_poses(attempt, model), times, pause)))
        for attempt in attempts
        for model in models
    ]


def run(options: Options) -> list[Section]:
    """Measure everything with all models."""
    attempts = rendered_attempts()
    options.say(f"truth: poses in {len(BUILT_IN.entries())} clips of the library")
    sections = [_poses_section()]
    for model in MODELS:
        options.say(f"truth: {len(attempts)} attempts, {model}")
        sections.append(_scores_section(attempts, model))
    options.say("truth: recognition")
    return [*sections, _recognition_section(attempts)]


def _poses_section() -> Section:
    figures = []
    for (model, view), errors in library_errors(BUILT_IN.entries()).items():
        aim = _AIMS.get((model, view))
        figures.append(
            Figure(f"{model}, {view}, found within 0.2 torso", "share", (share_found(errors),), None, aim, 3)
        )
        figures.append(Figure(f"{model}, {view}, median error", "% of torso", (100 * float(np.median(errors)),)))
    note = "visible body joints in every picture of all references, with crop and person lock."
    return Section("Poses in the built-in library", note, tuple(figures))


def _scores_section(attempts: Iterable[RenderedAttempt], model: str) -> Section:
    cards = {attempt.name: (attempt, judged(attempt, model)) for attempt in attempts}
    mistaken = {name for of, name in MISTAKEN if of == model}
    unfair = mistaken | {cards[name][0].twin for name in mistaken}
    figures, told, named, normal = [], [], [], []
    for attempt, card in cards.values():
        if not attempt.mistake:
            if attempt.name not in unfair:
                normal.append(judged(attempt, model, "normal").total or 0.0)
            continue
        clean = cards[attempt.twin][1].total or 0.0
        aim = None if attempt.name in mistaken else _MARGIN
        figures.append(Figure(f"{attempt.name}: below its twin", "points", (clean - (card.total or 0.0),), None, aim))
        named.append(is_part_named(card, attempt))
        mark = " " if named[-1] else "✗"
        told.append(f"{mark} {attempt.name}: {clean:.0f} → {card.total or 0:.0f}. {first_sentence(card)}")
    figures.append(Figure("injected part named first", "share", (float(np.mean(named)),), None, _NAMED, 2))
    figures.append(Figure("clean attempts, lowest, strictness normal", "points", (min(normal),), None, 80))
    told += [f"Not asked: {name}. {why}" for (of, name), why in MISTAKEN.items() if of == model]
    return Section(f"Scores of rendered attempts, {model}", "\n".join(told), tuple(figures))


def _recognition_section(attempts: Iterable[RenderedAttempt]) -> Section:
    attempts = tuple(attempts)
    found = recognised(attempts)
    threes = [(pause, recognised(_clean(attempts), times=3, pause=pause)) for pause in _PAUSES]
    unknown = recognised_without_it(attempts)
    figures = []
    for model in MODELS:
        mine = _of(found, model)
        clean = [one for one in mine if not one.attempt.mistake]
        figures += [
            _share(f"{model}: nearest is right, action and view", [one.is_right for one in mine], _RECOGNISED),
            _share(f"{model}: clean, sure of the right one", [one.is_right and one.is_sure for one in clean]),
            _share(f"{model}: all, sure of the right one", [one.is_right and one.is_sure for one in mine]),
            Figure(
                f"{model}: sure of a wrong one", "cases", (sum(one.is_sure and not one.is_right for one in mine),), 0
            ),
        ]
        for pause, three in threes:
            name = f"{model}: clean, three times, pause {pause}, sure of the right one"
            figures.append(_share(name, [one.is_right and one.is_sure for one in _of(three, model)]))
        figures.append(
            _share(f"{model}: not in the library, refused", [not one.is_sure for one in _of(unknown, model)])
        )
    told = "\n".join(str(one) for one in found if not one.is_right or not one.is_sure) or "all are sure and right"
    note = f"{told}\nThe method's description has no goal for the shares that are sure and refused."
    return Section("Recognition of rendered attempts", note, tuple(figures))


def _clean(attempts: Iterable[RenderedAttempt]) -> list[RenderedAttempt]:
    return [attempt for attempt in attempts if not attempt.mistake]


def _of(found: Iterable[Recognised], model: str) -> list[Recognised]:
    return [one for one in found if one.model == model]


def _share(name: str, values: list[bool], at_least: float | None = None) -> Figure:
    return Figure(name, "share", (float(np.mean(values)),), None, at_least, 3)
