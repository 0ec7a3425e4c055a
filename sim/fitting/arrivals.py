"""When calls come: the week's volume, how it is parted among the days, and each day among its intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.fitting.busyness import apart, day_shape, interval_factor, lag_one
from sim.fitting.found import (
    UNKNOWN,
    Floats,
    Found,
    Whole,
    around,
)
from sim.units import DAY

_LEVEL = math.log(0.001)
INTERVALS = (15, 30, 60)
"""Minutes that an interval may have."""


@dataclass(frozen=True, eq=False)
class Arrivals:
    """The volume and its shape.

    Attributes
    ----------
    counts : array (days, intervals of the day)
        Calls by day that counts.
    days : array of int
        Which days, from the first Monday.
    per_day : Found
        Calls a day, the mean of the week's seven days.
    by_weekday : tuple of seven Found
        Calls a day, Monday first; unknown where the log has no such day.
    shape : array (7, intervals)
        Shares of the intervals of each weekday: all rows are alike but for the days that have a shape of their own.
    own : tuple of int
        The weekdays that have one.
    busyness_day, busyness_interval : Found
        Shapes of the Gamma factors; infinite for none. That of the day is net of what the intervals bring.
    raw_busyness_day : Found
        Shape of the day's factor as it is seen in the totals.
    correlation_days, correlation_intervals : Found
        Of days, and of intervals within a day, that follow each other.
    """

    counts: Floats
    days: Whole
    per_day: Found
    by_weekday: tuple[Found, ...]
    shape: Floats
    own: tuple[int, ...]
    busyness_day: Found
    raw_busyness_day: Found
    busyness_interval: Found
    correlation_days: Found
    correlation_intervals: Found

    def scaled(self, factor: float) -> Arrivals:
        """Return as many times the calls: callers who are not known call as those who are."""
        each = tuple(one.scaled(factor) for one in self.by_weekday)
        return replace(self, counts=self.counts * factor, per_day=self.per_day.scaled(factor), by_weekday=each)


def arrivals(arrived: npt.ArrayLike, days: npt.ArrayLike, minutes: int = 30) -> Arrivals:
    """Estimate volume, profile and busyness from the instants of arrival.

    Parameters
    ----------
    arrived : array of min from a Monday 00:00
    days : array of int
        The days that count, in order; calls of others are left out.
    minutes : int
        The length of an interval, of `INTERVALS`.
    """
    span = np.asarray(days, np.int64)
    counts = counted(np.asarray(arrived, np.float64), span, minutes)
    kinds, totals = span % 7, counts.sum(axis=1)
    factor = interval_factor(counts, kinds)
    raw, neighbours = day_shape(totals, kinds), lag_one(totals, kinds)
    spread = 1.0 / raw.value if raw.n else 0.0
    by_weekday = tuple(_weekday(totals, kinds, day, spread) for day in range(7))
    shape, own = shapes(counts, kinds)
    shares = shape[int(np.argmax([one.value if one.n else 0.0 for one in by_weekday]))]
    return Arrivals(
        counts=counts,
        days=span,
        per_day=_per_day(totals, by_weekday, spread, neighbours),
        by_weekday=by_weekday,
        shape=shape,
        own=own,
        busyness_day=apart(raw, factor.shape, shares),
        raw_busyness_day=raw,
        busyness_interval=factor.shape,
        correlation_days=neighbours,
        correlation_intervals=factor.correlation,
    )


def counted(arrived: Floats, days: Whole, minutes: int) -> Floats:
    """Count arrivals by day and interval."""
    many = int(DAY) // minutes
    place = np.floor(arrived / minutes).astype(np.int64)
    row = np.searchsorted(days, place // many)
    row = np.minimum(row, len(days) - 1)
    inside = days[row] == place // many
    table = np.zeros((len(days), many))
    np.add.at(table, (row[inside], (place % many)[inside]), 1.0)
    return table


def _weekday(totals: Floats, kinds: Whole, day: int, spread: float) -> Found:
    """Return the mean of a weekday; its days vary by Poisson's law and by the days' factor."""
    mine = totals[kinds == day]
    if not len(mine):
        return UNKNOWN
    mean = float(mine.mean())
    df = len(totals) - len(np.unique(kinds))
    found = around(mean, math.sqrt((mean + spread * mean * mean) / len(mine)), len(mine), df)
    if math.isinf(found.high):
        return Found(mean, math.nan, math.nan, math.nan, len(mine))
    return found._replace(low=max(found.low, 0.0))


def _per_day(totals: Floats, by_weekday: tuple[Found, ...], spread: float, alike: Found) -> Found:
    """Return the mean of the weekdays; where the log lacks a weekday, of those that it has.

    A day varies by Poisson's law and by the days' factor; where days in a row are alike, they are worth fewer days.
    """
    there = [one for one in by_weekday if one.n]
    value = sum(one.value for one in there) / len(there)
    open_days = [one for one in there if one.value > 0.0]
    df = sum(one.n for one in open_days) - len(open_days)
    if df < 1:
        return Found(value, math.nan, math.nan, math.nan, len(totals))
    variance = sum((one.value + spread * one.value**2) / one.n for one in open_days) / len(there) ** 2
    rho = min(alike.value, 0.95) if alike.low > 0.0 else 0.0
    return around(value, math.sqrt(variance * (1.0 + rho) / (1.0 - rho)), len(totals), df)


def shapes(counts: Floats, kinds: Whole) -> tuple[Floats, tuple[int, ...]]:
    """Return the shares of the intervals by weekday, and which weekdays have a shape of their own.

    A weekday has its own where all others together have another, by Pearson's chi-squared of a table of two rows at a
    level of one in a thousand, divided by how much more than a multinomial's the counts vary (McCullagh and Nelder
    1989, section 4.5). The most unlike leaves first; all that stay share one.
    """
    table = np.array([counts[kinds == day].sum(axis=0) for day in range(7)])
    temper = _temper(counts, kinds)
    own: list[int] = []
    while unlike := {day: _chance(table, day, own, temper) for day in range(7) if day not in own}:
        most = min(unlike, key=lambda day: unlike[day])
        if unlike[most] >= _LEVEL:
            break
        own.append(most)
    shared = table[[day for day in range(7) if day not in own]].sum(axis=0)
    shared = shared if shared.sum() else table.sum(axis=0)
    result = np.tile(shared / shared.sum(), (7, 1))
    for day in own:
        result[day] = table[day] / table[day].sum()
    return result, tuple(sorted(own))


def _chance(table: Floats, day: int, own: list[int], temper: float) -> float:
    """Return the logarithm of how likely so unlike a shape is, if this weekday has that of the others."""
    from scipy import stats

    both = np.array([table[day], table[[one for one in range(7) if one not in own and one != day]].sum(axis=0)])
    both = both[:, both.sum(axis=0) > 0.0]
    if not both.sum(axis=1).all() or both.shape[1] < 2:
        return 0.0
    found = stats.chi2_contingency(both, correction=False)
    return float(stats.chi2.logsf(found.statistic / temper, found.dof))


def _free(counts: Floats) -> int:
    return int((counts > 0.0).sum()) - 1


def _temper(counts: Floats, kinds: Whole) -> float:
    """Return the variance of the counts over a multinomial's, given the days' totals; 1 at least."""
    total: Any = 0.0
    free = 0
    for day in np.unique(kinds):
        mine = counts[(kinds == day) & (counts.sum(axis=1) > 0.0)]
        if len(mine) < 2:
            continue
        expected = np.outer(mine.sum(axis=1), mine.sum(axis=0)) / mine.sum()
        seen = expected > 0.0
        total += float(((mine - expected)[seen] ** 2 / expected[seen]).sum())
        free += (len(mine) - 1) * _free(mine.sum(axis=0))
    return max(1.0, total / free) if free > 0 else 1.0
