"""A world: one way of answering, as a frozen value. Every field says what it is; TOML files hold values."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.world.cases import Case
from sim.world.channels import Chat, Contacts, Desk, Message, channel_names
from sim.world.detection import Detection
from sim.world.facts import GivenName, HowToWrite, Ordered, OrNone, Own
from sim.world.forum import Forum
from sim.world.frozen import Frozen
from sim.world.horizon import Horizon
from sim.world.judging import Effort, Loyalty, ServiceLevel
from sim.world.levers import Levers
from sim.world.line import Line
from sim.world.long_run import LongRun
from sim.world.path import Path
from sim.world.population import Population
from sim.world.prevention import Prevention
from sim.world.queue import Queue, queue_names, teams_asked
from sim.world.self_service import SelfService
from sim.world.tariff import Tariff
from sim.world.team import Team


class World(Frozen):
    """One organisation, whole."""

    name: Own[GivenName]
    """What this world is called in tables and figures."""
    about: Annotated[Own[str], HowToWrite('say in one line what this world is: about = "..."')]
    """What this world is, in one line."""
    time: Horizon
    """How long the world is lived, and how much of it is measured."""
    population: Population
    """Who calls, why, and what they are made of."""
    line: Line
    """The telephone line: how one gets in."""
    tariff: Tariff
    """What a call costs the caller, and what the firm keeps of it."""
    teams: Ordered[dict[GivenName, Team]] = Field(min_length=1)
    """Agents with the same skills and powers, by the name of their team."""
    queues: Ordered[dict[GivenName, Queue]] = Field(default={})
    """Who waits together for the same agents; a queue with the name of a team is that team's own."""
    paths: Ordered[dict[GivenName, Path]] = Field(default={})
    """The ways on from a team: who passes a customer to whom, when and how."""
    messages: Ordered[dict[GivenName, Message]] = Field(default={})
    """Ways to write to the firm, by the name of the channel."""
    desks: Ordered[dict[GivenName, Desk]] = Field(default={})
    """Places where one is served face to face, by the name of the channel."""
    chats: Ordered[dict[GivenName, Chat]] = Field(default={})
    """Ways to write back and forth with an agent, by the name of the channel."""
    contacts: Contacts = Field(default_factory=Contacts)
    """Which of the channels customers try."""
    cases: Ordered[dict[GivenName, Case]] = Field(default={})
    """What the firm works on while the customer is away, by the name under which paths open it."""
    self_service: OrNone[SelfService] = None
    """What customers find by themselves before the first contact, and how hard it is to find the way in."""
    forum: OrNone[Forum] = None
    """Where customers who are autonomous ask other customers first; absent: nowhere."""
    detection: OrNone[Detection] = None
    """What the firm notices by itself before the first contact; absent: nothing."""
    levers: Levers = Field(default_factory=Levers)
    """What separates a double penalty from an empowered agent: seven levers, each switched by itself."""
    prevention: Ordered[dict[GivenName, Prevention]] = Field(default={}, max_length=64)
    """What prevents problems, by name; where several would have prevented one, it counts as the first's."""
    service_level: ServiceLevel = Field(default_factory=ServiceLevel)
    """Which of the field's definitions of the service level is printed."""
    effort: Effort = Field(default_factory=Effort)
    """Weights of the effort index."""
    loyalty: Loyalty = Field(default_factory=Loyalty)
    """What follows from effort: who leaves, and what is told of the firm."""
    generations: LongRun = Field(default_factory=LongRun)
    """The long run, year after year: how grievance adds up, what lets customers go, and who comes in their place."""

    def __repr__(self) -> str:
        return f"<World {self.name}>"

    def queue_names(self) -> tuple[str, ...]:
        """Return the names of all queues, in the order of their numbers: each team's own, then the others."""
        return queue_names(self.teams, self.queues)

    def teams_asked(self, queue: str) -> tuple[str, ...]:
        """Return the teams that a queue asks for an agent, in their order."""
        return teams_asked(queue, self.teams, self.queues)

    def channel_names(self) -> tuple[str, ...]:
        """Return the names of all channels, in the order of their numbers: the telephone's first."""
        return channel_names(self.messages, self.desks, self.chats)

    def tariff_in_force(self) -> Tariff:
        """Return what calls cost here: nothing under a free number, whatever the tariff says."""
        return Tariff() if self.levers.price.free else self.tariff


__all__ = [
    "Case",
    "Chat",
    "Contacts",
    "Desk",
    "Detection",
    "Effort",
    "Forum",
    "Horizon",
    "Levers",
    "Line",
    "LongRun",
    "Loyalty",
    "Message",
    "Path",
    "Population",
    "Prevention",
    "Queue",
    "SelfService",
    "ServiceLevel",
    "Tariff",
    "Team",
    "World",
]
