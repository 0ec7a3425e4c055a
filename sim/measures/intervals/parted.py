"""The fold that follows rows into cells as well."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from sim.machine.kernel.memory import address_of, grown
from sim.machine.kernel.pages import Pages
from sim.measures.accounts.fold import Fold
from sim.measures.intervals.asked import Parting
from sim.measures.intervals.cells import (
    CELL,
    CHANGE,
    COARSE,
    OF_STAFF,
    PART,
    QUEUE,
    WAITS,
    Array,
    Grid,
    grid_of,
    parted,
)
from sim.measures.intervals.following import count_queues, follow_into_cells
from sim.measures.rules.histogram import middle_of
from sim.measures.rules.schedule import absent_between, eur_per_hour, schedule_between
from sim.people import Customers
from sim.people.crowd import Crowd
from sim.units import HOUR
from sim.world import Team, World

Floats = npt.NDArray[np.float64]

_ROWS = 65_536
"""Rows followed at a time: each can change two queues."""
_SHARES = (0.5, 0.9, 0.95)
_AT_ONCE = 512
"""Cells whose percentiles are read at once: two megabytes."""


class PartedFold(Fold):
    """One world's rows being followed, and what they add to cells.

    Attributes
    ----------
    grid : Grid
        The cells.
    """

    def __init__(self, world: World, customers: Customers | Crowd, asked: Parting) -> None:
        super().__init__(world, customers)
        self.asked, self.grid = asked, grid_of(world, asked)
        self.cells, self.waits = np.zeros(self.grid.cells, CELL), np.zeros(self.grid.cells, WAITS)
        self.parts = Pages(PART, self._crowd.most)
        self._queues, self._changes = np.zeros(self.grid.combinations, QUEUE), np.zeros(0, CHANGE)
        self._parted, self._until = parted(world, asked, self.grid), -math.inf
        for name, table in (("cells", self.cells), ("waits", self.waits), ("queues", self._queues)):
            self._parted[name] = address_of(table)
        self._parted["parts"] = address_of(self.parts.addresses)

    def _knows_all(self) -> None:
        super()._knows_all()
        while self.parts.begun < self.accounts.begun:
            self.parts.begin()

    def _note(self, rows: Array) -> int:
        noted = 0
        while noted < len(rows):
            part = rows[noted : noted + _ROWS]
            self._has_room_for(2 * len(part))
            done = follow_into_cells(address_of(part), len(part), self._books_at, address_of(self._parted))
            noted += done
            if done < len(part):
                break
        return noted

    def _has_room_for(self, changes: int) -> None:
        wanted = int(self._parted["changes_made"][0]) + changes
        if wanted > len(self._changes):
            self._changes = grown(self._changes, 2 * wanted)
            self._parted["changes"] = address_of(self._changes)

    def _conclude(self, page: int) -> None:
        super()._conclude(page)
        self.parts.give_back(page)

    def reached(self, time: float) -> None:
        """Count how long queues got, as far as all that happened before a time (min) has been followed.

        Raises
        ------
        RuntimeError
            If something was followed that happened before an earlier such time.
        """
        changes = self._changes[: int(self._parted["changes_made"][0])]
        if len(changes) and changes["time"].min() < self._until:
            raise RuntimeError(f"a queue changed before {self._until} min after all that did was counted")
        past = changes["time"] < time
        known, left = changes[past], changes[~past]
        known = known[np.lexsort((known["by"], known["time"]))]
        count_queues(address_of(known), len(known), address_of(self._parted))
        self._changes[: len(left)] = left
        self._parted["changes_made"], self._until = len(left), time

    def read(self) -> Floats:
        """Return what the cells come to, when the run is over: a row each, by `sim.measures.intervals.cells.NAMES`."""
        self.totals()
        self.reached(math.inf)
        sums = self.cells.view(np.float64).reshape(self.grid.cells, -1)
        luck = self._crowd.seed, self._crowd.replication
        return np.column_stack([sums, of_staff(self.world, self.asked, self.grid, *luck), *self._percentiles()])

    def _percentiles(self) -> list[Floats]:
        found = np.full((len(_SHARES), self.grid.cells), math.nan)
        some = np.flatnonzero(self.cells["answered"])
        for cells in np.array_split(some, -(-len(some) // _AT_ONCE) or 1):
            upto = self.waits["counts"][cells].cumsum(axis=1)
            for at, share in enumerate(_SHARES):
                wanted = share * upto[:, -1:] * (1.0 - 1e-12)
                found[at, cells] = _MIDDLES[(upto < wanted).sum(axis=1)]
        return list(found)


def of_staff(world: World, asked: Parting, grid: Grid, seed: int, replication: int) -> Floats:
    """Return what is of the staff, by `sim.measures.intervals.cells.OF_STAFF`: of teams, or of all.

    Returns
    -------
    array, shape (cells, names)
        NaN where cells are parted otherwise.
    """
    if asked.by not in ((), ("team",)):
        return np.full((grid.cells, len(OF_STAFF)), math.nan)
    by_team = [
        _of_team(world, number, team, grid, seed, replication) for number, team in enumerate(world.teams.values())
    ]
    return np.concatenate([np.zeros_like(by_team[0]), *by_team]) if asked.by else np.sum(by_team, axis=0)


def _of_team(world: World, number: int, team: Team, grid: Grid, seed: int, replication: int) -> Floats:
    opened, edges = world.line.open_slots(), grid[:2]
    minutes, extra, premium = schedule_between(team, opened, *edges)
    paid = minutes + extra
    eur = paid / HOUR * eur_per_hour(world, team) + premium
    return np.column_stack([minutes, absent_between(team, number, opened, seed, replication, *edges), paid, eur])


def _middles() -> Floats:
    """Return what is read for each bucket of a cell: the geometric middle of its own, 0 in the first."""
    (many,) = WAITS["counts"].shape
    firsts = range(COARSE, COARSE * many, COARSE)
    return np.array([0.0, *(math.sqrt(middle_of(first) * middle_of(first + COARSE - 1)) for first in firsts)])


_MIDDLES = _middles()
