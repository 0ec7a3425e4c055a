"""What is asked of a history once: its calls, legs and journeys as tables; every measure reads them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from sim.history import Activity, Event, History
from sim.measures.calls import CALL, answered, call_table
from sim.measures.journeys import JOURNEY, journey_table
from sim.measures.legs import busy_table, leg_table
from sim.measures.rows import Array, by_event
from sim.measures.spells import active_spells
from sim.measures.staff import AgentTime, agent_times
from sim.measures.toll import Tolls, bill
from sim.population import Customers
from sim.scenario import World
from sim.scenario.world import Tariff

if TYPE_CHECKING:
    import pandas as pd

FREE = Tariff()
"""No price at all."""


@dataclass(frozen=True)
class Tables:
    """One replication of one world, as tables.

    Attributes
    ----------
    calls : structured array of `sim.measures.calls.CALL`
        Every call of the run; those dialled in the horizon are `counted`.
    tolls : Tolls
        What each of the calls cost.
    legs : structured array of `sim.measures.legs.LEG`
        Every answered leg of the run.
    agents : dict of AgentTime
        The agents' time in the horizon, by team.
    journeys : structured array of `sim.measures.journeys.JOURNEY`
        The problems that appeared in the horizon, followed to their end.
    """

    world: World
    customers: Customers
    calls: Array
    tolls: Tolls
    legs: Array
    agents: dict[str, AgentTime]
    journeys: Array

    @property
    def start(self) -> float:
        """Beginning of the horizon (min)."""
        return self.world.time.warm_up

    @property
    def stop(self) -> float:
        """End of the horizon (min)."""
        return self.world.time.warm_up + self.world.time.horizon

    @cached_property
    def dialled(self) -> Array:
        """The calls dialled in the horizon."""
        calls: Array = self.calls[self.calls["counted"]]
        return calls

    @cached_property
    def answered(self) -> Array:
        """Those of them that an agent took."""
        calls: Array = self.dialled[answered(self.dialled)]
        return calls

    def frame(self, of: Literal["journeys", "calls"] = "journeys") -> pd.DataFrame:
        """Return a table as a tidy pandas frame, one row for each journey or call, names in place of codes.

        Times are in min from Monday 00:00 of the first week, durations in min (downtime in hours), money in
        EUR.
        """
        return self._frame_of_journeys() if of == "journeys" else self._frame_of_calls()

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
        columns["status"] = np.array(["open", "solved", "given up"])[self.journeys["status"]]
        frame = pd.DataFrame(columns)
        spent = frame["toll"] + frame["time_eur"] + frame["outage_eur"] + frame["repair"]
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


def tables(asked: History | Tables) -> Tables:
    """Make the tables of a history; tables already made are returned as they are.

    Another tariff, weight or value may be put on the same history: ``tables(replace(history, world=other))``
    reads the same life with the other world's prices (patience that reacts to price would need a new run).
    """
    if isinstance(asked, Tables):
        return asked
    said, spells = by_event(asked.rows), active_spells(asked)
    calls, places = call_table(asked, said, spells)
    tolls = bill(calls, FREE if asked.world.levers.price.free else asked.world.tariff)
    legs = leg_table(asked, said, places)
    agents = agent_times(asked.world, busy_table(legs, said[Event.RING_MISSED]))
    journeys = journey_table(asked, said, spells, calls, tolls)
    return Tables(asked.world, asked.customers, calls, tolls, legs, agents, journeys)


def reprice(asked: History | Tables, tariff: Tariff) -> Tolls:
    """Return what the calls of a run would cost under another tariff, a free number's too."""
    return bill(tables(asked).calls, tariff)
