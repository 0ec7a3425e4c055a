"""What replications are: one world lived several times, each time with other luck."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.measures import Drift, chosen, measures_of
from sim.measures.measure import Measure
from sim.scenario import World
from sim.study.estimate import Estimate, ratio

if TYPE_CHECKING:
    import pandas as pd

Totals = npt.NDArray[np.float64]


@dataclass(frozen=True, repr=False, eq=False)
class Replications:
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
        return replace(self, numbers=self.numbers[:many], totals=totals, drifts=self.drifts[:many])

    def __add__(self, other: Replications) -> Replications:
        """Return the replications of both: 1 to 10 and 11 to 20 are 1 to 20.

        Raises
        ------
        ValueError
            If they are not of the same world and seed, or share a replication.
        """
        from sim.study.merging import merged_replications

        return merged_replications(self, other)

    def __eq__(self, other: object) -> bool:
        """Say whether the same world was lived with the same luck, to the bit, whoever did it and how fast."""
        return isinstance(other, Replications) and self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash((self.asked.name, self.seed, self.numbers))

    def _facts(self) -> tuple[Any, ...]:
        totals = {name: rows.tolist() for name, rows in self.totals.items()}
        return self.world, self.asked, self.seed, self.numbers, totals

    def table(self) -> pd.DataFrame:
        """Return the measures as a table, one row for each; undefined values are NaN."""
        from sim.study.tables import replications_table

        return replications_table(self)

    def to_json(self) -> str:
        """Return them as JSON, whole enough to be read, merged and made again; undefined values are null."""
        from sim.study.stored import as_json, replications_tree

        return as_json(replications_tree(self))

    def text(self, *, every: bool = True, definitions: bool = True) -> str:
        """Return the measures as they are printed: 120 columns at most.

        Parameters
        ----------
        every : bool
            All measures; without it the figures that matter alone.
        definitions : bool
            What every measure shown means.
        """
        from sim.study.words import replications_text

        return replications_text(self, every=every, definitions=definitions)

    def _repr_html_(self) -> str:
        from sim.study.words import replications_html

        return replications_html(self)
