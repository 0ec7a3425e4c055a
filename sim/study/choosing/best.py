"""`best`: the point of a design at which a measure is best, found with as few runs as a chance of error allows."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.asked import INNER, SIZE, Kind, numbers, one_of
from sim.bars import Progress, Shown, given, shows_progress
from sim.engines import Engine
from sim.measures import chosen, measures_of
from sim.reading import world_of
from sim.study.choosing.screening import screened
from sim.study.running.estimate import UNDEFINED, Estimate, by_replication, ratio
from sim.study.running.size import with_days
from sim.study.running.tasks import days_of
from sim.study.sweeping.chunk import BASE
from sim.study.sweeping.design import Design
from sim.study.sweeping.sweep import sweep
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]

_LEAST = Kind("a whole number from 2 to 1,000,000", lambda n: 2 <= n <= 1_000_000, whole=True)
_GROWTH = 10
"""A stage lives a part of this of the replications that are there: screening costs nothing, and handing out does."""


@dataclass(frozen=True, eq=False, repr=False)
class Best:
    """Which point is best.

    Attributes
    ----------
    design : Design
    measure : str
    point : int
        The best one; -1 is the world as it is.
    left : tuple of int
        All that may be the best: one alone where the search has ended.
    estimates : dict of int to Estimate
        The measure at each point, of the replications that it lived.
    replications : dict of int to int
        How many each lived: those that fell out early lived few.
    failed : dict of int to str
        Points that could not be lived, and why.
    """

    design: Design
    measure: str
    indifference: float
    confidence: float
    point: int
    left: tuple[int, ...]
    estimates: dict[int, Estimate]
    replications: dict[int, int]
    failed: dict[int, str]
    interrupted: bool
    seconds: float

    @property
    def settled(self) -> bool:
        """Whether one point alone is left."""
        return len(self.left) == 1

    def __repr__(self) -> str:
        said = f"point {self.point}" if self.settled else f"one of {len(self.left)} points"
        runs = sum(self.replications.values())
        return f"<Best of {len(self.estimates)} points by {self.measure}: {said}, {runs:,} runs>"

    def table(self) -> pd.DataFrame:
        """Return a row for each point, those that are left first: its changes, replications, mean and interval."""
        import pandas as pd

        first = dict.fromkeys([self.point, *self.left, BASE, *range(len(self.design))])
        return pd.DataFrame([self._row(point) for point in first])

    def _row(self, point: int) -> dict[str, Any]:
        changes = {} if point == BASE else self.design[point]
        said = {path: "" if path not in changes else str(changes[path]) for path in self.design.paths}
        mean = dict(zip(("mean", "low", "high"), self.estimates.get(point, UNDEFINED), strict=True))
        told = {"left": point in self.left, "failed": self.failed.get(point, "")}
        return {"point": point, **said, "replications": self.replications.get(point, 0), **mean, **told}


@shows_progress("best")
def best(
    base: World | str | Path,
    design: Design | Iterable[Mapping[str, Any]],
    measure: str,
    *,
    indifference: float,
    better: str | None = None,
    confidence: float = 0.95,
    pilot: int = 10,
    most: int = 1000,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    workers: int | None = None,
    executor: Any = None,
    progress: Shown = None,
) -> Best:
    """Find the point of a design at which a measure is best, the world as it is among them.

    All live a pilot of replications on the same customers; then, stage by stage, those that are worse than another for
    sure fall out, and the others live more (KN++: see `sim.study.choosing.screening`). What is screened is the measure
    by replication, linearised: for a ratio it is what each replication adds to it.

    Parameters
    ----------
    base : World, str or Path
        Or its name, or its file.
    design : Design or iterable of mappings
        As of `sweep`.
    measure : str
        Whose best value is sought, among all points and the world as it is.
    indifference : float
        A difference in the measure, in its unit, below which it does not matter which is chosen.
    better : {"lower", "higher"}, optional
        Which way is better; the measure's own by default.
    confidence : float
        With which the best is chosen, where it is better than the second by the indifference.
    pilot, most : int
        Replications that all live, and after which the search ends, though several are left.
    progress : bool or function, optional
        True for a `sim.bar`; or a function told simulated days done and to do at most.
    seed, days, engine, workers, executor
        As of `sweep`.

    Returns
    -------
    Best
        The point, those that may be as good, and every point's mean with its 95 % interval: ``table()``.

    Raises
    ------
    ValueError
        If a value is out of its range, the measure has no better side, or fewer than two points can be lived.
    SweepError
        If who does the work gave up.

    Examples
    --------
    >>> import sim
    >>> wages = sim.factorial({"teams.*.wage": ["x0.9", "x1.1"]})
    >>> found = sim.best("base", wages, "staff_eur_per_problem", indifference=0.1, pilot=4, days=1)
    >>> found.design[found.point]
    {'teams.*.wage': 'x0.9'}
    """
    began, world = time.perf_counter(), with_days(world_of(base), days)
    side = _side(world, measure, better)
    asked = {"indifference": (indifference, SIZE), "confidence": (confidence, INNER)}
    numbers(**asked, pilot=(pilot, _LEAST), most=(most, _LEAST))
    points = design if isinstance(design, Design) else Design(tuple(design))
    how = {"seed": seed, "engine": engine, "workers": workers, "executor": executor}
    search = _Search(world, points, measure, -1.0 if side == "higher" else 1.0, most, given(progress), how)
    goes_on = search.live(min(pilot, most))
    if len(search.alive) < 2 and goes_on:
        raise ValueError("\n".join(["fewer than two points can be lived", *search.failed.values()]))
    while goes_on:
        search.screen(indifference, confidence)
        goes_on = len(search.alive) > 1 and search.lived < most
        goes_on = goes_on and search.live(min(most, search.lived + max(1, search.lived // _GROWTH)))
    return search.found(indifference, confidence, time.perf_counter() - began)


def _side(world: World, measure: str, better: str | None) -> str:
    known = measures_of(world)
    chosen(known, [measure])
    side = known[measure].better if better is None else one_of("better", better, ("lower", "higher"))
    if side == "neither":
        raise ValueError(f'{measure} has no better side of its own: say better="lower" or better="higher"')
    return side


class _Search:
    """Points that may still be the best, and what all have lived so far."""

    def __init__(
        self,
        world: World,
        points: Design,
        measure: str,
        sign: float,
        most: int,
        progress: Progress | None,
        how: dict[str, Any],
    ) -> None:
        self.world, self.points, self.measure, self.sign = world, points, measure, sign
        self.most, self.progress, self.how = most, progress, how
        self.alive, self.lived, self.interrupted = [BASE, *range(len(points))], 0, False
        self.totals: dict[int, Floats] = {}
        self.failed: dict[int, str] = {}

    def live(self, upto: int) -> bool:
        """Let those that are left live so many replications; say whether that was not interrupted."""
        others = [one for one in self.alive if one != BASE]
        part = Design(tuple(self.points[one] for one in others) or ({},))
        numbers = range(self.lived, upto)
        made = sweep(
            self.world, part, measures=[self.measure], replications=numbers, progress=self._teller(), **self.how
        )
        if made.interrupted:
            self.interrupted = True
            return False
        self.failed |= {others[at]: why for at, why in made.failed.items()}
        self.alive = [one for one in self.alive if one not in self.failed]
        runs = made.runs()
        for at, point in ((BASE, BASE), *enumerate(others)):
            if point in self.alive:
                its = runs[runs["point"] == at][["numerator", "denominator"]].to_numpy()
                self.totals[point] = np.concatenate([self.totals.get(point, its[:0]), its])
        self.lived = upto
        return True

    def _teller(self) -> Progress | None:
        """Tell the days of all stages, those to do being the most that there can be."""
        if self.progress is None:
            return None
        progress, a_run = self.progress, days_of(self.world)
        before = a_run * sum(map(len, self.totals.values()))
        of = before + a_run * len(self.alive) * (self.most - self.lived)
        return lambda done, _: progress(min(before + done, of), of)

    def screen(self, indifference: float, confidence: float) -> None:
        """Let those fall out that are worse than another for sure."""
        values = np.stack([self.sign * by_replication(*self.totals[one].T) for one in self.alive], axis=1)
        systems = len(self.points) + 1 - len(self.failed)
        self.alive = screened(values, self.alive, systems, indifference, confidence)

    def found(self, indifference: float, confidence: float, seconds: float) -> Best:
        """Return what the search has come to."""
        estimates = {one: ratio(*totals.T) for one, totals in self.totals.items()}
        first = min(self.alive, key=lambda one: self.sign * (estimates[one].mean or 0.0))
        many = {one: len(totals) for one, totals in self.totals.items()}
        asked = self.points, self.measure, indifference, confidence
        return Best(*asked, first, tuple(self.alive), estimates, many, self.failed, self.interrupted, seconds)
