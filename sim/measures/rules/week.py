"""The typical week: what comes on each day of the week, and how many of each day the horizon holds."""

from __future__ import annotations

from typing import NamedTuple

from sim.units import DAY, DAYS, WEEK

Seven = tuple[float, ...]
"""A number for each day of the week, Monday first."""


class Week(NamedTuple):
    """The horizon by days of the week."""

    days: Seven
    """How many of each the horizon holds; a day that is cut counts by its part."""
    problems: Seven
    """Problems that appeared on them in the horizon."""
    calls: Seven
    """Calls dialled on them in the horizon."""

    @property
    def weeks(self) -> float:
        """Length of the horizon in weeks."""
        return sum(self.days) / len(DAYS)


def days_between(start: float, stop: float) -> Seven:
    """Return how many Mondays, Tuesdays, ... lie between two times (min from a Monday 00:00).

    Examples
    --------
    >>> days_between(720, 10080)
    (0.5, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0)
    """
    return tuple((_minutes_upto(stop, day) - _minutes_upto(start, day)) / DAY for day in range(len(DAYS)))


def _minutes_upto(time: float, day: int) -> float:
    weeks, rest = divmod(time, WEEK)
    return weeks * DAY + min(max(rest - day * DAY, 0.0), DAY)
