"""Worlds of known laws, whose logs are fitted."""

from __future__ import annotations

from functools import cache
from typing import Any

from sim.data.call_log import CallLog
from sim.engines import run
from sim.people import populate
from sim.world import World
from tests.fitting.bridge import log_of
from tests.worlds import merged, tiny_world

HALF_HOURS = [2, 3, 4, 5, 6, 6, 5, 4, 3, 3, 4, 4, 5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 1, 1]
"""From 08:00 to 20:00."""


KNOWN: dict[str, Any] = {
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
"""A centre whose every law is told here: one team, open on weekdays and on Saturday mornings."""


def known(**changes: Any) -> World:
    """Return that centre, with some blocks in place of its own."""
    return tiny_world(**{**KNOWN, **changes})


@cache
def log_of_known(replication: int = 0) -> CallLog:
    """Return the log of twelve weeks of it."""
    world = known()
    return log_of(run(world, populate(world, seed=7, replication=replication)))


@cache
def log_of_hangups(replication: int = 0) -> CallLog:
    """Return the log of agents of whom one service in ten ends by their hanging up within ten seconds."""
    people = {
        "patience": {"law": "exponential", "mean": "4 min"},
        "handling": {"law": "gamma", "mean": 1, "shape": 2.0},
        "again": {"after_cut": {"law": "exponential", "mean": "15 min"}},
    }
    world = known(levers={"time": {"hangup": 0.1, "hangup_within": "10 s"}, "memory": NO_QUESTIONS}, **over(people))
    return log_of(run(world, populate(world, seed=8, replication=replication)))


@cache
def log_of_two_queues(replication: int = 0) -> CallLog:
    """Return the log of sales, who pass one call in five on, and of care, who solve what they get."""
    reasons = {"buy": {"share": 0.7}, "ask": {"share": 0.3}}
    team = {"speed_cv": 0.15, "wage": 0, "solve": {"plain": 0.75}}
    hours = "mon-fri 08:00-20:00"
    world = known(
        **over({"reasons": reasons}),
        line={"open": ["mon-fri 08:00-20:00", "sat 09:00-13:00"], "team": "sales", "routes": {"ask": "care"}},
        teams={
            "sales": {**team, "staff": {hours: 10, "sat 09:00-13:00": 5}, "talk": "5 min", "competent": 0.8},
            "care": {**team, "staff": {hours: 8, "sat 09:00-13:00": 4}, "talk": "9 min"},
        },
        paths={"on": {"from": "sales", "to": "care", "when": "wrong_person"}},
    )
    return log_of(run(world, populate(world, seed=9, replication=replication)))


NO_QUESTIONS = {"identification": "0 s", "identification_again": "0 s", "explanation": "0 s"}


def over(people: dict[str, Any]) -> dict[str, Any]:
    """Return the population of the known world with some of it changed."""
    return {"population": merged(KNOWN["population"], people)}
