"""Where lives are kept in the compiled telling: a place is used again when a journey has ended."""

from __future__ import annotations

import math
from typing import Any

from sim.machine.compiling import rule
from sim.machine.kernel.calendar import planned
from sim.machine.kernel.memory import code_at
from sim.machine.kernel.pages import number_of_page
from sim.machine.kernel.strands import begins
from sim.mechanisms.journey.journey import JOURNEY
from sim.mechanisms.staff.team import opens
from sim.mechanisms.state.office import team_of
from sim.mechanisms.whole_life import appears, life_at, who_is

_NONE, NOBODYS = -1, -1


@rule
def opens_all(office: Any) -> None:
    """Open the teams, in their order."""
    office.opened = True
    for team in range(office.teams):
        opens(team_of(office, team), office)


@rule
def room_left(office: Any) -> bool:
    """Say whether there is room for all that one event can lead to."""
    for_a_life = office.lives + office.spare_lives <= office.room or (office.spare_lives == 1 and office.free != _NONE)
    for_rows = office.noted + office.spare <= office.room_for_rows
    return for_a_life and for_rows and planned(office.calendar) + office.spare <= office.calendar.room


@rule
def next_is_known(office: Any) -> bool:
    """Say whether it is known whose problem appears next, if anyone's does."""
    return office.begun < office.problems or office.complete


@rule
def appeared_at(office: Any) -> float:
    """Return when the next problem appears; infinite when none is left."""
    return who_is(office, office.begun).appeared if office.begun < office.problems else math.inf


@rule
def new_life(office: Any) -> Any:
    """Begin the life of the customer whose problem appears next."""
    slot = office.free
    if slot == _NONE:
        slot = office.lives
        office.lives += 1
    else:
        office.free = life_at(office.strands, slot).after
    me = life_at(office.strands, slot)
    me.slot = slot
    begins(me, JOURNEY)
    appears(me, office, office.begun)
    office.begun += 1
    return me


@rule
def old_life(me: Any, office: Any) -> None:
    """Give back the place of a life that has ended; what is still planned for it is no longer due."""
    me.at, me.order, me.after, me.who = -1.0, 0, office.free, NOBODYS
    office.free = me.slot
    code_at(office.left, number_of_page(me.customer)).value -= 1
