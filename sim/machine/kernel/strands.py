"""Strands: lives that go on side by side, each a stack of mechanisms of which the top one is stepping.

A mechanism's step is told its stage and says what comes of it: the strand waits, or goes into another mechanism, or the
mechanism ends with an answer to the one below. A frame of the stack is a mechanism (1 to 63) and its stage (0 to 15).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.machine.compiling import rule
from sim.machine.kernel.calendar import CALENDAR, put

STRAND = [("at", np.float64), ("order", np.int64), ("stack", np.int64), ("slot", np.int32), ("answer", np.int32)]
"""What every strand has: its next event (an entry of the calendar counts only if it is that), its place in the table of
strands, its stack, and the answer of the mechanism that ended last."""

WORLD = [("now", np.float64), ("end", np.float64), ("calendar", CALENDAR)]
"""What every world has: the time, its end, and what is planned."""

WAITS, GOES_ON = 0, 1
"""What a step says."""

_FRAME, _STAGE = 10, 4


@rule
def begins(me: Any, mechanism: int) -> None:
    """Give a new strand its first mechanism."""
    me.stack = mechanism << _STAGE
    me.at, me.order = -1.0, 0


@rule
def has_ended(me: Any) -> bool:
    """Say whether nothing is left to do."""
    return me.stack == 0


@rule
def mechanism_of(me: Any) -> int:
    """Return the mechanism on top of the stack."""
    return (me.stack >> _STAGE) & ((1 << (_FRAME - _STAGE)) - 1)


@rule
def stage_of(me: Any) -> int:
    """Return its stage."""
    return me.stack & ((1 << _STAGE) - 1)


@rule
def plan_next(me: Any, world: Any, time: float, order: int) -> None:
    """Set this strand's next event, in place of any other; beyond the end nothing comes."""
    me.at, me.order = time, order
    if not time >= world.end:  # a time that is none goes to the calendar too, which tells
        put(world.calendar, time, order, me.slot)


@rule
def is_due(me: Any, time: float, order: int) -> bool:
    """Say whether an entry of the calendar is this strand's next event."""
    return me.at == time and me.order == order


@rule
def waits(me: Any, stage: int) -> int:
    """Wait for the next event that has been planned, and go on at a stage."""
    me.stack = (me.stack >> _STAGE << _STAGE) | stage
    return WAITS


@rule
def goes_on_at(me: Any, stage: int) -> int:
    """Go on at another stage, at this instant."""
    me.stack = (me.stack >> _STAGE << _STAGE) | stage
    return GOES_ON


@rule
def enters(me: Any, stage: int, mechanism: int) -> int:
    """Go into another mechanism, and on at a stage when it has ended."""
    me.stack = ((me.stack >> _STAGE << _STAGE | stage) << _FRAME) | (mechanism << _STAGE)
    return GOES_ON


@rule
def ends(me: Any, answer: int) -> int:
    """End the mechanism with an answer to the one below."""
    me.stack >>= _FRAME
    me.answer = answer
    return GOES_ON
