"""What can go wrong while building, each with a sentence that says what to do."""

from __future__ import annotations


class BuildError(Exception):
    """A model cannot be built; the message says why and what to do next."""
