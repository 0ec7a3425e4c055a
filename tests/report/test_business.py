"""The business case: a measure per problem, times the problems of a year, its interval as many times as wide."""

from __future__ import annotations

import numpy as np
import pytest

from sim.reading import load, variant
from sim.report.business import business_case, calls_by_hour, spreadsheet_of
from sim.study.comparing.compare import compare


@pytest.fixture(scope="module")
def lived():
    first = variant("double_peine", {"population": {"problems_per_day": 40}})
    second = variant(first, {"levers": {"time": {"cut_after": "none"}}}, name="no cut")
    return compare(first, second, replications=2, days=7, equal="none")


@pytest.fixture(scope="module")
def case(lived):
    return business_case(lived)


@pytest.fixture(scope="module")
def problems(lived):
    """Problems of a year: those of a day as lived, about 40 of them, 365 times."""
    return 365 * lived.line("problems_per_day").worlds[0].mean


def test_a_year_is_365_days_of_problems(case, problems):
    assert case.problems == pytest.approx(problems)
    assert case.problems == pytest.approx(14_600, rel=0.2)  # 560 problems were lived: 5 standard errors


def test_a_years_staff_costs_its_paid_hours(lived, case):
    """By a measure that the case does not use: what the staff costs in a week, which no chance of customers moves."""
    for week, year in zip(
        lived.line("staff_eur_per_week").worlds, case.line("staff_eur_per_problem").worlds, strict=True
    ):
        assert year.mean == pytest.approx(365 / 7 * week.mean)


@pytest.mark.parametrize("measure", ["staff_eur_per_problem", "customer_eur_per_problem", "effort_index"])
def test_each_line_is_the_measure_times_the_problems_with_its_interval(lived, case, problems, measure):
    line, year = lived.line(measure), case.line(measure)
    for per_problem, a_year in zip((*line.worlds, line.difference), (*year.worlds, year.difference), strict=True):
        assert [*a_year] == pytest.approx([problems * value for value in per_problem])


def test_the_firms_costs_are_staff_gestures_and_margin_less_toll_income(case):
    parts = {name: case.line(f"{name}_eur_per_problem").difference.mean for name in (
        "staff", "gestures", "toll_income", "lost_margin", "firm", "firm_cash")}  # fmt: skip
    cash = parts["staff"] + parts["gestures"] - parts["toll_income"]
    assert parts["firm_cash"] == pytest.approx(cash)
    assert parts["firm"] == pytest.approx(cash + parts["lost_margin"])


def test_what_rests_on_a_guess_is_marked(case):
    assert {line.measure for line in case.lines if line.guessed} == {
        "lost_margin_eur_per_problem", "firm_eur_per_problem"}  # fmt: skip


def test_the_spreadsheet_is_given_todays_calls_and_what_they_cost(lived, case, problems):
    """By hand: calls x minutes / 60 x wage / occupancy, of the first world's means."""
    asked = (
        "calls_per_problem",
        "handling_minutes_per_call",
        "staff_eur_per_week",
        "staff_hours_per_week",
        "occupancy",
    )
    mean = {id: lived.line(id).worlds[0].mean for id in asked}
    calls = problems * mean["calls_per_problem"]
    wage = mean["staff_eur_per_week"] / mean["staff_hours_per_week"]
    cost = calls * mean["handling_minutes_per_call"] / 60 * wage / mean["occupancy"]
    assert spreadsheet_of(lived).eur == pytest.approx(cost)
    ignored, proportion = case.spreadsheet[:2]
    assert ignored.calls == pytest.approx((calls, calls))
    assert proportion.before == ignored.before == pytest.approx(cost)
    longer = lived.line("handling_minutes_per_call").worlds[1].mean
    assert ignored.difference == pytest.approx(cost * (longer / mean["handling_minutes_per_call"] - 1))
    assert [one.words for one in case.spreadsheet[2:]] == [
        "Erlang C, repeats in proportion", "Erlang A, repeats in proportion"]  # fmt: skip
    assert len(case.why) >= 2


def test_before_it_is_finished_the_spreadsheet_is_left_out(lived, case):
    short = business_case(lived, spreadsheet=False)
    assert short.spreadsheet == ()
    assert [line.difference for line in short.lines] == [line.difference for line in case.lines]


def test_the_table_has_a_row_for_each_line_and_each_way_of_the_spreadsheet(case):
    table = case.table()
    assert len(table) == len(case.lines) + len(case.spreadsheet)
    assert set(table["whose"]) == {"firm", "customers", "spreadsheet"}


def test_calls_come_while_the_line_is_open_and_none_is_lost():
    world = load("hotline_2005")
    hours = calls_by_hour(world, 1000.0)
    opened = np.array(world.line.open_slots()).reshape(168, 4).any(axis=1)
    assert hours.shape == (168,)
    assert hours.sum() == pytest.approx(1000.0)
    assert not hours[~opened].any()


def test_a_line_that_is_not_there_is_asked_for_in_vain(case):
    with pytest.raises(KeyError):
        case.line("jurneys")
