"""The words of every event: what is said when it happens, by what went before it and what comes after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from sim.history.rows import Event
from sim.languages import Language, say, told
from sim.quoting import printable
from sim.report.lived.course import Course, Moment
from sim.report.lived.spoken import euros, lasting, ordinal, sentence, when

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
        What follows until the next call is dialled.
    call : int
        The number of the call, from 1; 0 before the first.
    ended : bool
        Whether that call is over.
    day : int
        The day of the run that the reader has been told.
    """

    course: Course
    moment: Moment
    past: Counter[Event]
    previous: Event | None
    rest: tuple[Moment, ...]
    call: int
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


Fits = Callable[[Scene], bool]
Part = tuple[tuple[Fits | None, str], ...]
"""Sentences, each with when it is said, None for always: the first that fits is said, if one does."""


def _always(template: str) -> tuple[Part, ...]:
    return (((None, template),),)


def _had(*events: Event) -> Fits:
    return lambda now: any(now.past[event] for event in events)


def _after(event: Event) -> Fits:
    return lambda now: now.previous == event


def _before(*events: Event) -> Fits:
    return lambda now: now.following in events


def _lasts(now: Scene) -> bool:
    return now.moment.lasts > 0.0


def _costs(now: Scene) -> bool:
    return now.moment.eur > 0.0


def _answered_at_once(now: Scene) -> bool:
    return now.following == _E.ANSWERED and not _lasts(now)


def _of_several_teams(now: Scene) -> bool:
    return now.moment.team is not None and now.moment.team not in now.course.world.teams


def _above_limit(now: Scene) -> bool:
    """Say whether the gesture is more than this agent may grant alone, where that is passed on."""
    authority = now.course.world.levers.authority
    limit = authority.limits.get(str(now.moment.team), authority.limit)
    return authority.above == "escalate" and not now.past[_E.GRANTED] and now.course.gesture > limit


def _rung_in_vain(now: Scene) -> bool:
    return now.past[_E.CALL_BACK_TAKEN] > now.past[_E.RUNG_BACK] and now.previous == _E.RING_MISSED


def _to_be_rung(now: Scene) -> bool:
    return now.previous in (_E.CALL_BACK_TAKEN, _E.RING_MISSED)


def _has_clock(now: Scene) -> bool:
    return now.course.world.levers.time.cut_after is not None


def _goes_somewhere(now: Scene) -> bool:
    return now.onward is not None


def _call_is_over(now: Scene) -> bool:
    return now.ended


_WHY: Part = (
    (_after(_E.WRONG_PERSON), ""),
    (_above_limit, "What the problem calls for is more than this agent may grant."),
    (None, "This agent cannot solve it."),
)


def _passed_on(handed: str, to_somewhere: str) -> tuple[Part, ...]:
    return (_WHY, ((_goes_somewhere, to_somewhere), (None, handed)))


def _held(template: str, paid: str, free: str) -> Part:
    """Say for how long one holds, and what it costs, where it takes any time."""
    return ((lambda now: not _lasts(now), template), (_costs, paid), (None, free))


WORDS: dict[Event, tuple[Part, ...]] = {
    _E.APPEARED: (),
    _E.DIALLED: (
        (
            (lambda now: now.call == 1, "{when} the customer calls for the first time."),
            (None, "{when} he calls for the {nth} time."),
        ),
    ),
    _E.BLOCKED: _always("All lines are busy."),
    _E.PICKED_UP: (
        _held(
            "The call goes through.",
            "The menu takes {lasting} and costs {euros}.",
            "The menu takes {lasting}, free of charge.",
        ),
    ),
    _E.QUEUED: (
        ((_of_several_teams, "He comes to the queue “{team}”."),),
        (
            (_answered_at_once, "He does not have to wait."),
            (lambda now: not _lasts(now), ""),
            (
                lambda now: now.moment.leg > 0 and _costs(now),
                "He is put on hold once more, for {lasting}, for {euros}.",
            ),
            (lambda now: now.moment.leg > 0, "He is put on hold once more, for {lasting}, free of charge."),
            (_costs, "He holds for {lasting} and pays {euros} for it."),
            (None, "He holds for {lasting}, free of charge."),
        ),
    ),
    _E.BALKED: _always("He hangs up at once rather than hold."),
    _E.CALL_BACK_TAKEN: _always("He hangs up and keeps his place in the queue: the firm will ring him back."),
    _E.RUNG_BACK: _always("{when} the firm rings, at its own cost, and he answers."),
    _E.RING_MISSED: _always("{when} the firm rings, and he misses it."),
    _E.ANSWERED: (
        (
            (_after(_E.LEFT_AGENT), "An agent of the team “{team}” takes over."),
            (None, "An agent of the team “{team}” answers."),
        ),
    ),
    _E.IDENTIFYING: (
        (
            (_had(_E.IDENTIFYING), "He says once more who he is, which takes {lasting}."),
            (None, "He says who he is, which takes {lasting}."),
        ),
    ),
    _E.EXPLAINING: (
        (
            (_had(_E.EXPLAINING), "He explains the problem all over again, which takes {lasting}."),
            (None, "He explains the problem, which takes {lasting}."),
        ),
    ),
    _E.TALKING: _always("They work on the problem for {lasting}."),
    _E.WRONG_PITCH: _always("The agent speaks to him as to a fool, or as to an expert."),
    _E.CONTRADICTED: _always("The agent rejects what an earlier one had done."),
    _E.WRONG_PERSON: _always("The agent turns out not to be the right one."),
    _E.TRANSFERRED_COLD: _passed_on(
        "He is passed on, and nothing is handed on with him.",
        "He is passed on to “{onward}”, and nothing is handed on with him.",
    ),
    _E.TRANSFERRED_WARM: _passed_on(
        "He is passed on, and the next agent will be told what it is about.",
        "He is passed on to “{onward}”, and the next agent will be told what it is about.",
    ),
    _E.BRIEFING: (
        _held(
            "The next agent is told what it is about.",
            "The next agent is told what it is about; the customer holds for {lasting} and pays {euros} for it.",
            "The next agent is told what it is about; the customer holds for {lasting}, free of charge.",
        ),
    ),
    _E.APPROVAL_ASKED: (
        _held(
            "The agent asks a supervisor for approval.",
            "The agent asks a supervisor for approval; the customer holds for {lasting} and pays {euros} for it.",
            "The agent asks a supervisor for approval; the customer holds for {lasting}, free of charge.",
        ),
    ),
    _E.GRANTED: _always("He is granted a gesture of {amount}."),
    _E.REFUSED: _always("The gesture is refused."),
    _E.SOLVED: (
        (
            (_after(_E.READ), "The problem is solved."),
            (_after(_E.FORUM_ANSWERED), "The problem is solved."),
            (_call_is_over, "{when} the answer comes, and it solves the problem."),
            (None, "The problem is solved."),
        ),
    ),
    _E.UNSOLVED: (
        (
            (_call_is_over, "{when} the answer comes, and it does not solve the problem."),
            (None, "The problem is not solved, and he knows it."),
        ),
    ),
    _E.BELIEVED: _always("He is told that it is solved. It is not."),
    _E.SENT_ELSEWHERE: _always("He is told to write elsewhere. Nothing is solved."),
    _E.TICKETED: (_WHY, ((None, "The case is taken in writing; the answer will come later."),)),
    _E.ABANDONED: (
        (
            (_rung_in_vain, "The firm rings no more."),
            (None, "He loses patience and hangs up."),
        ),
    ),
    _E.CUT: (
        (
            (_has_clock, "The clock stands at {limit}: the line is cut."),
            (None, "The line is cut."),
        ),
    ),
    _E.HUNG_UP: _always("The agent hangs up on him."),
    _E.DISMISSED: (
        (
            (_to_be_rung, "{when} the hotline closes before his turn has come."),
            (None, "The hotline closes, and he is turned away."),
        ),
    ),
    _E.LEFT_AGENT: (),
    _E.CALL_ENDED: (),
    _E.FOUND_OUT: _always("{when} he finds out that it is not solved."),
    _E.GAVE_UP: _always("He gives up."),
    _E.REPAIRED: _always("He pays {amount} for a repair of his own."),
    _E.LIMIT_REACHED: _always("He has called as often as anyone does."),
    _E.CHOSE_QUEUE: (
        (
            (_goes_somewhere, "He is offered the shorter queue “{onward}”, and takes it."),
            (None, "He is offered a shorter queue, and takes it."),
        ),
    ),
    _E.MOVED_ON: (
        (
            (_goes_somewhere, "He is sent on to the queue “{onward}”."),
            (None, "He is sent on to another queue."),
        ),
    ),
    _E.MESSAGE_LEFT: _always("He leaves a message in place of waiting; the answer will come later."),
    _E.QUEUE_FULL: _always("No place is left in the queue, and the call is over."),
    _E.MISUNDERSTOOD: _always("The agent has not understood: he tells it once more, which takes {lasting}."),
    _E.COLLEAGUE_ASKED: (
        _held(
            "The agent asks for a colleague.",
            "The agent asks for a colleague; the customer holds for {lasting} and pays {euros} for it.",
            "The agent asks for a colleague; the customer holds for {lasting}, free of charge.",
        ),
        ((_before(_E.COLLEAGUE_JOINED), ""), (None, "No colleague comes.")),
    ),
    _E.COLLEAGUE_JOINED: (
        (
            (_after(_E.APPROVAL_ASKED), "Someone of the team “{team}” sees to it."),
            (None, "A colleague of the team “{team}” joins in."),
        ),
    ),
    _E.CONFERRING: _always("All three talk for {lasting}."),
    _E.TRANSFER_LOST: _always("Nobody is free to take him, and the call is lost."),
    _E.PREVENTED: _always("It is prevented: he never notices it, and nothing follows."),
    _E.READ: _always("He is done with it."),
    _E.NUMBER_SOUGHT: _always("{when} he looks for the number, which takes {lasting}."),
    _E.HELP_READ: _always("{when} he reads the help there is, which takes {lasting}."),
    _E.FORUM_ASKED: _always("{when} he asks other customers, which takes {lasting}."),
    _E.FORUM_ANSWERED: _always("{when} another customer answers."),
    _E.POSTED: _always("Others can read it."),
    _E.DETECTED: _always("{when} the firm tells him that it has noticed the problem by itself."),
    _E.CAUSE_FOUND: _always("The root cause is found and removed."),
    _E.RECURRED: _always("{when} the cause strikes again: he has the problem once more."),
    _E.GENERIC: _always("The agent handles him by the book."),
}
"""What is said of each event. Three are told by the teller itself, who knows the whole of the call: that the problem
appears, and what a call has come to when it ends; when the agent is left, that is what ends the leg."""

TOLD_OTHERWISE = (Event.APPEARED, Event.LEFT_AGENT, Event.CALL_ENDED)
"""Events without a sentence of their own."""

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
    _E.UNSOLVED: "the problem is not solved",
    _E.SOLVED: "the problem is solved",
}
"""How a call ends, where several are told together."""
RUNG_IN_VAIN = "the firm rings back in vain"
UNENDED = "the simulated time ends"

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
}
"""What is counted of calls that are told together."""


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
        "nth": ordinal(now.call, language),
        "lasting": lasting(moment.lasts, language),
        "euros": euros(moment.eur, language),
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
    return dict.fromkeys([*filter(None, ways), *ENDINGS.values(), RUNG_IN_VAIN, UNENDED, *COUNTED])
