"""Shapley values against games whose values are known, and the properties that define them."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.study.decomposing.shapley import alone_weights, last_weights, shapley, shapley_weights
from sim.study.running.estimate import combined, paired_difference

NUMBERS = st.floats(-1e6, 1e6)


def game(players, worth):
    """Return the values of all subsets, from a function of the set of players."""
    return [worth({one for one in range(players) if subset >> one & 1}) for subset in range(2**players)]


@st.composite
def games(draw, least=1, most=5):
    players = draw(st.integers(least, most))
    return np.array([0.0, *draw(st.lists(NUMBERS, min_size=2**players - 1, max_size=2**players - 1))])


def test_an_additive_game_gives_everyone_his_own():
    own = [3.0, -1.0, 0.5, 7.0]
    assert shapley(game(4, lambda there: sum(own[one] for one in there))) == pytest.approx(own)


def test_a_unanimity_game_is_shared_by_those_who_are_needed():
    """u_T pays 1 where all of T are there: 1/|T| to each of them, nothing to the others."""
    assert shapley(game(5, lambda there: float({0, 2, 3} <= there))) == pytest.approx([1 / 3, 0, 1 / 3, 1 / 3, 0])


def test_the_glove_game():
    """One left glove and two right ones: 2/3 to the left, 1/6 to each right (Shapley's example in many textbooks)."""
    worth = game(3, lambda there: float(min(len({0} & there), len({1, 2} & there))))
    assert shapley(worth) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_the_airport_game():
    """A runway of 12, 28 and 30: 4, 4 + 8 and 4 + 8 + 2 (Littlechild and Owen, Management Science 20, 1973)."""
    costs = [12.0, 28.0, 30.0]
    assert shapley(game(3, lambda there: max((costs[one] for one in there), default=0.0))) == pytest.approx([4, 12, 14])


@given(games(most=4))
def test_the_value_is_the_mean_over_all_orders_of_what_a_player_adds(values):
    """The definition itself, order by order."""
    players = len(values).bit_length() - 1
    added = np.zeros(players)
    for order in itertools.permutations(range(players)):
        there = 0
        for one in order:
            added[one] += values[there | 1 << one] - values[there]
            there |= 1 << one
    assert shapley(values) == pytest.approx(added / math.factorial(players), abs=1e-6)


@given(games())
def test_efficiency(values):
    assert shapley(values).sum() == pytest.approx(values[-1] - values[0], abs=1e-6)


@given(games(least=2), st.randoms(use_true_random=False))
def test_symmetry_two_players_who_change_places_change_their_values(values, random):
    players = len(values).bit_length() - 1
    one, other = random.sample(range(players), 2)
    there = np.arange(2**players)
    first, second = there >> one & 1, there >> other & 1
    swapped = there & ~(1 << one) & ~(1 << other) | first << other | second << one
    found, changed = shapley(values), shapley(values[swapped])
    assert changed[one] == pytest.approx(found[other], abs=1e-6)
    assert changed[other] == pytest.approx(found[one], abs=1e-6)


@given(games(), NUMBERS)
def test_a_dummy_gets_what_he_brings_alone(values, brings):
    """And his being there changes nobody else's value."""
    found = shapley(np.concatenate([values, values + brings]))
    assert found[:-1] == pytest.approx(shapley(values), abs=1e-6)
    assert found[-1] == pytest.approx(brings, abs=1e-6)


@given(games(least=3, most=3), games(least=3, most=3), NUMBERS)
def test_linearity(one, other, factor):
    both = shapley(one) + factor * shapley(other)
    assert shapley(one + factor * other) == pytest.approx(both, abs=1e-3, rel=1e-9)


@pytest.mark.parametrize("values", [[], 3.0, [0.0], [0, 1, 2], [0, math.nan], np.zeros(2**11)])
def test_what_is_no_game_is_refused(values):
    with pytest.raises(ValueError, match=r"values has the shape|players"):
        shapley(values)


def test_first_and_last_to_come():
    values = np.array(game(3, lambda there: float(len(there)) ** 2))
    assert alone_weights(3) @ values == pytest.approx([1, 1, 1])
    assert last_weights(3) @ values == pytest.approx([5, 5, 5])


@given(st.integers(2, 8), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_the_parts_of_a_ratio_add_up_to_its_paired_difference_with_mean_and_interval(many, players, seed):
    luck = np.random.default_rng(seed)
    above, below = luck.uniform(1, 2, (2, many, 2**players))
    weights = shapley_weights(players)
    whole = paired_difference(above[:, 0], below[:, 0], above[:, -1], below[:, -1])
    summed = combined([weights.sum(axis=0)], above, below)[0]
    assert summed == pytest.approx(tuple(whole), rel=1e-9, abs=1e-12)
    assert sum(one.mean or 0.0 for one in combined(weights, above, below)) == pytest.approx(whole.mean, abs=1e-12)


def test_the_interval_of_a_part_is_student_of_the_values_of_each_replication():
    """With equal denominators the residuals are those of each replication's own Shapley values; here none is skewed."""
    from scipy import stats

    luck = np.random.default_rng(5).normal(size=(6, 8))
    games_of_replications = np.concatenate([1.0 + luck, 1.0 - luck])
    own = shapley(games_of_replications.T)
    for at, one in enumerate(combined(shapley_weights(3), games_of_replications, np.ones((12, 8)))):
        low, high = stats.t.interval(0.95, 11, own[at].mean(), stats.sem(own[at]))
        assert tuple(one) == pytest.approx((own[at].mean(), low, high))


def test_a_world_without_a_denominator_leaves_what_counts_on_it_undefined():
    below = np.array([[1.0, 0.0, 1.0], [1.0, 0.0, 1.0]])
    first, second = combined([[-1, 1, 0], [-1, 0, 1]], np.ones((2, 3)), below)
    assert first == (None, None, None)
    assert second.mean == 0.0
