"""Luck for the SimPy telling: many uniforms at a time where most will be used, one block at a time elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sim import purposes
from sim.luck.keys import AGENTS_AT_MOST, LEGS, Kind, uniform, uniform_pairs

CHUNK = 4096
"""Customers whose luck is filled together, which costs about as much as a score of them one by one."""
ONE_BY_ONE = 8
"""Customers of a chunk served one by one at an occasion after the first, before the rest are filled together."""
TABLES_KEPT = 250
"""Filled tables kept (130 MB at most); one that is needed again is filled again."""


class Luck:
    """The luck of one replication: every number is `sim.luck.keys.uniform` of its six keys."""

    def __init__(self, seed: int, replication: int, numbers: npt.NDArray[np.int64]) -> None:
        self.seed, self.replication = seed, replication
        self.numbers = numbers
        self._filled: dict[tuple[int, int], npt.NDArray[np.float64]] = {}
        self._asked: dict[tuple[int, int], int] = {}

    def usual(self, customer: int, contact: int, leg: int) -> Mapping[int, float] | Sequence[float]:
        """Return the uniforms of a leg that nearly every customer needs, indexed by purpose (`sim.purposes`)."""
        chunk, place = customer // CHUNK, customer % CHUNK
        occasion = contact * LEGS + leg
        table = self._filled.get((occasion, chunk))
        if table is None:
            asked = self._asked.get((occasion, chunk), 0)
            if occasion and asked < ONE_BY_ONE:
                self._asked[occasion, chunk] = asked + 1
                return OneByOne(self, (customer, contact, leg))
            table = self._fill(occasion, chunk)
        uniforms: list[float] = table[place].tolist()
        return uniforms

    def one(self, customer: int, contact: int, leg: int, purpose: int) -> float:
        """Return one uniform of a leg."""
        number = int(self.numbers[customer])
        return uniform(self.seed, self.replication, Kind.CUSTOMER, number, purpose, contact * LEGS + leg)

    def agent(self, team: int, agent: int, purpose: int, occasion: int) -> float:
        """Return the uniform that decides something for an agent."""
        return uniform(self.seed, self.replication, Kind.AGENT, team * AGENTS_AT_MOST + agent, purpose, occasion)

    def _fill(self, occasion: int, chunk: int) -> npt.NDArray[np.float64]:
        if len(self._filled) >= TABLES_KEPT:
            del self._filled[next(iter(self._filled))]
        numbers = self.numbers[chunk * CHUNK : (chunk + 1) * CHUNK].astype(np.uint64)
        usual = purposes.USUAL_OF_A_LEG if occasion % LEGS else purposes.USUAL_OF_A_CALL
        table = uniform_pairs(self.seed, self.replication, Kind.CUSTOMER, numbers, usual // 2, occasion)
        self._filled[occasion, chunk] = table
        return table


class OneByOne(dict[int, float]):
    """The uniforms of one leg by purpose, each found when it is first asked for."""

    __slots__ = ("luck", "occasion")

    def __init__(self, luck: Luck, occasion: tuple[int, int, int]) -> None:
        self.luck, self.occasion = luck, occasion

    def __missing__(self, purpose: int) -> float:
        self[purpose] = found = self.luck.one(*self.occasion, purpose)
        return found
