"""A control variate: how many problems came, whose expected number the world's law tells exactly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.measures import chosen, measures_of
from sim.people.rates import brought, expected, ordinary
from sim.study.comparing.comparison import Comparison
from sim.study.running.estimate import Estimate, paired_difference, ratio, widening
from sim.study.running.replications import Replications
from sim.study.running.student import two_sided
from sim.world import World

Floats = npt.NDArray[np.float64]

PROBLEMS = "problems_per_day"
"""The measure whose numerator is the problems of the horizon."""
_LEAST = 4
"""Replications from which a slope and a spread about it can be told."""


class Controlled(NamedTuple):
    """An estimate that is told what a busy replication does, and how much narrower it is.

    Attributes
    ----------
    plain : Estimate
        Without the control.
    gain : float or None
        How many times as many replications the plain interval would take; below 1 where the degree of freedom that the
        slope costs outweighs it. None where there is no interval, or none is left.
    """

    estimate: Estimate
    plain: Estimate
    gain: float | None


def controlled(study: Comparison | Replications, measure: str, confidence: float = 0.95) -> Controlled:
    """Estimate a measure, or a difference between two worlds, corrected by how many problems came.

    Some replications have more problems than the world's law leads to expect, and most measures answer to that. So
    their residuals are regressed on the surplus, and the estimate is what they come to at a surplus of zero (Lavenberg
    and Welch, "A perspective on the use of control variables to increase the efficiency of Monte Carlo simulations",
    Management Science 27, 1981). Two degrees of freedom are spent, and the interval is wider by the error of the slope.

    Parameters
    ----------
    study : Comparison or Replications
        A comparison of its first way; ``problems_per_day`` has to be among the measures.
    confidence : float
        Of the interval.
    measure : str
        Which was measured in the study.

    Returns
    -------
    Controlled
        The plain estimate twice, with a gain of 1, where nothing can be told: fewer than four replications, or problems
        that are replayed and always as many.

    Raises
    ------
    ValueError
        If the measure, or ``problems_per_day``, was not measured.

    Examples
    --------
    >>> import sim
    >>> lived = sim.replicate("empowered", days=7, measures=["problems_per_day", "firm_cash_eur_per_problem"])
    >>> found = sim.controlled(lived, "firm_cash_eur_per_problem")
    >>> found.estimate.high - found.estimate.low < found.plain.high - found.plain.low
    True
    """
    lived = study.lived if isinstance(study, Comparison) else (study,)
    totals = [_totals(one, measure) for one in lived]
    surplus = _totals(lived[0], PROBLEMS)[0] - expected_problems(lived[0].world)
    return at_no_surplus(totals, surplus, confidence)


def at_no_surplus(totals: Sequence[tuple[Floats, Floats]], surplus: Floats, confidence: float = 0.95) -> Controlled:
    """Estimate a ratio, or a difference of two, at a surplus of zero of a control whose mean is known to be that.

    Numerators and denominators are corrected each by its own slope, so that what follows from the surplus alone (wages,
    over problems) is told exactly.

    Parameters
    ----------
    totals : sequence of pairs of arrays, shape (replications,)
        Numerators and denominators of one world, or of the first and the second.
    surplus : array, shape (replications,)
    """
    plain = _plain(totals, confidence)
    about = surplus - surplus.mean()
    squares, many = float((about**2).sum()), len(surplus)
    if plain.mean is None or plain.low is None or plain.high is None:
        return Controlled(plain, plain, None)
    if many < _LEAST or squares == 0.0:
        return Controlled(plain, plain, 1.0)
    mean, residuals = 0.0, np.zeros(many)
    for sign, (above, below) in zip((-1.0, 1.0) if len(totals) > 1 else (1.0,), totals, strict=True):
        top, bottom = (_at_zero(one, surplus, about, squares) for one in (above, below))
        if bottom == 0.0:
            return Controlled(plain, plain, 1.0)
        mean += sign * top / bottom
        residuals += sign * (above - top / bottom * below) / bottom
    residuals -= residuals.mean()
    left = residuals - float((residuals * about).sum()) / squares * about
    error = math.sqrt(float((left**2).sum()) / (many - 2) * (1 / many + surplus.mean() ** 2 / squares))
    reach = two_sided(many - 2, confidence) * error * float(widening(left, confidence))
    before = (plain.high - plain.low) / 2
    gain = (before / reach) ** 2 if reach > 1e-9 * before else None
    return Controlled(Estimate(mean, mean - reach, mean + reach), plain, gain)


def _plain(totals: Sequence[tuple[Floats, Floats]], confidence: float) -> Estimate:
    if len(totals) == 1:
        return ratio(*totals[0], confidence=confidence)
    (a, b), (c, d) = totals
    return paired_difference(a, b, c, d, confidence)


def _at_zero(values: Floats, surplus: Floats, about: Floats, squares: float) -> float:
    """Return the height of the line through values over surplus where that is zero."""
    return float(values.mean() - (values * about).sum() / squares * surplus.mean())


def expected_problems(world: World) -> float:
    """Return how many problems the world's law leads to expect in the horizon, exactly.

    Busy days and intervals multiply the rates by factors of mean one, and do not move it.

    Examples
    --------
    >>> from sim.reading import load
    >>> round(expected_problems(load("empowered")) / 28, 1)
    260.4
    """
    time = world.time
    upto = (time.warm_up + time.horizon, time.warm_up)
    end, begin = (_expected(world, at) if at else 0.0 for at in upto)
    return end - begin


def _expected(world: World, end: float) -> float:
    population = world.population
    if population.replay is not None:
        return expected(population, end)
    return ordinary(population, end, world.time.first_monday) + brought(population, end)


def _totals(lived: Replications, measure: str) -> tuple[Floats, Floats]:
    known = measures_of(lived.world)
    chosen({name: known[name] for name in lived.totals}, [measure])
    above, below = lived.totals[measure].T
    return above, below
