"""Every key of `[generations]` does what it says."""

from __future__ import annotations

import pytest

from sim.world import LongRun
from tests.keys.of_the_long_run import LONG_RUN, answers


@pytest.mark.parametrize("turn", LONG_RUN, ids=lambda turn: turn.key)
def test_a_key_does_what_it_says(turn):
    assert answers(turn) == pytest.approx(turn.expected, rel=1e-12)


def test_every_key_is_turned_and_moves_something():
    assert {turn.key for turn in LONG_RUN} == set(LongRun.model_fields)
    assert all(len(set(turn.expected)) > 1 for turn in LONG_RUN)
