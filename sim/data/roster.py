"""A roster: who is at work when, as a table of shifts and their breaks, whatever file it came from."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from sim.asked import Kind, numbers, one_of
from sim.units import DAY, WEEK

Break = tuple[float, float]
"""From and to, in min from 00:00 of the day on which the shift begins."""
ALL = "all"
"""The one team of a roster that has no column of teams."""
_STEPS = Kind("one of 5, 10, 15, 30 or 60 (min)", lambda step: step in (5, 10, 15, 30, 60), whole=True)


@dataclass(frozen=True)
class Shift:
    """One line of a roster.

    Attributes
    ----------
    agent : str
        Empty where the roster gives numbers alone.
    agents : int
        How many work this shift: one, if there is a name.
    day : int
        Of the week, from 0 for Monday.
    date : date or None
        None where the roster is of a week without dates.
    start, end : float
        In min from 00:00 of its day; an end beyond 1440 is of the next day.
    """

    agent: str
    agents: int
    team: str
    day: int
    date: date | None
    start: float
    end: float
    breaks: tuple[Break, ...] = ()

    @property
    def minutes(self) -> float:
        """Minutes at work, breaks left out."""
        return self.end - self.start - sum(end - start for start, end in self.breaks)


@dataclass(frozen=True)
class Roster:
    """Shifts in the order of the file.

    Attributes
    ----------
    first_monday : date or None
        The Monday of the first shift's week; None where the roster has no dates, and is of every week.
    """

    shifts: tuple[Shift, ...]
    first_monday: date | None
    teams: tuple[str, ...]
    left_out: Mapping[str, int] = field(default_factory=dict, compare=False)
    warnings: tuple[str, ...] = field(default=(), compare=False)

    def __repr__(self) -> str:
        return f"<Roster: {len(self.shifts):,} shifts, {len(self.teams):,} teams>"

    @property
    def weeks(self) -> int:
        """Weeks that the roster goes over; one where it has no dates."""
        days = [shift.date for shift in self.shifts if shift.date is not None]
        return 1 + (max(days) - self.first_monday).days // 7 if self.first_monday and days else 1

    def at_work(self, team: str | None = None, step: int = 15) -> npt.NDArray[np.float64]:
        """Return how many agents are at work in each quarter of an hour, breaks left out.

        Parameters
        ----------
        team : str, optional
            Of this team alone.
        step : int
            Minutes of an interval.

        Returns
        -------
        array of float, shape (weeks * 7 * 1440 / step,)
            From Monday 00:00 of the first week; means over the interval, where a shift begins within one. What goes
            beyond the end of the last week stands at the beginning of the first if there are no dates, as in a week
            that comes again and again; else it is left away.

        Raises
        ------
        ValueError
            If there is no such team, or the step is none of 5, 10, 15, 30 and 60.
        """
        (step,) = numbers(step=(step, _STEPS))
        if team is not None:
            one_of("team", team, self.teams)
        found = np.zeros(round(self.weeks * WEEK / step))
        for shift in self.shifts:
            if team in (None, shift.team):
                self._add(found, shift, step)
        return found

    def _add(self, found: npt.NDArray[np.float64], shift: Shift, step: int) -> None:
        since = (shift.date - self.first_monday).days if shift.date and self.first_monday else shift.day
        away = ((start, end, -shift.agents) for start, end in shift.breaks)
        for start, end, many in ((shift.start, shift.end, shift.agents), *away):
            first, last = since * DAY + start, since * DAY + end
            for slot in range(math.floor(first / step), math.ceil(last / step)):
                part = (min(last, (slot + 1) * step) - max(first, slot * step)) / step
                if slot < len(found) or self.first_monday is None:
                    found[slot % len(found)] += many * part
