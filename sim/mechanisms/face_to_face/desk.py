"""A desk: the customer goes there, waits his turn, and is served as on the telephone; no clock runs.

Who sets out in its hours and comes when it has closed is turned away.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any, Final

from sim import purposes
from sim.history import codes
from sim.machine.compiling import rule
from sim.machine.kernel.strands import ends, enters
from sim.mechanisms.service.channels import channel_of
from sim.mechanisms.state import outcome
from sim.mechanisms.state.verbs import catches_up, draw, is_ahead, note
from sim.mechanisms.telephone.call import TALKS, Calling, talks
from sim.mechanisms.telephone.hold import channel_closes_at, fails


def desk(me: Calling) -> Generator[Any, Any, int]:
    """Go to a desk and be served; return how it ended."""
    sets_out(me)
    if is_ahead(me):
        yield me.catch_up()
    if finds_it_closed(me):
        return turned_away(me)
    ended = yield from talks(me, channel_of(me).queue)
    note(me, codes.DESK_LEFT)
    return ended


@rule
def sets_out(me: Calling) -> None:
    """Get there."""
    note(me, codes.SET_OUT, float(me.channel))
    me.now += draw(me, channel_of(me).writing, purposes.TRAVEL)
    me.cut_at = me.breaks_at = math.inf


@rule
def finds_it_closed(me: Calling) -> bool:
    """Say whether the desk has closed while one was on the way."""
    return channel_closes_at(me) <= me.now


@rule
def turned_away(me: Calling) -> int:
    """Leave unserved; return how it ended."""
    me.team = channel_of(me).queue
    fails(me, codes.DISMISSED, outcome.DISMISSED)
    note(me, codes.DESK_LEFT)
    return me.outcome


# The compiled telling of what waits -----------------------------------------------------------------------------------

DESK: Final = 17
_SETS_OUT, _IS_THERE, _IS_SERVED = range(3)


@rule
def desk_step(stage: int, me: Any, office: Any) -> int:
    """Do as `desk`."""
    if stage == _IS_SERVED:
        note(me, codes.DESK_LEFT)
        return ends(me, me.answer)
    if stage == _SETS_OUT:
        sets_out(me)
        if is_ahead(me):
            return catches_up(me, office, _IS_THERE)
    if finds_it_closed(me):
        return ends(me, turned_away(me))
    me.onward = channel_of(me).queue
    return enters(me, _IS_SERVED, TALKS)
