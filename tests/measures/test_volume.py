"""Volume and weeks: a typical day, each day of the week, and euros by the week."""

from __future__ import annotations

import pytest

from sim.measures import measure
from sim.measures.rules.week import days_between
from tests.measures.strips import ABANDONED, BLOCKED, CLEAN, CUT_TWICE_TOLD, TRANSFERRED, asked, hand_world, later


def test_a_horizon_of_ten_days_from_noon_holds_two_half_mondays_and_half_a_thursday():
    """From Monday noon: half of it, the week on to Sunday, and Monday to half of Thursday, ten days in all."""
    days = days_between(720, 720 + 10 * 1440)
    assert days == (1.5, 2, 2, 1.5, 1, 1, 1)
    assert sum(days) == 10


def test_problems_and_calls_stand_on_the_day_on_which_they_came():
    """Nine days from Monday: two Mondays and Tuesdays. A call on the first Monday, two on the second, one on Sunday."""
    world = hand_world(time={"horizon": "9 d", "follow_up": "1 d"})
    sunday, monday = 6 * 1440, 7 * 1440
    ids = ["problems_per_day", "problems_per_day.mon", "problems_per_day.tue", "problems_per_day.sun"]
    made = asked(world, CLEAN, later(CUT_TWICE_TOLD, monday), later(BLOCKED, sunday))
    assert measure(made, ids) == dict(zip(ids, [(3, 9), (2, 2), (0, 2), (1, 1)], strict=True))
    ids = [name.replace("problems", "calls") for name in ids]
    assert measure(made, ids) == dict(zip(ids, [(4, 9), (3, 2), (0, 2), (1, 1)], strict=True))


def test_a_problem_on_monday_may_call_on_tuesday():
    world = hand_world(time={"horizon": "2 d"})
    made = asked(world, "600 APPEARED\n" + "\n".join(later(CLEAN, 1440).strip().splitlines()[1:]))
    assert measure(made, ["problems_per_day.mon", "calls_per_day.mon", "calls_per_day.tue"]) == {
        "problems_per_day.mon": (1, 1),
        "calls_per_day.mon": (0, 1),
        "calls_per_day.tue": (1, 1),
    }


def test_the_days_add_up_to_the_week():
    world = hand_world(time={"horizon": "9 d", "follow_up": "1 d"})
    answers = measure(asked(world, CLEAN, later(CUT_TWICE_TOLD, 1440), later(TRANSFERRED, 7 * 1440)))
    for unit in ("problems", "calls"):
        parts = [answers[f"{unit}_per_day.{day}"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")]
        assert tuple(map(sum, zip(*parts, strict=True))) == answers[f"{unit}_per_day"]


@pytest.mark.parametrize("euros", ["staff_eur", "toll_income_eur", "lost_margin_eur", "firm_eur", "firm_cash_eur"])
def test_a_week_is_the_euros_of_a_problem_times_its_problems(euros: str):
    told = _means(f"{euros}_per_week", f"{euros}_per_problem", "problems_per_day")
    assert told[0] == pytest.approx(told[1] * told[2] * 7)
    assert told[0] != 0


def test_a_week_of_the_customers_is_the_euros_of_a_problem_times_its_problems():
    week, problem, problems = _means("customer_eur_per_week", "customer_eur_per_problem", "problems_per_day")
    assert week == pytest.approx(problem * problems * 7)
    assert week > 0


def _means(*names: str) -> list[float]:
    """Return what three problems of two days come to, with money in all that can have a price."""
    tariff = {"price_per_minute": 0.34, "starts": "pick_up", "firm_share": 0.5}
    world = hand_world(time={"horizon": "2 d"}, tariff=tariff)
    made = asked(world, CLEAN, CUT_TWICE_TOLD, TRANSFERRED, worth=300.0, value_of_time=10.0)
    return [above / below for above, below in measure(made, names).values()]


def test_two_agents_and_one_around_the_clock_are_504_hours_a_week():
    """Three agents for two days, 144 hours, and 2/7 of a week."""
    made = asked(hand_world(time={"horizon": "2 d"}), ABANDONED)
    hours, weeks = measure(made, ["staff_hours_per_week"])["staff_hours_per_week"]
    assert hours / weeks == pytest.approx(3 * 168)


def test_the_cash_leaves_out_what_is_guessed_of_those_who_leave():
    firm, cash, lost = _means("firm_eur_per_problem", "firm_cash_eur_per_problem", "lost_margin_eur_per_problem")
    assert firm == pytest.approx(cash + lost)
    assert lost > 0


def test_the_handling_time_is_the_agents_time_with_after_call_work():
    """Ten minutes and two after them; 8 and 4 with 1 after each; 4 and 10 of two agents, not the 5 between them."""
    name = "handling_minutes_per_call"
    assert measure(asked(hand_world(), CLEAN), [name]) == {name: (12, 1)}
    assert measure(asked(hand_world(), CUT_TWICE_TOLD), [name]) == {name: (14, 2)}
    assert measure(asked(hand_world(), TRANSFERRED), [name]) == {name: (14, 1)}
    assert measure(asked(hand_world(), ABANDONED, BLOCKED), [name]) == {name: (0, 0)}


def test_the_handling_time_of_all_calls_is_the_agents_busy_time():
    """Where every call lies in the horizon and no ring is missed."""
    made = asked(hand_world(), CLEAN, CUT_TWICE_TOLD, TRANSFERRED, ABANDONED)
    handling, _ = measure(made, ["handling_minutes_per_call"])["handling_minutes_per_call"]
    assert handling == sum(time.busy for time in made.agents.values())


def test_waits_over_one_and_five_minutes_are_shares_of_the_answered():
    """Waits of 4, 12, 1 and 2 minutes: three over one minute, one over five; 1 is not over 1."""
    answers = measure(asked(hand_world(), CLEAN, CUT_TWICE_TOLD, TRANSFERRED, ABANDONED))
    assert (answers["wait_over_1_share"], answers["wait_over_5_share"]) == ((3, 4), (1, 4))
