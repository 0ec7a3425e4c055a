"""Problems and customers: how many, when, of which kind, and that they stay themselves."""

import math

import numpy as np
import pytest
from scipy import stats

from sim.population import REASONS_AT_MOST, expected_problems, populate
from tests.worlds import tiny_world

DAYS = 200
RUN = {"warm_up": "0 min", "horizon": f"{DAYS} d", "follow_up": "0 min"}


def per_day(customers, days=DAYS):
    return np.histogram(customers.rows["appeared"], bins=days, range=(0, days * 1440))[0]


def test_problems_a_day_are_poisson():
    """Mean within 4 standard errors; the dispersion of 200 days is a chi-square of 199 degrees of freedom."""
    counts = per_day(populate(tiny_world(time=RUN), seed=1))
    assert counts.mean() == pytest.approx(240, abs=4 * math.sqrt(240 / DAYS))
    dispersion = counts.var(ddof=1) * (DAYS - 1) / counts.mean()
    assert 0.0005 < stats.chi2(DAYS - 1).cdf(dispersion) < 0.9995


def test_problems_come_singly_and_without_memory():
    """Gaps of a constant rate are exponential with a mean of 6 minutes (Kolmogorov and Smirnov)."""
    appeared = populate(tiny_world(time=RUN), seed=2).rows["appeared"]
    assert stats.kstest(np.diff(appeared), stats.expon(scale=6).cdf).pvalue > 0.001


def test_problems_follow_the_profile_of_day_and_hour():
    """Chi-square of the counts of 7 x 4 stretches of the week against their weights; nobody at weight 0."""
    profile = {"days": [3, 1, 1, 1, 2, 0, 1], "intervals": [0, 4, 2, 1]}
    world = tiny_world(time={**RUN, "horizon": "140 d"}, population={"profile": profile})
    appeared = populate(world, seed=3).rows["appeared"]
    counts = np.histogram(appeared % 10080, bins=28, range=(0, 10080))[0]
    weights = np.outer(profile["days"], profile["intervals"]).ravel()
    assert counts[weights == 0].sum() == 0
    some = weights > 0
    expected = weights[some] / weights.sum()
    assert stats.chisquare(counts[some], expected * counts.sum()).pvalue > 0.001
    assert len(appeared) == pytest.approx(240 * 140, abs=4 * math.sqrt(240 * 140))


def test_busy_days_spread_the_counts_as_a_gamma_factor_does():
    """Var = mean + mean^2/shape (a negative binomial law): with bounds as wide as its kurtosis asks.

    The variance of 200 days has a relative standard error of sqrt((2 + excess kurtosis)/200); four allowed.
    """
    shape = 20
    world = tiny_world(time=RUN, population={"busyness_day": shape})
    counts = per_day(populate(world, seed=4))
    variance = 240 + 240**2 / shape
    excess = float(stats.nbinom(shape, shape / (shape + 240)).stats(moments="k"))
    assert counts.mean() == pytest.approx(240, abs=4 * math.sqrt(variance / DAYS))
    assert counts.var(ddof=1) == pytest.approx(variance, rel=4 * math.sqrt((2 + excess) / DAYS))


def test_busy_intervals_are_busy_each_for_itself():
    """Hours are spread as mean + mean^2/shape, a day's total as the sum of its independent hours."""
    shape, mean = 5, 10
    population = {"busyness_interval": shape, "profile": {"intervals": [1] * 24}}
    appeared = populate(tiny_world(time=RUN, population=population), seed=5).rows["appeared"]
    hours = np.histogram(appeared, bins=24 * DAYS, range=(0, 1440 * DAYS))[0].reshape(DAYS, 24)
    variance = mean + mean**2 / shape
    excess = float(stats.nbinom(shape, shape / (shape + mean)).stats(moments="k"))
    assert hours.var(ddof=1) == pytest.approx(variance, rel=4 * math.sqrt((2 + excess) / hours.size))
    assert hours.sum(axis=1).var(ddof=1) == pytest.approx(24 * variance, rel=4 * math.sqrt(2.1 / DAYS))


def test_the_published_day_of_the_montreal_tutorial_has_its_spread():
    """SSJ's CallCenter: 1660 calls a day, shape 400: sd sqrt(1660 + 1660^2/400) = 92.5 (published 93.6)."""
    hourly = [100, 150, 150, 180, 200, 150, 150, 150, 120, 100, 80, 70, 60]
    population = {
        "problems_per_day": 1660,
        "busyness_day": 400,
        "profile": {"intervals": [0] * 8 + hourly + [0] * 3},
    }
    counts = per_day(populate(tiny_world(time=RUN, population=population), seed=6))
    assert counts.mean() == pytest.approx(1660, abs=4 * 92.5 / math.sqrt(DAYS))
    assert counts.std(ddof=1) == pytest.approx(92.5, rel=4 / math.sqrt(2 * DAYS))


REASONS = {
    "bill": {"share": 0.7, "difficulty": {"easy": 0.4, "hard": 0.6}},
    "fault": {"share": 0.3, "difficulty": {"hard": 1.0}, "recurrence": 0.25},
}


SEGMENT = {
    "value_of_time": {"law": "exponential", "mean": 10},
    "outage_value": 1,
    "hours_of_use": 4,
    "other_network": 0.2,
    "autonomy": 0.1,
    "lock_in": {"law": "uniform", "low": 0, "high": 1},
}
RICH = {
    "reasons": REASONS,
    "segments": {"private": {**SEGMENT, "share": 0.8}, "pro": {**SEGMENT, "share": 0.2, "value_of_time": 50}},
    "work": {"law": "lognormal", "mean": 1, "cv": 0.8},
    "temper_cv": 0.5,
}


def share_is(rows, share):
    """Within 4 standard errors of a binomial share."""
    return rows.mean() == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / len(rows)))


@pytest.fixture(scope="module")
def rich():
    """Fifty days of the rich population: about 12,000 problems."""
    return populate(tiny_world(time={**RUN, "horizon": "50 d"}, population=RICH), seed=7).rows


def test_reasons_segments_and_classes_have_their_shares(rich):
    bills, faults = rich[rich["reason"] == 0], rich[rich["reason"] == 1]
    assert share_is(rich["reason"] == 1, 0.3)
    assert share_is(rich["segment"] == 1, 0.2)
    assert share_is(bills["difficulty"] == 1, 0.6)
    assert set(faults["difficulty"]) == {1}
    assert share_is(faults["recurs"], 0.25)
    assert not bills["recurs"].any()
    assert share_is(rich["other_network"], 0.2)
    assert share_is(rich["autonomous"], 0.1)


def test_values_come_from_the_segments_own_laws(rich):
    private, pro = rich[rich["segment"] == 0], rich[rich["segment"] == 1]
    assert stats.kstest(private["value_of_time"], stats.expon(scale=10).cdf).pvalue > 0.001
    assert set(pro["value_of_time"]) == {50.0}
    assert stats.kstest(rich["lock_in"], "uniform").pvalue > 0.001


def test_work_and_temper_have_mean_one_and_their_spread(rich):
    """Kolmogorov and Smirnov against SciPy's lognormal laws of mean 1."""
    for name, cv in (("work", 0.8), ("temper", 0.5)):
        wide = math.log1p(cv * cv)
        law = stats.lognorm(s=math.sqrt(wide), scale=math.exp(-wide / 2))
        assert stats.kstest(rich[name], law.cdf).pvalue > 0.001


def test_attributes_do_not_follow_one_another(rich):
    """Rank correlations of pairs drawn for different purposes: within 4 standard errors (1/sqrt(n)) of 0."""
    few = rich[rich["segment"] == 0]
    for one, other in (
        ("work", "temper"),
        ("work", "appeared"),
        ("temper", "value_of_time"),
        ("lock_in", "work"),
    ):
        assert abs(stats.spearmanr(few[one], few[other]).statistic) < 4 / math.sqrt(len(few))


def test_a_gesture_is_called_for_by_some_and_has_its_size():
    reasons = {"any": {"share": 1.0, "gesture_share": 0.3, "gesture": {"law": "exponential", "mean": 40}}}
    rows = populate(tiny_world(time={**RUN, "horizon": "20 d"}, population={"reasons": reasons}), seed=8).rows
    asked = rows["gesture"] > 0
    assert share_is(asked, 0.3)
    assert stats.kstest(rows["gesture"][asked], stats.expon(scale=40).cdf).pvalue > 0.001


def test_a_little_more_volume_moves_problems_in_time_but_changes_nobody():
    """Problem n of a reason keeps all that it is; with 3 % more of them, each comes 3 % sooner."""
    days = {**RUN, "horizon": "5 d"}
    few = populate(tiny_world(time=days, population=RICH), seed=9).rows
    more = populate(tiny_world(time=days, population={**RICH, "problems_per_day": 240 * 1.03}), seed=9).rows
    few, more = few[np.argsort(few["number"])], more[np.argsort(more["number"])]
    again = more[np.isin(more["number"], few["number"])]
    assert again["number"].tolist() == few["number"].tolist()
    assert len(more) > len(few)
    for name in few.dtype.names:
        if name != "appeared":
            assert (again[name] == few[name]).all(), name
    assert again["appeared"] * 1.03 == pytest.approx(few["appeared"], rel=1e-9)


def test_a_longer_run_begins_with_the_same_problems():
    """Five days are the first five of ten, busy days and hours included."""
    busy = {**RICH, "busyness_day": 10, "busyness_interval": 30, "profile": {"intervals": [1] * 24}}
    short = populate(tiny_world(time={**RUN, "horizon": "5 d"}, population=busy), seed=10).rows
    long = populate(tiny_world(time={**RUN, "horizon": "10 d"}, population=busy), seed=10).rows
    first = long[long["appeared"] < 5 * 1440]
    assert first["number"].tolist() == short["number"].tolist()
    assert first["appeared"] == pytest.approx(short["appeared"], rel=1e-12)


def test_the_rest_of_the_world_has_no_part_in_who_calls():
    """Staff, tariff, hours and levers changed: the same customers to the bit."""
    one = populate(tiny_world(population=RICH), seed=11)
    other = populate(
        tiny_world(
            population=RICH,
            line={"open": ["mon-fri 09:00-17:00"], "lines": 3},
            tariff={"price_per_minute": 0.34},
            teams={"front": {"staff": 1, "talk": "30 min"}},
            levers={"time": {"cut_after": "20 min"}, "memory": {"identification": "2 min"}},
        ),
        seed=11,
    )
    assert (one.rows == other.rows).all()


def test_problem_numbers_tell_the_reason_and_are_nobody_elses():
    rows = populate(tiny_world(population=RICH), seed=12).rows
    assert (rows["number"] % REASONS_AT_MOST == rows["reason"]).all()
    assert len(set(rows["number"].tolist())) == len(rows)


def test_problems_stand_in_the_order_in_which_they_appear():
    rows = populate(tiny_world(population=RICH), seed=13).rows
    assert (np.diff(rows["appeared"]) >= 0).all()
    assert rows["appeared"].min() >= 0
    assert rows["appeared"].max() < 1440


def test_another_replication_and_another_seed_are_other_customers():
    world = tiny_world()
    first = populate(world, seed=1).rows["appeared"][:50].tolist()
    assert populate(world, seed=1, replication=1).rows["appeared"][:50].tolist() != first
    assert populate(world, seed=2).rows["appeared"][:50].tolist() != first
    assert populate(world, seed=1).rows["appeared"][:50].tolist() == first


def test_the_expected_number_of_problems_is_volume_times_days():
    assert expected_problems(tiny_world(time={**RUN, "warm_up": "12 h", "horizon": "2 d"})) == pytest.approx(600)
