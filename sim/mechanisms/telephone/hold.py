"""The hold: wait for an agent until patience, the cut or closing time ends it; balk; or have the firm ring back."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any, Final

import numpy as np

from sim import purposes
from sim.history.codes import (
    ABANDONED,
    BALKED,
    CALL_BACK_TAKEN,
    CUT,
    DISMISSED,
    RING_MISSED,
    RUNG_BACK,
)
from sim.machine.compiling import inlined, rule
from sim.machine.kernel.strands import ends, enters, waits
from sim.mechanisms.staff.team import (
    expected_wait,
    free_agent,
    frees,
    holds,
    leaves,
    turns_away_at,
)
from sim.mechanisms.state import outcome
from sim.mechanisms.state.blocks import Short, at_birth, given
from sim.mechanisms.state.office import team_of
from sim.mechanisms.state.outcome import NOBODY
from sim.mechanisms.state.records import number_in
from sim.mechanisms.state.surroundings import Team
from sim.mechanisms.state.verbs import (
    catches_up,
    draw,
    happens,
    note,
    office_of,
    uniform_at,
)
from sim.mechanisms.telephone.cut import cut_at_pick_up
from sim.mechanisms.telephone.line import OnLine, leave_line


class Holding(OnLine):
    """For how long one holds at most, and how it ended."""

    temper: float = given()
    other_network: bool = given()
    cut_at: float = at_birth(math.inf)
    """When the clock will cut the call, as far as is known."""
    outcome: Short = at_birth(outcome.UNSOLVED)


def hold(me: Holding, team: Team) -> Generator[Any, Any, int]:
    """Hold for a team and return the agent who answers, or `NOBODY` with the outcome in ``me.outcome``."""
    closing = team.turns_away_at()
    if closing <= me.now:
        return fails(me, DISMISSED, outcome.DISMISSED)
    patience, expected = patience_of(me), team.expected_wait()
    if balks(me, expected, patience):
        return fails(me, BALKED, outcome.ABANDONED)
    if takes_call_back(me, expected):
        return (yield from rung_back(me, team))
    until = min(me.now + patience, me.cut_at, closing)
    agent: int = yield team.hold(me, until)
    if agent != NOBODY:
        me.now = me.clock.now
        return agent
    return waited_in_vain(me, until, closing)


def rung_back(me: Holding, team: Team) -> Generator[Any, Any, int]:
    """Hang up with the place kept; the firm rings when its turn has come, and may miss the customer."""
    note(me, CALL_BACK_TAKEN)
    leave_line(me)
    for ring in range(me.plan.call_back_tries):
        agent = team.free_agent()
        closing = team.turns_away_at()
        if agent == NOBODY and closing > me.now:
            agent = yield team.hold(me, until=closing)
            me.now = me.clock.now
        if agent == NOBODY:
            return fails(me, DISMISSED, outcome.DISMISSED)
        if is_there(me, ring):
            return agent
        missed(me, agent)
        team.frees(agent, me.now + me.plan.ringing)
        me.now += until_next_ring(me, ring)
        yield me.catch_up()
    return fails(me, ABANDONED, outcome.ABANDONED)


# Told once: where nothing waits ---------------------------------------------------------------------------------------


@rule
def patience_of(me: Holding) -> float:
    """Return for how long this customer would hold now (min)."""
    plan = office_of(me).plan
    factor = number_in(plan.patience_factor, int(me.other_network))
    return draw(me, plan.patience, purposes.PATIENCE) * me.temper * factor


@rule
def balks(me: Holding, expected: float, patience: float) -> bool:
    """Say whether the customer hangs up at once: for no reason, or at an announced wait."""
    plan = office_of(me).plan
    return happens(me, plan.balking, purposes.BALKING) or hears_too_long(plan.announced, expected, patience)


@rule
def hears_too_long(announced: float, expected: float, patience: float) -> bool:
    """Say whether the announced wait is longer than the patience; ``announced`` over expected, negative for none."""
    return announced * expected > patience


@rule
def takes_call_back(me: Holding, expected: float) -> bool:
    """Say whether the customer is offered to be rung back, which only the first team does, and accepts."""
    plan = office_of(me).plan
    offered = expected > plan.call_back_above and me.leg == 0
    return offered and happens(me, plan.call_back_accepted, purposes.CALL_BACK)


@rule
def waited_in_vain(me: Holding, until: float, closing: float) -> int:
    """End a hold that no agent has ended."""
    me.now = until
    if until >= me.cut_at:
        return fails(me, CUT, outcome.CUT)
    if until >= closing:
        return fails(me, DISMISSED, outcome.DISMISSED)
    return fails(me, ABANDONED, outcome.ABANDONED)


@rule
def fails(me: Holding, event: int, outcome: int) -> int:
    """Note how the hold ended without an agent."""
    note(me, event)
    me.outcome = outcome
    return NOBODY


@rule
def is_there(me: Holding, ring: int) -> bool:
    """Say whether the customer answers a ring; then the clock of the connection starts anew."""
    plan = office_of(me).plan
    if uniform_at(me, ring, purposes.PRESENCE) < plan.call_back_missed:
        return False
    note(me, RUNG_BACK)
    me.cut_at = cut_at_pick_up(plan.clock, plan.cut_after, me.now)
    return True


@rule
def missed(me: Holding, agent: int) -> None:
    """Note a ring that an agent let ring in vain."""
    me.agent = agent
    note(me, RING_MISSED, office_of(me).plan.ringing)
    me.agent = NOBODY


@rule
def until_next_ring(me: Holding, ring: int) -> float:
    """Return how long it is until the firm rings again, or gives up (min)."""
    plan = office_of(me).plan
    return plan.between_rings if ring + 1 < plan.call_back_tries else plan.ringing


# The compiled telling of what waits -----------------------------------------------------------------------------------

BETWEEN_STEPS = [("ring", np.int16), ("until", np.float64), ("closing", np.float64)]
"""How often the firm has rung; until when the hold lasts at most, and when the team closes."""

HOLD: Final = 4
RING_BACK: Final = 5
_ASKED, _HELD, _RUNG, _RINGS = range(4)


@inlined
def hold_step(stage: int, me: Any, office: Any) -> int:
    """Do as `hold`."""
    team: Any = team_of(office, me.team)
    if stage == _RUNG:
        return ends(me, me.answer)
    if stage == _HELD:
        if me.served != NOBODY:
            me.now = office.now
            return ends(me, me.served)
        leaves(me, team, office)
        return ends(me, waited_in_vain(me, me.until, me.closing))
    me.closing = turns_away_at(team, office)
    if me.closing <= me.now:
        return ends(me, fails(me, DISMISSED, outcome.DISMISSED))
    patience, expected = patience_of(me), expected_wait(team.waiting, team.staff, team.plan.handle_time)
    if balks(me, expected, patience):
        return ends(me, fails(me, BALKED, outcome.ABANDONED))
    if takes_call_back(me, expected):
        return enters(me, _RUNG, RING_BACK)
    me.until = min(me.now + patience, me.cut_at, me.closing)
    holds(me, team, office, me.until)
    return waits(me, _HELD)


@rule
def ring_back_step(stage: int, me: Any, office: Any) -> int:
    """Do as `rung_back`."""
    team, plan = team_of(office, me.team), office.plan
    if stage == _HELD:
        me.now = office.now
        if me.served == NOBODY:
            leaves(me, team, office)
            return ends(me, fails(me, DISMISSED, outcome.DISMISSED))
    else:
        if stage == _ASKED:
            note(me, CALL_BACK_TAKEN)
            leave_line(me)
            me.ring = 0
        if me.ring >= plan.call_back_tries:
            return ends(me, fails(me, ABANDONED, outcome.ABANDONED))
        me.served = free_agent(team)
        if me.served == NOBODY:
            closing = turns_away_at(team, office)
            if closing <= me.now:
                return ends(me, fails(me, DISMISSED, outcome.DISMISSED))
            holds(me, team, office, closing)
            return waits(me, _HELD)
    if is_there(me, me.ring):
        return ends(me, me.served)
    missed(me, me.served)
    frees(team, office, me.served, me.now + plan.ringing)
    me.now += until_next_ring(me, me.ring)
    me.ring += 1
    return catches_up(me, office, _RINGS)
