"""The formulas against published figures, against each other, and against laws integrated by SciPy."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from sim import theory
from sim.history.rows import Activity
from sim.measures.rules.calls import CALL
from sim.measures.rules.toll import bill
from sim.world import Tariff

# Figures that a source prints are rounded: the tolerance is half of their last digit unless said otherwise.


def test_erlang_b_agrees_with_its_sum():
    """B = (a^n/n!) / sum_k a^k/k!, the definition, where it does not overflow."""
    load, lines = 7.5, 9
    terms = [load**k / math.factorial(k) for k in range(lines + 1)]
    assert theory.erlang_b(load, lines) == pytest.approx(terms[-1] / sum(terms), rel=1e-13)


def test_a_hundred_calls_in_half_an_hour_need_fourteen_agents():
    """The example of the READMEs of pyworkforce and of R's ErlangC: 3 minutes, 80/20, 85 % busy at most."""
    centre = theory.ErlangC(rate=100 / 30, handling=3, agents=14)
    assert centre.p_wait == pytest.approx(0.17413193, abs=5e-9)
    assert centre.service_level(20 / 60) == pytest.approx(0.88835002, abs=5e-9)
    assert 60 * centre.speed_of_answer == pytest.approx(7.835937, abs=5e-7)
    assert centre.occupancy == pytest.approx(0.7142857, abs=5e-8)
    assert theory.ErlangC(100 / 30, 3, 13).service_level(20 / 60) == pytest.approx(0.79559, abs=5e-6)
    assert theory.staff_for(100 / 30, 3, within=1 / 3, target=0.8, highest_occupancy=0.85) == 14


def test_fifty_agents_without_abandonment_keep_callers_for_twenty_seconds():
    """Mandelbaum and Zeltyn, The Palm/Erlang-A queue, introduction: 48 calls a minute of one minute."""
    centre = theory.ErlangC(48, 1, 50)
    assert centre.p_wait == pytest.approx(0.69446, abs=5e-6)
    assert 60 * centre.speed_of_answer == pytest.approx(20.834, abs=5e-4)
    assert 60 * centre.wait_quantile(0.9) == pytest.approx(58.14, abs=5e-3)
    assert centre.queue_length == pytest.approx(16.667, abs=5e-4)
    assert centre.occupancy == pytest.approx(0.96)


def test_a_few_who_hang_up_spare_the_others_most_of_the_wait():
    """The same centre with an exponential patience of two minutes: Erlang A."""
    centre = theory.erlang_a(48, 1, 50, patience=2)
    assert centre.p_abandon == pytest.approx(0.030912, abs=5e-7)
    assert centre.p_wait == pytest.approx(0.467774, abs=5e-7)
    assert 60 * centre.mean_wait == pytest.approx(3.709, abs=5e-4)
    assert 60 * centre.mean_wait_served == pytest.approx(3.616, abs=5e-4)
    assert 60 * centre.wait_served_quantile(0.9) == pytest.approx(12.34, abs=5e-3)
    assert centre.queue_length == pytest.approx(2.9676, abs=5e-5)
    assert centre.occupancy == pytest.approx(0.930324, abs=5e-7)


def test_erlang_a_agrees_with_the_balance_equations():
    """P(abandon) and the queue from the birth and death chain, which the integral does not use."""
    rate, handling, agents, patience = 3.0, 4.0, 10, 1.5
    weights = [1.0]
    for n in range(1, 300):
        weights.append(weights[-1] * rate / (min(n, agents) / handling + max(n - agents, 0) / patience))
    p = np.array(weights) / sum(weights)
    queue = float(p @ np.maximum(np.arange(300) - agents, 0))
    centre = theory.erlang_a(rate, handling, agents, patience)
    assert centre.queue_length == pytest.approx(queue, rel=1e-9)
    assert centre.p_abandon == pytest.approx(queue / patience / rate, rel=1e-9)
    assert centre.p_wait == pytest.approx(float(p[agents:].sum()), rel=1e-9)


def test_everyone_ends_answered_or_hung_up():
    """Given long enough, the two shares add up to one; those who balk count as hung up."""
    centre = theory.erlang_a(3, 4, 12, patience=2, balking=0.1)
    assert centre.answered_within(600) + centre.abandoned_within(600) == pytest.approx(1, abs=1e-9)
    assert centre.p_abandon == pytest.approx(centre.abandoned_within(600), abs=1e-9)


def test_endless_patience_makes_erlang_a_erlang_c():
    """A patience of a million minutes: equal to 1e-4, since a wait of minutes ends it once in a million."""
    patient, endless = theory.erlang_a(2, 5, 12, patience=1e6), theory.ErlangC(2, 5, 12)
    assert patient.p_wait == pytest.approx(endless.p_wait, rel=1e-4)
    assert patient.mean_wait == pytest.approx(endless.speed_of_answer, rel=1e-4)
    assert patient.service_level(1 / 3) == pytest.approx(endless.service_level(1 / 3), rel=1e-4)


def test_no_patience_at_all_makes_erlang_a_erlang_b():
    """A patience of a ten-millionth of a minute: whoever would wait is lost."""
    hasty = theory.erlang_a(2, 5, 12, patience=1e-7)
    assert hasty.p_abandon == pytest.approx(theory.erlang_b(10, 12), rel=1e-4)


def test_everybody_balking_is_erlang_b():
    """When all who are not answered at once hang up at once, no one waits."""
    assert theory.erlang_a(2, 5, 12, patience=3, balking=1.0).p_abandon == pytest.approx(theory.erlang_b(10, 12))


def test_constant_patience_agrees_with_the_formula_of_barrer():
    """M/M/1 with fixed patience d (Barrer 1957): the lost share in closed form; load r, handling h.

    V has density r p0/h exp((r-1) v/h) up to d and falls as exp(-v/h) beyond; the lost are P(V > d).
    """
    rate, handling, d = 0.4, 2.0, 3.0
    r = rate * handling
    upto = rate * (1 - math.exp(-(1 - r) * d / handling)) / ((1 - r) / handling)
    beyond = rate * math.exp(-(1 - r) * d / handling) * handling
    lost = beyond / (1 + upto + beyond)
    centre = theory.Impatient(rate, handling, 1, lambda v: (v < d).astype(float))
    assert centre.p_abandon == pytest.approx(lost, abs=2e-4)  # the grid sees the jump to one step in 40,000


def test_two_agents_and_one_waiting_place():
    """The M/M/2/3 queue of simmer's vignette on queueing: 3 calls, 4 served, by unit of time and agent."""
    shop = theory.Finite(rate=3, handling=1 / 4, agents=2, places=3)
    assert shop.p == pytest.approx([0.468007, 0.351005, 0.131627, 0.04936], abs=1e-6)
    assert shop.mean_in_system == pytest.approx(0.76234, abs=5e-6)
    assert shop.p_block == pytest.approx(0.04936, abs=5e-7)


def test_as_many_places_as_agents_is_erlang_b_and_many_places_is_erlang_c():
    """The finite queue lies between the two."""
    assert theory.Finite(2, 5, 12, 12).p_block == pytest.approx(theory.erlang_b(10, 12))
    assert theory.Finite(2, 5, 12, 500).speed_of_answer == pytest.approx(theory.ErlangC(2, 5, 12).speed_of_answer)


def test_three_servers_wait_four_minutes_and_a_half():
    """The M/M/3 queue of Ciw's guide, whose own averages from an empty start lie 15 to 25 % below."""
    centre = theory.ErlangC(0.2, 10, 3)
    assert centre.p_wait == pytest.approx(4 / 9)
    assert centre.speed_of_answer == pytest.approx(40 / 9)


def test_a_fixed_handling_halves_the_wait():
    """M/D/1 of the call centre of JaamSim's demonstration of Little's law: one call in 10 s, 6 s each."""
    assert theory.pollaczek_khinchine(1 / 10, theory.Moments(6, 36)) == pytest.approx(4.5)


def test_one_exponential_agent_waits_the_same_by_either_formula():
    """Pollaczek and Khinchine's with exponential moments is Erlang C with one agent."""
    wait = theory.pollaczek_khinchine(0.15, theory.cut_exponential(5))
    assert wait == pytest.approx(theory.ErlangC(0.15, 5, 1).speed_of_answer)


@pytest.mark.parametrize("cut", [0.5, 4.0, 20.0, 200.0])
@pytest.mark.parametrize(
    ("moments", "law"),
    [
        (lambda cut: theory.cut_exponential(8.6, cut), stats.expon(scale=8.6)),
        (
            lambda cut: theory.cut_lognormal(8.6, 1.2, cut),
            stats.lognorm(s=math.sqrt(math.log1p(1.44)), scale=8.6 / math.sqrt(2.44)),
        ),
    ],
    ids=["exponential", "lognormal"],
)
def test_the_moments_of_a_cut_talk_are_those_of_its_tail(moments, law, cut):
    """E[min(S, D)] is the integral of P(S > t) up to D, and E[min(S, D)^2] that of 2 t P(S > t)."""
    first, _ = integrate.quad(law.sf, 0, cut)
    second, _ = integrate.quad(lambda t: 2 * t * law.sf(t), 0, cut)
    assert moments(cut) == pytest.approx((first, second), rel=1e-7)


def test_a_talk_that_is_never_cut_keeps_its_own_moments():
    """Mean and variance of the lognormal with coefficient of variation 1.2."""
    first, second = theory.cut_lognormal(8.6, 1.2)
    assert (first, second - first**2) == pytest.approx((8.6, (8.6 * 1.2) ** 2))


def test_two_teams_in_a_row_are_two_queues():
    """2 calls a minute, 12 agents of 5 minutes; 3 in 10 go on to 8 agents of 10 minutes (Jackson)."""
    front, experts = theory.with_transfers(2.0, (5, 12), 0.3, (10, 8))
    assert front.speed_of_answer == pytest.approx(1.12347, abs=5e-6)
    assert front.service_level(1 / 3) == pytest.approx(0.606707, abs=5e-7)
    assert experts.speed_of_answer == pytest.approx(1.78491, abs=5e-6)
    assert experts.service_level(1 / 3) == pytest.approx(0.666042, abs=5e-7)
    assert (front.occupancy, experts.occupancy) == pytest.approx((5 / 6, 0.75))


@pytest.mark.parametrize(
    ("again", "level", "wait", "busy"),
    [(0.0, 0.929043, 0.106425, 0.625), (0.2, 0.724834, 0.624363, 0.78125)],
)
def test_a_fifth_who_call_again_wait_six_times_as_long(again, level, wait, busy):
    """Erlang-R: 1.5 cases a minute, 12 agents of 5 minutes (Yom-Tov and Mandelbaum 2014)."""
    centre = theory.with_repeats(1.5, 5, 12, again)
    assert centre.service_level(1 / 3) == pytest.approx(level, abs=5e-7)
    assert centre.speed_of_answer == pytest.approx(wait, abs=5e-7)
    assert centre.occupancy == pytest.approx(busy)


def test_a_cut_talk_begun_anew_takes_the_same_minutes_in_more_calls():
    """Ten memoryless minutes, cut at twenty: geometric calls, and no minute of talk more."""
    hotline = theory.restart_exponential(10, 20)
    assert hotline.calls == pytest.approx(1.1565176, abs=5e-8)
    assert hotline.talk == pytest.approx(10)
    assert hotline.at_least(2) == pytest.approx(0.1353353, abs=5e-8)
    assert hotline.at_least(3) == pytest.approx(0.0183156, abs=5e-8)


def test_a_day_from_empty_waits_less_than_the_steady_state():
    """ContactCenters' MMC example, 4.2 calls a minute, 12 agents of 2 minutes, 480 minutes: the exact day.

    Published from 1000 days: 1816.158 [1812.618, 1819.698] calls within 20 s, ASA 0.099 [0.097, 0.102].
    """
    day = theory.Day(rate=4.2, handling=2, agents=12, length=480)
    assert day.answered_within(1 / 3) == pytest.approx(1815.27, abs=5e-3)
    assert day.answered_within(1 / 3) / day.served == pytest.approx(0.90043, abs=5e-6)
    assert day.mean_wait_served == pytest.approx(0.10068, abs=5e-6)
    assert day.occupancy == pytest.approx(0.69693, abs=5e-6)
    assert day.mean_wait_served < theory.ErlangC(4.2, 2, 12).speed_of_answer


def test_a_day_from_empty_with_abandonment():
    """ContactCenters' MMCAb example: the same day, patience one minute. Published: 58.6 +- 0.95 abandon."""
    day = theory.Day(rate=4.2, handling=2, agents=12, length=480, patience=1)
    answered = day.answered_within(1 / 3)
    assert answered == pytest.approx(1906.72, abs=5e-3)
    assert day.abandoned == pytest.approx(59.26, abs=5e-3)
    assert answered / day.served == pytest.approx(0.97444, abs=5e-6)
    assert day.mean_wait_served == pytest.approx(0.023825, abs=5e-7)
    assert answered / (day.served + day.abandoned_after(1 / 3)) == pytest.approx(0.96819, abs=5e-6)
    assert day.occupancy == pytest.approx(0.67655, abs=1e-5)


def test_a_very_long_day_is_a_steady_state():
    """The empty first hours weigh a thousandth of 50,000 minutes."""
    day, steady = theory.Day(1.0, 2, 4, 50_000, patience=3), theory.erlang_a(1.0, 2, 4, patience=3)
    assert day.abandoned / day.calls == pytest.approx(steady.p_abandon, rel=1e-3)
    assert day.occupancy == pytest.approx(steady.occupancy, rel=1e-3)


def test_an_overload_says_so_instead_of_a_negative_wait():
    """The message gives the smallest number of agents that would do."""
    with pytest.raises(theory.OverloadedError, match="At least 11 agents"):
        theory.ErlangC(rate=2, handling=5, agents=10)
    with pytest.raises(theory.OverloadedError):
        theory.pollaczek_khinchine(0.2, theory.Moments(5, 50))
    with pytest.raises(theory.OverloadedError):
        theory.with_repeats(1.5, 5, 12, again=0.4)


def test_a_share_of_one_that_comes_again_never_ends():
    with pytest.raises(ValueError, match=r"\[0, 1\)"):
        theory.with_repeats(1, 1, 100, again=1.0)


def test_two_agents_hand_worked():
    """Calls at 0, 1, 2, 3 of 4 min each, 2 agents: the third waits until 4, the fourth until 5."""
    waits = [wait for wait, _ in theory.waits_in_line([0, 1, 2, 3], [4, 4, 4, 4], agents=2)]
    assert waits == [0, 0, 2, 2]


@settings(deadline=None, max_examples=30)
@given(rate=st.floats(0.1, 20), handling=st.floats(0.2, 10), target=st.floats(0.1, 0.95))
def test_the_staff_asked_for_is_enough_and_one_fewer_is_not(rate, handling, target):
    """The fewest agents: the definition of a minimum."""
    agents = theory.staff_for(rate, handling, within=1 / 3, target=target)
    assert theory.ErlangC(rate, handling, agents).service_level(1 / 3) >= target
    if agents - 1 > rate * handling:
        assert theory.ErlangC(rate, handling, agents - 1).service_level(1 / 3) < target


def test_impatient_callers_need_fewer_agents():
    """Erlang A asks for no more than Erlang C, and for fewer here: 41 erlangs."""
    with_patience = theory.staff_for(10, 4.1, within=1 / 3, target=0.8, patience=3)
    assert with_patience < theory.staff_for(10, 4.1, within=1 / 3, target=0.8)


@pytest.mark.parametrize(("mean", "first", "following"), [(3, 1, 1), (3, 0.5, 0.1), (0.2, 1.5, 1), (12, 1, 1 / 60)])
def test_the_mean_time_billed_is_that_of_the_law_integrated(mean, first, following):
    """Every step begun, times the chance of ending in it, of the exponential law: the definition."""
    ends = first + following * np.arange(200_000)
    chances = np.diff(stats.expon.cdf(np.concatenate(([0.0], ends)), scale=mean))
    assert theory.billed_exponential(mean, first, following) == pytest.approx(float(chances @ ends), rel=1e-9)


def test_started_minutes_of_calls_cost_what_the_formula_says():
    """10,000 calls of an exponential length: within four standard errors."""
    calls = np.zeros(10_000, CALL)
    calls["minutes"][:, Activity.TALK] = np.random.default_rng(7).exponential(3, len(calls))
    tolls = bill(calls, Tariff(price_per_minute=1.0, steps="60/30", starts="first_agent")).total
    error = tolls.std(ddof=1) / math.sqrt(len(tolls))
    assert tolls.mean() == pytest.approx(theory.billed_exponential(3, 1, 0.5), abs=4 * error)
