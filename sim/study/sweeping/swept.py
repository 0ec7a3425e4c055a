"""What a sweep comes to: each measure of every point with its interval, and its difference to the world as it is."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.asked import one_of
from sim.study.running.estimate import UNDEFINED, Estimate, paired_difference, ratio
from sim.study.running.reported import Reported
from sim.study.sweeping.chunk import BASE
from sim.study.sweeping.design import Design
from sim.study.sweeping.store import Memory, Runs, Store
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd


_MEAN = ("mean", "low", "high")
_DIFFERENCE = ("difference", "difference_low", "difference_high")


@dataclass(frozen=True, eq=False, repr=False)
class Sweep(Reported):
    """A world at the points of a design.

    Attributes
    ----------
    base : World
        As it was lived.
    numbers : tuple of int
        The replications that were asked for.
    measures : tuple of str
    kept : Memory or Store
        Where what is finished is.
    interrupted : bool
        Whether more was asked for than is there.
    """

    base: World
    design: Design
    seed: int
    numbers: tuple[int, ...]
    measures: tuple[str, ...]
    kept: Memory | Store
    interrupted: bool
    seconds: float

    def __repr__(self) -> str:
        sizes = {"point": len(self.design), "measure": len(self.measures), "replication": len(self.numbers)}
        many = ", ".join(f"{size:,} {what}{'s' * (size != 1)}" for what, size in sizes.items())
        return f"<Sweep of {self.base.name}: {many}>"

    def missing(self) -> dict[int, tuple[int, ...]]:
        """Return the replications that each point still has to live, the world as it is first (`BASE`)."""
        there: dict[int, set[int]] = {}
        failed: set[int] = set()
        for points, numbers, why in self.kept.done():
            failed |= set(why)
            for point in np.unique(points):
                there.setdefault(int(point), set()).update(numbers[points == point].tolist())
        every = ((point, there.get(point, set())) for point in range(BASE, len(self.design)) if point not in failed)
        left = ((point, tuple(number for number in self.numbers if number not in has)) for point, has in every)
        return {point: numbers for point, numbers in left if numbers}

    @property
    def failed(self) -> dict[int, str]:
        """Points that could not be lived, by their place in the design, and why."""
        every = (one for _, _, failed in self.kept.done() for one in failed.items())
        return {point: why for point, why in sorted(every) if point < len(self.design)}

    def table(self, measures: str | Iterable[str] | None = None) -> pd.DataFrame:
        """Return a tidy table: a row for each point and measure, the world as it is first (point -1).

        Columns: ``point``, ``name`` where points have names, a column for each path, ``measure``, ``replications``,
        ``mean``, ``low``, ``high`` (95 %, over replications), ``difference``, ``difference_low``, ``difference_high``
        (to the world as it is, replication by replication), ``failed``.

        Raises
        ------
        ValueError
            If a measure was not asked for.
        """
        import pandas as pd

        failed = self.failed
        rows = [row for name, runs in self._runs(measures) for row in self._rows(name, runs, failed)]
        return pd.DataFrame(rows).astype(dict.fromkeys([*_MEAN, *_DIFFERENCE], float))

    def runs(self, measures: str | Iterable[str] | None = None) -> pd.DataFrame:
        """Return a row for each measure of each run: ``point``, ``replication``, ``measure``, ``value``, and its parts.

        ``numerator`` over ``denominator`` is the value; the points are those of `table`, the replications count from 0.

        Raises
        ------
        ValueError
            If a measure was not asked for.
        """
        import pandas as pd

        tables = []
        for name, runs in self._runs(measures):
            with np.errstate(divide="ignore", invalid="ignore"):
                value = np.where(runs.below != 0, runs.above / runs.below, np.nan)
            one = {"point": runs.points, "replication": runs.numbers, "measure": name, "value": value}
            tables.append(pd.DataFrame({**one, "numerator": runs.above, "denominator": runs.below}))
        return pd.concat(tables, ignore_index=True)

    def by_point(self, measure: str) -> dict[int, Runs]:
        """Return the totals of one measure by point; points that have none are left out.

        Raises
        ------
        ValueError
            If it was not asked for.
        """
        ((_, runs),) = self._runs(measure)
        each = {point: _of(runs, point) for point in range(BASE, len(self.design))}
        return {point: its for point, its in each.items() if len(its.numbers)}

    def _runs(self, measures: str | Iterable[str] | None) -> Iterator[tuple[str, Runs]]:
        names = self._named(measures)
        every = self.kept.runs(names)
        for name, runs in zip(names, every, strict=True):
            asked = np.isin(runs.numbers, self.numbers) & (runs.points < len(self.design))
            yield name, Runs(runs.points[asked], runs.numbers[asked], runs.above[asked], runs.below[asked])

    def _rows(self, name: str, runs: Runs, failed: dict[int, str]) -> Iterator[dict[str, Any]]:
        own = _of(runs, BASE)
        for point in range(BASE, len(self.design)):
            its = _of(runs, point)
            yield (
                {**self.said(point), "measure": name, "replications": len(its.numbers)}
                | dict(zip(_MEAN, estimate_of(its), strict=True))
                | dict(zip(_DIFFERENCE, UNDEFINED if point == BASE else difference_of(its, own), strict=True))
                | {"failed": failed.get(point, "")}
            )

    def wide(self, measures: str | Iterable[str] | None = None) -> pd.DataFrame:
        """Return a row for each point, with the mean of each measure in a column of its name.

        Raises
        ------
        ValueError
            If a measure was not asked for.
        """
        import pandas as pd

        said, failed = pd.DataFrame([self.said(point) for point in range(BASE, len(self.design))]), self.failed
        every = ((name, self._rows(name, runs, failed)) for name, runs in self._runs(measures))
        means = {name: [row["mean"] for row in rows] for name, rows in every}
        return said.assign(**means, failed=[failed.get(point, "") for point in said["point"]])

    def _named(self, measures: str | Iterable[str] | None) -> list[str]:
        asked = self.measures if measures is None else [measures] if isinstance(measures, str) else list(measures)
        return [one_of("measures", name, self.measures) for name in asked]

    def said(self, point: int) -> dict[str, Any]:
        """Return which point it is: its place, its name, and its value at each path (empty: as the world has it)."""
        changes = {} if point == BASE else self.design[point]
        named = {"name": "" if point == BASE else self.design.names[point]} if self.design.names else {}
        return {"point": point, **named, **{path: _shown(changes.get(path)) for path in self.design.paths}}


def _shown(value: Any) -> Any:
    """Return a value for a table; what is no number there, as infinity, as a text."""
    return value if isinstance(value, (int, float)) and abs(value) < math.inf else "" if value is None else str(value)


def _of(runs: Runs, point: int) -> Runs:
    here = slice(*np.searchsorted(runs.points, [point, point + 1]))
    defined = np.isfinite(runs.above[here]) & np.isfinite(runs.below[here])
    return Runs(
        runs.points[here][defined], runs.numbers[here][defined], runs.above[here][defined], runs.below[here][defined]
    )


def estimate_of(runs: Runs) -> Estimate:
    """Return a measure at a point, with its 95 % interval."""
    return ratio(runs.above, runs.below) if len(runs.numbers) else UNDEFINED


def difference_of(its: Runs, own: Runs) -> Estimate:
    """Return by how much a point differs from the world as it is, on the replications that both have."""
    both, at, there = np.intersect1d(its.numbers, own.numbers, assume_unique=True, return_indices=True)
    if not len(both):
        return UNDEFINED
    return paired_difference(own.above[there], own.below[there], its.above[at], its.below[at])
