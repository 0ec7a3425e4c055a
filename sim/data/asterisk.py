"""Asterisk's ``queue_log``: what a queue wrote down line by line, put together to calls.

Its lines are those of docs.asterisk.org, "Queue Logs": ``time|call|queue|agent|EVENT|data...``, time in s since 1970.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.data.call_log import CALL, CallLog, Outcome
from sim.data.dates import DAY, minutes_since, monday_of
from sim.data.decoding import path_of, text_of
from sim.data.findings import Findings
from sim.data.moments import LONGEST_SPAN, checked_zone
from sim.quoting import quoted, short

_FIELDS = 5
_TIME = re.compile(r"\d{1,11}(?:\.\d{1,9})?", re.ASCII)
_DATED = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,6})?", re.ASCII)
_YEARS = (1990, 2199)
_ENTER, _CONNECT = "ENTERQUEUE", "CONNECT"
ENDS: dict[str, Outcome] = {
    "COMPLETECALLER": Outcome.ANSWERED,
    "COMPLETEAGENT": Outcome.ANSWERED,
    "AGENTDUMP": Outcome.ANSWERED,
    "TRANSFER": Outcome.TRANSFERRED,
    "BLINDTRANSFER": Outcome.TRANSFERRED,
    "ATTENDEDTRANSFER": Outcome.TRANSFERRED,
    "ABANDON": Outcome.ABANDONED,
    "SYSCOMPAT": Outcome.ABANDONED,
    "EXITWITHTIMEOUT": Outcome.TIMED_OUT,
    "EXITWITHKEY": Outcome.LEFT_BY_KEY,
    "EXITEMPTY": Outcome.TURNED_AWAY,
}
"""Events that end a call's stay in a queue, and what has become of it."""
_REFUSED = {"JOINEMPTY": Outcome.TURNED_AWAY, "FULL": Outcome.BLOCKED}
"""Events of calls that never came to wait."""
_SERVED = (Outcome.ANSWERED, Outcome.TRANSFERRED)
_OTHERS = frozenset(
    (
        *("ADDMEMBER", "REMOVEMEMBER", "PAUSE", "UNPAUSE", "PAUSEALL", "UNPAUSEALL", "PAUSEREASON", "PENALTY"),
        *("AGENTLOGIN", "AGENTLOGOFF", "AGENTCALLBACKLOGIN", "AGENTCALLBACKLOGOFF", "MEMBERPENALTY", "RINGINUSE"),
        *("RINGNOANSWER", "RINGCANCELED", "DID", "CONFIGRELOAD", "QUEUESTART", "CALLERPOSITION", "INFO", "URL"),
    )
)
"""Events that say nothing of when a call arrived, was answered or ended."""
_NOBODY = ("", "none", "unknown", "anonymous", "<unknown>", "private", "restricted")


class _Line(NamedTuple):
    number: int
    time: float
    call: str
    queue: str
    agent: str
    event: str
    data: list[str]


@dataclass
class _Stay:
    """One call in one queue, as far as it has come; times in s since 1970, NaN where that has not come."""

    line: int
    queue: str
    caller: str
    entered: float
    answered: float = math.nan
    left: float = math.nan
    agent: str = ""
    outcome: Outcome = Outcome.OPEN


def queue_log(path: str | Path, *, zone: str = "UTC") -> CallLog:
    """Read the ``queue_log`` of Asterisk, FreePBX or Wazo.

    A call that enters several queues, or comes back by a transfer, is one row for each of them. After-call work is not
    in such a log.

    Parameters
    ----------
    path : str or Path
        The file, usually ``/var/log/asterisk/queue_log``.
    zone : str
        The centre's time zone, such as ``"Europe/Paris"``: the log itself counts seconds in UTC.

    Returns
    -------
    CallLog
        Its `warnings` tell damaged lines by their numbers and calls that never end; `left_out` counts what was not
        taken over.

    Raises
    ------
    DataError
        If the file cannot be read, or no line of it is one of a queue log.
    ValueError
        If this machine knows no zone of this name.
    """
    place = checked_zone(zone) or UTC
    file = path_of(path)
    findings = Findings(short(str(file), 300))
    text = text_of(file, findings)
    stays = _stays(_lines(text, findings), findings)
    if not stays:
        problem = "holds no call of a queue log"
        findings.wrong(None, "", problem, "a line is 1704700800|1704700795.12|support|NONE|ENTERQUEUE||0123456789|1")
    findings.check()
    return _log(stays, place, findings)


def _lines(text: str, findings: Findings) -> Iterator[_Line]:
    """Yield what lines say; those that are damaged are told and left out."""
    for number, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        fields = [field.strip() for field in written.split("|")]
        time = _time_of(fields[0])
        if len(fields) < _FIELDS:
            _damaged(findings, number, f"has {len(fields)} fields, and a line has {_FIELDS} at least")
        elif time is None:
            _damaged(findings, number, f"{quoted(fields[0])} is no time in seconds since 1970")
        elif not fields[4].isascii() or not fields[4].replace("_", "").isalnum():
            _damaged(findings, number, f"{quoted(fields[4])} is no event")
        else:
            yield _Line(
                number, time, fields[1], short(fields[2], 200), short(fields[3], 200), fields[4].upper(), fields[5:]
            )


def _damaged(findings: Findings, number: int, problem: str) -> None:
    findings.leave_out("damaged lines")
    findings.odd("damaged lines", number, "", f"{problem}: left out")


def _time_of(field: str) -> float | None:
    """Return seconds since 1970 of a time, which some databases write as a date, then taken as UTC."""
    if _DATED.fullmatch(field):
        try:
            return datetime.fromisoformat(field).replace(tzinfo=UTC).timestamp()
        except (ValueError, OverflowError):
            return None
    time = float(field) if _TIME.fullmatch(field) else math.nan
    return time if _YEARS[0] <= 1970 + time / (365.2425 * 86_400) < _YEARS[1] else None


def _stays(lines: Iterator[_Line], findings: Findings) -> list[_Stay]:
    """Put lines together to calls, in the order in which they entered."""
    stays: list[_Stay] = []
    at: dict[str, _Stay] = {}
    for line in lines:
        if line.event == _ENTER:
            _enter(line, stays, at, findings)
        elif line.event in _REFUSED:
            outcome = _REFUSED[line.event]
            stays.append(_Stay(line.number, line.queue, "", line.time, left=line.time, outcome=outcome))
        elif line.event == _CONNECT or line.event in ENDS:
            _go_on(line, at, findings)
        else:
            known = line.event in _OTHERS
            kind = f"{line.event} lines" if known else "lines of unknown events"
            findings.leave_out(kind)
            if not known:
                findings.odd(
                    kind, line.number, "", f"{quoted(line.event)} is no event of a queue log that is known: left out"
                )
    for stay in at.values():
        findings.odd("calls that never end", stay.line, "", "enters a queue and is not seen to leave it")
    return stays


def _enter(line: _Line, stays: list[_Stay], at: dict[str, _Stay], findings: Findings) -> None:
    before = at.pop(line.call, None)
    if before is not None:
        said = f"enters {quoted(line.queue)}, and was not seen to leave {quoted(before.queue)} (line {before.line})"
        findings.odd("calls that never end", line.number, "", said)
    caller = line.data[1] if len(line.data) > 1 else ""
    stay = _Stay(line.number, line.queue, short(caller, 200), line.time)
    stays.append(stay)
    at[line.call] = stay


def _go_on(line: _Line, at: dict[str, _Stay], findings: Findings) -> None:
    stay = at.get(line.call)
    outcome = ENDS.get(line.event)
    if stay is None:
        findings.leave_out("lines of calls that entered before the log begins, or had ended")
    elif line.time < stay.entered or line.time < stay.answered:
        _damaged(findings, line.number, f"{line.event} comes before what precedes it in line {stay.line}")
    elif outcome in _SERVED and math.isnan(stay.answered):
        _damaged(findings, line.number, f"{line.event} ends a call that no CONNECT has begun (line {stay.line})")
    elif outcome is None:
        stay.answered, stay.agent = line.time, line.agent
    else:
        stay.left, stay.outcome = line.time, outcome
        if outcome not in _SERVED and not math.isnan(stay.answered):
            stay.outcome = Outcome.ANSWERED  # what ends a wait ends a talk if there is one
        del at[line.call]


def _log(stays: list[_Stay], zone: tzinfo, findings: Findings) -> CallLog:
    stays = sorted(stays, key=lambda stay: stay.entered)
    days = [_local(stay.entered, zone) for stay in stays]
    monday = monday_of(days[0][0])
    if (days[-1][0] - days[0][0]).days > LONGEST_SPAN:
        findings.wrong(
            stays[-1].line, "", f"is of {days[-1][0]}, and line {stays[0].line} of {days[0][0]}", "correct the year"
        )
        findings.check()
    calls = np.zeros(len(stays), CALL)
    arrived = np.array([minutes_since(monday, day) + minute for day, minute in days])
    entered = np.array([stay.entered for stay in stays])
    calls["arrived"] = arrived
    for name in ("answered", "left"):  # as much later as it lasted, also where clocks are changed meanwhile
        calls[name] = arrived + (np.array([getattr(stay, name) for stay in stays]) - entered) / 60
    calls["after_call"] = math.nan
    calls["outcome"] = [stay.outcome for stay in stays]
    calls["queue"], queues = _numbered([stay.queue for stay in stays], ())
    calls["agent"], agents = _numbered([stay.agent for stay in stays], _NOBODY)
    calls["caller"], callers = _numbered([stay.caller for stay in stays], _NOBODY)
    over = int((calls["left"] // DAY > arrived // DAY).sum())
    if over:
        findings.odd("calls past midnight", None, "", f"{over:,} calls go on past midnight")
    in_order = calls[np.argsort(calls["arrived"], kind="stable")]
    return CallLog(in_order, monday, queues, agents, callers, dict(findings.left_out), findings.warnings())


def _local(time: float, zone: tzinfo) -> tuple[date, float]:
    """Return the date and the minute of the day on the centre's clock."""
    whole = math.floor(time)
    moment = datetime.fromtimestamp(whole, tz=UTC).astimezone(zone)
    since = timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
    return moment.date(), (since.total_seconds() + (time - whole)) / 60


def _numbered(names: list[str], nobody: tuple[str, ...]) -> tuple[list[int], tuple[str, ...]]:
    places: Mapping[str, int] = {
        name: at for at, name in enumerate(dict.fromkeys(one for one in names if one.casefold() not in nobody))
    }
    return [places.get(name, -1) for name in names], tuple(places)
