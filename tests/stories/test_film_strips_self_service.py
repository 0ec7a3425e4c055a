"""Film strips of what one finds by oneself: help that is read, and a number that is hard to find."""

from __future__ import annotations

import pytest

from sim import purposes
from sim.measures import measure
from tests.by_hand import assert_strip, lived, plain, served

READS = {"self_service": {"reads": 0.7, "reading": "6 min", "solves": {"plain": 0.6}}}
"""Luck is one half where nothing else is set: who is asked reads, and is helped."""


def test_help_solves_without_a_contact():
    """Six minutes of reading, and that is all: solved, with no contact, and not by a first one."""
    history = lived(plain(**READS), 0)
    assert_strip(
        history,
        """
        0 appeared help_read
        6 read solved
        """,
    )
    asked = measure(history)
    assert asked["solved_share"] == (1, 1)
    assert asked["first_contact_resolution"] == (0, 0)
    assert asked["solved_without_contact_share"] == asked["self_service_share"] == (1, 1)
    assert asked["hours_to_solution"] == (0.1, 1)
    assert asked["customer_minutes_per_problem"] == asked["searching_minutes_per_problem"] == (6, 1)
    assert asked["call_minutes_per_problem"] == asked["contacts_per_problem"] == (0, 1)


def test_help_that_does_not_solve_costs_its_minutes_before_the_call():
    history = lived(plain(**READS), 0, luck={(0, 0, 0): {purposes.HELP_SOLVES: 0.6}})
    assert_strip(history, "0 appeared help_read\n 6 read\n" + served(6))
    asked = measure(history)
    assert asked["first_contact_resolution"] == (1, 1)
    assert asked["solved_without_contact_share"] == (0, 1)
    assert asked["customer_minutes_per_problem"] == (19, 1)
    assert asked["call_minutes_per_problem"] == (13, 1)


def test_who_does_not_read_calls_at_once():
    history = lived(plain(**READS), 0, luck={(0, 0, 0): {purposes.READS_HELP: 0.7}})
    assert_strip(history, "0 appeared\n" + served(0))


def test_help_solves_by_class_and_what_has_none_is_not_solved():
    """Of two classes the second has no chance: it is not solved by help, though it is by the firm."""
    reasons = {"any": {"share": 1.0, "difficulty": {"plain": 0.5, "odd": 0.5}}}
    world = plain(population={"reasons": reasons}, teams={"front": {"solve": {"plain": 1.0, "odd": 1.0}}}, **READS)
    history = lived(world, {"appeared": 0, "difficulty": 1})
    assert_strip(history, "0 appeared help_read\n 6 read\n" + served(6))


HIDDEN = {"self_service": {"search": "4 min", "gives_up_search": 0.4}}
WRITTEN = {"messages": {"mail": {"team": "front", "patience": "none", "writing": "8 min", "reading": "2 min"}}}


def test_a_hidden_number_takes_its_minutes():
    history = lived(plain(**HIDDEN), 0)
    assert_strip(history, "0 appeared number_sought\n 4 read\n" + served(4))
    assert measure(history)["searching_minutes_per_problem"] == (4, 1)


def test_who_does_not_find_it_gives_up():
    """No contact, and lost to the firm: given up, without service for two weeks."""
    history = lived(plain(**HIDDEN), 0, luck={(0, 0, 0): {purposes.SEARCH_FAILS: 0.39}})
    assert_strip(
        history,
        """
        0 appeared number_sought
        4 read gave_up
        """,
    )
    asked = measure(history)
    assert asked["given_up_share"] == (1, 1)
    assert asked["contacts_per_problem"] == (0, 1)
    assert asked["downtime_hours_per_problem"] == (pytest.approx((4 + 20160) / 60), 1)


def test_who_does_not_find_it_writes_where_that_is_said():
    """The mail takes eight minutes to write, ten to work on, two to read."""
    world = plain(
        self_service={**HIDDEN["self_service"], "instead": {"mail": 0.6}},
        population={"again": {"after_unanswered": "0 min"}},
        **WRITTEN,
    )
    history = lived(world, 0, luck={(0, 0, 0): {purposes.SEARCH_FAILS: 0.39}})
    assert_strip(
        history,
        """
        0 appeared number_sought
        4 read wrote=1
        12 sent filed taken_up worked_on=10
        22 replied=10
        24 read solved
        """,
    )


def test_and_gives_up_all_the_same_beyond_that_share():
    world = plain(self_service={**HIDDEN["self_service"], "instead": {"mail": 0.4}}, **WRITTEN)
    history = lived(world, 0, luck={(0, 0, 0): {purposes.SEARCH_FAILS: 0.39}})
    assert_strip(history, "0 appeared number_sought\n 4 read gave_up")


def test_a_number_that_is_not_there_is_given_up_at_once():
    world = plain(self_service={"gives_up_search": 0.4})
    history = lived(world, 0, luck={(0, 0, 0): {purposes.SEARCH_FAILS: 0.39}})
    assert_strip(history, "0 appeared number_sought read gave_up")


def test_help_is_read_when_one_is_awake():
    """It appears at midnight; one gets up at 8, and to it two hours later, reads, and calls at once."""
    world = plain(population={"awake": "mon-sun 08:00-22:00", "moved": "2 h"}, **READS)
    history = lived(world, 0, luck={(0, 0, 0): {purposes.HELP_SOLVES: 0.6}})
    assert_strip(history, "0 appeared\n600 help_read\n 606 read\n" + served(606))
