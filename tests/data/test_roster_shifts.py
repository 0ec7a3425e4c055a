"""A roster becomes the shifts of a world: whoever has the same hours and breaks is in one."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

import sim
from sim.data.roster import Roster
from sim.data.roster import Shift as Line
from sim.world import World
from tests.data.tables import written
from tests.worlds import tiny_world

WEEK = """\
Agent;Équipe;Jour;Début;Fin;Pauses
Zoé;Front;lun-ven;08:00;16:00;12:00-12:45, 15:00 (15 min)
Ada;Front;lun-ven;08:00;16:00;12:00-12:45, 15:00 (15 min)
Lou;Front;lun, mer, jeu;08:00;16:00;12:00-12:45, 15:00 (15 min)
Max;Front;sam;22:00;06:00;02:00-02:30
Ana;Back;dim;22h;6h;
"""
DAYTIME = {"breaks": ["15:00-15:15"], "lunches": ["12:00-12:45"]}


def world_of(shifts: dict[str, dict[str, Any]]) -> World:
    return tiny_world(teams={"front": {"staff": 0, "shifts": shifts}})


def test_agents_with_the_same_hours_and_breaks_are_one_shift(tmp_path):
    assert sim.shifts_of(sim.roster(written(tmp_path, WEEK)), "Front") == {
        "mon-fri 08:00-16:00": {"agents": 2, "hours": ["mon-fri 08:00-16:00"], **DAYTIME},
        "mon 08:00-16:00, wed-thu 08:00-16:00": {
            "agents": 1, "hours": ["mon 08:00-16:00", "wed-thu 08:00-16:00"], **DAYTIME
        },
        "sat 22:00-06:00": {"agents": 1, "hours": ["sat 22:00-06:00"], "breaks": [], "lunches": ["02:00-02:30"]},
    }  # fmt: skip


@pytest.mark.parametrize("team", ["Front", "Back"])
def test_a_world_in_these_shifts_has_the_roster_s_agents_at_work(tmp_path, team):
    """Quarter of an hour by quarter of an hour, over midnight and the week's end."""
    roster = sim.roster(written(tmp_path, WEEK))
    front = world_of(sim.shifts_of(roster, team)).teams["front"]
    assert list(front.by_slot(())) == roster.at_work(team).tolist()


def test_rosters_made_by_chance_come_back(tmp_path):
    """Names with several shifts a week, with and without breaks, and numbers without names."""
    rng = np.random.default_rng(8)
    lines = []
    for day in range(7):
        for name in ("", "", "A", "B", "C"):
            start = 15.0 * rng.integers(0, 80)
            length = 15.0 * rng.integers(8, 16)
            breaks = ((start + 30, start + 45), (start + 60, start + 90))[: rng.integers(0, 3)]
            agents = 1 if name else int(rng.integers(1, 4))
            lines.append(Line(name, agents, "Front", day, None, start, min(start + length, 1440.0), breaks))
    roster = Roster(tuple(line for line in lines if line.end - line.start >= 105), None, ("Front",))
    front = world_of(sim.shifts_of(roster)).teams["front"]
    assert list(front.by_slot(())) == roster.at_work().tolist()


def test_from_which_length_a_break_is_a_lunch_may_be_said(tmp_path):
    roster = sim.roster(written(tmp_path, WEEK))
    (first, *_) = sim.shifts_of(roster, "Front", lunch_from=60).values()
    assert (first["breaks"], first["lunches"]) == (["12:00-12:45", "15:00-15:15"], [])
    (first, *_) = sim.shifts_of(roster, "Front", lunch_from=0).values()
    assert first["breaks"] == []


def test_a_week_of_several_is_taken(tmp_path):
    text = "team,date,start,end,number\nA,2024-01-15,8:00,12:00,5\nA,2024-01-23,8:00,12:00,7\n"
    roster = sim.roster(written(tmp_path, text))
    assert roster.first_monday == date(2024, 1, 15)
    assert sim.shifts_of(roster, week=2) == {
        "tue 08:00-12:00": {"agents": 7, "hours": ["tue 08:00-12:00"], "breaks": [], "lunches": []}
    }
    with pytest.raises(ValueError, match="week is 3: the roster goes over 2 weeks"):
        sim.shifts_of(roster, week=3)


def test_what_no_world_can_have_is_told_at_once(tmp_path):
    text = "name,day,start,end\nA,mon,8:10,12:00\nB,tue,8:00,12:05\nC,wed,8:00,12:00\n"
    roster = sim.roster(written(tmp_path, text))
    with pytest.raises(ValueError, match=r"quarter of an hour; these do not: mon 08:10 \(A\), tue 12:05 \(B\)$"):
        sim.shifts_of(roster)
    with pytest.raises(ValueError, match="lunch_from is -1"):
        sim.shifts_of(roster, lunch_from=-1)
    with pytest.raises(ValueError, match="team"):
        sim.shifts_of(roster, "Fornt")
    with pytest.raises(ValueError, match="week is 'one'"):
        sim.shifts_of(roster, week="one")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="roster is 3"):
        sim.shifts_of(3)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="nobody works in week 1"):
        sim.shifts_of(Roster((), None, ()))


def test_equal_rows_of_numbers_are_agents_beside_one_another(tmp_path):
    """Twice five agents on Monday, once on Tuesday: ten and five, 120 hours in all."""
    text = "number;day;start;end\n5;lun;8:00;16:00\n5;lun;8:00;16:00\n5;mar;8:00;16:00\n"
    roster = sim.roster(written(tmp_path, text))
    made = sim.shifts_of(roster)
    assert [(one["agents"], one["hours"]) for one in made.values()] == [
        (5, ["mon-tue 08:00-16:00"]),
        (5, ["mon 08:00-16:00"]),
    ]
    at_work = world_of(made).teams["front"].by_slot(())
    assert [at_work[4 * 9], at_work[96 + 4 * 9]] == [10, 5]
    assert sum(at_work) / 4 == roster.at_work().sum() / 4 == 120


def test_several_teams_are_not_put_together_in_silence(tmp_path):
    roster = sim.roster(written(tmp_path, WEEK))
    with pytest.raises(ValueError, match=r'^team: the roster has several, "Front", "Back": name one of them$'):
        sim.shifts_of(roster)
