"""Problems and customers: how many, when, of which kind, and that they stay themselves."""

import itertools
import math
import subprocess
import sys
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim import purposes
from sim.luck.keys import Kind, uniform
from sim.luck.laws import Law, LawCode, quantile
from sim.people import REASONS_AT_MOST, expected_problems, populate, spread
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
    for name in few.dtype.names or ():
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


# The same, customer by customer, from the words of Philox and the laws in plain Python

EVERY_LAW: dict[str, Any] = {
    "reasons": {
        "bill": {"share": 0.6, "work": 0.5, "difficulty": {"easy": 0.4, "hard": 0.6}, "severity": 0.5},
        "rare": {"share": 0.0},
        "fault": {
            "share": 0.4,
            "work": 1.75,
            "difficulty": {"none": 0.0, "hard": 0.7, "odd": 0.3},
            "recurrence": 0.25,
            "gesture_share": 0.4,
            "gesture": {"law": "weibull", "scale": 40, "shape": 0.7},
        },
    },
    "segments": {
        "private": {
            **SEGMENT,
            "share": 0.7,
            "outage_value": {"law": "gamma", "mean": 3, "shape": 2.5},
            "hours_of_use": {"law": "triangular", "low": 1, "mode": 2, "high": 9},
            "renewal": {"law": "empirical", "values": [0, 6, 9, 24]},
            "worth": {
                "law": "mixture",
                "parts": [
                    {"share": 0.4, "of": {"law": "exponential", "mean": 100}},
                    {"share": 0.6, "of": {"law": "lognormal", "mean": 300, "cv": 1}},
                ],
            },
        },
        "none": {**SEGMENT, "share": 0.0},
        "pro": {**SEGMENT, "share": 0.3, "other_network": 1.0, "autonomy": 0.0},
    },
    "work": {"law": "lognormal", "mean": 1, "cv": 0.8},
    "temper_cv": 0.5,
    "busyness_day": 10,
    "busyness_interval": 30,
    "profile": {"days": [3, 1, 1, 0, 2, 0, 1], "intervals": [0, 4, 2, 1]},
}
BY_LAW = {
    "value_of_time": purposes.VALUE_OF_TIME,
    "outage_value": purposes.OUTAGE,
    "hours_of_use": purposes.USE,
    "lock_in": purposes.LOCK_IN,
    "renewal": purposes.RENEWAL,
    "worth": purposes.WORTH,
}
BIG_SEED, REPLICATION = 2**40 + 7, 3


@pytest.fixture(scope="module")
def every_law():
    """A world in which nearly everything is drawn, for ten days less some hours."""
    return tiny_world(time={**RUN, "horizon": "235 h"}, population=EVERY_LAW)


def chosen(shares, u):
    """Return the first whose cumulated share is above u."""
    return next(place for place, upto in enumerate(itertools.accumulate(shares)) if u < upto)


def test_every_customer_is_what_plain_python_draws_for_its_number(every_law):
    """Every law, share and class, to the bit: compiled quantiles are those of `quantile`."""
    population = every_law.population
    reasons, segments = list(population.reasons.values()), list(population.segments.values())
    classes = ["easy", "hard", "plain", "none", "odd"]
    rows = populate(every_law, seed=BIG_SEED, replication=REPLICATION).rows
    assert set(rows["segment"]) == {0, 2}
    assert set(rows["reason"]) == {0, 2}
    for one in rows[::7]:

        def luck(purpose, number=int(one["number"])):
            return uniform(BIG_SEED, REPLICATION, Kind.CUSTOMER, number, purpose)

        reason, segment = reasons[one["reason"]], segments[one["segment"]]
        assert classes[one["difficulty"]] in reason.difficulty
        assert one["difficulty"] == chosen(
            (reason.difficulty.get(name, 0) for name in classes), luck(purposes.DIFFICULTY)
        )
        assert one["segment"] == chosen((part.share for part in segments), luck(purposes.SEGMENT))
        assert one["work"] == reason.work * quantile(population.work.numbers(), luck(purposes.WORK))
        asked = luck(purposes.GESTURE) < reason.gesture_share
        assert one["gesture"] == (quantile(reason.gesture.numbers(), luck(purposes.GESTURE_AMOUNT)) if asked else 0.0)
        assert one["severity"] == reason.severity
        assert one["recurs"] == (luck(purposes.RECURRENCE) < reason.recurrence)
        assert one["temper"] == quantile(spread(population.temper_cv), luck(purposes.TEMPER))
        assert one["other_network"] == (luck(purposes.NETWORK) < segment.other_network)
        assert one["autonomous"] == (luck(purposes.AUTONOMY) < segment.autonomy)
        for name, purpose in BY_LAW.items():
            assert one[name] == quantile(getattr(segment, name).numbers(), luck(purpose)), name


def busyness(shape, kind, number):
    """Return the Gamma factor of a day or interval."""
    law = Law(LawCode.GAMMA, shape, 1 / shape, math.lgamma(shape))
    return quantile(law, uniform(BIG_SEED, REPLICATION, kind, number, purposes.BUSYNESS))


def test_problems_appear_where_the_expected_number_meets_a_poisson_process_of_rate_one(every_law):
    """Cells of six hours, the last of one; the busyness of each drawn in plain Python, and NumPy's interpolation.

    Rounding may differ with the order of operations: within 1e-12 of the whole run.
    """
    days, intervals = EVERY_LAW["profile"]["days"], EVERY_LAW["profile"]["intervals"]
    edges, expected = [0.0], [0.0]
    for cell in range(40):
        edges.append(min((cell + 1) * 360.0, 235 * 60.0))
        weight = days[cell // 4 % 7] * intervals[cell % 4] / (sum(days) * sum(intervals))
        busy = busyness(10, Kind.DAY, cell // 4) * busyness(30, Kind.INTERVAL, cell)
        expected.append(expected[-1] + 240 * 7 * weight * busy * (edges[-1] - edges[-2]) / 360)
    rows = populate(every_law, seed=BIG_SEED, replication=REPLICATION).rows
    for reason, share in ((0, 0.6), (2, 0.4)):
        lucks = (uniform(BIG_SEED, REPLICATION, Kind.REASON, reason, purposes.ARRIVAL, n) for n in itertools.count())
        points = itertools.accumulate(-math.log1p(-u) for u in lucks)
        before_the_end = list(itertools.takewhile((share * expected[-1]).__gt__, points))
        mine = rows[rows["reason"] == reason]
        assert mine["number"].tolist() == [n * REASONS_AT_MOST + reason for n in range(len(mine))]
        appeared = np.interp(before_the_end, share * np.array(expected), edges)
        assert mine["appeared"] == pytest.approx(appeared, abs=1e-12 * 235 * 60)


def test_sixty_four_reasons_stand_in_one_order():
    reasons = {f"reason {n}": {"share": 1 / REASONS_AT_MOST} for n in range(REASONS_AT_MOST)}
    rows = populate(tiny_world(time={**RUN, "horizon": "20 d"}, population={"reasons": reasons}), seed=14).rows
    assert set(rows["reason"]) == set(range(REASONS_AT_MOST))
    assert (rows["number"] % REASONS_AT_MOST == rows["reason"]).all()
    assert (np.lexsort((rows["number"], rows["appeared"])) == np.arange(len(rows))).all()


# What is kept between calls, and what it costs


def test_what_was_populated_before_has_no_part_in_it():
    """More populations in turn than are kept, and the same population until another end."""
    worlds = [tiny_world(population={**RICH, "problems_per_day": 200 + n}) for n in range(6)]
    longer = worlds[0].model_copy(update={"time": tiny_world(time={**RUN, "horizon": "2 d"}).time})
    assert longer.population is worlds[0].population
    alone = [populate(world, seed=15).rows.tobytes() for world in worlds]
    assert len(set(alone)) == len(worlds)
    two_days = populate(longer, seed=15).rows
    assert two_days["appeared"].max() > 1440
    assert [populate(world, seed=15).rows.tobytes() for world in worlds] == alone
    assert two_days.tobytes() == populate(longer, seed=15).rows.tobytes()


def test_threads_that_populate_side_by_side_draw_what_each_would_alone():
    worlds = [tiny_world(time={**RUN, "horizon": "20 d"}, population=RICH) for _ in range(3)]
    tasks = [(world, replication) for replication in range(8) for world in worlds]
    alone = [populate(world, seed=16, replication=replication).rows.tobytes() for world, replication in tasks]
    with ThreadPoolExecutor(4) as threads:
        together = threads.map(lambda task: populate(task[0], seed=16, replication=task[1]).rows.tobytes(), tasks)
        assert list(together) == alone


def test_memory_is_that_of_the_result():
    """At 240 problems a day for 2000 days: the result, room for ten standard deviations, and a few numbers a day."""
    world = tiny_world(time={**RUN, "horizon": "2000 d"})
    populate(world, seed=17)
    tracemalloc.start()
    try:
        rows = populate(world, seed=17).rows
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    room = 10 * math.sqrt(480_000) + 100
    assert rows.nbytes < most < rows.nbytes * (1 + 2 * room / len(rows)) + 2000 * 64


def test_importing_it_does_not_import_the_compiler():
    code = "import sys, sim.people; print('numba' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
