"""The talk: the work of the problem, done by this agent, unless the call is broken off."""

from __future__ import annotations

from sim import purposes
from sim.history.codes import CONTRADICTED, TALKING
from sim.machine.compiling import inlined, rule
from sim.mechanisms.staff.agents import pace_of
from sim.mechanisms.state.blocks import at_birth, given
from sim.mechanisms.state.life import Life
from sim.mechanisms.state.records import law_in, number_in
from sim.mechanisms.state.surroundings import Team
from sim.mechanisms.state.verbs import draw, happens, note, office_of, spend


class Served(Life):
    """The work of the problem, and who does it."""

    work: float = given()
    work_left: float = at_birth(1.0)
    talked: bool = at_birth(False)
    misrouted: bool = at_birth(False)
    right_agent: bool = at_birth(True)


@rule
def talk_minutes(
    mean: float,
    factor: float,
    problem: float,
    handling: float,
    speed: float,
    left: float,
    redone: float,
    part: float,
) -> float:
    """Return the talk a leg needs (min): mean of the team x levers x problem part x handling part x agent x work to do.

    ``part`` is the share of it that passes before a wrong agent sees that he is the wrong one, 1 for the right one.
    """
    return mean * factor * problem * handling * speed * left * (1.0 + redone) * part


@rule
def left_after(left: float, kept: float, done: float) -> float:
    """Return the work still to do when a talk is broken off after the share ``done`` of it."""
    return left * (1.0 - kept * done)


@inlined
def minutes_needed(me: Served, team: Team, redone: float) -> float:
    """Return the work this agent needs (min), who may turn out to be the wrong one."""
    its, came_wrong = team.plan, me.misrouted and me.leg == 0
    me.right_agent = not came_wrong and happens(me, number_in(its.competent, me.reason), purposes.COMPETENCE)
    return talk_minutes(
        number_in(its.talk, me.reason),
        office_of(me).plan.talk_factor,
        me.work,
        draw(me, law_in(its.handling, me.reason), purposes.HANDLING),
        pace_of(team, me.agent),
        me.work_left,
        redone,
        1.0 if me.right_agent else its.wrong_talk,
    )


@inlined
def talk(me: Served, team: Team) -> bool:
    """Work on the problem; False when the call is broken off."""
    needed, began = minutes_to_talk(me, team), me.now
    if spend(me, TALKING, needed, needed):
        return True
    if me.right_agent:
        me.work_left = left_after(me.work_left, office_of(me).plan.progress_kept, (me.now - began) / needed)
    return False


@inlined
def minutes_to_talk(me: Served, team: Team) -> float:
    """Return the work this agent needs (min), who may reject what an earlier one had done."""
    plan = office_of(me).plan
    redone = 0.0
    if me.talked and happens(me, plan.contradicted, purposes.CONTRADICTION):
        note(me, CONTRADICTED)
        redone = plan.redone
    me.talked = True
    return minutes_needed(me, team, redone)
