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
    NothingToWrite,
    Refused,
    complain,
    progressing,
    say,
    text_file,
    writable,
    written,
)
from sim.scenario import Mistake, World, WorldError, digest, load
from sim.study.equal import SERVICE
from sim.study.progress import Progress
from sim.study.tasks import ReplicationError

if TYPE_CHECKING:
    from sim.study.compare import Comparison
    from sim.study.replicate import Replications
    from sim.study.side_by_side import SideBySide

QUICK = {"replications": 4, "days": 7.0}
USUAL = {"replications": 10, "days": None}


def compare(options: Namespace) -> int:
    """Compare two worlds, print the comparison, write the files asked for and the figure."""
    names = _pair(options)
    if options.service_measure is not None and options.equal not in ("both", "service"):
        raise Refused("--service-measure goes with --equal both and --equal service")
    first, second = _loaded(*names)
    figure = options.figure or _figure_of(first, second, options)
    writable((("--json", options.json), ("--csv", options.csv), ("--figure", figure)), names)
    failed = False
    try:
        with progressing(options, "compare") as progress:
            study = _compared(first, second, options, progress)
    except ReplicationError as error:
        complain(str(error))
        if error.finished is None:
            return FAILED
        failed, study = True, error.finished
    good = _told(study, options, figure)
    return _code(failed, study.interrupted and not failed, good)


def _compared(first: World, second: World, options: Namespace, progress: Progress | None) -> Comparison | SideBySide:
    from sim.study.compare import compare
    from sim.study.side_by_side import side_by_side

    service = options.service_measure or SERVICE
    if options.equal == "both":
        return side_by_side(first, second, service_measure=service, progress=progress, **_size(options))
    return compare(first, second, equal=options.equal, service_measure=service, progress=progress, **_size(options))


def run(options: Namespace) -> int:
    """Live through one world several times, print its measures, write the files asked for."""
    from sim.study.replicate import replicate

    (world,) = _loaded(options.world)
    writable((("--json", options.json), ("--csv", options.csv), ("--trace", options.trace)), (options.world,))
    failed = False
    try:
        with progressing(options, "run") as progress:
            lived = replicate(world, progress=progress, **_size(options))
    except ReplicationError as error:
        complain(str(error))
        if error.finished is None:
            return FAILED
        failed, (lived,) = True, error.finished
    good = _told_of_one(lived, options)
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


def _told(study: Comparison | SideBySide, options: Namespace, figure: str) -> bool:
    from sim.study.side_by_side import SideBySide, comparisons_of
    from sim.study.tables import tidy

    if isinstance(study, SideBySide) and study.missing:
        complain(f"equal service is missing: {study.missing}")
    printed = say(study.text())

    def drawn(path: Path) -> None:
        import matplotlib

        matplotlib.use("agg")
        from sim.figures import forest, save
        from sim.figures.comparison import NothingToDrawError

        try:
            ax = forest(study)
        except NothingToDrawError as nothing:
            raise NothingToWrite(str(nothing)) from None
        save(ax, path)

    files: list[tuple[str | None, Callable[[Path], object]]] = [
        (options.json, text_file(study.to_json())),
        (options.csv, text_file(tidy(*comparisons_of(study)).to_csv(index=False))),
        (figure, drawn),
    ]
    return written(files, quiet=options.quiet) and printed


def _told_of_one(lived: Replications, options: Namespace) -> bool:
    from sim.study.tables import as_json, replications_tree, tidy_replications

    printed = say(lived.text())

    def traced(path: Path) -> None:
        from sim.engines import run
        from sim.population import populate

        customers = populate(lived.world, seed=lived.seed, replication=lived.numbers[0])
        run(lived.world, customers, engine=options.engine).to_parquet(path)

    files: list[tuple[str | None, Callable[[Path], object]]] = [
        (options.json, text_file(as_json(replications_tree(lived)))),
        (options.csv, text_file(tidy_replications(lived).to_csv(index=False))),
        (options.trace, traced),
    ]
    return written(files, quiet=options.quiet) and printed


def _code(failed: bool, interrupted: bool, good: bool) -> int:
    if failed:
        return FAILED
    if interrupted:
        return INTERRUPTED
    return 0 if good else MISTAKE


def _figure_of(first: World, second: World, options: Namespace) -> str:
    """Return where the figure goes by default: the name says what was made equal."""
    equal = "staff_and_service" if options.equal == "both" else options.equal
    measure = f"_{options.service_measure}" if options.service_measure else ""
    return (
        f"out/compare_{_plain(first.name)}_{_plain(second.name)}_equal_{equal}{_plain(measure) if measure else ''}.png"
    )


def _plain(name: str) -> str:
    """Leave of a world's name what any file system takes."""
    return re.sub(r"[^\w.-]+", "_", name).encode()[:60].decode(errors="ignore") or "world"


__all__ = ["check", "compare", "diff", "run"]
