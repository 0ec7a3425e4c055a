"""A fault in the SimPy telling is found by the compiled one: none of many lives on in a few small worlds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from sim.engines import run
from sim.engines.agreement import first_difference
from sim.history.rows import Event, History
from sim.machine.kernel.clock import Clock, Wake
from tests.twin.faults_in_simpy import FAULTS
from tests.twin.telling_worlds import told_compiled

MOST_PLANNED = 400_000
"""Events of a telling world: fifty thousand are usual."""


@pytest.fixture(autouse=True)
def _no_clock_stands_still(monkeypatch):
    """Stop a telling that goes on at one instant for ever, as the clock itself stops one that is led astray."""
    planned: Counter[Clock] = Counter()
    true = Clock.plan

    def plan(self: Clock, event: Wake, at: float, order: int) -> None:
        planned[self] += 1
        if planned[self] > MOST_PLANNED:
            raise RuntimeError(f"the clock stands still at {at} min")
        true(self, event, at, order)

    monkeypatch.setattr(Clock, "plan", plan)


@pytest.fixture(scope="module")
def compiled() -> list[History]:
    """Return the telling worlds as the compiled engine tells them, which no fault of this file can reach any more."""
    return told_compiled()


def differences(compiled: list[History]) -> Iterator[object]:
    """Yield what SimPy tells otherwise, world by world; a clock that is led astray says so."""
    for one in compiled:
        try:
            yield first_difference(run(one.world, one.customers, engine="simpy"), one)
        except RuntimeError as stopped:
            yield stopped


def test_all_that_can_happen_happens_in_the_telling_worlds(compiled):
    """Else a fault in what never happens could not be found."""
    assert {int(event) for one in compiled for event in one.rows["event"]} == set(Event)


def test_without_a_fault_there_is_no_difference(compiled):
    assert not any(differences(compiled))


@pytest.mark.parametrize("wrong", FAULTS)
def test_a_fault_is_found(wrong, compiled, monkeypatch):
    FAULTS[wrong](monkeypatch)
    assert any(differences(compiled)), "told to the bit as if nothing were wrong"


def test_when_a_fault_is_gone_all_agrees_again(compiled):
    """Stands last: the faults above have left nothing behind."""
    assert not any(differences(compiled))
