"""Whose problems appear when: the share of each kind of customer in each interval of the week."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sim.units import DAYS
from sim.world.profile import Profile

Array = npt.NDArray[np.float64]
_ROUNDS, _CLOSE = 5_000, 1e-10


def week_of(profile: Profile, intervals: int) -> Array:
    """Return the part of the week's problems in each interval, for so many intervals a day."""
    weights = weights_of(profile, intervals)
    parts: Array = weights / weights.sum()
    return parts


def weights_of(profile: Profile, intervals: int) -> Array:
    """Return the weight of each interval of the week: a day's own shape parts what its weight among the days gives."""
    shapes, many = profile.shapes(), profile.intervals_a_day()
    if shapes.count(profile.intervals) == len(shapes):
        weights = np.outer(profile.days, profile.intervals).ravel()
    else:
        days = [np.repeat(shape, many // len(shape)) for shape in shapes]
        parts = zip(profile.days, days, strict=True)
        weights = np.concatenate([weight * day / (day.sum() or 1.0) for weight, day in parts])
    return weights if many == intervals else np.repeat(weights, intervals // many)


def mixed(
    reasons: Sequence[tuple[float, Profile]], segments: Sequence[tuple[float, Profile | None]], intervals: int
) -> Array:
    """Return the share of each segment among the problems of each interval of the week.

    Iterative proportional fitting (Deming and Stephan, Annals of Mathematical Statistics 11, 1940): rows add up to the
    segments' shares, columns to the part of the week's problems.

    Parameters
    ----------
    reasons, segments : sequence of (share, profile)
        Of all problems; a segment without a profile follows the problems of all.
    intervals : int
        Of a day.

    Returns
    -------
    array, shape (intervals of the week, segments)
        Each row adds up to 1.

    Raises
    ------
    ValueError
        If no such shares are possible.
    """
    whole = np.sum([share * week_of(profile, intervals) for share, profile in reasons], axis=0)
    shares = np.array([share for share, _ in segments])
    own = [whole if profile is None else week_of(profile, intervals) for _, profile in segments]
    table = shares[:, None] * np.array(own)
    used = whole > 0
    _possible(table, used, intervals)
    table[:, used] = _fitted(table[:, used], shares, whole[used])
    table[:, ~used] = shares[:, None]
    return np.ascontiguousarray((table / table.sum(axis=0)).T)


def _possible(table: Array, used: npt.NDArray[np.bool_], many: int) -> None:
    """Refuse an interval with problems that are nobody's."""
    empty = np.flatnonzero(used & (table.sum(axis=0) == 0))
    if len(empty):
        day, minute = DAYS[empty[0] // many], empty[0] % many * (1440 // many)
        when = f"{day} {minute // 60:02d}:{minute % 60:02d}"
        raise ValueError(f"on {when} problems appear, but no segment's profile has a weight there")


def _fitted(table: Array, rows: Array, columns: Array) -> Array:
    for _ in range(_ROUNDS):
        table = table * (columns / table.sum(axis=0))
        sums = table.sum(axis=1)
        if np.abs(sums - rows).max() < _CLOSE:
            return table
        table = table * np.divide(rows, sums, out=np.ones_like(rows), where=sums > 0)[:, None]
        if not table.sum(axis=0).all():
            break
    worst = int(np.abs(sums - rows).argmax())
    raise ValueError(
        f"the profiles of the segments do not go with their shares: at their hours, segment {worst + 1} would have "
        f"{sums[worst]:.3g} of all problems, not {rows[worst]:.3g}; change its share, or give weight to more hours"
    )
