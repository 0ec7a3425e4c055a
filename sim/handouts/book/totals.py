"""The sheet of totals: numerators and denominators of every measure in every replication, and what they come to."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from xlsxwriter.utility import xl_rowcol_to_cell

from sim.handouts.book.reckoned import Range, linearised
from sim.handouts.book.sheet import Sheet, shown, signed
from sim.languages import Language, say
from sim.study.comparing.comparison import Comparison, Line
from sim.study.running.estimate import by_replication

MOST_ROWS = 60_000
"""Rows with formulas: what has more of them is told by the figures that matter alone."""
HEADING = 3
ABOVE, BELOW, VALUE, APART = (4, 6), (5, 7), (8, 9), 10
"""The columns of both worlds' numerators, denominators and values, and of the difference."""
_GENERAL = "#,##0.######"


class Block(NamedTuple):
    """The rows of one measure in one way, and the cells of its means: none where it is undefined in a world."""

    first: int
    last: int
    means: tuple[str, str]


def write_totals(
    sheet: Sheet, comparison: Comparison, blocks: dict[tuple[int, str], Block], labels: list[str], language: Language
) -> None:
    """Write the rows of all blocks."""
    sheet.title(0, say("Totals of every replication", language))
    sheet.text(
        1,
        0,
        say(
            "A measure is the sum of the numerators over the sum of the denominators. Its value in a replication is "
            "linearised, so that AVERAGE of the values is the measure, and STDEV.S of the differences leads to the "
            "paired interval.",
            language,
        ),
    )
    numbered = [
        say(words, language, world=world)
        for world in ("1", "2")
        for words in ("numerator, world {world}", "denominator, world {world}")
    ]
    values = [say("value, world {world}", language, world=world) for world in ("1", "2")]
    named = [say(word, language) for word in ("way", "measure", "unit", "replication")]
    sheet.heading(HEADING, [*named, *numbered, *values, say("difference", language)], words=3)
    for (at, name), block in blocks.items():
        way = comparison.ways[at]
        line = next(line for line in way.lines if line.measure.id == name)
        _block(sheet, comparison, at, line, block, labels[at])
    last = max((block.last for block in blocks.values()), default=HEADING)
    sheet.sheet.autofilter(HEADING, 0, last, APART)
    sheet.sheet.freeze_panes(HEADING + 1, 2)
    sheet.widths(34, 34, 9, 11, *[17] * 4, *[15] * 3)
    sheet.printed(repeat=HEADING)


def _block(sheet: Sheet, comparison: Comparison, at: int, line: Line, block: Block, label: str) -> None:
    measure = line.measure
    lived = comparison.first, comparison.ways[at].lived
    totals = [one.totals.get(measure.id) for one in lived]
    values = [by_replication(*one.T) if one is not None and one[:, 1].sum() else None for one in totals]
    form = shown(measure, *line.worlds)
    for row, (place, number) in enumerate(enumerate(comparison.first.numbers), block.first):
        sheet.text(row, 0, label)
        sheet.text(row, 1, measure.id)
        sheet.text(row, 2, "%" if measure.unit == "share" else measure.unit)
        sheet.number(row, 3, number + 1)
        for world, (total, value) in enumerate(zip(totals, values, strict=True)):
            if total is None:
                continue
            sheet.number(row, ABOVE[world], total[place, 0], _GENERAL)
            sheet.number(row, BELOW[world], total[place, 1], _GENERAL)
            if value is not None:
                above, below = (xl_rowcol_to_cell(row, column[world]) for column in (ABOVE, BELOW))
                all_below = Range(sheet.name, BELOW[world], block.first, block.last)
                formula = linearised(above, below, block.means[world], all_below)
                sheet.formula(row, VALUE[world], formula, float(value[place]), form)
        if values[0] is not None and values[1] is not None:
            one, other = (xl_rowcol_to_cell(row, column) for column in VALUE)
            apart = float(np.subtract(values[1][place], values[0][place]))
            sheet.formula(row, APART, f"{other}-{one}", apart, signed(form))
