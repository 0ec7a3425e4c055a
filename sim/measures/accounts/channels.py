"""What the fold holds of channels and written work, in worlds of more than a telephone alone."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.machine.kernel.memory import address_of
from sim.machine.kernel.pages import Pages
from sim.measures.accounts.following.channels import BESIDE, STATE, follow_channels
from sim.measures.rules.channels import CHANNEL, FILED_WORK, Filed, Through
from sim.measures.rules.drift import stretches
from sim.reading.blocks import blocks_of_world
from sim.reading.reach import ways_of, worked_on
from sim.world import World
from sim.world.channels import PHONE

Array = npt.NDArray[Any]


def has_more_than_a_line(world: World) -> bool:
    """Say whether a world has another channel than the telephone, or cases."""
    return len(world.channel_names()) > 1 or len(world.cases) > 0


def attended(world: World) -> tuple[str, ...]:
    """Return the channels at which one is served at once, or waits for it: desks and chats."""
    return (*world.desks, *world.chats)


def written_queues(world: World) -> tuple[str, ...]:
    """Return the queues in which messages and cases wait until an agent works on them, in the world's order."""
    if not has_more_than_a_line(world):
        return ()
    reached = worked_on(ways_of(world.line, blocks_of_world(world))).queues
    return tuple(name for name in world.queue_names() if name in reached)


def answered_within(world: World, channel: str) -> float:
    """Return the time within which an answer is in time (min): the channel's own, or the world's."""
    if channel in world.messages:
        own, usual = world.messages[channel].within, world.service_level.written
    else:
        own, usual = {**world.desks, **world.chats}[channel].within, world.service_level.within
    return usual if own is None else own


class Channels:
    """The channels of a world, being followed.

    Parameters
    ----------
    world : World
    most : int
        Customers that there may come to be.
    """

    def __init__(self, world: World, most: int) -> None:
        self.world, self.states = world, Pages(STATE, most)
        self.channels = np.zeros(len(world.channel_names()), CHANNEL)
        self.queues = np.zeros(len(world.queue_names()), FILED_WORK)
        self.channels["within"] = [
            math.inf if name == PHONE else answered_within(world, name) for name in world.channel_names()
        ]
        self.queues["within"] = world.service_level.written
        self._beside = np.zeros(1, BESIDE)
        self._beside["start"] = world.time.warm_up
        self._beside["middle"], self._beside["last"], self._beside["stop"] = stretches(world)
        for name, table in (("states", self.states.addresses), ("channels", self.channels), ("queues", self.queues)):
            self._beside[name] = address_of(table)

    def knows(self, pages: int) -> None:
        """Have a state for each customer of so many pages."""
        while self.states.begun < pages:
            self.states.begin()

    def follow(self, rows: Array) -> None:
        """Follow rows that the fold has noted."""
        follow_channels(address_of(rows), len(rows), address_of(self._beside))

    def through(self) -> dict[str, Through]:
        """Return what went through each channel, but for the telephone."""
        pairs = zip(self.world.channel_names(), self.channels, strict=True)
        return {name: Through(*its.item()[1:]) for name, its in pairs if name != PHONE}

    def filed(self) -> dict[str, Filed]:
        """Return what became of the work in each queue that written work can come to."""
        pairs = dict(zip(self.world.queue_names(), self.queues, strict=True))
        return {name: Filed(*pairs[name].item()[1:-2]) for name in written_queues(self.world)}

    def queueing(self) -> tuple[float, float]:
        """Return the minutes in queues of all written work in the middle third of the horizon, and in the last."""
        return float(self.queues["in_the_middle"].sum()), float(self.queues["at_last"].sum())
