"""Measures of volume: the problems and calls of a typical day, and of each day of the week."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sim.measures.accounts.totals import Totals
from sim.measures.register.measure import Answer, Measure, of_family
from sim.measures.rules.week import Week
from sim.units import DAYS

_counted = of_family("volume")
_NAMES = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
_PROBLEMS = "Problems that appeared"
_CALLS = "Calls dialled, blocked, abandoned and cut ones included,"


def _problems(week: Week) -> tuple[float, ...]:
    return week.problems


def _calls(week: Week) -> tuple[float, ...]:
    return week.calls


def _by_day(unit: str, what: str, counts: Callable[[Week], tuple[float, ...]]) -> Iterator[Measure]:
    """Yield the measure of a typical day, and those of each day of the week."""

    def of_all(totals: Totals) -> Answer:
        return sum(counts(totals.week)), sum(totals.week.days)

    yield _counted(f"{unit}_per_day", unit, "neither", f"{what} in the horizon, per day of it.", of_all)
    for at, (day, name) in enumerate(zip(DAYS, _NAMES, strict=True)):

        def of_one(totals: Totals, at: int = at) -> Answer:
            return counts(totals.week)[at], totals.week.days[at]

        said = f"{what} on the {name} of the horizon, per {name[:-1]} in it; a day that is cut counts by its part."
        yield _counted(f"{unit}_per_day.{day}", unit, "neither", said, of_one)


COUNTED = (*_by_day("problems", _PROBLEMS, _problems), *_by_day("calls", _CALLS, _calls))
