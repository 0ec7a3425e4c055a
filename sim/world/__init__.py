"""A world: one way of answering, as a frozen value. Every field says what it is; TOML files hold values."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.world.facts import GivenName, HowToWrite, Ordered, Own
from sim.world.frozen import Frozen
from sim.world.horizon import Horizon
from sim.world.judging import Effort, Loyalty, ServiceLevel
from sim.world.levers import Levers
from sim.world.line import Line
from sim.world.path import Path
from sim.world.population import Population
from sim.world.queue import Queue, queue_names, teams_asked
from sim.world.tariff import Tariff
from sim.world.team import Team


class World(Frozen):
    """One organisation, whole."""

    name: Own[GivenName]
    about: Annotated[Own[str], HowToWrite('say in one line what this world is: about = "..."')]
    time: Horizon
    population: Population
    line: Line
    tariff: Tariff
    teams: Ordered[dict[GivenName, Team]] = Field(min_length=1)
    queues: Ordered[dict[GivenName, Queue]] = Field(default={})
    paths: Ordered[dict[GivenName, Path]] = Field(default={})
    levers: Levers = Field(default_factory=Levers)
    service_level: ServiceLevel = Field(default_factory=ServiceLevel)
    effort: Effort = Field(default_factory=Effort)
    loyalty: Loyalty = Field(default_factory=Loyalty)

    def __repr__(self) -> str:
        return f"<World {self.name}>"

    def queue_names(self) -> tuple[str, ...]:
        """Return the names of all queues, in the order of their numbers: each team's own, then the others."""
        return queue_names(self.teams, self.queues)

    def teams_asked(self, queue: str) -> tuple[str, ...]:
        """Return the teams that a queue asks for an agent, in their order."""
        return teams_asked(queue, self.teams, self.queues)

    def tariff_in_force(self) -> Tariff:
        """Return what calls cost here: nothing under a free number, whatever the tariff says."""
        return Tariff() if self.levers.price.free else self.tariff


__all__ = [
    "Effort",
    "Horizon",
    "Levers",
    "Line",
    "Loyalty",
    "Path",
    "Population",
    "Queue",
    "ServiceLevel",
    "Tariff",
    "Team",
    "World",
]
