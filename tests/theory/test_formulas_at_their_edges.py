"""The formulas at their edges: a limit worked out, or a sentence that names the argument, its value and what can be."""

import math
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import theory

EDGES = [0, 0.0, -0.0, -1, 1, True, False, 0.5, 1.0, 2.5, 3, 12, 1e-320, 1e-12, 1e-9, 0.999999999999, 1e6, 1e12, 1e300]
ODD = [math.inf, -math.inf, math.nan, "2", None, [], (1, 2), np.float64(2), np.int64(3), 10**400, 2 + 1j]
anything = st.one_of(st.sampled_from([*EDGES, *ODD]), st.floats(0, 20), st.integers(-2, 40))
series = st.one_of(anything, st.lists(anything, max_size=4), st.just("abc"))

FORMULAS: dict[str, tuple[Any, int, Any]] = {
    "erlang_b": (theory.erlang_b, 2, ()),
    "ErlangC": (
        theory.ErlangC,
        3,
        ("load", "occupancy", "p_wait", "speed_of_answer", "queue_length", "service_level", "wait_quantile"),
    ),
    "Finite": (theory.Finite, 4, ("p_block", "mean_in_system", "occupancy", "speed_of_answer")),
    "erlang_a": (
        theory.erlang_a,
        5,
        (
            *("p_wait", "p_abandon", "mean_wait", "mean_wait_served", "queue_length", "occupancy", "answered_within"),
            *("service_level", "abandoned_within", "wait_served_quantile"),
        ),
    ),
    "with_repeats": (theory.with_repeats, 4, ("occupancy", "speed_of_answer")),
    "cut_exponential": (theory.cut_exponential, 2, ()),
    "cut_lognormal": (theory.cut_lognormal, 3, ()),
    "Restart": (theory.Restart, 2, ("calls", "talk", "at_least")),
    "restart_exponential": (theory.restart_exponential, 2, ("calls", "talk", "at_least")),
    "Repeats": (
        theory.Repeats,
        4,
        ("calls_per_problem", "repeat_rate", "calls", "solved_share", "eur", "eur_per_solved_problem", "saved"),
    ),
    "eur_of_a_call": (theory.eur_of_a_call, 3, ()),
}
DIFFERENCES = {"saved"}
"""Answers that may be below zero: at a lower share more is paid."""
SHARES = {"p_wait", "p_block", "p_abandon", "occupancy", "answered_within", "service_level", "abandoned_within"}


def right_or_refused(ask):
    """Return the answer, or None where it was refused in a sentence; any other error is a fault."""
    try:
        return ask()
    except ValueError as refused:
        assert " is " in str(refused) or "overloaded" in str(refused)
        return None


def looked_at(name, answer):
    """Every number is one, is not negative unless it is a difference, and a share is a share."""
    for number in answer if isinstance(answer, tuple) else [answer]:
        assert isinstance(number, float), (name, answer)
        assert number >= (-math.inf if name in DIFFERENCES else 0.0), (name, answer)  # not so of NaN either
        assert name not in SHARES or number <= 1.0 + 1e-9, (name, answer)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("formula", FORMULAS)
@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_whatever_is_asked_the_answer_is_right_or_refused(formula, data):
    """Whatever stands in the place of a number."""
    of, many, questions = FORMULAS[formula]
    answer = right_or_refused(lambda: of(*data.draw(st.tuples(*[anything] * many))))
    if answer is None:
        return
    if isinstance(answer, (float, theory.Moments)):
        looked_at(formula, answer)
    for name in questions:
        said = right_or_refused(lambda name=name: getattr(answer, name))
        if callable(said):
            said = right_or_refused(lambda said=said: said(data.draw(anything)))
        if said is not None:
            looked_at(name, said)


@pytest.mark.filterwarnings("error")
@settings(deadline=None, max_examples=60)
@given(st.tuples(*[st.sampled_from([0, 0.5, 1, 3, -1, math.nan, math.inf, "2", True, 1e-12])] * 6), anything)
def test_a_day_is_right_or_refused(asked, within):
    day = right_or_refused(lambda: theory.Day(*asked))
    if day is None or right_or_refused(lambda: day.served) is None:
        return
    for name in ("calls", "served", "mean_wait_served", "occupancy"):
        looked_at(name, getattr(day, name))
    for name in ("answered_within", "abandoned_after"):
        said = right_or_refused(lambda name=name: getattr(day, name)(within))
        assert said is None or -1e-9 <= said <= day.calls + 1e-6


@settings(deadline=None, max_examples=100)
@given(*[anything] * 6)
def test_the_staff_is_found_or_refused(rate, handling, within, target, highest, patience):
    """It ends, whatever the target."""
    found = right_or_refused(
        lambda: theory.staff_for(
            rate, handling, within=within, target=target, highest_occupancy=highest, patience=patience
        )
    )
    assert found is None or (isinstance(found, int) and found >= 1)


@settings(deadline=None, max_examples=150)
@given(series, series, anything, st.one_of(st.none(), series))
def test_a_line_is_right_or_refused_at_once(arrivals, handling, agents, patience):
    waits = right_or_refused(lambda: theory.waits_in_line(arrivals, handling, agents, patience))
    assert waits is None or all(wait >= 0.0 for wait, _ in waits)


@settings(deadline=None, max_examples=100)
@given(anything, series, anything, series)
def test_two_teams_and_moments_are_right_or_refused(rate, first, share, second):
    right_or_refused(lambda: theory.with_transfers(rate, first, share, second))
    wait = right_or_refused(lambda: theory.pollaczek_khinchine(rate, first))
    assert wait is None or wait >= 0.0
    if isinstance(first, list) and len(first) == 2:
        wait = right_or_refused(lambda: theory.pollaczek_khinchine(rate, theory.Moments(*first)))
        assert wait is None or wait >= 0.0


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: theory.erlang_b(10, 2.5), r"lines is 2\.5: it has to be a whole number from 0"),
        (lambda: theory.ErlangC(1, 2, 2.5), r"agents is 2\.5: it has to be a whole number from 1"),
        (lambda: theory.ErlangC(1, 2, True), "agents is True"),
        (lambda: theory.ErlangC(math.nan, "5", 9), r"rate is nan: .* handling is '5'"),
        (lambda: theory.ErlangC(1, 2, 9).service_level(-1), "within is -1: .* infinity"),
        (lambda: theory.ErlangC(1, 2, 9).wait_quantile(1.5), r"level is 1\.5: it has to be a share from 0 to 1"),
        (lambda: theory.erlang_a(1, 2, 9, -3), "patience is -3"),
        (lambda: theory.erlang_a(1, 2, 9, 3, balking=1.1), r"balking is 1\.1: it has to be a share"),
        (lambda: theory.Impatient(1, 2, 9, 0.5), r"survival is 0\.5: it has to be a function"),
        (lambda: theory.Impatient(1, 2, 9, lambda v: v - 1.0).p_wait, "survival has to give"),
        (lambda: theory.staff_for(2, 5, within=0.3, target=1), "target is 1: it has to be a share above 0 and below 1"),
        (lambda: theory.staff_for(2, 5, within=0.3, target=0.8, highest_occupancy=1e-9), "no number of agents up to"),
        (lambda: theory.with_transfers(1, (5, 8), 2, (5, 8)), "share is 2"),
        (lambda: theory.Repeats(100, 0.0), "resolution is 0: it has to be a share from 1e-12 to 1"),
        (lambda: theory.Repeats(100, 0.5).saved(75), "resolution is 75"),
        (lambda: theory.Repeats.of_calls(-1, 0.5), "calls is -1"),
        (lambda: theory.eur_of_a_call(5, 20, 0), "occupancy is 0: it has to be a share above 0"),
        (lambda: theory.with_transfers(1, (5, 8), 0.2, (5, 0.5)), r"second\[1\] is 0\.5"),
        (lambda: theory.with_transfers(1, 5, 0.2, (5, 8)), "first is 5: it has to be two numbers"),
        (lambda: theory.pollaczek_khinchine(0.1, theory.Moments(4, 1)), r"handling\.second is 1: .* square"),
        (lambda: theory.restart_exponential(10, 0), "cut is 0: it has to be long enough"),
        (lambda: theory.Restart(1.0, 3), "p_cut is 1: it has to be a share in"),
        (lambda: theory.waits_in_line([0, 2, 1], [1, 1, 1], 1), r"arrivals\[2\] is 1: it has to be no earlier"),
        (lambda: theory.waits_in_line([0, 1], [1], 1), "handling is of 1 numbers"),
        (lambda: theory.waits_in_line([0], [-1], 1), r"handling\[0\] is -1"),
        (lambda: theory.waits_in_line([0], [1], 0), "agents is 0"),
        (lambda: theory.Day(2, 5, 12, math.inf), "length is inf"),
        (lambda: theory.Day(2, 5, 12, 480, most=5), "most is 5: it has to be 0, or a whole number"),
        (lambda: theory.Day(200, 5, 12, 480).served, "beyond the 1,500"),
    ],
)
def test_a_refusal_names_the_argument_its_value_and_what_is_possible(ask, said):
    with pytest.raises(ValueError, match=said):
        ask()


def test_without_calls_nobody_waits_and_without_lines_all_are_lost():
    assert (theory.erlang_b(0, 3), theory.erlang_b(0, 0), theory.erlang_b(5, 0)) == (0, 1, 1)
    idle = theory.ErlangC(0, 5, 3)
    assert (idle.p_wait, idle.speed_of_answer, idle.occupancy, idle.service_level(0)) == (0, 0, 0, 1)
    patient = theory.erlang_a(0, 5, 3, patience=2)
    assert (patient.p_wait, patient.p_abandon, patient.mean_wait_served, patient.service_level(0)) == (0, 0, 0, 1)
    day = theory.Day(0, 5, 3, 480)
    assert (day.calls, day.served, day.mean_wait_served, day.occupancy) == (0, 0, 0, 0)
    assert theory.Finite(0, 5, 3, 9).p_block == 0
    assert theory.pollaczek_khinchine(0, theory.Moments(5, math.inf)) == 0
    assert list(theory.waits_in_line([], [], 2)) == []


def test_a_quantile_at_0_is_no_wait_and_at_1_no_wait_bounds_them_all():
    centre, palm = theory.ErlangC(2, 5, 12), theory.erlang_a(2, 5, 12, patience=3)
    assert (centre.wait_quantile(0), centre.wait_quantile(1)) == (0, math.inf)
    assert (palm.wait_served_quantile(0), palm.wait_served_quantile(1)) == (0, math.inf)
    assert (centre.service_level(math.inf), palm.service_level(math.inf)) == (1, pytest.approx(1, abs=1e-9))
    assert palm.abandoned_within(math.inf) == pytest.approx(palm.p_abandon)


def test_who_waits_three_minutes_at_most_is_bounded_by_three():
    """Constant patience: the quantile at level 1 is the patience itself, to one step of the grid."""
    centre = theory.Impatient(0.4, 2.0, 1, lambda v: (v < 3.0).astype(float))
    assert centre.wait_served_quantile(1) == pytest.approx(3, abs=1e-3)


def test_endless_patience_is_erlang_c_and_none_is_erlang_b():
    endless, centre = theory.erlang_a(2, 5, 12, math.inf), theory.ErlangC(2, 5, 12)
    assert endless.p_wait == pytest.approx(centre.p_wait, rel=1e-9)
    assert endless.mean_wait == pytest.approx(centre.speed_of_answer, rel=1e-9)
    assert endless.p_abandon == 0
    hasty = theory.erlang_a(2, 5, 12, 0)
    assert hasty.p_abandon == pytest.approx(theory.erlang_b(10, 12), rel=1e-9)
    assert (hasty.mean_wait_served, hasty.wait_served_quantile(1)) == (0, 0)
    with pytest.raises(theory.OverloadedError, match="At least 11 agents"):
        _ = theory.erlang_a(2, 5, 10, math.inf).p_wait


@pytest.mark.parametrize("patience", [5e-324, 1e-12])
def test_who_hardly_waits_does_not_wait_less_than_none(patience):
    """Who is not answered at once waits his patience, here a part of one step of the integral."""
    hasty = theory.erlang_a(0.5, 999_999, 1000, patience, balking=1e-9)
    assert 0 <= hasty.mean_wait <= 1e-6
    assert 0 <= hasty.queue_length <= 1e-6


def test_the_patience_of_one_moment_may_be_asked_for():
    """Nine of ten stay when nobody hangs up but who balks; exp(-1) of them two minutes on; none without patience."""
    left = [theory.erlang_a(2, 5, 12, patience, balking=0.1).survival(2.0) for patience in (math.inf, 2, 0)]
    assert left == pytest.approx([0.9, 0.9 * math.exp(-1), 0])


@pytest.mark.parametrize("patience", [50.0, 5e4, 5e6])
def test_twice_the_load_loses_half_however_long_they_are_patient(patience):
    """The fluid limit: the wait settles where half have hung up, at patience x ln 2, the rest keeps all agents busy."""
    centre = theory.erlang_a(2, 5, 5, patience)
    assert centre.p_abandon == pytest.approx(0.5, abs=1e-3)
    assert centre.occupancy == pytest.approx(1, abs=1e-3)
    assert centre.mean_wait_served == pytest.approx(patience * math.log(2), rel=0.02)


def test_a_day_of_twice_the_load_keeps_every_caller():
    """2 calls a minute for 480 minutes, 5 agents who answer one: the queue grows to 480, and all are answered after."""
    day = theory.Day(2, 5, 5, 480)
    assert day.served == pytest.approx(960)
    assert day.answered_within(math.inf) == pytest.approx(960)
    assert day.mean_wait_served == pytest.approx(240, rel=0.02)  # from 0 up to 480, evenly


def test_a_day_without_patience_loses_all_who_are_not_answered_at_once():
    """A long day of Erlang B."""
    day = theory.Day(2, 5, 5, 50_000, patience=0)
    assert day.abandoned / day.calls == pytest.approx(theory.erlang_b(10, 5), rel=1e-3)
    assert (day.mean_wait_served, day.abandoned_after(0)) == (0, day.abandoned)


def test_no_patience_at_all_needs_the_staff_of_erlang_b():
    """The fewest agents of whom 20 % at most find none free; a patience of 0 is not an endless one."""
    fewest = next(n for n in range(1, 40) if theory.erlang_b(10, n) <= 0.2)
    assert theory.staff_for(2, 5, within=1 / 3, target=0.8, patience=0) == fewest


def test_a_cut_at_once_leaves_nothing_and_a_constant_talk_is_cut_or_not():
    assert theory.cut_exponential(10, 0) == theory.cut_lognormal(10, 1, 0) == (0, 0)
    assert (theory.cut_lognormal(10, 0), theory.cut_lognormal(10, 0, 4)) == ((10, 100), (4, 16))
    assert theory.cut_exponential(10, 1e-9).second == pytest.approx(1e-18)  # nobody is done: all are cut


def test_all_take_one_call_at_least():
    hotline = theory.Restart(0.25, 3)
    assert [hotline.at_least(calls) for calls in (0, 1, 2)] == [1, 1, 0.25]


def test_a_finite_queue_without_a_place_lets_nobody_in_and_with_fewer_than_agents_is_erlang_b():
    shut = theory.Finite(2, 5, 3, 0)
    assert (shut.p_block, shut.speed_of_answer, shut.occupancy) == (1, 0, 0)
    few = theory.Finite(2, 5, 12, 4)
    assert few.p_block == pytest.approx(theory.erlang_b(10, 4))
    assert few.speed_of_answer == 0


def test_an_overload_travels_between_processes():
    said = theory.OverloadedError(10, 9)
    assert str(pickle.loads(pickle.dumps(said))) == str(said)
