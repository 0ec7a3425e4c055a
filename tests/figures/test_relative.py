"""The change in percent: its interval against the residuals of the logarithm, taken replication by replication."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import skew, t

from sim.figures.relative import can_be_negative, relative_change
from sim.measures import MEASURES
from sim.study.comparing.comparison import Line
from sim.study.running.estimate import logarithm_reach, paired_difference, ratio
from tests.figures.drawn import line

FIRST = np.array([[50.0, 10.0], [66.0, 12.0], [41.0, 9.0], [75.0, 14.0]])
SECOND = np.array([[9.0, 10.0], [21.0, 13.0], [8.0, 9.0], [16.0, 13.0]])
"""Calls and problems of four replications."""


def made(measure: str, first=FIRST, second=SECOND) -> Line:
    estimates = ratio(*first.T), ratio(*second.T)
    reach = logarithm_reach(*first.T, *second.T)
    return Line(MEASURES[measure], estimates, paired_difference(*first.T, *second.T), log_reach=reach)


def test_the_interval_is_that_of_the_logarithm_of_the_ratio():
    """The linearised residuals of log(second / first): (N/D)'s over its mean, the second's less the first's."""
    means = [totals[:, 0].sum() / totals[:, 1].sum() for totals in (FIRST, SECOND)]
    one, other = (
        (totals[:, 0] - mean * totals[:, 1]) / totals[:, 1].mean() / mean
        for totals, mean in zip((FIRST, SECOND), means, strict=True)
    )
    error = (other - one).std(ddof=1) / math.sqrt(4)
    wider = 1 + skew(other - one, bias=False) ** 2 / 4 * (1.959964**4 + 2 * 1.959964**2 - 3) / 18
    reach = t.ppf(0.975, 3) * error * wider
    middle = math.log(means[1] / means[0])
    expected = [100 * (math.exp(x) - 1) for x in (middle, middle - reach, middle + reach)]
    assert list(relative_change(made("calls_per_problem"))) == pytest.approx(expected)


def test_worlds_that_are_the_same_change_by_nothing_at_all():
    assert list(relative_change(made("calls_per_problem", FIRST, FIRST))) == pytest.approx([0, 0, 0], abs=1e-5)


def test_a_fall_to_zero_is_a_fall_by_100_percent_exactly():
    nothing = SECOND * [0, 1]
    assert list(relative_change(made("cuts_per_problem", FIRST, nothing))) == [-100, -100, -100]


def test_what_can_be_negative_keeps_the_interval_of_the_difference():
    """Of -10 euros 5 less, give or take 20: -50 %, from -250 to +150."""
    apart = line("firm_cash_eur_per_problem", -10.0, -15.0, (-5.0, -25.0, 15.0))
    assert list(relative_change(apart)) == [-50, -250, 150]


def test_euros_with_something_counted_against_them_can_be_negative():
    """Gestures and toll income are subtracted in a customer's and in the firm's costs, and nowhere else."""
    negative = {name for name in MEASURES if can_be_negative(MEASURES[name])}
    assert {name.rsplit("_per_", 1)[0] for name in negative} == {"customer_eur", "firm_eur", "firm_cash_eur"}


def test_one_replication_has_no_interval():
    assert relative_change(line("calls_per_problem", 5.0, 3.0, (-2.0, None, None))) == (-40.0, None, None)
