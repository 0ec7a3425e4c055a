"""Designs as the command line takes them: read, changed by what is typed, lived by whoever does the work."""

from __future__ import annotations

import tomllib
from argparse import Namespace
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.asked import Mistakes
from sim.cli.demands import QUICK, loaded
from sim.cli.outputs import Refused, complain, progressing
from sim.quoting import short
from sim.reading.mistakes import shown
from sim.study.changing.paths import CHANGE
from sim.study.changing.typed import typed
from sim.study.running.size import ids_of
from sim.study.sweeping.cluster import cluster
from sim.study.sweeping.design import Design
from sim.study.sweeping.plan import PLAN, Plan, read_plan
from sim.study.sweeping.store import MANIFEST
from sim.study.sweeping.sweep import folder_of, open_sweep
from sim.study.sweeping.sweep import sweep as swept_over
from sim.study.sweeping.swept import Sweep

_OF_A_PLAN = ("out", "replications", "seed", "days", "measures", "engine", "workers", "cluster", "quick")


def is_kept(name: str) -> bool:
    """Say whether a folder holds a sweep."""
    return (Path(name) / MANIFEST).is_file()


def opened(options: Namespace) -> Sweep:
    """Read a folder; what is asked of a sweep that is still to be lived has no place there."""
    given = [f"--{name}" for name in _OF_A_PLAN if getattr(options, name, None) not in (None, "auto", False)]
    if given:
        raise Refused(f"{', '.join(given)} goes with the file of a design, and {options.design} is a sweep's folder")
    return open_sweep(options.design)


def asked(plan: Plan, options: Namespace) -> Plan:
    """Return the plan with what the command line says otherwise."""
    said: dict[str, Any] = dict(QUICK) if getattr(options, "quick", False) else {}
    for name in ("replications", "seed", "days"):
        if getattr(options, name, None) is not None:
            said[name] = getattr(options, name)
    if getattr(options, "out", None) is not None:
        said["out"] = folder_of(options.out)
    if getattr(options, "measures", None) is not None:
        said["measures"] = ids_of((plan.base,), [name.strip() for name in options.measures.split(",")])
    return replace(plan, **said)


def plan_with_ranges(options: Namespace, wrong: Mistakes) -> Plan | None:
    """Return a plan with the ranges in which paths are moved: a world's, or a design's whose file has ranges.

    None where there is none; every mistake in the file, and every ``--vary`` that is none, is noted.
    """
    plan, ranges = None, _varied(options.vary, wrong)
    with wrong.noted():
        plan = read_plan(options.world) if _is_a_design(options.world) else _of_a_world(options.world)
        plan = asked(replace(plan, ranges={**(plan.ranges or {}), **ranges}), options)
    if plan is not None and not plan.ranges and not options.vary:
        wrong.said.append(
            "no path is to be moved: say --vary PATH=LOW:HIGH, such as teams.*.staff=x0.8:x1.2, or name the file of a "
            "design with ranges ([sobol] or [latin_hypercube])"
        )
    return plan


def _of_a_world(name: str) -> Plan:
    (world,) = loaded(name)
    return Plan(world, Design(({},)))


def _is_a_design(name: str) -> bool:
    """Say whether a file has a key ``base``, which no world has."""
    path = Path(name)
    try:
        if not path.is_file() or path.stat().st_size > PLAN.largest:
            return False
        return "base" in tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False  # whoever reads it as a world says what is wrong


def _varied(texts: list[str], wrong: Mistakes) -> dict[str, tuple[Any, Any]]:
    """Read ``PATH=LOW:HIGH``, several times; what is wrong with them is noted."""
    found: dict[str, tuple[Any, Any]] = {}
    for text in texts:
        change = CHANGE.fullmatch(text) if len(text) <= 1000 else None
        ends = [end.strip() for end in change[2].split(":")] if change else []
        if change is None or len(ends) != 2 or not all(ends):
            wrong.said.append(f"--vary {shown(text)}: write PATH=LOW:HIGH, such as teams.*.staff=x0.8:x1.2")
        elif change[1] in found:
            wrong.said.append(f"--vary {short(change[1])} is there twice: a path has one range")
        else:
            found[change[1]] = (typed(ends[0]), typed(ends[1]))
    return found


@contextmanager
def at_work(options: Namespace, plan: Plan) -> Iterator[dict[str, Any]]:
    """Give who does the work and who is told how far it is."""
    with ExitStack() as held:
        executor = None
        if options.cluster is not None:
            executor = held.enter_context(cluster(options.cluster))
            if not executor.ncores():
                complain(f"the scheduler at {options.cluster} has no workers yet: {options.command} waits for them")
        yield {"executor": executor, "progress": held.enter_context(progressing(options, options.command, plan.base))}


def lived(plan: Plan, options: Namespace) -> Sweep:
    """Live through a plan."""
    with at_work(options, plan) as work:
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
            **work,
        )
