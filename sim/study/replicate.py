"""Replications: the same study made anew with other luck, on several processors, and what becomes of it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.engines import ENGINES, Engine
from sim.measures import Drift, chosen, measures_of
from sim.measures.measure import Measure
from sim.scenario import World, fits_in_memory, memory_needed
from sim.study.estimate import UNDEFINED, Estimate, ratio
from sim.study.hands import answers, hands_for
from sim.study.progress import Progress, watched
from sim.study.ready import ready
from sim.study.tasks import Lived, ReplicationError, Task, days_of
from sim.units import DAY, SLOT

DEFAULT_REPLICATIONS = 10
MOST_REPLICATIONS = 2**24
MOST_DAYS = 36_500
Totals = npt.NDArray[np.float64]


@dataclass(frozen=True, repr=False)
class Replications:
    """One world lived several times.

    Attributes
    ----------
    numbers : tuple of int
        The replications that are finished, in order.
    totals : dict of arrays
        By measure, a row for each replication: numerator and denominator.
    interrupted : bool
        Whether others were asked for that are not finished.
    """

    world: World
    seed: int
    numbers: tuple[int, ...]
    engine: str
    seconds: float
    totals: dict[str, Totals]
    drifts: tuple[Drift, ...]
    interrupted: bool = False

    def __repr__(self) -> str:
        return f"<Replications of {self.world.name}: {len(self.numbers)}>"

    def text(self) -> str:
        """Return the measures as they are printed: 120 columns at most."""
        from sim.study.words import replications_text

        return replications_text(self)

    def measures(self) -> list[Measure]:
        """Return the measures that were asked for."""
        return chosen(measures_of(self.world), self.totals)

    def estimate(self, measure: str) -> Estimate:
        """Return one measure with its 95 % interval."""
        if measure not in self.totals:
            return UNDEFINED
        above, below = self.totals[measure].T
        return ratio(above, below)


def replicate(
    world: World,
    *,
    replications: int = DEFAULT_REPLICATIONS,
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
    check(replications, seed, engine, workers)
    world = with_days(world, days)
    return together((world,), range(replications), seed, engine, workers, progress, ids_of((world,), measures))[0]


def together(
    worlds: Sequence[World],
    numbers: Sequence[int],
    seed: int,
    engine: Engine,
    workers: int | None,
    progress: Progress | None,
    ids: tuple[str, ...] | None = None,
    least: int = 1,
) -> tuple[Replications, ...]:
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
    days = sum(map(days_of, worlds)) * len(numbers)
    ready()
    with watched(days, progress) as done:
        tasks = (Task(tuple(worlds), seed, number, engine, ids) for number in numbers)
        try:
            for lived in answers(tasks, hands_for(worlds, engine, workers, len(numbers)), done):
                finished.append(lived)
        except (KeyboardInterrupt, ReplicationError) as stop:
            stopped = stop
    if stopped is not None and len(finished) < least:
        raise stopped
    made = _gathered(worlds, finished, seed, time.perf_counter() - began, stopped is not None)
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


def check(replications: int, seed: int, engine: str, workers: int | None, least: int = 1) -> None:
    """Refuse values out of their range.

    Raises
    ------
    ValueError
        Naming the value and what it may be.
    """
    if not least <= replications <= MOST_REPLICATIONS:
        raise ValueError(f"replications is {replications}: {least} to {MOST_REPLICATIONS} are possible")
    if not 0 <= seed < 2**64:
        raise ValueError(f"seed is {seed}: a whole number from 0 to 2**64 - 1 is needed")
    if engine not in ENGINES:
        raise ValueError(f'engine is "{engine}": use one of {", ".join(ENGINES)}')
    if workers is not None and workers < 1:
        raise ValueError(f"workers is {workers}: at least one is needed")


def with_days(world: World, days: float | None) -> World:
    """Return the world with another horizon; warm-up and follow-up stay.

    Raises
    ------
    ValueError
        If the days are none, are not whole half-hours, or make a history that memory cannot hold.
    """
    if days is None:
        return world
    minutes = days * DAY
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
