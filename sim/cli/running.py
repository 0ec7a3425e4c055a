"""`run`: one world, several times."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.asked import one_of
from sim.cli.demands import loaded, size
from sim.cli.outputs import File, Refused, text_file, writable
from sim.cli.telling import lived_and_told
from sim.measures.intervals.asked import WHOLE, Parting
from sim.measures.intervals.columns import COLUMNS
from sim.reading import digest
from sim.study.running.intervals import looked_at
from sim.study.running.parted import Intervals
from sim.study.running.progress import Progress
from sim.study.running.replicate import replicate
from sim.study.running.replications import Replications
from sim.world import World

_OF_INTERVALS = ("every", "by", "counted", "columns", "first_monday")


def run(options: Namespace) -> int:
    """Live through one world several times, write the files asked for, print its measures."""
    (world,) = loaded(options.world)
    files = {name: getattr(options, name) for name in ("json", "csv", "trace", "intervals", "heat_map")}
    writable(((f"--{name.replace('_', '-')}", path) for name, path in files.items()), (options.world,))
    parting = _parting(world, options)

    def lived(progress: Progress | None) -> Replications:
        return replicate(world, progress=progress, parting=parting, **size(options))

    return lived_and_told(
        options,
        (world,),
        lived,
        lambda study: _later(study, options),
        lambda study: [(options.intervals, lambda path: text_file(_table(study, options))(path))],
    )


def _later(study: Replications, options: Namespace) -> list[File]:
    """Return what is written when the measures are printed."""
    return [
        (options.heat_map, lambda path: _drawn(study, options, path)),
        (options.trace, _traced(study, options)),
    ]


def _parting(world: World, options: Namespace) -> Parting | None:
    """Return the intervals that are asked for; what is wrong with them is told before the long work begins."""
    if options.intervals is None and options.heat_map is None:
        given = [f"--{name.replace('_', '-')}" for name in (*_OF_INTERVALS, "heat_measure") if getattr(options, name)]
        if given:
            raise Refused(f"{', '.join(given)} goes with --intervals FILE or --heat-map FILE")
        return None
    how: dict[str, Any] = {"every": _length(options.every), "by": _listed(options.by) or ()}
    if options.counted is not None:
        how["counted"] = options.counted
    parting = looked_at(world, how, _listed(options.columns), options.first_monday)
    if options.heat_measure is not None and options.heat_map is None:
        raise Refused("--heat-measure goes with --heat-map FILE")
    if options.heat_map is not None:
        _can_be_drawn(parting, options.heat_measure)
    return parting


def _can_be_drawn(parting: Parting, measure: str | None) -> None:
    """Refuse a map that could not be drawn when the work is done."""
    if parting.every == WHOLE:
        raise Refused("--heat-map needs intervals of a day at most, and --every is whole")
    if measure is not None:
        one_of("--heat-measure", measure, [column.id for column in COLUMNS.values() if column.summed])


def _length(written: str | None) -> str | float:
    """Return how long intervals are to be; a bare number is minutes, as planners write it."""
    if written is None:
        return 30.0
    return float(written) if written.isascii() and written.isdigit() and len(written) <= 9 else written


def _listed(written: str | None) -> list[str] | None:
    return None if written is None else [name.strip() for name in written.split(",")]


def _intervals_of(study: Replications) -> Intervals:
    if study.intervals is None:
        raise ValueError("no interval was asked for")
    return study.intervals


def _table(study: Replications, options: Namespace) -> str:
    return _intervals_of(study).csv(_listed(options.columns), options.first_monday)


def _drawn(study: Replications, options: Namespace, path: Path) -> None:
    from sim.figures import save
    from sim.figures.heat_map import heat_map

    save(heat_map(_intervals_of(study), options.heat_measure), path)


def _traced(lived: Replications, options: Namespace) -> Callable[[Path], object]:
    def traced(path: Path) -> None:
        from sim.engines import run
        from sim.people import populate

        customers = populate(lived.world, seed=lived.seed, replication=lived.numbers[0])
        run(lived.world, customers, engine=options.engine).to_parquet(path, digest=digest(lived.asked))

    return traced
