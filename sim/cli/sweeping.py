"""`sweep`: a world at the points of a design, kept in a folder, gone on with where it was."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sim.asked import one_of
from sim.cli.codes import DONE, FAILED, INTERRUPTED, MISTAKE
from sim.cli.designs import asked, is_kept, lived, opened
from sim.cli.outputs import File, Refused, complain, say, text_file, writable, written
from sim.study.sweeping.hands import SweepError
from sim.study.sweeping.plan import read_plan
from sim.study.sweeping.swept import Sweep


def sweep(options: Namespace) -> int:
    """Live through a design, or read a folder in which one is kept; write the tables asked for, print the points."""
    files = (("--csv", options.csv), ("--wide", options.wide), ("--json", options.json), ("--figure", options.figure))
    writable(files, read=[("the design", options.design)])
    if options.figure_measure is not None and options.figure is None:
        raise Refused("--figure-measure goes with --figure FILE")
    if is_kept(options.design):
        made = opened(options)
        _measured(made.measures, options)
        return _told(made, options)
    plan = asked(read_plan(options.design), options)
    if plan.measures is not None:
        _measured(plan.measures, options)
    try:
        return _told(lived(plan, options), options)
    except SweepError as gave_up:
        complain(str(gave_up))
        if plan.out is not None:
            complain(f"what was finished stands in {plan.out}: the same command goes on from there")
        if gave_up.finished is not None:
            _told(gave_up.finished, options)
        return FAILED


def _measured(measures: tuple[str, ...], options: Namespace) -> None:
    if options.figure_measure is not None:
        one_of("--figure-measure", options.figure_measure, measures)


def _told(made: Sweep, options: Namespace) -> int:
    def drawn(path: Path) -> None:
        from sim.figures import save, sweep_figure

        save(sweep_figure(made, options.figure_measure), path)

    first: list[File] = [
        (options.csv, lambda path: text_file(made.table().to_csv(index=False))(path)),
        (options.wide, lambda path: text_file(made.wide().to_csv(index=False))(path)),
        (options.json, lambda path: text_file(made.to_json())(path)),
    ]
    good = written(first, quiet=options.quiet)
    good = say(made.text(every=options.all, definitions=options.definitions)) and good
    good = written([(options.figure, drawn)], quiet=options.quiet) and good
    if made.interrupted:
        return INTERRUPTED
    return DONE if good else MISTAKE
