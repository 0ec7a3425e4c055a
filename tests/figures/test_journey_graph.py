"""The graph of journeys drawn: an arrow for each frequent step, with its numbers, and what is left out is said."""

from __future__ import annotations

import pytest

from sim.figures import journey_graph_figure
from sim.study.observing.graph import journey_graph
from tests.figures.drawn import texts
from tests.measures.strips import CLEAN, CUT_TWICE_TOLD, hand_world, history


def drawn(*strips):
    return journey_graph_figure(journey_graph(history(hand_world(name="hotline"), *strips)))


def test_every_step_has_its_arrow_with_how_often_and_how_long():
    said = texts(drawn(CLEAN, CUT_TWICE_TOLD))
    assert sorted(said) == ["0.50 · 40 min", "1.00 · 0 min", "1.00 · 10 min", "appeared", "phone", "solved"]


def test_the_title_says_what_most_often_follows_a_contact():
    assert "hotline: most often phone, then solved: 1.00 times a problem (2 problems)" in drawn(
        CLEAN, CUT_TWICE_TOLD
    ).get_title(loc="left").replace("\n", " ")


def test_rare_steps_are_left_out_and_counted():
    axes = drawn(*[CLEAN] * 150, CUT_TWICE_TOLD)
    assert "rarer steps, not drawn: 1" in axes.get_xlabel().replace("\n", " ")
    assert "not drawn" not in drawn(CLEAN).get_xlabel()


def test_where_nothing_was_lived_there_is_nothing_to_draw():
    with pytest.raises(ValueError, match="no step was taken"):
        drawn()
