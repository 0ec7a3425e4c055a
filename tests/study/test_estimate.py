"""Estimates over replications, against hand-worked numbers, SciPy and their own promise of coverage."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.study.running.estimate import Estimate, paired_difference, ratio

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

    Second minus first: 1, residuals (0, -2, 1, 1)/5, squares .24: half-width t(3) x sqrt(.24/12).
    """
    found = paired_difference([10, 12, 8, 10], [5, 5, 4, 6], [15, 15, 13, 17], [5, 5, 4, 6])
    assert found.mean == 1
    assert found.high == pytest.approx(1 + T_3_DEGREES * math.sqrt(0.24 / 12), abs=1e-6)


def test_with_equal_denominators_it_is_the_plain_mean_and_student_s_interval():
    values = np.array([3.1, 2.7, 3.9, 3.3, 2.2, 3.0])
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    found = ratio(values * 7, np.full(6, 7))
    assert found == pytest.approx((values.mean(), expected.low, expected.high))


def test_with_equal_denominators_the_difference_is_scipy_s_paired_t_test():
    luck = np.random.default_rng(3)
    first = luck.normal(10, 2, 12)
    second = first + luck.normal(1, 0.5, 12)
    expected = stats.ttest_rel(second, first).confidence_interval(0.9)
    found = paired_difference(first * 40, np.full(12, 40), second * 40, np.full(12, 40), confidence=0.9)
    assert found == pytest.approx((np.mean(second - first), expected.low, expected.high))


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
