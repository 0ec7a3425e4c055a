"""The efficient frontier of a sweep: points of which no other is better in one measure and as good in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from sim.asked import Mistakes, one_of
from sim.measures import Measure, chosen, measures_of
from sim.study.running.estimate import Estimate
from sim.study.running.reported import Reported
from sim.study.sweeping.chunk import BASE
from sim.study.sweeping.store import Runs
from sim.study.sweeping.swept import Sweep, difference_of, estimate_of
from sim.world import World

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Placed:
    """A point of a sweep, seen by two measures.

    Attributes
    ----------
    values : pair of Estimate
        The first and the second measure, with 95 % intervals over replications.
    efficient : {"yes", "no", "perhaps"}
        "yes" where no other point is better in one measure and at least as good in the other, by their means; "no"
        where one is so for sure (paired 95 % intervals, each by itself); "perhaps" where one is, but they are not told
        apart.
    beaten_by : int or None
        That one.
    """

    point: int
    values: tuple[Estimate, Estimate]
    efficient: Literal["yes", "no", "perhaps"]
    beaten_by: int | None


@dataclass(frozen=True, eq=False, repr=False)
class Frontier(Reported):
    """Which points of a sweep are efficient in two measures.

    Attributes
    ----------
    measures : pair of Measure
    placed : tuple of Placed
        Those that have both measures, by the first one, the best first.
    left_out : dict of int to str
        Points that have not, and why.
    """

    swept: Sweep
    measures: tuple[Measure, Measure]
    placed: tuple[Placed, ...]
    left_out: dict[int, str]

    @property
    def base(self) -> World:
        """The world as it was lived."""
        return self.swept.base

    @property
    def interrupted(self) -> bool:
        """Whether more was asked for than is there."""
        return self.swept.interrupted

    @property
    def efficient(self) -> tuple[Placed, ...]:
        """Those that are efficient by their means."""
        return tuple(one for one in self.placed if one.efficient == "yes")

    def __repr__(self) -> str:
        first, second = (one.id for one in self.measures)
        return f"<Frontier of {len(self.placed)} points in {first} and {second}: {len(self.efficient)} efficient>"


def frontier(swept: Sweep, first: str, second: str) -> Frontier:
    """Tell which points of a sweep are efficient in two measures, such as the firm's cost and the customer's effort.

    Parameters
    ----------
    swept : Sweep
        Lived with both measures; the world as it is counts as a point (-1).
    first, second : str
        Measures that have a better side.

    Returns
    -------
    Frontier
        Its ``table()`` has a row for each point that has both measures, by the first one: ``point``, its changes,
        ``efficient``, ``beaten_by`` (see `Placed`), and each measure's mean with ``_low`` and ``_high``.

    Raises
    ------
    ValueError
        With every measure that was not asked for or has no better side; if both are the same, or no point has both.
    """
    measures, wrong = both_of(swept.base, first, second), Mistakes()
    for one in measures:
        with wrong.noted():
            one_of("measures", one.id, swept.measures)
    wrong.tell()
    signs = [1.0 if one.better == "lower" else -1.0 for one in measures]
    each = [swept.by_point(one.id) for one in measures]
    values = {
        point: (estimate_of(each[0][point]), estimate_of(each[1][point])) for point in each[0] if point in each[1]
    }
    defined = {point: pair for point, pair in values.items() if all(one.mean is not None for one in pair)}
    if not defined:
        raise ValueError("no point has both measures: there is nothing to be told apart")
    points = list(defined)
    means = np.array([[one.mean for one in defined[at]] for at in points]) * signs
    order = np.lexsort((means[:, 1], means[:, 0])).tolist()
    best = not_beaten(means, order)
    placed = []
    for at in order:
        better = [points[best[one]] for one in np.flatnonzero(_better_than(means[best], means[at]))]
        sure = next((one for one in better if _surely(each, signs, one, points[at])), None)
        told: Literal["yes", "no", "perhaps"] = "yes" if at in best else "perhaps" if sure is None else "no"
        beaten_by = sure if sure is not None else better[0] if better else None
        placed.append(Placed(points[at], defined[points[at]], told, beaten_by))
    return Frontier(swept, measures, tuple(placed), dict(_left_out(swept, measures, points)))


def both_of(world: World, first: str, second: str) -> tuple[Measure, Measure]:
    """Return two measures of which each has a better side.

    Raises
    ------
    ValueError
        With all that is wrong with them.
    """
    known, wrong = measures_of(world), Mistakes()
    for name in dict.fromkeys([first, second]):
        with wrong.noted():
            (one,) = chosen(known, [name])
            if one.better == "neither":
                raise ValueError(f"{name}: no side is better, so no point is efficient in it")
    with wrong.noted():
        if first == second:
            raise ValueError(f"{first} is given twice: a frontier is of two measures")
    wrong.tell()
    return known[first], known[second]


def _left_out(swept: Sweep, measures: Sequence[Measure], placed: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the points that have not both measures, and why."""
    failed, missing = swept.failed, swept.missing()
    names = " or ".join(one.id for one in measures)
    for point in range(BASE, len(swept.design)):
        if point not in placed:
            why = "was not lived yet" if point in missing else f"{names} is undefined there"
            yield point, failed.get(point, why)


def not_beaten(means: Floats, order: Sequence[int]) -> list[int]:
    """Return which points no other beats, less being better.

    Parameters
    ----------
    means : array, shape (points, 2)
    order : sequence of int
        The points by the first measure, and where that is the same by the second: each that is not beaten has less of
        the second than all before it, or is the same as the last one.
    """
    best: list[int] = []
    for at in order:
        if not best or means[at, 1] < means[best[-1], 1] or (means[at] == means[best[-1]]).all():
            best.append(at)
    return sorted(best)


def _better_than(means: Floats, one: Floats) -> npt.NDArray[np.bool_]:
    """Say which points are better than one: in one measure, and at least as good in the other."""
    nowhere_worse, somewhere_better = np.all(means <= one, axis=1), np.any(means < one, axis=1)
    better: npt.NDArray[np.bool_] = np.logical_and(nowhere_worse, somewhere_better)
    return better


def _surely(each: Sequence[dict[int, Runs]], signs: Sequence[float], one: int, other: int) -> bool:
    """Say whether all of the paired intervals say that one point is better than another, and nowhere worse."""
    ends = []
    for runs, sign in zip(each, signs, strict=True):
        apart = difference_of(runs[one], runs[other])
        end = apart.high if sign > 0 else apart.low
        ends.append(np.inf if end is None else sign * end)
    return max(ends) <= 0.0 and min(ends) < 0.0
