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
    CHOSE_QUEUE,
    CUT,
    DISMISSED,
    MESSAGE_LEFT,
    MOVED_ON,
    QUEUE_FULL,
    RING_MISSED,
    RUNG_BACK,
    TRANSFER_LOST,
)
from sim.machine.compiling import inlined, rule
from sim.machine.kernel.strands import ends, enters, waits
from sim.mechanisms.journey.channels import Choosing, channel_of, is_on_the_phone
from sim.mechanisms.service.transfer import PassedOn, chosen, path_of, take, times_taken
from sim.mechanisms.staff.queue import (
    Queueing,
    expected_of,
    expected_wait_in,
    holds,
    holds_on,
    idle_agent,
    is_answered,
    is_full,
    leaves,
    turns_away_at,
)
from sim.mechanisms.staff.team import frees
from sim.mechanisms.state import outcome
from sim.mechanisms.state.blocks import Short, at_birth, at_each_contact, given
from sim.mechanisms.state.hours import closes_at
from sim.mechanisms.state.office import queue_of, team_of
from sim.mechanisms.state.outcome import NO_TEAM, NO_WAY, NOBODY
from sim.mechanisms.state.plans import QueuePlan
from sim.mechanisms.state.records import law_in, number_in
from sim.mechanisms.state.surroundings import Queue
from sim.mechanisms.state.verbs import (
    catches_up,
    draw,
    happens,
    note,
    office_of,
    uniform_at,
)
from sim.mechanisms.telephone.cut import Clocked, cut_at_pick_up
from sim.mechanisms.telephone.line import OnLine, leave_line

ANEW, SAME, LEFT = 0, 1, 2
"""What of patience one carries from one hold to the next."""


class Holding(OnLine, Queueing, PassedOn, Clocked, Choosing):
    """For how long one holds at most, and how it ended."""

    temper: float = given()
    other_network: bool = given()
    outcome: Short = at_birth(outcome.UNSOLVED)
    onward: Short = at_birth(NO_TEAM)
    """The team, or queue, to go on to."""
    patience: float = at_birth(-1.0)
    """For how long one holds; negative before it is known."""
    moved: bool = at_each_contact(False)
    """Whether one came into this queue out of another one; the same patience goes on."""
    gives_up_at: float = at_birth(math.inf)
    moves_at: float = at_birth(math.inf)
    """When patience ends, and when one has waited in this queue long enough to be moved on."""


def hold(me: Holding, queue: Queue) -> Generator[Any, Any, int]:
    """Hold in a queue and return the agent who answers, of the team `me.team`.

    It is `NOBODY` with the outcome in ``me.outcome``; where that is `MOVED` it goes on in the queue ``me.onward``.
    """
    closing = queue.turns_away_at() if is_on_the_phone(me) else channel_closes_at(me)
    if closing <= me.now:
        return fails(me, DISMISSED, outcome.DISMISSED)
    patience, expected = patience_of(me), queue.expected_wait()
    if goes_elsewhere(me, queue, expected):
        return NOBODY
    if balks(me, expected, patience):
        return fails(me, BALKED, outcome.ABANDONED)
    if takes_call_back(me, expected):
        return (yield from rung_back(me, queue))
    me.moves_at = moves_at(me, queue.plan)
    until = min(me.gives_up_at, me.cut_at, closing, me.moves_at)
    agent = yield from queue.hold(me, until)
    if agent != NOBODY:
        me.now = me.clock.now
        has_held(me)
        return agent
    return waited_in_vain(me, until, closing, queue.plan)


def rung_back(me: Holding, queue: Queue) -> Generator[Any, Any, int]:
    """Hang up with the place kept; the firm rings when its turn has come, and may miss the customer."""
    note(me, CALL_BACK_TAKEN)
    leave_line(me)
    for ring in range(me.plan.call_back_tries):
        agent = queue.free_agent(me)
        closing = queue.turns_away_at()
        if agent == NOBODY and closing > me.now:
            agent = yield from queue.hold(me, until=closing)
            me.now = me.clock.now
        if agent == NOBODY:
            return fails(me, DISMISSED, outcome.DISMISSED)
        if is_there(me, ring):
            return agent
        missed(me, agent)
        me.office.teams[me.team].frees(agent, me.now + me.plan.ringing)
        me.team = me.queue
        me.now += until_next_ring(me, ring)
        yield me.catch_up()
    return fails(me, ABANDONED, outcome.ABANDONED)


# Told once: where nothing waits ---------------------------------------------------------------------------------------


@rule
def patience_of(me: Holding) -> float:
    """Return for how long this customer would hold now (min); who is moved on has what is left."""
    if me.moved:
        return me.gives_up_at - me.now
    plan = office_of(me).plan
    if plan.patience_again == ANEW or me.patience < 0.0:
        me.patience = own_patience(me) * me.temper
    me.gives_up_at = me.now + me.patience
    return me.patience


@rule
def own_patience(me: Holding) -> float:
    """Return a patience as customers of this kind have it, or as one has it at this desk or in this chat (min)."""
    plan = office_of(me).plan
    if not is_on_the_phone(me):
        return draw(me, channel_of(me).patience, purposes.PATIENCE)
    factor = number_in(plan.patience_factor, int(me.other_network))
    return draw(me, law_in(plan.patience, kind_of(me)), purposes.PATIENCE) * factor


@rule
def channel_closes_at(me: Holding) -> float:
    """Return when the desk, or the chat, closes where one waits (min)."""
    return closes_at(channel_of(me).hours, me.now)


@rule
def kind_of(me: Queueing) -> int:
    """Return the kind of a customer: his reason and his segment in one number."""
    return me.reason * office_of(me).plan.segments + me.segment


@rule
def has_held(me: Holding) -> None:
    """Look back on a hold: where patience is carried on, less is left."""
    if office_of(me).plan.patience_again == LEFT:
        me.patience = max(me.gives_up_at - me.now, 0.0)


@rule
def balks(me: Holding, expected: float, patience: float) -> bool:
    """Say whether the customer hangs up at once: for no reason, or at an announced wait."""
    plan = office_of(me).plan
    if not is_on_the_phone(me):
        return False
    at_once = happens(me, plan.balking, purposes.BALKING)  # of the same luck in every queue of a leg
    return at_once or hears_too_long(plan.announced, expected, patience)


@rule
def hears_too_long(announced: float, expected: float, patience: float) -> bool:
    """Say whether the announced wait is longer than the patience; ``announced`` over expected, negative for none."""
    return announced * expected > patience


@rule
def goes_elsewhere(me: Holding, queue: Queue, expected: float) -> bool:
    """Say whether the customer goes on elsewhere before he holds here: the queue is full, or he chooses another."""
    its = queue.plan
    if me.leg > 0 and not me.moved and path_of(me, me.way).lost_if_busy:
        fails(me, TRANSFER_LOST, outcome.CUT)
        return True
    if is_full(queue):
        if not moves(me, its.when_full):
            is_turned_away(me)
        return True
    if me.moved or its.choice == NO_TEAM or expected <= its.choice_above:
        return False
    shorter = expected_of(me, its.choice) < expected
    if not (shorter and happens(me, its.choice_accepted, purposes.CHOICE)):
        return False
    note(me, CHOSE_QUEUE)
    me.outcome, me.onward = outcome.MOVED, its.choice
    return True


@rule
def is_turned_away(me: Holding) -> None:
    """End the call for want of a place in the queue."""
    if me.leg > 0:
        fails(me, TRANSFER_LOST, outcome.CUT)
    else:
        fails(me, QUEUE_FULL, outcome.BLOCKED)


@rule
def may_take(me: Holding, way: int) -> bool:
    """Say whether there is such a path, not taken too often in this call."""
    return way != NO_WAY and times_taken(me, way) < path_of(me, way).tries


@rule
def moves_at(me: Holding, its: QueuePlan) -> float:
    """Return when one has waited in this queue long enough to be moved on (min; infinite where no path is left)."""
    return me.now + its.moves_after if may_take(me, its.when_waited) else math.inf


@rule
def moves(me: Holding, way: int) -> bool:
    """Go by a path to another queue, or leave a message; False where no path leads on, or it was taken too often."""
    if not may_take(me, way):
        return False
    path = path_of(me, way)
    take(me, way)
    if path.ticket:
        note(me, MESSAGE_LEFT)
        me.outcome, me.ticket = outcome.TICKET, way
    else:
        note(me, MOVED_ON)
        me.outcome, me.onward = outcome.MOVED, chosen(me, path)
    return True


@rule
def takes_call_back(me: Holding, expected: float) -> bool:
    """Say whether the customer is offered to be rung back, which only the first team does, and accepts."""
    plan = office_of(me).plan
    offered = expected > plan.call_back_above and me.leg == 0 and is_on_the_phone(me)
    return offered and not me.moved and happens(me, plan.call_back_accepted, purposes.CALL_BACK)


@rule
def waited_in_vain(me: Holding, until: float, closing: float, its: QueuePlan) -> int:
    """End a hold that no agent has ended; the clock has come to its end."""
    has_held(me)
    if until >= me.cut_at:
        return fails(me, CUT, outcome.CUT)
    if until >= closing:
        return fails(me, DISMISSED, outcome.DISMISSED)
    if until >= me.moves_at:
        moves(me, its.when_waited)
        return NOBODY
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
    queue: Any = queue_of(office, me.queue)
    if stage == _RUNG:
        return ends(me, me.answer)
    if stage == _HELD:
        if is_answered(me, queue, office, me.until):
            has_held(me)
            return ends(me, me.served)
        if me.now < me.until:
            holds_on(me, queue, office, me.until)
            return waits(me, _HELD)
        leaves(me, queue, office)
        return ends(me, waited_in_vain(me, me.until, me.closing, queue.plan))
    me.closing = turns_away_at(queue, office) if is_on_the_phone(me) else channel_closes_at(me)
    if me.closing <= me.now:
        return ends(me, fails(me, DISMISSED, outcome.DISMISSED))
    patience, expected = patience_of(me), expected_wait_in(queue, office)
    if goes_elsewhere(me, queue, expected):
        return ends(me, NOBODY)
    if balks(me, expected, patience):
        return ends(me, fails(me, BALKED, outcome.ABANDONED))
    if takes_call_back(me, expected):
        return enters(me, _RUNG, RING_BACK)
    me.moves_at = moves_at(me, queue.plan)
    me.until = min(min(me.gives_up_at, me.cut_at), min(me.closing, me.moves_at))
    holds(me, queue, office, me.until)
    return waits(me, _HELD)


@rule
def ring_back_step(stage: int, me: Any, office: Any) -> int:
    """Do as `rung_back`."""
    queue, plan = queue_of(office, me.queue), office.plan
    if stage == _HELD:
        if not is_answered(me, queue, office, me.closing):
            if me.now < me.closing:
                holds_on(me, queue, office, me.closing)
                return waits(me, _HELD)
            leaves(me, queue, office)
            return ends(me, fails(me, DISMISSED, outcome.DISMISSED))
    else:
        if stage == _ASKED:
            note(me, CALL_BACK_TAKEN)
            leave_line(me)
            me.ring = 0
        if me.ring >= plan.call_back_tries:
            return ends(me, fails(me, ABANDONED, outcome.ABANDONED))
        me.served = idle_agent(me, queue, me.now)
        if me.served == NOBODY:
            me.closing = turns_away_at(queue, office)
            if me.closing <= me.now:
                return ends(me, fails(me, DISMISSED, outcome.DISMISSED))
            holds(me, queue, office, me.closing)
            return waits(me, _HELD)
    if is_there(me, me.ring):
        return ends(me, me.served)
    missed(me, me.served)
    frees(team_of(office, me.team), office, me.served, me.now + plan.ringing)
    me.team = me.queue
    me.now += until_next_ring(me, me.ring)
    me.ring += 1
    return catches_up(me, office, _RINGS)
