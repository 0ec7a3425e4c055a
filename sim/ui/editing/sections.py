"""The parts of a world that are opened one at a time, and the keys in them: read off the models."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from sim.reading.fields import Names, declared, keys, known_keys
from sim.reading.meaning import meaning
from sim.reading.mistakes import Place
from sim.reading.trees import Tree, table
from sim.ui.parts.forms import label_of
from sim.ui.parts.shapes import Shape, shape_of
from sim.world import World
from sim.world.channels import PHONE
from sim.world.facts import CHANNEL, CLASS, NameOf

GENERAL: Names = ()
"""The section of what stands at the top: the world's name, and what it is."""


class Row(NamedTuple):
    """A key of a block: where it stands, and what may stand there."""

    place: Place
    shape: Shape


@cache
def sections() -> tuple[Names, ...]:
    """Return the places of all sections, in the order of the models.

    Every block and every table of blocks at the top is one; so are those inside a block that has several of them.
    """
    found: list[Names] = [GENERAL]
    for key in declared(World):
        shape = shape_of(key.kind)
        if shape.kind == "block":
            below = _blocks_in(shape)
            if len(below) < len(declared(shape.model)):
                found.append((key.written,))
            found += [(key.written, name) for name in below]
        elif shape.kind == "table":
            found.append((key.written,))
    return tuple(found)


def _blocks_in(shape: Shape) -> list[str]:
    """Return the keys of a block that are sections of their own: blocks and tables of them, if there are several."""
    inner = [(key.written, shape_of(key.kind)) for key in declared(shape.model)]
    names = [name for name, one in inner if is_block(one)]
    return names if len(names) > 1 else []


def is_block(shape: Shape) -> bool:
    """Say whether it is a block, or a table of blocks."""
    return shape.kind == "block" or (shape.kind == "table" and shape.inner[1].kind == "block")


@cache
def shape_at(place: Names) -> Shape:
    """Return the shape of what stands at a place; ``*`` is any name.

    Raises
    ------
    KeyError
        If the models know no such place.
    """
    if not place:
        return Shape("block", model=World)
    around = shape_at(place[:-1])
    if around.kind == "either":
        around = next(one for one in around.inner if one.kind == "table")
    if around.kind == "table":
        return around.inner[1]
    key = next((one for one in declared(around.model) if one.written == place[-1]), None)
    if key is None:
        raise KeyError(".".join(place))
    return shape_of(key.kind)


def rows(place: Place, shape: Shape) -> tuple[Row, ...]:
    """Return the keys of a block that are drawn with it: none that is a section of its own."""
    apart = sections()
    found = (((*place, key.written), key) for key in declared(shape.model) if not key.field.exclude)
    return tuple(Row(at, shape_of(key.kind)) for at, key in found if not _is_apart(tuple(map(str, at)), apart))


def _is_apart(place: Names, apart: tuple[Names, ...]) -> bool:
    return any(one[: len(place)] == place for one in apart)


def section_of(place: Place) -> Names:
    """Return the section in which a place stands."""
    names = tuple(str(part) for part in place)
    return next((names[:many] for many in (2, 1) if names[:many] in sections()), GENERAL)


def entry_of(place: Place) -> str | None:
    """Return the name of the entry of its section's table in which a place stands."""
    section = section_of(place)
    inside = section and shape_at(section).kind == "table" and len(place) > len(section)
    return str(place[len(section)]) if inside else None


def names_in(tree: Tree) -> dict[NameOf, list[str]]:
    """Return the names that a world has of each kind: of teams, queues, reasons, segments, classes, channels."""
    found = {kind: _names(kind, tree) for kind in _kinds()}
    found[CHANNEL] = [PHONE, *_names(CHANNEL, tree)]
    reasons = {name: list(table(tree, "population", "reasons", name, "difficulty")) for name in
               table(tree, "population", "reasons")}  # fmt: skip
    plain = dict.fromkeys(level for levels in reasons.values() for level in levels)
    found[CLASS] = [*plain, *(f"{name}.{level}" for name, levels in reasons.items() for level in levels)]
    return found


def _names(kind: NameOf, tree: Tree) -> list[str]:
    names = list(table(tree, *kind.table)) if kind.table else []
    return list(dict.fromkeys([*names, *(_names(kind.also, tree) if kind.also else [])]))


@cache
def _kinds() -> tuple[NameOf, ...]:
    found: dict[NameOf, None] = {}
    for _, key in keys():
        found |= dict.fromkeys(_kinds_of(shape_of(key.kind)))
    return tuple(found)


def _kinds_of(shape: Shape) -> Iterator[NameOf]:
    if shape.names is not None:
        yield shape.names
    for inner in shape.inner:
        yield from _kinds_of(inner)


class Found(NamedTuple):
    """A key that a search has found, ``*`` for any name."""

    place: Names
    label: str
    said: str


@cache
def everything() -> tuple[Found, ...]:
    """Return every key with what it is called and what it means, in English."""
    return tuple(
        Found(place, label_of(place[-1]), meaning(".".join(place).replace("*", "x")))
        for place, key in keys()
        if not key.field.exclude
    )


def known(place: Place, tree: Tree) -> bool:
    """Say whether a model knows the last part of a place as a key of its own, rather than as a name."""
    return place[-1] in known_keys(place[:-1], tree)


def said_of(place: Place) -> str:
    """Return what a key means; of an entry of a table, what the table means."""
    names = tuple("x" if isinstance(part, int) else str(part) for part in place)
    for many in range(len(names), 0, -1):
        try:
            said = meaning(".".join(_without_points(names[:many])))
        except (KeyError, ValueError):
            said = ""
        if said:
            return said
    return ""


def _without_points(names: tuple[str, ...]) -> Iterator[str]:
    return (name.replace(".", "_") for name in names)


def values_at(tree: Tree, place: Place) -> dict[str, Any]:
    """Return the entries of a table, or of nothing where none stands there."""
    return table(tree, *place)
