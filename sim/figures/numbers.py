"""Numbers as they stand in figures: with a sign where they are differences, and no more digits than they bear."""

from __future__ import annotations

import math

from sim.units import DAY, HOUR

POINTS = "% pts"
"""The unit of a difference of two shares: points of a percentage."""


def shown(value: float, unit: str, like: float | None = None) -> str:
    """Write a value: shares in percent, with as many decimals as a value of the size of `like` bears.

    Examples
    --------
    >>> shown(0.4551, "share"), shown(3.0612, "calls"), shown(14.2, "EUR", like=3.1)
    ('46 %', '3.06', '14.20')
    """
    size = abs(value if like is None else like) * (100 if unit == "share" else 1)
    scaled = value * 100 if unit == "share" else value
    decimals = 2 if size < 10 else 1 if size < 100 else 0
    if unit == "share":
        decimals = 1 if size < 10 else 0
    text = f"{scaled:.{decimals}f}".replace("-", "\N{MINUS SIGN}")
    return f"{_without_sign_of_zero(text)} %" if unit == "share" else _without_sign_of_zero(text)


def signed(value: float, unit: str, like: float | None = None) -> str:
    """Write a difference with its sign, without its unit.

    Examples
    --------
    >>> signed(16.0, "EUR"), signed(-0.23, "share")
    ('+16.0', '−23')
    """
    text = shown(value, unit, like).removesuffix(" %")
    nothing = not any(digit in text for digit in "123456789")
    return text if nothing or text.startswith("\N{MINUS SIGN}") else f"+{text}"


def unit_of_difference(unit: str) -> str:
    """Return the unit of a difference: that of the measure, but points for shares and for the scale of effort."""
    return {"share": POINTS, "1 to 5": "points"}.get(unit, unit)


def euros(amount: float) -> str:
    """Write an amount to the cent, without its unit.

    Examples
    --------
    >>> euros(4.361), euros(-10.87), euros(-0.001)
    ('4.36', '−10.87', '0.00')
    """
    return _without_sign_of_zero(f"{amount:.2f}".replace("-", "\N{MINUS SIGN}"))


def away(minutes: float) -> str:
    """Write a stretch of time as one would say it.

    Examples
    --------
    >>> away(35), away(14 * 60 + 20), away(3 * 1440)
    ('35 min', '14 h', '3 d')
    """
    if minutes < HOUR:
        return f"{minutes:.0f} min"
    return f"{minutes / HOUR:.0f} h" if minutes < 2 * DAY else f"{minutes / DAY:.0f} d"


def clock_time(minutes: float) -> str:
    """Write a moment as day of the week and time of day.

    Examples
    --------
    >>> clock_time(1440 + 14 * 60 + 5)
    'Tue 14:05'
    """
    whole = math.floor(minutes + 1e-9)
    day = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[whole // 1440 % 7]
    return f"{day} {whole % 1440 // 60:02d}:{whole % 60:02d}"


def _without_sign_of_zero(text: str) -> str:
    return text if any(digit in text for digit in "123456789") else text.removeprefix("\N{MINUS SIGN}")
