"""Replications: the same study made anew with other luck, on several processors, and what becomes of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.engines import ENGINES, Engine
from sim.measures import Drift, chosen, measures_of
from sim.measures.measure import Measure
from sim.scenario import World, fits_in_memory, memory_needed, world_of
from sim.scenario.mistakes import nearest
from sim.study.estimate import Estimate, ratio
from sim.study.hands import answers, hands_for
from sim.study.progress import Progress, watched
from sim.study.ready import ready
from sim.study.tasks import Lived, ReplicationError, Task, days_of
from sim.units import DAY, SLOT

if TYPE_CHECKING:
    import pandas as pd

DEFAULT_REPLICATIONS = 10
MOST_REPLICATIONS = 2**24
MOST_DAYS = 36_500
MOST_WORKERS = 1024
Totals = npt.NDArray[np.float64]


@dataclass(frozen=True, repr=False, eq=False)
class Replications:
    """One world lived several times.

    Attributes
    ----------
    world : World
        As it was lived, with the horizon and the staff it was given.
    asked : World
        As it was asked for.
    numbers : tuple of int
        The replications that are finished, in order, from 0.
    totals : dict of arrays
        By measure, a row for each replication: numerator and denominator.
    interrupted : bool
        Whether others were asked for that are not finished.
    """

    world: World
    asked: World
    seed: int
    numbers: tuple[int, ...]
    engine: str
    seconds: float
    totals: dict[str, Totals]
    drifts: tuple[Drift, ...]
    interrupted: bool = False

    def __repr__(self) -> str:
        return f"<Replications of {self.asked.name}: {len(self.numbers)}>"

    def measures(self) -> list[Measure]:
        """Return the measures that were asked for."""
        return chosen(measures_of(self.world), self.totals)

    def estimate(self, measure: str) -> Estimate:
        """Return one measure with its 95 % interval.

        Raises
        ------
        ValueError
            If it was not measured; the message names the nearest one that was.
        """
        known = measures_of(self.world)
        chosen({name: known[name] for name in self.totals}, [measure])
        above, below = self.totals[measure].T
        return ratio(above, below)

    def only(self, many: int) -> Replications:
        """Return the first so many of them."""
        totals = {name: rows[:many] for name, rows in self.totals.items()}
        return replace(self, numbers=self.numbers[:many], totals=totals, drifts=self.drifts[:many])

    def __add__(self, other: Replications) -> Replications:
        """Return the replications of both: 1 to 10 and 11 to 20 are 1 to 20.

        Raises
        ------
        ValueError
            If they are not of the same world and seed, or share a replication.
        """
        from sim.study.merging import merged_replications

        return merged_replications(self, other)

    def __eq__(self, other: object) -> bool:
        """Say whether the same world was lived with the same luck, to the bit, whoever did it and how fast."""
        return isinstance(other, Replications) and self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash((self.asked.name, self.seed, self.numbers))

    def _facts(self) -> tuple[Any, ...]:
        totals = {name: rows.tolist() for name, rows in self.totals.items()}
        return self.world, self.asked, self.seed, self.numbers, totals

    def table(self) -> pd.DataFrame:
        """Return the measures as a table, one row for each; undefined values are NaN."""
        from sim.study.tables import replications_table

        return replications_table(self)

    def to_json(self) -> str:
        """Return them as JSON, whole enough to be read, merged and made again; undefined values are null."""
        from sim.study.stored import as_json, replications_tree

        return as_json(replications_tree(self))

    def text(self, *, every: bool = True, definitions: bool = True) -> str:
        """Return the measures as they are printed: 120 columns at most.

        Parameters
        ----------
        every : bool
            All measures; without it the figures that matter alone.
        definitions : bool
            What every measure shown means.
        """
        from sim.study.words import replications_text

        return replications_text(self, every=every, definitions=definitions)

    def _repr_html_(self) -> str:
        from sim.study.words import replications_html

        return replications_html(self)


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
    numbers = check(replications, seed, engine, workers)
    lived = with_days(asked, days)
    size = Size(numbers, seed, engine, workers, progress, ids_of((lived,), measures))
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
    ready()
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


def check(
    replications: int | Iterable[int], seed: int, engine: str, workers: int | None, least: int = 1
) -> tuple[int, ...]:
    """Refuse values out of their range; return the numbers of the replications.

    Raises
    ------
    ValueError
        Naming the value and what it may be.
    """
    if isinstance(replications, Iterable) and not isinstance(replications, str):
        numbers = tuple(replications)
        if not all(_is_whole(number, 0, MOST_REPLICATIONS - 1) for number in numbers):
            raise ValueError(f"replications are counted from 0 to {MOST_REPLICATIONS - 1}, in whole numbers")
        if len(set(numbers)) < len(numbers):
            raise ValueError("replications holds a number twice: each is lived once")
    elif _is_whole(replications, 0, MOST_REPLICATIONS):
        numbers = tuple(range(int(replications)))
    else:
        raise ValueError(f"replications is {replications!r}: a whole number up to {MOST_REPLICATIONS} is needed")
    if len(numbers) < least:
        raise ValueError(f"replications is {len(numbers)}: {least} to {MOST_REPLICATIONS} are possible")
    if not _is_whole(seed, 0, 2**64 - 1):
        raise ValueError(f"seed is {seed!r}: a whole number from 0 to 2**64 - 1 is needed")
    if engine not in ENGINES:
        raise ValueError(f'engine is "{engine}": {nearest(str(engine), ENGINES, "use one of")}')
    if workers is not None and not _is_whole(workers, 1, MOST_WORKERS):
        raise ValueError(f"workers is {workers!r}: a whole number from 1 to {MOST_WORKERS} is needed")
    return numbers


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
