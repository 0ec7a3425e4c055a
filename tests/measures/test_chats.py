"""What is measured of chats: contacts and waits by channel, the customer's time, and agents of several seats."""

from __future__ import annotations

from typing import Any

import pytest

import sim
from sim.engines import run
from sim.measures import measure, totals_of
from tests.by_hand import people, plain
from tests.worlds import merged


def of_an_hour(*appeared: float | dict[str, float], **changes: Any):
    """Return what is lived in an hour by who chats with one agent of two seats, who shares himself out."""
    by_chat = {
        "time": {"horizon": "1 h", "follow_up": "1 h"},
        "population": {"again": {"most_attempts": 1}},
        "chats": {"chat": {"team": "front", "open": ["mon-sun 00:00-24:00"]}},
        "contacts": {"first": {"chat": 1.0}},
        "teams": {"front": {"wage": 60, "chats": 2, "chat_slowdown": 1.0}},
    }
    world = plain(**merged(by_chat, changes))
    return run(world, people(world, *appeared), engine="simpy")


def asked(history, id):
    above, below = measure(history, [id])[id]
    return above / below


def test_a_minute_of_one_of_two_seats_is_half_a_minute_of_an_agent():
    """Two chats from 0 to 22 and from 4 to 26: 44 minutes of two seats, of an agent who is there for an hour."""
    history = of_an_hour(0, 4)
    front = totals_of(history).agents["front"]
    assert front.busy == pytest.approx(22)
    assert front.scheduled == 60
    assert asked(history, "occupancy") == pytest.approx(22 / 60)
    assert asked(history, "staff_eur_per_problem") == 30


def test_an_agent_is_paid_past_his_duty_for_the_seats_that_are_taken():
    """Until 00:15; one chat goes on for 7 minutes and the other for 11, each at one of two seats."""
    history = of_an_hour(0, 4, teams={"front": {"staff": {"mon 00:00-00:15": 1}}})
    front = totals_of(history).agents["front"]
    assert (front.overtime, front.paid) == (pytest.approx(9), pytest.approx(24))
    assert asked(history, "occupancy") == pytest.approx(22 / 24)


def test_the_same_by_intervals():
    frame = sim.intervals(of_an_hour(0, 4), every="15 min", columns=["occupancy"])
    assert frame["occupancy"].tolist() == pytest.approx([13 / 15, 9 / 15, 0, 0])  # 15 + 11 and 7 + 11 minutes of seats


def test_a_chat_is_a_contact_and_the_customers_time():
    history = of_an_hour(0, 4)
    for id, expected in {
        "contacts_per_problem": 1,
        "calls_per_problem": 0,
        "identifications_per_problem": 1,
        "explanations_per_problem": 1,
        "customer_minutes_per_problem": 22,
        "call_minutes_per_problem": 0,
        "hold_minutes_per_problem": 0,
        "first_contact_resolution": 1,
    }.items():
        assert asked(history, id) == pytest.approx(expected), id


def test_the_wait_for_a_seat_is_a_hold():
    """The third holds from 5 to 22, and is one of three; the others are served at once, and so within 20 s."""
    history = of_an_hour(0, 4, 5)
    through = totals_of(history).channels["chat"]
    assert through == (3, 3, pytest.approx(17), 0, 2)
    assert totals_of(history).channels["phone"] == (0, 0, 0, 0, 0)
    assert asked(history, "hold_minutes_per_problem") == pytest.approx(17 / 3)


def test_who_loses_patience_was_not_answered():
    history = of_an_hour(0, 4, 5, chats={"chat": {"patience": "6 min"}})
    assert totals_of(history).channels["chat"] == (3, 2, 0, 1, 2)
    assert asked(history, "given_up_share") == pytest.approx(1 / 3)


def test_a_gesture_in_a_chat_costs_the_firm_what_it_is():
    history = of_an_hour({"appeared": 0, "gesture": 50}, levers={"authority": {"limit": 50}})
    assert asked(history, "gestures_eur_per_problem") == 50
