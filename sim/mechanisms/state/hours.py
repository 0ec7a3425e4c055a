"""Opening hours: when a customer may dial, and when the line closes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sim.machine.compiling import rule
from sim.units import SLOT, SLOTS_A_DAY, SLOTS_A_WEEK, WEEK

_FOREVER = 2.0**50
"""Minutes above which a time is no longer known to the minute (two billion years)."""


DAY_BEGINS = 4 * 60 // SLOT
"""Slot of the day at which a working day begins: 04:00, when the fewest are at work."""


class Hours(NamedTuple):
    """Hours of the week by slot of 15 minutes, in minutes from Monday 00:00 of the slot's week.

    ``ends[slot]`` is when the open stretch that holds the slot ends (past the week's end when it runs over Sunday
    midnight, infinite when nothing ever closes), negative for a closed slot. ``starts[slot]`` is when the next open
    stretch begins, and ``lengths[slot]`` how long it lasts.
    """

    ends: tuple[float, ...]
    starts: tuple[float, ...]
    lengths: tuple[float, ...]


def hours(slots: Sequence[bool]) -> Hours:
    """Turn the open slots of the week into hours.

    Examples
    --------
    >>> monday = hours([False] * 32 + [True] * 56 + [False] * 584)
    >>> closes_at(monday, 500.0), dial_time(monday, 1500.0, moved=30.0)
    (1320.0, 10590.0)
    """
    return _hours(tuple(slots))


@lru_cache(maxsize=16)
def _hours(slots: tuple[bool, ...]) -> Hours:
    if all(slots) or not any(slots):
        end = math.inf if all(slots) else -1.0
        return Hours((end,) * SLOTS_A_WEEK, (math.inf,) * SLOTS_A_WEEK, (math.inf,) * SLOTS_A_WEEK)
    until_open, until_closed = _until(slots, wanted=True), _until(slots, wanted=False)
    ends, starts, lengths = [], [], []
    for slot in range(SLOTS_A_WEEK):
        closed = slot + until_closed[slot]
        ends.append(float(closed * SLOT) if slots[slot] else -1.0)
        opened = closed + until_open[closed % SLOTS_A_WEEK]
        starts.append(float(opened * SLOT))
        lengths.append(float(until_closed[opened % SLOTS_A_WEEK] * SLOT))
    return Hours(tuple(ends), tuple(starts), tuple(lengths))


def _until(slots: Sequence[bool], *, wanted: bool) -> list[int]:
    """Return for each slot how many lie before the next one wanted, round the week's end."""
    found, many = [0] * SLOTS_A_WEEK, 0
    for slot in reversed(range(2 * SLOTS_A_WEEK)):
        many = 0 if slots[slot % SLOTS_A_WEEK] == wanted else many + 1
        found[slot % SLOTS_A_WEEK] = many
    return found


@rule
def working_day(slot: int) -> int:
    """Return the working day, from 0, to which a slot counted from Monday 00:00 of the first week belongs."""
    return (slot + SLOTS_A_DAY - DAY_BEGINS) // SLOTS_A_DAY


@rule
def closes_at(hours: Hours, time: float) -> float:
    """Return when the open stretch that holds ``time`` ends (min); ``time`` itself when it lies in none."""
    week = int(time / WEEK) * WEEK
    end = hours.ends[int((time - week) / SLOT)]
    return week + end if end >= 0.0 else time


@rule
def end_of_hold(hours: Hours, serve: bool, now: float) -> float:
    """Return when those who hold are turned away (min; infinite when they are served at closing)."""
    return math.inf if serve else closes_at(hours, now)


@rule
def dial_time(hours: Hours, time: float, moved: float) -> float:
    """Return when a dial meant for ``time`` happens.

    Inside the hours: then. Outside: ``moved`` minutes after the next opening, wrapped round if that stretch is shorter.
    A time beyond all counting stays what it is.

    Examples
    --------
    >>> dial_time(hours([False] * 671 + [True]), 1e300, moved=30.0)
    1e+300
    """
    if not time < _FOREVER:
        return time
    week = int(time / WEEK) * WEEK
    slot = int((time - week) / SLOT)
    if hours.ends[slot] >= 0.0:
        return time
    return week + hours.starts[slot] + moved % hours.lengths[slot]
