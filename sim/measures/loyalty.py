"""From effort to leaving and to speaking ill. All are laws of intention, anchored on quoted survey figures.

The anchors are the Corporate Executive Board's: of customers with little effort (taken as CES 1.5) 9 % are
disloyal and 1 % speak ill of the firm, of those with much (CES 4.5) 96 % and 81 %. A logistic law in the CES
goes through each pair.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from sim.scenario.world import Loyalty

LITTLE, MUCH = 1.5, 4.5
"""The CES at which the anchors are placed."""

_DISLOYAL_AT_LITTLE, _DISLOYAL_SLOPE = -2.31, 1.83  # ln(.09/.91) = -2.31; (ln(.96/.04) + 2.31)/3 = 1.83
_ILL_AT_LITTLE = math.log(0.01 / 0.99)
_ILL_SLOPE = (math.log(0.81 / 0.19) - _ILL_AT_LITTLE) / (MUCH - LITTLE)  # 2.015 per point

Floats = npt.NDArray[np.float64]


def disloyal(ces: npt.ArrayLike) -> Floats:
    """Return the probability that a customer means to be disloyal: 9 % at CES 1.5 and 96 % at 4.5."""
    return _logistic(_DISLOYAL_AT_LITTLE + _DISLOYAL_SLOPE * (np.asarray(ces, np.float64) - LITTLE))


def speaks_ill(ces: npt.ArrayLike) -> Floats:
    """Return the probability of negative word of mouth: 1 % at CES 1.5 and 81 % at 4.5."""
    return _logistic(_ILL_AT_LITTLE + _ILL_SLOPE * (np.asarray(ces, np.float64) - LITTLE))


def leaves(ces: npt.ArrayLike, lock_in: npt.ArrayLike, loyalty: Loyalty) -> Floats:
    """Return the probability of leaving at renewal: ``b + (1 - b) kappa (1 - lock_in) P(disloyal)``."""
    b = loyalty.base_churn
    return b + (1.0 - b) * loyalty.kappa * (1.0 - np.asarray(lock_in, np.float64)) * disloyal(ces)


def _logistic(x: Floats) -> Floats:
    return 1.0 / (1.0 + np.exp(-x))
