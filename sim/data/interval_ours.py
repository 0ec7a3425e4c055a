"""A table by intervals as `sim.intervals` writes it: its `start` is in minutes, and so are its durations."""

from __future__ import annotations

import math
from datetime import date

from sim.data.dates import DAY, day_of, monday_of
from sim.data.interval_checks import Place
from sim.data.numerals import number
from sim.data.table import Table
from sim.quoting import quoted

_HEADS = {"starts": "start", "time": "from", "ends": "to", "day": "day"}


def is_ours(table: Table) -> bool:
    """Say whether a table has the columns that say when an interval is in those of a simulation."""
    return all(field in table and table.headings[field].words == words for field, words in _HEADS.items())


def places_of_ours(table: Table) -> tuple[list[Place], list[float | None], date | None]:
    """Return where rows stand, no ends of their own, and the first Monday where there are dates."""
    where: list[Place] = []
    monday: date | None = None
    for line, cell, written in zip(table.numbers(), table.column("starts"), table.column("date"), strict=True):
        starts, day = number(cell, "."), day_of(written).day_first
        if starts is None or not 0.0 <= starts < math.inf:
            table.findings.wrong(line, table.name("starts"), f"{quoted(cell)} is no minute", "write one, such as 480.0")
            starts = math.nan
        elif day is not None and monday is None:
            monday = monday_of(day)
            since = 7 * DAY * (starts // (7 * DAY))
        where.append(Place(line, starts, day))
    if monday is None:
        return where, [None] * len(where), None
    return [one._replace(starts=one.starts - since) for one in where], [None] * len(where), monday
