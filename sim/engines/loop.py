"""The compiled loop: what is planned comes, and strands step until they wait. It knows no call-centre word."""

from __future__ import annotations

from sim.machine.compiling import piece, step_into
from sim.machine.kernel.calendar import first_time, take
from sim.machine.kernel.memory import code_at
from sim.machine.kernel.strands import WAITS, has_ended, is_due, mechanism_of, stage_of
from sim.mechanisms.pool import appeared_at, new_life, next_is_known, old_life, opens_all, room_left
from sim.mechanisms.staff.team import rings
from sim.mechanisms.state.office import office_at
from sim.mechanisms.state.order import WAKE
from sim.mechanisms.whole_life import life_at

MORE, FULL, DONE = range(3)
"""How a slice ends: there is more to do, there is no room for it or nobody knows who comes next, or all is done."""


@piece
def live(world: int, events: int) -> int:
    """Let some events happen in the office at an address, at most so many; return how the slice ended."""
    office = office_at(world, 0)
    if not office.opened:
        opens_all(office)
    for _ in range(events):
        if not (room_left(office) and next_is_known(office)):
            return FULL
        planned, appears = first_time(office.calendar), appeared_at(office)
        if appears <= planned:
            if not appears < office.end:
                return DONE
            me = new_life(office)
        else:
            time, order, who = take(office.calendar)
            if not time >= office.now:
                office.calendar.astray = True
            office.now = time
            if order < WAKE:
                rings(office, order)
                continue
            me = life_at(office.strands, who)
            if not is_due(me, time, order):
                continue
        while step_into(code_at(office.steps, mechanism_of(me)).value, stage_of(me), me, office) != WAITS:
            if has_ended(me):
                old_life(me, office)
                break
    return MORE
