"""The parameter that is varied: where it stands, what kind of value it is, and between which bounds it makes sense."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

import numpy as np

from sim.reading import written
from sim.reading.fields import Key, key_at
from sim.reading.mistakes import key_of, shown
from sim.reading.trees import standing_at
from sim.study.changing.changed import changed, factor_of
from sim.study.changing.paths import Place, places_of
from sim.study.changing.plain import plain
from sim.units import duration, minutes
from sim.world import World
from sim.world.facts import Usual, UsualTimes

Kind = Literal["number", "whole", "duration", "factor"]
In = Literal["first", "second", "both"]
IN: tuple[In, ...] = ("first", "second", "both")
Bounds = tuple[Any, ...]
"""Two of them: the lower and the upper one."""

_FURTHER = 4.0
"""By how much more, and less, than its present value a parameter is looked at where nothing else is known."""
_OF_A_FACTOR = (0.5, 2.0)


@dataclass(frozen=True)
class Varied:
    """A parameter of one world of two, or of both.

    Attributes
    ----------
    kind : {"number", "whole", "duration", "factor"}
        Durations are reckoned in minutes; a factor multiplies what is written (a law, a staff).
    now : tuple
        What is written in the first and in the second world, in words; empty where the path leads nowhere.
    why : str
        Why it is varied where it is, where that was not said; empty otherwise.
    """

    worlds: tuple[World, World]
    path: str
    where: In
    kind: Kind
    low: float
    high: float
    now: tuple[str, str]
    why: str = ""

    def at(self, value: float) -> tuple[World, World]:
        """Return both worlds with a value.

        Raises
        ------
        WorldError
            If it makes no world.
        """
        change = {self.path: self.change(value)}
        first, second = self.worlds
        if self.where != "second":
            first = changed(first, change, name=first.name)
        if self.where != "first":
            second = changed(second, change, name=second.name)
        return first, second

    def change(self, value: float) -> Any:
        """Return a value as `sim.changed` takes it."""
        if self.kind == "factor":
            return f"x{value:.12g}"
        return duration(value) if self.kind == "duration" else int(value) if self.kind == "whole" else float(value)

    def said(self, value: float) -> str:
        """Write a value with the digits that are known of it."""
        if self.kind == "duration":
            return f"{value:.4g} min" if value >= 1.0 else f"{60 * value:.4g} s"
        return f"{value:.0f}" if self.kind == "whole" else f"{'x' * (self.kind == 'factor')}{value:.4g}"


def varied(worlds: tuple[World, World], path: str, between: Bounds | None = None, where: In | None = None) -> Varied:
    """Say which parameter is meant.

    Parameters
    ----------
    between : pair, optional
        Numbers, durations or factors; by default what the key is usually turned to, its own bounds where they are those
        of a share, or a fourth of the present value and four times it; a factor where the path leads to several values.
    where : {"first", "second", "both"}, optional
        In which world; by default in both where the value is the same in both, else in the first that has it.

    Raises
    ------
    ValueError
        With all that is wrong: a path that leads nowhere, bounds that are none, values that make no world.
    """
    if where is not None and where not in IN:
        raise ValueError(f"vary_in is {shown(where)}: first, second and both are possible")
    found = [_found(world, path) for world in worlds]
    where, why = (where, "") if where is not None else _where(found, worlds, path)
    led: list[list[tuple[Place, Any]]] = []
    for one in (one for at, one in enumerate(found) if where in ("both", IN[at])):
        if isinstance(one, str):
            raise ValueError(f"vary: {one}")
        led.append(one)
    key = key_at(led[0][0][0], written(worlds[where == "second"]))
    if between is None and any(len({repr(value) for _, value in one}) > 1 for one in led):
        between = tuple(f"x{factor:g}" for factor in _OF_A_FACTOR)  # several values, such as teams' wages: all together
    kind, low, high = _bounded(path, [value for one in led for _, value in one], key, between)
    now = tuple("" if isinstance(one, str) else _in_words(one) for one in found)
    return _that_makes_worlds(Varied(worlds, path, where, kind, low, high, (now[0], now[1]), why))


def _found(world: World, path: str) -> list[tuple[Place, Any]] | str:
    """Return the places in a world and what stands there, or why there are none."""
    tree = written(world)
    try:
        return [(place, standing_at(tree, *place)) for place in places_of(path, tree)]
    except ValueError as refused:
        return str(refused)


def _where(found: Sequence[Any], worlds: tuple[World, World], path: str) -> tuple[In, str]:
    first, second = found
    if isinstance(first, str):
        return ("first", "") if isinstance(second, str) else ("second", f"{worlds[0].name} has no {path}")
    if isinstance(second, str):
        return "first", f"{worlds[1].name} has no {path}"
    if first == second:
        return "both", ""
    return "first", f"it is {_in_words(first)} there and {_in_words(second)} in {worlds[1].name}"


def _in_words(places: Sequence[tuple[Place, Any]]) -> str:
    said = dict.fromkeys(_short(value) for _, value in places)
    return ", ".join(said)


def _short(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, dict):
        return str(value.get("law", "a table"))
    return str(value) if not isinstance(value, float) else f"{value:g}"


def _bounded(path: str, values: Sequence[Any], key: Key | None, between: Bounds | None) -> tuple[Kind, float, float]:
    """Return the kind of a parameter and its bounds."""
    between = plain(between) if isinstance(between, np.ndarray) else between
    if between is not None and (not isinstance(between, (tuple, list)) or len(between) != 2):
        raise ValueError(f"between is {shown(between)}: two bounds are needed, such as (0.1, 0.5)")
    between = None if between is None else tuple(map(plain, between))
    kind = _kind_of(path, values, between, key)
    if between is None:
        return kind, *_usual(path, kind, values, key)
    low, high = (_read(path, kind, end) for end in between)
    said = " to ".join(map(shown, between))
    if not low < high:
        raise ValueError(f"between is {said}: the first bound has to be below the second")
    if kind == "whole" and not (low.is_integer() and high.is_integer()):
        raise ValueError(f"between is {said}: {path} is a whole number, and so are its bounds")
    return kind, low, high


def _kind_of(path: str, values: Sequence[Any], between: Bounds | None, key: Key | None) -> Kind:
    if between is not None and any(isinstance(end, str) and _is_factor(end) for end in between):
        return "factor"
    there = [value for value in values if value is not None]
    if not there:
        if between is None:
            raise ValueError(f"vary: {path} has no value now: say between which bounds it is to be looked for")
        if any(isinstance(end, str) for end in between):
            return "duration"
        return "whole" if key is not None and _is_whole(key.kind) else "number"
    if all(isinstance(value, int) and not isinstance(value, bool) for value in there):
        return "whole"
    if all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in there):
        return "number"
    if all(isinstance(value, str) and _is_duration(value) for value in there):
        return "duration"
    if all(isinstance(value, dict) for value in there) or path.endswith(".staff"):
        return "factor"
    raise ValueError(f"vary: {path} is {_short(there[0])}: a number, a duration, a law or a staff is needed")


def _is_whole(kind: Any) -> bool:
    """Say whether a type holds whole numbers and no others."""
    kinds = set(_plain_kinds(kind))
    return int in kinds and float not in kinds


def _plain_kinds(kind: Any) -> Iterator[Any]:
    inner = () if get_origin(kind) is Literal else get_args(kind)
    yield kind
    for one in inner:
        yield from _plain_kinds(one)


def _is_factor(value: str) -> bool:
    try:
        return factor_of(value) is not None
    except ValueError:
        return False


def _is_duration(value: str) -> bool:
    try:
        minutes(value)
    except ValueError:
        return False
    return True


def _read(path: str, kind: Kind, end: Any) -> float:
    """Read a bound.

    Raises
    ------
    ValueError
        If it is none of this kind.
    """
    needed = {"factor": 'a factor, such as "x0.8"', "duration": 'a duration, such as "15 min"'}.get(kind, "a number")
    try:
        if kind == "duration":
            return minutes(end)
        if kind == "factor":
            factor = factor_of(end if isinstance(end, str) else f"x{end}")
            if factor is not None:
                return factor
        elif isinstance(end, (int, float)) and not isinstance(end, bool) and math.isfinite(end):
            return float(end)
    except (ValueError, OverflowError) as refused:
        raise ValueError(f"between, of {path}: {refused}") from None
    raise ValueError(f"between holds {shown(end)}: of {path} {needed} is needed")


def _usual(path: str, kind: Kind, values: Sequence[Any], key: Key | None) -> tuple[float, float]:
    """Return the bounds where none are given."""
    if kind == "factor":
        return _OF_A_FACTOR
    now = [minutes(value) if isinstance(value, str) else float(value) for value in values if value is not None]
    facts = [] if key is None else list(_facts(key.kind))
    usual = next((one for one in facts if isinstance(one, (Usual, UsualTimes))), None)
    least, most = _own_bounds(facts)
    if usual is not None:
        ends = (usual.low, usual.high) if isinstance(usual, Usual) else (min(usual.times), max(usual.times))
    elif (least, most) == (0.0, 1.0):
        ends = 0.0, 1.0
    elif max(now) > 0.0:
        ends = max(min(now) / _FURTHER, least), min(max(now) * _FURTHER, most)
    else:
        raise ValueError(f"vary: {path} is {_short(values[0])} now: say between which bounds it is to be looked for")
    return (math.floor(ends[0]), math.ceil(ends[1])) if kind == "whole" else ends


def _facts(kind: Any) -> Iterator[Any]:
    """Yield all that annotates a type and the types in it."""
    yield from getattr(kind, "metadata", ())
    for one in getattr(kind, "__metadata__", ()):
        yield one
        yield from getattr(one, "metadata", ())
    if get_origin(kind) is not Literal:
        for inner in get_args(kind):
            yield from _facts(inner)


def _own_bounds(facts: Sequence[Any]) -> tuple[float, float]:
    """Return the least and the most that a key may be, as its annotations say."""
    least = [getattr(one, name) for one in facts for name in ("ge", "gt") if hasattr(one, name)]
    most = [getattr(one, name) for one in facts for name in ("le", "lt") if hasattr(one, name)]
    ends = [float(max(least, default=-math.inf)), float(min(most, default=math.inf))]
    return ends[0], ends[1]


def _that_makes_worlds(one: Varied) -> Varied:
    """Refuse bounds that make no world, or worlds that last for another time."""
    wrong, last = list[str](), set[tuple[float, ...]]()
    for end in (one.low, one.high):
        try:
            last |= {(its.time.warm_up, its.time.horizon, its.time.follow_up) for its in one.at(end)}
        except ValueError as refused:
            wrong.append(f"at {key_of((one.path,))} = {one.said(end)}: {refused}")
    if not wrong and one.path.strip().startswith("time.") and len(last) > 1:
        wrong.append(
            f"vary: {one.path} makes worlds that do not last equally long: the same customers live in all of them"
        )
    if wrong:
        raise ValueError("\n".join(dict.fromkeys(wrong)))
    return one
