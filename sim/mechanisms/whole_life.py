"""All that is kept of a customer while the journey lasts: the blocks of all mechanisms, as object and as record."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.machine.compiling import Table, inlined, rule
from sim.machine.kernel.clock import Wake
from sim.machine.kernel.pages import page_with, place_in_page
from sim.mechanisms.journey.journey import Living
from sim.mechanisms.service.channels import forget_channels
from sim.mechanisms.state import beside
from sim.mechanisms.state.beside import IN_STRANDS, stands_alone
from sim.mechanisms.state.blocks import born, endowed, record_of, row_of_given, slots_of
from sim.mechanisms.state.life import IN_RECORDS
from sim.mechanisms.state.outcome import NOBODY
from sim.mechanisms.state.surroundings import Office
from sim.mechanisms.telephone import call, colleague, hold
from sim.mechanisms.writing import work
from sim.people import CUSTOMER

Who = row_of_given(Living)
"""What a life takes from `Customers`."""

_be_born, _take_from = born(Living), endowed(Living)


class WholeLife(Living):
    """One customer's state in the SimPy telling."""

    __slots__ = slots_of(Living)

    def __init__(self, customer: int, office: Office) -> None:
        self.customer, self.office, self.plan, self.clock = customer, office, office.plan, office.clock
        self.diary, self.wake, self.who = office.diaries[customer], Wake(office.clock), customer
        _be_born(self)
        _take_from(self, office.who[customer])
        stands_alone(self, self.now)
        self.awaited: list[Any] = []
        forget_channels(self)


LIFE = np.dtype(
    [
        *IN_STRANDS,
        *IN_RECORDS,
        *record_of(Living),
        *call.BETWEEN_STEPS,
        *hold.BETWEEN_STEPS,
        *colleague.BETWEEN_STEPS,
        *beside.BETWEEN_STEPS,
        *work.BETWEEN_STEPS,
    ],
    align=True,
)
"""The same as a record, with what the steps keep while they wait."""

life_at, customer_at = Table(LIFE), Table(CUSTOMER)


@inlined
def who_is(office: Any, customer: int) -> Any:
    """Return the record of a customer."""
    return customer_at(page_with(office.customers, customer), place_in_page(customer))


@rule
def appears(me: Any, office: Any, customer: int) -> None:
    """Begin the life of a customer."""
    who = who_is(office, customer)
    me.customer, me.number, me.office, me.served = customer, who.number, office.address, NOBODY
    me.who, me.parent = customer, NOBODY
    _be_born(me)
    _take_from(me, who)
    stands_alone(me, me.now)
    forget_channels(me)
