"""A roster out of a file, one row for each shift, and all that can be wrong with one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from sim.data.cells import Cells, checked_names, named
from sim.data.columns import Columns
from sim.data.dates import DAY, Order, ends_of, monday_of, time_of, times_of, weekday_of
from sim.data.headings import ROSTER_WORDS, Heading
from sim.data.moments import Moments, checked_order, first_monday_of
from sim.data.numerals import is_nothing, plain
from sim.data.roster import ALL, Break, Roster, Shift
from sim.data.table import Table, read_table
from sim.quoting import quoted, short
from sim.units import WEEK

_LONGEST_CELL = 300
_BETWEEN = re.compile(r"\s*(?:[,;+&\n]|\bet\b|\band\b)\s*")
_LENGTH = re.compile(r"(.+?)\s*\(?\s*\+?(\d{1,3})\s*(?:min|mn|m)\.?\)?", re.ASCII)
_DAYS_TO = re.compile(r"([^\W\d_]+)\.?(?:\s*[-–—]\s*|\s+(?:à|a|to|au)\s+)([^\W\d_]+)\.?")
_MOST_AGENTS = 100_000
_LENGTH_SAID = re.compile(r"(\d{1,3})\s*(?:min|mn|minutes)\b", re.ASCII)
_OF_LUNCH = re.compile("lunch|dejeuner|repas|meal")
_BREAK, _LUNCH = 15.0, 30.0
"""Minutes of a break, and of a lunch, of which a roster gives the beginning alone and no length: usual ones, told."""


def roster(
    path: str | Path,
    columns: Columns | None = None,
    *,
    teams: Sequence[str] | None = None,
    dates: str = "auto",
) -> Roster:
    """Read a roster, one row for each shift, in any of the forms that `sim.interval_report` understands.

    A shift that ends before it begins goes on into the next day. Breaks stand in one cell, such as
    ``12:00-12:45, 15:00 (15 min)``, or in several columns, such as Break 1, Lunch, Break 2, each from and to, or a time
    alone where its heading says how long it is. Days of the week may be several: ``mon-fri``, ``lun, mer``.

    Parameters
    ----------
    path : str or Path
        A text file with one row for each shift.
    columns : mapping of str to str or int, optional
        Where fields stand, by heading or by place from 1. Fields are agent, number (of agents, without names), team,
        date or day, start and end (or shift, from and to in one cell), and breaks; the others are recognised, and one
        that is None stands in no column.
    teams : sequence of str, optional
        The names there are; any other is a mistake.
    dates : {"auto", "day first", "month first"}
        The order of dates; by default the whole column tells.

    Returns
    -------
    Roster
        Times in minutes from Monday 00:00.

    Raises
    ------
    DataError
        With every mistake in the file: its row, its column, and what would be right. Among them are breaks that overlap
        or lie outside of the shift, and an agent who is twice at work at one time.
    ValueError
        If an argument is none of those possible.
    """
    order, names = checked_order(dates), checked_names("teams", teams)
    needed = ("agent|number", "date|day", "start|shift", "end|shift")
    table = read_table(path, columns, ROSTER_WORDS, needed, several=("breaks",))
    days = _days(table, order)
    found, known = named(table, "team", names, ALL)
    numbers = Cells(table, ("number",)).counts("number")
    first_monday_of([one for those in days for one in those], table)
    shifts: list[tuple[int, Shift]] = []
    columns_of_breaks = _columns_of_breaks(table)
    for at, hours in enumerate(_hours(table)):
        line = table.lines[at].number
        if hours is None:
            continue
        agents = _agents(table, at, numbers[at])
        breaks = _breaks(table, columns_of_breaks, at, *hours)
        team = known[found[at]] if 0 <= found[at] < len(known) else ""
        agent = "" if "agent" not in table else short(plain(table.column("agent")[at]), 200)
        for day in days[at]:
            weekday = day.weekday() if isinstance(day, date) else day
            dated = day if isinstance(day, date) else None
            shifts.append((line, Shift(agent, agents, team, weekday, dated, *hours, breaks)))
    _twice(shifts, table)
    table.findings.check()
    all_days = [shift.date for _, shift in shifts if shift.date is not None]
    monday = monday_of(min(all_days)) if all_days else None
    told = dict(table.findings.left_out), table.findings.warnings()
    return Roster(tuple(shift for _, shift in shifts), monday, known, *told)


def _days(table: Table, order: Order | None) -> list[list[date | int]]:
    """Return the days of each row: a date, or days of the week."""
    if "date" in table:
        moments = Moments(table, ("date", "day"), (), order, None)
        return [[] if day is None else [day] for day in moments.days()]
    cells = table.column("day")
    if any(_weekdays(cell) for cell in cells):
        return [_named_days(table, at, cell) for at, cell in enumerate(cells)]
    moments = Moments(table, ("day",), (), order, None)
    return [[] if day is None else [day] for day in moments.days()]


def _named_days(table: Table, at: int, cell: str) -> list[date | int]:
    days = _weekdays(cell)
    if not days:
        hint = "write a day such as mon, lundi, or mon-fri"
        table.findings.wrong(table.lines[at].number, table.name("day"), f"{quoted(cell)} is no day of the week", hint)
    return [*days]


def _weekdays(cell: str) -> list[int]:
    """Read days of the week, one, several, or from and to; none where a part of them is none."""
    found: list[int] = []
    for part in _BETWEEN.split(cell[:_LONGEST_CELL].strip()):
        ends = _DAYS_TO.fullmatch(part)
        days = [weekday_of(one) for one in (ends.groups() if ends else (part,))]
        numbers = [day for day in days if day is not None]
        if len(numbers) < len(days):
            return []
        found += [(numbers[0] + more) % 7 for more in range((numbers[-1] - numbers[0]) % 7 + 1)]
    return list(dict.fromkeys(found))


def _hours(table: Table) -> Iterator[tuple[float, float] | None]:
    """Yield when each shift starts and ends, None where a cell does not say so, which is a mistake."""
    ranged = "start" not in table or "end" not in table
    fields = ("shift", "shift") if ranged else ("start", "end")
    cells = [table.column(field) for field in fields]
    starts = times_of(cells[0])
    ends = ends_of(cells[1]) if ranged else times_of(cells[1])
    for at, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for field, column, minute in zip(fields[: 1 + (not ranged)], cells, (start, end), strict=False):
            if minute is None or (ranged and end is None):
                hint = "write 08:00-16:00" if ranged else "write one as 08:00"
                said = f"{quoted(column[at])} is no {'pair of times' if ranged else 'time of day'}"
                table.findings.wrong(table.lines[at].number, table.name(field), said, hint)
        yield None if start is None or end is None else _over_midnight(table, at, fields[1], start, end)


def _over_midnight(table: Table, at: int, field: str, start: float, end: float) -> tuple[float, float] | None:
    """Let a shift that ends before it begins go on into the next day; one that has no length is a mistake."""
    line = table.lines[at].number
    if start == end:
        said = "ends when it begins"
        table.findings.wrong(line, table.name(field), said, "write 00:00 and 24:00 for a whole day")
        return None
    if end < start:
        table.findings.odd("shifts over midnight", line, "", "ends before it begins: goes on into the next day")
    return start, end if end > start else end + DAY


def _agents(table: Table, at: int, number: float) -> int:
    line, name = table.lines[at].number, table.column("agent")[at]
    if "number" not in table:
        if is_nothing(name):
            table.findings.wrong(line, table.name("agent"), "is empty", "name who works this shift")
        return 1
    if not number >= 0 or number % 1 or number > _MOST_AGENTS:
        cell = table.column("number")[at]
        right = f"a whole number from 0 to {_MOST_AGENTS:,}"
        table.findings.wrong(line, table.name("number"), f"{quoted(cell)} is no number of agents", f"write {right}")
        return 0
    if not is_nothing(name) and number != 1:
        said = f"has one name, and {number:g} agents"
        table.findings.wrong(line, table.name("number"), said, "write a row for each name, or no name")
    return int(number)


class _Breaks(NamedTuple):
    """A column of breaks: its heading, its cells, and how long one lasts that has a beginning alone; 0 if unknown."""

    name: str
    cells: list[str]
    minutes: float


def _columns_of_breaks(table: Table) -> list[_Breaks]:
    """Return the columns of breaks; where they are several, or say it, a bare time is one of the usual length."""
    those = table.columns("breaks")
    found = [_Breaks(head.written, cells, _usual(head, alone=len(those) == 1)) for head, cells in those]
    for one in found:
        _say_usual(table, one)
    return found


def _usual(head: Heading, *, alone: bool) -> float:
    said = _LENGTH_SAID.search(head.written)
    if said:
        return float(said[1])
    return 0.0 if alone else _LUNCH if _OF_LUNCH.search(head.words) else _BREAK


def _say_usual(table: Table, column: _Breaks) -> None:
    """Say how long breaks are taken for, where nothing says it."""
    bare = any(time_of(part.strip()) is not None for cell in column.cells for part in _BETWEEN.split(cell))
    if bare and column.minutes and not _LENGTH_SAID.search(column.name):
        said = f"has times alone: each is taken for {column.minutes:g} min"
        hint = f'write how long in the heading, "{column.name} ({column.minutes:g} min)", or from and to in the cells'
        table.findings.odd("lengths of breaks", None, column.name, said, hint)


def _breaks(table: Table, columns: Sequence[_Breaks], at: int, start: float, end: float) -> tuple[Break, ...]:
    """Read the breaks of a row; what is none, overlaps, or lies outside of the shift is a mistake."""
    found: list[Break] = []
    for column in columns:
        if not is_nothing(column.cells[at]):
            found += _breaks_in(table, column, at, start, end)
    found.sort()
    for first, second in pairwise(found):
        if second[0] < first[1]:
            said = f"holds breaks that overlap: {_said(first)} and {_said(second)}"
            line = table.lines[at].number
            table.findings.wrong(line, " and ".join(one.name for one in columns), said, "write the longer one")
    return tuple(found)


def _breaks_in(table: Table, column: _Breaks, at: int, start: float, end: float) -> Iterator[Break]:
    line = table.lines[at].number
    for part in _BETWEEN.split(column.cells[at][:_LONGEST_CELL]):
        one = _break(part, start, end) or _beginning(column, part, start, end)
        if one is None:
            hint = "write 12:00-12:45, or 12:00 (45 min)"
            table.findings.wrong(line, column.name, f"{quoted(part)} is no break", hint)
        elif one[0] < start or one[1] > end:
            table.findings.wrong(line, column.name, f"{quoted(part)} lies outside of the shift", "breaks lie within it")
        else:
            yield one


def _break(part: str, start: float, end: float) -> Break | None:
    part = part.strip()
    ends = ends_of([part])[0]
    first = times_of([part])[0] if not part.isdigit() else None
    if ends is None or first is None:
        found = _LENGTH.fullmatch(part)
        first = time_of(found[1]) if found else None
        if found is None or first is None or not int(found[2]):
            return None
        ends = first + int(found[2])
    elif ends <= first:
        ends += DAY
    return _of_the_shift(first, ends, start, end)


def _of_the_shift(first: float, ends: float, start: float, end: float) -> Break:
    """Let a break before the shift's beginning be of the next day, where the shift goes on into it so far."""
    after = DAY if first < start and ends + DAY <= end else 0.0
    return first + after, ends + after


def _beginning(column: _Breaks, part: str, start: float, end: float) -> Break | None:
    """Read a time alone: a break of the length that its column has."""
    first = time_of(part.strip())
    if first is None or not column.minutes:
        return None
    return _of_the_shift(first, first + column.minutes, start, end)


def _said(one: Break) -> str:
    return "-".join(f"{int(minute) // 60 % 24:02d}:{int(minute) % 60:02d}" for minute in one)


def _twice(shifts: Sequence[tuple[int, Shift]], table: Table) -> None:
    """Note who is at work twice at one time."""
    of: dict[str, list[tuple[float, float, int]]] = {}
    for line, shift in shifts:
        if shift.agent:
            since = shift.date.toordinal() * DAY if shift.date else shift.day * DAY
            of.setdefault(shift.agent, []).append((since + shift.start, since + shift.end, line))
            if shift.date is None and since + shift.end > WEEK:  # of a week that comes again
                of[shift.agent].append((since + shift.start - WEEK, since + shift.end - WEEK, line))
    for agent, those in of.items():
        those.sort()
        for (_, ends, line), (starts, _, other) in pairwise(those):
            if starts < ends:
                table.findings.wrong(
                    other, "", f"has {quoted(agent)} at work where line {line} has them too", "keep one"
                )
