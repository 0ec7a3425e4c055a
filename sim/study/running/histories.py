"""The histories of a world's replications one after another, where each is looked at once and need not be kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.bars import Progress
from sim.engines import run
from sim.history.rows import History
from sim.people import populate
from sim.units import DAY
from sim.world import World


def histories(
    world: World, numbers: Sequence[int], *, seed: int = 1, progress: Progress | None = None
) -> Iterator[History]:
    """Live through a world's replications, telling how many simulated days of all are done.

    Parameters
    ----------
    numbers : sequence of int
        Which replications, from 0.
    """
    whole = round(world.time.end / DAY)
    for at, number in enumerate(numbers):

        def tick(now: float, before: int = at * whole) -> None:
            if progress is not None:
                progress(before + round(now / DAY), len(numbers) * whole)

        yield run(world, populate(world, seed=seed, replication=number), tick=tick)
