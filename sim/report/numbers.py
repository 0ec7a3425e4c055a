"""Estimates as they are read: with their intervals, and no more digits than they bear."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from sim.study.comparing.comparison import Line
from sim.study.running.estimate import Estimate

WIDTH = 120
UNDEFINED = "undefined"
APART, SAME = "not told apart", "the same"


def moved(line: Line) -> str:
    """Say in a word what the second world does to a measure; empty where the difference is undefined.

    Returns
    -------
    str
        ``better`` or ``worse``, ``higher`` or ``lower`` where neither is better; ``unsure`` where the interval
        holds 0, ``same`` where nothing differs at all.
    """
    mean, low, high = line.difference
    if mean is None:
        return ""
    if mean == low == high == 0:
        return "same"
    if low is None or high is None or low <= 0 <= high:
        return "unsure"
    if line.measure.better == "neither":
        return "higher" if mean > 0 else "lower"
    return "better" if (mean > 0) == (line.measure.better == "higher") else "worse"


def verdict(line: Line, names: Sequence[str]) -> str:
    """Say which world is better, or that the data do not tell; for a measure without a better side, what moved."""
    said = moved(line)
    told = {"same": SAME, "unsure": APART, "better": names[1], "worse": names[0]}
    return told.get(said, said and f"({said})")


def plain(value: float, digits: int) -> str:
    """Write a number to so many digits, one too large for them without powers of ten.

    Examples
    --------
    >>> plain(3391.2, 2), plain(0.12345, 2), plain(29.96, 4)
    ('3,400', '0.12', '29.96')
    """
    said = f"{value:.{digits}g}"
    return f"{float(said):,.0f}" if "e+" in said else said


def plus_or_minus(estimate: Estimate, decimals: int) -> str:
    """Write an estimate as ``12.3 ± 0.4``: t intervals are symmetric.

    Examples
    --------
    >>> plus_or_minus(Estimate(1.5, 1.25, 1.75), 2)
    '1.50 ± 0.25'
    """
    if estimate.mean is None:
        return UNDEFINED
    said = f"{_zero(estimate.mean, decimals):,.{decimals}f}"
    if estimate.high is None:
        return said
    return f"{said} ± {estimate.high - estimate.mean:,.{decimals}f}"


def signed(estimate: Estimate, decimals: int) -> str:
    """Write a difference as ``+12.3 ± 0.4``.

    Examples
    --------
    >>> signed(Estimate(1.5, 1.25, 1.75), 2), signed(Estimate(0.001, -0.1, 0.1), 1)
    ('+1.50 ± 0.25', '0.0 ± 0.1')
    """
    said = plus_or_minus(estimate, decimals)
    above = estimate.mean is not None and _zero(estimate.mean, decimals) > 0
    return f"+{said}" if above else said


def mean_of(estimate: Estimate, decimals: int) -> str:
    """Write a mean alone.

    Examples
    --------
    >>> mean_of(Estimate(1234.5, 1200, 1269), 1), mean_of(Estimate(None, None, None), 1)
    ('1,234.5', '-')
    """
    return "-" if estimate.mean is None else plus_or_minus(Estimate(estimate.mean, None, None), decimals)


def between(estimate: Estimate, decimals: int) -> str:
    """Write a difference as ``+12.3 [+11.9, +12.7]``.

    Examples
    --------
    >>> between(Estimate(-2.0, -2.5, -1.5), 1)
    '-2.0 [-2.5, -1.5]'
    """
    if estimate.mean is None or estimate.low is None or estimate.high is None:
        return UNDEFINED
    mean, low, high = (f"{_zero(value, decimals):+,.{decimals}f}" for value in estimate)
    return f"{mean} [{low}, {high}]"


def _zero(value: float | None, decimals: int) -> float:
    """Round, so that nothing is written as minus zero."""
    return round(value or 0.0, decimals) + 0.0


def decimals_of(estimates: Iterable[Estimate]) -> int:
    """Return how many decimals numbers of this size bear: as many for all, so that they can be compared."""
    largest = max((abs(estimate.mean) for estimate in estimates if estimate.mean is not None), default=0.0)
    return next((3 - at for at, bound in enumerate((1, 100, 10_000)) if largest <= bound), 0)


def cut(cell: str, width: int) -> str:
    """Shorten what is wider than this."""
    return cell if len(cell) <= width else cell[: max(width - 3, 0)] + "..."


def wrapped(text: str, hang: str = "  ") -> list[str]:
    """Break a text into lines."""
    return textwrap.wrap(text, WIDTH, subsequent_indent=hang) or [""]
