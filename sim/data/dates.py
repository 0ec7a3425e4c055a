"""Dates and times of day as programs print them: day or month first is told by the whole column, never by one cell."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from sim.data.numerals import LONGEST_CELL, plain

Order = Literal["day first", "month first"]
ORDERS: tuple[Order, ...] = ("day first", "month first")

_MONTHS = (
    ("jan", "janv", "january", "janvier"),
    ("feb", "fev", "fevr", "february", "fevrier"),
    ("mar", "mars", "march"),
    ("apr", "avr", "april", "avril"),
    ("may", "mai"),
    ("jun", "june", "juin"),
    ("jul", "july", "juil", "juillet"),
    ("aug", "aout", "august"),
    ("sep", "sept", "september", "septembre"),
    ("oct", "october", "octobre"),
    ("nov", "november", "novembre"),
    ("dec", "december", "decembre"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_DAYS = (
    ("mon", "monday", "lun", "lundi"),
    ("tue", "tues", "tuesday", "mar", "mardi"),
    ("wed", "weds", "wednesday", "mer", "mercredi"),
    ("thu", "thur", "thurs", "thursday", "jeu", "jeudi"),
    ("fri", "friday", "ven", "vendredi"),
    ("sat", "saturday", "sam", "samedi"),
    ("sun", "sunday", "dim", "dimanche"),
)
_WEEKDAY = {name: number for number, names in enumerate(_DAYS) for name in names}
_ACCENTS = str.maketrans("éèêûùàâôîç", "eeeuuaaoic")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", re.ASCII)
_DAY_NAMED = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?[-/. ]\s*([a-z]+)\.?,?[-/. ]\s*(\d{4}|\d{2})", re.ASCII)
_NAMED_DAY = re.compile(r"([a-z]+)\.?[-/. ]\s*(\d{1,2})(?:st|nd|rd|th)?,?[-/. ]\s*(\d{4}|\d{2})", re.ASCII)
_LED = re.compile(r"([a-z]+)\.?,?\s+(?=\S)", re.ASCII)
_TIME = re.compile(
    r"(\d{1,2})(?:[:h.](\d{2})|h)(?:[:m.](\d{2})(?:[.,](\d{1,9}))?s?)?\s*([ap]\.?m\.?)?"
    r"\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_HOUR_ALONE = re.compile(r"(\d{1,2})\s*([ap]\.?m\.?|h)", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d{1,15}))?", re.ASCII)
_OF_THE_DAY = re.compile(r"0?[.,](\d{1,20})|0|1", re.ASCII)
_RANGE = re.compile(r"\s*(?:-|–|—|\bto\b|\bà\b|/)\s*")
_EXCEL_BEGINS = date(1899, 12, 30)
DAY = 1440.0

_remembered = lru_cache(maxsize=200_000)
"""What is read of a cell is asked of it more than once, and many cells of a column are alike."""


class Day(NamedTuple):
    """A date as its cell may be read: by either order, the same where the cell leaves no choice; None for neither."""

    day_first: date | None
    month_first: date | None


@_remembered
def split(cell: str) -> tuple[str, str]:
    """Part a cell into its date and its time of day, either of which may be empty.

    Examples
    --------
    >>> split("08/01/2024 08:30"), split("2024-01-08T08:30:00Z"), split("Jan 8, 2024 8:30 AM")
    (('08/01/2024', '08:30'), ('2024-01-08', '08:30:00z'), ('jan 8, 2024', '8:30 am'))
    """
    text = _folded(cell)
    if len(text) > LONGEST_CELL or is_time(text):
        return "", text[: LONGEST_CELL + 1]
    found = re.search(r"[t ,]+(\d{1,2}(?:[:h]|\s*[ap]\.?m).*)\Z", text)
    if found and is_time(found[1]):
        return text[: found.start()].strip(), found[1]
    return text, ""


def _folded(cell: str) -> str:
    return " ".join(plain(cell).casefold().translate(_ACCENTS).split())


@_remembered
def day_of(cell: str) -> Day:
    """Read a date; both parts are None where it is none.

    Examples
    --------
    >>> day_of("08/01/2024").day_first, day_of("lundi 8 janvier 2024").day_first, day_of("2024-01-08").month_first
    (datetime.date(2024, 1, 8), datetime.date(2024, 1, 8), datetime.date(2024, 1, 8))
    """
    text = _folded(cell)
    if len(text) > LONGEST_CELL:
        return Day(None, None)
    led = _LED.match(text)
    if led and led[1] in _WEEKDAY and text[led.end() :][:1].isalnum() and _of_names(text) is None:
        text = text[led.end() :]
    if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        return _both(_date(*map(int, found.groups())))
    if found := _NUMBERS.fullmatch(text):
        one, two, year = int(found[1]), int(found[2]), _year(found[3])
        return Day(_date(year, two, one), _date(year, one, two))
    return _both(_of_names(text) or _of_serial(text))


def _of_names(text: str) -> date | None:
    if found := _DAY_NAMED.fullmatch(text):
        return _date(_year(found[3]), _MONTH.get(found[2], 0), int(found[1]))
    if found := _NAMED_DAY.fullmatch(text):
        return _date(_year(found[3]), _MONTH.get(found[1], 0), int(found[2]))
    return None


def _of_serial(text: str) -> date | None:
    """Read the days since the end of 1899 in which Excel counts."""
    found = _SERIAL.fullmatch(text)
    return _EXCEL_BEGINS + timedelta(days=int(found[1])) if found else None


@_remembered
def serial_time(cell: str) -> float | None:
    """Return the minute of the day of an Excel date that holds one (``45299.354``), to the second."""
    found = _SERIAL.fullmatch(_folded(cell))
    return round(float(f"0.{found[2]}") * 86_400) / 60 if found and found[2] else None


def _year(written: str) -> int:
    year = int(written)
    return year if len(written) == 4 else year + (2000 if year < 70 else 1900)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2199 else None
    except ValueError:
        return None


def _both(day: date | None) -> Day:
    return Day(day, day)


def weekday_of(cell: str) -> int | None:
    """Return the day of the week, from 0 for Monday, of its name in French or English; None if it is none.

    Examples
    --------
    >>> weekday_of("Lun."), weekday_of("SUNDAY"), weekday_of("someday")
    (0, 6, None)
    """
    return _WEEKDAY.get(_folded(cell[:LONGEST_CELL]).rstrip("."))


@_remembered
def time_of(cell: str) -> float | None:
    """Return the minute of the day of a time; 24:00 is 1440. None if it is none.

    Examples
    --------
    >>> time_of("08:30"), time_of("8h30"), time_of("8:30 PM"), time_of("0.3541666667"), time_of("25:00")
    (510.0, 510.0, 1230.0, 510.0, None)
    """
    text = _folded(cell)
    if len(text) > LONGEST_CELL:
        return None
    if _OF_THE_DAY.fullmatch(text):
        return round(float(text.replace(",", ".")) * 86_400) / 60
    if found := _HOUR_ALONE.fullmatch(text):
        return _minute(int(found[1]), 0, 0.0, found[2] if found[2] != "h" else "")
    found = _TIME.fullmatch(text)
    if not found:
        return None
    if found[6] and found[6][0] == "-" and not found[3]:
        return None  # from and to, not a time behind Greenwich
    second = int(found[3] or 0) + float(f"0.{found[4] or 0}")
    return _minute(int(found[1]), int(found[2] or 0), second, found[5] or "")


def _minute(hour: int, minute: int, second: float, half: str) -> float | None:
    if minute > 59 or second >= 60 or hour > 24 or (half and not 1 <= hour <= 12):
        return None
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    length = 60 * hour + minute + second / 60
    return length if length <= DAY else None


@_remembered
def offset_of(cell: str) -> float | None:
    """Return the minutes that a time is ahead of Greenwich, or None where it does not say."""
    found = _TIME.fullmatch(split(cell)[1])
    if not found or not found[6]:
        return None
    if found[6][0] not in "+-":
        return 0.0
    sign, digits = (1 if found[6][0] == "+" else -1), found[6][1:].replace(":", "")
    return sign * (60.0 * int(digits[:2]) + int(digits[2:]))


def is_time(cell: str) -> bool:
    """Say whether a cell is a time of day, or two, from and to."""
    return time_of(cell) is not None or len(_ends(plain(cell))) > 1


def times_of(cells: Sequence[str]) -> list[float | None]:
    """Read a column of times of day; where all are whole numbers they are hours, or hours and minutes (0830).

    Examples
    --------
    >>> times_of(["0800", "0830"]), times_of(["8", "9"]), times_of(["08:00 - 08:30"])
    ([480.0, 510.0], [480.0, 540.0], [480.0])
    """
    bare = [plain(cell) for cell in cells]
    said = [cell for cell in bare if cell]
    if said and all(cell.isascii() and cell.isdigit() and len(cell) <= 4 for cell in said):
        clock = any(len(cell) > 2 for cell in said)
        return [_of_digits(cell, clock) if cell else None for cell in bare]
    return [time_of(_ends(cell)[0]) for cell in bare]


def _of_digits(cell: str, clock: bool) -> float | None:
    hour, minute = divmod(int(cell), 100) if clock else (int(cell), 0)
    return _minute(hour, minute, 0.0, "")


def ends_of(cells: Sequence[str]) -> list[float | None]:
    """Return the ends of times of day written from and to (``08:00 - 08:30``), None where no end is written."""
    return [time_of(ends[1]) if len(ends := _ends(plain(cell))) > 1 else None for cell in cells]


@_remembered
def _ends(cell: str) -> tuple[str, ...]:
    if len(cell) > LONGEST_CELL or time_of(cell) is not None:
        return (cell,)
    parts = _RANGE.split(cell.strip(), maxsplit=1)
    if len(parts) == 2 and {*map(len, parts)} <= {1, 2, 4} and all(part.isdigit() for part in parts):
        parts = [f"{part[:2]}:{part[2:]}" if len(part) == 4 else f"{part}h" for part in parts]
    return tuple(parts) if len(parts) == 2 and all(time_of(part) is not None for part in parts) else (cell,)


class Reading(NamedTuple):
    """How a column of dates is to be read, and whether it could have been read otherwise."""

    order: Order
    ambiguous: bool


def order_of(days: Sequence[Day]) -> Reading:
    """Tell from a whole column whether its dates begin with the day or with the month.

    What only one order can read decides. Where both can read all, that in which the dates follow each other day by
    day is meant; else the day is taken to come first, and it is said that this was not told.
    """
    by_day = sum(day.day_first is not None for day in days)
    by_month = sum(day.month_first is not None for day in days)
    if by_day != by_month:
        return Reading("day first" if by_day > by_month else "month first", False)
    if all(day.day_first == day.month_first for day in days):
        return Reading("day first", False)
    together = _days_together([day.day_first for day in days]), _days_together([day.month_first for day in days])
    return Reading("month first" if together == (False, True) else "day first", True)


def _days_together(days: Sequence[date | None]) -> bool:
    """Say whether at least three dates follow each other but for weekends."""
    found = sorted({day for day in days if day is not None})
    return len(found) >= 3 and all((later - day).days <= 3 for day, later in itertools.pairwise(found))


def said(day: Day, order: Order) -> date | None:
    """Return a date by this order."""
    return day.day_first if order == "day first" else day.month_first


def monday_of(day: date) -> date:
    """Return the Monday of a date's week."""
    return day - timedelta(days=day.weekday())


def minutes_since(monday: date, day: date) -> float:
    """Return the minutes from the 00:00 of one day to that of another, as if every day had 24 hours."""
    return (day - monday).days * DAY
