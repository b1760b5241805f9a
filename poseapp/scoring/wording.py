"""Feedback as sentences, from templates that a translator can exchange. Knows no Qt.

Every template is a whole sentence; only numbers and the name of a body part are put in. A translation is a mapping
from the English text to another, or any function that does the same (such as ``QCoreApplication.translate``).
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from poseapp.scoring.card import SLOWEST, FeedbackItem, ScoreCard, Span, Timing

__all__ = [
    "NAMES",
    "NOTHING",
    "NOTHING_BUT_TIMING",
    "NOTHING_CLEAR",
    "NOTHING_SURE",
    "SENTENCES",
    "SHORT",
    "WITHOUT_AMOUNT",
    "sentence",
    "sentences",
    "short_sentence",
    "timing_sentence",
    "timing_sentences",
]

Translate = Callable[[str], str]

_PERFECT = 90.0  # total from which there is nothing to change
_CLOSE = 70.0  # and from which it is close
_SAME_PERCENT = 10
_TIMES = 2.0  # tempo from which "times as fast" says more than per cent

#: Said when there is nothing to change.
NOTHING: Final = "Nothing to change. Try it slower or faster."

#: Said when the form is right and the timing is not.
NOTHING_BUT_TIMING: Final = "Nothing to change in your form. Keep the coach's rhythm."

#: Said when the score is lower than that of a perfect repeat, and nothing is surely at fault.
NOTHING_SURE: Final = "Close to the coach: nothing stands out."

#: The same for a score that is not close.
NOTHING_CLEAR: Final = "Not quite the coach's movement, but no single part stands out. Watch the coach once more."

#: (quantity, direction) -> what to do, how much, when. ``{part}`` is a name from `NAMES`, one thing or several.
SENTENCES: Final = MappingProxyType(
    {
        ("elbow_bend", "more"): "Straighten your {part}: {amount}° more bent than the coach's at {time} s.",
        ("elbow_bend", "less"): "Bend your {part} more: {amount}° straighter than the coach's at {time} s.",
        ("knee_bend", "more"): "Bend your {part} less: {found}° instead of {wanted}° at {time} s.",
        ("knee_bend", "less"): "Bend your {part} more: {found}° instead of {wanted}° at {time} s.",
        ("arm_height", "more"): "Hold your {part} lower: {amount}° higher than the coach's at {time} s.",
        ("arm_height", "less"): "Raise your {part} higher: {amount}° lower than the coach's at {time} s.",
        ("thigh_height", "more"): "Lift your {part} less: {amount}° higher than the coach's at {time} s.",
        ("thigh_height", "less"): "Lift your {part} higher: {amount}° lower than the coach's at {time} s.",
        ("lean_forward", "more"): "Stand more upright: {amount}° further forward than the coach at {time} s.",
        ("lean_forward", "less"): "Lean further forward: {amount}° less than the coach at {time} s.",
        ("lean_back", "more"): "Lean back less: {amount}° further than the coach at {time} s.",
        ("lean_back", "less"): "Lean further back: {amount}° less than the coach at {time} s.",
        ("lean_left", "more"): "Lean less to your left: {amount}° further than the coach at {time} s.",
        ("lean_left", "less"): "Lean further to your left: {amount}° less than the coach at {time} s.",
        ("lean_right", "more"): "Lean less to your right: {amount}° further than the coach at {time} s.",
        ("lean_right", "less"): "Lean further to your right: {amount}° less than the coach at {time} s.",
        ("shoulder_height", "more"): "Keep your shoulders lower, as the coach does at {time} s.",
        ("shoulder_height", "less"): "Lift your shoulders higher, as the coach does at {time} s.",
        (
            "head_tilt_forward",
            "more",
        ): "Hold your head further back: {amount}° further forward than the coach's at {time} s.",
        ("head_tilt_forward", "less"): "Hold your head further forward: {amount}° less than the coach at {time} s.",
        ("head_tilt_back", "more"): "Tilt your head back less: {amount}° further than the coach at {time} s.",
        ("head_tilt_back", "less"): "Tilt your head further back: {amount}° less than the coach at {time} s.",
        ("head_tilt_left", "more"): "Tilt your head less to your left: {amount}° further than the coach at {time} s.",
        ("head_tilt_left", "less"): "Tilt your head further to your left: {amount}° less than the coach at {time} s.",
        (
            "head_tilt_right",
            "more",
        ): "Tilt your head less to your right: {amount}° further than the coach at {time} s.",
        (
            "head_tilt_right",
            "less",
        ): "Tilt your head further to your right: {amount}° less than the coach at {time} s.",
        ("delay", "more"): "Move your {part} earlier: {seconds} s late at {time} s.",
        ("delay", "less"): "Move your {part} later: {seconds} s early at {time} s.",
        ("motion", "more"): "Keep your {part} still, as the coach does at {time} s.",
        ("motion", "less"): "Move your {part} too, as the coach does at {time} s.",
        ("position", "other"): "Hold your {part} as the coach does at {time} s.",
        ("movement", "still"): "You hardly moved.",
        ("movement", "unsteady"): "I could not follow you: the skeleton jumped about. More light may help.",
        (
            "movement",
            "other",
        ): "That did not look like the coach's movement: another one, or seen from another side.",
    }
)

#: The same where the picture shows no angle that means something: a limb that points at the camera.
WITHOUT_AMOUNT: Final = MappingProxyType(
    {
        ("elbow_bend", "more"): "Straighten your {part} at {time} s.",
        ("elbow_bend", "less"): "Bend your {part} more at {time} s.",
        ("knee_bend", "more"): "Bend your {part} less at {time} s.",
        ("knee_bend", "less"): "Bend your {part} more at {time} s.",
        ("arm_height", "more"): "Hold your {part} lower at {time} s.",
        ("arm_height", "less"): "Raise your {part} higher at {time} s.",
        ("thigh_height", "more"): "Lift your {part} less at {time} s.",
        ("thigh_height", "less"): "Lift your {part} higher at {time} s.",
        ("lean_forward", "more"): "Stand more upright, as the coach does at {time} s.",
        ("lean_forward", "less"): "Lean further forward, as the coach does at {time} s.",
        ("lean_back", "more"): "Lean back less, as the coach does at {time} s.",
        ("lean_back", "less"): "Lean further back, as the coach does at {time} s.",
        ("lean_left", "more"): "Lean less to your left, as the coach does at {time} s.",
        ("lean_left", "less"): "Lean further to your left, as the coach does at {time} s.",
        ("lean_right", "more"): "Lean less to your right, as the coach does at {time} s.",
        ("lean_right", "less"): "Lean further to your right, as the coach does at {time} s.",
        ("head_tilt_forward", "more"): "Hold your head further back, as the coach does at {time} s.",
        ("head_tilt_forward", "less"): "Hold your head further forward, as the coach does at {time} s.",
        ("head_tilt_back", "more"): "Tilt your head back less, as the coach does at {time} s.",
        ("head_tilt_back", "less"): "Tilt your head further back, as the coach does at {time} s.",
        ("head_tilt_left", "more"): "Tilt your head less to your left, as the coach does at {time} s.",
        ("head_tilt_left", "less"): "Tilt your head further to your left, as the coach does at {time} s.",
        ("head_tilt_right", "more"): "Tilt your head less to your right, as the coach does at {time} s.",
        ("head_tilt_right", "less"): "Tilt your head further to your right, as the coach does at {time} s.",
    }
)

#: What to do in up to six words, for 3 m and for a voice.
SHORT: Final = MappingProxyType(
    {
        ("elbow_bend", "more"): "Straighten your {part}",
        ("elbow_bend", "less"): "Bend your {part} more",
        ("knee_bend", "more"): "Bend your {part} less",
        ("knee_bend", "less"): "Bend your {part} more",
        ("arm_height", "more"): "Hold your {part} lower",
        ("arm_height", "less"): "Raise your {part} higher",
        ("thigh_height", "more"): "Lift your {part} less",
        ("thigh_height", "less"): "Lift your {part} higher",
        ("lean_forward", "more"): "Stand more upright",
        ("lean_forward", "less"): "Lean further forward",
        ("lean_back", "more"): "Lean back less",
        ("lean_back", "less"): "Lean further back",
        ("lean_left", "more"): "Lean less to your left",
        ("lean_left", "less"): "Lean further to your left",
        ("lean_right", "more"): "Lean less to your right",
        ("lean_right", "less"): "Lean further to your right",
        ("shoulder_height", "more"): "Keep your shoulders lower",
        ("shoulder_height", "less"): "Lift your shoulders higher",
        ("head_tilt_forward", "more"): "Hold your head further back",
        ("head_tilt_forward", "less"): "Hold your head further forward",
        ("head_tilt_back", "more"): "Tilt your head back less",
        ("head_tilt_back", "less"): "Tilt your head further back",
        ("head_tilt_left", "more"): "Tilt your head less left",
        ("head_tilt_left", "less"): "Tilt your head further left",
        ("head_tilt_right", "more"): "Tilt your head less right",
        ("head_tilt_right", "less"): "Tilt your head further right",
        ("delay", "more"): "Move your {part} earlier",
        ("delay", "less"): "Move your {part} later",
        ("motion", "more"): "Keep your {part} still",
        ("motion", "less"): "Move your {part} too",
        ("position", "other"): "Watch your {part}",
        ("movement", "still"): "You hardly moved",
        ("movement", "unsteady"): "I could not follow you",
        ("movement", "other"): "That looked like another movement",
    }
)

#: What a part is called within a sentence: by quantity where the joint matters, else by body part.
NAMES: Final = MappingProxyType(
    {
        ("elbow_bend", "left_arm"): "left elbow",
        ("elbow_bend", "right_arm"): "right elbow",
        ("elbow_bend", "arms"): "elbows",
        ("knee_bend", "left_leg"): "left knee",
        ("knee_bend", "right_leg"): "right knee",
        ("knee_bend", "legs"): "knees",
        ("thigh_height", "left_leg"): "left knee",
        ("thigh_height", "right_leg"): "right knee",
        ("thigh_height", "legs"): "knees",
        ("", "left_arm"): "left arm",
        ("", "right_arm"): "right arm",
        ("", "arms"): "arms",
        ("", "left_leg"): "left leg",
        ("", "right_leg"): "right leg",
        ("", "legs"): "legs",
        ("", "trunk"): "upper body",
        ("", "head"): "head",
        ("", "body"): "body",
    }
)


def sentence(item: FeedbackItem, translate: Translate = str) -> str:
    """What to do, how much and when, to be read near the screen."""
    key = item.quantity, item.direction
    plain = WITHOUT_AMOUNT.get(key) if item.amount is None else None
    return _filled(plain or SENTENCES[key], item, translate)


def short_sentence(item: FeedbackItem, translate: Translate = str) -> str:
    """What to do, in up to six words."""
    return _filled(SHORT[item.quantity, item.direction], item, translate)


def sentences(card: ScoreCard, translate: Translate = str) -> tuple[str, ...]:
    """All that is to be said about a card, most important first; the reason when there is no total."""
    if card.total is None:
        return (translate(card.reason),)
    if not card.feedback:
        return (translate(_nothing(card)),)
    return tuple(sentence(item, translate) for item in card.feedback)


def timing_sentence(timing: Timing, translate: Translate = str) -> str:
    """The tempo in words, and where most time was gained or lost when it was uneven."""
    tempo, *uneven = timing_sentences(timing, translate)
    if not uneven:
        return tempo
    spans = _spans(timing)
    worst = max(range(len(spans)), key=lambda i: abs(timing.lost(spans[i])))
    return f"{tempo} {uneven[worst]}"


def timing_sentences(timing: Timing, translate: Translate = str) -> tuple[str, ...]:
    """The tempo in words, then every stretch in which time was gained or lost, in the order of the movement."""
    return (_tempo(timing, translate), *(_uneven(timing, span, translate) for span in _spans(timing)))


def _nothing(card: ScoreCard) -> str:
    """What is said of a card that blames no part: as much as its numbers bear out."""
    total = 0 if card.total is None else round(card.total)  # as it is shown beside the sentence
    if total < _CLOSE:
        return NOTHING_CLEAR
    if total < _PERFECT:
        return NOTHING_SURE
    return NOTHING_BUT_TIMING if card.timing is not None and _spans(card.timing) else NOTHING


def _tempo(timing: Timing, translate: Translate) -> str:
    ratio = max(timing.tempo_ratio, SLOWEST)
    percent = round(100 * abs(ratio - 1))
    if percent < _SAME_PERCENT:
        # "Your tempo was the coach's" would deny what the next sentence says.
        even = "Overall your tempo was the coach's." if _spans(timing) else "Your tempo was the coach's."
        return translate(even)
    if ratio >= _TIMES:
        return translate("You were {times} times as fast as the coach.").format(times=f"{ratio:.1f}")
    if ratio <= 1 / _TIMES:
        return translate("You took {times} times as long as the coach.").format(times=f"{1 / ratio:.1f}")
    if ratio > 1:
        return translate("You were {percent} % faster than the coach.").format(percent=percent)
    return translate("You were {percent} % slower than the coach.").format(percent=percent)


def _spans(timing: Timing) -> tuple[Span, ...]:
    return tuple(sorted((*timing.hurried, *timing.hesitated), key=lambda span: span.reference_start))


def _uneven(timing: Timing, span: Span, translate: Translate) -> str:
    lost = timing.lost(span)
    template = (
        "At {start}–{end} s you hesitated and lost {seconds} s."
        if lost > 0
        else "At {start}–{end} s you hurried and gained {seconds} s."
    )
    return translate(template).format(
        start=f"{span.reference_start:.1f}", end=f"{span.reference_end:.1f}", seconds=f"{abs(lost):.1f}"
    )


def _filled(template: str, item: FeedbackItem, translate: Translate) -> str:
    name = NAMES.get((item.quantity, item.part)) or NAMES["", item.part]
    return translate(template).format(
        part=translate(name),
        amount=_whole(item.amount),
        found=_whole(item.found),
        wanted=_whole(item.wanted),
        seconds="" if item.amount is None else f"{item.amount:.1f}",
        time=f"{item.reference_t:.1f}",
    )


def _whole(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}"
