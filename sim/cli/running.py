"""`run`: one world, several times."""

from __future__ import annotations

from argparse import Namespace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sim.bars import Progress
from sim.cli.demands import loaded, size
from sim.cli.intervals import dated, maps_of, parting_of, tables_of
from sim.cli.outputs import File, Refused, writable
from sim.cli.telling import lived_and_told
from sim.cli.until import until
from sim.data.forms import QUEUE_LOG
from sim.reading import digest
from sim.study.running.replicate import replicate
from sim.study.running.replications import Replications
from sim.study.stopping.until import replicate_until

if TYPE_CHECKING:
    from sim.history.rows import History

_FILES = ("json", "csv", "trace", "log", "intervals", "heat_map")


def run(options: Namespace) -> int:
    """Live through one world several times, write the files asked for, print its measures."""
    (world,) = loaded(options.world)
    files = {name: getattr(options, name) for name in _FILES}
    writable(((f"--{name.replace('_', '-')}", path) for name, path in files.items()), (options.world,))
    if options.log is None and options.log_form:
        raise Refused("--log-form says how --log FILE is written: name the file")
    if options.first_monday is not None and not (options.log or options.intervals):
        raise Refused("--first-monday dates what --log FILE or --intervals FILE says: name the file")
    parting = parting_of(world, options)
    dated(world, options)
    enough = until(options)
    if enough is not None and parting is not None:
        raise Refused("--until and intervals: a table by intervals is of as many --replications as are asked for")

    def lived(progress: Progress | None) -> Replications:
        if enough is not None:
            return replicate_until(world, progress=progress, **enough)
        return replicate(world, progress=progress, parting=parting, **size(options))

    return lived_and_told(
        options, (world,), lived, lambda study: _later(study, options), lambda study: tables_of(study, options)
    )


def _later(lived: Replications, options: Namespace) -> list[File]:
    """Return what is drawn, and what is written of the first replication: lived once more, and once for both."""

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

        write_log(history(), path, options.log_form or QUEUE_LOG, first_monday=dated(lived.world, options))

    return [*maps_of(lived, options), (options.trace, traced), (options.log, logged)]
