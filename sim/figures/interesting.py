"""Whose life to draw: the customer in the middle, the one who gains most, or any by number."""

from __future__ import annotations

from typing import Literal

import numpy as np

from sim.asked import one_of
from sim.history import History
from sim.measures import tables
from sim.measures.journeys import OPEN


def interesting_customer(first: History, second: History, which: Literal["median", "worst"] | int = "median") -> int:
    """Choose a customer by what the first world costs him in effort beyond the second.

    Parameters
    ----------
    first, second : History
        Of the same customers.
    which : "median", "worst" or int
        The customer in the middle of all whose journeys ended in both worlds; the one at the top; or a
        customer by place.

    Returns
    -------
    int
        The place in `Customers`.

    Raises
    ------
    ValueError
        If the histories are not of the same customers, no journey ended in both, or there is no such choice or place.
    """
    if first.customers.population != second.customers.population or len(first.customers) != len(second.customers):
        raise ValueError("these histories are not of the same customers")
    if not isinstance(which, str):
        return first.place_of(which, "which")
    one_of("which", which, ("median", "worst"))
    here, there = tables(first).journeys, tables(second).journeys
    ended = (here["status"] != OPEN) & (there["status"] != OPEN) & (here["calls"] > 0)
    if not ended.any():
        raise ValueError("no journey ended in both worlds: a longer follow-up is needed")
    beyond = (here["effort"] - there["effort"])[ended]
    order = np.argsort(beyond, kind="stable")
    chosen = order[len(order) // 2] if which == "median" else order[-1]
    return int(here["customer"][ended][chosen])
