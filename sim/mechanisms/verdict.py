"""The verdict of a leg: wrong person, gesture refused, sent elsewhere, solved, or not (known now, or found out)."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.chance import Purpose
from sim.history import Event
from sim.mechanisms import powers, transfer
from sim.mechanisms.outcome import NO_TEAM, Outcome

if TYPE_CHECKING:
    from sim.engines.life import Life
    from sim.mechanisms.telling import Team


def verdict(me: Life, team: Team) -> Generator[Any, Any, tuple[Outcome, int]]:
    """Decide how the leg ends: an outcome, and the team the customer is passed on to (or `NO_TEAM`)."""
    if not me.right_agent:
        me.note(Event.WRONG_PERSON)
        return passed_on(me, team, transfer.WRONG_PERSON)
    answer = yield from powers.gesture(me, team)
    if answer == powers.BROKEN_OFF:
        return Outcome.CUT, NO_TEAM
    if answer == powers.PASS_ON:
        return passed_on(me, team, transfer.ABOVE_LIMIT)
    if answer == powers.REFUSED:
        me.note(Event.UNSOLVED)
        return Outcome.UNSOLVED, NO_TEAM
    if me.luck[Purpose.SOLVE] >= team.plan.solve[me.reason][me.difficulty]:
        return passed_on(me, team, transfer.UNSOLVED)
    if me.first_luck[Purpose.ELSEWHERE] < me.plan.sent_elsewhere:
        me.note(Event.SENT_ELSEWHERE)
        return Outcome.UNSOLVED, NO_TEAM
    me.note(Event.SOLVED)
    return Outcome.SOLVED, NO_TEAM


def passed_on(me: Life, team: Team, why: int) -> tuple[Outcome, int]:
    """Take the path that leads on from here; without one the attempt has failed."""
    path = transfer.way_on(me, team, why)
    if path is None:
        return unsolved(me), NO_TEAM
    if path.ticket:
        me.note(Event.TICKETED)
        me.ticket = path
        return Outcome.TICKET, NO_TEAM
    return Outcome.PASSED_ON, transfer.pass_on(me, path)


def unsolved(me: Life) -> Outcome:
    """Note a failure that the customer knows now, or finds out later."""
    if me.first_luck[Purpose.KNOWN_NOW] < me.plan.known_now:
        me.note(Event.UNSOLVED)
        return Outcome.UNSOLVED
    me.note(Event.BELIEVED)
    return Outcome.BELIEVED
