"""Minutes of a run as a calendar has them: "week 2, fri 10:30", or a date where the first Monday has one.

A run begins on Monday 00:00 of week 1. Times are those of the wall: there is no time zone, and every day has 24 hours.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from sim.asked import Kind, numbers
from sim.quoting import quoted
from sim.units import DAY, DAYS

_LONGEST = 2e8
"""Minutes: longer than any run, and no date that follows from it is beyond a calendar."""
_MINUTES = Kind("minutes from the start of the run, from 0 to 2e8", lambda x: 0.0 <= x <= _LONGEST)
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_WEEKDAY = re.compile(r"week ([1-9][0-9]{0,4}), (mon|tue|wed|thu|fri|sat|sun)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,9}))?)?")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def moment(minutes: float, first_monday: str | date | None = None) -> str:
    """Write a time of a run as a planner would, to the minute, or to the second where it is no whole minute.

    Parameters
    ----------
    minutes : float
        From Monday 00:00 of the first week.
    first_monday : str, date or None
        The date of that Monday (`World.time.first_monday`); without one the week and the day are told.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the minutes are none of a run, or the date is no Monday.

    Examples
    --------
    >>> moment(10080 + 4 * 1440 + 630), moment(10080 + 4 * 1440 + 630, "2026-11-02")
    ('week 2, fri 10:30', '2026-11-13 10:30')
    >>> moment(483.2)
    'week 1, mon 08:03:12'
    """
    seconds = round(numbers(minutes=(minutes, _MINUTES))[0] * 60)
    day, second = divmod(seconds, 86400)
    clock = f"{second // 3600:02d}:{second // 60 % 60:02d}" + (f":{second % 60:02d}" if second % 60 else "")
    return f"{day_named(day, first_monday)} {clock}"


def day_named(day: int, first_monday: str | date | None = None) -> str:
    """Write a day of a run, counted from 0: its date, or its week and name.

    Examples
    --------
    >>> day_named(11), day_named(11, "2026-11-02")
    ('week 2, fri', '2026-11-13')
    """
    if first_monday is None:
        return f"week {day // 7 + 1}, {DAYS[day % 7]}"
    return (monday(first_monday) + timedelta(days=int(day))).isoformat()


def checked_monday(first_monday: object) -> date | None:
    """Return the date of a first Monday that is asked for, or None for none.

    Raises
    ------
    ValueError
        As `monday`, with the name of the argument.

    Examples
    --------
    >>> checked_monday("2026-11-02"), checked_monday(None)
    (datetime.date(2026, 11, 2), None)
    """
    try:
        return None if first_monday is None else monday(first_monday)
    except ValueError as mistake:
        raise ValueError(f"first_monday: {mistake}") from None


def monday(written: object) -> date:
    """Read the date of the first Monday.

    Raises
    ------
    ValueError
        If it is no date, or no Monday; the nearest Mondays are told.

    Examples
    --------
    >>> monday("2026-11-02")
    datetime.date(2026, 11, 2)
    """
    found = date_of(written)
    if found.weekday():
        before = found - timedelta(days=found.weekday())
        after = before + timedelta(days=7)
        raise ValueError(f"{found} is a {_NAMES[found.weekday()]}; the nearest Mondays are {before} and {after}")
    return found


def date_of(written: Any) -> date:
    """Read a date such as ``"2026-11-02"``.

    Raises
    ------
    ValueError
        If it is none, or none from 1900 to 2200.
    """
    text = written.isoformat() if type(written) is date else written
    if not isinstance(text, str) or not _DATE.fullmatch(text):
        shown = quoted(text) if isinstance(text, str) else str(text)[:40]
        raise ValueError(f'{shown} is not a date; write year, month and day: "2026-11-02"')
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{quoted(text)} is not a date: no calendar has that day") from None
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise ValueError(f"{quoted(text)} is out of reach: years go from {_FIRST_YEAR} to {_LAST_YEAR}")
    return found


def is_dated(written: str) -> bool:
    """Say whether a day or a time is told by its date."""
    return not written.lstrip().lower().startswith("week")


def day_of(written: str, first_monday: str | date | None = None) -> int:
    """Return the day of a run, counted from 0, that a date or ``"week 2, fri"`` names; below 0 before it begins.

    Raises
    ------
    ValueError
        If it names no day, or a date though the first Monday has none.

    Examples
    --------
    >>> day_of("week 2, fri"), day_of("2026-11-13", "2026-11-02")
    (11, 11)
    """
    if found := _WEEKDAY.fullmatch(written):
        return 7 * (int(found[1]) - 1) + DAYS.index(found[2])
    if not _DATE.fullmatch(written):
        raise ValueError(f'{quoted(written)} is not a day; write "2026-12-25" or "week 2, fri"')
    found_date = date_of(written)
    if first_monday is None:
        raise ValueError(f"{quoted(written)} is a date, and the first Monday has none; give time.first_monday")
    return (found_date - monday(first_monday)).days


def minute_of(written: str, first_monday: str | date | None = None) -> float:
    """Return the minute of a run that a day and a time of day name; what `moment` writes is read back.

    Parameters
    ----------
    written : str
        Such as "week 1, mon 08:03" or "2026-11-13 10:30".
    first_monday : str, date or None
        The date of the first Monday, where a date is written.

    Returns
    -------
    float
        Minutes from Monday 00:00 of the first week.

    Raises
    ------
    ValueError
        As `day_of`, and if the time of day is none.

    Examples
    --------
    >>> minute_of("week 1, mon 08:03:12"), minute_of("2026-11-13 10:30", "2026-11-02")
    (483.2, 16470.0)
    """
    if not isinstance(written, str):
        raise ValueError(f'{str(written)[:40]} is not a time; write "2026-12-24 08:03:12" or "week 1, mon 08:03:12"')
    day, _, clock = written.strip().replace("T", " ").rpartition(" ")
    if not day:
        raise ValueError(f'{quoted(written)} is not a time; write "2026-12-24 08:03:12" or "week 1, mon 08:03:12"')
    return day_of(day, first_monday) * DAY + clock_of(clock)


def clock_of(written: str) -> float:
    """Return the minutes since midnight of a time of day such as ``"8:03"`` or ``"08:03:12"``.

    Raises
    ------
    ValueError
        If it is none.
    """
    found = _CLOCK.fullmatch(written.strip()) if len(written) <= 40 else None
    if found is None or int(found[1]) > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        raise ValueError(f'{quoted(written)} is not a time of day; write "08:03" or "08:03:12"')
    seconds = float(f"{found[3] or 0}.{found[4] or 0}")
    return (3600 * int(found[1]) + 60 * int(found[2]) + seconds) / 60
