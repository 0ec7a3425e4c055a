"""`run`: one world, several times."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from sim.cli.demands import loaded, size
from sim.cli.outputs import writable
from sim.cli.telling import lived_and_told
from sim.scenario import digest
from sim.study.progress import Progress
from sim.study.replicate import replicate
from sim.study.replications import Replications


def run(options: Namespace) -> int:
    """Live through one world several times, write the files asked for, print its measures."""
    (world,) = loaded(options.world)
    writable((("--json", options.json), ("--csv", options.csv), ("--trace", options.trace)), (options.world,))

    def lived(progress: Progress | None) -> Replications:
        return replicate(world, progress=progress, **size(options))

    return lived_and_told(options, (world,), lived, lambda study: [(options.trace, _traced(study, options))])


def _traced(lived: Replications, options: Namespace) -> Callable[[Path], object]:
    def traced(path: Path) -> None:
        from sim.engines import run
        from sim.population import populate

        customers = populate(lived.world, seed=lived.seed, replication=lived.numbers[0])
        run(lived.world, customers, engine=options.engine).to_parquet(path, digest=digest(lived.asked))

    return traced
