"""One customer's state, and the few things a story says of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.chance import LEGS, Kind, Law, LawCode, keyed_uniform, quantile
from sim.compiling import Table, inlined, rule
from sim.history import PACK, ROW
from sim.kernel.clock import Wake
from sim.kernel.laws import is_constant, quantile_of
from sim.kernel.memory import code_at
from sim.kernel.strands import STRAND, ends, plan_next, waits
from sim.mechanisms.order import PLANNED
from sim.mechanisms.outcome import NO_TEAM, NOBODY, UNSOLVED
from sim.mechanisms.plan import PathPlan
from sim.population import CUSTOMER
from sim.purposes import USUAL_OF_A_CALL

if TYPE_CHECKING:
    from sim.engines.told import Office


WHO = ("appeared", "reason", "difficulty", "work", "gesture", "temper", "other_network")
"""What a life takes from `Customers`."""
CONSTANT = int(LawCode.CONSTANT)


class Life:
    """One customer's state while the journey lasts."""

    __slots__ = (
        *("agent", "breaks_at", "briefing", "clock", "contact", "customer", "cut_at", "diary", "difficulty"),
        *("explained_ever", "explained_now", "first_luck", "gesture", "granted", "identified_ever", "identified_now"),
        *("leg", "luck", "misrouted", "now", "office", "on_line", "other_network", "outcome", "plan", "reason"),
        *("right_agent", "taken", "talked", "team", "temper", "ticket", "wake", "work", "work_left"),
    )

    def __init__(self, customer: int, office: Office) -> None:
        self.customer, self.office, self.plan, self.clock = customer, office, office.plan, office.clock
        (
            self.now, self.reason, self.difficulty, self.work, self.gesture, self.temper, self.other_network
        ) = office.who[customer]  # fmt: skip
        self.diary: bytearray = office.diaries[customer]
        self.wake = Wake(office.clock)
        self.contact, self.leg, self.team, self.agent = -1, 0, NO_TEAM, NOBODY
        self.identified_now = self.identified_ever = self.explained_now = self.explained_ever = False
        self.granted = self.talked = self.misrouted = self.on_line = False
        self.right_agent, self.work_left = True, 1.0
        self.cut_at = self.breaks_at = math.inf
        self.outcome: int = UNSOLVED
        self.briefing: Law | None = None
        self.ticket: PathPlan
        self.taken: dict[int, int]
        self.luck: Mapping[int, float] | Sequence[float]
        self.first_luck: Mapping[int, float] | Sequence[float]

    def note(self, event: int, amount: float = 0.0) -> None:
        """Write a row."""
        self.diary += PACK(self.customer, self.agent, self.now, amount, self.contact, self.leg, self.team, event)

    def draw(self, law: Law, purpose: int) -> float:
        """Draw from a law; nothing is drawn from one that is always the same."""
        return law.a if law.code == CONSTANT else quantile(law, self.uniform(purpose))

    def happens(self, share: float, purpose: int) -> bool:
        """Say whether something that has this probability happens."""
        if share <= 0.0:
            return False
        return self.uniform(purpose) < share

    def uniform(self, purpose: int) -> float:
        """Return this leg's luck for a purpose."""
        if purpose < USUAL_OF_A_CALL:
            return self.luck[purpose]
        return self.office.luck.one(self.customer, self.contact, self.leg, purpose)

    def is_ahead(self) -> bool:
        """Say whether this customer's clock is ahead of the world's."""
        ahead: bool = self.now > self.clock._now
        return ahead

    def catch_up(self) -> Wake:
        """Return an event that comes when the world's clock has caught up with this customer's."""
        self.wake.callbacks = []
        self.clock.plan(self.wake, self.now, PLANNED + self.customer)
        return self.wake

    def spend(self, event: int, minutes: float, amount: float = 0.0) -> bool:
        """Live through one spell; False when the call is broken off before its end, or at that instant.

        A spell of no length does not happen.
        """
        if minutes <= 0.0:
            return True
        self.note(event, amount)
        return self.pass_time(minutes)

    def pass_time(self, minutes: float) -> bool:
        """Let this customer's clock run, until the call is broken off at the latest; False when it is."""
        end = self.now + minutes
        if end < self.breaks_at:
            self.now = end
            return True
        self.now = max(self.now, self.breaks_at)
        return False

    def next_contact(self) -> None:
        """Begin another attempt from the very beginning."""
        self.contact += 1
        self.leg, self.team, self.agent, self.taken = 0, NO_TEAM, NOBODY, {}
        self.briefing = None
        self.identified_now = self.explained_now = False
        self.luck = self.first_luck = self.office.luck.usual(self.customer, self.contact, 0)

    def next_leg(self) -> None:
        """Go on to another agent."""
        self.leg += 1
        self.luck = self.office.luck.usual(self.customer, self.contact, self.leg)

    def whole_call(self) -> None:
        """Look back on the whole call: what follows is drawn once for it."""
        self.leg, self.luck = 0, self.first_luck

    def take_line(self) -> bool:
        """Take one of the firm's lines, if one is free."""
        if self.plan.lines >= 0 and self.office.lines_taken >= self.plan.lines:
            return False
        self.office.lines_taken += 1
        self.on_line = True
        return True

    def leave_line(self) -> None:
        """Free the line, unless it has been freed already."""
        if self.on_line:
            self.office.lines_taken -= 1
            self.on_line = False

    def fails(self, event: int, outcome: int) -> int:
        """Note how the hold ended without an agent."""
        self.note(event)
        self.outcome = outcome
        return NOBODY


# The compiled telling: the same of a record --------------------------------------------------------------------------

LIFE = np.dtype(
    [
        *STRAND,
        ("now", np.float64),
        ("customer", np.int32),
        ("contact", np.int32),
        ("leg", np.int16),
        ("team", np.int16),
        ("agent", np.int32),
        ("served", np.int32),
        ("outcome", np.int16),
        ("onward", np.int16),
        ("cut_at", np.float64),
        ("breaks_at", np.float64),
        ("number", np.int64),
        ("after_call", np.float64),
        ("work_left", np.float64),
        ("work", np.float64),
        ("gesture", np.float64),
        ("reason", np.int16),
        ("difficulty", np.int16),
        ("other_network", np.bool_),
        ("identified_now", np.bool_),
        ("identified_ever", np.bool_),
        ("explained_now", np.bool_),
        ("explained_ever", np.bool_),
        ("granted", np.bool_),
        ("talked", np.bool_),
        ("misrouted", np.bool_),
        ("on_line", np.bool_),
        ("right_agent", np.bool_),
        ("ring", np.int16),
        ("before", np.int32),
        ("after", np.int32),
        ("until", np.float64),
        ("closing", np.float64),
        ("temper", np.float64),
        ("wanted", np.float64),
        ("briefing", np.int64),
        ("ticket", np.int64),
    ],
    align=True,
)
"""The state of `Life`, and what a step keeps while it waits.

That is: when the next dial was meant, until when the hold lasts at most and when the team closes, who serves, who waits
before and after, the team to go on to, the ring, and the addresses of the path that briefs and of the one that took a
ticket (0 for none). What is used most stands first: it shares lines of the processor's cache.
"""

life_at, customer_at, _row_at = Table(LIFE), Table(CUSTOMER), Table(ROW)
_OF_CUSTOMERS = int(Kind.CUSTOMER) << 24


@rule
def appears(me: Any, office: Any, customer: int) -> None:
    """Begin the life of a customer."""
    who = customer_at(office.customers, customer)
    me.customer, me.number, me.now = customer, who.number, who.appeared
    me.reason, me.difficulty = who.reason, who.difficulty
    me.work, me.gesture, me.temper, me.other_network = who.work, who.gesture, who.temper, who.other_network
    me.contact, me.leg, me.team, me.agent, me.served = -1, 0, NO_TEAM, NOBODY, NOBODY
    me.identified_now = me.identified_ever = me.explained_now = me.explained_ever = False
    me.granted = me.talked = me.misrouted = me.on_line = False
    me.right_agent, me.work_left = True, 1.0
    me.cut_at = me.breaks_at = math.inf
    me.outcome, me.briefing, me.ticket = UNSOLVED, 0, 0


@rule
def note(me: Any, office: Any, event: int, amount: float = 0.0) -> None:
    """Write a row, unless the customer is ahead of the end of the run."""
    if me.now < office.end and office.noted < office.page:
        row = _row_at(office.rows, office.noted)
        row.customer, row.time, row.event = me.customer, me.now, event
        row.contact, row.leg, row.team, row.agent, row.amount = me.contact, me.leg, me.team, me.agent, amount
    if me.now < office.end:
        office.noted += 1


@inlined
def draw(me: Any, office: Any, law: Any, purpose: int) -> float:
    """Draw from a law; nothing is drawn from one that is always the same."""
    return law.a if is_constant(law) else quantile_of(law, uniform(me, office, purpose))


@inlined
def happens(me: Any, office: Any, share: float, purpose: int) -> bool:
    """Say whether something that has this probability happens."""
    if share <= 0.0:
        return False
    return uniform(me, office, purpose) < share


@inlined
def uniform(me: Any, office: Any, purpose: int) -> float:
    """Return this leg's luck for a purpose."""
    return uniform_at(me, office, me.leg, purpose)


@inlined
def uniform_at(me: Any, office: Any, leg: int, purpose: int) -> float:
    """Return the luck of any leg, or ring, of this call for a purpose."""
    key = (office.key[0], office.key[1])
    return keyed_uniform(key, _OF_CUSTOMERS | office.replication, me.number, purpose, me.contact * LEGS + leg)


@rule
def is_ahead(me: Any, office: Any) -> bool:
    """Say whether this customer's clock is ahead of the world's."""
    return me.now > office.now


@rule
def catches_up(me: Any, office: Any, stage: int) -> int:
    """Wait until the world's clock has caught up with this customer's, and go on at a stage."""
    plan_next(me, office, me.now, PLANNED + me.customer)
    return waits(me, stage)


@rule
def spend(me: Any, office: Any, event: int, minutes: float, amount: float = 0.0) -> bool:
    """Live through one spell; False when the call is broken off before its end, or at that instant."""
    if minutes <= 0.0:
        return True
    note(me, office, event, amount)
    return pass_time(me, minutes)


@rule
def pass_time(me: Any, minutes: float) -> bool:
    """Let this customer's clock run, until the call is broken off at the latest; False when it is."""
    end = me.now + minutes
    if end < me.breaks_at:
        me.now = end
        return True
    me.now = max(me.now, me.breaks_at)
    return False


@rule
def next_contact(me: Any, office: Any) -> None:
    """Begin another attempt from the very beginning."""
    me.contact += 1
    me.leg, me.team, me.agent, me.briefing = 0, NO_TEAM, NOBODY, 0
    me.identified_now = me.explained_now = False
    for path in range(office.paths):
        taken_at(me, office, path).value = 0


@rule
def next_leg(me: Any) -> None:
    """Go on to another agent."""
    me.leg += 1


@rule
def whole_call(me: Any) -> None:
    """Look back on the whole call: what follows is drawn once for it."""
    me.leg = 0


@rule
def taken_at(me: Any, office: Any, path: int) -> Any:
    """Return how often a path has been taken in this call, to read and write."""
    return code_at(office.taken, me.slot * office.paths + path)


@rule
def take_line(me: Any, office: Any) -> bool:
    """Take one of the firm's lines, if one is free."""
    if office.plan.lines >= 0 and office.lines_taken >= office.plan.lines:
        return False
    office.lines_taken += 1
    me.on_line = True
    return True


@rule
def leave_line(me: Any, office: Any) -> None:
    """Free the line, unless it has been freed already."""
    if me.on_line:
        office.lines_taken -= 1
        me.on_line = False


@rule
def fails(me: Any, office: Any, event: int, outcome: int) -> int:
    """Note how the hold ended, and end it without an agent."""
    note(me, office, event)
    me.outcome = outcome
    return ends(me, NOBODY)
