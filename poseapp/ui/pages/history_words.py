"""The history in words: what was practised, when, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from poseapp.errors import PoseAppError
from poseapp.library.history import AttemptRecord, Manner, PracticedReference, Progress
from poseapp.scoring.wording import NOTHING
from poseapp.ui.flow.history import Contents
from poseapp.ui.pages.history_figures import Change, best_attempt, comparable, judged, manner_shown
from poseapp.ui.when_words import date_words, day_words, local, moment_words
from poseapp.ui.widgets.attempts_list import AttemptRow
from poseapp.ui.widgets.progress_chart import ChartPoint
from poseapp.ui.words import STRICTNESSES, score_words, strictness_words, tr, view_chip_words
from poseapp.vision.models import list_models

__all__ = [
    "attempt_rows",
    "change_icon",
    "change_words",
    "chart_points",
    "count_words",
    "manner_words",
    "named_words",
    "practised_words",
    "title_words",
]


def title_words(reference: PracticedReference) -> str:
    """What a person calls what was practised; a clip by its name, with spaces and a capital."""
    if reference.title and not reference.name.startswith(f"{reference.title}."):
        return reference.title
    name = (reference.title or reference.name).replace("_", " ")
    return name[:1].upper() + name[1:]


def count_words(contents: Contents, now: datetime) -> str:
    """How many attempts since when; empty without any."""
    if not contents.count:
        return ""
    first = min(progress.ended_at[0] for progress in contents.progress)
    day = day_words(local(first).date(), now.date())
    if contents.count == 1:
        return tr("1 attempt, {day}", day=day)
    return tr("{count} attempts since {day}", count=contents.count, day=day)


def practised_words(progress: Progress) -> str:
    """A movement with its last score, as it is read out."""
    title, view = title_words(progress.reference), view_chip_words(progress.reference.view)
    score = score_words(progress.last)
    if view:
        return tr("{title}, {view}: {score}", title=title, view=view, score=score)
    return tr("{title}: {score}", title=title, score=score)


def change_words(change: Change | None, today: date) -> str:
    """How much more or less than before; empty without a before."""
    if change is None:
        return ""
    if change.since is None:
        more = tr("{points} more than the time before")
        less, same = tr("{points} less than the time before"), tr("The same as the time before")
    elif change.since == today - timedelta(days=1):
        more = tr("{points} more than yesterday")
        less, same = tr("{points} less than yesterday"), tr("The same as yesterday")
    else:
        more = tr("{points} more than on {day}")
        less, same = tr("{points} less than on {day}"), tr("The same as on {day}")
    template = more if change.points > 0 else less if change.points < 0 else same
    day = "" if change.since is None else date_words(change.since, today)
    return template.format(points=abs(change.points), day=day)


def change_icon(change: Change) -> tuple[str, str]:
    """Icon and colour token of a change; its direction is in the shape."""
    if change.points > 0:
        return "trending-up", "green"
    return ("trending-down", "amber") if change.points < 0 else ("trending-neutral", "text2")


def chart_points(attempts: Sequence[AttemptRecord], now: datetime) -> list[ChartPoint]:
    """The attempts (newest first) that have a total, oldest first."""
    shown = manner_shown(attempts)
    titles = _model_titles()
    points = []
    for attempt, total in judged(attempts):
        at = local(attempt.ended_at)
        day = day_words(at.date(), now.date(), short=True)
        other = manner_words(attempt.manner, shown, titles)
        points.append(ChartPoint(attempt.id or 0, total, day, moment_words(at, now), other))
    return points


def manner_words(manner: Manner, shown: Manner | None, titles: Mapping[str, str]) -> str:
    """In what an attempt was judged otherwise than those it is shown among; empty when in nothing.

    Parameters
    ----------
    manner, shown : Manner
        Of the attempt, and of the others.
    titles : mapping
        Titles of models by name.
    """
    if shown is None or manner == shown:
        return ""
    differing = []
    if manner.method != shown.method:
        differing.append(tr("method {name}", name=manner.method))
    elif manner.strictness != shown.strictness:
        known = next((level for level in STRICTNESSES if level == manner.strictness), None)
        words = manner.strictness if known is None else strictness_words(known).lower()
        differing.append(words or tr("how strict is not known"))
    if manner.model != shown.model:
        differing.append(titles.get(manner.model, manner.model) or tr("the model is not known"))
    return tr("Judged otherwise: {how}", how="; ".join(differing))


def attempt_rows(attempts: Sequence[AttemptRecord], now: datetime) -> list[AttemptRow]:
    """The attempts, newest first, as the list shows them."""
    shown, titles = manner_shown(attempts), _model_titles()
    alike = comparable(attempts)
    best = best_attempt(alike)
    several = sum(attempt.total is not None for attempt in alike) > 1
    rows = []
    for attempt in attempts:
        when = moment_words(local(attempt.ended_at), now, short=True)
        words = _sentence(attempt)
        timing = "" if attempt.timing is None else tr("timing {score}", score=round(attempt.timing))
        is_best = several and attempt.id == best
        other = "" if attempt.total is None else manner_words(attempt.manner, shown, titles)
        told = (when, score_words(attempt.total), words, timing, other, tr("best") if is_best else "")
        spoken = ", ".join(part.rstrip(".") for part in told if part)
        rows.append(AttemptRow(attempt.id or 0, when, attempt.total, words, timing, is_best, spoken, other))
    return rows


def named_words(attempt: AttemptRecord, now: datetime) -> tuple[str, str]:
    """The attempt by its name, for the question before it is removed: the question, and what is lost."""
    reference = attempt.reference
    title, view = title_words(reference), view_chip_words(reference.view)
    name = tr("{title}, {view}", title=title, view=view) if view else title
    asked = tr("Remove the attempt of {when}?", when=moment_words(local(attempt.ended_at), now))
    if attempt.total is None:
        return asked, tr("{name}, without a score. Its skeletons are gone for good.", name=name)
    text = tr(
        "{name}, score {score}. The score and the skeletons are gone for good.", name=name, score=round(attempt.total)
    )
    return asked, text


def _model_titles() -> Mapping[str, str]:
    try:
        return {model.name: model.title for model in list_models()}
    except PoseAppError:  # then their names have to do
        return {}


def _sentence(attempt: AttemptRecord) -> str:
    if attempt.total is None:
        return tr(attempt.reason) if attempt.reason else tr("Too little was seen.")
    if attempt.sentence:
        return attempt.sentence
    return tr(NOTHING) if attempt.form is not None else ""
