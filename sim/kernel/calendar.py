"""The compiled calendar: a binary heap of what is planned, by time and by a stated order at the same instant."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.compiling import rule
from sim.kernel.memory import table

ENTRY = np.dtype([("time", np.float64), ("order", np.int64), ("who", np.int64)])
"""One entry. Its keys are copies: what they were taken from may change."""

CALENDAR = np.dtype([("entries", np.int64), ("many", np.int64), ("room", np.int64)])
"""A calendar: the address of its entries, how many there are, and for how many there is room."""

entry_at = table(ENTRY)


@rule
def put(calendar: Any, time: float, order: int, who: int) -> None:
    """Put an entry into the calendar; there has to be room."""
    place = calendar.many
    calendar.many = place + 1
    while place > 0:
        above = (place - 1) >> 1
        other = entry_at(calendar.entries, above)
        if other.time < time or (other.time == time and other.order <= order):
            break
        _moved(entry_at(calendar.entries, place), other)
        place = above
    _written(entry_at(calendar.entries, place), time, order, who)


@rule
def first_time(calendar: Any) -> float:
    """Return when the first entry comes; infinite when there is none."""
    return entry_at(calendar.entries, 0).time if calendar.many > 0 else math.inf


@rule
def take(calendar: Any) -> tuple[float, int, int]:
    """Take the first entry out; there has to be one."""
    entries = calendar.entries
    first, many = entry_at(entries, 0), calendar.many - 1
    taken, last = (first.time, first.order, first.who), entry_at(entries, many)
    time, order, who = last.time, last.order, last.who
    calendar.many = many
    place, below = 0, 1
    while below < many:
        if below + 1 < many:
            below += _comes_second(entry_at(entries, below), entry_at(entries, below + 1))
        lower = entry_at(entries, below)
        if time < lower.time or (time == lower.time and order <= lower.order):
            break
        _moved(entry_at(entries, place), lower)
        place, below = below, 2 * below + 1
    _written(entry_at(entries, place), time, order, who)
    return taken


@rule
def _comes_second(one: Any, other: Any) -> bool:
    """Say whether the first of two entries comes second. Written so that no branch has to be foretold."""
    if one.time == other.time:
        return other.order < one.order
    return other.time < one.time


@rule
def _written(entry: Any, time: float, order: int, who: int) -> None:
    entry.time, entry.order, entry.who = time, order, who


@rule
def _moved(to: Any, entry: Any) -> None:
    to.time, to.order, to.who = entry.time, entry.order, entry.who
