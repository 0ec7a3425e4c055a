"""The first result of a new process: with everything to be compiled, and with nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.lines import Line, Size, Target, Told
from bench.stopwatch import seconds_of_process

_FIRST = ("-m", "bench.child", "first")
_EVERYTHING = ("../.ci/compile",)
_CACHED = 3


def all_code(size: Size, told: Told) -> Iterator[Line | str]:
    """Time a process that compiles what a world with every mechanism needs, and one that finds it on disk."""
    cold, cached = [], []
    for turn in range(size.long_rounds):
        with tempfile.TemporaryDirectory(prefix="speed-") as folder:
            cold.append(seconds_of_process(*_EVERYTHING, cache=Path(folder)))
            cached += [seconds_of_process(*_EVERYTHING, cache=Path(folder)) for _ in range(_CACHED)]
        told((turn + 1) / size.long_rounds)
    yield Line("every mechanism compiled anew", "s", cold, Target(40))
    yield Line("  the same, machine code read from disk", "s", cached, Target(1))


def first_call(size: Size, told: Told) -> Iterator[Line | str]:
    """Time the first measured day of a process, with an empty and with a filled folder of machine code."""
    cold, cached = [], []
    for turn in range(size.long_rounds):
        with tempfile.TemporaryDirectory(prefix="speed-") as folder:
            cold.append(seconds_of_process(*_FIRST, cache=Path(folder)))
            cached += [seconds_of_process(*_FIRST, cache=Path(folder)) for _ in range(_CACHED)]
        told((turn + 1) / size.long_rounds)
    yield Line("first result of a process, everything compiled anew", "s", cold, Target(15, 12))
    yield Line("  the same, machine code read from disk", "s", cached, Target(1, 0.7))
    imports = [
        seconds_of_process("-c", "import sim.measures, sim.people.crowd, sim.engines.compiled_engine") for _ in cached
    ]
    yield Line("  of it, importing alone", "s", imports)
