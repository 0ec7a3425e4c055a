"""What planners write by habit is understood: durations of exports, shares in per cent, shifts over midnight."""

from __future__ import annotations

import re

import pytest
from pydantic import TypeAdapter

from sim.history.rows import Event
from sim.reading import (
    WorldError,
    difference,
    digest,
    load,
    variant,
    written,
)
from sim.units import Minutes, hours_of_slots, minutes, share, week_hours, week_slots
from tests.twin.both import twins_of
from tests.worlds import tiny_world

QUARTERS_OF_A_NIGHT = {*range(88, 96), *range(24)}
"""From 22:00 to 24:00 and from 00:00 to 06:00, counted from midnight."""


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:04:30", 270),
        ("1:00:00", 3600),
        ("4:30", 270),
        ("90:00", 5400),
        ("0:07", 7),
        (" 0:00:00 ", 0),
        ("20 min", 1200),
        ("1.5h", 5400),
    ],
)
def test_durations_of_exports_are_read_with_their_seconds_last(text, seconds):
    assert minutes(text) * 60 == pytest.approx(seconds, abs=1e-12)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("6 minutes 11", 371),
        ("2 min 30 s", 150),
        ("2min30s", 150),
        ("1 h 05", 3900),  # hours and minutes: nobody leaves out the minutes alone
        ("1 heure 5 minutes", 3900),
        ("1 h 2 min 3 secondes", 3723),
        ("2 mn 7.5 s", 127.5),
    ],
)
def test_durations_are_read_as_they_are_spoken_and_an_editor_takes_them_too(text, seconds):
    assert minutes(text) * 60 == pytest.approx(seconds, abs=1e-12)
    assert re.search(TypeAdapter(Minutes).json_schema()["pattern"], text)


@pytest.mark.parametrize("text", ["2 min 75", "2 min 30 min", "30 s 2 min", "1 h 5 s", "2 d 3 h", "-2 min 30"])
def test_what_is_spoken_otherwise_is_no_duration(text):
    with pytest.raises(ValueError, match="duration"):
        minutes(text)


@pytest.mark.parametrize(
    "text",
    ["4:60", "1:60:00", "00:04:3", "4:30:00:00", "-4:30", "٣ min", "３ min", "4:٣٠", "", "min", "1e3 min", "x" * 999],
)
def test_what_is_no_duration_is_refused_in_few_words(text):
    with pytest.raises(ValueError, match="duration") as refused:
        minutes(text)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(("text", "part"), [("80 %", 0.8), ("80%", 0.8), ("0.7 %", 0.007), ("100 %", 1.0), ("0%", 0.0)])
def test_a_percentage_is_the_share_that_a_planner_would_write(text, part):
    assert share(text) == part


@pytest.mark.parametrize("text", ["80", "0.8", "% 80", "-5 %", "٨٠ %", "8 0 %", "1e1 %", "%"])
def test_a_text_that_is_no_percentage_is_no_share(text):
    with pytest.raises(ValueError, match=r'write a part of one or a percentage: 0\.8 or "80 %"'):
        share(text)


@pytest.mark.parametrize(
    ("text", "plainly"),
    [
        ("Mon-Fri 9h-18h", "mon-fri 09:00-18:00"),
        ("Mon-Fri 9-18", "mon-fri 09:00-18:00"),
        ("mon\N{EN DASH}fri 08:00\N{EN DASH}20:00", "mon-fri 08:00-20:00"),
        ("sat 9:00-13:00", "sat 09:00-13:00"),
        ("Saturday 9h30 - 13h", "sat 09:30-13:00"),
        ("monday - friday  8-20", "mon-fri 08:00-20:00"),
        ("fri-fri 0-24", "fri 00:00-24:00"),
    ],
)
def test_hours_in_other_forms_are_the_same_hours(text, plainly):
    assert week_hours(text) == plainly
    assert week_slots(text) == week_slots(plainly)


def test_a_night_shift_goes_on_into_the_next_day():
    monday = {slot + 96 * (slot < 24) for slot in QUARTERS_OF_A_NIGHT}
    assert set(week_slots("mon 22:00-06:00")) == monday
    assert set(week_slots("mon-fri 22:00-06:00")) == {slot + 96 * day for slot in monday for day in range(5)}
    assert set(week_slots("sun 22:00-06:00")) == {slot + 96 * 6 * (slot > 24) for slot in QUARTERS_OF_A_NIGHT}
    assert week_slots("sun 22:00-00:00") == week_slots("sun 22:00-24:00")


def test_days_go_round_the_end_of_the_week():
    days = {slot // 96 for slot in week_slots("sat-mon 09:00-12:00")}
    assert days == {5, 6, 0}
    assert set(week_slots("sun-mon 00:00-24:00")) == {*range(96), *range(576, 672)}
    assert len(week_slots("tue-mon 00:00-24:00")) == 672
    assert len(set(week_slots("tue-mon 12:00-11:30"))) == 7 * 94


@pytest.mark.parametrize("text", ["mon", "mon 9", "m-f 9-18", "mon 24:00-25:00", "mon 9h10-10h", "mon 9:99-12"])
def test_what_is_no_time_of_the_week_is_refused(text):
    with pytest.raises(ValueError, match=r"time of the week|quarter of an hour"):
        week_slots(text)


@pytest.mark.parametrize("text", ["mon-fri 08:00-20:00", "mon 00:00-24:00", "sat-sun 09:30-10:00"])
def test_slots_are_written_as_the_hours_they_were_read_from(text):
    assert hours_of_slots(week_slots(text)) == (text,)


def test_slots_of_any_week_read_back():
    slots = [0, 1, 5, 96, 97, 101, 200, 671]
    assert sorted(slot for text in hours_of_slots(slots) for slot in week_slots(text)) == slots


def test_one_world_in_two_writings_is_one_world():
    base = load("base")
    other = variant(
        base,
        {
            "line": {"open": ["Mon-Fri 8h-20h", "Saturday 9-18"]},
            "teams": {"front": {"staff": {"mon\N{EN DASH}fri 8:00-20:00": 4, "SAT 9-18": 3}, "talk": "0:08:36"}},
            "population": {"awake": ["mon-sun 8-22"], "again": {"persistence": "85 %"}},
            "tariff": {"peak": ["mon-fri 8-19"]},
        },
    )
    assert difference(base, other) == ()
    assert digest(base) == digest(other)
    assert written(base) == written(other)


def test_a_team_of_the_night_is_at_work_after_midnight(world_file):
    world = load(world_file(("staff = 3", 'staff = { "mon-fri 22:00-06:00" = 3, "mon-fri 08:00-20:00" = 3 }')))
    agents = world.teams["front"].by_slot(world.line.open_slots())
    tuesday, saturday, sunday = 96, 5 * 96, 6 * 96
    assert agents[tuesday + 23] == agents[saturday + 23] == 3  # until 06:00
    assert agents[0] == agents[saturday + 24] == agents[sunday] == 0
    assert sum(agents) == 3 * 5 * (32 + 48)


BUSY = {"problems_per_day": 400, "temper_cv": 2, "price_aversion": 50, "patience": "none"}


def test_where_patience_is_none_nobody_hangs_up_in_either_telling():
    """Two agents for what would keep three at work: who waits, waits, as with a patience longer than the run."""
    world = tiny_world(population=BUSY, teams={"front": {"staff": 2}}, tariff={"price_per_minute": 1})
    none = twins_of(world, seed=3).rows
    assert "ABANDONED" not in {Event(code).name for code in none["event"]}
    with_limit = tiny_world(
        population=BUSY | {"patience": "36500 d", "temper_cv": 0, "price_aversion": 0},
        teams={"front": {"staff": 2}},
        tariff={"price_per_minute": 1},
    )
    assert twins_of(with_limit, seed=3).rows.tobytes() == none.tobytes()


def test_a_patience_of_none_is_written_as_it_is_read(world_file):
    path = world_file(('patience = { law = "exponential", mean = "5 min" }', 'patience = "none"'))
    world = load(path)
    assert written(world)["population"]["patience"] == "none"
    assert variant(world, {}) == world
    assert difference(world, variant(world, {"population": {"patience": "5 min"}}))[0][1:] == ("none", "5 min")
    assert digest(world) != digest(variant(world, {"population": {"patience": "36500 d"}}))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"population": {"profile": {"days": [1] * 6}}}, "has 6 items: at least 7 are needed"),
        ({"population": {"profile": {"days": ["18%"] * 6}}}, "has 6 items: at least 7 are needed"),
        ({"line": {"open": "mon-fri 8-20, sat 9-13"}}, 'write ["mon-fri 8-20", "sat 9-13"]'),
        ({"teams": {"front": {"wage": "20 EUR/h"}}}, "write 20, without quotes and unit"),
    ],
)
def test_what_would_be_right_is_written_out(changes, said):
    with pytest.raises(WorldError) as refused:
        variant("base", changes)
    assert said in str(refused.value)
    assert "is empty" not in str(refused.value)
