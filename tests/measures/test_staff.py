"""Agents' time: schedules, what runs past them, and occupancy."""

from __future__ import annotations

import numpy as np
import pytest

from sim.measures import measure
from sim.measures.rules.staff import off_duty_minutes, timetables
from sim.units import WEEK
from tests.measures.strips import CLEAN, RUNG_BACK, TRANSFERRED, asked, hand_world, later

OFFICE_HOURS = {"teams": {"front": {"staff": {"mon-fri 08:00-12:00": 2, "mon-fri 12:00-18:00": 1}}}}


def test_an_agent_is_busy_through_talk_and_after_call_work():
    """Ten minutes of call and two after it, of two agents' days."""
    time = asked(hand_world(), CLEAN).agents["front"]
    assert (time.busy, time.overtime, time.scheduled) == (12, 0, 2 * 1440)


def test_a_ring_in_vain_keeps_an_agent():
    """Half a minute of ringing and eleven of talk."""
    assert asked(hand_world(), RUNG_BACK).agents["front"].busy == pytest.approx(11.5)


def test_each_team_has_its_own_time():
    times = asked(hand_world(), TRANSFERRED).agents
    assert (times["front"].busy, times["back"].busy) == (4, 10)


def test_a_call_that_outlasts_the_duty_is_paid_beside_the_schedule():
    """Taken at 17:55, over at 18:05, two minutes of after-call work: seven minutes past 18:00, at 24 EUR/h 2.80."""
    late = later(CLEAN, 17 * 60 + 50 - 600)
    made = asked(hand_world(**OFFICE_HOURS), late)
    time = made.agents["front"]
    assert time.scheduled == 4 * 60 * 2 + 6 * 60
    assert time.overtime == pytest.approx(7)
    assert time.paid == pytest.approx(14 * 60 + 7)
    back = 36 * 24
    above, _ = measure(made, ["staff_eur_per_problem"])["staff_eur_per_problem"]
    assert above == pytest.approx(24 * 14 + 2.80 + back)


def test_when_staff_falls_the_last_agent_s_duty_ends_and_not_the_first_s():
    """At noon agent 1 goes: the same call from 11:50 costs him seven minutes past it, agent 0 none."""
    noon = later(CLEAN, 110)
    assert asked(hand_world(**OFFICE_HOURS), noon).agents["front"].overtime == 0
    other = noon.replace("front:0", "front:1")
    assert asked(hand_world(**OFFICE_HOURS), other).agents["front"].overtime == pytest.approx(7)


def test_the_schedule_counts_the_hours_of_the_horizon_alone():
    """A horizon of nine days from a Tuesday: seven weekdays of 14 agent-hours."""
    world = hand_world(time={"warm_up": "1 d", "horizon": "9 d"}, **OFFICE_HOURS)
    assert asked(world, CLEAN).agents["front"].scheduled == 7 * 14 * 60


def test_work_outside_the_horizon_does_not_count():
    """The day's last call is taken five minutes before midnight, when the horizon ends."""
    midnight = later(CLEAN, 1440 - 5 - 605)
    assert asked(hand_world(), midnight).agents["front"].busy == 5


def test_a_team_that_follows_the_opening_hours_is_paid_for_them():
    world = hand_world(line={"open": ["mon-fri 08:00-20:00"]})
    assert asked(world, CLEAN).agents["back"].scheduled == 12 * 60


def test_time_off_duty_adds_up_over_weeks():
    """Minute by minute, for four agents and for nobody, over two weeks and a bit: the plain sum is the answer."""
    staff = np.random.default_rng(5).integers(0, 4, 672)
    for agent in (-1, 0, 1, 2, 3):
        mine = [timetable for timetable in timetables(staff).view(np.recarray) if timetable.agent <= agent][-1]
        for until in (0, 17, 30, 5000, int(WEEK), int(2 * WEEK) + 4321):
            plain = sum(agent >= staff[(minute // 15) % 672] for minute in range(until))
            assert off_duty_minutes(mine, float(until)) == pytest.approx(plain)


def test_occupancy_is_busy_over_paid_time_the_overtime_included():
    made = asked(hand_world(**OFFICE_HOURS), later(CLEAN, 470))
    answers = measure(made, ["occupancy", "occupancy.front", "occupancy.back"])
    assert answers["occupancy.front"] == (pytest.approx(12), pytest.approx(847))
    assert answers["occupancy.back"] == (0, 1440)
    assert answers["occupancy"] == (pytest.approx(12), pytest.approx(847 + 1440))


def test_nobody_is_more_than_fully_occupied():
    """One agent who does nothing but serve, past the end of his duty: exactly 1."""
    world = hand_world(teams={"front": {"staff": {"mon-mon 10:00-10:30": 1}}})
    strip = """
        600 APPEARED
        600 DIALLED
        600 PICKED_UP
        600 QUEUED
        600 ANSWERED front:0
        600 TALKING
        645 SOLVED
        645 LEFT_AGENT 5
        645 CALL_ENDED
    """
    above, below = measure(asked(world, strip), ["occupancy.front"])["occupancy.front"]
    assert above / below == pytest.approx(1)
