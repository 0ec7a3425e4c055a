"""The numbers a planner writes: durations with their unit, shares, euros, hours of the week.

Time inside the program is in minutes, money in euros, a share lies in [0, 1].
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema

HOUR = 60.0
DAY = 1440.0
WEEK = 10080.0
SLOT = 30
"""Minutes of the grid on which staff and opening hours stand."""
SLOTS_A_WEEK = 336

_MINUTES_PER = {"s": 1 / 60, "min": 1.0, "h": HOUR, "d": DAY, "weeks": WEEK, "months": 365.25 / 12 * DAY}
_DURATION = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*([a-z]+)\s*$")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HOURS = re.compile(
    r"^(?P<first>[a-z]{3})(?:-(?P<last>[a-z]{3}))? (?P<h1>\d\d):(?P<m1>\d\d)-(?P<h2>\d\d):(?P<m2>\d\d)$"
)


def minutes(written: Any) -> float:
    """Read a duration such as ``"20 min"``, ``"60 s"``, ``"48 h"``, ``"21 d"``.

    Raises
    ------
    ValueError
        If the unit is missing or unknown, or the duration is negative.

    Examples
    --------
    >>> minutes("48 h"), minutes("30 s")
    (2880.0, 0.5)
    """
    if isinstance(written, bool) or not isinstance(written, (str, int, float)):
        raise ValueError('a duration is written with its unit, such as "20 min"')
    if not isinstance(written, str):
        raise ValueError(f'a duration needs its unit: "{written:g} min"? (s, min, h, d, weeks, months)')
    found = _DURATION.match(written)
    if not found:
        units = "s, min, h, d, weeks, months"
        raise ValueError(f'"{written}" is not a duration; write for example "20 min" ({units})')
    number, unit = float(found[1]), found[2]
    if unit not in _MINUTES_PER:
        raise ValueError(f'unit "{unit}" is not known; use s, min, h, d, weeks or months')
    if number < 0:
        raise ValueError("a duration cannot be negative")
    return number / 60 if unit == "s" else number * _MINUTES_PER[unit]


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


def week_slots(written: str) -> tuple[int, ...]:
    """Read hours of the week such as ``"mon-fri 08:00-20:00"`` as slots of 30 minutes from Monday 00:00.

    Raises
    ------
    ValueError
        If the text is not of that form, is empty, or is off the 30-minute grid.

    Examples
    --------
    >>> week_slots("mon 00:00-01:00")
    (0, 1)
    """
    found = _HOURS.match(written.strip().lower())
    if not found or found["first"] not in DAYS or (found["last"] or found["first"]) not in DAYS:
        raise ValueError(f'"{written}" is not a time of the week; write for example "mon-fri 08:00-20:00"')
    first, last = DAYS.index(found["first"]), DAYS.index(found["last"] or found["first"])
    start, end = int(found["h1"]) * 60 + int(found["m1"]), int(found["h2"]) * 60 + int(found["m2"])
    if start % SLOT or end % SLOT or end > 1440 or int(found["m1"]) > 59 or int(found["m2"]) > 59:
        raise ValueError(f'"{written}": hours lie on the half hour, between 00:00 and 24:00')
    if end <= start or last < first:
        raise ValueError(f'"{written}" is empty: it ends before it begins')
    half_hours = range(start // SLOT, end // SLOT)
    return tuple(day * 48 + slot for day in range(first, last + 1) for slot in half_hours)


_DURATION_SCHEMA = {
    "type": "string",
    "pattern": r"^\s*\d+(\.\d+)?\s*(s|min|h|d|weeks|months)\s*$",
    "examples": ["20 min"],
}

LONGEST = 100 * 365 * DAY
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
Share = Annotated[float, Field(ge=0, le=1, json_schema_extra={"unit": "share"})]
"""A part of one, in [0, 1]."""
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
