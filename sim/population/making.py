"""From a population to its customers: what is prepared once, and what every replication takes of its own."""

from __future__ import annotations

import numpy as np

from sim.chance import key_of
from sim.kernel.heap import ENTRY
from sim.kernel.latest import latest
from sim.kernel.memory import NUMBER, Array, address_of
from sim.population.customers import CUSTOMER, REASONS_AT_MOST
from sim.population.drawing import draw, expect
from sim.population.records import DRAWING, STREAM, Prepared
from sim.scenario.world.population import Population

PROBLEMS_AT_MOST = 2**32 // REASONS_AT_MOST
"""Numbers have 32 bits, the lowest of them for the reason."""


def made(population: Population, end: float, seed: int, replication: int) -> Array:
    """Make the problems of one replication that appear before the end (min): records of `sim.population.CUSTOMER`."""
    prepared = _prepared(population, end)
    many = len(prepared.reasons)
    streams, entries = np.zeros(many, STREAM), np.empty(many, ENTRY)
    expected, drawings = np.empty(len(prepared.cells), NUMBER), np.zeros(1, DRAWING)
    drawing = drawings[0]
    drawing["people"], drawing["key"], drawing["replication"] = prepared.people[0], key_of(seed), replication
    drawing["expected"], drawing["streams"] = address_of(expected), address_of(streams)
    drawing["heap"]["entries"] = address_of(entries)
    mean = expect(address_of(drawings)) * prepared.reasons["share"]
    streams["most"] = mean + 10.0 * np.sqrt(mean) + 20.0  # ten standard deviations: more never come
    if streams["most"].max() > PROBLEMS_AT_MOST:
        raise ValueError(
            f"{streams['most'].max():,} problems of one reason may appear in one replication: "
            f"there are numbers for {PROBLEMS_AT_MOST:,}; shorten time.horizon or lower population.problems_per_day"
        )
    rows = np.empty(streams["most"].sum(), CUSTOMER)
    return rows[: draw(address_of(drawings), address_of(rows))]


@latest
def _prepared(population: Population, end: float) -> Prepared:
    return Prepared(population, end)
