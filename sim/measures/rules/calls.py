"""The table of calls, one row for every dialled attempt, and what is asked of a single call."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.history.rows import Activity, Event
from sim.machine.compiling import rule
from sim.measures.rules.counts import COUNT, TRANSFERS
from sim.units import DAY

ACTIVITIES = len(Activity)
MENU, HOLD, TRANSFER_HOLD = int(Activity.MENU), int(Activity.HOLD), int(Activity.TRANSFER_HOLD)

LOG_LOOKS = 7 * DAY
"""Time after which the firm's log no longer sees a further call as a repeat (min)."""

COUNTED: dict[str, tuple[Event, ...]] = {
    "identifications": (Event.IDENTIFYING,),
    "explanations": (Event.EXPLAINING,),
    "transfers": TRANSFERS,
}
"""Columns of the table of calls that say how often something happened in a call, and what."""

CALL = np.dtype(
    [
        ("customer", np.int32),
        ("contact", np.int16),
        ("dialled", np.float64),
        ("picked_up", np.float64),
        ("queued", np.float64),
        ("answered", np.float64),
        ("ended", np.float64),
        ("wait", np.float64),
        ("minutes", np.float64, (ACTIVITIES,)),
        ("blocked", np.bool_),
        ("abandoned", np.bool_),
        ("dismissed", np.bool_),
        ("cut", np.bool_),
        ("call_back", np.bool_),
        ("message", np.bool_),
        ("solved", np.bool_),
        ("other_network", np.bool_),
        ("counted", np.bool_),
        *((name, COUNT) for name in COUNTED),
        ("gestures", np.float64),
        ("handling", np.float64),
    ],
    align=True,
)
"""One call. Times in min, NaN where it did not come to that (answered: by the first agent); ended: the end of the run
for a call still going on. wait: from the first queue to the first agent, or to the end of the call for the others, a
ring waited for included (min). minutes: by `Activity`. cut: by the clock or by an agent who hung up. blocked: no line
was free, or no place in the queue. abandoned: balked and called back in vain included. message: one was left in place
of waiting. gestures: granted in it (EUR). handling: agents' minutes, after-call work included, without those of
colleagues whom they ask. counted: dialled in the horizon. What is `COUNTED` is counted where calls are kept.
"""


@rule
def dial(call: Any, row: Any, other_network: bool, counted: bool) -> None:
    """Begin a call with the row that says so: nothing has come of it yet."""
    call.customer, call.contact, call.dialled = row.customer, row.contact, row.time
    call.picked_up = call.queued = call.answered = call.ended = call.wait = math.nan
    for activity in range(ACTIVITIES):
        call.minutes[activity] = 0.0
    call.blocked = call.abandoned = call.dismissed = call.cut = call.call_back = call.message = call.solved = False
    call.other_network, call.counted = other_network, counted
    call.gestures = call.handling = 0.0


@rule
def end(call: Any, time: float) -> None:
    """End a call; who was not answered has waited until now."""
    call.ended = time
    call.wait = (call.answered if is_answered(call) else time) - call.queued


@rule
def is_answered(call: Any) -> bool:
    """Say whether an agent took the call."""
    return not math.isnan(call.answered)


@rule
def hold_minutes(call: Any) -> float:
    """Return the minutes on the line before the first agent: menu and first hold."""
    minutes: float = call.minutes[MENU] + call.minutes[HOLD]
    return minutes


@rule
def minutes_after_answer(call: Any) -> float:
    """Return the minutes from the first agent on: his questions, the talk and the later holds."""
    whole = 0.0
    for activity in range(ACTIVITIES):
        whole += call.minutes[activity]
    return whole - hold_minutes(call)


@rule
def logged(call: Any) -> bool:
    """Say whether the firm's log takes a call for a resolution as long as no other follows: an agent took it.

    Who gives up counts as solved, and so does who finds out late. A follow-up shorter than seven days flatters it.
    """
    return call.counted and is_answered(call)


@rule
def called_again(ended: float, dialled: float) -> bool:
    """Say whether the log sees a call dialled then as a repeat of one that ended before (min)."""
    return dialled - ended <= LOG_LOOKS
