"""One customer's state in the SimPy telling, and the few things a story says of it."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sim.chance import Law
from sim.engines.clock import PLANNED, Wake
from sim.history import Event
from sim.mechanisms.outcome import NO_TEAM, NOBODY, Outcome
from sim.mechanisms.plan import PathPlan

if TYPE_CHECKING:
    from sim.engines.told import Office


class Life:
    """One customer's state while the journey lasts."""

    __slots__ = (
        "agent", "breaks_at", "briefing", "clock", "contact", "customer", "cut_at", "difficulty", "explained_ever",
        "explained_now", "first_luck", "gesture", "granted", "identified_ever", "identified_now", "leg", "luck",
        "misrouted", "office", "on_line", "other_network", "outcome", "plan", "reason", "right_agent", "rows",
        "taken", "talked", "team", "temper", "ticket", "work", "work_left",
    )  # fmt: skip

    def __init__(self, customer: int, office: Office) -> None:
        who = office.customers.rows[customer]
        self.customer, self.office, self.plan, self.rows = customer, office, office.plan, office.rows
        self.clock = office.clock
        self.reason, self.difficulty = int(who["reason"]), int(who["difficulty"])
        self.work, self.gesture = float(who["work"]), float(who["gesture"])
        self.temper, self.other_network = float(who["temper"]), int(who["other_network"])
        self.contact, self.leg, self.team, self.agent = -1, 0, NO_TEAM, NOBODY
        self.identified_now = self.identified_ever = self.explained_now = self.explained_ever = False
        self.granted = self.talked = self.misrouted = self.on_line = False
        self.right_agent = True
        self.work_left = 1.0
        self.cut_at = self.breaks_at = float("inf")
        self.taken: dict[int, int] = {}
        self.briefing: Law | None = None
        self.ticket: PathPlan
        self.outcome = Outcome.UNSOLVED
        self.luck: Mapping[int, float] | Sequence[float] = ()
        self.first_luck: Mapping[int, float] | Sequence[float] = ()

    @property
    def now(self) -> float:
        """The time (min)."""
        return self.clock._now

    def note(self, event: Event, amount: float = 0.0) -> None:
        """Write a row."""
        self.rows.append(
            (
                self.customer,
                self.clock._now,
                event,
                self.contact,
                self.leg,
                self.team,
                self.agent,
                amount,
            )
        )

    def next_contact(self) -> None:
        """Begin another attempt from the very beginning."""
        self.contact += 1
        self.leg, self.team, self.agent, self.taken = 0, NO_TEAM, NOBODY, {}
        self.identified_now = self.explained_now = False
        self.luck = self.first_luck = self.office.luck.leg(self.customer, self.contact, 0)

    def next_leg(self) -> None:
        """Go on to another agent."""
        self.leg += 1
        self.luck = self.office.luck.leg(self.customer, self.contact, self.leg)

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

    def fails(self, event: Event, outcome: Outcome) -> int:
        """Note how the hold ended without an agent."""
        self.note(event)
        self.outcome = outcome
        return NOBODY

    def until(self, at: float) -> Wake:
        """Return an event that comes at this time."""
        event = Wake(self.clock)
        self.clock.plan(event, at, PLANNED + self.customer)
        return event

    def spend(self, event: Event | None, minutes: float, amount: float = 0.0) -> Generator[Any, Any, bool]:
        """Live through one spell; False when the call is broken off before its end, or at that instant."""
        if minutes <= 0.0:
            return True
        if event is not None:
            self.note(event, amount)
        end = self.clock._now + minutes
        if end < self.breaks_at:
            yield self.until(end)
            return True
        if self.breaks_at > self.clock._now:
            yield self.until(self.breaks_at)
        return False
