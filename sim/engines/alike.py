"""Whether worlds are lived alike: the same customers, the same rows to the bit, however they are judged afterwards."""

from __future__ import annotations

from collections.abc import Hashable

from sim.mechanisms.state.numbers import plan
from sim.world import World


def lived_as(world: World) -> Hashable:
    """Return all that engines read of a world: where it is equal, so are the histories of the same customers.

    Both engines make a world into numbers (`sim.mechanisms.state.numbers.plan`) and see nothing else of it; customers
    are made of its population, its length and the date of its first Monday. What is read afterwards (tariff, wages,
    effort, loyalty, worth) is in none of these.
    """
    return plan(world), world.population, world.time


def lived_alike(world: World, other: World) -> bool:
    """Say whether the same customers leave the same rows in both worlds.

    Examples
    --------
    >>> from sim.reading import load, variant
    >>> lived_alike(load("base"), variant("base", {"levers": {"price": {"free": True}}}))
    True
    """
    return lived_as(world) == lived_as(other)
