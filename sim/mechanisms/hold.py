"""The hold: wait for an agent until patience, the cut or closing time ends it; balk; or have the firm ring back."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.chance import Purpose, quantile
from sim.history import Event
from sim.mechanisms.cut import cut_at_pick_up
from sim.mechanisms.hours import Hours, closes_at
from sim.mechanisms.outcome import NOBODY, Outcome

if TYPE_CHECKING:
    from sim.engines.life import Life
    from sim.mechanisms.telling import Team


def expected_wait(waiting: int, agents: int, handle_time: float) -> float:
    """Return the wait that a new caller may expect (min): those before him and himself, shared out among the agents."""
    return (waiting + 1) * handle_time / agents if agents > 0 else math.inf


def balks(u: float, balking: float, announced: float, expected: float, patience: float) -> bool:
    """Say whether the customer hangs up at once; ``announced`` is announced over expected wait, negative for none."""
    return u < balking or (announced >= 0.0 and announced * expected > patience)


def hold(me: Life, team: Team) -> Generator[Any, Any, int]:
    """Hold for a team and return the agent who answers, or `NOBODY` with the outcome noted in ``me.outcome``."""
    me.note(Event.QUEUED)
    agent = team.free_agent()
    if agent != NOBODY:
        return agent
    closing = team.turns_away_at()
    if closing <= me.now:
        return me.fails(Event.DISMISSED, Outcome.DISMISSED)
    plan = me.plan
    patience = quantile(plan.patience, me.luck[Purpose.PATIENCE]) * me.temper * plan.patience_factor[me.other_network]
    expected = team.expected_wait()
    if balks(me.luck[Purpose.BALKING], plan.balking, plan.announced, expected, patience):
        return me.fails(Event.BALKED, Outcome.ABANDONED)
    if expected > plan.call_back_above and me.leg == 0 and me.luck[Purpose.CALL_BACK] < plan.call_back_accepted:
        return (yield from rung_back(me, team))
    leaves = me.now + patience
    brought: int = yield team.hold(me, until=min(leaves, me.cut_at, closing))
    if brought != NOBODY:
        return brought
    if me.now >= me.cut_at:
        return me.fails(Event.CUT, Outcome.CUT)
    if me.now >= closing:
        return me.fails(Event.DISMISSED, Outcome.DISMISSED)
    return me.fails(Event.ABANDONED, Outcome.ABANDONED)


def rung_back(me: Life, team: Team) -> Generator[Any, Any, int]:
    """Hang up with the place kept; the firm rings when its turn has come, and may miss the customer."""
    me.note(Event.CALL_BACK_TAKEN)
    me.leave_line()
    for ring in range(me.plan.call_back_tries):
        agent: int = yield team.hold(me, until=team.turns_away_at())
        if agent == NOBODY:
            return me.fails(Event.DISMISSED, Outcome.DISMISSED)
        if me.office.luck.leg(me.customer, me.contact, ring)[Purpose.PRESENCE] >= me.plan.call_back_missed:
            me.note(Event.RUNG_BACK)
            me.cut_at = cut_at_pick_up(me.plan.clock, me.plan.cut_after, me.now)
            return agent
        me.agent = agent
        me.note(Event.RING_MISSED, me.plan.ringing)
        me.agent = NOBODY
        team.frees(agent, me.now + me.plan.ringing, me)
        yield me.until(me.now + me.plan.between_rings)
    return me.fails(Event.ABANDONED, Outcome.ABANDONED)


def end_of_hold(hours: Hours, serve: bool, now: float) -> float:
    """Return when those who hold are turned away (min; infinite when they are served at closing)."""
    return math.inf if serve else closes_at(hours, now)
