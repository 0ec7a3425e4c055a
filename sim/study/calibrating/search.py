"""The search: weighted least squares on simulated figures, by damped Gauss-Newton steps, on common random numbers.

This is the method of simulated moments (McFadden, "A method of simulated moments for estimation of discrete response
models without numerical integration", Econometrica 57, 1989; Gourieroux and Monfort, "Simulation-Based Econometric
Methods", 1996): the values are sought whose simulated figures come nearest to the reported ones, each difference
weighed by the error that the report's chance, its rounding and the simulation's leave in it. All values are tried with
the same luck, so that differences of figures are those of values. Steps are those of Levenberg and Marquardt
(Marquardt, "An algorithm for least-squares estimation of nonlinear parameters", SIAM J. 11, 1963); slopes are
differences between simulations, kept up from step to step by Broyden's rule (Broyden, "A class of methods for solving
nonlinear simultaneous equations", Math. Comp. 19, 1965). What a direction's slopes cannot tell from noise is left as
it was: the step goes along the other directions (truncated singular values; Hansen, "Rank-Deficient and Discrete Ill-
Posed Problems", 1998, chapter 3).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from sim.study.calibrating.aims import Aim, Scales, Seen, covariances, rough, scales, whitened

Floats = npt.NDArray[np.float64]
Live = Callable[[Floats, int], "Seen | None"]
"""Lives the world with its parameters moved so far, in so many replications; None where it answers nothing."""

_STEP, _STEPS_WITHIN, _SEEN = 0.12, (0.04, 0.3), 2.0
"""Step of the first differences along a parameter's scale; within what others lie, and by how many standard errors they
are to change the figures."""
_LONGEST = 0.8
"""Farthest that a parameter is moved in one step."""
_TOLD = 1.0
"""Singular value from which on a direction is told: moved by one along it, the figures change by one standard error."""
_CLOSE = 0.04
"""The search ends when what a step could still gain, for each direction, is this part of a squared standard error: when
it would move the fitted values by a fifth of the error they have."""
_SURE = 2.0
"""It ends too when a step has failed that could have gained no more than this many errors of the simulation."""
_STEPS, _FAILURES, _ANEW = 12, 4, 2
"""Steps of a search at most, failures in a row, and slopes that are taken anew."""


class NothingToFitError(ValueError):
    """The world answers nothing where the search begins."""


class Search:
    """A search going on: whatever ends it, the best so far stands in it.

    Attributes
    ----------
    at : array of floats
        How far each parameter is moved, where the figures come nearest so far.
    found : Seen or None
        What the world answers there.
    slopes : array of floats, figures x parameters, or None
        Of the figures, on their scales, along the parameters.
    sides : list of two arrays of floats
        Where the world was lived last to either side, along each parameter.
    settled : bool
        Whether the last stage came to its end by itself: no step was left that mattered.
    """

    def __init__(self, live: Live, aims: Sequence[Aim], many: int, at: Floats | None = None) -> None:
        self.live, self.aims = live, aims
        self.at: Floats = np.zeros(many) if at is None else at
        self.found: Seen | None = None
        self.slopes: Floats | None = None
        self.scales, self.white = Scales(()), np.eye(len(aims))
        self.settled = False
        self.sides: list[tuple[Floats, Floats]] = []

    def through(self, sizes: Sequence[int], before: Callable[[], None] = lambda: None) -> None:
        """Search with more and more replications.

        But for the last of them, each figure is weighed by itself and roughly: what a month's chance is can be seen of
        a world that is like the one reported, not of one that is far off. With the last, slopes are of both sides.

        Parameters
        ----------
        before : callable
            Called before each of them: what else of the world is to be brought up to date.

        Raises
        ------
        NothingToFitError
            If the world answers nothing at the beginning.
        """
        for at, size in enumerate(sizes, 1):
            before()
            self._stage(size, last=at == len(sizes))

    def _stage(self, size: int, *, last: bool) -> None:
        found = self.live(self.at, size)
        if found is None:
            raise NothingToFitError(
                "with these values the world answers none of some figures: no call, or none answered"
            )
        before, self.found = self.scales, found
        if last:
            self.scales = scales(self.aims, found)
            report, simulated = covariances(self.aims, found, self.scales)
            self.white = whitened(report + simulated)
        else:
            self.scales = scales(self.aims, None)
            self.white = whitened(rough(self.aims, self.scales))
        if before != self.scales:
            self.slopes = None
        fresh = last or self.slopes is None
        if fresh:
            self.slopes = self._differences(size, both_sides=last)
        self._descend(size, fresh)

    def _misses(self, found: Seen) -> Floats:
        """Return by how many standard errors the figures are missed, along axes along which errors are independent."""
        wanted = self.scales.of(np.array([one.value for one in self.aims]))
        misses: Floats = self.white @ (self.scales.of(found.answers) - wanted)
        return misses

    def _differences(self, size: int, *, both_sides: bool) -> Floats:
        """Return the slopes by living the world a little to one side, or to both, along every parameter."""
        assert self.found is not None
        steps = self._lengths()
        here, columns, sides = self.scales.of(self.found.answers), [], []
        for one, step in zip(np.eye(len(self.at)), steps, strict=True):
            ahead = self.live(self.at + step * one, size)
            behind = self.live(self.at - step * one, size) if both_sides or ahead is None else None
            before, after = (here if side is None else self.scales.of(side.answers) for side in (behind, ahead))
            columns.append((after - before) / (step * max((behind is not None) + (ahead is not None), 1)))
            sides.append(
                (
                    self.at - step * one if behind is not None else self.at,
                    self.at + step * one if ahead is not None else self.at,
                )
            )
        self.sides = sides
        return np.array(columns).T

    def _lengths(self) -> Floats:
        """Return steps that change the figures by some standard errors: more than luck does, no farther than needed."""
        if self.slopes is None:
            return np.full(len(self.at), _STEP)
        changes = np.linalg.norm(self.white @ self.slopes, axis=0)
        lengths: Floats = np.clip(_SEEN / np.maximum(changes, 1e-9), *_STEPS_WITHIN)
        return lengths

    def _descend(self, size: int, fresh: bool) -> None:
        damping, failures, anew = 0.0, 0, 0
        self.settled = False
        for _ in range(_STEPS):
            assert self.found is not None and self.slopes is not None
            misses = self._misses(self.found)
            step, gain, directions, scale = _step(self.white @ self.slopes, misses, damping)
            if gain <= _CLOSE * directions:
                self.settled = True
                return
            there = self.live(self.at + step, size)
            if there is not None:
                self._learn(step, there)
            if there is not None and _squares(self._misses(there)) < _squares(misses):
                self.at, self.found = self.at + step, there
                damping, failures, fresh = damping / 10.0, 0, False
                continue
            failures += 1
            damping = max(10.0 * damping, scale)
            if there is not None and (fresh or anew == _ANEW) and gain <= _SURE * self._noise(there, misses):
                # What is left to gain is less than luck gives or takes: the step is taken at the word of the slopes.
                self.at, self.found, self.settled = self.at + step, there, True
                return
            if failures >= _FAILURES:
                return  # no step of any length comes nearer
            if not fresh and anew < _ANEW:
                self.slopes, fresh, anew = self._differences(size, both_sides=False), True, anew + 1

    def _noise(self, there: Seen, misses: Floats) -> float:
        """Return the standard error, by the simulation's luck, of how much nearer the figures come at another place.

        Both places share their luck, so only what it makes of the difference counts, replication by replication.
        """
        assert self.found is not None
        apart = (there.apart - self.found.apart) * self.scales.slopes(there.answers) @ self.white.T
        covariance = apart.T @ apart / max(len(apart) - 1, 1) / len(apart)
        return float(np.sqrt(4.0 * misses @ covariance @ misses) + np.sqrt(2.0) * np.trace(covariance))

    def _learn(self, step: Floats, there: Seen) -> None:
        """Let the slopes agree with what was seen along this step (Broyden)."""
        assert self.found is not None and self.slopes is not None
        change = self.scales.of(there.answers) - self.scales.of(self.found.answers)
        self.slopes = self.slopes + np.outer(change - self.slopes @ step, step) / (step @ step)


def _step(slopes: Floats, misses: Floats, damping: float) -> tuple[Floats, float, int, float]:
    """Return the step, what there is to gain in squared standard errors, along how many directions, and their scale."""
    left, singular, right = np.linalg.svd(slopes, full_matrices=False)
    told = singular > _TOLD
    if not told.any():
        return np.zeros(slopes.shape[1]), 0.0, 1, 1.0
    left, singular, right = left[:, told], singular[told], right[told]
    along = left.T @ misses
    step: Floats = -right.T @ (singular * along / (singular**2 + damping))
    step = step * min(1.0, _LONGEST / max(float(np.abs(step).max()), 1e-12))
    return step, float((along**2).sum()), int(told.sum()), float(np.median(singular**2))


def _squares(misses: Floats) -> float:
    return float((misses**2).sum())
