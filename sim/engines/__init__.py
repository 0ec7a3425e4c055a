"""Run a world: `run(world, customers)` gives its history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from sim.history import History
from sim.population import Customers
from sim.scenario import World

Engine = Literal["auto", "simpy"]
ENGINES: tuple[Engine, ...] = ("auto", "simpy")


def run(
    world: World,
    customers: Customers,
    *,
    engine: Engine = "auto",
    tick: Callable[[float], None] | None = None,
) -> History:
    """Let the customers live through a world.

    Parameters
    ----------
    engine : {"auto", "simpy"}
        ``auto`` takes the fastest that knows every mechanism of the world.
    tick : optional
        Told the simulated time (min) now and then, for progress.

    Raises
    ------
    ValueError
        If the engine is unknown, or the customers were made from another population block.
    """
    from sim.engines.told import tell

    if engine not in ENGINES:
        raise ValueError(f'engine "{engine}" is not known; use one of {", ".join(ENGINES)}')
    if customers.population != world.population:
        raise ValueError(f"these customers were made from another population than that of {world.name}")
    return tell(world, customers, tick=tick)


__all__ = ["ENGINES", "Engine", "run"]
