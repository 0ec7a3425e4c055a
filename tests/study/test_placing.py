"""A story placed among a world's journeys: percentiles by hand, figures as the rows say them, and what is refused."""

from __future__ import annotations

import math

import numpy as np
import pytest

import sim
from sim.history.rows import Event
from sim.study.placing import place as placing
from sim.study.placing.quantities import QUANTITIES, Lived, values_of
from sim.study.placing.stories import stories, story

INF = math.inf


@pytest.fixture(scope="module")
def history():
    world = sim.changed("outage", {"time.horizon": "2 d", "time.warm_up": "2 d", "time.follow_up": "20 d"})
    return sim.run(world, sim.populate(world, seed=1))


@pytest.fixture(scope="module")
def lived(history):
    return Lived.of(history)


def test_a_figure_lies_above_those_below_it_and_half_of_those_that_have_the_same():
    """1 2 2 5 and 2 with one that never ends: of six, one is below 2 and three have it, so (1 + 1.5) / 6."""
    found = placing._figure("days", 2.0, [np.array([5.0, 1.0, 2.0, 2.0]), np.array([INF, 2.0])])
    assert found.percentile.mean == pytest.approx(100 * 2.5 / 6)


def test_percentiles_are_journeys_own_figures_and_without_end_where_too_few_end():
    """Of 1 2 2 2 5 and one without end the 1st, 2nd, 3rd, 5th and 6th: each the first that enough do not exceed."""
    found = placing._figure("days", 2.0, [np.array([5.0, 1.0, 2.0, 2.0]), np.array([INF, 2.0])])
    assert found.among == (1.0, 2.0, 2.0, 5.0, INF)
    assert found.mean.mean == pytest.approx(12 / 5)


@pytest.mark.parametrize(("value", "percentile"), [(0.5, 0.0), (1.0, 25.0), (1.5, 50.0), (2.0, 75.0), (9.0, 100.0)])
def test_at_the_edges_and_between(value, percentile):
    assert placing._figure("calls", value, [np.array([1.0, 2.0])]).percentile.mean == percentile


def test_where_nobody_lived_anything_nothing_is_placed():
    nobody = placing._figure("calls", 1.0, [np.zeros(0), np.zeros(0)])
    assert nobody.percentile.mean is nobody.mean.mean is None
    assert all(math.isnan(one) for one in nobody.among)
    assert not nobody.is_usual


@pytest.mark.parametrize(("values", "usual"), [([1.0] * 19 + [3.0], False), ([1.0] * 8 + [3.0] * 2, True)])
def test_a_figure_is_usual_from_the_tenth_to_the_ninetieth_percentile(values, usual):
    """2 lies above 19 of 20, at the 95th, and above 8 of 10, at the 80th."""
    assert placing._figure("calls", 2.0, [np.array(values)]).is_usual is usual


def test_every_figure_that_is_counted_is_the_number_of_its_rows(history, lived):
    """Customer by customer, from the rows."""
    rows = history.rows
    for id, events in (
        ("calls", [Event.DIALLED]),
        ("messages", [Event.WROTE]),
        ("contacts", [Event.DIALLED, Event.WROTE]),
        ("promises_put_off", [Event.PROMISE_RESET]),
        ("promises_broken", [Event.PROMISE_BROKEN, Event.PROMISE_RESET]),
        ("technicians", [Event.VISITED]),
        ("given_up", [Event.GAVE_UP]),
    ):
        own = rows["customer"][np.isin(rows["event"], events)]
        by_hand = [int(np.sum(own == customer)) for customer in lived.journeys["customer"]]
        assert values_of(lived, id).tolist() == by_hand, id


def test_days_go_from_the_appearance_to_the_true_solution_and_have_no_end_without_one(history, lived):
    for journey, days, hours in zip(lived.journeys, values_of(lived, "days"), values_of(lived, "hours"), strict=True):
        own = history.rows[history.rows["customer"] == journey["customer"]]
        appeared, solved = own["time"][own["event"] == Event.APPEARED], own["time"][own["event"] == Event.SOLVED]
        assert days == pytest.approx((solved[0] - appeared[0]) / 1440) if len(solved) else math.isinf(days)
        assert hours == pytest.approx(24 * days)


def test_channels_are_the_different_ones(history, lived):
    """Of this world: one for the telephone, one for the account, if it was written to."""
    phoned, wrote = values_of(lived, "calls") > 0, values_of(lived, "messages") > 0
    assert values_of(lived, "channels").tolist() == (phoned.astype(int) + wrote).tolist()


def test_a_course_is_taken_where_all_of_it_happened(lived):
    """By hand: calls of 2 and more, and a message."""
    took = np.mean((values_of(lived, "calls") >= 2) & (values_of(lived, "messages") >= 1))
    assert placing._course({"calls": 2, "messages": 1}, [lived]).mean == pytest.approx(took)
    assert placing._course({}, [lived]).mean is None


def test_a_story_is_placed_by_its_course_alone():
    placed = sim.place("base", {}, at_least={"calls": 1}, days=1, replications=2)
    assert placed.figures == ()
    assert 0.0 < placed.course.mean <= 1.0
    assert placed.is_usual


def test_the_course_has_to_be_taken_by_one_in_a_hundred():
    assert not sim.place("base", {}, at_least={"calls": 1000}, days=1, replications=2).is_usual


def test_replications_are_those_asked_for():
    """The first and the second together are the journeys of both."""
    one, other, both = (
        sim.place("base", {"calls": 1}, days=1, replications=asked) for asked in ([1], [2], [1, 2])
    )  # fmt: skip
    assert both.journeys == one.journeys + other.journeys
    shares = [placed.figures[0].percentile.mean * placed.journeys for placed in (one, other, both)]
    assert shares[2] == pytest.approx(shares[0] + shares[1])


def test_nothing_given_cannot_be_placed():
    with pytest.raises(ValueError, match="no figure is given"):
        sim.place("base", {})


def test_all_that_is_not_known_is_said_at_once():
    with pytest.raises(ValueError) as told:
        sim.place("base", {"dayz": 3, "calls": -1}, at_least={"mesages": 2, "cuts": math.nan})
    for part in ('"dayz" is no figure', "days", "calls is -1", '"mesages" is no figure', "messages", "cuts is nan"):
        assert part in str(told.value)


@pytest.mark.parametrize("value", [math.nan, INF, -INF, -0.1, True, "4", None, 1e9])
def test_a_figure_is_a_number_from_0_on(value):
    with pytest.raises(ValueError, match="a number from 0 on is needed"):
        sim.place("base", {"calls": value})
    with pytest.raises(ValueError, match="a number from 0 on is needed"):
        sim.place("base", {"calls": 1}, at_least={"calls": value})


def test_every_story_is_of_known_figures_in_worlds_that_come_with_the_program():
    for name, told in stories().items():
        assert {*told.figures, *told.course} <= set(QUANTITIES), name
        assert sim.load(told.world).time.end > 0
        assert sim.load(told.against).time.end > 0


def test_every_story_s_counterfactual_has_the_same_customers():
    for told in stories().values():
        first, second = sim.load(told.world), sim.load(told.against)
        assert sim.same_population(first, second), told.name


def test_a_story_is_asked_for_by_name_and_a_wrong_name_is_told_the_nearest():
    assert story("outage").title == "The outage"
    with pytest.raises(ValueError, match="did you mean outage"):
        story("outrage")


def test_a_story_is_placed_in_its_world_or_in_another():
    told = stories()["silence"]
    here, there = told.placed(replications=1), told.placed("answered", replications=1)
    assert here.world.name == "silence"
    assert there.world.name == "answered"
    assert there.course.mean < here.course.mean
