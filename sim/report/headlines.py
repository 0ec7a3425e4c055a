"""The figures that matter in one small table: the first way with its differences, of the others mean and a word."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.names import names
from sim.report.numbers import WIDTH, cut, decimals_of, mean_of, moved, signed
from sim.scenario import World
from sim.study.comparison import Comparison, Line
from sim.study.staffing import posts

HEADLINES = {
    "calls_per_day": "calls / day",
    "calls_per_problem": "calls / problem",
    "hold_minutes_per_call": "hold / call",
    "solved_share": "problems solved",
    "effort_ces": "effort",
    "toll_eur_per_problem": "toll / problem",
    "customer_eur_per_problem": "customer's costs / problem",
    "staff_hours_per_week": "agent hours paid / week",
    "firm_eur_per_week": "firm's costs / week",
    "firm_cash_eur_per_week": "  without customers lost",
}
"""The figures that matter, and what they are called there."""
GUESSED = "*"
"""Stands after the name of a measure that rests on guesses about customers who leave."""
_NAMES = (40, 26, 16)
"""What a world's name may take, by how many ways stand beside each other."""
Row = tuple[str, ...]


def headlines(comparison: Comparison) -> list[str]:
    """Return the table as lines, the worlds, their staff and the ways over their columns."""
    each = list(comparison.each())
    wide = _NAMES[min(len(each), len(_NAMES)) - 1]
    first, *others = (cut(name, wide) for name in names(comparison))
    measured = [line.measure.id for line in comparison.lines]
    ids = [name for name in HEADLINES if name in measured] or measured[: len(HEADLINES)]
    labels, staff = [one.equality.label for one in each], [_staff(one.worlds[1]) for one in each]
    heads = [
        ("", "", first, *_spread(others)),
        ("", "", "", *_spread(labels)),
        ("", "", _staff(comparison.worlds[0]), *_spread(staff)),
    ]
    return _columns(heads, [_headline(name, [one.line(name) for one in each]) for name in ids])


def _spread(cells: Sequence[str]) -> list[str]:
    return [one for cell in cells for one in (cell, "")]


def _headline(name: str, lines: Sequence[Line]) -> Row:
    line = lines[0]
    decimals = decimals_of([estimate for one in lines for estimate in (*one.worlds, one.difference)])
    label = HEADLINES.get(name, name) + (GUESSED if line.measure.guessed else "")
    apart = "" if line.difference.mean is None else f"{signed(line.difference, decimals)} {moved(line)}".rstrip()
    cells = [mean_of(line.worlds[1], decimals), apart]
    for other in lines[1:]:
        cells += [mean_of(other.worlds[1], decimals), moved(other)]
    return label, line.measure.unit, mean_of(line.worlds[0], decimals), *cells


def _columns(heads: Sequence[Row], body: Sequence[Row]) -> list[str]:
    """Set the table: what stands over a way spans its mean and its difference."""
    widths = [max(len(row[at]) for row in body) for at in range(len(heads[0]))]
    widths[2] = max(widths[2], *(len(row[2]) for row in heads))
    for at in range(3, len(widths), 2):
        over = max(len(row[at]) for row in heads) - (widths[at] + 2 + widths[at + 1])
        widths[at + 1] += max(over, 0)
    lines = []
    for row in (*heads, *body):
        parts = [f"{row[0]:{widths[0]}}  {row[1]:{widths[1]}}  {row[2]:>{widths[2]}}"]
        for at in range(3, len(row), 2):
            spans = row in heads
            both = f"{row[at]:>{widths[at]}}  {row[at + 1]:<{widths[at + 1]}}"
            parts.append(f"{row[at]:<{widths[at] + 2 + widths[at + 1]}}" if spans else both)
        lines.append(cut("   ".join(parts).rstrip(), WIDTH))
    return lines


def _staff(world: World) -> str:
    return f"{posts(world):,.1f} posts"
