"""A world: one way of answering, as a frozen value. Every field says what it is; TOML files hold values."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.world.facts import GivenName, HowToWrite, Ordered, Own
from sim.scenario.world.frozen import Frozen
from sim.scenario.world.horizon import Horizon
from sim.scenario.world.judging import Effort, Loyalty, ServiceLevel
from sim.scenario.world.levers import Levers
from sim.scenario.world.line import Line
from sim.scenario.world.path import Path
from sim.scenario.world.population import Population
from sim.scenario.world.tariff import Tariff
from sim.scenario.world.team import Team


class World(Frozen):
    """One organisation, whole."""

    name: Own[GivenName]
    about: Annotated[Own[str], HowToWrite('say in one line what this world is: about = "..."')]
    time: Horizon
    population: Population
    line: Line
    tariff: Tariff
    teams: Ordered[dict[GivenName, Team]] = Field(min_length=1)
    paths: Ordered[dict[GivenName, Path]] = Field(default={})
    levers: Levers = Field(default_factory=Levers)
    service_level: ServiceLevel = Field(default_factory=ServiceLevel)
    effort: Effort = Field(default_factory=Effort)
    loyalty: Loyalty = Field(default_factory=Loyalty)

    def __repr__(self) -> str:
        return f"<World {self.name}>"

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
    "ServiceLevel",
    "Tariff",
    "Team",
    "World",
]
