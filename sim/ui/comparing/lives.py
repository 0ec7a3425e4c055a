"""The work behind the views: one replication lived again for a customer, some for effort, all for the hours."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import pandas as pd

from sim.engines import run
from sim.figures import effort_table, strip_tables
from sim.figures.strip_tables import StripTables
from sim.history.rows import History
from sim.languages import Language
from sim.measures import Tables, tables
from sim.measures.customers import WHICH, Which, customers_table, interesting_customer
from sim.measures.intervals.asked import parting
from sim.people import populate
from sim.reading import World
from sim.report.lived.story import Story, tell
from sim.study.comparing.by_time_of_day import by_time_of_day
from sim.study.running.replicate import replicate
from sim.ui.comparing.work import compiled
from sim.ui.jobs.far import days_lived
from sim.ui.jobs.job import Job
from sim.ui.state.speech import later

Worlds = tuple[World, World]
MOST_LISTED = 400
"""Customers that are listed to choose from."""
EFFORTS = 3
"""Replications from which the spread of effort is drawn, with its band."""


@dataclass(frozen=True)
class Lives:
    """One customer in both worlds.

    Attributes
    ----------
    customer : int
        The place among the customers of the first replication.
    strip : StripTables
        What is drawn.
    story : Story
        What is told.
    others : DataFrame
        Customers to choose from: some of all that were measured, evenly by how much harder the first world was.
    """

    customer: int
    strip: StripTables
    story: Story
    others: pd.DataFrame


def live_customer(worlds: Worlds, seed: int, whose: str, language: Language, job: Job) -> Lives:
    """Live the first replication once more in both worlds, and keep of it what is told of one customer.

    Raises
    ------
    ValueError
        If there is no such customer, or no journey ended.
    """
    lives = _lived(worlds, seed, 0, job)
    known = tables(lives[0]), tables(lives[1])
    named: Which = next((name for name in WHICH if name == whose), "median")
    which: Which | int = int(whose) if whose.isdecimal() else named
    many = len(lives[0].customers)
    if isinstance(which, int) and which >= many:
        raise ValueError(later("customers have numbers from 0 to {n} here").format(n=many - 1))
    customer = interesting_customer(*known, which=which)
    job.tell(0.9, later("told in words"))
    return Lives(customer, strip_tables(lives, customer), tell(lives, customer, language), _others(known))


def live_effort(worlds: Worlds, seed: int, replications: int, job: Job) -> pd.DataFrame:
    """Live some replications once more, and return how effort is spread (`sim.figures.effort_table`)."""
    many = min(EFFORTS, replications)
    known: list[tuple[Tables, Tables]] = []
    for number in range(many):
        one, other = _lived(worlds, seed, number, job, of=many)
        known.append((tables(one), tables(other)))
    return effort_table([one for one, _ in known], [other for _, other in known])


def live_hours(worlds: Worlds, seed: int, replications: int, job: Job) -> pd.DataFrame:
    """Live all replications once more, parted by half-hour, and return a typical day of both worlds."""
    compiled(job, *worlds, parted=True)
    made = []
    for at, world in enumerate(worlds):
        lived = replicate(
            world,
            replications=replications,
            seed=seed,
            measures=(),
            parting=parting(world),
            progress=partial(_days, job, at),
        )
        assert lived.intervals is not None
        made.append(lived.intervals)
    return by_time_of_day(made[0], made[1])


def _days(job: Job, at: int, done: int, of: int) -> None:
    job.tell((at + done / max(of, 1)) / 2, days_lived(done, of))


def _lived(worlds: Worlds, seed: int, replication: int, job: Job, of: int = 1) -> tuple[History, History]:
    compiled(job, *worlds)
    customers = populate(worlds[0], seed=seed, replication=replication)

    def lived(at: int, world: World) -> History:
        def tick(now: float) -> None:
            part = (at + now / world.time.end) / 2
            job.tell((replication + 0.8 * part) / of, later("a customer's life in {world}").format(world=world.name))

        return run(world, customers, tick=tick)

    return lived(0, worlds[0]), lived(1, worlds[1])


def _others(known: tuple[Tables, Tables]) -> pd.DataFrame:
    everybody = customers_table(known)
    beyond = everybody["effort_1"] - everybody["effort_2"]
    ordered = everybody.loc[beyond.sort_values(ascending=False).index]
    step = max(1, len(ordered) // MOST_LISTED)
    return ordered.iloc[::step].reset_index(drop=True)
