"""How fast: the reference workload M2, a day of about 5,000 problems, told in several ways, side by side.

Run it: ``python experiments/speed.py`` (half a minute). Ratios carry over to other machines; seconds do not.

* **textbook**: SimPy as its documentation teaches it, below: a process per customer, `simpy.Resource`,
  `request | patience | cut`, luck drawn when it is needed from Python's `random`.
* **scenario on SimPy**: the same day as `experiments/m2.toml` on this project's SimPy engine, which also
  draws every number by key and writes the whole history.

Both live the same appearances of problems; their other luck differs, so the means agree within chance only.
What the scenario says otherwise, and the small differences this makes, stands at the head of `m2.toml`.
"""

from __future__ import annotations

import argparse
import math
import platform
import random
import statistics
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import simpy

from sim.engines import run
from sim.history import Event, History
from sim.population import populate
from sim.scenario import World, load

# The textbook ----------------------------------------------------------------------------------------------

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


# The measurement -------------------------------------------------------------------------------------------

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


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the seconds that the work takes, and what it gives."""
    began = time.perf_counter()
    result = work()
    return time.perf_counter() - began, result


def one_day(world: World, seed: int) -> dict[str, tuple[float, list[float]]]:
    """Return seconds and means per problem of each way, for one day."""
    drawing, customers = timed(lambda: populate(world, seed=seed))
    appearances = customers.rows["appeared"]
    appearances = appearances[appearances < LAST_DIAL].tolist()
    by_hand, lived = timed(lambda: textbook(appearances, seed))
    on_simpy, history = timed(lambda: run(world, customers, engine="simpy"))
    means = means_of_history(history)
    return {
        "textbook SimPy": (by_hand, means_of_textbook(lived)),
        "scenario on SimPy": (on_simpy, means),
        "the same, customers drawn": (on_simpy + drawing, means),
    }


def with_error(values: Sequence[float]) -> str:
    """Write the mean of the days with its standard error."""
    return f"{statistics.fmean(values):.3f} +-{statistics.stdev(values) / math.sqrt(len(values)):.3f}"


def main() -> None:
    """Measure interleaved runs and print medians, ratios and means per problem."""
    parser = argparse.ArgumentParser(description="How fast: the reference workload M2, told in several ways.")
    parser.add_argument("--runs", type=int, default=9, help="days measured, each in every way in turn")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if asked.runs < 2:
        parser.error("at least two runs, or there is no error to state")
    world = load(Path(__file__).with_name("m2.toml"))
    one_day(world, asked.seed)  # a day to warm up
    days = [one_day(world, asked.seed + day) for day in range(1, asked.runs + 1)]
    problems = world.population.problems_per_day
    print(f"M2: a day of about {problems:g} problems, {asked.runs} days, each in every way in turn")
    print(f"Python {platform.python_version()}, SimPy {simpy.__version__}, {platform.machine()}\n")
    print(f"{'':28}{'ms a day':>10}{'speed':>8}" + "".join(f"{name:>19}" for name in MEANS))
    reference = [day["textbook SimPy"][0] for day in days]
    for way in days[0]:
        seconds = [day[way][0] for day in days]
        ratio = statistics.median(first / second for first, second in zip(reference, seconds, strict=True))
        columns = zip(*(day[way][1] for day in days), strict=True)
        cells = "".join(f"{with_error(column):>19}" for column in columns)
        print(f"{way:28}{1000 * statistics.median(seconds):10.0f}{ratio:8.2f}{cells}")
    print(
        "\nMedians of the days; speed is against the textbook, day by day. Means are per problem, +- 1 standard error."
    )


if __name__ == "__main__":
    main()
