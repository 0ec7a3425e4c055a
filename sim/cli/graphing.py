"""`graph`: what followed what in a world's journeys."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sim.cli.codes import DONE, MISTAKE
from sim.cli.demands import loaded
from sim.cli.outputs import NothingToWrite, progressing, say, text_file, writable, written
from sim.report.graph import graph_text
from sim.study.observing.graph import JourneyGraph, journey_graph
from sim.study.running.histories import histories
from sim.study.running.size import numbers_of, with_days


def graph(options: Namespace) -> int:
    """Live through a world, print what followed what, write and draw it."""
    writable((("--csv", options.csv), ("--figure", options.figure)), [options.world])
    (world,) = (with_days(one, options.days) for one in loaded(options.world))
    numbers = numbers_of(options.replications)
    with progressing(options, "graph", world) as progress:
        made = journey_graph(histories(world, numbers, seed=options.seed, progress=progress), options.of)
    files = [
        (options.csv, lambda path: text_file(made.table().to_csv(index=False))(path)),
        (options.figure, lambda path: _draw(made, path)),
    ]
    good = written(files, quiet=options.quiet)
    return DONE if say(graph_text(made)) and good else MISTAKE


def _draw(made: JourneyGraph, path: Path) -> None:
    from sim.figures import journey_graph_figure, save

    if not made.steps:
        raise NothingToWrite("no step was taken in these journeys")
    save(journey_graph_figure(made), path)
