"""Film strips: a desk, to which the customer goes and where he waits his turn; no money runs there, and no clock."""

from __future__ import annotations

from typing import Any

import pytest

from sim import purposes
from sim.measures import measure
from tests.by_hand import NOBODY_BEFORE_HALF_PAST, assert_strip, lived, lived_by_half, plain, through

ALWAYS = ["mon-sun 00:00-24:00"]
DESK = 1
"""The number of the one channel beside the telephone."""


def at_the_counter(**changes: Any) -> Any:
    """Return the plain world in which all go to a counter, a quarter of an hour away."""
    there = {
        "desks": {"counter": {"team": "front", "open": ALWAYS, "travel": "15 min"}},
        "contacts": {"first": {"counter": 1.0}},
    }
    return plain(**{**there, **changes})


def within(hours: str, **more: Any) -> dict[str, Any]:
    """Return the counter with hours of its own."""
    return {"counter": {"team": "front", "open": [f"mon-sun {hours}"], "travel": "15 min", **more}}


def test_he_goes_there_and_is_served_at_once():
    """Fifteen minutes' way, then as in a call: a minute to say who he is, two for the story, ten of work."""
    assert_strip(
        lived(at_the_counter(), 0),
        """
        0   appeared set_out=1
        15  queued@front answered@front.0 identifying
        16  explaining
        18  talking
        28  solved left_agent desk_left
        """,
    )


def test_where_the_desk_is_at_hand_he_is_there_at_once():
    assert_strip(
        lived(at_the_counter(desks={"counter": {"team": "front", "open": ALWAYS}}), 0),
        """
        0   appeared set_out=1 queued answered identifying
        1   explaining
        3   talking
        13  solved left_agent desk_left
        """,
    )


def test_who_hangs_up_at_once_on_the_telephone_does_not_leave_a_desk_at_once():
    assert_strip(
        lived(at_the_counter(line={"balking": 1.0}, teams={"front": {"staff": NOBODY_BEFORE_HALF_PAST}}), 0),
        """
        0   appeared set_out=1
        15  queued
        30  answered identifying
        31  explaining
        33  talking
        43  solved left_agent desk_left
        """,
    )


def test_he_waits_his_turn_behind_the_one_who_came_before():
    history = lived(at_the_counter(), 0, 5)
    assert_strip(
        history,
        """
        5   appeared set_out
        20  queued
        28  answered identifying
        29  explaining
        31  talking
        41  solved left_agent desk_left
        """,
        customer=1,
    )


def test_he_loses_patience_there_and_goes_again_from_home():
    """Patience of five minutes: he leaves at 25, rests for half an hour, and has the way to go once more."""
    world = at_the_counter(desks=within("00:00-24:00", patience="5 min"))
    assert_strip(
        lived(world, 0, 5),
        """
        5   appeared set_out
        20  queued
        25  abandoned desk_left
        55  set_out
        70  queued answered identifying
        71  explaining
        73  talking
        83  solved left_agent desk_left
        """,
        customer=1,
    )


def test_no_clock_runs_at_a_desk():
    """A call would be cut after ten minutes; here they are through after thirteen."""
    world = at_the_counter(levers={"time": {"cut_after": "10 min"}})
    assert_strip(
        lived(world, 0),
        """
        0   appeared set_out
        15  queued answered identifying
        16  explaining
        18  talking
        28  solved left_agent desk_left
        """,
    )


def test_after_a_call_that_did_not_help_he_goes_there():
    """The hotline sends everybody to the desk, ten minutes later."""
    world = at_the_counter(
        contacts={"first": {"phone": 1.0}, "sent_on": "10 min"},
        line={"sends_on": {"counter": 1.0}},
        teams={"front": {"solve": {"plain": 0.4}}},
    )
    luck = {(0, through(DESK), 0): {purposes.SOLVE: 0.3}}
    assert_strip(
        lived(world, 0, luck=luck),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  unsolved left_agent call_ended sent_on
        23  switched set_out
        38  queued answered identifying
        39  explaining
        41  talking
        51  solved left_agent desk_left
        """,
    )


@pytest.mark.parametrize("per_minute", [0.0, 0.34])
def test_the_way_and_the_counter_cost_time_and_no_toll(per_minute):
    """Twenty-eight minutes of his, fifteen of them on the way; nothing is paid by the minute."""
    world = at_the_counter(tariff={"price_per_minute": per_minute})
    asked = measure(lived(world, 0))
    assert asked["toll_eur_per_problem"] == (0, 1)
    assert asked["customer_minutes_per_problem"] == (28, 1)


def test_nobody_sets_out_for_a_desk_that_is_closed():
    """From one to five: who has luck of one half goes in the middle of the hours, at three."""
    assert_strip(
        lived_by_half(at_the_counter(desks=within("01:00-05:00")), 0),
        """
        0    appeared
        180  set_out
        195  queued answered identifying
        196  explaining
        198  talking
        208  solved left_agent desk_left
        """,
    )


def test_who_comes_when_it_has_closed_is_turned_away_though_someone_is_free():
    """It closes at one; he sets out at ten to, and tries again when it opens the next day."""
    assert_strip(
        lived_by_half(at_the_counter(desks=within("00:00-01:00")), 50),
        """
        50    appeared set_out
        65    dismissed@front desk_left
        1440  set_out
        1455  queued answered identifying
        1456  explaining
        1458  talking
        1468  solved left_agent desk_left
        """,
    )


def test_who_waits_at_closing_is_turned_away():
    """The one before him is served until 68; the desk closes at 60."""
    history = lived_by_half(at_the_counter(desks=within("00:00-01:00", travel="0 min")), 55, 57)
    assert_strip(
        history,
        """
        57    appeared set_out queued
        60    dismissed desk_left
        1440  set_out queued answered identifying
        1441  explaining
        1443  talking
        1453  solved left_agent desk_left
        """,
        customer=1,
    )
