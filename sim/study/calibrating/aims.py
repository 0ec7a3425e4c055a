"""What is aimed at: a figure with its errors, on a scale on which a world's answers are nearly straight."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.study.calibrating.figure import NORMAL, Figure
from sim.study.calibrating.questions import Question, Totals

Floats = npt.NDArray[np.float64]
_INNER = 3.0
"""Standard errors by which a figure is away from 0 (a share from 1 too) to be told by its logarithm, or its odds'."""
_SMALLEST = 1e-4
_LEAST_SHRUNK = 0.01
_ROUGHLY = 0.05
_LEAST_ERROR = 1e-3
"""Standard error of any figure at least, as a part of it: nobody's report is surer, and no simulation."""


@dataclass(frozen=True)
class Aim:
    """One figure, in the unit in which the world answers.

    Attributes
    ----------
    value, rounding : float
        Of counts: calls a day.
    stated : float or None
        Standard error as the report states it; None where it says nothing: then it is the chance of one such month, and
        what was rounded off.
    low, high : float or None
        The band as stated.
    months : float
        Simulated horizons that make one report: the variance of the figure is that of a horizon over it.
    """

    question: Question
    value: float
    rounding: float
    stated: float | None
    low: float | None
    high: float | None
    months: float

    def error(self, of_a_horizon: float) -> float:
        """Return the figure's standard error, given that of one simulated horizon."""
        if self.stated is not None:
            return self.stated
        return math.hypot(of_a_horizon / math.sqrt(self.months), self.rounding)

    def band(self, of_a_horizon: float) -> tuple[float, float]:
        """Return between which values the figure lies with 95 %."""
        if self.low is not None and self.high is not None:
            return self.low, self.high
        reach = NORMAL * self.error(of_a_horizon)
        most = 1.0 if self.question.kind == "share" and self.value <= 1.0 else math.inf
        return max(self.value - reach, 0.0), min(self.value + reach, most)


def aim(question: Question, figure: Figure, days: float, horizon: float) -> Aim:
    """Return what is aimed at for a figure of so many days, in a world whose horizon has others."""
    by = 1.0 / days if question.kind == "count" else 1.0
    low, high = (None if end is None else max(end * by, 0.0) for end in (figure.low, figure.high))
    stated = None if figure.error is None else figure.error * by
    return Aim(question, figure.value * by, figure.rounding * by, stated, low, high, days / horizon)


@dataclass(frozen=True, eq=False)
class Seen:
    """What a world answers.

    Attributes
    ----------
    answers : array of floats, one for each question
        Ratios of sums over the replications.
    apart : array of floats, replications x questions
        By how much each replication is apart from that: linearised residuals (the delta method for a ratio).
    """

    answers: Floats
    apart: Floats

    @property
    def covariance(self) -> Floats:
        """Of one horizon's answers."""
        many = len(self.apart)
        found: Floats = self.apart.T @ self.apart / max(many - 1, 1)
        return found


def seen(questions: Sequence[Question], totals: Totals) -> Seen | None:
    """Return what a world answers; None where an answer is undefined: nobody was answered, for example."""
    both = [one.of(totals) for one in questions]
    above, below = np.array([a for a, _ in both]), np.array([b for _, b in both])
    if not (np.isfinite(above).all() and np.isfinite(below).all() and (below.sum(axis=1) > 0).all()):
        return None
    answers = above.sum(axis=1) / below.sum(axis=1)
    apart = (above - answers[:, None] * below) / below.mean(axis=1)[:, None]
    return Seen(answers, apart.T)


@dataclass(frozen=True)
class Scales:
    """On which scale each figure is told: straight, by its logarithm, or by that of its odds."""

    kinds: tuple[str, ...]

    def of(self, answers: Floats) -> Floats:
        """Return answers on these scales."""
        return np.array([_on(kind, value) for kind, value in zip(self.kinds, answers, strict=True)])

    def slopes(self, answers: Floats) -> Floats:
        """Return by how much each scale rises with its answer."""
        return np.array([_slope(kind, value) for kind, value in zip(self.kinds, answers, strict=True)])


def scales(aims: Sequence[Aim], found: Seen | None) -> Scales:
    """Choose the scales: a figure too near to a bound, for its error, is told straight.

    Of figures that do not state their error, that is known from a world; without one only what was rounded off is.
    """
    spread = np.zeros(len(aims)) if found is None else np.sqrt(np.diag(found.covariance))
    return Scales(tuple(_kind(one, one.error(sd)) for one, sd in zip(aims, spread, strict=True)))


def _kind(one: Aim, error: float) -> str:
    if one.question.kind == "share":
        return "odds" if _INNER * error < min(one.value, 1.0 - one.value) else "straight"
    return "log" if _INNER * error < one.value else "straight"


def _on(kind: str, value: float) -> float:
    if kind == "odds":
        inside = min(max(value, _SMALLEST), 1.0 - _SMALLEST)
        return math.log(inside / (1.0 - inside))
    return math.log(max(value, _SMALLEST)) if kind == "log" else float(value)


def _slope(kind: str, value: float) -> float:
    if kind == "odds":
        inside = min(max(value, _SMALLEST), 1.0 - _SMALLEST)
        return 1.0 / (inside * (1.0 - inside))
    return 1.0 / max(value, _SMALLEST) if kind == "log" else 1.0


def whitened(covariance: Floats) -> Floats:
    """Return the matrix after which errors of this covariance are independent, and of one."""
    inverse: Floats = np.linalg.inv(np.linalg.cholesky(covariance))
    return inverse


def shrunk(covariance: Floats, many: int) -> Floats:
    """Return a covariance, of so many replications, its correlations drawn towards none by what luck makes of them.

    By the part that leaves the least expected squared error (Schaefer and Strimmer, "A shrinkage approach to
    large-scale covariance matrix estimation", Statistical Applications in Genetics and Molecular Biology 4, 2005), with
    the variance ``(1 - r^2)^2 / (n - 1)`` of a correlation.
    """
    spread = np.sqrt(np.maximum(np.diag(covariance), 1e-300))
    apart = covariance / np.outer(spread, spread) * (1.0 - np.eye(len(spread)))
    luck = ((1.0 - apart**2) ** 2).sum() - len(spread)
    part = min(max(luck / max(many - 1, 1) / max((apart**2).sum(), 1e-300), _LEAST_SHRUNK), 1.0)
    found: Floats = covariance * np.where(np.eye(len(spread)) > 0, 1.0, 1.0 - part)
    return found


def rough(aims: Sequence[Aim], on: Scales) -> Floats:
    """Return a covariance of figures of which nothing is known but what they state: each by itself, about as sure."""
    slopes = on.slopes(np.array([one.value for one in aims]))
    own = np.array([one.rounding if one.stated is None else one.stated for one in aims]) * slopes
    unknown = np.array([_ROUGHLY if one.stated is None else 0.0 for one in aims])
    return np.diag(own**2 + unknown**2 + _LEAST_ERROR**2)


def covariances(aims: Sequence[Aim], found: Seen, on: Scales) -> tuple[Floats, Floats]:
    """Return the covariances of what the report says, and of what so many replications answer, on these scales.

    Figures whose error is not stated share the chance of their month: it moves them together, as it does in the world.
    """
    slopes = on.slopes(found.answers)
    horizon = shrunk(found.covariance, len(found.apart)) * np.outer(slopes, slopes)
    values = np.array([one.value for one in aims])
    at_value = on.slopes(values)
    stated = np.array([one.stated is not None for one in aims])
    months = np.array([one.months for one in aims])
    report = np.where(np.outer(~stated, ~stated), horizon / np.sqrt(np.outer(months, months)), 0.0)
    own = np.array([one.rounding if one.stated is None else one.stated for one in aims]) * at_value
    floor = np.where([kind == "straight" for kind in on.kinds], _SMALLEST, _LEAST_ERROR)
    return report + np.diag(own**2 + floor**2), horizon / len(found.apart)
