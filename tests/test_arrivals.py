"""When problems appear: busyness that goes on, days unlike others, replays, segments that follow the hour."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim import purposes
from sim.engines import run
from sim.engines.agreement import first_difference
from sim.luck.keys import Kind, uniform
from sim.measures import measured
from sim.people import expected_problems, populate
from sim.people.crowd import Coming, Crowd
from sim.people.rates import all_cells
from sim.reading import load, population_differences, same_population, variant
from sim.study.comparing.compare import compare
from sim.study.comparing.what_if import WhatIf
from sim.study.running.replicate import replicate
from sim.theory import covariance, factor_correlation
from sim.world import World
from tests.worlds import TINY, tiny_world

SEED = 5


def factors_of(world: World, seed: int, replication: int = 0) -> Any:
    """Return what is expected of each cell over what is usual."""
    crowd = Crowd(Coming.to(world, seed=seed, replication=replication))
    expected = np.diff(crowd._making._expected["value"][0])
    cells = all_cells(world.population, world.time.end)[0]
    return expected / (cells["rate"][:-1] * np.diff(cells["starts"]))


def busy(days: int, **said: Any) -> World:
    return tiny_world(time={"horizon": f"{days} d"}, population=said)


# Busyness that goes on --------------------------------------------------------------------------------------------


def by_integration(correlation: float, shape: float) -> float:
    """Return Pearson's correlation of two Gamma factors by adding up a fine grid of both normal scores."""
    x = np.linspace(-9, 9, 601)
    part = stats.norm.pdf(x) * (x[1] - x[0])

    def factor(z):
        low = stats.gamma.ppf(stats.norm.cdf(np.minimum(z, 0)), shape)
        return np.where(z < 0, low, stats.gamma.isf(stats.norm.sf(np.maximum(z, 0)), shape)) / shape

    other = math.sqrt(1 - correlation**2) * x
    inner = np.array([(part * factor(correlation * one + other)).sum() for one in x])
    return float(((part * factor(x) * inner).sum() - 1) * shape)


@pytest.mark.parametrize(("correlation", "shape"), [(0.8, 1), (-0.9, 1), (0.8, 0.3), (0.95, 5), (0.78, 39), (0.85, 58)])
def test_the_correlation_of_factors_is_that_of_an_integral(correlation, shape):
    """The grid's own error is below 1e-8."""
    assert factor_correlation(correlation, shape) == pytest.approx(by_integration(correlation, shape), abs=1e-7)


@pytest.mark.parametrize("correlation", [0.8, -0.6])
def test_factors_of_days_keep_their_gamma_law_and_follow_one_another(correlation):
    """Five hundred runs of four days: each day's factors are of the law (Kolmogorov and Smirnov, 1 in 1000 for each of
    eight), and their correlation with the day before lies within 4 standard errors of the integral's, by Fisher's z."""
    world = busy(4, busyness_day=2, busyness_day_correlation=correlation)
    factors = np.array([factors_of(world, SEED, replication) for replication in range(500)])
    for day in factors.T:
        assert stats.kstest(day, stats.gamma(2, scale=0.5).cdf).pvalue > 1e-3
    for before, day in ((0, 1), (2, 3)):
        seen = np.corrcoef(factors[:, before], factors[:, day])[0, 1]
        wanted = by_integration(correlation, 2)
        # the factors are no normal pair: their fourth moments make the error larger, by half at the most
        assert math.atanh(seen) == pytest.approx(math.atanh(wanted), abs=1.5 * 4 / math.sqrt(497))


def test_factors_of_intervals_keep_their_law_and_go_on_over_midnight():
    """400 days of 24 hours: thinned to every 40th, which hang together by .9^40 at most, they are of the law. Normal
    scores are those of an AR(1), at midnight too: what is left after the one before is normal, and of its own key."""
    shape, correlation = 3, 0.9
    world = busy(
        400,
        busyness_interval=shape,
        busyness_interval_correlation=correlation,
        profile={"intervals": [1] * 24},
    )
    factors = factors_of(world, SEED)
    assert stats.kstest(factors[::40], stats.gamma(shape, scale=1 / shape).cdf).pvalue > 1e-3
    scores = stats.norm.ppf(stats.gamma(shape, scale=1 / shape).cdf(factors))
    left = (scores[1:] - correlation * scores[:-1]) / math.sqrt(1 - correlation**2)
    assert stats.kstest(left, "norm").pvalue > 1e-3
    assert stats.kstest(left[23::24], "norm").pvalue > 1e-3
    own = [stats.norm.ppf(uniform(SEED, 0, Kind.INTERVAL, n, purposes.BUSYNESS)) for n in range(1, 50)]
    assert left[:49] == pytest.approx(own, abs=1e-6)


def test_without_correlation_factors_are_what_they_were_and_with_little_nearly():
    plain = busy(20, busyness_day=5, busyness_interval=7, profile={"intervals": [1, 2]})
    said = {"busyness_day_correlation": 0.0, "busyness_interval_correlation": 0.0}
    zero = variant_of(plain, said)
    assert populate(plain, seed=SEED) == populate(zero, seed=SEED)
    near = variant_of(plain, dict.fromkeys(said, 1e-9))
    assert factors_of(near, SEED) == pytest.approx(factors_of(plain, SEED), rel=1e-6)


def variant_of(world: World, said: dict[str, Any]) -> World:
    return variant(world, {"population": said})


def test_a_longer_run_begins_with_the_same_busyness():
    said: dict[str, Any] = {"busyness_day": 5, "busyness_day_correlation": 0.7, "busyness_interval": 9}
    said |= {"busyness_interval_correlation": 0.5, "profile": {"intervals": [1] * 24}}
    short, long = factors_of(busy(5, **said), SEED), factors_of(busy(9, **said), SEED)
    assert short == pytest.approx(long[: len(short)], rel=1e-9)


def test_scores_beyond_all_luck_still_give_a_factor():
    """Correlations near 1 add up nothing beyond a normal score; every factor is a number above 0."""
    for correlation in (0.999, -0.999):
        world = busy(3000, busyness_day=0.02, busyness_day_correlation=correlation)
        factors = factors_of(world, SEED)
        assert np.isfinite(factors).all()
        assert (factors >= 0).all()


COUNTED = {
    "busyness_day": 8,
    "busyness_day_correlation": 0.7,
    "busyness_interval": 5,
    "busyness_interval_correlation": 0.6,
}


def test_counts_spread_and_hang_together_as_the_formula_says():
    """3000 runs of two days of four intervals of 20, 60, 40 and 0: each covariance within 4.5 standard errors, taken
    from the products themselves (36 numbers; 1 in 4000 that any lies outside)."""
    profile = {"intervals": [1, 3, 2, 0]}
    world = busy(2, problems_per_day=120, profile=profile, **COUNTED)
    counts = np.array(
        [
            np.histogram(populate(world, seed=SEED, replication=turn).rows["appeared"], bins=8, range=(0, 2880))[0]
            for turn in range(3000)
        ]
    )
    means = np.array([20.0, 60.0, 40.0, 0.0])
    how: Any = {"day_shape": 8, "day_correlation": 0.7, "interval_shape": 5, "interval_correlation": 0.6}
    same, next_day = covariance(means, **how), covariance(means, **how, days_apart=1)
    wanted = np.block([[same, next_day], [next_day.T, same]])
    off = counts - np.tile(means, 2)
    for one in range(8):
        for other in range(one, 8):
            products = off[:, one] * off[:, other]
            error = products.std(ddof=1) / math.sqrt(len(products))
            assert products.mean() == pytest.approx(wanted[one, other], abs=4.5 * error + 1e-12), (one, other)


def test_the_formula_by_hand():
    """Without factors counts are Poisson; with a day's factor alone, of shape 4, m m / 4 more, the next day r of it."""
    assert covariance([2, 3]).tolist() == [[2, 0], [0, 3]]
    assert covariance([2, 4], day_shape=4) == pytest.approx(np.array([[3.0, 2], [2, 8]]))
    assert covariance([2, 4], day_shape=4, day_correlation=0.5, days_apart=1) == pytest.approx(
        np.array([[4.0, 8], [8, 16]]) * factor_correlation(0.5, 4) / 4
    )
    with pytest.raises(ValueError, match=r"shape is 0: it has to be a shape"):
        covariance([2], day_shape=0)
    with pytest.raises(ValueError, match=r"expected\[1\] is -1"):
        covariance([2, -1])


REAL = {"bank_1999": (0.67, 244, (6, 0, 1, 2, 3)), "bank_2003": (0.61, 164, (0, 1, 2, 3, 4))}
"""Correlation of morning and afternoon, days that it is of, which they are (Guedj and Mandelbaum; Weinberg et al.)."""


@pytest.mark.parametrize("name", REAL)
def test_morning_and_afternoon_of_the_real_centres_hang_together_as_they_did(name):
    """The shipped world's own counts over 60 runs of a week, its weekdays' means taken away: within two standard errors
    of the real correlation and of the simulated one (days of one week hang together: a run counts as two days)."""
    real, days, working = REAL[name]
    world = load(f"scenarios/profiles/{name}.toml")
    week = world.model_copy(
        update={"time": world.time.model_copy(update={"warm_up": 0.0, "horizon": 10080.0, "follow_up": 0.0})}
    )
    halves = []
    for turn in range(60):
        rows = populate(week, seed=SEED, replication=turn).rows
        by_hour = np.histogram(rows["appeared"], bins=168, range=(0, 10080))[0].reshape(7, 24)[list(working)]
        halves.append((by_hour[:, :13].sum(axis=1), by_hour[:, 13:].sum(axis=1)))
    morning, afternoon = (np.array(half, float) for half in zip(*halves, strict=True))
    seen = np.corrcoef(*((half / half.mean(axis=0)).ravel() for half in (morning, afternoon)))[0, 1]
    error = math.hypot((1 - real**2) / math.sqrt(days), (1 - real**2) / math.sqrt(2 * 60))
    assert seen == pytest.approx(real, abs=2 * error)


# Special days ---------------------------------------------------------------------------------------------------------


def rates_of(world: World) -> Any:
    """Return what is expected of each day of a run, reason by reason."""
    cells = all_cells(world.population, world.time.end, world.time.first_monday)
    totals = cells["rate"][:, :-1] * np.diff(cells["starts"], axis=1)
    return totals.reshape(len(cells), -1, world.population.intervals_a_day()).sum(axis=2)


TWO = {"plain": {"share": 0.75}, "odd": {"share": 0.25, "profile": {"days": [0, 1, 1, 1, 1, 1, 1]}}}


def test_a_special_day_replaces_the_rates_of_its_day_alone():
    """By hand: 240 problems on any day if all were plain, 280 if all were odd, but none of these on Mondays."""
    days = {
        "week 1, tue": {"factor": 0.5},
        "week 1, wed": {"problems": 1000},
        "week 2, mon": {"problems": 100},
        "week 1, thu": {"profile": [1, 0, 0]},
    }
    world = busy(8, reasons=TWO, special_days=days)
    common, odd = rates_of(world)
    assert common == pytest.approx([240, 120, 240 * 1000 / 250, 240, 240, 240, 240, 100 / 0.75])
    assert odd == pytest.approx([0, 140, 280 * 1000 / 250, 280, 280, 280, 280, 0])
    assert expected_problems(world) == pytest.approx(0.75 * sum(common) + 0.25 * sum(odd))
    thirds = all_cells(world.population, world.time.end)["rate"][0, 9:12] * 480
    assert thirds == pytest.approx([240, 0, 0])


def test_a_day_that_has_no_problems_otherwise_gets_its_number_by_the_shares():
    profile = {"days": [1, 0, 0, 0, 0, 0, 0], "intervals": [1, 3]}
    world = busy(2, profile=profile, special_days={"week 1, tue": {"problems": 60}})
    assert rates_of(world).tolist() == [[1680, 60]]
    assert (all_cells(world.population, 2880.0)["rate"][0, 2:4] * 720).tolist() == [15, 45]


def test_a_date_is_the_same_day_as_its_week():
    said = {"factor": 3}
    dated = tiny_world(
        time={"horizon": "14 d", "first_monday": "2026-11-02"}, population={"special_days": {"2026-11-13": said}}
    )
    named = busy(14, special_days={"week 2, fri": said})
    assert populate(dated, seed=SEED).rows.tobytes() == populate(named, seed=SEED).rows.tobytes()


def test_worlds_whose_holidays_fall_on_other_days_have_other_customers():
    said = {"special_days": {"2026-11-13": {"factor": 3}}}
    one = tiny_world(time={"first_monday": "2026-11-02"}, population=said)
    other = tiny_world(time={"first_monday": "2026-11-09"}, population=said)
    assert not same_population(one, other)
    assert [change.key for change in population_differences(one, other)] == ["time.first_monday"]
    assert same_population(tiny_world(time={"first_monday": "2026-11-02"}), tiny_world())
    with pytest.raises(ValueError, match="begins on 2026-11-02, that of tiny on 2026-11-09"):
        measured(other, Coming.to(one, seed=SEED))
    with pytest.raises(ValueError, match="first_monday"):
        compare(one, other, replications=2, seed=SEED)


def test_busyness_goes_on_by_the_intervals_of_the_common_profile_whatever_else_is_finer():
    """A special day of 24 weights on profiles of 2: cells are hours, and twelve of them share one factor."""
    said = {"busyness_interval": 4, "busyness_interval_correlation": 0.5, "profile": {"intervals": [1, 1]}}
    coarse = factors_of(busy(4, **said), SEED)
    fine = factors_of(busy(4, **said, special_days={"week 1, tue": {"profile": [1] * 24}}), SEED)
    assert fine == pytest.approx(np.repeat(coarse, 12), rel=1e-9)


# Replays ------------------------------------------------------------------------------------------------------------

AT = [0.0, 10.5, 10.5, 700.25, 1439.0, 1440.0, 9999.0]
PEOPLE = {
    "reasons": {"bill": {"share": 0.5}, "fault": {"share": 0.5}},
    "segments": {
        name: {"share": share, "value_of_time": 0, "outage_value": 0, "hours_of_use": 0}
        for name, share in (("private", 0.9), ("pro", 0.1))
    },
}


def replaying(**replay: Any) -> World:
    """Return the tiny world of one day with calls to be replayed."""
    population = {key: value for key, value in TINY["population"].items() if key != "problems_per_day"}
    return World.model_validate({**TINY, "population": {**population, **PEOPLE, "replay": {"at": AT, **replay}}})


def test_problems_are_replayed_exactly_and_in_every_replication():
    world = replaying()
    for replication in range(20):
        rows = populate(world, seed=SEED, replication=replication).rows
        assert rows["appeared"].tolist() == [at for at in AT if at < 1440]
        for reason in (0, 1):
            mine = rows[rows["reason"] == reason]
            assert mine["number"].tolist() == [n * 64 + reason for n in range(len(mine))]
    assert expected_problems(world) == 5


def test_what_a_replay_tells_is_not_drawn_and_what_it_leaves_open_is():
    world = replaying(reasons=["fault", "", "bill", "", "", "", ""], segments=["", "pro", "pro", "", "", "", ""])
    seen = [populate(world, seed=SEED, replication=turn).rows for turn in range(300)]
    reasons, segments = (np.array([sorted_by_time(rows)[name] for rows in seen]) for name in ("reason", "segment"))
    assert (reasons[:, 0] == 1).all()
    assert set(reasons[:, 3]) == {0, 1}
    assert reasons[:, 3].mean() == pytest.approx(0.5, abs=4 * 0.5 / math.sqrt(300))
    assert (segments[:, 1:3] == 1).all()
    assert segments[:, 4].mean() == pytest.approx(0.1, abs=4 * 0.3 / math.sqrt(300))


def sorted_by_time(rows: Any) -> Any:
    return rows[np.argsort(rows["appeared"], kind="stable")]


def test_a_replay_is_lived_alike_by_both_engines_and_made_alike_as_it_comes():
    world = replaying()
    customers = populate(world, seed=SEED)
    assert Coming.to(world, seed=SEED).all() == customers
    told = [run(world, customers, engine=engine) for engine in ("simpy", "compiled")]
    assert first_difference(*told) is None
    assert measured(world, Coming.to(world, seed=SEED)).totals == measured(world, customers).totals


def test_studies_replay_the_same_calls_in_all_replications_and_worlds():
    """Calls a problem: 5 problems below in every replication, of both worlds, by threads and by SimPy's processes."""
    world = replaying()
    other = variant(world, {"teams": {"front": {"talk": "20 min"}}})
    for engine in ("simpy", "compiled"):
        found = replicate(world, replications=3, seed=SEED, engine=engine)
        assert found.totals["calls_per_problem"][:, 1].tolist() == [5, 5, 5]
    for totals in compare(world, other, replications=2, seed=SEED).totals:
        assert totals["calls_per_problem"][:, 1].tolist() == [5, 5]


def test_a_replay_of_which_no_call_comes_in_time_is_a_run_without_problems():
    world = replaying(at=[5000.0])
    assert len(populate(world, seed=SEED)) == 0
    assert measured(world, Coming.to(world, seed=SEED)).totals == measured(world, populate(world, seed=SEED)).totals
    assert expected_problems(world) == 0


def test_calls_at_one_instant_come_in_the_order_of_their_numbers():
    rows = populate(replaying(at=[5.0] * 200), seed=SEED).rows
    assert set(rows["appeared"]) == {5.0}
    assert (np.diff(rows["number"]) > 0).all()


def test_of_a_replay_no_load_can_be_turned():
    with pytest.raises(ValueError, match=r"load is 110 %, and the calls of tiny are replayed"):
        WhatIf(load=110).worlds(replaying(), replaying())


# Profiles of segments -----------------------------------------------------------------------------------------------


def test_the_shares_of_segments_follow_the_hour_and_hold_over_the_week():
    """Three kinds, two with profiles of their own, on an uneven week: 70 weeks of 1680 problems against the shares by
    interval (chi-square) and the shares of all (4 standard errors)."""
    alike = {"value_of_time": 0, "outage_value": 0, "hours_of_use": 0}
    segments = {
        "night": {**alike, "share": 0.2, "profile": {"intervals": [4, 1, 1, 2]}},
        "weekend": {**alike, "share": 0.3, "profile": {"days": [1, 1, 1, 1, 1, 5, 5]}},
        "rest": {**alike, "share": 0.5},
    }
    profile = {"days": [3, 2, 2, 2, 2, 1, 1], "intervals": [1, 4, 4, 2]}
    world = busy(490, segments=segments, profile=profile)
    shares = world.population.segment_shares()
    whole = np.outer(profile["days"], profile["intervals"]).ravel() / (13 * 11)
    assert shares.sum(axis=1) == pytest.approx(np.ones(28))
    assert whole @ shares == pytest.approx([0.2, 0.3, 0.5], abs=1e-9)
    ratio = shares[:, 0] / shares[:, 2]  # as the own profile over that of all, up to a constant
    wanted = np.tile([4 / 1, 1 / 4, 1 / 4, 2 / 2], 7) / (np.repeat(profile["days"], 4))
    assert ratio / ratio[0] == pytest.approx(wanted / wanted[0], rel=1e-6)
    rows = populate(world, seed=SEED).rows
    for name, share in enumerate((0.2, 0.3, 0.5)):
        error = math.sqrt(share * (1 - share) / len(rows))
        assert (rows["segment"] == name).mean() == pytest.approx(share, abs=4 * error)
    cell = (rows["appeared"] % 10080 // 360).astype(int)
    counts = np.array([[((cell == at) & (rows["segment"] == name)).sum() for name in range(3)] for at in range(28)])
    wanted_counts = counts.sum(axis=1, keepdims=True) * shares
    freedom = 28 * 2
    assert 1e-4 < stats.chi2(freedom).cdf(((counts - wanted_counts) ** 2 / wanted_counts).sum()) < 1 - 1e-4
