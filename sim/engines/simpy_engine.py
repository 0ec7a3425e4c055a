"""The SimPy telling: one process per problem, from the first that appears to the end of the follow-up."""

from __future__ import annotations

import gc
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from sim.engines.luck import Luck
from sim.engines.open_loop import FrozenQueue, FrozenTeam, Waits
from sim.history.rows import ROW, History
from sim.machine.kernel.clock import Clock, Strand
from sim.mechanisms.journey.journey import journey
from sim.mechanisms.staff.queue import Queue
from sim.mechanisms.staff.team import Team
from sim.mechanisms.state import surroundings
from sim.mechanisms.state.numbers import plan
from sim.mechanisms.state.plans import Plan
from sim.mechanisms.state.surroundings import LuckOf
from sim.mechanisms.whole_life import Who, WholeLife
from sim.people import Customers
from sim.people.checks import check_customers
from sim.units import DAY, HOUR
from sim.world import World


class Office:
    """One world at work: the clock, the lines, the teams, and the notebook."""

    def __init__(
        self, world: World, customers: Customers, luck: LuckOf | None = None, waits: tuple[Waits, ...] | None = None
    ) -> None:
        self.plan: Plan = plan(world)
        self.clock = Clock()
        self.customers = customers
        self.luck: LuckOf = luck or Luck(customers.seed, customers.replication, customers.rows["number"])
        self.diaries = [bytearray() for _ in range(len(customers))]
        given = (customers.rows[name].tolist() for name in Who._fields)
        self.who = list(map(Who._make, zip(*given, strict=True)))
        self.lines_taken = 0
        self.queues: Sequence[surroundings.Queue] = (
            [Queue(queue, self) for queue in self.plan.queues]
            if waits is None
            else [FrozenQueue(queue, self, waits[queue.code]) for queue in self.plan.queues]
        )
        self.teams: Sequence[surroundings.Team] = (
            [Team(team, self) for team in self.plan.teams]
            if waits is None
            else [FrozenTeam(team, self) for team in self.plan.teams]
        )

    def appearances(self) -> Generator[Any, Any, None]:
        """Begin the journeys of every hour that comes: each customer's own clock waits for the problem to appear."""
        appeared = self.customers.rows["appeared"]
        begun = 0
        while begun < len(appeared):
            upto = int(np.searchsorted(appeared, self.clock.now + HOUR, side="right"))
            for customer in range(begun, upto):
                Strand(self.clock, journey(WholeLife(customer, self)))
            begun = upto
            yield self.clock.timeout(HOUR)


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
        Another world's waits by queue, to be lived in place of this world's own (`sim.engines.open_loop`).
    tick : optional
        Told the time (min) once a simulated day.

    Raises
    ------
    ValueError
        If the world cannot be, or customers cannot be lived in it (`sim.people.checks`), or there are not as many
        waits as queues.
    """
    check_customers(world, customers)
    queues = len(world.queue_names())
    if waits is not None and len(waits) != queues:
        raise ValueError(f"waits are given for {len(waits)} queues: {world.name} has {queues}")
    office = Office(world, customers, luck, waits)
    office.clock.process(office.appearances())
    if tick is not None:
        office.clock.process(_ticking(office.clock, tick))
    with without_collecting():
        office.clock.live_until(world.time.end)
    rows = np.frombuffer(b"".join(office.diaries), ROW)
    rows = rows[rows["time"] < world.time.end]  # what a customer alone had ahead of the clock did not happen in time
    return History(world, customers, rows, customers.seed, customers.replication, "simpy")


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep the garbage collector from looking again and again through all that a run holds: no cycles are made."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _ticking(clock: Clock, tick: Callable[[float], None]) -> Generator[Any, Any, None]:
    while True:
        tick(clock.now)
        yield clock.timeout(DAY)
