"""An interval report out of a file, and all that can be wrong with one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.asked import LENGTH, numbers, one_of
from sim.data.cells import Cells, checked_names, named
from sim.data.columns import Columns
from sim.data.dates import DAY
from sim.data.findings import Findings
from sim.data.headings import INTERVAL_WORDS
from sim.data.interval_checks import Place, checked
from sim.data.interval_ours import is_ours, places_of_ours
from sim.data.interval_report import INTERVAL, IntervalReport
from sim.data.moments import Moments, checked_order, checked_zone, first_monday_of, since
from sim.data.table import Table, read_table
from sim.units import minutes as minutes_of

COUNTS = ("offered", "answered", "abandoned", "blocked", "within", "agents")
_NUMBERS = (*COUNTS, "service_level", "speed_of_answer", "handle_time", "talk_time", "after_call", "minutes")
_STAMPS = ("starts", "date", "time", "day")
_SMALLEST = 1.0
"""Minutes of the shortest interval."""


def interval_report(
    path: str | Path,
    columns: Columns | None = None,
    *,
    queues: Sequence[str] | None = None,
    threshold: str | float | None = None,
    level_of: str = "offered",
    dates: str = "auto",
    decimal: str = "auto",
    unit: str = "s",
    zone: str | None = None,
) -> IntervalReport:
    """Read what a telephone switch counts by interval, however it has printed it.

    Commas, semicolons, tabs or bars between cells; decimal comma or point; UTF-8, UTF-16 or Latin-1; lines above the
    heading, totals below; French, English or ISO dates; durations as hours, minutes and seconds or as a number.

    Parameters
    ----------
    path : str or Path
        A text file with one row for each interval (and queue).
    columns : mapping of str to str or int, optional
        Where fields stand, by heading or by place from 1, such as ``{"offered": "Appels présentés", "answered": 5}``.
        Fields are date, time, starts, ends, day, minutes, queue, offered, answered, abandoned, blocked, within,
        service_level, speed_of_answer, handle_time, talk_time, after_call and agents; the others are recognised,
        and one that is None stands in no column.
    queues : sequence of str, optional
        The names there are; any other is a mistake.
    threshold : str or float, optional
        The wait to which `within` and the service level belong, such as ``"20 s"``, or in min; by default the one
        in the heading, if any.
    level_of : {"offered", "answered"}
        What a service level is a share of.
    dates : {"auto", "day first", "month first"}
        The order of dates; by default the whole column tells.
    decimal : {"auto", ",", "."}
        The decimal sign; by default all numbers together tell.
    unit : {"s", "ms", "min", "h", "d"}
        What a duration without a unit is counted in; in a table that `sim.intervals` has written always min.
    zone : str, optional
        Times that say how far they are from Greenwich are brought to this zone, such as ``"Europe/Paris"``.

    Returns
    -------
    IntervalReport
        Its `warnings` say what is odd, and `left_out` what was not taken over.

    Raises
    ------
    DataError
        With every mistake in the file: its row, its column, and what would be right.
    ValueError
        If an argument is none of those possible.
    """
    order, place = checked_order(dates), checked_zone(zone)
    level_of, names = one_of("level_of", level_of, ("offered", "answered")), checked_names("queues", queues)
    wait = _threshold(threshold)
    table = read_table(path, columns, INTERVAL_WORDS, ("|".join(_STAMPS), "offered|answered"))
    _level_in_percent(table)
    ours = is_ours(table)
    cells = Cells(table, _NUMBERS, decimal, "min" if ours else unit)
    if ours:
        where, ends, monday = places_of_ours(table)
    else:
        moments = Moments(table, ("starts", "date", "time", "day"), ("starts", "time", "date"), order, place)
        where, ends, monday = _places(table, moments)
    found, known = named(table, "queue", names, "all")
    rows = np.zeros(len(table.lines), INTERVAL)
    rows["starts"], rows["queue"] = [one.starts for one in where], found
    rows["minutes"] = _lengths(rows, where, ends, cells, table.findings)
    for name, values in _amounts(cells, table, level_of).items():
        rows[name] = values
    kept = checked(rows, where, known, table)
    table.findings.check()
    sorted_rows = kept[np.lexsort((kept["queue"], kept["starts"]))]
    wait = wait if wait is not None else _told_threshold(table)
    return IntervalReport(sorted_rows, monday, known, wait, dict(table.findings.left_out), table.findings.warnings())


def _level_in_percent(table: Table) -> None:
    """Take a column of calls answered in time for the service level, where its cells are percentages."""
    if "within" in table and "service_level" not in table and any("%" in cell for cell in table.column("within")):
        table.places["service_level"] = table.places.pop("within")
        table.headings["service_level"] = table.headings.pop("within")


def _threshold(threshold: object) -> float | None:
    if threshold is None:
        return None
    if isinstance(threshold, str):
        try:
            return minutes_of(threshold)
        except ValueError as error:
            raise ValueError(f"threshold: {error}") from None
    return float(numbers(threshold=(threshold, LENGTH))[0])


def _told_threshold(table: Table) -> float | None:
    told = [table.headings[field].threshold for field in ("within", "service_level") if field in table]
    return next((one for one in told if one is not None), None)


def _places(table: Table, moments: Moments) -> tuple[list[Place], list[float | None], date | None]:
    """Return where rows stand, the ends that they say, and the first Monday."""
    days, times = moments.days(), moments.times(("starts", "time", "date"))
    timed = any(minute is not None for minute, _ in times)
    rows: list[tuple[date | int | None, float]] = []
    for at, (line, day, (minute, _)) in enumerate(zip(table.numbers(), days, times, strict=True)):
        if timed and minute is None and line not in moments.mistimed:
            table.findings.wrong(line, "", "has no time of day", "write one, such as 08:30")
        shifted: tuple[date | int | None, float] = (day, (math.nan if timed else 0.0) if minute is None else minute)
        if isinstance(day, date) and minute is not None:
            field = next((one for one in ("starts", "time", "date") if one in table), "starts")
            shifted = moments.shifted(field, at, day, minute)
        rows.append(shifted)
    monday = first_monday_of([day for day, _ in rows], table)
    dated = any(day is not None for day, _ in rows)
    where = []
    for line, (day, minute) in zip(table.numbers(), rows, strict=True):
        starts = math.nan if dated and day is None else since(monday, day, minute)
        where.append(Place(line, starts, day))
    return where, _ends(table, moments, [end for _, end in times]), monday


def _ends(table: Table, moments: Moments, ranged: Sequence[float | None]) -> list[float | None]:
    """Return the minute of the day at which intervals end, where rows say it."""
    if "ends" not in table:
        return list(ranged)
    own = Moments(table, (), ("ends",), moments.order, None)
    return [end for end, _ in own.times(("ends",))]


def _lengths(
    rows: npt.NDArray[np.void],
    where: Sequence[Place],
    ends: Sequence[float | None],
    cells: Cells,
    findings: Findings,
) -> list[float]:
    """Return how long intervals are: as rows say, else as most of them follow each other."""
    said = cells.minutes("minutes") if "minutes" in cells.table else [math.nan] * len(rows)
    if "minutes" in cells.table and not cells.table.headings["minutes"].unit:
        said = [length * 60 if ":" not in cell else length for length, cell in _with(said, cells)]
    usual = _usual(rows["starts"])
    found = []
    for place, end, length in zip(where, ends, said, strict=True):
        if end is not None:
            length = (end - place.starts % DAY) % DAY or DAY
        if length < _SMALLEST or length > DAY:
            right = f"{_SMALLEST:g} min is the least, and a day the most"
            findings.wrong(place.line, "", f"is an interval of {length:g} min", right)
        found.append(length if _SMALLEST <= length <= DAY else usual)
    return found


def _with(said: Sequence[float], cells: Cells) -> Iterator[tuple[float, str]]:
    """Yield lengths with their cells: a bare number in a column of minutes is of minutes, whatever durations are in."""
    factor = {"s": 1.0, "ms": 1000.0, "min": 1 / 60, "h": 1 / 3600, "d": 1 / 86400}[cells.unit]
    return zip((length * factor for length in said), cells.table.column("minutes"), strict=True)


def _usual(starts: npt.NDArray[np.float64]) -> float:
    """Return the commonest distance between starts that follow each other; a day where there is only one a day."""
    steps = np.diff(np.unique(np.round(starts, 3)))
    steps = steps[(steps >= _SMALLEST) & (steps <= DAY)]
    if not len(steps):
        return 30.0 if len(starts) == 1 and starts[0] % DAY else DAY
    lengths, times = np.unique(np.round(steps, 3), return_counts=True)
    return float(lengths[times.argmax()])


def _amounts(cells: Cells, table: Table, level_of: str) -> dict[str, npt.NDArray[np.float64]]:
    """Return the columns of a report; what others say together is put together from them."""
    found = {name: np.array(cells.counts(name, name != "agents")) for name in COUNTS}
    found |= {name: np.array(cells.minutes(name)) for name in ("speed_of_answer", "handle_time")}
    if "handle_time" not in table and "talk_time" in table:
        found["handle_time"] = np.array(cells.minutes("talk_time"))
        if "after_call" in table:
            found["handle_time"] = found["handle_time"] + np.array(cells.minutes("after_call"))
        said = "is taken as the handling time" + (", with after-call work" if "after_call" in table else "")
        table.findings.odd("handling time", None, table.name("talk_time"), said)
    if "offered" not in table and "abandoned" in table:
        found["offered"] = found["answered"] + found["abandoned"]
        table.findings.odd("offered", None, "", "calls offered are taken as those answered and abandoned")
    level = np.array(cells.shares("service_level"))
    if "within" not in table:
        found["within"] = level * found[level_of]
    return found
