"""Memory: what one replication takes, what the machine has, and worlds that are too large for it."""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Iterator

from sim.luck.laws import quantile
from sim.machine.kernel.pages import IN_A_PAGE
from sim.reading.mistakes import Finding
from sim.units import DAY, duration
from sim.world import Horizon, Levers, Path, World
from sim.world.distributions import Distribution
from sim.world.population import Population

ROWS_A_PROBLEM = 100
"""Rows of history that a problem leaves in a bad world: eight calls of a dozen."""
BYTES_A_ROW = 200
"""What a row takes, all its copies told, while a history is made and measured."""
BYTES_A_PROBLEM = 400
"""What a problem takes while a journey of its page goes on, and no rows are kept: customer and account some 300, and
lives; 340 were measured of 100,000 problems a day in `double_peine`."""
BYTES_A_MEMORY = 1
"""What is left of it afterwards: its part of the sums of its page, which are some 500 bytes for a thousand."""
LONG = 30 * DAY
"""Journeys that last longer (min) are fewer than one of a page of customers, where no wait is as long as that."""
_ONE_OF_A_PAGE = 1.0 - 1.0 / IN_A_PAGE


def memory_needed(world: World, *, kept: bool) -> float:
    """Return about how many bytes one replication takes: with its history ``kept``, or with its sums alone.

    Without its history, a page of customers is there while a journey of one of them goes on: for a month and the
    follow-up, or to the end of the run where a wait of more than a month is not rarer than one in a page.
    """
    if kept:
        return problems_in(world.time.end, world.population) * ROWS_A_PROBLEM * BYTES_A_ROW
    return _with_sums_alone(world.time, world.population, world.levers, world.paths.values())


def _with_sums_alone(time: Horizon, population: Population, levers: Levers | None, paths: Iterable[Path]) -> float:
    long = any(quantile(law.numbers(), _ONE_OF_A_PAGE) > LONG for law in _waits(population, levers, paths))
    at_once = time.end if long else min(time.end, LONG + time.follow_up)
    return problems_in(at_once, population) * BYTES_A_PROBLEM + problems_in(time.end, population) * BYTES_A_MEMORY


def _waits(population: Population, levers: Levers | None, paths: Iterable[Path]) -> Iterator[Distribution]:
    """Yield the laws of what a journey waits for: an agent, another attempt, an answer, finding out."""
    again = population.again
    yield from (population.patience_of(*kind) for kind in population.kinds())
    yield from (
        again.after_blocked,
        again.after_abandoned,
        again.after_cut,
        again.after_dismissed,
        again.after_unsolved,
    )
    yield from (path.delay for path in paths)
    if levers is not None:
        yield levers.follow_through.discovery


def problems_in(minutes: float, population: Population) -> float:
    """Return about how many problems appear in so many minutes, special days at their most, and one shock at least."""
    days = population.special_days.values()
    special = sum(day.factor * population.problems_per_day if day.problems is None else day.problems for day in days)
    shocks = sum(
        math.ceil(shock.per_year * minutes / DAY / 365) * shock.size.mean_value()
        for shock in population.shocks.values()
    )
    return population.problems_per_day * (minutes / DAY + shocks) + special


def memory_of_the_machine() -> float | None:
    """Return the machine's memory in bytes; None where the system does not say."""
    # All of it rather than what is free at the moment: that changes, and counts caches as taken.
    try:
        return float(os.sysconf("SC_PHYS_PAGES")) * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return None


def fits_in_memory(world: World, available: float | None = None) -> bool:
    """Say whether one replication fits into memory, its history not kept.

    Parameters
    ----------
    available : float, optional
        Bytes; by default the memory of the machine.
    """
    room = memory_of_the_machine() if available is None else available
    return room is None or memory_needed(world, kept=False) <= room


def too_large(time: Horizon, population: Population, levers: Levers | None, paths: Iterable[Path]) -> Iterator[Finding]:
    """Yield what is wrong where one replication does not fit into memory."""
    room, needed = memory_of_the_machine(), _with_sums_alone(time, population, levers, paths)
    if room is not None and needed > room:
        problem = (
            f"is {duration(time.horizon)}: one replication would take about {needed / 1e9:,.1f} GB, "
            f"and this machine has {room / 1e9:,.1f} GB"
        )
        yield Finding(("time", "horizon"), problem, "shorten it, or lower population.problems_per_day")
