"""Film strips: what happens seldom, and what lasts no time at all."""

from __future__ import annotations

import pytest

from sim import purposes
from tests.by_hand import NOBODY_BEFORE_HALF_PAST, assert_strip, lived, plain

ONCE = {"again": {"most_attempts": 1}}
OPEN_TO_HALF_PAST = {"open": ["mon-sun 00:00-00:30"]}


def test_the_clock_cuts_him_in_the_menu():
    """A menu of 5 minutes and a clock of 3: he never comes to a queue."""
    world = plain(population=ONCE, line={"menu": "5 min"}, levers={"time": {"cut_after": "3 min"}})
    assert_strip(
        lived(world, 0),
        """
        0  appeared dialled picked_up
        3  cut call_ended limit_reached gave_up
        """,
    )


@pytest.mark.parametrize("closing", ["dismiss", "serve"])
def test_who_is_in_the_menu_at_closing_is_turned_away_as_he_comes_out_of_it(closing):
    """The agents have gone home, so nobody would serve him either way."""
    world = plain(
        population=ONCE,
        line={**OPEN_TO_HALF_PAST, "menu": "5 min", "closing": closing},
        teams={"front": {"staff": {"mon-sun 00:00-00:30": 1}}},
    )
    assert_strip(
        lived(world, 28),
        """
        28  appeared dialled picked_up
        33  queued dismissed call_ended limit_reached gave_up
        """,
    )


def test_closing_comes_before_the_firm_rings_back():
    """The agent talks to 33; the line closes at 30, and with it goes the place that was kept for him."""
    call_back = {"offered_above": "0 min", "accepted": 1.0}
    world = plain(population=ONCE, line=OPEN_TO_HALF_PAST, levers={"follow_through": {"call_back": call_back}})
    assert_strip(
        lived(world, 20, 25),
        """
        25  appeared dialled picked_up queued call_back_taken
        30  dismissed call_ended limit_reached gave_up
        """,
        customer=1,
    )


def test_an_agent_who_was_to_go_home_is_still_busy_when_the_staff_grows_again():
    """Two agents, one from 30 to 60. Agent 1 talks from 20 to 73 all the same, and the last caller waits for him."""
    staff = {"mon 00:00-00:30": 2, "mon 00:30-01:00": 1, "mon 01:00-24:00": 2}
    history = lived(plain(teams={"front": {"staff": staff}}), 20, {"appeared": 20, "work": 5}, 61, 62)
    assert_strip(
        history,
        """
        62  appeared dialled picked_up queued
        73  answered@front.1 identifying
        74  explaining
        76  talking
        86  solved left_agent call_ended
        """,
        customer=3,
    )


def test_an_agent_answers_at_the_instant_of_the_cut():
    """He comes at 30, as the clock of 10 minutes ends: not a second is left for the call."""
    world = plain(
        population=ONCE,
        teams={"front": {"staff": NOBODY_BEFORE_HALF_PAST}},
        levers={"time": {"cut_after": "10 min"}},
    )
    assert_strip(
        lived(world, 20),
        """
        20  appeared dialled picked_up queued
        30  answered identifying cut left_agent call_ended limit_reached gave_up
        """,
    )


def test_a_cut_talk_with_the_wrong_agent_leaves_all_the_work_to_do():
    """He talks for 2 of 2.5 minutes with one who cannot help. The right one needs 10 minutes, not 8."""
    world = plain(
        teams={"front": {"competent": 0.5}},
        levers={"time": {"cut_after": "5 min"}},
        population={"again": {"most_attempts": 2}},
    )
    luck = {(0, 0, 0): {purposes.COMPETENCE: 0.9}, (0, 1, 0): {purposes.COMPETENCE: 0.1}}
    assert_strip(
        lived(world, 0, luck=luck),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        5   cut left_agent call_ended
        15  dialled picked_up queued answered identifying
        16  explaining
        18  talking=10
        20  cut left_agent call_ended limit_reached gave_up
        """,
    )


def test_a_patience_without_end_waits_for_days():
    """Nobody works before Wednesday; no minute costs him his patience."""
    world = plain(population={"patience": "none"}, teams={"front": {"staff": {"wed 00:00-24:00": 1}}})
    assert_strip(
        lived(world, 0),
        """
        0     appeared dialled picked_up queued
        2880  answered identifying
        2881  explaining
        2883  talking
        2893  solved left_agent call_ended
        """,
    )
