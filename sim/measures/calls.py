"""The table of calls: one row for every dialled attempt."""

from __future__ import annotations

import numpy as np

from sim.history import Activity, Event, History
from sim.measures.rows import Array, Places

CALL = np.dtype(
    [
        ("customer", np.int32),
        ("contact", np.int16),
        ("dialled", np.float64),
        ("picked_up", np.float64),
        ("queued", np.float64),
        ("answered", np.float64),
        ("ended", np.float64),
        ("wait", np.float64),
        ("minutes", np.float64, (len(Activity),)),
        ("blocked", np.bool_),
        ("abandoned", np.bool_),
        ("dismissed", np.bool_),
        ("cut", np.bool_),
        ("call_back", np.bool_),
        ("solved", np.bool_),
        ("other_network", np.bool_),
        ("identifications", np.int32),
        ("explanations", np.int32),
        ("transfers", np.int32),
        ("gestures", np.float64),
        ("counted", np.bool_),
    ]
)
"""One call. Times in min, NaN where it did not come to that (answered: by the first agent); ended: the end of
the run for a call still going on. wait: from the first queue to the first agent, or to the end of the call
for the others, a ring waited for included (min). minutes: by `Activity`. cut: by the clock or by an agent who
hung up. abandoned: balked and called back in vain included. gestures: granted in it (EUR). counted: dialled
in the horizon.
"""


def call_table(history: History, said: dict[Event, Array], spells: Array) -> tuple[Array, Places]:
    """Make the table of calls, by customer and contact, and say where in it a row's call stands."""
    dialled = said[Event.DIALLED]
    places = Places(dialled, len(history.customers))
    calls = np.zeros(len(dialled), CALL)
    for name in ("customer", "contact"):
        calls[name] = dialled[name]
    calls["dialled"] = dialled["time"]
    calls["other_network"] = history.customers.rows["other_network"][dialled["customer"]]
    length = len(Activity)
    calls["minutes"] = np.bincount(
        places.of(spells) * length + spells["activity"],
        weights=spells["end"] - spells["start"],
        minlength=length * len(calls),
    ).reshape(-1, length)
    _note_times(calls, said, places, history.world.time.end)
    _note_outcomes(calls, said, places)
    calls["identifications"] = places.count(said[Event.IDENTIFYING])
    calls["explanations"] = places.count(said[Event.EXPLAINING])
    calls["transfers"] = places.count(said[Event.TRANSFERRED_COLD]) + places.count(said[Event.TRANSFERRED_WARM])
    calls["gestures"] = places.total(said[Event.GRANTED], said[Event.GRANTED]["amount"])
    time = history.world.time
    calls["counted"] = (calls["dialled"] >= time.warm_up) & (calls["dialled"] < time.warm_up + time.horizon)
    return calls, places


def _note_times(calls: Array, said: dict[Event, Array], places: Places, end: float) -> None:
    for name, event in (
        ("picked_up", Event.PICKED_UP),
        ("queued", Event.QUEUED),
        ("answered", Event.ANSWERED),
    ):
        first = said[event][said[event]["leg"] == 0]
        calls[name] = np.nan
        calls[name][places.of(first)] = first["time"]
    calls["ended"] = end
    for event in (Event.BLOCKED, Event.CALL_ENDED):
        calls["ended"][places.of(said[event])] = said[event]["time"]
    reached = np.where(np.isnan(calls["answered"]), calls["ended"], calls["answered"])
    calls["wait"] = reached - calls["queued"]


def _note_outcomes(calls: Array, said: dict[Event, Array], places: Places) -> None:
    outcomes = {
        "blocked": (Event.BLOCKED,),
        "abandoned": (Event.ABANDONED, Event.BALKED),
        "dismissed": (Event.DISMISSED,),
        "cut": (Event.CUT, Event.HUNG_UP),
        "call_back": (Event.CALL_BACK_TAKEN,),
        "solved": (Event.SOLVED,),
    }
    for name, events in outcomes.items():
        for event in events:
            calls[name][places.of(said[event])] = True


def answered(calls: Array) -> Array:
    """Say of each call whether an agent took it."""
    taken: Array = ~np.isnan(calls["answered"])
    return taken


def hold_minutes(calls: Array) -> Array:
    """Return each call's minutes on the line before the first agent: menu and first hold."""
    minutes: Array = calls["minutes"]
    return minutes[:, Activity.MENU] + minutes[:, Activity.HOLD]


def minutes_after_answer(calls: Array) -> Array:
    """Return each call's minutes from the first agent on: his questions, the talk and the later holds."""
    minutes: Array = calls["minutes"]
    after: Array = minutes.sum(axis=1) - hold_minutes(calls)
    return after
