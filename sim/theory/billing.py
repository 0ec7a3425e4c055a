"""What billing steps add to a call: the mean of the time billed."""

from __future__ import annotations

import math

from sim.asked import SIZE, numbers


def billed_exponential(mean: float, first: float, following: float) -> float:
    """Return the mean time billed for an exponential call: a first step, then every one that is begun.

    ``first + following x (P(X > first) + P(X > first + following) + ...)``, a geometric series.

    Parameters
    ----------
    mean : float
        Of the time metered.
    first, following : float
        The steps, in the same unit: 1 and 1 are started minutes where that is the minute.

    Examples
    --------
    A mean of three minutes by started minutes, and by steps of 30 and 6 seconds:

    >>> round(billed_exponential(3, 1, 1), 4), round(billed_exponential(3, 0.5, 0.1), 4)
    (3.5277, 3.082)
    """
    mean, first, following = numbers(mean=(mean, SIZE), first=(first, SIZE), following=(following, SIZE))
    return first - following * math.exp(-first / mean) / math.expm1(-following / mean)
