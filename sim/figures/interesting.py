"""Whose life to draw: the customer in the middle, the one who gains most, or any by number."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from sim.asked import one_of
from sim.history.rows import History
from sim.measures import tables
from sim.measures.accounts.journeys import OPEN

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def interesting_customer(first: History, second: History, which: Literal["median", "worst"] | int = "median") -> int:
    """Choose a customer by his calls in the first world, and by what it costs him in effort beyond the second.

    Parameters
    ----------
    first, second : History
        Of the same customers.
    which : "median", "worst" or int
        Of all whose journeys ended in both worlds: a typical customer, who calls as often in the first world as the
        one in the middle, and among those who do has the middle of the efforts beyond, without those who came to the
        most attempts anyone makes, where there are others; the one whose effort beyond is the largest; or a customer
        by place.

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
    beyond = here["effort"] - there["effort"]
    if which == "worst":
        return int(here["customer"][ended][np.argsort(beyond[ended], kind="stable")[-1]])
    return int(here["customer"][_typical(here["calls"], beyond, ended, here["exhausted"] | there["exhausted"])])


def _typical(calls: Ints, beyond: Floats, ended: Bools, exhausted: Bools) -> int:
    """Return the row in the middle, by calls and then by effort beyond."""
    free = ended & ~exhausted
    among = np.flatnonzero(free if free.any() else ended)
    middle = np.sort(calls[among])[len(among) // 2]
    alike = among[calls[among] == middle]
    return int(alike[np.argsort(beyond[alike], kind="stable")[len(alike) // 2]])
