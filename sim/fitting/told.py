"""Fitted numbers as they are read: four digits, and the interval in words."""

from __future__ import annotations

import math

from sim.fitting.found import Found


def number(value: float, digits: int = 4) -> str:
    """Write a number with so many digits, without an exponent.

    Examples
    --------
    >>> number(254.5321), number(0.00123456), number(12345.6), number(math.inf), number(1.0)
    ('254.5', '0.001235', '12346', 'no bound', '1.0')
    """
    if math.isnan(value):
        return "not told"
    if math.isinf(value):
        return "no bound"
    if value == 0.0 or abs(value) < 1e-12:
        return "0.0"
    decimals = max(digits - 1 - math.floor(math.log10(abs(value))), 0)
    written = f"{value:.{min(decimals, 15)}f}"
    return f"{written.rstrip('0')}0".replace(".00", ".0") if written.rstrip("0").endswith(".") else _short(written)


def _short(written: str) -> str:
    return written.rstrip("0") if "." in written else written


def interval(found: Found) -> str:
    """Write a value's interval.

    Examples
    --------
    >>> interval(Found(2.0, 1.5, 2.5, 0.25, 40)), interval(Found(2.0, 1.5, math.inf, 0.25, 40))
    ('2.0 (1.5 to 2.5)', '2.0 (1.5 or more)')
    """
    if math.isnan(found.low) and math.isnan(found.high):
        return number(found.value)
    if math.isinf(found.high):
        return f"{number(found.value)} ({number(found.low)} or more)"
    return f"{number(found.value)} ({number(found.low)} to {number(found.high)})"


def named(law: str) -> str:
    """Write the name of a law as it is written in a sentence.

    Examples
    --------
    >>> named("weibull"), named("lognormal")
    ('Weibull', 'lognormal')
    """
    return law.title() if law in ("gamma", "weibull", "erlang") else law
