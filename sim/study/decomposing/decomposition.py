"""What the levers come to: the gap between two worlds in every measure, player by player, with intervals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from sim.measures import Measure, chosen, measures_of
from sim.study.decomposing.players import Parted, Player
from sim.study.decomposing.shapley import Floats, alone_weights, last_weights, shapley_weights
from sim.study.running.estimate import Estimate, combined
from sim.study.running.replications import Replications
from sim.study.running.reported import Reported
from sim.study.searching.equal import LABELS, Equal
from sim.world import World


@dataclass(frozen=True)
class Part:
    """What one player does to a measure.

    Attributes
    ----------
    added : Estimate
        The first world with this player of the second, minus the first.
    taken : Estimate
        The second world, minus the second with this player of the first.
    shapley : Estimate
        The mean of what he adds over all orders in which the players may come.
    """

    player: Player
    added: Estimate
    taken: Estimate
    shapley: Estimate


@dataclass(frozen=True)
class Gap:
    """One measure in both worlds, and what separates them, parted.

    The Shapley values add up to the difference; what is added and what is taken need not.
    """

    measure: Measure
    worlds: tuple[Estimate, Estimate]
    difference: Estimate
    parts: tuple[Part, ...]

    @property
    def defined(self) -> bool:
        """Whether the measure is defined in all worlds between the two."""
        return self.difference.mean is not None and all(one.shapley.mean is not None for one in self.parts)

    def largest(self) -> Part:
        """Return the part with the largest Shapley value, of those with the sign of the difference if there are any."""
        way = self.difference.mean or 0.0
        along = [part for part in self.parts if (part.shapley.mean or 0.0) * way > 0.0]
        return max(along or self.parts, key=lambda part: abs(part.shapley.mean or 0.0))


@dataclass(frozen=True, eq=False)
class Way:
    """All worlds between the two, staffed in one way.

    Attributes
    ----------
    meaning : str
        What was made equal, in a sentence.
    demand : float
        By what the problems of a world are multiplied where its number is free.
    lived : tuple of Replications
        One for each subset of the players, in the order of their numbers: the first world, ..., the second.
    """

    how: Equal
    meaning: str
    demand: float
    players: tuple[Player, ...]
    lived: tuple[Replications, ...]

    @property
    def label(self) -> str:
        """What the way is called."""
        return LABELS[self.how] + (f", demand x {self.demand:g} where free" if self.demand != 1.0 else "")

    def measures(self) -> list[Measure]:
        """Return the measures that every world has."""
        everywhere = [name for name in self.lived[0].totals if all(name in one.totals for one in self.lived)]
        return chosen(measures_of(self.lived[0].world), everywhere)

    def gap(self, measure: str) -> Gap:
        """Return one measure's gap, parted.

        A measure is a ratio of sums over replications, and so is its value in every world between. A part is the sum of
        these values with the coefficients of `sim.study.decomposing.shapley`; its interval is Student's, of the sum of
        their linearised residuals with the same coefficients, replication by replication
        (`sim.study.running.estimate.combined`): that of the Shapley values inside each replication. So the parts add up
        to the paired difference, mean and residuals.

        Raises
        ------
        ValueError
            If it was not measured in every world; the nearest one that was is told.
        """
        (found,) = chosen({one.id: one for one in self.measures()}, [measure])
        above, below = self.totals(measure)
        many = len(self.players)
        every = np.concatenate([alone_weights(many), last_weights(many), shapley_weights(many), _whole(many)])
        *parts, whole = combined(every, above, below)
        each = zip(self.players, parts[:many], parts[many : 2 * many], parts[2 * many :], strict=True)
        worlds = self.lived[0].estimate(measure), self.lived[-1].estimate(measure)
        return Gap(found, worlds, whole, tuple(Part(*one) for one in each))

    def totals(self, measure: str) -> tuple[Floats, Floats]:
        """Return numerators and denominators, each of shape (replications, subsets)."""
        both = np.array([one.totals[measure] for one in self.lived])
        return both[:, :, 0].T, both[:, :, 1].T

    def gaps(self) -> Iterator[Gap]:
        """Yield the gap of every measure."""
        return (self.gap(one.id) for one in self.measures())


def _whole(players: int) -> Floats:
    made = np.zeros((1, 2**players))
    made[0, 0], made[0, -1] = -1.0, 1.0
    return made


@dataclass(frozen=True, repr=False, eq=False)
class Decomposition(Reported):
    """The gap between two worlds decomposed, in one way of staffing them or in several.

    Attributes
    ----------
    parted : Parted
        The worlds, and the players that separate them.
    ways : tuple of Way
        For each demand that was asked for, the ways to staff the worlds; at least one.
    missing : mapping of str
        Why a way that was asked for is not there.
    shown : tuple of str
        The measures that were asked for by name; empty where all were.
    """

    parted: Parted
    ways: tuple[Way, ...]
    missing: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def worlds(self) -> tuple[World, World]:
        """As they were asked for."""
        return self.parted.first, self.parted.second

    @property
    def players(self) -> tuple[Player, ...]:
        """What separates them."""
        return self.parted.players

    @property
    def interrupted(self) -> bool:
        """Whether more was asked for than is there."""
        return any(one.interrupted for way in self.ways for one in way.lived) or "interrupted" in str(self.missing)

    def way(self, how: Equal, demand: float = 1.0) -> Way:
        """Return one way.

        Raises
        ------
        ValueError
            If it is not there; the message says why, or what is there.
        """
        for one in self.ways:
            if (one.how, one.demand) == (how, demand):
                return one
        there = ", ".join(way.label for way in self.ways)
        raise ValueError(f'no way "{how}" with a demand of {demand:g} is there: {self.missing.get(how) or there}')

    def gap(self, measure: str, how: Equal | None = None) -> Gap:
        """Return one measure's gap in the first way, or in another.

        Raises
        ------
        ValueError
            If there is no such way or measure.
        """
        return (self.ways[0] if how is None else self.way(how)).gap(measure)

    def __repr__(self) -> str:
        first, second = self.worlds
        ways = " and ".join(way.label for way in self.ways)
        return f"<Decomposition of {first.name} and {second.name}: {len(self.players)} players, {ways}>"
