"""What a world prevents: problems that are there, and of which nothing is lived."""

from __future__ import annotations

from pydantic import field_validator

from sim.units import Euros, Share
from sim.world.facts import ClassName, ReasonName
from sim.world.frozen import Frozen


class Prevention(Frozen):
    """Something by which problems are prevented: a cause removed, clear instructions, help to help oneself.

    The population stays as it is: a problem that is prevented counts in all that is told per problem.
    """

    share: Share
    """Share of the problems that it prevents, of those it is meant for whose customers it reaches."""
    read: Share = 1.0
    """Share of the customers whom it reaches, such as those who read a booklet; a cause removed reaches all."""
    reasons: tuple[ReasonName, ...] = ()
    """The reasons it is meant for; none named: all."""
    classes: tuple[ClassName, ...] = ()
    """The difficulty classes it is meant for, as ``"class"`` or ``"reason.class"``; none named: all."""
    eur_per_year: Euros = 0.0
    """What it costs the firm in a year of 365 days, however much it prevents (EUR)."""
    eur_per_prevented: Euros = 0.0
    """What it costs the firm for each problem that it prevents (EUR)."""

    @field_validator("reasons", "classes")
    @classmethod
    def _each_once(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(names)) < len(names):
            raise ValueError("a name stands there twice; write each once")
        return names

    def prevents(self, reason: str, difficulty: str) -> float:
        """Return the probability with which it prevents a problem of a reason and a difficulty class."""
        if self.reasons and reason not in self.reasons:
            return 0.0
        if self.classes and difficulty not in self.classes and f"{reason}.{difficulty}" not in self.classes:
            return 0.0
        return self.share * self.read
