"""The compiled loop: what is planned comes, and strands step until they wait. It knows no call-centre word."""

from __future__ import annotations

from sim.compiling import piece, step_into
from sim.kernel.calendar import first_time, take
from sim.kernel.memory import code_at
from sim.kernel.strands import WAITS, has_ended, is_due, mechanism_of, stage_of
from sim.mechanisms.lives import appeared_at, new_life, old_life, opens_all, room_left
from sim.mechanisms.office import office_at
from sim.mechanisms.order import WAKE
from sim.mechanisms.team import rings
from sim.mechanisms.whole_life import life_at

MORE, FULL, DONE = range(3)
"""How a slice ends: there is more to do, there is no room to do it in, or all is done."""


@piece
def live(world: int, events: int) -> int:
    """Let some events happen in the office at an address, at most so many; return how the slice ended."""
    office = office_at(world, 0)
    if not office.opened:
        opens_all(office)
    for _ in range(events):
        if not room_left(office):
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
