"""What may stand at a key of a world, read off its type: which widget fits it, its bounds, its words, its parts."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.reading.fields import declared, law_name
from sim.units import Minutes, Share
from sim.world.facts import NameOf

Kind = Literal[
    "switch", "whole", "number", "share", "duration", "word", "name", "text", "law", "list", "table", "block", "either"
]
NEVER, MEAN = "none", "mean"
"""The word of the law of what never ends, and that of a bare mean where a law may stand in its place."""
_LASTS, _PART = get_args(Minutes)[1], get_args(Share)[2]
"""By which durations and shares are known: how they are read."""


@dataclass(frozen=True)
class Shape:
    """What may stand at one place.

    Attributes
    ----------
    kind : str
        A block is a table whose keys a model declares, a table one whose keys are names; a law is one of `laws`.
    low, high : float or None
        Bounds of a number, a share, or a duration (min); those of a list and a table are of how many.
    beyond : bool
        Whether `low` itself is too low.
    words : tuple of str
        Of which one has to be taken.
    names : NameOf or None
        Whose name it is.
    optional : bool
        Whether nothing may stand there.
    single : bool
        Of a list: whether one may stand there by itself, without being a list.
    inner : tuple of Shape
        Of a list the items, of a table the keys and the entries, of what is either of two things both.
    model : type or None
        Of a block.
    laws : tuple of type
        Of a law; `MEAN` may stand beside them if `inner` has its shape.
    example : str
        Of a text.
    """

    kind: Kind
    low: float | None = None
    high: float | None = None
    beyond: bool = False
    words: tuple[str, ...] = ()
    names: NameOf | None = None
    optional: bool = False
    single: bool = False
    inner: tuple[Shape, ...] = ()
    model: type[BaseModel] | None = None
    laws: tuple[type[BaseModel], ...] = ()
    example: str = ""

    def law(self, name: str) -> type[BaseModel]:
        """Return one of the laws by its word."""
        return next(law for law in self.laws if law_name(law) == name)

    def law_names(self) -> tuple[str, ...]:
        """Return the words of the laws, that of a bare mean first where it may stand."""
        named = tuple(str(law_name(law)) for law in self.laws)
        return (MEAN, *named) if self.inner else named


def shape_of(kind: Any) -> Shape:
    """Return what a type lets stand.

    Examples
    --------
    >>> from sim.world.team import Team
    >>> shape_of(Team.model_fields["wage"].annotation | None).optional
    True
    """
    return _shape(kind)


@lru_cache(1024)
def _shape(kind: Any) -> Shape:
    members = [_member(part, facts) for part, facts in _members(kind, ())]
    given = [one for one in members if one is not None]
    optional = len(given) < len(members)
    laws = [one for one in given if one.kind == "law"]
    if laws:
        means = tuple(one for one in given if one.kind != "law")
        return Shape("law", optional=optional, laws=tuple(law for one in laws for law in one.laws), inner=means)
    if len(given) > 1:
        given = [one for one in given if one.kind != "text" or any(other.kind == "list" for other in given)]
    if len(given) == 1:
        return replace(given[0], optional=optional)
    one, other = given
    if other.kind == "list":
        return replace(other, single=True, optional=optional)
    return Shape("either", optional=optional, inner=(one, other))


def _members(kind: Any, facts: tuple[Any, ...]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """Yield the members of a union, each with all that its annotations say."""
    if hasattr(kind, "__metadata__"):
        yield from _members(get_args(kind)[0], (*facts, *_flat(kind.__metadata__)))
    elif get_origin(kind) in (Union, types.UnionType):
        for member in get_args(kind):
            yield from _members(member, facts)
    else:
        yield kind, facts


def _flat(facts: tuple[Any, ...]) -> Iterator[Any]:
    for one in facts:
        yield from _flat(tuple(one.metadata)) if isinstance(one, FieldInfo) else ()
        yield one


def _member(kind: Any, facts: tuple[Any, ...]) -> Shape | None:
    """Return the shape of one member of a union; None for nothing."""
    low, high, beyond = _bounds(facts)
    if kind is type(None):
        return None
    if get_origin(kind) is Literal:
        return Shape("word", words=tuple(map(str, get_args(kind))))
    if get_origin(kind) is dict:
        named, entry = get_args(kind)
        return Shape("table", inner=(shape_of(named), shape_of(entry)), low=_length(facts, "min_length"))
    if get_origin(kind) is tuple:
        return Shape("list", inner=(shape_of(get_args(kind)[0]),), low=_length(facts, "min_length"))
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return Shape("law", laws=(kind,)) if law_name(kind) else Shape("block", model=kind)
    if kind is bool:
        return Shape("switch")
    if kind is int:
        return Shape("whole", low, high, beyond)
    if kind is float:
        number: Kind = "duration" if _LASTS in facts else "share" if _PART in facts else "number"
        return Shape(number, low, high, beyond)
    names = next((fact for fact in facts if isinstance(fact, NameOf)), None)
    return Shape("name", names=names) if names else Shape("text", example=_example(facts))


def _bounds(facts: tuple[Any, ...]) -> tuple[float | None, float | None, bool]:
    least = [(one.ge, False) for one in facts if getattr(one, "ge", None) is not None]
    least += [(one.gt, True) for one in facts if getattr(one, "gt", None) is not None]
    low, beyond = max(least, default=(None, False), key=lambda one: one[0])
    most: list[float] = [one.le for one in facts if getattr(one, "le", None) is not None]
    return low, min(most, default=None), beyond


def _length(facts: tuple[Any, ...], which: str) -> float | None:
    return next((getattr(one, which) for one in facts if getattr(one, which, None) is not None), None)


def _example(facts: tuple[Any, ...]) -> str:
    for one in facts:
        if isinstance(one, FieldInfo) and one.examples:
            return str(one.examples[0])
        if getattr(one, "json_schema", {}).get("format") == "date":
            return str(date.today() - timedelta(days=date.today().weekday()))
    return ""


def parameters(law: type[BaseModel]) -> tuple[tuple[str, Shape], ...]:
    """Return the parameters of a law with their shapes."""
    return tuple((key.written, shape_of(key.kind)) for key in declared(law) if key.written != "law")


def beginning(shape: Shape, names: dict[NameOf, list[str]]) -> Any:
    """Return what a place begins with where something is to stand that does not yet: possible, and plain.

    Parameters
    ----------
    names : dict
        The names there are, of each kind.
    """
    low = 0.0 if shape.low is None else shape.low
    if shape.kind == "switch":
        return False
    if shape.kind in ("whole", "number"):
        own = max(low + shape.beyond, 1.0) if shape.high is None or shape.high >= 1 else shape.high
        return int(own) if shape.kind == "whole" else own
    if shape.kind == "share":
        return 0.5
    if shape.kind == "duration":
        return "10 min"
    if shape.kind == "word":
        return shape.words[0]
    if shape.kind == "name":
        return next(iter(names.get(shape.names, ())), "") if shape.names else ""
    if shape.kind == "text":
        return shape.example
    if shape.kind == "law":
        return beginning(shape.inner[0], names) if shape.inner else of_law(shape.laws[0], names)
    if shape.kind == "list":
        return [beginning(shape.inner[0], names)]
    if shape.kind == "table":
        needed = shape.low and shape.inner[0].kind == "text"
        return {"first": beginning(shape.inner[1], names)} if needed else {}
    if shape.kind == "either":
        return beginning(shape.inner[0], names)
    return of_block(shape.model, names) if shape.model else {}


def of_block(model: type[BaseModel], names: dict[NameOf, list[str]]) -> dict[str, Any]:
    """Return a block with what it needs: what has a default of its own is left to it."""
    needed = (key for key in declared(model) if key.field.is_required())
    return {key.written: beginning(shape_of(key.kind), names) for key in needed}


def of_law(law: type[BaseModel], names: dict[NameOf, list[str]]) -> Any:
    """Return a law with plain parameters."""
    word = str(law_name(law))
    if word == NEVER:
        return NEVER
    made = {name: beginning(shape, names) for name, shape in parameters(law) if not shape.optional}
    if word == "mixture":
        made["parts"] = [{"share": 1.0, "of": made["parts"][0]["of"]}]
    return {"law": word, **made}
