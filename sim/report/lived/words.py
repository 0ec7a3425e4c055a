"""The words of every event: what is said when it happens, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable

from sim.history.rows import Event
from sim.languages import Language, say, told
from sim.quoting import printable
from sim.report.lived.elsewhere import ELSEWHERE
from sim.report.lived.in_calls import IN_CALLS
from sim.report.lived.scene import Part, Scene, asked
from sim.report.lived.spoken import euros, lasting, ordinal, sentence, when

_E = Event

WORDS: dict[Event, tuple[Part, ...]] = IN_CALLS | ELSEWHERE
"""What is said of each event."""

TOLD_OTHERWISE = tuple(event for event, parts in WORDS.items() if not parts)
"""Events without a sentence of their own. The teller, who knows the whole of a contact, says that the problem appears
and what a call has come to; what leads on from an agent or out of a queue says that it is left, and the end of a
message, of a visit to a desk or of a chat is in what is said of its parts."""

ENDINGS: dict[Event, str] = {
    _E.BLOCKED: "all lines are busy",
    _E.QUEUE_FULL: "no place is left in the queue",
    _E.BALKED: "he hangs up at once rather than hold",
    _E.ABANDONED: "he loses patience and hangs up",
    _E.DISMISSED: "the hotline closes",
    _E.CUT: "the line is cut",
    _E.HUNG_UP: "the agent hangs up on him",
    _E.TRANSFER_LOST: "he is passed on and the call is lost",
    _E.SENT_ELSEWHERE: "he is told to write elsewhere",
    _E.BELIEVED: "he is told that it is solved, and finds out that it is not",
    _E.NO_REPLY: "no answer comes",
    _E.ASKED_BACK: "he has to write again",
    _E.SENT_ON: "he is told to try another way",
    _E.STATUS_TOLD: "he is told how it stands",
    _E.CASE_OPENED: "a case is opened",
    _E.CASE_FORGOTTEN: "he believes that a case is opened",
    _E.UNSOLVED: "the problem is not solved",
    _E.SOLVED: "the problem is solved",
}
"""How a contact ends, where several are told together."""
RUNG_IN_VAIN = "the firm rings back in vain"
UNENDED = "the simulated time ends"
UNANSWERED = "he hears nothing of it before the next"

COUNTED: dict[str, tuple[Event, ...]] = {
    "he says who he is": (_E.IDENTIFYING,),
    "he explains the problem": (_E.EXPLAINING, _E.MISUNDERSTOOD),
    "an agent finds the wrong tone": (_E.WRONG_PITCH,),
    "an agent rejects what an earlier one had done": (_E.CONTRADICTED,),
    "the agent is not the right one": (_E.WRONG_PERSON,),
    "he is passed on": (_E.TRANSFERRED_COLD, _E.TRANSFERRED_WARM),
    "the case is taken in writing": (_E.TICKETED,),
    "he leaves a message": (_E.MESSAGE_LEFT,),
    "he asks to be rung back": (_E.CALL_BACK_TAKEN,),
    "the firm rings in vain": (_E.RING_MISSED,),
    "a supervisor is asked": (_E.APPROVAL_ASKED,),
    "a gesture is granted": (_E.GRANTED,),
    "a gesture is refused": (_E.REFUSED,),
    "a colleague is asked": (_E.COLLEAGUE_ASKED,),
    "he is sent on to another queue": (_E.CHOSE_QUEUE, _E.MOVED_ON),
    "an agent handles him by the book": (_E.GENERIC,),
    "others can read what he has written": (_E.POSTED,),
    "he looks for the number": (_E.NUMBER_SOUGHT,),
    "he reads the help": (_E.HELP_READ,),
    "he asks other customers": (_E.FORUM_ASKED,),
    "another customer answers": (_E.FORUM_ANSWERED,),
    "the firm notices the problem by itself": (_E.DETECTED,),
    "the root cause is found": (_E.CAUSE_FOUND,),
    "the cause strikes again": (_E.RECURRED,),
    "he tries another way": (_E.SWITCHED,),
    "he asks how it stands": (_E.CHASED,),
    "an answer comes": (_E.REPLIED, _E.CASE_ANSWERED),
    "an answer comes too late": (_E.REPLIED_LATE,),
    "a date is promised": (_E.PROMISED, _E.PROMISE_RESET),
    "a promise is broken": (_E.PROMISE_BROKEN,),
    "the firm tells him how it stands": (_E.NEWS_SENT,),
    "a technician comes": (_E.VISITED,),
    "a visit fails": (_E.VISIT_MISSED,),
    "the agent acts in his place": (_E.ACTED_FOR,),
    "it cannot be solved yet": (_E.NOT_READY,),
}
"""What is counted of contacts that are told together."""


def words(now: Scene, language: Language) -> list[str]:
    """Return the sentences of a moment; none where nothing is said of it."""
    values = _values(now, language)
    return [sentence(say(template, language, **values)) for template in _said(now)]


def tells_when(now: Scene) -> bool:
    """Say whether the sentences of a moment say when it is."""
    return any("{when}" in template for template in _said(now))


def _said(now: Scene) -> list[str]:
    return list(filter(None, (_chosen(part, now) for part in WORDS[now.moment.event])))


def _chosen(part: Part, now: Scene) -> str:
    return next((template for fits, template in part if fits is None or fits(now)), "")


def _values(now: Scene, language: Language) -> dict[str, str]:
    moment = now.moment
    return {
        "when": when(moment.time, now.day, now.course.world.time.first_monday, language),
        "nth": ordinal(1 if now.contact is None else now.contact.nth, language),
        "channel": called(None if now.contact is None else now.contact.channel, language),
        "asked": called(asked(now), language),
        "lasting": lasting(moment.lasts, language),
        "euros": euros(moment.eur, language),
        "taking": lasting(moment.amount, language),
        "amount": euros(moment.amount, language),
        "limit": lasting(now.course.world.levers.time.cut_after or 0.0, language),
        "team": called(moment.team, language),
        "onward": called(now.onward, language),
    }


def called(name: str | None, language: Language = "en") -> str:
    """Return the name of a team, a queue or a reason as it is read; those of the shipped worlds have a translation.

    Examples
    --------
    >>> called("back_office"), called("billing", "fr")
    ('back office', 'facturation')
    """
    return told(printable(name or "").replace("_", " "), language)


def templates() -> Iterable[str]:
    """Return every sentence that there is for an event."""
    ways = (template for parts in WORDS.values() for part in parts for _, template in part)
    return dict.fromkeys([*filter(None, ways), *ENDINGS.values(), RUNG_IN_VAIN, UNENDED, UNANSWERED, *COUNTED])
