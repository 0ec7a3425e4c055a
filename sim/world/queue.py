"""Queues: who waits together, in which order, and which teams are asked for an agent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from sim.units import Minutes, Share
from sim.world.facts import OrNone, QueueName, ReasonName, SegmentName, TeamName, Whole
from sim.world.frozen import Frozen
from sim.world.team import Team

Score = Annotated[float, Field(ge=-1e6, le=1e6)]


class Choice(Frozen):
    """A caller who would wait is told of a queue in which the wait is shorter, such as one in another language."""

    queue: QueueName
    """The queue that is offered."""
    above: Minutes = 0.0
    """Offered when the wait expected here is longer than this, and longer than the one expected there."""
    accepted: Share
    """Share of callers who accept."""


class Queue(Frozen):
    """Who waits together for the same agents; a queue with the name of a team is that team's own.

    Whoever has the highest score is served first: `score` + `score_per_minute` x minutes waited + what is added below.
    With nothing added: first come, first served.
    """

    asks: OrNone[Whole[tuple[TeamName, ...]]] = Field(default=None, min_length=1)
    """Teams asked for an idle agent, in this order; absent: all that serve the queue, in the order of the file."""
    asks_first: Literal["in_order", "most_idle", "random", "longest_idle"] = "in_order"
    """Which of the teams that have an idle agent for a caller gives him: the first, that in which most are idle, one by
    chance, so that all idle agents are equally likely, or that in which somebody is idle longest."""
    after: dict[TeamName, Minutes] = Field(default={})
    """Overflow: teams that take a caller only when he has waited this long."""
    places: OrNone[Annotated[int, Field(ge=0, le=10**7)]] = None
    """Callers who may wait; one more is turned away as if all lines were busy, or goes where a path says
    (`when = "full"`). Absent (or ``"none"``): no limit."""
    score: Score = 0.0
    """What a caller of this queue begins with; it counts where a team serves several queues by score."""
    score_per_minute: Annotated[float, Field(ge=0, le=1e6)] = 1.0
    """Added for each minute waited."""
    score_after_transfer: Score = 0.0
    """Added for who was passed on in this call."""
    score_after_cut: Score = 0.0
    """Added for who was cut off in the call before."""
    score_repeat: Score = 0.0
    """Added for who calls again for the same problem."""
    score_segments: dict[SegmentName, Score] = Field(default={})
    """Added by segment."""
    score_reasons: dict[ReasonName, Score] = Field(default={})
    """Added by reason."""
    choice: OrNone[Choice] = None
    """Another queue that is offered to who would wait long; absent: none."""

    def adds_scores(self) -> bool:
        """Say whether callers differ in more than how long they have waited."""
        added = (self.score_after_transfer, self.score_after_cut, self.score_repeat)
        return any((*added, *self.score_segments.values(), *self.score_reasons.values()))


def queue_names(teams: Mapping[str, Team], queues: Mapping[str, Queue]) -> tuple[str, ...]:
    """Return the names of all queues, in the order of their numbers: each team's own, then the others."""
    return (*teams, *(name for name in queues if name not in teams))


def teams_asked(name: str, teams: Mapping[str, Team], queues: Mapping[str, Queue]) -> tuple[str, ...]:
    """Return the teams that a queue asks for an agent, in their order."""
    asks = queues[name].asks if name in queues else None
    return asks or tuple(team for team, its in teams.items() if name in its.queues_of(team))
