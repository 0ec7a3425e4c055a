"""Both tellings of one world, held against each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from sim.engines import run
from sim.engines.agreement import first_difference
from sim.history.rows import History
from sim.people import Customers, populate
from sim.world import World
from tests.by_hand import people


def twins(world: World, customers: Customers) -> History:
    """Have both engines tell it; return what both have told."""
    told = run(world, customers, engine="simpy")
    compiled = run(world, customers, engine="compiled")
    assert (told.engine, compiled.engine) == ("simpy", "compiled")
    difference = first_difference(told, compiled)
    assert difference is None, str(difference)
    return told


def twins_by_hand(world: World, *appeared: float | Mapping[str, Any], seed: int = 0) -> History:
    """Have both engines tell it of customers made by hand, sorted by when their problems appear."""
    return twins(world, replace(people(world, *appeared), seed=seed))


def twins_of(world: World, *, seed: int, replication: int = 0) -> History:
    """Have both engines tell it of a drawn population."""
    return twins(world, populate(world, seed=seed, replication=replication))


def at_whole_minutes(customers: Customers, step: float) -> Customers:
    """Let every problem appear at the next multiple of ``step`` minutes before: many at the same instant."""
    rows = customers.rows.copy()
    rows["appeared"] = np.floor(rows["appeared"] / step) * step
    return replace(customers, rows=rows).sorted()
