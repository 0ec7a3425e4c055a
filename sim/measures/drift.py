"""Does the hotline settle? The last part of the horizon set against the part before it."""

from __future__ import annotations

from dataclasses import dataclass

from sim.history import History
from sim.measures.calls import answered, hold_minutes
from sim.measures.tables import Tables, tables
from sim.units import DAY, WEEK


@dataclass(frozen=True)
class Stretch:
    """Counts of one stretch of the horizon."""

    start: float
    stop: float
    problems: float
    """Problems that appeared in it."""
    calls: float
    """Calls dialled in it."""
    answered: float
    """Of these, calls that an agent took."""
    hold: float
    """Minutes of menu and first hold of the answered calls."""


@dataclass(frozen=True)
class Drift:
    """The middle and the last third of a horizon, of one replication.

    Over replications, the paired difference of ``hold / answered`` and of ``calls / problems`` says whether
    the run has settled: an interval that leaves out zero is a warning.
    """

    middle: Stretch
    last: Stretch


def drift(asked: History | Tables) -> Drift:
    """Set the last third of the horizon against the middle one.

    A third is taken down to whole weeks, or whole days where it is shorter than a week, so that no stretch
    has more weekends than the other.
    """
    made = tables(asked)
    third = (made.stop - made.start) / 3
    for unit in (WEEK, DAY):
        if third >= unit:
            third = third // unit * unit
            break
    turn = made.stop - third
    return Drift(_stretch(made, turn - third, turn), _stretch(made, turn, made.stop))


def _stretch(made: Tables, start: float, stop: float) -> Stretch:
    calls = made.calls[(made.calls["dialled"] >= start) & (made.calls["dialled"] < stop)]
    taken = calls[answered(calls)]
    appeared = made.journeys["appeared"]
    problems = float(((appeared >= start) & (appeared < stop)).sum())
    return Stretch(start, stop, problems, float(len(calls)), float(len(taken)), float(hold_minutes(taken).sum()))
