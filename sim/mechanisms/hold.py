"""The hold: wait for an agent until patience, the cut or closing time ends it; balk; or have the firm ring back."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim import purposes
from sim.compiling import inlined, rule
from sim.kernel.memory import number_at
from sim.kernel.strands import ends, enters, waits
from sim.mechanisms import outcome
from sim.mechanisms.codes import RING_BACK
from sim.mechanisms.cut import cut_at_pick_up
from sim.mechanisms.life import catches_up, draw, fails, happens, leave_line, note, uniform_at
from sim.mechanisms.notes import (
    ABANDONED,
    BALKED,
    CALL_BACK_TAKEN,
    CUT,
    DISMISSED,
    RING_MISSED,
    RUNG_BACK,
)
from sim.mechanisms.office import team_of
from sim.mechanisms.outcome import NOBODY
from sim.mechanisms.team import expected_wait, free_agent, frees, holds, leaves, turns_away_at

if TYPE_CHECKING:
    from sim.mechanisms.life import Life
    from sim.mechanisms.telling import Team


@rule
def hears_too_long(announced: float, expected: float, patience: float) -> bool:
    """Say whether the announced wait is longer than the patience; ``announced`` over expected, negative for none."""
    return announced >= 0.0 and announced * expected > patience


def hold(me: Life, team: Team) -> Generator[Any, Any, int]:
    """Hold for a team and return the agent who answers, or `NOBODY` with the outcome in ``me.outcome``."""
    closing = team.turns_away_at()
    if closing <= me.now:
        return me.fails(DISMISSED, outcome.DISMISSED)
    plan = me.plan
    patience = me.draw(plan.patience, purposes.PATIENCE) * me.temper * plan.patience_factor[me.other_network]
    expected = team.expected_wait()
    if me.happens(plan.balking, purposes.BALKING) or hears_too_long(plan.announced, expected, patience):
        return me.fails(BALKED, outcome.ABANDONED)
    if expected > plan.call_back_above and me.leg == 0 and me.happens(plan.call_back_accepted, purposes.CALL_BACK):
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
        if me.office.luck.one(me.customer, me.contact, ring, purposes.PRESENCE) >= me.plan.call_back_missed:
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


# The compiled telling ------------------------------------------------------------------------------------------------

_ASKED, _HELD, _RUNG, _RINGS = range(4)


@inlined
def hold_step(stage: int, me: Any, office: Any) -> int:
    """Do as `hold`."""
    team = team_of(office, me.team)
    if stage == _RUNG:
        return ends(me, me.answer)
    if stage == _HELD:
        return held_step(me, team, office)
    plan = office.plan
    me.closing = turns_away_at(team, office)
    if me.closing <= me.now:
        return fails(me, office, DISMISSED, outcome.DISMISSED)
    factor = number_at(plan.patience_factor, int(me.other_network)).value
    patience = draw(me, office, plan.patience, purposes.PATIENCE) * me.temper * factor
    expected = expected_wait(team.waiting, team.staff, team.plan.handle_time)
    if happens(me, office, plan.balking, purposes.BALKING) or hears_too_long(plan.announced, expected, patience):
        return fails(me, office, BALKED, outcome.ABANDONED)
    offered = expected > plan.call_back_above and me.leg == 0
    if offered and happens(me, office, plan.call_back_accepted, purposes.CALL_BACK):
        return enters(me, _RUNG, RING_BACK)
    me.until = min(me.now + patience, me.cut_at, me.closing)
    holds(me, team, office, me.until)
    return waits(me, _HELD)


@inlined
def held_step(me: Any, team: Any, office: Any) -> int:
    """End the hold: with the agent who serves, or by what came first."""
    if me.served != NOBODY:
        me.now = office.now
        return ends(me, me.served)
    leaves(me, team, office)
    me.now = me.until
    if me.until >= me.cut_at:
        return fails(me, office, CUT, outcome.CUT)
    if me.until >= me.closing:
        return fails(me, office, DISMISSED, outcome.DISMISSED)
    return fails(me, office, ABANDONED, outcome.ABANDONED)


@rule
def ring_back_step(stage: int, me: Any, office: Any) -> int:
    """Do as `rung_back`."""
    team, plan = team_of(office, me.team), office.plan
    if stage == _HELD:
        me.now = office.now
        if me.served == NOBODY:
            leaves(me, team, office)
            return fails(me, office, DISMISSED, outcome.DISMISSED)
    else:
        if stage == _ASKED:
            note(me, office, CALL_BACK_TAKEN)
            leave_line(me, office)
            me.ring = 0
        if me.ring >= plan.call_back_tries:
            return fails(me, office, ABANDONED, outcome.ABANDONED)
        me.served = free_agent(team)
        if me.served == NOBODY:
            closing = turns_away_at(team, office)
            if closing <= me.now:
                return fails(me, office, DISMISSED, outcome.DISMISSED)
            holds(me, team, office, closing)
            return waits(me, _HELD)
    if uniform_at(me, office, me.ring, purposes.PRESENCE) >= plan.call_back_missed:
        note(me, office, RUNG_BACK)
        me.cut_at = cut_at_pick_up(plan.clock, plan.cut_after, me.now)
        return ends(me, me.served)
    return missed_step(me, team, office)


@rule
def missed_step(me: Any, team: Any, office: Any) -> int:
    """Miss the ring, and wait for the next one."""
    plan = office.plan
    me.agent = me.served
    note(me, office, RING_MISSED, plan.ringing)
    me.agent = NOBODY
    frees(team, office, me.served, me.now + plan.ringing)
    me.ring += 1
    me.now += plan.between_rings if me.ring < plan.call_back_tries else plan.ringing
    return catches_up(me, office, _RINGS)
