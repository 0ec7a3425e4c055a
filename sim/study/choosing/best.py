"""`best`: the point of a design at which a measure is best, found with as few runs as a chance of error allows."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from sim.asked import INNER, SIZE, Kind, Mistakes, numbers, one_of
from sim.bars import Progress, Shown, given, shows_progress
from sim.engines import Engine
from sim.measures import Measure, chosen, measures_of
from sim.reading import world_of
from sim.study.choosing.screening import alike, screened
from sim.study.running.estimate import Estimate, by_replication, paired_difference, ratio
from sim.study.running.reported import Reported
from sim.study.running.size import Size, with_days
from sim.study.running.tasks import days_of
from sim.study.sweeping.chunk import BASE
from sim.study.sweeping.design import Design, design_of
from sim.study.sweeping.hands import SweepError
from sim.study.sweeping.sweep import check_paths, sweep
from sim.study.sweeping.swept import Sweep
from sim.world import World

Floats = npt.NDArray[np.float64]
Side = Literal["lower", "higher"]
SIDES: tuple[Side, ...] = ("lower", "higher")
PILOT, MOST = 10, 1000
"""Replications that all live, and those after which the search ends, unless it is said."""

_LEAST = Kind("a whole number from 2 to 1,000,000", lambda n: 2 <= n <= 1_000_000, whole=True)
_GROWTH = 10
"""A stage lives a part of this of the replications that are there: screening costs nothing, and handing out does."""


@dataclass(frozen=True, eq=False, repr=False)
class Best(Reported):
    """Which point is best.

    Attributes
    ----------
    base : World
        As it was lived; it is point -1.
    design : Design
    measure : Measure
    better : {"lower", "higher"}
    indifference : float
        A difference in the measure, in its unit, below which it does not matter which is chosen.
    confidence : float
    pilot, most : int
        Replications that all were to live, and after which the search ends.
    point : int
        The best one; -1 is the world as it is.
    left : tuple of int
        All that may be the best: one alone where the search has ended.
    alike : bool
        Whether those left are the same to the bit, so that nothing could tell them apart.
    estimates : dict of int to Estimate
        The measure at each point, of the replications that it lived.
    differences : dict of int to Estimate
        Each point minus the best one, on the replications that both lived.
    replications : dict of int to int
        How many each lived: those that fell out early lived few.
    failed : dict of int to str
        Points that could not be lived, or have no such measure, and why.
    """

    base: World
    design: Design
    measure: Measure
    better: Side
    indifference: float
    confidence: float
    pilot: int
    most: int
    seed: int
    point: int
    left: tuple[int, ...]
    alike: bool
    estimates: dict[int, Estimate]
    differences: dict[int, Estimate]
    replications: dict[int, int]
    failed: dict[int, str]
    interrupted: bool
    seconds: float

    @property
    def settled(self) -> bool:
        """Whether the promise is held: one point alone is left, or several that are the same."""
        return len(self.left) == 1 or self.alike

    def __repr__(self) -> str:
        said = f"point {self.point}" if self.settled else f"one of {len(self.left)} points"
        runs = sum(self.replications.values())
        return f"<Best of {len(self.estimates)} points by {self.measure.id}: {said}, {runs:,} runs>"


@shows_progress("best")
def best(
    base: World | str | Path,
    design: Design | Iterable[Mapping[str, Any]],
    measure: str,
    *,
    indifference: float,
    better: Side | None = None,
    confidence: float = 0.95,
    pilot: int = PILOT,
    most: int = MOST,
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
        With all values that are out of their range and all paths that lead nowhere; if the measure has no better side,
        or fewer than two points can be lived.
    SweepError
        If who does the work gave up; what was known by then is in its ``finished``, once all had lived the pilot.
    KeyboardInterrupt
        If interrupted before all had lived the pilot.

    Examples
    --------
    >>> import sim
    >>> wages = sim.factorial({"teams.*.wage": ["x0.9", "x1.1"]})
    >>> found = sim.best("base", wages, "staff_eur_per_problem", indifference=0.1, pilot=4, days=1)
    >>> found.design[found.point]
    {'teams.*.wage': 'x0.9'}
    """
    search = prepared(
        base,
        design,
        measure,
        indifference=indifference,
        better=better,
        confidence=confidence,
        pilot=pilot,
        most=most,
        days=days,
        seed=seed,
        engine=engine,
        workers=workers,
    )
    return search.made(given(progress), executor)


def prepared(
    base: World | str | Path,
    design: Design | Iterable[Mapping[str, Any]],
    measure: str,
    *,
    indifference: float,
    better: Side | None,
    confidence: float,
    pilot: int,
    most: int,
    days: float | None,
    **how: Any,
) -> Search:
    """Look at all that is asked of `best`, and return the search; nothing is lived yet.

    Raises
    ------
    ValueError
        With everything that is wrong.
    """
    wrong = Mistakes()
    world = asked = world_of(base)
    side: Side = "lower"
    with wrong.noted():
        world = with_days(asked, days)
    with wrong.noted():
        side = _side(world, measure, better)
    with wrong.noted():
        numbers(indifference=(indifference, SIZE), confidence=(confidence, INNER))
    with wrong.noted():
        numbers(pilot=(pilot, _LEAST), most=(most, _LEAST))
    with wrong.noted():
        Size((0,), **how)
    with wrong.noted():
        design = design_of(design)
        check_paths(world, design)
    wrong.tell()
    assert isinstance(design, Design)
    return Search(world, design, measures_of(world)[measure], side, indifference, confidence, pilot, most, how)


def _side(world: World, measure: str, better: Side | None) -> Side:
    wrong, known = Mistakes(), measures_of(world)
    with wrong.noted():
        chosen(known, [measure])
    if better is not None:
        with wrong.noted():
            one_of("better", better, SIDES)
    wrong.tell()
    side = better or known[measure].better
    if side == "neither":
        raise ValueError(f'{measure} has no better side of its own: say better="lower" or better="higher"')
    return side


@dataclass
class Search:
    """Points that may still be the best, and what all have lived so far."""

    world: World
    points: Design
    measure: Measure
    better: Side
    indifference: float
    confidence: float
    pilot: int
    most: int
    how: dict[str, Any]

    def made(self, progress: Progress | None = None, executor: Any = None) -> Best:
        """Let all live until the best is known, or there have been as many replications as there may be.

        Raises
        ------
        ValueError, SweepError, KeyboardInterrupt
            As `best`.
        """
        Size((0,), 1, progress=progress)
        began, self.progress, self.executor = time.perf_counter(), progress, executor
        self.alive, self.lived, self.interrupted = [BASE, *range(len(self.points))], 0, False
        self.totals: dict[int, Floats] = {}
        self.failed: dict[int, str] = {}
        goes_on = self._live(min(self.pilot, self.most))
        if not goes_on:
            raise KeyboardInterrupt
        if len(self.alive) < 2:
            raise ValueError("\n".join(["fewer than two points can be lived", *self.failed.values()]))
        while goes_on:
            self._screen()
            goes_on = len(self.alive) > 1 and self.lived < self.most and not self._alike()
            try:
                goes_on = goes_on and self._live(min(self.most, self.lived + max(1, self.lived // _GROWTH)))
            except SweepError as gave_up:
                self.interrupted = True
                gave_up.finished = self._found(time.perf_counter() - began)
                raise
        return self._found(time.perf_counter() - began)

    def _live(self, upto: int) -> bool:
        """Let those that are left live so many replications; say whether that was not interrupted."""
        others = [one for one in self.alive if one != BASE]
        try:
            made = self._swept(others, range(self.lived, upto))
        except KeyboardInterrupt:  # before the world as it is had lived them: what was there is there
            self.interrupted = True
            return False
        if made.interrupted:
            self.interrupted = True
            return False
        self.failed |= {others[at]: why for at, why in made.failed.items()}
        runs = made.by_point(self.measure.id)
        for at, point in ((BASE, BASE), *enumerate(others)):
            if point in self.alive and point not in self.failed:
                its = np.stack([runs[at].above, runs[at].below], axis=1) if at in runs else np.empty((0, 2))
                self._add(point, its, upto - self.lived)
        self.alive = [one for one in self.alive if one not in self.failed]
        self.lived = upto
        return True

    def _swept(self, others: Sequence[int], these: range) -> Sweep:
        return sweep(
            self.world,
            Design(tuple(self.points[one] for one in others) or ({},)),
            measures=[self.measure.id],
            replications=these,
            progress=self._teller(),
            executor=self.executor,
            **self.how,
        )

    def _add(self, point: int, its: Floats, many: int) -> None:
        """Add what a point has lived; where it has no such measure, it is out."""
        totals = np.concatenate([self.totals.get(point, its[:0]), its])
        if len(its) < many or totals[:, 1].sum() == 0.0:
            self.failed[point] = f"{self.measure.id} is undefined there"
        else:
            self.totals[point] = totals

    def _teller(self) -> Progress | None:
        """Tell the days of all stages, those to do being the most that there can be."""
        if self.progress is None:
            return None
        progress, a_run = self.progress, days_of(self.world)
        before = a_run * sum(map(len, self.totals.values()))
        of = before + a_run * len(self.alive) * (self.most - self.lived)
        return lambda done, _: progress(min(before + done, of), of)

    def _screen(self) -> None:
        """Let those fall out that are worse than another for sure."""
        self.alive = screened(self._values(), self.alive, *self._asked())

    def _alike(self) -> bool:
        return len(self.alive) > 1 and alike(self._values(), *self._asked())

    def _values(self) -> Floats:
        sign = -1.0 if self.better == "higher" else 1.0
        return np.stack([sign * by_replication(*self.totals[one].T) for one in self.alive], axis=1)

    def _asked(self) -> tuple[int, float, float]:
        return max(2, len(self.points) + 1 - len(self.failed)), self.indifference, self.confidence

    def _found(self, seconds: float) -> Best:
        """Return what the search has come to."""
        estimates = {one: ratio(*totals.T) for one, totals in self.totals.items()}
        means = self._values().mean(axis=0)
        first = self.alive[int(np.argmin(means))]
        return Best(
            base=self.world,
            design=self.points,
            measure=self.measure,
            better=self.better,
            indifference=float(self.indifference),
            confidence=float(self.confidence),
            pilot=int(self.pilot),
            most=int(self.most),
            seed=int(self.how.get("seed", 1)),
            point=first,
            left=tuple(self.alive),
            alike=self._alike(),
            estimates=estimates,
            differences={one: self._apart(first, one) for one in self.totals if one != first},
            replications={one: len(totals) for one, totals in self.totals.items()},
            failed=dict(sorted(self.failed.items())),
            interrupted=self.interrupted,
            seconds=seconds,
        )

    def _apart(self, first: int, other: int) -> Estimate:
        many = min(len(self.totals[first]), len(self.totals[other]))
        return paired_difference(*self.totals[first][:many].T, *self.totals[other][:many].T)
