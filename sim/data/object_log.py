"""A history as an object-centric event log: OCEL 2.0 in JSON, where an event belongs to problem, call, agent and team.

Source: A. Berti et al., OCEL (Object-Centric Event Log) 2.0 Specification, 2024, chapter on JSON; ocel-standard.org.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from sim.data.told import Told
from sim.files import written_whole
from sim.history import codes
from sim.history.events import Event

_OBJECTS: dict[str, dict[str, str]] = {
    "problem": {"reason": "string", "segment": "string"},
    "call": {"contact": "integer"},
    "agent": {"number": "integer"},
    "team": {"name": "string"},
}
"""The kinds of objects, with their attributes and these attributes' types."""


def write_ocel(told: Told, path: Path) -> None:
    """Write a history as OCEL 2.0 JSON, whole or not at all; it is written row by row, however long it is."""
    event_types = [{"name": event.name.lower(), "attributes": [_attribute("amount", "float")]} for event in Event]
    object_types = [
        {"name": name, "attributes": [_attribute(*one) for one in attributes.items()]}
        for name, attributes in _OBJECTS.items()
    ]
    with written_whole(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        file.write(f'{{"objectTypes": {json.dumps(object_types)},\n"eventTypes": {json.dumps(event_types)},\n')
        _listed(file, "objects", _objects(told))
        file.write(",\n")
        _listed(file, "events", _events(told))
        file.write("}\n")


def _attribute(name: str, kind: str) -> dict[str, str]:
    return {"name": name, "type": kind}


def _listed(file: IO[str], name: str, items: Iterable[dict[str, Any]]) -> None:
    file.write(f'"{name}": [')
    for number, item in enumerate(items):
        file.write((",\n" if number else "\n") + json.dumps(item, ensure_ascii=False, allow_nan=False))
    file.write("]")


def _objects(told: Told) -> Iterator[dict[str, Any]]:
    people, population = told.history.customers.rows, told.history.world.population
    reasons, segments = list(population.reasons), list(population.segments)
    began = told.iso(0.0)
    for name in told.queues:
        yield _object("team", f"team {name}", {"name": name}, began, {})
    agents = {(row["team"], row["agent"]) for row in told.rows() if row["agent"] >= 0}
    for team, agent in sorted(agents):
        name = f"{told.teams[team]}/{agent}"
        related = {f"team {told.teams[team]}": "member of"}
        yield _object("agent", f"agent {name}", {"number": agent}, began, related)
    seen = -1
    for row in told.rows():
        number = told.numbers[row["customer"]]
        if row["customer"] != seen:
            seen, who = row["customer"], people[row["customer"]]
            facts = {"reason": reasons[who["reason"]], "segment": segments[who["segment"]]}
            yield _object("problem", f"problem {number}", facts, told.iso(row["time"]), {})
        if row["event"] == codes.DIALLED:
            about = {f"problem {number}": "about"}
            contact = row["contact"]
            yield _object("call", f"call {number}.{contact}", {"contact": contact}, told.iso(row["time"]), about)


def _object(kind: str, name: str, facts: dict[str, Any], time: str, related: dict[str, str]) -> dict[str, Any]:
    attributes = [{"name": fact, "time": time, "value": value} for fact, value in facts.items()]
    return {"id": name, "type": kind, "attributes": attributes, "relationships": _related(related)}


def _related(related: dict[str, str]) -> list[dict[str, str]]:
    return [{"objectId": name, "qualifier": how} for name, how in related.items()]


def _events(told: Told) -> Iterator[dict[str, Any]]:
    for number, row in enumerate(told.rows()):
        problem = told.numbers[row["customer"]]
        related = {f"problem {problem}": "of"}
        if row["contact"] >= 0:
            related[f"call {problem}.{row['contact']}"] = "in"
        if row["team"] >= 0:
            related[f"team {told.place(row)}"] = "at"
        if row["agent"] >= 0:
            related[f"agent {told.agent(row)}"] = "by"
        yield {
            "id": f"e{number}",
            "type": Event(row["event"]).name.lower(),
            "time": told.iso(row["time"]),
            "attributes": [{"name": "amount", "value": row["amount"]}] if row["amount"] else [],
            "relationships": _related(related),
        }
