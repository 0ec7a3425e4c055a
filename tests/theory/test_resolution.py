"""The spreadsheet's formula: against its own sum, against drawn chains of calls, and against worlds without a queue."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim import theory
from tests.worlds import tiny_world

NO_QUEUE = {"front": {"staff": 200, "talk": "5 min", "wage": 30, "solve": {"plain": 0.45}}}


def test_calls_per_problem_are_the_sum_over_the_calls_that_are_made():
    """The n-th call is made with the chance that n - 1 calls failed and another followed each: term by term."""
    again, terms = 0.926 * (1 - 0.45), 400
    one = theory.Repeats(1, 0.45, persistence=0.926)
    assert one.calls_per_problem == pytest.approx(sum(again**n for n in range(terms)), rel=1e-12)
    assert one.solved_share == pytest.approx(sum(0.45 * again**n for n in range(terms)), rel=1e-12)


def test_one_call_in_five_more_is_what_a_resolution_of_five_sixths_takes():
    assert theory.Repeats(600, 5 / 6).calls == pytest.approx(720)


def test_raising_the_resolution_from_half_to_all_saves_every_second_call():
    """1000 problems, 2000 calls of 4 EUR: 8000 EUR; solved at once they take 1000 calls."""
    month = theory.Repeats(1000, 0.5, eur_per_call=4)
    assert (month.eur, month.saved(1.0)) == (8000, 4000)


def test_the_problems_are_found_again_behind_the_calls():
    known = theory.Repeats(1234, 0.6, persistence=0.8)
    assert theory.Repeats.of_calls(known.calls, 0.6, persistence=0.8).problems == pytest.approx(1234)


@pytest.mark.parametrize(("resolution", "persistence"), [(0.45, 0.9), (0.8, 0.7), (0.45, 1.0)])
def test_where_nobody_waits_simulated_calls_are_the_formula_s(resolution, persistence):
    """Two hundred agents for a handful of calls; ten replications of a week, 99.9 % intervals (4.8 errors)."""
    world = tiny_world(
        time={"warm_up": "7 d", "horizon": "7 d", "follow_up": "14 d"},
        population={"again": {"persistence": persistence, "most_attempts": 400}},
        teams={"front": {**NO_QUEUE["front"], "solve": {"plain": resolution}}},
    )
    lived = sim.replicate(
        world, replications=10, measures=["calls_per_problem", "first_contact_resolution", "solved_share"]
    )
    formula = theory.Repeats(240, resolution, persistence=persistence)
    for id, expected in (
        ("calls_per_problem", formula.calls_per_problem),
        ("first_contact_resolution", resolution),
        ("solved_share", formula.solved_share),
    ):
        found = lived.estimate(id)
        error = (found.high - found.mean) / 2.262  # Student's quantile of 9 degrees of freedom
        assert abs(found.mean - expected) <= 4.8 * error + 1e-9, id


def test_two_kinds_of_problems_take_more_calls_than_their_mean_resolution_says():
    """Half solved at .95 and half at .1: (1/.95 + 1/.1)/2 = 5.5 calls, where 1/.525 = 1.9 is what the formula sees."""
    mixed = np.mean([theory.Repeats(1, share).calls_per_problem for share in (0.95, 0.10)])
    assert mixed == pytest.approx((1 / 0.95 + 1 / 0.10) / 2)
    assert mixed > 2.8 * theory.Repeats(1, 0.525).calls_per_problem
