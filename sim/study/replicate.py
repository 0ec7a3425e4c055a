"""Replications: the same study made anew with other luck, on several processors, and what becomes of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.asked import nearest
from sim.engines import ENGINES, Engine
from sim.measures import chosen, measures_of
from sim.scenario import World, fits_in_memory, memory_needed, world_of
from sim.study.hands import answers, hands_for
from sim.study.progress import Progress, watched
from sim.study.ready import ready
from sim.study.replications import Replications
from sim.study.tasks import Lived, ReplicationError, Task, days_of
from sim.units import DAY, SLOT

if TYPE_CHECKING:
    pass

DEFAULT_REPLICATIONS = 10
MOST_REPLICATIONS = 2**24
MOST_DAYS = 36_500
MOST_WORKERS = 1024


def replicate(
    world: World | str | Path,
    *,
    replications: int | Iterable[int] = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Progress | None = None,
    measures: Iterable[str] | None = None,
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
    progress : optional
        Told simulated days done and to do; see `sim.study.progress.bar`.
    measures : iterable of str, optional
        Which measures; all by default.

    Raises
    ------
    ValueError
        If a value is out of its range, or a measure or the engine is not known.
    ReplicationError
        If one could not be lived.
    KeyboardInterrupt
        If interrupted before any replication was finished; later the finished ones are returned.
    """
    asked = world_of(world)
    size = size_of(replications, seed, engine, workers, progress)
    lived = with_days(asked, days)
    size = replace(size, ids=ids_of((lived,), measures))
    try:
        (answer,) = together((lived,), size)
    except ReplicationError as failure:
        if failure.finished is not None:
            failure.finished = replace(failure.finished[0], asked=asked)
        raise
    return replace(answer, asked=asked)


@dataclass(frozen=True)
class Size:
    """How a study is made, whatever its worlds: which replications, with what luck, by whom.

    Attributes
    ----------
    ids : tuple of str or None
        The measures; None for all.
    """

    numbers: tuple[int, ...]
    seed: int
    engine: Engine = "auto"
    workers: int | None = None
    progress: Progress | None = None
    ids: tuple[str, ...] | None = None


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
    began = time.perf_counter()
    finished: list[Lived] = []
    stopped: BaseException | None = None
    days = sum(map(days_of, worlds)) * len(size.numbers)
    ready(*worlds)
    with watched(days, size.progress) as done:
        tasks = (Task(tuple(worlds), size.seed, number, size.engine, size.ids) for number in size.numbers)
        try:
            for lived in answers(tasks, hands_for(worlds, size.engine, size.workers, len(size.numbers)), done):
                finished.append(lived)
        except (KeyboardInterrupt, ReplicationError) as stop:
            stopped = stop
    if stopped is not None and len(finished) < least:
        raise stopped
    made = _gathered(worlds, finished, size.seed, time.perf_counter() - began, stopped is not None)
    if isinstance(stopped, ReplicationError):
        stopped.finished = made
        raise stopped
    return made


def _gathered(
    worlds: Sequence[World], finished: list[Lived], seed: int, seconds: float, interrupted: bool
) -> tuple[Replications, ...]:
    finished = sorted(finished, key=lambda lived: lived.replication)
    numbers = tuple(lived.replication for lived in finished)
    return tuple(
        Replications(
            world,
            world,
            seed,
            numbers,
            finished[0].engine,
            seconds,
            {name: np.array([lived.totals[at][name] for lived in finished]) for name in finished[0].totals[at]},
            tuple(lived.drifts[at] for lived in finished),
            interrupted,
        )
        for at, world in enumerate(worlds)
    )


def size_of(
    replications: int | Iterable[int],
    seed: int,
    engine: Engine,
    workers: int | None,
    progress: Progress | None,
    least: int = 1,
) -> Size:
    """Return how a study is made, in plain numbers; refuse values out of their range.

    Raises
    ------
    ValueError
        Naming the value and what it may be.
    """
    numbers = _numbered(replications)
    if len(numbers) < least:
        raise ValueError(f"replications is {len(numbers)}: {least} to {MOST_REPLICATIONS} are possible")
    if not _is_whole(seed, 0, 2**64 - 1):
        raise ValueError(f"seed is {seed!r}: a whole number from 0 to 2**64 - 1 is needed")
    if engine not in ENGINES:
        raise ValueError(f'engine is "{engine}": {nearest(str(engine), ENGINES, "use one of")}')
    if workers is not None and not _is_whole(workers, 1, MOST_WORKERS):
        raise ValueError(f"workers is {workers!r}: a whole number from 1 to {MOST_WORKERS} is needed")
    if progress is not None and not callable(progress):
        raise ValueError(f"progress is {progress!r}: a function of days done and days to do is needed, or None")
    return Size(numbers, int(seed), engine, None if workers is None else int(workers), progress)


def _numbered(replications: object) -> tuple[int, ...]:
    if isinstance(replications, Iterable) and not isinstance(replications, (str, Mapping)):
        numbers = tuple(replications)
        if not all(_is_whole(number, 0, MOST_REPLICATIONS - 1) for number in numbers):
            raise ValueError(f"replications are counted from 0 to {MOST_REPLICATIONS - 1}, in whole numbers")
        if len(set(numbers)) < len(numbers):
            raise ValueError("replications holds a number twice: each is lived once")
        return tuple(map(int, numbers))
    if not isinstance(replications, (int, np.integer)) or not _is_whole(replications, 0, MOST_REPLICATIONS):
        raise ValueError(f"replications is {replications!r}: a whole number up to {MOST_REPLICATIONS} is needed")
    return tuple(range(int(replications)))


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool) and least <= int(value) <= most


def with_days(world: World, days: float | None) -> World:
    """Return the world with another horizon; warm-up and follow-up stay.

    Raises
    ------
    ValueError
        If the days are none, are not whole half-hours, or make a history that memory cannot hold.
    """
    if days is None:
        return world
    if isinstance(days, bool) or not isinstance(days, (int, float, np.number)):
        raise ValueError(f"days is {days!r}: a number of days is needed")
    minutes = float(days) * DAY
    if not 0 < minutes <= MOST_DAYS * DAY or minutes % SLOT:
        raise ValueError(f"days is {days:g}: more than 0, at most {MOST_DAYS}, in whole half-hours (0.5, 7, 28)")
    changed = world.model_copy(update={"time": world.time.model_copy(update={"horizon": minutes})})
    if not fits_in_memory(changed):
        raise ValueError(
            f"days is {days:g}: one replication of {world.name} would take about "
            f"{memory_needed(changed, kept=False) / 1e9:,.1f} GB, more than this machine has"
        )
    return changed


def ids_of(worlds: Sequence[World], measures: Iterable[str] | None) -> tuple[str, ...] | None:
    """Return the ids asked for; None for all.

    Raises
    ------
    ValueError
        If none of the worlds knows an id.
    """
    if measures is None:
        return None
    known = {name: measure for world in worlds for name, measure in measures_of(world).items()}
    return tuple(dict.fromkeys(measure.id for measure in chosen(known, measures)))
