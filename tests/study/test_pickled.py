"""Worlds, customers, histories and results go to other processes and come back as they were."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import sim
from tests.study.test_studies_by_hand import toll_and_none
from tests.worlds import tiny_world

SIZE: dict[str, Any] = {"replications": 2, "days": 1}
COPIES: dict[str, Callable[[Any], Any]] = {
    "pickle": lambda value: pickle.loads(pickle.dumps(value)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


def few_lines() -> sim.World:
    return sim.changed("base", {"line.lines": 10})


STUDIES: dict[str, Callable[[Any], Any]] = {
    "replications": lambda folder: sim.replicate("base", **SIZE),
    "comparison": lambda folder: sim.compare("base", few_lines(), equal="none", **SIZE),
    "sweep": lambda folder: sim.sweep("base", [{"line.lines": 10}], measures=["calls_per_problem"], **SIZE),
    "kept sweep": lambda folder: sim.sweep(
        "base", [{"line.lines": 10}], out=folder, measures=["calls_per_problem"], **SIZE
    ),
    "plan": lambda folder: sim.staff("base", "abandonment<=0.9 over the whole", every="day", budget=10, **SIZE),
    "break-even": lambda folder: sim.break_even(
        *toll_and_none(), vary="tariff.price_per_minute", vary_in="first", between=(0.05, 3.0), **SIZE
    ),
    "levers": lambda folder: sim.levers(*toll_and_none(), equal="staff", **SIZE),
    "weights": lambda folder: sim.effort_weights(*toll_and_none(), **SIZE),
}


@pytest.fixture(scope="module", params=STUDIES)
def made(request, tmp_path_factory):
    return STUDIES[request.param](tmp_path_factory.mktemp("study"))


@pytest.mark.parametrize("how", COPIES)
def test_a_result_says_the_same_when_it_was_copied(made, how):
    again = COPIES[how](made)
    assert again is not made
    assert again.text() == made.text()
    assert again.to_json() == made.to_json()


@pytest.mark.parametrize("how", COPIES)
def test_customers_and_their_histories_are_the_same_when_they_were_copied(how):
    world = COPIES[how](tiny_world())
    customers = COPIES[how](sim.populate(world, seed=1))
    history = COPIES[how](sim.run(world, customers))
    there = sim.run(tiny_world(), sim.populate(tiny_world(), seed=1))
    assert (history.rows == there.rows).all()
    assert sim.measure(history) == sim.measure(there)
