"""The compiled calendar: what is planned, by time and by a stated order at the same instant.

What comes soon lies in buckets of equal length, each a short chain in order; what comes later waits in a binary heap
until its turn has come to be sorted into the buckets. With about one entry a bucket, putting in and taking out take the
same time however much is planned (Brown, "Calendar queues", Communications of the ACM 31, 1988).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from sim.compiling import Table, rule
from sim.kernel.heap import ENTRY, HEAP, earliest, pop, push
from sim.kernel.memory import address_of, grown

NODE = np.dtype([("time", np.float64), ("order", np.int64), ("who", np.int32), ("next", np.int32)])
"""One entry that comes soon, and the place of the next in its bucket (-1 for none). Its keys are copies: what they were
taken from may change."""

BUCKET = np.dtype([("first", np.int32), ("last", np.int32)])
"""A bucket: the places of its first and its last entry; no first one (-1) when it is empty."""

CALENDAR = np.dtype(
    [
        ("base", np.float64),
        ("buckets_a_minute", np.float64),
        ("buckets", np.int64),
        ("nodes", np.int64),
        ("later", HEAP),
        ("soon", np.int64),
        ("taken", np.int64),
        ("room", np.int64),
        ("bucket", np.int64),
        ("used", np.int64),
        ("free", np.int64),
        ("astray", np.bool_),
    ]
)
"""A calendar: when its buckets begin (min) and how many there are to a minute; the addresses of the buckets and of
what comes soon; the heap of what comes later; how many entries come soon, how many were taken since the buckets began,
and for how many in all there is room; the first bucket that may not be empty; how many places were used and the first
that is free again (-1 for none); and whether something was planned for a time that is over, or never comes.
"""

BUCKETS = 4096
_LONG, _SHORTER, _MOST_A_MINUTE = 64, 16.0, 1e9
"""Entries looked at in a chain before the buckets are made shorter, by how much, and how far (equal times stay one)."""
_NONE = -1

node_at, bucket_at = Table(NODE), Table(BUCKET)


@rule
def put(calendar: Any, time: float, order: int, who: int) -> None:
    """Put an entry into the calendar; there has to be room. A time that is over or never comes is left out and told."""
    place = (time - calendar.base) * calendar.buckets_a_minute
    if 0.0 <= place < BUCKETS:
        _put_soon(calendar, time, order, who)
    elif place >= BUCKETS and time < math.inf:
        push(calendar.later, time, order, who)
    else:
        calendar.astray = True


@rule
def _put_soon(calendar: Any, time: float, order: int, who: int) -> None:
    """Put an entry into its bucket's chain. An earlier time never has a later bucket, whatever is rounded."""
    number = int((time - calendar.base) * calendar.buckets_a_minute)
    calendar.bucket = min(calendar.bucket, number)
    calendar.soon += 1
    place = _free_place(calendar)
    node = node_at(calendar.nodes, place)
    node.time, node.order, node.who = time, order, who
    bucket = bucket_at(calendar.buckets, number)
    if bucket.first == _NONE or _comes_first(node_at(calendar.nodes, bucket.last), time, order):
        _put_last(calendar, bucket, node, place)
    elif _put_between(calendar, bucket, node, place) > _LONG and calendar.buckets_a_minute < _MOST_A_MINUTE:
        _shorten_buckets(calendar)


@rule
def _free_place(calendar: Any) -> int:
    place = calendar.free
    if place == _NONE:
        place = calendar.used
        calendar.used += 1
    else:
        calendar.free = node_at(calendar.nodes, place).next
    return place


@rule
def _put_last(calendar: Any, bucket: Any, node: Any, place: int) -> None:
    if bucket.first == _NONE:
        bucket.first = place
    else:
        node_at(calendar.nodes, bucket.last).next = place
    node.next, bucket.last = _NONE, place


@rule
def _put_between(calendar: Any, bucket: Any, node: Any, place: int) -> int:
    """Put an entry before the first that comes after it; return how many had to be looked at."""
    before, after, looked_at = _NONE, bucket.first, 0
    while _comes_first(node_at(calendar.nodes, after), node.time, node.order):
        before, after = after, node_at(calendar.nodes, after).next
        looked_at += 1
    node.next = after
    if before == _NONE:
        bucket.first = place
    else:
        node_at(calendar.nodes, before).next = place
    return looked_at


@rule
def _comes_first(node: Any, time: float, order: int) -> bool:
    return node.time < time or (node.time == time and node.order <= order)


@rule
def first_time(calendar: Any) -> float:
    """Return when the first entry comes; infinite when there is none."""
    if calendar.soon > 0:
        return node_at(calendar.nodes, _first_bucket(calendar).first).time
    return earliest(calendar.later)


@rule
def _first_bucket(calendar: Any) -> Any:
    while bucket_at(calendar.buckets, calendar.bucket).first == _NONE:
        calendar.bucket += 1
    return bucket_at(calendar.buckets, calendar.bucket)


@rule
def take(calendar: Any) -> tuple[float, int, int]:
    """Take the first entry out; there has to be one."""
    if calendar.soon == 0:
        _begin_buckets(calendar)
    calendar.soon -= 1
    calendar.taken += 1
    return _taken(calendar, _first_bucket(calendar))


@rule
def _taken(calendar: Any, bucket: Any) -> tuple[float, int, int]:
    place = bucket.first
    node = node_at(calendar.nodes, place)
    bucket.first, node.next = node.next, calendar.free
    calendar.free = place
    return node.time, node.order, node.who


@rule
def _begin_buckets(calendar: Any) -> None:
    """Let the buckets begin with the first of what comes later, and sort in all that now comes soon."""
    _fit_buckets(calendar, earliest(calendar.later) - calendar.base)
    while calendar.soon == 0:  # again, should they have turned out too long
        calendar.base, calendar.bucket = earliest(calendar.later), BUCKETS
        while (earliest(calendar.later) - calendar.base) * calendar.buckets_a_minute < BUCKETS:
            time, order, who = pop(calendar.later)
            _put_soon(calendar, time, order, who)


@rule
def _fit_buckets(calendar: Any, passed: float) -> None:
    """Make the buckets as long as would have held one entry each in the time that has passed since they began."""
    if 0.0 < passed < math.inf:
        now = calendar.buckets_a_minute
        calendar.buckets_a_minute = min(max(calendar.taken / passed, now / _SHORTER), now * _SHORTER)
    calendar.taken = 0


@rule
def _shorten_buckets(calendar: Any) -> None:
    """Make the buckets shorter, where far more comes in one of them than was foreseen: they begin anew."""
    while calendar.soon > 0:
        calendar.soon -= 1
        time, order, who = _taken(calendar, _first_bucket(calendar))
        push(calendar.later, time, order, who)
    calendar.buckets_a_minute *= _SHORTER
    calendar.base = -math.inf  # until then nothing comes soon


@rule
def planned(calendar: Any) -> int:
    """Return how many entries there are."""
    return calendar.soon + calendar.later.many


class Tables:
    """The tables of one calendar, which grow with what is planned."""

    def __init__(self, calendar: Any, buckets_a_minute: float) -> None:
        self.calendar = calendar
        self.buckets = np.full(BUCKETS, _NONE, BUCKET)
        self.nodes, self.later = np.zeros(0, NODE), np.zeros(0, ENTRY)
        calendar["buckets"], calendar["free"] = address_of(self.buckets), _NONE
        calendar["buckets_a_minute"] = buckets_a_minute or 1.0  # with none at all no time had a place

    def have_room_for(self, more: int) -> None:
        """Grow where fewer entries than this can be put in."""
        many = int(self.calendar["soon"] + self.calendar["later"]["many"])
        if many + more > len(self.nodes):
            room = 2 * many + more + BUCKETS
            self.nodes, self.later = grown(self.nodes, room), grown(self.later, room)
            self.calendar["nodes"], self.calendar["later"]["entries"] = address_of(self.nodes), address_of(self.later)
            self.calendar["room"] = room
