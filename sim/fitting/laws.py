"""Laws of durations fitted by maximum likelihood, and how near they come.

Durations may be cut short (a caller answered before his patience ended) or left out below a threshold (services under
ten seconds): the likelihood of the others is then that of a duration known to be longer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.fitting.found import Floats, Found, Whole, above_zero, around

NAMES = ("lognormal", "gamma", "weibull", "exponential", "erlang")
"""The laws that are tried, as worlds name them."""
FEWEST = 20
"""Durations below which no law is fitted: each of its parameters would be told to a quarter at best."""
_MANY = 10_000
"""Different durations from which on those that differ by less than a thousandth are put together."""
_EQUAL = 1e-6
"""Minutes within which durations are equal: no log tells less, and what is left of a time of day is rounded off."""
_STEP = 1e-4
"""Of the logarithm of a parameter, where derivatives are taken."""


@dataclass(frozen=True, eq=False)
class Durations:
    """Durations (min) as they were seen.

    Attributes
    ----------
    ended, cut : arrays
        Those seen to their end, and those that something else ended: they are longer.
    whose_ended, whose_cut : arrays of int
        Whose they are: durations of the same agent are alike.
    over : float
        Only durations above this were kept (min).
    """

    ended: Floats
    cut: Floats
    whose_ended: Whole
    whose_cut: Whole
    over: float = 0.0

    @classmethod
    def of(
        cls,
        ended: npt.ArrayLike,
        cut: npt.ArrayLike = (),
        *,
        whose: npt.ArrayLike | None = None,
        over: float = 0.0,
    ) -> Durations:
        """Return durations; whose they are is said of those that ended, where none was cut short."""
        seen, short = np.asarray(ended, np.float64), np.asarray(cut, np.float64)
        alone = np.arange(len(seen) + len(short))
        mine = alone[: len(seen)] if whose is None else np.asarray(whose, np.int64)
        return cls(seen, short, mine, alone[len(seen) :] + (mine.max() + 1 if len(mine) else 0), over)

    def __len__(self) -> int:
        return len(self.ended) + len(self.cut)


@dataclass(frozen=True, eq=False)
class LawFit:
    """A law fitted to durations.

    Attributes
    ----------
    law : str
        As a world names it.
    parameters : dict of str to Found
        As a world has them: the mean of all but Weibull, and what tells the shape.
    mean, cv : Found
        Of the law (min; standard deviation over mean).
    log_likelihood, aic : float
        Akaike's criterion; the stages of an Erlang law are no parameter to it, being found without error.
    distance : float
        Kolmogorov and Smirnov's: the furthest that the law's distribution lies from the one seen (`Kaplan and Meier's
        <https://doi.org/10.2307/2281868>`_ where durations were cut short).
    """

    law: str
    parameters: dict[str, Found]
    mean: Found
    cv: Found
    log_likelihood: float
    aic: float
    distance: float
    scipy: Any

    def survival(self, at: npt.ArrayLike) -> Floats:
        """Return the share that lasts longer than each of these (min)."""
        return np.asarray(self.scipy.sf(np.asarray(at, np.float64)), np.float64)

    def density(self, at: npt.ArrayLike) -> Floats:
        """Return the density at each of these (min)."""
        return np.asarray(self.scipy.pdf(np.asarray(at, np.float64)), np.float64)


@dataclass(frozen=True)
class _Made:
    """A law of SciPy's with its parameters.

    SciPy's own law with parameters writes its documentation anew whenever one is made: that took longer than all the
    likelihoods that are asked of it.
    """

    law: Any
    shape: tuple[float, ...]
    scale: float

    def logpdf(self, at: npt.ArrayLike) -> Floats:
        return np.asarray(self.law.logpdf(at, *self.shape, scale=self.scale))

    def sf(self, at: npt.ArrayLike) -> Floats:
        return np.asarray(self.law.sf(at, *self.shape, scale=self.scale))

    def logsf(self, at: npt.ArrayLike) -> Floats:
        return np.asarray(self.law.logsf(at, *self.shape, scale=self.scale))

    def mean(self) -> float:
        return float(self.law.mean(*self.shape, scale=self.scale))

    def std(self) -> float:
        return float(self.law.std(*self.shape, scale=self.scale))

    def of_scipy(self) -> Any:
        return self.law(*self.shape, scale=self.scale)


@dataclass(frozen=True)
class _Family:
    """A law by the logarithms of its parameters."""

    begin: Callable[[Floats], list[float]]
    made: Callable[[Floats], _Made]
    told: Callable[[Floats], dict[str, float]]
    free: int


def _exponential(mean: float) -> _Made:
    from scipy import stats

    return _Made(stats.expon, (), mean)


def _lognormal(mean: float, sigma: float) -> _Made:
    from scipy import stats

    return _Made(stats.lognorm, (sigma,), mean * math.exp(-sigma * sigma / 2.0))


def _gamma(mean: float, shape: float) -> _Made:
    from scipy import stats

    return _Made(stats.gamma, (shape,), mean / shape)


def _weibull(scale: float, shape: float) -> _Made:
    from scipy import stats

    return _Made(stats.weibull_min, (shape,), scale)


def _begin_lognormal(times: Floats) -> list[float]:
    logs = np.log(times)
    sigma = max(float(logs.std()), 1e-3)
    return [float(logs.mean()) + sigma * sigma / 2.0, math.log(sigma)]


def _begin_gamma(times: Floats) -> list[float]:
    mean, variance = float(times.mean()), float(times.var())
    return [math.log(mean), math.log(min(max(mean * mean / max(variance, 1e-12), 0.05), 1e4))]


def _cv_of(sigma: float) -> float:
    return math.sqrt(math.expm1(min(sigma * sigma, 700.0)))


_FAMILIES = {
    "exponential": _Family(
        lambda times: [math.log(float(times.mean()))],
        lambda at: _exponential(at[0]),
        lambda at: {"mean": at[0]},
        1,
    ),
    "lognormal": _Family(
        _begin_lognormal,
        lambda at: _lognormal(at[0], at[1]),
        lambda at: {"mean": at[0], "cv": _cv_of(at[1])},
        2,
    ),
    "gamma": _Family(_begin_gamma, lambda at: _gamma(at[0], at[1]), lambda at: {"mean": at[0], "shape": at[1]}, 2),
    "weibull": _Family(
        lambda times: [math.log(float(times.mean())), 0.0],
        lambda at: _weibull(at[0], at[1]),
        lambda at: {"scale": at[0], "shape": at[1]},
        2,
    ),
}


def fitted(durations: Durations, laws: Sequence[str] = NAMES) -> tuple[LawFit, ...]:
    """Fit laws to durations, the best by AIC first.

    Parameters
    ----------
    durations : Durations
        All above zero.
    laws : sequence of str
        Of `NAMES`.

    Raises
    ------
    ValueError
        If fewer than `FEWEST` ended, or all that ended are equal: no law has a spread to be fitted to.

    Examples
    --------
    >>> import numpy as np
    >>> times = np.random.default_rng(1).exponential(3.0, 2000)
    >>> [best] = fitted(Durations.of(times), ["exponential"])
    >>> bool(abs(best.mean.value - times.mean()) < 1e-6)
    True
    """
    if len(durations.ended) < FEWEST:
        raise ValueError(f"{len(durations.ended)} durations are too few to fit a law to: {FEWEST} at least")
    if all_equal(durations.ended):
        raise ValueError(f"all {len(durations.ended)} durations are equal: no law is fitted to them")
    seen = _Seen(durations)
    with np.errstate(all="ignore"):  # far from what was seen a density may be beyond what a number holds
        found = {law: _fitted(law, _FAMILIES[law], durations, seen) for law in laws if law != "erlang"}
        if "erlang" in laws:
            gamma = found.get("gamma") or _fitted("gamma", _FAMILIES["gamma"], durations, seen)
            found["erlang"] = _erlang(durations, gamma, seen)
    return tuple(sorted(found.values(), key=lambda fit: fit.aic if math.isfinite(fit.aic) else math.inf))


def all_equal(times: Floats) -> bool:
    """Say whether durations (min) have no spread that a law could be fitted to.

    Examples
    --------
    >>> all_equal(np.array([2.0, 2.0 + 1e-9])), all_equal(np.array([2.0, 2.001]))
    (True, False)
    """
    return not len(times) or bool(np.ptp(times) <= _EQUAL)


def _erlang(durations: Durations, gamma: LawFit, seen: _Seen) -> LawFit:
    """Take the likelier of the whole numbers of stages on either side of the Gamma law's shape."""
    shape = gamma.parameters["shape"].value
    around_it = sorted({max(1, math.floor(shape)), max(1, math.ceil(shape))})
    return max((_stages(durations, many, seen) for many in around_it), key=lambda fit: fit.log_likelihood)


def _stages(durations: Durations, stages: int, seen: _Seen) -> LawFit:
    family = _Family(
        _FAMILIES["exponential"].begin,
        lambda at: _gamma(at[0], stages),
        lambda at: {"mean": at[0], "stages": float(stages)},
        1,
    )
    return _fitted("erlang", family, durations, seen)


def _fitted(law: str, family: _Family, durations: Durations, seen: _Seen) -> LawFit:
    at = _likeliest(family, seen, durations)
    made = family.made(np.exp(at))
    total = seen.log_likelihood(made)
    covariance, df = _covariance(family, at, durations, seen)
    parameters = {
        name: _told(lambda x, name=name: family.told(np.exp(x))[name], at, covariance, len(durations), df)  # type: ignore[misc]
        for name in family.told(np.exp(at))
    }
    mean = _told(lambda x: family.made(np.exp(x)).mean(), at, covariance, len(durations), df)
    cv = _told(lambda x: _cv(family.made(np.exp(x))), at, covariance, len(durations), df)
    aic = 2.0 * family.free - 2.0 * total
    return LawFit(law, parameters, mean, cv, total, aic, distance(made, durations), made.of_scipy())


def _cv(made: _Made) -> float:
    return made.std() / made.mean()


class _Seen:
    """What the likelihood is reckoned from: durations that are alike are told once, with how many they are."""

    def __init__(self, durations: Durations) -> None:
        self.ended, self.many, self.which = alike(durations.ended)
        self.cut, self.many_cut, self.which_cut = alike(durations.cut)
        self.over, self.n = durations.over, len(durations)

    def log_likelihood(self, made: _Made) -> float:
        total = float(self.many @ made.logpdf(self.ended))
        if len(self.cut):
            total += float(self.many_cut @ made.logsf(self.cut))
        return total - (self.n * float(made.logsf(self.over)) if self.over > 0.0 else 0.0)

    def each(self, made: _Made) -> Floats:
        """Return the logarithm of the likelihood of each duration."""
        logs = np.concatenate([made.logpdf(self.ended)[self.which], made.logsf(self.cut)[self.which_cut]])
        return np.asarray(logs - (float(made.logsf(self.over)) if self.over > 0.0 else 0.0))


def alike(values: Floats) -> tuple[Floats, Whole, Whole]:
    """Put together values that are equal, and of very many those that differ by less than a thousandth.

    Returns
    -------
    array, array of int, array of int
        The values, rising; how many there are of each; and the place of each of those given.

    Examples
    --------
    >>> [list(map(float, part)) for part in alike(np.array([3.0, 2.0, 3.0]))]
    [[2.0, 3.0], [1.0, 2.0], [1.0, 0.0, 1.0]]
    """
    once, which, many = np.unique(values, return_inverse=True, return_counts=True)
    if len(once) <= _MANY:
        return once, many, which
    _, which, many = np.unique(np.round(np.log(values) * 1000.0), return_inverse=True, return_counts=True)
    return np.bincount(which, values) / many, many, which


def _likeliest(family: _Family, seen: _Seen, durations: Durations) -> Floats:
    """Return the logarithms of the parameters that make what was seen likeliest."""
    from scipy import optimize

    begin = np.array(family.begin(durations.ended))
    if len(durations.cut):  # the exponential law's mean, which is known, in place of the mean of those that ended
        begin[0] = math.log((durations.ended.sum() + durations.cut.sum()) / len(durations.ended))

    def surprise(at: Floats) -> float:
        with np.errstate(all="ignore"):
            total = seen.log_likelihood(family.made(np.exp(np.clip(at, -40.0, 40.0))))
        return -total if math.isfinite(total) else 1e300

    options = {"xatol": 1e-9, "fatol": 1e-9, "maxiter": 2000, "maxfev": 4000}
    found = optimize.minimize(surprise, begin, method="Nelder-Mead", options=options)
    return np.asarray(found.x, np.float64)


def _covariance(family: _Family, at: Floats, durations: Durations, seen: _Seen) -> tuple[Floats, float]:
    """Return the covariance of the logarithms, and the degrees of freedom of an interval.

    Where durations come in groups (an agent's), the groups' scores stand between the inverses of the information (the
    sandwich of Huber 1967 and White 1982), and there are as many degrees of freedom as groups less one.
    """
    scores, information = _derivatives(family, at, seen)
    if not (np.isfinite(information).all() and np.isfinite(scores).all()):
        return np.full_like(information, math.nan), math.inf
    inverse = np.asarray(np.linalg.pinv(information), np.float64)
    whose = np.concatenate([durations.whose_ended, durations.whose_cut])
    names, group = np.unique(whose, return_inverse=True)
    if len(names) == len(whose):
        return inverse, math.inf
    many = len(names)
    if many < 2:
        return inverse, math.inf
    sums = np.column_stack([np.bincount(group, column) for column in scores.T])
    clustered = np.asarray(inverse @ (sums.T @ sums) @ inverse * many / (many - 1.0), np.float64)
    return (clustered, many - 1.0) if np.trace(clustered) > np.trace(inverse) else (inverse, math.inf)


def _derivatives(family: _Family, at: Floats, seen: _Seen) -> tuple[Floats, Floats]:
    """Return the score of each duration (durations by parameters), and the information of all."""

    def whole(x: Floats) -> float:
        return seen.log_likelihood(family.made(np.exp(x)))

    steps = np.eye(len(at)) * _STEP
    either = ((seen.each(family.made(np.exp(at + step))), seen.each(family.made(np.exp(at - step)))) for step in steps)
    scores = np.column_stack([(above - below) / (2.0 * _STEP) for above, below in either])
    return scores, -curvature(whole, at, 10.0 * _STEP)


def curvature(of: Callable[[Floats], float], at: Floats, step: float = 1e-3) -> Floats:
    """Return the second derivatives of a function of several numbers, by central differences.

    Examples
    --------
    >>> curvature(lambda x: x[0] * x[0] + 3.0 * x[0] * x[1], np.array([1.0, 2.0])).round(6).tolist()
    [[2.0, 3.0], [3.0, 0.0]]
    """
    steps, many = np.eye(len(at)) * step, len(at)
    result = np.empty((many, many))
    for i in range(many):
        for j in range(i, many):
            corners = (of(at + s * steps[i] + t * steps[j]) * s * t for s in (1, -1) for t in (1, -1))
            result[i, j] = result[j, i] = sum(corners) / (4.0 * step * step)
    return result


def _told(of: Callable[[Floats], float], at: Floats, covariance: Floats, n: int, df: float) -> Found:
    """Return a function of the parameters with its error (the delta method)."""
    value = float(of(at))
    slope = np.array([(of(at + step) - of(at - step)) / (2.0 * _STEP) for step in np.eye(len(at)) * _STEP])
    variance = float(slope @ covariance @ slope)
    if not math.isfinite(value):
        return Found(value, math.nan, math.nan, math.nan, n)
    if not slope.any():
        return around(value, 0.0, n)
    return above_zero(value, math.sqrt(max(variance, 0.0)), n, df)


def distance(made: _Made, durations: Durations) -> float:
    """Return how far a law's distribution lies from the one seen, at most, as long as `FEWEST` were still seen."""
    from scipy import stats

    inside = float(made.sf(durations.over))
    if not len(durations.cut):
        return float(stats.kstest(durations.ended, lambda x: 1.0 - made.sf(x) / inside).statistic)
    seen = stats.ecdf(stats.CensoredData.right_censored(*_with_cuts(durations))).sf
    waits = np.sort(np.concatenate([durations.ended, durations.cut]))
    at = seen.quantiles[len(waits) - np.searchsorted(waits, seen.quantiles) >= FEWEST]
    left = seen.probabilities[: len(at)]
    before, expected = np.concatenate([[1.0], left[:-1]]), made.sf(at) / inside
    return float(np.max(np.maximum(np.abs(left - expected), np.abs(before - expected)), initial=0.0))


def _with_cuts(durations: Durations) -> tuple[Floats, npt.NDArray[np.bool_]]:
    times = np.concatenate([durations.ended, durations.cut])
    return times, np.arange(len(times)) >= len(durations.ended)
