"""Work in writing: a message, or a case, waits in a team's queue, is worked on, and is answered or handed on."""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any, Final

import numpy as np

from sim import purposes
from sim.history import codes
from sim.luck.keys import LEGS
from sim.machine.compiling import rule
from sim.machine.kernel.strands import ends, goes_on_at, waits
from sim.mechanisms.journey.channels import Choosing, channel_of
from sim.mechanisms.service.file import NO_CASE, NO_STEP, case_of, chance_of_step, looked_up, step_of
from sim.mechanisms.service.identification import Told
from sim.mechanisms.service.powers import ESCALATE, REFUSE, may_grant
from sim.mechanisms.service.talk import minutes_needed
from sim.mechanisms.service.transfer import ABOVE_LIMIT, UNSOLVED, WRONG_PERSON, chosen, path_of, take, way_on
from sim.mechanisms.service.verdict import Judged, is_ready, solve_chance
from sim.mechanisms.staff.agents import chance_of, takes_note
from sim.mechanisms.staff.queue import Queueing, holds, holds_on, idle_agent, is_answered
from sim.mechanisms.staff.team import frees
from sim.mechanisms.state import outcome
from sim.mechanisms.state.beside import Branching
from sim.mechanisms.state.blocks import at_birth
from sim.mechanisms.state.office import queue_of, team_of
from sim.mechanisms.state.outcome import NO_TEAM, NO_WAY, NOBODY
from sim.mechanisms.state.records import law_in
from sim.mechanisms.state.surroundings import Team
from sim.mechanisms.state.verbs import catches_up, draw, happens, next_leg, note, office_of


class Worked(Branching, Queueing, Judged, Choosing, Told):
    """All that work in writing knows of a problem, and since when it waits in a queue."""

    filed: float = at_birth(0.0)


def work(me: Worked, number: int) -> Generator[Any, Any, int]:
    """Go through a team's queue, and others it is handed on to; return what has come of it."""
    while True:
        is_filed(me, number)
        queue = me.office.queues[number]
        agent = queue.free_agent(me)
        if agent == NOBODY:
            agent = yield from queue.hold(me, math.inf)
            me.now = me.clock.now
        is_taken_up(me, agent)
        team = me.office.teams[me.team]
        ended, number = is_worked_on(me, team)
        pause = draw(me, team.plan.pause, purposes.PAUSE)
        yield me.catch_up()
        team.frees(agent, me.now + pause)
        if number == NO_TEAM:
            return ended
        next_piece(me)


# Told once ------------------------------------------------------------------------------------------------------------


@rule
def is_filed(me: Worked, number: int) -> None:
    """Come into a queue."""
    me.queue = me.team = number
    me.filed = me.now
    note(me, codes.FILED)


@rule
def is_taken_up(me: Worked, agent: int) -> None:
    """Leave the queue, for the agent of a team that it asks."""
    by = me.team
    me.team = me.queue
    note(me, codes.TAKEN_UP, me.now - me.filed)
    me.team, me.agent = by, agent


@rule
def is_worked_on(me: Worked, team: Team) -> tuple[int, int]:
    """Be worked on by an agent; return what has come of it and the queue it is handed on to (or `NO_TEAM`)."""
    asks = me.asks_about and me.step == NO_STEP
    minutes = draw(me, case_of(me).asking, purposes.STATUS) if asks else minutes_needed(me, team, 0.0)
    minutes += draw(me, law_in(team.plan.after_call, me.reason), purposes.AFTER_CALL)
    note(me, codes.WORKED_ON, minutes)
    me.now += minutes
    ended, onward = is_asked(me) if asks else answered_in_writing(me, team)
    takes_note(team, me.agent)
    me.agent = NOBODY
    return ended, onward


@rule
def is_asked(me: Worked) -> tuple[int, int]:
    """Be asked how the case stands, by whoever can look it up."""
    if channel_of(me).sees_cases:
        return looked_up(me)
    return outcome.UNSOLVED, NO_TEAM


@rule
def answered_in_writing(me: Worked, team: Team) -> tuple[int, int]:
    """Decide what comes of the work."""
    if not me.right_agent:
        return handed_on(me, team, WRONG_PERSON)
    if me.gesture > 0.0 and not me.granted and not may_grant(me.gesture, team.plan.limit):
        plan = office_of(me).plan
        if plan.above == ESCALATE:
            return handed_on(me, team, ABOVE_LIMIT)
        if plan.above == REFUSE or not happens(me, plan.granted, purposes.GRANT):
            return outcome.UNSOLVED, NO_TEAM
    if is_ready(me) and happens(me, chance_in_writing(me, team), purposes.SOLVE):
        return outcome.SOLVED, NO_TEAM
    return handed_on(me, team, UNSOLVED)


@rule
def handed_on(me: Worked, team: Team, why: int) -> tuple[int, int]:
    """Take the path that leads on; a case is not opened once more for it."""
    way = way_on(me, team, why)
    if way == NO_WAY:
        return outcome.UNSOLVED, NO_TEAM
    if path_of(me, way).ticket and (me.step != NO_STEP or path_of(me, way).case == NO_CASE):
        return outcome.UNSOLVED, NO_TEAM
    take(me, way)
    if path_of(me, way).ticket:
        me.ticket = way
        return outcome.TICKET, NO_TEAM
    note(me, codes.HANDED_ON)
    return outcome.PASSED_ON, chosen(me, path_of(me, way))


@rule
def chance_in_writing(me: Worked, team: Team) -> float:
    """Return the chance that this work solves the problem: the step's own, or the team's."""
    if me.step != NO_STEP and step_of(me).own_chances:
        return chance_of_step(me)
    return chance_of(team, me.agent, solve_chance(me, team))


@rule
def next_piece(me: Worked) -> None:
    """Have other luck for the next piece of work, also where there are more of them than a contact has legs."""
    if me.leg + 2 >= LEGS:
        me.turn, me.leg = me.turn + 1, -1
    next_leg(me)


# The compiled telling of what waits -----------------------------------------------------------------------------------

BETWEEN_STEPS = [("pause", np.float64)]
"""How long the agent rests afterwards."""

WORK: Final = 10
_IS_FILED, _HAS_WAITED, _IS_DONE = range(3)


@rule
def work_step(stage: int, me: Any, office: Any) -> int:
    """Do as `work`, in the queue `onward`."""
    if stage == _IS_DONE:
        frees(team_of(office, me.team), office, me.served, me.now + me.pause)
        if me.onward == NO_TEAM:
            return ends(me, me.outcome)
        next_piece(me)
        return goes_on_at(me, _IS_FILED)
    if stage == _IS_FILED:
        is_filed(me, me.onward)
        me.served = idle_agent(me, queue_of(office, me.queue), me.now)
        if me.served == NOBODY:
            holds(me, queue_of(office, me.queue), office, math.inf)
            return waits(me, _HAS_WAITED)
    elif not is_answered(me, queue_of(office, me.queue), office, math.inf):
        holds_on(me, queue_of(office, me.queue), office, math.inf)
        return waits(me, _HAS_WAITED)
    is_taken_up(me, me.served)
    team = team_of(office, me.team)
    me.outcome, me.onward = is_worked_on(me, team)
    me.pause = draw(me, team.plan.pause, purposes.PAUSE)
    return catches_up(me, office, _IS_DONE)
