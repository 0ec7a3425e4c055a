"""What holds for every weight in a box: a linear form's sign, decided exactly, and how surely that is known.

A form is a_0 + a_1 w_1 + ... + a_k w_k. It is largest in a corner of the box. The upper end of its interval, the form
plus t times the root of a quadratic form that is never negative, is convex in the weights, so it is largest in a corner
as well: to look at all corners is to look at all weights. The nearest weights at which a sign turns are a linear
programme (`scipy.optimize.linprog`).
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.study.running.estimate import widening
from sim.study.running.student import two_sided

Floats = npt.NDArray[np.float64]

MOST = 12
"""Weights at most: the corners are looked at one by one."""


@dataclass(frozen=True, eq=False)
class Form:
    """A linear form of weights, estimated over replications.

    Attributes
    ----------
    mean : array, shape (1 + weights,)
        The constant first.
    residuals : array, shape (replications, 1 + weights)
        Linearised, each column adding up to zero.
    """

    mean: Floats
    residuals: Floats

    def __neg__(self) -> Form:
        return Form(-self.mean, -self.residuals)

    def __sub__(self, other: Form) -> Form:
        return Form(self.mean - other.mean, self.residuals - other.residuals)

    def at(self, weights: npt.ArrayLike) -> float:
        """Return its value."""
        return float(self.mean @ _with_one(weights))

    def reach(self, weights: npt.ArrayLike) -> float:
        """Return half of Student's 95 % interval over replications: convex in the weights, so largest at a corner."""
        many = len(self.residuals)
        values = self.residuals @ _with_one(weights)
        return two_sided(many - 1, 0.95) * math.sqrt(float(values @ values) / (many - 1) / many)

    def wide_reach(self, weights: npt.ArrayLike) -> float:
        """Return half of the interval as it is shown: Student's, wider where the replications are skewed."""
        return self.reach(weights) * float(widening(self.residuals @ _with_one(weights), 0.95))


@dataclass(frozen=True, eq=False)
class Box:
    """The weights: from where to where each of them may be."""

    low: Floats
    high: Floats

    def corners(self) -> list[Floats]:
        """Return all corners."""
        return [np.array(corner) for corner in itertools.product(*zip(self.low, self.high, strict=True))]

    def largest(self, form: Form) -> Floats:
        """Return the weights at which a form is largest."""
        return np.asarray(np.where(form.mean[1:] > 0.0, self.high, self.low), np.float64)

    def least_sure(self, form: Form) -> Floats:
        """Return the weights at which the upper end of a form's interval is largest."""
        return max(self.corners(), key=lambda corner: form.at(corner) + form.reach(corner))

    def turns(self, form: Form, start: Floats) -> Floats | None:
        """Return the weights nearest to the start at which a form is not below zero; None where it is everywhere.

        Near is measured in parts of each weight's range, by the largest part.
        """
        if form.at(self.largest(form)) < 0.0:
            return None
        from scipy.optimize import linprog

        many, wide = len(self.low), self.high - self.low
        aim = np.r_[np.zeros(many), 1.0]
        rows = [
            np.r_[-form.mean[1:], 0.0],
            *(np.r_[sign * one, -1.0] for one in np.diag(1.0 / wide) for sign in (1.0, -1.0)),
        ]
        ends = [form.mean[0], *(sign * value for value in start / wide for sign in (1.0, -1.0))]
        bounds = [*zip(self.low, self.high, strict=True), (0.0, None)]
        made = linprog(aim, A_ub=np.array(rows), b_ub=np.array(ends), bounds=bounds, method="highs")
        if not made.success:  # rounding: at the corner itself the form is not below zero
            return self.largest(form)
        nearest: Floats = np.array(made.x[:many], np.float64)
        return nearest


def _with_one(weights: npt.ArrayLike) -> Floats:
    return np.concatenate([np.ones(1), np.asarray(weights, np.float64)])
