"""The ways on from a team: who passes a customer to whom, when and how."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field, field_validator

from sim.units import Minutes, Share
from sim.world.facts import CaseName, Ordered, OrNone, QueueName, Whole
from sim.world.frozen import Frozen
from sim.world.laws import DurationLaw
from sim.world.shares import whole

OUT_OF_A_QUEUE = ("full", "waited")
"""When a path leads on that begins at a queue; all others begin at a team."""


class Path(Frozen):
    """One way on from a team: who passes the customer to whom, when and how."""

    source: QueueName | tuple[QueueName, ...] = Field(alias="from")
    """The team, or teams, that pass on; the queues that do, where nobody has answered yet."""
    to: Whole[Ordered[QueueName | dict[QueueName, Share]]]
    """The team or queue that receives, or several with their shares."""
    when: Literal["wrong_person", "above_limit", "unsolved", "on_behalf", "full", "waited"]
    """Because the agent is not the right one, may not grant the gesture, did not solve it, or acts in place of the
    customer; or because the queue has no place left, or the caller has waited in it for `after`."""
    after: Minutes = 0.0
    """With `when = "waited"`: how long, from when he came into this queue."""
    how: Literal["cold", "warm", "conference"] = "cold"
    """Back into a queue; or with the next agent briefed while the customer holds; or so, and the first agent stays on
    the line until it is done, so that both are busy."""
    if_busy: Literal["wait", "lost"] = "wait"
    """Live, where no agent is idle who could take the customer: he waits, or the call is lost."""
    by: Literal["live", "ticket"] = "live"
    """In the same call, or as a ticket: the call ends (who waits leaves a message) and the answer comes later."""
    tries: int = Field(default=3, ge=1, le=60)
    """Times this path may be taken within one call."""
    briefing: DurationLaw = Field(default="0 s", validate_default=True)
    """Warm: time the next agent is briefed while the customer holds."""
    delay: DurationLaw = Field(default="24 h", validate_default=True)
    """Ticket: time until the answer, where it opens no case."""
    case: OrNone[CaseName] = None
    """Ticket: the case that is opened; absent: the team answers once, after `delay`."""

    model_config = ConfigDict(populate_by_name=True)

    def sources(self) -> tuple[str, ...]:
        """Return the teams that may take this path."""
        return (self.source,) if isinstance(self.source, str) else self.source

    def targets(self) -> dict[str, float]:
        """Return the receiving teams with their shares."""
        return {self.to: 1.0} if isinstance(self.to, str) else dict(self.to)

    @field_validator("to")
    @classmethod
    def _whole(cls, to: str | dict[str, float]) -> str | dict[str, float]:
        if isinstance(to, dict):
            whole(to)
        return to
