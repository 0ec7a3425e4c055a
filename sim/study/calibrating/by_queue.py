"""Calls by queue: which problems lead to which of a report's queues, and what shares of them give its calls.

A report counts calls, a world has shares of problems: repeats and redials lie between, and are other for each queue. So
the shares are sought as all else is, by simulation, and begin where one step takes them: each queue's share of the
problems is multiplied by the calls reported over those simulated there. Reasons (and segments) that lead to one queue
keep their proportions.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.measures.intervals.asked import Parting, parting
from sim.measures.intervals.cells import NAMES, queues_of
from sim.quoting import short
from sim.reading import written
from sim.reading.trees import standing_at
from sim.study.calibrating.aims import Aim
from sim.study.calibrating.parameters import SHARES, Parameter
from sim.study.calibrating.questions import Question, Totals, in_queue, of_queue
from sim.study.running.replications import Replications
from sim.world import World

Floats = npt.NDArray[np.float64]
Place = tuple[str, ...]
COUNTS = ("offered", "answered", "abandoned")
"""What a report counts by queue, and a simulation too."""
_NO_CALL = 0.5
"""Calls that are taken for simulated where none was."""


@dataclass(frozen=True)
class Group:
    """Reasons, or segments, whose calls are counted together: they lead to the same queue.

    Attributes
    ----------
    queues : tuple of str
        In which their calls are counted: one, or all those of the reasons for the segments without a route of their
        own.
    places : tuple
        Where their shares stand in the world's file.
    """

    queues: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class Block:
    """Groups whose shares make a whole together; the first takes what the others leave."""

    groups: tuple[Group, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """All their shares."""
        return tuple(place for group in self.groups for place in group.places)


@dataclass(frozen=True)
class ByQueue:
    """A report's calls by queue, beside a world.

    Attributes
    ----------
    calls : dict of dict of str to float
        By the world's queue, of those that calls come to first: what the report counts of `COUNTS`.
    blocks : tuple of Block
        Whose shares these calls tell; empty where they tell none.
    notes : tuple of str
        What has to be known of it, in sentences.
    """

    calls: Mapping[str, Mapping[str, float]] = field(hash=False)
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()

    def parting(self, world: World) -> Parting:
        """Return how a simulated horizon is parted so that calls are counted by queue."""
        return parting(world, "whole", "queue")

    def told(self) -> tuple[str, ...]:
        """Return the queues whose calls tell shares, the one with most calls first."""
        queues = dict.fromkeys(queue for block in self.blocks for group in block.groups for queue in group.queues)
        return tuple(sorted(queues, key=lambda queue: -self.calls[queue]["offered"]))

    def offered(self) -> dict[str, float]:
        """Return the calls offered that the report counts, of these queues."""
        return {queue: self.calls[queue]["offered"] for queue in self.told()}

    def parameters(self, world: World) -> tuple[Parameter, ...]:
        """Return what is sought: of each block the share of all groups but the first, against it."""
        return tuple(one for block in self.blocks for one in _parameters(block, world)[1:])

    def wholes(self, world: World) -> tuple[tuple[Parameter, ...], ...]:
        """Return the groups of each block as values, the first too, which takes what the others leave."""
        return tuple(_parameters(block, world) for block in self.blocks)

    def aims(self, days: float, horizon: float) -> tuple[Aim, ...]:
        """Return what is aimed at: the share of these calls of each queue but the largest."""
        told, offered = self.told(), self.offered()
        whole = sum(offered.values())
        return tuple(
            Aim(_share(queue, told), offered[queue] / whole, 0.0, None, None, None, days / horizon)
            for queue in told[1:]
        )

    def shown(self, by: float, days: float, horizon: float) -> tuple[Aim, ...]:
        """Return the counts by queue that are shown, calls a day: the report's, times ``by``, over so many days."""
        return tuple(
            Aim(in_queue(name, queue), many * by / days, 0.0, None, None, None, days / horizon)
            for queue, counts in self.calls.items()
            for name, many in counts.items()
        )

    def step(self, seen: Mapping[str, float]) -> Floats:
        """Return how far the shares are to be moved, given the calls offered that were simulated, by queue.

        Each group's share is multiplied by its part of the calls reported over its part of those simulated, which
        counts against what the first group of its block is multiplied by.

        Examples
        --------
        >>> two = Block((Group(("sales",), (("a",),)), Group(("support",), (("b",),))))
        >>> counts = {"sales": {"offered": 66.0}, "support": {"offered": 34.0}}
        >>> np.exp(ByQueue(counts, (two,)).step({"sales": 33.0, "support": 68.0}))  # twice, and half as many
        array([0.25])
        """
        moves: list[float] = []
        for block in self.blocks:
            first, *others = (self._ratio(group, seen) for group in block.groups)
            moves += [other - first for other in others]
        return np.array(moves)

    def _ratio(self, group: Group, seen: Mapping[str, float]) -> float:
        offered = self.offered()
        parts = [sum(max(calls[queue], _NO_CALL) for queue in group.queues) for calls in (offered, seen)]
        return math.log(parts[0] / parts[1])


def _share(queue: str, among: tuple[str, ...]) -> Question:
    """Return how the share of a queue among the calls of several is asked."""

    def of(totals: Totals) -> tuple[Floats, Floats]:
        calls = {name: totals[of_queue("offered", name)][:, 0] for name in among}
        return calls[queue], np.sum([*calls.values()], axis=0)

    return Question(of_queue("share", queue), f"share of the calls of {short(queue)}", "share", "share", (), of)


def _parameters(block: Block, world: World) -> tuple[Parameter, ...]:
    tree = written(world)
    whole = sum(standing_at(tree, *place) for place in block.places)
    return tuple(_parameter(group, block, whole) for group in block.groups)


def _parameter(group: Group, block: Block, whole: float) -> Parameter:
    led = " and ".join(short(queue) for queue in group.queues)
    against = tuple(place for place in block.places if place not in group.places)
    kind = group.places[0][1]
    return Parameter(f"{SHARES}: {led}", f"share of the {kind} led to {led}", group.places, True, against, whole)


def totals_of(lived: Replications) -> Totals:
    """Return the totals of replications, the calls by queue among them where they were counted."""
    if lived.intervals is None:
        return lived.totals
    days, queues = lived.totals["calls_per_day"][:, 1], queues_of(lived.world)
    sums = lived.intervals.sums[:, 1:]  # what came to no queue stands first
    found = dict(lived.totals)
    for at, queue in enumerate(queues):
        for name in COUNTS:
            found[of_queue(name, queue)] = np.stack([sums[:, at, NAMES.index(name)], days], axis=1)
    return found


def calls_of(lived: Replications, queues: Sequence[str]) -> dict[str, float]:
    """Return the calls offered that replications come to, by queue."""
    totals = totals_of(lived)
    return {queue: float(totals[of_queue("offered", queue)][:, 0].sum()) for queue in queues}


def shares_told(groups: Sequence[Parameter], values: Sequence[float], covariance: Floats | None) -> list[float | None]:
    """Return the standard errors of the logarithm of the odds of each group of a block.

    By the delta method: the odds of a group are its weight over the sum of the others', each moved by itself against
    the first.

    Parameters
    ----------
    values : sequence of float
        The groups' shares.
    covariance : others x others, or None
        Of the moves of all groups but the first; None where it is not known.
    """
    if covariance is None:
        return [None] * len(groups)
    parts, found = np.array(values) / sum(values), list[float | None]()
    for at, part in enumerate(parts):
        slopes = -parts / (1.0 - part)
        slopes[at] = 1.0
        found.append(math.sqrt(float(slopes[1:] @ covariance @ slopes[1:])))
    return found
