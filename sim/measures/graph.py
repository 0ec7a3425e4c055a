"""The graph of journeys as observed: what followed what, how often, and after how long."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from sim.asked import one_of
from sim.history.rows import ACTIVITY_OF, Activity, Event, History
from sim.measures.rules.counts import CONTACTS

Of = Literal["contacts", "activities"]
Ints = npt.NDArray[np.int64]
_CASE = (Event.CASE_OPENED, Event.CASE_FORGOTTEN)
_NAMED = {
    Event.APPEARED: "appeared",
    Event.SOLVED: "solved",
    Event.GAVE_UP: "gave up",
    Event.PREVENTED: "prevented",
    Event.DROPPED: "dropped",
}
CASE = "case"
"""What it is called while the firm works on a case, or should."""


class Graph(NamedTuple):
    """The steps of the journeys of one replication.

    Attributes
    ----------
    names : tuple of str
        Of what follows one another.
    times : array, shape (names, names)
        How often the second followed the first.
    journeys : array, shape (names, names)
        In how many journeys it did at all.
    minutes : array, shape (names, names)
        From the beginning of the first to that of the second, in all (min).
    problems : int
        Journeys looked at: those of the problems that appeared in the horizon.
    """

    names: tuple[str, ...]
    times: npt.NDArray[np.float64]
    journeys: npt.NDArray[np.float64]
    minutes: npt.NDArray[np.float64]
    problems: int


def graph_of(history: History, of: Of = "contacts") -> Graph:
    """Return the graph of the journeys of one history.

    Parameters
    ----------
    of : "contacts" or "activities"
        Contacts by channel, cases and ends; or what the customer was doing, spell by spell.

    Raises
    ------
    ValueError
        If there is no such graph.
    """
    one_of("of", of, get_args(Of))
    names, codes = _contacts(history) if of == "contacts" else _activities(history)
    rows, time = history.rows, history.world.time
    appeared = history.customers.rows["appeared"]
    measured = (appeared >= time.warm_up) & (appeared < time.warm_up + time.horizon)
    kept = np.flatnonzero((codes >= 0) & measured[rows["customer"]])
    whose, code, at = rows["customer"][kept], codes[kept], rows["time"][kept]
    if of == "activities" and len(kept):
        first = np.ones(len(kept), np.bool_)
        first[1:] = (whose[1:] != whose[:-1]) | (code[1:] != code[:-1])
        whose, code, at = whose[first], code[first], at[first]
    follows = whose[1:] == whose[:-1]
    before, after, customer = code[:-1][follows], code[1:][follows], whose[1:][follows]
    many = len(names)
    edge = before * many + after
    times = np.bincount(edge, minlength=many * many).astype(np.float64)
    minutes = np.asarray(np.bincount(edge, weights=(at[1:] - at[:-1])[follows], minlength=many * many), np.float64)
    pairs = np.unique(np.stack([customer.astype(np.int64), edge]), axis=1)
    journeys = np.bincount(pairs[1], minlength=many * many).astype(np.float64)
    shape = (many, many)
    return Graph(names, times.reshape(shape), journeys.reshape(shape), minutes.reshape(shape), int(measured.sum()))


def _contacts(history: History) -> tuple[tuple[str, ...], Ints]:
    """Return the names of contacts, cases and ends, and which of them each row begins (-1 for none)."""
    channels, rows = history.world.channel_names(), history.rows
    names = (*channels, CASE, *_NAMED.values())
    codes = np.full(len(rows), -1, np.int64)
    for event in CONTACTS:
        those = rows["event"] == event
        codes[those] = 0 if event == Event.DIALLED else rows["amount"][those].astype(np.int64)
    codes[np.isin(rows["event"], _CASE)] = len(channels)
    for place, event in enumerate(_NAMED, len(channels) + 1):
        codes[rows["event"] == event] = place
    codes[1:][rows["event"][:-1] == Event.DROPPED] = -1  # that he has given up then is the same end
    return names, codes


def _activities(history: History) -> tuple[tuple[str, ...], Ints]:
    """Return the names of the activities, and which each row begins."""
    rows = history.rows
    names = tuple(activity.name.lower().replace("_", " ") for activity in Activity)
    return names, ACTIVITY_OF[rows["event"], (rows["leg"] > 0).astype(int)].astype(np.int64)
