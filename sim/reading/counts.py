"""Counts of calls by interval, by day of the week or by date: from a table to the usual week."""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from pathlib import Path

from sim.moments import clock_of, date_of
from sim.reading.mistakes import Mistake, shown
from sim.reading.sheets import Row, Sheet
from sim.units import DAYS

STEPS = (15, 30, 60)
"""Minutes for which counts may stand."""
_HOW = 'columns are start (such as "08:30") and mon to sun, or date, start and count'
_BY_DATE = ("date", "start", "count")

Counts = dict[str, tuple[float, ...]]


def counts_in(path: Path) -> tuple[Counts, list[Mistake]]:
    """Return the counts of a usual week, by day; empty where the table is wrong.

    Either a column for each day of the week, and ``start`` where the rows do not begin at midnight; or rows of
    ``date``, ``start`` and ``count``, of which the mean is taken for each day of the week. Hours before the first row
    and after the last have no calls, nor have days without a column or a date.
    """
    sheet = Sheet(path)
    if sheet.columns:
        counts = _by_date(sheet) if "date" in sheet.columns else _by_weekday(sheet)
        if not sheet.mistakes and not any(map(sum, counts.values())):
            sheet.refuse(None, "", "holds no call at all")
        if not sheet.mistakes:
            return counts, []
    return {}, sheet.mistakes


def _by_weekday(sheet: Sheet) -> Counts:
    sheet.unknown_columns(("start", *DAYS))
    days = [day for day in DAYS if day in sheet.columns]
    if not days:
        sheet.refuse(sheet.header, "", "has no column of counts", _HOW)
        return {}
    starts = _starts(sheet) if "start" in sheet.columns else _from_midnight(sheet)
    step = _step(sheet, [(row, start) for row, start in zip(sheet.rows, starts, strict=False) if start is not None])
    numbers = {day: [sheet.number(row, day) for row in sheet.rows] for day in days}
    if sheet.mistakes or step is None:
        return {}
    return {day: _day(dict(zip(starts, numbers[day], strict=True)), step) for day in days}


def _by_date(sheet: Sheet) -> Counts:
    sheet.unknown_columns(_BY_DATE)
    for column in _BY_DATE:
        if column not in sheet.columns:
            sheet.refuse(sheet.header, column, "is missing", _HOW)
    if sheet.mistakes:
        return {}
    rows_of: dict[str, list[tuple[Row, float]]] = defaultdict(list)
    for row, start in zip(sheet.rows, _starts(sheet), strict=True):
        if start is not None and _is_date(sheet, row):
            rows_of[row.cells["date"]].append((row, start))
    step = _step(sheet, [pair for rows in rows_of.values() for pair in rows], of_one=list(rows_of.values()))
    by_day: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    for written, rows in rows_of.items():
        found: dict[float | None, float | None] = {start: sheet.number(row, "count") for row, start in rows}
        if not sheet.mistakes and step is not None:
            by_day[DAYS[date_of(written).weekday()]].append(_day(found, step))
    return {
        day: tuple(math.fsum(each) / len(lists) for each in zip(*lists, strict=True)) for day, lists in by_day.items()
    }


def _is_date(sheet: Sheet, row: Row) -> bool:
    try:
        date_of(row.cells["date"])
    except ValueError as error:
        problem, _, right = str(error).partition("; ")
        sheet.refuse(row.line, "date", f"is wrong: {problem}", right)
        return False
    return True


def _starts(sheet: Sheet) -> list[float | None]:
    return [_start(sheet, row) for row in sheet.rows]


def _start(sheet: Sheet, row: Row) -> float | None:
    try:
        return clock_of(row.cells["start"])
    except ValueError as error:
        problem, _, right = str(error).partition("; ")
        sheet.refuse(row.line, "start", f"is wrong: {problem}", right)
        return None


def _from_midnight(sheet: Sheet) -> list[float | None]:
    """Return when each row starts, where that is not told: they are a whole day."""
    many = len(sheet.rows)
    if many not in (24, 48, 96):
        sheet.refuse(None, "", f"has {many} rows and no column start: a whole day has 24, 48 or 96")
    return [1440.0 / max(many, 1) * place for place in range(many)]


def _step(
    sheet: Sheet, starts: list[tuple[Row, float]], of_one: list[list[tuple[Row, float]]] | None = None
) -> float | None:
    """Return for how many minutes each row stands; what follows badly on another is noted with its row."""
    days = [starts] if of_one is None else of_one
    steps = [later - earlier for day in days for (_, earlier), (_, later) in itertools.pairwise(day) if later > earlier]
    if not steps:
        sheet.refuse(None, "start", "does not tell for how long a row stands", "give two rows at least for a day")
        return None
    step = min(steps)
    if step not in STEPS:
        sheet.refuse(None, "start", f"goes on by {step:g} minutes", "counts are by 15, 30 or 60 minutes")
        return None
    for day in days:
        _follow(sheet, day, step)
    return step


def _follow(sheet: Sheet, day: list[tuple[Row, float]], step: float) -> None:
    for row, start in day:
        if start % step:
            sheet.refuse(
                row.line, "start", f"is {shown(row.cells['start'])}: rows start every {step:g} min from midnight"
            )
    for (_, earlier), (row, later) in itertools.pairwise(day):
        if later == earlier:
            sheet.refuse(row.line, "start", f"is {shown(row.cells['start'])} twice", "write each interval once")
        elif later < earlier:
            sheet.refuse(row.line, "start", f"is {shown(row.cells['start'])}, before the row above", "sort the rows")
        elif later > earlier + step:
            missing = f"{(earlier + step) // 60:02.0f}:{(earlier + step) % 60:02.0f}"
            sheet.refuse(row.line, "start", f"leaves a gap: {missing} is missing", "write 0 where nobody called")


def _day(found: dict[float | None, float | None], step: float) -> tuple[float, ...]:
    """Return the counts of a whole day."""
    return tuple(found.get(step * place) or 0.0 for place in range(int(1440 // step)))
