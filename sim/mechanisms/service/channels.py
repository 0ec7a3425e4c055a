"""Which channel a contact is made through: the first by preference, later ones by habit, by advice or by change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sim import purposes
from sim.history import codes
from sim.machine.compiling import compiled_as, inlined, rule
from sim.machine.kernel.memory import code_at
from sim.mechanisms.service.file import Filed
from sim.mechanisms.state.blocks import Short, at_birth
from sim.mechanisms.state.office import office_at
from sim.mechanisms.state.plans import ChannelPlan
from sim.mechanisms.state.records import channel_in, number_in
from sim.mechanisms.state.verbs import note, office_of, uniform_at

PHONE, MESSAGES, DESKS, CHATS = range(4)
"""Kinds of channels (`sim.mechanisms.state.numbers_of_writing`); the channel of number 0 is the telephone."""
NO_CHANNEL: Final = -1
_TURN: Final = 12
"""Bits of a contact's luck below those of its channel: nobody tries more often than 4,000 times."""


class Choosing(Filed):
    """The channel of this contact, that of the one before, whether they differ, and where one was told to go on."""

    through: dict[int, int]
    channel: Short = at_birth(PHONE)
    came_by: Short = at_birth(PHONE)
    changes: bool = at_birth(False)
    sent_to: Short = at_birth(NO_CHANNEL)


# Told twice -----------------------------------------------------------------------------------------------------------


def times_through(me: Choosing, channel: int) -> int:
    """Return how many contacts there were through a channel."""
    return me.through.get(channel, 0)


@compiled_as(times_through, inlined=True)
def _times_through(me: Any, channel: int) -> int:
    return _through_at(me, channel).value


def goes_through(me: Choosing, channel: int) -> None:
    """Count one contact more."""
    me.through[channel] = times_through(me, channel) + 1


@compiled_as(goes_through, inlined=True)
def _goes_through(me: Any, channel: int) -> None:
    _through_at(me, channel).value += 1


def forget_channels(me: Choosing) -> None:
    """Have tried none."""
    me.through = {}


@compiled_as(forget_channels)
def _forget_channels(me: Any) -> None:
    office = office_at(me.office, 0)
    for channel in range(office.counters - office.paths):
        _through_at(me, channel).value = 0


@inlined
def _through_at(me: Any, channel: int) -> Any:
    office = office_at(me.office, 0)
    return code_at(office.taken, me.slot * office.counters + office.paths + channel)


# Told once ------------------------------------------------------------------------------------------------------------


@rule
def chooses_channel(me: Choosing) -> None:
    """Choose the channel of this contact, and with it the occasion of its luck."""
    if office_of(me).plan.choosing.many > 1:
        me.turn = me.contact
        me.came_by = me.channel
        me.channel = chosen_channel(me)
        me.changes = me.contact > 0 and me.channel != me.came_by
        me.sent_to = NO_CHANNEL
    me.turn = (me.channel << _TURN) + times_through(me, me.channel)
    goes_through(me, me.channel)


@rule
def chosen_channel(me: Choosing) -> int:
    """Return the channel of this contact."""
    its = office_of(me).plan.choosing
    if me.sent_to != NO_CHANNEL:
        return me.sent_to
    u = uniform_at(me, 0, purposes.CHANNEL)
    if me.asks_about:
        return first_above(its.asking_by, 0, its.many, u)
    if me.contact == 0:
        return first_above(its.first, me.reason * its.many, its.many, u)
    if not uniform_at(me, 0, purposes.SWITCH) < its.switch:
        return me.channel
    changed = first_above(its.then, me.channel * its.many, its.many, u)
    return me.channel if changed == its.many else changed


@rule
def first_above(upto: Sequence[float], begin: int, many: int, u: float) -> int:
    """Return the first place, of many from a beginning on, whose number lies above luck; ``many`` where none does."""
    which = 0
    while which < many and u >= number_in(upto, begin + which):
        which += 1
    return which


@rule
def channel_of(me: Choosing) -> ChannelPlan:
    """Return what the channel of this contact is."""
    return channel_in(office_of(me).plan.channels, me.channel)


@rule
def is_on_the_phone(me: Choosing) -> bool:
    """Say whether this contact is a call."""
    return me.channel == PHONE


@rule
def has_tried_enough(me: Choosing) -> bool:
    """Say whether one has tried as often as anyone does."""
    if me.contact + 1 < office_of(me).plan.most_attempts:
        return False
    note(me, codes.LIMIT_REACHED)
    return True


@rule
def may_be_sent_on(me: Choosing, upto: Sequence[float]) -> bool:
    """Be told, perhaps, to go on through another channel."""
    its = office_of(me).plan.choosing
    if its.many == 1:
        return False
    which = first_above(upto, 0, its.many, uniform_at(me, 0, purposes.SENDS_ON))
    if which == its.many:
        return False
    me.sent_to = which
    return True
