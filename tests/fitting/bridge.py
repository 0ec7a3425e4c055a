"""A history as the log of calls that a switch would have written of it."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np

from sim.data.call_log import CALL, CallLog, Outcome
from sim.history.events import Event
from sim.history.rows import History

_VAIN = {
    Event.BALKED: Outcome.ABANDONED,
    Event.ABANDONED: Outcome.ABANDONED,
    Event.DISMISSED: Outcome.TURNED_AWAY,
    Event.CUT: Outcome.TIMED_OUT,
}
_PASSED = (Event.TRANSFERRED_COLD, Event.TRANSFERRED_WARM)


def log_of(history: History) -> CallLog:
    """Return every wait of a history as a row: what came of it, who answered, and when it ended."""
    rows: list[list[Any]] = []
    teams = tuple(history.world.teams)
    agents: dict[tuple[int, int], int] = {}
    waiting: list[Any] | None = None
    for customer, time, event, team, agent, amount in zip(
        *(history.rows[name].tolist() for name in ("customer", "time", "event", "team", "agent", "amount")), strict=True
    ):
        if event == Event.BLOCKED:
            rows.append([0, -1, customer, time, math.nan, time, math.nan, Outcome.BLOCKED])
        elif event == Event.QUEUED:
            waiting = [team, -1, customer, time, math.nan, math.nan, math.nan, Outcome.OPEN]
            rows.append(waiting)
        elif waiting is not None and event in _VAIN and math.isnan(waiting[4]):
            waiting[5], waiting[7] = time, _VAIN[Event(event)]
        elif waiting is not None and event == Event.ANSWERED:
            waiting[1] = agents.setdefault((team, agent), len(agents))
            waiting[4], waiting[7] = time, Outcome.ANSWERED
        elif waiting is not None and event in _PASSED:
            waiting[7] = Outcome.TRANSFERRED
        elif waiting is not None and event == Event.LEFT_AGENT:
            waiting[5], waiting[6] = time, amount
    calls = np.array([tuple(row) for row in rows], CALL)
    calls = calls[np.argsort(calls["arrived"], kind="stable")]
    names = tuple(f"{teams[team]} {agent}" for team, agent in agents)
    return CallLog(calls, date(2024, 1, 1), teams, names, tuple(map(str, range(len(history.customers)))))
