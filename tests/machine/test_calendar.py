"""The compiled calendar against a sorted list: whatever is planned, and whenever, it comes in order."""

from __future__ import annotations

import bisect
import random

import numpy as np
import pytest

from sim.machine.compiling import Table, piece
from sim.machine.kernel.calendar import (
    CALENDAR,
    NODE,
    Tables,
    first_time,
    planned,
    put,
    take,
)
from sim.machine.kernel.heap import earliest
from sim.machine.kernel.memory import address_of, number_at

calendar_at = Table(CALENDAR)


@piece
def put_into(calendar: int, time: float, order: int, who: int) -> None:
    put(calendar_at(calendar, 0), time, order, who)


@piece
def taken_from(calendar: int, answers: int) -> None:
    time, order, who = take(calendar_at(calendar, 0))
    number_at(answers, 0).value = time
    number_at(answers, 1).value = order
    number_at(answers, 2).value = who


@piece
def seen_in(calendar: int, answers: int) -> None:
    its = calendar_at(calendar, 0)
    number_at(answers, 0).value = first_time(its)
    number_at(answers, 1).value = planned(its)
    number_at(answers, 2).value = earliest(its.later)


def put_in(calendars: np.ndarray, time: float, order: int, who: int) -> None:
    put_into(address_of(calendars), time, order, who)


def take_out(calendars: np.ndarray) -> tuple[float, ...]:
    taken_from(address_of(calendars), address_of(answers := np.empty(3)))
    return tuple(answers.tolist())


def looked_at(calendars: np.ndarray) -> tuple[float, ...]:
    seen_in(address_of(calendars), address_of(answers := np.empty(3)))
    return tuple(answers.tolist())


def opened(buckets_a_minute: float) -> tuple[np.ndarray, Tables]:
    calendars = np.zeros(1, CALENDAR)
    return calendars, Tables(calendars[0], buckets_a_minute)


ONE_GAP = {
    "even": lambda luck: luck.random(),
    "ties": lambda luck: float(luck.randrange(3)),
    "short and long": lambda luck: luck.choice((0.0, 1e-9, 1e-3, 1.0, 1e3, 1e5)) * luck.random(),
    "bursts": lambda luck: luck.random() ** 20,
    "nearly never": lambda luck: 1e6 * luck.random() ** 3,
}


@pytest.mark.parametrize("gap", ONE_GAP.values(), ids=ONE_GAP)
@pytest.mark.parametrize("buckets_a_minute", [1e-6, 0.01, 1.0, 300.0, 1e7])
def test_everything_comes_in_order(gap, buckets_a_minute):
    """A thousand planned ahead, then one or two put in for each taken out, and all taken out in the end."""
    luck, (calendars, tables) = random.Random(7), opened(buckets_a_minute)
    expected: list[tuple[float, int, int]] = []

    def plan(now: float) -> None:
        tables.have_room_for(1)
        entry = (now + gap(luck), luck.randrange(100) << 40 | len(expected), luck.randrange(2**31))
        bisect.insort(expected, entry)
        put_in(calendars, *entry)

    def come() -> float:
        assert looked_at(calendars)[:2] == (expected[0][0], len(expected))
        taken = take_out(calendars)
        assert taken[:2] == expected[0][:2]
        return expected.pop(0)[0]

    for _ in range(1000):
        plan(0.0)
    for step in range(4000):
        now = come()
        for _ in range(1 + step % 2 if step < 2000 else step % 2):
            plan(now)
    while expected:
        come()
    assert looked_at(calendars) == (float("inf"), 0, float("inf"))


def test_a_bucket_that_fills_is_made_of_many():
    """Two thousand entries in no order in what was one bucket: shorter ones keep them in order."""
    calendars, tables = opened(1e-3)
    tables.have_room_for(2000)
    times = random.Random(3).sample([number / 2000 for number in range(2000)], 2000)
    for number, time in enumerate(times):
        put_in(calendars, time, number, number)
    assert calendars["buckets_a_minute"][0] > 1e-3
    assert [take_out(calendars)[0] for _ in times] == sorted(times)


def test_places_are_used_again():
    calendars, tables = opened(1.0)
    tables.have_room_for(10)
    for time in range(100_000):
        put_in(calendars, float(time), 0, 0)
        take_out(calendars)
    assert calendars["used"][0] == 1
    assert tables.nodes.dtype == NODE


@pytest.mark.parametrize("time", [float("nan"), float("-inf"), float("inf"), -1.0, -1e300])
def test_a_time_that_is_over_or_never_comes_is_left_out_and_told(time):
    """Instead of being written before the first bucket, or looked for without end."""
    calendars, tables = opened(1.0)
    tables.have_room_for(3)
    put_in(calendars, 5.0, 0, 0)
    assert not calendars["astray"][0]
    put_in(calendars, time, 0, 1)
    assert calendars["astray"][0]
    assert looked_at(calendars)[:2] == (5.0, 1)


@pytest.mark.parametrize("buckets_a_minute", [0.0, 1.0])
def test_what_comes_in_ages_lies_behind_all_else(buckets_a_minute):
    calendars, tables = opened(buckets_a_minute)
    tables.have_room_for(3)
    put_in(calendars, 1e300, 0, 2)
    put_in(calendars, 1.0, 0, 3)
    assert [take_out(calendars)[2] for _ in range(2)] == [3, 2]
    assert not calendars["astray"][0]
