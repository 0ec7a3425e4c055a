"""Hundreds of worlds made up by chance: no bit of what happens depends on who tells it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from sim.people import populate
from sim.world import World
from tests.property.in_writing import in_writing
from tests.property.worlds_at_large import worlds
from tests.twin.both import at_whole_minutes, twins
from tests.twin.drawn import hard_worlds

SEEDS = st.integers(0, 2**64 - 1)
REPLICATIONS = st.sampled_from([0, 1, 2**24 - 1])
MANY = settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.generate, Phase.shrink),
)

VERY_MANY = settings(MANY, max_examples=1_000, derandomize=False)


def agree(written: dict[str, Any], seed: int, replication: int, step: float) -> int:
    """Have both tell the world as it is written, of problems that appear every `step` minutes (0: whenever)."""
    world = World.model_validate(written)
    customers = populate(world, seed=seed, replication=replication)
    return len(twins(world, at_whole_minutes(customers, step) if step else customers).rows)


@given(written=worlds(), seed=SEEDS, replication=REPLICATIONS)
@MANY
def test_any_world_is_told_the_same_by_both(written, seed, replication):
    agree(written, seed, replication, 0.0)


@given(written=worlds().flatmap(in_writing), seed=SEEDS, replication=REPLICATIONS)
@MANY
def test_any_world_in_which_people_write_is_told_the_same_by_both(written, seed, replication):
    agree(written, seed, replication, 0.0)


@given(written=hard_worlds(), seed=SEEDS, replication=REPLICATIONS, step=st.sampled_from([0.0, 1.0, 5.0, 30.0]))
@MANY
def test_worlds_of_ties_and_extremes_are_told_the_same_by_both(written, seed, replication, step):
    agree(written, seed, replication, step)


@pytest.mark.slow
@pytest.mark.parametrize(
    "drawn", [worlds(), worlds().flatmap(in_writing), hard_worlds()], ids=["any", "written", "hard"]
)
def test_a_thousand_others_are_told_the_same_by_both(drawn):
    @given(written=drawn, seed=SEEDS, replication=REPLICATIONS, step=st.sampled_from([0.0, 1.0, 5.0, 30.0]))
    @VERY_MANY
    def alike(written, seed, replication, step):
        agree(written, seed, replication, step)

    alike()
