"""The SimPy telling: one process per problem, from the first that appears to the end of the follow-up."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Sequence
from typing import Any

from sim.engines.clock import PLANNED, Clock, Wake
from sim.engines.frozen import FrozenTeam, Waits
from sim.engines.life import Life
from sim.engines.luck import Luck, LuckOf
from sim.engines.team import Team
from sim.history import History, Row
from sim.mechanisms import telling as mechanisms
from sim.mechanisms.journey import journey
from sim.mechanisms.plan import Plan, plan
from sim.population import Customers
from sim.scenario import World
from sim.units import DAY


class Office:
    """One world at work: the clock, the lines, the teams, and the notebook."""

    def __init__(
        self, world: World, customers: Customers, luck: LuckOf | None = None, waits: tuple[Waits, ...] | None = None
    ) -> None:
        self.plan: Plan = plan(world)
        self.clock = Clock()
        self.customers = customers
        self.luck = luck or Luck(customers.seed, customers.replication, customers.rows["number"])
        self.rows: list[Row] = []
        self.lines_taken = 0
        self.teams: Sequence[mechanisms.Team] = (
            [Team(team, self) for team in self.plan.teams]
            if waits is None
            else [FrozenTeam(team, self, waits[team.code]) for team in self.plan.teams]
        )

    def appearances(self) -> Generator[Any, Any, None]:
        """Begin every journey when its problem appears."""
        for customer, at in enumerate(self.customers.rows["appeared"].tolist()):
            event = Wake(self.clock)
            self.clock.plan(event, at, PLANNED + customer)
            yield event
            self.clock.process(journey(Life(customer, self)))


def tell(
    world: World,
    customers: Customers,
    *,
    luck: LuckOf | None = None,
    waits: tuple[Waits, ...] | None = None,
    tick: Callable[[float], None] | None = None,
) -> History:
    """Run one world in SimPy from the first problem to the end of the follow-up.

    Parameters
    ----------
    luck : optional
        In place of the drawn luck, for a story whose draws are set by hand.
    waits : optional
        Another world's waits by team, to be lived in place of this world's own queues (`sim.engines.frozen`).
    tick : optional
        Told the time (min) once a simulated day.
    """
    began = time.perf_counter()
    office = Office(world, customers, luck, waits)
    office.clock.process(office.appearances())
    if tick is not None:
        office.clock.process(_ticking(office.clock, tick))
    office.clock.run(until=world.time.end)
    return History.of(world, customers, office.rows, engine="simpy", seconds=time.perf_counter() - began)


def _ticking(clock: Clock, tick: Callable[[float], None]) -> Generator[Any, Any, None]:
    while True:
        tick(clock.now)
        yield clock.timeout(DAY)
