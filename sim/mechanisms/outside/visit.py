"""A visit: a technician comes to the customer by appointment, once more where nobody came or it was not enough."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final

from sim import purposes
from sim.history import codes
from sim.machine.compiling import rule
from sim.machine.kernel.strands import ends
from sim.mechanisms.service.file import Filed, next_piece, step_of
from sim.mechanisms.state import outcome
from sim.mechanisms.state.hours import dial_time
from sim.mechanisms.state.records import law_in
from sim.mechanisms.state.verbs import catches_up, draw, happens, note, office_of


def visit(me: Filed) -> Generator[Any, Any, None]:
    """Be visited until it is enough."""
    again = True
    while again:
        books(me)
        yield me.catch_up()
        again = comes_in_vain(me)
        yield me.catch_up()


# Told once: where nothing waits ---------------------------------------------------------------------------------------


@rule
def books(me: Filed) -> None:
    """Make an appointment, in the hours in which technicians come."""
    next_piece(me)
    its = step_of(me)
    wanted = me.now + draw(me, law_in(its.appointment, me.segment), purposes.APPOINTMENT)
    at = dial_time(its.hours, wanted, draw(me, office_of(me).plan.moved, purposes.VISIT_MOVED))
    note(me, codes.VISIT_BOOKED, its.cost)
    me.now = at


@rule
def comes_in_vain(me: Filed) -> bool:
    """Be visited; say whether a technician has to come once more."""
    its = step_of(me)
    if happens(me, its.missed, purposes.VISIT_MISSED):
        note(me, codes.VISIT_MISSED)
        return True
    at_home = draw(me, its.at_home, purposes.AT_HOME)
    note(me, codes.VISITED, at_home)
    me.now += at_home
    return happens(me, its.again, purposes.VISIT_AGAIN)


# The compiled telling of what waits -----------------------------------------------------------------------------------

VISIT: Final = 14
_IS_BOOKED, _COMES, _HAS_COME = range(3)


@rule
def visit_step(stage: int, me: Any, office: Any) -> int:
    """Do as `visit`."""
    if stage == _COMES:
        me.answer = int(comes_in_vain(me))
        return catches_up(me, office, _HAS_COME + me.answer)
    if stage == _HAS_COME:
        return ends(me, outcome.NOTHING)
    books(me)
    return catches_up(me, office, _COMES)
