"""The hold: wait for an agent until patience, the cut or closing time ends it; balk; or have the firm ring back."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.chance import Purpose
from sim.mechanisms import outcome
from sim.mechanisms.cut import cut_at_pick_up
from sim.mechanisms.hours import Hours, closes_at
from sim.mechanisms.notes import (
    ABANDONED,
    BALKED,
    CALL_BACK_TAKEN,
    CUT,
    DISMISSED,
    RING_MISSED,
    RUNG_BACK,
)
from sim.mechanisms.outcome import NOBODY

if TYPE_CHECKING:
    from sim.engines.life import Life
    from sim.mechanisms.telling import Team


def expected_wait(waiting: int, agents: int, handle_time: float) -> float:
    """Return the wait that a new caller may expect (min): those before him and himself, shared out among the agents."""
    return (waiting + 1) * handle_time / agents if agents > 0 else math.inf


def hears_too_long(announced: float, expected: float, patience: float) -> bool:
    """Say whether the announced wait is longer than the patience; ``announced`` over expected, negative for none."""
    return announced >= 0.0 and announced * expected > patience


def hold(me: Life, team: Team) -> Generator[Any, Any, int]:
    """Hold for a team and return the agent who answers, or `NOBODY` with the outcome in ``me.outcome``."""
    closing = team.turns_away_at()
    if closing <= me.now:
        return me.fails(DISMISSED, outcome.DISMISSED)
    plan = me.plan
    patience = me.draw(plan.patience, Purpose.PATIENCE) * me.temper * plan.patience_factor[me.other_network]
    expected = team.expected_wait()
    if me.happens(plan.balking, Purpose.BALKING) or hears_too_long(plan.announced, expected, patience):
        return me.fails(BALKED, outcome.ABANDONED)
    if expected > plan.call_back_above and me.leg == 0 and me.happens(plan.call_back_accepted, Purpose.CALL_BACK):
        return (yield from rung_back(me, team))
    ends = min(me.now + patience, me.cut_at, closing)
    agent: int = yield team.hold(me, until=ends)
    if agent != NOBODY:
        me.now = me.clock.now
        return agent
    me.now = ends
    if ends >= me.cut_at:
        return me.fails(CUT, outcome.CUT)
    if ends >= closing:
        return me.fails(DISMISSED, outcome.DISMISSED)
    return me.fails(ABANDONED, outcome.ABANDONED)


def rung_back(me: Life, team: Team) -> Generator[Any, Any, int]:
    """Hang up with the place kept; the firm rings when its turn has come, and may miss the customer."""
    me.note(CALL_BACK_TAKEN)
    me.leave_line()
    for ring in range(me.plan.call_back_tries):
        agent = team.free_agent()
        closing = team.turns_away_at()
        if agent == NOBODY and closing > me.now:
            agent = yield team.hold(me, until=closing)
            me.now = me.clock.now
        if agent == NOBODY:
            return me.fails(DISMISSED, outcome.DISMISSED)
        if me.office.luck.one(me.customer, me.contact, ring, Purpose.PRESENCE) >= me.plan.call_back_missed:
            me.note(RUNG_BACK)
            me.cut_at = cut_at_pick_up(me.plan.clock, me.plan.cut_after, me.now)
            return agent
        me.agent = agent
        me.note(RING_MISSED, me.plan.ringing)
        me.agent = NOBODY
        team.frees(agent, me.now + me.plan.ringing)
        rings_again = ring + 1 < me.plan.call_back_tries
        me.now += me.plan.between_rings if rings_again else me.plan.ringing
        yield me.catch_up()
    return me.fails(ABANDONED, outcome.ABANDONED)


def end_of_hold(hours: Hours, serve: bool, now: float) -> float:
    """Return when those who hold are turned away (min; infinite when they are served at closing)."""
    return math.inf if serve else closes_at(hours, now)
