"""A law by other parameters is answered with the law that is meant: both are held against SciPy's."""

from __future__ import annotations

import math
import tomllib
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.reading import WorldError, load, variant
from sim.reading.recasting import recast

LEVELS = np.array([0.01, 0.2, 0.5, 0.8, 0.99])
E = math.exp
MEANT: list[tuple[dict[str, Any], Any]] = [
    ({"law": "exponential", "rate": 0.25}, stats.expon(scale=4.0)),
    ({"law": "exponential", "scale": "4 min"}, stats.expon(scale=4.0)),
    ({"law": "lognormal", "mu": 1.0, "sigma": 0.5}, stats.lognorm(0.5, scale=E(1.0))),
    ({"law": "lognormal", "mu": 1.0, "sigma2": 0.25}, stats.lognorm(0.5, scale=E(1.0))),
    ({"law": "lognormal", "median": "180 s", "sigma": 0.7}, stats.lognorm(0.7, scale=3.0)),
    ({"law": "lognormal", "median": "3 min", "cv": 1.0}, stats.lognorm(math.sqrt(math.log(2.0)), scale=3.0)),
    ({"law": "lognormal", "mean": "3 min", "sigma": 0.7}, stats.lognorm(0.7, scale=3.0 * E(-0.245))),
    ({"law": "lognormal", "mean": "4 min", "sd": "2 min"},
     stats.lognorm(math.sqrt(math.log(1.25)), scale=4.0 / math.sqrt(1.25))),
    ({"law": "gamma", "shape": 2.5, "scale": "3 min"}, stats.gamma(2.5, scale=3.0)),
    ({"law": "gamma", "shape": 2.5, "rate": 0.5}, stats.gamma(2.5, scale=2.0)),
    ({"law": "gamma", "mean": "8 min", "cv": 0.5}, stats.gamma(4.0, scale=2.0)),
    ({"law": "gamma", "mean": "8 min", "std": "4 min"}, stats.gamma(4.0, scale=2.0)),
    ({"law": "erlang", "k": 3, "mean": "6 min"}, stats.erlang(3, scale=2.0)),
    ({"law": "erlang", "k": 3, "rate": 0.5}, stats.erlang(3, scale=2.0)),
    ({"law": "erlang", "shape": 3, "scale": "2 min"}, stats.erlang(3, scale=2.0)),
    ({"law": "erlang", "stages": 3, "rate": 0.5}, stats.erlang(3, scale=2.0)),
    ({"law": "weibull", "mean": "6 min", "shape": 2.0}, stats.weibull_min(2.0, scale=12.0 / math.sqrt(math.pi))),
    ({"law": "weibull", "median": "6 min", "shape": 2.0}, stats.weibull_min(2.0, scale=6.0 / math.sqrt(math.log(2)))),
    ({"law": "uniform", "min": "1 min", "max": "3 min"}, stats.uniform(1.0, 2.0)),
]  # fmt: skip
BY_ITS_OWN = {
    "exponential": lambda its: stats.expon(scale=its.mean),
    "lognormal": lambda its: stats.lognorm(
        math.sqrt(math.log1p(its.cv**2)), scale=its.mean / math.sqrt(1.0 + its.cv**2)
    ),
    "gamma": lambda its: stats.gamma(its.shape, scale=its.mean / its.shape),
    "erlang": lambda its: stats.erlang(its.stages, scale=its.mean / its.stages),
    "weibull": lambda its: stats.weibull_min(its.shape, scale=its.scale),
    "uniform": lambda its: stats.uniform(its.low, its.high - its.low),
}
"""SciPy's law by the parameters in which a world has it."""


def read(text: str) -> Any:
    """Read a law as a world does, times without a unit as minutes."""
    law = tomllib.loads(f"law = {text.removesuffix(', with the unit of the data')}")["law"]
    timed = {key: f"{law[key]!r} min" for key in ("mean", "scale") if isinstance(law.get(key), (int, float))}
    return variant(load("base"), {"population": {"patience": law | timed}}).population.patience


@pytest.mark.parametrize(("given", "meant"), MEANT, ids=[" ".join(map(str, given.values())) for given, _ in MEANT])
def test_the_law_to_be_written_is_the_one_that_is_meant(given: dict[str, Any], meant: Any):
    law = read(recast(given))
    assert law.law == given["law"]
    np.testing.assert_allclose(BY_ITS_OWN[law.law](law).ppf(LEVELS), meant.ppf(LEVELS), rtol=1e-4)


def test_a_median_is_one():
    assert BY_ITS_OWN["weibull"](read(recast(MEANT[-2][0]))).median() == pytest.approx(6.0, rel=1e-5)
    assert BY_ITS_OWN["lognormal"](read(recast(MEANT[5][0]))).median() == pytest.approx(3.0, rel=1e-5)


@pytest.mark.parametrize(
    "law",
    [
        {},
        {"law": 3},
        {"law": "gamma", "mean": "3 min", "shape": 2},  # its own
        {"law": "gamma", "mean": "3 min", "cv": 0},
        {"law": "gamma", "mean": "3 min", "cv": "wide"},
        {"law": "gamma", "shape": True, "scale": "3 min"},
        {"law": "gamma", "shape": math.nan, "scale": "3 min"},
        {"law": "gamma", "shape": 1e300, "scale": "3 min"},
        {"law": "lognormal", "mu": 1000.0, "sigma": 3.0},
        {"law": "exponential", "rate": -1.0},
        {"law": "exponential", "rate": 0.0},
        {"law": "erlang", "k": 2.5, "mean": "3 min"},
        {"law": "pareto", "a": 1.0},
        {"law": "exponential", "scale": "x"},
        {"law": "constant", "mean": "x"},
        {"law": "gamma", "mean": "5 parsecs", "cv": 0.5},
        {"law": "gamma", "mean": 0.0, "sd": 1.0},
        {"law": "erlang", "shape": 0, "rate": -1.0},
        {"law": "exponential", "rate": math.inf},
        {"law": "exponential", "rate": "2 min"},
        {"law": "lognormal", "median": "3 min", "sigma": "2 min"},
        {"law": "lognormal", "mu": math.nan, "sigma": 1.0},
        {"law": "uniform", "min": "x", "max": "2 min"},
        {"law": "exponential", "rate": 10**400},
        {"law": "lognormal", "mu": [1], "sigma": {"a": 1}},
    ],
    ids=str,
)
def test_what_is_not_understood_is_not_guessed_at(law: dict[str, Any]):
    assert recast(law) == ""


@pytest.mark.parametrize(
    ("law", "said"),
    [
        ({"law": "gamma", "shape": 2, "scale": "3 min"},
         'is a law by other parameters than are read here; write { law = "gamma", mean = "6 min", shape = 2 }'),
        ({"law": "exponential", "rate": 0.2}, 'write { law = "exponential", mean = 5 }, with the unit of the data'),
        ({"law": "deterministic", "value": "5 min"}, 'law is "deterministic": no such law; did you mean constant?'),
    ],
)  # fmt: skip
def test_a_world_is_told_once_what_to_write(law: dict[str, Any], said: str):
    with pytest.raises(WorldError) as told:
        variant(load("base"), {"population": {"patience": law}})
    (mistake,) = told.value.mistakes
    assert said in str(mistake)
