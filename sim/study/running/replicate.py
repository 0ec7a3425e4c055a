"""Replications: the same study made anew with other luck, on several processors, and what becomes of it."""

from __future__ import annotations

import time
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from sim.bars import Shown, given, shows_progress
from sim.engines import Engine
from sim.engines.alike import lived_as
from sim.measures.intervals.asked import Parting
from sim.measures.intervals.cells import Array, check_room, grid_of
from sim.measures.ready import ready
from sim.reading import world_of
from sim.study.running.parted import Intervals
from sim.study.running.progress import watched
from sim.study.running.replications import Replications
from sim.study.running.size import DEFAULT_REPLICATIONS, Size, ids_of, numbers_of, some_of, with_days
from sim.study.running.tasks import Lived, ReplicationError, Task, days_of
from sim.study.running.workers import answers, hands_for
from sim.world import World


@shows_progress("replicate")
def replicate(
    world: World | str | Path,
    *,
    replications: int | Iterable[int] = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Shown = None,
    measures: Iterable[str] | None = None,
    parting: Parting | None = None,
) -> Replications:
    """Live through a world several times, each time with other luck.

    Parameters
    ----------
    world : World, str or Path
        Or its name, or its file.
    replications : int or iterable of int
        How many, or which ones, counted from 0: ``range(10, 20)`` are ten more than the usual ten, to be added to them.
    days : float, optional
        The horizon, in place of the world's own; warm-up and follow-up stay.
    workers : int, optional
        Threads (processes for SimPy) that work at once; by default one for each processor. The result does not depend
        on it.
    progress : bool or function, optional
        True for a `sim.bar` that lasts as long as this does; or a function told simulated days done and to do.
    measures : iterable of str, optional
        Which measures; all by default.
    parting : Parting, optional
        Intervals into which the horizon is parted as well (`sim.measures.intervals.asked.parting`).
    seed : int
        Of all luck: the same seed, the same customers and the same lives.
    engine : {"auto", "simpy", "compiled"}
        As of `run`: what comes out is the same to the bit.

    Returns
    -------
    Replications
        Each measure with its 95 % interval over them: ``estimate(measure)``, ``table()``, ``text()``.

    Raises
    ------
    ValueError
        If a value is out of its range, cells are more than memory holds, or a measure or the engine is not known.
    ReplicationError
        If one could not be lived.
    KeyboardInterrupt
        If interrupted before any replication was finished; later the finished ones are returned.

    Examples
    --------
    >>> import sim
    >>> lived = sim.replicate("base", replications=2, days=1)
    >>> estimate = lived.estimate("calls_per_problem")
    >>> estimate.low <= estimate.mean <= estimate.high
    True
    """
    asked = world_of(world)
    size = Size(numbers_of(replications), seed, engine, workers, given(progress))
    lived = with_days(asked, days)
    ids = some_of((lived,), measures) if parting is None else ids_of((lived,), measures)
    size = replace(size, ids=ids, parting=parting)
    if parting is not None:
        check_room(grid_of(lived, parting), len(size.numbers))
    try:
        (answer,) = together((lived,), size)
    except ReplicationError as failure:
        if failure.finished is not None:
            failure.finished = replace(failure.finished[0], asked=asked)
        raise
    return replace(answer, asked=asked)


def together(worlds: Sequence[World], size: Size, least: int = 1) -> tuple[Replications, ...]:
    """Let the same customers live through each of several worlds; one answer for each world.

    Parameters
    ----------
    least : int
        Replications that have to be finished for an interruption, or a failure, to leave something to keep.

    Raises
    ------
    KeyboardInterrupt, ReplicationError
        If fewer are finished; a failure's ``finished`` otherwise holds the answers so far.
    """
    return _together([(world,) for world in worlds], size, least)


def each_once(worlds: Sequence[World], size: Size, least: int = 1) -> tuple[Replications, ...]:
    """Do as `together` does, but live once what is lived alike: worlds that differ in how they judge, or in the price.

    A world with another population than the first has customers of its own, with the same luck.

    Raises
    ------
    KeyboardInterrupt, ReplicationError
        As `together`; what is finished is then in the order of the worlds, too.
    """
    groups: dict[Hashable, list[int]] = {}
    for at, world in enumerate(worlds):
        groups.setdefault(lived_as(world), []).append(at)
    order = np.argsort([at for group in groups.values() for at in group])
    try:
        made = _together([tuple(worlds[at] for at in group) for group in groups.values()], size, least)
    except ReplicationError as failure:
        if failure.finished is not None:
            failure.finished = tuple(failure.finished[at] for at in order)
        raise
    return tuple(made[at] for at in order)


def _together(groups: Sequence[tuple[World, ...]], size: Size, least: int) -> tuple[Replications, ...]:
    """Live the first world of each group, and judge it by all of the group."""
    began = time.perf_counter()
    finished: list[Lived] = []
    stopped: BaseException | None = None
    worlds, also = tuple(group[0] for group in groups), tuple(group[1:] for group in groups)
    days = sum(map(days_of, worlds)) * len(size.numbers)
    ready(*worlds, parted=size.parting is not None)
    with watched(days, size.progress) as done:
        tasks = (Task(worlds, size.seed, number, size.engine, size.ids, size.parting, also) for number in size.numbers)
        try:
            for lived in answers(tasks, hands_for(worlds, size.engine, size.workers, len(size.numbers)), done):
                finished.append(lived)
        except (KeyboardInterrupt, ReplicationError) as stop:
            stopped = stop
    if stopped is not None and len(finished) < least:
        raise stopped
    every = [world for group in groups for world in group]
    made = _gathered(every, finished, size, time.perf_counter() - began, stopped is not None)
    if isinstance(stopped, ReplicationError):
        stopped.finished = made
        raise stopped
    return made


def _gathered(
    worlds: Sequence[World], finished: list[Lived], size: Size, seconds: float, interrupted: bool
) -> tuple[Replications, ...]:
    finished = sorted(finished, key=lambda lived: lived.replication)
    numbers = tuple(lived.replication for lived in finished)
    return tuple(
        Replications(
            world,
            world,
            size.seed,
            numbers,
            finished[0].engine,
            seconds,
            {name: np.array([lived.totals[at][name] for lived in finished]) for name in finished[0].totals[at]},
            tuple(lived.drifts[at] for lived in finished),
            interrupted,
            _parted(world, size, numbers, [lived.cells[at] for lived in finished if lived.cells]),
        )
        for at, world in enumerate(worlds)
    )


def _parted(world: World, size: Size, numbers: tuple[int, ...], cells: Sequence[Array]) -> Intervals | None:
    return None if size.parting is None else Intervals(world, size.parting, numbers, np.stack(cells), size.seed)
