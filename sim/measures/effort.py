"""The effort of a journey: an index of its own, open and to be swept; no published weights exist.

``E = active minutes / 30 + sum of weight x count`` and ``CES = 1 + 4 (1 - exp(-E/4))``, from 1 (very low
effort) to 5. The minutes are what customers do, the rest what they feel (about a third and two thirds, says
Dixon, Toman and DeLisi, "The Effortless Experience", 2013); the feeling is softened where the firm owned the
problem and explained it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.measures.rows import Array
from sim.scenario.world import Effort

HIGH_EFFORT = 4.0
"""The CES from which effort counts as high: "agree" or more on the question's five points."""


def effort_index(journeys: Array, weights: Effort, owned: bool) -> npt.NDArray[np.float64]:
    """Return the index of each journey (points).

    Parameters
    ----------
    journeys : structured array of `sim.measures.journeys.JOURNEY`
    weights : Effort
    owned : bool
        The firm owns problems: the feeling of those who reached an agent is multiplied by ``weights.owned``.

    Notes
    -----
    Every call after the first repeats; every identification or explanation after the first of the journey is
    one more of the same; a case taken in writing weighs as a warm transfer.
    """
    again = {name: np.maximum(journeys[name] - 1, 0) for name in ("calls", "identifications", "explanations")}
    felt = (
        weights.repeat * again["calls"]
        + weights.transfer_cold * journeys["cold_transfers"]
        + weights.transfer_warm * (journeys["warm_transfers"] + journeys["tickets"])
        + weights.identified_again * again["identifications"]
        + weights.explained_again * again["explanations"]
        + weights.cut * journeys["cuts"]
        + weights.contradicted * journeys["contradictions"]
        + weights.wrong_pitch * journeys["wrong_pitches"]
        + weights.long_hold * journeys["long_holds"]
    )
    softened = np.where(owned & (journeys["answered_calls"] > 0), weights.owned, 1.0)
    index: npt.NDArray[np.float64] = journeys["active_minutes"] / weights.active_minutes + softened * felt
    return index


def ces(index: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return the effort on the scale of the customer-effort question, 1 (very low) to 5 (very high).

    Examples
    --------
    A clean call of ten minutes, and the average problem of the 2005 survey:

    >>> ces([10 / 30, 6.15]).round(1).tolist()
    [1.3, 4.1]
    """
    return 1.0 - 4.0 * np.expm1(-np.asarray(index, np.float64) / 4.0)
