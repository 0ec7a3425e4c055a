"""`sweep`: a world at the points of a design, kept in a folder, gone on with where it was."""

from __future__ import annotations

from argparse import Namespace
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.asked import one_of
from sim.cli.codes import DONE, FAILED, INTERRUPTED, MISTAKE
from sim.cli.outputs import File, Refused, complain, progressing, say, text_file, writable, written
from sim.study.running.size import ids_of
from sim.study.sweeping.cluster import cluster
from sim.study.sweeping.hands import SweepError
from sim.study.sweeping.plan import Plan, read_plan
from sim.study.sweeping.store import MANIFEST
from sim.study.sweeping.sweep import open_sweep
from sim.study.sweeping.sweep import sweep as swept_over
from sim.study.sweeping.swept import Sweep

_OF_A_PLAN = ("out", "replications", "seed", "days", "measures", "engine", "workers", "cluster")


def sweep(options: Namespace) -> int:
    """Live through a design, or read a folder in which one is kept; write the tables asked for, print the points."""
    files = (("--csv", options.csv), ("--wide", options.wide), ("--json", options.json), ("--figure", options.figure))
    writable(files, read=[("the design", options.design)])
    if options.figure_measure is not None and options.figure is None:
        raise Refused("--figure-measure goes with --figure FILE")
    if (Path(options.design) / MANIFEST).is_file():
        return _told(_opened(options), options)
    plan = _asked(read_plan(options.design), options)
    try:
        return _told(_lived(plan, options), options)
    except SweepError as gave_up:
        complain(str(gave_up))
        if plan.out is not None:
            complain(f"what was finished stands in {plan.out}: the same command goes on from there")
        if gave_up.finished is not None:
            _told(gave_up.finished, options)
        return FAILED


def _opened(options: Namespace) -> Sweep:
    """Read a folder; what is asked of a sweep that is still to be lived has no place there."""
    given = [f"--{name}" for name in _OF_A_PLAN if getattr(options, name) not in (None, "auto")]
    if given:
        raise Refused(f"{', '.join(given)} goes with the file of a design, and {options.design} is a sweep's folder")
    made = open_sweep(options.design)
    _measured(made.measures, options)
    return made


def _asked(plan: Plan, options: Namespace) -> Plan:
    """Return the plan with what the command line says otherwise."""
    said: dict[str, Any] = {}
    for name in ("replications", "seed", "days"):
        if getattr(options, name) is not None:
            said[name] = getattr(options, name)
    if options.out is not None:
        said["out"] = Path(options.out)
    if options.measures is not None:
        said["measures"] = ids_of((plan.base,), [name.strip() for name in options.measures.split(",")])
    plan = replace(plan, **said)
    if plan.measures is not None:
        _measured(plan.measures, options)
    return plan


def _measured(measures: tuple[str, ...], options: Namespace) -> None:
    if options.figure_measure is not None:
        one_of("--figure-measure", options.figure_measure, measures)


def _lived(plan: Plan, options: Namespace) -> Sweep:
    with ExitStack() as held:
        executor = None
        if options.cluster is not None:
            executor = held.enter_context(cluster(options.cluster))
            if not executor.ncores():
                complain(f"the scheduler at {options.cluster} has no workers yet: the sweep waits for them")
        progress = held.enter_context(progressing(options, "sweep", plan.base))
        return swept_over(
            plan.base,
            plan.design,
            measures=plan.measures,
            replications=plan.replications,
            seed=plan.seed,
            days=plan.days,
            out=plan.out,
            engine=options.engine,
            workers=options.workers,
            executor=executor,
            progress=progress,
        )


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
