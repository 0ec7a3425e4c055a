"""Whose life to look at: a table of the customers, the one in the middle, the one who gains most, any by number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from sim.asked import one_of, place
from sim.history.rows import History
from sim.measures.accounts.journeys import OPEN
from sim.measures.accounts.tables import Tables, tables
from sim.units import HOUR

if TYPE_CHECKING:
    import pandas as pd

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Which = Literal["median", "worst", "least"]
WHICH: tuple[Which, ...] = get_args(Which)
"""What a customer can be called by, beside his number."""
FIGURES = ("calls", "active_minutes", "hold_minutes", "toll", "effort", "ces")
"""Of each world in the table of customers."""


def interesting_customer(
    first: History | Tables, second: History | Tables | None = None, which: Which | int = "median"
) -> int:
    """Choose a customer by his calls in the first world, and by what it costs him in effort beyond the second.

    Parameters
    ----------
    first, second : History or Tables
        Of the same customers. Without a second the efforts of the first count as they are.
    which : "median", "worst", "least" or int
        Of all whose journeys ended in both worlds: a typical customer, who calls as often in the first world as the
        one in the middle, and among those who do has the middle of the efforts beyond, without those who came to the
        most attempts anyone makes, where there are others; the one whose effort beyond is the largest; the one whose
        effort beyond is the least, who may have had it easier in the first; or a customer by place.

    Returns
    -------
    int
        The place in `Customers`.

    Raises
    ------
    ValueError
        If the histories are not of the same customers, no journey ended in both, or there is no such choice or place.
    """
    check_same_customers(first, *([] if second is None else [second]))
    if not isinstance(which, str):
        return place("which", which, len(first.customers), "customer")
    one_of("which", which, WHICH)
    here = tables(first).journeys
    there = here if second is None else tables(second).journeys
    ended = (here["status"] != OPEN) & (there["status"] != OPEN) & (here["calls"] > 0)
    if not ended.any():
        raise ValueError(f"no journey ended{'' if second is None else ' in both worlds'}: a longer follow-up is needed")
    beyond = here["effort"] - (0.0 if second is None else there["effort"])
    if which == "median":
        return int(here["customer"][_typical(here["calls"], beyond, ended, here["exhausted"] | there["exhausted"])])
    order = np.argsort(beyond[ended], kind="stable")
    return int(here["customer"][ended][order[-1 if which == "worst" else 0]])


def check_same_customers(*asked: History | Tables) -> None:
    """Refuse what is not of the same customers."""
    first = asked[0].customers
    for other in asked[1:]:
        its = other.customers
        if (
            first.population != its.population
            or len(first) != len(its)
            or (first.rows["number"].tobytes() != its.rows["number"].tobytes())
        ):
            raise ValueError("these histories are not of the same customers")


def _typical(calls: Ints, beyond: Floats, ended: Bools, exhausted: Bools) -> int:
    """Return the row in the middle, by calls and then by effort beyond."""
    free = ended & ~exhausted
    among = np.flatnonzero(free if free.any() else ended)
    middle = np.sort(calls[among])[len(among) // 2]
    alike = among[calls[among] == middle]
    return int(alike[np.argsort(beyond[alike], kind="stable")[len(alike) // 2]])


def customers_table(asked: History | Tables | Sequence[History | Tables]) -> pd.DataFrame:
    """Return the customers to choose from, with what each lived in every world: those measured.

    Parameters
    ----------
    asked : History, Tables, or sequence of them
        One of each world, of the same customers.

    Returns
    -------
    DataFrame
        A row for each problem that appeared in the horizon: ``customer`` (the place in `Customers`, which `sim.tell`
        and `journey_strip` take), ``problem`` (its number), ``reason``, ``segment``, ``appeared`` (min); then for each
        world, with ``_1``, ``_2``, ... for the first, the second: ``calls``, ``active_minutes`` and ``hold_minutes``
        (min), ``toll`` (EUR), ``effort`` (points), ``ces`` (1 to 5), ``status`` (solved, given up, open, prevented) and
        ``hours`` (from the appearance to the solution, NaN where there is none).

    Raises
    ------
    ValueError
        If there is none, or they are not of the same customers.
    """
    import pandas as pd

    several = [asked] if isinstance(asked, (History, Tables)) else list(asked)
    if not several:
        raise ValueError("asked is empty: it has to be one history at least")
    check_same_customers(*several)
    frames = [tables(one).frame("journeys") for one in several]
    columns: dict[str, Any] = {
        name: frames[0][name] for name in ("customer", "problem", "reason", "segment", "appeared")
    }
    for at, frame in enumerate(frames, 1):
        columns |= {f"{name}_{at}": frame[name] for name in (*FIGURES, "status")}
        columns[f"hours_{at}"] = (frame["solved_at"] - frame["appeared"]) / HOUR
    return pd.DataFrame(columns)
