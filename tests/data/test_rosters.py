"""A roster is read as shifts with breaks; what cannot be worked is told by row and column."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

import sim
from tests.data.tables import said_of, written

WEEK = """\
Agent;Équipe;Jour;Début;Fin;Pauses
Zoé;Front;lun-ven;08:00;16:00;12:00-12:45, 15:00 (15 min)
Max;Front;sam;22:00;06:00;02:00-02:30
Ana;Back;dim;22h;6h;
"""


def test_shifts_have_days_and_breaks(tmp_path):
    roster = sim.roster(written(tmp_path, WEEK))
    assert roster.teams == ("Front", "Back")
    assert roster.first_monday is None
    assert [shift.day for shift in roster.shifts] == [0, 1, 2, 3, 4, 5, 6]
    zoe, max_ = roster.shifts[0], roster.shifts[5]
    assert (zoe.start, zoe.end, zoe.breaks, zoe.minutes) == (480, 960, ((720, 765), (900, 915)), 420)
    assert (max_.start, max_.end, max_.breaks) == (1320, 1800, ((1560, 1590),))
    assert sum("ends before it begins" in said for said in roster.warnings) == 2


def test_agents_at_work_by_quarter_of_an_hour(tmp_path):
    """Zoé's hours are 5 x 7, Max's 7.5, Ana's 8, of which 6 are Monday's: the week comes again and again."""
    roster = sim.roster(written(tmp_path, WEEK))
    by_quarter = roster.at_work()
    assert by_quarter.shape == (672,)
    assert by_quarter.sum() / 4 == 35 + 7.5 + 8
    assert by_quarter[:24].tolist() == [1] * 24  # Ana, on Monday until six
    assert by_quarter[48:51].tolist() == [0] * 3  # Zoé's lunch
    assert roster.at_work("Back").sum() / 4 == 8
    assert roster.at_work(step=60)[12] == 0.25
    with pytest.raises(ValueError, match="step is 7"):
        roster.at_work(step=7)
    with pytest.raises(ValueError, match="did you mean Front"):
        roster.at_work("Fron")


def test_numbers_of_agents_need_no_names(tmp_path):
    text = "team,date,start,end,number\nA,2024-01-15,8:00,12:00,5\nA,2024-01-23,8:00,12:00,7\n"
    roster = sim.roster(written(tmp_path, text))
    assert roster.first_monday == date(2024, 1, 15)
    assert roster.weeks == 2
    assert roster.at_work("A")[[32, 47, 48]].tolist() == [5, 5, 0]
    assert roster.at_work("A")[96 * 8 + 32] == 7
    assert np.isclose(roster.at_work().sum() / 4, 48)


def test_a_shift_may_stand_in_one_cell(tmp_path):
    text = 'name,day,shift\nA,mon,8:00-16:30\nB,"tue, thu",8-16\nC,Friday to Sunday,0800-1200\n'
    shifts = sim.roster(written(tmp_path, text)).shifts
    assert [(one.agent, one.day, one.start, one.end) for one in shifts] == [
        ("A", 0, 480, 990), ("B", 1, 480, 960), ("B", 3, 480, 960),
        ("C", 4, 480, 720), ("C", 5, 480, 720), ("C", 6, 480, 720),
    ]  # fmt: skip


def test_what_cannot_be_worked_is_told_all_at_once(tmp_path):
    text = (
        "name,team,date,start,end,breaks\n"
        "A,x,2024-01-15,8:00,16:00,7:00-8:30\n"
        'B,x,2024-01-15,8:00,16:00,"12:00-12:30, 12:15-12:40"\n'
        "A,x,2024-01-15,15:00,18:00,\n"
        "C,x,2024-01-15,8:00,8:00,\n"
        "D,x,2024-01-15,8:00,noon,later\n"
        ",y,2024-01-16,8:00,9:00,\n"
    )
    assert said_of(lambda: sim.roster(written(tmp_path, text), teams=["x"])) == [
        '2 "breaks": "7:00-8:30" lies outside of the shift',
        '3 "breaks": holds breaks that overlap: 12:00-12:30 and 12:15-12:40',
        '4 : has "A" at work where line 2 has them too',
        '5 "end": ends when it begins',
        '6 "end": "noon" is no time of day',
        '7 "team": "y" is no team that is known',
        '7 "name": is empty',
    ]


def test_an_agent_may_work_twice_a_day_but_not_at_once(tmp_path):
    good = "name,day,start,end\nA,mon,8:00,12:00\nA,mon,14:00,18:00\n"
    assert len(sim.roster(written(tmp_path, good)).shifts) == 2
    over_night = "name,date,start,end\nA,2024-01-15,22:00,6:00\nA,2024-01-16,5:00,9:00\n"
    assert said_of(lambda: sim.roster(written(tmp_path, over_night))) == [
        '3 : has "A" at work where line 2 has them too'
    ]


def test_a_night_at_the_end_of_a_week_that_comes_again_goes_on_at_its_beginning(tmp_path):
    both = "name,day,start,end\nA,sun,22:00,6:00\nA,mon,5:00,12:00\n"
    assert said_of(lambda: sim.roster(written(tmp_path, both))) == ['3 : has "A" at work where line 2 has them too']
    after = both.replace("mon,5:00", "mon,6:00")
    assert len(sim.roster(written(tmp_path, after)).shifts) == 2
    dated = "name,date,start,end\nA,2024-01-21,22:00,6:00\nA,2024-01-15,5:00,12:00\n"  # Monday before that Sunday
    assert len(sim.roster(written(tmp_path, dated)).shifts) == 2


@pytest.mark.parametrize(
    ("hours", "cell", "expected"),
    [
        ("12:00;03:00", "0:30-1:00", (1470.0, 1500.0)),
        ("11:00;02:00", "1:00-1:15", (1500.0, 1515.0)),
        ("22:00;06:00", "23:45-0:15", (1425.0, 1455.0)),
        ("22:00;06:00", "2:00 (30 min)", (1560.0, 1590.0)),
    ],
)
def test_a_break_after_midnight_is_of_the_shift_that_goes_on_so_far(tmp_path, hours, cell, expected):
    (shift,) = sim.roster(written(tmp_path, f"name;day;start;end;breaks\nA;mon;{hours};{cell}\n")).shifts
    assert shift.breaks == (expected,)


def test_a_break_after_midnight_and_after_the_shift_is_a_mistake(tmp_path):
    text = "name;day;start;end;breaks\nA;mon;12:00;01:00;0:30-1:15\n"
    assert said_of(lambda: sim.roster(written(tmp_path, text))) == ['2 "breaks": "0:30-1:15" lies outside of the shift']


@pytest.mark.parametrize("number", ["-1", "1.5", "many", "", "1e9", "50 %"])
def test_numbers_of_agents_are_whole(tmp_path, number):
    text = f"day,start,end,number\nmon,8:00,12:00,{number}\n"
    assert said_of(lambda: sim.roster(written(tmp_path, text)))[0].startswith('2 "number"')


# Breaks in several columns -------------------------------------------------------------------------------------------

THREE = "Agent;Day;Start;End;Break 1;Lunch;Break 2\n"


def breaks_of(folder, text):
    (shift,) = sim.roster(written(folder, text)).shifts
    return shift.breaks


def test_breaks_and_lunch_stand_in_columns_of_their_own(tmp_path):
    """From and to, or with how long, in whatever order; an empty one is none."""
    row = "Ada;mon;8:00;16:30;10:00-10:15;12:00 (30 min);\n"
    assert breaks_of(tmp_path, THREE + row) == ((600, 615), (720, 750))
    turned = "Agent;Day;Start;End;Break 2;Lunch;Break 1\nAda;mon;8:00;16:30;14:30-14:45;12:00-12:30;10:00-10:15\n"
    assert breaks_of(tmp_path, turned) == ((600, 615), (720, 750), (870, 885))


def test_times_alone_last_as_long_as_their_heading_says(tmp_path):
    head = "Agent;Day;Start;End;Break 1 (10 min);Lunch (45 min)\n"
    roster = sim.roster(written(tmp_path, head + "Ada;mon;8:00;16:30;10:00;12:00\n"))
    assert roster.shifts[0].breaks == ((600, 610), (720, 765))
    assert roster.warnings == ()


def test_times_alone_of_no_length_are_taken_for_usual_ones_and_told_once(tmp_path):
    """A quarter of an hour, and half an hour at noon: said for each column, not for each row."""
    rows = "".join(f"{name};mon;8:00;16:30;10:00;12:00;14:30\n" for name in ("Ada", "Bea", "Cia"))
    roster = sim.roster(written(tmp_path, THREE + rows))
    assert {shift.breaks for shift in roster.shifts} == {((600, 615), (720, 750), (870, 885))}
    said = [one for one in roster.warnings if "has times alone" in one]
    assert [("15 min" in one, "30 min" in one) for one in said] == [(True, False), (False, True), (True, False)]


def test_breaks_that_overlap_across_columns_are_a_mistake(tmp_path):
    row = "Ada;mon;8:00;16:30;11:50-12:05;12:00-12:30;18:00-18:15\n"
    said = said_of(lambda: sim.roster(written(tmp_path, THREE + row)))
    assert said == [
        '2 "Break 2": "18:00-18:15" lies outside of the shift',
        '2 "Break 1 and Lunch and Break 2": holds breaks that overlap: 11:50-12:05 and 12:00-12:30',
    ]


def test_columns_of_breaks_may_be_named(tmp_path):
    text = "Agent;Day;Start;End;P1;P2\nAda;mon;8:00;16:30;10:00-10:15;12:00-12:30\n"
    (shift,) = sim.roster(written(tmp_path, text), {"breaks": ["P1", 6]}).shifts
    assert shift.breaks == ((600, 615), (720, 750))
    with pytest.raises(ValueError, match="it has to be a heading, or a place from 1"):
        sim.roster(written(tmp_path, text), {"start": ["P1", "P2"]})
