"""A typical day of two worlds, against days worked out by hand and the table by intervals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import sim
from sim.history.rows import History
from sim.measures.intervals.asked import parting
from sim.study.comparing.by_time_of_day import by_time_of_day
from tests.measures.strips import ABANDONED, CLEAN, hand_world, history, later

WORLD = hand_world()


def numbered(number: int, *strips: str) -> History:
    """Return a history as that of a replication."""
    one = history(WORLD, *strips)
    return replace(one, replication=number, customers=replace(one.customers, replication=number))


@pytest.fixture
def table() -> Any:
    """Return two replications: one call and two that wait 4 minutes each; beside them as many who give up after 7."""
    first = [numbered(0, CLEAN), numbered(1, CLEAN, later(CLEAN, 5))]
    second = [numbered(0, ABANDONED), numbered(1, ABANDONED, later(ABANDONED, 5))]
    wanted = ("offered", "abandoned_share", "speed_of_answer", "queue_length")
    return by_time_of_day(first, second, columns=wanted).set_index(["column", "from"])


def test_both_worlds_stand_beside_each_other_at_ten_o_clock(table):
    """1.5 calls; none is abandoned, or all are; 4 minutes to an answer; 6 and 10.5 minutes held in thirty."""
    ten = {
        name: table.loc[(name, "10:00")] for name in ("offered", "abandoned_share", "speed_of_answer", "queue_length")
    }
    assert ten["offered"][["first", "second", "difference"]].tolist() == [1.5, 1.5, 0]
    assert ten["abandoned_share"][["first", "second", "difference"]].tolist() == [0, 1, 1]
    assert ten["abandoned_share"][["difference_low", "difference_high"]].tolist() == [1, 1]
    assert ten["speed_of_answer"]["first"] == 4
    assert ten["speed_of_answer"][["second", "difference"]].isna().all()
    lengths = ten["queue_length"][["first", "second", "difference"]].tolist()
    assert lengths == pytest.approx([6 / 30, 10.5 / 30, 4.5 / 30], abs=1e-12)


def test_a_paired_difference_has_the_interval_of_the_pairs(table):
    """Per replication 3 and 6 more minutes held: 4.5, plus or minus 12.706 times 1.5, in thirty minutes."""
    ten = table.loc[("queue_length", "10:00")]
    reach = 12.7062 * 1.5 / 30
    assert ten["difference_high"] == pytest.approx(4.5 / 30 + reach, rel=1e-4)
    assert ten["difference_low"] == pytest.approx(4.5 / 30 - reach, rel=1e-4)
    assert ten["first_low"] == 0  # a length is never below nothing


def test_every_half_hour_is_there_and_says_what_it_is(table):
    assert len(table) == 4 * 48
    first = table.reset_index().iloc[21]
    assert first[["column", "unit", "better", "minute", "from", "to"]].tolist() == [
        "offered",
        "calls",
        "neither",
        630,
        "10:30",
        "11:00",
    ]
    assert table.loc[("offered", "23:30"), "to"] == "24:00"


def test_days_are_chosen_and_those_that_are_not_there_have_nothing(table):
    tuesday = by_time_of_day(history(WORLD, CLEAN), history(WORLD, CLEAN), columns="offered", days="tue")
    assert tuesday["first"].isna().all()


def test_a_typical_day_is_the_mean_of_the_days_that_the_intervals_have():
    """Calls of seven days over seven; the same replications asked of the table by intervals."""
    world = sim.variant("base", {"time": {"warm_up": "1 d", "horizon": "7 d", "follow_up": "2 d"}})
    lived = sim.replicate(world, replications=2, parting=parting(world), measures=()).intervals
    assert lived is not None
    day = by_time_of_day(lived, lived, columns=["offered", "queue_length"])
    whole = sim.intervals(world, replications=2, columns=["offered", "queue_length"])
    by_clock = whole.groupby("from", sort=True)[["offered", "queue_length"]].mean()
    for name in by_clock:
        assert day[day["column"] == name]["first"].tolist() == pytest.approx(by_clock[name].tolist(), abs=1e-9)
    assert day["difference"].abs().max() == 0


@pytest.mark.parametrize(
    ("first", "second", "how", "said"),
    [
        ([], [], {}, "first holds no history"),
        ([1], [1], {}, "first holds no history"),
        ([numbered(0, CLEAN)] * 2, [numbered(0, CLEAN)], {}, "first holds one replication twice"),
        ([numbered(0, CLEAN)], [numbered(1, CLEAN)], {}, "not of the same replications"),
        (numbered(0, CLEAN), numbered(0, CLEAN), {"columns": "longest_wait"}, "longest_wait cannot be"),
        (numbered(0, CLEAN), numbered(0, CLEAN), {"columns": "oferred"}, "offered"),
        (numbered(0, CLEAN), numbered(0, CLEAN), {"days": "monday"}, "days is 'monday'"),
        (numbered(0, CLEAN), numbered(0, CLEAN), {"days": ()}, "days is empty"),
        (numbered(0, CLEAN), numbered(0, CLEAN), {"every": "whole"}, "a day at most"),
        (numbered(0, CLEAN), numbered(0, CLEAN), {"every": 31}, "every"),
    ],
)
def test_what_cannot_be_set_side_by_side_is_told(first, second, how, said):
    with pytest.raises(ValueError, match=said):
        by_time_of_day(first, second, **how)
