"""A story placed: how many of a world's journeys come below each of its figures, and how many take its course."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from sim.asked import nearest
from sim.bars import Shown, given, shows_progress
from sim.reading import digest, world_of
from sim.study.placing.quantities import QUANTITIES, Lived, values_of
from sim.study.running.estimate import UNDEFINED, Estimate, ratio
from sim.study.running.histories import histories
from sim.study.running.size import numbers_of, with_days
from sim.world import World

Floats = npt.NDArray[np.float64]
PERCENTS = (10, 25, 50, 75, 90)
"""Percentiles that are told of every figure."""
USUAL = (10.0, 90.0)
"""A story is usual in a world where each of its figures lies between these percentiles (our own rule)."""
LEAST_SHARE = 0.01
"""And where at least so many journeys take its course (our own rule)."""


@dataclass(frozen=True)
class Figure:
    """One figure of a story among those of a world's journeys.

    Attributes
    ----------
    value : float
        The story's.
    percentile : Estimate
        Per cent of the journeys whose figure is below it, and half of those that have the same.
    among : tuple of float
        The journeys' own figures at the `PERCENTS`; infinite where a journey has no end.
    mean : Estimate
        Of the journeys' figures that are finite.
    """

    id: str
    value: float
    percentile: Estimate
    among: tuple[float, ...]
    mean: Estimate

    @property
    def is_usual(self) -> bool:
        """Whether it lies between the percentiles that count as usual, its interval left aside."""
        return self.percentile.mean is not None and USUAL[0] <= self.percentile.mean <= USUAL[1]


@dataclass(frozen=True)
class Placed:
    """A story placed in a world.

    Attributes
    ----------
    figures : tuple of Figure
        In the order in which they were given.
    course : Estimate
        Share of the journeys in which all happened at least as often as in the story.
    at_least : dict of str to float
        What has to have happened, and how often.
    journeys, replications : int
        How many were looked at.
    """

    world: World
    digest: str
    figures: tuple[Figure, ...]
    course: Estimate
    at_least: Mapping[str, float] = field(hash=False)
    journeys: int
    replications: int
    seed: int

    @property
    def is_usual(self) -> bool:
        """Whether every figure is usual here and the course is taken often enough."""
        course = self.course.mean is None or not self.at_least or self.course.mean >= LEAST_SHARE
        return course and all(figure.is_usual for figure in self.figures)


@shows_progress("placing")
def place(
    world: World | str | Path,
    figures: Mapping[str, float],
    *,
    at_least: Mapping[str, float] | None = None,
    replications: int | Iterable[int] = 10,
    seed: int = 1,
    days: float | None = None,
    progress: Shown = None,
) -> Placed:
    """Place what somebody lived among what a world lets its customers live.

    Parameters
    ----------
    world : World, str or Path
    figures : mapping of str to float
        The story's figures by id (`sim.study.placing.quantities.QUANTITIES`): days, calls, messages, ...
    at_least : mapping of str to float, optional
        The story's course: what happened at least how often, by the same ids.
    replications, seed, days
        As in `sim.replicate`.
    progress : optional
        As in `sim.replicate`.

    Returns
    -------
    Placed

    Raises
    ------
    ValueError
        If a figure is not known or is no number, nothing is given, or the world cannot be; all mistakes at once.

    Examples
    --------
    >>> import sim
    >>> placed = sim.place("base", {"calls": 1}, days=2, replications=2)
    >>> 0 < placed.figures[0].percentile.mean < 100
    True
    """
    asked, course = dict(figures), dict(at_least or {})
    _check(asked, course)
    lived_in = with_days(world_of(world), days)
    numbers, told = numbers_of(replications), given(progress)
    lived = [Lived.of(history) for history in histories(lived_in, numbers, seed=seed, progress=told)]
    return Placed(
        lived_in,
        digest(lived_in),
        tuple(_figure(id, float(value), [values_of(one, id) for one in lived]) for id, value in asked.items()),
        _course(course, lived),
        course,
        sum(len(one.journeys) for one in lived),
        len(numbers),
        seed,
    )


def _check(figures: Mapping[str, float], course: Mapping[str, float]) -> None:
    wrong = [] if figures or course else ["no figure is given: nothing can be placed"]
    for id, value in (*figures.items(), *course.items()):
        if id not in QUANTITIES:
            wrong.append(f'"{id}" is no figure of a journey; {nearest(str(id), QUANTITIES, "known are")}')
        elif isinstance(value, bool) or not isinstance(value, (int, float, np.number)) or not 0 <= float(value) < 1e9:
            wrong.append(f"{id} is {value!r}: a number from 0 on is needed")
    if wrong:
        raise ValueError("; ".join(wrong))


def _figure(id: str, value: float, values: list[Floats]) -> Figure:
    below = [100.0 * float(np.sum(one < value) + 0.5 * np.sum(one == value)) for one in values]
    many = [float(len(one)) for one in values]
    finite = [one[np.isfinite(one)] for one in values]
    together = np.concatenate(values)
    among = (
        np.percentile(together, PERCENTS, method="inverted_cdf") if len(together) else np.full(len(PERCENTS), np.nan)
    )
    return Figure(
        id,
        value,
        ratio(below, many),
        tuple(float(one) for one in among),
        ratio([float(one.sum()) for one in finite], [float(len(one)) for one in finite]),
    )


def _course(at_least: Mapping[str, float], lived: list[Lived]) -> Estimate:
    if not at_least:
        return UNDEFINED
    took = []
    for one in lived:
        all_of_it = np.ones(len(one.journeys), np.bool_)
        for id, value in at_least.items():
            all_of_it &= values_of(one, id) >= value
        took.append(float(all_of_it.sum()))
    return ratio(took, [float(len(one.journeys)) for one in lived])
