"""What surrounds a customer in the SimPy telling, whatever stands behind it: the luck, the teams, the office."""

from __future__ import annotations

from collections.abc import Generator, Mapping, MutableSequence, Sequence
from typing import Any, Protocol

import simpy

from sim.machine.kernel.clock import Clock
from sim.mechanisms.state.plans import Plan, QueuePlan, TeamPlan


class LuckOf(Protocol):
    """Whatever can tell the luck of a customer at a leg of a call, and of an agent."""

    def usual(self, customer: int, contact: int, leg: int) -> Mapping[int, float] | Sequence[float]:
        """Return the uniforms of a leg that nearly every customer needs, indexed by purpose (`sim.purposes`)."""

    def one(self, customer: int, contact: int, leg: int, purpose: int) -> float:
        """Return one uniform of a leg."""

    def agent(self, team: int, agent: int, purpose: int, occasion: int) -> float:
        """Return the uniform that decides something for an agent."""


class Team(Protocol):
    """Agents with the same skills."""

    plan: TeamPlan
    speed: list[float]
    knowledge: list[float]
    calls: list[float]
    """Each agent's talk and knowledge over the mean, and the calls taken so far."""
    busy: list[bool]
    present: list[bool]
    was_present: list[bool]
    """By seat: who is busy, who is at work, and who was when anyone last was."""
    chats: MutableSequence[Any]
    """Who chats at each seat; None for nobody."""
    idle: MutableSequence[int]
    """Which seats are idle, the one idle longest first."""
    idle_since: list[float]
    """Since when each seat is idle, or was the last time."""
    staff: int
    """How many are at work."""

    def frees(self, agent: int, at: float) -> None:
        """Have the agent free again at this time."""


class Queue(Protocol):
    """Who waits together, and for whom."""

    plan: QueuePlan
    waiting: int

    def free_agent(self, me: Any) -> int:
        """Take an idle agent, of the team `me.team`, or `NOBODY`."""

    def takes_at_once(self, me: Any) -> bool:
        """Say whether an agent is idle for a caller who comes now."""

    def expected_wait(self) -> float:
        """Return the wait a new caller may expect (min)."""

    def hold(self, me: Any, until: float) -> Generator[simpy.Event, int, int]:
        """Wait; return the agent, of the team `me.team`, or `NOBODY` at ``until``."""

    def turns_away_at(self) -> float:
        """Return when those who hold here are turned away (min)."""


class Office(Protocol):
    """One world at work: the clock, the lines, the teams, the luck, and the notebook."""

    plan: Plan
    clock: Clock
    luck: LuckOf
    teams: Sequence[Team]
    queues: Sequence[Queue]
    lines_taken: int
    who: list[Any]
    """What is given of each customer (`sim.mechanisms.whole_life.Who`)."""
    diaries: list[bytearray]
    """The rows of each customer."""
