"""The truths themselves are tried: a true history has nothing against it, and each lie planted in it is found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.history.rows import Event, History
from sim.world import World
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
        pytest.param("order", 0, Event.DIALLED, {"event": Event.PREVENTED}, id="prevented and yet lived"),
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


# Queues ---------------------------------------------------------------------------------------------------------------

AGENTS = {"staff": 1, "talk": "10 min", "wage": 0}


def routed(front: dict[str, Any], /, staff: int = 1, **queues: Any) -> World:
    """Return a world with a front for gold and silver, which also the back serves."""
    return plain(
        population={"reasons": {"any": {"share": 0.5}, "gold": {"share": 0.5}}, "again": {"most_attempts": 1}},
        line={"team": "silver", "routes": {"gold": "gold"}},
        teams={
            "front": {"serves": ["gold", "silver"], "staff": staff, **front},
            "back": {**AGENTS, "staff": 0, "serves": ["silver"]},
        },
        queues={"gold": {}, "silver": {}, **queues},
    )


CALLERS = (1, 2, 3, {"appeared": 5, "reason": 1}, 6)
"""Silver at 1, 2, 3 and 6, and gold at 5; the front is busy to 14, and takes another every 13 minutes."""


def with_another_world(lived_in: World, told_of: World) -> list[str]:
    """Return what is found wrong with a history lived in one world when it is told of another."""
    return falsehoods(replace(lived(lived_in, *CALLERS), world=told_of))


@pytest.mark.parametrize(
    ("truth", "lived_in", "told_of"),
    [
        pytest.param("takers", routed({}), routed({"takes": "by_score"}), id="in order, said to be by score"),
        pytest.param("takers", routed({"takes": "by_score"}), routed({}), id="by score, said to be in order"),
        pytest.param("takers", routed({}), routed({"takes": "longest_queue"}), id="the shorter queue, not the longest"),
        pytest.param("takers", routed({"serves": ["silver", "gold"]}), routed({}), id="in the other order"),
        pytest.param("takers", routed({}), routed({}, silver={"after": {"front": "30 min"}}), id="too soon"),
        pytest.param("takers", routed({}), routed({"reserved": {"silver": 1}}), id="one who is kept back"),
        pytest.param("queues", routed({}, silver={"after": {"front": "9 min"}}), routed({}), id="idle beside callers"),
        pytest.param("queues", routed({"reserved": {"silver": 1}}), routed({}), id="idle, and not kept back"),
        pytest.param("places", routed({}), routed({}, silver={"places": 1}), id="two where one may wait"),
        pytest.param("places", routed({}, silver={"places": 1}), routed({}), id="turned away, where all may wait"),
    ],
)  # fmt: skip
def test_another_order_of_service_is_found_out(truth, lived_in, told_of):
    assert not falsehoods(lived(lived_in, *CALLERS))
    assert any(found.startswith(f"{truth}:") for found in with_another_world(lived_in, told_of))


def test_a_queue_out_of_turn_is_found_out():
    """He of 3 is said to have queued at 1.5, before the one of 2 who is served first."""
    history = lived(routed({}), *CALLERS)
    rows = history.rows.copy()
    mine = (rows["customer"] == 2) & (rows["time"] == 3)
    rows["time"][mine] = 1.5
    assert any(found.startswith("queues: 2 waits in silver") for found in falsehoods(replace(history, rows=rows)))


@pytest.mark.parametrize(
    ("event", "silver", "paths"),
    [
        ("MOVED_ON", {"places": 0}, {"on": {"from": "silver", "to": "back", "when": "full"}}),
        ("CHOSE_QUEUE", {"choice": {"queue": "back", "above": "1 min", "accepted": 1.0}}, {}),
    ],
)
def test_a_way_that_nothing_names_is_found_out(event, silver, paths):
    """They go from silver to the back, and are said to have gone to gold."""
    world = plain(
        line={"team": "silver"},
        teams={"front": {"serves": ["gold", "silver"]}, "back": {**AGENTS, "staff": 2}},
        queues={"gold": {}, "silver": silver},
        paths=paths,
    )
    history = lived(world, 0, 1)
    assert not falsehoods(history)
    rows = history.rows.copy()
    rows["team"][int((rows["event"] == Event[event]).argmax()) + 1] = world.queue_names().index("gold")
    assert any(found.startswith("passing_on:") for found in falsehoods(replace(history, rows=rows)))


# Shifts and absence ---------------------------------------------------------------------------------------------------


def at_work(**front: Any) -> World:
    """Return the plain world with the front on shifts, or absent."""
    return plain(teams={"front": front})


def test_who_answers_in_his_break_or_while_he_is_absent_is_found_out():
    """The second is answered at 13; the break of the one lasts from 0:00 to 0:30, the other is never there."""
    shift = {"agents": 1, "hours": ["mon-sun 00:00-24:00"], "breaks": ["00:00-00:30"]}
    for told_of in (at_work(staff=0, shifts={"day": shift}), at_work(absent=1)):
        found = falsehoods(replace(lived(at_work(), 0, 5), world=told_of))
        assert any("takes 1 at 13.0, off duty" in said for said in found)


def test_who_holds_beside_an_agent_who_has_no_break_is_found_out():
    """He was on a break to 0:30."""
    shift = {"agents": 1, "hours": ["mon-sun 00:00-24:00"], "breaks": ["00:00-00:30"]}
    found = falsehoods(replace(lived(at_work(staff=0, shifts={"day": shift}), 5), world=at_work()))
    assert any("some wait in front" in said for said in found)
