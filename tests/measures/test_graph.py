"""The graph of journeys: steps of histories written by hand are counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.measures.graph import graph_of
from tests.measures.strips import CLEAN, CUT_TWICE_TOLD, hand_world, history

MANY_WAYS = """
    500 APPEARED
    520 WROTE 1
    560 CASE_OPENED
    600 DIALLED
    600 PICKED_UP
    601 QUEUED
    605 CALL_ENDED
    630 WROTE 1
    700 DIALLED
    720 CALL_ENDED
    760 CASE_FORGOTTEN
    800 WROTE 1
    830 GAVE_UP
"""
"""Wrote thrice and called twice: after messages come a case, a call and the end, each after its time."""


def test_contacts_cases_and_ends_follow_one_another():
    world = hand_world(messages={"mail": {"team": "front", "patience": "1 d"}})
    graph = graph_of(history(world, CLEAN, CUT_TWICE_TOLD, MANY_WAYS))
    assert graph.names == ("phone", "mail", "case", "appeared", "solved", "gave up", "prevented", "dropped")
    assert graph.problems == 3
    assert steps(graph) == {
        ("appeared", "phone"): (2, 2, 0.0),
        ("phone", "solved"): (2, 2, 15.0 + 5.0),
        ("phone", "phone"): (1, 1, 40.0),
        ("appeared", "mail"): (1, 1, 20.0),
        ("mail", "case"): (1, 1, 40.0),
        ("case", "phone"): (1, 1, 40.0),
        ("phone", "mail"): (1, 1, 30.0),
        ("mail", "phone"): (1, 1, 70.0),
        ("phone", "case"): (1, 1, 60.0),
        ("case", "mail"): (1, 1, 40.0),
        ("mail", "gave up"): (1, 1, 30.0),
    }


def test_a_step_taken_twice_in_a_journey_is_two_times_in_one_journey():
    calls = "\n".join(f"{600 + 100 * nth} DIALLED\n{610 + 100 * nth} CALL_ENDED" for nth in range(4))
    graph = graph_of(history(hand_world(), f"600 APPEARED\n{calls}"))
    assert steps(graph)["phone", "phone"] == (3, 1, 300.0)


def test_spells_of_the_same_activity_are_one():
    """A menu of a minute, a hold of 4, then the agent: who one is, the story, the talk; away from 615 on."""
    graph = graph_of(history(hand_world(), CLEAN), "activities")
    assert steps(graph) == {
        ("away", "menu"): (1, 1, 0.0),
        ("menu", "hold"): (1, 1, 1.0),
        ("hold", "identification"): (1, 1, 4.0),
        ("identification", "explanation"): (1, 1, 1.0),
        ("explanation", "talk"): (1, 1, 1.0),
        ("talk", "away"): (1, 1, 8.0),
    }


def test_who_appears_in_the_warm_up_or_after_the_horizon_is_left_out():
    world = hand_world(time={"warm_up": "1 d"})
    graph = graph_of(history(world, CLEAN, *(CLEAN.replace(" 6", f" {day}6") for day in (2, 4))))
    assert graph.problems == 1
    assert steps(graph) == {("appeared", "phone"): (1, 1, 0.0), ("phone", "solved"): (1, 1, 15.0)}


def test_an_empty_history_has_no_step():
    graph = graph_of(history(hand_world()))
    assert not graph.times.any() and not graph.problems


def test_another_graph_is_refused():
    with pytest.raises(ValueError, match="of is 'calls': known are contacts, activities"):
        graph_of(history(hand_world(), CLEAN), "calls")  # type: ignore[arg-type]


def steps(graph):
    """Return how often, in how many journeys, and how long in all, of each step that was taken."""
    return {
        (graph.names[a], graph.names[b]): (graph.times[a, b], graph.journeys[a, b], graph.minutes[a, b])
        for a, b in zip(*np.nonzero(graph.times), strict=True)
    }
