"""Channels and written work, as the rows come: followed beside the accounts, in worlds of more than a telephone alone.

It is a piece of its own, with a state of its own for each customer: who has the telephone alone does not compile it.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.history.codes import (
    ABANDONED,
    ANSWERED,
    BALKED,
    CHAT_OPENED,
    DIALLED,
    DISMISSED,
    FILED,
    MESSAGE_LEFT,
    NO_REPLY,
    QUEUE_FULL,
    QUEUED,
    READ,
    REPLIED,
    SET_OUT,
    TAKEN_UP,
    WROTE,
)
from sim.history.rows import ROW
from sim.machine.compiling import Table, inlined, piece, rule
from sim.machine.kernel.pages import page_with, place_in_page
from sim.measures.rules.channels import CHANNEL, FILED_WORK, in_time

STATE = np.dtype(
    [
        ("since", np.float64),
        ("waited", np.float64),
        ("channel", np.int16),
        ("first", np.int16),
        ("last", np.int16),
        ("waits", np.bool_),
        ("elsewhere", np.bool_),
        ("counts", np.bool_),
        ("reads", np.bool_),
    ],
    align=True,
)
"""One customer at his channels. channel, counts: of his last contact, and whether it was begun in the horizon. first,
last: how many contacts there were with the first that was begun in it, and with the last; none where 0. elsewhere: the
last contact is at a desk, or a chat. waits, since: he stands in its first queue, or has stood there, since when (min).
reads, waited: he reads an answer, for which he has waited so long (min).
"""
BESIDE = np.dtype(
    [
        *((name, np.float64) for name in ("start", "middle", "last", "stop")),
        *((name, np.int64) for name in ("states", "channels", "queues")),
    ]
)
"""The horizon, and where its middle and last third begin (min); where the tables stand, of states those of pages."""
_AT_ONCE = (SET_OUT, CHAT_OPENED)
_IN_VAIN = (ABANDONED, BALKED, DISMISSED, QUEUE_FULL, MESSAGE_LEFT)
"""How a wait for an agent ends without one."""

row_at, beside_at, state_at = Table(ROW), Table(BESIDE), Table(STATE)
channel_at, filed_at = Table(CHANNEL), Table(FILED_WORK)


@piece
def follow_channels(rows: int, many: int, beside: int) -> None:
    """Follow so many rows, which stand at an address and were noted by the fold before."""
    its = beside_at(beside, 0)
    for place in range(many):
        row = row_at(rows, place)
        if row.event in (FILED, TAKEN_UP):
            follow_filed(row, filed_at(its.queues, row.team), its)
        else:
            follow_contact(row, state_at(page_with(its.states, row.customer), place_in_page(row.customer)), its)


@inlined
def follow_filed(row: Any, queue: Any, its: Any) -> None:
    """Follow a piece of work into a queue and out of it.

    It waits from its filing to the end of the horizon, less what is left of that when it is taken up.
    """
    more = 1.0 if row.event == FILED else -1.0
    queue.queueing += more * left_of(its.start, its.stop, row.time)
    queue.in_the_middle += more * left_of(its.middle, its.last, row.time)
    queue.at_last += more * left_of(its.last, its.stop, row.time)
    if row.event == FILED:
        if its.start <= row.time < its.stop:
            queue.filed += 1.0
    elif its.start <= row.time - row.amount < its.stop:
        queue.taken_up += 1.0
        queue.waited += row.amount
        queue.in_time += int(in_time(row.amount, queue.within))


@rule
def left_of(start: float, stop: float, now: float) -> float:
    """Return how much of a stretch is still to come (min)."""
    left: float = stop - min(max(now, start), stop)
    return left


@inlined
def follow_contact(row: Any, state: Any, its: Any) -> None:
    """Follow a contact from its beginning to what comes of its wait."""
    event = row.event
    if event in (DIALLED, WROTE, SET_OUT, CHAT_OPENED):
        begin_contact(row, state, its)
    elif event == REPLIED:
        state.reads, state.waited = True, row.amount
    elif event == READ:
        if state.reads:
            add_answer(channel_at(its.channels, int(row.amount)), has_counted(row, state), state.waited)
        state.reads = False
    elif event == NO_REPLY:
        channel_at(its.channels, int(row.amount)).unanswered += int(has_counted(row, state))
    elif state.elsewhere and row.leg == 0:
        follow_turn(row, state, channel_at(its.channels, state.channel))


@rule
def begin_contact(row: Any, state: Any, its: Any) -> None:
    """Begin a contact; those of the telephone are counted elsewhere."""
    state.counts = its.start <= row.time < its.stop
    state.elsewhere, state.waits, state.since = row.event in _AT_ONCE, False, row.time
    if state.counts:
        state.last = row.contact + 1
        if state.first == 0:
            state.first = state.last
    if row.event == DIALLED:
        return
    state.channel = int(row.amount)
    channel_at(its.channels, state.channel).contacts += int(state.counts)


@rule
def has_counted(row: Any, state: Any) -> bool:
    """Say whether the message that a row is about was begun in the horizon: later contacts have higher numbers."""
    return state.first > 0 and state.first <= row.contact + 1 <= state.last


@rule
def follow_turn(row: Any, state: Any, channel: Any) -> None:
    """Follow one who waits his turn at a desk or in a chat, from the first queue he comes to."""
    if row.event == QUEUED:
        if not state.waits:
            state.waits, state.since = True, row.time
    elif row.event == ANSWERED:
        add_answer(channel, state.counts, row.time - state.since)
    elif row.event in _IN_VAIN:
        channel.unanswered += int(state.counts)


@rule
def add_answer(channel: Any, counts: bool, waited: float) -> None:
    """Add an answer that was waited for so long (min), where its contact counts."""
    if counts:
        channel.replies += 1.0
        channel.waited += waited
        channel.in_time += int(in_time(waited, channel.within))
