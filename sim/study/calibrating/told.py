"""What figures tell of the values that were sought: how surely, and which of them they cannot tell apart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.study.calibrating.figure import NORMAL
from sim.study.calibrating.parameters import Parameter

Floats = npt.NDArray[np.float64]
FLAT = math.log(2.0)
"""A direction is flat where its 95 % interval reaches farther than this: values may be doubled along it, or halved."""
_NAMED = 0.25
"""Part of a direction's largest move that a parameter has to have to be named."""
_MOST = 10.0
"""Standard error, on its scale, of what nothing tells: no value is moved so far."""
_HELPS, _USEFUL = 2, 0.8


@dataclass(frozen=True)
class Flat:
    """A direction along which values may be moved without a figure that shows it.

    Attributes
    ----------
    moves : tuple of (Parameter, float)
        Who moves along it, and how far for the one that moves by one; the others by their parts of it.
    reach : float
        How far that one may be moved, either way, within 95 %: infinite where nothing bounds it.
    helps : tuple of (str, float)
        What else would tell them apart if it were measured over the report's days, and the reach that is left with it.
    """

    moves: tuple[tuple[Parameter, float], ...]
    reach: float
    helps: tuple[tuple[str, float], ...]


def covariance_of_values(slopes: Floats, white: Floats, covariance: Floats) -> Floats:
    """Return the covariance of fitted values: of weighted least squares with figures that move together.

    The sandwich ``M C M'`` with ``M`` the generalised inverse of the scaled Jacobian, by its singular values, and ``C``
    the covariance of the weighted misses (Gourieroux and Monfort 1996, section 2.3). What no figure tells gets the
    largest error that there is.

    Parameters
    ----------
    slopes : figures x values
    white : figures x figures
        What the misses were weighed by: after it their errors are taken for independent, and of one.
    covariance : figures x figures
        Of what the report says and what the simulation answers, together.
    """
    left, singular, right = np.linalg.svd(white @ slopes, full_matrices=True)
    told = np.zeros(slopes.shape[1])
    told[: len(singular)] = singular
    many = min(slopes.shape)
    inverse = right[:many].T @ (left[:, :many] / np.maximum(singular, 1.0 / _MOST)).T
    misses = white @ covariance @ white.T
    untold = right[told <= 1.0 / _MOST]
    found: Floats = inverse @ misses @ inverse.T + _MOST**2 * untold.T @ untold
    return found


def flat_directions(
    sought: Sequence[Parameter], covariance: Floats, others: Floats, names: Sequence[str]
) -> tuple[Flat, ...]:
    """Return the directions that the figures do not tell, the flattest first: axes of the values' covariance.

    Parameters
    ----------
    covariance : values x values
        As `covariance_of_values` gives it.
    others : other measures x values
        Slopes, over their standard errors, of what was not measured and is called by ``names``.
    """
    found = []
    for variance, direction in sorted(zip(*_axes(covariance), strict=True), key=lambda one: -one[0]):
        largest = float(np.abs(direction).max())
        reach = _reach(variance, largest)
        if reach <= FLAT:
            break
        part = direction / direction[int(np.abs(direction).argmax())]
        moves = [(one, float(far)) for one, far in zip(sought, part, strict=True) if abs(far) >= _NAMED]
        moves.sort(key=lambda move: -abs(move[1]))
        left = [_reach(_with(covariance, slopes, direction), largest) for slopes in others]
        found.append(Flat(tuple(moves), reach, _helps(reach, zip(names, left, strict=True))))
    return tuple(found)


def _axes(covariance: Floats) -> tuple[list[float], list[Floats]]:
    variances, directions = np.linalg.eigh(covariance)
    return [float(one) for one in variances], [*directions.T]


def _reach(variance: float, largest: float) -> float:
    """Return how far the value that moves most along a direction reaches with 95 %."""
    error = math.sqrt(max(variance, 0.0))
    return math.inf if error > 0.5 * _MOST else NORMAL * error * largest


def _with(covariance: Floats, slopes: Floats, direction: Floats) -> float:
    """Return what is left of a direction's variance with one more figure of these slopes, whose error is one."""
    along = covariance @ slopes
    left = covariance - np.outer(along, along) / (1.0 + float(slopes @ along))
    return float(direction @ left @ direction)


def _helps(reach: float, left: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """Return the measures that would tell most along a direction, and how far it would reach with each."""
    useful = [one for one in left if one[1] < _USEFUL * reach]
    return tuple(sorted(useful, key=lambda one: one[1])[:_HELPS])
