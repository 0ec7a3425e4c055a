"""A cohort through the months: problems, grievance, word of mouth, who leaves, who comes, what margin is lost.

Nobody is thrown out by a draw: of each customer a part goes with the probability of leaving, so that all is expected of
the problems drawn. Amounts are for each initial customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.study.generations import law
from sim.study.generations.journeys import Journeys
from sim.study.generations.law import MONTHS
from sim.study.generations.people import People, acquisitions
from sim.world import World

Floats = npt.NDArray[np.float64]

MONTH = np.dtype(
    [
        (name, np.float64)
        for name in (
            "customers",
            "initial",
            "unvexed",
            "left",
            "left_beyond",
            "won",
            "talked_away",
            "talked_in",
            "problems",
            "ces",
            "grievance",
            "disloyal",
            "lost_margin",
        )
    ]
)
"""What a month comes to, for each initial customer. customers, initial: there at its end, in all and of those of the
first day; unvexed: that would be there with the base churn alone. left, left_beyond: in the month, and beyond the base
churn of those who were there. won: came; talked_away, talked_in: acquisitions lost, and won, by word of mouth.
problems, ces: how many, and the sum of their CES. grievance, disloyal: summed over the customers at its end.
lost_margin: of those missing at its beginning (EUR).
"""


@dataclass(eq=False)
class Cohort:
    """A firm's customers in one world, as far as they have come.

    Attributes
    ----------
    here, unvexed : arrays
        The part of each that is a customer, and that would be one with the base churn alone.
    grievance : array
        Points of CES.
    month : int
        The next one, from 0.
    """

    people: People
    here: Floats
    unvexed: Floats
    grievance: Floats
    month: int = 0

    @classmethod
    def of(cls, people: People) -> Cohort:
        """Return the customers of the first day, who bear no grudge."""
        many = len(people.lock_in)
        first = np.where(np.arange(many) < people.size, 1.0 / people.size, 0.0)
        return cls(people, first, first.copy(), np.zeros(many))

    @property
    def customers(self) -> float:
        """How many there are, for each initial one."""
        return float(self.here[: self.people.there(self.month)].sum())

    def live(self, world: World, journeys: Journeys, a_year: float) -> npt.NDArray[np.void]:
        """Live a year; return its months.

        Parameters
        ----------
        journeys : Journeys
            What problems of this year are like.
        a_year : float
            Problems of a customer in it.
        """
        months = np.zeros(MONTHS, MONTH)
        market = law.market_of(world.generations, self.month // MONTHS + 1)
        for told in months:
            self._live_a_month(told, world, journeys, a_year, market)
            self.month += 1
        return months

    def _live_a_month(self, told: Any, world: World, journeys: Journeys, a_year: float, market: law.Market) -> None:
        there = slice(self.people.there(self.month))  # sums of others' nothing would be added up in another order
        missing = self.unvexed[there] - self.here[there]
        told["lost_margin"] = float(np.dot(self.people.worth[there], missing)) / MONTHS
        self.grievance *= law.kept(world.generations.memory)
        self._have_problems(told, world, journeys, a_year, market)
        self._decide(told, world, market)
        self._come(told, world)
        self._count(told, world)

    def _have_problems(self, told: Any, world: World, journeys: Journeys, a_year: float, market: law.Market) -> None:
        people, loyalty, terms = self.people, world.loyalty, world.generations
        many = people.problems(self.month, a_year)
        added = law.weight(journeys.ces, market, terms.goodwill)
        for which in range(int(many.max(initial=0)) if journeys else 0):
            who = np.flatnonzero(many > which)
            lived, parts = journeys.ranked(people.ranks(who, self.month, which)), self.here[who]
            self.grievance[who] += added[lived]
            told["problems"] += parts.sum()
            told["ces"] += np.dot(parts, journeys.ces[lived])
            ill, well = np.dot(parts, journeys.ill[lived]), np.dot(parts, 1.0 - journeys.disloyal[lived])
            told["talked_away"] += ill * loyalty.people_told * loyalty.lost_per_told
            told["talked_in"] += well * terms.speaks_well * terms.well_told * terms.won_per_told

    def _decide(self, told: Any, world: World, market: law.Market) -> None:
        due = np.flatnonzero(self.people.may_leave(self.month))
        meant = law.means_to_leave(self.grievance[due], world.generations.believe_temporary)
        gone = self.here[due] * law.goes(meant, self.people.lock_in[due], market, world.loyalty)
        told["left"], told["left_beyond"] = gone.sum(), (gone - self.here[due] * world.loyalty.base_churn).sum()
        self.here[due] -= gone
        self.unvexed[due] *= 1.0 - world.loyalty.base_churn

    def _come(self, told: Any, world: World) -> None:
        planned = acquisitions(world) / MONTHS
        told["talked_away"] = min(told["talked_away"], planned + told["talked_in"])
        told["won"] = planned + told["talked_in"] - told["talked_away"]
        first = self.people.there(self.month)
        new = slice(first, first + self.people.a_month)
        if self.people.a_month and len(self.here[new]):
            self.here[new], self.unvexed[new] = told["won"] / self.people.a_month, planned / self.people.a_month

    def _count(self, told: Any, world: World) -> None:
        there = slice(self.people.there(self.month + 1))
        here, grievance = self.here[there], self.grievance[there]
        told["customers"], told["initial"] = here.sum(), here[: self.people.size].sum()
        told["unvexed"] = self.unvexed[there].sum()
        told["grievance"] = np.dot(here, grievance)
        told["disloyal"] = np.dot(here, law.means_to_leave(grievance, world.generations.believe_temporary))
