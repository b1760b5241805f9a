"""The vocabulary of movements."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from . import actions_arms, actions_body, actions_boxing, actions_legs, actions_unseen
from .action import Action

__all__ = ["ACTIONS", "HELD_OUT", "TUNING", "UNSEEN"]

_KNOWN = (*actions_arms.ACTIONS, *actions_legs.ACTIONS, *actions_boxing.ACTIONS, *actions_body.ACTIONS)

#: Those a scoring method may be tuned on.
TUNING: Final[tuple[Action, ...]] = tuple(a for a in _KNOWN if not a.held_out)
#: Those it must not have been tuned on. By now their scores have been looked at.
HELD_OUT: Final[tuple[Action, ...]] = tuple(a for a in _KNOWN if a.held_out)
#: Those written without knowing how any method does on them.
UNSEEN: Final[tuple[Action, ...]] = actions_unseen.ACTIONS
#: Every action by name.
ACTIONS: Final = MappingProxyType({action.name: action for action in (*_KNOWN, *UNSEEN)})
