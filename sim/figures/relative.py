"""The change of a measure in percent of the first world's mean, with an interval that keeps to what is possible."""

from __future__ import annotations

import math

from sim.measures import Measure
from sim.study.comparing.comparison import Line
from sim.study.running.estimate import UNDEFINED, Estimate

_BELOW_ZERO = ("customer_eur_", "firm_eur_", "firm_cash_eur_")
"""Gestures count against a customer's costs, toll income against the firm's: these can be negative, no others."""


def relative_change(line: Line) -> Estimate:
    """Estimate the second world's mean minus the first's, in percent of the size of the first.

    A measure that cannot be negative cannot fall by more than 100 %. Its interval is therefore that of the logarithm
    of the ratio, log(second / first), carried back: the delta method over the replications both worlds lived, as for
    the difference. It lies unevenly about the change, and where a difference is barely told apart or barely not, it
    may say otherwise than the paired difference, which alone decides what is better. A second mean of zero is a fall
    by 100 % exactly. The interval of a measure that can be negative is that of the paired difference, on this scale.

    Returns
    -------
    Estimate
        Without interval where the difference has none; undefined where the first mean is zero.
    """
    one, other, apart = *line.worlds, line.difference
    if not one.mean or other.mean is None or apart.mean is None:
        return UNDEFINED
    scale = 100.0 / abs(one.mean)
    if apart.low is None or apart.high is None:
        return Estimate(apart.mean * scale, None, None)
    if can_be_negative(line.measure):
        return Estimate(apart.mean * scale, apart.low * scale, apart.high * scale)
    if not other.mean:
        return Estimate(-100.0, -100.0, -100.0)
    ratio = other.mean / one.mean
    if line.log_reach is None:
        return Estimate(100.0 * (ratio - 1.0), None, None)
    reach = math.exp(line.log_reach)
    return Estimate(*(100.0 * (ratio * factor - 1.0) for factor in (1.0, 1.0 / reach, reach)))


def can_be_negative(measure: Measure) -> bool:
    """Say whether a measure can lie below zero."""
    return measure.id.startswith(_BELOW_ZERO)
