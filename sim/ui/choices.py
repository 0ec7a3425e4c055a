"""What a user of the page has chosen, and the two worlds that makes."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace

from sim.population import expected_problems
from sim.scenario import World, load, same_population, shipped
from sim.study.equal import Equal, ways
from sim.study.size import with_days
from sim.study.what_if import WhatIf
from sim.ui.forms import NEVER
from sim.units import duration

QUICK = 450_000
"""Problems lived, in all replications of both worlds, up to which a change is answered without a button: a second or
two where customers call again and again."""
FAVOURITES = ("double_peine", "empowered")


@dataclass(frozen=True)
class Choices:
    """What is set on the page; None leaves a world as it is written."""

    first: str
    second: str
    load_percent: int = 100
    """Problems per day, in percent of the worlds' own; the same in both."""
    price: float | None = None
    """Price of a minute in the first world (EUR)."""
    cut_after: str | None = None
    """In the first world: a duration, or `NEVER`."""
    staff_percent: int = 100
    """Agents of the second world, in percent of its own."""
    days: int = 7
    replications: int = 10
    seed: int = 1

    def quick(self) -> bool:
        """Return whether a run is so short that it is made at every change; a mistake is told at once too."""
        try:
            worlds = self.worlds()
        except ValueError:
            return True
        return self.replications * sum(map(expected_problems, worlds)) <= QUICK

    def worlds(self) -> tuple[World, World]:
        """Return the two worlds as they are lived: with the days that are measured."""
        first, second = self.changed()
        return with_days(first, self.days), with_days(second, self.days)

    def changed(self) -> tuple[World, World]:
        """Return the two worlds to compare, each with its own staff, its own horizon, warm-up and follow-up.

        Raises
        ------
        WorldError
            If a world is not to be found, or the changes make none.
        ValueError
            If the worlds have other customers.
        """
        first, second = load(self.first), load(self.second)
        if not same_population(first, second):
            alike = [name for name in shipped() if same_population(first, load(name)) and name != self.first]
            raise ValueError(
                f"{self.first} and {self.second} have other customers, so they cannot be compared. "
                f"{self.first} can be compared with: {', '.join(alike) or 'none of the shipped worlds'}."
            )
        return self._what_if(first).worlds(first, second)

    def _what_if(self, first: World) -> WhatIf:
        """Return what is changed: a slider that stands where the world has it changes nothing."""
        cut = "none" if self.cut_after == NEVER else self.cut_after
        own = "none" if first.levers.time.cut_after is None else duration(first.levers.time.cut_after)
        return WhatIf(
            float(self.load_percent),
            None if self.price == first.tariff.price_per_minute else self.price,
            None if cut == own else cut,
            float(self.staff_percent),
        )

    def ways(self) -> tuple[Equal, ...]:
        """Return the ways in which the second world is staffed, the first of them shown at once.

        Raises
        ------
        ValueError
            As `worlds`.
        """
        return ways("all", *self.worlds())

    def of_way(self, how: Equal) -> Choices:
        """Return the choices on which a way depends: equal staff and service do not on the second's own agents."""
        first, second = load(self.first), load(self.second)
        own = how == "none" or set(first.teams) != set(second.teams)
        return self if own else replace(self, staff_percent=100)

    def command(self) -> str:
        """Return the command that comes to the same figures."""
        size = ["--days", str(self.days), "--replications", str(self.replications), "--seed", str(self.seed)]
        options = self._what_if(load(self.first)).options()
        return shlex.join(
            ["python3", "-m", "uv", "run", "python", "-m", "sim", "compare", self.first, self.second, *options, *size]
        )


def pair_to_begin_with() -> tuple[str, str]:
    """Return the worlds chosen before the user chooses: the best-known pair, or the first two shipped."""
    names = shipped()
    if set(FAVOURITES) <= set(names):
        return FAVOURITES
    return names[0], names[-1]
