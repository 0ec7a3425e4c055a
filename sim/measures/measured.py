"""Live and measure at once: the rows of a run are followed as they come."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.engines import Engine, Tick, engine_of, stream
from sim.engines.alike import lived_alike
from sim.history.rows import ROW, History
from sim.machine.compiling import first_use
from sim.measures.accounts.fold import Fold
from sim.measures.accounts.totals import Totals
from sim.measures.intervals.asked import Parting
from sim.measures.intervals.parted import PartedFold
from sim.measures.ready import all_pieces_of
from sim.people import Customers
from sim.people.crowd import Coming, checked
from sim.reading import world_of
from sim.reading.border import check_world
from sim.world import World


@dataclass(frozen=True)
class Measured:
    """What one replication of one world comes to.

    Attributes
    ----------
    problems : int
        That appeared, those before and after the horizon too.
    history : History or None
        Where it was asked for.
    engine : str
        The engine that lived it.
    seconds : float
        It took, living and adding up together.
    cells : array or None
        What its intervals come to, where they were asked for: `sim.measures.intervals.cells.NAMES`, a row a cell.
    also : tuple of Totals
        What the same history comes to in the other worlds by which it was judged.
    """

    totals: Totals
    problems: int
    history: History | None
    engine: str
    seconds: float
    cells: npt.NDArray[np.float64] | None = None
    also: tuple[Totals, ...] = ()


def measured(
    world: World | str | Path,
    customers: Customers | Coming,
    *,
    engine: Engine = "auto",
    trace: bool = False,
    tick: Tick | None = None,
    parting: Parting | None = None,
    also: Sequence[World] = (),
) -> Measured:
    """Let the customers live through a world, and add up what it comes to.

    Parameters
    ----------
    world : World, str or Path
        Or its name, or its file.
    customers : Customers or Coming
        Of those who are `Coming` no more are in memory at a time than have journeys that go on.
    engine, tick
        As of `sim.engines.run`.
    trace : bool
        Keep the history too.
    parting : Parting, optional
        Follow the rows into the cells of intervals as well (`sim.measures.intervals.asked.parting`).
    also : sequence of World
        Worlds in which these customers leave the very same rows (`sim.engines.alike.lived_alike`), with another tariff,
        other wages, weights or values: the rows are followed once more for each, and lived once for all.

    Returns
    -------
    Measured
        Its totals, its history if asked for, its cells if parted.

    Raises
    ------
    ValueError
        As `sim.engines.run`, and if another history would be lived in one of the worlds that judge the same.
    """
    world = world_of(world)
    _check_alike(world, also)
    began = time.perf_counter()
    took = engine_of(world, engine)
    if isinstance(customers, Coming) and (trace or took == "simpy"):
        customers = customers.all()
    if took == "compiled":
        check_world(world)
        first_use(
            all_pieces_of(world, parted=parting is not None)
        )  # side by side: one after the other would take twice as long
    crowd = checked(world, customers)
    everyone = crowd.everyone() if trace else None
    clock = tick if parting is None else _Reached(tick)
    slices = stream(world, crowd, engine=engine, tick=clock)
    fold, kept = Fold(world, crowd) if parting is None else PartedFold(world, crowd, parting), []
    others = [Fold(one, crowd, shares=True) for one in also]
    for rows in slices:
        for one in (*others, fold):
            one.follow(rows)
        over = crowd.over()
        for one in (*others, fold):
            one.conclude(over)
        if isinstance(fold, PartedFold) and isinstance(clock, _Reached):
            fold.reached(clock.time)
        if trace:
            kept.append(rows.view(np.uint8).copy())  # as plain bytes: record by record takes longer
    judged = tuple(one.totals() for one in others)  # before the fold that forgets the customers
    totals = fold.totals()
    cells = fold.read() if isinstance(fold, PartedFold) else None
    seconds = time.perf_counter() - began
    history = None
    if everyone is not None:  # an empty world has no customers, and a history all the same
        history = History.of(world, everyone, np.concatenate(kept).view(ROW), engine=took)
    return Measured(totals, crowd.many, history, took, seconds, cells, judged)


def _check_alike(world: World, also: Sequence[World]) -> None:
    for other in also:
        check_world(other)
        if not lived_alike(world, other):
            raise ValueError(f"in {other.name} another history is lived than in {world.name}: it cannot judge the same")


class _Reached:
    """Remembers the simulated time that was told last: all rows before it have been handed on."""

    def __init__(self, tick: Tick | None) -> None:
        self.time, self._tick = 0.0, tick

    def __call__(self, time: float) -> None:
        """Note the time, and tell whoever wants to know."""
        self.time = time
        if self._tick is not None:
            self._tick(time)
