"""What the SimPy engine does around the stories: it tells the time, and leaves Python as it was."""

from __future__ import annotations

import gc

import numpy as np
import pytest

from sim.engines.open_loop import Waits
from sim.engines.simpy_engine import tell, without_collecting
from tests.by_hand import HandLuck, people, plain

WORLD = plain(time={"horizon": "3 d"})


def test_the_time_is_told_once_a_day():
    told: list[float] = []
    tell(WORLD, people(WORLD, 0), luck=HandLuck(), tick=told.append)
    assert told == [0.0, 1440.0, 2880.0]


def test_waits_are_given_for_every_queue():
    """A team's own is one of them."""
    waits = Waits(np.zeros(1), np.zeros(1))
    with pytest.raises(ValueError, match="waits are given for 2 queues: plain has 1"):
        tell(WORLD, people(WORLD, 0), waits=(waits, waits))
    routed = plain(teams={"front": {"serves": ["front", "vip"]}}, queues={"vip": {}})
    with pytest.raises(ValueError, match="waits are given for 1 queues: plain has 2"):
        tell(routed, people(routed, 0), waits=(waits,))


@pytest.mark.parametrize("was_on", [True, False])
def test_the_garbage_collector_is_off_for_the_run_and_then_as_it_was(was_on):
    before = gc.isenabled()
    (gc.enable if was_on else gc.disable)()
    try:
        with without_collecting():
            assert not gc.isenabled()
        assert gc.isenabled() == was_on
    finally:
        (gc.enable if before else gc.disable)()
