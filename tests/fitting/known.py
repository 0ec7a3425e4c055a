"""Worlds of known laws, whose logs are fitted."""

from __future__ import annotations

from functools import cache
from typing import Any

from sim.data.call_log import CallLog
from sim.engines import run
from sim.people import populate
from sim.world import World
from tests.fitting.bridge import log_of
from tests.worlds import tiny_world

HALF_HOURS = [2, 3, 4, 5, 6, 6, 5, 4, 3, 3, 4, 4, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 1, 1]
"""From 08:00 to 20:00."""


def known(**changes: Any) -> World:
    """Return a centre whose every law is told here: one team of twelve, open on weekdays and on Saturday mornings."""
    world: dict[str, Any] = {
        "name": "known",
        "time": {"warm_up": "0 d", "horizon": "84 d", "follow_up": "0 d"},
        "population": {
            "problems_per_day": 300,
            "profile": {
                "days": [1.2, 1, 1, 1, 1, 0.3, 0],
                "intervals": [0] * 16 + HALF_HOURS + [0] * 8,
                "sat": [0] * 18 + [1] * 8 + [0] * 22,
            },
            "busyness_day": 25,
            "busyness_interval": 15,
            "patience": {"law": "weibull", "scale": "6 min", "shape": 0.8},
            "handling": {"law": "lognormal", "mean": 1, "cv": 0.9},
            "again": {
                "persistence": 0.6,
                "after_abandoned": {"law": "lognormal", "mean": "30 min", "cv": 1.5},
                "after_unsolved": {"law": "exponential", "mean": "5 h"},
                "after_dismissed": {"law": "exponential", "mean": "1 h"},
            },
        },
        "line": {"open": ["mon-fri 08:00-20:00", "sat 09:00-13:00"], "balking": 0.05},
        "teams": {
            "front": {
                "staff": {"mon-fri 08:00-20:00": 9, "sat 09:00-13:00": 5},
                "talk": "8 min",
                "speed_cv": 0.2,
                "after_call": {"law": "gamma", "mean": "60 s", "shape": 2},
                "solve": {"plain": 0.75},
            }
        },
    }
    return tiny_world(**{**world, **changes})


@cache
def log_of_known(replication: int = 0) -> CallLog:
    """Return the log of twelve weeks of it."""
    world = known()
    return log_of(run(world, populate(world, seed=7, replication=replication)))
