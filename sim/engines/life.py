"""One customer's state in the SimPy telling, and the few things a story says of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sim.chance import USUAL_OF_A_CALL, Law, LawCode, quantile
from sim.engines.clock import PLANNED, Wake
from sim.history import PACK
from sim.mechanisms.outcome import NO_TEAM, NOBODY, UNSOLVED
from sim.mechanisms.plan import PathPlan

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
