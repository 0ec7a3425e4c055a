"""Spells: the unbroken stretches of a customer's time in one activity of a call."""

from __future__ import annotations

import numpy as np

from sim.history import ACTIVITY_OF, Activity, History
from sim.measures.rows import Array

SPELL = np.dtype(
    [
        ("customer", np.int32),
        ("contact", np.int16),
        ("leg", np.int16),
        ("activity", np.int8),
        ("start", np.float64),
        ("end", np.float64),
    ]
)
"""One spell: customer is the place in `Customers`; start and end in min."""


def active_spells(history: History) -> Array:
    """Return the spells in which customers are on the telephone, in the order lived; one row of `SPELL` each.

    A spell lasts until the same customer's next row that begins an activity, or to the end of the run. Rows
    that follow each other in the same activity of the same leg are one spell (a briefing goes on with the
    transfer hold).
    """
    rows = history.rows
    activity = ACTIVITY_OF[rows["event"], (rows["leg"] > 0).astype(np.int8)]
    begins = rows[activity >= 0]
    activity = activity[activity >= 0]
    same_customer = begins["customer"][1:] == begins["customer"][:-1]
    end = np.full(len(begins), history.world.time.end)
    end[:-1][same_customer] = begins["time"][1:][same_customer]

    goes_on = same_customer & (activity[1:] == activity[:-1])
    for name in ("contact", "leg"):
        goes_on &= begins[name][1:] == begins[name][:-1]
    first = np.flatnonzero(np.concatenate(([True], ~goes_on))[: len(begins)])
    last = np.concatenate((first[1:] - 1, [len(begins) - 1]))[: len(first)]

    spells = np.empty(len(first), SPELL)
    for name in ("customer", "contact", "leg"):
        spells[name] = begins[name][first]
    spells["activity"], spells["start"], spells["end"] = activity[first], begins["time"][first], end[last]
    on_the_telephone = (spells["activity"] != Activity.AWAY) & (spells["activity"] != Activity.ENDED)
    kept: Array = spells[on_the_telephone]
    return kept
