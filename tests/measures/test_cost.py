"""Euros of customers and of the firm, worked by hand; the parts add up to the whole."""

from __future__ import annotations

import pytest

from sim.measures import measure
from sim.measures.register.cost import customer_parts, firm_parts
from tests.measures.strips import CLEAN, CUT_TWICE_TOLD, TRANSFERRED, asked, hand_world, history

LIVES_WITH_IT = """
    600 APPEARED
    3480 DIALLED
    3480 PICKED_UP
    3480 QUEUED
    3510 ABANDONED
    3510 CALL_ENDED
    3510 GAVE_UP
    3510 REPAIRED 60
"""
"""Two days without service, half an hour of hold, then a repair of 60 EUR at his own cost."""


def test_an_outage_costs_the_hours_of_use_that_were_not_spent_on_the_telephone():
    """Down 48.5 h at 12 h of use a day = 24.25 h, less .5 h on the telephone, at 2 EUR and severity .5: 23.75 EUR.

    The half hour itself costs 6 EUR at 12 EUR/h; the repair 60; the toll 30 minutes at .34.
    """
    made = asked(
        hand_world(tariff={"price_per_minute": 0.34}),
        LIVES_WITH_IT,
        value_of_time=12,
        outage_value=2,
        hours_of_use=12,
        severity=0.5,
    )
    parts = customer_parts(made)
    assert parts["outage"] == pytest.approx(23.75)
    assert parts["time"] == pytest.approx(6)
    assert parts["own repair"] == 60
    assert parts["toll"] == pytest.approx(10.2)
    above, below = measure(made, ["customer_eur_per_problem"])["customer_eur_per_problem"]
    assert (above, below) == (pytest.approx(sum(parts.values())), 1)
    assert made.frame()["customer_eur"].sum() == pytest.approx(above)


def test_an_outage_shorter_than_its_calls_costs_nothing_more():
    """Solved after 15 minutes of call, at one hour of use a day: never below zero."""
    made = asked(hand_world(), CLEAN, value_of_time=12, outage_value=100, hours_of_use=1)
    assert customer_parts(made)["outage"] == 0


def test_who_lives_with_the_problem_is_without_service_for_the_stated_time():
    """An hour until giving up, and thirty days after it, though the run ends before."""
    strip = "600 APPEARED\n660 DIALLED\n660 BLOCKED\n660 GAVE_UP"
    world = hand_world(population={"again": {"lives_with_it": "30 d"}})
    assert measure(history(world, strip), ["downtime_hours_per_problem"]) == {"downtime_hours_per_problem": (721, 1)}


def test_an_open_problem_is_without_service_to_the_end_of_the_run():
    """It appears at 10:00 of the first of ten days: 230 hours."""
    strip = "600 APPEARED\n600 DIALLED\n600 BLOCKED"
    assert measure(history(hand_world(), strip), ["downtime_hours_per_problem"]) == {
        "downtime_hours_per_problem": (230, 1)
    }


def test_a_gesture_is_the_customer_s_gain_and_the_firm_s_cost():
    made = asked(hand_world(), TRANSFERRED)
    assert customer_parts(made)["gestures received"] == -15
    assert firm_parts(made)["gestures"] == 15


def test_staff_is_paid_for_every_hour_idle_or_not():
    """Two agents at 24 EUR/h and one at 36, day and night, each with 1 EUR/h of levers' cost: 24 h x (50 + 37)."""
    world = hand_world(levers={"memory": {"cost_per_hour": 1}})
    assert measure(history(world, CLEAN), ["staff_eur_per_problem"]) == {
        "staff_eur_per_problem": (pytest.approx(24 * 87), 1)
    }


def test_staff_s_premiums_skills_and_shrinkage_are_in_the_firm_s_euros():
    """Two in front at (24 + 2) EUR/h, of whose paid time a fifth is not scheduled here: 24 h x 2 / 0.8 x 26 = 1,560.

    Half of that is added in six of the 24 hours: 60 paid hours in a day, 15 of them at 13 EUR: 195. The back: 24 x 36.
    """
    front = {"shrinkage": 0.2, "wage_skills": {"front": 2}, "wage_premiums": {"mon 00:00-06:00": 0.5}}
    above, _ = measure(history(hand_world(teams={"front": front}), CLEAN), ["staff_eur_per_problem"])[
        "staff_eur_per_problem"
    ]
    assert above == pytest.approx(1560 + 195 + 864)


def test_the_firm_s_euros_are_those_of_the_horizon():
    """A call on Tuesday, after the horizon, brings no income and no gesture to the books of Monday."""
    strip = "600 APPEARED\n" + "\n".join(
        " ".join([str(float(line.split()[0]) + 1440), *line.split()[1:]])
        for line in TRANSFERRED.strip().splitlines()[1:]
    )
    world = hand_world(tariff={"price_per_minute": 1, "firm_share": 0.5})
    parts = firm_parts(asked(world, strip))
    assert (parts["gestures"], parts["toll income"]) == (0, 0)
    parts = firm_parts(asked(world, TRANSFERRED))
    assert (parts["gestures"], parts["toll income"]) == (15, -11)  # half of 22 minutes


def test_lost_margin_is_what_leavers_beyond_the_base_churn_would_have_brought():
    """P(leave) - b = (1 - b) kappa P(disloyal), times 144 EUR a year for 3 years; and the people told.

    The clean call's E is 15/30 points (one long hold of 4 minutes adds .3), so CES = 1 + 4 (1 - exp(-.2)) = 1.7251;
    P(disloyal) = 1/(1 + exp(2.31 - 1.83 x .2251)) = .1303; .88 x .3 x .1303 = .03441; x 432 = 14.87 EUR.
    P(speaks ill) = 1/(1 + exp(4.5951 - 2.0150 x .2251)) = .01564; x 10 x .02 x 225 = .7036 EUR.
    """
    world = hand_world(loyalty={"lost_per_told": 0.02})
    made = asked(world, CLEAN, worth=144)
    assert made.journeys["lost_margin"][0] == pytest.approx(14.87 + 0.7036, abs=0.01)


def test_the_firm_s_parts_add_up():
    world = hand_world(tariff={"price_per_minute": 0.34, "firm_share": 0.58})
    made = asked(world, CLEAN, CUT_TWICE_TOLD, TRANSFERRED, worth=144)
    ids = ["firm_eur_per_problem", "staff_eur_per_problem", "gestures_eur_per_problem"]
    ids += ["lost_margin_eur_per_problem", "toll_income_eur_per_problem", "firm_eur_per_solved_problem"]
    total, staff, gestures, lost, income, per_solved = measure(made, ids).values()
    assert total[0] == pytest.approx(staff[0] + gestures[0] + lost[0] - income[0])
    assert total[1] == 3
    assert per_solved == (total[0], 3)
