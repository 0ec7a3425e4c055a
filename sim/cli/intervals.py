"""What is asked of `run` by intervals: a table, and a map of the week."""

from __future__ import annotations

import re
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

from sim.asked import one_of
from sim.cli.outputs import File, Refused, text_file
from sim.measures.intervals.asked import WHOLE, Parting
from sim.measures.intervals.columns import COLUMNS
from sim.moments import checked_monday
from sim.study.running.intervals import looked_at
from sim.study.running.parted import Intervals
from sim.study.running.replications import Replications
from sim.world import World

_BARE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?", re.ASCII)
_OF_INTERVALS = ("every", "by", "counted", "columns")


def first_monday_of(world: World, options: Namespace) -> date | str | None:
    """Return the date of the first Monday: the one asked for, or the world's own."""
    asked: str | None = options.first_monday
    return world.time.first_monday if asked is None else asked


def dated(world: World, options: Namespace) -> date | None:
    """Return the date of the first Monday, looked at; None where neither the world nor anybody has said it."""
    return checked_monday(first_monday_of(world, options))


def parting_of(world: World, options: Namespace) -> Parting | None:
    """Return the intervals that are asked for; what is wrong with them is told before the long work begins."""
    if options.intervals is None and options.heat_map is None:
        given = [f"--{name.replace('_', '-')}" for name in (*_OF_INTERVALS, "heat_measure") if getattr(options, name)]
        if given:
            raise Refused(f"{', '.join(given)} goes with --intervals FILE or --heat-map FILE")
        return None
    how: dict[str, Any] = {"every": length_of(options.every), "by": _listed(options.by) or ()}
    if options.counted is not None:
        how["counted"] = options.counted
    parting = looked_at(world, how, _listed(options.columns), first_monday_of(world, options))
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


def length_of(written: str | None) -> str | float:
    """Return how long intervals are to be; a bare number is minutes, as planners write it."""
    if written is None:
        return 30.0
    return float(written) if _BARE.fullmatch(written) else written


def _listed(written: str | None) -> list[str] | None:
    return None if written is None else [name.strip() for name in written.split(",")]


def _intervals_of(study: Replications) -> Intervals:
    if study.intervals is None:
        raise ValueError("no interval was asked for")
    return study.intervals


def _table(study: Replications, options: Namespace) -> str:
    return _intervals_of(study).csv(_listed(options.columns), first_monday_of(study.world, options))


def _drawn(study: Replications, options: Namespace, path: Path) -> None:
    from sim.figures import save
    from sim.figures.heat_map import heat_map

    save(heat_map(_intervals_of(study), options.heat_measure), path)


def tables_of(study: Replications, options: Namespace) -> list[File]:
    """Return what is written before anything is printed."""
    return [(options.intervals, lambda path: text_file(_table(study, options))(path))]


def maps_of(study: Replications, options: Namespace) -> list[File]:
    """Return what takes longer to draw."""
    return [(options.heat_map, lambda path: _drawn(study, options, path))]
