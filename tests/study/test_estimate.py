"""Estimates over replications, against hand-worked numbers, SciPy and their own promise of coverage."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.study.running.estimate import Estimate, logarithm_reach, paired_difference, ratio, ratios, widening

T_3_DEGREES = 3.182446  # Student's t, .975, 3 degrees of freedom (any table)


def test_a_ratio_worked_by_hand():
    """Totals 10, 12, 8, 10 over 5, 5, 4, 6: R = 40/20 = 2, residuals (0, 2, 0, -2)/5.

    Their squares sum to .32; the variance of the mean is .32/3/4; its root .16330; times t(3) = .51969.
    """
    found = ratio([10, 12, 8, 10], [5, 5, 4, 6])
    assert found.mean == 2
    assert found.high == pytest.approx(2 + T_3_DEGREES * math.sqrt(0.32 / 12), abs=1e-6)
    assert found.low == pytest.approx(2 - T_3_DEGREES * math.sqrt(0.32 / 12), abs=1e-6)


def test_a_paired_difference_worked_by_hand():
    """The first as above; the second 15, 15, 13, 17 over the same: R = 3, residuals (0, 0, 1, -1)/5.

    Second minus first: 1, residuals (0, -2, 1, 1)/5, squares .24: Student's half-width is t(3) x sqrt(.24/12). Their
    skewness: the mean square of (0, -2, 1, 1) is 1.5, the mean cube -1.5, so g = -1.5/1.5^1.5 and g^2 = 2/3; Fisher's
    is g x sqrt(4 x 3)/2, squared 2. With x = 1.959964: (x^4 + 2 x^2 - 3)/18 = 1.0800, so it is 1 + 2/4 x 1.0800 wider.
    """
    found = paired_difference([10, 12, 8, 10], [5, 5, 4, 6], [15, 15, 13, 17], [5, 5, 4, 6])
    assert found.mean == 1
    assert found.high == pytest.approx(1 + 1.54 * T_3_DEGREES * math.sqrt(0.24 / 12), abs=1e-4)


def scipy_wider(values: np.ndarray, confidence: float) -> float:
    """Return by how much an interval is wider than Student's, with SciPy's skewness and normal bound."""
    x = stats.norm.ppf(0.5 + confidence / 2)
    return 1 + stats.skew(values, bias=False) ** 2 / len(values) * (x**4 + 2 * x**2 - 3) / 18


def widened(interval, by: float) -> tuple[float, float, float]:
    middle, reach = (interval.low + interval.high) / 2, (interval.high - interval.low) / 2
    return middle, middle - by * reach, middle + by * reach


def test_with_equal_denominators_it_is_the_plain_mean_and_student_s_interval():
    """To the last digit where the values lie evenly about their mean; wider by their skewness elsewhere."""
    even = np.array([3.1, 2.7, 3.9, 3.3, 2.1, 2.9])  # 3 -+ .1, .3 and .9
    found = ratio(even * 7, np.full(6, 7))
    assert found == pytest.approx((3, *stats.ttest_1samp(even, 0).confidence_interval(0.95)))
    values = np.array([3.1, 2.7, 3.9, 3.3, 2.2, 9.0])
    expected = widened(stats.ttest_1samp(values, 0).confidence_interval(0.95), scipy_wider(values, 0.95))
    assert ratio(values * 7, np.full(6, 7)) == pytest.approx(expected)


def test_with_equal_denominators_the_difference_is_scipy_s_paired_t_test():
    luck = np.random.default_rng(3)
    first = luck.normal(10, 2, 12)
    second = first + luck.normal(1, 0.5, 12)
    student = stats.ttest_rel(second, first).confidence_interval(0.9)
    expected = widened(student, scipy_wider(second - first, 0.9))
    found = paired_difference(first * 40, np.full(12, 40), second * 40, np.full(12, 40), confidence=0.9)
    assert found == pytest.approx(expected)


def test_many_ratios_at_once_are_each_what_one_is():
    luck = np.random.default_rng(5)
    above, below = luck.gamma(0.5, 1, (9, 20)), luck.poisson(3, (9, 20)).astype(float)
    below[:, 3] = 0
    means, lows, highs = ratios(above, below)
    for at in range(20):
        one = ratio(above[:, at], below[:, at])
        expected = (math.nan,) * 3 if at == 3 else one
        assert (means[at], lows[at], highs[at]) == pytest.approx(expected, nan_ok=True)


def test_no_interval_is_more_than_2_08_times_as_wide_and_three_replications_are_student_s():
    """Fisher's skewness squared is at most the number of values, reached where all but one are alike."""
    for many in (4, 7, 30):
        assert widening(np.array([many - 1.0] + [-1.0] * (many - 1)), 0.95) == pytest.approx(2.08, abs=1e-4)
    assert widening(np.array([2.0, -1.0, -1.0]), 0.95) == 1
    assert widening(np.zeros(9), 0.95) == 1


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1e9), st.floats(0.1, 1e6)), min_size=2, max_size=20))
def test_identical_worlds_differ_by_exactly_zero(totals: list[tuple[float, float]]):
    above, below = zip(*totals, strict=True)
    assert paired_difference(above, below, above, below) == Estimate(0, 0, 0)


def test_replications_weigh_by_their_denominators():
    """A replication without a single problem says nothing of the ratio."""
    assert ratio([6, 0], [3, 0]).mean == 2


def test_a_measure_with_nothing_to_divide_by_is_undefined():
    assert ratio([0, 0], [0, 0]) == Estimate(None, None, None)
    assert paired_difference([1, 2], [1, 1], [0, 0], [0, 0]) == Estimate(None, None, None)


def test_one_replication_has_a_mean_and_no_interval():
    assert ratio([6], [3]) == Estimate(2, None, None)
    assert paired_difference([6], [3], [9], [3]) == Estimate(1, None, None)


def test_what_is_shared_by_both_worlds_cancels():
    """A busy replication lifts both worlds alike: each interval is wide, that of the difference nil."""
    busy = np.array([1.0, 5.0, 2.0, 9.0])
    found = paired_difference(busy, np.ones(4), busy + 3, np.ones(4))
    assert found == pytest.approx((3, 3, 3))
    assert ratio(busy, np.ones(4)).high - ratio(busy, np.ones(4)).low > 5


@pytest.mark.parametrize(
    ("above", "below", "message"),
    [
        ([1, 2], [1], "one number each"),
        ([], [], "at least one"),
        ([1, math.nan], [1, 1], "finite"),
        ([[1]], [[1]], "one number each"),
    ],
)
def test_totals_that_cannot_be_are_refused(above: list[float], below: list[float], message: str):
    with pytest.raises(ValueError, match=message):
        ratio(above, below)


def test_worlds_with_unequally_many_replications_are_not_paired():
    with pytest.raises(ValueError, match="equally many"):
        paired_difference([1, 2], [1, 1], [1, 2, 3], [1, 1, 1])


@pytest.mark.parametrize("confidence", [95, 1, 1.5, 0, -0.5])
def test_a_confidence_is_a_share(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        ratio([1, 2], [1, 1], confidence=confidence)


@pytest.mark.parametrize("many", [5, 10])
def test_a_small_skewed_centre_s_interval_keeps_its_promise_where_student_s_does_not(many):
    """Weeks of seven days, some 30 problems each times a busyness of Gamma(4), whose cost grows with the day's load.

    A day's cost is p (1 + p / 30), so the truth is 1 + E[p^2] / 30 / E[p], and E[p^2] = 30 + 30^2 (1 + 1/4). Of 20,000
    studies the standard error of a share of .93 is .0018.
    """
    luck = np.random.default_rng(8)
    truth = 1 + (30 + 30**2 * 5 / 4) / 30 / 30
    days = luck.poisson(30 * luck.gamma(4, 1 / 4, (many, 20_000, 7))).astype(float)
    costs, problems = (days * (1 + days / 30)).sum(axis=2), days.sum(axis=2)
    means, lows, highs = ratios(costs, problems)
    student = (highs - means) / widening(costs - means * problems, 0.95)
    assert np.mean(np.abs(means - truth) <= student) < 0.93
    assert 0.93 < np.mean((lows <= truth) & (truth <= highs)) < 0.97


def test_the_logarithm_of_a_ratio_that_has_none_is_undefined():
    assert logarithm_reach([1, 2], [1, 1], [0, 0], [1, 1]) is None
    assert logarithm_reach([1, 2], [1, 1], [-1, -2], [1, 1]) is None
    assert logarithm_reach([1], [1], [2], [1]) is None
    assert logarithm_reach([0, 0], [0, 0], [1, 2], [1, 1]) is None
    assert logarithm_reach([1, 2, 4], [1, 1, 1], [3, 6, 12], [1, 1, 1]) == pytest.approx(0, abs=1e-12)


def test_the_interval_covers_the_truth_as_often_as_it_promises():
    """Ten replications of Poisson(200) problems with 3.1 calls each on average, negative binomial; 2000 studies.

    The standard error of a share of .95 is .0049; three of them, and one point for the ratio's small bias.
    """
    luck = np.random.default_rng(20)
    covered, pairs = 0, 0
    for _ in range(2000):
        problems = luck.poisson(200, 10)
        calls = luck.negative_binomial(problems, 1 / 3.1) + problems
        low, high = ratio(calls, problems)[1:]
        covered += low <= 3.1 <= high
        # The second world spares each problem half a call, on the same problems.
        fewer = calls - luck.binomial(problems, 0.5)
        low, high = paired_difference(calls, problems, fewer, problems)[1:]
        pairs += low <= -0.5 <= high
    assert covered / 2000 == pytest.approx(0.95, abs=0.025)
    assert pairs / 2000 == pytest.approx(0.95, abs=0.025)
