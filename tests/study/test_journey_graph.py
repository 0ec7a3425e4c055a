"""The graph of journeys over replications: ratios of sums with their intervals, and what cannot be added up."""

from __future__ import annotations

import numpy as np
import pytest

from sim.study.observing.graph import journey_graph
from sim.study.running.estimate import ratio
from tests.measures.strips import CLEAN, CUT_TWICE_TOLD, hand_world, history

WORLD = hand_world()
ONE, OTHER = history(WORLD, CLEAN, CUT_TWICE_TOLD), history(WORLD, CUT_TWICE_TOLD, CUT_TWICE_TOLD, CLEAN)


def test_a_step_is_a_ratio_of_sums_over_replications():
    graph = journey_graph([ONE, OTHER])
    (again,) = (step for step in graph.steps if (step.before, step.after) == ("phone", "phone"))
    assert (graph.problems, graph.replications) == (5, 2)
    assert again.per_problem == ratio([1.0, 2.0], [2.0, 3.0])
    assert again.per_problem.mean == pytest.approx(3 / 5)
    assert again.share == again.per_problem
    assert again.minutes.mean == pytest.approx(40.0)


def test_the_most_frequent_steps_come_first():
    often = [step.per_problem.mean for step in journey_graph([ONE, OTHER]).steps]
    assert often == sorted(often, reverse=True)
    assert often[-1] == pytest.approx(3 / 5)


def test_a_single_history_has_numbers_and_no_interval():
    table = journey_graph(ONE).table()
    often = {(row.before, row.after): row.per_problem for row in table.itertuples()}
    assert often == {("appeared", "phone"): 1.0, ("phone", "solved"): 1.0, ("phone", "phone"): 0.5}
    assert np.isnan(table[["per_problem_low", "share_high", "minutes_low"]].to_numpy()).all()


def test_histories_may_come_one_by_one():
    assert journey_graph(iter([ONE, OTHER])) == journey_graph([ONE, OTHER])


def test_worlds_of_other_channels_cannot_be_added_up():
    written = history(hand_world(messages={"mail": {"team": "front", "patience": "1 d"}}), CLEAN)
    with pytest.raises(ValueError, match="other channels"):
        journey_graph([ONE, written])


def test_nothing_asked_is_refused():
    with pytest.raises(ValueError, match="asked is empty"):
        journey_graph([])
