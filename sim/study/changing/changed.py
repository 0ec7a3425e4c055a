"""A world changed by path: single values set, or multiplied, with the checks of a file that extends it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

from sim.asked import SIZE, numbers
from sim.quoting import short
from sim.reading import variant, world_of, written
from sim.reading.mistakes import key_of, shown
from sim.reading.trees import Tree, standing_at
from sim.study.changing.paths import Place, places_of
from sim.study.changing.plain import plain
from sim.study.changing.scaling import multiplied, staff_written, write
from sim.units import minutes
from sim.world import World

_DIGITS = 12
"""Significant digits of a value that is multiplied."""
_LONG = 40
_TIMES = re.compile(r"\s*[x\N{MULTIPLICATION SIGN}]\s*([0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?)\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Times:
    """What a value is multiplied by; as a text ``"x1.1"``.

    Attributes
    ----------
    factor : float
        Above 0.
    """

    factor: float

    def __post_init__(self) -> None:
        numbers(factor=(self.factor, SIZE))

    def __str__(self) -> str:
        return f"x{self.factor:.12g}"


def changed(world: World | str | Path, changes: Mapping[str, Any], *, name: str | None = None) -> World:
    """Return a world with single values changed, by their paths.

    Parameters
    ----------
    world : World, str or Path
        Or its name, or its file.
    changes : mapping
        By path, such as ``levers.time.cut_after`` or ``teams.*.staff`` (``*`` is any name; a name with signs of its own
        stands in quotes): the value as a world's file holds it; or `Times`, or a text such as ``"x1.1"``, where a
        number, a duration, a law or a staff stands. A law keeps its shape; a staff is whole agents, the rounding
        carried on.
    name : str, optional
        Of the world returned.

    Returns
    -------
    World
        Checked as a file is; the other one stays as it was.

    Raises
    ------
    ValueError
        With every path that leads to nothing, and the nearest that leads somewhere; two that change the same.
    WorldError
        With every mistake in the values, as of a file that extends the world.

    Examples
    --------
    >>> made = changed("hotline_2005", {"levers.time.cut_after": "15 min", "teams.*.talk": "x1.1"})
    >>> made.levers.time.cut_after
    15.0
    """
    world = world_of(world)
    if not isinstance(changes, Mapping):
        raise ValueError(f'changes is {shown(changes)}: it has to be a mapping, such as {{"line.lines": 40}}')
    return variant(world, tree_of(world, changes), name=name)


def tree_of(world: World, changes: Mapping[str, Any]) -> Tree:
    """Return what a file that extends the world would say.

    Raises
    ------
    ValueError
        With every path that leads to nothing, what cannot be multiplied, and two that change the same.
    """
    tree = written(world)
    led, wrong = _led(changes, tree)
    said: Tree = {}
    staffed = cache(lambda factor: list(staff_written(world, factor)))
    for place, path, value in led:
        try:
            _say(said, place, value, staffed, tree)
        except ValueError as refused:
            wrong.append(f"{short(path)}: {refused}")
    if wrong:
        raise ValueError("\n".join(dict.fromkeys(wrong)))
    return said


def mistaken_paths(paths: Iterable[str], tree: Tree) -> list[str]:
    """Return what is wrong with paths, whatever is to stand there: they lead to nothing, or two to the same.

    Parameters
    ----------
    tree : dict
        The world as it is written (`sim.reading.written`).
    """
    return _led(dict.fromkeys(paths), tree)[1]


def _led(changes: Mapping[str, Any], tree: Tree) -> tuple[list[tuple[Place, str, Any]], list[str]]:
    """Return where the paths lead, each with its value, and what is wrong with them."""
    led, wrong = list[tuple[Place, str, Any]](), list[str]()
    for path, value in changes.items():
        try:
            led += [(place, path, plain(value)) for place in places_of(path, tree)]
        except ValueError as refused:
            wrong.append(str(refused))
    return led, [*wrong, *_the_same(led)]


def _the_same(led: list[tuple[Place, str, Any]]) -> Iterator[str]:
    """Yield which paths change the same value, or one inside of a value that another changes as a whole."""
    for (place, path, _), (other, later, _) in combinations(led, 2):
        many = min(len(place), len(other))
        if place[:many] == other[:many]:
            yield f"{short(path)} and {short(later)} both change {key_of(place[:many])}: one of them says it"


def _say(said: Tree, place: Place, value: Any, staffed: Callable[[float], list[tuple[Place, Any]]], tree: Tree) -> None:
    """Write a value at its place, or what it comes to where it is a factor; ``staffed`` gives all staff multiplied."""
    now = standing_at(tree, *place)
    factor = None if isinstance(value, str) and _is_a_name(now) else factor_of(value)
    if factor is None:
        write(said, place, value)
    elif place[0] == "teams" and place[2:] == ("staff",):
        for its, agents in staffed(factor):
            if its[1] == place[1]:
                write(said, its, agents)
    elif now is None:
        raise ValueError("nothing is written there that could be multiplied")
    else:
        write(said, place, multiplied(now, factor, _DIGITS))


def factor_of(value: Any) -> float | None:
    """Return what a value says to multiply by; None where it is no factor.

    Raises
    ------
    ValueError
        If it is a factor of nothing, or beyond counting.
    """
    if isinstance(value, Times):
        return value.factor
    found = _TIMES.fullmatch(value) if isinstance(value, str) and len(value) < _LONG else None
    return None if found is None else Times(float(found[1])).factor


def _is_a_name(now: Any) -> bool:
    if not isinstance(now, str):
        return False
    try:
        minutes(now)
    except ValueError:
        return True
    return False
