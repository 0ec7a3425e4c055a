"""The journeys of a year, by their effort: what a customer's problem of that year may have been like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from sim.measures.rules import loyalty
from sim.measures.rules.effort import ces
from sim.measures.rules.histogram import BUCKETS, middle_of

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Journeys:
    """A distribution of effort, from which journeys are taken by luck in [0, 1): the same luck, the same rank.

    Attributes
    ----------
    ces, ill, disloyal : arrays
        Of each possible journey, by rising effort: its CES, and the probabilities to speak ill of the firm and to be
        disloyal after it alone.
    upto : array
        Journeys with at most that effort, counted.
    """

    ces: Floats
    ill: Floats
    disloyal: Floats
    upto: Floats

    @classmethod
    def of_buckets(cls, counts: Sequence[float]) -> Journeys:
        """Return those that a run counted by the buckets of `sim.measures.rules.histogram`."""
        return cls(*_by_bucket(), np.cumsum(counts))

    @classmethod
    def of_efforts(cls, efforts: Sequence[float], counts: Sequence[float] | None = None) -> Journeys:
        """Return those of these effort indices (points), by default each as often as any other."""
        order = np.argsort(efforts, kind="stable")
        many = np.ones(len(order)) if counts is None else np.asarray(counts, np.float64)
        return cls(*_judged([float(efforts[at]) for at in order]), np.cumsum(many[order]))

    def ranked(self, luck: Floats) -> Whole:
        """Return which journeys these are, by their luck."""
        found: Whole = np.searchsorted(self.upto, luck * self.upto[-1]).astype(np.int64)
        return found

    def __bool__(self) -> bool:
        """Say whether there is any."""
        return bool(self.upto[-1] > 0)


@cache
def _by_bucket() -> tuple[Floats, Floats, Floats]:
    return _judged([middle_of(bucket) for bucket in range(BUCKETS)])


def _judged(efforts: Sequence[float]) -> tuple[Floats, Floats, Floats]:
    """Judge efforts by the rules that judge one journey."""
    felt = [ces(effort) for effort in efforts]
    ill, disloyal = map(loyalty.speaks_ill, felt), map(loyalty.disloyal, felt)
    return np.array(felt), np.array(list(ill)), np.array(list(disloyal))
