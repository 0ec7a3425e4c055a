"""Opening hours: when a customer may dial, and when the line closes.

Hours are held as stretches of the week, half-open and sorted, in minutes from Monday 00:00; a stretch that runs over
Sunday midnight into Monday is held as one that ends after the week does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.units import SLOT, SLOTS_A_WEEK, WEEK

Stretches = tuple[tuple[float, float], ...]


def stretches(slots: Sequence[bool]) -> Stretches:
    """Join the open slots of the week into stretches; open throughout gives one stretch without end.

    Examples
    --------
    >>> stretches([False] * 16 + [True] * 28 + [False] * 292)
    ((480.0, 1320.0),)
    """
    if all(slots):
        return ((0.0, math.inf),)
    joined: list[tuple[float, float]] = []
    for slot in range(SLOTS_A_WEEK):
        if slots[slot] and not slots[slot - 1]:
            length = next(n for n in range(1, SLOTS_A_WEEK + 1) if not slots[(slot + n) % SLOTS_A_WEEK])
            joined.append((float(slot * SLOT), float((slot + length) * SLOT)))
    return tuple(joined)


def closes_at(hours: Stretches, time: float) -> float:
    """Return when the stretch that holds ``time`` ends (min); ``time`` itself when it lies in none."""
    week = math.floor(time / WEEK) * WEEK
    for start, end in hours:
        if week + start <= time < week + end:
            return week + end
        if time < week + end - WEEK:
            return week + end - WEEK
    return time


def dial_time(hours: Stretches, time: float, moved: float) -> float:
    """Return when a dial meant for ``time`` happens.

    Inside the hours: then. Outside: ``moved`` minutes after the next opening, wrapped round if the stretch is shorter.
    """
    if closes_at(hours, time) > time:
        return time
    week = math.floor(time / WEEK) * WEEK
    for start, end in (*hours, (hours[0][0] + WEEK, hours[0][1] + WEEK)):
        if week + start >= time:
            return week + start + math.fmod(moved, end - start)
    return time
