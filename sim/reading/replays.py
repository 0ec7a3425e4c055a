"""A list of calls, each with its exact time: from a table to the times of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.asked import nearest
from sim.moments import minute_of
from sim.reading.mistakes import Mistake, shown
from sim.reading.sheets import Row, Sheet
from sim.units import LONGEST
from sim.world.arrivals import CALLS_AT_MOST

_COLUMNS = ("time", "reason", "segment")
_HOW = 'write minutes from the start of the run, "2026-12-24 08:03:12" or "week 1, mon 08:03:12"'


def replay_in(
    path: Path, first_monday: str | None, known: dict[str, list[str]]
) -> tuple[dict[str, Any] | None, list[Mistake]]:
    """Return the times in a table, sorted, with reason and segment where they are told; None where the table is wrong.

    Parameters
    ----------
    first_monday : str or None
        Its date, by which dates in the table are understood.
    known : dict
        The names that may stand in the columns ``reason`` and ``segment``.
    """
    sheet = Sheet(path)
    if sheet.columns:
        sheet.unknown_columns(_COLUMNS)
        if "time" not in sheet.columns:
            sheet.refuse(sheet.header, "time", "is missing", "columns are time and, if wanted, reason and segment")
        elif len(sheet.rows) > CALLS_AT_MOST:
            sheet.refuse(None, "", f"holds {len(sheet.rows):,} calls: {CALLS_AT_MOST:,} are the most that a replay may")
        elif not sheet.mistakes:
            return _calls(sheet, first_monday, known), sheet.mistakes
    return None, sheet.mistakes


def _calls(sheet: Sheet, first_monday: str | None, known: dict[str, list[str]]) -> dict[str, Any] | None:
    named = [column for column in known if column in sheet.columns]
    calls: list[tuple[Any, ...]] = []
    for row in sheet.rows:
        for column in named:
            _is_known(sheet, row, column, known[column])
        at = _time(sheet, row, first_monday)
        calls.append((at or 0.0, *(row.cells[column] for column in named)))
    if sheet.mistakes:
        return None
    columns = zip(*sorted(calls, key=lambda call: call[0]), strict=True)
    return dict(zip(("at", *(f"{column}s" for column in named)), map(tuple, columns), strict=True))


def _is_known(sheet: Sheet, row: Row, column: str, names: list[str]) -> None:
    name = row.cells[column]
    if name and name not in names:
        sheet.refuse(
            row.line, column, f"is {shown(name)}: there is no such {column}", nearest(name, names, "known are")
        )


def _time(sheet: Sheet, row: Row, first_monday: str | None) -> float | None:
    written = row.cells["time"]
    try:
        at = float(written) if written.isascii() and "_" not in written else -1.0
    except ValueError:
        try:
            at = minute_of(written, first_monday)
        except ValueError as error:
            problem, _, right = str(error).partition("; ")
            sheet.refuse(row.line, "time", f"is wrong: {problem}", right or _HOW)
            return None
    if not 0 <= at <= 3 * LONGEST:
        before = "lies before the run begins" if at < 0 else "is no time of a run"
        sheet.refuse(row.line, "time", f"is {shown(written)}, which {before}", _HOW)
        return None
    return at
