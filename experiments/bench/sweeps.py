"""Sweeps: a thousand points of an M2 day, what keeping them costs, going on, memory, and a cluster beside threads.

``python -m bench.sweeps 100`` lives a sweep of so many points in a process of its own, and prints the most memory that
it held (MiB).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import sim
from bench.child import peak_mib
from bench.lines import Line, Size, Target, Told
from bench.stopwatch import Way, interleaved, process, ratios
from bench.worlds import m2
from sim.measures import measures_of
from sim.study.running.tasks import Task, live
from sim.study.sweeping.cluster import cluster

CORES = 2
POINTS, REPLICATIONS = 1000, 20
_FEW = 150
"""Points that are lived in several ways."""
_DOUBLE_PEINE = 6
"""Points of the larger world, which is reported beside."""
_RANGES: dict[str, tuple[Any, Any]] = {
    "teams.*.staff": ("x0.9", "x1.1"),
    "levers.time.cut_after": ("10 min", "30 min"),
    "population.patience": ("4 min", "12 min"),
}


def sweeps(size: Size, told: Told) -> Iterator[Line | str]:
    """Time a sweep of a thousand points, and measure what it takes beside the runs."""
    points = POINTS if size.whole else POINTS // 10
    sim.sweep(m2(), _design(2), replications=2, workers=CORES)  # so that all is warm
    with tempfile.TemporaryDirectory(prefix="speed-") as folder:
        out = Path(folder) / "all"
        seconds = _seconds(m2(), points, out)
        told(0.5)
        yield Line(f"{POINTS:,} points x {REPLICATIONS} of an M2 day", "s", [seconds * POINTS / points], Target(180))
        if points < POINTS:
            yield f"  ({points} points, taken times {POINTS / points:g})"
        began = time.perf_counter()
        sim.sweep(m2(), _design(points), replications=REPLICATIONS, out=out)
        yield Line("  gone on with when it is finished", "s", [time.perf_counter() - began], Target(2))
        yield from _beside(size, told, Path(folder))
    larger = _seconds(sim.load("double_peine"), _DOUBLE_PEINE, None) * POINTS / _DOUBLE_PEINE
    yield Line("  the same of double_peine, four weeks each", "s", [larger])
    yield f"  ({_DOUBLE_PEINE} points, taken times {POINTS / _DOUBLE_PEINE:.0f})"
    most = [float(process("-m", "bench.sweeps", str(many))) for many in (points // 10, points)]
    yield Line(f"memory of {points:,} points, of that of {points // 10}", "times", [most[1] / most[0]], Target(1.1))
    told(1.0)


def _beside(size: Size, told: Told, folder: Path) -> Iterator[Line | str]:
    """Time the same points as bare runs, as a sweep that is kept, and by two workers of a cluster."""
    worlds = [sim.changed(m2(), point) for point in _design(_FEW)]
    ids, names = tuple(measures_of(m2())), count()

    def bare(_: int) -> None:
        tasks = (Task((world,), 1, number, "auto", ids) for world in (m2(), *worlds) for number in range(REPLICATIONS))
        with ThreadPoolExecutor(CORES) as pool:
            list(pool.map(live, tasks))

    def kept(executor: Any = None) -> None:
        out = folder / str(next(names))
        sim.sweep(m2(), _design(_FEW), replications=REPLICATIONS, out=out, workers=CORES, executor=executor)

    with _cluster(folder) as address, cluster(address) as executor:
        executor.wait_for_workers(CORES)
        kept(executor)  # so that its workers are warm
        ways = {"bare": Way(bare), "kept": Way(lambda _: kept()), "cluster": Way(lambda _: kept(executor))}
        seconds = interleaved(ways, size.long_rounds, lambda share: told(0.5 + share / 4))
    over = [100 * (ratio - 1) for ratio in ratios(seconds["kept"], seconds["bare"])]
    yield Line("a sweep that is kept, over its bare runs", "%", over, Target(5))
    yield Line(
        "two workers of a cluster, against two threads",
        "times",
        ratios(seconds["cluster"], seconds["kept"]),
        Target(1.15),
    )


@contextmanager
def _cluster(folder: Path) -> Iterator[str]:
    """Give the address of a scheduler that has two workers, each a process of one thread."""
    address = str(folder / "scheduler.json")
    where = {**os.environ, "PYTHONPATH": str(Path(sim.__file__).parents[1])}
    scheduler = ["scheduler", "--port", "0", "--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", address]
    worker = ["worker", "--nthreads", "1", "--no-dashboard", "--no-nanny", "--scheduler-file", address]
    begun = [
        subprocess.Popen([sys.executable, "-m", "dask", *what], env=where, stderr=subprocess.DEVNULL, cwd=folder)
        for what in (scheduler, *[worker] * CORES)
    ]
    try:
        while not Path(address).exists():
            time.sleep(0.05)
        yield address
    finally:
        for one in begun:
            one.kill()
            one.wait()


def _design(points: int) -> sim.Design:
    return sim.sobol(_RANGES, points)


def _seconds(world: sim.World, points: int, out: Path | None) -> float:
    began = time.perf_counter()
    sim.sweep(world, _design(points), replications=REPLICATIONS, out=out, workers=CORES)
    return time.perf_counter() - began


def main(points: int) -> None:
    """Live a sweep of so many points, twice each, and print the most memory that this process held."""
    with tempfile.TemporaryDirectory(prefix="speed-") as folder:
        sim.sweep(m2(), _design(points), replications=2, out=folder, workers=CORES)
    print(peak_mib())


if __name__ == "__main__":
    main(int(sys.argv[1]))
