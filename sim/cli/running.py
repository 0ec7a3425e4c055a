"""`run`: one world, several times."""

from __future__ import annotations

from argparse import Namespace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.demands import loaded, size
from sim.cli.outputs import File, Refused, writable
from sim.cli.telling import lived_and_told
from sim.data.forms import QUEUE_LOG
from sim.reading import digest
from sim.study.running.progress import Progress
from sim.study.running.replicate import replicate
from sim.study.running.replications import Replications

if TYPE_CHECKING:
    from sim.history.rows import History


def run(options: Namespace) -> int:
    """Live through one world several times, write the files asked for, print its measures."""
    (world,) = loaded(options.world)
    asked = ("--json", options.json), ("--csv", options.csv), ("--trace", options.trace), ("--log", options.log)
    writable(asked, (options.world,))
    if options.log is None and (options.log_form or options.first_monday):
        raise Refused("--log-form and --first-monday say how --log FILE is written: name the file")

    def lived(progress: Progress | None) -> Replications:
        return replicate(world, progress=progress, **size(options))

    return lived_and_told(options, (world,), lived, lambda study: _files(study, options))


def _files(lived: Replications, options: Namespace) -> list[File]:
    """Return what is written of the first replication, which is lived once more, and once for both."""

    @cache
    def history() -> History:
        from sim.engines import run
        from sim.people import populate

        customers = populate(lived.world, seed=lived.seed, replication=lived.numbers[0])
        return run(lived.world, customers, engine=options.engine)

    def traced(path: Path) -> None:
        history().to_parquet(path, digest=digest(lived.asked))

    def logged(path: Path) -> None:
        from sim.data.writing import write_log

        write_log(history(), path, options.log_form or QUEUE_LOG, first_monday=options.first_monday)

    return [(options.trace, traced), (options.log, logged)]
