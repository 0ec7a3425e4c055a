"""Names given anew, things added and taken away: in a world's table, and wherever else it names them."""

from __future__ import annotations

from typing import Any

from sim.reading.naming import names_used
from sim.reading.trees import Tree, table
from sim.ui.editing.places import ABSENT, set_at
from sim.ui.editing.sections import names_in, shape_at
from sim.ui.parts.shapes import of_block
from sim.world.facts import CASE, CHANNEL, CLASS, QUEUE, REASON, SEGMENT, TEAM, NameOf

_OF: dict[tuple[str, ...], tuple[NameOf, ...]] = {
    ("teams",): (TEAM, QUEUE),
    ("queues",): (QUEUE,),
    ("population", "reasons"): (REASON,),
    ("population", "segments"): (SEGMENT,),
    ("messages",): (CHANNEL,),
    ("desks",): (CHANNEL,),
    ("chats",): (CHANNEL,),
    ("cases",): (CASE,),
}
"""As whose name an entry of a table is used elsewhere."""
_SUMS = ("share",)
"""Keys of which all entries together make a whole: a new one begins with none of it."""


def renamed(tree: Tree, at: tuple[str, ...], old: str, new: str) -> Tree:
    """Return a tree with an entry of a table called otherwise, in its place, and so wherever it is named.

    Raises
    ------
    ValueError
        If there is an entry of that name already, or the name is empty.
    """
    _free(tree, at, new)
    for kind in _uses(tree, at, old):
        for use in sorted(names_used(tree, kind), key=lambda use: -len(use.place)):
            if use.name == old:
                tree = _key_renamed(tree, use.place, new) if use.as_key else set_at(tree, use.place, new)
    if at == ("population", "reasons"):
        for use in list(names_used(tree, CLASS)):
            if use.as_key and use.name.startswith(f"{old}."):
                tree = _key_renamed(tree, use.place, f"{new}.{use.name[len(old) + 1 :]}")
    return _key_renamed(tree, (*at, old), new)


def _uses(tree: Tree, at: tuple[str, ...], name: str) -> tuple[NameOf, ...]:
    """Return as what a name is used elsewhere; not a queue's that is a team's, nor the other way round."""
    if at == ("queues",) and name in table(tree, "teams"):
        return ()
    return _OF.get(at, ())


def _free(tree: Tree, at: tuple[str, ...], name: str) -> None:
    if not name.strip():
        raise ValueError("a name is needed")
    if name in (names_in(tree)[CHANNEL] if _OF.get(at) == (CHANNEL,) else table(tree, *at)):
        raise ValueError("there is one of that name already")


def _key_renamed(tree: Tree, place: tuple[Any, ...], new: str) -> Tree:
    around = table(tree, *place[:-1])
    return set_at(tree, place[:-1], {new if key == place[-1] else key: value for key, value in around.items()})


def added(tree: Tree, at: tuple[str, ...], name: str, like: str | None = None) -> Tree:
    """Return a tree with one more entry of a table: like another one, or with what it needs and no more.

    Raises
    ------
    ValueError
        If there is an entry of that name already, or the name is empty.
    """
    _free(tree, at, name)
    there = table(tree, *at)
    shape = shape_at((*at, name))
    made = dict(there[like]) if like in there else of_block(shape.model, names_in(tree)) if shape.model else {}
    if there and all(key in made for key in _SUMS):
        made |= dict.fromkeys(_SUMS, 0.0)
    return set_at(tree, (*at, name), made)


def removed(tree: Tree, at: tuple[str, ...], name: str) -> Tree:
    """Return a tree without an entry of a table, and without what is said of it elsewhere by its name.

    Where it stands as a value (a path leads there), it stays: something else has to be said there.
    """
    for kind in _uses(tree, at, name):
        if at == ("teams",) and kind == QUEUE and name in table(tree, "queues"):
            continue
        for use in list(names_used(tree, kind)):
            if use.name == name and use.as_key:
                tree = set_at(tree, use.place, ABSENT)
    return set_at(tree, (*at, name), ABSENT)
