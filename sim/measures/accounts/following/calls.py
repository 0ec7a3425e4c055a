"""The calls of a customer, as his rows come: where one is noted, what comes of it, and what it adds to the sums."""

from __future__ import annotations

import math
from typing import Any

from sim.history.codes import (
    ABANDONED,
    ANSWERED,
    BALKED,
    BLOCKED,
    CALL_BACK_TAKEN,
    CALL_ENDED,
    CUT,
    DIALLED,
    DISMISSED,
    GRANTED,
    HUNG_UP,
    MESSAGE_LEFT,
    PICKED_UP,
    QUEUE_FULL,
    QUEUED,
    SOLVED,
    TRANSFER_LOST,
)
from sim.machine.compiling import Table, inlined
from sim.machine.kernel.pages import page_with, place_in_page
from sim.measures.accounts.account import NOBODY
from sim.measures.accounts.adding import add_call
from sim.measures.rules import calls
from sim.measures.rules.calls import CALL
from sim.measures.rules.meter import bill_call
from sim.people import CUSTOMER

call_at, person_at = Table(CALL), Table(CUSTOMER)


@inlined
def follow_call(event: int, books: Any, account: Any, row: Any) -> None:
    """Begin a call, count and note what happens in it, end it."""
    if event == DIALLED:
        end_call(books, account, row)  # one that never said so
        dial(books, account, row)
    if account.counted:
        books.sums.calls.events[event] += books.counts
    if event in (CALL_ENDED, BLOCKED):
        end_call(books, account, row)
    else:
        note_in_call(event, call_at(books.calls, account.call), row)


@inlined
def dial(books: Any, account: Any, row: Any) -> None:
    """Begin a call; the one before may have been logged as a resolution too soon."""
    if account.logged and calls.called_again(account.hung_up, row.time):
        books.sums.calls.logged -= 1.0
    account.call, account.in_call = place_for_a_call(books), True
    account.counted = books.terms.start <= row.time < books.terms.stop
    other_network = person_of(books, row.customer).other_network
    calls.dial(call_at(books.calls, account.call), row, other_network, account.counted)


@inlined
def person_of(books: Any, customer: int) -> Any:
    """Return who a customer is."""
    return person_at(page_with(books.people, customer), place_in_page(customer))


@inlined
def place_for_a_call(books: Any) -> int:
    """Take the place that was given back last, or the next one."""
    place: int = books.given_back
    if place == NOBODY:
        books.calls_made += 1
        return books.calls_made
    books.given_back = call_at(books.calls, place).customer
    return place


@inlined
def has_place_for_a_call(books: Any) -> bool:
    """Say whether there is a place for one more call."""
    return books.given_back != NOBODY or books.calls_made + 1 < books.room_for_calls


@inlined
def end_call(books: Any, account: Any, row: Any) -> None:
    """End the call that goes on, if there is one: bill it and add it up."""
    if not account.in_call:
        return
    call, journey = call_at(books.calls, account.call), account.lived
    calls.end(call, row.time)
    call.blocked = call.blocked or row.event == BLOCKED
    journey.answered_calls += int(calls.is_answered(call))
    of_hold, of_rest, per_call = bill_call(call, books.terms.tariff)
    toll = of_hold + of_rest + per_call
    journey.toll += toll
    if account.counted:
        add_call(call, toll, of_hold, books)
    account.logged, account.hung_up = calls.logged(call), row.time
    account.in_call = account.counted = False
    if not books.keeps:
        call.customer, books.given_back, account.call = books.given_back, account.call, NOBODY


@inlined
def note_in_call(event: int, call: Any, row: Any) -> None:
    """Note what becomes of a call."""
    if event == PICKED_UP:
        call.picked_up = row.time
    elif event == QUEUED:
        if row.leg == 0 and math.isnan(call.queued):  # moved on out of one queue, one waits in the next
            call.queued = row.time
    elif event == ANSWERED:
        if row.leg == 0:
            call.answered = row.time
    elif event == SOLVED:
        call.solved = True
    elif event == GRANTED:
        call.gestures += row.amount
    elif event in (CUT, HUNG_UP, TRANSFER_LOST):
        call.cut = True
    elif event in (ABANDONED, BALKED):
        call.abandoned = True
    elif event == DISMISSED:
        call.dismissed = True
    elif event == QUEUE_FULL:
        call.blocked = True
    elif event == CALL_BACK_TAKEN:
        call.call_back = True
    elif event == MESSAGE_LEFT:
        call.message = True
