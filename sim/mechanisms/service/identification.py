"""Identification and explanation: who are you, what has happened; again, to every agent who was told nothing."""

from __future__ import annotations

from sim import purposes
from sim.history.codes import EXPLAINING, IDENTIFYING, MISUNDERSTOOD, WRONG_PITCH
from sim.machine.compiling import inlined, rule
from sim.mechanisms.state.blocks import at_birth, at_each_contact
from sim.mechanisms.state.life import Life
from sim.mechanisms.state.office import team_of
from sim.mechanisms.state.verbs import draw, happens, note, office_of, spend

EVERY_AGENT, ONCE_A_CALL, ONCE = 0, 1, 2


class Told(Life):
    """What the firm has been told, in this call and ever."""

    identified_now: bool = at_each_contact(False)
    identified_ever: bool = at_birth(False)
    explained_now: bool = at_each_contact(False)
    explained_ever: bool = at_birth(False)


@rule
def told_again(scope: int, in_this_call: bool, ever: bool) -> bool:
    """Say whether the customer has to tell it to this agent."""
    if scope == ONCE:
        return not ever
    if scope == ONCE_A_CALL:
        return not in_this_call
    return True


@inlined
def identification(me: Told) -> bool:
    """Prove who one is; False when the call is broken off."""
    plan = office_of(me).plan
    if not told_again(plan.identified, me.identified_now, me.identified_ever):
        return True
    law = plan.identification_again if me.identified_now else plan.identification
    if not spend(me, IDENTIFYING, draw(me, law, purposes.IDENTIFICATION)):
        return False
    me.identified_now = me.identified_ever = True
    return True


@inlined
def explanation(me: Told) -> bool:
    """Tell the story, perhaps to someone who speaks as to a fool or to an expert; False when it is broken off."""
    plan = office_of(me).plan
    wrong_pitch = happens(me, plan.wrong_pitch, purposes.PITCH)
    if wrong_pitch:
        note(me, WRONG_PITCH)
    if not told_again(plan.explained, me.explained_now, me.explained_ever):
        return True
    minutes = draw(me, plan.explanation, purposes.EXPLANATION) * (plan.pitch_factor if wrong_pitch else 1.0)
    if not spend(me, EXPLAINING, minutes):
        return False
    misunderstood = team_of(office_of(me), me.team).plan.misunderstood
    if happens(me, misunderstood, purposes.UNDERSTOOD) and not spend(me, MISUNDERSTOOD, minutes):
        return False
    me.explained_now = me.explained_ever = True
    return True
