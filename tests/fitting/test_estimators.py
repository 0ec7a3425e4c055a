"""Each estimator against a closed form, SciPy, or figures published of a real centre on data made by its laws."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim.fitting import again, busyness, patience, speeds
from sim.fitting.arrivals import arrivals, shapes
from sim.fitting.found import design_effect, ratio, share
from sim.fitting.laws import Durations, alike, fitted
from sim.fitting.staff import seen
from tests.fitting.redialing import followed

WITHIN = 3.5
"""Standard errors: of a thousand right estimates one is farther off by chance."""


def near(found, true):
    """Say by how many of its own standard errors an estimate is off."""
    assert found.error > 0.0
    assert abs(found.value - true) / found.error < WITHIN, (found, true)


# Shares and ratios ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hits", "n"), [(0, 12), (3, 12), (12, 12), (140, 2000)])
def test_a_share_has_the_interval_of_wilson(hits, n):
    found = share(np.arange(n) < hits)
    low, high = stats.binomtest(hits, n).proportion_ci(method="wilson")
    assert found[:3] == pytest.approx((hits / n, low, high), abs=1e-9)


def test_trials_that_only_repeat_a_callers_are_worth_one():
    """A hundred callers who do four times the same: as much is known as from a hundred trials."""
    once = np.arange(100) < 30
    found = share(np.repeat(once, 4), np.repeat(np.arange(100), 4))
    assert design_effect(np.repeat(once, 4), np.repeat(np.arange(100), 4)) == pytest.approx(4 * 100 / 99)
    assert found.error == pytest.approx(share(once).error * math.sqrt(100 / 99))


def test_a_ratio_of_equal_parts_is_a_mean_with_students_interval():
    found = ratio([3.0, 5.0, 7.0, 9.0], [1.0, 1.0, 1.0, 1.0])
    low, high = stats.t.interval(0.95, 3, 6.0, stats.sem([3, 5, 7, 9]))
    assert found[:3] == pytest.approx((6.0, low, high))


# Busyness ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("shape", "mean", "days"), [(45.6, 1622.3, 244), (43.2, 1622.3, 244), (251.5, 32461.3, 164)])
def test_the_published_shapes_of_two_banks_are_recovered(shape, mean, days):
    """Daily totals of the year 1999 and of March to October 2003, made anew by their law, thirty times each."""
    luck, factors = np.random.default_rng(1), np.array([1.037, 0.999, 1.019, 0.963, 0.983])
    kinds = np.arange(days) % 5
    found = []
    for _ in range(30):
        totals = luck.poisson(mean * factors[kinds] * luck.gamma(shape, 1.0 / shape, days))
        found.append(busyness.day_shape(totals, kinds))
    inside = sum(one.low <= shape <= one.high for one in found)
    assert inside >= 25  # of 30 with a chance of 95 %: fewer once in three hundred times
    spreads = np.array([1.0 / one.value for one in found])
    assert abs(spreads.mean() - 1.0 / shape) < WITHIN * spreads.std(ddof=1) / math.sqrt(30)


def test_with_one_mean_the_shape_is_the_published_formula():
    """1 / (cv^2 - 1 / mean), as of the tables of both banks."""
    totals = np.array([150.0, 90.0, 130.0, 60.0, 101.0, 88.0, 99.0])
    found = busyness.day_shape(totals, np.zeros(7, int))
    rho = max(busyness.lag_one(totals, np.zeros(7, int)).value, 0.0)
    cv = totals.std(ddof=1) / totals.mean()
    assert found.value == pytest.approx(1.0 / (cv**2 - 1.0 / totals.mean()))
    worth = 6.0 * (1.0 - rho**2) / (1.0 + rho**2)
    between = 6.0 / worth * np.array(stats.chi2.ppf([0.025, 0.975], worth))
    squares = ((totals - totals.mean()) ** 2).sum()
    for shape, wanted in zip((found.low, found.high), between[[0, 1]], strict=True):
        if math.isfinite(shape):
            assert squares / (totals.mean() + totals.mean() ** 2 / shape) == pytest.approx(wanted)


def test_days_that_poisson_explains_have_no_busyness():
    totals = np.random.default_rng(3).poisson(400, 200)
    found = busyness.day_shape(totals, np.arange(200) % 5)
    assert math.isinf(found.high)
    assert found.low > 400.0


def test_neighbouring_days_are_as_alike_as_they_were_made():
    """An autoregressive factor of correlation .576, as in 1999."""
    luck, rho, days = np.random.default_rng(4), 0.576, 2000
    noise = luck.normal(size=days)
    for day in range(1, days):
        noise[day] = rho * noise[day - 1] + math.sqrt(1 - rho**2) * noise[day]
    found = busyness.lag_one(1e7 * np.exp(0.1 * noise), np.arange(days) % 5)
    near(found, rho)
    assert busyness.lag_one(np.arange(5.0), np.zeros(5, int)).n == 4


@pytest.mark.parametrize("correlation", [0.0, 0.6])
def test_the_factor_of_intervals_is_told_from_that_of_days(correlation):
    """Days of shape 45, intervals of shape 20 with neighbours alike or not (the Gamma as a sum of squared normals)."""
    luck, days, many = np.random.default_rng(5), 400, 34
    profile = 0.3 + np.abs(np.sin(np.arange(many) / 6.0))
    profile *= 1600.0 / profile.sum()
    factor = gammas(luck, 20, correlation, days, many)
    counts = luck.poisson(profile * luck.gamma(45.0, 1.0 / 45.0, (days, 1)) * factor)
    found = busyness.interval_factor(counts, np.arange(days) % 5)
    if correlation == 0.0:
        near(found.shape, 20.0)
        near(found.correlation, 0.0)
        near(busyness.apart(busyness.day_shape(counts.sum(axis=1), np.arange(days) % 5), found.shape,
                            profile / profile.sum()), 45.0)  # fmt: skip
    else:
        assert found.correlation.low > 0.4
        assert found.shape.value > 20.0  # what neighbours share looks like the day's own


def gammas(luck, shape, correlation, days, many):
    """Return Gamma factors of a whole shape, and a squared correlation between neighbours."""
    rho = math.sqrt(correlation)
    normal = luck.normal(size=(2 * shape, days, many))
    for at in range(1, many):
        normal[:, :, at] = rho * normal[:, :, at - 1] + math.sqrt(1.0 - rho**2) * normal[:, :, at]
    return (normal**2).mean(axis=0)


# Arrivals ---------------------------------------------------------------------------------------------------------


def test_volume_and_profile_are_those_of_the_counts():
    """Two weeks: 4 calls on Mondays at 10:00, 2 on Tuesdays at 12:15, nobody on other days."""
    monday, tuesday = [600.0 + minute for minute in range(4)], [1440 + 735.0, 1440 + 736.0]
    times = [week * 10080 + at for week in (0, 1) for at in [*monday, *tuesday]]
    found = arrivals(times, np.arange(14), 30)
    assert found.per_day.value == pytest.approx(6 / 7)
    assert [one.value for one in found.by_weekday] == [4, 2, 0, 0, 0, 0, 0]
    assert found.counts.sum() == 12
    assert np.flatnonzero(found.counts.sum(axis=0)).tolist() == [20, 24]


def test_a_weekday_of_its_own_shape_is_told_from_those_that_are_alike():
    luck = np.random.default_rng(6)
    usual, late = np.array([4.0, 9.0, 6.0, 3.0]), np.array([2.0, 4.0, 8.0, 8.0])
    kinds = np.arange(70) % 7
    counts = luck.poisson(np.where((kinds == 5)[:, None], late, usual))
    _, own = shapes(counts.astype(float), kinds)
    assert own == (5,)
    alike_days = luck.poisson(np.tile(usual, (70, 1))).astype(float)
    assert shapes(alike_days, kinds)[1] == ()


# Laws -------------------------------------------------------------------------------------------------------------


def test_the_lognormal_law_is_the_closed_form():
    """Mean and deviation of the logarithms; the error of the deviation is sigma / sqrt(2 n)."""
    times = np.random.default_rng(7).lognormal(1.2, 0.9, 4000)
    [fit] = fitted(Durations.of(times), ["lognormal"])
    sigma = np.log(times).std()
    assert fit.mean.value == pytest.approx(math.exp(np.log(times).mean() + sigma**2 / 2), rel=1e-6)
    assert fit.cv.value == pytest.approx(math.sqrt(math.expm1(sigma**2)), rel=1e-6)
    slope = sigma * math.exp(sigma**2) / fit.cv.value
    assert fit.cv.error == pytest.approx(slope * sigma / math.sqrt(2 * 4000), rel=1e-3)


@pytest.mark.parametrize(
    ("law", "made"),
    [
        ("gamma", stats.gamma(2.5, scale=1.6)),
        ("weibull", stats.weibull_min(0.8, scale=5.0)),
        ("lognormal", stats.lognorm(0.9, scale=3.0)),
        ("exponential", stats.expon(scale=4.0)),
    ],
)
def test_parameters_and_likelihood_are_scipys(law, made):
    times = made.rvs(3000, random_state=8)
    [fit] = fitted(Durations.of(times), [law])
    known = {"gamma": stats.gamma, "weibull": stats.weibull_min, "lognormal": stats.lognorm, "exponential": stats.expon}
    theirs = known[law](*known[law].fit(times, floc=0))
    assert fit.log_likelihood == pytest.approx(theirs.logpdf(times).sum(), abs=1e-3)
    assert fit.mean.value == pytest.approx(theirs.mean(), rel=1e-4)
    assert fit.distance == pytest.approx(stats.kstest(times, theirs.cdf).statistic, abs=1e-4)
    near(fit.mean, made.mean())
    near(fit.cv, made.std() / made.mean()) if law != "exponential" else None


def test_the_error_of_a_gamma_shape_is_that_of_the_information():
    """k^2 / (n (k^2 psi'(k) - k)) for the shape (Johnson, Kotz, Balakrishnan, chapter 17)."""
    from scipy.special import polygamma

    times = stats.gamma(2.5, scale=1.6).rvs(5000, random_state=9)
    [fit] = fitted(Durations.of(times), ["gamma"])
    shape = fit.parameters["shape"].value
    assert fit.parameters["shape"].error == pytest.approx(
        math.sqrt(shape / (5000 * (shape * float(polygamma(1, shape)) - 1.0))), rel=1e-2
    )


def test_the_errors_of_a_weibull_law_are_the_published_ones():
    """.608 k^2 / n and 1.109 (scale / k)^2 / n (Cohen, Technometrics 7, 1965)."""
    times = stats.weibull_min(0.943, scale=7.03).rvs(8000, random_state=10)
    [fit] = fitted(Durations.of(times), ["weibull"])
    shape, scale = (fit.parameters[name] for name in ("shape", "scale"))
    assert shape.error == pytest.approx(shape.value * math.sqrt(0.608 / 8000), rel=0.05)
    assert scale.error == pytest.approx(scale.value / shape.value * math.sqrt(1.109 / 8000), rel=0.05)


@pytest.mark.parametrize("law", ["lognormal", "gamma", "weibull", "erlang"])
def test_the_law_that_made_the_times_is_the_one_chosen(law):
    made = {
        "lognormal": stats.lognorm(0.9, scale=3.0),
        "gamma": stats.gamma(2.5, scale=1.6),
        "weibull": stats.weibull_min(1.7, scale=4.0),
        "erlang": stats.gamma(3, scale=1.2),
    }[law]
    assert fitted(Durations.of(made.rvs(20_000, random_state=11)))[0].law == law


def test_what_is_left_out_below_a_threshold_does_not_bend_the_law():
    """An exponential law of 3 min less its first 10 s: the mean of those left is 3 min and 10 s, the law's is 3."""
    times = stats.expon(scale=3.0).rvs(40_000, random_state=12)
    kept = times[times >= 1 / 6]
    [fit] = fitted(Durations.of(kept, over=1 / 6), ["exponential"])
    assert kept.mean() == pytest.approx(3.0 + 1 / 6, rel=0.02)
    near(fit.mean, 3.0)
    assert fit.mean.value == pytest.approx(kept.mean() - 1 / 6, rel=1e-5)


def test_agents_who_differ_widen_the_interval_of_the_mean():
    """The mean of twelve agents' speeds is known to their spread over the root of twelve, however many calls."""
    luck = np.random.default_rng(13)
    speeds_of = luck.lognormal(-0.02, 0.2, 12)
    who = np.repeat(np.arange(12), 2000)
    times = luck.lognormal(0.0, 0.8, len(who)) * speeds_of[who]
    [fit] = fitted(Durations.of(times, whose=who), ["lognormal"])
    means = np.array([np.log(times[who == agent]).mean() for agent in range(12)])
    assert fit.mean.error / fit.mean.value == pytest.approx(means.std(ddof=1) / math.sqrt(12), rel=0.35)
    [alone] = fitted(Durations.of(times), ["lognormal"])
    assert fit.mean.error > 4 * alone.mean.error


def test_very_many_times_are_told_by_the_thousandth():
    times = np.random.default_rng(14).lognormal(0.0, 1.0, 50_000)
    once, many, which = alike(times)
    assert len(once) <= 10_000
    assert many.sum() == 50_000
    assert np.abs(once[which] / times - 1.0).max() < 0.001
    assert once @ many == pytest.approx(times.sum(), rel=1e-12)


@pytest.mark.parametrize(("times", "said"), [([1.0] * 50, "equal"), ([1.0, 2.0], "too few")])
def test_what_no_law_can_be_fitted_to_is_refused(times, said):
    with pytest.raises(ValueError, match=said):
        fitted(Durations.of(times))


# Agents -----------------------------------------------------------------------------------------------------------


def test_in_a_balanced_table_the_spread_is_the_analysis_of_variances():
    """Between agents (MSB - MSW) / n, within MSW, MSB / MSW being Fisher's F."""
    luck = np.random.default_rng(15)
    logs = luck.normal(1.0, 0.8, (10, 200)) + luck.normal(0.0, 0.3, (10, 1))
    found = speeds.spread(np.exp(logs).ravel(), np.repeat(np.arange(10), 200))
    within = logs.var(axis=1, ddof=1).mean()
    f = stats.f_oneway(*logs).statistic
    assert found.within.value == pytest.approx(math.sqrt(math.expm1(within)))
    assert found.between.value == pytest.approx(math.sqrt(math.expm1((f - 1.0) * within / 200)))


def test_the_interval_of_the_spread_holds_it_as_often_as_it_says():
    """Fourteen agents of 10 to 400 calls each, of cv .22 as in the bank of 1999, 300 times."""
    luck, inside, means = np.random.default_rng(16), 0, []
    sigma = math.sqrt(math.log1p(0.22**2))
    who = np.repeat(np.arange(14), np.linspace(10, 400, 14).astype(int))
    for _ in range(300):
        talk = luck.gamma(1.2, 1.0, len(who)) * luck.lognormal(-(sigma**2) / 2, sigma, 14)[who]
        found = speeds.spread(talk, who).between
        inside += found.low <= 0.22 <= found.high
        means.append(math.log1p(found.value**2))
    assert inside >= 270  # 285 are expected; fewer than 270 once in fifteen thousand times
    assert np.mean(means) == pytest.approx(sigma**2, abs=4 * float(np.std(means)) / math.sqrt(300))


def test_the_raw_spread_of_means_is_more_than_the_agents():
    """All agents alike: their means differ by chance, the variance component says none."""
    luck = np.random.default_rng(17)
    who = np.repeat(np.arange(20), 12)
    found = speeds.spread(luck.lognormal(0.0, 1.0, len(who)), who).between
    assert found.low == 0.0
    assert speeds.spread([1.0, 2.0], [0, 1]).between.n == 0


# Patience ---------------------------------------------------------------------------------------------------------

HAZARD = (0.174, 0.1931, 0.1654, 0.1358, 0.1991, 0.1696, 0.1582, 0.1084, 0.128, 0.0994, 0.0977, 0.1017, 0.0906)
"""Of hanging up, a minute, January and October 1999 (Guedj and Mandelbaum 2000)."""
SURVIVAL = {15: 0.954, 30: 0.915, 60: 0.84, 120: 0.734, 180: 0.645, 300: 0.529, 600: 0.333}
"""Of the same, by Kaplan and Meier, by seconds."""


def bank(n, seed):
    """Return waits that ended in a hang-up and those that ended in an answer, by the bank's hazards."""
    luck = np.random.default_rng(seed)
    edges = np.array(patience.BANDS) / 60.0
    upto = np.concatenate([[0.0], np.cumsum(np.diff(edges) * HAZARD)])
    patient = np.interp(luck.exponential(size=n), upto, edges, right=math.inf)
    answered = luck.exponential(2.0, n)
    return patient[patient <= answered], answered[patient > answered]


def test_hazards_and_survival_of_the_bank_are_recovered():
    left, answered = bank(28_565, 18)
    for band, hazard in zip(patience.hazards(left, answered), HAZARD, strict=True):
        near(band.hazard, hazard)
    seen_by_it = patience.kaplan_meier(left, answered)
    for seconds, survival in SURVIVAL.items():
        found = seen_by_it.beyond(seconds / 60.0)
        assert abs(found.value - survival) < WITHIN * found.error + 0.01, seconds  # the published hazards are rounded


def test_the_banks_weibull_law_is_recovered_through_the_answers():
    luck = np.random.default_rng(19)
    patient, answered = 422.0 / 60.0 * luck.weibull(0.943, 28_565), luck.exponential(2.0, 28_565)
    laws = fitted(Durations.of(patient[patient <= answered], answered[patient > answered]), ["weibull", "exponential"])
    assert laws[0].law == "weibull"
    near(laws[0].parameters["shape"], 0.943)
    near(laws[0].parameters["scale"], 422.0 / 60.0)
    assert laws[0].distance < 0.03


def test_the_banks_exponential_mean_is_recovered():
    """390 s: as many as hung up there, 5,169."""
    luck = np.random.default_rng(20)
    patient, answered = luck.exponential(6.5, 28_565), luck.exponential(1.4, 28_565)
    left, others = patient[patient <= answered], answered[patient > answered]
    found = patience.exponential_mean(left, others)
    near(found, 6.5)
    assert found.value == pytest.approx((left.sum() + others.sum()) / len(left))
    [law] = fitted(Durations.of(left, others), ["exponential"])
    assert law.mean.value == pytest.approx(found.value, rel=1e-6)
    assert law.mean.error == pytest.approx(found.error, rel=1e-3)


def test_kaplan_meier_and_greenwood_are_the_hand_worked_ones():
    """Freireich's remission times of 1963 (6-MP): S(10) is .753 with an error of .0963 (Kalbfleisch and Prentice)."""
    ended = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    cut = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    found = patience.kaplan_meier(ended, cut)
    assert found.beyond(10.0).value == pytest.approx(0.7529, abs=5e-5)
    assert found.beyond(23.0).value == pytest.approx(0.4482, abs=5e-5)
    log_log = 0.0963 / (0.7529 * abs(math.log(0.7529)))
    assert found.beyond(10.0).low == pytest.approx(0.7529 ** math.exp(1.96 * log_log), abs=2e-3)
    assert found.beyond(1.0).value == 1.0


def test_nobody_who_hangs_up_bounds_the_mean_from_below():
    """No event in T minutes: the rate is below 3.689 / T with 97.5 % (Garwood)."""
    found = patience.exponential_mean([], [100.0] * 10)
    assert math.isinf(found.value)
    assert found.low == pytest.approx(1000.0 / 3.6889, rel=1e-4)
    assert patience.exponential_mean([], []).n == 0


def test_who_is_answered_at_once_has_nothing_to_shrink_from():
    found = patience.at_once([0.0, 0.001, 3.0], [0.0, 0.0, 2.0], within=1 / 60)
    assert (found.value, found.n) == (0.5, 4)


# Calling again ----------------------------------------------------------------------------------------------------


def test_the_next_call_of_a_caller_is_followed_from_the_end_of_the_last():
    gap, place = again.next_calls([0, 1, 0, -1, -1, 0], [0, 5, 10, 11, 12, 40], [2, 6, 30, 12, 13, np.nan])
    assert gap.tolist() == [8, math.inf, 10, math.inf, math.inf, math.inf]
    assert place.tolist() == [2, -1, 5, -1, -1, -1]


def test_only_calls_with_all_their_days_ahead_count_as_repeats():
    """Of three with a day ahead of them one calls again within it; the fourth had half a day."""
    calls = followed([100.0, 2000.0, math.inf, 5.0], [3000.0, 3000.0, 1440.0, 720.0])
    found = again.repeats(calls, 1.0)
    assert (found.value, found.n) == (pytest.approx(1 / 3), 3)


# Staff ------------------------------------------------------------------------------------------------------------


def test_agents_are_seen_in_the_half_hours_that_their_calls_touch():
    """Monday: agent 0 from 08:10 to 08:40, agent 1 from 08:50 to 09:00 and, for another queue, to 09:05."""
    found = seen([0, 1, 1], [0, 0, 1], [490, 530, 540], [520, 540, 545], 2, [0])
    assert found.agents[0, 16:19].tolist() == [1, 2, 0]
    assert found.agents[1, 16:19].tolist() == [0, 0, 1]
    assert found.busy[0, 16:18].tolist() == [pytest.approx(20 / 30), pytest.approx(20 / 30)]
    assert found.busy[1, 18] == pytest.approx(5 / 30)


def test_two_mondays_are_meaned():
    found = seen([0, 1], [0, 0], [480, 480 + 7 * 1440], [490, 490 + 7 * 1440], 1, [0, 7])
    assert found.agents[0, 16] == 1.0
    assert seen([0], [0], [480], [490], 1, [0, 7]).agents[0, 16] == 0.5


def test_a_weekday_that_is_left_with_one_day_of_calls_tells_no_spread():
    """Days of a call at most tell nothing, and then neither does the one other Tuesday: as if neither were there."""
    mondays = np.array([[8.0, 12.0, 3.0], [15.0, 9.0, 4.0], [11.0, 2.0, 6.0]])
    tuesdays = np.array([[9.0, 9.0, 9.0], [0.0, 1.0, 0.0]])
    without = busyness.interval_factor(mondays, [0, 0, 0]).shape
    together = busyness.interval_factor(np.vstack([mondays, tuesdays]), [0, 0, 0, 1, 1]).shape
    assert math.isfinite(without.value)
    assert together == without
