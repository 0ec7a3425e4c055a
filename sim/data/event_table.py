"""A history as tables of events: in the columns of XES, and in those of vidigi, which animates them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.data.told import Told, write_table
from sim.history import codes
from sim.history.events import Activity, Event, begins

XES_COLUMNS = (
    "case:concept:name",
    "concept:name",
    "time:timestamp",
    "org:resource",
    "lifecycle:transition",
    "org:group",
    "contact",
    "leg",
    "amount",
    "case:reason",
    "case:segment",
)
"""A case is a problem; names with a colon are those of the XES standard (IEEE 1849)."""
VIDIGI_COLUMNS = ("entity_id", "event_type", "event", "time", "pathway", "resource_id", "run_number")
"""An entity is a call; time in min from Monday 00:00 of the first week; a pathway is a reason."""
_Step = tuple[int, str, str, float, str, int | str, int]
_APART = (Activity.AWAY, Activity.ENDED)
"""What is no activity of a log: it begins with an event that says more."""


def write_xes(told: Told, path: Path) -> None:
    """Write a row for each start and each completion of what customers do, and one for each other event."""
    write_table(path, XES_COLUMNS, _xes_rows(told))


def _xes_rows(told: Told) -> Iterator[tuple[object, ...]]:
    people = told.history.customers.rows
    population = told.history.world.population
    reasons, segments = list(population.reasons), list(population.segments)
    going: dict[str, Any] | None = None
    for row in told.rows():
        if going is not None and row["customer"] != going["customer"]:
            going = None  # the run has ended before what he was doing
        who = people[row["customer"]]
        case = reasons[who["reason"]], segments[who["segment"]]
        activity = begins(row["event"], row["leg"])
        if activity is not None and going is not None:
            yield _xes(told, going, _named(going), row["time"], "complete", case)
            going = None
        if activity is None or activity in _APART:
            yield _xes(told, row, Event(row["event"]).name.lower(), row["time"], "complete", case)
        else:
            going = row
            yield _xes(told, row, _named(row), row["time"], "start", case)


def _named(row: dict[str, Any]) -> str:
    activity = begins(row["event"], row["leg"])
    return "" if activity is None else activity.name.lower()


def _xes(
    told: Told, row: dict[str, Any], name: str, time: float, transition: str, case: tuple[str, str]
) -> tuple[object, ...]:
    amount = row["amount"] or ""
    who = told.numbers[row["customer"]], name, told.iso(time), told.agent(row), transition
    return (*who, told.place(row), row["contact"], row["leg"], amount, *case)


def write_vidigi(told: Told, path: Path) -> None:
    """Write calls as vidigi's entities: they arrive, wait in queues, use agents, and depart."""
    write_table(path, VIDIGI_COLUMNS, _in_order(told))


def _in_order(told: Told) -> list[_Step]:
    return sorted(_vidigi_rows(told), key=lambda step: step[3])


def _vidigi_rows(told: Told) -> Iterator[_Step]:
    people, reasons = told.history.customers.rows, list(told.history.world.population.reasons)
    call, run = 0, told.history.replication + 1
    for row in told.rows():
        if row["event"] == codes.DIALLED:
            call += 1
        for kind, name, agent in _steps(told, row):
            reason = reasons[people["reason"][row["customer"]]]
            yield call, kind, name, row["time"], reason, agent, run


def _steps(told: Told, row: dict[str, Any]) -> Iterator[tuple[str, str, int | str]]:
    """Yield what a row is in vidigi's words: kind of event, its name, and the agent's number from 1."""
    event, agent = row["event"], row["agent"] + 1
    if event == codes.DIALLED:
        yield "arrival_departure", "arrival", ""
    elif event == codes.PICKED_UP:
        yield "queue", "menu", ""
    elif event == codes.QUEUED:
        yield "queue", f"wait {told.place(row)}", ""
    elif event == codes.CALL_BACK_TAKEN:
        yield "queue", "await the ring", ""
    elif event == codes.ANSWERED:
        yield "resource_use", f"served by {told.teams[row['team']]}", agent
    elif event == codes.LEFT_AGENT:
        yield "resource_use_end", f"left {told.teams[row['team']]}", agent
    elif event in (codes.CALL_ENDED, codes.BLOCKED):
        yield "arrival_departure", "depart", ""
