"""Days and times of day in words, such as “today 14:05” and “20 November”."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from poseapp.ui.words import tr

__all__ = ["date_words", "day_words", "local", "moment_words", "now"]

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_SHORT_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def now() -> datetime:
    """This moment by the clock of this computer."""
    return datetime.now().astimezone()


def local(moment: datetime) -> datetime:
    """`moment`, which knows its time zone, by the clock of this computer."""
    return moment.astimezone()


def day_words(day: date, today: date, *, short: bool = False) -> str:
    """A day as one says it on `today`: today, yesterday, or its date, with the year when it is another.

    Parameters
    ----------
    day, today : date
    short : bool
        With the first letters of the month only.
    """
    if day == today:
        return tr("today")
    if day == today - timedelta(days=1):
        return tr("yesterday")
    return date_words(day, today, short=short)


def date_words(day: date, today: date, *, short: bool = False) -> str:
    """A date such as ``20 November``; with the year when it is not that of `today`."""
    month = tr((_SHORT_MONTHS if short else _MONTHS)[day.month - 1])
    if day.year == today.year:
        return tr("{day} {month}", day=day.day, month=month)
    return tr("{day} {month} {year}", day=day.day, month=month, year=day.year)


def moment_words(moment: datetime, now: datetime, *, short: bool = False) -> str:
    """Day and time of day, such as ``20 November, 18:41``; both moments are by the same clock."""
    day = day_words(moment.date(), now.date(), short=short)
    if short:
        return tr("{day} {time}", day=day, time=f"{moment:%H:%M}")
    return tr("{day}, {time}", day=day, time=f"{moment:%H:%M}")
