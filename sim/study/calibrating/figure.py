"""One figure of a report as it is written: a value with its unit, how sure it is, and to how many digits."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from sim.quoting import quoted
from sim.units import minutes, share

Kind = Literal["count", "share", "minutes", "number"]
NORMAL = 1.959963984540054
"""Standard errors to either side that hold 95 % of a normal law."""
_SURE = re.compile(r"\s*(.+?)\s*(?:\+-|\+/-|\N{PLUS-MINUS SIGN})\s*(.+?)\s*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LONGEST = 80
_MOST = 1e9
_EXAMPLES: dict[Kind, str] = {
    "count": '18240 or "18240 +- 50"',
    "share": '"84 %" or "84 % +- 1 %"',
    "minutes": '"190 s" or "190 s +- 5 s"',
    "number": '5.2 or "5.2 +- 0.3"',
}


@dataclass(frozen=True)
class Figure:
    """One figure: what a report says, and how sure that is.

    Attributes
    ----------
    value : float
        In min, EUR, calls of the whole time, or a part of one.
    low, high : float or None
        Between which it lies with 95 %, all uncertainties told; None where nothing is said of them.
    step : float
        One of the last digit that is written: half of it may have been rounded off.
    is_share : bool
        Whether it is a part of one: of a count, which may be written in both ways.
    """

    value: float
    low: float | None
    high: float | None
    step: float
    is_share: bool = False

    @property
    def rounding(self) -> float:
        """Standard error of what was rounded off."""
        return self.step / math.sqrt(12.0)

    @property
    def error(self) -> float | None:
        """Standard error as stated; None where none is."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2.0 / NORMAL


def figure(written: Any, kind: Kind) -> Figure:
    """Read a figure.

    Parameters
    ----------
    written : number, text or table
        A value with its unit, such as ``"190 s"``; with ``+-`` and half of its 95 % interval; or a table of ``value``
        and either ``"+-"`` or ``from`` and ``to``.

    Raises
    ------
    ValueError
        If it cannot be such a figure.

    Examples
    --------
    >>> figure("190 s +- 5 s", "minutes").value * 60, figure("84 %", "share").value
    (190.0, 0.84)
    """
    if isinstance(written, dict):
        return _of_table(written, kind)
    found = _SURE.fullmatch(written) if isinstance(written, str) and len(written) <= _LONGEST else None
    if found:
        return _around(found[1], found[2], kind)
    value, is_share = _value(written, kind)
    return Figure(value, None, None, _step(written, kind), is_share)


def _of_table(table: dict[str, Any], kind: Kind) -> Figure:
    if set(table) == {"value", "+-"}:
        return _around(table["value"], table["+-"], kind)
    if set(table) != {"value", "from", "to"}:
        raise ValueError('a table holds value and "+-", or value, from and to')
    (value, is_share), (low, _), (high, _) = (_value(table[name], kind) for name in ("value", "from", "to"))
    if not low <= value <= high or low == high:
        raise ValueError("value lies between from and to, which are not the same")
    return Figure(value, low, high, _step(table["value"], kind), is_share)


def _around(value: Any, reach: Any, kind: Kind) -> Figure:
    (middle, is_share), (half, half_is_share) = _value(value, kind), _value(reach, kind)
    if half <= 0 or half_is_share != is_share:
        raise ValueError(
            f"what stands after +- is half of a 95 % interval, above 0 and in the same unit; write {_EXAMPLES[kind]}"
        )
    return Figure(middle, middle - half, middle + half, _step(value, kind), is_share)


def _value(written: Any, kind: Kind) -> tuple[float, bool]:
    """Return the value in its unit, and whether it is a part of one."""
    text = written.strip() if isinstance(written, str) else ""
    percent = text.endswith("%")
    if (
        len(text) > _LONGEST
        or isinstance(written, (bool, list, tuple, dict))
        or (percent and kind in ("minutes", "number"))
    ):
        raise ValueError(f"that is no figure of this kind; write {_EXAMPLES[kind]}")
    if percent:
        return _bounded(share(text), 1.0), True
    if kind == "minutes":
        return _bounded(minutes(text or written), _MOST), False
    number = _number(text or written, kind)
    if kind == "share":
        if 1.0 < number <= 100.0:
            raise ValueError(f'a share is a part of one; write "{number:g} %" for {number:g} %')
        return _bounded(number, 1.0), True
    is_share = kind == "count" and 0.0 < number < 1.0
    return _bounded(number, _MOST), is_share


def _number(written: Any, kind: Kind) -> float:
    if isinstance(written, str):
        if not _NUMBER.fullmatch(written):
            raise ValueError(f"{quoted(written)} is no number; write {_EXAMPLES[kind]}")
        return float(written)
    if not isinstance(written, (int, float)):
        raise ValueError(f"that is no number; write {_EXAMPLES[kind]}")
    try:
        return float(written)
    except OverflowError:
        return math.inf


def _bounded(value: float, most: float) -> float:
    if not 0.0 <= value <= most:
        raise ValueError(f"it has to be from 0 to {most:g}")
    return value


def _step(written: Any, kind: Kind) -> float:
    """Return what one more of the last digit is worth, in the unit of the value."""
    text = written if isinstance(written, str) else f"{Decimal(repr(written)):f}"
    last = list(_NUMBER.finditer(text))[-1]
    digits = Decimal(last[0])
    one = Decimal(1).scaleb(int(digits.as_tuple().exponent))
    other = digits - one if digits >= one else digits + one
    changed = text[: last.start()] + f"{other:0{len(last[0])}f}" + text[last.end() :]
    if not isinstance(written, str):
        return float(one)
    return abs(_value(changed, kind)[0] - _value(text, kind)[0])
