"""Messages and cases, as the rows of their customers come, and what happens beside a customer."""

from __future__ import annotations

from typing import Any

from sim.history.codes import (
    CHAT_OPENED,
    DIALLED,
    GRANTED,
    NEWS_SENT,
    SET_OUT,
    VISIT_BOOKED,
    VISITED,
    WORKED_ON,
)
from sim.machine.compiling import inlined
from sim.measures.accounts.account import NOBODY
from sim.measures.accounts.following.agents import add_busy
from sim.measures.rules.counts import CONTACTS


@inlined
def follow_message(event: int, books: Any, account: Any, row: Any) -> None:
    """Note which kind of contact begins, and what is granted in writing."""
    if event in CONTACTS:
        account.elsewhere = event in (SET_OUT, CHAT_OPENED)
        if event != DIALLED:
            account.call = NOBODY
    elif event == GRANTED and not account.in_call and books.terms.start <= row.time < books.terms.stop:
        books.sums.gestures_in_writing += row.amount


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
