"""An edited world as a file: whole, or as what differs from the shipped world with which it began."""

from __future__ import annotations

from collections.abc import Iterator

from sim.quoting import printable
from sim.reading import World, WorldError, digest, variant, written
from sim.reading.difference import in_words
from sim.reading.shipped import named
from sim.reading.trees import Tree
from sim.reading.writing import file_of
from sim.ui.editing.ground import source_in
from sim.ui.editing.places import ABSENT, Change, changes, is_one_value, set_at
from sim.ui.state import worlds

_OWN = ("name", "about")
_LONGEST = 120


def whole(world: World, begun: str) -> str:
    """Return a world as a TOML file that leans on nothing else: changed keys marked, the others with their sources."""
    tree, origin = written(world), written(worlds.world(begun))
    comments = dict(_sources(tree, begun)) | dict(_marks(origin, tree))
    return file_of(tree, comments, [f"Began with {printable(worlds.title(begun))}; what was changed since is marked."])


def extending(world: World, begun: str) -> str | None:
    """Return a world as what differs from the shipped one with which it began; None where that cannot say it.

    What is written is read back: it is given only where it is the same world.
    """
    if begun not in named():
        return None
    origin = written(worlds.world(begun))
    said: Tree = {}
    for change in changes(origin, written(world)):
        if change.place[0] not in _OWN:
            said = set_at(said, change.place, "none" if change.now is ABSENT else change.now)
    try:
        if digest(variant(begun, said)) != digest(world):
            return None
    except (WorldError, ValueError):
        return None
    head = {"name": world.name, "about": world.about, "extends": begun}
    comments = dict(_marks(origin, written(world)))
    return file_of({**head, **said}, comments, [f"What differs from {begun}."])


def _marks(origin: Tree, tree: Tree) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what stands beside a value that was changed."""
    for change in changes(origin, tree):
        for place in _values(change, tree):
            yield place, _was(change)


def _was(change: Change) -> str:
    before = "not there" if change.before is ABSENT else f"it was {in_words(change.before)}"
    return printable(f"changed: {before}")[:_LONGEST]


def _values(change: Change, tree: Tree) -> Iterator[tuple[str, ...]]:
    """Yield the values of a change: all that are in it where it is a table of several."""
    place = tuple(map(str, change.place))
    if isinstance(change.now, dict) and not is_one_value(place, change.now):
        yield from (found for found, _ in _leaves(change.now, place))
    else:
        yield place


def _sources(tree: Tree, begun: str) -> Iterator[tuple[tuple[str, ...], str]]:
    for place, _ in _leaves(tree, ()):
        source = source_in(begun, place)
        if source is not None and source.comment:
            yield place, printable(source.comment)


def _leaves(tree: Tree, at: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    for key, value in tree.items():
        if isinstance(value, dict) and value and not is_one_value((*at, key), value):
            yield from _leaves(value, (*at, key))
        else:
            yield (*at, key), value
