"""`staff`: the least-cost staff of a world that meets targets, beside what formulas give."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from sim.cli.calibrating import may_be_written
from sim.cli.codes import DONE, FAILED, INTERRUPTED, MISTAKE
from sim.cli.demands import loaded
from sim.cli.intervals import length_of
from sim.cli.outputs import Refused, complain, progressing, say, text_file, writable, written
from sim.study.running.tasks import ReplicationError
from sim.study.staffing.plan import StaffPlan
from sim.study.staffing.staff import DEFAULT_REPLICATIONS, prepared

OURS = "# Staffed for"
"""How a file begins that this command has written: it may be written over."""


def staff(options: Namespace) -> int:
    """Seek a staff, write the world that has it, print it."""
    (world,) = loaded(options.world)
    files = (("--write", options.write), ("--json", options.json), ("--csv", options.csv), ("--figure", options.figure))
    shifts = options.shifts if options.shifts != "usual" else None
    writable(files, (options.world,), (("the file of shifts", shifts),), worlds=("--write",))
    may_be_written("--write", options.write, OURS, "staff")
    least, most = _by_team("--least", options.least), _by_team("--most", options.most)
    ahead = prepared(
        world,
        options.target,
        by=options.by,
        every=length_of(options.every),
        teams=None if options.teams is None else [name.strip() for name in options.teams.split(",")],
        alike=options.alike,
        hours=options.hours,
        least=1 if least is None else least,
        most=most,
        shifts=options.shifts,
        sure=options.sure,
        replications=options.replications or DEFAULT_REPLICATIONS,
        check=options.check,
        seed=options.seed,
        days=options.days,
        budget=options.budget,
        engine=options.engine,
        workers=options.workers,
    )
    try:
        with progressing(options, "staff", ahead.pattern.world, parted=True) as progress:
            made = ahead.made(progress)
    except ReplicationError as error:
        complain(str(error))
        return FAILED
    good = written(_files(made, options)[:3], quiet=options.quiet)
    good = say(made.text(definitions=options.definitions)) and good
    good = written(_files(made, options)[3:], quiet=options.quiet) and good
    if made.interrupted:
        return INTERRUPTED
    return DONE if good else MISTAKE


def _files(made: StaffPlan, options: Namespace) -> list[Any]:
    return [
        (options.write, lambda path: text_file(made.to_toml(extends=options.world, at=path))(path)),
        (options.json, lambda path: text_file(made.to_json())(path)),
        (options.csv, lambda path: text_file(made.table().to_csv(index=False))(path)),
        (options.figure, lambda path: _drawn(made, path)),
    ]


def _drawn(made: StaffPlan, path: Path) -> None:
    from sim.figures import save
    from sim.figures.staffing import staff_figure

    save(staff_figure(made), path)


def _by_team(option: str, given: list[str] | None) -> Any:
    """Read a bound for all teams, or for one: ``3``, ``front=3``."""
    if given is None:
        return None
    found: dict[str, int] = {}
    wrong = []
    for one in given:
        team, equals, number = one.rpartition("=")
        if not (number.strip().isdecimal() and number.isascii() and len(number.strip()) <= 9):
            wrong.append(f"{option} {one!r:.60}: write a number of agents, or TEAM=NUMBER")
        elif not equals and len(given) == 1:
            return int(number)
        elif not equals:
            wrong.append(f"{option} {one!r:.60} is of all teams, and others are named: write TEAM=NUMBER for each")
        else:
            found[team.strip()] = int(number)
    if wrong:
        raise Refused("\n".join(wrong))
    return found
