"""Staff that is tried: lived with the same luck each time, and what it comes to at every target."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.bars import Progress
from sim.measures.intervals.asked import Parting, parting
from sim.measures.intervals.columns import COLUMNS, Cells
from sim.study.running.estimate import ratios
from sim.study.running.parted import Intervals
from sim.study.running.replicate import together
from sim.study.running.replications import Replications
from sim.study.running.size import Size
from sim.study.running.tasks import days_of
from sim.study.staffing.pattern import Pattern, periods_with_demand
from sim.study.staffing.targets import Target
from sim.units import DAY
from sim.world import World

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_LATE = ("first_contact_resolution", "called_again", "called_again_share", "first_call_resolution_logged")
"""Columns that are known only days after the call."""
_TAIL = DAY
"""What a search lives after the horizon where nothing later counts (min)."""
WHOLE_DAY = -1


@dataclass(frozen=True)
class Constraint:
    """One thing that has to be met: a target, in one interval, on one day, or over the whole.

    Attributes
    ----------
    target : int
        Its place among the targets.
    group, period : int
        The days and the interval; -1 for all of them.
    """

    target: int
    group: int
    period: int

    def touches(self, group: int, period: int, reach: int) -> bool:
        """Say whether agents of an interval bear on it: those of its own, and of so many before it on the day."""
        if self.group not in (WHOLE_DAY, group):
            return False
        return self.period == WHOLE_DAY or 0 <= self.period - period < reach


@dataclass(frozen=True, eq=False)
class Answers:
    """What a staff comes to, constraint by constraint.

    Attributes
    ----------
    above, below : arrays, shape (replications, constraints)
    offered : array, shape (constraints,)
        Calls that came there; without one there is nothing to meet.
    mean, low, high : arrays
        With their 95 % intervals; NaN where it is undefined.
    """

    above: Floats
    below: Floats
    offered: Floats
    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, eq=False)
class Lived:
    """One staff that was tried.

    Attributes
    ----------
    staff : array of int
    lived : Replications
        With the intervals that the load is read from.
    slack : array
        By how much each constraint is met, in the measure's unit: negative where it is missed.
    """

    staff: Ints
    lived: Replications
    answers: Answers
    slack: Floats

    @property
    def met(self) -> bool:
        """Whether all are met."""
        return bool((self.slack >= 0.0).all())


class Enough(Exception):  # noqa: N818 - no error: the search has tried as many staffs as it may
    """As many staffs were tried as may be."""


class Trials:
    """Staffs lived on the same customers, each once; it tells how far the search is.

    Attributes
    ----------
    wanted : array
        What each constraint asks for, in the measure's unit: a target's value, or less where it cannot be reached.
    """

    def __init__(
        self, pattern: Pattern, targets: tuple[Target, ...], size: Size, *, sure: str, budget: int, foreseen: int
    ) -> None:
        self.pattern, self.targets, self.size, self.sure, self.budget = pattern, targets, size, sure, budget
        self.constraints = tuple(_constraints(pattern, targets))
        self.signs = np.array([1.0 if targets[one.target].at_least else -1.0 for one in self.constraints])
        self.wanted = np.array([targets[one.target].value for one in self.constraints])
        self.partings = _partings(pattern.world, pattern.every, targets)
        self.ids = tuple(dict.fromkeys(one.measure for one in targets if not one.is_column()))
        self.short = _shortened(pattern.world, targets)
        self.tried, self.done, self.foreseen = 0, 0, foreseen
        self._known: dict[tuple[Any, ...], Lived] = {}

    def lived(self, staff: Ints, numbers: Sequence[int] | None = None) -> Lived:
        """Live the world with this staff.

        Parameters
        ----------
        numbers : sequence of int, optional
            Which replications; those of the search by default.

        Raises
        ------
        Enough
            If as many were tried as may be.
        """
        which = tuple(self.size.numbers if numbers is None else numbers)
        key = (tuple(map(int, staff)), which)
        if key not in self._known:
            if self.tried >= self.budget:
                raise Enough
            self._known[key] = self.of_world(self.pattern.world_with(staff), staff, which)
        kept = self._known[key]
        return replace(kept, slack=self.slack_of(kept.answers))

    def of_world(self, world: World, staff: Ints, numbers: Sequence[int] | None = None) -> Lived:
        """Live a world whose staff is not that of the pattern alone: in shifts, or its own."""
        which = tuple(self.size.numbers if numbers is None else numbers)
        self.tried += 1
        world = world.model_copy(update={"time": self.short})
        parts = []
        for asked in self.partings:
            size = replace(self.size, numbers=which, ids=self.ids, parting=asked, progress=self._part_of_the_way())
            (one,) = together((world,), size, least=len(which))
            if one.interrupted:
                raise KeyboardInterrupt
            self.done += days_of(world) * len(which)
            parts.append(one)
        answers = self._answers(parts)
        return Lived(np.array(staff, np.int64), parts[0], answers, self.slack_of(answers))

    def slack_of(self, answers: Answers) -> Floats:
        """Return by how much constraints are met: by the mean, or by the bound of the interval that is worse."""
        value = answers.mean
        if self.sure == "bound":
            value = np.where(self.signs > 0, answers.low, answers.high)
            value = np.where(np.isnan(value), answers.mean, value)
        given_up = np.isinf(self.wanted)
        slack = self.signs * (value - np.where(given_up, 0.0, self.wanted))
        slack = np.where(np.isnan(slack), np.where(answers.offered > 0, -np.inf, np.inf), slack)
        return np.where(given_up, np.inf, slack)

    def _answers(self, parts: list[Replications]) -> Answers:
        many = len(parts[0].numbers)
        shape = (many, len(self.constraints))
        above, below, offered = np.zeros(shape), np.zeros(shape), np.ones(shape[1])
        for number, target in enumerate(self.targets):
            its = [at for at, one in enumerate(self.constraints) if one.target == number]
            if target.is_column():
                its_parts = parts[self.partings.index(parting_for(self.pattern.world, self.pattern.every, target))]
                cells = self._cells(its_parts.intervals, target, [self.constraints[at] for at in its])
                above[:, its], below[:, its] = COLUMNS[target.column(self.pattern.world)].of(cells)
                offered[its] = cells["offered"].sum(axis=0)
            else:
                above[:, its], below[:, its] = (column[:, None] for column in parts[0].totals[target.measure].T)
                offered[its] = self._all_offered(parts[0].intervals)
        return Answers(above, below, offered, *ratios(above, below))

    def _all_offered(self, parted: Intervals | None) -> float:
        """Return how many calls came in all."""
        assert parted is not None, "trials are parted"
        return float(parted.pooled(np.zeros(7 * self.pattern.periods, np.int64))["offered"].sum())

    def _cells(self, parted: Intervals | None, target: Target, its: list[Constraint]) -> Cells:
        assert parted is not None, "trials are parted"
        combinations = combinations_of(parted, target.of)
        per_day, found = self.pattern.periods, []
        for one in its:
            into = np.full(7 * per_day, -1)
            groups = range(len(self.pattern.groups)) if one.group == WHOLE_DAY else (one.group,)
            for group in groups:
                for day in self.pattern.groups[group]:
                    if one.period == WHOLE_DAY:
                        into[day * per_day : (day + 1) * per_day] = 0
                    else:
                        into[day * per_day + one.period] = 0
            found.append(into)
        places = np.full(7 * per_day, -1)
        overlapping = len(its) != len({(one.group, one.period) for one in its}) or any(
            one.group == WHOLE_DAY for one in its
        )
        if overlapping:
            return parted.pooled(found[0], combinations)
        for at, into in enumerate(found):
            places[into == 0] = at
        return parted.pooled(places, combinations)

    def _part_of_the_way(self) -> Progress | None:
        if self.size.progress is None:
            return None
        return lambda done, of: self.tell(self.done + done)

    def tell(self, done: int, *, over: bool = False) -> None:
        """Tell how far it is: where it takes longer than foreseen, the end moves on."""
        if not over:
            self.foreseen = max(self.foreseen, int(done / 0.95) + 1)
        if self.size.progress is not None:
            self.size.progress(done if not over else self.foreseen, self.foreseen)


def combinations_of(parted: Intervals, name: str | None) -> list[int] | None:
    """Return the cells of a team, or a queue; None for all."""
    if name is None:
        return None
    ((_, names),) = [(by, its) for by, its in parted.grid.parts.items()]
    return [at for at, one in enumerate(names) if one == name]


def parting_for(world: World, every: int, target: Target) -> Parting:
    """Return the intervals that tell a target: by team, or by queue where it is of one that is no team."""
    by = "queue" if target.of is not None and target.of not in world.teams else "team"
    return parting(world, float(every), by, within=target.within)


def _partings(world: World, every: int, targets: tuple[Target, ...]) -> tuple[Parting, ...]:
    """Return all intervals that are asked for, first one by team, from which loads are read too."""
    asked = [parting_for(world, every, one) for one in targets if one.is_column()]
    first = [one for one in asked if one.by == ("team",)] or [parting(world, float(every), "team")]
    return tuple(dict.fromkeys((*first, *asked)))


def _constraints(pattern: Pattern, targets: tuple[Target, ...]) -> list[Constraint]:
    found: list[Constraint] = []
    open_now = periods_with_demand(pattern.world, pattern.groups, pattern.every)
    for at, target in enumerate(targets):
        if target.scope == "interval":
            found += [Constraint(at, group, period) for group, period in open_now]
        elif target.scope == "day":
            found += [Constraint(at, group, WHOLE_DAY) for group in sorted({group for group, _ in open_now})]
        else:
            found.append(Constraint(at, WHOLE_DAY, WHOLE_DAY))
    return found


def _shortened(world: World, targets: tuple[Target, ...]) -> Any:
    """Return the stretches of time of a search: calls are known soon after the horizon, journeys weeks later."""
    late = any(not one.is_column() or one.measure in _LATE for one in targets)
    tail = world.time.follow_up if late else min(world.time.follow_up, _TAIL)
    return world.time.model_copy(update={"follow_up": tail})
