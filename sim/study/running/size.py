"""How a study is made, whatever its worlds: which replications, with what luck, by whom, for which measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.asked import LARGEST, nearest
from sim.bars import Progress, given
from sim.engines import ENGINES, Engine
from sim.measures import chosen, measures_of
from sim.measures.intervals.asked import Parting
from sim.quoting import short
from sim.reading import fits_in_memory, memory_needed
from sim.reading.mistakes import shown
from sim.units import DAY, SLOT
from sim.world import World

DEFAULT_REPLICATIONS = 10
MOST_REPLICATIONS = 2**24
MOST_DAYS = 36_500
MOST_WORKERS = 1024


@dataclass(frozen=True)
class Size:
    """What all functions that make studies have in common.

    Attributes
    ----------
    numbers : tuple of int
        The replications, counted from 0 (`numbers_of`).
    workers : int or None
        Threads (processes for SimPy) at work at once; None for one for each processor.
    ids : tuple of str or None
        The measures; None for all.
    parting : Parting or None
        The intervals that are asked for as well.

    Raises
    ------
    ValueError
        Naming the value that is out of its range, and what it may be.
    """

    numbers: tuple[int, ...]
    seed: int
    engine: Engine = "auto"
    workers: int | None = None
    progress: Progress | None = None
    ids: tuple[str, ...] | None = None
    parting: Parting | None = None

    def __post_init__(self) -> None:
        if not _is_whole(self.seed, 0, 2**64 - 1):
            raise ValueError(f"seed is {short(repr(self.seed))}: a whole number from 0 to 2**64 - 1 is needed")
        if self.engine not in ENGINES:
            raise ValueError(f'engine is "{self.engine}": {nearest(str(self.engine), ENGINES, "use one of")}')
        if self.workers is not None and not _is_whole(self.workers, 1, MOST_WORKERS):
            raise ValueError(f"workers is {self.workers!r}: a whole number from 1 to {MOST_WORKERS} is needed")
        given(self.progress)
        object.__setattr__(self, "seed", int(self.seed))


def numbers_of(replications: int | Iterable[int], least: int = 1) -> tuple[int, ...]:
    """Return which replications are asked for, by how many or by their numbers, from 0.

    Raises
    ------
    ValueError
        If they are fewer than the least, are no whole numbers, or one is there twice.
    """
    numbers = _numbered(replications)
    if len(numbers) < least:
        raise ValueError(f"replications is {len(numbers)}: {least} to {MOST_REPLICATIONS} are possible")
    return numbers


def _numbered(replications: object) -> tuple[int, ...]:
    if isinstance(replications, Iterable) and not isinstance(replications, (str, Mapping)):
        numbers = tuple(replications)
        if not all(_is_whole(number, 0, MOST_REPLICATIONS - 1) for number in numbers):
            raise ValueError(f"replications are counted from 0 to {MOST_REPLICATIONS - 1}, in whole numbers")
        if len(set(numbers)) < len(numbers):
            raise ValueError("replications holds a number twice: each is lived once")
        return tuple(map(int, numbers))
    if not isinstance(replications, (int, np.integer)) or not _is_whole(replications, 0, MOST_REPLICATIONS):
        raise ValueError(
            f"replications is {short(repr(replications))}: a whole number up to {MOST_REPLICATIONS} is needed"
        )
    return tuple(range(int(replications)))


def _is_whole(value: object, least: int, most: int) -> bool:
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool) and least <= int(value) <= most


def with_days(world: World, days: float | None) -> World:
    """Return the world with another horizon; warm-up and follow-up stay.

    Raises
    ------
    ValueError
        If the days are none, are not whole quarters of an hour, or make a history that memory cannot hold.
    """
    if days is None:
        return world
    if isinstance(days, bool) or not isinstance(days, (int, float, np.number)):
        raise ValueError(f"days is {days!r}: a number of days is needed")
    minutes = float(min(days, LARGEST)) * DAY
    if not 0 < minutes <= MOST_DAYS * DAY or minutes % SLOT:
        raise ValueError(
            f"days is {shown(days)}: more than 0, at most {MOST_DAYS}, in whole quarters of an hour (0.5, 7, 28)"
        )
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


def some_of(worlds: Sequence[World], measures: Iterable[str] | None) -> tuple[str, ...] | None:
    """Return the ids asked for as `ids_of` does, where a study without any would have nothing to tell.

    Raises
    ------
    ValueError
        If none of the worlds knows an id, or none is asked for.
    """
    ids = ids_of(worlds, measures)
    if ids == ():
        raise ValueError("measures is empty: name one at least, or None for all")
    return ids
