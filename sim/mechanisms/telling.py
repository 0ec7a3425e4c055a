"""What the SimPy texts of the mechanisms ask of a team, whatever stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import simpy

from sim.mechanisms.plan import TeamPlan

if TYPE_CHECKING:
    from sim.mechanisms.life import Life


class Team(Protocol):
    """Agents with the same skills, and who waits for them."""

    plan: TeamPlan
    speed: list[float]
    """Each agent's talk over the mean."""

    def free_agent(self) -> int:
        """Take an idle agent, or `NOBODY`."""

    def expected_wait(self) -> float:
        """Return the wait a new caller may expect (min)."""

    def hold(self, me: Life, until: float) -> simpy.Event:
        """Queue; the event brings the agent, or `NOBODY` at ``until``."""

    def frees(self, agent: int, at: float) -> None:
        """Have the agent free again at this time."""

    def turns_away_at(self) -> float:
        """Return when those who hold here are turned away (min)."""
