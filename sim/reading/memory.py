"""Memory: what one replication takes, what the machine has, and worlds that are too large for it."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator

from sim.luck.laws import quantile
from sim.machine.kernel.pages import IN_A_PAGE
from sim.reading.blocks import Blocks
from sim.reading.mistakes import Finding
from sim.units import DAY, duration
from sim.world import Case, Horizon, Message, World
from sim.world.distributions import Distribution
from sim.world.population import Population

ROWS_A_PROBLEM = 100
"""Rows of history that a problem leaves in a bad world: eight calls of a dozen."""
BYTES_A_ROW = 200
"""What a row takes, all its copies told, while a history is made and measured."""
BYTES_A_PROBLEM = 520
"""What a problem takes while a journey of its page goes on, and no rows are kept: customer and account some 400, and
lives; 340 were measured of 100,000 problems a day in `double_peine` when an account had 112 bytes less."""
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
    return _with_sums_alone(world.time, world.population, world)


def _with_sums_alone(time: Horizon, population: Population, of: World | Blocks) -> float:
    long = any(quantile(law.numbers(), _ONE_OF_A_PAGE) > LONG for law in _waits(population, of))
    at_once = time.end if long else min(time.end, LONG + time.follow_up)
    lives = 1 + bool(of.messages) + bool(of.cases)  # a message and a case go on beside the journey, and outlast it
    in_all = problems_in(time.end, population) * BYTES_A_MEMORY
    return problems_in(at_once, population) * BYTES_A_PROBLEM * lives + in_all


def _waits(population: Population, of: World | Blocks) -> Iterator[Distribution]:
    """Yield the laws of what a journey waits for: an agent, another attempt, an answer, a case, finding out."""
    again = population.again
    yield from (population.patience_of(*kind) for kind in population.kinds())
    yield from (
        again.after_blocked,
        again.after_abandoned,
        again.after_cut,
        again.after_dismissed,
        again.after_unsolved,
        again.after_unanswered,
    )
    yield from (path.delay for path in of.paths.values())
    yield from (law for message in of.messages.values() for law in _of_a_message(message))
    yield from (law for case in of.cases.values() for law in _of_a_case(case, asked=population.chasing is not None))
    if of.levers is not None:
        yield of.levers.follow_through.discovery


def _of_a_message(message: Message) -> Iterator[Distribution]:
    """Yield the laws of what the answer to a message is waited for; for ever where it is never answered."""
    yield message.lies
    if message.answered < 1.0:
        yield message.patience


def _of_a_case(case: Case, *, asked: bool) -> Iterator[Distribution]:
    """Yield the laws of what a case waits for, and the patience with one of which nobody knows."""
    for step in case.steps.values():
        yield from (step.takes, *step.takes_for.values())
        if step.visit is not None:
            yield from (step.visit.appointment, *step.visit.appointment_for.values())
    if case.registered < 1.0 and not asked:
        yield case.patience


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


def too_large(time: Horizon, blocks: Blocks) -> Iterator[Finding]:
    """Yield what is wrong where one replication does not fit into memory."""
    if blocks.population is None:
        return
    room, needed = memory_of_the_machine(), _with_sums_alone(time, blocks.population, blocks)
    if room is not None and needed > room:
        problem = (
            f"is {duration(time.horizon)}: one replication would take about {needed / 1e9:,.1f} GB, "
            f"and this machine has {room / 1e9:,.1f} GB"
        )
        yield Finding(("time", "horizon"), problem, "shorten it, or lower population.problems_per_day")
