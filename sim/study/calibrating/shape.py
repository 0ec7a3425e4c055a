"""The shape of a week, from a report by interval: when calls are offered, and who is at work.

What a switch counts are calls, repeats and redials included; what a world has are problems, of which the calls come.
The profile of the problems is first that of the calls, and is then corrected by what the world answers: each interval's
weight is multiplied by the calls reported over those simulated there (a multiplicative correction, as in Lucy, "An
iterative technique for the rectification of observed distributions", Astronomical Journal 79, 1974). A problem of the
night, when nobody can call, is told as one of the morning.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.engines import Engine, run
from sim.history.rows import Event
from sim.people import populate
from sim.quoting import short
from sim.reading import memory_needed, memory_of_the_machine
from sim.reading.trees import Tree
from sim.study.searching.staffing import Slots, week_hours
from sim.units import DAY, DAYS, SLOT, SLOTS_A_DAY, SLOTS_A_WEEK, hours_of_slots
from sim.world import World

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[Any]
"""Intervals of a report: `sim.data.interval_report.INTERVAL`."""
_LENGTHS = (15.0, 30.0, 60.0)
_DAMPED = 0.7
"""Power of a correction: what one month has by chance is not followed all the way."""
_PRIOR = 10.0
"""Calls in an interval that the common shape of the days is worth."""
_FEW = 3
"""Replications whose calls are counted by interval."""
_SHUT = int(60 / SLOT)
"""Slots between two calls that were answered from which on nobody is taken to have been there."""


@dataclass(frozen=True, eq=False)
class Shape:
    """A typical week of a report.

    Attributes
    ----------
    calls : array of floats, days x intervals
        Calls offered on a typical day of each name, Monday first.
    staff : dict of str to slots, or None
        Agents in each slot of the week, by queue; None where the report has no agents.
    """

    calls: Floats
    staff: dict[str, Slots] | None

    @property
    def every(self) -> float:
        """Length of an interval (min)."""
        return float(DAY / self.calls.shape[1])

    def profile(self, weights: Floats) -> Tree:
        """Return a profile of problems as a world's file holds it, of weights by day and interval."""
        days = weights.sum(axis=1)
        shapes = {day: _weights(weights[at]) for at, day in enumerate(DAYS) if days[at] > 0}
        return {"days": _weights(days), "intervals": _weights(weights.sum(axis=0)), **shapes}


def _weights(values: Floats) -> list[float]:
    """Return weights of a mean of one, to four digits."""
    return [float(f"{one:.4g}") for one in values / values.mean()]


def shape_of(rows: Rows, queues: tuple[str, ...]) -> Shape:
    """Return the typical week of a report by interval.

    Raises
    ------
    ValueError
        If it counts no call, or its intervals are no quarters, halves or whole hours.
    """
    offered = np.nan_to_num(rows["offered"])
    if not offered.sum() > 0:
        raise ValueError("the report by interval has no call offered in it")
    every = _every(rows)
    calls = _typical_week(rows["starts"], offered, every)
    weeks = offered.sum() / calls.sum()
    return Shape(_smoothed(calls, weeks), _staff(rows, queues))


def opening_hours(rows: Rows) -> tuple[str, ...]:
    """Return when calls were answered, as a world holds opening hours; nothing where that is not told of a whole week.

    A report of fewer than seven days tells nothing of the others, and one by the day nothing of its hours. Less than an
    hour without a call answered, in the midst of a day, is chance; where none is answered because the report counts
    calls offered alone, these are taken.
    """
    counted = rows["answered"] if np.nansum(rows["answered"]) > 0 else rows["offered"]
    open_then = rows[np.nan_to_num(counted) > 0]
    days = rows["starts"] // DAY
    if not len(open_then) or days.max() - days.min() + 1 < len(DAYS) or open_then["minutes"].max() > max(_LENGTHS):
        return ()
    slots = set[int]()
    for row in open_then:
        first, last = row["starts"] // SLOT, math.ceil((row["starts"] + row["minutes"]) / SLOT)
        slots |= {int(one) % SLOTS_A_WEEK for one in range(int(first), last)}
    rising = sorted(slots)
    for one, other in pairwise(rising):
        if other - one <= _SHUT and one // SLOTS_A_DAY == other // SLOTS_A_DAY:
            slots |= {*range(one, other)}
    return hours_of_slots(slots)


def _smoothed(calls: Floats, weeks: float) -> Floats:
    """Draw the shape of each day towards that of all days, the more the fewer calls it rests on; its total stays.

    A day of n calls keeps the part n / (n + 10 k) of its own shape, with k intervals in which it has calls: as if the
    common shape had been seen in ten calls an interval. Intervals in which a day has no call keep none.
    """
    common = calls.sum(axis=0)
    made = np.zeros_like(calls)
    for at, day in enumerate(calls):
        there = np.where(day > 0, common, 0.0)
        if day.sum() > 0:
            own = weeks * day.sum() / (weeks * day.sum() + _PRIOR * (day > 0).sum())
            made[at] = own * day + (1.0 - own) * there / there.sum() * day.sum()
    return made


def _every(rows: Rows) -> int:
    """Return the length of the report's intervals (min)."""
    lengths = sorted({float(length) for length in rows["minutes"]})
    if len(lengths) > 1 or lengths[0] not in _LENGTHS or (rows["starts"] % lengths[0]).any():
        said = ", ".join(f"{length:g}" for length in lengths[:5])
        raise ValueError(f"the report by interval has intervals of {said} min: all of 15, 30 or 60, from the hour on")
    return int(lengths[0])


def _typical_week(starts: Floats, amounts: Floats, every: int) -> Floats:
    """Return the mean of amounts by day of the week and interval: where a day that is reported has no row, it is 0."""
    day = np.floor(starts / DAY).astype(int)
    place = np.floor(starts % DAY / every).astype(int)
    found = np.zeros((len(DAYS), int(DAY / every)))
    np.add.at(found, (day % len(DAYS), place), amounts)
    reported = np.bincount(np.unique(day) % len(DAYS), minlength=len(DAYS))
    mean: Floats = found / np.maximum(reported, 1)[:, None]
    return mean


def _staff(rows: Rows, queues: tuple[str, ...]) -> dict[str, Slots] | None:
    there = np.isfinite(rows["agents"])
    if not there.any():
        return None
    return {name: _slots(rows[there & (rows["queue"] == at)]) for at, name in enumerate(queues)}


def _slots(rows: Rows) -> Slots:
    """Return the whole agents in each slot of the week, on the mean of the days that are reported."""
    every = min(int(rows["minutes"].min()), SLOT) if len(rows) else SLOT
    parts = np.zeros((len(DAYS), int(DAY / every)))
    counts = np.zeros_like(parts)
    for row in rows:
        first = int(row["starts"] % DAY / every)
        for place in range(first, min(first + int(row["minutes"] / every), parts.shape[1])):
            at = (int(row["starts"] // DAY) % len(DAYS), place)
            parts[at] += row["agents"]
            counts[at] += 1
    mean = np.divide(parts, counts, out=np.zeros_like(parts), where=counts > 0)
    slots = mean.reshape(SLOTS_A_WEEK, -1).mean(axis=1)
    return tuple(int(one) for one in np.floor(slots + 0.5))


def staff_of(shape: Shape, world: World) -> tuple[Tree, str]:
    """Return what a world's file says so that the report's agents are at work, and what is to be known of it.

    They go to the teams that are called like their queues, in small letters or capitals; those of the one queue there
    is go to the team of the line, where it is one that serves its queue.
    """
    if shape.staff is None:
        return {}, ""
    called = {team.casefold(): team for team in world.teams}
    own = {called[name.casefold()]: slots for name, slots in shape.staff.items() if name.casefold() in called}
    if own:
        told = {team: _by_hours(world, team, slots) for team, slots in own.items()}
        return {"teams": told}, " ".join(filter(None, (_left_alone(shape.staff, own, called), _gave_way(world, own))))
    if len(shape.staff) > 1 and len(world.teams) > 1:
        teams = ", ".join(world.teams)
        return {}, f"The report's agents were not taken over: its queues are not called like the teams, {teams}."
    asked = world.teams_asked(world.line.team)
    if len(asked) > 1:
        return {}, f"The report's agents were not taken over: {world.line.team} is served by {', '.join(asked)}."
    whole = np.array([*shape.staff.values()]).sum(axis=0)
    return {"teams": {asked[0]: _by_hours(world, asked[0], tuple(map(int, whole)))}}, _gave_way(world, asked[:1])


def _by_hours(world: World, team: str, slots: Slots) -> Tree:
    """Return what takes the place of a team's staff, and of the shifts that it has."""
    gone = dict.fromkeys(world.teams[team].shifts, "none")
    return {"staff": week_hours(slots), **({"shifts": gone} if gone else {})}


def _gave_way(world: World, teams: Iterable[str]) -> str:
    """Say whose shifts were taken away for the agents of the report."""
    those = [team for team in teams if world.teams[team].shifts]
    return f"The report's agents by half-hour took the place of the shifts of {', '.join(those)}." if those else ""


def _left_alone(staff: dict[str, Slots], own: dict[str, Slots], called: dict[str, str]) -> str:
    """Say whose agents were not taken over, and which teams keep their own."""
    others = [short(name) for name, slots in staff.items() if name.casefold() not in called and any(slots)]
    without = [team for team in called.values() if team not in own]
    said = f"The report's agents of {', '.join(others)} were not taken over: no team is called so." if others else ""
    kept = f"The report has no agents of {', '.join(without)}: their staff is that of the world." if without else ""
    return " ".join(one for one in (said, kept) if one)


def simulated_calls(world: World, shape: Shape, *, seed: int, engine: Engine) -> Floats:
    """Return the calls that a world is offered on a typical day of each name, by interval, in a few replications."""
    found, weeks = np.zeros_like(shape.calls), world.time.horizon / DAY / len(DAYS)
    for replication in range(_replications(world)):
        history = run(world, populate(world, seed=seed, replication=replication), engine=engine)
        times = history.rows["time"][history.rows["event"] == Event.DIALLED]
        times = times[(times >= world.time.warm_up) & (times < world.time.warm_up + world.time.horizon)]
        day, place = np.floor(times / DAY).astype(int) % len(DAYS), np.floor(times % DAY / shape.every).astype(int)
        np.add.at(found, (day, place), 1.0 / weeks / _replications(world))
    return np.asarray(found, np.float64)


def _replications(world: World) -> int:
    room, needed = memory_of_the_machine(), memory_needed(world, kept=True)
    return _FEW if room is None else max(min(_FEW, math.floor(room / needed)), 1)


def corrected(weights: Floats, wanted: Floats, simulated: Floats) -> Floats:
    """Return the weights of the problems, each multiplied by the calls wanted over those simulated in its interval.

    A weight at most doubles at a time, or comes to half of what it was.
    """
    wanted, simulated = wanted / wanted.sum(), simulated / max(simulated.sum(), 1e-300)
    least = 0.1 / wanted.size
    factor = ((wanted + least * 0.1) / (simulated + least * 0.1)) ** _DAMPED
    made = weights * np.clip(factor, 0.5, 2.0)
    return np.asarray(made / made.sum(), np.float64)
