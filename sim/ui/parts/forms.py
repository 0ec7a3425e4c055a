"""How a key of a world is turned on a page, made from what its model says: kind, bounds, usual values, meaning."""

from __future__ import annotations

import types
from collections import OrderedDict
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from sim.reading.fields import Key, values
from sim.reading.meaning import meaning, unit_of
from sim.study.changing.changed import changed
from sim.units import duration
from sim.world import World
from sim.world.facts import Usual, UsualTimes

NEVER = "never"


class Range(NamedTuple):
    """A number between two others, in steps; it begins with the world's own."""

    label: str
    low: float
    high: float
    own: float
    step: float
    help: str
    unit: str = ""


class Steps(NamedTuple):
    """One of some durations, or `NEVER`; it begins with the world's own."""

    label: str
    options: tuple[str, ...]
    own: str
    help: str


class Choice(NamedTuple):
    """One of some words."""

    label: str
    options: tuple[str, ...]
    own: str
    help: str


class Switch(NamedTuple):
    """So, or not so."""

    label: str
    own: bool
    help: str


Form = Range | Steps | Choice | Switch


def form_of(world: World, name: str) -> Form:
    """Return how a key such as ``levers.time.cut_after`` is turned, beginning with what the world says.

    Raises
    ------
    KeyError
        If the world has no such key, or nothing says what it is usually turned to.
    """
    key, kind, own = _standing(world, tuple(name.split(".")))
    label, said = label_of(name), meaning(name) or meaning(name.rsplit(".", 1)[0])
    usual, times, words = key.fact(Usual), key.fact(UsualTimes), words_of(kind)
    if usual is not None and isinstance(own, (int, float)):
        return Range(label, usual.low, max(usual.high, own), float(own), usual.step, said, unit_of(name))
    if times is not None:
        written = NEVER if own is None else duration(own)
        longest_last = sorted({*times.times, *(() if own is None else (own,))})
        return Steps(label, (*map(duration, longest_last), NEVER), written, said)
    if isinstance(own, bool):
        return Switch(label, own, said)
    if words and isinstance(own, str):
        return Choice(label, _possible(world, name, words), own, said)
    if _is_share(kind) and isinstance(own, (int, float)):
        return Range(label, 0.0, 1.0, float(own), 0.05, said, "share")
    raise KeyError(name)


_known: OrderedDict[tuple[int, str], tuple[World, tuple[str, ...]]] = OrderedDict()
_KNOWN = 512


def _possible(world: World, name: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of a key's words that this world can take: some need a path or a queue that it may not have."""
    at = id(world), name
    known = _known.get(at)
    if known is None:  # the world is kept with its words, so that no other can have its number
        known = _known[at] = world, tuple(word for word in words if _is_possible(world, name, word))
        while len(_known) > _KNOWN:
            _known.popitem(last=False)
    return known[1]


def _is_possible(world: World, name: str, word: str) -> bool:
    try:
        changed(world, {name: word})
    except ValueError:
        return False
    return True


def label_of(name: str) -> str:
    """Return what a key is called on a page, in English, its unit aside.

    Examples
    --------
    >>> label_of("levers.time.cut_after")
    'cut after'
    """
    return name.rsplit(".", 1)[-1].replace("_", " ")


def words_of(kind: Any) -> tuple[str, ...]:
    """Return the words of which a type takes one; none where it takes something else."""
    return tuple(str(word) for part in _parts(kind) if get_origin(part) is Literal for word in get_args(part))


def _standing(world: World, place: tuple[str, ...]) -> tuple[Key, Any, Any]:
    """Return the key at a place, or the one whose table has an entry there; the type and the value of what is there."""
    for at, key, value in values(world):
        if at == place:
            return key, key.kind, value
        if at == place[:-1] and isinstance(value, dict) and place[-1] in value:
            entry = next(part for part in _parts(key.kind) if get_origin(part) is dict)
            return key, get_args(entry)[1], value[place[-1]]
    raise KeyError(".".join(place))


def _is_share(kind: Any) -> bool:
    bounds = [one for one in getattr(kind, "__metadata__", ()) if hasattr(one, "ge") or hasattr(one, "le")]
    flat = [part for one in getattr(kind, "__metadata__", ()) for part in (getattr(one, "metadata", None) or [one])]
    least = max((part.ge for part in [*bounds, *flat] if getattr(part, "ge", None) is not None), default=None)
    most = min((part.le for part in [*bounds, *flat] if getattr(part, "le", None) is not None), default=None)
    return (least, most) == (0, 1)


def _parts(kind: Any) -> list[Any]:
    origin = get_origin(kind)
    if origin is Annotated:
        return _parts(get_args(kind)[0])
    if origin in (Union, types.UnionType):
        return [part for one in get_args(kind) for part in _parts(one)]
    return [kind]
