"""`compare`: the same customers in two worlds."""

from __future__ import annotations

import re
from argparse import Namespace
from pathlib import Path

from sim.bars import Progress
from sim.cli.demands import loaded, size
from sim.cli.outputs import COMPARED, File, NothingToWrite, Refused, writable
from sim.cli.reporting import asked_for, reports
from sim.cli.telling import lived_and_told
from sim.cli.until import until
from sim.study.comparing.compare import comparable
from sim.study.comparing.compare import compare as compared
from sim.study.comparing.comparison import Comparison
from sim.study.comparing.what_if import WhatIf
from sim.study.searching.equal import SERVICE
from sim.study.stopping.until import compare_until
from sim.world import World


def compare(options: Namespace) -> int:
    """Compare two worlds, write the files asked for, print the comparison, draw the figure."""
    names = _pair(options)
    measure = options.service_measure
    if measure is not None and options.equal not in ("all", "both", "service", "least_cost"):
        raise Refused("--service-measure goes with --equal all, both, service and least_cost")
    first, second = _what_if(options).worlds(*loaded(*names))
    comparable(first, second, options.days)
    figure = _figure(first, second, options)
    writable((("--json", options.json), ("--csv", options.csv), ("--figure", figure), *asked_for(options)), names)

    enough = until(options)

    def lived(progress: Progress | None) -> Comparison:
        how = {"equal": options.equal, "service_measure": measure or SERVICE, "progress": progress}
        if enough is not None:
            return compare_until(first, second, **enough, **how)
        return compared(first, second, **how, **size(options))

    def later(study: Comparison) -> list[File]:
        return [*_drawing(study, figure), *reports(options, study)]

    return lived_and_told(options, (first, second), lived, later)


def _what_if(options: Namespace) -> WhatIf:
    changes = map(tuple, (options.set, options.set_first, options.set_second))
    return WhatIf(options.load, options.price, options.cut, options.staff, *changes)


def _pair(options: Namespace) -> tuple[str, str]:
    if options.first is None:
        return COMPARED
    if options.second is None:
        raise Refused(f"compare {options.first} with what? Name two worlds, or none for {' and '.join(COMPARED)}")
    return options.first, options.second


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
