"""All film strips, to be looked at again when something is wrong on purpose."""

from __future__ import annotations

import importlib
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from sim.engines import simpy_engine
from sim.mechanisms.state.numbers import plan
from sim.mechanisms.state.plans import Plan
from sim.world import World
from tests import by_hand

Strip = Callable[[], None]
_LONGEST = 2
"""Seconds that a strip may take."""
WRONG = (AssertionError, ArithmeticError, AttributeError, LookupError, NameError, RuntimeError, TypeError, ValueError)
"""How a strip goes wrong: it says so, or the world can no longer be lived."""


def strips() -> dict[str, Strip]:
    """Return every strip by its name; of those with parameters each."""
    files = sorted(Path(__file__).parent.glob("test_film_strips_*.py"))
    modules = [importlib.import_module(f"tests.stories.{file.stem}") for file in files]
    return {name: strip for module in modules for name, strip in _strips_of(module)}


def _strips_of(module: Any) -> Iterator[tuple[str, Strip]]:
    for name, test in vars(module).items():
        if not name.startswith("test_"):
            continue
        marks = getattr(test, "pytestmark", [])
        if not marks:
            yield name, test
        for mark in marks:
            names, all_values = mark.args
            for place, one in enumerate(all_values):
                yield f"{name}[{place}]", partial(test, **_given(_split(names), one))


def _given(names: tuple[str, ...], one: Any) -> dict[str, Any]:
    """Return what a strip is given for its parameters, by `pytest.param` or as it stands."""
    as_it_stands = (one,) if len(names) == 1 else one
    return dict(zip(names, one.values if hasattr(one, "marks") else as_it_stands, strict=True))


def _split(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else names


def told_by_simpy_alone(patch: pytest.MonkeyPatch) -> None:
    """Leave the compiled engine out: what is wrong in Python alone would part the two, whatever a strip says.

    The worlds are those that were lived without a fault: they are not checked and made numbers of again and again.
    """
    patch.setattr(by_hand, "assert_compiled_tells", lambda told: None)
    patch.setattr(by_hand, "assert_both_tell", lambda world, customers: None)
    patch.setattr(simpy_engine, "plan", _planned_once)
    patch.setattr(simpy_engine, "check_customers", lambda world, customers: None)


_planned: dict[int, tuple[World, Plan]] = {}


def _planned_once(world: World) -> Plan:
    if id(world) not in _planned:
        _planned[id(world)] = world, plan(world)
    return _planned[id(world)][1]


def first_spoilt(found: dict[str, Strip]) -> str | None:
    """Return the first strip that goes wrong."""
    for name, strip in found.items():
        try:
            with watched():
                strip()
        except WRONG:
            return name
    return None


@contextmanager
def watched() -> Iterator[None]:
    """Take a strip that goes round for ever for one that goes wrong: others take milliseconds."""

    def ends(*_: object) -> None:
        raise RuntimeError("this strip goes round for ever")

    before = signal.signal(signal.SIGALRM, ends)
    signal.alarm(_LONGEST)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
