"""Run a world: `run(world, customers)` gives its history, told by one of two engines that agree to the bit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import numpy as np

from sim.history.rows import ROW, History
from sim.machine.kernel.memory import Array
from sim.people import Customers
from sim.people.crowd import Crowd, checked
from sim.reading import world_of
from sim.world import World

Engine = Literal["auto", "simpy", "compiled"]
ENGINES: tuple[Engine, ...] = ("auto", "simpy", "compiled")

Tick = Callable[[float], None]
"""Told the simulated time (min) several times a second; what it raises ends the run."""


def run(
    world: World | str | Path, customers: Customers, *, engine: Engine = "auto", tick: Tick | None = None
) -> History:
    """Let the customers live through a world, and keep all that happens.

    Parameters
    ----------
    world : World, str or Path
        Or its name, or its file.
    engine : {"auto", "simpy", "compiled"}
        ``simpy`` is the reference, ``compiled`` writes the same history some thirty times as fast; ``auto`` takes the
        fastest that knows every mechanism of the world.
    tick : optional
        Told the simulated time (min) now and then, for progress; what it raises ends the run.
    customers : Customers
        As `populate` makes them; the same may live through other worlds.

    Returns
    -------
    History
        All that happened, a row for each event: ``frame()``.

    Raises
    ------
    ValueError
        If the engine is unknown, tick is no function, the world cannot be, or the customers are none, were made from
        another population block or cannot be: rows of another type, out of order of time (`Customers.sorted` puts them
        in order), with codes, numbers or amounts that are not possible. Problems that appear after the end of the run
        are left alone.

    Examples
    --------
    >>> import sim
    >>> day = sim.variant("base", {"time": {"horizon": "1 d", "warm_up": "0 d"}})
    >>> history = sim.run(day, sim.populate(day, seed=1))
    >>> calls, problems = sim.measure(history, "calls_per_problem")["calls_per_problem"]
    >>> calls >= problems
    True
    """
    world = world_of(world)
    slices = [rows.view(np.uint8).copy() for rows in stream(world, customers, engine=engine, tick=tick)]
    rows = np.concatenate(slices).view(ROW) if slices else np.empty(0, ROW)
    return History.of(world, customers, rows, engine=engine_of(world, engine))


def stream(
    world: World, customers: Customers | Crowd, *, engine: Engine = "auto", tick: Tick | None = None
) -> Iterator[Array]:
    """Return what happens, slice by slice: arrays of `sim.history.rows.ROW`, each good until the next.

    Each customer's rows come in the order lived; the customers' rows are interleaved as the engine has them.

    Raises
    ------
    ValueError
        As `run`, at once: before the first slice is asked for.
    """
    if tick is not None and not callable(tick):
        raise ValueError(f"tick is {tick!r}: it has to be a function of the simulated time (min), or None")
    if engine_of(world, engine) == "simpy":
        return _told(world, checked(world, customers).everyone(), tick)
    from sim.engines.compiled_engine import slices

    return _ticking(slices(world, customers), tick)


def _told(world: World, customers: Customers, tick: Tick | None) -> Iterator[Array]:
    from sim.engines.simpy_engine import tell

    yield tell(world, customers, tick=tick).rows


def _ticking(slices: Iterator[tuple[float, Array]], tick: Tick | None) -> Iterator[Array]:
    for now, rows in slices:
        if tick is not None:
            tick(now)
        yield rows


def engine_of(world: World, engine: Engine) -> Engine:
    """Return the engine that will run a world: every mechanism there is today has a compiled telling.

    Raises
    ------
    ValueError
        If the engine is unknown.
    """
    if engine not in ENGINES:
        raise ValueError(f'engine "{engine}" is not known; use one of {", ".join(ENGINES)}')
    return "compiled" if engine == "auto" else engine


__all__ = ["ENGINES", "Engine", "Tick", "engine_of", "run", "stream"]
