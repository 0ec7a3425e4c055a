"""Contacts that are spared: of the same problems, in one world and in another."""

from __future__ import annotations

import pytest

from sim.engines import run
from sim.measures.spared import contacts_spared
from sim.people import populate
from sim.reading import load, variant
from tests.measures.strips import CLEAN, CUT_TWICE_TOLD, hand_world, history

PREVENTED = """
    600 APPEARED
    600 PREVENTED
"""
FOUND_HELP = """
    600 APPEARED
    600 HELP_READ
    605 SOLVED
"""
NOTHING = """
    600 APPEARED
"""


def test_of_three_problems_one_is_prevented_one_read_about_and_one_needs_a_call_less():
    """Calls before: 2, 1 and 2; afterwards none, none and 1."""
    world = hand_world()
    before = history(world, CUT_TWICE_TOLD, CLEAN, CUT_TWICE_TOLD)
    found = contacts_spared(before, history(world, PREVENTED, FOUND_HELP, CLEAN))
    assert {why: many for why, many in found.contacts.items() if many} == {"prevented": 2, "solved_by_help": 1}
    assert {why: many for why, many in found.problems.items() if many} == {"prevented": 1, "solved_by_help": 1}
    assert (found.first, found.second, found.fewer, found.more) == (5, 1, 1, 0)


def test_who_had_no_contact_is_spared_none_and_who_has_more_is_told():
    world = hand_world()
    found = contacts_spared(history(world, NOTHING, CLEAN), history(world, PREVENTED, CUT_TWICE_TOLD))
    assert sum(found.contacts.values()) == sum(found.problems.values()) == 0
    assert (found.first, found.second, found.more) == (1, 2, 1)


def test_what_appeared_before_the_horizon_is_not_counted():
    world = hand_world(time={"warm_up": "11 h", "horizon": "1 d"})
    found = contacts_spared(history(world, CLEAN), history(world, PREVENTED))
    assert (found.first, found.second, sum(found.contacts.values())) == (0, 0, 0)


def test_contacts_of_a_world_are_those_spared_and_what_the_others_have_more_or_fewer():
    world, less = load("base"), variant("base", {"prevention": {"booklet": {"share": 0.3}}})
    people = populate(world, seed=2)
    found = contacts_spared(run(world, people), run(less, people))
    assert 0.2 < found.contacts["prevented"] / found.first < 0.4
    assert found.first - sum(found.contacts.values()) - found.fewer + found.more == found.second


def test_other_customers_cannot_be_compared():
    world = load("base")
    one, other = (run(world, populate(world, seed=seed)) for seed in (1, 2))
    with pytest.raises(ValueError, match="not of the same customers"):
        contacts_spared(one, other)
