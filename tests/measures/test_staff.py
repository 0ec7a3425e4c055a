"""Agents' time: schedules, what runs past them, and occupancy."""

from __future__ import annotations

import numpy as np
import pytest

from sim import purposes
from sim.luck.keys import Kind, uniform
from sim.measures import measure
from sim.measures.rules.staff import off_duty_minutes, timetables
from sim.units import WEEK
from tests.measures.strips import ABANDONED, CLEAN, RUNG_BACK, TRANSFERRED, asked, hand_world, later

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


# Shifts, absence, shrinkage, colleagues -------------------------------------------------------------------------------

DAY = {"agents": 2, "hours": ["mon-sun 08:00-16:00"], "breaks": ["10:00-10:15"], "lunches": ["12:00-12:30"]}
"""Eight hours with a paid quarter of an hour and an unpaid half: 435 minutes at work, 450 paid."""


def in_shifts(**front):
    """Let the front work in shifts; the strips' call is answered at 10:05 and keeps agent 0 to 10:17."""
    return hand_world(teams={"front": {"staff": 0, "shifts": {"day": DAY}, **front}})


def euros(made):
    """Return the staff's euros without those of the back, at 36 EUR/h all day."""
    return measure(made, ["staff_eur_per_problem"])["staff_eur_per_problem"][0] - 24 * 36


def test_a_shift_is_paid_with_its_breaks_and_without_its_lunch():
    """Two agents at 24 EUR/h for 7.5 h: 360 EUR; from 9 o'clock the call lies wholly within the time at work."""
    made = asked(in_shifts(), later(CLEAN, -60))
    time = made.agents["front"]
    assert (time.scheduled, time.extra, time.overtime, time.busy) == (2 * 435, 2 * 15, 0, 12)
    assert (time.at_work, time.paid) == (2 * 435, 2 * 450)
    assert euros(made) == pytest.approx(360)
    assert measure(made, ["occupancy.front"])["occupancy.front"] == (12, 870)


def test_work_into_a_paid_break_is_paid_once():
    """From 10:05 to 10:17: ten minutes of it lie in the break, which is paid whether it is taken or not."""
    made = asked(in_shifts(), CLEAN)
    time = made.agents["front"]
    assert (time.overtime, time.in_breaks) == (10, 10)
    assert (time.at_work, time.paid) == (870 + 10, 900)
    assert euros(made) == pytest.approx(360)


def test_work_into_an_unpaid_lunch_is_paid_beside_the_schedule():
    """From 11:50 to 12:02, two minutes at 24 EUR/h: 0.80 EUR."""
    made = asked(in_shifts(), later(CLEAN, 105))
    time = made.agents["front"]
    assert (time.overtime, time.in_breaks, time.paid) == (2, 0, 902)
    assert euros(made) == pytest.approx(360.80)


def test_each_shift_has_its_own_end():
    """The early one ends at 10:15 and the late one begins then: to 10:17 the first works two minutes past his duty.

    From 10:55 to 11:07 the second works seven minutes into his break.
    """
    shifts = {
        "early": {"agents": 1, "hours": ["mon 08:00-10:15"]},
        "nobody": {"agents": 0, "hours": ["mon 08:00-12:00"], "breaks": ["10:00-10:30"]},
        "late": {"agents": 1, "hours": ["mon 10:15-12:00"], "breaks": ["11:00-11:15"]},
    }
    world = hand_world(teams={"front": {"staff": 0, "shifts": shifts}})
    first = asked(world, CLEAN).agents["front"]
    assert (first.scheduled, first.overtime, first.in_breaks, first.paid) == (135 + 90, 2, 0, 242)
    second = asked(world, CLEAN.replace("front:0", "front:1")).agents["front"]
    assert (second.overtime, second.in_breaks) == (10, 0)
    in_break = asked(world, later(CLEAN.replace("front:0", "front:1"), 50)).agents["front"]
    assert (in_break.overtime, in_break.in_breaks, in_break.paid) == (7, 7, 240)


def test_shrinkage_is_paid_beside_the_schedule_and_not_at_work():
    """900 of 1,000 minutes are at work where one in ten is leave or training: 24 EUR/h x 2 x 450 / 0.9 min."""
    made = asked(in_shifts(shrinkage=0.1), later(CLEAN, -60))
    time = made.agents["front"]
    assert (time.scheduled, time.at_work, time.paid) == (870, 870, pytest.approx(1000))
    assert euros(made) == pytest.approx(400)


def test_premiums_are_paid_for_the_hours_that_are_paid():
    """Half as much again from 12 to 16 h: two agents for 3.5 h at 12 EUR, and a skill of 2 EUR/h makes that 13."""
    premium = {"wage_premiums": {"mon 12:00-16:00": 0.5}}
    assert asked(in_shifts(**premium), CLEAN).agents["front"].premium_eur == pytest.approx(84)
    both = asked(in_shifts(**premium, wage_skills={"front": 2}), later(CLEAN, -60))
    assert both.agents["front"].premium_eur == pytest.approx(91)
    assert euros(both) == pytest.approx(2 * 7.5 * 26 + 91)


def test_the_absent_are_paid_and_not_at_work():
    """All of them, on every day: nobody answers."""
    made = asked(in_shifts(absent=1), later(ABANDONED, -60))
    time = made.agents["front"]
    assert (time.scheduled, time.absent, time.at_work, time.paid) == (870, 870, 0, 900)


def test_some_are_absent_from_four_to_four():
    """Of three hundred agents a tenth, within four standard deviations, by working day: 300 x 0.1 +- 21."""
    world = hand_world(teams={"front": {"staff": {"mon 00:00-04:00": 300}, "absent": 0.1}})
    before_four = asked(world, CLEAN).agents["front"].absent / 240
    assert before_four == int(before_four)
    assert before_four == pytest.approx(30, abs=21)
    all_day = hand_world(teams={"front": {"staff": 300, "absent": 0.1}})
    rest = asked(all_day, CLEAN).agents["front"].absent - 240 * before_four
    assert rest / 1200 == int(rest / 1200)
    assert rest / 1200 == pytest.approx(30, abs=21)


def test_who_is_absent_from_four_on_finishes_what_he_began_before():
    """From 3:50 to 4:02: two minutes at work on a day on which he is away, and paid once."""
    luck = [[uniform(0, 0, Kind.AGENT, agent, purposes.ABSENCE, day) for day in (0, 1)] for agent in range(50)]
    agent = next(agent for agent, (before, after) in enumerate(luck) if before >= 0.3 > after)
    away = [sum(day < 0.3 for day in days) for days in zip(*luck, strict=True)]
    world = hand_world(teams={"front": {"staff": 50, "absent": 0.3}})
    time = asked(world, later(CLEAN, 230 - 605).replace("front:0", f"front:{agent}")).agents["front"]
    assert (time.busy, time.overtime, time.while_absent) == (12, 0, 2)
    assert time.absent == 240 * away[0] + 1200 * away[1]
    assert time.at_work == 50 * 1440 - time.absent + 2
    assert time.paid == 50 * 1440


def test_a_colleague_is_busy_while_he_has_joined_in():
    """Five minutes of the back beside the front's seventeen."""
    strip = """
        600 APPEARED
        600 DIALLED
        600 PICKED_UP
        600 QUEUED
        600 ANSWERED front:0
        600 TALKING
        610 COLLEAGUE_ASKED
        612 COLLEAGUE_JOINED 5 back:0
        612 CONFERRING 0 front:0
        617 SOLVED
        617 LEFT_AGENT 0
        617 CALL_ENDED
    """
    made = asked(hand_world(), strip)
    assert (made.agents["front"].busy, made.agents["back"].busy) == (17, 5)
    calls = made.totals.calls
    assert (calls.transfer_hold, calls.after_answer) == (2, 17)
    assert measure(made, ["occupancy.back"]) == {"occupancy.back": (5, 1440)}
