"""Large runs: whether a problem costs the same in them, what memory they take, and a national operator's load."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from bench.engines import SEED, everything
from bench.lines import Line, Size, Target, Told
from bench.stopwatch import Way, interleaved, process
from bench.worlds import NATIONAL, crowded, m2, m2_days
from sim.engines import run
from sim.history.rows import Event, History
from sim.measures import measured
from sim.people import populate
from sim.people.crowd import Coming
from sim.reading import load
from sim.reading.memory import BYTES_A_MEMORY
from sim.units import DAY
from sim.world import World

_A_DAY = 5000
"""Problems of an M2 day."""
_MORNING = 1 / 12
"""Days in which the first thousand problems of an M2 day appear, about."""
_YEAR, _REPLICATIONS = 365, 100


def scale(size: Size, told: Told) -> Iterator[Line | str]:
    """Compare what a problem costs in short and in long runs, of M2 and of the crowded days."""
    crowd = crowded(1)
    usual = [m2_days(days) for days in _lengths(size.problems, _MORNING)]
    yield from _flat("M2", usual, Target(1.3), size, _half(told, 0))
    crowds = [crowded(days) for days in _lengths(size.problems, 1)]
    yield from _flat("crowded", crowds, Target(1.5), size, _half(told, 1))
    queue = longest_queue(run(crowd, populate(crowd, seed=SEED)))
    yield f"  up to {queue:,} wait at once on the first of the crowded days"


def _half(told: Told, before: int) -> Told:
    return lambda share: told((before + share) / 2)


def _lengths(problems: int, shortest: float) -> list[float]:
    """Return days of runs, each some ten times as long as the one before."""
    longest = problems / _A_DAY
    tens = [2.0 * 10**power for power in range(8) if 2.0 * 10**power <= longest]
    return [shortest, *tens]


def _flat(name: str, worlds: list[World], wanted: Target, size: Size, told: Told) -> Iterator[Line | str]:
    made = [measured(world, Coming.to(world, seed=SEED)).totals for world in worlds]
    problems = [totals.journeys.problems for totals in made]
    ways = {
        f"{many:,.0f}": Way(_first(everything(world, "compiled")), times=max(1, int(problems[-1] / many / 4)))
        for many, world in zip(problems, worlds, strict=True)
    }
    seconds = interleaved(ways, size.long_rounds, told)
    each = [[took / many for took in its] for its, many in zip(seconds.values(), problems, strict=True)]
    apart = [max(turn) / min(turn) for turn in zip(*each, strict=True)]
    yield Line(f"{name}: a problem, dearest length over cheapest", "times", apart, wanted)
    for its, many, totals in zip(each, problems, made, strict=True):
        calls = totals.calls.dialled / many
        yield Line(f"  each of {many:,.0f} problems, of {calls:.2f} calls", "us", [1e6 * took for took in its])


def _first(work: Callable[[int], object]) -> Callable[[int], object]:
    """Return what lives the same customers in every round."""
    return lambda _: work(0)


def longest_queue(history: History) -> int:
    """Return how many have waited at once, at most."""
    rows = history.rows
    queued = np.flatnonzero(rows["event"] == Event.QUEUED)
    began, ended = rows["time"][queued], rows["time"][queued + 1]
    times = np.concatenate([began, ended])
    change = np.concatenate([np.ones(len(began), int), -np.ones(len(ended), int)])
    return int(np.cumsum(change[np.lexsort((change, times))]).max())


def memory(size: Size, told: Told) -> Iterator[Line | str]:
    """Measure the most memory that a process holds which lives many problems in one run."""
    life = Lived.of("m2", size.problems / _A_DAY)
    told(1.0)
    yield Line(f"memory of {life.problems:,} problems in one run", "MiB", [life.peak_mib], Target(1024))
    yield Line("  of it, before the first of them: imports and code", "MiB", [life.imports_mib])
    yield Line("  a problem", "bytes", [life.bytes_each])


@dataclass(frozen=True)
class Lived:
    """A run that another process has lived.

    Attributes
    ----------
    late_seconds : float
        Processor time for the days after the first ones.
    """

    late_seconds: float
    imports_mib: float
    peak_mib: float
    problems: int
    calls: float

    @staticmethod
    def of(name: str, days: float, after: float = 0.0) -> Lived:
        """Let another process live so many days of a world of `bench.worlds.LASTING`."""
        return Lived(**json.loads(process("-m", "bench.child", name, str(days), str(after))))

    @property
    def bytes_each(self) -> float:
        """Bytes that a problem takes."""
        return (self.peak_mib - self.imports_mib) * 2**20 / self.problems


def operator(size: Size, told: Told) -> Iterator[Line | str]:
    """Work out what a year of a national operator takes, from days of it that are lived."""
    after, days = size.slices
    worlds: Mapping[str, World] = {"m2": m2(), "double_peine": load("double_peine")}
    yield f"{NATIONAL:,} problems a day, {_YEAR} days counted, {_REPLICATIONS} replications: extrapolated from"
    yield f"  the processor's time from day {after:g} to day {days:g} of one run (the days before fill the queues)"
    for done, (name, world) in enumerate(worlds.items()):
        life = Lived.of(f"national {name}", days, after)
        told((done + 1) / len(worlds))
        yield from _year(name, world, life, days - after)
        if after * DAY < world.time.warm_up:
            yield f"  too early: {name} warms up for {world.time.warm_up / DAY:g} days, and costs more once it has"


def _year(name: str, world: World, life: Lived, days: float) -> Iterator[Line | str]:
    a_day = life.late_seconds / days
    run_days = _YEAR + (world.time.end - world.time.horizon) / DAY
    hours = _REPLICATIONS * run_days * a_day / 3600
    gib = life.peak_mib / 1024 + BYTES_A_MEMORY * (run_days * NATIONAL - life.problems) / 2**30
    yield Line(f"{name}: a day of a run", "s", [a_day])
    yield Line("  a problem", "us", [1e6 * a_day / NATIONAL])
    yield Line("  calls a problem, all days lived", "calls", [life.calls / life.problems])
    yield Line(f"  one replication ({run_days:.0f} days)", "min", [run_days * a_day / 60])
    yield Line("  all replications, one core", "h", [hours])
    yield Line("  memory of one replication", "GiB", [gib], Target(2))
    there = machine_memory()
    if there is not None:
        at_once = min(os.cpu_count() or 1, int(there // gib))
        fits = f"{at_once} at once: {hours / at_once:.3g} h" if at_once else "none at once"
        yield f"  this machine's memory holds {fits}"


def machine_memory() -> float | None:
    """Return the memory of this machine (GiB); None where the system does not say."""
    try:
        return float(os.sysconf("SC_PHYS_PAGES")) * os.sysconf("SC_PAGE_SIZE") / 2**30
    except (AttributeError, ValueError, OSError):
        return None
