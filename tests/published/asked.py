"""What is asked of published models: sums by day, week or replication, and the figures that they come to.

A unit is what repeats independently: a day that begins empty, a week, a replication. A figure is the ratio of two sums
over units, its standard error that of the linearised residuals. Where the expected number of calls is known exactly,
the residuals may be regressed on the calls (a control variate; Law, "Simulation Modeling and Analysis", section 11.4):
what the sample of calls was off by is taken out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.measures import Tables
from sim.study.running.student import two_sided

Floats = npt.NDArray[np.float64]
Units = Mapping[str, Floats]
"""Sums by unit, by name."""


class Ours(NamedTuple):
    """A figure as the simulator gives it, with its standard error and the units that are behind it."""

    mean: float
    error: float
    units: int

    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval."""
        reach = two_sided(self.units - 1, 0.95) * self.error if self.units > 1 else math.nan
        return self.mean - reach, self.mean + reach


def over(above: Floats, below: Floats | float = 1.0, controls: Floats | None = None) -> Ours:
    """Divide the sum of one by that of the other.

    Parameters
    ----------
    above, below : array, shape (units,)
        Or a number that is the same for every unit.
    controls : array, shape (units, controls), optional
        What has a known mean, less that mean.
    """
    below = np.broadcast_to(below, above.shape)
    mean, many = float(above.sum() / below.sum()), len(above)
    residuals = (above - mean * below) / below.mean()
    if many < 2:
        return Ours(mean, math.nan, many)
    known = np.ones((many, 1)) if controls is None else np.column_stack([np.ones(many), controls])
    solved = np.linalg.pinv(known.T @ known)
    slopes = solved @ known.T @ residuals
    left = residuals - known @ slopes
    variance = float(left @ left) / (many - known.shape[1]) * solved[0, 0]
    return Ours(mean + float(slopes[0]), math.sqrt(variance), many)


def spread(values: Floats) -> Ours:
    """Return the standard deviation between units; its error by that of the squares."""
    squares = (values - values.mean()) ** 2
    deviation = float(np.sqrt(squares.sum() / (len(values) - 1)))
    return Ours(deviation, float(squares.std(ddof=1)) / math.sqrt(len(values)) / (2 * deviation), len(values))


def busy_days(calls: Floats, mean: float, shape: float) -> Floats:
    """Return two controls: the calls of a day, and their squares, less what a Gamma factor of this shape expects."""
    off = calls - mean
    return np.column_stack([off, off**2 - (mean + mean**2 / shape)])


class Asked:
    """One replication, cut into units by the time of dialling."""

    def __init__(self, tables: Tables, span: float | None = None) -> None:
        self.tables, self.calls = tables, tables.dialled
        self.span = span or tables.stop - tables.start
        self.many = round((tables.stop - tables.start) / self.span)
        self.unit = self._unit_of(self.calls["dialled"])
        self.answered = ~np.isnan(self.calls["answered"])
        self.wait = np.where(np.isnan(self.calls["wait"]), 0.0, self.calls["wait"])
        self.reason = tables.customers.rows["reason"][self.calls["customer"]]

    def _unit_of(self, times: Floats) -> npt.NDArray[np.int64]:
        return ((times - self.tables.start) // self.span).astype(np.int64)

    def sum(self, values: Any) -> Floats:
        """Add up something of the calls by unit."""
        return np.bincount(self.unit, np.asarray(values, float), self.many).astype(float)

    def served(self) -> Floats:
        """Count the calls answered."""
        return self.sum(self.answered)

    def good(self, within: float, strictly: bool = False) -> Floats:
        """Count the calls answered after a wait of at most so many minutes, or of less."""
        soon = self.wait < within if strictly else self.wait <= within
        return self.sum(self.answered & soon)

    def legs(self, team: str) -> Any:
        """Return the legs of a team."""
        legs = self.tables.legs
        return legs[legs["team"] == list(self.tables.world.teams).index(team)]

    def busy(self, team: str, until: float = math.inf) -> Floats:
        """Add up a team's minutes with customers and after them by unit, up to a minute of it."""
        legs = self.legs(team)
        unit = self._unit_of(legs["answered"])
        began = legs["answered"] - self.tables.start - unit * self.span
        ended = began + legs["left"] - legs["answered"] + legs["after_call"]
        inside = (unit >= 0) & (unit < self.many)
        minutes = np.minimum(ended, until) - np.minimum(began, until)
        return np.bincount(unit[inside], minutes[inside], self.many).astype(float)

    def occupancy(self, team: str) -> tuple[Floats, Floats]:
        """Return busy minutes and minutes at work in the horizon."""
        time = self.tables.agents[team]
        return np.array([time.busy]), np.array([time.at_work])

    def waits_after(self, team: str) -> Floats:
        """Return the waits between the agent before and one of this team, of legs answered in the horizon."""
        legs = self.tables.legs
        before, after = legs[:-1], legs[1:]
        there = after["team"] == list(self.tables.world.teams).index(team)
        inside = (after["answered"] >= self.tables.start) & (after["answered"] < self.tables.stop)
        passed_on = there & inside & (after["call"] == before["call"])
        waits: Floats = (after["answered"] - before["left"])[passed_on]
        return waits
