"""Messages and cases, as the rows of their customers come: the channels, and what happens beside a customer."""

from __future__ import annotations

from typing import Any

from sim.history.codes import DIALLED, GRANTED, NEWS_SENT, NO_REPLY, REPLIED, SET_OUT, VISIT_BOOKED, VISITED, WORKED_ON
from sim.machine.compiling import Table, inlined
from sim.measures.accounts.account import NOBODY
from sim.measures.accounts.following.agents import add_busy
from sim.measures.rules.channels import CHANNEL_SUMS
from sim.measures.rules.counts import CONTACTS

channel_at = Table(CHANNEL_SUMS)
_PHONE = 0


@inlined
def follow_message(event: int, books: Any, account: Any, row: Any) -> None:
    """Note through which channel a contact goes, and how long an answer took."""
    if event in CONTACTS:
        account.channel = int(row.amount) if event != DIALLED else _PHONE
        account.elsewhere, account.public = event == SET_OUT, False
        if event != DIALLED:
            account.call = NOBODY
    elif event not in (REPLIED, NO_REPLY, GRANTED) or (event == GRANTED and account.in_call):
        return
    if not books.terms.start <= row.time < books.terms.stop:
        return
    if event == GRANTED:
        books.sums.gestures_in_writing += row.amount
        return
    its = channel_at(books.channels, account.channel)
    if event == REPLIED:
        its.replies += 1.0
        its.waited += row.amount
    elif event == NO_REPLY:
        its.unanswered += 1.0
    else:
        its.contacts += 1.0


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
