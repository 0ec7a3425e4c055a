"""A world as a frozen value, and how it is read from a file, compared, named and described."""

from sim.reading.difference import Change, difference, difference_table, population_differences, same_population
from sim.reading.digests import digest
from sim.reading.load import (
    from_tree,
    load,
    mistakes_in,
    variant,
    world_of,
    written,
)
from sim.reading.memory import fits_in_memory, memory_needed, memory_of_the_machine
from sim.reading.mistakes import Mistake, WorldError
from sim.reading.shipped import named, regimes, shipped, variants
from sim.reading.warnings import warnings_of
from sim.world import Team, World
from sim.world.levers import Levers
from sim.world.population import Population

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
    "named",
    "population_differences",
    "regimes",
    "same_population",
    "shipped",
    "variant",
    "variants",
    "warnings_of",
    "world_of",
    "written",
]
