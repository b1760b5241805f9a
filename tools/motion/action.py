"""What an action is: a function from error parameters to keyframes, and what is known about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .timeline import Timeline

__all__ = ["Action", "Mistake"]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A way to do this action wrongly, as a trainer would name it.

    Parameters
    ----------
    name : str
        Short, unique within the action, such as ``shallow``.
    errors : dict
        Error parameters that make it, at full severity.
    parts : tuple of str
        Body parts in which the mistake lies: ``left_arm`` .. ``right_leg``, ``trunk``.
    segments : tuple of str
        Keypoints whose segment (the bone from the parent to it) is the cause; any of them is a right answer.
    kind : str
        ``amplitude``, ``offset`` or ``missing``.
    quantity, direction : str
        What is wrong and which way, such as ``knee bend`` and ``less``.
    """

    name: str
    errors: dict[str, float]
    parts: tuple[str, ...]
    segments: tuple[str, ...]
    kind: str
    quantity: str
    direction: str


@dataclass(frozen=True, slots=True)
class Action:
    """One movement.

    Parameters
    ----------
    name, title : str
        For code and for people.
    keyframes : callable
        Error parameters (keyword only, all with the correct technique as default) to one repetition.
    held_out : bool
        Kept apart while a scoring method is tuned.
    own_reverse : bool
        Played backwards it is the same movement, or that of the other side (right knee then left knee).
    symmetric : bool
        Left and right do the same at the same time, so the mirror image is the same movement.
    small : bool
        Joints travel little (a shrug).
    movers : tuple of str
        Body parts that do the work.
    includes : tuple of str
        Names of actions that are done on the way, so that this one may score as them.
    mistakes : tuple of Mistake
        Known ways to do it wrongly.
    cue : str
        One line of technique.
    """

    name: str
    title: str
    keyframes: Callable[..., Timeline]
    movers: tuple[str, ...]
    held_out: bool = False
    own_reverse: bool = True
    symmetric: bool = True
    small: bool = False
    includes: tuple[str, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    cue: str = ""
