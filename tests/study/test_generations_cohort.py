"""A cohort through the months: cases worked by hand, and the formulas that hold for any."""

from __future__ import annotations

import math

import numpy as np
import pytest

import sim
from sim.measures.rules import loyalty
from sim.study.generations import law
from sim.study.generations.journeys import Journeys
from sim.study.generations.next_year import Causes, year_of
from sim.study.generations.people import People, _poisson, people_of
from sim.world import LongRun, Loyalty
from tests.study.one_customer import ces, cohort, disloyal, goes, ill, lived
from tests.worlds import tiny_world

BAD = 8.0
W = ces(BAD) - 1.5


def world(loyalty=None, **terms):
    """Return a tiny world with these keys of the long run."""
    return sim.variant(tiny_world(), {"generations": terms, "loyalty": loyalty or {}})


def test_one_bad_journey_of_two_months_ago_is_judged_as_it_has_faded():
    """CES 4.4587 adds 2.9587 points; two months later 2.6475 are left, CES 4.1475: 92.7 % mean to leave, and with
    lock-in 0.7 and belief 0.7, 0.12 + 0.88 x 0.3 x 0.3 x 0.3 x 0.9266 = 0.1420 do."""
    months = lived(world(), {0: [0]}, [BAD], lock_in=(0.7,), decides=(2,))
    left = 2.9587 * math.exp(-2 / 18)
    meant = 1 / (1 + math.exp(2.31 - 1.83 * left))
    assert meant == pytest.approx(0.9266, abs=2e-4)
    assert months["left"][:2].tolist() == [0.0, 0.0]
    assert months["left"][2] == pytest.approx(0.12 + 0.88 * 0.3 * 0.3 * 0.3 * meant, abs=1e-6)
    assert months["left"][2] == pytest.approx(0.1420, abs=1e-4)


def test_two_customers_one_vexed_part_and_their_margin_is_missed_from_the_next_month_on():
    """Half the firm leaves beyond the base churn by goes(W) - 0.12; 120 EUR a year are 10 a month of it."""
    months = lived(
        world(acquisitions=0), {0: [0]}, [BAD], lock_in=(0.5, 0.5), decides=(0, 0), worth=(120, 999),
    )  # fmt: skip
    gone = [0.5 * goes(W), 0.5 * goes(0)]
    beyond = gone[0] - 0.06, gone[1] - 0.06
    assert months["left"][0] == pytest.approx(sum(gone))
    assert months["left_beyond"][0] == pytest.approx(sum(beyond))
    assert months["customers"][0] == months["initial"][0] == pytest.approx(1 - sum(gone))
    assert months["unvexed"][0] == pytest.approx(0.88)
    assert months["lost_margin"][0] == 0.0
    assert months["lost_margin"][1] == pytest.approx(beyond[0] * 120 / 12 + beyond[1] * 999 / 12)


def test_two_problems_in_one_month_weigh_twice_and_a_third_a_year_later_meets_what_is_left():
    months = lived(world(acquisitions=0), {0: [0, 0], 12: [0]}, [BAD, 4.0], decides=(12,), months=24)
    grievance = 2 * W * math.exp(-12 / 18) + (ces(4.0) - 1.5)
    assert months["grievance"][0] == pytest.approx(2 * W)
    assert months["left"][:12].sum() == 0.0
    assert months["left"][12] == pytest.approx(goes(grievance))
    assert (months["problems"][0], months["problems"][12]) == (2.0, 1.0)
    assert months["ces"][0] == pytest.approx(2 * ces(BAD))


def test_who_speaks_ill_talks_new_customers_away():
    """81 % or so tell ten people, one in a thousand of whom would have come: of a hundredth who come in a month."""
    months = lived(world({"lost_per_told": 0.001}), {0: [0]}, [BAD])
    away = ill(ces(BAD)) * 10 * 0.001
    assert months["talked_away"][0] == pytest.approx(away)
    assert months["won"][0] == pytest.approx(0.12 / 12 - away)
    assert months["won"][1] == pytest.approx(0.12 / 12)


def test_no_more_are_talked_away_than_would_come():
    months = lived(world({"lost_per_told": 1.0}), {0: [0]}, [BAD])
    assert months["talked_away"][0] == pytest.approx(0.01)
    assert months["won"][0] == 0.0
    assert months["lost_margin"][1] > 0.0


def test_the_generation_change_lets_go_and_afterwards_all_is_as_before():
    """Year 2 has belief .2 and no lock-in, year 3 again .7 and .5; nobody has a problem: 9 % are disloyal."""
    months = lived(world(change_in_year=2, acquisitions=0), {}, [BAD] * 3, months=36)
    there = months["customers"]
    parts = [there[0], there[12] / there[11], there[24] / there[23]]
    assert parts == pytest.approx([1 - goes(0), 1 - goes(0, 0, 0.2), 1 - goes(0)])


def test_those_who_came_bear_no_grudge_and_leave_at_their_own_dates():
    """One in a hundred, of the first month, may leave in the thirteenth month: 12 % of them do."""
    months = lived(world({"kappa": 0.0}), {}, [0.0, 0.0], decides=(30,), months=24)
    assert months["customers"][11] == pytest.approx(1.12)
    assert months["left"][12] == pytest.approx(0.12 * 0.01)


@pytest.mark.parametrize("b", [0.12, 0.2, 0.0])
def test_base_churn_alone_leaves_its_power(b):
    """Whatever is lived, after n years (1 - b)^n are left, and no margin is lost."""
    release = {"kappa": 0.0, "base_churn": b}
    months = lived(world(release, acquisitions=0), {at: [0] for at in range(48)}, [BAD] * 4, decides=(5,), months=48)
    assert months["initial"][11::12] == pytest.approx([(1 - b) ** n for n in (1, 2, 3, 4)])
    assert months["lost_margin"] == pytest.approx(np.zeros(48), abs=1e-12)


def test_locked_in_altogether_nobody_leaves_beyond_the_base_churn():
    its = world(lock_in_at_change=1, change_in_year=2, acquisitions=0)
    months = lived(its, {at: [0] for at in range(36)}, [BAD] * 3, lock_in=(1.0,))
    assert months["left_beyond"] == pytest.approx(np.zeros(36), abs=1e-12)
    assert months["initial"][[11, 23, 35]] == pytest.approx([0.88, 0.88**2, 0.88**3])


@pytest.mark.parametrize("memory", [6, 18, 36])
def test_a_problem_a_year_comes_to_the_sum_of_a_geometric_series(memory):
    """G_n = w (1 - q^n) / (1 - q) with q = exp(-12 / memory)."""
    q = math.exp(-12 / memory)
    its = world({"base_churn": 0.0, "kappa": 0.0}, memory=memory, acquisitions=0)
    months = lived(its, {12 * year: [0] for year in range(10)}, [BAD] * 10, months=120)
    expected = [W * (1 - q**n) / (1 - q) for n in range(1, 11)]
    assert months["grievance"][::12] == pytest.approx(expected)


@pytest.mark.parametrize("lock_in", [0.0, 0.3, 1.0])
def test_one_journey_of_just_now_is_judged_as_it_always_was(lock_in):
    """Full goodwill and no belief: the law of `sim.measures.rules.loyalty`."""
    market = law.market_of(LongRun(belief_competitors_equal=0, change_in_year=0), 1)
    felt, own = np.linspace(1, 5, 41), Loyalty()
    meant = law.means_to_leave(law.weight(felt, market, 1.0), 0.0)
    left = law.goes(meant, np.full(41, lock_in), market, own)
    before = [loyalty.leaves(loyalty.disloyal(one), lock_in, own) for one in felt.tolist()]
    assert left == pytest.approx(before, rel=1e-14)


def test_the_two_tellings_of_the_law_of_intention_are_one():
    felt = np.linspace(1, 5, 401)
    assert law.disloyal(felt) == pytest.approx([disloyal(one) for one in felt], rel=1e-14)
    assert law.disloyal(felt) == pytest.approx([loyalty.disloyal(one) for one in felt.tolist()], rel=1e-14)


def test_the_worked_values_of_a_leaving_customer():
    """With b = .12, kappa = .3: CES 1.3 gives .14, 2.3 .20, 4.1 .36 without lock-in, and 4.1 .19 with .7, as they are
    worked where the law comes from."""
    market = law.market_of(LongRun(belief_competitors_equal=0, change_in_year=0), 1)
    meant = law.means_to_leave(law.weight(np.array([1.3, 2.3, 4.1, 4.1]), market, 1.0), 0.0)
    left = law.goes(meant, np.array([0, 0, 0, 0.7]), market, Loyalty())
    assert np.round(left, 2).tolist() == [0.14, 0.20, 0.36, 0.19]


def test_the_competitors_level_stays_on_the_scale():
    falling, rising = LongRun(competitor_effort=1.5, competitor_drift=-0.2), LongRun(competitor_drift=1)
    assert [law.market_of(falling, year).competitor for year in (1, 2, 9)] == pytest.approx([1.5, 1.3, 1.0])
    assert law.market_of(rising, 9).competitor == 5.0


def test_the_default_of_problems_is_that_of_the_survey():
    """55 % had called within six months."""
    half = float(_poisson(LongRun().problems_per_customer / 2)[0])
    assert 1 - half == pytest.approx(0.55, abs=0.005)


def test_problems_come_as_a_poisson_law_has_them():
    """Of 20,000 customers in a month: the mean within four standard errors of a twelfth of the year's."""
    people = people_of(sim.load("hotline_2005"), 1, 0, 20_000, 12)
    many = people.problems(0, 2.4)
    assert many.mean() == pytest.approx(0.2, abs=4 * math.sqrt(0.2 / 20_000))
    assert (many == 0).mean() == pytest.approx(math.exp(-0.2), abs=4 * math.sqrt(0.16 / 20_000))


def test_customers_are_those_of_the_segments():
    """Nine tenths are locked in by .7 and worth 144 EUR, the others by .5 and 288; dates within a year, or two."""
    people = people_of(sim.load("hotline_2005"), 1, 0, 20_000, 12)
    private = people.lock_in == 0.7
    first = private[:20_000]
    assert first.mean() == pytest.approx(0.9, abs=4 * math.sqrt(0.09 / 20_000))
    assert set(people.worth[private]) == {144.0}
    assert set(people.worth[~private]) == {288.0}
    assert people.decides[:20_000][first].max() == 11
    assert people.decides[:20_000][~first].max() == 23
    counts = np.bincount(people.decides[:20_000][first])
    assert counts == pytest.approx(np.full(12, counts.mean()), abs=4 * math.sqrt(counts.mean()))


def test_more_years_and_other_replications_leave_a_customer_as_he_is():
    one, longer = (people_of(sim.load("hotline_2005"), 1, 0, 100, months) for months in (12, 48))
    other = people_of(sim.load("hotline_2005"), 1, 1, 100, 12)
    assert longer.decides[: len(one.decides)].tolist() == one.decides.tolist()
    assert one.problems(5, 2.0).tolist() == longer.problems(5, 2.0).tolist()
    assert other.decides.tolist() != one.decides.tolist()


def test_a_journey_is_the_one_of_its_rank():
    """Of efforts 1, 2 and 3, counted once, twice and once, a quarter of the luck falls on the first and on the last."""
    journeys = Journeys.of_efforts([2.0, 1.0, 3.0], [2, 1, 1])
    which = journeys.ranked(np.array([0.01, 0.24, 0.26, 0.74, 0.76, 0.99]))
    assert journeys.ces[which] == pytest.approx([ces(e) for e in (1, 1, 2, 2, 3, 3)])
    assert journeys.ill[which] == pytest.approx([ill(ces(e)) for e in (1, 1, 2, 2, 3, 3)])


def test_a_year_without_journeys_vexes_nobody():
    its = cohort(world(acquisitions=0), {0: [0]})
    months = its.live(world(acquisitions=0), Journeys.of_efforts([1.0], [0]), 1.0)
    assert months["problems"].sum() == months["grievance"].sum() == 0.0


RECURRING = {"a": {"share": 0.5, "recurrence": 0.4}, "b": {"share": 0.5, "recurrence": 0.0}}


def test_causes_that_are_found_strike_no_more():
    """Rates tend to (1 - r) / (1 - r (1 - f)) of the first year's: .6 / .8 with r = .4 and half of the causes found."""
    its = sim.variant(tiny_world(population={"reasons": RECURRING}), {"generations": {"root_causes_found": 0.5}})
    causes = Causes.of(its)
    for _ in range(60):
        causes = causes.after_a_year(its)
    assert dict(causes.by_reason) == pytest.approx({"a": 0.5 * 0.6 / 0.8, "b": 0.5})
    year = year_of(its, 1.0, causes, "kept")
    assert year.world.population.problems_per_day == pytest.approx(240 * 0.875)
    assert year.world.population.reasons["a"].share == pytest.approx(0.375 / 0.875)


def test_a_world_that_finds_none_has_the_same_problems_for_ever():
    its = tiny_world(population={"reasons": RECURRING})
    assert Causes.of(its).after_a_year(its) == Causes.of(its)
    assert year_of(its, 1.0, Causes.of(its), "kept").world is its


def test_a_year_has_as_many_problems_as_customers_and_as_many_agents_as_asked():
    its = tiny_world(teams={"front": {"staff": 10}})
    kept, follows = (year_of(its, 0.7, Causes.of(its), staff).world for staff in ("kept", "follows"))
    assert kept.population.problems_per_day == follows.population.problems_per_day == pytest.approx(168)
    assert kept.teams == its.teams
    assert follows.teams == sim.scaled_staff(its, 0.7).teams


def test_a_firm_without_customers_is_lived_small_and_counts_as_nothing():
    year = year_of(tiny_world(), 0.0, Causes.of(tiny_world()), "kept")
    assert year.world.population.problems_per_day == pytest.approx(0.24)
    assert year.part == 0.0


def test_the_people_of_one_world_are_those_of_another():
    first, second = (people_of(sim.load(name), 3, 2, 50, 12) for name in ("double_peine", "empowered"))
    assert isinstance(first, People)
    for name in ("lock_in", "decides", "worth", "joins"):
        assert getattr(first, name).tolist() == getattr(second, name).tolist()
