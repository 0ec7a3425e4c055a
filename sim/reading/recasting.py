"""Laws by other parameters than theirs, as papers and statistics programs give them: what to write instead."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sim.quoting import short
from sim.units import minutes

_Found = dict[str, float]
_LEAST, _MOST = 1e-9, 1e12
_LIKE_A_TIME = ("mean", "median", "sd", "scale", "value", "low", "high")
"""Parameters that have the unit of what is drawn."""
_BY_THEIR_OWN = {"std": "sd", "sigma2": "variance", "var": "variance", "k": "shape", "min": "low", "max": "high"}
"""What else a parameter is called."""
_WORDS = {
    **dict.fromkeys(("deterministic", "fixed"), "constant"),
    **dict.fromkeys(("expon", "exp"), "exponential"),
    **dict.fromkeys(("lognorm", "log-normal"), "lognormal"),
    "weibull_min": "weibull",
    "triangle": "triangular",
}
"""What else a law is called."""


class _Way(NamedTuple):
    """Other parameters of a law, and its own by them."""

    law: str
    by: tuple[str, ...]
    own: Callable[..., _Found]


def _lognormal(mean: float, cv: float) -> _Found:
    return {"mean": mean, "cv": cv}


def _cv_of(sigma: float) -> float:
    return math.sqrt(math.expm1(sigma * sigma))


_WAYS = (
    _Way("exponential", ("rate",), lambda rate: {"mean": 1 / rate}),
    _Way("exponential", ("scale",), lambda scale: {"mean": scale}),
    _Way("lognormal", ("mu", "sigma"), lambda mu, s: _lognormal(math.exp(mu + s * s / 2), _cv_of(s))),
    _Way("lognormal", ("mu", "variance"), lambda mu, v: _lognormal(math.exp(mu + v / 2), math.sqrt(math.expm1(v)))),
    _Way("lognormal", ("median", "sigma"), lambda median, s: _lognormal(median * math.exp(s * s / 2), _cv_of(s))),
    _Way("lognormal", ("median", "cv"), lambda median, cv: _lognormal(median * math.sqrt(1 + cv * cv), cv)),
    _Way("lognormal", ("mean", "sigma"), lambda mean, s: _lognormal(mean, _cv_of(s))),
    _Way("lognormal", ("mean", "sd"), lambda mean, sd: _lognormal(mean, sd / mean)),
    _Way("gamma", ("shape", "scale"), lambda shape, scale: {"mean": shape * scale, "shape": shape}),
    _Way("gamma", ("shape", "rate"), lambda shape, rate: {"mean": shape / rate, "shape": shape}),
    _Way("gamma", ("mean", "cv"), lambda mean, cv: {"mean": mean, "shape": 1 / cv**2}),
    _Way("gamma", ("mean", "sd"), lambda mean, sd: {"mean": mean, "shape": (mean / sd) ** 2}),
    _Way("erlang", ("shape", "mean"), lambda shape, mean: {"mean": mean, "stages": shape}),
    _Way("erlang", ("shape", "rate"), lambda shape, rate: {"mean": shape / rate, "stages": shape}),
    _Way("erlang", ("shape", "scale"), lambda shape, scale: {"mean": shape * scale, "stages": shape}),
    _Way("erlang", ("stages", "rate"), lambda stages, rate: {"mean": stages / rate, "stages": stages}),
    _Way("weibull", ("mean", "shape"), lambda mean, shape: {"scale": mean / math.gamma(1 + 1 / shape), "shape": shape}),
    _Way("weibull", ("median", "shape"), lambda median, k: {"scale": median / math.log(2) ** (1 / k), "shape": k}),
    _Way("uniform", ("low", "high"), lambda low, high: {"low": low, "high": high}),
    _Way("constant", ("mean",), lambda mean: {"value": mean}),
)


def called(law: str) -> str:
    """Return what a law is called here.

    Examples
    --------
    >>> called("Deterministic"), called("gamma")
    ('constant', 'gamma')
    """
    return _WORDS.get(law.lower(), law.lower())


def recast(law: Mapping[str, Any]) -> str:
    """Return a law as it is to be written here; empty where its parameters are its own, or are not understood.

    Parameters
    ----------
    law : mapping
        As it stands in a file, such as ``{"law": "gamma", "shape": 2, "scale": "3 min"}``.

    Examples
    --------
    >>> recast({"law": "gamma", "shape": 2, "scale": "3 min"})
    '{ law = "gamma", mean = "6 min", shape = 2 }'
    >>> recast({"law": "exponential", "rate": 0.5})
    '{ law = "exponential", mean = 2 }, with the unit of the data'
    """
    name = law.get("law")
    if not isinstance(name, str):
        return ""
    given = {_BY_THEIR_OWN.get(key, key): value for key, value in law.items() if key != "law"}
    way = next((way for way in _WAYS if way.law == called(name) and set(way.by) == set(given)), None)
    return "" if way is None else _written(way, given)


def _written(way: _Way, given: Mapping[str, Any]) -> str:
    """Write the law by its own parameters, or nothing where a number is none or cannot be."""
    numbers = {key: _number(key, value) for key, value in given.items()}
    timed = any(isinstance(value, str) for value in given.values())
    if any(value is None for value in numbers.values()):
        return ""
    try:
        own = way.own(*(numbers[key] for key in way.by))
    except (ArithmeticError, ValueError):
        return ""
    if not all(_LEAST < value < _MOST or key == "low" for key, value in own.items()) or own.get("stages", 1.0) % 1:
        return ""
    listed = ", ".join(f"{key} = {_said(key, value, timed=timed)}" for key, value in own.items())
    bare = "" if timed else ", with the unit of the data"
    return f'{{ law = "{way.law}", {listed} }}{bare}'


def _number(key: str, value: Any) -> float | None:
    """Return a parameter, a time in min; None where it cannot be one."""
    if isinstance(value, str) and key in _LIKE_A_TIME:
        try:
            value = minutes(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    possible = math.isfinite(value) if key == "mu" else value >= 0 if key == "low" else _LEAST < value < _MOST
    return float(value) if possible else None


def _said(key: str, value: float, *, timed: bool) -> str:
    number = short(f"{value:.6g}")
    return f'"{number} min"' if timed and key in _LIKE_A_TIME else number
