"""Every world that is shipped, and the workload of the benchmark, told by both."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.reading import load
from sim.world import Horizon, World
from tests.twin.both import twins_of

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted((ROOT / "scenarios").glob("*.toml"))
VARIANTS = sorted((ROOT / "scenarios" / "variants").glob("*.toml"))


def of_a_few_days(world: World) -> World:
    """Return the world with eight days in all: a weekend, and a Monday after it."""
    short = Horizon.model_validate({"warm_up": "0 d", "horizon": "5 d", "follow_up": "3 d"})
    return world.model_copy(update={"time": short})


def test_there_are_worlds_to_be_told():
    assert {"base", "double_peine", "empowered", "hotline_2005"} <= {file.stem for file in SHIPPED}


def of_enough_days(world: World) -> World:
    """Return it as `of_a_few_days`; where few problems appear, or they take weeks, with three months."""
    if world.population.problems_per_day > 30:
        return of_a_few_days(world)
    long = Horizon.model_validate({"warm_up": "0 d", "horizon": "70 d", "follow_up": "20 d"})
    return world.model_copy(update={"time": long})


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_few_days_of_a_shipped_world_are_told_the_same(file, seed):
    assert len(twins_of(of_enough_days(load(file)), seed=seed).rows) > 5000


@pytest.mark.parametrize("file", VARIANTS, ids=lambda file: file.stem)
def test_a_few_days_of_a_variant_are_told_the_same(file):
    twins_of(of_a_few_days(load(file)), seed=1)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_workload_of_the_benchmark_is_told_the_same(seed):
    """A day of 5,000 problems, ten calls each at most."""
    assert len(twins_of(load(ROOT / "experiments" / "m2.toml"), seed=seed).rows) > 50_000


@pytest.mark.slow
@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_shipped_world_is_told_the_same_to_its_end(file):
    """All 79 days of it, in a replication that is not the first."""
    assert len(twins_of(load(file), seed=1, replication=7).rows) > 50_000
