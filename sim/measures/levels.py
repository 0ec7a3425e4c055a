"""What counts as good service: the named definitions of its level, and the holds and waits that are counted."""

from __future__ import annotations

from typing import Any

from sim.compiling import rule
from sim.measures.calls import is_answered

DEFINITIONS = {
    "sl1": "calls answered within it / (calls dialled - calls abandoned within it)",
    "sl2": "(calls answered within it + calls abandoned within it) / calls dialled",
    "arena": "calls answered within it / calls dialled",
    "served": "calls answered within it / calls answered",
}
"""Named definitions of the service level. Calls dialled include the blocked; abandoned are those who balked
or ran out of patience, not those whom a cut or closing time took out of the queue.
"""

_SL1, _SL2, _ARENA, _SERVED = range(4)
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
def in_service(call: Any, definition: int, within: float) -> tuple[int, int]:
    """Return what a call adds to numerator and denominator of the definition at this place of `DEFINITIONS`."""
    served = is_answered(call)
    in_time = call.wait <= within + _ROUNDING  # a call that came to no queue has a wait of NaN: never in time
    good, gone = served and in_time, call.abandoned and not served and in_time
    if definition == _SL1:
        return int(good), int(not gone)
    if definition == _SL2:
        return int(good or gone), 1
    if definition == _ARENA:
        return int(good), 1
    return int(good), int(served)
