"""How many problems are to be expected when: the profiles of a population over the days of a run."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from sim.machine.kernel.memory import Array
from sim.moments import day_of
from sim.units import DAY, YEAR
from sim.world.arrivals import Shock, SpecialDay
from sim.world.mixing import weights_of
from sim.world.population import Population
from sim.world.profile import Profile

CELL = np.dtype([("starts", np.float64), ("rate", np.float64)])
"""An interval of a day: where it starts (min), and problems per minute where none is busier than others."""


def own_profiles(population: Population) -> list[Profile]:
    """Return the profile of all, and those of reasons that have their own."""
    return [population.profile, *(one.profile for one in population.reasons.values() if one.profile is not None)]


def tables_of(population: Population) -> list[int]:
    """Return for each reason the place of its profile among `own_profiles`."""
    upto, places = 0, []
    for reason in population.reasons.values():
        upto += reason.profile is not None
        places.append(upto if reason.profile is not None else 0)
    return places


def all_cells(population: Population, end: float, first_monday: str | None = None) -> Array:
    """Return the cells of a run for each profile, as if all problems were of its reason.

    Returns
    -------
    array of CELL, shape (profiles, cells + 1)
        The last cell of each starts where the run ends, and has no rate.

    Raises
    ------
    ValueError
        If a special day is told by its date, and the first Monday has none.
    """
    many = population.intervals_a_day()
    length = DAY / many
    count = math.ceil(end / length)
    cells = np.zeros((len(own_profiles(population)), count + 1), CELL)
    cells["starts"] = np.minimum(np.arange(count + 1) * length, end)
    for table, profile in zip(cells, own_profiles(population), strict=True):
        week = _a_week(population, profile, many)
        table["rate"][:count] = week[np.arange(count) % len(week)] / length
    for day, special in special_days(population, end, first_monday):
        here = slice(day * many, min((day + 1) * many, count))
        for table, numbers in zip(cells, _unlike(population, special, day % 7, many), strict=True):
            table["rate"][here] = numbers[: here.stop - here.start] / length
    return cells


def special_days(
    population: Population, end: float, first_monday: str | None = None
) -> Iterator[tuple[int, SpecialDay]]:
    """Yield the special days of a run, each with its place among the days, counted from 0."""
    for written, special in population.special_days.items():
        day = day_of(written, first_monday)
        if 0 <= day < math.ceil(end / DAY):
            yield day, special


def expected(population: Population, end: float, first_monday: str | None = None) -> float:
    """Return the mean number of problems up to the end of a run (min); of a replay the number."""
    if population.replay is not None:
        return float(np.count_nonzero(np.array(population.replay.at) < end))
    if not population.special_days and len(own_profiles(population)) == 1:
        return population.problems_per_day * end / DAY + brought(population, end)
    return ordinary(population, end, first_monday) + brought(population, end)


def ordinary(population: Population, end: float, first_monday: str | None = None) -> float:
    """Return the mean number of problems that no shock brings up to some time (min), cell by cell."""
    cells = all_cells(population, end, first_monday)
    totals = (cells["rate"][:, :-1] * np.diff(cells["starts"], axis=1)).sum(axis=1)
    shares = [reason.share for reason in population.reasons.values()]
    return float(np.dot(shares, totals[tables_of(population)]))


def brought(population: Population, end: float) -> float:
    """Return the mean number of problems that shocks bring up to some time (min)."""
    return math.fsum(_mean(population, shock, end) for shock in population.shocks.values())


def _mean(population: Population, shock: Shock, end: float) -> float:
    """Return it of one: all problems of those that are over, and on average half of those that last."""
    cut = min(shock.lasts, end)
    whole = end - cut + cut * cut / (2.0 * shock.lasts)
    share = math.fsum(reason.share for name, reason in population.reasons.items() if shock.strikes(name))
    return shock.per_year / YEAR * whole * shock.size.mean_value() * population.problems_per_day * share


def _a_week(population: Population, profile: Profile, many: int) -> npt.NDArray[np.float64]:
    weight = weights_of(profile, many)
    return population.problems_per_day * 7 * weight / weight.sum()


def _unlike(population: Population, special: SpecialDay, weekday: int, many: int) -> list[npt.NDArray[np.float64]]:
    """Return the problems of each interval of a special day, for each profile."""
    profiles = own_profiles(population)
    usual = [_a_week(population, profile, many).reshape(7, many)[weekday].sum() for profile in profiles]
    shares = [reason.share for reason in population.reasons.values()]
    whole = float(np.dot(shares, [usual[place] for place in tables_of(population)]))
    if special.problems is None:
        numbers = [special.factor * one for one in usual]
    elif whole > 0:
        numbers = [special.problems * one / whole for one in usual]
    else:
        numbers = [special.problems] * len(usual)
    shapes = [special.profile or profile.shapes()[weekday] for profile in profiles]
    return [number * _parts(shape, many) for number, shape in zip(numbers, shapes, strict=True)]


def _parts(shape: tuple[float, ...], many: int) -> npt.NDArray[np.float64]:
    """Return the part of a day in each of so many intervals; even parts where a day has no shape."""
    weights = np.repeat(
        np.array(shape if sum(shape) else (1.0,), np.float64), many // (len(shape) if sum(shape) else 1)
    )
    return weights / weights.sum()
