"""Paths to the values of a world, as they are written: ``levers.time.cut_after``, ``teams.*.staff``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import get_origin

from sim.quoting import LONGEST
from sim.reading.fields import key_at, keys, kinds_at
from sim.reading.layers import OWN
from sim.reading.mistakes import key_of, shown
from sim.reading.trees import Tree, table

Place = tuple[str, ...]

_PART = r'(?:[\w-]+|\*|"[^"\n]*")'
_PATH = re.compile(rf"\s*{_PART}(?:\.{_PART})*\s*", re.ASCII)
CHANGE = re.compile(rf"\s*({_PART}(?:\.{_PART})*)\s*=\s*(\S.*)", re.ASCII)
"""A change as it is typed: its path, and its value."""
_EACH = re.compile(_PART, re.ASCII)


def parts_of(path: object) -> Place:
    """Read a path: names parted by points, in quotes where they have signs of their own; ``*`` is any name.

    Raises
    ------
    ValueError
        If it is none.

    Examples
    --------
    >>> parts_of('teams.front.staff."mon-fri 08:00-20:00"')
    ('teams', 'front', 'staff', 'mon-fri 08:00-20:00')
    """
    if not isinstance(path, str) or len(path) > LONGEST * 10 or not _PATH.fullmatch(path):
        raise ValueError(f"{shown(path)} is no path; write for example levers.time.cut_after or teams.*.staff")
    return tuple(part.strip('"') for part in _EACH.findall(path))


def places_of(path: object, tree: Tree) -> tuple[Place, ...]:
    """Return all places of a world to which a path leads, in the order of the world.

    Parameters
    ----------
    tree : dict
        The world as it is written (`sim.reading.written`).

    Raises
    ------
    ValueError
        If it leads nowhere: the nearest path that leads somewhere is told.
    """
    parts = parts_of(path)
    if parts[0] in OWN:
        raise ValueError(f"{shown(path)} is what a world is called or extends: write a file for that")
    there = tuple(_led(parts, tree, new="*" not in parts))
    if not there:
        raise ValueError(f"{shown(path)} leads to nothing in this world; {_nearest(parts, tree)}")
    return there


def _led(parts: Place, tree: Tree, at: Place = (), *, new: bool) -> Iterator[Place]:
    """Yield where a path leads: to what is written, to a key that may be, or to a new name among the user's own."""
    if not parts:
        yield at
        return
    inside, part = table(tree, *at), parts[0]
    if part == "*":
        for name in inside:
            yield from _led(parts[1:], tree, (*at, name), new=new)
    elif part in inside or key_at((*at, part), tree) is not None or (new and len(parts) == 1 and _are_named(at, tree)):
        yield from _led(parts[1:], tree, (*at, part), new=new)


def _are_named(at: Place, tree: Tree) -> bool:
    """Say whether the entries of a table bear names of the user's own."""
    return any(get_origin(kind) is dict for kind in kinds_at(at, tree))


def _nearest(parts: Place, tree: Tree) -> str:
    """Suggest the path that ends as this one does, or looks most like it."""
    known = [key_of(place) for place in _written(tree)]
    known += [".".join(place) for place, _ in keys() if "*" not in place]
    alike = [path for path in dict.fromkeys(known) if path.endswith(f".{parts[-1]}")]
    near = get_close_matches(".".join(parts)[:LONGEST], alike or known, n=1, cutoff=0.0 if alike else 0.6)
    return f"did you mean {near[0]}?" if near else "scenarios/base.toml has all"


def _written(tree: Tree, at: Place = ()) -> Iterator[Place]:
    """Yield the places of all that is written, tables and values."""
    for name, value in tree.items():
        yield (*at, name)
        if isinstance(value, dict):
            yield from _written(value, (*at, name))
