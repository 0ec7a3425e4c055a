"""Break-evens: against formulas, in simulated worlds whose answer is known, and in words where there is none."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import sim
from sim.study.breaking_even.break_even import break_even
from sim.study.breaking_even.found import BreakEven
from sim.study.breaking_even.roots import Curve, Root, known_so_far, roots_of
from sim.study.breaking_even.varied import varied
from sim.study.running.estimate import Estimate, ratio
from sim.study.running.size import with_days
from sim.study.running.student import two_sided
from sim.study.running.tasks import days_of
from tests.worlds import tiny_world


def curve(function, low, high, *, reach=0.0, whole=False):
    """Return a curve of a known difference, its interval of the same reach everywhere."""

    def ask(values):
        return [Estimate(function(x), function(x) - reach, function(x) + reach) for x in values]

    return Curve(ask, low, high, whole=whole)


def found(made: Curve) -> list[Root]:
    made.scan(9)
    return roots_of(made)


def test_a_straight_line_has_its_root_and_its_interval():
    """2x - 3 within 1: the root 1.5, zero within the interval from 1 to 2."""
    (root,) = found(curve(lambda x: 2 * x - 3, 0, 5, reach=1.0))
    assert root.at == pytest.approx(1.5, abs=1e-6)
    assert root.interval == pytest.approx((1.0, 2.0), abs=1e-3)
    assert not root.jump


def test_a_falling_curve_too():
    """exp(-x) = 1/2 at ln 2; within 0.1: from -ln 0.6 to -ln 0.4."""
    (root,) = found(curve(lambda x: math.exp(-x) - 0.5, 0, 3, reach=0.1))
    assert root.at == pytest.approx(math.log(2), abs=1e-4)
    assert root.interval == pytest.approx((-math.log(0.6), -math.log(0.4)), abs=1e-3)


def test_every_change_of_sign_is_a_root_of_its_own():
    roots = found(curve(math.sin, 1.0, 10.0, reach=0.01))
    assert [root.at for root in roots] == pytest.approx([math.pi, 2 * math.pi, 3 * math.pi], abs=1e-4)


def test_a_root_that_is_looked_at_by_chance_is_one_root():
    assert [root.at for root in found(curve(lambda x: x, -1, 1, reach=0.1))] == [0.0]


def test_a_stretch_in_which_they_are_the_same_is_one_break_even_with_its_edges():
    """max(0, 3 - x) on 0 to 10 is nothing from 3 on; with both sides bent up, |x - 5| - 2 above 0, from 3 to 7."""
    (to_the_end,) = found(curve(lambda x: max(0.0, 3.0 - x), 0, 10))
    assert to_the_end.interval[0] == pytest.approx(3.0, abs=2e-3)
    assert to_the_end.interval[1] is None
    assert to_the_end.at >= 3.0
    (between,) = found(curve(lambda x: max(0.0, abs(x - 5.0) - 2.0), 0, 10))
    assert between.interval == pytest.approx((3.0, 7.0), abs=2e-3)
    assert 3.0 <= between.at <= 7.0
    (whole,) = found(curve(lambda x: min(0.0, 6.0 - x), 1, 40, whole=True))
    assert (whole.at, whole.interval) == (6.0, (None, 6.0))


def test_a_cut_that_nobody_comes_to_is_one_break_even():
    """Who waits half an hour and talks for ten minutes is gone after 40 min: from then on nothing differs."""
    world = tiny_world(population={"patience": "30 min", "again": {"persistence": 0.5}}, teams={"front": {"staff": 2}})
    cut: dict[str, Any] = {"vary": "levers.time.cut_after", "between": ("5 min", "300 min"), "vary_in": "first"}
    made = break_even(world, world, measure="calls_per_problem", replications=3, **cut)
    (root,) = made.roots
    assert root.interval[0] is not None
    assert root.interval[0] <= 40.0 <= root.at
    assert root.interval[1] is None


def test_an_interval_that_reaches_a_bound_has_no_end_there():
    (root,) = found(curve(lambda x: x - 1, 0, 5, reach=2.0))
    assert root.interval[0] is None
    assert root.interval[1] == pytest.approx(3.0, abs=1e-3)


def test_a_jump_is_no_value_at_which_they_are_the_same():
    (root,) = found(curve(lambda x: -1.0 if x < 2.2 else 3.0, 0, 5, reach=0.5))
    assert root.jump
    assert root.between == pytest.approx((2.2, 2.2), abs=1e-4)
    assert root.differences == (-1.0, 3.0)
    assert root.interval == pytest.approx((2.2, 2.2), abs=1e-4)


def test_a_steep_slope_is_no_jump():
    (root,) = found(curve(lambda x: math.tanh(200 * (x - 2.2)), 0, 5, reach=0.5))
    assert not root.jump
    assert root.at == pytest.approx(2.2, abs=1e-4)


def test_a_whole_number_changes_the_sign_between_two_values():
    (root,) = found(curve(lambda n: n - 61.4, 0, 1000, reach=3.0, whole=True))
    assert root.between == (61.0, 62.0)
    assert root.at == 61.0
    assert root.interval == (59.0, 64.0)


def test_a_whole_number_whose_sign_changes_surely():
    (root,) = found(curve(lambda n: 10 * n - 614, 0, 1000, reach=1.0, whole=True))
    assert root.between == root.interval == (61.0, 62.0)
    assert not root.jump


def test_no_root_and_nothing_that_changes():
    none, flat = curve(lambda x: x + 1, 0, 5), curve(lambda x: 7.0, 0, 5)
    assert not found(none)
    assert not none.flat()
    assert not found(flat)
    assert flat.flat()


def test_what_is_known_of_an_interrupted_search_is_its_bracket():
    made = curve(lambda x: x - 3, 0, 4, reach=1.0)
    made.look([0, 4])
    (root,) = known_so_far(made)
    assert root.between == root.interval == (0.0, 4.0)


@pytest.mark.parametrize(("slope", "spread"), [(1.0, 0.2), (1.0, 1.0)])
def test_the_interval_holds_the_true_root_in_95_of_100_studies(slope, spread):
    """Replications are lines whose level and slope vary together: d_r(x) = a_r + b_r (x - 1), 0 on average at x = 1.

    At x = 1 the paired interval is Student's of normal differences, which is exact, so of 2,000 studies 95 % hold the
    root: within four standard errors of a share, 4 sqrt(.95 x .05 / 2000) = 0.0195; the slope's spread is no matter.
    """
    luck, many, studies = np.random.default_rng(20), 10, 2000
    inside, reach = 0, two_sided(many - 1, 0.95)
    for _ in range(studies):
        level, own = luck.normal(0, 0.3, many), luck.normal(slope, spread, many)
        level += 0.2 * (own - slope)

        def ask(values, level=level, own=own):
            rows = [level + own * (x - 1.0) for x in values]
            half = [reach * row.std(ddof=1) / math.sqrt(many) for row in rows]
            return [Estimate(row.mean(), row.mean() - h, row.mean() + h) for row, h in zip(rows, half, strict=True)]

        made = Curve(ask, -9.0, 11.0)
        made.scan(9)
        holding = [root.interval for root in roots_of(made)]
        inside += any((low is None or low <= 1.0) and (high is None or high >= 1.0) for low, high in holding)
    assert inside / studies == pytest.approx(0.95, abs=0.0195)


def test_the_interval_is_the_one_of_fieller_for_a_straight_line():
    """The root of a + b x is the ratio -a/b; Fieller's quadratic is (a + b x)^2 <= t^2 var(a + b x), nothing skewed."""
    luck, many = np.random.default_rng(4).normal(size=(6, 2)), 12
    level, slope = np.concatenate([luck, -luck]).T * [[0.5], [0.2]] + [[-2.0], [1.0]]
    cov, t = np.cov(level, slope) / many, two_sided(many - 1, 0.95)
    a, b = level.mean(), slope.mean()
    ends = np.roots([b * b - t**2 * cov[1, 1], 2 * (a * b - t**2 * cov[0, 1]), a * a - t**2 * cov[0, 0]])
    (root,) = found(Curve(lambda xs: [ratio(level + slope * x, np.ones(many)) for x in xs], 0.0, 6.0))
    assert root.at == pytest.approx(-a / b, abs=1e-6)
    assert root.interval == pytest.approx(tuple(sorted(ends.real)), abs=2e-3)


SMALL = {"time": {"warm_up": "0 d", "horizon": "2 d", "follow_up": "1 d"}}


def paid(price=0.5, **more):
    """Return a world of paid calls, and the same with free ones at a wage."""
    return tiny_world(**SMALL, tariff={"price_per_minute": price, "firm_share": 0.5}, **more)


def test_the_price_at_which_the_toll_pays_the_wages_by_hand():
    """Paid or free, staff costs the same; with 24 EUR an hour against 10 the firm needs 14 EUR an agent hour of toll.

    Five agents are there for 48 h; the firm gets half of price x billed minutes, so the price is 14 x 240 h over half
    of the minutes, which a measure of the first world tells.
    """
    dear = paid(teams={"front": {"wage": 24}})
    free = tiny_world(**SMALL, teams={"front": {"wage": 10}})
    made = break_even(
        dear, free, vary="tariff.price_per_minute", between=(0.0, 10.0), measure="firm_cash_eur_per_problem",
        replications=3, seed=4,
    )  # fmt: skip
    tolls = sim.replicate(dear, replications=3, seed=4, measures=["toll_eur_per_call"]).totals["toll_eur_per_call"]
    minutes = tolls[:, 0].sum() / 0.5
    assert made.root is not None
    assert made.root.at == pytest.approx(14 * 5 * 48 * 3 / (0.5 * minutes), rel=1e-4)
    assert made.varied.where == "first"
    assert not made.interrupted


def test_no_break_even_is_said_with_both_ends():
    made = break_even(paid(), paid(), vary="tariff.price_per_minute", vary_in="first", between=(0.6, 0.9),
                      measure="toll_eur_per_call", replications=2)  # fmt: skip
    assert made.roots == ()
    assert not made.flat
    low, high = (one.difference.mean for one in made.ends)
    assert low is not None and high is not None and high < low < 0
    assert "none between" in made.text()
    assert "0.6" in made.text() and "0.9" in made.text()


def test_what_changes_nothing_is_said():
    made = break_even(
        paid(), paid(0.3), vary="effort.cut", between=(0.0, 3.0), measure="toll_eur_per_call", replications=2
    )
    assert made.flat and made.roots == ()
    assert "changes nothing" in made.text()


def test_a_staff_of_whole_agents():
    """A team of 5 against one of whole numbers of agents: at 5 they are the same world."""
    made = break_even(
        paid(teams={"front": {"wage": 20}}), paid(teams={"front": {"wage": 20}}), vary="teams.front.staff",
        vary_in="second", between=(2, 12), measure="staff_eur_per_problem", replications=2,
    )  # fmt: skip
    assert made.varied.kind == "whole"
    assert made.root is not None
    assert made.root.at == 5.0
    assert made.root.between == (5.0, 5.0)


def test_workers_and_batches_do_not_change_the_answer():
    worlds = paid(0.1), paid(0.2)
    one, other = (
        break_even(*worlds, vary="tariff.price_per_minute", between=(0.0, 0.4), replications=3, workers=workers)
        for workers in (1, 2)
    )
    assert one.roots
    assert one.roots == other.roots
    assert one.tried == other.tried


def test_all_mistakes_at_once():
    with pytest.raises(ValueError, match="replications") as refused:
        break_even("double_peine", "empowered", vary="levers.time.cut_aftr", measure="firm_eur", replications=1,
                   seed=-1, days=-1, engine="fast", vary_in="third")  # type: ignore[arg-type]  # fmt: skip
    for part in ("replications is 1", "seed is -1", "days is -1", "firm_eur_per_problem", "vary_in is"):
        assert part in str(refused.value)


@pytest.mark.parametrize(
    ("path", "between", "said"),
    [
        ("levers.time.cut_aftr", None, "did you mean levers.time.cut_after"),
        ("levers.time.clock", None, "a number, a duration"),
        ("levers.time.cut_after", (1, 2), "needs its unit"),
        ("tariff.price_per_minute", (0.5, 0.1), "below the second"),
        ("tariff.price_per_minute", (0.1, math.nan), "a number is needed"),
        ("tariff.price_per_minute", (0.1, 1e9), "it must be at most 100"),
        ("tariff.price_per_minute", (0.1,), "two bounds"),
        ("tariff.price_per_minute", 3, "two bounds"),
        ("tariff.cap", None, "say between which bounds"),
        ("teams.front.talk", ("x0", "x2"), "1e-12"),
        (7, None, "is no path"),
    ],
)
def test_what_cannot_be_varied_is_refused_in_words(path, between, said):
    with pytest.raises(ValueError) as refused:
        break_even("double_peine", "empowered", vary=path, between=between)
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("path", "where", "kind", "bounds"),
    [
        ("tariff.price_per_minute", "first", "number", (0.0, 1.0)),
        ("levers.time.cut_after", "first", "duration", (10.0, 45.0)),
        ("levers.access.sent_elsewhere", "first", "number", (0.0, 1.0)),
        ("levers.authority.approval", "both", "factor", (0.5, 2.0)),
        ("teams.front.wage", "both", "number", (23 / 4, 4 * 23)),
        ("teams.*.wage", "both", "factor", (0.5, 2.0)),
    ],
)
def test_bounds_and_worlds_where_none_are_named(path, where, kind, bounds):
    made = varied((sim.load("double_peine"), sim.load("empowered")), path)
    assert (made.where, made.kind) == (where, kind)
    assert (made.low, made.high) == pytest.approx(bounds)


def test_a_whole_number_that_is_none_now_is_varied_as_one():
    """Lines are as many as are wanted now; blocked are all that find none free."""
    world = tiny_world(population={"patience": "30 min"}, teams={"front": {"staff": 2}})
    made = break_even(world, world, vary="line.lines", between=(2, 40), measure="blocked_share", vary_in="first")
    assert made.varied.kind == "whole"
    assert made.tried[0].difference.mean < 0.0 == made.tried[-1].difference.mean


def test_bounds_may_be_numpys():
    worlds = tiny_world(), tiny_world()
    every: list[Any] = [(np.int64(1), np.float64(5)), np.array([1, 5])]
    for bounds in every:
        assert varied(worlds, "teams.front.wage", bounds).low == 1.0


def test_how_long_a_world_lasts_is_not_varied():
    with pytest.raises(ValueError, match=r"vary: time\.horizon makes worlds that do not last equally long"):
        break_even(tiny_world(), tiny_world(), vary="time.horizon", between=("1 d", "2 d"))


def test_interrupted_it_tells_what_it_knows():
    """After the scan it is known between which values it lies."""
    scanned = 10 * 2 * days_of(with_days(sim.load("double_peine"), 1))  # ten worlds, the one that is not varied once

    def progress(done: int, of: int) -> None:
        if done > scanned:
            raise KeyboardInterrupt

    made = break_even("double_peine", "empowered", vary="tariff.price_per_minute", days=1, replications=2, workers=1,
                      progress=progress)  # fmt: skip
    assert isinstance(made, BreakEven)
    assert made.interrupted
    assert made.root is not None
    assert made.root.between[0] < made.root.at < made.root.between[1]
    assert "Interrupted" in made.text()


def test_none_is_not_for_sure_where_the_worlds_are_not_told_apart():
    """Differences of 1 within 0.5 everywhere are sure; within 2 at one value, or at all of them, they are not."""
    made = break_even("base", "base", vary="tariff.price_per_minute", between=(0, 1), replications=2, days=1)

    def moved(*reaches: float) -> str:
        tried = tuple(
            replace(one, difference=Estimate(1.0, 1.0 - reach, 1.0 + reach))
            for one, reach in zip(made.tried, itertools.cycle(reaches), strict=False)
        )
        return " ".join(replace(made, tried=tried, flat=False, roots=()).text().split())

    assert "not told apart" not in moved(0.5)
    last = made.varied.said(made.tried[-1].value)
    assert f"not told apart at {last}" in moved(*[0.5] * (len(made.tried) - 1), 2.0)
    assert f"not told apart at {len(made.tried)} values from 0" in moved(2.0)
