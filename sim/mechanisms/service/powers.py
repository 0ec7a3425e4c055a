"""Powers: what an agent may grant alone; above it a supervisor is asked while the customer holds."""

from __future__ import annotations

from sim import purposes
from sim.history.codes import APPROVAL_ASKED, GRANTED, REFUSED
from sim.machine.compiling import rule
from sim.mechanisms.state.blocks import at_birth, given
from sim.mechanisms.state.life import Life
from sim.mechanisms.state.outcome import NO_TEAM
from sim.mechanisms.state.surroundings import Team
from sim.mechanisms.state.verbs import draw, happens, note, office_of, spend

APPROVAL, ESCALATE, REFUSE = 0, 1, 2
GIVEN, DENIED, ABOVE_LIMIT, BROKEN_OFF, ASKED = 0, 1, 2, 3, 4


class Asking(Life):
    """The gesture that the problem calls for (EUR, 0 for none), and whether it was granted."""

    gesture: float = given()
    granted: bool = at_birth(False)


@rule
def may_grant(gesture: float, limit: float) -> bool:
    """Say whether the agent may grant this alone (EUR)."""
    return gesture <= limit


@rule
def gesture(me: Asking, team: Team) -> int:
    """Ask for the gesture the problem calls for; return what became of it."""
    if me.gesture == 0.0 or me.granted:
        return GIVEN
    if not may_grant(me.gesture, team.plan.limit):
        plan = office_of(me).plan
        if plan.above == ESCALATE:
            return ABOVE_LIMIT
        if plan.above == REFUSE:
            note(me, REFUSED)
            return DENIED
        if plan.supervisors != NO_TEAM:
            note(me, APPROVAL_ASKED)
            return ASKED
        if not spend(me, APPROVAL_ASKED, draw(me, plan.approval, purposes.APPROVAL)):
            return BROKEN_OFF
        return decided(me, True)
    return grants(me)


@rule
def gesture_at_once(me: Asking, team: Team) -> int:
    """Ask for the gesture where a supervisor decides without anybody waiting for him; return what became of it."""
    if me.gesture == 0.0 or me.granted:
        return GIVEN
    if may_grant(me.gesture, team.plan.limit):
        return grants(me)
    above = office_of(me).plan.above
    return ABOVE_LIMIT if above == ESCALATE else decided(me, above == APPROVAL)


@rule
def decided(me: Asking, heard: bool) -> int:
    """Return what a supervisor decides who has ``heard`` of it; without one it is refused."""
    if heard and happens(me, office_of(me).plan.granted, purposes.GRANT):
        return grants(me)
    note(me, REFUSED)
    return DENIED


@rule
def grants(me: Asking) -> int:
    """Grant the gesture."""
    me.granted = True
    note(me, GRANTED, me.gesture)
    return GIVEN
