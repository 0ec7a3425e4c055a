"""From effort to leaving and to speaking ill. All are laws of intention, anchored on quoted survey figures.

The anchors are the Corporate Executive Board's: of customers with little effort (taken as CES 1.5) 9 % are
disloyal and 1 % speak ill of the firm, of those with much (CES 4.5) 96 % and 81 %. A logistic law in the CES
goes through each pair.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.machine.compiling import rule
from sim.world import Loyalty

LITTLE, MUCH = 1.5, 4.5
"""The CES at which the anchors are placed."""

DISLOYAL_AT_LITTLE, DISLOYAL_SLOPE = -2.31, 1.83  # ln(.09/.91) = -2.31; (ln(.96/.04) + 2.31)/3 = 1.83
_ILL_AT_LITTLE = math.log(0.01 / 0.99)
_ILL_SLOPE = (math.log(0.81 / 0.19) - _ILL_AT_LITTLE) / (MUCH - LITTLE)  # 2.015 per point

LOYALTY = np.dtype([(name, np.float64) for name in Loyalty.model_fields])
"""The values of `sim.world.Loyalty` as a record."""


@rule
def disloyal(ces: float) -> float:
    """Return the probability that a customer means to be disloyal: 9 % at CES 1.5 and 96 % at 4.5."""
    return _logistic(DISLOYAL_AT_LITTLE + DISLOYAL_SLOPE * (ces - LITTLE))


@rule
def speaks_ill(ces: float) -> float:
    """Return the probability of negative word of mouth: 1 % at CES 1.5 and 81 % at 4.5."""
    return _logistic(_ILL_AT_LITTLE + _ILL_SLOPE * (ces - LITTLE))


@rule
def leaves(disloyal: float, lock_in: float, loyalty: Any) -> float:
    """Return the probability of leaving at renewal: ``b + (1 - b) kappa (1 - lock_in) P(disloyal)``.

    Parameters
    ----------
    loyalty : Loyalty, or a record of `LOYALTY`
    """
    b: float = loyalty.base_churn
    left: float = b + (1.0 - b) * loyalty.kappa * (1.0 - lock_in) * disloyal
    return left


@rule
def people_told(speaks_ill: float, unheard: float, loyalty: Any) -> float:
    """Return how many people hear ill of the firm: by word of mouth, and as readers of what it leaves unanswered."""
    told: float = speaks_ill * loyalty.people_told + unheard * loyalty.audience
    return told


@rule
def lost_margin(leaves: float, told: float, worth: float, loyalty: Any) -> float:
    """Return what leaving beyond the base churn and ill report cost the firm (EUR).

    Parameters
    ----------
    told : float
        People who hear ill of it.
    worth : float
        EUR a year.
    """
    margin_lost = (leaves - loyalty.base_churn) * worth * loyalty.years_lost
    not_won = told * loyalty.lost_per_told * loyalty.acquisition
    lost: float = margin_lost + not_won
    return lost


@rule
def _logistic(x: float) -> float:
    return 1.0 / (1.0 + math.exp(-x))
