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
    if not identifies(me):
        return True
    if not spend(me, IDENTIFYING, minutes_to_identify(me)):
        return False
    is_identified(me)
    return True


@inlined
def explanation(me: Told) -> bool:
    """Tell the story, perhaps to someone who speaks as to a fool or to an expert; False when it is broken off."""
    wrong_pitch = meets_wrong_pitch(me)
    if not explains(me):
        return True
    minutes = minutes_to_explain(me, wrong_pitch)
    if not spend(me, EXPLAINING, minutes):
        return False
    if is_misunderstood(me) and not spend(me, MISUNDERSTOOD, minutes):
        return False
    is_explained(me)
    return True


@inlined
def identifies(me: Told) -> bool:
    """Say whether one has to prove who one is."""
    return told_again(office_of(me).plan.identified, me.identified_now, me.identified_ever)


@inlined
def minutes_to_identify(me: Told) -> float:
    """Return how long it takes (min)."""
    plan = office_of(me).plan
    law = plan.identification_again if me.identified_now else plan.identification
    return draw(me, law, purposes.IDENTIFICATION)


@inlined
def is_identified(me: Told) -> None:
    """Have proved who one is."""
    me.identified_now = me.identified_ever = True


@inlined
def meets_wrong_pitch(me: Told) -> bool:
    """Meet, perhaps, an agent who speaks as to a fool or to an expert."""
    wrong_pitch = happens(me, office_of(me).plan.wrong_pitch, purposes.PITCH)
    if wrong_pitch:
        note(me, WRONG_PITCH)
    return wrong_pitch


@inlined
def explains(me: Told) -> bool:
    """Say whether one has to tell the story."""
    return told_again(office_of(me).plan.explained, me.explained_now, me.explained_ever)


@inlined
def minutes_to_explain(me: Told, wrong_pitch: bool) -> float:
    """Return how long it takes (min)."""
    plan = office_of(me).plan
    return draw(me, plan.explanation, purposes.EXPLANATION) * (plan.pitch_factor if wrong_pitch else 1.0)


@inlined
def is_misunderstood(me: Told) -> bool:
    """Say whether one has to tell it once more to the same agent."""
    return happens(me, team_of(office_of(me), me.team).plan.misunderstood, purposes.UNDERSTOOD)


@inlined
def is_explained(me: Told) -> None:
    """Have told the story."""
    me.explained_now = me.explained_ever = True
