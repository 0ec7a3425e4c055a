"""Worlds, laws, customers and histories are values: equal when they say the same, and portable."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

import joblib
import pytest
from pydantic import TypeAdapter

from sim.engines import run
from sim.engines.open_loop import Waits, waits_of
from sim.measures import Tables, measured, tables
from sim.people import populate
from sim.reading import (
    difference,
    digest,
    load,
    shipped,
    variant,
    written,
)
from sim.world import World
from sim.world.laws import DurationLaw, MoneyLaw, NumberLaw
from tests.worlds import tiny_world

WORLD = tiny_world(
    population={
        "reasons": {"fault": {"share": 0.5, "difficulty": {"easy": 0.5, "hard": 0.5}}, "bill": {"share": 0.5}},
        "segments": {
            name: {"share": 0.5, "value_of_time": 10, "outage_value": 0, "hours_of_use": 0} for name in ("home", "firm")
        },
        "patience": {
            "law": "mixture",
            "parts": [
                {"share": 0.5, "of": "1 min"},
                {"share": 0.5, "of": {"law": "erlang", "mean": "9 min", "stages": 2}},
            ],
        },
    },
    teams={
        "front": {
            "solve": {"easy": 0.5, "hard": 0.5, "plain": 1.0},
            "staff": {"mon-sun 00:00-12:00": 2, "mon-sun 12:00-24:00": 1},
        },
        "back": {"staff": 1, "talk": "3 min", "wage": 0},
    },
    paths={
        "up": {"from": "front", "to": {"front": 0.5, "back": 0.5}, "when": "unsolved"},
        "on": {"from": "front", "to": "back", "when": "wrong_person"},
    },
)
CUSTOMERS = populate(WORLD, seed=1)
HISTORY = run(WORLD, CUSTOMERS)
TABLES = tables(HISTORY)
LAWS: dict[str, tuple[Any, Any]] = {
    "duration": (DurationLaw, {"law": "lognormal", "mean": "5 min", "cv": 1.0}),
    "money": (MoneyLaw, {"law": "empirical", "values": (1.0, 2.0)}),
    "number": (NumberLaw, 3.0),
}
VALUES = {
    **{name: load(name) for name in shipped()},
    "tiny": WORLD,
    **{name: TypeAdapter(kind).validate_python(law) for name, (kind, law) in LAWS.items()},
    "law in numbers": WORLD.population.patience.numbers(),
    "customers": CUSTOMERS,
    "history": HISTORY,
    "tables": TABLES,
    "tolls": TABLES.tolls,
    "totals": TABLES.totals,
    "measured": measured(WORLD, CUSTOMERS, trace=True),
    "waits": waits_of(HISTORY),
}
"""One of every kind."""


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_every_value_goes_through_pickle_and_copy_and_stays_equal(value):
    ways = [pickle.loads(pickle.dumps(value, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
    for same in (*ways, copy.copy(value), copy.deepcopy(value)):
        assert type(same) is type(value)
        assert same == value
        assert hash(same) == hash(value)
        if not isinstance(value, (Tables, Waits)):  # of these NumPy's types alone make joblib's name another one
            assert joblib.hash(same) == joblib.hash(value)


def digests() -> list[str]:
    return [joblib.hash(VALUES[name]) for name in ("base", "tiny", "duration", "customers", "history", "totals")]


def test_joblib_names_a_value_the_same_in_every_process():
    """Texts are hashed by another salt in each: nothing may go by it."""
    script = "from tests.reading.test_values import digests; print(*digests())"
    told = [
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(2)
    ]
    assert told[0] == told[1] == digests()


def test_a_worker_process_gives_back_what_it_was_given():
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as workers:
        assert workers.submit(run, WORLD, CUSTOMERS).result() == HISTORY
        assert workers.submit(tables, HISTORY).result() == TABLES


# Equality -------------------------------------------------------------------------------------------------------------


def turned(tree, *place):
    """Return a tree with the table at a place in the other order."""
    tree = copy.deepcopy(tree)
    inner = tree
    for part in place[:-1]:
        inner = inner[part]
    assert len(inner[place[-1]]) > 1
    inner[place[-1]] = dict(reversed(inner[place[-1]].items()))
    return World.model_validate(tree)


@pytest.mark.parametrize(
    "place",
    [
        ("population", "reasons"),
        ("population", "segments"),
        ("population", "reasons", "fault", "difficulty"),
        ("teams",),
        ("paths",),
        ("paths", "up", "to"),
    ],
)
def test_the_order_by_which_luck_goes_tells_worlds_apart(place):
    other = turned(written(WORLD), *place)
    assert other != WORLD
    assert digest(other) != digest(WORLD)
    assert difference(other, WORLD)


def test_the_order_of_the_hours_of_staff_does_not():
    same = turned(written(WORLD), "teams", "front", "staff")
    assert same == WORLD
    assert hash(same) == hash(WORLD)
    assert digest(same) == digest(WORLD)
    assert not difference(same, WORLD)


def test_a_world_written_and_read_again_is_equal_and_any_other_is_not():
    again = World.model_validate(written(WORLD))
    assert again == WORLD
    assert hash(again) == hash(WORLD)
    assert len({again, WORLD}) == 1
    assert variant(WORLD, {"teams": {"front": {"talk": "9 min"}}}) != WORLD
    assert WORLD != "tiny"


def test_customers_of_reasons_in_another_order_are_those_of_another_population():
    other = turned(written(WORLD), "population", "reasons")
    with pytest.raises(ValueError, match="made from another population"):
        run(other, CUSTOMERS)


def test_one_bit_tells_customers_histories_and_tables_apart():
    people, rows, calls = CUSTOMERS.rows.copy(), HISTORY.rows.copy(), TABLES.calls.copy()
    people["temper"][0] = -0.0
    people["temper"][1] += 1e-16 * people["temper"][1] + 1e-16
    assert replace(CUSTOMERS, rows=people) != CUSTOMERS
    assert replace(CUSTOMERS, seed=2) != CUSTOMERS
    rows["amount"][3] += 1.0
    assert replace(HISTORY, rows=rows) != HISTORY
    assert replace(HISTORY, rows=HISTORY.rows[:-1]) != HISTORY
    assert replace(HISTORY, world=load("base")) != HISTORY
    calls["dialled"][0] += 1.0
    assert replace(TABLES, calls=calls) != TABLES


def test_a_history_is_equal_whoever_told_it():
    assert run(WORLD, CUSTOMERS, engine="simpy") == HISTORY
