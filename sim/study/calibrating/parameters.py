"""What is sought: values of a world that no report shows, each moved along a scale on which it may go anywhere."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from sim.asked import nearest
from sim.data.spelling import name_of
from sim.quoting import short
from sim.reading import variant, written
from sim.reading.fields import key_at
from sim.reading.mistakes import shown
from sim.reading.trees import Tree, found, standing_at
from sim.study.changing.scaling import DIGITS, by_odds, multiplied, staff_written, write
from sim.world import World

FURTHEST = 4.0
"""Farthest that a value is moved along its scale, either way: by a factor of 55."""
NAMED: dict[str, tuple[str, tuple[str, ...]]] = {
    "problems": ("problems a day", ("population.problems_per_day",)),
    "patience": ("patience", ("population.patience",)),
    "persistence": ("persistence", ("population.again.persistence",)),
    "solving": ("chances of solving", ("teams.*.solve.*", "levers.knowledge.solve.*.*")),
    "talk": ("talk", ("teams.*.talk",)),
    "staff": ("agents at the telephone", ("teams.*.staff",)),
    "competence": ("share of right agents", ("teams.*.competent", "levers.knowledge.competent.*")),
    "elsewhere": ("share of customers sent elsewhere", ("levers.access.sent_elsewhere",)),
}
"""What a report is usually about: words and keys of each, which are moved together."""
SHARES = "queues"
"""What the shares of what leads to each queue of a report are called."""
_ALWAYS = ("problems", "patience", "persistence", "solving")
_WITH = {"talk": ("handling_time", "talk_time"), "competence": ("transfers",)}
"""What is sought besides, where one of these figures is there."""
_WAITS = ("service_level", "speed_of_answer", "occupancy")


@dataclass(frozen=True)
class Parameter:
    """Values that are moved together: shares along the logarithm of their odds, all others along their own.

    Attributes
    ----------
    places : tuple
        Where its values stand in the world's file; what is certain (0 or 1) or nothing stays, and is not among them.
    is_share : bool
        Whether they are moved by odds.
    against : tuple
        Where the other shares stand that make a whole with these: all of them are brought back to it, so that shares of
        one group keep their proportions. Empty where values are moved by themselves.
    whole : float
        What these and those add up to.
    """

    name: str
    words: str
    places: tuple[tuple[str, ...], ...]
    is_share: bool
    against: tuple[tuple[str, ...], ...] = ()
    whole: float = 1.0

    @property
    def scale(self) -> str:
        """What moving by one along its scale multiplies."""
        return "odds" if self.is_share else "value"


def usual(figures: Iterable[str], *, agents: bool = False, elsewhere: bool = False) -> tuple[str, ...]:
    """Return what is sought where nothing is said, given the names of the figures.

    Parameters
    ----------
    agents : bool
        Whether the staff is that of a report by interval, which counts who was there at all: how many of them were at
        the telephone is then sought too, where waits are given.
    elsewhere : bool
        Whether calls are to be found that are neither solved nor passed on.
    """
    given = set(figures)
    there = ("staff",) if agents and given & {*_WAITS} else ()
    sent = ("elsewhere",) if elsewhere else ()
    return (*_ALWAYS, *(name for name, those in _WITH.items() if given & {*those}), *there, *sent)


def parameters(world: World, names: Iterable[str], *, said: bool = True) -> tuple[Parameter, ...]:
    """Return what is to be sought in a world.

    Parameters
    ----------
    names : iterable of str
        Of `NAMED`, or keys of the world, such as ``teams.front.solve.hard``; ``*`` stands for any name in one.
    said : bool
        Whether the user named them: one of which nothing can be moved is then a mistake, and left out otherwise.

    Raises
    ------
    ValueError
        For all names that are none, or of which no value can be moved, and where two would move the same value.
    """
    tree, made, wrong = written(world), [], []
    for name in dict.fromkeys(names):
        try:
            made.append(_parameter(tree, name))
        except ValueError as refused:
            if said:
                wrong.append(str(refused))
    taken = [place for one in made for place in one.places]
    twice = sorted({".".join(place) for place in taken if taken.count(place) > 1})
    if twice:
        wrong.append(f"{', '.join(twice[:5])} would be moved by two of them at once; name each key once")
    if not made and not wrong:
        wrong.append("there is nothing in this world that could be fitted")
    if wrong:
        raise ValueError("\n".join(wrong))
    return tuple(made)


def _parameter(tree: Tree, name: Any) -> Parameter:
    if not isinstance(name, str):
        raise ValueError(f"{name_of('free')} holds {shown(name)}: names of parameters are texts")
    words, ways = NAMED.get(name, (name, (name,)))
    there = [(place, value) for way in ways for place, value in found(tree, tuple(way.split(".")))]
    if not there:
        raise ValueError(
            f"{name_of('free')} holds {shown(name)}, which is no value of this world; "
            f"{nearest(name, (*NAMED, SHARES), 'use')} or a key"
        )
    places = tuple(place for place, value in there if name == "staff" or _moves(place, value))
    if not places:
        raise ValueError(f"{short(name)}: its value ({_shown(there[0][1])}) cannot be moved; {_why(there[0])}")
    kinds = {_is_share(place) for place in places}
    if len(kinds) > 1:
        raise ValueError(f"{short(name)} names shares and other values at once; name them one by one")
    return Parameter(name, words, places, kinds.pop())


def _shown(value: Any) -> str:
    return shown(value) if not isinstance(value, dict) or "law" not in value else f"law {value['law']}"


def _why(there: tuple[tuple[str, ...], Any]) -> str:
    place, value = there
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        certain = value in (0, 1)
        return (
            "what is certain stays: write a value between"
            if certain and _is_share(place)
            else "whole numbers and zero stay"
        )
    return "numbers, durations and laws can be"


def _is_share(place: tuple[str, ...]) -> bool:
    """Say whether what stands at a place is a part of one, by the type of the nearest key that leads to it."""
    above = (key_at(place[:many], {}) for many in range(len(place), 0, -1))
    key = next((one for one in above if one is not None), None)
    return key is not None and any(_says_share(one) for one in (key.field, *_annotations(key.kind)))


def _says_share(annotation: Any) -> bool:
    extra: object = getattr(annotation, "json_schema_extra", None)
    return isinstance(extra, dict) and "share" in extra.values()


def _annotations(kind: Any) -> Iterator[Any]:
    """Yield all that is annotated of a type and of those in it; blocks of keys of their own are left alone."""
    yield kind
    for inner in get_args(kind):
        yield from _annotations(inner)


def _moves(place: tuple[str, ...], value: Any) -> bool:
    if isinstance(value, bool) or (isinstance(value, int) and not isinstance(value, float)):
        return False
    if isinstance(value, float):
        return 0.0 < value < 1.0 if _is_share(place) else 0.0 < value < math.inf
    try:
        return bool(multiplied(value, 2.0) != value)
    except ValueError:
        return False


Moves = Mapping[str, float]
"""How far each parameter is moved, along its scale, from the value in the world's file."""


def changes(world: World, sought: Iterable[Parameter], moves: Iterable[float]) -> Tree:
    """Return what a file that extends the world would say, so that its parameters are moved so far."""
    tree = written(world)
    said: Tree = {}
    wholes: dict[frozenset[tuple[str, ...]], dict[tuple[str, ...], float]] = {}
    for one, far in zip(sought, moves, strict=True):
        factor = math.exp(min(max(far, -FURTHEST), FURTHEST))
        if one.name == "staff":
            for place, value in staff_written(world, factor):
                write(said, place, value)
        elif one.against:
            all_of_them = (*one.places, *one.against)
            shares = wholes.setdefault(frozenset(all_of_them), {at: standing_at(tree, *at) for at in all_of_them})
            shares |= {at: shares[at] * factor for at in one.places}
        else:
            for place in one.places:
                value = standing_at(tree, *place)
                write(said, place, by_odds(value, factor) if one.is_share else multiplied(value, factor))
    for shares in wholes.values():
        before = sum(standing_at(tree, *place) for place in shares)
        for place, value in parts_of(before, shares).items():
            write(said, place, value)
    return said


def parts_of(whole: float, weights: Mapping[Any, float]) -> dict[Any, float]:
    """Return shares of a whole in proportion to weights, to six digits: the largest takes what is rounded off.

    Below a thousandth to four digits that count: none of them comes to nothing.

    Examples
    --------
    >>> parts_of(1.0, {"a": 1, "b": 1, "c": 1})
    {'a': 0.333334, 'b': 0.333333, 'c': 0.333333}
    """
    by = whole / sum(weights.values())
    exact = {name: weight * by for name, weight in weights.items()}
    found = {name: round(part, 6) if part >= 1e-3 else float(f"{part:.{DIGITS}g}") for name, part in exact.items()}
    largest = max(found, key=lambda name: found[name])
    found[largest] = round(found[largest] + whole - sum(found.values()), 12)
    return found


def moved(world: World, sought: Iterable[Parameter], moves: Iterable[float]) -> World:
    """Return the world with its parameters moved so far."""
    return variant(world, changes(world, sought, moves))


def values(world: World, one: Parameter) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a parameter with their values in a world: of a law its mean, in min where it is a duration."""
    tree = written(world)
    for place in one.places:
        yield ".".join(place), standing_at(tree, *place)
