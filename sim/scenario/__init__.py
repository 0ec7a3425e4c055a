"""A world as a frozen value, and how it is read from a file, compared, named and described."""

from sim.scenario.difference import Change, difference, difference_table, population_differences, same_population
from sim.scenario.digests import digest
from sim.scenario.load import from_tree, load, mistakes_in, variant, world_of, written
from sim.scenario.mistakes import Mistake, WorldError
from sim.scenario.sense import fits_in_memory, memory_needed, memory_of_the_machine
from sim.scenario.shipped import regimes, shipped
from sim.scenario.warnings import warnings_of
from sim.scenario.world import Team, World
from sim.scenario.world.levers import Levers
from sim.scenario.world.population import Population

__all__ = [
    "Change",
    "Levers",
    "Mistake",
    "Population",
    "Team",
    "World",
    "WorldError",
    "difference",
    "difference_table",
    "digest",
    "fits_in_memory",
    "from_tree",
    "load",
    "memory_needed",
    "memory_of_the_machine",
    "mistakes_in",
    "population_differences",
    "regimes",
    "same_population",
    "shipped",
    "variant",
    "warnings_of",
    "world_of",
    "written",
]
