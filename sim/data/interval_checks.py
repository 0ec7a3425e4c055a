"""What cannot be in an interval report, and what is odd: each row against the others of its queue."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.data import spelling
from sim.data.dates import DAY
from sim.data.findings import UNREAD, Findings
from sim.data.table import LIST, Table, unread_said
from sim.quoting import quoted

_ALIKE = 1e-6
"""By how much times (min) or counts may differ that are the same."""
_FEW = 3
"""Rows of one interval that are told one by one where no column of queues is read."""
_CLOCK_CHANGES = {3: "missing", 4: "missing", 9: "twice", 10: "twice", 11: "twice"}
"""Months whose Sundays may lack an hour of the night, or have one twice."""


class Place(NamedTuple):
    """Where a row stands: in the file, in the week, and on the calendar."""

    line: int
    starts: float
    day: date | int | None


def checked(
    rows: npt.NDArray[np.void], where: Sequence[Place], queues: Sequence[str], table: Table
) -> npt.NDArray[np.void]:
    """Return the rows that are kept; note what cannot be in them, or is odd."""
    again = _hours_twice(where, table)
    dropped = set(again)
    for at in _repeated(rows, where, again, queues, table):
        dropped.add(at)
    kept = np.array(
        [at for at, place in enumerate(where) if at not in dropped and place.starts == place.starts], np.intp
    )
    for queue in np.unique(rows["queue"][kept]):
        own = kept[rows["queue"][kept] == queue]
        own = own[np.argsort(rows["starts"][own], kind="stable")]
        name = f" of {quoted(queues[queue])}" if len(queues) > 1 and queue >= 0 else ""
        _follow(rows[own], [where[at] for at in own], name, table.findings)
        _add_up(rows[own], [where[at] for at in own], table)
    _too_many_within(rows[kept], [where[at] for at in kept], table)
    return rows[kept]


def _repeated(
    rows: npt.NDArray[np.void], where: Sequence[Place], again: set[int], queues: Sequence[str], table: Table
) -> Iterator[int]:
    """Yield rows that say again what another has said, to the letter; those that say something else are mistakes."""
    seen: dict[tuple[float, int], int] = {}
    others: list[tuple[int, int]] = []
    for at, place in enumerate(where):
        if at in again or math.isnan(place.starts):
            continue
        first = seen.setdefault((place.starts, int(rows["queue"][at])), at)
        if first == at:
            continue
        if table.lines[first].cells == table.lines[at].cells:
            table.findings.leave_out("rows that stand twice")
            said = f"is line {where[first].line} once more: left out"
            table.findings.odd("rows that stand twice", place.line, "", said)
            yield at
        else:
            others.append((first, at))
    _say_others(others, where, table)


def _say_others(others: Sequence[tuple[int, int]], where: Sequence[Place], table: Table) -> None:
    """Note the rows that say something else of an interval; without a column for the queue that is one mistake."""
    if "queue" not in table and (len(others) > _FEW or (others and table.unread)):
        first, at = others[0]
        unread = f"; {UNREAD}: {unread_said(table)}" if table.unread else ""
        said = f"is of the same interval as line {where[first].line}, with other numbers, as {len(others):,} rows are"
        likely = table.unread[0] if table.unread else "..."
        hint = f"name the column of the queue, {spelling.columns(queue=likely)}{unread}; {LIST}"
        table.findings.wrong(where[at].line, "", f"{said}, and no column is read as the queue", hint)
        return
    for first, at in others:
        said = f"is of the same interval and queue as line {where[first].line}, with other numbers"
        table.findings.wrong(where[at].line, "", said, "keep one of them, or name a column for the queue")


def _follow(rows: npt.NDArray[np.void], where: Sequence[Place], name: str, findings: Findings) -> None:
    """Look at each interval and the next one: they may not overlap, and within a day none should be missing."""
    for at, (one, other) in enumerate(pairwise(where)):
        ends = one.starts + float(rows["minutes"][at])
        between = other.starts - ends
        if -_ALIKE <= between <= _ALIKE or one.starts == other.starts:
            continue
        if between < 0.0:
            goes_on = f"the interval{name} of line {one.line} goes on to {_clock(ends)}"
            said = f"begins at {_clock(other.starts)}, when {goes_on}"
            findings.wrong(other.line, "", said, "intervals may not overlap")
        elif between <= 60.0 + _ALIKE and _of_clock_change(Place(0, ends, one.day), "missing"):
            said = f"comes after the hour{name} of {one.day} that the clock leaves out: {_clock(ends)} is missing"
            findings.odd("hours that the clock leaves out", other.line, "", said)
        elif one.starts // DAY == other.starts // DAY:
            many = max(1, round(between / float(rows["minutes"][at])))
            intervals = f"{many} interval{'s' * (many > 1)}"
            said = f"comes after a gap{name}: {_clock(ends)} to {_clock(other.starts)} is missing ({intervals})"
            findings.odd("gaps", other.line, "", said, "add the intervals, with 0 where nobody called")


def _clock(minute: float) -> str:
    whole = round(minute % DAY)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def _add_up(rows: npt.NDArray[np.void], where: Sequence[Place], table: Table) -> None:
    """Look at what becomes of the calls of each day: nobody is answered who was not offered.

    Within an interval more may be answered than offered, of those who came in the one before.
    """
    offered, answered = rows["offered"], rows["answered"]
    if "offered" not in table or "answered" not in table:
        return
    lost = np.where(np.isnan(rows["abandoned"]), 0.0, rows["abandoned"])
    for _, group in groupby(range(len(rows)), key=lambda at: where[at].starts // DAY):
        left = 0.0
        for at in group:
            if math.isnan(offered[at]) or math.isnan(answered[at]):
                left = math.inf
                continue
            more, column = answered[at] - offered[at], table.name("answered")
            if more > left + 1.0 * (offered[at] % 1 > 0) + _ALIKE:
                said = f"has {answered[at]:g} answered and {offered[at]:g} offered"
                waiting = f", and {left:g} at most were waiting from before" if left else ""
                table.findings.wrong(
                    where[at].line, column, said + waiting, "no more can be answered than were offered"
                )
            elif more > 0:
                said = f"has {answered[at]:g} answered and {offered[at]:g} offered: some came in the interval before"
                table.findings.odd("answered in a later interval", where[at].line, column, said)
            left = max(0.0, left - more - lost[at])
    _become(rows, where, table)


def _become(rows: npt.NDArray[np.void], where: Sequence[Place], table: Table) -> None:
    """Look whether calls offered are those answered, abandoned and blocked, where all are there."""
    if "abandoned" not in table:
        return
    blocked = np.where(np.isnan(rows["blocked"]), 0.0, rows["blocked"])
    become = rows["answered"] + rows["abandoned"]
    for at in range(len(rows)):
        offered, ended = rows["offered"][at], become[at]
        if abs(offered - ended) > 0.5 and abs(offered - ended - blocked[at]) > 0.5:
            parts = f"{rows['answered'][at]:g} answered and {rows['abandoned'][at]:g} abandoned"
            parts += f" and {blocked[at]:g} blocked" if blocked[at] else ""
            said = f"has {offered:g} offered, and {parts}"
            table.findings.odd("calls offered that do not add up", where[at].line, table.name("offered"), said)


def _too_many_within(rows: npt.NDArray[np.void], where: Sequence[Place], table: Table) -> None:
    if "within" not in table or "answered" not in table:
        return
    for at in np.flatnonzero(rows["within"] > rows["answered"] + _ALIKE).tolist():
        said = f"has {rows['within'][at]:g} answered within the threshold, of {rows['answered'][at]:g} answered"
        table.findings.wrong(where[at].line, table.name("within"), said, "no more than were answered")


def _hours_twice(where: Sequence[Place], table: Table) -> set[int]:
    """Return which rows are the second pass of the hour at the end of summer time."""
    queues = table.column("queue")
    seen: dict[tuple[float, str], int] = {}
    again = set()
    for at, (place, queue) in enumerate(zip(where, queues, strict=True)):
        first = seen.setdefault((place.starts, queue), at)
        if first != at and _of_clock_change(place, "twice") and table.lines[first].cells != table.lines[at].cells:
            again.add(at)
            said = f"is the hour of {place.day} that the clock goes through twice: its first pass is kept"
            table.findings.odd("hours twice", place.line, "", said)
    if again:
        table.findings.leave_out("second passes of an hour at the end of summer time", len(again))
    return again


def _of_clock_change(place: Place, what: str) -> bool:
    """Say whether clocks may be changed there: on a Sunday night of spring or autumn."""
    day = place.day
    if not isinstance(day, date) or day.weekday() != 6:
        return False
    return _CLOCK_CHANGES.get(day.month) == what and place.starts % DAY < 240.0
