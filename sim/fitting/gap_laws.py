"""The laws of a gap, as SciPy's frozen ones are asked, without what those cost at each of hundreds of parameters."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sim.fitting.found import Floats

_ROOT = math.log(2.0 * math.pi) / 2.0


@dataclass(frozen=True)
class Exponential:
    """The exponential law of a mean (min)."""

    mean: float

    def logpdf(self, at: Floats) -> Floats:
        """Return the logarithm of the density."""
        return -at / self.mean - math.log(self.mean)

    def logsf(self, at: Floats) -> Floats:
        """Return the logarithm of the share that is longer."""
        return -at / self.mean

    def logcdf(self, at: Floats) -> Floats:
        """Return the logarithm of the share that is shorter."""
        return np.log(-np.expm1(-at / self.mean))

    def cdf(self, at: Floats) -> Floats:
        """Return the share that is shorter."""
        return np.asarray(-np.expm1(-at / self.mean))


@dataclass(frozen=True)
class Lognormal:
    """The lognormal law of mean and deviation of the logarithm (of min)."""

    middle: float
    deviation: float

    def _standard(self, at: Floats) -> Floats:
        with np.errstate(divide="ignore"):
            return np.asarray((np.log(at) - self.middle) / self.deviation)

    def logpdf(self, at: Floats) -> Floats:
        """Return the logarithm of the density."""
        return np.asarray(-(self._standard(at) ** 2) / 2.0 - np.log(at) - math.log(self.deviation) - _ROOT)

    def logsf(self, at: Floats) -> Floats:
        """Return the logarithm of the share that is longer."""
        from scipy.special import log_ndtr

        return np.asarray(log_ndtr(-self._standard(at)))

    def logcdf(self, at: Floats) -> Floats:
        """Return the logarithm of the share that is shorter."""
        from scipy.special import log_ndtr

        return np.asarray(log_ndtr(self._standard(at)))

    def cdf(self, at: Floats) -> Floats:
        """Return the share that is shorter."""
        from scipy.special import ndtr

        return np.asarray(ndtr(self._standard(at)))


GapLaw = Exponential | Lognormal


def gap_law(law: str, mean: float, cv: float) -> GapLaw:
    """Return the law of this name, mean (min) and cv; the cv of an exponential law is 1."""
    if law == "exponential":
        return Exponential(mean)
    variance = math.log1p(cv * cv)
    return Lognormal(math.log(mean) - variance / 2.0, math.sqrt(variance))
