"""The worlds a user can choose from: those shipped, and his own, which the address names as the shelf does."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, NamedTuple

from sim.asked import nearest
from sim.reading import World, WorldError, from_tree, load, named, shipped, variants, written
from sim.reading.sent import sent
from sim.reading.shipped import shipped_file
from sim.ui.state import address, shelf
from sim.ui.state.speech import later, say

OWN, MINE = "own-", "mine"
FOUND_AGAIN = later("What you keep is in the address of this page: bookmark it to find it again, or download the file.")
MOST_OWN = 40
"""Own worlds that an address names."""
_GENERATIONS = 20
"""Worlds, each begun with the next, that are looked through."""


class Outside(NamedTuple):
    """Of the figures that a world was fitted to: how many are outside their bands, and how many there are."""

    outside: int
    figures: int


class Missing(ValueError):  # noqa: N818 - read as a sentence
    """A world that an address names, and this machine does not have."""


def world(name: str) -> World:
    """Return the world of a name: of a shipped one, or of one on the shelf.

    Raises
    ------
    Missing
        If there is none of that name here.
    WorldError
        If there is, and it makes no world any more.
    """
    if not name.startswith(OWN):
        if name not in named():
            none = later("no world of this name is shipped")
            raise Missing(f"{none}; {nearest(name, named(), 'shipped are')}")
        return _shipped(name, shipped_file(name).stat().st_mtime_ns)
    return _own(name)


def keep(one: World, begun: str | None = None, outside: Outside | None = None) -> str:
    """Put a world of the user's on the shelf, among those to choose from, and return its name in the address.

    Parameters
    ----------
    begun : str, optional
        The name of the world with which it began.
    outside : Outside, optional
        How it has the figures that it was fitted to.
    """
    kept: dict[str, Any] = {"name": one.name, "tree": written(one)}
    kept |= {"begun": begun} if begun else {}
    kept |= {"outside": outside} if outside else {}
    content = json.dumps(kept, ensure_ascii=False, allow_nan=False)
    name = OWN + shelf.put("world", content.encode())
    address.put(MINE, ",".join(dict.fromkeys([name, *mine()][:MOST_OWN])))
    return name


def began(name: str) -> str | None:
    """Return the name of the world with which one of the user's began; None where that is not known."""
    begun = _kept(name).get("begun")
    return begun if isinstance(begun, str) else None


def outside(name: str) -> Outside | None:
    """Return how a world has the figures that it, or the one with which it began, was fitted to; None if to none."""
    for _ in range(_GENERATIONS):
        if (found := _kept(name).get("outside")) is not None:
            return Outside(*found)
        begun = began(name)
        if begun is None:
            return None
        name = begun
    return None


def _kept(name: str) -> dict[str, Any]:
    """Return what the shelf has of one of the user's own; of all others nothing."""
    content = shelf.get("world", name[len(OWN) :]) if name.startswith(OWN) else None
    found: dict[str, Any] = {} if content is None else json.loads(content)
    return found


def uploaded(content: bytes, called: str = "world.toml") -> World:
    """Return the world in a TOML file that somebody sent: data, and nothing else on this computer is read.

    Raises
    ------
    WorldError
        With every mistake, and its line.
    """
    return sent(content, called)


def drop(name: str) -> None:
    """Take a world out of those to choose from; on the shelf it stays for whoever has a link."""
    left = [one for one in mine() if one != name]
    address.put(MINE, ",".join(left) or None)


def mine() -> list[str]:
    """Return the names of the user's own worlds; those that are not here are told, and left out."""
    said = [name for name in (address.text(MINE) or "").split(",")[:MOST_OWN] if name]
    here = [name for name in said if _here(name)]
    if here != said:
        address.put(MINE, ",".join(here) or None)
    return here


def all_names() -> list[str]:
    """Return all names to choose from: the user's own first, the variants of the shipped ones last."""
    return [*mine(), *shipped(), *variants()]


def listed(name: str) -> str:
    """Return what a world is called in a list of all, where the variants stand by themselves."""
    return say("Variant: {name}", name=name) if name in variants() else title(name)


def title(name: str) -> str:
    """Return what a world is called, told apart from others of the same name."""
    if not name.startswith(OWN):
        return name
    called = world(name).name
    alike = [one for one in all_names() if one != name and (one == called or _called(one) == called)]
    return f"{called} ({name[len(OWN) :][:4]})" if alike else called


def reader(name: str) -> str:
    """Read a world's name in an address.

    Raises
    ------
    ValueError
        If there is none here.
    """
    try:
        world(name)
    except WorldError as mistakes:
        none = later("it makes no world: {said}")
        raise ValueError(none.format(said=mistakes.mistakes[0])) from mistakes
    return name


def _called(name: str) -> str:
    return world(name).name if name.startswith(OWN) else name


def _here(name: str) -> bool:
    try:
        world(name)
    except (Missing, WorldError) as why:
        address.doubt(MINE, name, str(why))
        return False
    return name.startswith(OWN)


@lru_cache(128)
def _shipped(name: str, changed: int) -> World:
    return load(name)


@lru_cache(256)
def _own(name: str) -> World:
    content = shelf.get("world", name[len(OWN) :])
    kept = json.loads(content) if content is not None else {}
    if not {"name", "tree"} <= kept.keys():  # nothing, or a draft
        raise Missing(later("this world is not kept on this computer: whoever made the link can send it as a file"))
    return from_tree(kept["tree"], str(kept["name"]))
