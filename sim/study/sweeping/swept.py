"""What a sweep comes to: each measure of every point with its interval, and its difference to the world as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.asked import one_of
from sim.study.running.estimate import UNDEFINED, Estimate, paired_difference, ratio
from sim.study.sweeping.chunk import BASE
from sim.study.sweeping.design import Design
from sim.study.sweeping.store import Memory, Runs, Store
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False, repr=False)
class Sweep:
    """A world at the points of a design.

    Attributes
    ----------
    base : World
        As it was lived.
    numbers : tuple of int
        The replications that were asked for.
    measures : tuple of str
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
        many = f"{len(self.design):,} points, {len(self.measures)} measures, {len(self.numbers)} replications"
        return f"<Sweep of {self.base.name}: {many}>"

    def base_is_there(self) -> bool:
        """Say whether the world as it is has been lived in all replications."""
        have = [numbers[points == BASE] for points, numbers, _ in self.kept.done()]
        return {*np.concatenate(have or [np.zeros(0, np.int64)]).tolist()} >= {*self.numbers}

    @property
    def failed(self) -> dict[int, str]:
        """Points that could not be lived, by their place in the design, and why."""
        return {point: why for _, _, failed in self.kept.done() for point, why in failed.items()}

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

        rows: list[dict[str, Any]] = []
        failed = self.failed
        for name in self._named(measures):
            runs = self.kept.runs(self.measures.index(name))
            own = _of(runs, BASE)
            for point in range(BASE, len(self.design)):
                its = _of(runs, point)
                rows.append(
                    {**self._said(point), "measure": name, "replications": len(its.numbers)}
                    | _ends("", _ratio(its))
                    | _ends("difference_", UNDEFINED if point == BASE else _difference(its, own))
                    | {"failed": failed.get(point, "")}
                )
        return pd.DataFrame(rows)

    def wide(self, measures: str | Iterable[str] | None = None) -> pd.DataFrame:
        """Return a row for each point, with the mean of each measure in a column of its name."""
        import pandas as pd

        said = pd.DataFrame([self._said(point) for point in range(BASE, len(self.design))])
        means = {name: self.table(name)["mean"].to_numpy() for name in self._named(measures)}
        return said.assign(**means)

    def _named(self, measures: str | Iterable[str] | None) -> list[str]:
        asked = self.measures if measures is None else [measures] if isinstance(measures, str) else list(measures)
        return [one_of("measures", name, self.measures) for name in asked]

    def _said(self, point: int) -> dict[str, Any]:
        """Return which point it is: its place, its name, and its value at each path (empty: as the world has it)."""
        changes = {} if point == BASE else self.design[point]
        named = {"name": "" if point == BASE else self.design.names[point]} if self.design.names else {}
        return {"point": point, **named, **{path: _shown(changes.get(path)) for path in self.design.paths}}


def _shown(value: Any) -> Any:
    return value if isinstance(value, (int, float)) else "" if value is None else str(value)


def _of(runs: Runs, point: int) -> Runs:
    here = slice(*np.searchsorted(runs.points, [point, point + 1]))
    defined = np.isfinite(runs.above[here]) & np.isfinite(runs.below[here])
    return Runs(
        runs.points[here][defined], runs.numbers[here][defined], runs.above[here][defined], runs.below[here][defined]
    )


def _ratio(runs: Runs) -> Estimate:
    return ratio(runs.above, runs.below) if len(runs.numbers) else UNDEFINED


def _difference(its: Runs, own: Runs) -> Estimate:
    """Return by how much a point differs from the world as it is, on the replications that both have."""
    both, at, there = np.intersect1d(its.numbers, own.numbers, assume_unique=True, return_indices=True)
    if not len(both):
        return UNDEFINED
    return paired_difference(own.above[there], own.below[there], its.above[at], its.below[at])


def _ends(prefix: str, one: Estimate) -> dict[str, float | None]:
    names = ("mean", "low", "high") if not prefix else ("", "low", "high")
    said = (f"{prefix}{name}".rstrip("_") for name in names)
    return dict(zip(said, one, strict=True))
