"""The journey: all that a customer lives for one problem, attempt after attempt, until it is solved or given up."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final

from sim import purposes
from sim.history import codes
from sim.machine.compiling import inlined, rule
from sim.machine.kernel.strands import ends, enters
from sim.mechanisms.service.transfer import chosen, forget_ways, path_of
from sim.mechanisms.service.verdict import solve_chance
from sim.mechanisms.state import outcome
from sim.mechanisms.state.blocks import begun_anew
from sim.mechanisms.state.hours import dial_time
from sim.mechanisms.state.office import team_of
from sim.mechanisms.state.outcome import FAILURES
from sim.mechanisms.state.records import law_in, number_in
from sim.mechanisms.state.verbs import (
    catches_up,
    draw,
    happens,
    next_leg,
    note,
    office_of,
    turn_luck,
    whole_call,
)
from sim.mechanisms.telephone.call import CALL, Calling, call
from sim.mechanisms.telephone.hold import kind_of


class Living(Calling):
    """All that a journey knows of a customer: the blocks of all mechanisms."""


def journey(me: Living) -> Generator[Any, Any, None]:
    """Live one problem from its appearance to its end."""
    note(me, codes.APPEARED)
    wanted = me.now
    while True:
        next_contact(me, wanted)
        ended = yield from call(me)
        if ended == outcome.TICKET:
            ended = yield from ticket(me)
        whole_call(me)
        if ended == outcome.BELIEVED:
            ended = yield from discovery(me)
        if ended == outcome.SOLVED:
            return
        if not persists(me, ended):
            give_up(me)
            return
        wanted = wants_again(me, ended)


def ticket(me: Living) -> Generator[Any, Any, int]:
    """Wait for the answer to a ticket; return whether it solves the problem."""
    next_leg(me)
    me.now += draw(me, path_of(me, me.ticket).delay, purposes.TICKET)
    yield me.catch_up()
    return answered(me)


def discovery(me: Living) -> Generator[Any, Any, int]:
    """Believe that all is well until one finds out."""
    me.now += draw(me, me.plan.discovery, purposes.DISCOVERY)
    yield me.catch_up()
    note(me, codes.FOUND_OUT)
    return outcome.UNSOLVED


# Told once: where nothing waits ---------------------------------------------------------------------------------------

_begin_anew = begun_anew(Living)


@rule
def next_contact(me: Living, wanted: float) -> None:
    """Begin another attempt from the very beginning, at the time wanted or when the customer may next dial."""
    me.contact += 1
    _begin_anew(me)
    forget_ways(me)
    turn_luck(me)
    plan = office_of(me).plan
    me.now = dial_time(plan.dial_hours, wanted, draw(me, plan.moved, purposes.MOVED))


@rule
def answered(me: Living) -> int:
    """Read the answer to a ticket, which a team of the path has written; return whether it solves the problem."""
    team = team_of(office_of(me), chosen(me, path_of(me, me.ticket)))
    solved = happens(me, solve_chance(me, team), purposes.SOLVE)
    note(me, codes.SOLVED if solved else codes.UNSOLVED)
    return outcome.SOLVED if solved else outcome.UNSOLVED


@rule
def persists(me: Living, ended: int) -> bool:
    """Say whether there will be another attempt: by kind of customer, by how this one has ended, the first or not."""
    plan = office_of(me).plan
    if me.contact + 1 >= plan.most_attempts:
        note(me, codes.LIMIT_REACHED)
        return False
    place = (kind_of(me) * FAILURES + ended) * 2 + (1 if me.contact > 0 else 0)
    return happens(me, number_in(plan.persistence, place), purposes.PERSISTENCE)


@rule
def wants_again(me: Living, ended: int) -> float:
    """Return when the customer wants to call again: the delay differs by how the attempt has ended."""
    me.was_cut = ended == outcome.CUT
    return me.now + draw(me, law_in(office_of(me).plan.delays, ended), purposes.AWAY)


@rule
def give_up(me: Living) -> None:
    """End the journey unsolved: live with it, or pay a repair."""
    plan = office_of(me).plan
    note(me, codes.GAVE_UP)
    if happens(me, plan.repair_share, purposes.REPAIR):
        note(me, codes.REPAIRED, draw(me, plan.repair, purposes.REPAIR_COST))


# The compiled telling of what waits -----------------------------------------------------------------------------------

JOURNEY: Final = 1
TICKET: Final = 6
DISCOVERY: Final = 7
_APPEARS, _HAS_CALLED, _IS_TOLD, _KNOWS = range(4)
_WRITTEN, _ANSWERED = range(2)


@inlined
def journey_step(stage: int, me: Any, office: Any) -> int:
    """Do as `journey`."""
    if stage == _APPEARS:
        note(me, codes.APPEARED)
        wanted = me.now
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
        if not persists(me, ended):
            give_up(me)
            return ends(me, ended)
        wanted = wants_again(me, ended)
    next_contact(me, wanted)
    return enters(me, _HAS_CALLED, CALL)


@rule
def ticket_step(stage: int, me: Any, office: Any) -> int:
    """Do as `ticket`."""
    if stage == _WRITTEN:
        next_leg(me)
        me.now += draw(me, path_of(me, me.ticket).delay, purposes.TICKET)
        return catches_up(me, office, _ANSWERED)
    return ends(me, answered(me))


@rule
def discovery_step(stage: int, me: Any, office: Any) -> int:
    """Do as `discovery`."""
    if stage == 0:
        me.now += draw(me, office.plan.discovery, purposes.DISCOVERY)
        return catches_up(me, office, 1)
    note(me, codes.FOUND_OUT)
    return ends(me, outcome.UNSOLVED)
