"""Service over the calls of the horizon, under each named definition."""

from __future__ import annotations

from typing import Any

import pytest

from sim.measures import measure
from sim.measures.register.service import service_level, service_level_by_interval, service_level_of_days
from tests.measures.strips import ABANDONED, BLOCKED, CLEAN, RUNG_BACK, TRANSFERRED, asked, hand_world, later


def answered_after(wait: float, at: float = 600.0) -> str:
    return f"""
        {at} APPEARED
        {at} DIALLED
        {at} PICKED_UP
        {at} QUEUED
        {at + wait} ANSWERED front:0
        {at + wait} TALKING
        {at + wait + 5} SOLVED
        {at + wait + 5} LEFT_AGENT 0
        {at + wait + 5} CALL_ENDED
    """


def abandoned_after(wait: float) -> str:
    return f"""
        600 APPEARED
        600 DIALLED
        600 PICKED_UP
        600 QUEUED
        {600 + wait} ABANDONED
        {600 + wait} CALL_ENDED
        {600 + wait} GAVE_UP
    """


TEN_CALLS = (
    *[answered_after(0.2)] * 4,
    *[answered_after(2.0)] * 2,
    abandoned_after(0.1),
    *[abandoned_after(3.0)] * 2,
    BLOCKED,
)
"""Answered: 4 soon and 2 late; abandoned: 1 soon and 2 late; 1 blocked."""
CUT_IN_MENU = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    602 CUT
    602 CALL_ENDED
    602 GAVE_UP
"""
TURNED_AWAY = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    600 QUEUED
    600.1 DISMISSED
    600.1 CALL_ENDED
    600.1 GAVE_UP
"""
TWELVE_CALLS = (*TEN_CALLS, CUT_IN_MENU, TURNED_AWAY)
"""And one that came to no queue, one that was turned away soon."""


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("sl1", (4, 11)),
        ("sl2", (5, 12)),
        ("arena", (4, 12)),
        ("served", (4, 6)),
        ("sl0", (4, 6)),
        ("slg", (4, 9)),
        ("queued", (4, 10)),
        ("short_out", (4, 12)),
        ("short_good", (4, 12)),
    ],
)
def test_each_definition_of_the_service_level_has_its_denominator(definition: str, expected: Any):
    world = hand_world(service_level={"definition": definition, "within": "20 s"})
    made = asked(world, *TWELVE_CALLS)
    assert measure(made, ["service_level"]) == {"service_level": expected}
    assert service_level(asked(hand_world(), *TWELVE_CALLS), definition, 1 / 3) == expected


CASE = (
    *[answered_after(0.3)] * 860,
    *[answered_after(1.0)] * 140,
    *[abandoned_after(0.05)] * 10,
    *[abandoned_after(0.2)] * 10,
    *[abandoned_after(1.0)] * 40,
)
"""1000 answered, 860 of them in 20 s; 60 abandoned, 20 of them within 20 s and 10 of these within 5 s."""


@pytest.mark.parametrize(
    ("definition", "above", "below", "percent"),
    [
        ("sl2", 880, 1060, 83.0),
        ("served", 860, 1000, 86.0),
        ("arena", 860, 1060, 81.1),
        ("sl1", 860, 1040, 82.7),
        ("short_good", 870, 1060, 82.1),
        ("short_out", 860, 1050, 81.9),
    ],
)
def test_one_day_has_six_usual_service_levels(definition: str, above: int, below: int, percent: float):
    """Denominators in use beside each other: no figure without its definition."""
    world = hand_world(service_level={"definition": definition, "within": "20 s", "short": "5 s"})
    assert measure(asked(world, *CASE), ["service_level"]) == {"service_level": (above, below)}
    assert 100 * above / below == pytest.approx(percent, abs=0.05)


def test_an_abandonment_of_exactly_the_threshold_is_short():
    world = hand_world(service_level={"definition": "short_out", "short": "6 s"})
    assert measure(asked(world, abandoned_after(0.1)), ["service_level"]) == {"service_level": (0, 0)}


def test_a_wait_of_exactly_the_threshold_is_in_time():
    made = asked(hand_world(), answered_after(1 / 3, at=611.1))
    assert service_level(made, "arena", 1 / 3) == (1, 1)


def test_a_definition_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="sl1, sl2, arena, served"):
        service_level(asked(hand_world(), CLEAN), "sl3")


def test_the_mean_of_daily_ratios_is_not_the_ratio_of_sums():
    """Monday 1 of 1 in time, Tuesday 1 of 3, Wednesday nobody: (1 + 1/3)/2 against 2/4."""
    world = hand_world(time={"horizon": "3 d"})
    tuesday = 2040.0
    strips = [answered_after(0), *[answered_after(w, tuesday) for w in (0, 5, 6)]]
    made = asked(world, *strips)
    assert service_level_of_days(made, "arena") == (pytest.approx(4 / 3), 2)
    assert measure(replaced(world, "arena", strips), ["service_level_of_days", "good_days_share"]) == {
        "service_level_of_days": (pytest.approx(4 / 3), 2),
        "good_days_share": (1, 2),
    }
    assert service_level(made, "arena") == (2, 4)


def replaced(world: Any, definition: str, strips: Any) -> Any:
    level = world.service_level.model_copy(update={"definition": definition})
    return asked(world.model_copy(update={"service_level": level}), *strips)


def test_days_are_those_of_the_calendar():
    """From Monday noon to Wednesday noon: late on Monday at 13:00, in time at 23:00 and on Tuesday at 11:00."""
    world = hand_world(time={"warm_up": "12 h", "horizon": "2 d"}, service_level={"definition": "arena"})
    made = asked(world, answered_after(5, 780), answered_after(0, 1380), answered_after(0, 1440 + 660))
    assert service_level_of_days(made) == (1.5, 2)
    assert measure(made, ["service_level_of_days"]) == {"service_level_of_days": (1.5, 2)}


def test_calls_count_in_the_interval_in_which_they_were_dialled():
    """Dialled at 10:29 and answered at 10:34: the call of the half-hour from 10:00, the 21st of the day."""
    good, every = service_level_by_interval(asked(hand_world(), answered_after(5, 629)), "arena", 6)
    assert (len(every), good[20], every[20], every[21]) == (48, 1, 1, 0)


def test_intervals_are_those_of_the_horizon_counted_from_its_beginning():
    """A horizon from 10:00 to 22:00 after ten hours of warm-up: 24 half-hours, the call of 10:29 in the first."""
    world = hand_world(time={"warm_up": "10 h", "horizon": "12 h"})
    good, every = service_level_by_interval(asked(world, answered_after(5, 629)), "arena", 6)
    assert (len(every), good[0], every[0], every.sum()) == (24, 1, 1, 1)


def test_the_mean_of_daily_ratios_leaves_out_days_without_calls():
    """One call in time on Monday, two on Wednesday of which one is late: 1 and 1/2 over two days, none on Tuesday."""
    world = hand_world(time={"horizon": "3 d"})
    tables = asked(world, answered_after(1), answered_after(1, 600 + 2 * 1440), answered_after(9, 600 + 2 * 1440))
    assert service_level_of_days(tables, "arena", 5) == (1.5, 2)


def test_the_wait_counts_beyond_the_menu_and_the_hold_with_it():
    """A menu of 1 and a hold of 4 minutes."""
    answers = measure(asked(hand_world(), CLEAN), ["hold_minutes_per_call", "speed_of_answer", "talk_minutes_per_call"])
    assert answers == {
        "hold_minutes_per_call": (5, 1),
        "speed_of_answer": (4, 1),
        "talk_minutes_per_call": (10, 1),
    }


def test_who_waits_for_a_ring_has_not_been_answered_at_once():
    """On the line 3 minutes; but the agent came 44 minutes after the queue began."""
    ids = ["hold_minutes_per_call", "speed_of_answer", "answered_at_once_share"]
    assert measure(asked(hand_world(), RUNG_BACK), ids) == {
        "hold_minutes_per_call": (3, 1),
        "speed_of_answer": (44, 1),
        "answered_at_once_share": (0, 1),
    }


def test_a_transfer_counts_as_talk_and_not_as_hold():
    ids = ["hold_minutes_per_call", "talk_minutes_per_call", "transfer_hold_minutes_per_call"]
    assert measure(asked(hand_world(), TRANSFERRED), ids) == {
        "hold_minutes_per_call": (3, 1),
        "talk_minutes_per_call": (19, 1),
        "transfer_hold_minutes_per_call": (5, 1),
    }


def test_ten_minutes_of_hold_are_not_over_ten_and_fifteen_seconds_are_at_once():
    waits = (0.0, 0.25, 0.26, 10.0, 10.5)
    answers = measure(
        asked(hand_world(), *[answered_after(wait) for wait in waits]),
        ["answered_at_once_share", "hold_over_10_share"],
    )
    assert answers == {"answered_at_once_share": (2, 5), "hold_over_10_share": (1, 5)}


HUNG_UP_ON = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    600 QUEUED
    600 ANSWERED front:0
    600 IDENTIFYING
    600.1 HUNG_UP
    600.1 LEFT_AGENT 0
    600.1 CALL_ENDED
    600.1 GAVE_UP
"""
BALKED = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    600 QUEUED
    600 BALKED
    600 CALL_ENDED
    600 GAVE_UP
"""
MISSED_EVERY_RING = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    600 QUEUED
    601 CALL_BACK_TAKEN
    640 RING_MISSED 0.5 front:-1
    655 ABANDONED
    655 CALL_ENDED
    655 GAVE_UP
"""


def test_every_dialled_call_has_one_fate():
    """Of six calls: one answered and cut by the agent, one cut in the menu, one blocked, three gave up waiting."""
    ids = ["answered_share", "abandoned_share", "blocked_share", "cut_share"]
    made = asked(hand_world(), CUT_IN_MENU, HUNG_UP_ON, BALKED, MISSED_EVERY_RING, BLOCKED, ABANDONED)
    assert measure(made, ids) == {
        "answered_share": (1, 6),
        "abandoned_share": (3, 6),
        "blocked_share": (1, 6),
        "cut_share": (2, 6),
    }


def test_a_call_cut_in_the_menu_came_to_no_queue_and_counts_as_dialled():
    made = asked(hand_world(), CUT_IN_MENU)
    assert service_level(made, "sl1", 20) == (0, 1)


def test_who_hangs_up_during_a_transfer_hold_had_been_answered():
    strip = TRANSFERRED.split("612 ANSWERED")[0] + "612 ABANDONED\n612 CALL_ENDED\n612 GAVE_UP"
    assert measure(asked(hand_world(), strip), ["answered_share", "abandoned_share"]) == {
        "answered_share": (1, 1),
        "abandoned_share": (0, 1),
    }


def test_calls_after_the_horizon_do_not_count():
    assert service_level(asked(hand_world(), CLEAN, later(CLEAN, 1440)), "arena", 5) == (1, 1)
