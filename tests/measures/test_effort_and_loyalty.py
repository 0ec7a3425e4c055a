"""Effort and what follows from it, against the figures the laws are anchored on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.history.rows import Event
from sim.measures import measure
from sim.measures.accounts.journeys import LIVED
from sim.measures.rules.effort import ces, effort_index
from sim.measures.rules.loyalty import disloyal, leaves, speaks_ill
from sim.world import Effort, Loyalty
from tests.measures.strips import CLEAN, CUT_TWICE_TOLD, TRANSFERRED, asked, hand_world, history

ROUNDED = 0.005
"""Published figures have two digits after the point."""


def index(owned: bool = False, **lived: Any) -> float:
    """Return the effort of who has lived so many of these events, and so much of the rest."""
    journey = np.zeros(1, LIVED).view(np.recarray)[0]
    for name, value in lived.items():
        if name in Event.__members__:
            journey.counts[Event[name]] = value
        else:
            setattr(journey, name, value)
    return float(effort_index(journey, Effort(), owned))


def test_a_clean_call_of_ten_minutes_is_an_effort_of_1_3():
    effort = index(active_minutes=10, DIALLED=1, IDENTIFYING=1, EXPLAINING=1, answered_calls=1)
    assert effort == pytest.approx(1 / 3)
    assert ces(effort) == pytest.approx(1.3, abs=0.05)


def test_the_average_problem_of_the_2005_survey_is_an_effort_of_4_1():
    """On ten such problems: 470 minutes, 21 repeats, 11 cold transfers, and all told again 32 times.

    47/30 + 2.1 + 1.1 x .8 + 3.2 x .5 = 6.15 points; the minutes are a quarter of them, near the quoted third.
    """
    ten = index(active_minutes=470, DIALLED=22, TRANSFERRED_COLD=11, IDENTIFYING=33, EXPLAINING=33)
    assert ten / 10 == pytest.approx(6.15, abs=ROUNDED)
    assert ces(ten / 10) == pytest.approx(4.1, abs=0.05)
    assert 470 / 30 / ten == pytest.approx(0.26, abs=0.01)  # the survey's minutes have two digits themselves


def test_effort_ends_at_five():
    assert [ces(0.0), ces(1e9)] == [1, 5]


@pytest.mark.parametrize(
    ("what", "count", "points"),
    [
        ("DIALLED", 3, 2.0),  # two repeats
        ("TRANSFERRED_COLD", 1, 0.8),
        ("TRANSFERRED_WARM", 1, 0.24),
        ("TICKETED", 1, 0.24),
        ("IDENTIFYING", 3, 0.5),  # two after the first
        ("EXPLAINING", 2, 0.25),
        ("CUT", 1, 1.2),
        ("HUNG_UP", 1, 1.2),
        ("CONTRADICTED", 1, 0.6),
        ("WRONG_PITCH", 1, 0.6),
        ("long_holds", 1, 0.3),
    ],
)
def test_each_thing_that_hurts_has_its_weight(what: str, count: int, points: float):
    assert index(**dict[str, Any]({what: count})) == pytest.approx(points)


def test_a_firm_that_owns_the_problem_softens_the_feeling_and_not_the_minutes():
    """1 point of minutes and 2 of repeats times .6; who reached nobody felt nothing of it."""
    assert index(owned=True, active_minutes=30, DIALLED=3, answered_calls=1) == pytest.approx(2.2)
    assert index(owned=True, active_minutes=30, DIALLED=3, answered_calls=0) == pytest.approx(3.0)


def test_the_story_s_effort_is_counted_from_its_history():
    """25 minutes, one repeat, a cut, one more identification and explanation, one hold of 12 minutes.

    25/30 + 1 + 1.2 + .25 + .25 + .3 = 3.8333 points.
    """
    answers = measure(history(hand_world(), CUT_TWICE_TOLD), ["effort_index", "effort_ces"])
    assert answers["effort_index"] == (pytest.approx(3.8333, abs=1e-4), 1)
    assert answers["effort_ces"] == (pytest.approx(1 + 4 * (1 - np.exp(-3.83333 / 4)), abs=1e-4), 1)


def test_a_transfer_is_felt_with_its_identification_and_its_two_long_holds():
    """22/30 + .8 + .25 + .3 x 2 (transfer hold 5, approval hold 4; the first hold of 2 minutes is short)."""
    assert asked(hand_world(), TRANSFERRED).journeys["effort"][0] == pytest.approx(22 / 30 + 1.65)


def test_high_effort_begins_at_four():
    """CES 4 is E = -4 ln(1/4) = 5.545 points; 150 minutes of it are 5, 180 are 6."""
    for minutes, high in ((150, 0), (180, 1)):
        strip = CLEAN.replace("615", str(605 + minutes - 5))
        world = hand_world(effort={"long_hold": 0.0})
        assert measure(history(world, strip), ["high_effort_share"]) == {"high_effort_share": (high, 1)}


def test_disloyalty_goes_through_the_quoted_shares():
    """9 % with little effort and 96 % with much (Corporate Executive Board)."""
    np.testing.assert_allclose([disloyal(1.5), disloyal(4.5)], [0.09, 0.96], atol=ROUNDED)


def test_word_of_mouth_goes_through_the_quoted_shares():
    """1 % and 81 %: the law is fitted through them exactly."""
    np.testing.assert_allclose([speaks_ill(1.5), speaks_ill(4.5)], [0.01, 0.81], rtol=1e-12)


@pytest.mark.parametrize(
    ("effort", "lock_in", "expected"), [(1.3, 0, 0.14), (2.3, 0, 0.20), (4.1, 0, 0.36), (4.1, 0.7, 0.19)]
)
def test_the_worked_chances_of_leaving(effort: float, lock_in: float, expected: float):
    """With a base churn of .12 and kappa .3."""
    assert leaves(disloyal(effort), lock_in, Loyalty()) == pytest.approx(expected, abs=ROUNDED)


def test_who_is_locked_in_leaves_at_the_base_churn():
    assert leaves(disloyal(5.0), 1.0, Loyalty(base_churn=0.1)) == pytest.approx(0.1)


def test_people_are_told_by_those_who_speak_ill():
    world = hand_world(loyalty={"people_told": 9})
    ids = ["negative_word_of_mouth_per_1000", "people_told_per_1000"]
    ill, told = measure(history(world, CUT_TWICE_TOLD), ids).values()
    assert told[0] == pytest.approx(9 * ill[0])
    expected = 1000 / (1 + np.exp(4.59512 - 2.01504 * (1 + 4 * (1 - np.exp(-3.83333 / 4)) - 1.5)))
    assert ill[0] == pytest.approx(expected, rel=1e-4)
