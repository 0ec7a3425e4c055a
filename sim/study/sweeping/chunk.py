"""One task of a sweep: some points, some replications, whoever does it and wherever.

What is answered depends on the chunk alone: its rows are the same from a thread, a process or another machine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.engines import Engine
from sim.study.changing.changed import changed
from sim.study.running.tasks import Stopped, Task, live
from sim.world import World

BASE = -1
"""The number of the world that all points are made of."""

Wanted = Callable[[], bool]
"""Says whether what is being done is still wanted."""


class OtherProgramError(RuntimeError):
    """A chunk that was handed to another version of the program than the one that cut it."""


@dataclass(frozen=True)
class Chunk:
    """Points and replications that are lived one after the other.

    Attributes
    ----------
    points : tuple of (int, mapping)
        The number of each in the design (`BASE` for the world itself), and its changes.
    numbers : tuple of int
        The replications.
    ids : tuple of str
        The measures.
    program : str
        The version that cut it: no other answers it.
    """

    base: World
    points: tuple[tuple[int, Mapping[str, Any]], ...]
    numbers: tuple[int, ...]
    seed: int
    engine: Engine
    ids: tuple[str, ...]
    program: str

    @property
    def runs(self) -> int:
        """How many worlds are lived through in it, one replication each."""
        return len(self.points) * len(self.numbers)


@dataclass(frozen=True, eq=False)
class Answer:
    """What a chunk comes to.

    Attributes
    ----------
    points, numbers : arrays of int, one a run
    totals : array, shape (runs, measures, 2)
        Numerators and denominators; NaN where a world has no such measure.
    failed : dict of int to str
        Points that could not be lived, and why.
    """

    points: npt.NDArray[np.int64]
    numbers: npt.NDArray[np.int64]
    totals: npt.NDArray[np.float64]
    failed: dict[int, str]


def answer(chunk: Chunk, wanted: Wanted | None = None) -> Answer:
    """Live through a chunk; what cannot be lived is told, and the others go on.

    Raises
    ------
    OtherProgramError
        If it was cut by another version of the program.
    Stopped
        If it is no longer wanted.
    """
    from sim import __version__

    if chunk.program != __version__:
        raise OtherProgramError(f"a worker has version {__version__} of the program, and was asked by {chunk.program}")
    rows: list[tuple[int, int, list[tuple[float, float]]]] = []
    failed: dict[int, str] = {}
    for point, changes in chunk.points:
        try:
            world = changed(chunk.base, changes) if changes else chunk.base
            rows += [(point, number, _totals(chunk, world, number, wanted)) for number in chunk.numbers]
        except Stopped:
            raise
        except Exception as wrong:  # whatever it is, it is this point's alone: the others go on
            failed[point] = str(wrong) or type(wrong).__name__
    totals = np.array([row[2] for row in rows], np.float64).reshape(len(rows), len(chunk.ids), 2)
    points, numbers = (np.array([row[at] for row in rows], np.int64) for at in (0, 1))
    return Answer(points, numbers, totals, failed)


def _totals(chunk: Chunk, world: World, number: int, wanted: Wanted | None) -> list[tuple[float, float]]:
    task = Task((world,), chunk.seed, number, chunk.engine, chunk.ids)
    (found,) = live(task, None if wanted is None else lambda _: _go_on(wanted)).totals
    return [found.get(name, (np.nan, np.nan)) for name in chunk.ids]


def _go_on(wanted: Wanted) -> None:
    if not wanted():
        raise Stopped
