"""What replications are: one world lived several times, each time with other luck."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.measures import Drift, chosen, measures_of
from sim.measures.register.measure import Measure
from sim.reading import difference, digest
from sim.study.running.estimate import Estimate, ratio
from sim.study.running.parted import Intervals
from sim.study.running.reported import Reported
from sim.world import World

Totals = npt.NDArray[np.float64]


@dataclass(frozen=True, repr=False, eq=False)
class Replications(Reported):
    """One world lived several times.

    Attributes
    ----------
    world : World
        As it was lived, with the horizon and the staff it was given.
    asked : World
        As it was asked for.
    numbers : tuple of int
        The replications that are finished, in order, from 0.
    totals : dict of arrays
        By measure, a row for each replication: numerator and denominator.
    interrupted : bool
        Whether others were asked for that are not finished.
    intervals : Intervals or None
        What they come to by intervals, where that was asked for; it is not stored with the totals.
    """

    world: World
    asked: World
    seed: int
    numbers: tuple[int, ...]
    engine: str
    seconds: float
    totals: dict[str, Totals]
    drifts: tuple[Drift, ...]
    interrupted: bool = False
    intervals: Intervals | None = None

    def __repr__(self) -> str:
        return f"<Replications of {self.asked.name}: {len(self.numbers)}>"

    def measures(self) -> list[Measure]:
        """Return the measures that were asked for."""
        return chosen(measures_of(self.world), self.totals)

    def estimate(self, measure: str) -> Estimate:
        """Return one measure with its 95 % interval.

        Raises
        ------
        ValueError
            If it was not measured; the message names the nearest one that was.
        """
        known = measures_of(self.world)
        chosen({name: known[name] for name in self.totals}, [measure])
        above, below = self.totals[measure].T
        return ratio(above, below)

    def only(self, many: int) -> Replications:
        """Return the first so many of them."""
        totals = {name: rows[:many] for name, rows in self.totals.items()}
        parted = self.intervals and self.intervals.only(many)
        return replace(self, numbers=self.numbers[:many], totals=totals, drifts=self.drifts[:many], intervals=parted)

    def __add__(self, other: Replications) -> Replications:
        """Return the replications of both: 1 to 10 and 11 to 20 are 1 to 20.

        Raises
        ------
        ValueError
            If they are not of the same world, as asked for and as lived, and of the same seed, or share a replication.
        """
        _check_alike(self, other)
        order = np.argsort([*self.numbers, *other.numbers])
        both = {name: (rows, other.totals[name]) for name, rows in self.totals.items() if name in other.totals}
        return replace(
            self,
            numbers=tuple(sorted((*self.numbers, *other.numbers))),
            totals={name: np.concatenate(rows)[order] for name, rows in both.items()},
            drifts=tuple((*self.drifts, *other.drifts)[at] for at in order),
            engine=self.engine if self.engine == other.engine else f"{self.engine} and {other.engine}",
            seconds=self.seconds + other.seconds,
            interrupted=self.interrupted or other.interrupted,
            intervals=self.intervals and self.intervals.with_those_of(other.intervals),
        )

    def __radd__(self, nothing: int) -> Replications:
        """Begin a sum: `sum` adds to 0."""
        return self if nothing == 0 else NotImplemented

    def __eq__(self, other: object) -> bool:
        """Say whether the same world was lived with the same luck, to the bit, whoever did it and how fast."""
        return isinstance(other, Replications) and self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash((self.asked.name, self.seed, self.numbers))

    def _facts(self) -> tuple[Any, ...]:
        totals = {name: rows.tolist() for name, rows in self.totals.items()}
        return self.world, self.asked, self.seed, self.numbers, totals


def _check_alike(one: Replications, other: Replications) -> None:
    if not isinstance(other, Replications):
        raise ValueError(f"replications are added to replications, not to {type(other).__name__}")
    for what, mine, theirs in (("asked for", one.asked, other.asked), ("lived", one.world, other.world)):
        if digest(mine) != digest(theirs):
            keys = ", ".join(change.key for change in difference(mine, theirs)[:5])
            raise ValueError(
                f"these are not of the same world: {mine.name} and {theirs.name} as {what} differ on {keys}"
            )
    if one.seed != other.seed:
        raise ValueError(f"these are not of the same luck: seeds {one.seed} and {other.seed}")
    twice = sorted({*one.numbers} & {*other.numbers})
    if twice:
        few = ", ".join(str(number + 1) for number in twice[:5]) + (" ..." if len(twice) > 5 else "")
        raise ValueError(f"replication {few}, counted from 1, is in both: each counts once")
