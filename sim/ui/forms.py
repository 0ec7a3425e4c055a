"""How a key of a world is turned on the page, made from what its model says: kind, usual values, unit, meaning."""

from __future__ import annotations

from typing import NamedTuple

from sim.scenario import World
from sim.scenario.fields import values
from sim.scenario.meaning import meaning, unit_of
from sim.scenario.world.facts import Usual, UsualTimes
from sim.units import duration

NEVER = "never"


class Range(NamedTuple):
    """A number between two others, in steps; it begins with the world's own."""

    label: str
    low: float
    high: float
    own: float
    step: float
    help: str


class Steps(NamedTuple):
    """One of some durations, or `NEVER`; it begins with the world's own."""

    label: str
    options: tuple[str, ...]
    own: str
    help: str


def form_of(world: World, name: str) -> Range | Steps:
    """Return how a key such as ``levers.time.cut_after`` is turned, beginning with what the world says.

    Raises
    ------
    KeyError
        If the world has no such key, or nothing says what it is usually turned to.
    """
    place = tuple(name.split("."))
    key, own = next(((key, value) for at, key, value in values(world) if at == place), (None, None))
    usual, times = (key.fact(Usual), key.fact(UsualTimes)) if key is not None else (None, None)
    words, unit = place[-1].replace("_", " "), unit_of(name)
    label = f"{world.name}: {words} ({unit})" if unit else f"{world.name}: {words}"
    if usual is not None and isinstance(own, (int, float)):
        return Range(label, usual.low, max(usual.high, own), float(own), usual.step, meaning(name))
    if times is not None:
        options, written = (NEVER, *map(duration, times.times)), NEVER if own is None else duration(own)
        return Steps(label, options if written in options else (*options, written), written, meaning(name))
    raise KeyError(name)
