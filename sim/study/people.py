"""Customers, kept while a study lives the same ones again and again: a search for staff does."""

from __future__ import annotations

import threading

from sim.population import Customers, populate
from sim.scenario import Population, World

_MOST = 2**26
"""Bytes kept: the customers of ten replications of some fifty thousand problems."""


class People:
    """The customers of one population, one stretch of time and one seed, as many replications as there is room for."""

    def __init__(self) -> None:
        self._of: tuple[Population, float, int] | None = None
        self._kept: dict[int, Customers] = {}
        self._turn = threading.Lock()

    def of(self, world: World, seed: int, replication: int) -> Customers:
        """Return what `sim.population.populate` makes.

        Raises
        ------
        ValueError
            As there.
        """
        asked = world.population, world.time.end, seed
        with self._turn:
            if self._of is None or self._of[0] is not asked[0] or self._of[1:] != asked[1:]:
                self._of, self._kept = asked, {}
            known, kept = self._kept.get(replication), self._kept
        if known is None:
            known = populate(world, seed=seed, replication=replication)
            if sum(one.rows.nbytes for one in kept.copy().values()) + known.rows.nbytes <= _MOST:
                kept[replication] = known
        return known


people = People()
