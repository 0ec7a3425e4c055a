"""The verdict of a leg: wrong person, gesture refused, sent elsewhere, solved, or not (known now, or found out)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sim import purposes
from sim.compiling import inlined, rule
from sim.kernel.memory import number_at
from sim.mechanisms import outcome, powers, transfer
from sim.mechanisms.life import happens, note
from sim.mechanisms.notes import BELIEVED, SENT_ELSEWHERE, SOLVED, TICKETED, UNSOLVED, WRONG_PERSON
from sim.mechanisms.outcome import NO_TEAM
from sim.mechanisms.powers import gesture_step
from sim.mechanisms.records import path_at
from sim.mechanisms.transfer import pass_on_step, way_on_step

if TYPE_CHECKING:
    from sim.mechanisms.life import Life
    from sim.mechanisms.telling import Team


def verdict(me: Life, team: Team) -> tuple[int, int]:
    """Decide how the leg ends: an outcome, and the team the customer is passed on to (or `NO_TEAM`)."""
    if not me.right_agent:
        me.note(WRONG_PERSON)
        return passed_on(me, team, transfer.WRONG_PERSON)
    answer = powers.gesture(me, team)
    if answer == powers.BROKEN_OFF:
        return outcome.CUT, NO_TEAM
    if answer == powers.ABOVE_LIMIT:
        return passed_on(me, team, transfer.ABOVE_LIMIT)
    if answer == powers.DENIED:
        me.note(UNSOLVED)
        return outcome.UNSOLVED, NO_TEAM
    if not me.happens(team.plan.solve[me.reason][me.difficulty], purposes.SOLVE):
        return passed_on(me, team, transfer.UNSOLVED)
    if me.happens(me.plan.sent_elsewhere, purposes.ELSEWHERE):
        me.note(SENT_ELSEWHERE)
        return outcome.UNSOLVED, NO_TEAM
    me.note(SOLVED)
    return outcome.SOLVED, NO_TEAM


def passed_on(me: Life, team: Team, why: int) -> tuple[int, int]:
    """Take the path that leads on from here; without one the attempt has failed."""
    path = transfer.way_on(me, team, why)
    if path is None:
        return unsolved(me), NO_TEAM
    if path.ticket:
        me.note(TICKETED)
        me.ticket = path
        return outcome.TICKET, NO_TEAM
    return outcome.PASSED_ON, transfer.pass_on(me, path)


def unsolved(me: Life) -> int:
    """Note a failure that the customer knows now, or finds out later."""
    if me.happens(me.plan.known_now, purposes.KNOWN_NOW):
        me.note(UNSOLVED)
        return outcome.UNSOLVED
    me.note(BELIEVED)
    return outcome.BELIEVED


# The compiled telling ------------------------------------------------------------------------------------------------

_GO_ON = -1
"""In place of a reason to pass the customer on: the agent goes on to the solution."""


@inlined
def verdict_step(me: Any, team: Any, office: Any) -> tuple[int, int]:
    """Do as `verdict`."""
    why = _GO_ON
    if not me.right_agent:
        note(me, office, WRONG_PERSON)
        why = transfer.WRONG_PERSON
    else:
        answer = gesture_step(me, team, office)
        if answer == powers.BROKEN_OFF:
            return outcome.CUT, NO_TEAM
        if answer == powers.DENIED:
            note(me, office, UNSOLVED)
            return outcome.UNSOLVED, NO_TEAM
        if answer == powers.ABOVE_LIMIT:
            why = transfer.ABOVE_LIMIT
        elif not happens(me, office, solve_step(me, team, office), purposes.SOLVE):
            why = transfer.UNSOLVED
    if why != _GO_ON:
        return passed_on_step(me, team, office, why)
    if happens(me, office, office.plan.sent_elsewhere, purposes.ELSEWHERE):
        note(me, office, SENT_ELSEWHERE)
        return outcome.UNSOLVED, NO_TEAM
    note(me, office, SOLVED)
    return outcome.SOLVED, NO_TEAM


@rule
def solve_step(me: Any, team: Any, office: Any) -> float:
    """Return the chance that this agent solves this problem."""
    return number_at(team.plan.solve, me.reason * office.classes + me.difficulty).value


@rule
def passed_on_step(me: Any, team: Any, office: Any, why: int) -> tuple[int, int]:
    """Do as `passed_on`."""
    way = way_on_step(me, team, office, why)
    if way == 0:
        return unsolved_step(me, office), NO_TEAM
    if path_at(way, 0).ticket:
        note(me, office, TICKETED)
        me.ticket = way
        return outcome.TICKET, NO_TEAM
    return outcome.PASSED_ON, pass_on_step(me, office, way)


@rule
def unsolved_step(me: Any, office: Any) -> int:
    """Do as `unsolved`."""
    if happens(me, office, office.plan.known_now, purposes.KNOWN_NOW):
        note(me, office, UNSOLVED)
        return outcome.UNSOLVED
    note(me, office, BELIEVED)
    return outcome.BELIEVED
