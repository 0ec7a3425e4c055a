"""The verdict of a leg: wrong person, gesture refused, sent elsewhere, solved, or not (known now, or found out)."""

from __future__ import annotations

from typing import Any

from sim import purposes
from sim.history.codes import (
    ACTED_FOR,
    BELIEVED,
    NOT_READY,
    SENT_ELSEWHERE,
    SOLVED,
    TICKETED,
    UNSOLVED,
    WRONG_PERSON,
)
from sim.machine.compiling import compiled_as, inlined, rule
from sim.mechanisms.service import powers, transfer
from sim.mechanisms.service.talk import Served
from sim.mechanisms.staff.agents import chance_of
from sim.mechanisms.state import outcome
from sim.mechanisms.state.life import Life
from sim.mechanisms.state.office import office_at
from sim.mechanisms.state.outcome import NO_TEAM, NO_WAY
from sim.mechanisms.state.records import law_in, number_in
from sim.mechanisms.state.surroundings import Team
from sim.mechanisms.state.verbs import draw, draw_once, happens, note, office_of, spend


class Judged(Served, powers.Asking, transfer.PassedOn):
    """All on which a verdict depends."""


def solve_chance(me: Life, team: Team) -> float:
    """Return the chance that this team solves this problem."""
    return team.plan.solve[me.reason][me.difficulty]


@compiled_as(solve_chance)
def _solve_chance(me: Any, team: Any) -> float:
    return number_in(team.plan.solve, me.reason * office_at(me.office, 0).classes + me.difficulty)


@inlined
def verdict(me: Judged, team: Team) -> tuple[int, int]:
    """Decide how the leg ends: an outcome, and the team the customer is passed on to (or `NO_TEAM`)."""
    if not me.right_agent:
        note(me, WRONG_PERSON)
        return passed_on(me, team, transfer.WRONG_PERSON)
    return after_gesture(me, team, powers.gesture(me, team))


@rule
def after_gesture(me: Judged, team: Team, answer: int) -> tuple[int, int]:
    """Go on with what became of the gesture."""
    if answer == powers.ASKED:
        me.asks = outcome.FOR_APPROVAL
        return outcome.ASKS, office_of(me).plan.supervisors
    if answer == powers.BROKEN_OFF:
        return outcome.CUT, NO_TEAM
    if answer == powers.ABOVE_LIMIT:
        return passed_on(me, team, transfer.ABOVE_LIMIT)
    if answer == powers.DENIED:
        note(me, UNSOLVED)
        return outcome.UNSOLVED, NO_TEAM
    if not is_ready(me):
        note(me, NOT_READY)
        return goes_no_further(me, team)
    if not happens(me, chance_of(team, me.agent, solve_chance(me, team)), purposes.SOLVE):
        return goes_no_further(me, team)
    if happens(me, office_of(me).plan.sent_elsewhere, purposes.ELSEWHERE):
        acted = acts_for(me, team)
        if acted != outcome.NOTHING:
            return acted, NO_TEAM
        note(me, SENT_ELSEWHERE)
        return outcome.UNSOLVED, NO_TEAM
    note(me, SOLVED)
    return outcome.SOLVED, NO_TEAM


@rule
def goes_no_further(me: Judged, team: Team) -> tuple[int, int]:
    """Have the agent act in place of the customer where he cannot solve it himself, or pass him on."""
    acted = acts_for(me, team)
    return (acted, NO_TEAM) if acted != outcome.NOTHING else passed_on(me, team, transfer.UNSOLVED)


@rule
def is_ready(me: Life) -> bool:
    """Say whether the problem can be solved by now, whoever tries."""
    return not office_of(me).plan.waits_to_be_ready or me.now >= ready_at(me)


@rule
def ready_at(me: Life) -> float:
    """Return when the problem can be solved (min)."""
    return me.appeared + draw_once(me, law_in(office_of(me).plan.ready, me.reason), purposes.READY)


@rule
def acts_for(me: Judged, team: Team) -> int:
    """Have the agent act in place of the customer; return the ticket, the cut that comes before, or `NOTHING`."""
    plan = office_of(me).plan
    if not happens(me, plan.on_behalf, purposes.ON_BEHALF):
        return outcome.NOTHING
    way = transfer.way_on(me, team, transfer.ON_BEHALF)
    if way == NO_WAY:
        return outcome.NOTHING
    if not spend(me, ACTED_FOR, draw(me, plan.acting, purposes.ACTING)):
        return outcome.CUT
    me.ticket = way
    return outcome.TICKET


@rule
def passed_on(me: Judged, team: Team, why: int) -> tuple[int, int]:
    """Take the path that leads on from here; without one the attempt has failed."""
    way = transfer.way_on(me, team, why)
    if way == NO_WAY:
        return unsolved(me), NO_TEAM
    if transfer.path_of(me, way).ticket:
        note(me, TICKETED)
        me.ticket = way
        return outcome.TICKET, NO_TEAM
    onward = transfer.pass_on(me, way)
    if transfer.path_of(me, way).conference:
        me.asks = outcome.TO_TAKE_OVER
        return outcome.ASKS, onward
    return outcome.PASSED_ON, onward


@rule
def unsolved(me: Life) -> int:
    """Note a failure that the customer knows now, or finds out later."""
    if happens(me, office_of(me).plan.known_now, purposes.KNOWN_NOW):
        note(me, UNSOLVED)
        return outcome.UNSOLVED
    note(me, BELIEVED)
    return outcome.BELIEVED
