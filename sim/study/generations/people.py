"""A few thousand customers who stand for all: those of the first day, and those who may come month by month.

Who they are, how often they have a problem and how it goes is drawn by key, so that the same customer has the same luck
in every world. Their luck has replications of its own (`COHORT`), which no run lives: no draw is used twice.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim import purposes
from sim.luck.keys import Kind, uniforms
from sim.luck.laws import LawCode, quantile
from sim.study.generations.law import MONTHS
from sim.world import World
from sim.world.distributions import Distribution

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

REPLICATIONS_AT_MOST = 2**16
"""Year y of replication r is lived with the luck of replication ``(y - 1) * 2**16 + r``: the first year is what
`sim.compare` lives."""
COHORT = 255
"""The year whose luck is the cohort's: none is as late."""
YEARS_AT_MOST = 100
_IN_A_MONTH = 64
"""Problems of a customer in a month that are told apart."""


@dataclass(frozen=True, eq=False)
class People:
    """Customers as columns, those of the first day first, then those who may come, month by month.

    Attributes
    ----------
    lock_in : array
        0 to 1.
    decides : array
        The month, from 0, at whose end he may first leave; then every twelfth.
    worth : array
        EUR a year.
    joins : array
        The month from which on he may be a customer: 0 for those of the first day.
    size : int
        Those of the first day.
    a_month : int
        Those who may come in a month.
    """

    seed: int
    replication: int
    lock_in: Floats
    decides: Whole
    worth: Floats
    joins: Whole
    size: int
    a_month: int

    def there(self, month: int) -> int:
        """Return how many, the first ones, may be customers in a month."""
        return self.size + self.a_month * month

    def may_leave(self, month: int) -> npt.NDArray[np.bool_]:
        """Say whose yearly date a month is."""
        dates = self.decides[: self.there(month)]
        due: npt.NDArray[np.bool_] = (dates <= month) & ((month - dates) % MONTHS == 0)
        return due

    def luck(self, who: Whole, purpose: int, occasion: int) -> Floats:
        """Return the luck of some of them, by number."""
        replication = COHORT * REPLICATIONS_AT_MOST + self.replication
        return uniforms(self.seed, replication, Kind.CUSTOMER, who, purpose, occasion)

    def problems(self, month: int, a_year: float) -> Whole:
        """Return how many problems each has in a month: a Poisson law, by inversion."""
        luck = self.luck(np.arange(self.there(month)), purposes.ARRIVAL, month)
        return np.searchsorted(_poisson(a_year / MONTHS), luck).astype(np.int64)

    def ranks(self, who: Whole, month: int, which: int) -> Floats:
        """Return the luck of somebody's problem of a month, the which-th, from 0."""
        return self.luck(who, purposes.WORK, month * _IN_A_MONTH + which)


def people_of(world: World, seed: int, replication: int, size: int, months: int) -> People:
    """Draw the customers of so many months, by the segments of a population."""
    terms, segments = world.generations, list(world.population.segments.values())
    a_month = newcomers(size, acquisitions(world), bool(terms.speaks_well and terms.well_told and terms.won_per_told))
    many = size + a_month * months
    none, nobody = np.zeros(0), np.zeros(0, np.int64)
    blank = People(seed, replication, none, nobody, none, nobody, size, a_month)
    who = np.arange(many)
    shares = np.cumsum([segment.share for segment in segments])[:-1]
    segment = np.searchsorted(shares, blank.luck(who, purposes.SEGMENT, 0), side="right")

    def drawn(name: str, purpose: int) -> Floats:
        laws = [getattr(one, name) for one in segments]
        return _drawn(laws, segment, blank.luck(who, purpose, 0))

    joins = np.where(who < size, 0, (who - size) // max(a_month, 1) + 1)
    first = np.maximum(np.ceil(drawn("renewal", purposes.RENEWAL)).astype(np.int64) - 1, 0)
    decides = np.where(who < size, first, joins + terms.contract - 1)
    lock_in, worth = drawn("lock_in", purposes.LOCK_IN), drawn("worth", purposes.WORTH)
    return People(seed, replication, np.clip(lock_in, 0.0, 1.0), decides, worth, joins, size, a_month)


def acquisitions(world: World) -> float:
    """Return the customers won in a year by the firm's own spending, for each initial customer."""
    said = world.generations.acquisitions
    return world.loyalty.base_churn if said is None else said


def newcomers(size: int, a_year: float, by_word: bool) -> int:
    """Return how many stand for those who come in a month: as finely as the others, one at least where any come."""
    return max(1, round(size * min(a_year, 1.0) / MONTHS)) if a_year > 0 or by_word else 0


def _drawn(laws: list[Distribution], which: Whole, luck: Floats) -> Floats:
    found = np.zeros(len(which))
    for at, law in enumerate(one.numbers() for one in laws):
        mine = which == at
        if law.code == LawCode.CONSTANT:
            found[mine] = law.a
        else:
            found[mine] = [quantile(law, float(u)) for u in luck[mine]]
    return found


def _poisson(mean: float) -> Floats:
    """Return the probabilities of at most 0, 1, 2, ... of a Poisson law; the last one is left to be certain."""
    each = [math.exp(-mean)]
    for number in range(1, _IN_A_MONTH - 1):
        each.append(each[-1] * mean / number)
    return np.cumsum(each)
