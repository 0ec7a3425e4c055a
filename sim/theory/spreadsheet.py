"""A centre as a planner's spreadsheet has it: calls times what a call costs, and agents by Erlang's formula."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sim.asked import AMOUNT, INNER, LENGTH, NOT_NONE, SHARE, SIZE, Kind, numbers, series, settle
from sim.theory.resolution import Repeats, eur_of_a_call
from sim.theory.staffing import staff_for

_SOLVED = Kind("a share from 1e-12 to 1", lambda x: 1e-12 <= x <= 1.0)
_DIGITS = 4


@dataclass(frozen=True)
class Spreadsheet:
    """Calls of any length of time, and what they cost by the planners' formulas.

    With ``n`` calls of ``h`` minutes, ``w`` EUR an hour and agents busy for a share ``b`` of their time

        cost = n * h / 60 * w / b

    It knows calls alone: nobody waits longer because of another, hangs up or is cut.

    Parameters
    ----------
    calls : float
        In whatever time the answers are to be for: a week, a year.
    handling : float
        Average handling time (min), after-call work included.
    wage : float
        What an hour of an agent costs (EUR).
    occupancy : float
        Share of the paid time in which agents are busy.
    resolution : float
        First-contact resolution.
    persistence : float
        Share of the callers who were not helped who call again; in most spreadsheets all of them.

    Raises
    ------
    ValueError
        If a number cannot be.

    Examples
    --------
    A hundred thousand calls of 6 minutes at 24 EUR an hour, agents busy for .8 of it: 3 EUR a call.

    >>> year = Spreadsheet(100_000, 6.0, 24.0, occupancy=0.8, resolution=0.5)
    >>> round(year.eur_per_call, 6), round(year.eur)
    (3.0, 300000)

    With calls of 8 minutes and repeats ignored it costs a third more; with .8 solved at once a problem takes
    1.25 calls, and not 2: five for eight.

    >>> longer, fewer = year.ignoring(8.0), year.in_proportion(8.0, 0.8)
    >>> round(longer.eur), round(fewer.calls), round(fewer.eur)
    (400000, 62500, 250000)
    """

    calls: float
    handling: float
    wage: float
    occupancy: float = 1.0
    resolution: float = 1.0
    persistence: float = 1.0

    def __post_init__(self) -> None:
        settle(
            self,
            calls=AMOUNT,
            handling=AMOUNT,
            wage=AMOUNT,
            occupancy=NOT_NONE,
            resolution=_SOLVED,
            persistence=SHARE,
        )

    @property
    def eur_per_call(self) -> float:
        """What a call costs (EUR), as `eur_of_a_call` gives it."""
        return eur_of_a_call(self.handling, self.wage, self.occupancy)

    @property
    def eur(self) -> float:
        """What the calls cost (EUR)."""
        return self.calls * self.eur_per_call

    def ignoring(self, handling: float) -> Spreadsheet:
        """Return the same calls with another handling time: repeats stay as they are, whatever is solved."""
        return replace(self, handling=handling)

    def in_proportion(self, handling: float, resolution: float) -> Spreadsheet:
        """Return the calls of the same problems with another resolution: repeats fall as `Repeats` has it.

        ``n (1 - p (1 - f)) / (1 - p (1 - g))`` calls, with ``p`` the persistence and ``f``, ``g`` the resolutions.
        """
        before = Repeats.of_calls(self.calls, self.resolution, persistence=self.persistence)
        return replace(self, calls=before.raised(resolution).calls, handling=handling, resolution=resolution)


def erlang_hours(
    calls: Iterable[float],
    handling: float,
    *,
    length: float,
    within: float,
    target: float,
    patience: float = math.inf,
) -> float:
    """Return the agent hours of Erlang's formula for calls by interval, each taken for a steady state of its own.

    Parameters
    ----------
    calls : iterable of float
        Calls of each interval; one without calls needs nobody.
    handling : float
        Minutes of a call.
    length : float
        Minutes of an interval.
    within, target : float
        The share of all callers who are to be answered within so many minutes.
    patience : float
        Its mean (min): Erlang A; without end Erlang C.

    Raises
    ------
    ValueError
        If a number cannot be, or no number of agents reaches the target.

    Examples
    --------
    100 calls of 3 minutes in half an hour, four of five answered within 20 s, take 14 agents: twice that is 14 hours.

    >>> erlang_hours([100, 0, 100], 3, length=30, within=1 / 3, target=0.8)
    14.0
    """
    counts = series("calls", calls, AMOUNT)
    handling, length, within, target, patience = numbers(
        handling=(handling, SIZE),
        length=(length, SIZE),
        within=(within, LENGTH),
        target=(target, INNER),
        patience=(patience, LENGTH),
    )
    known: dict[float, int] = {0.0: 0}
    for count in counts:
        rate = float(f"{count / length:.{_DIGITS}g}")
        if rate not in known:
            known[rate] = staff_for(rate, handling, within=within, target=target, patience=patience)
    return sum(known[float(f"{count / length:.{_DIGITS}g}")] for count in counts) * length / 60.0
