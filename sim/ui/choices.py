"""What a user of the page has chosen, and the two worlds that makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.population import expected_problems
from sim.scenario import World, load, same_population, shipped, variant
from sim.study.equal import equal_staff
from sim.study.sizes import scaled_staff
from sim.units import duration

QUICK = 450_000
"""Problems lived, in all replications of both worlds, up to which a change is answered without a button: a second or
two where customers call again and again."""
FAVOURITES = ("double_peine", "empowered")
NEVER = "never"
CUTS = (NEVER, "10 min", "15 min", "20 min", "30 min", "45 min")


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
    """Paid agent hours of the second world, in percent of the first's."""
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
        """Return the two worlds to compare: with warm-up and follow-up as they have them.

        Raises
        ------
        WorldError
            If a world is not to be found, or the changes make none.
        ValueError
            If the worlds have other customers, or staff cannot be made equal.
        """
        first, second = load(self.first), load(self.second)
        if not same_population(first, second):
            alike = [name for name in shipped() if same_population(first, load(name)) and name != self.first]
            raise ValueError(
                f"{self.first} and {self.second} have other customers, so they cannot be compared. "
                f"{self.first} can be compared with: {', '.join(alike) or 'none of the shipped worlds'}."
            )
        first = variant(first, {**self._of_both(first), **self._of_first(first)})
        second = variant(second, self._of_both(second))
        # The second is given the first's hours, then the wanted part of them.
        return first, scaled_staff(equal_staff(first, second).second, self.staff_percent / 100)

    def _of_both(self, world: World) -> dict[str, Any]:
        problems = world.population.problems_per_day * self.load_percent / 100
        return {
            "time": {"horizon": f"{self.days} d"},
            "population": {"problems_per_day": problems},
        }

    def _of_first(self, world: World) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        if self.price is not None and self.price != world.tariff.price_per_minute:
            changes["tariff"] = {"price_per_minute": self.price, "off_peak_price_per_minute": "none"}
        if self.cut_after is not None:
            wanted = "none" if self.cut_after == NEVER else self.cut_after
            changes["levers"] = {"time": {"cut_after": wanted}}
        return changes


def pair_to_begin_with() -> tuple[str, str]:
    """Return the worlds chosen before the user chooses: the best-known pair, or the first two shipped."""
    names = shipped()
    if set(FAVOURITES) <= set(names):
        return FAVOURITES
    return names[0], names[-1]


def cuts_of(world: World) -> tuple[tuple[str, ...], str]:
    """Return the cuts to choose from for a world, its own among them, and its own."""
    own = world.levers.time.cut_after
    written = NEVER if own is None else duration(own)
    return (CUTS if written in CUTS else (*CUTS, written)), written
