"""Beforehand: all that comes between the appearance of a problem and the wish to make the first contact."""

from __future__ import annotations

from sim.machine.compiling import rule
from sim.mechanisms.crowd.detection import notices
from sim.mechanisms.crowd.forum import Autonomous, asks_others
from sim.mechanisms.crowd.self_service import reads_help, seeks_number
from sim.mechanisms.state import outcome


class Prepared(Autonomous):
    """All that is known of a customer before his first contact."""


@rule
def beforehand(me: Prepared) -> int:
    """Help oneself, ask others, look for the way to the firm; return what comes of it before one turns to it."""
    notices(me)
    ended = reads_help(me)
    if ended == outcome.NOTHING:
        ended = asks_others(me)
    if ended == outcome.NOTHING:
        ended = seeks_number(me)
    return ended
