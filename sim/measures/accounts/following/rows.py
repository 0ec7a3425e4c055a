"""One row after the other: compiled, in any interleaving of customers."""

from __future__ import annotations

import math
from typing import Any

from sim.history.codes import (
    ANSWERED,
    CHAT_OPENED,
    COLLEAGUE_JOINED,
    DIALLED,
    NO_REPLY,
    PREVENTED,
    READ,
    RING_MISSED,
    SET_OUT,
    WORKED_ON,
    WROTE,
)
from sim.history.rows import ROW
from sim.luck.keys import LEGS
from sim.machine.compiling import Table, inlined, piece
from sim.machine.kernel.pages import IN_A_PAGE, NOWHERE, page_with, place_in_page
from sim.measures.accounts import journeys
from sim.measures.accounts.account import ACCOUNT, BOOKS
from sim.measures.accounts.adding import add_journey
from sim.measures.accounts.following.agents import follow_agent
from sim.measures.accounts.following.calls import follow_call, has_place_for_a_call, person_of
from sim.measures.accounts.following.journeys import follow_journey
from sim.measures.accounts.following.spells import follow_spell
from sim.measures.accounts.following.unasked import follow_unasked
from sim.measures.accounts.following.writing import follow_beside, follow_message
from sim.measures.accounts.journeys import WORTH
from sim.measures.accounts.totals import JOURNEYS
from sim.measures.rules.calls import CALL
from sim.measures.rules.counts import CODES, MOST

_NONE = -1
OF_A_CHANNEL = (SET_OUT, WROTE, CHAT_OPENED, READ, NO_REPLY)
"""What happens through a channel, the number of which is the amount."""

books_at, account_at, totals_at = Table(BOOKS), Table(ACCOUNT), Table(JOURNEYS)
row_at, call_at, worth_at = Table(ROW), Table(CALL), Table(WORTH)


@inlined
def account_of(books: Any, customer: int) -> Any:
    """Return the account of a customer."""
    return account_at(page_with(books.accounts, customer), place_in_page(customer))


@inlined
def note(books: Any, account: Any, row: Any) -> None:
    """Note one row in the account of its customer."""
    event = row.event
    account.lived.counts[event] += books.counts
    if books.terms.beside[event] != 0:
        follow_beside(event, books, account.lived, row)
        return
    account.time = row.time
    follow_message(event, books, account, row)
    follow_spell(event, books, account, row)
    follow_call(event, books, account, row)
    follow_agent(event, books, account, row)
    follow_journey(event, account.lived, row, books)
    follow_unasked(event, books, account, row)
    if event == PREVENTED and books.terms.start <= row.time < books.terms.stop:
        books.sums.prevention += row.amount


@inlined
def can_be(books: Any, row: Any) -> bool:
    """Say whether a row's customer, event and codes exist."""
    return (
        0 <= row.customer < books.customers
        and page_with(books.accounts, row.customer) != NOWHERE
        and 0 < row.event < CODES
        and row.contact >= _NONE
        and 0 <= row.leg < LEGS
        and _NONE <= row.team < books.many_queues
        and row.agent >= _NONE
        and 0.0 <= row.amount < math.inf
    )


@inlined
def may_follow(books: Any, account: Any, row: Any) -> bool:
    """Say whether a row may follow what its customer lived: no earlier, not too often, answered out of a queue."""
    if is_of_no_agent(books, row) or is_of_no_channel(books, row):
        return False
    if books.terms.beside[row.event] != 0:
        return row.time <= books.terms.end and account.lived.counts[row.event] < MOST
    if not account.time <= row.time <= books.terms.end or account.lived.counts[row.event] == MOST:
        return False
    if row.event != ANSWERED or row.leg > 0:
        return True
    return account.elsewhere or (account.in_call and not math.isnan(call_at(books.calls, account.call).queued))


@inlined
def is_of_no_agent(books: Any, row: Any) -> bool:
    """Say whether a queue without agents of its own is said to answer, to ring or to join in."""
    return row.event in (ANSWERED, RING_MISSED, COLLEAGUE_JOINED, WORKED_ON) and row.team >= books.many_teams


@inlined
def is_of_no_channel(books: Any, row: Any) -> bool:
    """Say whether a contact, or an answer, is said to go through a channel that there is not."""
    return row.event in OF_A_CHANNEL and not row.amount < books.many_channels


@piece
def follow(rows: int, many: int, books: int) -> int:
    """Note this many rows, which stand at an address, in the books that stand at another.

    Returns
    -------
    int
        How many were noted: fewer than ``many`` where the next one begins a call and there is no place for it, or
        cannot be, or comes before an earlier one of the same customer or after the end, or answers who waits in no
        queue or with an agent of none, or says once more what cannot be counted any further.
    """
    its = books_at(books, 0)
    for place in range(many):
        row = row_at(rows, place)
        if not can_be(its, row):
            return place
        account = account_of(its, row.customer)
        if not may_follow(its, account, row) or (row.event == DIALLED and not has_place_for_a_call(its)):
            return place
        note(its, account, row)
    return many


@piece
def conclude(books: int, page: int) -> None:
    """Assess the journeys of a page that appeared in the horizon, in the order of the customers, and add them up."""
    its = books_at(books, 0)
    first, totals = page * IN_A_PAGE, totals_at(its.journeys, page)
    for customer in range(first, min(first + IN_A_PAGE, its.customers)):
        person = person_of(its, customer)
        if its.terms.start <= person.appeared < its.terms.stop:
            lived = account_of(its, customer).lived
            worth = worth_at(its.worths, its.worths_made if its.keeps else 0)
            its.worths_made += 1
            journeys.assess(lived, person, its.terms, worth)
            add_journey(lived, person, worth, its.terms, totals, its.sums)
