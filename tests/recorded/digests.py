"""Histories as digests that do not depend on how rows are laid out, and what they came to when they were recorded."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from sim.engines import Engine, run
from sim.history.rows import History
from sim.measures import MEASURES, measure
from sim.people import populate
from sim.reading import load
from sim.world import World
from tests.recorded.worlds import MANY, world
from tests.twin.test_shipped_worlds import SHIPPED, of_a_few_days

FILE = Path(__file__).with_name("digests.json")
COLUMNS = {
    "customer": "<i8",
    "time": "<f8",
    "amount": "<f8",
    "event": "<i8",
    "contact": "<i8",
    "leg": "<i8",
    "team": "<i8",
    "agent": "<i8",
}


def digest(history: History) -> str:
    """Return a digest of every bit that the rows of a history say, and how many there are."""
    told = hashlib.sha256()
    for name, kind in COLUMNS.items():
        told.update(np.ascontiguousarray(history.rows[name]).astype(kind).tobytes())
    return f"{len(history.rows)} {told.hexdigest()[:32]}"


def worlds() -> Iterator[tuple[str, World]]:
    """Yield every world that is recorded, with its name."""
    for file in SHIPPED:
        yield file.stem, of_a_few_days(load(file))
    for number in range(MANY):
        yield str(number), World.model_validate(world(number))


def lived(world: World, engine: Engine = "compiled") -> str:
    """Live a world and return the digest of its history."""
    return digest(run(world, populate(world, seed=8, replication=3), engine=engine))


def figures(world: World) -> dict[str, list[float | None]]:
    """Return the two totals of every measure of a world; a total that is no number is none."""
    history = run(world, populate(world, seed=8, replication=3))
    ids = list(MEASURES)
    return {id: [None if math.isnan(part) else part for part in parts] for id, parts in measure(history, ids).items()}


def mathematics() -> str:
    """Return a digest of this machine's logarithms and powers: another library's may differ in the last bit."""
    told = hashlib.sha256()
    for number in range(1, 20_000):
        u = number / 20_000
        values = (math.log(u), math.log1p(-u), math.exp(u * 5), math.pow(u, 1.7), math.lgamma(0.1 + u))
        told.update(np.array(values, "<f8").tobytes())
    return told.hexdigest()[:32]


def record() -> None:
    """Write down what every world comes to today: only to be done anew when histories are meant to change."""
    found = {
        "mathematics": mathematics(),
        "histories": {name: lived(one) for name, one in worlds()},
        "figures": {file.stem: figures(of_a_few_days(load(file))) for file in SHIPPED},
    }
    FILE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    record()
