"""Customers are made once for a search, as far as there is room for them."""

from __future__ import annotations

import pytest

from sim.population import populate
from sim.study import people as made
from sim.study.people import People
from sim.study.staffing import scaled_staff
from tests.worlds import tiny_world

WORLD = tiny_world(teams={"front": {"staff": 4}})


def test_another_staff_meets_the_very_same_customers():
    people = People()
    assert people.of(WORLD, 1, 0) == populate(WORLD, seed=1, replication=0)
    assert people.of(scaled_staff(WORLD, 0.5), 1, 0) is people.of(WORLD, 1, 0)


@pytest.mark.parametrize(
    ("world", "seed", "replication"),
    [
        (WORLD, 2, 0),
        (WORLD, 1, 1),
        (tiny_world(population={"problems_per_day": 7}), 1, 0),
        (WORLD.model_copy(update={"time": WORLD.time.model_copy(update={"follow_up": 1440.0})}), 1, 0),
    ],
)
def test_another_seed_replication_population_or_length_has_its_own(world, seed, replication):
    people = People()
    people.of(WORLD, 1, 0)
    assert people.of(world, seed, replication) == populate(world, seed=seed, replication=replication)


def test_no_more_are_kept_than_there_is_room_for(monkeypatch):
    one = populate(WORLD, seed=1).rows.nbytes
    monkeypatch.setattr(made, "_MOST", 2.5 * one)
    people = People()
    first = [people.of(WORLD, 1, replication) for replication in range(4)]
    again = [people.of(WORLD, 1, replication) for replication in range(4)]
    assert again == first
    assert [one is other for one, other in zip(first, again, strict=True)] == [True, True, False, False]
