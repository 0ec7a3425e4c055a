"""The verdict of a leg: wrong person, gesture refused, sent elsewhere, solved, or not (known now, or found out)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.chance import Purpose
from sim.mechanisms import outcome, powers, transfer
from sim.mechanisms.notes import BELIEVED, SENT_ELSEWHERE, SOLVED, TICKETED, UNSOLVED, WRONG_PERSON
from sim.mechanisms.outcome import NO_TEAM

if TYPE_CHECKING:
    from sim.engines.life import Life
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
    if not me.happens(team.plan.solve[me.reason][me.difficulty], Purpose.SOLVE):
        return passed_on(me, team, transfer.UNSOLVED)
    if me.happens(me.plan.sent_elsewhere, Purpose.ELSEWHERE):
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
    if me.happens(me.plan.known_now, Purpose.KNOWN_NOW):
        me.note(UNSOLVED)
        return outcome.UNSOLVED
    me.note(BELIEVED)
    return outcome.BELIEVED
