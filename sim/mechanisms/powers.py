"""Powers: what an agent may grant alone; above it a supervisor is asked while the customer holds."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.chance import Purpose, quantile
from sim.history import Event

if TYPE_CHECKING:
    from sim.engines.life import Life
    from sim.mechanisms.telling import Team

APPROVAL, ESCALATE, REFUSE = 0, 1, 2
GRANTED, REFUSED, PASS_ON, BROKEN_OFF = 0, 1, 2, 3


def may_grant(gesture: float, limit: float) -> bool:
    """Say whether the agent may grant this alone (EUR)."""
    return gesture <= limit


def gesture(me: Life, team: Team) -> Generator[Any, Any, int]:
    """Ask for the gesture the problem calls for; return what became of it."""
    if me.gesture == 0.0 or me.granted:
        return GRANTED
    if not may_grant(me.gesture, team.plan.limit):
        if me.plan.above == ESCALATE:
            return PASS_ON
        if me.plan.above == REFUSE:
            me.note(Event.REFUSED)
            return REFUSED
        if not (yield from me.spend(Event.APPROVAL_ASKED, quantile(me.plan.approval, me.luck[Purpose.APPROVAL]))):
            return BROKEN_OFF
        if me.luck[Purpose.GRANT] >= me.plan.granted:
            me.note(Event.REFUSED)
            return REFUSED
    me.granted = True
    me.note(Event.GRANTED, me.gesture)
    return GRANTED
