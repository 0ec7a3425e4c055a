"""A moment of a customer's life with all on which its words depend, and the questions that sentences ask of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from sim.history.rows import Event
from sim.report.lived.course import Contact, Course, Moment

_E = Event


class Scene(NamedTuple):
    """A moment, and all on which its words depend.

    Attributes
    ----------
    past : Counter of Event
        How often what has happened to this customer before.
    previous : Event or None
        What happened last.
    rest : tuple of Moment
        What follows until the next contact begins.
    contact : Contact or None
        To which it belongs; None before the first.
    ended : bool
        Whether that contact is over, as far as the customer does anything for it.
    day : int
        The day of the run that the reader has been told.
    """

    course: Course
    moment: Moment
    past: Counter[Event]
    previous: Event | None
    rest: tuple[Moment, ...]
    contact: Contact | None
    ended: bool
    day: int

    @property
    def following(self) -> Event | None:
        """What happens next."""
        return self.rest[0].event if self.rest else None

    @property
    def onward(self) -> str | None:
        """The queue to which one comes next in this call, or the team of the colleague who joins in."""
        return next((one.team for one in self.rest if one.event in (_E.QUEUED, _E.COLLEAGUE_JOINED)), None)

    @property
    def by_telephone(self) -> bool:
        """Whether this contact is a call."""
        return self.contact is not None and self.contact.is_call


Fits = Callable[[Scene], bool]
Part = tuple[tuple[Fits | None, str], ...]
"""Sentences, each with when it is said, None for always: the first that fits is said, if one does."""


def always(template: str) -> tuple[Part, ...]:
    """Return what is said whatever went before."""
    return (((None, template),),)


def had(*events: Event) -> Fits:
    """Ask whether one of these has happened to him before."""
    return lambda now: any(now.past[event] for event in events)


def after(*events: Event) -> Fits:
    """Ask whether one of these was the last thing that happened."""
    return lambda now: now.previous in events


def before(*events: Event) -> Fits:
    """Ask whether one of these happens next."""
    return lambda now: now.following in events


def lasts(now: Scene) -> bool:
    """Say whether it takes any time."""
    return now.moment.lasts > 0.0


def costs(now: Scene) -> bool:
    """Say whether it costs any toll."""
    return now.moment.eur > 0.0


def answered_at_once(now: Scene) -> bool:
    """Say whether nobody had to be waited for."""
    return now.following == _E.ANSWERED and not lasts(now)


def of_several_teams(now: Scene) -> bool:
    """Say whether the queue is one of several teams."""
    return now.moment.team is not None and now.moment.team not in now.course.world.teams


def above_limit(now: Scene) -> bool:
    """Say whether the gesture is more than this agent may grant alone, where that is passed on."""
    authority = now.course.world.levers.authority
    limit = authority.limits.get(str(now.moment.team), authority.limit)
    return authority.above == "escalate" and not now.past[_E.GRANTED] and now.course.gesture > limit


def rung_in_vain(now: Scene) -> bool:
    """Say whether the firm rang back, and will no more."""
    return now.past[_E.CALL_BACK_TAKEN] > now.past[_E.RUNG_BACK] and now.previous == _E.RING_MISSED


def to_be_rung(now: Scene) -> bool:
    """Say whether he waits to be rung."""
    return now.previous in (_E.CALL_BACK_TAKEN, _E.RING_MISSED)


def has_clock(now: Scene) -> bool:
    """Say whether calls are cut by the clock here."""
    return now.course.world.levers.time.cut_after is not None


def goes_somewhere(now: Scene) -> bool:
    """Say whether it is known where he is passed on to."""
    return now.onward is not None


def is_over(now: Scene) -> bool:
    """Say whether the contact is over."""
    return now.ended


def at_a_desk_or_in_a_chat(now: Scene) -> bool:
    """Say whether one waits where no line has to be held."""
    return not now.by_telephone


def begun(now: Scene) -> bool:
    """Say whether the reader knows already that something begins here, and when."""
    return now.previous in (_E.SWITCHED, _E.CHASED)


def has_it_again(now: Scene) -> bool:
    """Say whether the cause has struck again since the contact before, so that nothing has failed in between."""
    which = 0 if now.contact is None else now.contact.number - 1
    return which > 0 and any(one.event == _E.RECURRED for one in now.course.contacts[which - 1].moments)


def asked(now: Scene) -> str | None:
    """Return through which channel went what is answered, or is not: the message of the moment's own contact."""
    return next((one.channel for one in now.course.contacts if one.moments[0].contact == now.moment.contact), None)


def of_an_earlier_message(now: Scene) -> bool:
    """Say whether it is about a message before the contact that is told."""
    return now.contact is not None and now.moment.contact < now.contact.moments[0].contact


def first_of_its_kind(now: Scene) -> bool:
    """Say whether it is the first contact through this channel."""
    return now.contact is None or now.contact.nth == 1


def of_some_size(now: Scene) -> bool:
    """Say whether the event has an amount."""
    return now.moment.amount > 0.0
