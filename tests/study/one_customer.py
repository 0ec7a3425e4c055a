"""A cohort worked by hand: a customer or a few, whose problems and dates are said, not drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sim.study.generations.cohort import Cohort
from sim.study.generations.journeys import Journeys
from sim.study.generations.people import People, newcomers
from sim.study.generations.people import acquisitions as planned
from sim.world import World

Script = Mapping[int, Sequence[int]]
"""By month: who has a problem; one who stands there twice has two."""


@dataclass(frozen=True, eq=False)
class Scripted(People):
    """Customers whose problems are said by month; their journeys are the year's, of which there is one kind."""

    script: Script = field(default_factory=dict)

    def problems(self, month, a_year):
        """Return how often each stands in the script."""
        return np.bincount(np.array(self.script.get(month, ()), int), minlength=self.there(month))


def cohort(
    world: World,
    script: Script,
    *,
    lock_in: Sequence[float] = (0.5,),
    decides: Sequence[int] = (0,),
    worth: Sequence[float] = (120.0,),
    months: int = 36,
) -> Cohort:
    """Return customers of the first day; those who may come have no problems and are worth 120 EUR."""
    size, terms = len(lock_in), world.generations
    many = newcomers(size, planned(world), bool(terms.speaks_well and terms.won_per_told)) * months
    joins = [0] * size + [1 + at // max(many // months, 1) for at in range(many)]
    dates = [*decides, *(join + terms.contract - 1 for join in joins[size:])]
    people = Scripted(
        1, 0, np.array([*lock_in, *([0.5] * many)]), np.array(dates), np.array([*worth, *([120.0] * many)]),
        np.array(joins), size, many // months, script=script,
    )  # fmt: skip
    return Cohort.of(people)


def lived(world: World, script: Script, efforts: Sequence[float], **who) -> np.ndarray:
    """Return the months of years, a year for each effort: what its journeys are like."""
    its = cohort(world, script, **who)
    return np.concatenate([its.live(world, Journeys.of_efforts([effort]), 1.0) for effort in efforts])


def ces(effort: float) -> float:
    """Return the CES of an effort index (docs/model.md)."""
    return 1 + 4 * (1 - math.exp(-effort / 4))


def disloyal(felt: float) -> float:
    """Return the share disloyal at a CES: 9 % at 1.5 and 96 % at 4.5 (docs/model.md)."""
    return 1 / (1 + math.exp(2.31 - 1.83 * (min(max(felt, 1.0), 5.0) - 1.5)))


def ill(felt: float) -> float:
    """Return the share who speak ill at a CES: 1 % at 1.5 and 81 % at 4.5."""
    low = math.log(1 / 99)
    return 1 / (1 + math.exp(-(low + (math.log(81 / 19) - low) / 3 * (felt - 1.5))))


def goes(grievance: float, lock_in: float = 0.5, belief: float = 0.7) -> float:
    """Return the share who leave: ``b + (1 - b) kappa (1 - lock_in) (1 - belief) P(disloyal)``, b = .12, kappa = .3."""
    return 0.12 + 0.88 * 0.3 * (1 - lock_in) * (1 - belief) * disloyal(1.5 + grievance)
