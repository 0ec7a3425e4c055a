"""The business case: what separates two worlds in a year, for the firm and its customers, beside the spreadsheet's."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from sim.measures.register.cost import has_part
from sim.reading.guesses import Guess, guesses
from sim.report.resting import resting_on
from sim.study.comparing.comparison import Comparison, Line
from sim.study.running.estimate import Estimate
from sim.study.staffing.formulas import mean_patience
from sim.theory import Spreadsheet, erlang_hours
from sim.world import World
from sim.world.mixing import week_of

if TYPE_CHECKING:
    import pandas as pd

DAYS_A_YEAR = 365.0
WEEKS_A_YEAR = DAYS_A_YEAR / 7.0
Whose = Literal["firm", "customers"]
_LINES: tuple[tuple[Whose, str, str, str], ...] = (
    ("firm", "staff_eur_per_problem", "staff", "EUR"),
    ("firm", "prevention_eur_per_problem", "preventing problems", "EUR"),
    ("firm", "gestures_eur_per_problem", "gestures of money", "EUR"),
    ("firm", "visits_eur_per_problem", "visits of technicians", "EUR"),
    ("firm", "news_eur_per_problem", "news sent to customers", "EUR"),
    ("firm", "forum_eur_per_problem", "answers on the forum", "EUR"),
    ("firm", "alarms_eur_per_problem", "alarms without a problem", "EUR"),
    ("firm", "toll_income_eur_per_problem", "toll income (taken off the costs)", "EUR"),
    ("firm", "firm_cash_eur_per_problem", "what is paid and taken in", "EUR"),
    ("firm", "lost_margin_eur_per_problem", "margin lost with customers who leave", "EUR"),
    ("firm", "firm_eur_per_problem", "the firm's costs, customers lost included", "EUR"),
    ("customers", "customer_eur_per_problem", "customers' costs, their time included", "EUR"),
    ("customers", "toll_eur_per_problem", "toll that customers pay", "EUR"),
    ("customers", "advance_lost_eur_per_problem", "money advanced that customers lose", "EUR"),
    ("customers", "customer_minutes_per_problem", "customers' active time", "min"),
    ("customers", "effort_index", "customers' effort", "points"),
    ("customers", "high_effort_share", "journeys of high effort", "journeys"),
    ("customers", "calls_per_problem", "calls dialled", "calls"),
    ("customers", "solved_share", "problems solved", "problems"),
)
"""Whose it is, the measure per problem, and what it is in a year."""


@dataclass(frozen=True)
class Yearly:
    """One line of a business case: a measure per problem, times the problems of a year.

    Attributes
    ----------
    guesses : tuple of Guess
        Values of the first world on which it rests and that nobody knows.
    guessed : bool
        Whether it rests on what is guessed: on those, or on who leaves.
    worlds : tuple of two Estimate
        A year in each world.
    difference : Estimate
        The second world's year less the first's, with the paired interval.
    """

    whose: Whose
    measure: str
    words: str
    unit: str
    guesses: tuple[Guess, ...]
    guessed: bool
    worlds: tuple[Estimate, Estimate]
    difference: Estimate


@dataclass(frozen=True)
class Reckoned:
    """What staff costs in a year by one of the spreadsheet's ways (EUR).

    Attributes
    ----------
    calls : tuple of two float
        Calls a year that it has, before and after.
    before, after : float
    """

    words: str
    calls: tuple[float, float]
    before: float
    after: float

    @property
    def difference(self) -> float:
        """After less before: below 0 it saves."""
        return self.after - self.before


@dataclass(frozen=True, eq=False)
class BusinessCase:
    """What separates two worlds in a year.

    Attributes
    ----------
    problems : float
        Problems a year, the same in both worlds.
    lines : tuple of Yearly
    spreadsheet : tuple of Reckoned
        What a planner's spreadsheet says of the staff; empty where it can say nothing.
    why : tuple of str
        Why the spreadsheet differs, in sentences.
    """

    comparison: Comparison
    problems: float
    lines: tuple[Yearly, ...]
    spreadsheet: tuple[Reckoned, ...]
    why: tuple[str, ...]

    def line(self, measure: str) -> Yearly:
        """Return the line of a measure.

        Raises
        ------
        KeyError
            If the case has none.
        """
        found = next((one for one in self.lines if one.measure == measure), None)
        if found is None:
            raise KeyError(measure)
        return found

    def table(self) -> pd.DataFrame:
        """Return one row for each line and each way of the spreadsheet; what is undefined is NaN."""
        import pandas as pd

        first, second = (world.name for world in self.comparison.worlds)
        head = {"problems_a_year": self.problems, "first": first, "second": second}
        rows = [
            {
                "whose": line.whose,
                "what": line.words,
                "unit": f"{line.unit} a year",
                "guess": line.guessed,
                **_ends("first", line.worlds[0]),
                **_ends("second", line.worlds[1]),
                **_ends("difference", line.difference),
            }
            for line in self.lines
        ]
        rows += [
            {
                "whose": "spreadsheet",
                "what": one.words,
                "unit": "EUR a year",
                "guess": False,
                "first_mean": one.before,
                "second_mean": one.after,
                "difference_mean": one.difference,
            }
            for one in self.spreadsheet
        ]
        return pd.DataFrame([{**row, **head} for row in rows])


def _ends(name: str, estimate: Estimate) -> dict[str, float | None]:
    return {f"{name}_{end}": value for end, value in zip(("mean", "low", "high"), estimate, strict=True)}


def business_case(comparison: Comparison, *, spreadsheet: bool = True) -> BusinessCase:
    """Reckon a year of a comparison's first way: measures per problem, their paired differences and intervals included.

    A year has 365 times the problems that appeared on a day, so that what is paid by the hour costs what it does in a
    year of such weeks; an interval is as many times as wide.

    Parameters
    ----------
    spreadsheet : bool
        Whether the spreadsheet's ways are reckoned as well, which takes a second or two.
    """
    problems = problems_a_year(comparison)
    known = {line.measure.id: line for line in comparison.lines if has_part(line.measure.id, *comparison.worlds)}
    guessed = guesses(comparison.worlds[0])
    lines = tuple(_yearly(row, known[row[1]], problems, guessed) for row in _LINES if row[1] in known)
    if not spreadsheet:
        return BusinessCase(comparison, problems, lines, (), ())
    reckoned = tuple(_spreadsheet(comparison))
    return BusinessCase(comparison, problems, lines, reckoned, tuple(_why(comparison, reckoned)))


def _yearly(row: tuple[Whose, str, str, str], line: Line, problems: float, guessed: tuple[Guess, ...]) -> Yearly:
    """Return a line a year; one of nothing rests on no guess."""
    whose, id, words, unit = row
    under = resting_on(id, guessed) if any(world.mean for world in line.worlds) else ()
    worlds = _times(line.worlds[0], problems), _times(line.worlds[1], problems)
    guess = line.measure.guessed or bool(under)
    return Yearly(whose, id, words, unit, under, guess, worlds, _times(line.difference, problems))


def problems_a_year(comparison: Comparison) -> float:
    """Return the problems of a year of 365 days such as were lived; both worlds have the same ones."""
    return DAYS_A_YEAR * _mean(comparison, "problems_per_day", 0)


def _times(estimate: Estimate, factor: float) -> Estimate:
    return Estimate(*(None if value is None else factor * value for value in estimate))


def _mean(comparison: Comparison, measure: str, world: int) -> float:
    """Return a measure's mean in one of the worlds; 0 where it is undefined."""
    line = next((one for one in comparison.lines if one.measure.id == measure), None)
    return 0.0 if line is None else line.worlds[world].mean or 0.0


def _spreadsheet(comparison: Comparison) -> Iterator[Reckoned]:
    """Yield what the planners' formulas say, given today's calls, both handling times and both resolutions."""
    today = spreadsheet_of(comparison)
    if today is None:
        return
    handling = _mean(comparison, "handling_minutes_per_call", 1)
    resolution = _mean(comparison, "first_contact_resolution", 1)
    ignoring = today.ignoring(handling)
    after = today.in_proportion(handling, resolution) if resolution else ignoring
    for words, then in (("calls x cost of a call, repeats ignored", ignoring), ("repeats in proportion", after)):
        yield Reckoned(words, (today.calls, then.calls), today.eur, then.eur)
    patience = mean_patience(comparison.worlds[0])
    for words, mean in (("Erlang C", math.inf), ("Erlang A", patience)):
        spent = [_by_erlang(comparison.worlds[0], one, mean) for one in (today, after)]
        if spent[0] is not None and spent[1] is not None:
            yield Reckoned(f"{words}, repeats in proportion", (today.calls, after.calls), spent[0], spent[1])


def spreadsheet_of(comparison: Comparison) -> Spreadsheet | None:
    """Return the first world's year as a spreadsheet has it; None where nobody calls, is answered or helped."""
    mean = {
        id: _mean(comparison, id, 0)
        for id in (
            "calls_per_problem",
            "handling_minutes_per_call",
            "occupancy",
            "first_contact_resolution",
            "staff_eur_per_week",
            "staff_hours_per_week",
        )
    }
    if not all(mean[id] > 0.0 for id in mean if id != "staff_eur_per_week"):
        return None
    return Spreadsheet(
        problems_a_year(comparison) * mean["calls_per_problem"],
        mean["handling_minutes_per_call"],
        mean["staff_eur_per_week"] / mean["staff_hours_per_week"],
        min(mean["occupancy"], 1.0),
        min(mean["first_contact_resolution"], 1.0),
        comparison.worlds[0].population.again.persistence,
    )


def _by_erlang(world: World, year: Spreadsheet, patience: float) -> float | None:
    """Return what the agents of Erlang's formula cost in a year, at the world's own target; None without an answer."""
    level = world.service_level
    try:
        hours = erlang_hours(
            [float(calls) for calls in calls_by_hour(world, year.calls / WEEKS_A_YEAR)],
            year.handling,
            length=60.0,
            within=level.within,
            target=min(max(level.target, 0.01), 0.99),
            patience=patience,
        )
    except ValueError:
        return None
    return hours * year.wage * WEEKS_A_YEAR


def calls_by_hour(world: World, calls: float) -> npt.NDArray[np.float64]:
    """Part a week's calls by hour as problems appear while the line is open.

    Returns
    -------
    array of float, shape (168,)
        From Monday 00:00.
    """
    slots = np.asarray(week_of(world.population.profile, 96))
    opened = slots * np.asarray(world.line.open_slots(), float)
    parts = (opened if opened.sum() > 0.0 else slots).reshape(168, 4).sum(axis=1)
    return np.asarray(calls * parts / parts.sum())


def _why(comparison: Comparison, spreadsheet: tuple[Reckoned, ...]) -> Iterator[str]:
    """Say in sentences why the spreadsheet has other euros."""
    if not spreadsheet:
        yield "A spreadsheet can say nothing here: nobody is answered, or nobody is helped at the first contact."
        return
    year = [problems_a_year(comparison) * _mean(comparison, "calls_per_problem", world) for world in (0, 1)]
    formula = next((one for one in spreadsheet if "proportion" in one.words), spreadsheet[0])
    yield (
        f"From {year[0]:,.0f} calls a year the spreadsheet comes to {formula.calls[1]:,.0f}, for it takes every call "
        f"to be as good as the first; lived, they are {year[1]:,.0f}."
    )
    lost = 1.0 - _mean(comparison, "answered_share", 0)
    if lost >= 0.01:
        yield (
            f"It knows no queue: {100 * lost:.0f} % of today's calls reach no agent, and who hangs up, is cut or finds "
            "no line calls again."
        )
    yield "It knows the calls alone: what customers pay, wait and try, and who leaves for it, is in no cell of it."
