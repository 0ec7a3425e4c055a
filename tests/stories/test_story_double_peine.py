"""The double penalty, what abolishing each part of it does, the laws, and what else may be done about it.

Weeks of it are long, so they are few: every bound is a paired 95 % interval.
"""

from __future__ import annotations

import numpy as np
import pytest

import sim
from tests.stories.paired import pair

FEW, WEEK = 4, 7.0
LAWS = ("chatel_2008", "lme_2009", "sva_2015")


@pytest.fixture(scope="module")
def priced():
    """Two days of the surveyed hotline, and under each law: the history, and the toll of its calls in EUR."""
    seen = {}
    for name in ("hotline_2005", *LAWS):
        world = sim.changed(name, {"time.horizon": "2 d", "time.warm_up": "1 d", "time.follow_up": "2 d"})
        lived = sim.run(world, sim.populate(world, seed=1))
        seen[name] = lived, sim.measure(lived, ["toll_eur_per_call"])["toll_eur_per_call"][0]
    return seen


@pytest.fixture(scope="module")
def calls(priced):
    """The calls dialled in the horizon, of any of these worlds: they are the same."""
    made = sim.tables(priced["hotline_2005"][0]).calls
    return made[made["counted"] & ~np.isnan(made["picked_up"])]


@pytest.mark.parametrize("law", LAWS)
def test_a_law_changes_the_price_of_calls_and_nothing_that_happens(priced, law):
    assert np.array_equal(priced[law][0].rows, priced["hotline_2005"][0].rows)


def test_every_minute_costs_34_cents_in_2005_and_35_in_2015_but_24_euros_at_most(priced, calls):
    minutes = calls["ended"] - calls["picked_up"]
    assert priced["hotline_2005"][1] == pytest.approx(0.34 * minutes.sum())
    assert priced["sva_2015"][1] == pytest.approx(np.minimum(0.35 * minutes, 24.0).sum())


def test_the_law_of_2009_costs_a_call_and_its_minutes_and_that_of_2008_spares_the_wait(priced, calls):
    """7.8 cents a call and 1.4 to 2.8 a minute; who calls from the own network pays only once somebody answers."""
    minutes = calls["ended"] - calls["picked_up"]
    answered = ~np.isnan(calls["answered"])
    after = np.where(answered, calls["ended"] - calls["answered"], 0.0)
    billed = np.where(calls["other_network"], minutes, after)
    paid = np.where(calls["other_network"], True, answered)
    for law, many, length in (("lme_2009", len(calls), minutes.sum()), ("chatel_2008", paid.sum(), billed.sum())):
        assert 0.078 * many + 0.014 * length <= priced[law][1] <= 0.078 * many + 0.028 * length


def test_a_free_number_alone_moves_the_toll_and_nothing_else():
    """The firm loses its share of .58, customers save the whole."""
    seen = pair("double_peine", "abolition", FEW, WEEK)
    assert seen.same("calls_per_problem", "hold_minutes_per_call", "effort_ces", "solved_share")
    paid = seen.means("toll_eur_per_problem")[0]
    assert seen["customer_eur_per_problem"].mean == pytest.approx(-paid)
    assert seen.means("toll_income_eur_per_problem")[1] == 0.0


def test_one_file_ends_the_restarts_and_the_congestion_with_them():
    seen = pair("abolition", "abolition_memory", FEW, WEEK)
    assert seen.lower("calls_per_problem", "explanations_per_problem", "hold_minutes_per_call", "effort_ces")
    assert seen.higher("solved_share")


def test_where_nothing_is_lost_by_it_the_cut_costs_little():
    """With one file that keeps the work done, its end moves calls by less than a tenth of what the file did."""
    cut, memory = (pair(*two, FEW, WEEK)["calls_per_problem"] for two in (
        ("abolition_memory", "abolition_no_cut"), ("abolition", "abolition_memory"),
    ))  # fmt: skip
    assert max(abs(cut.low), abs(cut.high)) < abs(memory.high) / 10


def test_as_few_contacts_as_can_be_are_cheap_because_customers_help_themselves_or_give_up():
    """9 % resolve entirely by themselves, less the few whom the booklet has spared that; the search takes time."""
    seen = pair("double_peine", "low_contact", FEW, WEEK)
    assert seen.means("self_service_share")[1] == pytest.approx(0.09, abs=0.02)
    assert seen.means("searching_minutes_per_problem")[1] > 0 == seen.means("searching_minutes_per_problem")[0]
    assert 0 < seen.means("prevented_share")[1] < 0.05
    assert seen.lower("calls_per_problem")


def test_who_drops_its_heaviest_askers_relieves_the_queue_and_loses_more_than_it_saves():
    """As many agents cost as much, on a free number no toll is lost, and those dropped leave for certain.

    Some would have left by themselves, so fewer leave beyond than are dropped. They are few, so ten replications.
    """
    seen = pair("abolition", "sprint_2007", 10)
    assert seen.means("dropped_share")[0] == 0.0
    assert seen.lower("calls_per_problem", "hold_minutes_per_call", "customer_eur_per_problem", "effort_ces")
    assert seen.higher("dropped_share", "solved_share", "leaves_at_renewal_share")
    assert seen.higher("lost_margin_eur_per_problem", "firm_eur_per_problem")
    assert seen["leaves_at_renewal_share"].mean < seen["dropped_share"].mean
    firm, cash, lost = (seen[f"{one}_eur_per_problem"].mean for one in ("firm", "firm_cash", "lost_margin"))
    assert not seen.lower("firm_cash_eur_per_problem")
    assert firm == pytest.approx(cash + lost)


def test_a_forum_solves_what_the_autonomous_ask_there():
    """Of .15 who ask .95 are answered, and half of the answers help: .071; with .7 of them .1."""
    seen = pair("double_peine_forum", "community", FEW, WEEK)
    alone, joined = seen.means("forum_share")
    assert alone == pytest.approx(0.15 * 0.95 * 0.5, abs=0.015)
    assert joined == pytest.approx(0.15 * 0.95 * 0.7, abs=0.015)
    assert seen.higher("forum_share")


def test_agents_who_stay_know_more():
    seen = pair("empowered_turnover", "empowered_long_run", 5)
    assert seen.lower("calls_per_problem")


def test_calls_for_company_are_long_and_bring_no_outage():
    world = sim.load("company_calls")
    reasons = world.population.reasons
    assert reasons["company"].share == 0.03
    assert reasons["company"].work == 1.5
    assert reasons["company"].severity == 0.0
    assert sum(one.share for one in reasons.values()) == pytest.approx(1.0)


def test_storms_bring_problems_beside_the_usual_ones():
    """Six a year of three usual days each: 18 days of problems more in 365, on average."""
    calm, stormy = (sim.load(name) for name in ("bricoleurs_1", "bricoleurs_storms"))
    usual, all_of_them = (sim.populate(world, seed=1, replication=3) for world in (calm, stormy))
    assert len(all_of_them) >= len(usual)
    many = [
        len(sim.populate(stormy, seed=1, replication=r)) - len(sim.populate(calm, seed=1, replication=r))
        for r in range(40)
    ]
    days = calm.time.end / 1440
    expected = 10.1 * 3 * 6 * days / 365
    spread = np.std(many, ddof=1) / np.sqrt(len(many))
    assert np.mean(many) == pytest.approx(expected, abs=3 * spread)


def test_the_short_run_is_the_double_penalty_itself_in_a_market_that_is_no_better():
    """In one call nothing differs; over the years customers measure by 4.1 instead of 1.5."""
    short, plain = (sim.load(name) for name in ("short_termist", "double_peine"))
    assert short.generations.competitor_effort == 4.1
    told = {key: getattr(plain, key) for key in ("name", "about", "generations")}
    assert short.model_copy(update=told) == plain
