"""The table of journeys: one row for every problem that appeared in the horizon, followed to its end."""

from __future__ import annotations

import numpy as np

from sim.history import Activity, Event, History
from sim.measures.calls import answered
from sim.measures.effort import ces, effort_index
from sim.measures.loyalty import disloyal, leaves, speaks_ill
from sim.measures.rows import Array
from sim.measures.toll import Tolls
from sim.scenario import World
from sim.units import DAY, HOUR

OPEN, SOLVED, GIVEN_UP = range(3)
"""How a journey stands at the end of the run."""

COUNTS = (
    "calls",
    "answered_calls",
    "identifications",
    "explanations",
    "cold_transfers",
    "warm_transfers",
    "tickets",
    "cuts",
    "contradictions",
    "wrong_pitches",
    "long_holds",
)
AMOUNTS = (
    "active_minutes",
    "hold_minutes",
    "downtime_hours",
    "toll",
    "time_eur",
    "outage_eur",
    "repair",
    "gestures",
    "effort",
    "ces",
    "disloyal",
    "leaves",
    "speaks_ill",
    "lost_margin",
)
JOURNEY = np.dtype(
    [
        ("customer", np.int32),
        ("appeared", np.float64),
        ("status", np.int8),
        ("solved_at", np.float64),
        ("solved_at_first", np.bool_),
        ("exhausted", np.bool_),
        *((name, np.int32) for name in COUNTS),
        *((name, np.float64) for name in AMOUNTS),
    ]
)
"""One journey: customer is the place in `Customers`; times in min (NaN where not solved), amounts in EUR,
`disloyal`, `leaves` and `speaks_ill` probabilities. cuts: calls cut by the clock or by an agent. tickets:
cases taken in writing. exhausted: came to the most attempts anyone makes.
"""

_HOLDS = (Activity.HOLD, Activity.TRANSFER_HOLD, Activity.APPROVAL_HOLD)


def journey_table(history: History, said: dict[Event, Array], spells: Array, calls: Array, tolls: Tolls) -> Array:
    """Make the table of the journeys measured, in the order in which the problems appeared."""
    many, world, people = len(history.customers), history.world, history.customers.rows
    journeys = np.zeros(many, JOURNEY)
    journeys["customer"], journeys["appeared"] = np.arange(many), people["appeared"]
    _note_ends(journeys, said)
    _count(journeys, said, calls)
    _add_up(journeys, world, said, spells, calls, tolls)
    time = world.time
    counted = (people["appeared"] >= time.warm_up) & (people["appeared"] < time.warm_up + time.horizon)
    journeys, people = journeys[counted], people[counted]
    _value(journeys, people)
    _judge(journeys, world, people)
    return journeys


def _note_ends(journeys: Array, said: dict[Event, Array]) -> None:
    journeys["solved_at"] = np.nan
    journeys["status"][said[Event.GAVE_UP]["customer"]] = GIVEN_UP
    solved = said[Event.SOLVED]
    journeys["status"][solved["customer"]] = SOLVED
    journeys["solved_at"][solved["customer"]] = solved["time"]
    journeys["solved_at_first"][solved["customer"]] = solved["contact"] == 0
    journeys["exhausted"][said[Event.LIMIT_REACHED]["customer"]] = True


def _count(journeys: Array, said: dict[Event, Array], calls: Array) -> None:
    many = len(journeys)
    events = {
        "calls": Event.DIALLED,
        "identifications": Event.IDENTIFYING,
        "explanations": Event.EXPLAINING,
        "cold_transfers": Event.TRANSFERRED_COLD,
        "warm_transfers": Event.TRANSFERRED_WARM,
        "tickets": Event.TICKETED,
        "contradictions": Event.CONTRADICTED,
        "wrong_pitches": Event.WRONG_PITCH,
    }
    for name, event in events.items():
        journeys[name] = np.bincount(said[event]["customer"], minlength=many)
    journeys["cuts"] = np.bincount(calls["customer"][calls["cut"]], minlength=many)
    journeys["answered_calls"] = np.bincount(calls["customer"][answered(calls)], minlength=many)


def _add_up(journeys: Array, world: World, said: dict[Event, Array], spells: Array, calls: Array, tolls: Tolls) -> None:
    many = len(journeys)
    lasted = spells["end"] - spells["start"]
    in_hold = np.isin(spells["activity"], _HOLDS)
    waits = in_hold | (spells["activity"] == Activity.MENU)
    long = in_hold & (lasted > world.effort.long_hold_after)
    journeys["long_holds"] = np.bincount(spells["customer"][long], minlength=many)
    granted, repaired = said[Event.GRANTED], said[Event.REPAIRED]
    sums = {
        "active_minutes": (spells["customer"], lasted),
        "hold_minutes": (spells["customer"][waits], lasted[waits]),
        "toll": (calls["customer"], tolls.total),
        "gestures": (granted["customer"], granted["amount"]),
        "repair": (repaired["customer"], repaired["amount"]),
    }
    for name, (customer, amount) in sums.items():
        journeys[name] = np.bincount(customer, weights=amount, minlength=many)
    restored = np.full(many, world.time.end)
    gave_up = said[Event.GAVE_UP]
    restored[gave_up["customer"]] = gave_up["time"] + world.population.again.lives_with_it
    restored[repaired["customer"]] = repaired["time"]
    restored = np.where(np.isnan(journeys["solved_at"]), restored, journeys["solved_at"])
    journeys["downtime_hours"] = (restored - journeys["appeared"]) / HOUR


def _value(journeys: Array, people: Array) -> None:
    """Put a price on the customer's time and on the outage, never on the same hour twice."""
    active_hours = journeys["active_minutes"] / HOUR
    journeys["time_eur"] = active_hours * people["value_of_time"]
    missed_use = journeys["downtime_hours"] * people["hours_of_use"] / (DAY / HOUR)
    journeys["outage_eur"] = np.maximum(missed_use - active_hours, 0) * people["outage_value"] * people["severity"]


def _judge(journeys: Array, world: World, people: Array) -> None:
    """Say what the journey's effort does to loyalty, and what that costs the firm."""
    loyalty = world.loyalty
    journeys["effort"] = effort_index(journeys, world.effort, world.levers.follow_through.owned)
    journeys["ces"] = ces(journeys["effort"])
    journeys["disloyal"] = disloyal(journeys["ces"])
    journeys["leaves"] = leaves(journeys["ces"], people["lock_in"], loyalty)
    journeys["speaks_ill"] = speaks_ill(journeys["ces"])
    margin_lost = (journeys["leaves"] - loyalty.base_churn) * people["worth"] * loyalty.years_lost
    not_won = journeys["speaks_ill"] * loyalty.people_told * loyalty.lost_per_told * loyalty.acquisition
    journeys["lost_margin"] = margin_lost + not_won
