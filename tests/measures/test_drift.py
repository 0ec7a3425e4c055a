"""The drift warning: the last part of the horizon against the part before it."""

from __future__ import annotations

from sim.measures import drift
from sim.units import DAY, WEEK
from tests.measures.strips import CLEAN, TRANSFERRED, hand_world, history, later


def test_the_last_third_is_set_against_the_middle_one():
    """Of three days, one clean call (hold 5) on Tuesday, and one clean and one transferred (hold 3) on Wednesday."""
    world = hand_world(time={"horizon": "3 d"})
    strips = [CLEAN, later(CLEAN, DAY), later(CLEAN, 2 * DAY), later(TRANSFERRED, 2 * DAY)]
    found = drift(history(world, *strips))
    assert (found.middle.calls, found.middle.answered, found.middle.hold, found.middle.problems) == (1, 1, 5, 1)
    assert (found.last.calls, found.last.answered, found.last.hold, found.last.problems) == (2, 2, 8, 2)


def test_four_weeks_are_compared_by_whole_weeks():
    """A third of 28 days is 9 days and 8 hours: cut to a week, or one part would have more weekends."""
    world = hand_world(time={"warm_up": "7 d", "horizon": "28 d"})
    found = drift(history(world, CLEAN))
    assert (found.last.start, found.last.stop) == (4 * WEEK, 5 * WEEK)
    assert (found.middle.start, found.middle.stop) == (3 * WEEK, 4 * WEEK)


def test_a_horizon_of_hours_is_cut_in_plain_thirds():
    found = drift(history(hand_world(), CLEAN))
    assert (found.middle.start, found.last.start, found.last.stop) == (480, 960, 1440)
