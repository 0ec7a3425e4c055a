"""Rules asked of every row of a table of calls, compiled."""

from __future__ import annotations

from typing import Any

from sim.compiling import entry
from sim.measures.levels import in_service
from sim.measures.meter import bill_call


@entry
def bill_each(calls: Any, tariff: Any, of_hold: Any, of_rest: Any, per_call: Any) -> None:
    """Bill each call."""
    for place in range(len(calls)):
        of_hold[place], of_rest[place], per_call[place] = bill_call(calls[place], tariff[0])


@entry
def judge_each(calls: Any, definition: int, within: float, above: Any, below: Any) -> None:
    """Say of each call whether it counts for the service level."""
    for place in range(len(calls)):
        above[place], below[place] = in_service(calls[place], definition, within)
