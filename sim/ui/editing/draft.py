"""A world while it is edited: with which it began, what it is by now, and how the address keeps that."""

from __future__ import annotations

import json
from datetime import date, time
from functools import lru_cache
from typing import Any, NamedTuple

from sim.reading import Mistake, World, WorldError, digest, from_tree, warnings_of, written
from sim.reading.mistakes import Place, key_of
from sim.reading.reading import out_of_bounds
from sim.reading.trees import Tree
from sim.reading.writing import toml
from sim.study.changing.typed import typed
from sim.ui.editing.places import ABSENT, Change, changes, path_of, place_of, set_at, undone, with_changes, written_as
from sim.ui.parts.mistakes import kept_or_told
from sim.ui.state import address, shelf, worlds

BEGUN, PREFIX, KEPT = "edit", "e.", "draft"
"""The address's keys: the world it began with, what the changes begin with, and a draft that is too long for them."""
MOST_CHANGES, LONGEST = 30, 1_200
"""Changes that stand in the address themselves, and their characters in all."""


class Draft(NamedTuple):
    """A world while it is edited.

    Attributes
    ----------
    begun : str
        The name of the world with which it began (`worlds.world`).
    origin : dict
        That world, as a file would hold it.
    tree : dict
        What it is by now, mistakes and all.
    """

    begun: str
    origin: Tree
    tree: Tree

    def changes(self) -> tuple[Change, ...]:
        """Return what differs from the world with which it began."""
        return tuple(changes(self.origin, self.tree))

    def judged(self) -> Judged:
        """Return the world that it is, or what is wrong with it."""
        return judged(json.dumps(self.tree, ensure_ascii=False), self.begun)


class Judged(NamedTuple):
    """The world that a draft is, or all mistakes in it; and what is possible in it but most likely not meant."""

    world: World | None
    mistakes: tuple[Mistake, ...]
    warnings: tuple[str, ...] = ()

    def of(self, place: Place) -> list[Mistake]:
        """Return the mistakes at a place and inside of it."""
        key = key_of(place)
        return [one for one in self.mistakes if one.key == key or one.key.startswith((f"{key}.", f"{key}["))]


@lru_cache(128)
def judged(tree: str, called: str) -> Judged:
    """Judge a tree, written as JSON."""
    try:
        world = from_tree(json.loads(tree), called)
    except WorldError as wrong:
        return Judged(None, wrong.mistakes)
    return Judged(world, (), warnings_of(world))


def origin_of(begun: str) -> Tree:
    """Return a world as it is before it is edited."""
    return written(worlds.world(begun))


def opened(begun: str) -> Draft:
    """Return the draft that the address says; what is not understood there is told, and left out."""
    origin = origin_of(begun)
    kept = address.read(KEPT, None, _reader)
    if kept is not None:
        return Draft(begun, origin, kept)
    said: list[tuple[Place, Any]] = []
    for key, value in address.everything().items():
        if key.startswith(PREFIX):
            try:
                said.append((_possible(place_of(key[len(PREFIX) :])), _back(value)))
            except ValueError as why:
                address.doubt(key, value, str(why))
                address.forget(key)
    tree = with_changes(origin, said)
    wrong = next(iter(out_of_bounds(tree)), None)
    if wrong is not None:
        address.doubt(PREFIX, key_of(wrong.place), wrong.problem)
        return Draft(begun, origin, origin)
    return Draft(begun, origin, tree)


def _possible(place: Place) -> Place:
    if place[0] not in _FIRST:
        raise ValueError("no key of a world")
    return place


_FIRST = tuple(World.model_fields)


def _reader(name: str) -> Tree:
    content = shelf.get("world", name)
    tree = json.loads(content) if content is not None else None
    if not isinstance(tree, dict) or not isinstance(tree.get("draft"), dict):
        raise ValueError("this draft is not kept on this computer")
    found: Tree = tree["draft"]
    return found


def keep(draft: Draft) -> None:
    """Write a draft into the address: its changes if they are few and short and say all, else where it is kept.

    Raises
    ------
    NotKept
        If it is too long for the address, and cannot be written elsewhere: the address stays as it is.
    """
    said = [(change.place, change.now) for change in draft.changes()]
    values = {path_of(place): "none" if value is ABSENT else _as_toml(value) for place, value in said}
    short = len(values) <= MOST_CHANGES and sum(len(key) + len(value) for key, value in values.items()) <= LONGEST
    if short and _same(with_changes(draft.origin, [(place_of(key), _back(values[key])) for key in values]), draft.tree):
        forget()
        for key, value in values.items():
            address.put(PREFIX + key, value)
    else:
        content = json.dumps({"draft": draft.tree}, ensure_ascii=False)
        name = shelf.put("world", content.encode("utf-8", "replace"))
        forget()
        address.put(KEPT, name)


def _as_toml(value: Any) -> str:
    said = toml(value)
    return value if isinstance(value, str) and value != "none" and typed(value) == value else said


def _back(said: str) -> Any:
    return ABSENT if said == "none" else _plain(typed(said))


def _plain(value: Any) -> Any:
    """Write dates and times as texts: a file may hold them, JSON does not."""
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def _same(one: Tree, other: Tree) -> bool:
    return written_as(one) == written_as(other)


def forget() -> None:
    """Take all that was changed out of the address."""
    address.turned()
    for key in address.everything():
        if key.startswith(PREFIX) or key == KEPT:
            address.forget(key)


@kept_or_told()
def edit(begun: str, place: Place, value: Any) -> None:
    """Set a value of the draft in the address, or take it away where it is `ABSENT`."""
    draft = opened(begun)
    keep(draft._replace(tree=set_at(draft.tree, place, value)))


def replace(begun: str, tree: Tree) -> None:
    """Let a draft be another tree.

    Raises
    ------
    NotKept
        As `keep`.
    """
    keep(Draft(begun, origin_of(begun), tree))


@kept_or_told()
def undo(begun: str, place: Place) -> None:
    """Set one place as it was."""
    draft = opened(begun)
    keep(draft._replace(tree=undone(draft.origin, draft.tree, place)))


def same_world(one: World, other: World) -> bool:
    """Say whether two worlds have the same digest."""
    return digest(one) == digest(other)
