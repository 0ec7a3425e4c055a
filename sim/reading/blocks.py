"""A world block by block, so that one that is wrong does not hide what is wrong with the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from sim.reading.fields import Names, inner_blocks
from sim.reading.trees import Tree, table
from sim.world import Case, Chat, Contacts, Desk, Horizon, Line, Message, Path, Queue, Team, World
from sim.world.detection import Detection
from sim.world.forum import Forum
from sim.world.frozen import Frozen
from sim.world.levers import Levers
from sim.world.population import Population
from sim.world.self_service import SelfService

B = TypeVar("B", bound=Frozen)
Channel = Message | Desk | Chat
"""A way to reach the firm that has a table of its own."""


@dataclass(frozen=True)
class Blocks:
    """The blocks of a world that are right in themselves; None, or left out, where one is not."""

    time: Horizon | None
    population: Population | None
    line: Line | None
    levers: Levers | None
    teams: dict[str, Team]
    queues: dict[str, Queue]
    paths: dict[str, Path]
    messages: dict[str, Message]
    desks: dict[str, Desk]
    chats: dict[str, Chat]
    contacts: Contacts | None
    cases: dict[str, Case]
    self_service: SelfService | None
    forum: Forum | None
    detection: Detection | None

    def channels(self) -> dict[str, Channel]:
        """Return the channels that have a table, by name."""
        return {**self.messages, **self.desks, **self.chats}

    def each(self) -> Iterator[tuple[Names, BaseModel]]:
        """Yield every block with its place."""
        for at in fields(self):
            for below, block in inner_blocks(getattr(self, at.name)):
                yield (at.name, *below), block


def blocks_of_world(world: World) -> Blocks:
    """Take a whole world apart."""
    return Blocks(
        world.time,
        world.population,
        world.line,
        world.levers,
        dict(world.teams),
        dict(world.queues),
        dict(world.paths),
        dict(world.messages),
        dict(world.desks),
        dict(world.chats),
        world.contacts,
        dict(world.cases),
        world.self_service,
        world.forum,
        world.detection,
    )


def blocks_of(tree: Tree) -> Blocks:
    """Read block by block."""
    return Blocks(
        _read(Horizon, tree.get("time")),
        _read(Population, tree.get("population")),
        _read(Line, tree.get("line")),
        _read(Levers, tree.get("levers", {})),
        _each(Team, table(tree, "teams")),
        _each(Queue, table(tree, "queues")),
        _each(Path, table(tree, "paths")),
        _each(Message, table(tree, "messages")),
        _each(Desk, table(tree, "desks")),
        _each(Chat, table(tree, "chats")),
        _read(Contacts, tree.get("contacts", {})),
        _each(Case, table(tree, "cases")),
        _read(SelfService, tree.get("self_service")),
        _read(Forum, tree.get("forum")),
        _read(Detection, tree.get("detection")),
    )


def _each(model: type[B], written: Tree) -> dict[str, B]:
    read = {name: _read(model, block) for name, block in written.items()}
    return {name: block for name, block in read.items() if block is not None}


def _read(model: type[B], block: object) -> B | None:
    try:
        return model.model_validate(block, strict=True)
    except ValidationError:
        return None
