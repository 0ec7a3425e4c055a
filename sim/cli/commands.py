"""What each command does."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli import FAILED, INTERRUPTED, MISTAKE
from sim.cli.checking import check
from sim.cli.outputs import (
    COMPARED,
    File,
    NothingToWrite,
    Refused,
    complain,
    progressing,
    say,
    writable,
)
from sim.cli.storing import merge, repeat
from sim.cli.telling import told
from sim.scenario import Mistake, World, WorldError, digest, load
from sim.study.equal import SERVICE
from sim.study.tasks import ReplicationError

if TYPE_CHECKING:
    from sim.study.comparison import Comparison
    from sim.study.replications import Replications

QUICK = {"replications": range(4), "days": 7.0}
USUAL = {"replications": range(10), "days": None}


def compare(options: Namespace) -> int:
    """Compare two worlds, write the files asked for, print the comparison, draw the figure."""
    from sim.study.compare import compare as compared
    from sim.study.what_if import WhatIf

    names = _pair(options)
    if options.service_measure is not None and options.equal not in ("all", "both", "service"):
        raise Refused("--service-measure goes with --equal all, both and service")
    first, second = _loaded(*names)
    what_if = WhatIf(
        *(options.load, options.price, options.cut, options.staff),
        *map(tuple, (options.set, options.set_first, options.set_second)),
    )
    first, second = what_if.worlds(first, second)
    figure = _figure(first, second, options)
    writable((("--json", options.json), ("--csv", options.csv), ("--figure", figure)), names)
    failed = False
    try:
        with progressing(options, "compare", first, second) as progress:
            study = compared(
                first,
                second,
                equal=options.equal,
                service_measure=options.service_measure or SERVICE,
                progress=progress,
                **_size(options),
            )
    except ReplicationError as error:
        complain(str(error))
        if error.finished is None:
            return FAILED
        failed, study = True, error.finished
    good = told(study, options, _drawing(study, figure))
    return _code(failed, study.interrupted and not failed, good)


def run(options: Namespace) -> int:
    """Live through one world several times, write the files asked for, print its measures."""
    from sim.study.replicate import replicate

    (world,) = _loaded(options.world)
    writable((("--json", options.json), ("--csv", options.csv), ("--trace", options.trace)), (options.world,))
    failed = False
    try:
        with progressing(options, "run", world) as progress:
            lived = replicate(world, progress=progress, **_size(options))
    except ReplicationError as error:
        complain(str(error))
        if error.finished is None:
            return FAILED
        failed, lived = True, error.finished
    good = told(lived, options, [(options.trace, _traced(lived, options))])
    return _code(failed, lived.interrupted and not failed, good)


def diff(options: Namespace) -> int:
    """Print on which keys two worlds differ."""
    from sim.cli.differing import differing

    first, second = _loaded(options.first, options.second)
    head = f"{first.name} ({digest(first)}) and {second.name} ({digest(second)})"
    return 0 if say(f"{head}\n\n{differing(first, second)}") else MISTAKE


def _pair(options: Namespace) -> tuple[str, str]:
    if options.first is None:
        return COMPARED
    if options.second is None:
        raise Refused(f"compare {options.first} with what? Name two worlds, or none for {' and '.join(COMPARED)}")
    return options.first, options.second


def _loaded(*names: str) -> list[World]:
    """Load worlds; the mistakes of all of them are told together."""
    worlds: list[World] = []
    mistakes: list[Mistake] = []
    for name in names:
        try:
            worlds.append(load(name))
        except WorldError as error:
            mistakes += error.mistakes
    if mistakes:
        raise WorldError(dict.fromkeys(mistakes))
    return worlds


def _size(options: Namespace) -> dict[str, Any]:
    usual = QUICK if options.quick else USUAL
    return {
        "replications": options.replications or usual["replications"],
        "days": options.days or usual["days"],
        "seed": options.seed,
        "engine": options.engine,
        "workers": options.workers,
    }


def _drawing(study: Comparison, figure: str | None) -> list[File]:
    def drawn(path: Path) -> None:
        from sim.figures import forest, save
        from sim.figures.comparison import NothingToDrawError

        try:
            ax = forest(study)
        except NothingToDrawError as nothing:
            raise NothingToWrite(str(nothing)) from None
        save(ax, path)

    return [(figure, drawn)]


def _traced(lived: Replications, options: Namespace) -> Callable[[Path], object]:
    def traced(path: Path) -> None:
        from sim.engines import run
        from sim.population import populate

        customers = populate(lived.world, seed=lived.seed, replication=lived.numbers[0])
        run(lived.world, customers, engine=options.engine).to_parquet(path, digest=digest(lived.asked))

    return traced


def _code(failed: bool, interrupted: bool, good: bool) -> int:
    if failed:
        return FAILED
    if interrupted:
        return INTERRUPTED
    return 0 if good else MISTAKE


def _figure(first: World, second: World, options: Namespace) -> str | None:
    """Return where the figure goes, by default under a name that says what was made equal; None for nowhere."""
    if options.figure == "none":
        return None
    if options.figure:
        return str(options.figure)
    measure = _plain(f"_{options.service_measure}") if options.service_measure else ""
    changed = "_what_if" if _turned(options) else ""
    equal = "" if options.equal == "all" else f"_equal_{options.equal.replace('both', 'staff_and_service')}"
    return f"out/compare_{_plain(first.name)}_{_plain(second.name)}{equal}{measure}{changed}.png"


def _turned(options: Namespace) -> bool:
    given = options.price, options.cut, *options.set, *options.set_first, *options.set_second
    return (options.load, options.staff) != (100, 100) or any(one is not None for one in given)


def _plain(name: str) -> str:
    """Leave of a world's name what any file system takes."""
    return re.sub(r"[^\w.-]+", "_", name).encode()[:60].decode(errors="ignore") or "world"


__all__ = ["check", "compare", "diff", "merge", "repeat", "run"]
