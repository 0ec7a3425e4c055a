"""Equal staff and equal service as they are read, in one table: plain text of 120 columns, and for notebooks."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sim.study.cautions import cautions
from sim.study.estimate import Estimate
from sim.study.sizes import paid_hours
from sim.study.tables import column_names
from sim.study.words import (
    WIDTH,
    Row,
    as_html,
    comparison_html,
    comparison_text,
    cut,
    decimals_of,
    foot,
    moved,
    pair_and_study,
    plus_or_minus,
    wrapped,
)

if TYPE_CHECKING:
    from sim.study.compare import Comparison, Line
    from sim.study.side_by_side import SideBySide

_NONE = "-"
_NAME = 32
"""What a measure's name may take of the line; it gives way when the numbers need more."""
_WAYS = ("equal staff", "equal service")


def side_by_side_text(study: SideBySide) -> str:
    """Return both comparisons as they are printed; where there is no equal service, the other and the reason."""
    if study.service is None:
        return comparison_text(study.staff, _missing(study))
    measures = [line.measure for line in study.staff.lines]
    head = _head(study.staff, study.service)
    return "\n".join([*head, "", *_table(study.staff, study.service), "", *foot(_notes(study), measures)])


def side_by_side_html(study: SideBySide) -> str:
    """Return both comparisons for a notebook, definitions shown on the measures' names."""
    if study.service is None:
        return comparison_html(study.staff, _missing(study))
    first, second = column_names(study.staff)
    ways = [name for way in _WAYS for name in (f"{second}, {way}", "difference [95 %]", "")]
    rows: list[Row] = [("measure", "unit", first, *ways)]
    for row in _rows(study.staff, study.service):
        rows.append((*row[:4], f"{row[4]} {row[5]}".strip(), *row[6:8], f"{row[8]} {row[9]}".strip(), row[10]))
    measures = [line.measure for line in study.staff.lines]
    return as_html(_head(study.staff, study.service), rows, measures, _notes(study))


def _missing(study: SideBySide) -> str:
    return f"Equal service is missing: {study.missing}."


def _head(staff: Comparison, service: Comparison) -> list[str]:
    first, second = column_names(staff)
    read = (
        f"A difference is {second}'s mean minus {first}'s, taken replication by replication, ± half of its 95 % "
        f"interval (Student's t). After it stands what {second} does: better or worse, higher or lower where neither "
        "is better, same; unsure where the interval holds 0: the worlds are not told apart."
    )
    said = [staff.equality.meaning, service.equality.meaning, read]
    return [*pair_and_study(staff), *(line for one in said for line in wrapped(one))]


def _notes(study: SideBySide) -> list[str]:
    assert study.service is not None
    first, second = column_names(study.staff)
    names = [first, *(f"{second} with {way}" for way in _WAYS)]
    return cautions(*study.staff.lived, study.service.lived[1], names=names)


def _table(staff: Comparison, service: Comparison) -> list[str]:
    rows = _rows(staff, service)
    widths = _widths(rows)
    lines = _heading(staff, service, widths)
    told = zip((line.measure for line in staff.lines), rows, strict=True)
    for family, members in itertools.groupby(told, key=lambda pair: pair[0].family):
        lines += [family, *(_line(row, widths) for _, row in members)]
    return lines


def _rows(staff: Comparison, service: Comparison) -> list[Row]:
    """Return measure, unit, first mean; then for each way: second mean, difference, half its interval, its word."""
    rows: list[Row] = []
    for one, other in zip(staff.lines, service.lines, strict=True):
        decimals = decimals_of([*one.worlds, one.difference, other.worlds[1], other.difference])
        first = _mean(one.worlds[0], decimals)
        cells = [cell for line in (one, other) for cell in _of_a_way(line, decimals)]
        rows.append((one.measure.id, one.measure.unit, first, *cells))
    return rows


def _of_a_way(line: Line, decimals: int) -> Iterator[str]:
    yield _mean(line.worlds[1], decimals)
    mean, low, _ = line.difference
    if mean is None:
        yield from (_NONE, "", "")
        return
    said, _, reach = plus_or_minus(line.difference, decimals).partition(" ")
    above = mean > 0 and any(digit in said for digit in "123456789")
    yield f"+{said}" if above else said
    yield reach if low is not None else ""
    yield moved(line)


def _mean(estimate: Estimate, decimals: int) -> str:
    return _NONE if estimate.mean is None else plus_or_minus(Estimate(estimate.mean, None, None), decimals)


def _widths(rows: Sequence[Row]) -> list[int]:
    """Give every column what it needs; the measures' names give way when a line would be too long."""
    headings = ("measure", "unit", "mean", *("mean", "differ", "ence", "") * 2)
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    widths[0] = min(widths[0], _NAME)
    over = len(_line(tuple("x" * width for width in widths), widths)) - WIDTH
    widths[0] = max(len("measure"), widths[0] - max(over, 0))
    return widths


def _line(row: Row, widths: Sequence[int]) -> str:
    name, unit, first, *ways = row
    start = f"  {cut(name, widths[0]):{widths[0]}}  {unit:{widths[1]}}  {first:>{widths[2]}}"
    return (start + "".join(_way(ways[at : at + 4], widths[3 + at : 7 + at]) for at in (0, 4))).rstrip()


def _way(cells: Sequence[str], widths: Sequence[int]) -> str:
    mean, difference, reach, said = cells
    numbers = f"   {mean:>{widths[0]}}  {difference:>{widths[1]}} {reach:{widths[2]}}"
    return f"{numbers} {said:{widths[3]}}"


def _heading(staff: Comparison, service: Comparison, widths: Sequence[int]) -> list[str]:
    """Return three lines: who, with how much staff, and the names of the columns."""
    first, second = column_names(staff)
    left = 6 + sum(widths[:3])
    ways = [sum(widths[at : at + 4]) + 4 for at in (3, 7)]
    who = [f"{cut(second, wide - len(way) - 2)}, {way}" for wide, way in zip(ways, _WAYS, strict=True)]
    staffed = [_staff(one) for one in (staff, service)]
    lines = [cut(first, left).rjust(left), f"{paid_hours(staff.worlds[0]):,.1f} h a week".rjust(left)]
    for at, said in enumerate((who, staffed)):
        lines[at] += "".join(f"   {one:{wide}}" for one, wide in zip(said, ways, strict=True))
    names = f"  {'measure':{widths[0]}}  {'unit':{widths[1]}}  {'mean':>{widths[2]}}"
    for at, wide in zip((3, 7), ways, strict=True):
        names += "   " + f"{'mean':>{widths[at]}}  difference".ljust(wide)
    return [line.rstrip() for line in (*lines, names)]


def _staff(comparison: Comparison) -> str:
    return f"{paid_hours(comparison.worlds[1]):,.1f} h a week, x {comparison.equality.factor:.4g}"
