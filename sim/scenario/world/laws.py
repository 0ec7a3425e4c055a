"""Laws of durations, of money and of plain numbers: the same distributions, their values read and bounded as such."""

from __future__ import annotations

import functools
import operator
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, get_args

from pydantic import BeforeValidator, Field, create_model

from sim.scenario.world.distributions import (
    Constant,
    Distribution,
    Empirical,
    Erlang,
    Exponential,
    Gamma,
    Lognormal,
    Mixture,
    Never,
    Part,
    Triangular,
    Uniform,
    Weibull,
)
from sim.scenario.world.frozen import Frozen
from sim.units import Euros, Minutes, Number


def _shorthand(written: Any) -> Any:
    """Let a bare value stand for the constant law."""
    return {"law": "constant", "value": written} if isinstance(written, (str, int, float)) else written


def _shorthand_or_never(written: Any) -> Any:
    return {"law": "none"} if written == "none" else _shorthand(written)


def _named(kind: type[Frozen], what: str, **fields: Any) -> Any:
    """Return a law of durations, money or numbers: a class of its own under its own name, so that it can be pickled."""
    name = f"{kind.__name__}Of{what}"
    made = create_model(name, __base__=kind, __module__=__name__, __doc__=kind.__doc__, **fields)
    globals()[name] = made
    return made


def _law_of(what: str, number: Any) -> tuple[Any, Any]:
    """Return the type of all laws whose values are such numbers, and the same with the law of what never ends."""
    values = Annotated[tuple[number, ...], Field(min_length=1)]
    typed: dict[type[Frozen], dict[str, Any]] = {
        Constant: {"value": number},
        Exponential: {"mean": number},
        Lognormal: {"mean": number},
        Weibull: {"scale": number},
        Gamma: {"mean": number},
        Erlang: {"mean": number},
        Uniform: {"low": number, "high": number},
        Triangular: {"low": number, "mode": number, "high": number},
        Empirical: {"values": values},
    }
    simple_laws = [
        _named(kind, what, **{name: (type_, ...) for name, type_ in of.items()}) for kind, of in typed.items()
    ]
    simple: Any = Annotated[
        functools.reduce(operator.or_, simple_laws), Field(discriminator="law"), BeforeValidator(_shorthand)
    ]
    part: Any = _named(Part, what, of=(simple, ...))
    parts: Any = tuple[part, ...]
    mixture = _named(Mixture, what, parts=(Annotated[parts, Field(min_length=1)], ...))
    laws: Any = get_args(simple)[0] | mixture
    any_law: Any = Annotated[laws, Field(discriminator="law")]
    or_never: Any = Annotated[laws | Never, Field(discriminator="law")]
    return Annotated[any_law, BeforeValidator(_shorthand)], Annotated[or_never, BeforeValidator(_shorthand_or_never)]


if TYPE_CHECKING:
    DurationLaw: TypeAlias = Distribution
    DurationLawOrNone: TypeAlias = Distribution
    MoneyLaw: TypeAlias = Distribution
    NumberLaw: TypeAlias = Distribution
else:
    DurationLaw, DurationLawOrNone = _law_of("Durations", Minutes)
    """Laws of durations; a bare duration such as ``"60 s"`` means always that long, and ``"none"`` where it may that it
    never ends."""
    MoneyLaw, _ = _law_of("Money", Euros)
    """A law of amounts in euros; a bare number means always that much."""
    NumberLaw, _ = _law_of("Numbers", Number)
    """A law of plain numbers; a bare number means always that."""
