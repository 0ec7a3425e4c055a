"""What separates two worlds, as a planner would write it."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from typing import Any, NamedTuple

from sim.quoting import printable
from sim.reading.border import Meant, possible
from sim.reading.fields import declared, matches, places
from sim.reading.layers import merged
from sim.reading.mistakes import key_of
from sim.reading.trees import Tree, found, holds, table
from sim.world import World
from sim.world.facts import Fact

NOTHING, ABSENT = "none", "-"
_MOST_IN_WORDS = 100
"""Of a list: as many as a day has quarters of an hour, and some more."""
"""How an optional value that is not given is written, and a key of something that the world does not have."""


class Change(NamedTuple):
    """One key on which two worlds differ, with the value of each as a planner writes it."""

    key: str
    first: str
    second: str


def difference(first: Meant, second: Meant) -> tuple[Change, ...]:
    """Return the keys on which two worlds differ, in the order of the world's blocks; names and abouts aside.

    Parameters
    ----------
    first, second : World, str or Path
        Or their names, or their files.

    Returns
    -------
    tuple of Change
        ``key``, ``first`` and ``second``, as a file would say them.

    Examples
    --------
    >>> from sim.reading import load, variant
    >>> base = load("base")
    >>> difference(base, variant(base, {"levers": {"time": {"cut_after": "20 min"}}}))
    (Change(key='levers.time.cut_after', first='none', second='20 min'),)
    """
    trees = [_tree(possible(world, which)) for which, world in (("first", first), ("second", second))]
    values = [dict(_values(tree)) for tree in trees]
    compared = dict.fromkeys([*dict(_values(merged(trees[0], trees[1]))), *values[0], *values[1]])
    changes = [
        Change(key_of(place), *(_seen(place, *world) for world in zip(values, trees, strict=True)))
        for place in compared
        if json.dumps(values[0].get(place)) != json.dumps(values[1].get(place))  # the order of classes counts
        and not any(place not in values[at] and holds(trees[at], place) for at in (0, 1))  # told key by key
    ]
    return (*changes, *_orders(*trees))


def _tree(world: World) -> Tree:
    return world.as_tree(without={key.name for key in declared(World) if key.has(Fact.OWN)})


def _seen(place: tuple[str, ...], values: dict[tuple[str, ...], Any], tree: Tree) -> str:
    if place in values:
        return in_words(values[place])
    return NOTHING if holds(tree, place[:-1]) else ABSENT


def _values(tree: Tree, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield every value with its place; a law, hours of staff, the targets of a path count as one value."""
    for key, value in tree.items():
        here = (*at, key)
        if not isinstance(value, dict) or "law" in value:
            yield here, value
        elif matches(here, places(Fact.WHOLE)):
            yield here, value if matches(here, places(Fact.ORDERED)) else dict(sorted(value.items()))
        else:
            yield from _values(value, here)


def _orders(first: Tree, second: Tree) -> Iterator[Change]:
    for place in places(Fact.ORDERED):
        if place not in places(Fact.WHOLE):
            for at, inner in found(first, place):
                one, other = list(inner) if isinstance(inner, dict) else [], list(table(second, *at))
                if one != other and set(one) == set(other):
                    yield Change(f"{key_of(at)}, in order", ", ".join(one), ", ".join(other))


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
        told = ", ".join(in_words(one) for one in value[:_MOST_IN_WORDS]) or NOTHING
        return f"{told}, ... ({len(value):,} in all)" if len(value) > _MOST_IN_WORDS else told
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
    """Return the difference of two worlds as a table in plain text, long values shortened.

    Parameters
    ----------
    first, second : World, str or Path
        Or their names, or their files.

    Returns
    -------
    str
        A line for each key.
    """
    first, second = possible(first, "first"), possible(second, "second")
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


def same_population(first: Meant, second: Meant) -> bool:
    """Say whether two worlds have the same customers, problems and luck, so that they may be compared.

    Parameters
    ----------
    first, second : World, str or Path
        Or their names, or their files.

    Returns
    -------
    bool
    """
    return not population_differences(first, second)


def population_differences(first: Meant, second: Meant) -> tuple[Change, ...]:
    """Return the keys on which two populations differ; the date of the first Monday, where special days bear dates."""
    first, second = possible(first, "first"), possible(second, "second")
    dated = bool(first.population.dates() or second.population.dates())
    same_start = not dated or first.time.first_monday == second.time.first_monday
    if first.population is second.population and same_start:
        return ()
    keys = ("population", "time.first_monday") if dated else ("population",)
    return tuple(change for change in difference(first, second) if change.key.startswith(keys))
