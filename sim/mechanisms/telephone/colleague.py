"""A colleague: while the customer holds with his agent, another one is asked for advice, for approval, or to take over.

Both agents are busy while they are together.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final

import numpy as np

from sim import purposes
from sim.history import codes
from sim.machine.compiling import rule
from sim.machine.kernel.strands import ends, waits
from sim.mechanisms.service import powers
from sim.mechanisms.service.transfer import path_of
from sim.mechanisms.service.verdict import Judged, after_gesture, verdict
from sim.mechanisms.staff.queue import holds, holds_on, idle_agent, is_answered, leaves, turns_away_at
from sim.mechanisms.staff.team import frees
from sim.mechanisms.state import outcome
from sim.mechanisms.state.blocks import Place, Short, at_birth
from sim.mechanisms.state.office import queue_of, team_of
from sim.mechanisms.state.outcome import NO_TEAM, NOBODY
from sim.mechanisms.state.surroundings import Team
from sim.mechanisms.state.verbs import catches_up, draw, is_ahead, note, office_of, pass_time, spend
from sim.mechanisms.telephone.cut import comes_to
from sim.mechanisms.telephone.hold import Holding


class Accompanied(Holding, Judged):
    """Who asks, and who has joined him."""

    own_team: Short = at_birth(NO_TEAM)
    own_agent: Place = at_birth(NOBODY)
    joined: Place = at_birth(NOBODY)
    joined_team: Short = at_birth(NO_TEAM)


def colleague(me: Accompanied, number: int) -> Generator[Any, Any, tuple[int, int]]:
    """Ask in a queue for a colleague, and go on with or without him; return how, as a leg does."""
    if is_ahead(me):
        yield me.catch_up()
    asks(me)
    queue = me.office.queues[number]
    agent, until = queue.free_agent(me), min(me.breaks_at, queue.turns_away_at())
    if agent == NOBODY and waits_for_one(me) and until > me.now:
        agent = yield from queue.hold(me, until)
        me.now = me.clock.now
    joins(me, agent)
    if agent != NOBODY and parts(me):
        me.office.teams[me.joined_team].frees(agent, me.now)
    return goes_on(me, me.office.teams[me.team])


# Told once: where nothing waits ---------------------------------------------------------------------------------------


@rule
def asks(me: Accompanied) -> None:
    """Let the agent ask; that approval is asked for was noted when it was."""
    if me.asks != outcome.FOR_APPROVAL:
        note(me, codes.COLLEAGUE_ASKED)
    me.own_team, me.own_agent = me.team, me.agent


@rule
def waits_for_one(me: Accompanied) -> bool:
    """Say whether one waits where no colleague is idle."""
    if me.asks == outcome.FOR_ADVICE:
        return team_of(office_of(me), me.own_team).plan.advice_waits
    return me.asks == outcome.FOR_APPROVAL or not path_of(me, me.way).lost_if_busy


@rule
def joins(me: Accompanied, agent: int) -> None:
    """Go on with one's own agent, and with the colleague who has come, if one has."""
    me.joined, me.joined_team = agent, me.team
    me.team, me.agent = me.own_team, me.own_agent


@rule
def parts(me: Accompanied) -> bool:
    """Be together until all is said or the call is broken off; say whether the colleague then leaves."""
    minutes = minutes_together(me)
    until = min(me.now + minutes, max(me.breaks_at, me.now))
    me.team, me.agent = me.joined_team, me.joined
    note(me, codes.COLLEAGUE_JOINED, until - me.now)
    me.team, me.agent = me.own_team, me.own_agent
    whole = are_together(me, minutes)
    return not whole or me.asks != outcome.TO_TAKE_OVER


@rule
def are_together(me: Accompanied, minutes: float) -> bool:
    """Live through the time together; False when it is broken off. Of no length it leaves no row."""
    if me.asks == outcome.FOR_ADVICE:
        return spend(me, codes.CONFERRING, minutes)
    if me.asks == outcome.TO_TAKE_OVER:
        return spend(me, codes.BRIEFING, minutes)
    return pass_time(me, minutes)


@rule
def minutes_together(me: Accompanied) -> float:
    """Return how long it takes together, if nothing breaks it off (min)."""
    if me.asks == outcome.FOR_ADVICE:
        return draw(me, team_of(office_of(me), me.own_team).plan.advice, purposes.CONSULT_TIME)
    if me.asks == outcome.FOR_APPROVAL:
        return draw(me, office_of(me).plan.approval, purposes.APPROVAL)
    return draw(me, path_of(me, me.way).briefing, purposes.BRIEFING)


@rule
def goes_on(me: Accompanied, team: Team) -> tuple[int, int]:
    """Go on after a colleague was asked, who has come or not; return how the leg ends, and where to go on to."""
    if me.now >= me.breaks_at:
        return comes_to(me, outcome.CUT, NO_TEAM)
    if me.asks == outcome.FOR_ADVICE:
        ended, onward = verdict(me, team)
        return comes_to(me, ended, onward)
    if me.asks == outcome.FOR_APPROVAL:
        ended, onward = after_gesture(me, team, powers.decided(me, me.joined != NOBODY))
        return comes_to(me, ended, onward)
    if me.joined == NOBODY:
        note(me, codes.TRANSFER_LOST)
        return outcome.CUT, NO_TEAM
    me.briefed = True
    return outcome.TAKEN_OVER, me.joined_team


# The compiled telling of what waits -----------------------------------------------------------------------------------

BETWEEN_STEPS = [("asked", np.int16)]
"""The queue in which a colleague is asked."""

COLLEAGUE: Final = 8
_ASKS, _HAS_CAUGHT_UP, _HAS_WAITED = range(3)


@rule
def colleague_step(stage: int, me: Any, office: Any) -> int:
    """Do as `colleague`; how it goes on stands in `outcome` and `onward`."""
    if stage == _ASKS and is_ahead(me):
        return catches_up(me, office, _HAS_CAUGHT_UP)
    queue = queue_of(office, me.asked)
    if stage != _HAS_WAITED:
        asks(me)
        me.served = idle_agent(me, queue, me.now)
        me.until = min(me.breaks_at, turns_away_at(queue, office))
        if me.served == NOBODY and waits_for_one(me) and me.until > me.now:
            holds(me, queue, office, me.until)
            return waits(me, _HAS_WAITED)
    elif not is_answered(me, queue, office, me.until):
        if me.now < me.until:
            holds_on(me, queue, office, me.until)
            return waits(me, _HAS_WAITED)
        leaves(me, queue, office)
    joins(me, me.served)
    if me.joined != NOBODY and parts(me):
        frees(team_of(office, me.joined_team), office, me.joined, me.now)
    me.served = me.own_agent
    me.outcome, me.onward = goes_on(me, team_of(office, me.team))
    return ends(me, 0)
