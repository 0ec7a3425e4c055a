"""What a search for the break-even comes to."""

from __future__ import annotations

from dataclasses import dataclass

from sim.measures import Measure
from sim.study.breaking_even.roots import Root
from sim.study.breaking_even.varied import Varied
from sim.study.running.estimate import Estimate
from sim.study.running.reported import Reported
from sim.world import World


@dataclass(frozen=True)
class Tried:
    """One value that was tried: the measure in both worlds, and the second minus the first."""

    value: float
    worlds: tuple[Estimate, Estimate]
    difference: Estimate


@dataclass(frozen=True, repr=False, eq=False)
class BreakEven(Reported):
    """At which value of a parameter two worlds come to the same in a measure.

    Attributes
    ----------
    varied : Varied
        The parameter, its bounds, and in which world it is varied.
    tried : tuple of Tried
        In order of the value.
    roots : tuple of Root
        In order; empty where there is none between the bounds.
    flat : bool
        The parameter changes nothing of the difference.
    numbers : tuple of int
        The replications, the same at every value.
    interrupted : bool
        Roots are then known as far as they were closed in on.
    """

    varied: Varied
    measure: Measure
    tried: tuple[Tried, ...]
    roots: tuple[Root, ...]
    flat: bool
    seed: int
    numbers: tuple[int, ...]
    engine: str
    seconds: float
    interrupted: bool = False

    @property
    def worlds(self) -> tuple[World, World]:
        """As they were asked for."""
        return self.varied.worlds

    @property
    def root(self) -> Root | None:
        """The root, if there is exactly one."""
        return self.roots[0] if len(self.roots) == 1 else None

    @property
    def ends(self) -> tuple[Tried, Tried]:
        """What was found at the outermost values that were tried."""
        return self.tried[0], self.tried[-1]

    def __repr__(self) -> str:
        first, second = self.worlds
        there = ", ".join(self.varied.said(one.at) for one in self.roots) or "nowhere"
        return f"<BreakEven of {first.name} and {second.name}, {self.measure.id}: {self.varied.path} at {there}>"
