"""What stories give figures of, customer by customer: days, contacts, promises, money."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.history.rows import Event, History
from sim.measures.accounts.journeys import SOLVED
from sim.measures.accounts.tables import tables
from sim.measures.rules.counts import CODES, CONTACTS, CUTS, TRANSFERS
from sim.people import difficulty_names
from sim.units import DAY, HOUR

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Lived:
    """The journeys of one replication, those of the problems that appeared in the horizon.

    Attributes
    ----------
    journeys : structured array of `sim.measures.accounts.journeys.JOURNEY`
    counts : array, shape (journeys, codes)
        How often each thing happened, by the code of its event.
    channels : array, shape (journeys,)
        Through how many different channels there were contacts.
    classes : tuple of str
        The names of the difficulty classes.
    difficulty : array of int, shape (journeys,)
        Of each problem, by their place.
    """

    journeys: npt.NDArray[np.void]
    counts: npt.NDArray[np.int64]
    channels: Floats
    classes: tuple[str, ...]
    difficulty: npt.NDArray[np.int16]

    @classmethod
    def of(cls, history: History) -> Lived:
        """Look at a history customer by customer."""
        journeys, rows, many = tables(history).journeys, history.rows, len(history.customers)
        counts = np.zeros((many, CODES), np.int64)
        np.add.at(counts, (rows["customer"], rows["event"]), 1)
        of = journeys["customer"]
        classes, difficulty = difficulty_names(history.world.population), history.customers.rows["difficulty"]
        return cls(journeys, counts[of], _channels(rows, many)[of], classes, difficulty[of])

    def times(self, *events: Event) -> Floats:
        """Return how often any of these happened to each."""
        return np.asarray(self.counts[:, list(events)].sum(axis=1), np.float64)

    def until_solved(self, unit: float) -> Floats:
        """Return how long each was without a solution; without end where there is none."""
        solved = self.journeys["status"] == SOLVED
        since = np.where(solved, self.journeys["solved_at"] - self.journeys["appeared"], np.inf)
        return np.asarray(since / unit, np.float64)


def _channels(rows: npt.NDArray[np.void], many: int) -> Floats:
    """Return through how many different channels each customer had contacts."""
    contacts = rows[np.isin(rows["event"], CONTACTS)]
    through = np.where(contacts["event"] == Event.DIALLED, 0, contacts["amount"]).astype(np.int64)
    pairs = np.unique(np.stack([contacts["customer"].astype(np.int64), through]), axis=1)
    return np.bincount(pairs[0], minlength=many).astype(np.float64)


@dataclass(frozen=True)
class Quantity:
    """One figure of a journey."""

    id: str
    unit: str
    definition: str
    of: Callable[[Lived], Floats]

    @property
    def label(self) -> str:
        """What it is called."""
        return _CALLED.get(self.id, self.id)


_CALLED = {
    "visits_to_desks": "visits to desks",
    "promises_broken": "promises broken",
    "promises_put_off": "promises put off",
    "cases_forgotten": "cases forgotten",
    "given_up": "given up",
    "repair_eur": "repair",
    "advance_lost_eur": "advance lost",
    "ces": "effort (CES)",
}
"""What those are called whose ids are no words."""


def _counted(id: str, unit: str, definition: str, *events: Event) -> Quantity:
    return Quantity(id, unit, definition, lambda lived: lived.times(*events))


def _column(id: str, unit: str, definition: str, name: str) -> Quantity:
    return Quantity(id, unit, definition, lambda lived: np.asarray(lived.journeys[name], np.float64))


_ALL: tuple[Quantity, ...] = (
    Quantity(
        "days",
        "d",
        "Days from the appearance to the true solution; of a problem without one, more than any number.",
        lambda lived: lived.until_solved(DAY),
    ),
    Quantity(
        "hours",
        "h",
        "Hours from the appearance to the true solution; of a problem without one, more than any number.",
        lambda lived: lived.until_solved(HOUR),
    ),
    _counted("contacts", "contacts", "Attempts to reach the firm through any channel.", *CONTACTS),
    _counted("calls", "calls", "Calls dialled.", Event.DIALLED),
    _counted("messages", "messages", "Messages written.", Event.WROTE),
    _counted("visits_to_desks", "visits", "Ways to a desk.", Event.SET_OUT),
    _counted("chats", "chats", "Chats opened.", Event.CHAT_OPENED),
    Quantity("channels", "channels", "Different channels used.", lambda lived: lived.channels),
    _counted("switches", "switches", "Contacts through another channel than the one before.", Event.SWITCHED),
    _counted("chases", "contacts", "Contacts to ask how the case stands.", Event.CHASED),
    _counted("unanswered", "messages", "Messages whose answer was waited for in vain.", Event.NO_REPLY),
    _counted(
        "promises_broken", "promises", "Dates that passed, or were put off.", Event.PROMISE_BROKEN, Event.PROMISE_RESET
    ),
    _counted("promises_put_off", "promises", "Dates that were put off.", Event.PROMISE_RESET),
    _counted("cases_forgotten", "cases", "Cases that nobody had registered.", Event.CASE_FORGOTTEN),
    _counted("technicians", "visits", "Visits of a technician.", Event.VISITED),
    _counted("news", "messages", "What the firm told by itself.", Event.NEWS_SENT),
    _counted("transfers", "transfers", "Live transfers.", *TRANSFERS),
    _counted("identifications", "times", "Times one had to say who one is.", Event.IDENTIFYING),
    _counted("cuts", "cuts", "Calls that were broken off.", *CUTS),
    _counted("repairs", "repairs", "Repairs at one's own cost.", Event.REPAIRED),
    _counted("given_up", "times", "1 where the customer gave up, else 0.", Event.GAVE_UP),
    _column("minutes", "min", "Active time of the customer.", "active_minutes"),
    _column("toll", "EUR", "What the telephone network was paid.", "toll"),
    _column("repair_eur", "EUR", "What a repair of one's own cost.", "repair"),
    _column("advance_lost_eur", "EUR", "Money advanced that is lost, one's own deadline over.", "advance_lost"),
    _column("ces", "1 to 5", "Effort, 1 very low to 5.", "ces"),
)

QUANTITIES: dict[str, Quantity] = {quantity.id: quantity for quantity in _ALL}
"""What stories give figures of, by id."""


def values_of(lived: Lived, id: str) -> Floats:
    """Return one figure of every journey."""
    values: Any = QUANTITIES[id].of(lived)
    return np.asarray(values, np.float64)
