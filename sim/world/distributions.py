"""Laws as a planner writes them, such as ``{ law = "lognormal", mean = "8.6 min", cv = 1.2 }``, and their numbers."""

from __future__ import annotations

import itertools
import math
from typing import Annotated, Any, Literal, Protocol, TypeAlias

from pydantic import BeforeValidator, Field, model_serializer, model_validator

from sim.luck.laws import Law, LawCode
from sim.units import Share, share
from sim.world.frozen import Frozen

Value: TypeAlias = Any
"""What a law is a law of; a real type stands in its place in the laws of durations, money and numbers (`laws`)."""


class Distribution(Protocol):
    """What every law can say of itself."""

    def numbers(self) -> Law:
        """Return the law as the numbers the engines invert."""

    def mean_value(self) -> float:
        """Return the mean, in minutes, euros or plain numbers."""


class Constant(Frozen):
    """Always the same value."""

    law: Literal["constant"]
    value: Value

    def numbers(self) -> Law:
        """Return the value."""
        return Law(LawCode.CONSTANT, _number(self.value))

    def mean_value(self) -> float:
        """Return the value itself."""
        return _number(self.value)


class Exponential(Frozen):
    """Memoryless, by its mean."""

    law: Literal["exponential"]
    mean: Value

    def numbers(self) -> Law:
        """Return the mean."""
        return Law(LawCode.EXPONENTIAL, _number(self.mean))

    def mean_value(self) -> float:
        """Return the mean as written."""
        return _number(self.mean)


class Lognormal(Frozen):
    """Lognormal, by its mean and coefficient of variation."""

    law: Literal["lognormal"]
    mean: Value
    cv: float = Field(gt=0, le=20)
    """Standard deviation over mean."""

    def numbers(self) -> Law:
        """Return mean and deviation of its logarithm."""
        spread = math.log1p(self.cv * self.cv)
        mean = _number(self.mean)
        if mean == 0:
            return Law(LawCode.CONSTANT, 0.0)
        return Law(LawCode.LOGNORMAL, math.log(mean) - spread / 2, math.sqrt(spread))

    def mean_value(self) -> float:
        """Return the mean as written."""
        return _number(self.mean)


class Weibull(Frozen):
    """Weibull, by its scale and shape (shape below 1: the longer one has waited, the more patient)."""

    law: Literal["weibull"]
    scale: Value
    shape: float = Field(gt=0.05, le=100)

    def numbers(self) -> Law:
        """Return scale and 1/shape."""
        return Law(LawCode.WEIBULL, _number(self.scale), 1.0 / self.shape)

    def mean_value(self) -> float:
        """Return scale x Gamma(1 + 1/shape)."""
        return _number(self.scale) * math.gamma(1.0 + 1.0 / self.shape)


class Gamma(Frozen):
    """Gamma, by its mean and shape (coefficient of variation ``1/sqrt(shape)``)."""

    law: Literal["gamma"]
    mean: Value
    shape: float = Field(gt=0.01, le=1e6)

    def numbers(self) -> Law:
        """Return shape, scale and log Gamma(shape)."""
        return Law(LawCode.GAMMA, self.shape, _number(self.mean) / self.shape, math.lgamma(self.shape))

    def mean_value(self) -> float:
        """Return the mean as written."""
        return _number(self.mean)


class Erlang(Frozen):
    """Sum of ``stages`` exponential stages, by its mean."""

    law: Literal["erlang"]
    mean: Value
    stages: int = Field(ge=1, le=10_000)

    def numbers(self) -> Law:
        """Return a Gamma law of whole shape."""
        return Law(LawCode.GAMMA, float(self.stages), _number(self.mean) / self.stages, math.lgamma(self.stages))

    def mean_value(self) -> float:
        """Return the mean as written."""
        return _number(self.mean)


class Uniform(Frozen):
    """Uniform between two bounds."""

    law: Literal["uniform"]
    low: Value
    high: Value

    @model_validator(mode="after")
    def _rises(self) -> Uniform:
        if _number(self.high) < _number(self.low):
            raise ValueError("low is above high")
        return self

    def numbers(self) -> Law:
        """Return the bounds."""
        return Law(LawCode.UNIFORM, _number(self.low), _number(self.high))

    def mean_value(self) -> float:
        """Return the middle."""
        return (_number(self.low) + _number(self.high)) / 2


class Triangular(Frozen):
    """Triangular between two bounds, with a mode."""

    law: Literal["triangular"]
    low: Value
    mode: Value
    high: Value

    @model_validator(mode="after")
    def _rises(self) -> Triangular:
        if not _number(self.low) <= _number(self.mode) <= _number(self.high):
            raise ValueError("low, mode and high do not rise")
        return self

    def numbers(self) -> Law:
        """Return low, mode and high."""
        return Law(LawCode.TRIANGULAR, _number(self.low), _number(self.mode), _number(self.high))

    def mean_value(self) -> float:
        """Return the mean of its three corners."""
        return (_number(self.low) + _number(self.mode) + _number(self.high)) / 3


class Empirical(Frozen):
    """A measured law: values that are equally likely, or values at stated levels with straight lines between.

    With ``levels`` the first is 0 and the last 1; without, the sorted values stand for equal shares.
    """

    law: Literal["empirical"]
    values: tuple[Value, ...] = Field(min_length=1)
    levels: tuple[Share, ...] | None = None

    @model_validator(mode="after")
    def _fits(self) -> Empirical:
        if self.levels is not None:
            if len(self.levels) != len(self.values):
                raise ValueError("levels and values must be equally many")
            if self.levels[0] != 0 or self.levels[-1] != 1 or list(self.levels) != sorted(self.levels):
                raise ValueError("levels rise from 0 to 1")
            numbers = [_number(v) for v in self.values]
            if numbers != sorted(numbers):
                raise ValueError("values rise with their levels")
        return self

    def numbers(self) -> Law:
        """Return points of the quantile function."""
        values = sorted(_number(v) for v in self.values)
        if self.levels is not None:
            return Law(LawCode.EMPIRICAL, points=tuple(zip(self.levels, values, strict=True)))
        steps = [(level, value) for i, value in enumerate(values) for level in (i / len(values), (i + 1) / len(values))]
        return Law(LawCode.EMPIRICAL, points=tuple(steps))

    def mean_value(self) -> float:
        """Return the area under the quantile function."""
        points = self.numbers().points
        return sum((q[0] - p[0]) * (p[1] + q[1]) / 2 for p, q in itertools.pairwise(points))


class Part(Frozen):
    """One part of a mixture."""

    share: Annotated[float, Field(gt=0, le=1, json_schema_extra={"unit": "share"}), BeforeValidator(share)]
    of: Value


class Mixture(Frozen):
    """Several laws, each with its share; the shares add up to one."""

    law: Literal["mixture"]
    parts: tuple[Part, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _whole(self) -> Mixture:
        total = sum(part.share for part in self.parts)
        if abs(total - 1) > 1e-9:
            raise ValueError(f"the shares of a mixture add up to 1, not {total:g}")
        return self

    def numbers(self) -> Law:
        """Return the parts under their cumulated shares."""
        upto, parts = 0.0, []
        for part in self.parts:
            upto += part.share
            parts.append((upto, part.of.numbers()))
        return Law(LawCode.MIXTURE, parts=tuple(parts))

    def mean_value(self) -> float:
        """Return the parts' means, weighed by their shares."""
        mean: float = sum(part.share * part.of.mean_value() for part in self.parts)
        return mean


class Never(Frozen):
    """What never ends, written ``"none"``: a patience without limit."""

    law: Literal["none"]

    @model_serializer
    def _as_written(self) -> str:
        return "none"

    def numbers(self) -> Law:
        """Return an infinite time."""
        return Law(LawCode.CONSTANT, math.inf)

    def mean_value(self) -> float:
        """Return an infinite time."""
        return math.inf


def _number(value: Any) -> float:
    return float(value)
