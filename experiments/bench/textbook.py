"""The reference day M2 as SimPy's documentation teaches it: a process per customer, `request | patience | cut`.

`experiments/m2.toml` is the same day as a scenario; what it says otherwise stands at its head. Both live the same
appearances of problems; their other luck differs, so that their means agree within chance only.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Generator, Sequence
from dataclasses import astuple, dataclass
from typing import Any

import numpy as np
import simpy

from sim.history.rows import Event, History

LAST_DIAL = 720.0  # min
MOST_CONTACTS = 10
TRUNKS, FIRST, SECOND = 250, 60, 16
MENU, IDENTIFICATION, CUT_AFTER = 0.5, 1.0, 20.0  # min
PATIENCE, REDIAL_AFTER, CALLS_BACK_WITHIN = 8.0, 10.0, 120.0  # min: two means and an upper bound
SIGMA = 0.8
MU = math.log(5.0) - SIGMA**2 / 2  # talk: lognormal of mean 5 min
PASSED_ON, WRONG_POOL, WRONG_PART = 0.35, 0.2, 0.25
REDIALS, CALLS_BACK = 0.7, 0.15


@dataclass(slots=True)
class Customer:
    """What one customer has lived."""

    contacts: int = 0
    wait: float = 0.0
    on_the_line: float = 0.0
    identifications: int = 0
    cuts: int = 0


class Centre:
    """The resources of the call centre."""

    def __init__(self, luck: random.Random) -> None:
        self.env, self.luck = simpy.Environment(), luck
        self.trunks = simpy.Resource(self.env, TRUNKS)
        self.first = simpy.Resource(self.env, FIRST)
        self.second = (simpy.Resource(self.env, SECOND), simpy.Resource(self.env, SECOND))


Process = Generator[simpy.Event, Any, Any]


def journey(centre: Centre, me: Customer) -> Process:
    """Call, and call again."""
    env, luck = centre.env, centre.luck
    while me.contacts < MOST_CONTACTS and env.now < LAST_DIAL:
        me.contacts += 1
        done = yield from call(centre, me)
        if luck.random() >= (CALLS_BACK if done else REDIALS):
            return
        yield env.timeout(luck.uniform(0, CALLS_BACK_WITHIN) if done else luck.expovariate(1 / REDIAL_AFTER))


def call(centre: Centre, me: Customer) -> Process:
    """Go from agent to agent; return whether it ended as it should, neither cut nor abandoned."""
    env, luck = centre.env, centre.luck
    if centre.trunks.count == TRUNKS:
        return False
    with centre.trunks.request() as trunk:
        yield trunk
        picked_up = env.now
        cut = env.timeout(CUT_AFTER)
        yield env.timeout(MENU)
        done = yield from served(centre, me, centre.first, 1.0, cut)
        if done and luck.random() < PASSED_ON:
            pool = luck.randrange(2)
            for agents_left in (3, 2, 1, 0):
                wrong = agents_left > 0 and luck.random() < WRONG_POOL
                done = yield from served(centre, me, centre.second[pool], WRONG_PART if wrong else 1.0, cut)
                if not (done and wrong):
                    break
                pool = 1 - pool
        me.on_the_line += env.now - picked_up
    return done


def served(centre: Centre, me: Customer, team: simpy.Resource, part: float, cut: simpy.Event) -> Process:
    """Hold for an agent, be identified, talk; return False when patience or the cut ends it."""
    env, luck = centre.env, centre.luck
    queued = env.now
    with team.request() as turn:
        yield turn | env.timeout(luck.expovariate(1 / PATIENCE)) | cut
        me.wait += env.now - queued
        if not turn.triggered or cut.processed:
            me.cuts += cut.processed
            return False
        me.identifications += 1
        yield env.timeout(IDENTIFICATION) | cut
        if not cut.processed:
            yield env.timeout(part * luck.lognormvariate(MU, SIGMA)) | cut
        me.cuts += cut.processed
        return not cut.processed


def callers(centre: Centre, appearances: Sequence[float], customers: Sequence[Customer]) -> Process:
    """Begin a journey at each appearance."""
    for at, customer in zip(appearances, customers, strict=True):
        yield centre.env.timeout(at - centre.env.now)
        centre.env.process(journey(centre, customer))


def textbook(appearances: Sequence[float], seed: int) -> list[Customer]:
    """Simulate the day and return what each customer lived."""
    centre = Centre(random.Random(seed))
    customers = [Customer() for _ in appearances]
    centre.env.process(callers(centre, appearances, customers))
    centre.env.run()
    return customers


MEANS = ("contacts", "hold (s)", "line (s)", "identifications", "cuts")
FACTORS = (1, 60, 60, 1, 1)


def means_of_textbook(customers: Sequence[Customer]) -> list[float]:
    """Return the means per problem."""
    return [
        factor * statistics.fmean(column)
        for factor, column in zip(FACTORS, zip(*map(astuple, customers), strict=True), strict=True)
    ]


def means_of_history(history: History) -> list[float]:
    """Return the same means of the scenario's history."""
    rows, problems = history.rows, len(history.customers)
    event = rows["event"]
    queued = np.flatnonzero(event == Event.QUEUED)
    hold = (rows["time"][queued + 1] - rows["time"][queued]).sum()
    on_the_line = rows["time"][event == Event.CALL_ENDED].sum() - rows["time"][event == Event.PICKED_UP].sum()
    counted = [(event == what).sum() for what in (Event.DIALLED, Event.IDENTIFYING, Event.CUT)]
    totals = (counted[0], hold, on_the_line, counted[1], counted[2])
    return [float(factor * total / problems) for factor, total in zip(FACTORS, totals, strict=True)]
