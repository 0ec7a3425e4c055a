"""A key turned: a small world, the values that one key is given in it, and the hand-worked numbers of each."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import pytest

from sim.engines import Engine, run
from sim.history.rows import Event, History
from sim.luck.keys import Kind, uniform
from sim.measures import measure, totals_of
from sim.people import Customers, populate
from sim.reading.layers import with_regime
from sim.world import World
from tests.by_hand import PLAIN, people
from tests.keys.leaves import leaf_of
from tests.worlds import merged

SEED = 1
DRAWN = None
"""In place of customers made by hand: they are drawn."""

Written = dict[str, Any]
Expected = Any
"""A number, what `pytest.approx` says of one, what is to be asked of the customers, or None."""


class Turn(NamedTuple):
    """One key, its values in turn, and what each is asked and answers: as many answers as values.

    Asked is a measure by its id; a sum such as ``calls.dialled``; the mean of the customers' ``customers.temper``; how
    often an event happened (``answered``, ``answered@back`` of a team or a queue), ``when`` first, when ``last``, and
    its ``mean`` amount.
    ``at`` is where the values are put, where they are more than the key itself.
    """

    key: str
    values: tuple[Any, ...]
    moves: Mapping[str, tuple[Expected, ...]]
    world: Mapping[str, Any] = {}
    who: tuple[float | Mapping[str, Any], ...] | None = (0,)
    at: str = ""


def over(*changes: Mapping[str, Any]) -> Written:
    """Lay changes over one another."""
    return reduce(merged, map(dict, changes))


def covered(turn: Turn) -> Iterator[str]:
    """Yield the leaves that a turn tries: the words too, where it turns through words."""
    key = leaf_of(turn.key)
    yield key
    yield from (f"{key}={value}" for value in turn.values if isinstance(value, str))


def worlds(turn: Turn) -> list[World]:
    """Return the world with each of the values."""
    written = [_put(merged(PLAIN, dict(turn.world)), turn.at or turn.key, value) for value in turn.values]
    return [World.model_validate(one | {"tariff": with_regime(one["tariff"])}) for one in written]


def _put(written: Written, key: str, value: Any) -> Written:
    *way, last = key.split(".")
    block = reduce(lambda table, name: table.setdefault(name, {}), way, written)
    block[last] = copy.deepcopy(value)
    return written


def answers(turn: Turn, engine: Engine) -> list[tuple[str, int, float | None, Any]]:
    """Return what was asked, of which value, what the world answers and what it should."""
    found = []
    for place, world in enumerate(worlds(turn)):
        customers = populate(world, seed=SEED) if turn.who is DRAWN else replace(people(world, *turn.who), seed=SEED)
        history = run(world, customers, engine=engine)
        for asked, expected in turn.moves.items():
            right = expected[place]
            found.append((asked, place, answer(history, asked), right(customers) if callable(right) else right))
    return found


def wrong_answers(turn: Turn, engine: Engine) -> list[str]:
    """Say what is not as it should be."""
    return [
        f"{asked} is {seen}, not {right}, where {turn.key} is {turn.values[place]}"
        for asked, place, seen, right in answers(turn, engine)
        if seen != (pytest.approx(right, rel=1e-9, abs=1e-9, nan_ok=True) if isinstance(right, float | int) else right)
    ]


def answer(history: History, asked: str) -> float | None:
    """Answer one question of a history; None for the time and amount of what never happened."""
    kind, _, name = asked.partition(" ")
    if kind in ("when", "last", "mean"):
        rows = history.rows[history.rows["event"] == Event[name.upper()]]
        if not len(rows):
            return None
        return float({"when": rows["time"].min, "last": rows["time"].max, "mean": rows["amount"].mean}[kind]())
    name, _, team = asked.partition("@")
    if name.upper() in Event.__members__:
        rows = history.rows[history.rows["event"] == Event[name.upper()]]
        return float((rows["team"] == history.world.queue_names().index(team)).sum() if team else len(rows))
    if asked.startswith("customers."):
        return float(history.customers.rows[asked.removeprefix("customers.")].mean())
    if asked.startswith(("calls.", "journeys.")):
        found: Any = reduce(getattr, asked.split("."), totals_of(history))
        return float(found)
    above, below = measure(history, [asked])[asked]
    return above / below if below else math.nan


def luck(customers: Customers, purpose: int, kind: Kind = Kind.CUSTOMER, leg: int = 0) -> np.ndarray[Any, Any]:
    """Return the luck of a leg of the first call of every customer, one by one."""
    numbers = customers.rows["number"].tolist()
    return np.array([uniform(customers.seed, 0, kind, number, purpose, leg) for number in numbers])


def about(mean: float) -> Any:
    """Within four standard deviations of a Poisson number."""
    return pytest.approx(mean, abs=4 * math.sqrt(mean))


def near(share: float, of: int, scale: float = 1.0) -> Any:
    """Within four standard deviations of a share of so many trials, times a scale."""
    return pytest.approx(share * scale, abs=4 * scale * math.sqrt(share * (1 - share) / of))
