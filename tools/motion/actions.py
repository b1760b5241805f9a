"""The vocabulary of movements."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from . import actions_arms, actions_body, actions_boxing, actions_legs
from .action import Action

__all__ = ["ACTIONS", "HELD_OUT", "TUNING"]

_ALL = (*actions_arms.ACTIONS, *actions_legs.ACTIONS, *actions_boxing.ACTIONS, *actions_body.ACTIONS)

#: Every action by name.
ACTIONS: Final = MappingProxyType({action.name: action for action in _ALL})
#: Those a scoring method may be tuned on.
TUNING: Final[tuple[Action, ...]] = tuple(a for a in _ALL if not a.held_out)
#: Those it must not have been tuned on.
HELD_OUT: Final[tuple[Action, ...]] = tuple(a for a in _ALL if a.held_out)
