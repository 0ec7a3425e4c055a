"""The smallest world: one team that solves everything, one reason, one segment, open day and night."""

from __future__ import annotations

import copy
from typing import Any

from sim.world import World

TINY: dict[str, Any] = {
    "name": "tiny",
    "about": "for tests",
    "time": {"warm_up": "0 min", "horizon": "1 d", "follow_up": "0 min"},
    "population": {
        "problems_per_day": 240,
        "reasons": {"any": {"share": 1.0}},
        "segments": {"all": {"share": 1.0, "value_of_time": 0, "outage_value": 0, "hours_of_use": 0}},
        "patience": "48 h",
        "again": {
            "persistence": 0.0,
            "after_blocked": "10 min",
            "after_abandoned": "10 min",
            "after_cut": "10 min",
            "after_dismissed": "10 min",
            "after_unsolved": "10 min",
        },
        "awake": "mon-sun 00:00-24:00",
    },
    "line": {"open": ["mon-sun 00:00-24:00"], "team": "front"},
    "tariff": {},
    "teams": {"front": {"staff": 5, "talk": "10 min", "wage": 0}},
    "levers": {
        "memory": {"identification": "0 s", "identification_again": "0 s", "explanation": "0 s"},
    },
}

MEMORYLESS = {"law": "exponential", "mean": 1}
"""A handling part that makes the talk exponential: the theory's usual law."""


def tiny_world(**changes: Any) -> World:
    """Return `TINY` with changes laid over it: tables are merged; reasons, segments, laws are replaced.

    Examples
    --------
    >>> tiny_world(teams={"front": {"staff": 2}}).teams["front"].talk
    10.0
    """
    return World.model_validate(merged(TINY, changes))


def merged(table: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Lay nested changes over a table; what has to be whole (shares that add up, laws) is replaced."""
    result = copy.deepcopy(table)
    for key, value in changes.items():
        old: Any = result.get(key)
        whole = key in ("reasons", "segments") or not isinstance(old, dict) or not isinstance(value, dict)
        whole = whole or "law" in value or "law" in old
        result[key] = copy.deepcopy(value) if whole else merged(old, value)
    return result
