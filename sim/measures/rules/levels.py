"""What counts as good service: the named definitions of its level, and the holds and waits that are counted."""

from __future__ import annotations

import math
from typing import Any

from sim.machine.compiling import rule
from sim.measures.rules.calls import is_answered

DEFINITIONS = {
    "sl1": "calls answered within it / (calls dialled - calls abandoned within it)",
    "sl2": "(calls answered within it + calls abandoned within it) / calls dialled",
    "arena": "calls answered within it / calls dialled",
    "served": "calls answered within it / calls answered",
    "sl0": "calls answered within it / calls answered (another name of served)",
    "slg": "calls answered within it / (calls answered + calls abandoned after more than it + calls blocked)",
    "queued": "calls answered within it / calls that came to a queue",
    "short_out": "calls answered within it / (calls dialled - short abandonments)",
    "short_good": "(calls answered within it + short abandonments) / calls dialled",
}
"""Named definitions of the service level. Calls dialled include the blocked; abandoned are those who balked or ran out
of patience, not those whom a cut or closing time took out of the queue, and not those who left a message: a message is
neither answered nor abandoned, so it stands under every level over calls dialled or that came to a queue as a call that
was not answered, and not under those over calls answered (served, sl0) or answered, abandoned and blocked (slg). A
short abandonment is one within ``service_level.short``; all others know one threshold alone.
"""

_SL1, _SL2, _ARENA, _SERVED, _SL0, _SLG, _QUEUED, _SHORT_OUT, _SHORT_GOOD = range(9)
"""Their places."""

LONG_HOLD = 10.0
"""The hold that the 2005 survey calls long (min)."""
AT_ONCE = 0.25
"""A hold that customers call none (min)."""
WAITS = (1.0, 5.0)
"""Waits (min) between the two, of which the share that is longer is measured: where the quantiles of the wait lie."""

_ROUNDING = 1e-9
"""Minutes by which a difference of two times may miss a wait of exactly the threshold."""


@rule
def in_service(call: Any, definition: int, within: float, short: float) -> tuple[int, int]:
    """Return what a call adds to numerator and denominator of the definition at this place of `DEFINITIONS`."""
    served = is_answered(call)
    good = served and in_time(call, within)
    gone = left_within(call, within)
    if definition == _SL1:
        return int(good), int(not gone)
    if definition == _SL2:
        return int(good or gone), 1
    if definition == _ARENA:
        return int(good), 1
    if definition == _SLG:
        return int(good), int(served or call.blocked or (call.abandoned and not gone))
    if definition == _QUEUED:
        return int(good), int(not math.isnan(call.queued))
    if definition == _SHORT_OUT:
        return int(good), int(not left_within(call, short))
    if definition == _SHORT_GOOD:
        return int(good or left_within(call, short)), 1
    return int(good), int(served)


@rule
def in_time(call: Any, within: float) -> bool:
    """Say whether a call waited no longer; one that came to no queue has a wait of NaN, and is never in time."""
    it_is: bool = call.wait <= within + _ROUNDING
    return it_is


@rule
def left_within(call: Any, within: float) -> bool:
    """Say whether the customer hung up before any agent, after no longer a wait."""
    return call.abandoned and not is_answered(call) and in_time(call, within)
