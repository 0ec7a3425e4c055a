"""The spreadsheet's reckoning, worked out by hand."""

from __future__ import annotations

import pytest

from sim.theory import Spreadsheet, erlang_hours, staff_for

YEAR = Spreadsheet(50_000, 6.0, 30.0, occupancy=0.75, resolution=0.6)


def test_a_call_costs_its_minutes_at_the_wage_and_the_idle_time_with_them():
    """6 min at 30 EUR an hour are 3 EUR; busy for three quarters of the paid time makes 4."""
    assert YEAR.eur_per_call == pytest.approx(4.0)
    assert YEAR.eur == pytest.approx(200_000.0)


def test_repeats_ignored_leaves_the_calls_as_they_are():
    """9 min in place of 6 cost half as much again, whatever is solved."""
    longer = YEAR.ignoring(9.0)
    assert (longer.calls, longer.eur) == (50_000, pytest.approx(300_000.0))


def test_repeats_in_proportion_are_those_of_the_same_problems():
    """At .6 a problem takes 1 / .6 calls, so 50,000 calls are 30,000 problems; at .75 they take 40,000 calls."""
    after = YEAR.in_proportion(9.0, 0.75)
    assert after.calls == pytest.approx(40_000)
    assert after.eur == pytest.approx(40_000 * 6.0)


def test_who_does_not_call_again_makes_no_repeat():
    """Half of those not helped call again: 1 / (1 - .5 x .4) = 1.25 calls a problem, and 1 / (1 - .5 x .2) = 10 / 9."""
    half = Spreadsheet(50_000, 6.0, 30.0, resolution=0.6, persistence=0.5)
    assert half.in_proportion(6.0, 0.8).calls == pytest.approx(50_000 / 1.25 * 10 / 9)


def test_agents_are_those_of_erlang_in_each_interval_and_nobody_where_nobody_calls():
    """A quiet hour and two busy ones, each by itself; an hour without calls needs nobody."""
    busy, quiet = (staff_for(calls / 60, 4.0, within=0.5, target=0.8) for calls in (90, 12))
    hours = erlang_hours([0, 12, 90, 90], 4.0, length=60, within=0.5, target=0.8)
    assert hours == quiet + 2 * busy


def test_patience_needs_no_more_agents_than_endless_waiting():
    """Erlang A: who hangs up waits no longer, so the same target takes as many agents or fewer."""
    calls = [80.0, 120.0, 60.0]
    size = {"length": 60.0, "within": 1 / 3, "target": 0.8}
    assert erlang_hours(calls, 5.0, patience=3.0, **size) <= erlang_hours(calls, 5.0, **size)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"calls": -1.0}, "calls is -1"),
        ({"occupancy": 0.0}, "occupancy is 0"),
        ({"resolution": float("nan")}, "resolution is nan"),
        ({"wage": float("inf"), "handling": "six"}, "handling is 'six'.*wage is inf"),
    ],
)
def test_what_cannot_be_is_told_all_at_once(wrong, said):
    fine = {"calls": 1.0, "handling": 1.0, "wage": 1.0}
    with pytest.raises(ValueError, match=said):
        Spreadsheet(**fine | wrong)
