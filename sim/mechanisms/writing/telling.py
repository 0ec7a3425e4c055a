"""Telling: what a strand has found out comes to the customer's inbox, and he is woken if he listens."""

from __future__ import annotations

from typing import Any

from sim.machine.compiling import compiled_as, rule
from sim.machine.kernel.strands import plan_next
from sim.mechanisms.state.beside import Branching, contact_of, is_answer, seen_at, takes_in
from sim.mechanisms.state.office import office_at
from sim.mechanisms.state.order import PLANNED
from sim.mechanisms.writing.awaited import awaited_of

# Told twice -----------------------------------------------------------------------------------------------------------


def tells(me: Branching, news: int) -> None:
    """Put news into the customer's inbox, and wake him if he listens."""
    parent = me.parent
    if news_reach(me, parent, news) and parent.listens:
        parent.listens = False
        me.clock.plan(parent.bell, me.clock.now, PLANNED + parent.who)


@compiled_as(tells)
def _tells(me: Any, news: int) -> None:
    office = office_at(me.office, 0)
    parent = seen_at(office, me.parent)
    goes_on = parent.who == me.customer  # his journey
    if goes_on and news_reach(me, parent, news) and parent.listens:
        parent.listens = False
        plan_next(parent, office, office.now, PLANNED + parent.who)


# Told once ------------------------------------------------------------------------------------------------------------


@rule
def news_reach(me: Branching, parent: Any, news: int) -> bool:
    """Have news reach the customer; what was begun before the problem appeared anew is about the one before: False."""
    if me.begun < parent.begun:
        return False
    lighter = takes_in(parent, news, me.begun)
    if is_answer(lighter):
        lays_aside(me, parent, contact_of(lighter))
    return True


@rule
def lays_aside(me: Branching, parent: Any, contact: int) -> None:
    """Lay aside the answer to the message of a contact, if it is waited for, until the weightier news are heard."""
    for place in range(parent.expects):
        its = awaited_of(me, parent, place)
        its.aside = its.aside or its.contact == contact
