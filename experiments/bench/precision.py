"""How long a difference of costs takes to be known to 1 %: on the same customers, against independent runs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from bench.lines import Line, Size, Target, Told
from sim.reading import load
from sim.study.changing.changed import changed
from sim.study.running.replicate import together
from sim.study.running.replications import Replications
from sim.study.running.size import Size as StudySize
from sim.study.searching.equal import equal_staff
from sim.world import World

Floats = npt.NDArray[np.float64]
COST = "firm_eur_per_problem"
OTHERS = 2**20
"""Added to a replication's number, for customers that the first world does not have."""
CLOSE = 0.01
NORMAL = 1.96
_PAIRED, _ROUNDS = 20, 3


class Both(NamedTuple):
    """The same pair of worlds on the same customers and on others, with the seconds of a replication of each."""

    paired: tuple[Replications, Replications]
    apart: tuple[Replications, Replications]
    seconds: tuple[float, float]


def lived_both_ways(first: World, second: World, many: int, seed: int, ids: tuple[str, ...]) -> Both:
    """Live a pair on the same customers, and each world on customers of its own."""

    def lived(worlds: tuple[World, ...], start: int) -> tuple[Replications, ...]:
        return together(worlds, StudySize(tuple(range(start, start + many)), seed, ids=ids))

    began = time.perf_counter()
    one, other = lived((first, second), 0)
    between = time.perf_counter()
    (alone,), (apart) = lived((first,), 0), lived((second,), OTHERS)
    ended = time.perf_counter()
    return Both((one, other), (alone, apart[0]), ((between - began) / many, (ended - between) / many))


def spread(totals: Floats) -> float:
    """Return the variance of a ratio's linearised residuals: that of its mean, times the replications."""
    return float((_left(totals) ** 2).sum() / (len(totals) - 1))


def spread_of_difference(first: Floats, second: Floats) -> float:
    """Return that of the difference of two that share their customers."""
    return float(((_left(second) - _left(first)) ** 2).sum() / (len(first) - 1))


def _left(totals: Floats) -> Floats:
    above, below = totals.T
    residuals: Floats = (above - above.sum() / below.sum() * below) / below.mean()
    return residuals


def seconds_to(both: Both, measure: str) -> tuple[float, float]:
    """Return how long ± 1 % of the difference takes on the same customers, and with independent runs.

    Reckoned from the variances, since a half-width falls with the root of the replications.
    """
    one, other = (lived.totals[measure] for lived in both.paired)
    apart = other[:, 0].sum() / other[:, 1].sum() - one[:, 0].sum() / one[:, 1].sum()
    independent = sum(spread(lived.totals[measure]) for lived in both.apart)
    each = (NORMAL / (CLOSE * apart)) ** 2
    return (
        float(each * spread_of_difference(one, other) * both.seconds[0]),
        float(each * independent * both.seconds[1]),
    )


def pairs() -> dict[str, tuple[World, World]]:
    """Return two organisations, and changes of a single lever."""
    double, calm, hotline = (load(name) for name in ("double_peine", "empowered", "hotline_2005"))
    return {
        "double_peine, and empowered": (double, equal_staff(double, calm).second),
        "double_peine, cut after 15 min": (double, changed(double, {"levers.time.cut_after": "15 min"})),
        "double_peine, agents grant 20 EUR": (double, changed(double, {"levers.authority.limit": 20})),
        "hotline_2005, talks 2 % longer": (hotline, changed(hotline, {"teams.*.talk": "x1.02"})),
        "empowered, agents grant 20 EUR": (calm, changed(calm, {"levers.authority.limit": 20})),
    }


def precision(size: Size, told: Told) -> Iterator[Line | str]:
    """Time pairs of worlds to ± 1 % of the difference in the firm's costs, both ways, with other luck in each round."""
    worlds, rounds = pairs(), min(size.long_rounds, _ROUNDS)
    for at, (name, (first, second)) in enumerate(worlds.items()):
        times: list[float] = []
        hours: list[float] = []
        for turn in range(rounds):
            paired, apart = seconds_to(lived_both_ways(first, second, _PAIRED, 1 + turn, (COST,)), COST)
            times.append(apart / paired)
            hours.append(paired / 3600)
            told((at + (turn + 1) / rounds) / len(worlds))
        yield Line(f"{name}: less time to ± 1 %", "times", times, Target(20, at_least=True))
        yield Line("  hours it takes on the same customers", "h", hours)
