"""The numbers a planner writes: durations with their unit, shares, euros, hours of the week.

Time inside the program is in minutes, money in euros, a share lies in [0, 1].
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

from sim.quoting import LONGEST as LONGEST_TEXT
from sim.quoting import quoted

HOUR = 60.0
DAY = 1440.0
WEEK = 10080.0
YEAR = 365 * DAY
SLOT = 15
"""Minutes of the grid on which staff and opening hours stand."""
HOURS_A_SLOT = SLOT / 60
SLOTS_A_DAY = 96
SLOTS_A_WEEK = 7 * SLOTS_A_DAY

_MINUTES_PER = {"s": 1 / 60, "min": 1.0, "h": HOUR, "d": DAY, "weeks": WEEK, "months": 365.25 / 12 * DAY}
_LONGEST_NUMBER = 1000
"""Characters: the smallest number, as `duration` writes it, has fewer."""
_REMEMBERED = 4096
"""Texts and numbers that are not read, or written, anew: worlds of one study hold the same ones."""
_UNITS = "s, min, h, d, weeks, months"
_DURATION = re.compile(r"\s*(-?[0-9]+(?:[.,][0-9]+)?)\s*([A-Za-z]*)\s*")
_CLOCK = re.compile(r"\s*(?:([0-9]{1,4}):(?=[0-5][0-9]:))?([0-9]{1,4}):([0-5][0-9])\s*")
_PART = "([0-9]{1,5})[ ]*"
_PARTS = (
    f"(?:{_PART}(?:h|hours?|heures?) *)?{_PART}(?:min|mn|minutes?) *([0-5]?[0-9](?:[.][0-9]{{1,6}})?)(?: *"
    "(?:s|sec|seconds?|secondes?))?",
    f"{_PART}(?:h|hours?|heures?) *([0-5]?[0-9])(?: *(?:min|mn|minutes?))?",
)
_SPOKEN = re.compile(rf"\s*(?:{'|'.join(_PARTS)})\s*")
"""Several units, in English or French, the last of which may be left to be understood: 6 minutes 11, 1 h 05."""
_MEANT = {
    **dict.fromkeys(("sec", "secs", "second", "seconds", "seconde", "secondes"), "s"),
    **dict.fromkeys(("mn", "mins", "minute", "minutes"), "min"),
    **dict.fromkeys(("hr", "hrs", "hour", "hours", "heure", "heures"), "h"),
    **dict.fromkeys(("day", "days", "j", "jour", "jours"), "d"),
    **dict.fromkeys(("w", "wk", "week", "sem", "semaine", "semaines"), "weeks"),
    **dict.fromkeys(("mo", "month", "mois"), "months"),
}
"""What the units are called elsewhere."""
_NEARLY = 0.8
"""How much alike two words are, of 1, of which one may be a slip for the other."""
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = "mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
_TIME = "([0-9]{1,2})(?:[:h]([0-9]{2})|h)?"
_DASH = r"\s*[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}]\s*"
_HOURS = re.compile(rf"({_DAY})(?:{_DASH}({_DAY}))?\s+{_TIME}{_DASH}{_TIME}")
_TIMES = re.compile(rf"{_TIME}{_DASH}{_TIME}")
_STEPS = re.compile(r"\s*([0-9]{1,9})\s*/\s*([0-9]{1,9})\s*")
_LONGEST_STEP = 86_400
_PERCENT = re.compile(r"\s*([0-9]{1,6}(?:\.[0-9]{1,20})?)\s*%\s*")


def minutes(written: Any) -> float:
    """Read a duration such as ``"20 min"``, ``"60 s"``, ``"48 h"``, ``"21 d"``, or as call distributors export it.

    ``"00:04:30"`` is hours, minutes and seconds; ``"4:30"`` is minutes and seconds, never hours and minutes. As it is
    spoken, ``"2 min 30 s"`` or ``"6 minutes 11"``, the last unit may be left out.

    Raises
    ------
    ValueError
        If the unit is missing or unknown, or the duration is negative.

    Examples
    --------
    >>> minutes("48 h"), minutes("30 s"), minutes("00:04:30"), minutes("4:30"), minutes("4 min 30")
    (2880.0, 0.5, 4.5, 4.5, 4.5)
    """
    if isinstance(written, (int, float)) and not isinstance(written, bool):
        raise ValueError(_without_unit(written))
    if not isinstance(written, str):
        raise ValueError('a duration is written with its unit, such as "20 min"')
    text = written if len(written) <= _LONGEST_NUMBER else ""
    if clock := _CLOCK.fullmatch(text):
        return (3600 * int(clock[1] or 0) + 60 * int(clock[2]) + int(clock[3])) / 60
    if spoken := _SPOKEN.fullmatch(text.lower()):
        hours, whole, seconds, only_hours, rest = (float(part or 0) for part in spoken.groups())
        return (3600 * (hours + only_hours) + 60 * (whole + rest) + seconds) / 60
    found = _DURATION.fullmatch(text)
    if not found:
        raise ValueError(f'{quoted(written)} is not a duration; write for example "20 min" ({_UNITS})')
    return _with_unit(found[1], found[2])


def _with_unit(number: str, unit: str) -> float:
    if not unit:
        raise ValueError(_without_unit(float(number.replace(",", "."))))
    if unit not in _MINUTES_PER or "," in number:
        right = _likely(unit.lower())
        text = f"{number.replace(',', '.')} {right}"
        hint = f'write "{text}"' if right in _MINUTES_PER and len(text) < 20 else f"use {_UNITS}"
        wrong = "the decimal sign is a point" if unit in _MINUTES_PER else f'unit "{unit[:20]}" is not known'
        raise ValueError(f"{wrong}; {hint}")
    length = float(number)
    if length < 0:
        raise ValueError("a duration cannot be negative")
    return length / 60 if unit == "s" else length * _MINUTES_PER[unit]


@lru_cache(_REMEMBERED)
def _likely(unit: str) -> str:
    """Return which unit may be meant: one that is called so elsewhere, or is spelled nearly so; else what is written.

    Examples
    --------
    >>> _likely("hour"), _likely("jours"), _likely("minuts"), _likely("fortnight")
    ('h', 'd', 'min', 'fortnight')
    """
    from difflib import get_close_matches

    called = {one: one for one in _MINUTES_PER} | _MEANT
    near = get_close_matches(unit, called, 1, _NEARLY)
    return called[near[0]] if near else unit


def _without_unit(number: float) -> str:
    """Ask which unit a bare number has: 240 may be seconds of an export or minutes of a plan."""
    if not 0 < number < 1e6:
        return f'a duration needs its unit; write for example "20 min" ({_UNITS})'
    both = []
    for unit in ("s", "min"):
        text = f"{number:g} {unit}"
        length = duration(minutes(text)) if number >= 1 else text
        both.append(f'"{text}"' + (f" ({length})" if length != text else ""))
    return f"a duration needs its unit; write {both[0]} or {both[1]}, whichever is meant ({_UNITS})"


@lru_cache(_REMEMBERED)
def duration(length: float) -> str:
    """Write minutes as a planner would: the largest unit that leaves one decimal at most.

    `minutes` reads it back to the very same number.

    Examples
    --------
    >>> duration(20.0), duration(0.5), duration(2880.0), duration(8.6)
    ('20 min', '30 s', '2 d', '8.6 min')
    """
    for unit in ("d", "h", "min", "s"):
        number = round(length / _MINUTES_PER[unit], 1)
        text = f"{number:.0f} {unit}" if number.is_integer() else f"{number:.1f} {unit}"
        if number >= 1 and minutes(text) == length:
            return text
    return f"{Decimal(repr(float(length))):f} min" if length else "0 min"


@lru_cache(_REMEMBERED)
def week_slots(written: str) -> tuple[int, ...]:
    """Read hours of the week such as ``"mon-fri 08:00-20:00"`` as slots of 15 minutes from Monday 00:00.

    ``"Mon-Fri 8h-18h"`` and ``"sat 9-13"`` are understood. A shift that ends before it begins goes on into the next
    day (``"fri 22:00-06:00"`` ends on Saturday), and days go round the week's end (``"sat-mon 09:00-12:00"`` is three
    days).

    Raises
    ------
    ValueError
        If the text is not of that form, is empty, or is off the grid of quarters.

    Examples
    --------
    >>> week_slots("mon 00:00-01:00"), week_slots("sun 23:30-00:30")
    ((0, 1, 2, 3), (0, 1, 670, 671))
    """
    first, last, start, end = _hours_of(written)
    days = range(first, first + (last - first) % 7 + 1)
    quarters = range(start // SLOT, (end if end > start else end + 1440) // SLOT)
    return tuple(sorted((day * SLOTS_A_DAY + slot) % SLOTS_A_WEEK for day in days for slot in quarters))


def slots_of_all(hours: Iterable[str]) -> frozenset[int]:
    """Return the slots of the week that lie in any of some hours.

    Raises
    ------
    ValueError
        As `week_slots` does.

    Examples
    --------
    >>> sorted(slots_of_all(["mon 00:00-00:30", "mon 00:15-01:00"]))
    [0, 1, 2, 3]
    """
    return frozenset(slot for written in hours for slot in week_slots(written))


def day_slots(written: str) -> tuple[int, ...]:
    """Read a time of day such as ``"12:00-12:30"`` as slots of 15 minutes from midnight; it may go on after midnight.

    Raises
    ------
    ValueError
        If the text is not of that form, is empty, or is off the grid of quarters.

    Examples
    --------
    >>> day_slots("12:00-12:30"), day_slots("23:45-00:15")
    ((48, 49), (0, 95))
    """
    found = _TIMES.fullmatch(written.strip().lower()) if len(written) <= LONGEST_TEXT else None
    if not found:
        raise ValueError(f'{quoted(written)} is not a time of day; write for example "12:00-12:30"')
    return tuple(sorted({slot % SLOTS_A_DAY for slot in week_slots(f"mon {written}")}))


def week_hours(written: str) -> str:
    """Return hours of the week in the one form in which worlds hold them.

    Raises
    ------
    ValueError
        As `week_slots` does.

    Examples
    --------
    >>> week_hours("Mon - Friday 9h-18h30")
    'mon-fri 09:00-18:30'
    """
    first, last, start, end = _hours_of(written)
    days = DAYS[first] if first == last else f"{DAYS[first]}-{DAYS[last]}"
    return f"{days} {_of_the_day(start)}-{_of_the_day(end)}"


def _hours_of(written: str) -> tuple[int, int, int, int]:
    """Return the first and the last day, and the minutes of the day at which the hours begin and end."""
    found = _HOURS.fullmatch(written.strip().lower()) if len(written) <= LONGEST_TEXT else None
    if not found:
        raise ValueError(f'{quoted(written)} is not a time of the week; write for example "mon-fri 08:00-20:00"')
    first, last = (DAYS.index(day[:3]) for day in (found[1], found[2] or found[1]))
    (h1, m1), (h2, m2) = ((int(found[at]), int(found[at + 1] or 0)) for at in (3, 5))
    start, end = h1 * 60 + m1, h2 * 60 + m2
    if start % SLOT or end % SLOT or max(m1, m2) > 59 or start >= 1440 or end > 1440:
        raise ValueError(f"{quoted(written)}: hours lie on the quarter of an hour, between 00:00 and 24:00")
    if end == start:
        raise ValueError(f"{quoted(written)} is empty: it ends when it begins; a whole day is 00:00-24:00")
    return first, last, start, end


def _of_the_day(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def hours_of_slots(slots: Iterable[int]) -> tuple[str, ...]:
    """Write slots of the week as hours, days that follow each other with the same hours as one entry.

    Examples
    --------
    >>> hours_of_slots([32, 33, 34, 35, 128, 129, 130, 131, 224])
    ('mon-tue 08:00-09:00', 'wed 08:00-08:15')
    """
    days_of: dict[tuple[int, int], list[int]] = {}
    rising = sorted(set(slots))
    for day in range(7):
        for run in _runs(slot % SLOTS_A_DAY for slot in rising if slot // SLOTS_A_DAY == day):
            days_of.setdefault((run[0], run[-1] + 1), []).append(day)
    written = []
    for (start, end), those in days_of.items():
        for days in _runs(those):
            named = DAYS[days[0]] + (f"-{DAYS[days[-1]]}" if len(days) > 1 else "")
            written.append((days[0], start, f"{named} {_of_the_day(start * SLOT)}-{_of_the_day(end * SLOT)}"))
    return tuple(text for *_, text in sorted(written))


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    """Part rising numbers into stretches without a gap."""
    stretches: list[list[int]] = []
    for number in numbers:
        if stretches and number == stretches[-1][-1] + 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    return stretches


def billing_steps(written: str) -> tuple[int, int]:
    """Read billing steps such as ``"30/6"`` as the seconds of the first one and of every one after it.

    Raises
    ------
    ValueError
        If the text is not of that form, or a step is not of 1 s to a day.

    Examples
    --------
    >>> billing_steps("30/6"), billing_steps("60 / 1")
    ((30, 6), (60, 1))
    """
    found = _STEPS.fullmatch(written) if len(written) <= LONGEST_TEXT else None
    if not found:
        raise ValueError(
            f'{quoted(written)} is not billing steps; write seconds of the first and of the next ones, such as "60/60" '
            '(started minutes), "30/6" or "60/1"'
        )
    first, following = int(found[1]), int(found[2])
    if not (1 <= first <= _LONGEST_STEP and 1 <= following <= _LONGEST_STEP):
        raise ValueError(f"{quoted(written)}: a billing step is of 1 to {_LONGEST_STEP} s")
    return first, following


def share(written: Any) -> Any:
    """Read a percentage such as ``"80 %"`` as the part of one that it is; what is no text is left as it is.

    Raises
    ------
    ValueError
        If the text is no percentage.

    Examples
    --------
    >>> share("80 %"), share("0.7%"), share(0.3)
    (0.8, 0.007, 0.3)
    """
    if not isinstance(written, str):
        return written
    found = _PERCENT.fullmatch(written) if len(written) <= LONGEST_TEXT else None
    if not found:
        raise ValueError(f'{quoted(written)} is not a share; write a part of one or a percentage: 0.8 or "80 %"')
    return float(Decimal(found[1]) / 100)


_DURATION_SCHEMA = {
    "type": "string",
    "pattern": r"^\s*([0-9]+(\.[0-9]+)?\s*(s|min|h|d|weeks|months)|([0-9]+:)?[0-9]+:[0-5][0-9]|"
    rf"{'|'.join(_PARTS)})\s*$",
    "examples": ["20 min"],
}

LONGEST = 100 * YEAR
"""Minutes that any duration lasts at most: a hundred years, far beyond all use, and safe to add and to multiply."""


def _read(written: Any) -> float:
    """Read a duration; one of more digits than a number holds is too long, like all others beyond the longest."""
    return min(minutes(written), 2 * LONGEST)


def _as_written(length: Any) -> str:
    """Write minutes; what is no duration at all is written too, so that whoever reads it can refuse it."""
    if not isinstance(length, (int, float)):
        return str(length)
    return duration(length) if math.isfinite(length) else f"{length} min"


Minutes = Annotated[
    float,
    BeforeValidator(_read),
    Field(le=LONGEST),
    PlainSerializer(_as_written, when_used="json"),
    WithJsonSchema(_DURATION_SCHEMA),
]
"""A duration, written with its unit (in files and in JSON), held in minutes; `LONGEST` at most."""
SomeMinutes = Annotated[Minutes, Field(ge=1 / 60)]
"""A duration of a second at least."""
Share = Annotated[float, Field(ge=0, le=1, json_schema_extra={"unit": "share"}), BeforeValidator(share)]
"""A part of one, in [0, 1], or a percentage such as ``"80 %"``, held as the part."""
Euros = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False, json_schema_extra={"unit": "EUR"})]
"""An amount of money, in euros, a billion at most."""
EurosAnHour = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False, json_schema_extra={"unit": "EUR"})]
"""What an hour of an agent costs, in euros, a thousand at most."""
Factor = Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False, json_schema_extra={"unit": "factor"})]
"""A multiplier, one meaning no change, a thousand at most."""
Weight = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False, json_schema_extra={"unit": "factor"})]
"""One of several numbers of which only the ratios matter."""
Number = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
"""A plain number, a million at most."""
