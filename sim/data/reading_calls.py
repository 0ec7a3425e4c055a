"""A call log out of a table, one row for each call, and all that can be wrong with one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.data.call_log import CALL, CallLog, Outcome
from sim.data.cells import Cells, checked_names, named
from sim.data.columns import Columns
from sim.data.dates import DAY, time_of
from sim.data.headings import CALL_WORDS, plain_words
from sim.data.moments import Instant, Moments, checked_order, checked_zone, first_monday_of, since
from sim.data.numerals import is_nothing
from sim.data.table import Table, read_table
from sim.quoting import quoted

Rows = npt.NDArray[np.void]
Minutes = npt.NDArray[np.float64]

_STAMPS = ("arrived", "starts", "date", "time", "day")
_LATER = ("answered", "left", "ends")
_LONGEST = DAY
"""Minutes that one call lasts at most: what is longer has no end, or a wrong one."""
_NEARLY = 1.0 / 60 + 1e-6
"""By how much times may contradict each other that are cut to the second (min)."""
_MANY_CALLERS = 10**8
_MEANT: dict[Outcome, str] = {
    Outcome.ANSWERED: "answered|handled|agent|completed|repondu|traite|decroche|ok|served|connected|talked|servi|"
    "completecaller|completeagent|pris|accepted|success|oui|yes|1|true|vrai",
    Outcome.ABANDONED: "abandoned|abandonne|abandon|hang|hangup|hung up|raccroche|no answer|lost|perdu|aban|rna|"
    "non repondu|missed|manque|noanswer|unanswered|non|no|0|false|faux|cancel|abandonnee",
    Outcome.BLOCKED: "blocked|bloque|busy|occupe|dissuade|dissuasion|rejected|rejete|congestion|failed|echec",
    Outcome.TRANSFERRED: "transferred|transfere|transfer|transfert|blindtransfer|attendedtransfer|forwarded|renvoye",
    Outcome.TIMED_OUT: "timed out|timeout|exitwithtimeout|delai depasse|overflow|debordement|expired|deborde",
    Outcome.TURNED_AWAY: "turned away|closed|ferme|exitempty|joinempty|hors horaires|out of hours|fermeture",
    Outcome.LEFT_BY_KEY: "left by key|callback|call back|rappel|exitwithkey|voicemail|messagerie|left message",
    Outcome.OPEN: "open|in progress|en cours|active",
}
_OUTCOMES = {word: outcome for outcome, words in _MEANT.items() for word in words.split("|")}


def call_log(
    path: str | Path,
    columns: Columns | None = None,
    *,
    queues: Sequence[str] | None = None,
    dates: str = "auto",
    decimal: str = "auto",
    unit: str = "s",
    zone: str | None = None,
) -> CallLog:
    """Read a log of calls, one row for each, in any of the forms that `sim.interval_report` understands.

    When a call was answered and left may stand as times, or as how long it waited (``wait``) and talked (``talk``).

    Parameters
    ----------
    path : str or Path
        A text file with one row for each call.
    columns : mapping of str to str or int, optional
        Where fields stand, by heading or by place from 1. Fields are arrived (or date and time), answered, left,
        wait, talk, after_call, queue, agent, caller and outcome; those not named are recognised by their headings.
    queues : sequence of str, optional
        The names there are; any other is a mistake.
    dates, decimal, unit, zone
        As in `sim.interval_report`.

    Returns
    -------
    CallLog
        Its `warnings` say what is odd, such as calls that go on past midnight or never end; `left_out` counts what was
        not taken over.

    Raises
    ------
    DataError
        With every mistake in the file: its row, its column, and what would be right. Among them are calls that are
        answered before they arrive, or end before they begin.
    ValueError
        If an argument is none of those possible.
    """
    order, place = checked_order(dates), checked_zone(zone)
    names = checked_names("queues", queues)
    table = read_table(path, columns, CALL_WORDS, ("|".join(_STAMPS[:4]),))
    cells = Cells(table, ("wait", "talk", "after_call"), decimal, unit)
    moments = Moments(table, _STAMPS, (*_STAMPS[:2], "time", "date", *_LATER), order, place)
    arrived, instants, monday = _arrived(table, moments)
    calls = np.zeros(len(table.lines), CALL)
    calls["arrived"] = arrived
    _ends(calls, table, moments, cells, _Since(calls["arrived"], instants, monday))
    calls["after_call"] = cells.minutes("after_call")
    calls["queue"], known = named(table, "queue", names, "all")
    calls["agent"], agents = named(table, "agent", None, None)
    calls["caller"], callers = named(table, "caller", None, None, _MANY_CALLERS)
    _outcomes(calls, table)
    _check(calls, table)
    table.findings.check()
    in_order = calls[np.argsort(calls["arrived"], kind="stable")]
    left_out, warnings = dict(table.findings.left_out), table.findings.warnings()
    return CallLog(in_order, monday, known, agents, callers, left_out, warnings)


class _Since(NamedTuple):
    """When calls arrived: in min from the first Monday, as instants where they say so, and the first Monday."""

    arrived: Minutes
    instants: list[Instant | None]
    monday: date | None


def _arrived(table: Table, moments: Moments) -> tuple[list[float], list[Instant | None], date | None]:
    """Return when calls arrived, NaN where that is a mistake, as instants where they say so, and the first Monday."""
    days, times = moments.days(), moments.times((*_STAMPS[:2], "time", "date"))
    field = next((one for one in (*_STAMPS[:2], "date") if one in table), "arrived")
    rows: list[tuple[date | int | None, float]] = []
    instants: list[Instant | None] = []
    for at, (line, day, (minute, _)) in enumerate(zip(table.numbers(), days, times, strict=True)):
        there = minute is not None and isinstance(day, date)
        instants.append(moments.instant(field, at, day, minute) if there else None)  # type: ignore[arg-type]
        if minute is None:
            if line not in moments.mistimed:
                table.findings.wrong(line, table.name(field), "does not say when the call arrived", "such as 08:30:15")
            rows.append((day, math.nan))
        else:
            rows.append(moments.shifted(field, at, day, minute) if isinstance(day, date) else (day, minute))
    monday = first_monday_of([day for day, _ in rows], table)
    dated = any(day is not None for day, _ in rows)
    arrived = [math.nan if dated and day is None else since(monday, day, minute) for day, minute in rows]
    return arrived, instants, monday


def _ends(
    calls: Rows,
    table: Table,
    moments: Moments,
    cells: Cells,
    arrivals: _Since,
) -> None:
    """Say when calls were answered and left, by their times or by how long they waited and talked."""
    waits, talks = np.array(cells.minutes("wait")), np.array(cells.minutes("talk"))
    left = "left" if "left" in table else "ends"
    if "answered" in table:
        calls["answered"] = _later(arrivals, "answered", moments)
        calls["answered"][_zero_for_none(table)] = math.nan
    else:
        served = _talked(talks, table)
        calls["answered"] = np.where(served, calls["arrived"] + np.where(np.isnan(waits), 0.0, waits), math.nan)
    if left in table:
        calls["left"] = _later(arrivals, left, moments)
    else:
        vain = calls["arrived"] + waits
        calls["left"] = np.where(np.isnan(calls["answered"]), vain, calls["answered"] + talks)
    _contradicted(calls, waits, table)


def _zero_for_none(table: Table) -> npt.NDArray[np.bool_]:
    """Say which calls nobody took have 0:00:00 for the time of an answer that there was not."""
    cells = zip(table.column("answered"), table.column("outcome"), strict=True)
    lost = (None, Outcome.ANSWERED, Outcome.TRANSFERRED)
    return np.array([time_of(cell) == 0.0 and _OUTCOMES.get(plain_words(why)) not in lost for cell, why in cells])


def _talked(talks: Minutes, table: Table) -> npt.NDArray[np.bool_]:
    """Say which calls an agent took, where no time of it is given: those that talked, or have an agent."""
    talked = talks > 0.0
    if "talk" not in table:
        talked = np.array([not is_nothing(cell) for cell in table.column("agent")])
    if "outcome" in table:
        meant = [_OUTCOMES.get(plain_words(cell)) for cell in table.column("outcome")]
        answered = np.array([one in (Outcome.ANSWERED, Outcome.TRANSFERRED) for one in meant])
        talked = np.where([one is None for one in meant], talked, answered)
    return talked


def _later(arrivals: _Since, field: str, moments: Moments) -> list[float]:
    """Return the times of a column; a bare time of day before the arrival is of the day after it.

    Where both say how far they are from Greenwich, what passed between them counts: clocks may be changed meanwhile.
    """
    arrived, instants, monday = arrivals
    found = []
    for at, (minute, _) in enumerate(moments.times((field,))):
        day = moments.own_day(field, at)
        own = None if minute is None or day is None else moments.instant(field, at, day, minute)
        first = instants[at]
        if own is not None and first is not None:
            found.append(arrived[at] + (own[0] - first[0]) * DAY + own[1] - first[1])
            continue
        if minute is None or math.isnan(arrived[at]):
            found.append(math.nan)
        elif day is not None:
            found.append(since(monday, *moments.shifted(field, at, day, minute)))
        else:
            midnight = arrived[at] // DAY * DAY
            over = DAY if midnight + minute < arrived[at] - DAY / 2 else 0.0
            found.append(midnight + minute + over)
    return found


def _contradicted(calls: Rows, waits: Minutes, table: Table) -> None:
    """Say where a wait that is given is not the time from arrival to answer."""
    if "wait" not in table or "answered" not in table:
        return
    lived = calls["answered"] - calls["arrived"]
    for at in np.flatnonzero(np.abs(lived - waits) > 2 * _NEARLY).tolist():
        said = f"says {waits[at] * 60:.0f} s, and from arrival to answer it is {lived[at] * 60:.0f} s, which counts"
        table.findings.odd("waits that contradict the times", table.lines[at].number, table.name("wait"), said)


def _outcomes(calls: Rows, table: Table) -> None:
    served = ~np.isnan(calls["answered"])
    calls["outcome"] = np.where(served, Outcome.ANSWERED, Outcome.ABANDONED)
    for at, cell in enumerate(table.column("outcome")):
        if is_nothing(cell):
            continue
        outcome, line = _OUTCOMES.get(plain_words(cell)), table.lines[at].number
        if outcome is None:
            said = f"{quoted(cell)} is no outcome that is known: told from the times"
            table.findings.odd("outcomes", line, table.name("outcome"), said)
        elif served[at] and outcome not in (Outcome.ANSWERED, Outcome.TRANSFERRED, Outcome.OPEN):
            said = f"says {quoted(cell)}, and yet the call was answered"
            table.findings.wrong(
                line, table.name("outcome"), said, "leave the time of the answer empty, or correct the outcome"
            )
        else:
            calls["outcome"][at] = outcome
            if not served[at] and outcome in (Outcome.ANSWERED, Outcome.TRANSFERRED):
                table.findings.odd(
                    "answered at no time", line, table.name("outcome"), "says answered, and not when: left unknown"
                )


def _check(calls: Rows, table: Table) -> None:
    """Note calls that end before they begin, or never; put right what only the cut to the second has turned about."""
    for earlier, later, said, name in (
        ("arrived", "answered", "is answered", "answered"),
        ("arrived", "left", "ends", "left"),
        ("answered", "left", "ends", "left"),
    ):
        before = calls[earlier] - calls[later]
        slightly = (before > 0.0) & (before <= _NEARLY)
        calls[later][slightly] = calls[earlier][slightly]
        for at in np.flatnonzero(before > _NEARLY).tolist():
            why = f"{said} {before[at]:.2f} min before it {'arrives' if earlier == 'arrived' else 'is answered'}"
            table.findings.wrong(table.lines[at].number, table.name(name), why, "correct one of both times")
    _check_lengths(calls, table)


def _check_lengths(calls: Rows, table: Table) -> None:
    last = np.fmax(calls["left"], np.fmax(calls["answered"], calls["arrived"]))
    for at, line in enumerate(table.numbers()):
        if last[at] - calls["arrived"][at] > _LONGEST:
            said = f"lasts {(last[at] - calls['arrived'][at]) / 60:,.1f} h"
            table.findings.wrong(line, "", said, "correct its end, or leave it empty")
        elif last[at] // DAY > calls["arrived"][at] // DAY:
            table.findings.odd("calls past midnight", line, "", "goes on past midnight")
        if math.isnan(calls["left"][at]) and calls["outcome"][at] != Outcome.BLOCKED:
            calls["outcome"][at] = calls["outcome"][at] if math.isnan(calls["answered"][at]) else Outcome.OPEN
            table.findings.odd("calls without an end", line, "", "has no end: its length is unknown")
