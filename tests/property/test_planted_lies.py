"""The truths themselves are tried: a true history has nothing against it, and each lie planted in it is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.history.rows import Event, History
from tests.by_hand import lived, plain
from tests.property.truths import falsehoods


def true_history() -> History:
    """Two customers and one agent: the second holds from 5 to 13 and is served to 26."""
    return lived(plain(line={"lines": 2}, levers={"time": {"cut_after": "40 min"}}), 0, 5)


def with_lie(customer: int, event: Event, /, **values: float) -> list[str]:
    """Return what is found wrong after a customer's first row of this kind is changed."""
    history = true_history()
    rows = history.rows.copy()
    at = int(((rows["customer"] == customer) & (rows["event"] == event)).argmax())
    for name, value in values.items():
        rows[name][at] = value
    return falsehoods(replace(history, rows=rows))


def test_of_a_true_history_nothing_is_false():
    assert falsehoods(true_history()) == []


@pytest.mark.parametrize(
    ("truth", "customer", "event", "values"),
    [
        pytest.param("order", 0, Event.SOLVED, {"event": Event.EXPLAINING}, id="a story after the talk"),
        pytest.param("order", 0, Event.CALL_ENDED, {"time": 12.0}, id="a call that ends before its verdict"),
        pytest.param("order", 0, Event.CALL_ENDED, {"time": 14.0}, id="a line held after the agent has gone"),
        pytest.param("journeys", 0, Event.APPEARED, {"time": 0.5}, id="a problem that appears too late"),
        pytest.param("journeys", 0, Event.CALL_ENDED, {"event": Event.GAVE_UP}, id="solved and given up"),
        pytest.param("attempts", 1, Event.DIALLED, {"contact": 1}, id="a first call that is called the second"),
        pytest.param("marks", 0, Event.ANSWERED, {"agent": -1}, id="answered by nobody"),
        pytest.param("marks", 0, Event.TALKING, {"agent": 7}, id="an eighth agent in a team of one"),
        pytest.param("marks", 0, Event.DIALLED, {"amount": 3.0}, id="an amount where none is meant"),
        pytest.param("agents", 0, Event.LEFT_AGENT, {"amount": 5.0}, id="after-call work during the next call"),
        pytest.param("queues", 0, Event.LEFT_AGENT, {"time": 10.0}, id="an agent idle while another holds"),
        pytest.param("spans", 0, Event.TALKING, {"amount": 11.0}, id="a talk shorter than its work"),
        pytest.param("clock", 0, Event.SOLVED, {"event": Event.CUT}, id="a cut before its time"),
        pytest.param("clock", 1, Event.CALL_ENDED, {"time": 46.0}, id="a call longer than the clock allows"),
    ],
)
def test_a_planted_lie_is_found(truth, customer, event, values):
    assert any(found.startswith(f"{truth}:") for found in with_lie(customer, event, **values))
