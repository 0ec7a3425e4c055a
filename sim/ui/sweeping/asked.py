"""What a sweep of the page is: a world, the values of some paths, measures, size; and the folder it is kept in."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim import __version__
from sim.people import expected_problems
from sim.reading import World, digest
from sim.study.running.size import with_days
from sim.study.sweeping.design import Design, factorial
from sim.study.sweeping.spread import latin_hypercube
from sim.ui.state import shelf
from sim.ui.state.speech import later

MOST_POINTS = 2_000
"""Points of a sweep that are lived here."""
MOST_VALUES = 200
"""Values of one path that are tried here: as many as its field holds."""
Values = tuple[Any, ...]


def combinations(varied: Iterable[Values]) -> int:
    """Return how many points all combinations of some values make, without making one."""
    return math.prod(map(len, varied))


@dataclass(frozen=True)
class Asked:
    """A sweep.

    Attributes
    ----------
    varied : tuple of (str, tuple)
        The paths, each with its values; for a Latin hypercube the lowest and the highest.
    points : int or None
        Of a Latin hypercube; None for all combinations.
    """

    world: World
    varied: tuple[tuple[str, Values], ...]
    measures: tuple[str, ...]
    replications: int
    days: int
    seed: int
    points: int | None = None

    def problems(self) -> float:
        """Return about how many problems have to be lived, in all replications of all points."""
        points = len(self.design()) if self.points is None else self.points
        return (points + 1) * self.replications * expected_problems(with_days(self.world, self.days))

    def design(self) -> Design:
        """Return the points.

        Raises
        ------
        ValueError
            With all that is wrong with the values.
        """
        if self.points is None:
            return factorial({path: list(values) for path, values in self.varied})
        wrong = [path for path, values in self.varied if len(values) != 2]
        if wrong:
            needed = later("two values are needed, the lowest and the highest")
            raise ValueError("\n".join(f"{path}: {needed}" for path in wrong))
        return latin_hypercube(
            {path: (values[0], values[1]) for path, values in self.varied}, self.points, seed=self.seed
        )

    def name(self) -> str:
        """Return a name that all of it is in, and the version of the program: another makes another sweep."""
        told = [
            __version__,
            digest(self.world),
            self.world.name,
            self.varied,
            self.measures,
            self.replications,
            self.days,
            self.seed,
        ]
        return shelf.name_of(json.dumps([*told, self.points], default=str).encode())

    def folder(self) -> Path:
        """Return where what is finished is kept."""
        return shelf.study(self.name())
