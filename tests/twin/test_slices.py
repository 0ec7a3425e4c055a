"""The compiled telling stops and goes on, in tables that grow: nobody can tell from the history."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from sim.engines import compiled_engine, run
from sim.engines.compiled_engine import slices
from sim.history.rows import History
from sim.machine.kernel.memory import Array, grown
from sim.mechanisms.whole_life import LIFE
from sim.people import Customers
from sim.world import World
from tests.twin.both import twins
from tests.twin.guarded import guarded_tables
from tests.twin.telling_worlds import TELLING, lived_in


@pytest.fixture(scope="module", params=TELLING)
def lived(request) -> tuple[World, Customers, bytes]:
    """Return a world, its customers, and what SimPy tells of them."""
    world, customers = lived_in(request.param)
    return world, customers, run(world, customers, engine="simpy").rows.tobytes()


def joined(world: World, customers: Customers, told: Iterator[tuple[float, Array]]) -> bytes:
    """Return what slices tell, each copied before the next comes."""
    rows = np.concatenate([rows.copy() for _, rows in told])
    return History.of(world, customers, rows, engine="compiled").rows.tobytes()


@pytest.mark.parametrize("events", [1, 2, 7, 1000, 10**9])
def test_the_history_does_not_depend_on_where_it_is_sliced(lived, events):
    world, customers, expected = lived
    assert joined(world, customers, slices(world, customers, events)) == expected


def test_slices_come_in_the_order_of_time_and_end_with_the_run(lived):
    world, customers, _ = lived
    times = [now for now, _ in slices(world, customers, 100)]
    assert len(times) > 10
    assert times == sorted(times)
    assert times[-1] < world.time.end


@pytest.mark.parametrize("page", [0, 1, 100])
def test_the_history_does_not_depend_on_how_many_rows_fit_on_a_page(lived, page, monkeypatch):
    """A page that is full ends the slice."""
    world, customers, expected = lived
    usual = sum(1 for _ in slices(world, customers))
    monkeypatch.setattr(compiled_engine, "ROWS", page)
    assert joined(world, customers, slices(world, customers)) == expected
    assert sum(1 for _ in slices(world, customers)) > usual + 10


def test_the_history_does_not_depend_on_how_tables_grow(lived, monkeypatch):
    """Room for one life more each time: lives move about in the memory between almost any two events."""
    world, customers, expected = lived
    moves: list[int] = []

    def by_one(array: Array, room: int) -> Array:
        moves.append(room)
        return grown(array, len(array) + 1 if array.dtype == LIFE else room)

    monkeypatch.setattr(compiled_engine, "grown", by_one)
    assert joined(world, customers, slices(world, customers)) == expected
    assert len(moves) > 10


def test_nothing_is_written_behind_the_end_of_a_table(lived, monkeypatch):
    world, customers, expected = lived
    guards = guarded_tables(monkeypatch)
    assert joined(world, customers, slices(world, customers, 50)) == expected
    assert guards.are_whole()


class StoppedError(Exception):
    """What a tick of these tests raises."""


def test_a_tick_that_raises_ends_the_run_and_leaves_nothing_behind(lived, monkeypatch):
    """It is raised at the third slice and no fourth is lived; the next run knows nothing of it."""
    world, customers, expected = lived
    monkeypatch.setattr(compiled_engine, "ROWS", 1)
    ticks: list[float] = []

    def tick(now: float) -> None:
        ticks.append(now)
        if len(ticks) == 3:
            raise StoppedError

    with pytest.raises(StoppedError):
        run(world, customers, engine="compiled", tick=tick)
    assert len(ticks) == 3
    assert ticks[-1] < world.time.end / 2
    assert run(world, customers, engine="compiled").rows.tobytes() == expected


def test_two_runs_in_turns_know_nothing_of_each_other():
    """Slices of two worlds, and of one world twice, in turns."""
    runs = [lived_in(name) for name in (*TELLING, *TELLING)]
    told: list[list[Array]] = [[] for _ in runs]
    going = {place: slices(*one, 500) for place, one in enumerate(runs)}
    while going:
        for place, one in [*going.items()]:
            found = next(one, None)
            if found is None:
                del going[place]
            else:
                told[place].append(found[1].copy())
    for (world, customers), rows in zip(runs, told, strict=True):
        assert joined(world, customers, ((0.0, slice_) for slice_ in rows)) == twins(world, customers).rows.tobytes()


def test_runs_side_by_side_know_nothing_of_each_other():
    """The kernel runs without the interpreter's lock: four threads, each world in two of them at a time."""
    runs = [lived_in(name) for name in TELLING]
    with ThreadPoolExecutor(4) as threads:
        both = [[threads.submit(run, *one, engine="compiled") for one in runs] for _ in range(2)]
    for place, one in enumerate(runs):
        expected = run(*one, engine="simpy").rows.tobytes()
        assert [found[place].result().rows.tobytes() == expected for found in both] == [True, True]
