"""Worlds of known values, and the monthly reports that they would send."""

from __future__ import annotations

from typing import Any

import sim
from tests.worlds import MEMORYLESS, tiny_world


def one_team(**changes: Any) -> sim.World:
    """Return a centre of one team, a little too small: callers hang up, redial, and call again unsolved."""
    return tiny_world(
        name="one team",
        time={"warm_up": "7 d", "horizon": "28 d", "follow_up": "14 d"},
        population={
            "problems_per_day": 330,
            "handling": MEMORYLESS,
            "patience": {"law": "exponential", "mean": "6 min"},
            "again": {
                "persistence": 0.7,
                "after_abandoned": {"law": "exponential", "mean": "60 min"},
                "after_unsolved": {"law": "exponential", "mean": "10 h"},
            },
            **changes,
        },
        teams={"front": {"staff": 4, "talk": "9 min", "solve": {"plain": 0.6}}},
    )


def report_of(world: sim.World, *, seed: int) -> dict[str, Any]:
    """Return the report of one month of a world, in the digits that reports have."""
    lived = sim.replicate(world, replications=1, seed=seed, workers=1)

    def mean(id: str) -> float:
        value = lived.estimate(id).mean
        assert value is not None
        return value

    days = world.time.horizon / 1440
    calls = mean("calls_per_day") * days
    return {
        "days": days,
        "offered": round(calls),
        "answered": round(calls * mean("answered_share")),
        "abandoned": round(calls * mean("abandoned_share")),
        "service_level": f"{100 * mean('service_level'):.1f} %",
        "service_level_within": f"{60 * world.service_level.within:.0f} s",
        "service_level_definition": world.service_level.definition,
        "speed_of_answer": f"{60 * mean('speed_of_answer'):.0f} s",
        "handling_time": f"{60 * mean('handling_minutes_per_call'):.0f} s",
        "repeats": f"{100 * (1 - mean('first_call_resolution_logged')):.1f} %",
        "first_contact_resolution": f"{100 * mean('first_contact_resolution'):.1f} %",
    }
