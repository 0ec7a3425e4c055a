"""The journey of a customer, as his rows come."""

from __future__ import annotations

from typing import Any

from sim.history.codes import GAVE_UP, GRANTED, PREVENTED, RECURRED, REPAIRED, SOLVED
from sim.machine.compiling import inlined
from sim.measures.accounts import journeys


@inlined
def follow_journey(event: int, journey: Any, row: Any, terms: Any) -> None:
    """Note how a journey ends, and what money passes beside the toll."""
    if event == SOLVED:
        journeys.solve(journey, row.time, row.contact)
    elif event == GRANTED:
        journey.gestures += row.amount
    elif event == GAVE_UP:
        journeys.give_up(journey, row.time + terms.lives_with_it)
    elif event == PREVENTED:
        journeys.prevent(journey, row.time)
    elif event == REPAIRED:
        journeys.repair(journey, row.time, row.amount)
    elif event == RECURRED:
        journeys.recur(journey, row.time)
