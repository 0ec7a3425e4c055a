"""Memory: what one replication takes, what the machine has, and worlds that are too large for it."""

from __future__ import annotations

import os
from collections.abc import Iterator

from sim.reading.mistakes import Finding
from sim.units import DAY, duration
from sim.world import Horizon, World
from sim.world.population import Population

ROWS_A_PROBLEM = 100
"""Rows of history that a problem leaves in a bad world: eight calls of a dozen."""
BYTES_A_ROW = 200
"""What a row takes, all its copies told, while a history is made and measured."""
BYTES_A_PROBLEM = 400
"""What a problem takes as long as its journey goes on, and no rows are kept."""
BYTES_A_MEMORY = 1
"""What is left of it afterwards: its part of the sums of its page."""
LONG = 30 * DAY
"""Journeys that last longer are few (min), unless the follow-up is longer, which is there to see them end."""


def memory_needed(world: World, *, kept: bool) -> float:
    """Return about how many bytes one replication takes: with its history ``kept``, or with its sums alone.

    Without its history, customers are there while their journeys go on.
    """
    if kept:
        return _problems(world.time.end, world.population) * ROWS_A_PROBLEM * BYTES_A_ROW
    return _with_sums_alone(world.time, world.population)


def _with_sums_alone(time: Horizon, population: Population) -> float:
    at_once = min(time.end, max(time.follow_up, LONG))
    return _problems(at_once, population) * BYTES_A_PROBLEM + _problems(time.end, population) * BYTES_A_MEMORY


def _problems(minutes: float, population: Population) -> float:
    return population.problems_per_day * minutes / DAY


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


def too_large(time: Horizon, population: Population) -> Iterator[Finding]:
    """Yield what is wrong where one replication does not fit into memory."""
    room, needed = memory_of_the_machine(), _with_sums_alone(time, population)
    if room is not None and needed > room:
        problem = (
            f"is {duration(time.horizon)}: one replication would take about {needed / 1e9:,.1f} GB, "
            f"and this machine has {room / 1e9:,.1f} GB"
        )
        yield Finding(("time", "horizon"), problem, "shorten it, or lower population.problems_per_day")
