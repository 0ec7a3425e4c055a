"""The sheet of all measures: every mean, difference and interval a formula of the totals."""

from __future__ import annotations

from typing import NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell

from sim.handouts.book.reckoned import CONFIDENCE, Range, cell, half_width, ratio_of_sums
from sim.handouts.book.sheet import Sheet, shown, signed
from sim.handouts.book.totals import ABOVE, APART, BELOW, MOST_ROWS, VALUE, Block
from sim.handouts.book.totals import HEADING as TOTALS_HEADING
from sim.handouts.cells import unit_of, verdict
from sim.languages import Language, say, told
from sim.report.headlines import HEADLINES
from sim.study.comparing.comparison import Comparison, Line

CONFIDENCE_CELL = (2, 1)
HEADING = 4
FIRST, SECOND, DIFFERENCE = 5, 7, 9
"""The columns of the means; half of each interval stands beside it, the ends of the difference after that."""
LOW, HIGH, VERDICT, MEANING = 11, 12, 13, 14
Key = tuple[int, str]


class Places(NamedTuple):
    """Where measures stand: their rows here, and their blocks among the totals."""

    sheet: str
    rows: dict[Key, int]
    totals: str
    blocks: dict[Key, Block]

    def mean(self, key: Key, world: int) -> str:
        """Return the cell of a mean, as any sheet may name it."""
        return cell(self.sheet, self.rows[key], (FIRST, SECOND)[world])

    def values(self, key: Key, column: int) -> Range:
        """Return the cells of a measure among the totals."""
        return Range(self.totals, column, self.blocks[key].first, self.blocks[key].last)


def placed(comparison: Comparison, sheet: str, totals: str) -> Places:
    """Return where each measure of each way goes; of too many replications the figures that matter have totals."""
    keys = [(at, line.measure.id) for at, way in enumerate(comparison.ways) for line in way.lines]
    rows = {key: HEADING + 1 + at for at, key in enumerate(keys)}
    many = comparison.replications
    held = keys if many * len(keys) <= MOST_ROWS else [key for key in keys if key[1] in NEEDED]
    blocks = {}
    for at, key in enumerate(held):
        first = TOTALS_HEADING + 1 + at * many
        means = (cell(sheet, rows[key], FIRST), cell(sheet, rows[key], SECOND))
        blocks[key] = Block(first, first + many - 1, means)
    return Places(sheet, rows, totals, blocks)


NEEDED = {
    *HEADLINES,
    "staff_eur_per_problem",
    "prevention_eur_per_problem",
    "gestures_eur_per_problem",
    "visits_eur_per_problem",
    "news_eur_per_problem",
    "forum_eur_per_problem",
    "alarms_eur_per_problem",
    "advance_lost_eur_per_problem",
    "lost_margin_eur_per_problem",
    "toll_income_eur_per_problem",
    "firm_eur_per_problem",
    "firm_cash_eur_per_problem",
    "staff_eur_per_week",
    "problems_per_day",
    "call_minutes_per_problem",
}
"""The measures that other sheets reckon with."""


def write_measures(sheet: Sheet, comparison: Comparison, places: Places, labels: list[str], language: Language) -> None:
    """Write a row for each measure of each way."""
    sheet.title(0, say("All measures", language))
    sheet.text(1, 0, say("Every mean and interval is a formula of the totals of the replications.", language))
    row, column = CONFIDENCE_CELL
    sheet.text(row, column - 1, say("Confidence of the intervals", language), bold=True)
    sheet.number(row, column, 0.95, "0.0%", bg_color="#FFF6CC", border=1)
    sheet.heading(HEADING, _heading(language), words=5, last=2)
    rows = _Rows(sheet, places, comparison.replications, language)
    for at, way in enumerate(comparison.ways):
        for line in way.lines:
            rows.write((at, line.measure.id), line, labels[at])
    last = HEADING + len(places.rows)
    sheet.sheet.autofilter(HEADING, 0, last, MEANING)
    sheet.sheet.freeze_panes(HEADING + 1, 1)
    sheet.widths(34, 8, 20, 14, 34, *[13] * 8, 17, 90)
    _coloured(sheet, last, language)
    sheet.printed(repeat=HEADING)


def _heading(language: Language) -> list[str]:
    named = [say(name, language) for name in ("measure", "unit", "family", "better when", "way")]
    one, other = (say("world {world}", language, world=world) for world in ("1", "2"))
    apart = [say(name, language) for name in ("from", "to", "verdict", "meaning")]
    return [*named, one, "±", other, "±", say("difference", language), "±", *apart]


def _coloured(sheet: Sheet, last: int, language: Language) -> None:
    for word, colour in (("better", "#00664B"), ("worse", "#8A2F6A")):
        look = sheet.book.workbook.add_format({"font_color": colour, "bold": True})
        equal = {"type": "cell", "criteria": "==", "value": f'"{say(word, language)}"', "format": look}
        sheet.sheet.conditional_format(HEADING + 1, VERDICT, last, VERDICT, equal)


class _Rows(NamedTuple):
    """What writes the rows: the sheet, where all is, how many replications there are."""

    sheet: Sheet
    places: Places
    many: int
    language: Language

    def write(self, key: Key, line: Line, label: str) -> None:
        row, measure = self.places.rows[key], line.measure
        better = {"neither": "neither is better"}.get(measure.better, measure.better)
        family, unit = told(measure.family, self.language), unit_of(measure, self.language)
        for column, word in enumerate((measure.id, unit, family, say(better, self.language), label)):
            self.sheet.text(row, column, word)
        self._world(key, line, 0)
        self._world(key, line, 1)
        self._difference(key, line)
        self.sheet.text(row, MEANING, told(measure.definition, self.language))

    def _world(self, key: Key, line: Line, world: int) -> None:
        """Write a mean and half its interval: formulas where there are totals of it."""
        row, column, estimate = self.places.rows[key], (FIRST, SECOND)[world], line.worlds[world]
        if estimate.mean is None:
            self.sheet.text(row, column, say("undefined", self.language), align="right")
            return
        above, below, values = (self._values(key, columns[world]) for columns in (ABOVE, BELOW, VALUE))
        self._put(row, column, above and below and ratio_of_sums(above, below), estimate.mean, _form(line))
        if estimate.high is not None:
            self._put(row, column + 1, values and half_width(values), estimate.high - estimate.mean, _form(line))

    def _values(self, key: Key, column: int) -> str:
        return str(self.places.values(key, column)) if key in self.places.blocks else ""

    def _put(self, row: int, column: int, formula: str, value: float, form: str) -> None:
        """Write a formula, or where there is none its value."""
        if formula:
            self.sheet.formula(row, column, formula, value, form)
        else:
            self.sheet.number(row, column, value, form)

    def _difference(self, key: Key, line: Line) -> None:
        row, (mean, low, high) = self.places.rows[key], line.difference
        if mean is None:
            self.sheet.text(row, DIFFERENCE, say("undefined", self.language), align="right")
            return
        first, second, apart, half = (xl_rowcol_to_cell(row, at) for at in (FIRST, SECOND, DIFFERENCE, DIFFERENCE + 1))
        form = signed(_form(line))
        self.sheet.formula(row, DIFFERENCE, f"{second}-{first}", mean, form)
        if low is None or high is None:
            self.sheet.text(row, VERDICT, verdict(line, self.language))
            return
        values = self._values(key, APART)
        self._put(row, DIFFERENCE + 1, values and half_width(values), high - mean, _form(line))
        self.sheet.formula(row, LOW, f"{apart}-{half}", low, form)
        self.sheet.formula(row, HIGH, f"{apart}+{half}", high, form)
        self.sheet.formula(row, VERDICT, _verdict(line, row, self.language), verdict(line, self.language))


def _form(line: Line) -> str:
    return shown(line.measure, *line.worlds, line.difference)


def _verdict(line: Line, row: int, language: Language) -> str:
    """Return the formula that says what the second world does to a measure."""
    sides = {"higher": ("better", "worse"), "lower": ("worse", "better")}
    words = "the same", "not told apart", *sides.get(line.measure.better, ("higher", "lower"))
    same, unsure, above, below = (f'"{say(word, language)}"' for word in words)
    apart, low, high = (xl_rowcol_to_cell(row, column) for column in (DIFFERENCE, LOW, HIGH))
    moved = f"IF({apart}>0,{above},{below})"
    return f"IF(AND({apart}=0,{low}=0,{high}=0),{same},IF(AND({low}<=0,{high}>=0),{unsure},{moved}))"


def confidence_named(sheet: Sheet) -> tuple[str, str]:
    """Return the name of the cell of the confidence, and where it is."""
    return CONFIDENCE, f"={cell(sheet.name, *CONFIDENCE_CELL)}"
