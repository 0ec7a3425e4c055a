"""What is read from a history: spells, calls, legs, and the windows within which they count."""

from __future__ import annotations

import numpy as np
import pytest

from sim.history.rows import Activity
from sim.measures import measure, tables
from tests.measures.strips import (
    ABANDONED,
    BLOCKED,
    CLEAN,
    CUT_TWICE_TOLD,
    RUNG_BACK,
    TRANSFERRED,
    asked,
    hand_world,
    history,
    later,
)


def minutes_of(strip: str) -> dict[str, float]:
    row = asked(hand_world(), strip).calls["minutes"][0]
    return {activity.name: row[activity] for activity in Activity if row[activity]}


def test_each_minute_of_a_call_stands_under_what_was_done_in_it():
    assert minutes_of(TRANSFERRED) == {
        "MENU": 1,
        "HOLD": 2,
        "IDENTIFICATION": 2,
        "TALK": 8,
        "TRANSFER_HOLD": 5,
        "APPROVAL_HOLD": 4,
    }


def test_the_time_between_two_calls_is_nobody_s_call():
    """20 and 5 minutes on the telephone; the 20 minutes between are not."""
    made = asked(hand_world(), CUT_TWICE_TOLD)
    assert made.calls["minutes"].sum(axis=1).tolist() == [20, 5]
    assert made.journeys["active_minutes"].tolist() == [25]


def test_waiting_for_a_ring_is_time_away():
    assert sum(minutes_of(RUNG_BACK).values()) == 3 + 11


def test_the_minutes_of_a_call_fill_it_from_pick_up_to_end():
    calls = asked(hand_world(), CLEAN, CUT_TWICE_TOLD, TRANSFERRED, ABANDONED).calls
    np.testing.assert_allclose(calls["minutes"].sum(axis=1), calls["ended"] - calls["picked_up"])


@pytest.mark.parametrize("strip", [CLEAN, CUT_TWICE_TOLD, TRANSFERRED, ABANDONED, BLOCKED, RUNG_BACK])
def test_the_spells_are_those_of_the_timeline(strip: str):
    """The history reads one customer by himself; the tables read all at once."""
    run = history(hand_world(), CLEAN, strip)
    spells = tables(run).spells
    mine = spells[spells["customer"] == 1]
    told = [spell for spell in run.timeline(1) if spell[2] not in (Activity.AWAY, Activity.ENDED)]
    lasting = mine[mine["end"] > mine["start"]]
    assert [(s["start"], s["end"], s["activity"], s["contact"]) for s in lasting] == told


def test_a_briefing_goes_on_with_the_transfer_hold():
    """Two minutes in the queue and two of briefing are one hold of four."""
    strip = """
        0 APPEARED
        0 DIALLED
        0 PICKED_UP
        0 QUEUED
        0 ANSWERED front:0
        0 TALKING
        5 TRANSFERRED_WARM
        5 LEFT_AGENT 0
        5 QUEUED
        7 ANSWERED back:0
        7 BRIEFING
        9 TALKING
        12 SOLVED
        12 LEFT_AGENT 0
        12 CALL_ENDED
    """
    spells = asked(hand_world(), strip).spells
    holds = spells[spells["activity"] == Activity.TRANSFER_HOLD]
    assert (holds["end"] - holds["start"]).tolist() == [4]
    assert asked(hand_world(), strip).journeys["long_holds"].tolist() == [1]


def test_a_call_still_going_on_lasts_to_the_end_of_the_run():
    """The run ends after 10 days = 14400 min; who holds since 14390 has held 10 minutes and stays open."""
    strip = """
        100 APPEARED
        14390 DIALLED
        14390 PICKED_UP
        14390 QUEUED
    """
    made = asked(hand_world(), strip)
    assert made.calls["minutes"].sum() == 10
    assert measure(made, ["open_share", "given_up_share"]) == {"open_share": (1, 1), "given_up_share": (0, 1)}


def test_a_problem_before_the_horizon_counts_its_calls_for_service_only():
    """It appears at minute 600 of the warm-up day and calls again on the first day of the horizon."""
    world = hand_world(time={"warm_up": "1 d"})
    strip = """
        600 APPEARED
        1500 DIALLED
        1500 PICKED_UP
        1500 QUEUED
        1504 ANSWERED front:0
        1504 TALKING
        1509 SOLVED
        1509 LEFT_AGENT 0
        1509 CALL_ENDED
    """
    answers = measure(history(world, strip), ["calls_per_problem", "hold_minutes_per_call"])
    assert answers == {"calls_per_problem": (0, 0), "hold_minutes_per_call": (4, 1)}


def test_a_problem_of_the_horizon_is_followed_beyond_it():
    """It appears on Monday at 10:00 and calls on Tuesday, when calls no longer count for service."""
    strip = "600 APPEARED\n" + "\n".join(later(CLEAN, 1440).splitlines()[1:])
    made = asked(hand_world(), strip)
    answers = measure(made, ["calls_per_problem", "answered_share", "hours_to_solution"])
    assert answers["calls_per_problem"] == (1, 1)
    assert answers["answered_share"] == (0, 0)
    assert answers["hours_to_solution"] == (pytest.approx(24.25), 1)  # 24 h and 15 min


def test_the_end_of_the_horizon_belongs_to_the_follow_up():
    assert len(asked(hand_world(), "1440 APPEARED").journeys) == 0
    assert len(asked(hand_world(), "1439.9 APPEARED").journeys) == 1


def test_an_empty_run_can_be_asked_everything():
    made = asked(hand_world())
    for above, below in measure(made).values():
        assert np.isfinite(above)
        assert np.isfinite(below)


def test_tables_already_made_are_taken_as_they_are():
    made = asked(hand_world(), CLEAN)
    assert tables(made) is made


def test_the_frames_name_what_the_codes_mean():
    made = asked(hand_world(), CLEAN, ABANDONED, BLOCKED)
    journeys, calls = made.frame("journeys"), made.frame("calls")
    assert journeys["status"].tolist() == ["solved", "given up", "given up"]
    assert journeys["reason"].tolist() == ["any"] * 3
    assert calls["hold_minutes"].tolist() == [4, 7, 0]
    assert calls["blocked"].tolist() == [False, False, True]
