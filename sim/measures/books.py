"""The books of a fold: what is known so far of every customer and of the whole, reached from one record."""

from __future__ import annotations

import numpy as np

from sim.measures.journeys import LIVED
from sim.measures.terms import TERMS
from sim.measures.totals import SUMS

ACCOUNT = np.dtype(
    [
        ("lived", LIVED),
        ("time", np.float64),
        ("since", np.float64),
        ("answered", np.float64),
        ("call", np.int32),
        ("agent", np.int32),
        ("contact", np.int16),
        ("team", np.int16),
        ("leg", np.int8),
        ("activity", np.int8),
        ("in_call", np.bool_),
        ("with_agent", np.bool_),
    ],
    align=True,
)
"""One customer so far: the journey; the place of his call in the table of calls, and whether it goes on; when his last
row was; the spell (activity, contact, leg, since when); who has answered the leg and when, and whether that goes on.
"""

BOOKS = np.dtype(
    [
        *(
            (name, np.int64)
            for name in ("accounts", "people", "calls", "legs", "spells", "worths", "teams", "timetables")
        ),
        *((f"{name}_made", np.int64) for name in ("calls", "legs", "spells", "worths")),
        ("customers", np.int64),
        ("many_teams", np.int64),
        ("keeps", np.bool_),
        ("terms", TERMS),
        ("sums", SUMS),
    ],
    align=True,
)
"""Where the tables stand, how many rows of each have been made, the terms and the sums. keeps: calls, legs, spells and
worths are kept in their tables; otherwise each customer has one call, which the next one replaces, and there is
one worth for all.
"""
