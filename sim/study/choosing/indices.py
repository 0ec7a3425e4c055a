"""`sobol_indices`: which share of a measure's variance each path explains, alone and with the others."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.asked import INNER, Mistakes, numbers
from sim.measures import Measure, measures_of
from sim.reading import world_of
from sim.reading.mistakes import shown
from sim.study.choosing.ranges import Ranges, mistaken
from sim.study.running.estimate import Estimate
from sim.study.running.reported import Reported
from sim.study.sweeping.design import MOST, Design
from sim.study.sweeping.spread import at_shares
from sim.study.sweeping.sweep import check_paths, sweep
from sim.study.sweeping.swept import Sweep
from sim.world import World

Floats = npt.NDArray[np.float64]
POINTS = 64
"""A usual number of points for each column of the design."""
_DRAWN, _NUMBERS = 999, 10_000_000
"""How often points are drawn again for the intervals, and numbers that are held at once for it."""


@dataclass(frozen=True)
class Share:
    """The shares of a measure's variance that one path explains.

    Attributes
    ----------
    low, high : str
        Between which values it was moved.
    first_order : Estimate
        What it explains alone, with its bootstrap interval.
    total : Estimate
        What it explains alone and together with others.
    """

    path: str
    low: str
    high: str
    first_order: Estimate
    total: Estimate


@dataclass(frozen=True, eq=False, repr=False)
class SobolIndices(Reported):
    """Which share of a measure's variance over all ranges each path explains.

    Attributes
    ----------
    base : World
        As it was lived.
    measure : Measure
    shares : tuple of Share
        That with the largest total first.
    points : int
        Of each column of the design; the world was lived at ``points * (paths + 2)``.
    mean, deviation : float
        Of the measure over the ranges: its mean and its standard deviation, in its unit.
    confidence : float
        Of the intervals.
    """

    base: World
    measure: Measure
    shares: tuple[Share, ...]
    points: int
    mean: float
    deviation: float
    confidence: float
    numbers: tuple[int, ...]
    seed: int
    design_seed: int
    seconds: float
    interrupted: bool = False

    @property
    def lived(self) -> int:
        """At how many points the world was lived."""
        return self.points * (len(self.shares) + 2)

    def __repr__(self) -> str:
        first = self.shares[0]
        return f"<SobolIndices of {self.measure.id} of {self.base.name}: {first.path} {first.total.mean:.2f} in total>"


def sobol_indices(
    base: World | str | Path,
    ranges: Ranges,
    measure: str,
    *,
    points: int = POINTS,
    design_seed: int = 1,
    confidence: float = 0.95,
    **how: Any,
) -> SobolIndices:
    """Tell which share of a measure's variance over all ranges each path explains.

    Saltelli's design and estimators (Computer Physics Communications 181, 2010) by `scipy.stats.sobol_indices`: the
    world is lived at ``points * (paths + 2)`` points, all on the same customers; intervals are by bootstrap over the
    points. What is explained is the measure over these replications.

    Parameters
    ----------
    base : World, str or Path
        Or its name, or its file.
    ranges : mapping of str to pair
        As `latin_hypercube` takes them.
    measure : str
        Whose variance is parted.
    points : int
        A power of two.
    design_seed : int
        Of the points, and of the bootstrap.
    confidence : float
        Of the intervals.
    **how
        As `tornado`.

    Returns
    -------
    SobolIndices
        Its ``table()`` has a row for each path, that with the largest share first: ``path``, ``low``, ``high``;
        ``first_order``, the share that it explains alone; ``total``, with all that it does together with others; each
        with ``_low`` and ``_high``.

    Raises
    ------
    ValueError
        With everything that is no range, path, measure, number of points or confidence; if a point cannot be lived, the
        measure is undefined somewhere or the same everywhere; or as `sim.sweep`.
    KeyboardInterrupt
        If interrupted: half a design has no indices. With ``out`` what was lived is kept.
    """
    world = world_of(base)
    how_many: dict[str, Any] = {"points": points, "design_seed": design_seed, "confidence": confidence}
    design = saltelli(world, ranges, measure, **how_many)
    return indices_of(sweep(world, design, measures=[measure], **how), ranges, measure, **how_many)


def saltelli(world: World, ranges: Ranges, measure: str, *, points: int, design_seed: int, confidence: float) -> Design:
    """Look at all that is asked, and return Saltelli's design: A, B, and A with each column of B in its turn.

    Raises
    ------
    ValueError
        With everything that is wrong.
    """
    from scipy.stats import qmc

    wrong = mistaken(world, ranges, measure)
    paths = list(ranges) if isinstance(ranges, Mapping) else []
    with wrong.noted():
        numbers(confidence=(confidence, INNER))
    with wrong.noted():
        _look_at(points, design_seed, len(paths))
    try:
        at_shares(ranges, np.zeros((0, len(paths))))
    except ValueError as refused:
        wrong.said += str(refused).splitlines()
    wrong.tell()
    both = qmc.Sobol(2 * len(paths), rng=np.random.default_rng(design_seed)).random_base2(int(math.log2(points)))
    one, other = both[:, : len(paths)], both[:, len(paths) :]
    mixed = [np.where(np.arange(len(paths)) == at, other, one) for at in range(len(paths))]
    design = Design(at_shares(ranges, np.concatenate([one, other, *mixed])))
    check_paths(world, Design(design.points[:1]))
    return design


def _look_at(points: Any, design_seed: Any, paths: int) -> None:
    wrong = Mistakes()
    whole = isinstance(points, (int, np.integer)) and not isinstance(points, bool)
    if not whole or points < 2 or points & (points - 1):
        wrong.said.append(f"points is {shown(points)}: a power of two is needed, such as {POINTS}")
    elif points * (paths + 2) > MOST:
        wrong.said.append(f"points is {points:,}: with {paths} paths these are more than {MOST:,} points in all")
    if isinstance(design_seed, bool) or not isinstance(design_seed, (int, np.integer)) or not 0 <= design_seed < 2**64:
        wrong.said.append(f"design_seed is {shown(design_seed)}: a whole number from 0 to 2**64 - 1 is needed")
    wrong.tell()


def indices_of(
    swept: Sweep, ranges: Ranges, measure: str, *, points: int, design_seed: int, confidence: float
) -> SobolIndices:
    """Return the indices of a sweep over Saltelli's design (`saltelli`).

    Raises
    ------
    ValueError, KeyboardInterrupt
        As `sobol_indices`.
    """
    from scipy.stats import sobol_indices as indices

    values = _values(swept, measure).reshape(len(ranges) + 2, 1, points)
    mixed = values[2:] if len(ranges) > 1 else values[[2, 0]]  # SciPy takes two at least: the other moves nothing
    told = {"f_A": values[0], "f_B": values[1], "f_AB": mixed}
    its = indices(func=told, n=points)
    found = np.stack([its.first_order.ravel(), its.total_order.ravel()])
    low, high = _reaches(values[0, 0], values[1, 0], values[2:, 0], design_seed, confidence)
    moves = (values[2:] != values[0]).any(axis=(1, 2))
    shares = [
        _share(path, at, (found, low, high), ranges[path]) if moves[at] else _nothing(path, ranges[path])
        for at, path in enumerate(ranges)
    ]
    plain = values[:2]
    return SobolIndices(
        base=swept.base,
        measure=measures_of(swept.base)[measure],
        shares=tuple(sorted(shares, key=lambda one: one.total.mean or 0.0, reverse=True)),
        points=int(points),
        mean=float(plain.mean()),
        deviation=float(plain.std()),
        confidence=float(confidence),
        numbers=swept.numbers,
        seed=swept.seed,
        design_seed=int(design_seed),
        seconds=swept.seconds,
    )


def _values(swept: Sweep, measure: str) -> Floats:
    """Return a measure at each point; what cannot be is told."""
    if swept.interrupted:
        raise KeyboardInterrupt
    if swept.failed:
        said = [f"point {point}: {why}" for point, why in list(swept.failed.items())[:10]]
        raise ValueError("\n".join([f"{len(swept.failed)} points could not be lived", *said]))
    values = np.asarray(swept.wide(measure)[measure], np.float64)[1:]
    if not np.isfinite(values).all():
        raise ValueError(f"{measure} is undefined at {int((~np.isfinite(values)).sum())} points")
    if np.ptp(values) == 0.0:
        raise ValueError(f"{measure} is {values[0]:g} at every point: there is no variance to be explained")
    return values


def _nothing(path: str, ends: tuple[Any, Any]) -> Share:
    """Return the share of a path that changes the measure at no point: there is nothing to be drawn again."""
    none = Estimate(0.0, 0.0, 0.0)
    return Share(path, str(ends[0]), str(ends[1]), none, none)


def _share(path: str, at: int, its: tuple[Floats, Floats, Floats], ends: tuple[Any, Any]) -> Share:
    each = [[float(one[order, at]) for one in its] for order in (0, 1)]
    first, total = (Estimate(*(one if math.isfinite(one) else None for one in three)) for three in each)
    return Share(path, str(ends[0]), str(ends[1]), first, total)


def shares_of(one: Floats, other: Floats, mixed: Floats) -> Floats:
    """Return the shares by Saltelli's estimators of 2010, as SciPy reckons them: first order, then total.

    SciPy's own bootstrap takes no seed, and came to other intervals at each call.

    Parameters
    ----------
    one, other : array, shape (..., points)
        The measure at the points of A and of B, less their common mean.
    mixed : array, shape (paths, ..., points)
        At those of A with one column of B.

    Returns
    -------
    array, shape (2, paths, ...)
    """
    variance = np.var(np.stack([one, other]), axis=(0, -1))
    first, total = np.mean(other * (mixed - one), axis=-1), 0.5 * np.mean((one - mixed) ** 2, axis=-1)
    found: Floats = np.stack([first, total]) / variance
    return found


def _reaches(one: Floats, other: Floats, mixed: Floats, seed: int, confidence: float) -> tuple[Floats, Floats]:
    """Return the bounds of the shares by bootstrap over the points (BCa): two arrays of shape (2, paths)."""
    from scipy.stats import bootstrap

    mean = np.mean([one, other])

    def again(which: npt.NDArray[np.int64], axis: int = -1) -> Floats:
        return shares_of(one[which] - mean, other[which] - mean, mixed[:, which] - mean)

    at_once = max(1, _NUMBERS // mixed.size)
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where nothing varies, or one point is drawn again and again: it is told
        drawn = bootstrap(
            (np.arange(len(one)),),
            again,
            vectorized=True,
            n_resamples=_DRAWN,
            batch=at_once,
            confidence_level=confidence,
            rng=np.random.default_rng(seed),
        )
    return np.asarray(drawn.confidence_interval.low), np.asarray(drawn.confidence_interval.high)
