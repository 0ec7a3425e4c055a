"""Measures of the channels beside the telephone, and of the queues in which written work waits: each under its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sim.measures.accounts.channels import answered_within, attended, written_queues
from sim.measures.accounts.totals import Totals
from sim.measures.register.measure import Answer, Measure, of_family
from sim.measures.rules.channels import Filed, Through
from sim.units import DAY, HOUR, duration
from sim.world import World
from sim.world.channels import PHONE

_of_channels = of_family("channels")


def channel_measures(world: World) -> Iterator[Measure]:
    """Yield the measures of all channels of a world but the telephone, and of the queues of its written work."""
    served = attended(world)
    for name in world.channel_names():
        if name != PHONE:
            within = duration(answered_within(world, name))
            yield from _attended(name, within) if name in served else _written(name, within)
    for queue in written_queues(world):
        yield from _filed(queue, duration(world.service_level.written))


def asked_of(totals: Totals) -> Iterator[Measure]:
    """Yield the same of a world of which there are the totals alone; they do not tell the times that are acceptable."""
    for name in totals.channels:
        if name != PHONE:
            yield from _attended(name) if name in totals.attended else _written(name)
    for queue in totals.filed:
        yield from _filed(queue)


def measure_of_channel(id: str) -> Measure | None:
    """Return the measure of a channel or a queue with this id; None where its first word is of none."""
    _, _, name = id.partition(".")
    known = {one.id: one for one in (*_attended(name), *_written(name), *_filed(name))} if name else {}
    return known.get(id)


def _written(name: str, within: str = "the time of the channel") -> Iterator[Measure]:
    """Yield the measures of messages."""
    yield from _contacts(name)
    yield _of_channels(
        f"answer_hours.{name}",
        "h",
        "lower",
        f"Hours from the sending of a message by {name} until its answer comes, over the messages written in the "
        "horizon whose answer was still waited for when it came.",
        _through(name, lambda its: (its.waited / HOUR, its.replies)),
    )
    yield _of_channels(
        f"answered_within.{name}",
        "share",
        "higher",
        f"Messages by {name} whose answer came within {within} of their sending, nights and days off included, "
        "over the messages written in the horizon.",
        _through(name, lambda its: (its.in_time, its.contacts)),
    )


def _attended(name: str, within: str = "the time of the channel") -> Iterator[Measure]:
    """Yield the measures of a desk or a chat."""
    yield from _contacts(name)
    yield _of_channels(
        f"answer_minutes.{name}",
        "min",
        "lower",
        f"Minutes in the queue of {name} until the first agent, over the contacts by {name} begun in the horizon that "
        "an agent took.",
        _through(name, lambda its: (its.waited, its.replies)),
    )
    yield _of_channels(
        f"answered_within.{name}",
        "share",
        "higher",
        f"Contacts by {name} that an agent took within {within} in the queue, over those begun in the horizon.",
        _through(name, lambda its: (its.in_time, its.contacts)),
    )


def _contacts(name: str) -> Iterator[Measure]:
    yield _of_channels(
        f"contacts_per_day.{name}",
        "contacts",
        "neither",
        f"Contacts by {name} begun in the horizon, per day of it.",
        lambda totals: (totals.channels[name].contacts, sum(totals.week.days)),
    )
    yield _of_channels(
        f"answered_share.{name}",
        "share",
        "higher",
        f"Contacts by {name} that were answered while the customer still waited for it, over those begun in the "
        "horizon: those overtaken by another answer, by the end of a case or by the end of the run were not.",
        _through(name, lambda its: (its.replies, its.contacts)),
    )


def _filed(queue: str, within: str = "the acceptable time") -> Iterator[Measure]:
    """Yield the measures of a queue of written work."""
    yield _of_channels(
        f"backlog.{queue}",
        "items",
        "lower",
        f"Messages and cases that wait in the queue of {queue} until an agent works on them: their minutes there in "
        "the horizon, over the minutes of the horizon.",
        lambda totals: (totals.filed[queue].queueing, sum(totals.week.days) * DAY),
    )
    yield _of_channels(
        f"taken_up_hours.{queue}",
        "h",
        "lower",
        f"Hours in the queue of {queue} until an agent works on it, over the messages and cases that came into it in "
        "the horizon and were taken up.",
        _of_queue(queue, lambda its: (its.waited / HOUR, its.taken_up)),
    )
    yield _of_channels(
        f"taken_up_within.{queue}",
        "share",
        "higher",
        f"Messages and cases taken up within {within} in the queue of {queue}, nights and days off included, over "
        "those that came into it in the horizon.",
        _of_queue(queue, lambda its: (its.in_time, its.filed)),
    )


def _through(name: str, of: Callable[[Through], Answer]) -> Callable[[Totals], Answer]:
    return lambda totals: of(totals.channels[name])


def _of_queue(queue: str, of: Callable[[Filed], Answer]) -> Callable[[Totals], Answer]:
    return lambda totals: of(totals.filed[queue])
