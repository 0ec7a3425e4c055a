"""What separates two worlds, parted into players: the levers, each with what belongs to it, and the rest."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.asked import nearest
from sim.quoting import short
from sim.reading import Change, WorldError, difference, from_tree, written
from sim.reading.mistakes import key_of, shown
from sim.reading.trees import Tree, holds, standing_at, table
from sim.study.changing.paths import Place, parts_of
from sim.study.decomposing.shapley import MOST
from sim.world import World
from sim.world.levers import Levers

REST = "the rest"
"""What is no lever, and separates the worlds all the same."""
OWN = ("name", "about", "extends")
LEVERS: dict[str, tuple[Place, ...]] = {
    name: (("levers", name), *([("tariff",)] if name == "price" else [])) for name in Levers.model_fields
}
"""The players there are unless others are named: the tables of ``[levers]``. The tariff goes with the price: a number
that is free and a tariff of zero are the same thing said twice, and as two players each would take half of it."""


@dataclass(frozen=True)
class Player:
    """What moves from the first world's value to the second's at once.

    Attributes
    ----------
    name : str
    places : tuple of places
        Tables and keys that are moved.
    keys : tuple of str
        The keys in them on which the worlds differ.
    """

    name: str
    places: tuple[Place, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Parted:
    """Two worlds, and what separates them.

    Attributes
    ----------
    players : tuple of Player
        At least one.
    idle : tuple of str
        Those that were named and on which the worlds do not differ.
    joined : tuple of str
        Which cannot be moved alone, and why, in sentences.
    """

    first: World
    second: World
    players: tuple[Player, ...]
    idle: tuple[str, ...]
    joined: tuple[str, ...]

    def world(self, subset: int) -> World:
        """Return the first world with some players' values of the second; the subset is a number of bits.

        Raises
        ------
        WorldError
            If these do not go together.
        """
        if subset in (0, 2 ** len(self.players) - 1):
            return self.second if subset else self.first
        moved = [place for at, one in enumerate(self.players) if subset >> at & 1 for place in one.places]
        return _moved(self.first, self.second, moved, self.named(subset))

    def named(self, subset: int) -> str:
        """Return what a subset's world is called."""
        there = [one.name for at, one in enumerate(self.players) if subset >> at & 1]
        if len(there) == len(self.players):
            return self.second.name
        return f"{self.first.name} with {', '.join(there)}" if there else self.first.name

    def worlds(self) -> list[World]:
        """Return the world of each subset, in the order of their numbers.

        Raises
        ------
        ValueError
            If some of them cannot be: which players do not go together, and why.
        """
        made, wrong = list[World](), list[str]()
        for subset in range(2 ** len(self.players)):
            try:
                made.append(self.world(subset))
            except WorldError as refused:
                wrong.append(f"there is no {self.named(subset)}: {short(str(refused), 200)}")
        if wrong:
            more = [f"... and {len(wrong) - 3} more of {2 ** len(self.players)}"] if len(wrong) > 3 else []
            raise ValueError("\n".join([*wrong[:3], *more, "name players that go together as one of them"]))
        return made


def parted(first: World, second: World, players: Mapping[str, Any] | None = None) -> Parted:
    """Part what separates two worlds.

    Parameters
    ----------
    players : mapping, optional
        By name, the paths of the tables and keys that it moves, such as ``{"tone": ["levers.knowledge.wrong_pitch"]}``;
        by default the levers. What nobody moves is the rest. A player that makes no world alone (a lever's table that
        names teams of the other world) moves together with the rest.

    Raises
    ------
    ValueError
        If a path is none or stands in two players, the worlds are the same, or there are more players than ten.
    """
    claimed = dict(LEVERS) if players is None else _claimed(first, second, players)
    changes = difference(first, second)
    if not changes:
        raise ValueError(f"{first.name} and {second.name} are the same world: nothing separates them")
    rest = tuple(_unclaimed(first, second, [place for places in claimed.values() for place in places]))
    every = [Player(name, places, _keys(changes, places)) for name, places in {**claimed, REST: rest}.items()]
    some = [one for one in every if one.keys]
    idle = tuple(one.name for one in every if not one.keys and one.name != REST)
    together, joined = _joined(first, second, some)
    if len(together) > MOST:
        raise ValueError(f"{len(together)} players are too many: {MOST} are possible, {2**MOST:,} worlds; join some")
    return Parted(first, second, tuple(together), idle, tuple(joined))


def _claimed(first: World, second: World, players: object) -> dict[str, tuple[Place, ...]]:
    if not isinstance(players, Mapping) or not players:
        raise ValueError(f'players is {shown(players)}: write paths by name, {{"cut": ["levers.time.cut_after"]}}')
    claimed, wrong = dict[str, tuple[Place, ...]](), list[str]()
    trees = written(first), written(second)
    known = sorted({key_of(place) for tree in trees for place in _tables(tree)})
    for name, paths in players.items():
        if not isinstance(name, str) or not name.strip() or name == REST:
            wrong.append(f'players: {shown(name)} is no name for a player; "{REST}" is what nobody moves')
            continue
        listed = [paths] if isinstance(paths, str) else list(paths) if isinstance(paths, Iterable) else [paths]
        places = []
        for path in listed:
            try:
                places.append(_place(path, trees, known))
            except ValueError as refused:
                wrong.append(f"players, {short(name)}: {refused}")
        claimed[name] = tuple(places)
    wrong += _twice(claimed)
    if wrong:
        raise ValueError("\n".join(wrong))
    return claimed


def _place(path: object, trees: tuple[Tree, Tree], known: Sequence[str]) -> Place:
    place = parts_of(path)
    if place[0] in OWN or place[0] == "population":
        raise ValueError(f"{shown(path)} is the same in both worlds, or no part of what happens")
    if not any(holds(tree, place) for tree in trees):
        raise ValueError(f"{shown(path)} stands in neither world; {nearest('.'.join(place), known)}".rstrip("; "))
    return place


def _twice(claimed: Mapping[str, tuple[Place, ...]]) -> Iterator[str]:
    each = [(name, place) for name, places in claimed.items() for place in places]
    for at, (name, place) in enumerate(each):
        for other, later in each[at + 1 :]:
            many = min(len(place), len(later))
            if place[:many] == later[:many]:
                yield f"players: {key_of(place)} of {short(name)} and {key_of(later)} of {short(other)} move the same"


def _tables(tree: Tree, at: Place = ()) -> Iterator[Place]:
    for name, value in tree.items():
        yield (*at, name)
        if isinstance(value, dict):
            yield from _tables(value, (*at, name))


def _unclaimed(first: World, second: World, claimed: Sequence[Place]) -> Iterator[Place]:
    """Yield the tables and keys that no player moves and that differ, each as a whole where it can be."""
    yield from _apart((written(first), written(second)), claimed, ())


def _apart(trees: tuple[Tree, Tree], claimed: Sequence[Place], at: Place) -> Iterator[Place]:
    for name in dict.fromkeys([*table(trees[0], *at), *table(trees[1], *at)]):
        place = (*at, name)
        if place in claimed or place[0] in (*OWN, "population"):
            continue
        if any(one[: len(place)] == place for one in claimed):
            yield from _apart(trees, claimed, place)
        elif _written_at(trees[0], place) != _written_at(trees[1], place):
            yield place


def _written_at(tree: Tree, place: Place) -> str:
    """Return what stands at a place, its order of tables too."""
    return repr(standing_at(tree, *place))


def _keys(changes: Sequence[Change], places: Sequence[Place]) -> tuple[str, ...]:
    heads = [key_of(place) for place in places]
    return tuple(one.key for one in changes if any(_inside(one.key, head) for head in heads))


def _inside(key: str, head: str) -> bool:
    return key == head or key.startswith((f"{head}.", f"{head},", f"{head} ("))


def _joined(first: World, second: World, players: list[Player]) -> tuple[list[Player], list[str]]:
    """Let players that make no world alone move with the rest, or with one another where there is none."""
    if len(players) == 1:
        return players, []
    why = {one.name: _why_not_alone(first, second, one) for one in players}
    stuck = [one for one in players if why[one.name]]
    if not stuck:
        return players, []
    home = next((one for one in players if one.name == REST), stuck[0])
    those = [one for one in players if one in stuck or one is home]
    name = " + ".join(one.name for one in those)
    whole = replace(
        home,
        name=name,
        places=tuple(place for one in those for place in one.places),
        keys=tuple(key for one in those for key in one.keys),
    )
    told = [f"{one.name} cannot be moved alone: {why[one.name]}" for one in stuck if one is not home]
    told = told or [f"{home.name} cannot be moved alone: {why[home.name]}"]
    left = [one for one in players if one not in those]
    return [*left, whole], [f"{said}; it moves as one with {name}" for said in told]


def _why_not_alone(first: World, second: World, one: Player) -> str:
    """Say why a player cannot move while all others stay, or stay while all others move; empty where he can."""
    for here, there in ((first, second), (second, first)):
        try:
            _moved(here, there, one.places, here.name)
        except WorldError as refused:
            return short("; ".join(f"{said.key} {said.problem}" for said in refused.mistakes), 160)
    return ""


def _moved(first: World, second: World, places: Iterable[Place], name: str) -> World:
    tree, there = copy.deepcopy(written(first)), written(second)
    for place in places:
        _set(tree, place, there)
    tree["name"] = short(name)
    return from_tree(tree, name)


def _set(tree: Tree, place: Place, there: Tree) -> None:
    """Write what stands at a place in another world, or take away what does not stand there."""
    *above, last = place
    inner = tree
    for part in above:
        inner = inner.setdefault(part, {})
    if holds(there, place):
        inner[last] = copy.deepcopy(standing_at(there, *place))
    else:
        inner.pop(last, None)
