"""`breakeven`, `levers` and `weights`: where two worlds come to the same, and what separates them."""

from __future__ import annotations

import re
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sim.bars import Progress
from sim.cli.codes import DONE, FAILED, INTERRUPTED, MISTAKE
from sim.cli.demands import loaded, size
from sim.cli.outputs import COMPARED, Refused, complain, progressing, say, text_file, writable, written
from sim.report import as_json
from sim.study.breaking_even.break_even import MEASURE
from sim.study.breaking_even.break_even import break_even as broken_even
from sim.study.comparing.compare import comparable
from sim.study.comparing.what_if import WhatIf
from sim.study.decomposing.levers import levers as by_lever
from sim.study.decomposing.weights import effort_weights
from sim.study.running.tasks import ReplicationError
from sim.world import World

_NUMBER = re.compile(r"[+-]?([0-9]{1,20}(\.[0-9]*)?|\.[0-9]+)")


def breakeven(options: Namespace) -> int:
    """Find the value of a parameter at which two worlds come to the same, print it, draw it."""
    ends = options.low, options.high
    if (options.low is None) != (options.high is None):
        raise Refused("--from and --to go together: the bounds between which the value is looked for")
    between = None if options.low is None else tuple(map(_bound, ends))

    def live(first: World, second: World, progress: Progress | None) -> Any:
        how = {
            "vary": options.vary,
            "between": between,
            "measure": options.measure or MEASURE,
            "vary_in": options.vary_in,
        }
        return broken_even(first, second, progress=progress, **how, **size(options))

    def draw(study: Any, path: Path) -> None:
        from sim.figures import break_even_figure, save

        save(break_even_figure(study), path)

    return _told(options, live, draw)


def levers(options: Namespace) -> int:
    """Part what separates two worlds by lever, print it, draw it."""

    def live(first: World, second: World, progress: Progress | None) -> Any:
        how = {"equal": options.equal, "measures": options.measure, "demand_when_free": options.demand_when_free or 1.0}
        return by_lever(first, second, progress=progress, **how, **size(options))

    def draw(study: Any, path: Path) -> None:
        from sim.figures import lever_waterfall, save

        save(lever_waterfall(study)[0], path)

    return _told(options, live, draw)


def weights(options: Namespace) -> int:
    """Say which conclusions on effort hold for every weight."""

    def live(first: World, second: World, progress: Progress | None) -> Any:
        how = {"equal": options.equal, "by_lever": not options.worlds_alone}
        return effort_weights(first, second, progress=progress, **how, **size(options))

    return _told(options, live, None)


def _bound(text: str) -> float | str:
    """Read a bound: a number, or a text for what reads durations and factors."""
    return float(text) if _NUMBER.fullmatch(text.strip()) else text


def _told(
    options: Namespace,
    live: Callable[[World, World, Progress | None], Any],
    draw: Callable[[Any, Path], None] | None,
) -> int:
    """Make a study of two worlds, write what is quickly written, print it, draw the figure."""
    names = _pair(options)
    changes = WhatIf(both=tuple(options.set), first=tuple(options.set_first), second=tuple(options.set_second))
    first, second = changes.worlds(*loaded(*names))
    comparable(first, second, options.days)
    figure = getattr(options, "figure", None)
    writable((("--json", options.json), ("--csv", options.csv), ("--figure", figure)), names)
    try:
        with progressing(options, options.command, first, second) as progress:
            study = live(first, second, progress)
    except ReplicationError as error:
        complain(str(error))
        return FAILED
    index = options.command == "breakeven"
    files = [
        (options.json, lambda path: text_file(as_json(study, options.command_line))(path)),
        (options.csv, lambda path: text_file(study.table().to_csv(index=index))(path)),
    ]
    good = written(files, quiet=options.quiet)
    good = say(study.text(every=options.all, definitions=options.definitions)) and good
    if draw is not None:
        good = written([(figure, lambda path: draw(study, path))], quiet=options.quiet) and good
    if study.interrupted:
        return INTERRUPTED
    return DONE if good else MISTAKE


def _pair(options: Namespace) -> tuple[str, str]:
    if options.first is None:
        return COMPARED
    if options.second is None:
        raise Refused(
            f"{options.command} {options.first} and what? Name two worlds, or none for {' and '.join(COMPARED)}"
        )
    return options.first, options.second
