"""What surrounds a customer in the SimPy telling, whatever stands behind it: the luck, the teams, the office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import simpy

from sim.machine.kernel.clock import Clock
from sim.mechanisms.state.plans import Plan, TeamPlan


class LuckOf(Protocol):
    """Whatever can tell the luck of a customer at a leg of a call, and of an agent."""

    def usual(self, customer: int, contact: int, leg: int) -> Mapping[int, float] | Sequence[float]:
        """Return the uniforms of a leg that nearly every customer needs, indexed by purpose (`sim.purposes`)."""

    def one(self, customer: int, contact: int, leg: int, purpose: int) -> float:
        """Return one uniform of a leg."""

    def agent(self, team: int, agent: int) -> float:
        """Return the uniform that decides the agent's speed."""


class Caller(Protocol):
    """Whoever can wait for an agent."""

    customer: int
    """The place in `Customers`."""


class Team(Protocol):
    """Agents with the same skills, and who waits for them."""

    plan: TeamPlan
    speed: list[float]
    """Each agent's talk over the mean."""

    def free_agent(self) -> int:
        """Take an idle agent, or `NOBODY`."""

    def expected_wait(self) -> float:
        """Return the wait a new caller may expect (min)."""

    def hold(self, me: Caller, until: float) -> simpy.Event:
        """Queue; the event brings the agent, or `NOBODY` at ``until``."""

    def frees(self, agent: int, at: float) -> None:
        """Have the agent free again at this time."""

    def turns_away_at(self) -> float:
        """Return when those who hold here are turned away (min)."""


class Office(Protocol):
    """One world at work: the clock, the lines, the teams, the luck, and the notebook."""

    plan: Plan
    clock: Clock
    luck: LuckOf
    teams: Sequence[Team]
    lines_taken: int
    who: list[Any]
    """What is given of each customer (`sim.mechanisms.whole_life.Who`)."""
    diaries: list[bytearray]
    """The rows of each customer."""
