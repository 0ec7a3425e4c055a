"""A world in which cases are opened, and how soon one asks how they stand, set by hand."""

from __future__ import annotations

import math
from typing import Any

from sim.world import World
from tests.by_hand import PLAIN
from tests.worlds import merged

CASED: dict[str, Any] = merged(
    PLAIN,
    {
        "name": "cased",
        "teams": {
            "front": {"solve": {"plain": 0.0}},
            "experts": {"staff": 1, "talk": "20 min", "wage": 0, "solve": {"plain": 1.0}},
        },
        "paths": {"up": {"from": "front", "to": "experts", "when": "unsolved", "by": "ticket", "case": "repair"}},
        "cases": {"repair": {"steps": {"look": {"team": "experts"}}}},
    },
)
"""The front solves nothing and opens a case, at 13, on which one expert works for 20 min."""
ONCE = {"again": {"most_attempts": 1}}
CALLS = """
    0   appeared dialled picked_up queued answered identifying
    1   explaining
    3   talking
    13  ticketed left_agent call_ended
"""


def cased(**changes: Any) -> World:
    """Return this world with changes laid over it; the steps of a case are replaced as a whole."""
    written = merged(CASED, changes)
    for name, case in changes.get("cases", {}).items():
        written["cases"][name]["steps"] = case.get("steps", written["cases"][name]["steps"])
    return World.model_validate(written)


def steps(**each: Any) -> dict[str, Any]:
    """Return a case with these steps; what is to look at is for the experts."""
    team = {"look": {"team": "experts"}}
    return {"repair": {"steps": {name: {**team.get(name, {}), **step} for name, step in each.items()}}}


def rounds(many: int, **each: Any) -> dict[str, Any]:
    """Return such a case that goes through its steps so often."""
    return merged(steps(**each), {"repair": {"rounds": many}})


def hours(**rates: float) -> dict[str, float]:
    """Return the rates of asking, given as contacts an hour, as a world says them: a day; of none nobody asks."""
    names = ("without_date", "before_date", "after_broken", "informed")
    return {name: 24.0 * rates.get(name, 0.0) for name in names}


def asks_after(lived_through: float) -> float:
    """Return the luck with which one asks once one has lived through so much of the rate: a contact an hour, for an
    hour, is 1.

    Examples
    --------
    >>> -math.log(1 - asks_after(2.0))
    2.0
    """
    return -math.expm1(-lived_through)
