"""What lets a customer go after many journeys: the law of one journey, with his grievance in the journey's place.

A journey adds to the grievance by how far its effort (CES) lies above what customers know from competitors, and the
whole fades with time; the CES that a customer acts on is `LITTLE` and his grievance. One journey of just now is its own
CES again, so that `sim.measures.rules.loyalty` is the special case: one journey, competitors at little effort, full
goodwill, no belief that they are no better.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.measures.rules.loyalty import DISLOYAL_AT_LITTLE, DISLOYAL_SLOPE, LITTLE, leaves
from sim.world import LongRun, Loyalty

Floats = npt.NDArray[np.float64]
LEAST_CES, MOST_CES = 1.0, 5.0
MONTHS = 12
"""Of a year."""
COUNTED_IF_TEMPORARY = 0.5
"""Part of the grievance that counts with those who believe the firm's failing to be temporary."""


class Market(NamedTuple):
    """What holds customers in a year: how good they believe competitors to be, and what part of the lock-in holds."""

    belief: float
    lock_in: float
    competitor: float
    """CES that is known from competitors."""


def market_of(terms: LongRun, year: int) -> Market:
    """Return what holds customers in a year, counted from 1."""
    changes = year == terms.change_in_year
    level = terms.competitor_effort + terms.competitor_drift * (year - 1)
    return Market(
        terms.belief_at_change if changes else terms.belief_competitors_equal,
        terms.lock_in_at_change if changes else 1.0,
        min(max(level, LEAST_CES), MOST_CES),
    )


def weight(ces: Floats, market: Market, goodwill: float) -> Floats:
    """Return what journeys of these CES add to the grievance (points of CES)."""
    above = ces - market.competitor
    added: Floats = np.where(above > 0.0, above, goodwill * above)
    return added


def kept(memory: float, months: float = 1.0) -> float:
    """Return the part of a grievance that is left after so many months: ``exp(-months / memory)``."""
    return math.exp(-months / memory)


def felt(grievance: Floats) -> Floats:
    """Return the CES that a customer acts on, within the scale of 1 to 5."""
    acted_on: Floats = np.clip(LITTLE + grievance, LEAST_CES, MOST_CES)
    return acted_on


def disloyal(ces: Floats) -> Floats:
    """Return `sim.measures.rules.loyalty.disloyal` of many at once."""
    meant: Floats = 1.0 / (1.0 + np.exp(-(DISLOYAL_AT_LITTLE + DISLOYAL_SLOPE * (ces - LITTLE))))
    return meant


def means_to_leave(grievance: Floats, believe_temporary: float) -> Floats:
    """Return the probability of being disloyal; some count half of their grievance."""
    meant = disloyal(felt(grievance))
    if not believe_temporary:
        return meant
    half = disloyal(felt(COUNTED_IF_TEMPORARY * grievance))
    return (1.0 - believe_temporary) * meant + believe_temporary * half


def goes(meant: Floats, lock_in: Floats, market: Market, loyalty: Loyalty) -> Floats:
    """Return the probability to leave at the yearly date: ``b + (1 - b) kappa (1 - lock_in) (1 - belief) P(disloyal)``.

    Belief multiplies: without it this is `sim.measures.rules.loyalty.leaves`, to the bit.
    """
    left: Floats = leaves(meant * (1.0 - market.belief), lock_in * market.lock_in, loyalty)  # type: ignore[assignment, arg-type]
    return left
