"""A roster given to a calibration: its shifts are the world's, and are not sought."""

from __future__ import annotations

from typing import Any, cast

import pytest

import sim
from sim.data.roster import Roster, Shift
from sim.reading import variant
from sim.study.calibrating.parameters import moved, parameters
from sim.study.calibrating.rostered import read_shifts
from tests.data.tables import written
from tests.study.reports import one_team

WEEK = """\
Agent;Équipe;Jour;Début;Fin;Pauses
Zoé;FRONT;lun-dim;08:00;16:00;12:00-12:30
Ada;FRONT;lun-dim;08:00;16:00;12:00-12:30
Lou;FRONT;lun-ven;12:00;20:00;16:00-16:15
"""
EARLY = {"agents": 2, "hours": ["mon-sun 08:00-16:00"], "breaks": [], "lunches": ["12:00-12:30"]}
LATE = {"agents": 1, "hours": ["mon-fri 12:00-20:00"], "breaks": ["16:00-16:15"], "lunches": []}


def test_shifts_take_the_place_of_staff(tmp_path):
    tree, notes = read_shifts(written(tmp_path, WEEK), one_team())
    assert tree == {
        "teams": {"front": {"staff": 0, "shifts": {"mon-sun 08:00-16:00": EARLY, "mon-fri 12:00-20:00": LATE}}}
    }
    assert notes == ()
    front = variant(one_team(), tree).teams["front"]
    # Monday: 2 from 8, none of them 12:00 to 12:30 when the third has come, 1 after 16:15.
    assert [front.by_slot(())[4 * hour] for hour in (8, 12, 13, 16, 17, 20)] == [2, 1, 3, 0, 1, 0]


def test_shifts_that_the_world_had_are_gone():
    old = {"teams": {"front": {"staff": 0, "shifts": {"old": {"agents": 9, "hours": ["mon 08:00-12:00"]}}}}}
    day = Shift("Zoé", 1, "front", 1, None, 480.0, 960.0)
    tree, _ = read_shifts(Roster((day,), None, ("front",)), variant(one_team(), old))
    assert tree["teams"]["front"]["shifts"]["old"] == "none"
    assert [*variant(variant(one_team(), old), tree).teams["front"].shifts] == ["tue 08:00-16:00"]


def test_a_roster_without_teams_is_that_of_the_line(tmp_path):
    tree, _ = read_shifts(written(tmp_path, "Agent;Day;Start;End\nZoé;mon;08:00;16:00\n"), one_team())
    assert [*tree["teams"]] == ["front"]


def test_what_a_roster_leaves_open_is_told(tmp_path):
    two = variant(one_team(), {"teams": {"back": {"staff": 1, "talk": "5 min", "wage": 20, "solve": {"plain": 0.5}}}})
    dated = "Agent;Team;Date;Start;End\nZoé;front;2026-11-02;08:00;16:00\nZoé;front;2026-11-09;08:00;16:00\n"
    _, notes = read_shifts(written(tmp_path, dated), two)
    assert notes[-3:] == (
        "The roster goes over 2 weeks: its first was taken.",
        "The roster has nobody of back: their staff is that of the world.",
        "The roster has nobody on tue, wed, thu, fri, sat, sun, though the line is open then.",
    )


def test_teams_that_the_world_does_not_have_are_refused_together(tmp_path):
    text = WEEK.replace("Ada;FRONT", "Ada;Nord").replace("Lou;FRONT", "Lou;Sud")
    with pytest.raises(ValueError, match=r'teams "Nord", "Sud" are none of the world.s, front'):
        read_shifts(written(tmp_path, text), one_team())


def test_one_team_that_the_world_does_not_have_is_refused_as_several_are(tmp_path):
    text = "Agent;Team;Day;Start;End\nZoé;nix;mon;08:00;16:00\n"
    with pytest.raises(ValueError, match=r'teams "nix" are none of the world.s, front'):
        read_shifts(written(tmp_path, text), one_team())


@pytest.mark.parametrize("odd", [5, {"front": 1}, b"roster.csv"])
def test_what_is_no_roster_is_refused(odd):
    with pytest.raises(ValueError, match="roster is "):
        read_shifts(odd, one_team())


def test_a_calibration_keeps_the_roster_s_shifts(tmp_path):
    figures = {"days": 28, "offered": 9000, "answered": "30 % +- 10 %", "speed_of_answer": "10 min +- 5 min"}
    made = sim.calibrate(one_team(), figures, roster=written(tmp_path, WEEK), free=["problems"], replications=2, days=7)
    assert [*made.world.teams["front"].shifts] == ["mon-sun 08:00-16:00", "mon-fri 12:00-20:00"]
    text = made.to_toml()
    (tmp_path / "fitted.toml").write_text(text, encoding="utf-8")
    assert sim.load(tmp_path / "fitted.toml").teams["front"].shifts == made.world.teams["front"].shifts


def test_agents_in_shifts_that_are_multiplied_are_agents_by_the_hour(tmp_path):
    """Twice the 4 h of both early agents and of the late one, who is paid for his break of a quarter too."""
    tree, _ = read_shifts(written(tmp_path, WEEK), one_team())
    start = variant(one_team(), tree)
    (staff,) = parameters(start, ["staff"])
    twice = moved(start, [staff], [0.6931471805599453]).teams["front"]
    assert not twice.shifts
    never = (False,) * (7 * 96)
    assert sum(twice.by_slot(never)) == 2 * sum(start.teams["front"].by_slot(never))
    assert sum(twice.paid_by_slot(never)) == pytest.approx(2 * sum(start.teams["front"].paid_by_slot(never)))


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda: sim.minute_of(cast("Any", 5)), "^5 is not a time; write "),
        (
            lambda: sim.calibrate(one_team(), {"days": 7, "offered": 700}, free=cast("Any", 5)),
            "^free is 5: it has to be names",
        ),
        (lambda: sim.intervals(one_team(), columns=cast("Any", one_team())), "columns is a World: it has to be"),
    ],
)
def test_what_is_of_another_kind_is_told_in_words(ask, said):
    with pytest.raises(ValueError, match=said):
        ask()
