"""Every parameter of every law does what SciPy says of it: what is drawn, and the mean that is announced."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any, get_args

import numpy as np
import pytest
from pydantic import TypeAdapter
from scipy import stats

from sim import purposes
from sim.engines import run
from sim.history import Event
from sim.population import populate
from sim.scenario import World
from sim.scenario.world.laws import DurationLaw
from tests.by_hand import PLAIN, plain
from tests.keys.of_people import CROWD
from tests.keys.turns import SEED, luck
from tests.worlds import merged

Quantile = Callable[[Any], Any]
LAW = TypeAdapter(DurationLaw)


def lognormal(mean: float, cv: float) -> Quantile:
    """Return the quantiles of the lognormal law with this mean and coefficient of variation."""
    wide = math.sqrt(math.log(1 + cv**2))
    return partial(stats.lognorm.ppf, s=wide, scale=mean / math.exp(wide**2 / 2))


def between(levels: list[float], values: list[float]) -> Quantile:
    """Return the quantiles of straight lines between levels."""
    return lambda u: np.interp(u, levels, values)


def of_two(share: float, low: float, high: float) -> Quantile:
    """Return the quantiles of two constants, the lower of which has a share."""
    return lambda u: np.where(u < share, low, high)


def triangular(low: float, mode: float, high: float) -> Quantile:
    """Return the quantiles of the triangular law."""
    return partial(stats.triang.ppf, c=(mode - low) / (high - low), loc=low, scale=high - low)


def law(kind: str, **said: Any) -> dict[str, Any]:
    """Write a law as a scenario does."""
    return {"law": kind, **said}


def mixture(share: float) -> dict[str, Any]:
    """Write a mixture of 1 and 5 minutes."""
    return law("mixture", parts=[{"share": share, "of": "1 min"}, {"share": 1 - share, "of": "5 min"}])


LAWS: list[tuple[dict[str, Any], Quantile, float]] = [
    (law("constant", value="2 min"), lambda u: 0 * u + 2, 2),
    (law("constant", value="3 min"), lambda u: 0 * u + 3, 3),
    (law("exponential", mean="2 min"), partial(stats.expon.ppf, scale=2), 2),
    (law("exponential", mean="4 min"), partial(stats.expon.ppf, scale=4), 4),
    (law("lognormal", mean="2 min", cv=1.5), lognormal(2, 1.5), 2),
    (law("lognormal", mean="3 min", cv=0.5), lognormal(3, 0.5), 3),
    (law("weibull", scale="2 min", shape=0.5), partial(stats.weibull_min.ppf, c=0.5, scale=2), 4),
    (law("weibull", scale="3 min", shape=2), partial(stats.weibull_min.ppf, c=2, scale=3), 1.5 * math.sqrt(math.pi)),
    (law("gamma", mean="2 min", shape=0.5), partial(stats.gamma.ppf, a=0.5, scale=4), 2),
    (law("gamma", mean="3 min", shape=2.5), partial(stats.gamma.ppf, a=2.5, scale=1.2), 3),
    (law("erlang", mean="2 min", stages=1), partial(stats.expon.ppf, scale=2), 2),
    (law("erlang", mean="3 min", stages=4), partial(stats.gamma.ppf, a=4, scale=0.75), 3),
    (law("uniform", low="1 min", high="3 min"), partial(stats.uniform.ppf, loc=1, scale=2), 2),
    (law("uniform", low="0 min", high="5 min"), partial(stats.uniform.ppf, loc=0, scale=5), 2.5),
    (law("triangular", low="0 min", mode="1 min", high="5 min"), triangular(0, 1, 5), 2),
    (law("triangular", low="1 min", mode="5 min", high="6 min"), triangular(1, 5, 6), 4),
    (law("empirical", values=["3 min", "1 min"]), of_two(0.5, 1, 3), 2),
    (
        law("empirical", values=["1 min", "2 min", "6 min"], levels=[0, 0.25, 1]),
        between([0, 0.25, 1], [1, 2, 6]),
        3.375,
    ),
    (mixture(0.5), of_two(0.5, 1, 5), 3),
    (mixture(0.75), of_two(0.75, 1, 5), 2),
]
"""A law, its quantiles, its mean (min). 1.5 sqrt(pi) is 3 Gamma(3/2); 3.375 is a quarter at 1.5 and the rest at 4."""
NAMES = [str(written) for written, _, _ in LAWS]

ROUNDING = 1e-9
"""Part of a minute by which series and continued fractions may differ from SciPy's."""


@pytest.mark.parametrize(("written", "quantiles", "mean"), LAWS, ids=NAMES)
def test_what_is_drawn_is_the_quantile_of_the_luck(written, quantiles, mean):
    """Nobody holds: from pick-up to the agent there is the menu alone."""
    world = World.model_validate(merged(merged(PLAIN, CROWD), {"line": {"menu": written}}))
    history = run(world, populate(world, seed=SEED), engine="compiled")
    begins, ends = (history.rows["time"][history.rows["event"] == event] for event in (Event.PICKED_UP, Event.QUEUED))
    expected = quantiles(luck(history.customers, purposes.MENU))
    assert ends - begins == pytest.approx(expected, rel=ROUNDING, abs=ROUNDING)


@pytest.mark.parametrize(("written", "quantiles", "mean"), LAWS, ids=NAMES)
def test_the_mean_is_the_mean_of_the_quantiles(written, quantiles, mean):
    """The tail beyond a hundred thousand levels holds some thousandths of the widest laws."""
    levels = (np.arange(100_000) + 0.5) / 100_000
    assert LAW.validate_python(written).mean_value() == pytest.approx(mean, rel=1e-12)
    assert np.mean(quantiles(levels)) == pytest.approx(mean, rel=5e-3)


def test_no_law_is_left_out():
    """The table names every law there is."""
    known = get_args(get_args(DurationLaw)[0])
    kinds = {get_args(one.model_fields["law"].annotation)[0] for one in known}
    assert kinds == {written["law"] for written, _, _ in LAWS}


def test_a_bare_duration_is_the_constant_law():
    assert plain(line={"menu": "2 min"}) == plain(line={"menu": law("constant", value="2 min")})
