"""Models of the literature that nobody has printed figures of: designs of skill-based routing, redials, priorities.

All are scenario files alone. Where there is a formula or a chain of states it gives the figures; for skills a small
event simulation does, which shares nothing with the simulator (`skill_groups`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

import sim
from sim.measures import Tables
from tests.published.asked import Asked, Ours, over
from tests.published.skill_groups import Group, Type, waits

DESIGNS = Path(__file__).resolve().parent / "designs"
Floats = npt.NDArray[np.float64]
Figures = dict[str, Floats]
"""What is counted of each day."""


def lived(name: str, replications: int) -> Iterator[Tables]:
    world = sim.load(DESIGNS / f"{name}.toml")
    for number in range(replications):
        yield sim.tables(sim.run(world, sim.populate(world, seed=7, replication=number)))


def near(one: Ours, other: Ours) -> bool:
    """Say whether two figures are the same within four of their common standard errors."""
    return abs(one.mean - other.mean) <= 4 * math.hypot(one.error, other.error)


# Skills, against the small simulation ---------------------------------------------------------------------------------


def day_of(tables: Tables, kinds: int, soon: float, since: float = 0.0) -> Figures:
    """Count of each type and day: the answered, those soon, their waits."""
    day = Asked(tables, 1440.0)
    late = day.calls["dialled"] - day.unit * 1440.0 >= since
    counts = {}
    for kind in range(kinds):
        mine = (day.reason == kind) & late
        counts[f"answered {kind}"] = day.sum(mine & day.answered)
        counts[f"soon {kind}"] = day.sum(mine & day.answered & (day.wait <= soon))
        counts[f"wait {kind}"] = day.sum(np.where(mine, day.wait, 0.0))
    return counts


def small_day(
    rates: Sequence[float], minutes: float, make: Callable[[list[Type]], Sequence[Group]], needs: Sequence[float],
    patience: Sequence[float], asks: Sequence[Sequence[int]], days: int, soon: float, since: float = 0.0,
    leave_idle_first: bool = False,
) -> Figures:  # fmt: skip
    """Count the same in the small simulation."""
    luck = np.random.default_rng(2)
    found: dict[str, list[float]] = {}
    for day in range(days):
        types = []
        for rate, mean, patient, asked in zip(rates, needs, patience, asks, strict=True):
            many = int(luck.poisson(rate * minutes))
            arrives = np.sort(luck.uniform(0, minutes, many))
            types.append(Type(arrives, luck.exponential(mean, many), luck.exponential(patient, many), asked))
        ended = waits(types, make(types), leave_idle_first=leave_idle_first, seed=day)
        for kind, calls in enumerate(ended):
            mine = [(wait, served) for at, wait, served in calls if at >= since]
            found.setdefault(f"answered {kind}", []).append(sum(served for _, served in mine))
            found.setdefault(f"soon {kind}", []).append(sum(served and wait <= soon for wait, served in mine))
            found.setdefault(f"wait {kind}", []).append(sum(wait for wait, _ in mine))
    return {name: np.array(values, float) for name, values in found.items()}


def n_design(days: int) -> Figures:
    def groups(_: list[Type]) -> Sequence[Group]:
        return Group([(0.0, 4)], [0]), Group([(0.0, 5)], [1, 0])

    # The second group needs 4 minutes for a call of type a, as the first does, and 5 for one of type b.
    return small_day((1.2, 0.8), 480.0, groups, (4.0, 5.0), (3.0, 1.0), ((0, 1), (1,)), days, 1 / 3)


def w_design(days: int) -> Figures:
    def groups(_: list[Type]) -> Sequence[Group]:
        return Group([(0.0, 4)], [0, 1], True), Group([(0.0, 4)], [2, 1], True, {1: 0.5})

    return small_day(
        (0.6, 0.8, 0.6), 480.0, groups, (4.0, 3.0, 5.0), (3.0, 3.0, 3.0), ((0,), (0, 1), (1,)), days, 1 / 3
    )


def staff_falls(days: int, leave_idle_first: bool) -> Figures:
    def groups(_: list[Type]) -> Sequence[Group]:
        return (Group([(0.0, 20), (240.0, 10)], [0]),)

    return small_day((3.0,), 255.0, groups, (4.0,), (3.0,), ((0,),), days, 1 / 3, 240.0, leave_idle_first)


@pytest.mark.parametrize(("name", "kinds", "small"), [("n_design", 2, n_design), ("w_design", 3, w_design)])
def test_a_design_of_skills_as_the_small_simulation_has_it(name, kinds, small):
    """Days of eight hours from empty: answered, answered within 20 s, and waits, by type."""
    ours = [day_of(tables, kinds, 1 / 3) for tables in lived(name, 1)]
    theirs = small(60)
    for figure, values in theirs.items():
        mine = over(np.concatenate([part[figure] for part in ours]))
        assert near(mine, over(values)), f"{name}, {figure}: {mine} for {over(values)}"


def test_agents_leave_at_their_own_hours():
    """Of twenty, twelve busy, ten leave: some of those who stay are idle. By number alone ten busy ones would stay."""
    ours = [day_of(tables, 1, 1 / 3, 240.0) for tables in lived("staff_falls", 2)]
    persons, numbers = staff_falls(150, False), staff_falls(150, True)
    for figure, values in persons.items():
        assert near(over(np.concatenate([part[figure] for part in ours])), over(values)), figure
    soon = over(np.concatenate([part["soon 0"] for part in ours]))
    assert not near(soon, over(numbers["soon 0"]))
    assert soon.mean > over(numbers["soon 0"]).mean


# Redials, against the chain of states ---------------------------------------------------------------------------------


def redials(rate: float, agents: int, talk: float, patience: float, again: float, delay: float) -> tuple[float, ...]:
    """Return the share of calls that wait, the abandonments a minute, and the mean number of those who will redial.

    The stationary law of the two-dimensional chain (in the system, in orbit), cut off where it holds nobody.
    """
    from scipy import sparse
    from scipy.sparse.linalg import spsolve

    inside, orbit = 60, 110
    places = np.arange(inside * orbit).reshape(inside, orbit)
    here, there, rates = [], [], []

    def goes(since: tuple[int, int], to: tuple[int, int], at: float) -> None:
        if at > 0 and to[0] < inside and to[1] < orbit:
            here.append(places[since])
            there.append(places[to])
            rates.append(at)

    for n in range(inside):
        for j in range(orbit):
            goes((n, j), (n + 1, j), rate)
            goes((n, j), (n + 1, j - 1), j / delay)
            goes((n, j), (n - 1, j), min(n, agents) / talk + max(n - agents, 0) / patience * (1 - again))
            goes((n, j), (n - 1, j + 1), max(n - agents, 0) / patience * again)
    size = inside * orbit
    flow = sparse.coo_matrix((rates, (there, here)), (size, size)).tolil()
    flow.setdiag(-np.bincount(here, rates, size))
    flow[0] = 1.0
    law = spsolve(flow.tocsc(), np.eye(1, size)[0]).reshape(inside, orbit)
    assert law[-1].sum() < 1e-9
    assert law[:, -1].sum() < 1e-9
    calls = rate + law.sum(axis=0) @ np.arange(orbit) / delay
    arrive = law * (rate + np.arange(orbit) / delay)
    lost = law.sum(axis=1) @ np.maximum(np.arange(inside) - agents, 0) / patience
    return float(arrive[agents:].sum() / calls), float(lost), float(calls)


def test_erlang_a_with_redials():
    """Calls a minute, redials among them, the share that waits, and the abandonments."""
    waiting, lost, calls = redials(1.0, 10, 10.0, 5.0, 0.8, 10.0)
    every = list(lived("redials", 12))
    dialled = np.array([len(tables.dialled) for tables in every], float)
    waited = np.array([(tables.dialled["wait"] > 0).sum() for tables in every], float)
    abandoned = np.array([tables.dialled["abandoned"].sum() for tables in every], float)
    minutes = every[0].stop - every[0].start
    assert near(over(dialled / minutes), Ours(calls, 0.0, 1))
    assert near(over(waited, dialled), Ours(waiting, 0.0, 1))
    assert near(over(abandoned / minutes), Ours(lost, 0.0, 1))


# Priorities -----------------------------------------------------------------------------------------------------------


def test_cobhams_priorities():
    """Mean waits W_k = R / ((1 - s_(k-1)) (1 - s_k)), where R is half of the sum of rate x E[S^2] (Cobham 1954)."""
    rates, means = (0.2, 0.3), (1.0, 2.0)
    left = sum(rate * 2 * mean**2 for rate, mean in zip(rates, means, strict=True)) / 2
    loads = np.cumsum([rate * mean for rate, mean in zip(rates, means, strict=True)])
    expected = left / (1 - loads[0]), left / ((1 - loads[0]) * (1 - loads[1]))
    every = [Asked(tables) for tables in lived("cobham", 12)]
    for kind, mean in enumerate(expected):
        waited = np.array([asked.wait[asked.reason == kind].sum() for asked in every])
        calls = np.array([(asked.reason == kind).sum() for asked in every], float)
        assert near(over(waited, calls), Ours(mean, 0.0, 1)), kind
