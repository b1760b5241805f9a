"""A clip that gave less than its file announces: no error, for what was read is good, but not to be kept silent."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Shortfall"]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How much of a clip could be read.

    Parameters
    ----------
    clip : str
        The file's name, without its folder, as it can be shown.
    read_s : float
        Seconds from the clip's beginning to the end of the last picture that was read.
    announced_s : float
        Seconds that the file says it lasts.
    """

    clip: str
    read_s: float
    announced_s: float

    @property
    def sentence(self) -> str:
        """What was wrong, naming the file."""
        return f"Only {self.read_s:.1f} of the {self.announced_s:.1f} seconds of “{self.clip}” could be read."

    @property
    def hint(self) -> str:
        """What the person can do about it."""
        return "The file is cut off or damaged, so this is about its beginning; copy or record it again."

    def __str__(self) -> str:
        return f"{self.sentence} {self.hint}"
