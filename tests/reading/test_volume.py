"""How many problems appear, and when: a week's volume or a day's, the weight of each day, and the shape of each."""

from __future__ import annotations

import numpy as np
import pytest

from sim.people import populate
from sim.people.records import Prepared
from sim.reading import difference, digest, load, variant, written
from tests.worlds import tiny_world

WEEK = 10080.0
MORNING = [0] * 9 + [5] * 4 + [0] * 11
"""The Saturday of an export: nothing but 9 to 13 h."""


def expected(world, end=WEEK):
    """Return the problems expected in each interval of a week."""
    cells = Prepared(world.population, end).cells
    return cells["rate"][:-1] * np.diff(cells["starts"])


def test_a_saturday_of_its_own_shape_keeps_the_weight_of_a_saturday():
    plain = tiny_world(population={"profile": {"days": [1, 1, 1, 1, 1, 0.5, 0], "intervals": [1] * 12 + [3] * 12}})
    own = variant(plain, {"population": {"profile": {"sat": MORNING}}})
    before, after = expected(plain).reshape(7, 24), expected(own).reshape(7, 24)
    assert after.sum() == pytest.approx(7 * 240)
    assert after.sum(axis=1) == pytest.approx(before.sum(axis=1))
    assert after[:5] == pytest.approx(before[:5])
    assert after[5, 9:13] == pytest.approx([7 * 240 * 0.5 / 5.5 / 4] * 4)
    assert after[5, :9].sum() == after[5, 13:].sum() == after[6].sum() == 0


def test_on_such_a_saturday_problems_appear_in_its_hours_only():
    world = tiny_world(time={"horizon": "28 d"}, population={"profile": {"sat": MORNING}})
    appeared = populate(world, seed=1).rows["appeared"]
    saturdays = appeared[(appeared % WEEK // 1440) == 5] % 1440
    assert len(saturdays) > 500  # four days of 240
    assert 540 <= saturdays.min() < saturdays.max() < 780


def test_seven_days_of_half_hours_are_an_interval_export():
    """Each day's 48 weights with the day's total: the expected numbers are the export's."""
    export = np.random.default_rng(5).integers(0, 30, (7, 48))
    days = dict(zip(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), export.tolist(), strict=True))
    profile = {"days": export.sum(axis=1).tolist(), **days}
    world = tiny_world(population={"problems_per_day": int(export.sum()) / 7, "profile": profile})
    assert expected(world) == pytest.approx(export.ravel())


def test_hours_and_half_hours_may_stand_side_by_side():
    """A weekday by the hour beside a Saturday by the half hour: each hour's problems are spread over both halves."""
    saturday = [0] * 18 + [1, 3] + [0] * 28
    world = tiny_world(population={"profile": {"intervals": [1] * 12 + [3] * 12, "sat": saturday}})
    week = expected(world).reshape(7, 48)
    assert week[5, 18:20] == pytest.approx([60, 180])
    assert week[0] == pytest.approx([240 / 48 / 2] * 24 + [3 * 240 / 48 / 2] * 24)


def test_without_shapes_of_their_own_the_days_are_what_they_were_to_the_bit():
    population = load("base").population
    weight = np.outer(population.profile.days, population.profile.intervals).ravel()
    rates = population.problems_per_day * 7 * weight / weight.sum() / 60
    assert Prepared(population, WEEK).cells["rate"][:-1].tobytes() == rates.tobytes()


def test_a_file_may_change_one_day_of_what_it_extends_and_take_it_back(world_file):
    world_file(("[population.reasons.fault]", f"[population.profile]\nsat = {MORNING}\n[population.reasons.fault]"))
    text = 'extends = "small.toml"\nabout = "x"\n[population.profile]\nsun = [1, 2]\n'
    world = load(world_file(text=text, name="more.toml"))
    assert (world.population.profile.sat, world.population.profile.sun) == (tuple(MORNING), (1, 2))
    back = load(
        world_file(text='extends = "more.toml"\nabout = "x"\n[population.profile]\nsat = "none"\n', name="b.toml")
    )
    assert (back.population.profile.sat, back.population.profile.sun) == (None, (1, 2))
    assert [change.key for change in difference(world, back)] == ["population.profile.sat"]


def test_a_weeks_volume_is_seven_days_of_a_days(world_file):
    day, week = load(world_file()), load(world_file(("problems_per_day = 50", "problems_per_week = 350")))
    assert day == week
    assert digest(day) == digest(week)
    assert day.population.problems_per_week == 350
    assert "problems_per_week" not in written(week)["population"]


@pytest.mark.parametrize(("said", "a_day"), [("problems_per_week = 70", 10), ("problems_per_day = 11", 11)])
def test_the_nearer_volume_stands_whichever_way_the_farther_one_is_written(world_file, said, a_day):
    for below in ("problems_per_day = 50", "problems_per_week = 350"):
        world_file(("problems_per_day = 50", below))
        text = f'extends = "small.toml"\nabout = "x"\n[population]\n{said}\n'
        assert load(world_file(text=text, name="n.toml")).population.problems_per_day == a_day
    assert variant(load(world_file()), {"population": {"problems_per_week": 7}}).population.problems_per_day == 1


@pytest.mark.parametrize(
    ("volumes", "key", "said"),
    [
        ("problems_per_day = 50\nproblems_per_week = 300", "population.problems_per_week", "350 a week; write one of"),
        ("problems_per_week = 0", "population.problems_per_week", "must be more than 0"),
        ('problems_per_week = "many"', "population.problems_per_week", "a number is needed"),
        ("problems_per_week = 1e9", "population.problems_per_week", "at most"),
        ("", "population.problems_per_day", "is missing"),
        ("problems_per_day = 1\nprofile.sat = [0, 0]", "population.profile", "all weights of sat are zero"),
        ("problems_per_day = 1\nprofile.sat = [1, 2, 3, 4, 5, 6, 7]", "population.profile.sat", "must divide the day"),
        ("problems_per_day = 1\nprofile.sat = []", "population.profile.sat", "is empty"),
        ("problems_per_day = 1\nprofile.days = [0, 0, 0, 0, 0, 0, 0]", "population.profile", "nobody would ever"),
        (f"problems_per_day = 1\nprofile.sat = {[1] * 90}\nprofile.sun = {[1] * 96}", "population.profile",
         "days of 1, 90, 96 intervals do not fit"),
    ],
)  # fmt: skip
def test_volumes_and_shapes_that_cannot_be_are_told(world_file, mistakes, volumes, key, said):
    told = mistakes(world_file(("problems_per_day = 50", volumes)))
    assert [sentence for where, sentence in told if where == key and said in sentence], told
    assert len(told) == 1


def test_without_problems_at_the_weekend_the_other_days_have_more_each():
    """100 a day are 700 a week: on five days 140 each."""
    population = variant("base", {"population": {"profile": {"days": [1, 1, 1, 1, 1, 0, 0]}}}).population
    assert population.problems_by_weekday() == pytest.approx(
        {"mon": 140, "tue": 140, "wed": 140, "thu": 140, "fri": 140, "sat": 0, "sun": 0}
    )
    assert sum(load("base").population.problems_by_weekday().values()) == pytest.approx(700)
