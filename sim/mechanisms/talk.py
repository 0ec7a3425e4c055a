"""The talk: the work of the problem, done by this agent, unless the call is broken off."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.chance import Purpose, quantile
from sim.history import Event
from sim.mechanisms.cut import left_after

if TYPE_CHECKING:
    from sim.engines.life import Life
    from sim.mechanisms.telling import Team


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


def is_right_agent(competent: float, misrouted: bool, u: float) -> bool:
    """Say whether this agent is the right one for the problem."""
    return not misrouted and u < competent


def talk(me: Life, team: Team, agent: int) -> Generator[Any, Any, bool]:
    """Work on the problem; return False when the call is broken off."""
    plan, its = me.plan, team.plan
    redone = 0.0
    if me.talked and me.luck[Purpose.CONTRADICTION] < plan.contradicted:
        me.note(Event.CONTRADICTED)
        redone = plan.redone
    me.right_agent = is_right_agent(its.competent, me.misrouted and me.leg == 0, me.luck[Purpose.COMPETENCE])
    needed = talk_minutes(
        its.talk,
        plan.talk_factor,
        me.work,
        quantile(plan.handling, me.luck[Purpose.HANDLING]),
        team.speed[agent],
        me.work_left,
        redone,
        1.0 if me.right_agent else its.wrong_talk,
    )
    me.talked = True
    began = me.now
    finished = yield from me.spend(Event.TALKING, needed, needed)
    if not finished and me.right_agent:
        me.work_left = left_after(me.work_left, plan.progress_kept, (me.now - began) / needed)
    return finished
