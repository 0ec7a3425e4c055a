"""The journey of a customer, as his rows come."""

from __future__ import annotations

from typing import Any

from sim.history.codes import GAVE_UP, GRANTED, PREVENTED, RECURRED, REPAIRED, SOLVED
from sim.machine.compiling import inlined
from sim.measures.accounts import journeys
from sim.measures.accounts.following.calls import person_of


@inlined
def follow_journey(event: int, journey: Any, row: Any, books: Any) -> None:
    """Note how a journey ends, and what money passes beside the toll."""
    if event == SOLVED:
        journeys.solve(journey, row.time, row.contact)
    elif event == GRANTED:
        journey.gestures += row.amount
    elif event == GAVE_UP:
        journeys.give_up(journey, row.time + books.terms.lives_with_it)
    elif event == PREVENTED:
        journeys.prevent(journey, row.time)
    elif event == REPAIRED:
        journeys.repair(journey, row.time, row.amount)
    elif event == RECURRED:
        journeys.recur(journey, person_of(books, row.customer), books.terms, row.time)
