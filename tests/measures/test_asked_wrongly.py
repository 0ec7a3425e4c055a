"""A question that cannot be answered is refused in a sentence with the nearest right one, never answered silently."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.figures import cost_waterfall, effort_distribution, interesting_customer, journey_strip
from sim.measures import measure, measures_of, reprice, tables, totals_of
from sim.measures.service import service_level, service_level_by_interval, service_level_of_days
from tests.measures.strips import ABANDONED, CLEAN, TRANSFERRED, asked, hand_world, history


@pytest.fixture
def run():
    return history(hand_world(), CLEAN, ABANDONED)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda run: tables(run).frame("xxx"), "of is 'xxx': known are journeys, calls, legs, spells"),
        (lambda run: tables(run).frame("cals"), "of is 'cals': did you mean calls"),
        (lambda run: tables(run).frame(3), "of is 3: known are journeys"),
        (lambda run: tables("double_peine"), "asked is 'double_peine': it has to be a History"),
        (lambda run: totals_of(3), "asked is of the kind int: it has to be a History, Tables or Totals"),
        (lambda run: measure(run, 3), "ids is 3"),
        (lambda run: measure(run, [3]), 'measure "3" is not known'),
        (lambda run: measure(run, "calls_per_problm"), "did you mean calls_per_problem"),
        (lambda run: measures_of(3), "world is 3"),
        (lambda run: reprice(run, "fr_chatel_2008"), "tariff is 'fr_chatel_2008': it has to be a Tariff"),
        (
            lambda run: service_level(tables(run), "sl3"),
            r"definition is 'sl3': did you mean .* sl1, sl2, arena, served",
        ),
        (lambda run: service_level(tables(run), ""), "definition is ''"),
        (lambda run: service_level(tables(run), within=-1), "within is -1: it has to be a number from 0"),
        (lambda run: service_level_of_days(tables(run), within=math.nan), "within is nan"),
        (lambda run: service_level_by_interval(tables(run), every=0), "every is 0: it has to be a number of minutes"),
        (lambda run: service_level_by_interval(tables(run), every=math.inf), "every is inf"),
        (lambda run: run.timeline(2), "customer is 2: it has to be the place of a customer, from 0 to 1"),
        (lambda run: run.timeline(-1), "customer is -1"),
        (lambda run: run.timeline("0"), "customer is '0'"),
        (lambda run: interesting_customer(run, run, which="wurst"), "which is 'wurst': did you mean worst"),
        (lambda run: interesting_customer(run, run, which=2), "which is 2: it has to be the place of a customer"),
        (lambda run: interesting_customer(run, run, which=0.5), r"which is 0\.5"),
        (lambda run: journey_strip([], 0), "histories is empty"),
        (lambda run: journey_strip(run, 2), "customer is 2"),
        (lambda run: cost_waterfall([], [run]), "first is empty"),
        (lambda run: effort_distribution([run], []), "second is empty"),
    ],
)
def test_what_cannot_be_answered_is_refused_by_the_argument_s_name(run, ask, said):
    with pytest.raises(ValueError, match=said):
        ask(run)


def test_a_text_is_one_measure(run):
    assert measure(run, "calls_per_problem") == {"calls_per_problem": (2, 2)}


def test_all_calls_are_in_service_if_the_wait_may_be_endless(run):
    assert service_level(tables(run), "served", math.inf) == (1, 1)


def test_the_frames_of_legs_and_spells_name_teams_and_activities():
    """Two legs, of 4 and 10 minutes; a transfer hold of five between them."""
    made = asked(hand_world(), CLEAN, TRANSFERRED)
    legs, spells = made.frame("legs"), made.frame("spells")
    assert legs["team"].tolist() == ["front", "front", "back"]
    assert legs["served_minutes"].tolist() == [10, 4, 10]
    assert legs["customer"].tolist() == [0, 1, 1]
    assert legs["problem"].tolist() == [0, 64, 64]
    holds = spells[spells["activity"] == "transfer_hold"]
    assert holds["minutes"].tolist() == [5]
    np.testing.assert_allclose(spells.groupby("customer")["minutes"].sum(), [15, 22])
