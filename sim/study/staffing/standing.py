"""How near a staff comes to each target, where it comes least near."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from sim.study.running.estimate import Estimate
from sim.study.staffing.pattern import Pattern, Place
from sim.study.staffing.plan import Standing, Verdict
from sim.study.staffing.trials import WHOLE_DAY, Constraint, Lived, Trials

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def standings(trials: Trials, lived: Lived, ample: Lived | None, out_of_reach: Bools) -> tuple[Standing, ...]:
    """Return how near a staff comes to each target."""
    return tuple(_of_one(trials, lived, ample, out_of_reach, number) for number, _ in enumerate(trials.targets))


def missed(trials: Trials, lived: Lived) -> npt.NDArray[np.int64]:
    """Return the constraints that other replications miss: with the whole interval, or with its worse bound.

    By the bound where that is what was asked for; otherwise what luck may do is no reason to add an agent.
    """
    if trials.sure == "bound":
        return np.flatnonzero(lived.slack < 0.0)
    return np.flatnonzero(_surely_short(trials, lived, trials.wanted))


def _surely_short(trials: Trials, lived: Lived, wanted: Floats) -> Bools:
    answers = lived.answers
    better = np.where(trials.signs > 0, answers.high, answers.low)
    better = np.where(np.isnan(better), answers.mean, better)
    short: Bools = np.nan_to_num(trials.signs * (better - wanted), nan=0.0) < 0.0
    return short | (np.isnan(answers.mean) & (answers.offered > 0) & np.isfinite(wanted))


def _of_one(trials: Trials, lived: Lived, ample: Lived | None, out_of_reach: Bools, number: int) -> Standing:
    target, answers = trials.targets[number], lived.answers
    its = np.array([at for at, one in enumerate(trials.constraints) if one.target == number], np.int64)
    wanted = np.full(len(lived.slack), target.value)
    gap = trials.signs * (answers.mean - wanted)
    gap = np.where(np.isnan(gap), np.where(answers.offered > 0, -math.inf, math.inf), gap)
    worse = trials.signs * (np.where(trials.signs > 0, answers.low, answers.high) - wanted)
    short = _surely_short(trials, lived, wanted)
    at = int(its[np.argmin(gap[its])])
    verdict: Verdict = "met" if (gap[its] >= 0).all() else "missed" if short[its].any() else "in doubt"
    best = None
    if out_of_reach[its].any():
        verdict = "out of reach"
        at = int(its[out_of_reach[its]][np.argmin(gap[its][out_of_reach[its]])])
        best = None if ample is None or math.isnan(ample.answers.mean[at]) else float(ample.answers.mean[at])
    return Standing(
        target,
        verdict,
        where(trials.pattern, trials.constraints[at]),
        estimate_at(lived, at),
        len(its),
        int((gap[its] >= 0).sum()),
        int((np.nan_to_num(worse[its], nan=-1.0) >= 0).sum()),
        best,
    )


def estimate_at(lived: Lived, at: int) -> Estimate:
    """Return what a staff comes to at one constraint; undefined where nobody called."""
    found = (lived.answers.mean[at], lived.answers.low[at], lived.answers.high[at])
    mean, low, high = (None if math.isnan(one) else float(one) for one in found)
    return Estimate(mean, low, high)


def where(pattern: Pattern, one: Constraint) -> str:
    """Return what an interval or a day is called; nothing for the whole."""
    if one.group == WHOLE_DAY:
        return ""
    days = pattern.days(one.group)
    return days if one.period == WHOLE_DAY else f"{days} {'-'.join(pattern.times(one.period))}"


def critical_place(trials: Trials, lived: Lived, staff: npt.NDArray[np.int64], busy: Floats) -> Place | None:
    """Return where an agent less matters most: the busiest team above its least, where it comes least near.

    Where no target holds per interval, or there all stand at their least, the place whose agents are busiest; None
    where all stand at their least.
    """
    scale = np.maximum(np.abs(trials.wanted), 1e-9)
    narrow = [
        at for at, one in enumerate(trials.constraints) if one.period != WHOLE_DAY and np.isfinite(lived.slack[at])
    ]
    above = [at for at in range(len(staff)) if staff[at] > trials.pattern.least[at]]
    its: list[int] = []
    if narrow:
        least = trials.constraints[min(narrow, key=lambda at: float(lived.slack[at] / scale[at]))]
        its = [
            at for at in above if least.touches(trials.pattern.places[at].group, trials.pattern.places[at].period, 1)
        ]
    places = its or above
    return trials.pattern.places[max(places, key=lambda at: float(np.nan_to_num(busy[at])))] if places else None
