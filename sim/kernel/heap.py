"""A binary heap of entries: by time, and by a stated order at the same instant."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.compiling import Table, rule

ENTRY = np.dtype([("time", np.float64), ("order", np.int64), ("who", np.int64)])
"""One entry. Its keys are copies: what they were taken from may change."""

HEAP = np.dtype([("entries", np.int64), ("many", np.int64)])
"""A heap: the address of its entries, and how many there are."""

_entry_at = Table(ENTRY)


@rule
def push(heap: Any, time: float, order: int, who: int) -> None:
    """Put an entry in; there has to be room."""
    place = heap.many
    heap.many = place + 1
    while place > 0:
        above = (place - 1) >> 1
        other = _entry_at(heap.entries, above)
        if other.time < time or (other.time == time and other.order <= order):
            break
        _moved(_entry_at(heap.entries, place), other)
        place = above
    _written(_entry_at(heap.entries, place), time, order, who)


@rule
def earliest(heap: Any) -> float:
    """Return when the first entry comes; infinite when there is none."""
    return _entry_at(heap.entries, 0).time if heap.many > 0 else math.inf


@rule
def pop(heap: Any) -> tuple[float, int, int]:
    """Take the first entry out; there has to be one."""
    entries = heap.entries
    first, many = _entry_at(entries, 0), heap.many - 1
    taken, last = (first.time, first.order, first.who), _entry_at(entries, many)
    time, order, who = last.time, last.order, last.who
    heap.many = many
    place, below = 0, 1
    while below < many:
        if below + 1 < many:
            below += _comes_second(_entry_at(entries, below), _entry_at(entries, below + 1))
        lower = _entry_at(entries, below)
        if time < lower.time or (time == lower.time and order <= lower.order):
            break
        _moved(_entry_at(entries, place), lower)
        place, below = below, 2 * below + 1
    _written(_entry_at(entries, place), time, order, who)
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
