"""Powers: what an agent may grant alone; above it a supervisor is asked while the customer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chance import Purpose
from sim.mechanisms.notes import APPROVAL_ASKED, GRANTED, REFUSED

if TYPE_CHECKING:
    from sim.engines.life import Life
    from sim.mechanisms.telling import Team

APPROVAL, ESCALATE, REFUSE = 0, 1, 2
GIVEN, DENIED, ABOVE_LIMIT, BROKEN_OFF = 0, 1, 2, 3


def may_grant(gesture: float, limit: float) -> bool:
    """Say whether the agent may grant this alone (EUR)."""
    return gesture <= limit


def gesture(me: Life, team: Team) -> int:
    """Ask for the gesture the problem calls for; return what became of it."""
    if me.gesture == 0.0 or me.granted:
        return GIVEN
    if not may_grant(me.gesture, team.plan.limit):
        if me.plan.above == ESCALATE:
            return ABOVE_LIMIT
        if me.plan.above == REFUSE:
            me.note(REFUSED)
            return DENIED
        if not me.spend(APPROVAL_ASKED, me.draw(me.plan.approval, Purpose.APPROVAL)):
            return BROKEN_OFF
        if not me.happens(me.plan.granted, Purpose.GRANT):
            me.note(REFUSED)
            return DENIED
    me.granted = True
    me.note(GRANTED, me.gesture)
    return GIVEN
