"""One customer's life, as every mechanism knows it: who, when, at which attempt, with whom."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from sim.machine.kernel.clock import Clock, Wake
from sim.mechanisms.state.blocks import (
    Block,
    Long,
    Place,
    Short,
    at_birth,
    at_each_contact,
    given,
)
from sim.mechanisms.state.order import PLANNED
from sim.mechanisms.state.outcome import NO_TEAM, NOBODY
from sim.mechanisms.state.plans import Plan
from sim.mechanisms.state.surroundings import Office
from sim.purposes import USUAL_OF_A_CALL

IN_RECORDS = [("number", np.int64), ("office", np.int64), ("luck", np.float64, (USUAL_OF_A_CALL,))]
"""What only a record has: the problem's number, with which luck is drawn; the address of the office; and the usual luck
of this leg, by purpose."""


class Life(metaclass=Block):
    """The part of a customer's state that is nobody's own; each mechanism adds its block to it."""

    customer: Place
    who: Long
    """Whose strand this is: the customer's number for his own life, others for what runs beside him."""
    now: float = given("appeared")
    appeared: float = given()
    contact: Place = at_birth(-1)
    turn: Place = at_birth(0)
    """The occasion of this contact's luck: which it is within its channel, whatever came before through others."""
    leg: Short = at_each_contact(0)
    team: Short = at_each_contact(NO_TEAM)
    agent: Place = at_each_contact(NOBODY)
    breaks_at: float = at_birth(math.inf)
    """When the contact will be broken off, as far as is known."""
    reason: Short = given()
    segment: Short = given()
    difficulty: Short = given()

    office: Office
    plan: Plan
    clock: Clock
    diary: bytearray
    wake: Wake
    luck: Mapping[int, float] | Sequence[float]
    first_luck: Mapping[int, float] | Sequence[float]

    def catch_up(self) -> Wake:
        """Return an event that comes when the world's clock has caught up with this customer's."""
        self.wake.callbacks = []
        self.clock.plan(self.wake, self.now, PLANNED + self.who)
        return self.wake
