"""Staff made larger or smaller in whole agents."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.study.searching.equal import equal_money, equal_staff
from sim.study.searching.staffing import (
    paid_eur,
    paid_hours,
    scaled_staff,
    staff_slots,
    week_hours,
    with_staff,
)
from tests.worlds import tiny_world

DAY = st.lists(st.integers(0, 9), min_size=6, max_size=6).map(lambda six: [n for n in six for _ in range(16)])
WEEK = st.lists(DAY, min_size=7, max_size=7).map(lambda days: tuple(n for day in days for n in day))


@settings(deadline=None)
@given(WEEK)
def test_hours_of_the_week_are_read_back_as_they_were(slots):
    world = tiny_world(teams={"front": {"staff": week_hours(slots) or 0}})
    assert staff_slots(world)["front"] == slots


@settings(deadline=None)
@given(WEEK, st.floats(0.05, 20))
def test_scaled_staff_has_the_wanted_hours_to_the_nearest_half_hour(slots, factor):
    world = with_staff(tiny_world(), {"front": slots})
    scaled = staff_slots(scaled_staff(world, factor))["front"]
    assert abs(sum(scaled) - factor * sum(slots)) <= 1 + 1e-6  # half of a half-hour, which is a quarter
    assert scaled[::2] == scaled[1::2]


def test_staff_that_changes_at_a_quarter_is_scaled_by_quarters():
    """Three agents for a quarter of an hour, times 1.5: four and a half, rounded up."""
    world = with_staff(tiny_world(), {"front": tuple(3 if slot == 37 else 0 for slot in range(672))})
    assert sum(staff_slots(scaled_staff(world, 1.5))["front"]) == 5


@settings(deadline=None)
@given(WEEK, st.floats(0.05, 20))
def test_every_half_hour_is_scaled_to_within_one_agent_and_nobody_comes_when_nobody_came(slots, factor):
    scaled = staff_slots(scaled_staff(with_staff(tiny_world(), {"front": slots}), factor))["front"]
    assert all((one > 0) <= (before > 0) for one, before in zip(scaled, slots, strict=True))
    # a stretch lasts 8 half-hours or more, so what is carried into it (half a slot) moves its mean by a little
    assert all(abs(one - factor * before) < 1.1 for one, before in zip(scaled, slots, strict=True))


def test_a_factor_of_one_leaves_the_world_as_it_was_written():
    world = tiny_world()
    assert scaled_staff(world, 1.0) == world


def test_half_an_agent_more_works_the_morning_of_one_day_and_the_evening_of_the_next():
    world = tiny_world(teams={"front": {"staff": {"mon-tue 08:00-12:00": 1}}})
    scaled = scaled_staff(world, 1.5)
    assert scaled.teams["front"].staff == {
        "mon 08:00-10:00": 2,
        "mon 10:00-12:00": 1,
        "tue 08:00-10:00": 1,
        "tue 10:00-12:00": 2,
    }


def test_a_number_of_agents_counts_while_the_line_is_open():
    world = tiny_world(line={"open": ["mon-fri 08:00-20:00"]}, teams={"front": {"staff": 2, "wage": 20}})
    assert paid_hours(world) == 2 * 5 * 12
    assert paid_eur(world) == 2 * 5 * 12 * 20


def test_what_levers_cost_is_paid_for_every_hour():
    world = tiny_world(teams={"front": {"wage": 20}}, levers={"knowledge": {"cost_per_hour": 3}})
    assert paid_eur(world) == 5 * 168 * 23


@pytest.mark.parametrize("factor", [0.0, -1.0, float("nan"), float("inf")])
def test_a_factor_that_is_no_positive_number_is_refused(factor):
    with pytest.raises(ValueError, match="positive number"):
        scaled_staff(tiny_world(), factor)


@pytest.mark.parametrize("factor", ["2", True, None, 0, -1, float("nan"), float("inf"), 1e300])
def test_what_staff_cannot_be_multiplied_by_is_refused(factor):
    with pytest.raises(ValueError, match="factor is"):
        scaled_staff(tiny_world(), factor)


# Shifts and shrinkage -------------------------------------------------------------------------------------------------

SHIFT = {"agents": 2, "hours": ["mon-fri 08:00-16:00"], "breaks": ["10:00-10:15"], "lunches": ["12:00-12:30"]}


def in_shifts(**more):
    """Two agents on five days of 8 hours, of which 7.5 are paid and 7.25 are at work."""
    return tiny_world(teams={"front": {"staff": 0, "shifts": {"day": SHIFT}, "wage": 20, **more}})


def test_paid_hours_hold_the_breaks_that_are_paid_and_the_shrinkage():
    assert paid_hours(in_shifts()) == 2 * 5 * 7.5
    assert sum(staff_slots(in_shifts())["front"]) / 4 == 2 * 5 * 7.25
    assert paid_hours(in_shifts(shrinkage=0.25)) == pytest.approx(2 * 5 * 10)
    assert paid_eur(in_shifts(shrinkage=0.25, wage_skills={"front": 2})) == pytest.approx(100 * 22)


@pytest.mark.parametrize("shrinkage", [0.0, 0.25])
def test_shifts_that_are_scaled_keep_their_lunch_and_what_is_paid_beside_it(shrinkage):
    """Twice the agents at work at the same times, and twice the paid hours."""
    world = in_shifts(shrinkage=shrinkage)
    scaled = scaled_staff(world, 2)
    assert staff_slots(scaled)["front"] == tuple(2 * many for many in staff_slots(world)["front"])
    assert paid_hours(scaled) == pytest.approx(2 * paid_hours(world))
    assert scaled.teams["front"].shifts == {}


def test_equal_staff_gives_shifts_as_they_are():
    """The second has its own wage and shrinkage, and the first's shifts: breaks and lunch are those of the first."""
    second = tiny_world(teams={"front": {"staff": 3, "shrinkage": 0.25, "wage": 30}})
    given = equal_staff(in_shifts(), second).second.teams["front"]
    assert (given.shifts, given.staff, given.wage) == (in_shifts().teams["front"].shifts, 0, 30)
    back = equal_staff(second, in_shifts()).second
    assert staff_slots(back) == staff_slots(second)
    assert (back.teams["front"].shifts, back.teams["front"].shrinkage) == ({}, 0)


def test_equal_money_counts_shrinkage_and_premiums():
    """1,500 EUR a week; the second pays 20 EUR/h for three agents all week, a quarter of it not at work: 13,440 EUR."""
    second = tiny_world(teams={"front": {"staff": 3, "shrinkage": 0.25, "wage": 20}})
    assert paid_eur(second) == pytest.approx(3 * 168 * 20 / 0.75)
    same = equal_money(in_shifts(), second)
    assert paid_eur(same.second) == pytest.approx(1500, abs=0.25 * 20 / 0.75)  # half of half an hour
