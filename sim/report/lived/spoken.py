"""Times, durations, amounts and numbers of times as one would say them, in the language of the reader."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from sim.languages import Language, say
from sim.moments import monday
from sim.units import DAY, HOUR

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Said = Callable[[float, Language], str]
"""How an amount is said."""
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SOON = 2.0
"""Minutes below which a duration is told in seconds."""


class Shapes(NamedTuple):
    """How a language joins words: too short to be found again in a catalogue, so each language has its own here."""

    last: str
    next: str
    at: str
    on: str
    dated: str
    few_euros: float
    """Amounts below it are one euro, grammatically."""


SHAPES: dict[Language, Shapes] = {
    "en": Shapes(" and ", "; ", "at {at}", "on {day} at {at}", "{weekday} {day} {month} {year}", 0.0),
    "fr": Shapes(" et ", "\N{NO-BREAK SPACE}; ", "à {at}", "le {day} à {at}", "{weekday} {day} {month} {year}", 2.0),
}


def number(value: float, decimals: int, language: Language) -> str:
    r"""Write a number.

    Examples
    --------
    >>> number(1234.5, 2, "en"), number(1234.5, 2, "fr")
    ('1,234.50', '1\u202f234,50')
    """
    written = f"{round(value, decimals) + 0.0:,.{decimals}f}"
    if language == "en":
        return written
    return written.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")


def euros(amount: float, language: Language) -> str:
    """Say an amount, to the cent.

    Examples
    --------
    >>> euros(1.444, "en"), euros(1.0, "en"), euros(1.444, "fr"), euros(-2, "fr")
    ('1.44 euros', '1 euro', '1,44 euro', '-2,00 euros')
    """
    cents = round(amount, 2) + 0.0
    if cents == 1.0:
        return say("1 euro", language)
    few = "{n} euro" if abs(cents) < SHAPES[language].few_euros else "{n} euros"
    return say(few, language, n=number(cents, 2, language))


def minutes(length: float, language: Language) -> str:
    """Say how many minutes, to the minute.

    Examples
    --------
    >>> minutes(1.2, "en"), minutes(71.5, "fr")
    ('1 minute', '72 minutes')
    """
    return _many(round(length), "1 minute", "{n} minutes", language)


def lasting(length: float, language: Language) -> str:
    """Say how long something takes, in the unit that fits: seconds, minutes, hours, days.

    Parameters
    ----------
    length : float
        Minutes.

    Examples
    --------
    >>> [lasting(one, "en") for one in (0.001, 0.5, 12.4, 125, 3 * 1440 + 250)]
    ['less than a second', '30 seconds', '12 minutes', '2 hours and 5 minutes', '3 days and 4 hours']
    """
    if length * 60 < 1:
        return say("less than a second", language)
    if length < _SOON and round(length * 60) != 60:
        return _many(round(length * 60), "1 second", "{n} seconds", language)
    whole = round(length)
    if whole < 2 * HOUR:
        return minutes(length, language)
    if length < 2 * DAY:
        return _two(*divmod(whole, int(HOUR)), hours, minutes, language)
    return _two(*divmod(round(length / HOUR), int(DAY / HOUR)), days, hours, language)


def hours(many: float, language: Language) -> str:
    """Say how many hours."""
    return _many(round(many), "1 hour", "{n} hours", language)


def days(many: float, language: Language) -> str:
    """Say how many days."""
    return _many(round(many), "1 day", "{n} days", language)


def _two(large: int, small: int, unit: Said, smaller: Said, language: Language) -> str:
    said = unit(large, language)
    return listed([said, smaller(small, language)], language) if small else said


def _many(many: int, one: str, several: str, language: Language) -> str:
    return say(one, language) if many == 1 else say(several, language, n=number(many, 0, language))


def times(many: int, language: Language) -> str:
    """Say how often.

    Examples
    --------
    >>> times(1, "en"), times(2, "en"), times(3, "fr")
    ('once', 'twice', '3 fois')
    """
    if many <= 2:
        return say("once" if many == 1 else "twice", language)
    return say("{n} times", language, n=number(many, 0, language))


def ordinal(place: int, language: Language) -> str:
    """Write which one of several, from 1.

    Examples
    --------
    >>> [ordinal(place, "en") for place in (2, 3, 11, 22)], ordinal(2, "fr")
    (['2nd', '3rd', '11th', '22nd'], '2e')
    """
    if language == "fr":
        return f"{place}e"
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def clock(time: float, language: Language) -> str:
    r"""Say a time of day.

    Examples
    --------
    >>> clock(1440 + 14 * 60 + 5.9, "en"), clock(1440 + 9 * 60, "fr")
    ('14:05', '9\xa0h\xa000')
    """
    whole = math.floor(time + 1e-9) % int(DAY)
    if language == "fr":
        return f"{whole // 60}\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}{whole % 60:02d}"
    return f"{whole // 60:02d}:{whole % 60:02d}"


def day_number(time: float) -> int:
    """Return the day of a run, from 0."""
    return int(math.floor(time + 1e-9) // int(DAY))


def day_title(day: int, first_monday: str | date | None, language: Language) -> str:
    """Name a day of a run: by its week, or by its date where the first Monday has one.

    Examples
    --------
    >>> day_title(15, None, "en"), day_title(0, "2026-11-02", "en")
    ('Tuesday of week 3', 'Monday 2 November 2026')
    """
    weekday = say(_DAYS[day % 7], language)
    if first_monday is None:
        return say("{weekday} of week {n}", language, weekday=weekday, n=day // 7 + 1)
    dated = monday(first_monday) + timedelta(days=day)
    month = say(_MONTHS[dated.month - 1], language)
    return SHAPES[language].dated.format(weekday=weekday, day=dated.day, month=month, year=dated.year)


def when(time: float, day: int, first_monday: str | date | None, language: Language) -> str:
    """Say when something happens: the time alone on a day that is known, else the day too.

    Examples
    --------
    >>> when(610, 0, None, "en"), when(610, 1, None, "en")
    ('at 10:10', 'on Monday of week 1 at 10:10')
    """
    at = clock(time, language)
    if day_number(time) == day:
        return SHAPES[language].at.format(at=at)
    return SHAPES[language].on.format(day=day_title(day_number(time), first_monday, language), at=at)


def listed(words: Sequence[str], language: Language) -> str:
    """Join words with commas and a last "and".

    Examples
    --------
    >>> listed(["a", "b", "c"], "en")
    'a, b and c'
    """
    return SHAPES[language].last.join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def row_of(words: Sequence[str], language: Language) -> str:
    """Join longer words.

    Examples
    --------
    >>> row_of(["one, twice", "another, once"], "en")
    'one, twice; another, once'
    """
    return SHAPES[language].next.join(words)


def sentence(words: str) -> str:
    """Begin a sentence with a capital."""
    return words[:1].upper() + words[1:]
