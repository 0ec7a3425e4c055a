"""The table of legs: what each agent did, and for how long it kept him."""

from __future__ import annotations

import numpy as np

from sim.history import Event, History
from sim.measures.rows import Array, Places

LEG = np.dtype(
    [
        ("call", np.int64),
        ("customer", np.int32),
        ("contact", np.int16),
        ("leg", np.int16),
        ("team", np.int16),
        ("agent", np.int32),
        ("answered", np.float64),
        ("left", np.float64),
        ("after_call", np.float64),
    ]
)
"""One answered leg: call is the place in the table of calls; answered and left in min (the end of the run
where the customer is still with the agent); after_call in min.
"""

BUSY = np.dtype([("team", np.int16), ("agent", np.int32), ("start", np.float64), ("end", np.float64)])
"""A stretch of an agent's time: a leg with its after-call work, or a ring in vain (min)."""

_LEGS_AT_MOST = 1 << 15


def leg_table(history: History, said: dict[Event, Array], places: Places) -> Array:
    """Make the table of answered legs, by customer, contact and leg."""
    answered, left = said[Event.ANSWERED], said[Event.LEFT_AGENT]
    legs = np.zeros(len(answered), LEG)
    for name in ("customer", "contact", "leg", "team", "agent"):
        legs[name] = answered[name]
    legs["call"] = places.of(answered)
    legs["answered"], legs["left"] = answered["time"], history.world.time.end
    # Both stand by customer, contact and leg; a leg still going on has no row that ends it.
    key = legs["call"] * _LEGS_AT_MOST + legs["leg"]
    which = np.searchsorted(key, places.of(left) * _LEGS_AT_MOST + left["leg"])
    legs["left"][which], legs["after_call"][which] = left["time"], left["amount"]
    return legs


def busy_table(legs: Array, rung: Array) -> Array:
    """Return the stretches that keep agents: the legs, and the rings in vain (rows of RING_MISSED)."""
    busy = np.empty(len(legs) + len(rung), BUSY)
    for name in ("team", "agent"):
        busy[name] = np.concatenate((legs[name], rung[name]))
    busy["start"] = np.concatenate((legs["answered"], rung["time"]))
    busy["end"] = np.concatenate((legs["left"] + legs["after_call"], rung["time"] + rung["amount"]))
    return busy
