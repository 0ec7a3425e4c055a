"""Who calls again, and when: against hand-worked likelihoods, and on calls drawn by laws that are known."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from scipy import stats

import sim
from sim.data.call_log import Outcome
from sim.fitting.again import Followed
from sim.fitting.fit import fit
from sim.fitting.found import Found, quotient
from sim.fitting.gap_laws import gap_law
from sim.fitting.moved import moved
from sim.fitting.prepared import opened, prepare
from sim.fitting.redials import _Seen, redials
from sim.fitting.stretches import Stretch, Stretches, stretches
from tests.fitting.known import known, over
from tests.fitting.redialing import NEVER, NIGHTS, WEEKENDS, drawn, followed, law_of, stretches_of
from tests.fitting.test_odd_logs import log_of, runs, written

DAY = 1440.0
FOUR_HOURS, AN_HOUR = stats.uniform(0.0, 240.0), stats.expon(scale=60.0)
ALL_DAY, LATE = stats.uniform(0.0, 720.0), stats.norm(300.0, 30.0)
LAWS = [
    (30.0, None, NIGHTS, FOUR_HOURS),
    (300.0, None, NIGHTS, AN_HOUR),
    (600.0, None, NIGHTS, FOUR_HOURS),
    (600.0, None, WEEKENDS, FOUR_HOURS),
    (600.0, None, NIGHTS, ALL_DAY),
    (600.0, None, WEEKENDS, LATE),
    (3.0 * DAY, None, WEEKENDS, AN_HOUR),
    (600.0, None, NEVER, FOUR_HOURS),
    (30.0, 1.5, WEEKENDS, AN_HOUR),
    (600.0, 2.0, NIGHTS, FOUR_HOURS),
    (2.0 * DAY, 0.5, WEEKENDS, FOUR_HOURS),
]
"""Mean and cv of the gap (no cv: exponential), hours, and the law of the time after the opening; min."""


# The likelihood ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [stats.expon(scale=600.0), stats.lognorm(1.2, scale=200.0)])
def test_the_likelihood_of_five_calls_is_the_one_worked_by_hand(made):
    """One comes after 30 min, one on the next day, one of those who called after closing, two do not.

    The line is open from 08:00 to 20:00; the second ended at 19:00 on Monday, the next came at 09:00: meant for a
    time from 20:00 (60 min) to 20:00 on Tuesday (1,500 min). The third ended at 21:00: meant for the 1,380 min after.
    """
    p = 0.3
    calls = Followed.of(
        np.array([30.0, 840.0, 700.0, math.inf, math.inf]),
        np.array([600.0, 1140.0, 1260.0, 600.0, 1260.0]),
        np.arange(5), end=3 * DAY + 700.0, within=7 * DAY,
        stretches=stretches_of(NIGHTS, 1),
    )  # fmt: skip
    by_hand = [
        math.log(p * made.pdf(30.0)),
        math.log(p * (made.cdf(1500.0) - made.cdf(60.0))),
        math.log(p * (made.cdf(1380.0) - made.cdf(0.0))),
        math.log(1.0 - p * made.cdf(2 * DAY + 600.0)),  # from 10:00 on Monday to Wednesday's closing
        math.log(1.0 - p * made.cdf(2 * DAY - 60.0)),
    ]
    seen = _Seen(calls)
    assert seen.log_likelihood(p, made) == pytest.approx(sum(by_hand), rel=1e-9)
    assert sorted(seen.each(p, made)) == pytest.approx(sorted(by_hand), rel=1e-9)


@pytest.mark.parametrize("mean", [1e-3, 1.0, 1e8, 1e300])
def test_the_likelihood_holds_far_from_what_was_seen(mean):
    """Parts far in either tail: the logarithm of an exponential law's is -a/m + log(1 - exp(-(b - a)/m))."""
    calls = Followed(
        np.array([5000.0]), np.array([9000.0]), np.array([0]), np.array([9000.0]),
        Stretch(np.array([4000.0]), np.array([4700.0]), np.array([5400.0])),
    )  # fmt: skip
    expected = -4000.0 / mean + math.log(-math.expm1(-1400.0 / mean))
    assert _Seen(calls).log_likelihood(1.0 - 1e-9, stats.expon(scale=mean)) == pytest.approx(expected, rel=1e-6)


def test_nobody_is_watched_beyond_the_last_closing():
    """The log ends at 22:00, and at 10:00: what was meant for that night, or that day, need not have come."""
    line = Stretches(np.array([480.0, 1920.0]), np.array([1200.0, 2640.0]))
    since = np.array([600.0, 600.0, 600.0, 1300.0])
    assert line.watched(since, np.array([1320.0, 2040.0, 700.0, 2040.0])).tolist() == [600.0, 600.0, 100.0, 0.0]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [(gap_law("exponential", 600.0, 1.0), law_of(600.0, None)), (gap_law("lognormal", 60.0, 2.0), law_of(60.0, 2.0))],
)
def test_the_laws_are_scipys(mine, theirs):
    at = np.geomspace(1e-6, 1e5, 50)
    for name in ("logpdf", "logsf", "logcdf", "cdf"):
        assert getattr(mine, name)(at) == pytest.approx(getattr(theirs, name)(at), rel=1e-9, abs=1e-12)


# Recovered --------------------------------------------------------------------------------------------------------


@cache
def found(place: int, seed: int, n: int):
    mean, cv, hours, late = LAWS[place]
    calls = drawn(np.random.default_rng([seed, place]), n, 0.4, law_of(mean, cv), hours, late)
    return calls, redials(calls)


@pytest.mark.parametrize("place", range(len(LAWS)))
def test_share_and_gap_are_recovered_over_nights_and_weekends(place):
    """20,000 calls, of whose callers .4 would call again; no estimate is farther off than four errors."""
    mean, cv, _, _ = LAWS[place]
    best = found(place, 1, 20_000)[1][0]
    assert not best.doubt
    assert best.law == ("exponential" if cv is None else "lognormal")
    assert abs(best.share.value - 0.4) < 4.0 * best.share.error
    assert abs(best.mean.value - mean) < 4.0 * best.mean.error
    assert best.share.error < 0.01
    assert best.mean.error < 0.1 * mean
    if cv is not None:
        assert abs(best.cv.value - cv) < 4.0 * best.cv.error


@pytest.mark.parametrize("place", range(len(LAWS)))
def test_intervals_hold_the_truth_as_often_as_they_say(place):
    """Of 60 draws of 1,000 calls at least as many as fewer would be found once in ten thousand times."""
    mean, cv, _, _ = LAWS[place]
    law = "exponential" if cv is None else "lognormal"
    fits = [next(one for one in found(place, seed, 1000)[1] if one.law == law) for seed in range(100, 160)]
    fewest = stats.binom(60, 0.95).ppf(1e-4)
    assert sum(one.share.low <= 0.4 <= one.share.high for one in fits) >= fewest
    assert sum(one.mean.low <= mean <= one.mean.high for one in fits) >= fewest


def test_the_law_of_the_gap_is_told_from_the_other():
    chosen = [found(place, seed, 1000)[1][0].law for place in range(len(LAWS)) for seed in range(100, 160)]
    true = ["exponential" if LAWS[place][1] is None else "lognormal" for place in range(len(LAWS)) for _ in range(60)]
    assert np.mean([one == other for one, other in zip(chosen, true, strict=True)]) > 0.9


@pytest.mark.parametrize("end", [60.0, 600.0, 20_000.0])
def test_share_and_gap_of_redials_are_recovered_however_short_the_log(end):
    """.6 call again after a lognormal gap of mean 60 min and cv 2; the log ends at once, or after two weeks."""
    luck, n = np.random.default_rng(21), 20_000
    gap = law_of(60.0, 2.0).rvs(n, random_state=luck)
    until = luck.uniform(0.0, end, n)
    gap[(luck.random(n) > 0.6) | (gap > until)] = math.inf
    best = redials(followed(gap, until))[0]
    assert best.law == "lognormal"
    for one, true in ((best.share, 0.6), (best.mean, 60.0), (best.cv, 2.0)):
        assert abs(one.value - true) < 4.0 * one.error


def test_callers_of_many_calls_count_as_one():
    """Two hundred callers of ten calls each, who always call again or never: as sure as two hundred trials."""
    luck = np.random.default_rng(5)
    again = np.repeat(luck.random(200) < 0.5, 10)
    gap = np.where(again, luck.exponential(30.0, 2000), math.inf)
    calls = followed(gap, 1e4)
    calls = Followed(calls.gap, calls.until, np.repeat(np.arange(200), 10), calls.watched, calls.stretch)
    share = redials(calls)[0].share
    assert share.error == pytest.approx(math.sqrt(share.value * (1.0 - share.value) / 200), rel=0.02)


# After the opening ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "law", "mean"), [(2, "uniform", 120.0), (3, "uniform", 120.0), (4, "uniform", 360.0),
                               (1, "exponential", 60.0), (6, "exponential", 60.0)],
)  # fmt: skip
def test_how_long_after_the_opening_the_moved_come_is_recovered(place, law, mean):
    calls, fits = found(place, 1, 20_000)
    late = moved([(calls, fits[0])])
    assert late is not None
    assert late.law == law
    assert abs(late.mean.value - mean) < 4.0 * late.mean.error
    assert late.mean.error < 0.05 * mean
    within = [moved([(one[0], one[1][0])]).mean for one in (found(place, seed, 1000) for seed in range(100, 160))]
    assert sum(one.low <= mean <= one.high for one in within) >= stats.binom(60, 0.95).ppf(1e-4)


def test_a_delay_that_is_near_to_no_law_is_said_to_be():
    """All come about five hours after the opening: neither law has its peak there; the others come near to theirs."""
    near = [moved([(calls, fits[0])]).is_near() for calls, fits in (found(place, 1, 20_000) for place in (1, 2, 3, 5))]
    assert near == [True, True, True, False]


def test_where_nobody_comes_after_a_closing_nothing_is_told_of_it():
    calls = followed(np.random.default_rng(6).exponential(30.0, 500), 1e4)
    assert moved([(calls, redials(calls)[0])]) is None
    assert moved([]) is None


# What the log does not tell ---------------------------------------------------------------------------------------


def test_too_few_redials_are_no_law():
    assert redials(followed([5.0] * 19 + [math.inf] * 100, 1e5)) == ()


def test_gaps_that_are_all_equal_are_no_law():
    assert redials(followed([30.0] * 60 + [math.inf] * 100, 1e5)) == ()


def test_gaps_longer_than_the_log_are_doubted_not_told():
    """All come at any time of the two days that are seen: of how long the others take nothing is known."""
    luck = np.random.default_rng(8)
    gap = np.where(luck.random(3000) < 0.3, luck.uniform(0.0, 2 * DAY, 3000), math.inf)
    fits = redials(followed(gap, 2 * DAY))
    assert all(fit.doubt or fit.mean.high < 10.0 * fit.mean.low for fit in fits)
    runaway = followed(np.where(luck.random(3000) < 0.3, 2 * DAY * luck.random(3000) ** 0.2, math.inf), 2 * DAY)
    assert "more than half of the gaps would be longer than" in redials(runaway)[-1].doubt


def test_where_all_call_again_the_share_is_one_with_an_interval():
    """Of 200 who were watched long enough all came: 1, and by the likelihood's ratio at least exp(-1.92 / 200)."""
    gap = np.random.default_rng(9).exponential(30.0, 200)
    share = redials(followed(gap, 1e4))[0].share
    assert (share.value, share.high) == (1.0, 1.0)
    assert share.low == pytest.approx(math.exp(-stats.chi2.ppf(0.95, 1) / 2.0 / 200), abs=1e-4)


def test_a_quotient_of_two_normal_estimates_has_fiellers_interval():
    """(a/b) with errors s and t: the roots r of (a - r b)^2 = z^2 (s^2 + r^2 t^2) (Fieller 1954)."""
    a, b, s, t, z = 0.2, 0.8, 0.03, 0.02, stats.norm.ppf(0.975)
    one, other = (Found(x, x - z * e, x + z * e, e, 100) for x, e in ((a, s), (b, t)))
    roots = np.roots([b * b - (z * t) ** 2, -2 * a * b, a * a - (z * s) ** 2])
    assert sorted(roots) == pytest.approx(quotient(one, other)[1:3], rel=1e-4)
    assert quotient(Found(0.2, 0.1, 0.3, 0.05, 9), Found(0.5, 0.0, 1.0, 0.3, 9)).high == math.inf


def twice(first, again, second):
    """Return when calls came and whose they are: each caller's first one, and of some a second one."""
    came = np.concatenate([first, second[again]])
    return came, np.concatenate([np.arange(len(first)), np.flatnonzero(again)])


def served(came, callers, talk=3.0):
    """Return a log of calls that were answered at once, but for one in eight: a hang-up after two minutes."""
    order = np.argsort(came)
    came, callers = came[order], callers[order]
    vain = np.arange(len(came)) % 8 == 0
    return log_of(
        len(came), arrived=came, caller=callers,
        answered=np.where(vain, np.nan, came), left=came + np.where(vain, 2.0, talk), agent=np.where(vain, -1, 0),
        outcome=np.where(vain, Outcome.ABANDONED, Outcome.ANSWERED),
    )  # fmt: skip


def no_absurd_number(fitted, tmp_path) -> str:
    """Look at all that is told and written: no time above what the log holds tenfold, the world loads and runs."""
    for one in fitted.values:
        if one.name.startswith(("again", "moved", "repeats", "solve")):
            assert one.found.low < one.found.high, one
            assert one.found.value < 10 * 60 * DAY, one
    world, text = written(fitted, tmp_path)
    runs(world)
    assert world.population.again.after_unsolved.mean_value() < 100 * DAY
    assert "50000000" not in text
    return " ".join(text.split()).replace(" # ", " ")


def test_where_all_come_the_next_morning_no_absurd_gap_is_told(tmp_path):
    """Half of those of 09:00 to 17:00 come between 09:00 and 10:00 on the next day, and nobody on the same one."""
    luck = np.random.default_rng(11)
    first = np.repeat(np.arange(40) * DAY, 60) + luck.uniform(540.0, 1020.0, 2400)
    again = luck.random(2400) < 0.5
    next_day = (np.floor(first / DAY) + 1) * DAY + luck.uniform(540.0, 600.0, 2400)
    fitted = fit(served(*twice(first, again, next_day)))
    no_absurd_number(fitted, tmp_path)
    told = {one.name: one.found for one in fitted.values}
    seen = told["repeats_7d"]
    if "again.served.share" in told:
        assert abs(told["again.served.share"].value - seen.value) < 3.0 * seen.error
        assert 480.0 < told["again.served.gap.mean"].value < 1920.0  # from the closing to the one after it, the longest
    else:
        assert any("after a service" in one for one in fitted.warnings)


def test_a_log_of_one_day_tells_in_words_what_it_cannot(tmp_path):
    """Gaps of three days, of a log of eight hours."""
    luck = np.random.default_rng(12)
    first = luck.uniform(540.0, 1020.0, 4000)
    gap = luck.exponential(3 * DAY, 4000)
    again = (luck.random(4000) < 0.8) & (first + 3.0 + gap < 1020.0)
    fitted = fit(served(*twice(first, again, first + 3.0 + gap)))
    text = no_absurd_number(fitted, tmp_path)
    assert any("how many call again after a service" in one and "by a law" in one for one in fitted.warnings)
    assert "after_unsolved: guess: not in the log" in text
    with pytest.raises(ValueError, match="again"):
        fitted.value("again.served.gap.mean")


def test_gaps_that_are_all_equal_are_told_as_the_share_seen(tmp_path):
    luck = np.random.default_rng(13)
    first = np.repeat(np.arange(40) * DAY, 60) + luck.uniform(540.0, 900.0, 2400)
    again = luck.random(2400) < 0.5
    fitted = fit(served(*twice(first, again, first + 63.0)))
    text = no_absurd_number(fitted, tmp_path)
    assert "after_unsolved: guess: not in the log" in text
    assert "all after the same gap" in text


def test_more_again_after_a_service_than_in_vain_tell_no_solve(tmp_path):
    """Of 2,000 served half call again; of those who hung up nobody whose number is known, but one in ten."""
    luck = np.random.default_rng(14)
    n = 4000
    first = np.sort(np.repeat(np.arange(40) * DAY, n // 40) + luck.uniform(540.0, 900.0, n))
    vain = np.arange(n) % 2 == 0
    again = luck.random(n) < np.where(vain, 0.1, 0.5)
    came, who = twice(first, again, first + 3.0 + luck.exponential(30.0, n))
    hung_up = np.concatenate([vain, np.ones(again.sum(), bool)])
    order = np.argsort(came)
    came, who, hung_up = came[order], who[order], hung_up[order]
    fitted = fit(log_of(
        len(came), arrived=came, caller=who, answered=np.where(hung_up, np.nan, came), left=came + 3.0,
        agent=np.where(hung_up, -1, 0), outcome=np.where(hung_up, Outcome.ABANDONED, Outcome.ANSWERED),
    ))  # fmt: skip
    assert any("more call again after a service" in one for one in fitted.warnings)
    assert "solve" not in {one.name for one in fitted.values}
    assert "guess: not in the log: 70 %" in no_absurd_number(fitted, tmp_path)


# Hours ------------------------------------------------------------------------------------------------------------


def calls_at(times):
    """Return a log of hang-ups at these times, made ready."""
    at, vain = np.sort(times), Outcome.ABANDONED
    return prepare(log_of(len(at), arrived=at, answered=np.nan, left=at + 1.0, agent=-1, outcome=vain))


def test_stretches_are_known_to_the_minute_and_a_holiday_is_closed():
    """Four weeks of weekdays, a call each quarter from 08:10 to 19:40, but for the second Wednesday."""
    days = [day for day in range(28) if day % 7 < 5 and day != 9]
    line = stretches(calls_at(np.concatenate([day * DAY + np.arange(490.0, 1181.0, 15.0) for day in days])))
    inside = (line.begins >= 0.0) & (line.begins < 28 * DAY)
    assert line.begins[inside].tolist() == [day * DAY + 490.0 for day in days]
    assert line.ends[inside] == pytest.approx([day * DAY + 1180.0 + 1 / 60 for day in days])


def test_a_line_that_closes_after_midnight_has_its_night():
    """Open from 08:00 to 01:00: the first call of a day is at midnight, the last just before it."""
    open_at = np.concatenate([np.arange(0.0, 60.0, 5.0), np.arange(480.0, 1440.0, 5.0)])
    made = calls_at(np.concatenate([day * DAY + open_at for day in range(14)]))
    hours = opened(made)
    assert hours[:96].tolist() == [True] * 4 + [False] * 28 + [True] * 64
    line = stretches(made)
    assert (line.ends - line.begins)[3] == pytest.approx(17 * 60.0 - 5.0 + 1 / 60)


def test_a_line_that_never_closes_has_one_stretch():
    line = stretches(calls_at(np.arange(0.0, 14 * DAY, 20.0)))
    assert (line.begins.tolist(), line.ends.tolist()) == ([-math.inf], [math.inf])


# A world's own log ------------------------------------------------------------------------------------------------


def unsolved():
    """Return a world where nobody is helped, of ten who would .6 call again after 10 h, and none knows at once."""
    people = {
        "problems_per_day": 100,
        "patience": "none",
        "again": {"persistence": 0.6, "after_unsolved": {"law": "exponential", "mean": "10 h"}},
        "moved": {"law": "uniform", "low": "0 min", "high": "3 h"},
    }
    team = {"staff": 30, "talk": "4 min", "solve": {"plain": 0.0}}
    return known(
        time={"warm_up": "0 d", "horizon": "56 d", "follow_up": "0 d"}, line={"open": ["mon-sat 08:00-20:00"]},
        teams={"front": team}, **over(people),
    )  # fmt: skip


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    """Return what is fitted to five logs of it, as Asterisk would have written them."""
    world = unsolved()
    fits = []
    for replication in range(5):
        path = tmp_path_factory.mktemp("log") / "queue_log"
        history = sim.run(world, sim.populate(world, seed=3, replication=replication))
        sim.write_log(history, path, "queue_log")
        fits.append(fit(sim.queue_log(path)))
    return fits


@pytest.mark.parametrize(
    ("name", "true"), [("again.served.share", 0.6), ("again.served.gap.mean", 600.0), ("moved.mean", 90.0)]
)
def test_a_worlds_own_log_gives_back_what_it_was_made_of(logs, name, true):
    values = [one.value(name).found for one in logs]
    assert all(abs(one.value - true) < 4.0 * max(one.error, 0.01 * true) for one in values)
    assert sum(one.low <= true <= one.high for one in values) >= 3
    assert logs[0].value("again.served.gap.mean").goodness == "exponential"


def test_the_share_by_the_law_and_repeats_in_seven_days_agree(logs):
    """Of gaps of 10 h all but one in a million are over in seven days: both are the same share."""
    for one in logs:
        law, seen = one.value("again.served.share").found, one.value("repeats_7d").found
        assert abs(law.value - seen.value) < 2.0 * math.hypot(law.error, seen.error)


def test_what_is_found_is_written_and_loads(logs, tmp_path):
    file = tmp_path / "own.toml"
    file.write_text(logs[0].to_toml(), encoding="utf-8")
    world = sim.load(file)
    assert world.population.moved.mean_value() == pytest.approx(90.0, rel=0.05)
    assert world.population.again.after_unsolved.mean_value() == pytest.approx(600.0, rel=0.1)
    assert tuple(world.line.open) == ("mon-sat 08:00-20:00",)
