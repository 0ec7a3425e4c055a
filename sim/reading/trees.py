"""A world as its file holds it, tables in tables: what stands where in it, whatever else may be wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.reading.mistakes import Place

Tree = dict[str, Any]


def holds(tree: object, place: Place) -> bool:
    """Say whether there is something at this place."""
    for part in place:
        inside_table = isinstance(tree, dict) and part in tree
        if not inside_table and not (isinstance(tree, (list, tuple)) and part in range(len(tree))):
            return False
        tree = tree[part]  # type: ignore[index]
    return True


def standing_at(tree: object, *place: str | int) -> Any:
    """Return what stands at a place, or None."""
    for part in place:
        tree = tree[part] if holds(tree, (part,)) else None  # type: ignore[index]
    return tree


def table(tree: object, *place: str | int) -> Tree:
    """Return the table at a place; empty where there is none."""
    inner = standing_at(tree, *place)
    return inner if isinstance(inner, dict) else {}


def found(tree: object, way: tuple[str, ...], at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield all that stands at the end of a way, with its place; ``*`` in the way is every name."""
    if not way:
        yield at, tree
    elif isinstance(tree, dict):
        for name in list(tree) if way[0] == "*" else [way[0]] * (way[0] in tree):
            yield from found(tree[name], way[1:], (*at, name))


def without_none(tree: Any) -> Any:
    """Leave out the keys that have no value, as a file does."""
    if isinstance(tree, dict):
        return {key: without_none(inner) for key, inner in tree.items() if inner is not None}
    return tree
