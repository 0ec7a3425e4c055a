"""Answers that are waited for: a customer may have asked several things in writing, and each has its own answer."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np

from sim import purposes
from sim.history import codes
from sim.machine.compiling import Table, compiled_as, rule
from sim.mechanisms.service.channels import Choosing
from sim.mechanisms.state.beside import Branching, contact_of, is_answer
from sim.mechanisms.state.office import office_at
from sim.mechanisms.state.records import channel_in
from sim.mechanisms.state.verbs import draw, note, office_of

AT_MOST: Final = 8
"""Answers that anyone waits for at a time."""
AWAITED = np.dtype(
    [("sent", np.float64), ("due", np.float64), ("contact", np.int32), ("channel", np.int16), ("aside", np.bool_)],
    align=True,
)
"""A message whose answer is waited for: when it was sent and until when one waits (min), by which contact, and through
which channel; and whether the answer has come, and was laid aside for weightier news."""
WORDS: Final = AT_MOST * AWAITED.itemsize // 8
"""How many words they take beside each life, after how often it has gone through each channel."""
NOWHERE: Final = -1
"""In place of a place: the answer is waited for no longer."""


_awaited_at = Table(AWAITED)


class Awaited:
    """The same in the SimPy telling."""

    __slots__ = AWAITED.names or ()


class Awaiting(Branching, Choosing):
    """The messages whose answers are waited for, in the order in which they were sent."""

    awaited: list[Any]


# Told twice -----------------------------------------------------------------------------------------------------------


def awaited(me: Awaiting, place: int) -> Any:
    """Return the message at a place among those whose answers are waited for."""
    if place == len(me.awaited):
        me.awaited.append(Awaited())
    return me.awaited[place]


@compiled_as(awaited, inlined=True)
def _awaited(me: Any, place: int) -> Any:
    return _awaited_in(office_at(me.office, 0), me.slot, place)


def awaited_of(me: Branching, parent: Any, place: int) -> Any:
    """Return the message at a place among those whose answers the customer waits for to whom a strand belongs."""
    return parent.awaited[place]


@compiled_as(awaited_of, inlined=True)
def _awaited_of(me: Any, parent: Any, place: int) -> Any:
    return _awaited_in(office_at(me.office, 0), parent.slot, place)


@rule
def _awaited_in(office: Any, slot: int, place: int) -> Any:
    counted = (slot + 1) * office.counters - WORDS
    return _awaited_at(office.taken + 8 * counted, place)


# Told once ------------------------------------------------------------------------------------------------------------


@rule
def awaits(me: Awaiting, due: float) -> None:
    """Wait until then for the answer to the message that has just been sent; of too many the first is given up."""
    if me.expects == AT_MOST:
        waits_in_vain(me, 0)
    its = awaited(me, me.expects)
    its.sent, its.due, its.contact, its.channel, its.aside = me.now, due, me.contact, me.channel, False
    me.expects += 1


@rule
def first_due(me: Awaiting) -> int:
    """Return which answer is due first, by place; of those that are due together, that to the earliest message."""
    first = 0
    for place in range(1, me.expects):
        if awaited(me, place).due < awaited(me, first).due:
            first = place
    return first


@rule
def next_due(me: Awaiting) -> float:
    """Return until when an answer is waited for, of several the one that is due first (min)."""
    return awaited(me, first_due(me)).due if me.expects > 0 else math.inf


@rule
def place_of(me: Awaiting, contact: int) -> int:
    """Return at which place the message of a contact is among those whose answers are waited for, if it is."""
    for place in range(me.expects):
        if awaited(me, place).contact == contact:
            return place
    return NOWHERE


@rule
def is_awaited(me: Awaiting, news: int) -> bool:
    """Say whether news answer a message whose answer is waited for."""
    return is_answer(news) and place_of(me, contact_of(news)) != NOWHERE


@rule
def awaits_no_longer(me: Awaiting, place: int) -> None:
    """Wait no longer for the answer to the message at a place."""
    me.expects -= 1
    for later in range(place, me.expects):
        its, its_next = awaited(me, later), awaited(me, later + 1)
        its.sent, its.due = its_next.sent, its_next.due
        its.contact, its.channel, its.aside = its_next.contact, its_next.channel, its_next.aside


@rule
def waits_in_vain(me: Awaiting, place: int) -> None:
    """Give up to wait for the answer to the message at a place."""
    its = awaited(me, place)
    notes_of(me, its.contact, its.channel, codes.NO_REPLY, float(its.channel))
    awaits_no_longer(me, place)


@rule
def is_read(me: Awaiting, contact: int, channel: int, sent: float) -> None:
    """Read the answer to the message of a contact, which was sent through a channel at a time."""
    place = place_of(me, contact)
    how = codes.REPLIED_LATE if place == NOWHERE else codes.REPLIED
    notes_of(me, contact, channel, how, me.now - sent)
    if place != NOWHERE:
        awaits_no_longer(me, place)
    me.now += draw(me, channel_in(office_of(me).plan.channels, channel).reading, purposes.READING)
    notes_of(me, contact, channel, codes.READ, float(channel))


@rule
def reads_what_is_laid_aside(me: Awaiting) -> None:
    """Read the answers that are waited for and have come before weightier news, which alone count."""
    place = 0
    while place < me.expects:
        its = awaited(me, place)
        if its.aside:
            is_read(me, its.contact, its.channel, its.sent)
        else:
            place += 1


@rule
def notes_of(me: Awaiting, contact: int, channel: int, event: int, amount: float) -> None:
    """Write a row about the message of a contact, whatever one has done since."""
    here, team = me.contact, me.team
    me.contact, me.team = contact, channel_in(office_of(me).plan.channels, channel).queue
    note(me, event, amount)
    me.contact, me.team = here, team
