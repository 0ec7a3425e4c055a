"""Other ways to reach the firm than the telephone: in writing; which of them customers try, first and afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from sim.units import SLOTS_A_WEEK, Share, SomeMinutes, slots_of_all, week_hours
from sim.world.facts import ChannelName, OrNone, QueueName, ReasonName, UpToADay, UpToAYear, Whole
from sim.world.frozen import Frozen
from sim.world.laws import DurationLaw, DurationLawOrNone
from sim.world.shares import part, whole

PHONE = "phone"
"""What the telephone is called where channels are named; nothing else may be called so."""

Parts = Whole[dict[ChannelName, Share]]
"""Shares by channel."""


class Message(Frozen):
    """A way to write to the firm, such as mail, a form, or a post on a social network; the answer comes later."""

    team: QueueName
    """The team, or queue, that answers."""
    answered: Share = 1.0
    """Share of the messages that are ever answered; the others are lost."""
    lies: UpToAYear[DurationLaw] = Field(default="0 min", validate_default=True)
    """How long a message lies before it comes into the queue of those who answer."""
    acknowledged: Share = 0.0
    """Share of the messages of which a machine says at once that they have come."""
    writing: UpToADay[DurationLaw] = Field(default="8 min", validate_default=True)
    """Customer's time to write one."""
    reading: UpToADay[DurationLaw] = Field(default="2 min", validate_default=True)
    """Customer's time to read the answer."""
    patience: DurationLawOrNone
    """How long one waits for the answer before one tries again; ``"none"``: for ever."""
    asks_back: Share = 0.0
    """Share of the answers that ask for more: the customer writes again at once."""
    sends_on: Whole[dict[ChannelName, Share]] = Field(default={})
    """Shares of the unsolved messages whose answer is to try another channel, such as to call."""
    sees_cases: bool = True
    """Those who answer can look up a case, say how it stands, and register it where nobody has."""
    public: bool = False
    """Others can read it, as on a social network."""
    within: UpToAYear[OrNone[SomeMinutes]] = None
    """Time within which an answer is in time (`answered_within.NAME`); absent: `service_level.written`."""

    @field_validator("sends_on")
    @classmethod
    def _part(cls, shares: dict[str, float]) -> dict[str, float]:
        part(shares)
        return shares


class Attended(Frozen):
    """A way to reach an agent at once, in the hours in which it is open, or to wait for one."""

    team: QueueName
    """The team, or queue, that serves."""
    open: tuple[Annotated[str, Field(examples=["mon-sat 09:00-18:00"])], ...] = Field(min_length=1)
    """When it is open, such as ``["mon-sat 09:00-18:00"]``; who waits at closing is turned away."""
    patience: DurationLawOrNone = Field(default="none", validate_default=True)
    """How long one waits to be served; ``"none"``: as long as it takes."""
    sends_on: Whole[dict[ChannelName, Share]] = Field(default={})
    """Shares of the unsolved contacts in which the customer is told to try another channel, such as to write."""
    within: UpToADay[OrNone[SomeMinutes]] = None
    """Wait within which one is served in time (`answered_within.NAME`); absent: `service_level.within`."""

    @field_validator("open")
    @classmethod
    def _some_time(cls, hours: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(week_hours(written) for written in hours)

    @field_validator("sends_on")
    @classmethod
    def _part(cls, shares: dict[str, float]) -> dict[str, float]:
        part(shares)
        return shares

    def open_slots(self) -> tuple[bool, ...]:
        """Say of each slot of the week whether it is open."""
        opened = slots_of_all(self.open)
        return tuple(slot in opened for slot in range(SLOTS_A_WEEK))


class Desk(Attended):
    """A place where one is served face to face, such as a shop or a counter; it costs the way there."""

    travel: UpToADay[DurationLaw] = Field(default="0 min", validate_default=True)
    """Customer's time to get there."""


class Chat(Attended):
    """A way to write back and forth with an agent, who may hold several such chats at once (`teams.NAME.chats`)."""


class Contacts(Frozen):
    """Which way customers try: by telephone where nothing else is said."""

    first: Parts = Field(default={PHONE: 1.0}, min_length=1)
    """Shares of the channels of the first contact; they add up to 1."""
    first_for: dict[ReasonName, Parts] = Field(default={})
    """The same by reason, in place of `first`."""
    switch: Share = 0.0
    """Share of the further attempts that are made through another channel than the one before."""
    then: dict[ChannelName, Parts] = Field(default={})
    """By the channel before: shares of those that one changes to. Absent: those of `first`, without the one before."""
    asking_by: Parts = Field(default={PHONE: 1.0}, min_length=1)
    """Shares of the channels by which one asks how a case stands; they add up to 1."""
    sent_on: DurationLaw = Field(default="10 min", validate_default=True)
    """Delay before one goes on by another channel because one was told to."""
    sent_on_to: dict[ChannelName, DurationLaw] = Field(default={})
    """The same by channel that one is told to try, in place of `sent_on`."""

    @field_validator("first", "asking_by")
    @classmethod
    def _whole(cls, shares: dict[str, float]) -> dict[str, float]:
        whole(shares)
        return shares

    @field_validator("first_for", "then")
    @classmethod
    def _each_whole(cls, tables: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
        for shares in tables.values():
            whole(shares)
        return tables

    @model_validator(mode="after")
    def _changes(self) -> Contacts:
        for before, shares in self.then.items():
            if shares.get(before, 0.0) > 0.0:
                raise ValueError(f"from {before} one changes to another channel, not to {before} again")
        return self

    def first_of(self, reason: str) -> Mapping[str, float]:
        """Return the shares of the channels of the first contact for a reason."""
        return self.first_for.get(reason, self.first)

    def after(self, before: str) -> Mapping[str, float]:
        """Return the shares of the channels that one changes to, none where there is no other one."""
        if before in self.then:
            return self.then[before]
        others = {name: share for name, share in self.first.items() if name != before}
        total = sum(others.values())
        return {name: share / total for name, share in others.items()} if total > 0 else {}


def channel_names(*tables: Iterable[str]) -> tuple[str, ...]:
    """Return the names of all channels, in the order of their numbers: the telephone's first."""
    return (PHONE, *(name for names in tables for name in names))
