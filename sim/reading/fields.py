"""Which keys a world may have: the models are walked here, for all who ask where a key stands and what it is."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.reading.mistakes import Place
from sim.reading.trees import Tree, standing_at
from sim.world import World
from sim.world.facts import Fact

F = TypeVar("F")
Names = tuple[str, ...]
"""The way to a key: tables and keys; ``*`` where any name of the user's stands."""
_REMEMBERED = 4096
"""Ways that are not looked up anew: worlds of one study have the same ones."""


@dataclass(frozen=True, eq=False)
class Key:
    """A key as a model declares it.

    Attributes
    ----------
    written : str
        What it is called in a file.
    name : str
        What the model calls it.
    """

    written: str
    name: str
    field: FieldInfo

    @cached_property
    def kind(self) -> Any:
        """Its type, with all that is annotated."""
        annotated = (self.field.annotation, *self.field.metadata)
        return Annotated[annotated] if self.field.metadata else self.field.annotation

    def has(self, fact: Fact) -> bool:
        """Say whether a fact is so of it."""
        return fact in self.field.metadata

    def fact(self, kind: type[F]) -> F | None:
        """Return what its annotations say of this kind."""
        return next((one for one in self.field.metadata if isinstance(one, kind)), None)


@cache
def declared(model: Any) -> tuple[Key, ...]:
    """Return the keys that a model declares itself; none of what is no model."""
    if not _is_model(model):
        return ()
    return tuple(Key(field.alias or name, name, field) for name, field in model.model_fields.items())


@cache
def keys(model: type[BaseModel] = World) -> tuple[tuple[Names, Key], ...]:
    """Return every key of a model and of the blocks in it, each with its place; laws are values."""
    found: list[tuple[Names, Key]] = []
    for key in declared(model):
        found.append(((key.written,), key))
        for below, inner in inner_models(key.kind):
            found += [((key.written, *below, *place), one) for place, one in keys(inner)]
    return tuple(found)


@cache
def places(fact: Fact) -> tuple[Names, ...]:
    """Return where all stands of which a fact is so: keys, and values in their tables."""
    return tuple(dict.fromkeys(below for place, key in keys() for below in _so(key.kind, fact, place)))


def _so(kind: Any, fact: Fact, at: Names) -> Iterator[Names]:
    """Yield the place of a value of which a fact is so, and those of the values in a table of which it is."""
    if get_origin(kind) is Annotated:
        inner, *facts = get_args(kind)
        if fact in facts:
            yield at
        yield from _so(inner, fact, at)
    elif get_origin(kind) in (Union, types.UnionType):
        for member in get_args(kind):
            yield from _so(member, fact, at)
    elif get_origin(kind) is dict:
        yield from _so(get_args(kind)[1], fact, (*at, "*"))


@lru_cache(_REMEMBERED)
def matches(here: Names, ways: tuple[Names, ...]) -> bool:
    """Say whether one of these ways leads here; ``*`` in a way is any name."""
    return any(
        len(here) == len(way) and all(want in ("*", part) for part, want in zip(here, way, strict=True)) for way in ways
    )


def inner_models(kind: Any) -> Iterator[tuple[Names, type[BaseModel]]]:
    """Yield the models of the blocks that a type is, or holds if it is a table."""
    for part in _parts_of(kind):
        if _is_model(part) and law_name(part) is None:
            yield (), part
        elif get_origin(part) is dict:
            yield from ((("*", *below), inner) for below, inner in inner_models(get_args(part)[1]))


def values(block: BaseModel, at: Names = ()) -> Iterator[tuple[Names, Key, Any]]:
    """Yield every key of a block and of the blocks in it, each with its place and its value there."""
    for key in declared(type(block)):
        here, value = (*at, key.written), getattr(block, key.name)
        yield here, key, value
        for below, inner in inner_blocks(value):
            yield from values(inner, (*here, *below))


def inner_blocks(value: Any) -> Iterator[tuple[Names, BaseModel]]:
    """Yield the blocks that a value is, or holds if it is a table."""
    if isinstance(value, BaseModel) and law_name(type(value)) is None:
        yield (), value
    elif isinstance(value, dict):
        yield from (((name, *below), inner) for name, one in value.items() for below, inner in inner_blocks(one))


def tables(kind: Any, at: Names = ()) -> Iterator[tuple[Names, Any]]:
    """Yield the tables that a type is and holds, by the place of their entries, with the type of their names."""
    for part in _parts_of(kind):
        if get_origin(part) is dict:
            named, entry = get_args(part)
            yield (*at, "*"), named
            yield from tables(entry, (*at, "*"))


def known_keys(place: Place, tree: Tree) -> Names:
    """Return the keys that the table at this place may hold; none where the keys are the user's own names."""
    return tuple(dict.fromkeys(key.written for kind in kinds_at(place, tree) for key in declared(kind)))


def key_at(place: Place, tree: Tree) -> Key | None:
    """Return the key that stands at a place; None where it is a name of the user's, or nothing."""
    known = (key for kind in kinds_at(place[:-1], tree) for key in declared(kind))
    return next((key for key in known if key.written == place[-1]), None)


def kinds_at(place: Place, tree: Tree) -> list[Any]:
    """Return the types a value at this place may have."""
    kinds: list[Any] = [World]
    node: Any = tree
    for part in place:
        kinds = [inner for kind in kinds for inner in _inside(kind, part)]
        node = standing_at(node, part)
        law = node.get("law") if isinstance(node, dict) else None
        kinds = [kind for kind in kinds if law is None or law_name(kind) in (law, None)] or kinds
    return kinds


def _inside(kind: Any, part: str | int) -> Iterator[Any]:
    """Yield the types of what lies under a key of a table, or in a list."""
    for key in declared(kind):
        if part == key.written:
            yield from _parts_of(key.field.annotation)
    if get_origin(kind) is dict and isinstance(part, str):
        yield from _parts_of(get_args(kind)[1])
    elif get_origin(kind) is tuple and isinstance(part, int):
        yield from _parts_of(get_args(kind)[0])


def _parts_of(kind: Any) -> Iterator[Any]:
    """Yield the members of a union, without what only annotates them."""
    if get_origin(kind) is Annotated:
        yield from _parts_of(get_args(kind)[0])
    elif get_origin(kind) in (Union, types.UnionType):
        for member in get_args(kind):
            yield from _parts_of(member)
    else:
        yield kind


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def law_name(kind: Any) -> str | None:
    """Return the word of the law that a type is; None where it is no law."""
    word = next((key.field.annotation for key in declared(kind) if key.name == "law"), None)
    return get_args(word)[0] if get_origin(word) is Literal else None
