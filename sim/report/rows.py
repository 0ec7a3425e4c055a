"""Studies as rows of cells, a measure each, and how such rows are set in columns."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from sim.measures import Measure
from sim.report.headlines import GUESSED, Row
from sim.report.names import names
from sim.report.numbers import APART, UNDEFINED, WIDTH, cut, decimals_of, plus_or_minus, signed, verdict
from sim.study.comparison import Comparison
from sim.study.replications import Replications

_NAME = 36


def comparison_rows(comparison: Comparison) -> list[Row]:
    """Return the cells of a comparison's first way, the heading first."""
    called = names(comparison)[:2]
    rows: list[Row] = [("measure", "unit", *called, "difference", "better")]
    for line in comparison.lines:
        decimals = decimals_of([*line.worlds, line.difference])
        rows.append(
            (
                marked(line.measure),
                line.measure.unit,
                *(plus_or_minus(estimate, decimals) for estimate in line.worlds),
                signed(line.difference, decimals) if line.difference.mean is not None else UNDEFINED,
                verdict(line, called),
            )
        )
    return rows


def replications_rows(lived: Replications, measures: Sequence[Measure]) -> list[Row]:
    """Return the cells of one world's study, the heading first."""
    rows: list[Row] = [("measure", "unit", f"{lived.asked.name} (95 % interval)")]
    for measure in measures:
        estimate = lived.estimate(measure.id)
        rows.append((marked(measure), measure.unit, plus_or_minus(estimate, decimals_of([estimate]))))
    return rows


def marked(measure: Measure) -> str:
    """Return a measure's id, marked where it rests on guesses."""
    return measure.id + (GUESSED if measure.guessed else "")


def table(rows: Sequence[Row], measures: Sequence[Measure]) -> list[str]:
    """Set rows in columns, each family of measures under its name."""
    short = [(cut(row[0], _NAME), *row[1:]) for row in rows]
    widths = _widths(short)
    lines = [_line(short[0], widths)]
    told = zip(measures, short[1:], strict=True)
    for family, members in itertools.groupby(told, key=lambda pair: pair[0].family):
        lines += [family, *(_line(row, widths) for _, row in members)]
    return lines


def _widths(rows: Sequence[Row]) -> list[int]:
    """Give every column what it needs; worlds' long names give way when a line would be too long."""
    body = [max(len(row[at]) for row in rows[1:]) if rows[1:] else 0 for at in range(len(rows[0]))]
    widths = [max(len(rows[0][at]), need) for at, need in enumerate(body)]
    for at in (len(widths) - 1, *range(2, len(widths) - 1), 0):
        over = 2 + sum(widths) + 2 * (len(widths) - 1) - WIDTH
        if over > 0:
            least = len(APART) if at == len(widths) - 1 else body[at]
            widths[at] = max(least, widths[at] - over)
    return widths


def _line(row: Row, widths: Sequence[int]) -> str:
    cells = [cut(cell, width) for cell, width in zip(row, widths, strict=True)]
    last = len(cells) - 1
    placed = [
        cell.ljust(width) if at < 2 or (at == last and last > 2) else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    return ("  " + "  ".join(placed)).rstrip()
