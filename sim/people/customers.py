"""Customers as rows: what is known of a problem and of who has it, before any world answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.luck.keys import REASONS_AT_MOST as REASONS_AT_MOST
from sim.luck.laws import Law, LawCode
from sim.world import Population

CUSTOMER = np.dtype(
    [
        ("number", np.int64),
        ("appeared", np.float64),
        ("reason", np.int16),
        ("difficulty", np.int16),
        ("segment", np.int16),
        ("other_network", np.bool_),
        ("autonomous", np.bool_),
        ("recurs", np.bool_),
        ("work", np.float64),
        ("gesture", np.float64),
        ("severity", np.float64),
        ("temper", np.float64),
        ("value_of_time", np.float64),
        ("outage_value", np.float64),
        ("hours_of_use", np.float64),
        ("lock_in", np.float64),
        ("renewal", np.float64),
        ("worth", np.float64),
    ]
)
"""A problem and its customer: number (identity), appeared (min), codes in the scenario's order, work (mean 1, times the
reason's), gesture called for (EUR, 0 for none), values in EUR/h, use in h/day, renewal in months, worth in EUR/year.
"""


@dataclass(frozen=True, eq=False)
class Customers:
    """The problems of one replication in the order in which they appear, with the customers who have them.

    Two are equal when population, seed, replication and every bit of the rows are. Seed and replication are kept as
    plain whole numbers: NumPy's overflow where luck is drawn from them.

    Attributes
    ----------
    population : Population
        The block of the world of which they were made.
    rows : structured array
        One for each problem, of the type `CUSTOMER`: minutes, EUR, EUR an hour, months.
    seed, replication : int
        What their luck is.
    """

    population: Population
    rows: npt.NDArray[np.void]
    seed: int
    replication: int

    def __post_init__(self) -> None:
        for name in ("seed", "replication"):
            given = getattr(self, name)
            object.__setattr__(self, name, int(given) if isinstance(given, np.integer) else given)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<Customers: {len(self):,} problems, seed {self.seed}, replication {self.replication}>"

    def __eq__(self, other: object) -> bool:
        """Say whether these are the same customers, to the bit."""
        return (
            isinstance(other, Customers)
            and (self.seed, self.replication) == (other.seed, other.replication)
            and same_bits((self.rows,), (other.rows,))
            and self.population == other.population
        )

    def __hash__(self) -> int:
        """Agree with equality; rows that are changed in place leave it as it is."""
        return hash((self.seed, self.replication, len(self.rows)))

    def sorted(self) -> Customers:
        """Return the same customers in the order in which engines take them: by time, at the same time by number."""
        return replace(self, rows=self.rows[np.lexsort((self.rows["number"], self.rows["appeared"]))])


def same_bits(one: Sequence[npt.NDArray[Any]], other: Sequence[npt.NDArray[Any]]) -> bool:
    """Say whether arrays are the same to the bit; what lies unused between the fields of a record does not count."""
    if len(one) != len(other):
        return False
    for mine, its in zip(one, other, strict=True):
        if mine.dtype != its.dtype or mine.shape != its.shape:
            return False
        names = mine.dtype.names
        if not (
            all(mine[name].tobytes() == its[name].tobytes() for name in names)
            if names
            else mine.tobytes() == its.tobytes()
        ):
            return False
    return True


def difficulty_names(population: Population) -> tuple[str, ...]:
    """Return the names of the difficulty classes of all reasons, each once, in the order of the scenario."""
    return tuple(dict.fromkeys(name for reason in population.reasons.values() for name in reason.difficulty))


def spread(cv: float) -> Law:
    """Return the lognormal law of mean one with this coefficient of variation."""
    if cv == 0.0:
        return Law(LawCode.CONSTANT, 1.0)
    wide = math.log1p(cv * cv)
    return Law(LawCode.LOGNORMAL, -wide / 2, math.sqrt(wide))
