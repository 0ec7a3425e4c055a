"""Worlds changed by path: what a path leads to, what is multiplied, and what is refused."""

from __future__ import annotations

import dataclasses
import pickle

import pytest

import sim
from sim.reading import written
from sim.reading.fields import keys
from sim.reading.trees import standing_at
from sim.study.changing.paths import parts_of, places_of
from sim.study.searching.staffing import scaled_staff, staff_slots

HOTLINE = sim.load("hotline_2005")


def test_values_stand_where_their_paths_lead():
    changes = {"levers.time.cut_after": "15 min", "line.lines": 40, "tariff.price_per_minute": 0.2}
    made = sim.changed("hotline_2005", changes)
    assert (made.levers.time.cut_after, made.line.lines, made.tariff.price_per_minute) == (15.0, 40, 0.2)
    assert {change.key for change in sim.difference(HOTLINE, made)} >= {"levers.time.cut_after", "line.lines"}


def test_a_star_is_any_name():
    made = sim.changed(HOTLINE, {"teams.*.wage": 30})
    assert {team.wage for team in made.teams.values()} == {30.0}


def test_what_is_optional_may_be_written_and_taken_away():
    assert sim.changed(HOTLINE, {"levers.time.cut_after": "none"}).levers.time.cut_after is None
    told = sim.changed(HOTLINE, {"line.announcement": {"factor": 0.5}}).line.announcement
    assert told is not None
    assert told.factor == 0.5
    easy = sim.changed(HOTLINE, {'teams.front.solve."billing.easy"': 0.5})
    assert easy.teams["front"].solve["billing.easy"] == 0.5


@pytest.mark.parametrize("twice", ["x2", "X 2.0", sim.Times(2), "\N{MULTIPLICATION SIGN}2"])
def test_numbers_durations_laws_and_agents_are_multiplied(twice):
    made = sim.changed(
        HOTLINE,
        {
            "population.problems_per_day": twice,
            "line.menu": twice,
            "population.patience": twice,
            "teams.front.staff": twice,
            "teams.front.talk": twice,
        },
    )
    assert made.population.problems_per_day == 2 * HOTLINE.population.problems_per_day
    assert made.line.menu.mean_value() == 2 * HOTLINE.line.menu.mean_value()
    assert made.population.patience.mean_value() == pytest.approx(2 * HOTLINE.population.patience.mean_value())
    assert written(made)["population"]["patience"] == {"law": "erlang", "mean": "50.4 min", "stages": 4}
    assert made.teams["front"].talk == pytest.approx(6.68)
    now, before = staff_slots(made), staff_slots(HOTLINE)
    assert now["front"] == tuple(2 * agents for agents in before["front"])
    assert now["second"] == before["second"]


def test_all_teams_multiplied_are_the_staff_scaled():
    assert staff_slots(sim.changed(HOTLINE, {"teams.*.staff": "x0.7"})) == staff_slots(scaled_staff(HOTLINE, 0.7))


def test_a_product_keeps_twelve_digits():
    made = sim.changed(HOTLINE, {"population.problems_per_day": 123.456789, "line.menu": "61 s"})
    assert sim.changed(made, {"population.problems_per_day": "x1.1"}).population.problems_per_day == pytest.approx(
        123.456789 * 1.1, rel=1e-12
    )
    assert sim.changed(made, {"line.menu": "x1.01"}).line.menu.mean_value() == pytest.approx(61.61 / 60, rel=1e-9)


def test_a_text_that_looks_like_a_factor_may_be_a_name():
    world = sim.variant("base", {"teams": {"x2": written(sim.load("base"))["teams"]["front"]}})
    assert sim.changed(world, {"line.team": "x2"}).line.team == "x2"


def test_all_that_is_wrong_with_the_paths_is_told_at_once():
    with pytest.raises(ValueError) as told:
        sim.changed(
            HOTLINE,
            {
                "levers.time.cut_afer": 1,
                "cut_after": 1,
                "teams.fronnt.staff": 1,
                "*.staff": 1,
                "a b": 1,
                "name": "x",
                "teams.front.wage": 1,
                "teams.*.wage": 2,
                "teams.front": {},
                "line.announcement": "x2",
                "line.closing": sim.Times(2),
            },
        )
    lines = str(told.value).splitlines()
    assert lines[:6] == [
        '"levers.time.cut_afer" leads to nothing in this world; did you mean levers.time.cut_after?',
        '"cut_after" leads to nothing in this world; did you mean levers.time.cut_after?',
        '"teams.fronnt.staff" leads to nothing in this world; did you mean teams.front.staff?',
        '"*.staff" leads to nothing in this world; did you mean teams.front.staff?',
        '"a b" is no path; write for example levers.time.cut_after or teams.*.staff',
        '"name" is what a world is called or extends: write a file for that',
    ]
    assert "teams.front.wage and teams.*.wage both change teams.front.wage: one of them says it" in lines
    assert "teams.front.wage and teams.front both change teams.front: one of them says it" in lines
    assert "line.announcement: nothing is written there that could be multiplied" in lines
    assert any(line.startswith("line.closing: ") for line in lines)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"population.again.persistence": "x2"}, "must be at most 1"),
        ({"levers.time.cut_after": 15}, "needs its unit"),
        ({"teams.front.wage": float("nan")}, "must be finite"),
        ({"teams.front.staff": "x1e9"}, "agents"),
        ({"line.team": "nobody"}, "nobody"),
    ],
)
def test_values_are_checked_as_those_of_a_file(changes, said):
    with pytest.raises(ValueError, match=said):
        sim.changed(HOTLINE, changes)


@pytest.mark.parametrize("factor", [0, -1, float("nan"), float("inf"), "2", True])
def test_a_factor_is_a_positive_number(factor):
    with pytest.raises(ValueError, match="factor is"):
        sim.Times(factor)


@pytest.mark.parametrize("changes", [None, [], "levers.time.cut_after=1", 3])
def test_changes_are_a_mapping(changes):
    with pytest.raises(ValueError, match="changes is"):
        sim.changed(HOTLINE, changes)


@pytest.mark.parametrize("path", [5, None, "", ".", "a..b", "a.", "x" * 10_000, 'a."b', "a\nb"])
def test_what_is_no_path_is_told(path):
    with pytest.raises(ValueError, match="is no path"):
        parts_of(path)


def test_a_path_leads_to_every_value_that_is_written():
    tree = written(HOTLINE)
    places = [place for place, _ in keys() if "*" not in place and standing_at(tree, *place) is not None]
    assert len(places) > 80
    own = [place for place in places if place[0] not in ("name", "about", "extends")]
    assert all(places_of(".".join(place), tree) == (place,) for place in own)


def test_a_factor_can_be_pickled_and_is_a_value():
    assert pickle.loads(pickle.dumps(sim.Times(1.5))) == sim.Times(1.5)
    with pytest.raises(dataclasses.FrozenInstanceError):
        sim.Times(1.5).factor = 2.0  # type: ignore[misc]
