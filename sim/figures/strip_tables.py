"""What `journey_strip` draws, as tables: spells, marks and the money running, on one axis for all worlds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.figures.clock import Clock
from sim.figures.life import Life, life
from sim.history.rows import Activity, Event, History
from sim.measures.accounts.tables import tables
from sim.measures.alone import alone
from sim.measures.rules.toll import euros_a_minute
from sim.units import DAY

if TYPE_CHECKING:
    import pandas as pd


class StripTables(NamedTuple):
    """One customer's life in each world.

    Every table begins with ``world`` (its name) and ``place`` (1 for the first). Times are in min from Monday 00:00 of
    the first week; ``shown`` times are min on the axis of the strip, where long times away are cut short.

    Attributes
    ----------
    spells : DataFrame
        A row for each spell on the telephone that took any time: ``call`` (from 1), ``leg`` (from 0), ``activity``,
        ``queue`` (in which he holds; empty elsewhere), ``team`` and ``agent`` (empty and -1 where there is none),
        ``start``, ``end``, ``minutes``, ``day`` (of the run, from 0), ``paid`` (whether its minutes cost him anything),
        ``eur`` (toll), ``shown_start``, ``shown_end``.
    marks : DataFrame
        What happened between or within them: ``time``, ``mark``, ``tone`` (plain, faint, better, worse), ``shown``.
    money : DataFrame
        ``time``, ``shown``, ``what`` (paid, with own time) and ``eur`` so far, moment by moment; a payment at once is
        two rows of one time.
    clock : Clock
        The axis.
    """

    spells: pd.DataFrame
    marks: pd.DataFrame
    money: pd.DataFrame
    clock: Clock


_TONES = {event.mark.name: event.mark.tone for event in Event if event.mark}


def strip_tables(histories: History | Sequence[History], customer: int) -> StripTables:
    """Return what `journey_strip` draws of a customer, no call left out.

    Parameters
    ----------
    histories : History, or sequence of History
        One of each world, of the same customers.
    customer : int
        The place in `Customers`.

    Raises
    ------
    ValueError
        If there is no history, or no such customer in one.
    """
    import pandas as pd

    several = [histories] if isinstance(histories, History) else list(histories)
    if not several:
        raise ValueError("histories is empty: it has to be one history at least")
    lives = [life(history, customer) for history in several]
    clock = Clock.of(stretch for one in lives for stretch in one.stretches)
    spells, marks, money = [], [], []
    for place, (history, one) in enumerate(zip(several, lives, strict=True), 1):
        head = {"world": history.world.name, "place": place}
        spells.append(pd.DataFrame({**head, **_spells(history, customer, clock)}))
        marks.append(pd.DataFrame({**head, **_marks(one, clock)}))
        money += [pd.DataFrame({**head, **_running(what, *line, clock)}) for what, line in _lines(one)]
    whole = [pd.concat(some, ignore_index=True) for some in (spells, marks, money)]
    return StripTables(whole[0], whole[1], whole[2], clock)


def _spells(history: History, customer: int, clock: Clock) -> dict[str, Any]:
    mine = alone(history, customer)
    asked = tables(mine)
    spells = asked.spells[asked.spells["end"] > asked.spells["start"]]
    minute = euros_a_minute(asked.calls, asked.tolls, mine.world.tariff_in_force())
    rate = minute[spells["contact"], spells["activity"]]
    queues = _queues(mine, spells)
    teams, agents = _agents(asked.legs, spells, [queue is None for queue in queues])
    names = (*history.world.queue_names(), "")
    length = spells["end"] - spells["start"]
    return {
        "call": spells["contact"] + 1,
        "leg": spells["leg"],
        "activity": np.array([activity.name.lower() for activity in Activity])[spells["activity"]],
        "queue": [names[-1 if queue is None else queue] for queue in queues],
        "team": [names[team] for team in teams],
        "agent": agents,
        "start": spells["start"],
        "end": spells["end"],
        "minutes": length,
        "day": (spells["start"] // DAY).astype(np.int64),
        "paid": rate > 0.0,
        "eur": length * rate,
        "shown_start": clock.at(spells["start"]),
        "shown_end": clock.at(spells["end"]),
    }


def _queues(mine: History, spells: Any) -> list[int | None]:
    """Return the queue in which each hold begins; None in the menu and with an agent, be it on hold."""
    rows = mine.rows[mine.rows["event"] == Event.QUEUED]
    begun = {(one["contact"], one["leg"], one["time"]): int(one["team"]) for one in rows}
    held = np.isin(spells["activity"], (Activity.HOLD, Activity.TRANSFER_HOLD))
    places = [(one["contact"], one["leg"], one["start"]) for one in spells]
    return [begun.get(place) if there else None for place, there in zip(places, held, strict=True)]


def _agents(legs: Any, spells: Any, with_one: list[bool]) -> tuple[list[int], list[int]]:
    """Return the team and the agent of each spell that is lived with one; -1 for the others."""
    of_legs = {(leg["contact"], leg["leg"]): (int(leg["team"]), int(leg["agent"])) for leg in legs}
    there = [one and spell["activity"] != Activity.MENU for one, spell in zip(with_one, spells, strict=True)]
    nobody = (-1, -1)
    found = [
        of_legs.get((spell["contact"], spell["leg"]), nobody) if one else nobody
        for one, spell in zip(there, spells, strict=True)
    ]
    return [team for team, _ in found], [agent for _, agent in found]


def _marks(one: Life, clock: Clock) -> dict[str, Any]:
    times = np.array([time for time, _ in one.marks])
    names = [name for _, name in one.marks]
    return {"time": times, "mark": names, "tone": [_TONES[name] for name in names], "shown": clock.at(times)}


def _lines(one: Life) -> list[tuple[str, tuple[Any, Any]]]:
    return [("paid", one.paid), ("with own time", one.spent)]


def _running(what: str, times: Any, eur: Any, clock: Clock) -> dict[str, Any]:
    return {"time": times, "shown": clock.at(times), "what": what, "eur": eur}
