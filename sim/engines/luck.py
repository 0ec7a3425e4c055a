"""Luck for the SimPy telling: many uniforms at a time where most will be used, one block at a time elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from sim.chance import LEGS, PER_CONTACT, PER_LEG, Kind, Purpose, philox, uniform, uniform_pairs

CHUNK = 256
"""Customers whose luck is filled together."""
EARLY_CONTACTS = 12
"""Contacts that are filled many at a time, with their first two legs: later ones are lived by too few."""
TABLES_KEPT = 2000
"""Filled tables kept (120 MB at most); one that is needed again is filled again."""


class LuckOf(Protocol):
    """Whatever can tell the luck of a customer at a leg of a contact, and of an agent."""

    def leg(self, customer: int, contact: int, leg: int) -> Mapping[int, float] | Sequence[float]:
        """Return the uniforms of this leg, indexed by `Purpose`."""

    def agent(self, team: int, agent: int) -> float:
        """Return the uniform that decides the agent's speed."""


class Luck:
    """The luck of one replication: every number is `sim.chance.uniform` of its six keys."""

    def __init__(self, seed: int, replication: int, numbers: npt.NDArray[np.int64]) -> None:
        self.seed, self.replication = seed, replication
        self.numbers = numbers
        self._filled: dict[tuple[int, int], npt.NDArray[np.float64]] = {}

    def leg(self, customer: int, contact: int, leg: int) -> Mapping[int, float] | Sequence[float]:
        """Return the uniforms of this leg, indexed by `Purpose`."""
        if contact >= EARLY_CONTACTS or leg > 1:
            return Blocks(self.seed, self.replication, int(self.numbers[customer]), contact * LEGS + leg)
        chunk, place = divmod(customer, CHUNK)
        key = (contact * LEGS + leg, chunk)
        table = self._filled.get(key)
        if table is None:
            if len(self._filled) >= TABLES_KEPT:
                del self._filled[next(iter(self._filled))]
            table = self._filled[key] = uniform_pairs(
                self.seed,
                self.replication,
                Kind.CUSTOMER,
                self.numbers[chunk * CHUNK : (chunk + 1) * CHUNK].astype(np.uint64),
                (PER_LEG if leg else PER_CONTACT) // 2,
                contact * LEGS + leg,
            )
        uniforms: list[float] = table[place].tolist()
        return uniforms

    def agent(self, team: int, agent: int) -> float:
        """Return the uniform that decides the agent's speed."""
        return uniform(self.seed, self.replication, Kind.AGENT, team * 100_000 + agent, Purpose.SPEED)


class Blocks(dict[int, float]):
    """Uniforms of one occasion by purpose, a Philox block of two at a time when first asked for."""

    __slots__ = ("counter", "key")

    def __init__(self, seed: int, replication: int, number: int, occasion: int) -> None:
        self.counter = (number & 0xFFFFFFFF, (Kind.CUSTOMER << 24) | replication, occasion)
        self.key = (seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF)

    def __missing__(self, purpose: int) -> float:
        number, who, occasion = self.counter
        a, b, c, d = philox((number, who, purpose >> 1, occasion), self.key)
        even = purpose & ~1
        self[even] = ((a >> 6) * 67108864 + (b >> 6) + 0.5) * 2.0**-52
        self[even + 1] = ((c >> 6) * 67108864 + (d >> 6) + 0.5) * 2.0**-52
        return self[purpose]
