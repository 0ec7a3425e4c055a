"""What must be true of every history, whatever the world: each truth yields what it finds wrong."""

from __future__ import annotations

from sim.history.rows import History
from tests.property.truths.agents import agents, rings
from tests.property.truths.calls import clock, hours, line_in_use
from tests.property.truths.journeys import attempts, journeys, marks, memory, passing_on, spans
from tests.property.truths.order import order
from tests.property.truths.queues import places, queues, takers

TRUTHS = (
    order,
    journeys,
    attempts,
    marks,
    agents,
    line_in_use,
    queues,
    takers,
    places,
    clock,
    hours,
    spans,
    memory,
    passing_on,
)


def falsehoods(history: History) -> list[str]:
    """Return everything that is wrong with a history (`rings` are asked apart); nothing, it is to be hoped."""
    return [f"{truth.__name__}: {what}" for truth in TRUTHS for what in truth(history)]


__all__ = ["TRUTHS", "falsehoods", "rings"]
