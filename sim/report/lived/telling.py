"""One customer's course through one world, told: day after day, and what it came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from sim.history.rows import Event
from sim.languages import Language, say
from sim.quoting import printable
from sim.report.lived.course import OVER, Contact, Course
from sim.report.lived.scene import Scene
from sim.report.lived.spoken import (
    clock,
    day_number,
    day_title,
    euros,
    lasting,
    listed,
    minutes,
    number,
    row_of,
    sentence,
    times,
    when,
)
from sim.report.lived.words import COUNTED, ENDINGS, RUNG_IN_VAIN, UNANSWERED, UNENDED, called, tells_when, words

_SOME = 0.5
"""Minutes below which nothing is said of the time that went by beside all contacts."""

WHOLE = 2
"""Contacts that are told whole at either end of a long journey."""


class Day(NamedTuple):
    """What happened on one day: its name, and a paragraph for each contact, or for several together."""

    title: str
    paragraphs: tuple[str, ...]


class _Piece(NamedTuple):
    """A paragraph, and the day on which it begins."""

    day: int
    text: str


def told_days(course: Course, language: Language, *, full: bool = False) -> tuple[Day, ...]:
    """Tell a course day after day.

    Parameters
    ----------
    full : bool
        Tell every contact; otherwise, of more than four, those between the first two and the last two are told
        together, day by day.
    """
    pieces = [*_appearance(course, language), *_pieces(course, language, full=full)]
    title = course.world.time.first_monday
    return tuple(
        Day(sentence(day_title(day, title, language)), tuple(piece.text for piece in group))
        for day, group in groupby(pieces, lambda piece: piece.day)
    )


def _appearance(course: Course, language: Language) -> Iterator[_Piece]:
    at, reason = clock(course.appeared, language), called(course.reason, language)
    said = [say("At {at} the problem appears: {reason}.", language, at=at, reason=reason)]
    yield _Piece(day_number(course.appeared), " ".join([*said, *_before_any_contact(course, language)]))


def _before_any_contact(course: Course, language: Language) -> Iterator[str]:
    """Tell what comes between the appearance and the first contact; without one, all there is."""
    seen, previous, day = Counter[Event](), None, day_number(course.appeared)
    for at, moment in enumerate(course.before):
        if moment.event != Event.APPEARED:
            now = Scene(course, moment, seen, previous, course.before[at + 1 :], None, True, day)
            yield from words(now, language)
            day = day_number(moment.time) if tells_when(now) else day
        seen[moment.event] += 1
        previous = moment.event


def _pieces(course: Course, language: Language, *, full: bool) -> Iterator[_Piece]:
    past = Counter(one.event for one in course.before)
    middle = set() if full else set(range(WHOLE, len(course.contacts) - WHOLE))
    for (together, day), group in groupby(
        enumerate(course.contacts), lambda placed: (placed[0] in middle, _day_if(placed[0] in middle, placed[1]))
    ):
        contacts = [contact for _, contact in group]
        if together and len(contacts) > 1:
            yield _Piece(day, _together(course, contacts, language))
            past.update(one.event for contact in contacts for one in contact.moments)
            continue
        for contact in contacts:
            yield _Piece(day_number(contact.began), told_contact(course, contact, past, language))
            past.update(one.event for one in contact.moments)


def _day_if(together: bool, contact: Contact) -> int:
    return day_number(contact.began) if together else -1


def told_contact(course: Course, contact: Contact, past: Counter[Event], language: Language) -> str:
    """Tell one contact, and what follows it until the next one.

    Parameters
    ----------
    past : Counter of Event
        How often what had happened to the customer before it.
    """
    said: list[str] = []
    seen, day, ended = past.copy(), day_number(contact.began), False
    previous: Event | None = None
    for at, moment in enumerate(contact.moments):
        now = Scene(course, moment, seen, previous, contact.moments[at + 1 :], contact, ended, day)
        said += words(now, language)
        day = day_number(moment.time) if tells_when(now) else day
        seen[moment.event] += 1
        previous = moment.event
        ended = ended or moment.event in OVER
        if moment.event == Event.CALL_ENDED:
            said.append(_came_to(contact, language))
    if not contact.over:
        unfinished = "The simulated time ends during this call." if contact.is_call else "The simulated time ends here."
        said.append(say(unfinished, language))
    return " ".join(filter(None, said))


def _came_to(call: Contact, language: Language) -> str:
    if not call.minutes and not call.toll:
        return ""
    if call.toll > 0.0:
        said = "The call has taken {lasting} and cost {euros}."
        return say(said, language, lasting=lasting(call.minutes, language), euros=euros(call.toll, language))
    return say("The call has taken {lasting} and cost nothing.", language, lasting=lasting(call.minutes, language))


def _together(course: Course, contacts: Sequence[Contact], language: Language) -> str:
    """Tell several contacts of one day together: when, how they ended, what they came to, what happened in them."""
    at = listed([when(one.began, day_number(one.began), None, language) for one in contacts], language)
    which = {"first": number(contacts[0].number, 0, language), "last": number(contacts[-1].number, 0, language)}
    if course.others:
        span = "Contacts {first} and {last}, {at}." if len(contacts) == 2 else "Contacts {first} to {last}, {at}."
    else:
        span = "Calls {first} and {last}, {at}." if len(contacts) == 2 else "Calls {first} to {last}, {at}."
    ends = Counter(ending(one) for one in contacts)
    said = [say(span, language, at=at, **which)]
    if len(ends) == 1:
        (end,) = ends
        said.append(say("All end the same way: {ending}.", language, ending=say(end, language)))
    else:
        how = [_with_times(end, many, language) for end, many in ends.items()]
        said.append(say("How they end: {endings}.", language, endings=row_of(how, language)))
    happened = Counter(one.event for contact in contacts for one in contact.moments)
    counts = {what: sum(happened[event] for event in events) for what, events in COUNTED.items()}
    if any(counts.values()):
        how = [_with_times(what, many, language) for what, many in counts.items() if many]
        said.append(say("What happens in them: {happenings}.", language, happenings=row_of(how, language)))
    sums = {name: sum(getattr(one, name) for one in contacts) for name in ("minutes", "held", "toll")}
    said.append(_sums(sums["minutes"], sums["held"], sums["toll"], language))
    return " ".join(said)


def _with_times(what: str, many: int, language: Language) -> str:
    return f"{say(what, language)}, {times(many, language)}"


def _sums(whole: float, held: float, toll: float, language: Language) -> str:
    values = {"whole": minutes(whole, language), "held": _held(held, language), "euros": euros(toll, language)}
    if toll > 0.0:
        return say("Together they take {whole}, {held}, and cost {euros}.", language, **values)
    return say("Together they take {whole}, {held}, and cost nothing.", language, **values)


def _held(held: float, language: Language) -> str:
    """Say how much of the time on the telephone was not lived with an agent."""
    length = lasting(held, language) if held < 2.0 else minutes(held, language)
    return say("{held} of it in the menu and on hold" if held > 0.0 else "none of it on hold", language, held=length)


def ending(contact: Contact) -> str:
    """Return how a contact ended, in words to be translated: the last thing that can end one."""
    moments = contact.moments
    at = next((at for at, one in enumerate(moments[::-1], 1) if one.event in ENDINGS), None)
    if at is None:
        return UNANSWERED if contact.over else UNENDED
    in_vain = at < len(moments) and moments[-at - 1].event == Event.RING_MISSED
    return RUNG_IN_VAIN if in_vain else ENDINGS[moments[-at].event]


def closing(course: Course, language: Language) -> str:
    """Say what a course came to: contacts, minutes, euros, effort, and how it ended."""
    said = [part(course, language) for part in (_calls, _others, _beside, _firm, _money)]
    said += [_effort(course, language)] if course.contacts else []
    return " ".join([*filter(None, said), outcome(course, language)])


def _calls(course: Course, language: Language) -> str:
    if not course.calls:
        return say("In the end he has not called.", language)
    values = {
        "calls": many_calls(course, language),
        "whole": minutes(course.minutes, language),
        "held": _held(course.held, language),
    }
    said = "In the end: {calls}, and {whole} on the telephone, {held}."
    return say(said, language, **values)


def _others(course: Course, language: Language) -> str:
    """Say through which other channels he turned to the firm, how often, and what that took of his time."""
    if not course.others:
        return ""
    how_often = Counter(one.channel for one in course.others)
    named = [f"{called(channel, language)}, {times(many, language)}" for channel, many in how_often.items()]
    whole = lasting(sum(one.minutes for one in course.others), language)
    return say("Otherwise: {contacts}; {whole}.", language, contacts=row_of(named, language), whole=whole)


def _beside(course: Course, language: Language) -> str:
    """Say how much of his time it took beside all contacts, where that is half a minute or more."""
    if course.beside < _SOME:
        return ""
    return say("Beside all that {whole} of his time.", language, whole=lasting(course.beside, language))


def _firm(course: Course, language: Language) -> str:
    """Say what the firm promised in vain, and who came."""
    counted = {
        "Promises broken: {n}.": course.times(Event.PROMISE_BROKEN),
        "Visits of a technician: {n}.": course.times(Event.VISITED),
        "Messages that the firm sent by itself: {n}.": course.times(Event.NEWS_SENT),
    }
    said = [say(words, language, n=number(many, 0, language)) for words, many in counted.items() if many]
    return " ".join(said)


def many_contacts(course: Course, language: Language) -> str:
    """Say how many calls, and how many other contacts where there were any."""
    if not course.others:
        return many_calls(course, language)
    many = len(course.others)
    other = (
        say("1 other contact", language)
        if many == 1
        else say("{n} other contacts", language, n=number(many, 0, language))
    )
    return listed([many_calls(course, language), other], language)


def many_calls(course: Course, language: Language) -> str:
    """Say how many calls."""
    many = len(course.calls)
    return say("1 call", language) if many == 1 else say("{n} calls", language, n=number(many, 0, language))


def _money(course: Course, language: Language) -> str:
    said = []
    if course.calls:
        paid = "He has paid {euros} of toll." if course.toll > 0.0 else "He has paid no toll."
        said.append(say(paid, language, euros=euros(course.toll, language)))
    if course.repair > 0.0:
        said.append(say("A repair of his own has cost him {euros}.", language, euros=euros(course.repair, language)))
    if course.advance_lost > 0.0:
        said.append(say("What he had advanced is lost: {euros}.", language, euros=euros(course.advance_lost, language)))
    if course.granted > 0.0:
        said.append(say("He has been granted {euros}.", language, euros=euros(course.granted, language)))
    return " ".join(said)


def _effort(course: Course, language: Language) -> str:
    said = "His effort is {points} points, which is {ces} on the scale from 1 to 5."
    return say(said, language, points=number(course.effort, 1, language), ces=number(course.ces, 1, language))


def outcome(course: Course, language: Language) -> str:
    """Say how a course ended, and after how long."""
    after = lasting(course.ended - course.appeared, language)
    said = {
        "solved": "The problem is solved after {after}.",
        "gave up": "After {after} he gives up, and the problem is not solved.",
        "open": "When the simulated time ends, after {after}, the problem is still open.",
        "prevented": "The problem is prevented, and nothing of it is lived.",
    }
    if course.times(Event.DROPPED):
        return say("After {after} the firm drops him, and the problem is not solved.", language, after=after)
    return say(said[course.end], language, after=after)


def short_course(course: Course, language: Language) -> str:
    """Say in one line what a course came to, to be set beside another."""
    ends = {
        "solved": "solved after {after}",
        "gave up": "given up after {after}",
        "open": "still open after {after}",
        "prevented": "prevented",
    }
    how = "dropped after {after}" if course.times(Event.DROPPED) else ends[course.end]
    end = say(how, language, after=lasting(course.ended - course.appeared, language))
    values = {
        "world": printable(course.world.name),
        "calls": many_contacts(course, language),
        "whole": minutes(sum(one.minutes for one in course.contacts), language),
        "toll": _toll(course, language),
        "ces": number(course.ces, 1, language),
        "end": end,
    }
    return say("In {world}: {calls}, {whole}, {toll}, effort {ces} of 5, {end}.", language, **values)


def _toll(course: Course, language: Language) -> str:
    if course.toll > 0.0:
        return say("{euros} of toll", language, euros=euros(course.toll, language))
    return say("no toll", language)
