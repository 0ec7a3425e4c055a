"""What separates two worlds, as a planner would write it; and a short name for all that a world is."""

from __future__ import annotations

import hashlib
import json
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from sim.quoting import printable
from sim.scenario.border import check_world
from sim.scenario.layers import holds, merged
from sim.scenario.load import world_of
from sim.scenario.mistakes import key_of
from sim.scenario.reading import Tree
from sim.scenario.world import World

Meant = World | str | Path
"""A world, or its name or path."""
NOTHING, ABSENT = "none", "-"
"""How an optional value that is not given is written, and a key of something that the world does not have."""
_ORDERED = (("population", "reasons"), ("population", "segments"), ("teams",), ("paths",))
"""Tables whose order counts: luck and codes go by it."""


class Change(NamedTuple):
    """One key on which two worlds differ, with the value of each as a planner writes it."""

    key: str
    first: str
    second: str


def difference(first: Meant, second: Meant) -> tuple[Change, ...]:
    """Return the keys on which two worlds differ, in the order of the world's blocks; names and abouts aside.

    Examples
    --------
    >>> from sim.scenario import load, variant
    >>> base = load("base")
    >>> difference(base, variant(base, {"levers": {"time": {"cut_after": "20 min"}}}))
    (Change(key='levers.time.cut_after', first='none', second='20 min'),)
    """
    trees = [_tree(_possible(world, which)) for which, world in (("first", first), ("second", second))]
    values = [dict(_values(tree)) for tree in trees]
    places = dict.fromkeys([*dict(_values(merged(trees[0], trees[1]))), *values[0], *values[1]])
    changes = [
        Change(key_of(place), *(_seen(place, *world) for world in zip(values, trees, strict=True)))
        for place in places
        if json.dumps(values[0].get(place)) != json.dumps(values[1].get(place))  # the order of classes counts
        and not any(place not in values[at] and holds(trees[at], place) for at in (0, 1))  # told key by key
    ]
    return (*changes, *_orders(*trees))


def _tree(world: World) -> Tree:
    tree: Tree = world.model_dump(mode="json", by_alias=True, exclude={"name", "about"})
    return tree


def _seen(place: tuple[str, ...], values: dict[tuple[str, ...], Any], tree: Tree) -> str:
    if place in values:
        return in_words(values[place])
    return NOTHING if holds(tree, place[:-1]) else ABSENT


def _values(tree: Tree, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every value with its place; a law, hours of staff, the targets of a path count as one value."""
    for key, value in tree.items():
        here = (*at, key)
        whole = not isinstance(value, dict) or "law" in value or key in ("staff", "to", "difficulty")
        if whole:
            yield here, dict(sorted(value.items())) if key == "staff" and isinstance(value, dict) else value
        else:
            yield from _values(value, here)


def _orders(first: Tree, second: Tree) -> Iterator[Change]:
    for place in _ORDERED:
        names = []
        for tree in (first, second):
            block: Any = tree
            for part in place:
                block = block.get(part, {})
            names.append(list(block))
        if names[0] != names[1] and set(names[0]) == set(names[1]):
            yield Change(f"{key_of(place)}, in order", ", ".join(names[0]), ", ".join(names[1]))


def in_words(value: Any) -> str:
    """Write a value of a world in words.

    Examples
    --------
    >>> in_words({"law": "lognormal", "mean": "8 min", "cv": 1.2})
    'lognormal, mean 8 min, cv 1.2'
    >>> in_words({"mon-fri 08:00-20:00": 5}), in_words(0.30), in_words(True)
    ('5 mon-fri 08:00-20:00', '0.3', 'yes')
    """
    if value is None:
        return NOTHING
    if isinstance(value, dict) and "law" in value:
        return _law(value)
    if isinstance(value, dict):
        return ", ".join(f"{in_words(number)} {name}" for name, number in value.items()) or NOTHING
    if isinstance(value, (list, tuple)):
        return ", ".join(in_words(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _law(law: Tree) -> str:
    if law["law"] == "constant":
        return in_words(law["value"])
    if law["law"] == "mixture":
        return " + ".join(f"{in_words(part['share'])} of ({in_words(part['of'])})" for part in law["parts"])
    parameters = [f"{name} {in_words(value)}" for name, value in law.items() if name != "law" and value is not None]
    return ", ".join([law["law"], *parameters])


def difference_table(first: Meant, second: Meant) -> str:
    """Return the difference of two worlds as a table in plain text, long values shortened."""
    first, second = _possible(first, "first"), _possible(second, "second")
    changes = difference(first, second)
    if not changes:
        return printable(f"{first.name} and {second.name} are the same world.")
    rows = [("", first.name, second.name), *changes]
    short = [
        (printable(key), *(textwrap.shorten(printable(value), 48, placeholder=" ...") for value in both))
        for key, *both in rows
    ]
    widths = [max(len(row[column]) for row in short) for column in (0, 1)]
    return "\n".join(f"{key:{widths[0]}}  {one:{widths[1]}}  {other}".rstrip() for key, one, other in short)


def digest(world: Meant) -> str:
    """Return 12 hexadecimal digits that stand for a world's values; name, about and the regime's name aside.

    However a world was written, equal values give equal digits. The order of reasons, classes, segments, teams
    and paths counts: luck goes by it.
    """
    return full_digest(world)[:12]


def full_digest(world: Meant) -> str:
    """Return the SHA-256 of a world's values in canonical JSON (64 hexadecimal digits)."""
    left_out: Any = {"name": True, "about": True, "tariff": {"regime"}}
    tree = _possible(world).model_dump(mode="python", by_alias=True, exclude=left_out)
    return hashlib.sha256(json.dumps(_canonical(tree), sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _possible(world: Meant, what: str = "world") -> World:
    """Return the world that is meant, which a file could have given."""
    meant = world_of(world, what)
    check_world(meant)
    return meant


def _canonical(value: Any, at: tuple[str, ...] = ()) -> Any:
    """Make equal what is equal: 1 and 1.0, tables in any order but where the order counts."""
    if isinstance(value, dict):
        inside = {key: _canonical(inner, (*at, key)) for key, inner in value.items()}
        return list(inside.items()) if at in _ORDERED or at[-1:] in (("difficulty",), ("to",)) else inside
    if isinstance(value, (list, tuple)):
        return [_canonical(inner) for inner in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def same_population(first: Meant, second: Meant) -> bool:
    """Say whether two worlds have the same customers, problems and luck, so that they may be compared."""
    return not population_differences(first, second)


def population_differences(first: Meant, second: Meant) -> tuple[Change, ...]:
    """Return the keys on which two populations differ."""
    first, second = _possible(first, "first"), _possible(second, "second")
    if first.population is second.population:
        return ()
    return tuple(change for change in difference(first, second) if change.key.startswith("population"))
