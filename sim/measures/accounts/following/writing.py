"""Messages and cases, as the rows of their customers come: the channels, and what happens beside a customer."""

from __future__ import annotations

from typing import Any

from sim.history.codes import (
    ABANDONED,
    ANSWERED,
    BALKED,
    CHAT_OPENED,
    DIALLED,
    DISMISSED,
    GRANTED,
    MESSAGE_LEFT,
    NEWS_SENT,
    NO_REPLY,
    QUEUE_FULL,
    READ,
    REPLIED,
    SET_OUT,
    VISIT_BOOKED,
    VISITED,
    WORKED_ON,
)
from sim.machine.compiling import Table, inlined
from sim.measures.accounts.account import NOBODY
from sim.measures.accounts.following.agents import add_busy
from sim.measures.rules.channels import CHANNEL
from sim.measures.rules.counts import CONTACTS

channel_at = Table(CHANNEL)
_PHONE = 0
_IN_VAIN = (ABANDONED, BALKED, DISMISSED, QUEUE_FULL, MESSAGE_LEFT)
"""How a wait for an agent ends without one."""
_OF_CHANNELS = tuple(map(int, (*CONTACTS, NO_REPLY, ANSWERED, *_IN_VAIN)))


@inlined
def follow_message(event: int, books: Any, account: Any, row: Any) -> None:
    """Note through which channel a contact goes, and how long an answer took."""
    if event in CONTACTS:
        account.channel = int(row.amount) if event != DIALLED else _PHONE
        account.elsewhere = event in (SET_OUT, CHAT_OPENED)
        if event != DIALLED:
            account.call = NOBODY
    elif event == GRANTED:
        if not account.in_call and books.terms.start <= row.time < books.terms.stop:
            books.sums.gestures_in_writing += row.amount
        return
    elif event == REPLIED:
        account.reads, account.waited = books.terms.start <= row.time < books.terms.stop, row.amount
    elif event == READ and account.reads:
        add_answer(channel_at(books.channels, int(row.amount)), account)
    if event in _OF_CHANNELS and books.terms.start <= row.time < books.terms.stop:
        which = int(row.amount) if event == NO_REPLY else account.channel  # he may have turned elsewhere since
        add_to_channel(event, channel_at(books.channels, which), account, row)


@inlined
def add_to_channel(event: int, its: Any, account: Any, row: Any) -> None:
    """Add a contact, or what has come of its wait, to the sums of its channel; calls are followed elsewhere."""
    if event in CONTACTS:
        its.contacts += 1.0
    elif event == NO_REPLY:
        its.unanswered += 1.0
    elif account.elsewhere and row.leg == 0:
        if event == ANSWERED:
            its.replies += 1.0
            its.waited += row.time - account.since
        else:
            its.unanswered += 1.0


@inlined
def add_answer(its: Any, account: Any) -> None:
    """Add an answer that has been read to the sums of the channel through which its message went."""
    account.reads = False
    its.replies += 1.0
    its.waited += account.waited


@inlined
def follow_beside(event: int, books: Any, journey: Any, row: Any) -> None:
    """Note what takes an agent's or the customer's time, or the firm's money, whatever the customer does meanwhile."""
    if event == WORKED_ON:
        add_busy(books, row.team, row.agent, row.time, row.time + row.amount)
    elif event == VISITED:
        journey.active_minutes += row.amount
        journey.beyond_minutes += row.amount
    elif books.terms.start <= row.time < books.terms.stop:
        if event == VISIT_BOOKED:
            books.sums.visits_eur += row.amount
        elif event == NEWS_SENT:
            books.sums.news_eur += row.amount
