"""What formulas give beside the simulation: the load by team and interval, and the agents of Erlang C and Erlang A."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.study.running.parted import Intervals
from sim.study.staffing.pattern import Pattern, at_least_nobody
from sim.study.staffing.targets import Target
from sim.theory import ErlangC, erlang_a
from sim.theory.patience import Impatient
from sim.world import World

Floats = npt.NDArray[np.float64]

_MOST_FOR_A = 2000
"""Agents beyond the load up to which Erlang A is asked; and from which load on only the square-root rule is."""
_LARGE = 1500.0


@dataclass(frozen=True, eq=False)
class Load:
    """What comes to the places of a pattern, as it was lived with some staff.

    Attributes
    ----------
    rate : array
        Callers a minute who come to the team: those it takes, transfers among them, and those lost in its queue.
    handling : array
        Minutes that it takes of one (min); NaN where it took none.
    repeats : array
        Share of the calls that are for a problem for which a call had ended within seven days before.
    busy : array
        Share of their time at work that its agents are busy.
    """

    rate: Floats
    handling: Floats
    repeats: Floats
    busy: Floats

    @property
    def erlangs(self) -> Floats:
        """The offered load (agents' worth of work), repeats included."""
        return np.asarray(self.rate * np.nan_to_num(self.handling))

    @property
    def first(self) -> Floats:
        """The load of first attempts alone: what a planner would have who knew of no repeats."""
        return np.asarray(self.erlangs * (1.0 - self.repeats))


def load_of(pattern: Pattern, parted: Intervals) -> Load:
    """Read the load of each place from intervals by team."""
    per_day = pattern.periods
    names = next(iter(parted.grid.parts.values()))
    cells_of: dict[Any, dict[str, Floats]] = {}
    into = np.full(7 * per_day, -1)
    for group, days in enumerate(pattern.groups):
        for day in days:
            into[day * per_day : (day + 1) * per_day] = group * per_day + np.arange(per_day)
    for team in (None, *pattern.teams):
        combinations = None if team is None else [names.index(team)]
        cells_of[team] = {name: its.sum(axis=0) for name, its in parted.pooled(into, combinations).items()}
    found = [
        _at(cells_of[place.team], cells_of[None], place.group * per_day + place.period) for place in pattern.places
    ]
    return Load(*np.array(found).reshape(len(found), 4).T)


def _at(its: dict[str, Floats], everybody: dict[str, Floats], at: int) -> tuple[float, float, float, float]:
    legs, minutes = its["legs"][at], its["minutes"][at]
    lost = max(float(its["queued"][at] - its["answered"][at]), 0.0)
    calls = its if its["offered"][at] else everybody
    repeats = calls["repeats"][at] / calls["offered"][at] if calls["offered"][at] else 0.0
    at_work = its["scheduled"][at] - its["absent"][at] + its["overtime"][at] + its["while_absent"][at]
    handling = (
        its["leg_minutes"][at] / legs if legs else _over(float(its["leg_minutes"].sum()), float(its["legs"].sum()))
    )
    busy = its["busy"][at] / at_work if at_work else math.nan
    return (legs + lost) / minutes if minutes else 0.0, handling, float(repeats), float(busy)


def _over(above: float, below: float) -> float:
    return above / below if below else math.nan


def mean_patience(world: World) -> float:
    """Return the mean patience of all kinds of customers (min); infinity where some never hang up."""
    return sum(
        reason.share * segment.share * world.population.patience_of(reason, segment).mean_value()
        for reason, segment in world.population.kinds()
    )


_OF_A: dict[str, Callable[[Impatient, float, float], float]] = {
    "sl1": lambda queue, within, short: _share(queue.answered_within(within), 1.0 - queue.abandoned_within(within)),
    "sl2": lambda queue, within, short: queue.answered_within(within) + queue.abandoned_within(within),
    "arena": lambda queue, within, short: queue.answered_within(within),
    "queued": lambda queue, within, short: queue.answered_within(within),
    "served": lambda queue, within, short: queue.service_level(within),
    "sl0": lambda queue, within, short: queue.service_level(within),
    "slg": lambda queue, within, short: _share(queue.answered_within(within), 1.0 - queue.abandoned_within(within)),
    "short_out": lambda queue, within, short: _share(
        queue.answered_within(within), 1.0 - queue.abandoned_within(short)
    ),
    "short_good": lambda queue, within, short: queue.answered_within(within) + queue.abandoned_within(short),
}
"""The definitions of the service level, of an Erlang A queue."""


def _share(above: float, below: float) -> float:
    return above / below if below > 0 else 1.0


Formula = Callable[[float, float, int], "float | None"]
"""From callers a minute, minutes of one and agents, to a measure; None where the formula cannot say it."""


def _of(target: Target, world: World, patience: float) -> Callable[[float, float, int], float] | None:
    """Return what a target's measure is by formula: Erlang C for an endless patience, else Erlang A."""
    level = world.service_level
    within = level.within if target.within is None else target.within
    name = target.column(world) if target.is_column() else target.measure
    definition = name.removeprefix("service_level_") if name.startswith("service_level_") else None
    endless = math.isinf(patience)

    def queue(rate: float, handling: float, agents: int) -> Impatient:
        return erlang_a(rate, handling, agents, min(patience, 1e5 * handling))

    if definition in _OF_A and endless:
        return lambda rate, handling, agents: ErlangC(rate, handling, agents).service_level(within)
    if definition in _OF_A:
        return lambda rate, handling, agents: _OF_A[str(definition)](queue(rate, handling, agents), within, level.short)
    if name == "speed_of_answer":
        if endless:
            return lambda rate, handling, agents: ErlangC(rate, handling, agents).speed_of_answer
        return lambda rate, handling, agents: queue(rate, handling, agents).mean_wait_served
    if name.partition(".")[0] == "occupancy":
        if endless:
            return lambda rate, handling, agents: ErlangC(rate, handling, agents).occupancy
        return lambda rate, handling, agents: queue(rate, handling, agents).occupancy
    if name in ("abandoned_share", "answered_share") and not endless:
        if name == "abandoned_share":
            return lambda rate, handling, agents: queue(rate, handling, agents).p_abandon
        return lambda rate, handling, agents: 1.0 - queue(rate, handling, agents).p_abandon
    return None


def agents_for(targets: tuple[Target, ...], world: World, rate: float, handling: float, patience: float) -> float:
    """Return the fewest agents that meet all targets that a formula knows, in one interval taken for a steady state.

    Parameters
    ----------
    rate : float
        Callers a minute.
    handling : float
        Minutes of one.
    patience : float
        Its mean (min); infinity: nobody hangs up, which is Erlang C.

    Returns
    -------
    float
        NaN where no target is known to a formula; infinity where no number is enough.
    """
    asked = [(one, _of(one, world, patience)) for one in targets]
    known = [(one, formula) for one, formula in asked if formula is not None]
    if not known:
        return math.nan
    load = rate * handling
    if not load > 0.0:
        return 0.0
    fewest = math.floor(load) + 1 if math.isinf(patience) else 1

    def enough(agents: int) -> bool:
        return all(
            (formula(rate, handling, agents) >= one.value)
            if one.at_least
            else (formula(rate, handling, agents) <= one.value)
            for one, formula in known
        )

    if load > _LARGE:
        return float(at_least_nobody(load + math.sqrt(load)))
    low, step = fewest - 1, 1
    start = max(fewest, math.floor(load))
    if start > fewest and not enough(start):
        low = start
    else:
        start = fewest
    high = start
    while not enough(high):
        low, high, step = high, high + step, 2 * step
        if high > start + _MOST_FOR_A:
            return math.inf
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return float(high)


def by_formula(pattern: Pattern, targets: tuple[Target, ...], load: Load, *, first: bool, patience: float) -> Floats:
    """Return what `agents_for` gives at each place, of first attempts alone or with repeats.

    Targets of one team or queue count for that team alone; those over a day or the whole are asked of each interval.
    """
    found = np.full(len(pattern.places), math.nan)
    cached: dict[Any, float] = {}
    for at, place in enumerate(pattern.places):
        its = tuple(one for one in targets if one.of in (None, place.team) and _concerns(one, place.team))
        rate = float(load.rate[at] * (1.0 - load.repeats[at] if first else 1.0))
        handling = float(load.handling[at])
        if math.isnan(handling):
            found[at] = 0.0
            continue
        key = its, rate, handling
        if key not in cached:
            cached[key] = agents_for(its, pattern.world, rate, handling, patience)
        found[at] = cached[key]
    return found


def _concerns(target: Target, team: str) -> bool:
    family, _, named = target.measure.partition(".")
    return family != "occupancy" or named in ("", team)
