"""The effort of a journey: an index of its own, open and to be swept; no published weights exist.

``E = active minutes / 30 + sum of weight x count`` and ``CES = 1 + 4 (1 - exp(-E/4))``, from 1 (very low
effort) to 5. The minutes are what customers do, the rest what they feel (about a third and two thirds, says
Dixon, Toman and DeLisi, "The Effortless Experience", 2013); the feeling is softened where the firm owned the
problem and explained it.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.history.codes import (
    CASE_OPENED,
    CHAT_OPENED,
    CHATTING,
    CONTRADICTED,
    CUT,
    DESK_LEFT,
    DIALLED,
    EXPLAINING,
    GENERIC,
    HUNG_UP,
    IDENTIFYING,
    NO_REPLY,
    PROMISE_BROKEN,
    PROMISE_RESET,
    REPLIED,
    REPLIED_LATE,
    SET_OUT,
    SWITCHED,
    TICKETED,
    TRANSFERRED_COLD,
    TRANSFERRED_WARM,
    WRONG_PITCH,
    WROTE,
)
from sim.machine.compiling import rule
from sim.world import Effort

HIGH_EFFORT = 4.0
"""The CES from which effort counts as high: "agree" or more on the question's five points."""

WEIGHTS = np.dtype([(name, np.float64) for name in Effort.model_fields])
"""The weights of `sim.world.Effort` as a record."""


@rule
def effort_index(journey: Any, weights: Any, owned: bool) -> float:
    """Return the index of a journey (points).

    Parameters
    ----------
    journey : record of `sim.measures.accounts.journeys.LIVED`
    weights : Effort, or a record of `WEIGHTS`
    owned : bool
        The firm owns problems: the feeling of those who reached an agent is multiplied by ``weights.owned``.

    Notes
    -----
    Every contact after the first repeats; every identification or explanation after the first of the journey is
    one more of the same; a case taken in writing weighs as a warm transfer.
    """
    times = journey.counts
    felt = (
        weights.repeat * max(contacts_of(journey) - 1, 0)
        + weights.transfer_cold * times[TRANSFERRED_COLD]
        + weights.transfer_warm * (times[TRANSFERRED_WARM] + times[TICKETED])
        + weights.identified_again * max(times[IDENTIFYING] - 1, 0)
        + weights.explained_again * max(times[EXPLAINING] - 1, 0)
        + weights.cut * (times[CUT] + times[HUNG_UP])
        + weights.contradicted * times[CONTRADICTED]
        + weights.wrong_pitch * times[WRONG_PITCH]
        + weights.long_hold * journey.long_holds
        + weights.switched * times[SWITCHED]
        + weights.unanswered * times[NO_REPLY]
        + weights.generic * times[GENERIC]
        + weights.promise_broken * (times[PROMISE_BROKEN] + times[PROMISE_RESET])
    )
    beyond = times[REPLIED] + times[REPLIED_LATE] + times[CASE_OPENED] + times[DESK_LEFT] + times[CHATTING]
    reached = journey.answered_calls > 0 or beyond > 0
    softened = weights.owned if owned and reached else 1.0
    index: float = journey.active_minutes / weights.active_minutes + softened * felt
    return index


@rule
def contacts_of(journey: Any) -> int:
    """Return how often a customer tried to reach the firm, through any channel."""
    counts = journey.counts
    return int(counts[DIALLED]) + int(counts[WROTE]) + int(counts[SET_OUT]) + int(counts[CHAT_OPENED])


@rule
def ces(index: float) -> float:
    """Return the effort on the scale of the customer-effort question, 1 (very low) to 5 (very high).

    Examples
    --------
    A clean call of ten minutes, and the average problem of the 2005 survey:

    >>> round(ces(10 / 30), 1), round(ces(6.15), 1)
    (1.3, 4.1)
    """
    return 1.0 - 4.0 * math.expm1(-index / 4.0)
