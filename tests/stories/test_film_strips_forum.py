"""Film strips of the forum: who is autonomous asks other customers before he asks the firm."""

from __future__ import annotations

import pytest

from sim import purposes
from sim.measures import measure
from tests.by_hand import assert_strip, lived, plain, served

ASKS = {"appeared": 0, "autonomous": True}
FORUM = {"answered": 0.95, "solves": 0.6, "delay": "3 h", "patience": "5 h", "asking": "20 min", "helping": "10 min"}
"""Luck is one half: answered after three hours, and solved."""


def test_other_customers_solve_it_and_the_firm_never_hears_of_it():
    history = lived(plain(forum={**FORUM, "cost": 0.5}), ASKS)
    assert_strip(
        history,
        """
        0 appeared forum_asked
        20 read
        200 forum_answered=10 solved
        """,
    )
    asked = measure(history)
    assert asked["forum_share"] == asked["solved_without_contact_share"] == asked["solved_share"] == (1, 1)
    assert asked["self_service_share"] == asked["contacts_per_problem"] == (0, 1)
    assert asked["first_contact_resolution"] == (0, 0)
    assert asked["helping_minutes_per_problem"] == (10, 1)
    assert asked["customer_minutes_per_problem"] == asked["searching_minutes_per_problem"] == (20, 1)
    assert asked["forum_eur_per_problem"] == (0.5, 1)
    assert asked["firm_cash_eur_per_problem"] == (pytest.approx(0.5), 1)
    assert asked["downtime_hours_per_problem"] == (pytest.approx(200 / 60), 1)


def test_an_answer_that_does_not_solve_it_leads_to_the_firm():
    history = lived(plain(forum=FORUM), ASKS, luck={(0, 0, 0): {purposes.FORUM_SOLVES: 0.61}})
    assert_strip(history, "0 appeared forum_asked\n 20 read\n 200 forum_answered=10\n" + served(200))
    asked = measure(history)
    assert asked["helping_minutes_per_problem"] == (10, 1)
    assert asked["forum_share"] == (0, 1)
    assert asked["first_contact_resolution"] == (1, 1)


def test_a_question_that_nobody_answers_is_waited_for_as_long_as_patience_lasts():
    history = lived(plain(forum=FORUM), ASKS, luck={(0, 0, 0): {purposes.FORUM_ANSWERS: 0.96}})
    assert_strip(history, "0 appeared forum_asked\n 20 read\n" + served(320))
    assert measure(history)["helping_minutes_per_problem"] == (0, 1)


def test_and_so_is_an_answer_that_comes_too_late():
    assert_strip(
        lived(plain(forum={**FORUM, "delay": "301 min"}), ASKS), "0 appeared forum_asked\n20 read\n" + served(320)
    )


def test_an_answer_at_the_last_instant_is_heard():
    history = lived(plain(forum={**FORUM, "delay": "5 h"}), ASKS)
    assert_strip(history, "0 appeared forum_asked\n 20 read\n 320 forum_answered solved")


def test_who_is_not_autonomous_asks_the_firm():
    assert_strip(lived(plain(forum=FORUM), 0), "0 appeared\n" + served(0))


def test_without_a_forum_who_is_autonomous_asks_the_firm():
    assert_strip(lived(plain(), ASKS), "0 appeared\n" + served(0))


def test_the_forum_solves_by_reason_and_class():
    """What stands for the class of one reason goes before what stands for the class."""
    reasons = {name: {"share": 0.5, "difficulty": {"plain": 1.0}} for name in ("any", "other")}
    world = plain(population={"reasons": reasons}, forum={**FORUM, "solves": {"plain": 0.0, "other.plain": 1.0}})
    history = lived(world, ASKS, {"appeared": 0, "autonomous": True, "reason": 1})
    assert_strip(history, "0 appeared forum_asked\n 20 read\n 200 forum_answered\n" + served(200))
    assert_strip(history, "0 appeared forum_asked\n 20 read\n 200 forum_answered solved", customer=1)


def test_help_is_read_first_and_the_number_is_looked_for_last():
    """Five minutes of reading in vain, twenty of asking, an answer in vain after three hours, four for the number."""
    world = plain(forum={**FORUM, "solves": 0.0}, self_service={"reads": 1.0, "reading": "5 min", "search": "4 min"})
    assert_strip(
        lived(world, ASKS),
        """
        0 appeared help_read
        5 read forum_asked
        25 read
        205 forum_answered number_sought
        209 read
        """
        + served(209),
    )


def test_what_cannot_be_solved_yet_is_not_solved_by_others_either():
    """It can be solved after four hours, and the answer comes before: he calls, and is told that it is too early."""
    world = plain(
        population={"reasons": {"any": {"share": 1.0, "ready": "4 h"}}, "again": {"persistence": 0.0}}, forum=FORUM
    )
    call = served(200).replace("solved", "not_ready unsolved")
    assert_strip(lived(world, ASKS), "0 appeared forum_asked\n 20 read\n 200 forum_answered\n" + call + " gave_up")


def test_one_asks_when_one_is_awake():
    world = plain(population={"awake": "mon-sun 08:00-22:00", "moved": "2 h"}, forum=FORUM)
    assert_strip(lived(world, ASKS), "0 appeared\n 600 forum_asked\n 620 read\n 800 forum_answered solved")
