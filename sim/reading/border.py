"""Worlds at the border: one that was put together without a file is read again before anything is done with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.machine.kernel.latest import latest
from sim.quoting import short
from sim.reading.checks import names
from sim.reading.fields import Names, matches, places
from sim.reading.load import world_of
from sim.reading.mistakes import Finding, Mistake, WorldError, key_of
from sim.reading.trees import Tree, without_none
from sim.reading.wording import findings_of
from sim.world import World
from sim.world.facts import Fact
from sim.world.frozen import Frozen

Meant = World | str | Path
"""A world, or its name or path."""
_VARIANT = "use sim.variant to change a world"


def check_world(world: World) -> None:
    """Refuse a world that no file could have given: impossible values, or names that nothing bears.

    What makes no sense but can be lived, such as a line without agents, is no mistake here; `sim.reading.mistakes_in`
    tells that too. A world is read once: later calls with the very same one cost nothing.

    Raises
    ------
    WorldError
        With every such mistake; it is a ValueError.
    ValueError
        If it is no world at all.
    """
    if not isinstance(world, World):
        raise ValueError(f"world is of type {type(world).__name__}: it has to be a World, such as sim.load gives")
    _is_possible(world)


def possible(world: Meant, what: str = "world") -> World:
    """Return the world that is meant, which a file could have given; `what` is what the caller names it."""
    meant = world_of(world, what)
    check_world(meant)
    return meant


def check_block(block: Frozen) -> None:
    """Refuse a block of a world that no file could have given, such as a tariff; as `check_world` does.

    Raises
    ------
    WorldError
        With every impossible value; it is a ValueError.
    """
    mistakes = _mistakes(block, type(block).__name__.lower())
    if mistakes:
        raise WorldError(mistakes)


@latest
def _is_possible(world: World) -> bool:
    mistakes = _mistakes(world, short(str(world.__dict__.get("name", "world"))))
    if mistakes:
        raise WorldError(mistakes)
    return True


def _mistakes(block: Frozen, name: str) -> list[Mistake]:
    return [Mistake(name, key_of(one.place), None, one.problem, one.suggestion) for one in _findings(block)]


def _findings(block: Frozen) -> Iterator[Finding]:
    """Yield what is wrong with a block, read again as a file would hold it."""
    kind = type(block)
    try:
        tree: Tree = without_none(block.as_tree(warnings=False))
    except (ValueError, AttributeError, TypeError) as error:  # no text, no number, or round in a circle
        yield Finding((), f"holds a value that no file can hold: {short(str(error))}", _VARIANT)
        return
    try:
        again = kind.model_validate(_as_tuples(tree), strict=True)
    except ValidationError as error:
        yield from findings_of(error, tree)
        return
    for name in kind.model_fields:
        if getattr(again, name) != block.__dict__.get(name):
            yield Finding((name,), "holds a value of another kind than a file gives", _VARIANT)
    if isinstance(block, World):
        yield from (finding for finding in names(tree) if not _does_no_harm(tuple(map(str, finding.place))))


def _does_no_harm(place: Names) -> bool:
    return any(matches(place[: len(way)], (way,)) for way in places(Fact.HARMLESS))


def _as_tuples(tree: Any) -> Any:
    """Turn lists into tuples, as the strict models want them."""
    if isinstance(tree, dict):
        return {key: _as_tuples(inner) for key, inner in tree.items()}
    return tuple(map(_as_tuples, tree)) if isinstance(tree, (list, tuple)) else tree
