"""Histograms from which percentiles are read, in bounded memory: every bucket is a hundredth wider than the last."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from sim.machine.compiling import rule

WIDTH = 1.01
"""A bucket's upper bound over its lower one: all that is in it lies within half a hundredth of its geometric middle."""
LEAST = 1e-3
"""What is less is in the first bucket, and read as 0: minutes, of which this is 0.06 s, or points of effort."""
BUCKETS = 2100
"""The last begins at a million: what is more is read as that."""
_A_BUCKET = math.log(WIDTH)


@rule
def bucket_of(amount: float) -> int:
    """Return the bucket of an amount from 0 on."""
    if amount < LEAST:
        return 0
    return min(1 + int(math.log(amount / LEAST) / _A_BUCKET), BUCKETS - 1)


def percentiles(counts: npt.NDArray[np.float64], *shares: float) -> tuple[float | None, ...]:
    """Return the least amounts that so large shares do not exceed, to half a hundredth; None of nothing.

    Parameters
    ----------
    counts : array, shape (BUCKETS,)
    shares : float
        Each above 0, at most 1: 0.9 for the ninetieth percentile.
    """
    upto = np.cumsum(counts)
    if not upto[-1]:
        return (None,) * len(shares)
    return tuple(middle_of(int(at)) for at in np.searchsorted(upto, upto[-1] * (1.0 - 1e-12) * np.array(shares)))


def middle_of(bucket: int) -> float:
    """Return what is read for all that is in a bucket."""
    return LEAST * WIDTH ** (bucket - 0.5) if bucket else 0.0
