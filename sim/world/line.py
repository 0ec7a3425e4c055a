"""How one gets in: when the line is open, what the caller hears, and where the menu leads."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from sim.units import SLOTS_A_WEEK, Factor, Share, slots_of_all, week_hours
from sim.world.facts import ChannelName, OrNone, QueueName, ReasonName, SegmentName, UpToADay, Whole
from sim.world.frozen import Frozen
from sim.world.laws import DurationLaw
from sim.world.shares import part


class Announcement(Frozen):
    """A voice that tells the expected wait; who hears more than his patience hangs up at once."""

    factor: Factor = 1.0
    """What is announced over what is expected: below 1 the firm flatters itself."""


class Line(Frozen):
    """The telephone line: how one gets in."""

    lines: OrNone[Annotated[int, Field(ge=0, le=10**7)]] = None
    """Calls that fit at once, menu and hold included; absent (or ``"none"``): no limit."""
    open: tuple[str, ...] = Field(min_length=1)
    """When calls are taken, such as ``["mon-fri 08:00-20:00", "sat 09:00-12:00"]``."""
    closing: Literal["dismiss", "serve"] = "dismiss"
    """At closing, those who hold are turned away, or served before the agents leave. Talks always finish."""
    menu: UpToADay[DurationLaw] = Field(default="0 s", validate_default=True)
    """Time spent in the voice server before the hold."""
    team: QueueName
    """The team, or the queue, that the menu leads to."""
    routes: dict[ReasonName, QueueName] = Field(default={})
    """Teams or queues for some reasons, by reason, instead of `team`."""
    segment_routes: dict[SegmentName, QueueName] = Field(default={})
    """Teams or queues for some segments, by segment, instead of `team` and of what `routes` says of the reason."""
    misrouted_to: OrNone[QueueName] = None
    """The team, or queue, a misrouted call lands in; absent: the usual one, whose agent is then not the right one."""
    balking: Share = 0.0
    """Share who hang up at once when they are not served at once."""
    sends_on: Whole[dict[ChannelName, Share]] = Field(default={})
    """Shares of the unsolved calls in which the customer is told to try another channel, such as to write."""
    announcement: OrNone[Announcement] = None
    """Whether the expected wait is told; absent: it is not."""

    @field_validator("open")
    @classmethod
    def _some_time(cls, hours: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(week_hours(written) for written in hours)

    @field_validator("sends_on")
    @classmethod
    def _part(cls, shares: dict[str, float]) -> dict[str, float]:
        part(shares)
        return shares

    def leads_to(self, reason: str, segment: str) -> str:
        """Return the team or queue that the menu leads a customer to: by segment before by reason before `team`."""
        return self.segment_routes.get(segment, self.routes.get(reason, self.team))

    def open_slots(self) -> tuple[bool, ...]:
        """Say of each slot of the week whether the line is open."""
        opened = slots_of_all(self.open)
        return tuple(slot in opened for slot in range(SLOTS_A_WEEK))
