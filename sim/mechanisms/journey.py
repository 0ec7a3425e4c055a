"""The journey: all that a customer lives for one problem, attempt after attempt, until it is solved or given up."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim import purposes
from sim.compiling import inlined, rule
from sim.kernel.laws import law_at
from sim.kernel.strands import ends, enters
from sim.mechanisms import notes, outcome
from sim.mechanisms.call import call
from sim.mechanisms.codes import CALL, DISCOVERY, TICKET
from sim.mechanisms.hours import dial_time
from sim.mechanisms.life import catches_up, draw, happens, next_contact, next_leg, note, whole_call
from sim.mechanisms.office import team_of
from sim.mechanisms.records import path_at
from sim.mechanisms.transfer import chosen, chosen_step
from sim.mechanisms.verdict import solve_step

if TYPE_CHECKING:
    from sim.mechanisms.life import Life


def journey(me: Life) -> Generator[Any, Any, None]:
    """Live one problem from its appearance to its end."""
    me.note(notes.APPEARED)
    wanted = me.now
    while True:
        me.next_contact()
        me.now = dial_time(me.plan.dial_hours, wanted, me.draw(me.plan.moved, purposes.MOVED))
        ended = yield from call(me)
        if ended == outcome.TICKET:
            ended = yield from ticket(me)
        me.whole_call()
        if ended == outcome.BELIEVED:
            ended = yield from discovery(me)
        if ended == outcome.SOLVED:
            return
        if not persists(me):
            give_up(me)
            return
        wanted = me.now + me.draw(me.plan.delays[ended], purposes.AWAY)


def ticket(me: Life) -> Generator[Any, Any, int]:
    """Wait for the answer to a ticket; return whether it solves the problem."""
    me.next_leg()
    me.now += me.draw(me.ticket.delay, purposes.TICKET)
    yield me.catch_up()
    team = me.office.teams[chosen(me.ticket.targets, me.uniform(purposes.TARGET))]
    solved = me.happens(team.plan.solve[me.reason][me.difficulty], purposes.SOLVE)
    me.note(notes.SOLVED if solved else notes.UNSOLVED)
    return outcome.SOLVED if solved else outcome.UNSOLVED


def discovery(me: Life) -> Generator[Any, Any, int]:
    """Believe that all is well until one finds out."""
    me.now += me.draw(me.plan.discovery, purposes.DISCOVERY)
    yield me.catch_up()
    me.note(notes.FOUND_OUT)
    return outcome.UNSOLVED


def persists(me: Life) -> bool:
    """Say whether there will be another attempt: one law, the same after every failed one."""
    if me.contact + 1 >= me.plan.most_attempts:
        me.note(notes.LIMIT_REACHED)
        return False
    return me.happens(me.plan.persistence, purposes.PERSISTENCE)


def give_up(me: Life) -> None:
    """End the journey unsolved: live with it, or pay a repair."""
    me.note(notes.GAVE_UP)
    if me.happens(me.plan.repair_share, purposes.REPAIR):
        me.note(notes.REPAIRED, me.draw(me.plan.repair, purposes.REPAIR_COST))


# The compiled telling ------------------------------------------------------------------------------------------------

_APPEARS, _HAS_CALLED, _IS_TOLD, _KNOWS = range(4)
_WRITTEN, _ANSWERED = range(2)


@inlined
def journey_step(stage: int, me: Any, office: Any) -> int:
    """Do as `journey`."""
    if stage == _APPEARS:
        note(me, office, notes.APPEARED)
        me.wanted = me.now
    else:
        if stage == _HAS_CALLED and me.answer == outcome.TICKET:
            return enters(me, _IS_TOLD, TICKET)
        if stage != _KNOWS:
            whole_call(me)
            if me.answer == outcome.BELIEVED:
                return enters(me, _KNOWS, DISCOVERY)
        ended = me.answer
        if ended == outcome.SOLVED:
            return ends(me, ended)
        if not persists_step(me, office):
            give_up_step(me, office)
            return ends(me, ended)
        me.wanted = me.now + draw(me, office, law_at(office.plan.delays, ended), purposes.AWAY)
    next_contact(me, office)
    me.now = dial_time(office.plan.dial_hours, me.wanted, draw(me, office, office.plan.moved, purposes.MOVED))
    return enters(me, _HAS_CALLED, CALL)


@rule
def ticket_step(stage: int, me: Any, office: Any) -> int:
    """Do as `ticket`."""
    path = path_at(me.ticket, 0)
    if stage == _WRITTEN:
        next_leg(me)
        me.now += draw(me, office, path.delay, purposes.TICKET)
        return catches_up(me, office, _ANSWERED)
    team = team_of(office, chosen_step(me, office, path))
    solved = happens(me, office, solve_step(me, team, office), purposes.SOLVE)
    note(me, office, notes.SOLVED if solved else notes.UNSOLVED)
    return ends(me, outcome.SOLVED if solved else outcome.UNSOLVED)


@rule
def discovery_step(stage: int, me: Any, office: Any) -> int:
    """Do as `discovery`."""
    if stage == 0:
        me.now += draw(me, office, office.plan.discovery, purposes.DISCOVERY)
        return catches_up(me, office, 1)
    note(me, office, notes.FOUND_OUT)
    return ends(me, outcome.UNSOLVED)


@rule
def persists_step(me: Any, office: Any) -> bool:
    """Do as `persists`."""
    if me.contact + 1 >= office.plan.most_attempts:
        note(me, office, notes.LIMIT_REACHED)
        return False
    return happens(me, office, office.plan.persistence, purposes.PERSISTENCE)


@rule
def give_up_step(me: Any, office: Any) -> None:
    """Do as `give_up`."""
    note(me, office, notes.GAVE_UP)
    if happens(me, office, office.plan.repair_share, purposes.REPAIR):
        note(me, office, notes.REPAIRED, draw(me, office, office.plan.repair, purposes.REPAIR_COST))
