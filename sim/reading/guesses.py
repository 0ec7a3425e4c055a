"""Which values of a world are guesses: those that a shipped world has too, where its file says so beside them."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, NamedTuple

from sim.reading.difference import in_words
from sim.reading.lines import key_lines
from sim.reading.mistakes import key_of
from sim.reading.shipped import shipped, shipped_file, variants
from sim.world import World

GUESS = re.compile(r"\bguess(?:e[sd])?\b", re.IGNORECASE)
_REMARK = re.compile(r'"(?:\\.|[^"\\])*"' + r"|'[^']*'|#\s*(?P<said>.*)$")
Place = tuple[str, ...]


class Guess(NamedTuple):
    """A value that rests on a guess: its key, itself in words, the shipped world that has it, and what that says."""

    key: str
    value: str
    world: str
    said: str


def guesses(world: World) -> tuple[Guess, ...]:
    """Return the values of a world that are guesses of the shipped worlds, in the order of its blocks.

    What a file of one's own says beside its values is not kept with the world, so it is not told here; a value that is
    another than the shipped worlds' is the writer's own.

    Examples
    --------
    >>> from sim.reading import load
    >>> [guess.key for guess in guesses(load("base")) if guess.key.startswith("time.")]
    ['time.warm_up', 'time.horizon', 'time.follow_up']
    """
    known = (*shipped(), world.name) if world.name in variants() else shipped()
    names = sorted(known, key=lambda name: (name != world.name, name != "base", name))
    tree, found = world.as_tree(), {}
    for name in names:
        for place, (value, said) in remarks(name).items():
            if place not in found and _same(_at(tree, place), value):
                found[place] = (name, said)
    return tuple(
        Guess(key_of(place), in_words(_at(tree, place)), name, said)
        for place, (name, said) in sorted(found.items(), key=lambda one: _order(tree, one[0]))
        if GUESS.search(said)
    )


@cache
def remarks(name: str) -> dict[Place, tuple[Any, str]]:
    """Return the values that a shipped file writes, as the world has them, with what stands beside them."""
    from sim.reading.load import load

    text = shipped_file(name).read_text(encoding="utf-8")
    lines, tree = text.splitlines(), load(name).as_tree()
    written = key_lines(text)
    tables = {place[:many] for place in written for many in range(len(place))}
    return {place: (_at(tree, place), _beside(lines, line)) for place, line in written.items() if place not in tables}


def _beside(lines: list[str], line: int) -> str:
    """Return what is said beside the value that begins on this line, counted from 1."""
    found = next((one["said"] for one in _REMARK.finditer(lines[line - 1]) if one["said"]), "")
    return found.strip()


def _at(tree: Any, place: Place) -> Any:
    for name in place:
        if not isinstance(tree, dict) or name not in tree:
            return _NOWHERE
        tree = tree[name]
    return tree


_NOWHERE = object()


def _same(one: Any, other: Any) -> bool:
    return one is not _NOWHERE and other is not _NOWHERE and json.dumps(one) == json.dumps(other)


def _order(tree: Any, place: Place) -> tuple[int, ...]:
    """Return the places that the parts of a key have in their tables."""
    order = []
    for name in place:
        order.append(list(tree).index(name))
        tree = tree[name]
    return tuple(order)
