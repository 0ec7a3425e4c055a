"""One day of both worlds as it is watched: who is where from when to when, and how many, minute by minute."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.engines import run
from sim.measures.watching import Watched, watch
from sim.people import populate
from sim.reading import World
from sim.ui.comparing.work import compiled
from sim.ui.jobs.job import Job
from sim.ui.state.speech import later
from sim.units import DAY

QUEUE, AGENT = "queue", "agent"
"""Where a customer is, as `sim.measures.watching.WHERE` calls it."""


class Staffed(NamedTuple):
    """A team at one moment: its name, its agents who are busy, and those on duty."""

    team: str
    busy: int
    on_duty: int


@dataclass(frozen=True)
class Day:
    """One day of one world.

    Attributes
    ----------
    start : float
        Midnight (min from Monday 00:00 of the first week).
    waiting, serving : array, shape (1440,)
        Customers in all queues, and with an agent, when each minute begins.
    busy, on_duty : array, shape (1440, teams)
        Agents of each team who are busy, and on duty.
    stays : DataFrame
        Every stay that reaches into the day: ``customer``, ``where``, ``place``, ``agent``, ``since``, ``until``.
    """

    world: World
    start: float
    waiting: npt.NDArray[np.int64]
    serving: npt.NDArray[np.int64]
    busy: npt.NDArray[np.int64]
    on_duty: npt.NDArray[np.int64]
    stays: pd.DataFrame

    def at(self, minute: float) -> pd.DataFrame:
        """Return who is in a queue or with an agent at a minute of the day, those there longest first."""
        now = self.start + minute
        there = self.stays[(self.stays["since"] <= now) & (self.stays["until"] > now)]
        return there.assign(minutes=now - there["since"]).sort_values("since", kind="stable")

    def teams_at(self, minute: int) -> list[Staffed]:
        """Return each team's agents at a minute of the day; teams with nobody are left out."""
        each = zip(self.world.teams, self.busy[minute], self.on_duty[minute], strict=True)
        return [Staffed(name, int(busy), int(there)) for name, busy, there in each if busy or there]

    def opens(self) -> tuple[int, int]:
        """Return the first and the last minute of the day at which anybody is on duty, waits or is served."""
        alive = np.flatnonzero((self.on_duty.sum(axis=1) > 0) | (self.waiting > 0) | (self.serving > 0))
        return (int(alive[0]), int(alive[-1])) if len(alive) else (0, int(DAY) - 1)


def live_day(worlds: tuple[World, World], seed: int, day: int, job: Job) -> tuple[Day, Day]:
    """Live the first replication of both worlds, and keep one day of it.

    Parameters
    ----------
    day : int
        Of the horizon, from 0.
    """
    compiled(job, *worlds)
    customers = populate(worlds[0], seed=seed)
    start = worlds[0].time.warm_up + day * DAY
    seen = []
    for at, world in enumerate(worlds):
        history = run(world, customers, tick=partial(_tick, job, at, world))
        seen.append(_day(watch(history, start, minutes=DAY, every=1.0), world, start))
    return seen[0], seen[1]


def _tick(job: Job, at: int, world: World, now: float) -> None:
    job.tell((at + now / world.time.end) / 2, later("a day in {world}").format(world=world.name))


def _day(seen: Watched, world: World, start: float) -> Day:
    stays = seen.frame()
    kept = stays[stays["where"].isin((QUEUE, AGENT))][["customer", "where", "place", "agent", "since", "until"]]
    waiting, serving = (np.asarray(one.sum(axis=1), np.int64) for one in (seen.waiting, seen.serving))
    return Day(world, start, waiting, serving, seen.busy, seen.on_duty, kept.reset_index(drop=True))
