"""Numbers, shares and durations as programs print them: a whole column is looked at before any cell of it is read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

Sign = Literal[",", "."]

LARGEST = 1e9
"""Beyond it no count, mean or duration of a telephone switch is meant."""
_NOTHING = {"", "-", "--", "---", "–", "—", "n/a", "na", "nan", "null", "none", "n.d.", "nd", "n.c.", "nc", "s/o"} | {
    # what Excel writes where a formula has no answer, in English and in French
    *("#n/a", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!", "#valeur!", "#nom?", "#nombre!", "#nul!"),
}
_BLANKS = re.compile("[ \u00a0\u2007\u2009\u202f'\u2019]")
"""What parts thousands and is no digit: blanks of all widths, and the Swiss apostrophe."""
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_POINTED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?|[+-]?\d{1,3}(?:,\d{3}){2,}", re.ASCII)
_COMMAED = re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d*)?|[+-]?\d{1,3}(?:\.\d{3}){2,}", re.ASCII)
_EITHER = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
"""A thousand and some, or one and some thousandths."""
_CLOCK = re.compile(r"(?:(\d{1,4})[.\s])??(?:(\d{1,4}):)?(\d{1,4}):([0-5]?\d)(?:[.,](\d{1,9}))?", re.ASCII)
_SPOKEN = re.compile(
    r"(?:(\d{1,4})\s*h(?:r|rs|ours?|eures?)?)?\s*(?:(\d{1,5})\s*(?:min|mn|m|minutes?|'|′)(?![a-z]))?"
    r"\s*(?:(\d{1,6}(?:[.,]\d{1,6})?)\s*(?:s|sec|secs|secondes?|seconds?|\"|″)?)?",
    re.ASCII,
)
_MINUTES_OF = {"ms": 1 / 60000, "s": 1 / 60, "min": 1.0, "h": 60.0, "d": 1440.0}
UNITS = tuple(_MINUTES_OF)
"""What a duration without a unit of its own may be counted in."""
LONGEST_CELL = 60

_remembered = lru_cache(maxsize=200_000)
"""Many cells of a column are alike."""


def plain(cell: str) -> str:
    """Take away what Excel puts about a text so that it stays one: ``="012"``, and an apostrophe in front.

    Examples
    --------
    >>> plain('="00412"'), plain("'08:00")
    ('00412', '08:00')
    """
    if len(cell) > 3 and cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1].strip()
    return cell[1:].strip() if cell.startswith("'") else cell


@_remembered
def is_nothing(cell: str) -> bool:
    """Say whether a cell says that there is no value: it is empty, a dash, or the answer of a formula that has none."""
    return plain(cell).casefold() in _NOTHING


def too_narrow(cell: str) -> bool:
    """Say whether Excel printed hashes because its column was too narrow."""
    return len(cell) > 1 and not cell.strip("#")


def decimal_sign(cells: Iterable[str]) -> Sign | None:
    """Return the decimal sign that cells show, or None where none shows one, or some the one and some the other.

    Examples
    --------
    >>> decimal_sign(["1 200", "3,5"]), decimal_sign(["1,200.5"]), decimal_sign(["1,200"])
    (',', '.', None)
    """
    shown = {_shown(_BLANKS.sub("", plain(cell).rstrip("% "))) for cell in cells} - {None}
    return shown.pop() if len(shown) == 1 else None


def _shown(cell: str) -> Sign | None:
    if len(cell) > LONGEST_CELL or _EITHER.fullmatch(cell):
        return None
    if _NUMBER.fullmatch(cell):
        return "," if "," in cell else "." if "." in cell else None
    if _POINTED.fullmatch(cell):
        return "."
    return "," if _COMMAED.fullmatch(cell) else None


@_remembered
def is_ambiguous(cell: str) -> bool:
    """Say whether a cell is another number with the other decimal sign: 1,200 or 1.200.

    Examples
    --------
    >>> is_ambiguous("1,200"), is_ambiguous("1,20"), is_ambiguous("0,200")
    (True, False, False)
    """
    return len(cell) <= LONGEST_CELL and bool(_EITHER.fullmatch(_BLANKS.sub("", plain(cell).rstrip("% "))))


@_remembered
def number(cell: str, sign: Sign) -> float | None:
    """Read a number; None if it is none. A percent sign at its end is passed over.

    Examples
    --------
    >>> number("1 234,5", ","), number("1,234", "."), number("12 %", ","), number("twelve", ",")
    (1234.5, 1234.0, 12.0, None)
    """
    if len(cell) > LONGEST_CELL:
        return None
    bare = _BLANKS.sub("", plain(cell).rstrip("% "))
    if bare.startswith("(") and bare.endswith(")"):  # how accountants write what is below nothing
        bare = f"-{bare[1:-1]}"
    grouped = _COMMAED if sign == "," else _POINTED
    other = "." if sign == "," else ","
    if grouped.fullmatch(bare):
        bare = bare.replace(other, "")
    elif not _NUMBER.fullmatch(bare) or other in bare:
        return None
    found = float(bare.replace(",", "."))
    return found if math.isfinite(found) else None


@_remembered
def minutes(cell: str, sign: Sign, unit: str = "s") -> float | None:
    """Read a duration in minutes; None if it is none. A bare number is counted in `unit`.

    ``01:02:03`` is hours, minutes and seconds, ``02:03`` minutes and seconds; ``1.02:03:04`` begins with days.

    Examples
    --------
    >>> minutes("00:03:30", "."), minutes("3:30", "."), minutes("210", "."), minutes("3 min 30 s", ".")
    (3.5, 3.5, 3.5, 3.5)
    """
    text = plain(cell).casefold()
    if len(text) > LONGEST_CELL:
        return None
    bare = number(text, sign) if "%" not in text else None
    if bare is not None:
        return bare * _MINUTES_OF[unit] if unit != "s" else bare / 60
    negative = text.startswith("-")
    text = text.removeprefix("-").strip()
    length = _of_clock(text)
    if length is None:
        length = _of_words(text)
    return -length if length is not None and negative else length


def _of_clock(text: str) -> float | None:
    found = _CLOCK.fullmatch(text)
    if not found or (found[1] and not found[2]):
        return None
    days, hours, minute, second = (int(part or 0) for part in found.groups()[:4])
    if found[2] and minute > 59:
        return None
    whole = 86_400 * days + 3600 * hours + 60 * minute + second
    return (whole + float(f"0.{found[5] or 0}")) / 60


def _of_words(text: str) -> float | None:
    found = _SPOKEN.fullmatch(text)
    if not text or not found or not any(found.groups()):
        return None
    hours, minute, second = (float((part or "0").replace(",", ".")) for part in found.groups())
    return (3600 * hours + 60 * minute + second) / 60


def shares(numbers: Sequence[float], percent: bool) -> list[float]:
    """Return shares as parts of one: all of them are percentages if they say so, or if one is above 1.

    Examples
    --------
    >>> shares([83.5, 100.0, 1.0], percent=False)
    [0.835, 1.0, 0.01]
    """
    if percent or any(one > 1.0 for one in numbers):
        return [one / 100 for one in numbers]
    return list(numbers)
