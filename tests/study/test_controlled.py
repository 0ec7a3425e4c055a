"""The control variate: against a regression by SciPy, against its promise, and in a world whose costs follow it."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

import sim
from sim.study.running.estimate import ratio
from sim.study.stopping.controlled import at_no_surplus, expected_problems
from tests.worlds import tiny_world


def test_it_is_the_height_of_a_regression_line_at_no_surplus():
    """The line through values over surplus, its height at 0 and the error of that by SciPy's `linregress`.

    With denominators that are all equal the residuals are the values less their mean. They lie evenly about the line,
    so that the interval is Student's with two degrees of freedom less.
    """
    surplus = np.array([-3.0, -1.0, 0.0, 2.0, 4.0, 1.0])
    off = np.array([1.0, -1.0, 1.0, -1.0, 1.0, -1.0])
    design = np.c_[np.ones(6), surplus]
    off = off - design @ np.linalg.lstsq(design, off, rcond=None)[0]
    values = 10 + 2 * surplus + off
    line = stats.linregress(surplus, values)
    found = at_no_surplus([(values, np.ones(6))], surplus)
    skewed = 1 + stats.skew(off, bias=False) ** 2 / 6 * 1.0800
    reach = stats.t.ppf(0.975, 4) * line.intercept_stderr * skewed
    assert found.estimate == pytest.approx((line.intercept, line.intercept - reach, line.intercept + reach), rel=1e-5)
    assert line.intercept == pytest.approx(10)


def test_its_interval_holds_the_truth_as_often_as_it_promises_and_is_narrower():
    """Costs of 5 a problem and 2 for each beyond 100: 5,000 studies of eight; standard error .003."""
    luck = np.random.default_rng(11)
    covered, gains = 0, []
    for _ in range(5000):
        surplus = luck.normal(0, 10, 8)
        values = 5 + 2 * surplus + luck.normal(0, 6, 8)
        found = at_no_surplus([(values, np.ones(8))], surplus)
        covered += found.estimate.low <= 5 <= found.estimate.high
        gains.append(found.gain)
    assert 0.94 < covered / 5000 < 0.97
    # The variance shrinks from 2^2 10^2 + 6^2 to 6^2, 12 times, and a bit is paid for the slope.
    assert 4 < np.median(gains) < 13


def test_what_has_nothing_to_do_with_it_costs_a_degree_of_freedom():
    luck = np.random.default_rng(12)
    gains = []
    for _ in range(500):
        values = luck.normal(5, 1, 10)
        found = at_no_surplus([(values, np.ones(10))], luck.normal(0, 1, 10))
        gains.append(found.gain)
    assert np.mean(gains) < 1.05
    assert np.median(gains) < 1


def test_a_world_s_expected_problems_are_its_rate_times_its_days_whatever_its_busyness():
    busy = {"problems_per_day": 240, "busyness_day": 3.0, "busyness_interval": 5.0}
    time = {"warm_up": "12 h", "horizon": "3 d"}
    assert expected_problems(tiny_world(time=time, population=busy)) == pytest.approx(720)
    assert expected_problems(tiny_world()) == pytest.approx(240)


def test_wages_of_a_day_are_known_exactly_once_the_problems_are():
    """Five agents at 20 euros cost 2,400 a day whoever calls: 10 euros for each of 240, and no doubt left."""
    world = tiny_world(teams={"front": {"staff": 5, "wage": 20}})
    lived = sim.replicate(world, replications=30, measures=["problems_per_day", "staff_eur_per_problem"])
    found = sim.controlled(lived, "staff_eur_per_problem")
    assert found.estimate == pytest.approx((10, 10, 10))
    assert found.gain is None
    assert found.plain == lived.estimate("staff_eur_per_problem")


def test_a_difference_is_controlled_replication_by_replication():
    worlds = tiny_world(), tiny_world(name="dear", levers={"memory": {"identification": "1 min"}})
    wanted = ["problems_per_day", "customer_minutes_per_problem"]
    both = sim.compare(*worlds, replications=8, measures=wanted, equal="staff")
    one, other = (lived.totals["customer_minutes_per_problem"] for lived in both.lived)
    surplus = both.first.totals["problems_per_day"][:, 0] - 240
    # Both worlds have the same problems, so the difference is that of the minutes' heights over the expected problems.
    lines = [stats.linregress(surplus, totals[:, 0]).intercept for totals in (one, other)]
    found = sim.controlled(both, "customer_minutes_per_problem")
    assert found.estimate.mean == pytest.approx((lines[1] - lines[0]) / 240)
    assert found.plain == both.line("customer_minutes_per_problem").difference


def test_few_replications_and_problems_that_are_always_as_many_are_left_as_they_are():
    values = np.array([6.0, 4.0, 5.5, 4.5])
    for few, surplus in ((values[:3], np.arange(3.0)), (values, np.zeros(4))):
        plain = ratio(few, np.ones(len(few)))
        assert at_no_surplus([(few, np.ones(len(few)))], surplus) == (plain, plain, 1.0)


def test_a_horizon_that_is_no_whole_week_is_counted_by_its_days():
    """Ten problems a day in the mean of a week, none at the week-end: 14 a day from Monday on, so 28 in two days."""
    profile = {"days": [1, 1, 1, 1, 1, 0, 0]}
    world = tiny_world(time={"horizon": "2 d"}, population={"problems_per_day": 10, "profile": profile})
    assert expected_problems(world) == pytest.approx(28)


def test_what_was_not_measured_is_named():
    lived = sim.replicate(tiny_world(), replications=4, measures=["calls_per_problem"])
    with pytest.raises(ValueError, match="problems_per_day"):
        sim.controlled(lived, "calls_per_problem")
