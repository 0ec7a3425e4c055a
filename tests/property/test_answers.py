"""No answer is read that never came, however often one has asked meanwhile."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.history.rows import Event
from sim.world import World
from tests.twin.asking import ALWAYS_ASKING


@pytest.mark.parametrize("seed", [3, 4])
def test_no_answer_is_read_before_anybody_has_taken_up_the_message(seed):
    """Several answers come before a weightier one: each is told apart, though hundreds of contacts lie between them."""
    world = World.model_validate(ALWAYS_ASKING)
    rows = sim.run(world, sim.populate(world, seed=seed)).rows
    taken = {(int(row["customer"]), int(row["contact"])): row["time"] for row in rows[rows["event"] == Event.TAKEN_UP]}
    replied = rows[rows["event"] == Event.REPLIED]
    assert replied["contact"].max() > 64
    assert len(replied) > 300
    too_soon = [row for row in replied if taken.get((int(row["customer"]), int(row["contact"])), np.inf) > row["time"]]
    assert too_soon == []
