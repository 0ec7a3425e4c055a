"""Where in a world's file what is named: teams, reasons, classes, and whatever a user gives a name to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import NoneType
from typing import Annotated, Any, NamedTuple, get_args, get_origin

from sim.scenario.fields import Names, keys
from sim.scenario.mistakes import Place
from sim.scenario.trees import Tree, found
from sim.scenario.world.facts import Fact, NameOf

Said = Fact | NameOf
"""Of which names: those given at the place itself, or those of something that is given elsewhere."""


class Use(NamedTuple):
    """A name that stands somewhere: as the value there, or as a key."""

    place: Place
    name: str
    as_key: bool


def names_used(tree: Tree, of: Said) -> Iterator[Use]:
    """Yield the names of a kind wherever the models let one stand; what is no text is passed over."""
    for way, kind in _ways(of):
        for place, value in found(tree, way):
            yield from _names_in(value, kind, of, place)


@cache
def _ways(of: Said) -> tuple[tuple[Names, Any], ...]:
    return tuple((place, key.kind) for place, key in keys() if _speaks_of(key.kind, of))


def _speaks_of(kind: Any, of: Said) -> bool:
    return kind == of or any(_speaks_of(part, of) for part in (*get_args(kind), *getattr(kind, "__metadata__", ())))


def _names_in(value: Any, kind: Any, of: Said, place: Place) -> Iterator[Use]:
    """Walk a value beside its type."""
    parts = get_args(kind)
    if get_origin(kind) is Annotated:
        if of in parts[1:] and isinstance(value, str):
            yield Use(place, value, as_key=False)
        yield from _names_in(value, parts[0], of, place)
    elif get_origin(kind) is dict:
        for name, inner in value.items() if isinstance(value, dict) else ():
            if of in get_args(parts[0]) and isinstance(name, str):
                yield Use((*place, name), name, as_key=True)
            yield from _names_in(inner, parts[1], of, (*place, name))
    elif get_origin(kind) is tuple:
        for at, inner in enumerate(value if isinstance(value, (list, tuple)) else ()):
            yield from _names_in(inner, parts[0], of, (*place, at))
    elif not (value == "none" and NoneType in parts):
        for part in parts:
            yield from _names_in(value, part, of, place)
