"""Calls and the next ones of their callers, drawn by known laws on a line of known hours."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from sim.fitting.again import Followed
from sim.fitting.stretches import ALWAYS, Stretch, Stretches

WEEK = 10_080.0
NIGHTS = [(day * 1440 + 480, day * 1440 + 1200) for day in range(7)]
"""08:00 to 20:00 on every day."""
WEEKENDS = [*NIGHTS[:5], (5 * 1440 + 540, 5 * 1440 + 1080)]
"""The same on weekdays, 09:00 to 18:00 on Saturdays, nothing on Sundays."""
NEVER: list[tuple[int, int]] = []
"""Of a line that never closes."""


def followed(gap, until) -> Followed:
    """Return calls on a line that never closes."""
    n = len(gap)
    until = np.broadcast_to(until, n).astype(float)
    stretch = Stretch(np.zeros(n), np.full(n, -math.inf), np.full(n, math.inf))
    return Followed(np.asarray(gap, float), until, np.arange(n), until, stretch)


def law_of(mean: float, cv: float | None):
    """Return the exponential law of this mean, or the lognormal one of this mean and cv."""
    if cv is None:
        return stats.expon(scale=mean)
    sigma = math.sqrt(math.log1p(cv * cv))
    return stats.lognorm(sigma, scale=mean * math.exp(-sigma * sigma / 2.0))


def stretches_of(hours, weeks: int) -> Stretches:
    """Return the open stretches of these hours of the week, from the week before to the one after."""
    if not hours:
        return ALWAYS
    from_monday = np.arange(-1, weeks + 2) * WEEK
    begins, ends = (np.sort(np.add.outer(from_monday, [at[end] for at in hours]).ravel()) for end in (0, 1))
    return Stretches(begins, ends)


def drawn(luck, n: int, share: float, gap, hours, moved, weeks: int = 4, within: float = 7 * 1440.0) -> Followed:
    """Draw calls at any open time, and the next ones of those who call again: meant for a closed time, they come later.

    They come a time drawn of ``moved`` after the next opening, wrapped round if that stretch is shorter.
    """
    lines = stretches_of(hours, weeks)
    ended = np.sort(luck.uniform(0.0, weeks * WEEK, 4 * n))
    if hours:
        at = np.searchsorted(lines.begins, ended, "right") - 1
        ended = ended[ended < lines.ends[at]]
    ended = np.sort(luck.choice(ended, n, replace=False))
    wanted = ended + gap.rvs(n, random_state=luck)
    if hours:
        at = np.searchsorted(lines.begins, wanted, "right") - 1
        next_one = np.minimum(at + 1, len(lines.begins) - 1)
        late = moved.rvs(n, random_state=luck) % (lines.ends[next_one] - lines.begins[next_one])
        wanted = np.where(wanted < lines.ends[at], wanted, lines.begins[next_one] + late)
    comes = (luck.random(n) < share) & (wanted <= weeks * WEEK)
    return Followed.of(
        np.where(comes, wanted - ended, math.inf), ended, np.arange(n), end=weeks * WEEK, within=within, stretches=lines
    )
