"""M1, Erlang A, in four tools: SimPy's textbook, Ciw, salabim, and `experiments/m1.toml` on the compiled engine.

Each way returns the share of callers who hung up, which the formula knows too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Generator, Iterator
from importlib.util import find_spec
from typing import Any

import simpy

from bench.engines import SEED
from bench.lines import Line, Size, Target, Told
from bench.stopwatch import Way, interleaved, ratios
from bench.worlds import m1
from sim.measures import measure, measured
from sim.people.crowd import Coming
from sim.theory import erlang_a

RATE, HANDLING, AGENTS, PATIENCE, UNTIL = 10.0, 4.0, 42, 3.0, 600.0  # a minute, min, agents, min, min
_WANTED = Target(100, at_least=True)
Share = Callable[[int], float]


def on_simpy(turn: int) -> float:
    """Live it as SimPy's documentation teaches."""
    env, luck = simpy.Environment(), random.Random(SEED + turn)
    agents, seen = simpy.Resource(env, AGENTS), [0, 0]

    def caller() -> Generator[simpy.Event, Any, None]:
        with agents.request() as turn:
            yield turn | env.timeout(luck.expovariate(1 / PATIENCE))
            seen[turn.triggered] += 1
            if turn.triggered:
                yield env.timeout(luck.expovariate(1 / HANDLING))

    def callers() -> Generator[simpy.Event, Any, None]:
        while True:
            yield env.timeout(luck.expovariate(RATE))
            env.process(caller())

    env.process(callers())
    env.run(until=UNTIL)
    return seen[False] / sum(seen)


def on_ciw(turn: int) -> float:
    """Live it as Ciw's guide on reneging does."""
    import ciw

    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(RATE)],
        service_distributions=[ciw.dists.Exponential(1 / HANDLING)],
        number_of_servers=[AGENTS],
        reneging_time_distributions=[ciw.dists.Exponential(1 / PATIENCE)],
    )
    ciw.seed(SEED + turn)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(UNTIL)
    records = simulation.get_all_records()
    return sum(record.record_type == "renege" for record in records) / len(records)


def on_salabim(turn: int) -> float:
    """Live it as salabim's manual does, in its classic way, with `yield`."""
    import salabim

    env = salabim.Environment(trace=False, random_seed=SEED + turn, yieldless=False)
    agents, luck, seen = salabim.Resource("agents", AGENTS), random.Random(SEED + turn), [0, 0]

    class Caller(salabim.Component):  # type: ignore[misc]
        def process(self) -> Generator[Any, Any, None]:
            yield self.request(agents, fail_delay=luck.expovariate(1 / PATIENCE))
            seen[not self.failed()] += 1
            if not self.failed():
                yield self.hold(luck.expovariate(1 / HANDLING))

    salabim.ComponentGenerator(Caller, iat=salabim.Exponential(1 / RATE))
    env.run(till=UNTIL)
    return seen[False] / sum(seen)


def on_compiled() -> Share:
    """Return what lives the scenario: its customers made, lived and measured."""
    world = m1()

    def lived(turn: int) -> float:
        totals = measured(world, Coming.to(world, seed=SEED, replication=turn)).totals
        above, below = measure(totals, ["abandoned_share"])["abandoned_share"]
        return above / below

    return lived


_TOOLS: dict[str, tuple[str, Share]] = {
    "SimPy": ("simpy", on_simpy),
    "Ciw": ("ciw", on_ciw),
    "salabim": ("salabim", on_salabim),
}


def rivals(size: Size, told: Told) -> Iterator[Line | str]:
    """Compare the tools on Erlang A."""
    ours = "the scenario, compiled"
    here: dict[str, Share] = {name: way for name, (module, way) in _TOOLS.items() if find_spec(module)}
    here[ours] = on_compiled()
    shares: dict[str, list[float]] = {name: [] for name in here}

    def noting(name: str) -> Callable[[int], None]:
        return lambda turn: shares[name].append(here[name](turn))

    ways = {name: Way(noting(name), times=10 if name == ours else 1) for name in here}
    seconds = interleaved(ways, size.rounds, told)
    for name in _TOOLS:
        if name in here:
            wanted = None if name == "SimPy" else _WANTED
            yield Line(f"Erlang A: compiled against {name}", "times", ratios(seconds[name], seconds[ours]), wanted)
        else:
            yield f"Erlang A: {name} is not installed (uv sync --extra bench): not measured"
    yield Line("  the compiled ten hours, everything", "ms", [1000 * took for took in seconds[ours]])
    known = erlang_a(RATE, HANDLING, AGENTS, PATIENCE).p_abandon
    told_by = ", ".join(f"{name} {sum(each) / len(each):.4f}" for name, each in shares.items())
    yield f"  hung up: {told_by}; in the steady state {known:.4f} (formula)"
