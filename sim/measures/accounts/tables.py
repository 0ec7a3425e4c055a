"""What is asked of a history: its totals; and, for who wants to look closer, its calls, legs and journeys as tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from sim.asked import one_of
from sim.history.rows import ROW, Activity, Event, History, check_rows
from sim.measures.accounts.fold import Fold, room_for
from sim.measures.accounts.journeys import COUNTED as IN_A_JOURNEY
from sim.measures.accounts.journeys import JOURNEY, LIVED, SOLVED, STATUS, SUMS, WORTH
from sim.measures.accounts.totals import Totals
from sim.measures.rules.calls import CALL
from sim.measures.rules.calls import COUNTED as IN_A_CALL
from sim.measures.rules.drift import Drift
from sim.measures.rules.staff import AgentTime
from sim.measures.rules.toll import Tolls, bill
from sim.people import Customers, same_bits
from sim.people.checks import check_kind, check_people, check_type
from sim.reading.border import check_block, check_world
from sim.world import Tariff, World

if TYPE_CHECKING:
    import pandas as pd

Array = npt.NDArray[Any]


@dataclass(frozen=True, eq=False)
class Tables:
    """One replication of one world, as tables. Two are equal when world, customers and every bit of the tables are.

    Attributes
    ----------
    calls : structured array of `sim.measures.rules.calls.CALL`
        Every call of the run; those dialled in the horizon are `counted`.
    tolls : Tolls
        What each of the calls cost.
    legs : structured array of `sim.measures.accounts.legs.LEG`
        Every answered leg of the run.
    spells : structured array of `sim.measures.accounts.spells.SPELL`
        Every spell on the telephone.
    journeys : structured array of `sim.measures.accounts.journeys.JOURNEY`
        The problems that appeared in the horizon, followed to their end.
    totals : Totals
        What all this comes to.
    """

    world: World
    customers: Customers
    calls: Array
    tolls: Tolls
    legs: Array
    spells: Array
    journeys: Array
    totals: Totals

    def __eq__(self, other: object) -> bool:
        """Say whether these are the same tables, to the bit."""
        return (
            isinstance(other, Tables)
            and self.world == other.world
            and self.customers == other.customers
            and self.tolls == other.tolls
            and same_bits(self._rows(), other._rows())
        )

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash((self.customers, *map(len, self._rows())))

    def _rows(self) -> tuple[Array, ...]:
        return self.calls, self.legs, self.spells, self.journeys

    @property
    def start(self) -> float:
        """Beginning of the horizon (min)."""
        return self.world.time.warm_up

    @property
    def stop(self) -> float:
        """End of the horizon (min)."""
        return self.world.time.warm_up + self.world.time.horizon

    @property
    def agents(self) -> dict[str, AgentTime]:
        """The agents' time in the horizon, by team."""
        return self.totals.agents

    @cached_property
    def dialled(self) -> Array:
        """The calls dialled in the horizon."""
        calls: Array = self.calls[self.calls["counted"]]
        return calls

    def frame(self, of: Literal["journeys", "calls", "legs", "spells"] = "journeys") -> pd.DataFrame:
        """Return a table as a tidy pandas frame, one row for each journey, call, ..., names in place of codes.

        Times are in min from Monday 00:00 of the first week, durations in min (downtime in hours), money in
        EUR.

        Raises
        ------
        ValueError
            If there is no such table.
        """
        frames = {
            "journeys": self._frame_of_journeys,
            "calls": self._frame_of_calls,
            "legs": self._frame_of_legs,
            "spells": self._frame_of_spells,
        }
        return frames[one_of("of", of, frames)]()

    def _frame_of_journeys(self) -> pd.DataFrame:
        import pandas as pd

        people, population = self.customers.rows[self.journeys["customer"]], self.world.population
        columns: dict[str, Any] = {
            "customer": self.journeys["customer"],
            "problem": people["number"],
            "reason": np.array(list(population.reasons))[people["reason"]],
            "segment": np.array(list(population.segments))[people["segment"]],
        }
        columns |= {name: self.journeys[name] for name in JOURNEY.names or ()}
        columns["status"] = np.array(STATUS)[self.journeys["status"]]
        frame = pd.DataFrame(columns)
        spent = frame["toll"] + frame["time_eur"] + frame["outage_eur"] + frame["repair"] + frame["advance_lost"]
        frame["customer_eur"] = spent - frame["gestures"]
        return frame.astype(dict.fromkeys(("reason", "segment", "status"), "category"))

    def _frame_of_calls(self) -> pd.DataFrame:
        import pandas as pd

        columns: dict[str, Any] = {
            "customer": self.calls["customer"],
            "problem": self.customers.rows["number"][self.calls["customer"]],
        }
        columns |= {name: self.calls[name] for name in CALL.names or () if name != "minutes"}
        for activity in Activity:
            if activity not in (Activity.AWAY, Activity.ENDED):
                columns[f"{activity.name.lower()}_minutes"] = self.calls["minutes"][:, activity]
        columns |= {"toll": self.tolls.total, "toll_of_hold": self.tolls.of_hold}
        return pd.DataFrame(columns)

    def _frame_of_legs(self) -> pd.DataFrame:
        frame = self._tidy(self.legs)
        teams = np.array(list(self.world.teams))
        frame["team"] = teams[self.legs["team"]]
        frame["served_minutes"] = frame["left"] - frame["answered"]
        return frame.astype({"team": "category"})

    def _frame_of_spells(self) -> pd.DataFrame:
        frame = self._tidy(self.spells)
        activities = np.array([activity.name.lower() for activity in Activity])
        frame["activity"] = activities[self.spells["activity"]]
        frame["minutes"] = frame["end"] - frame["start"]
        return frame.astype({"activity": "category"})

    def _tidy(self, rows: Array) -> pd.DataFrame:
        """Return rows of customers as a frame, with the number of the problem beside the customer."""
        import pandas as pd

        frame = pd.DataFrame({name: rows[name] for name in rows.dtype.names or ()})
        frame.insert(0, "customer", frame.pop("customer"))
        frame.insert(1, "problem", self.customers.rows["number"][rows["customer"]])
        return frame


Asked = History | Tables | Totals
"""Of what measures can be asked."""


def tables(asked: History | Tables) -> Tables:
    """Make the tables of a history; tables already made are returned as they are.

    Another tariff, weight or value may be put on the same history: ``tables(replace(history, world=other))``
    reads the same life with the other world's prices (patience that reacts to price would need a new run).

    Parameters
    ----------
    asked : History or Tables

    Returns
    -------
    Tables
        Of calls, problems and customers: times in minutes, money in EUR.

    Raises
    ------
    ValueError
        If world, customers or a row of the history cannot be; it says which.
    """
    if isinstance(asked, Tables):
        return asked
    if not isinstance(asked, History):
        raise ValueError(f"asked is {_kind(asked)}: it has to be a History, or the Tables of one")
    check_history(asked)
    check_rows(asked)
    world, people = asked.world, asked.customers.rows
    start, stop = world.time.warm_up, world.time.warm_up + world.time.horizon
    counted = (people["appeared"] >= start) & (people["appeared"] < stop)
    fold = Fold(world, asked.customers, room_for(asked.rows, int(counted.sum())))
    fold.follow(asked.rows)
    totals = fold.totals()
    calls = _counted(fold.kept("calls"), asked.rows)
    legs, spells = _in_order(fold.kept("legs"), "call"), _in_order(fold.kept("spells"), "customer")
    tolls = bill(calls, world.tariff_in_force())
    journeys = _journeys(np.flatnonzero(counted), people, fold)
    return Tables(world, asked.customers, calls, tolls, legs, spells, journeys, totals)


def _in_order(rows: Array, by: str) -> Array:
    """Put those that the end of the run has ended, and which therefore came last, where they belong."""
    return rows[np.argsort(rows[by], kind="stable")]


def _counted(calls: Array, rows: Array) -> Array:
    """Count what happened in each call, from the rows of the history that the calls were made of."""
    of = np.cumsum(rows["event"] == Event.DIALLED) - 1
    for name, events in IN_A_CALL.items():
        found = of[np.isin(rows["event"], events) & (of >= 0)]
        calls[name] = np.bincount(found, minlength=len(calls))
    return calls


def _journeys(counted: npt.NDArray[np.intp], people: Array, fold: Fold) -> Array:
    """Put the journeys of these customers together from what they lived and what follows from it."""
    lived = np.concatenate([np.zeros(0, LIVED), *(page["lived"] for _, page in fold.accounts.held())])[counted]
    worths = fold.kept("worths")
    journeys = np.zeros(len(counted), JOURNEY)
    journeys["customer"], journeys["appeared"] = counted, people["appeared"][counted]
    for name in ("status", "solved_at_first", "answered_calls", "long_holds", *SUMS):
        journeys[name] = lived[name]
    for name, events in IN_A_JOURNEY.items():
        journeys[name] = lived["counts"][:, events].sum(axis=1)
    journeys["exhausted"] = lived["counts"][:, Event.LIMIT_REACHED] > 0
    for name in WORTH.names or ():
        journeys[name] = worths[name]
    journeys["solved_at"] = np.where(lived["status"] == SOLVED, lived["ended"], np.nan)
    return journeys


def totals_of(asked: Asked) -> Totals:
    """Return the totals of a history or of its tables; totals are returned as they are.

    Raises
    ------
    ValueError
        As `tables`.
    """
    if isinstance(asked, Totals):
        return asked
    if isinstance(asked, Tables):
        return asked.totals
    if not isinstance(asked, History):
        raise ValueError(f"asked is {_kind(asked)}: it has to be a History, Tables or Totals")
    check_history(asked)
    fold = Fold(asked.world, asked.customers)
    fold.follow(asked.rows)
    return fold.totals()


def check_history(asked: History) -> None:
    """Look at the world, the customers and the type of the rows of a history.

    Raises
    ------
    ValueError
        If any of them cannot be.
    """
    check_world(asked.world)
    check_kind(asked.customers)
    check_people(asked.customers.rows, asked.world)
    check_type(asked.rows, ROW, "a history", "sim.history.rows.ROW")


def drift(asked: Asked) -> Drift:
    """Set the last third of the horizon against the middle one."""
    return totals_of(asked).drift


def reprice(asked: History | Tables, tariff: Tariff) -> Tolls:
    """Return what the calls of a run would cost under another tariff, a free number's too.

    Parameters
    ----------
    asked : History or Tables
    tariff : Tariff
        The ``tariff`` of a world: prices in EUR a minute and a call.

    Returns
    -------
    Tolls
        EUR by call: in all, of the hold, of the rest, and for the call itself.

    Raises
    ------
    ValueError
        If the tariff is none (it is the ``tariff`` of a world), or it or the history cannot be.
    """
    if not isinstance(tariff, Tariff):
        raise ValueError(f"tariff is {_kind(tariff)}: it has to be a Tariff, such as the tariff of a world")
    check_block(tariff)
    calls = tables(asked).calls
    check_type(calls, CALL, "calls", "sim.measures.rules.calls.CALL")
    if (calls["other_network"].view(np.uint8) > 1).any() or not np.isfinite(calls["dialled"]).all():
        raise ValueError("a call has no network, or was dialled at no time")
    return bill(calls, tariff)


def _kind(value: object) -> str:
    """Write a text as it is, and of anything else its kind."""
    return repr(value) if isinstance(value, str) else f"of the kind {type(value).__name__}"
