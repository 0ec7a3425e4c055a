"""The talk: the work of the problem, done by this agent, unless the call is broken off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim import purposes
from sim.compiling import inlined, rule
from sim.mechanisms.cut import left_after
from sim.mechanisms.life import draw, happens, note, spend
from sim.mechanisms.notes import CONTRADICTED, TALKING
from sim.mechanisms.office import agent_at

if TYPE_CHECKING:
    from sim.mechanisms.life import Life
    from sim.mechanisms.telling import Team


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


def talk(me: Life, team: Team, agent: int) -> bool:
    """Work on the problem; False when the call is broken off."""
    plan, its = me.plan, team.plan
    redone = 0.0
    if me.talked and me.happens(plan.contradicted, purposes.CONTRADICTION):
        me.note(CONTRADICTED)
        redone = plan.redone
    me.right_agent = not (me.misrouted and me.leg == 0) and me.happens(its.competent, purposes.COMPETENCE)
    needed = talk_minutes(
        its.talk,
        plan.talk_factor,
        me.work,
        me.draw(plan.handling, purposes.HANDLING),
        team.speed[agent],
        me.work_left,
        redone,
        1.0 if me.right_agent else its.wrong_talk,
    )
    me.talked = True
    began = me.now
    if me.spend(TALKING, needed, needed):
        return True
    if me.right_agent:
        me.work_left = left_after(me.work_left, plan.progress_kept, (me.now - began) / needed)
    return False


# The compiled telling ------------------------------------------------------------------------------------------------


@inlined
def talk_step(me: Any, team: Any, office: Any, agent: int) -> bool:
    """Do as `talk`."""
    plan, its = office.plan, team.plan
    redone = 0.0
    if me.talked and happens(me, office, plan.contradicted, purposes.CONTRADICTION):
        note(me, office, CONTRADICTED)
        redone = plan.redone
    came_wrong = me.misrouted and me.leg == 0
    me.right_agent = not came_wrong and happens(me, office, its.competent, purposes.COMPETENCE)
    handling = draw(me, office, plan.handling, purposes.HANDLING)
    part = 1.0 if me.right_agent else its.wrong_talk
    speed = agent_at(team.agents, agent).speed
    needed = talk_minutes(its.talk, plan.talk_factor, me.work, handling, speed, me.work_left, redone, part)
    me.talked = True
    began = me.now
    if spend(me, office, TALKING, needed, needed):
        return True
    if me.right_agent:
        me.work_left = left_after(me.work_left, plan.progress_kept, (me.now - began) / needed)
    return False
