"""Accounts and books: what is known so far of every customer and of the whole, reached from one record."""

from __future__ import annotations

import numpy as np

from sim.measures.accounts.journeys import LIVED
from sim.measures.accounts.terms import TERMS
from sim.measures.accounts.totals import SUMS

ACCOUNT = np.dtype(
    [
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
        ("counted", np.bool_),
        ("logged", np.bool_),
        ("elsewhere", np.bool_),
        ("lived", LIVED),
        ("hung_up", np.float64),
    ],
    align=True,
)
"""One customer so far. time: of his last row. since: when the spell of this activity, contact and leg began. call: the
place of his call, whether it goes on, and whether it counts (it was dialled in the horizon). answered: when this agent
of this team took him, and whether he is with him still. logged: the firm's log takes the last call, which ended when
he hung_up, for a resolution. elsewhere: he is at a desk, or in a chat. lived: the journey.

What nearly every row touches comes first, in one line of a processor's cache (64 bytes) with the minutes that `LIVED`
begins with; then the counts; then money and times that few rows touch.
"""

NOBODY = 0
"""The place of the call of who is in none: what is wrongly noted of it goes nowhere."""

BOOKS = np.dtype(
    [
        *(
            (name, np.int64)
            for name in (
                "accounts",
                "people",
                "calls",
                "legs",
                "spells",
                "worths",
                "teams",
                "timetables",
                "journeys",
            )
        ),
        *((f"{name}_made", np.int64) for name in ("calls", "legs", "spells", "worths")),
        ("room_for_calls", np.int64),
        ("levels", np.int64),
        ("given_back", np.int64),
        ("customers", np.int64),
        ("many_teams", np.int64),
        ("many_queues", np.int64),
        ("many_channels", np.int64),
        ("kinds", np.int64),
        ("counts", np.int64),
        ("key", np.int64, (2,)),
        ("agents", np.int64),
        ("keeps", np.bool_),
        ("terms", TERMS),
        ("sums", SUMS),
    ],
    align=True,
)
"""Where the tables stand (of accounts and people: the tables of their pages), how many rows of each have been made,
the terms and the sums. keeps: calls, legs, spells and worths are kept in their tables; otherwise there is one worth
for all, and the place of a call that has ended is given back and taken again. given_back: the last of these places,
which says in `customer` which one was given back before. The first place of the table of calls is `NOBODY`'s. counts:
1, and 0 for rows that only say that the run is over. journeys: the sums over journeys, a record for each page of
customers. key, agents: of the luck of agents, who are absent by it. levels: those of the service level, a record for
each day from that of the horizon's beginning on. kinds: of the channels.
"""
