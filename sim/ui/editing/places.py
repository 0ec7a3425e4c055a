"""Places in a world that is being edited: how they are written in an address, set, taken away, and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sim.reading.fields import matches, places
from sim.reading.mistakes import Place
from sim.reading.trees import Tree, holds, standing_at
from sim.world.facts import Fact

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PART = re.compile(r'[A-Za-z0-9_-]+|"(?:\\.|[^"\\])*"')
_WHOLE = places(Fact.WHOLE)
ABSENT = object()
"""What stands where nothing does."""


class Change(NamedTuple):
    """One value that differs from the world with which it began; either may be `ABSENT`."""

    place: Place
    before: Any
    now: Any


def path_of(place: Place) -> str:
    """Write a place so that `place_of` reads it back, whatever names are in it.

    Examples
    --------
    >>> path_of(("teams", "front desk", "wage"))
    'teams."front desk".wage'
    """
    names = map(str, place)
    return ".".join(name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False) for name in names)


def place_of(path: str) -> Place:
    """Read a place.

    Raises
    ------
    ValueError
        If it is none.

    Examples
    --------
    >>> place_of('teams."front desk".wage')
    ('teams', 'front desk', 'wage')
    """
    parts = _PART.findall(path)
    if not parts or ".".join(parts) != path:
        raise ValueError("no key of a world")
    return tuple(json.loads(part) if part[0] == '"' else part for part in parts)


def set_at(tree: Tree, place: Place, value: Any) -> Tree:
    """Return a tree with another value at a place, or none there where it is `ABSENT`; the other stays as it is.

    Tables on the way that are not there are made; what is no table there is replaced by one.
    """
    made: Tree = _set(tree, place, value)
    return made


def _set(node: Any, place: Place, value: Any) -> Any:
    if not place:
        return value
    part, rest = place[0], place[1:]
    if isinstance(node, (list, tuple)) and isinstance(part, int):
        items = list(node)
        if not rest and value is ABSENT:
            del items[part : part + 1]
        elif part < len(items):
            items[part] = _set(items[part], rest, value)
        else:
            items.append(_set({}, rest, value))
        return items
    made = dict(node) if isinstance(node, dict) else {}
    if not rest and value is ABSENT:
        made.pop(str(part), None)
    elif value is not ABSENT or part in made:
        made[str(part)] = _set(made.get(str(part), {}), rest, value)
    return made


def at_place(tree: Tree, place: Place) -> Any:
    """Return what stands at a place, or `ABSENT`."""
    return standing_at(tree, *place) if holds(tree, place) else ABSENT


def changes(before: Tree, now: Tree, at: tuple[str, ...] = ()) -> Iterator[Change]:
    """Yield what differs, each value once; what stands in one of the two alone is one value, as a law is."""
    for key in dict.fromkeys([*before, *now]):
        here = (*at, key)
        one, other = before.get(key, ABSENT), now.get(key, ABSENT)
        if isinstance(one, dict) and isinstance(other, dict) and not is_one_value(here, one, other):
            yield from changes(one, other, here)
        elif written_as(one) != written_as(other):
            yield Change(here, one, other)


def is_one_value(place: Place, *tables: Tree) -> bool:
    """Say whether a table counts as one value: a law, the staff of a team, where a path leads to."""
    return any("law" in table for table in tables) or matches(tuple(map(str, place)), _WHOLE)


def written_as(value: Any) -> str:
    """Write a value so that two are the same text where they are the same value, in the same order."""
    return "" if value is ABSENT else json.dumps(value, ensure_ascii=False)


def with_changes(before: Tree, changed: list[tuple[Place, Any]]) -> Tree:
    """Return a tree with changes made in it."""
    for place, value in changed:
        before = set_at(before, place, value)
    return before


def undone(before: Tree, now: Tree, place: Place) -> Tree:
    """Return a tree with one place as it was, tables in the order in which they were."""
    back = set_at(now, place, at_place(before, place))
    table, old = at_place(back, place[:-1]), at_place(before, place[:-1])
    if not isinstance(table, dict) or not isinstance(old, dict):
        return back
    ordered = {key: table[key] for key in (*(key for key in old if key in table), *table)}
    return set_at(back, place[:-1], ordered)
