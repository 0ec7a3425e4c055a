"""The business case of one way: euros a year out of what a problem costs, by volumes and wages that can be changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from xlsxwriter.utility import xl_rowcol_to_cell

from sim.handouts.book.measures import Key, Places
from sim.handouts.book.reckoned import Range, cell, half_width
from sim.handouts.book.sheet import Sheet, signed, with_decimals
from sim.handouts.book.totals import VALUE
from sim.languages import Language, say
from sim.measures.register.cost import has_part
from sim.report.business import WEEKS_A_YEAR, problems_a_year
from sim.report.headlines import GUESSED
from sim.study.comparing.comparison import Comparison
from sim.study.running.estimate import Estimate, by_replication, ratio
from sim.world import World

Floats = npt.NDArray[np.float64]
INPUT = {"bg_color": "#FFF6CC", "border": 1}
PROBLEMS, WEEKS_ROW, WAGE, LIVED_WAGE, FACTOR = range(5, 10)
"""The rows of what can be changed, and of what follows for the staff."""
HEADING = 12
_WORLD = (2, 3)
"""The columns of both worlds, in all tables of the sheet."""
APART, YEAR, YEAR_APART, HALF, LOW, HIGH = 4, (5, 6), 7, 8, 9, 10
_PER_PROBLEM, _EUROS = with_decimals(2), with_decimals(0)
STAFF, LOST = "staff_eur_per_problem", "lost_margin_eur_per_problem"
CUSTOMER, TOLL = "customer_eur_per_problem", "toll_eur_per_problem"
STAFF_A_WEEK, HOURS_A_WEEK = "staff_eur_per_week", "staff_hours_per_week"


class Item(NamedTuple):
    """A line: what it is called, its unit, and the measures it is made of with their signs."""

    name: str
    unit: str
    parts: tuple[tuple[str, float], ...]
    total: bool = False


ADVANCE = "advance_lost_eur_per_problem"
PREVENTION = "prevention_eur_per_problem"
_VISITS, _NEWS, _FORUM, _ALARMS = (f"{name}_eur_per_problem" for name in ("visits", "news", "forum", "alarms"))
_BESIDE = ((_VISITS, 1.0), (_NEWS, 1.0), (_FORUM, 1.0), (_ALARMS, 1.0))
_FIRM = (
    *((STAFF, 1.0), (PREVENTION, 1.0), ("gestures_eur_per_problem", 1.0)),
    *_BESIDE,
    ("toll_income_eur_per_problem", -1.0),
)
ITEMS = (
    Item("staff", "EUR", ((STAFF, 1.0),)),
    Item("prevention", "EUR", ((PREVENTION, 1.0),)),
    Item("gestures", "EUR", (("gestures_eur_per_problem", 1.0),)),
    Item("visits", "EUR", ((_VISITS, 1.0),)),
    Item("news", "EUR", ((_NEWS, 1.0),)),
    Item("forum", "EUR", ((_FORUM, 1.0),)),
    Item("alarms", "EUR", ((_ALARMS, 1.0),)),
    Item("toll income, taken off", "EUR", (("toll_income_eur_per_problem", -1.0),)),
    Item("the firm without customers lost", "EUR", _FIRM, total=True),
    Item("margin of customers lost" + GUESSED, "EUR", ((LOST, 1.0),)),
    Item("the firm" + GUESSED, "EUR", (*_FIRM, (LOST, 1.0)), total=True),
    Item("customers: toll", "EUR", ((TOLL, 1.0),)),
    Item("customers: advance lost", "EUR", ((ADVANCE, 1.0),)),
    Item("customers: time, outage, own repair", "EUR", ((CUSTOMER, 1.0), (TOLL, -1.0), (ADVANCE, -1.0))),
    Item("customers", "EUR", ((CUSTOMER, 1.0),), total=True),
    Item("calls", "calls", (("calls_per_problem", 1.0),)),
    Item("hours on the telephone", "h", (("call_minutes_per_problem", 1.0 / 60.0),)),
)
NAMES = [item.name for item in ITEMS]
"""What the lines are called, for the catalogues."""


class Case(NamedTuple):
    """A business case as the library reckons it, before anything is changed: of each item both worlds and a year."""

    items: list[Item]
    per_problem: list[tuple[float, float]]
    by_year: list[tuple[float, float]]
    apart: list[Estimate]
    each: list[Floats]
    problems_a_week: float
    wages: tuple[float | None, float | None]


def reckoned(comparison: Comparison, at: int) -> Case | None:
    """Return the business case of a way; None where what it takes is not measured in both worlds."""
    way = comparison.ways[at]
    lines = {line.measure.id: line for line in way.lines}
    known = {name for name, line in lines.items() if line.difference.mean is not None}
    items = [item for item in _items(comparison.worlds[0], way.lived.world) if {id for id, _ in item.parts} <= known]
    problems = problems_a_year(comparison)
    if not items or not problems:
        return None
    totals = comparison.first.totals, way.lived.totals
    values = [[_values(one, item) for one in totals] for item in items]
    each = [problems * (other - one) for one, other in values]
    means = [(float(one.mean()), float(other.mean())) for one, other in values]
    years = [(problems * one, problems * other) for one, other in means]
    apart = [ratio(one, np.ones(len(one))) for one in each]
    return Case(items, means, years, apart, each, problems / WEEKS_A_YEAR, (_wage(totals[0]), _wage(totals[1])))


def _items(*worlds: World) -> list[Item]:
    """Return the lines; what neither world pays for, such as prevention or visits, is no part of any."""
    left = [item._replace(parts=tuple(part for part in item.parts if has_part(part[0], *worlds))) for item in ITEMS]
    return [item for item in left if item.parts]


def _values(totals: dict[str, Floats], item: Item) -> Floats:
    """Return an item per problem in each replication, linearised."""
    parts = [sign * by_replication(*totals[name].T) for name, sign in item.parts]
    return np.asarray(sum(parts), np.float64)


def _wage(totals: dict[str, Floats]) -> float | None:
    if STAFF_A_WEEK not in totals or HOURS_A_WEEK not in totals:
        return None
    euros, hours = totals[STAFF_A_WEEK], totals[HOURS_A_WEEK]
    if not hours[:, 0].sum() or not euros[:, 0].sum():
        return None
    return float((euros[:, 0].sum() / euros[:, 1].sum()) / (hours[:, 0].sum() / hours[:, 1].sum()))


class Written(NamedTuple):
    """A sheet with a business case, and the names of its cells."""

    sheet: Sheet
    case: Case
    at: int
    places: Places
    worlds: tuple[str, str]
    language: Language

    def write(self, comparison: Comparison, label: str) -> None:
        """Write all of it."""
        self._head(label)
        self._inputs()
        self._items()
        self._replications(comparison.first.numbers)
        self.sheet.widths(44, 10, *[17] * len(ITEMS))
        self.sheet.sheet.freeze_panes(0, 1)
        self.sheet.printed()

    def _say(self, words: str, **values: object) -> str:
        return say(words, self.language, **values)

    def _head(self, label: str) -> None:
        self.sheet.title(0, self._say("Business case: a year"))
        self.sheet.text(1, 0, label)
        said = (
            "Change the yellow cells. What a problem costs is what was simulated: with another volume or another staff "
            "customers would wait otherwise, so simulate that world for more than small changes."
        )
        self.sheet.text(2, 0, self._say(said))
        self.sheet.heading(4, ["", self._say("unit"), *self.worlds])

    def _inputs(self) -> None:
        rows = (
            (PROBLEMS, "problems a week", self._say("problems")),
            (WEEKS_ROW, "weeks a year", self._say("weeks")),
            (WAGE, "wage of a paid hour", "EUR/h"),
            (LIVED_WAGE, "wage of a paid hour, as simulated", "EUR/h"),
            (FACTOR, "staff costs, as a multiple of those simulated", ""),
        )
        for row, name, unit in rows:
            self.sheet.text(row, 0, self._say(name))
            self.sheet.text(row, 1, unit)
        for world, column in enumerate(_WORLD):
            self.sheet.number(PROBLEMS, column, self.case.problems_a_week, with_decimals(1), **INPUT)
            self._wages(world, column)
        self.sheet.number(WEEKS_ROW, _WORLD[0], WEEKS_A_YEAR, "0.0", **INPUT)

    def _wages(self, world: int, column: int) -> None:
        wage = self.case.wages[world]
        if wage is None:
            self.sheet.text(LIVED_WAGE, column, self._say("none"), align="right")
            self.sheet.number(FACTOR, column, 1.0, "0.000")
            return
        euros, hours = (self.places.mean((self.at, name), world) for name in (STAFF_A_WEEK, HOURS_A_WEEK))
        self.sheet.formula(LIVED_WAGE, column, f"{euros}/{hours}", wage, with_decimals(2))
        self.sheet.number(WAGE, column, wage, with_decimals(2), **INPUT)
        over = f"{self.place(WAGE, column)}/{self.place(LIVED_WAGE, column)}"
        self.sheet.formula(FACTOR, column, over, 1.0, "0.000")

    @staticmethod
    def place(row: int, column: int) -> str:
        """Return a cell of this sheet that formulas name wherever they are copied to."""
        return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))

    def _items(self) -> None:
        year = [self._say("{world}, a year", world=world) for world in self.worlds]
        apart = [self._say("difference, per problem"), *year, self._say("difference, a year"), "±"]
        ends = [self._say("from"), self._say("to")]
        self.sheet.heading(HEADING, [self._say("per problem"), self._say("unit"), *self.worlds, *apart, *ends])
        for place, item in enumerate(self.case.items):
            self._item(HEADING + 1 + place, place, item)

    def _item(self, row: int, place: int, item: Item) -> None:
        how: dict[str, object] = {"bold": True, "top": 1} if item.total else {}
        self.sheet.text(row, 0, self._say(item.name), **how)
        self.sheet.text(row, 1, self._say(item.unit), **how)
        for world, column in enumerate(_WORLD):
            mean, total = self.case.per_problem[place][world], self.case.by_year[place][world]
            self.sheet.formula(row, column, self._per_problem(item, world), mean, _PER_PROBLEM, **how)
            self.sheet.formula(
                row, YEAR[world], self._a_year(xl_rowcol_to_cell(row, column), world), total, _EUROS, **how
            )
        one, other = self.case.per_problem[place]
        self._minus(row, APART, _WORLD, other - one, _PER_PROBLEM, how)
        before, after = self.case.by_year[place]
        self._minus(row, YEAR_APART, YEAR, after - before, _EUROS, how)
        middle, low, high = self.case.apart[place]
        if middle is None or low is None or high is None:
            return
        first = self._first_replication()
        values = Range(self.sheet.name, _WORLD[0] + place, first, first + len(self.case.each[place]) - 1)
        self.sheet.formula(row, HALF, half_width(values), high - middle, _EUROS, **how)
        year, half = (xl_rowcol_to_cell(row, column) for column in (YEAR_APART, HALF))
        self.sheet.formula(row, LOW, f"{year}-{half}", low, signed(_EUROS), **how)
        self.sheet.formula(row, HIGH, f"{year}+{half}", high, signed(_EUROS), **how)

    def _minus(
        self, row: int, column: int, pair: Sequence[int], value: float, form: str, how: dict[str, object]
    ) -> None:
        first, second = (xl_rowcol_to_cell(row, at) for at in pair)
        self.sheet.formula(row, column, f"{second}-{first}", value, signed(form), **how)

    def _per_problem(self, item: Item, world: int) -> str:
        return self._sum(item, world, lambda key: self.places.mean(key, world))

    def _sum(self, item: Item, world: int, cell_of: Callable[[Key], str]) -> str:
        """Return an item out of its measures; what staff costs goes with the wage."""
        terms = []
        for name, sign in item.parts:
            term = cell_of((self.at, name))
            if name == STAFF:
                term += f"*{self.place(FACTOR, _WORLD[world])}"
            if abs(sign) != 1.0:
                term += f"/{1.0 / abs(sign):g}"
            terms.append(f"{'-' if sign < 0 else '+'}{term}")
        return "".join(terms).removeprefix("+")

    def _a_year(self, per_problem: str, world: int) -> str:
        return f"{per_problem}*{self.place(PROBLEMS, _WORLD[world])}*{self.place(WEEKS_ROW, _WORLD[0])}"

    def _first_replication(self) -> int:
        return HEADING + len(self.case.items) + 5

    def _replications(self, numbers: Sequence[int]) -> None:
        """Write the difference a year in every replication, of which the intervals above are made."""
        first = self._first_replication()
        self.sheet.text(first - 2, 0, self._say("The difference a year, replication by replication"), bold=True)
        names = [self._say(item.name) for item in self.case.items]
        self.sheet.heading(first - 1, [self._say("replication"), "", *names])
        for place, number in enumerate(numbers):
            self.sheet.number(first + place, 0, number + 1, "0", align="left")
            for column, item in enumerate(self.case.items):
                formula, value = self._apart_in(item, place), float(self.case.each[column][place])
                self.sheet.formula(first + place, _WORLD[0] + column, formula, value, signed(_EUROS))

    def _apart_in(self, item: Item, place: int) -> str:
        one, other = (
            self._a_year(f"({self._sum(item, world, lambda key: self._value(key, place, world))})", world)  # noqa: B023
            for world in (0, 1)
        )
        return f"{other}-{one}"

    def _value(self, key: Key, place: int, world: int) -> str:
        return cell(self.places.totals, self.places.blocks[key].first + place, VALUE[world])

    def names(self) -> list[tuple[str, str]]:
        """Return the names of the cells that can be changed, each of this sheet alone, and where they are."""
        cells = [("weeks_a_year", WEEKS_ROW, _WORLD[0])]
        for world, column in enumerate(_WORLD, 1):
            cells += [(f"problems_a_week_{world}", PROBLEMS, column), (f"wage_{world}", WAGE, column)]
        return [(name, f"={cell(self.sheet.name, row, column)}") for name, row, column in cells]
