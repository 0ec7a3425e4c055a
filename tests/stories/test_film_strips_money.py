"""What the customers of the film strips pay: tolls worked by hand on the minutes of the strips.

One caller dials at minute 20, holds to 30, is cut at 40 in the talk, rings at 50 and is solved at 63: two calls
of 20 and 13 minutes, 10 of them hold, the rest with the agent.
"""

from __future__ import annotations

import pytest

from sim import purposes
from sim.measures import measure, tables
from tests.by_hand import NOBODY_BEFORE_HALF_PAST, lived, plain

CUT_ONCE = {
    "teams": {"front": {"staff": NOBODY_BEFORE_HALF_PAST}},
    "levers": {"time": {"cut_after": "20 min"}},
}
PRICE_2005 = 0.34


def tolls(tariff, *appeared, luck=None, **changes):
    """Return what every call of a story costs, by customer and contact."""
    asked = tables(lived(plain(tariff=tariff, **changes), *appeared, luck=luck))
    order = sorted(range(len(asked.calls)), key=lambda i: tuple(asked.calls[["customer", "contact"]][i]))
    return [float(asked.tolls.total[i]) for i in order]


def approx(*euros):
    return pytest.approx(list(euros), abs=1e-9)


def test_in_2005_every_minute_is_paid_hold_included():
    """20 x 0.34 + 13 x 0.34 = 6.80 + 4.42 EUR."""
    assert tolls({"price_per_minute": PRICE_2005}, 20, **CUT_ONCE) == approx(6.80, 4.42)


def test_the_toll_of_hold_is_that_of_its_minutes():
    """10 of the 33 minutes were hold: 3.40 EUR."""
    asked = tables(lived(plain(tariff={"price_per_minute": PRICE_2005}, **CUT_ONCE), 20))
    assert float(asked.tolls.of_hold.sum()) == pytest.approx(3.40, abs=1e-9)
    assert float(asked.tolls.of_rest.sum()) == pytest.approx(7.82, abs=1e-9)


@pytest.mark.parametrize(
    ("other_network", "paid"),
    [
        pytest.param(False, (3.40, 4.42), id="from the firm's own network the 10 minutes of hold are free"),
        pytest.param(True, (6.80, 4.42), id="from another network they are paid"),
    ],
)
def test_the_chatel_law_frees_the_hold_of_those_whose_line_still_works(other_network, paid):
    """The same two calls: 10 x 0.34 or 20 x 0.34, then 13 x 0.34 for the call without hold."""
    tariff = {"price_per_minute": PRICE_2005, "hold_billed": "own_network_free"}
    caller = {"appeared": 20, "other_network": other_network}
    assert tolls(tariff, caller, **CUT_ONCE) == approx(*paid)


def test_a_meter_that_starts_with_the_first_agent_leaves_out_menu_and_hold():
    """2 min of menu and 8 of hold are free, the 13 with the agent are not."""
    tariff = {"price_per_minute": PRICE_2005, "starts": "first_agent", "price_per_call": 0.1}
    changes = {"teams": CUT_ONCE["teams"], "line": {"menu": "2 min"}}
    assert tolls(tariff, 20, **changes) == approx(0.1 + 13 * PRICE_2005)


def test_who_gives_up_before_a_meter_that_starts_with_the_agent_pays_nothing():
    """The caller of minute 20 has 5 minutes of patience: his first call costs nothing, not even the price per call."""
    tariff = {"price_per_minute": PRICE_2005, "starts": "first_agent", "price_per_call": 0.1}
    changes = {"teams": CUT_ONCE["teams"], "population": {"patience": "5 min"}}
    assert tolls(tariff, 20, **changes) == approx(0.0, 0.1 + 13 * PRICE_2005)


def test_a_started_minute_is_a_whole_minute():
    """Cut at 20.25 min: 21 minutes are billed; the 13 of the second call are 13."""
    tariff = {"price_per_minute": PRICE_2005, "rounding": "minute"}
    changes = {"teams": CUT_ONCE["teams"], "levers": {"time": {"cut_after": "20.25 min"}}}
    assert tolls(tariff, 20, **changes) == approx(21 * PRICE_2005, 13 * PRICE_2005)


def test_a_cap_bounds_each_call_by_itself():
    """6.80 is capped at 5 EUR; 4.42 is not, and the cap does not look at their sum."""
    assert tolls({"price_per_minute": PRICE_2005, "cap": 5}, 20, **CUT_ONCE) == approx(5.0, 4.42)


def test_the_price_is_that_of_the_time_of_dialling():
    """Peak from 00:30: the call of minute 20 is off-peak to its end, that of minute 50 is not (0.078 EUR each)."""
    tariff = {
        "price_per_call": 0.078,
        "price_per_minute": 0.028,
        "off_peak_price_per_minute": 0.014,
        "peak": ["mon 00:30-24:00"],
    }
    assert tolls(tariff, 20, **CUT_ONCE) == approx(0.078 + 20 * 0.014, 0.078 + 13 * 0.028)


def test_a_blocked_call_costs_nothing():
    """One line, taken to 13: the attempts at 5 and 10 are never picked up."""
    paid = tolls(
        {"price_per_minute": PRICE_2005, "price_per_call": 0.1}, 0, 5, line={"lines": 1}, teams={"front": {"staff": 2}}
    )
    assert paid == approx(0.1 + 4.42, 0.0, 0.0, 0.1 + 4.42)


def test_who_is_rung_back_pays_only_for_the_wait_before_he_hung_up():
    """2 min of menu; the hold ends as he accepts; the firm rings at its own cost."""
    call_back = {"offered_above": "0 min", "accepted": 1.0}
    paid = tolls(
        {"price_per_minute": PRICE_2005},
        0,
        5,
        line={"menu": "2 min"},
        levers={"follow_through": {"call_back": call_back}},
    )
    assert paid == approx(15 * PRICE_2005, 2 * PRICE_2005)


def test_a_tariff_may_spare_the_holds_after_the_first_agent():
    """Wrong person at 5.5, hold to 30 free, 12.5 min with the second agent: 18 paid minutes."""
    paid = tolls(
        {"price_per_minute": PRICE_2005, "billed": {"transfer_hold": False}},
        0,
        teams={
            "front": {"competent": 0.5},
            "tech": {"staff": NOBODY_BEFORE_HALF_PAST, "talk": "10 min", "wage": 0},
        },
        paths={"wrong": {"from": "front", "to": "tech", "when": "wrong_person"}},
        luck={(0, 0, 0): {purposes.COMPETENCE: 0.9}},
    )
    assert paid == approx(18 * PRICE_2005)


def test_a_tariff_may_spare_the_hold_while_a_supervisor_is_asked():
    """13 min of call and 4 of approval hold, granted: 13 paid minutes."""
    paid = tolls(
        {"price_per_minute": PRICE_2005, "billed": {"approval_hold": False}},
        {"appeared": 0, "gesture": 50},
        levers={"authority": {"approval": "4 min", "granted": 1.0}},
    )
    assert paid == approx(13 * PRICE_2005)


def test_a_free_number_costs_nothing_whatever_the_tariff_says():
    """levers.price.free stands above the tariff."""
    assert tolls({"price_per_minute": PRICE_2005}, 0, levers={"price": {"free": True}}) == approx(0.0)


def test_the_firm_keeps_its_share_of_the_toll():
    """58 % of 11.22 EUR."""
    world = plain(tariff={"price_per_minute": PRICE_2005, "firm_share": 0.58}, **CUT_ONCE)
    earned, problems = measure(lived(world, 20), ["toll_income_eur_per_problem"])["toll_income_eur_per_problem"]
    assert problems == 1
    assert earned == pytest.approx(0.58 * 33 * 0.34, abs=1e-9)


def test_what_the_customer_pays_is_toll_time_outage_and_repair_less_gestures():
    """One customer, two calls of 20 and 13 min, an hour of his time worth 12 EUR, an hour of outage 6 EUR.

    Toll 11.22; time 33 min at 0.20 = 6.60; the outage lasts from 20 to 63, 43 min, of which 33 are already counted
    as time: 10 min at 0.10 = 1.00 if the service is used round the clock. Gestures received: 5 EUR.
    """
    world = plain(
        tariff={"price_per_minute": PRICE_2005},
        teams=CUT_ONCE["teams"],
        levers={"time": {"cut_after": "20 min"}, "authority": {"limit": 10}},
    )
    customer = {
        "appeared": 20,
        "value_of_time": 12,
        "outage_value": 6,
        "hours_of_use": 24,
        "gesture": 5,
    }
    paid, problems = measure(lived(world, customer), ["customer_eur_per_problem"])["customer_eur_per_problem"]
    assert problems == 1
    assert paid == pytest.approx(11.22 + 6.60 + 1.00 - 5.00, abs=1e-9)


def test_the_staff_is_paid_by_the_hour_idle_or_not():
    """Two agents at 15 + 3 EUR an hour for a day: 864 EUR, for one problem of 13 minutes."""
    world = plain(
        time={"horizon": "1 d"},
        teams={"front": {"staff": 2, "wage": 15}},
        levers={"knowledge": {"cost_per_hour": 3}},
    )
    paid, problems = measure(lived(world, 0), ["staff_eur_per_problem"])["staff_eur_per_problem"]
    assert (paid, problems) == (pytest.approx(864.0, abs=1e-9), 1)


def test_the_counts_of_a_story_are_those_of_its_strip():
    """Two calls, two identifications, two stories, one cut, no transfer; 33 active minutes, 10 of them hold."""
    ids = {
        "calls_per_problem": 2,
        "identifications_per_problem": 2,
        "explanations_per_problem": 2,
        "transfers_per_problem": 0,
        "cuts_per_problem": 1,
        "call_minutes_per_problem": 33,
        "customer_minutes_per_problem": 33,
        "hold_minutes_per_problem": 10,
        "solved_share": 1,
        "given_up_share": 0,
        "first_contact_resolution": 0,
    }
    said = measure(lived(plain(**CUT_ONCE), 20), ids)
    assert {name: top / bottom for name, (top, bottom) in said.items()} == pytest.approx(ids, abs=1e-9)
    hours, solved = said_of = measure(lived(plain(**CUT_ONCE), 20), ["hours_to_solution"])["hours_to_solution"]
    assert said_of and hours / solved == pytest.approx(43 / 60, abs=1e-9)
