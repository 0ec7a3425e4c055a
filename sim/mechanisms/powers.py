"""Powers: what an agent may grant alone; above it a supervisor is asked while the customer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim import purposes
from sim.compiling import rule
from sim.mechanisms.life import draw, happens, note, spend
from sim.mechanisms.notes import APPROVAL_ASKED, GRANTED, REFUSED

if TYPE_CHECKING:
    from sim.mechanisms.life import Life
    from sim.mechanisms.telling import Team

APPROVAL, ESCALATE, REFUSE = 0, 1, 2
GIVEN, DENIED, ABOVE_LIMIT, BROKEN_OFF = 0, 1, 2, 3


@rule
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
        if not me.spend(APPROVAL_ASKED, me.draw(me.plan.approval, purposes.APPROVAL)):
            return BROKEN_OFF
        if not me.happens(me.plan.granted, purposes.GRANT):
            me.note(REFUSED)
            return DENIED
    me.granted = True
    me.note(GRANTED, me.gesture)
    return GIVEN


# The compiled telling ------------------------------------------------------------------------------------------------


@rule
def gesture_step(me: Any, team: Any, office: Any) -> int:
    """Do as `gesture`."""
    plan = office.plan
    if me.gesture == 0.0 or me.granted:
        return GIVEN
    if not may_grant(me.gesture, team.plan.limit):
        if plan.above == ESCALATE:
            return ABOVE_LIMIT
        granted = False
        if plan.above != REFUSE:
            if not spend(me, office, APPROVAL_ASKED, draw(me, office, plan.approval, purposes.APPROVAL)):
                return BROKEN_OFF
            granted = happens(me, office, plan.granted, purposes.GRANT)
        if not granted:
            note(me, office, REFUSED)
            return DENIED
    me.granted = True
    note(me, office, GRANTED, me.gesture)
    return GIVEN
