"""Identification and explanation: who are you, what has happened; again, to every agent who was told nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim import purposes
from sim.compiling import inlined, rule
from sim.mechanisms.life import draw, happens, note, spend
from sim.mechanisms.notes import EXPLAINING, IDENTIFYING, WRONG_PITCH

if TYPE_CHECKING:
    from sim.mechanisms.life import Life

EVERY_AGENT, ONCE_A_CALL, ONCE = 0, 1, 2


@rule
def told_again(scope: int, in_this_call: bool, ever: bool) -> bool:
    """Say whether the customer has to tell it to this agent."""
    if scope == ONCE:
        return not ever
    if scope == ONCE_A_CALL:
        return not in_this_call
    return True


def identification(me: Life) -> bool:
    """Prove who one is; False when the call is broken off."""
    plan = me.plan
    if not told_again(plan.identified, me.identified_now, me.identified_ever):
        return True
    law = plan.identification_again if me.identified_now else plan.identification
    if not me.spend(IDENTIFYING, me.draw(law, purposes.IDENTIFICATION)):
        return False
    me.identified_now = me.identified_ever = True
    return True


def explanation(me: Life) -> bool:
    """Tell the story, perhaps to someone who speaks as to a fool or to an expert; False when it is broken off."""
    plan = me.plan
    wrong_pitch = me.happens(plan.wrong_pitch, purposes.PITCH)
    if wrong_pitch:
        me.note(WRONG_PITCH)
    if not told_again(plan.explained, me.explained_now, me.explained_ever):
        return True
    minutes = me.draw(plan.explanation, purposes.EXPLANATION) * (plan.pitch_factor if wrong_pitch else 1.0)
    if not me.spend(EXPLAINING, minutes):
        return False
    me.explained_now = me.explained_ever = True
    return True


# The compiled telling ------------------------------------------------------------------------------------------------


@inlined
def identification_step(me: Any, office: Any) -> bool:
    """Do as `identification`."""
    plan = office.plan
    if not told_again(plan.identified, me.identified_now, me.identified_ever):
        return True
    law = plan.identification_again if me.identified_now else plan.identification
    if not spend(me, office, IDENTIFYING, draw(me, office, law, purposes.IDENTIFICATION)):
        return False
    me.identified_now = me.identified_ever = True
    return True


@inlined
def explanation_step(me: Any, office: Any) -> bool:
    """Do as `explanation`."""
    plan = office.plan
    factor = 1.0
    if happens(me, office, plan.wrong_pitch, purposes.PITCH):
        note(me, office, WRONG_PITCH)
        factor = plan.pitch_factor
    if not told_again(plan.explained, me.explained_now, me.explained_ever):
        return True
    if not spend(me, office, EXPLAINING, draw(me, office, plan.explanation, purposes.EXPLANATION) * factor):
        return False
    me.explained_now = me.explained_ever = True
    return True
