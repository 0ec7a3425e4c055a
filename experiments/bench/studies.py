"""Whole studies: many paired replications, and the README's command."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.lines import Line, Size, Target, Told
from bench.stopwatch import Way, interleaved, ratios, seconds_to_answer
from bench.worlds import m2, uncut
from sim.study.comparing.compare import compare

CORES = 2
PAIRS = 1000
_SHARE_BY_ONE = 5
"""A single thread does so much less of the study, to be waited for no longer."""


def paired(size: Size, told: Told) -> Iterator[Line | str]:
    """Time paired replications of an M2 day on two threads, and on one."""
    first, second = m2(), uncut()
    processor: list[float] = []

    def study(replications: int, workers: int) -> None:
        began = time.process_time()
        compare(first, second, replications=replications, equal="none", workers=workers)
        if workers == CORES:
            processor.append(PAIRS * (time.process_time() - began) / replications)

    few = max(2, size.replications // _SHARE_BY_ONE)
    compare(first, second, replications=2, equal="none", workers=CORES)  # so that both are as warm
    ways = {"both": Way(lambda _: study(size.replications, CORES)), "one": Way(lambda _: study(few, 1))}
    seconds = interleaved(ways, size.long_rounds, told)
    each = [took / size.replications for took in seconds["both"]]
    by_one = [took / few for took in seconds["one"]]
    thousand = [PAIRS * took for took in each]
    yield Line(f"{PAIRS:,} paired replications of an M2 day, two threads", "s", thousand, Target(8, 5))
    yield Line("  of it, processor time of both threads together", "s", processor)
    yield Line("  two threads against one", "times", ratios(by_one, each))
    yield Line("  M2 days a second, two threads", "days", [2 / took for took in each])
    if size.replications < PAIRS:
        yield f"  ({size.replications} replications, taken times {PAIRS / size.replications:g})"
    if (os.cpu_count() or 1) < CORES:
        yield f"  (this machine has {os.cpu_count()} core)"


def readme(size: Size, told: Told) -> Iterator[Line | str]:
    """Time the README's `compare` as a process of its own, everything compiled before: to its answer, and to its end.

    The figure is drawn while the answer is read.
    """
    asked = {"--quick": Target(3), **({"": Target(4)} if size.whole else {})}
    answers: dict[str, list[float]] = {option: [] for option in asked}
    with tempfile.TemporaryDirectory(prefix="speed-") as folder:
        command = ("-m", "sim", "compare", "--quiet", "--figure", str(Path(folder) / "figure.png"))

        def work(option: str, turn: int) -> None:
            answers[option].append(seconds_to_answer(*command, *option.split()))

        work("--quick", 0)  # what has to be compiled is, and files are in the system's memory
        answers["--quick"].clear()
        seconds = interleaved({option: Way(partial(work, option)) for option in asked}, size.long_rounds, told)
    for option, words in {
        "": "the README's compare, both ways of being equal",
        "--quick": "  the same, --quick",
    }.items():
        if option in asked:
            yield Line(words, "s", seconds[option])
            yield Line("  until it has answered, its figure still to be drawn", "s", answers[option], asked[option])
    if not size.whole:
        yield "  (the README's compare at its own size is left out here)"
