"""What is said of each event of a call, and of the ends of journeys, by what went before it and what comes after."""

from __future__ import annotations

from sim.history.rows import Event
from sim.report.lived.scene import (
    Part,
    above_limit,
    after,
    always,
    answered_at_once,
    at_a_desk_or_in_a_chat,
    before,
    begun,
    costs,
    first_of_its_kind,
    goes_somewhere,
    had,
    has_clock,
    is_over,
    lasts,
    of_several_teams,
    rung_in_vain,
    to_be_rung,
)

_E = Event

_WHY: Part = (
    (after(_E.WRONG_PERSON), ""),
    (above_limit, "What the problem calls for is more than this agent may grant."),
    (None, "This agent cannot solve it."),
)


def _passed_on(handed: str, to_somewhere: str) -> tuple[Part, ...]:
    return (_WHY, ((goes_somewhere, to_somewhere), (None, handed)))


def _held(template: str, paid: str, free: str) -> Part:
    """Say for how long one holds, and what it costs, where it takes any time."""
    return ((lambda now: not lasts(now), template), (costs, paid), (None, free))


IN_CALLS: dict[Event, tuple[Part, ...]] = {
    _E.APPEARED: (),
    _E.DIALLED: (
        (
            (lambda now: begun(now) and first_of_its_kind(now), "He calls for the first time."),
            (begun, "He calls for the {nth} time."),
            (first_of_its_kind, "{when} the customer calls for the first time."),
            (None, "{when} he calls for the {nth} time."),
        ),
    ),
    _E.BLOCKED: always("All lines are busy."),
    _E.PICKED_UP: (
        _held(
            "The call goes through.",
            "The menu takes {lasting} and costs {euros}.",
            "The menu takes {lasting}, free of charge.",
        ),
    ),
    _E.QUEUED: (
        ((of_several_teams, "He comes to the queue “{team}”."),),
        (
            (answered_at_once, "He does not have to wait."),
            (lambda now: not lasts(now), ""),
            (at_a_desk_or_in_a_chat, "He waits for {lasting}."),
            (
                lambda now: now.moment.leg > 0 and costs(now),
                "He is put on hold once more, for {lasting}, for {euros}.",
            ),
            (lambda now: now.moment.leg > 0, "He is put on hold once more, for {lasting}, free of charge."),
            (costs, "He holds for {lasting} and pays {euros} for it."),
            (None, "He holds for {lasting}, free of charge."),
        ),
    ),
    _E.BALKED: always("He hangs up at once rather than hold."),
    _E.CALL_BACK_TAKEN: always("He hangs up and keeps his place in the queue: the firm will ring him back."),
    _E.RUNG_BACK: always("{when} the firm rings, at its own cost, and he answers."),
    _E.RING_MISSED: always("{when} the firm rings, and he misses it."),
    _E.ANSWERED: (
        (
            (at_a_desk_or_in_a_chat, "Someone of the team “{team}” sees to him."),
            (after(_E.LEFT_AGENT), "An agent of the team “{team}” takes over."),
            (None, "An agent of the team “{team}” answers."),
        ),
    ),
    _E.IDENTIFYING: (
        (
            (
                lambda now: had(_E.IDENTIFYING)(now) and lasts(now),
                "He says once more who he is, which takes {lasting}.",
            ),
            (had(_E.IDENTIFYING), "He says once more who he is."),
            (lasts, "He says who he is, which takes {lasting}."),
            (None, "He says who he is."),
        ),
    ),
    _E.EXPLAINING: (
        (
            (
                lambda now: had(_E.EXPLAINING)(now) and lasts(now),
                "He explains the problem all over again, which takes {lasting}.",
            ),
            (had(_E.EXPLAINING), "He explains the problem all over again."),
            (lasts, "He explains the problem, which takes {lasting}."),
            (None, "He explains the problem."),
        ),
    ),
    _E.TALKING: always("They work on the problem for {lasting}."),
    _E.WRONG_PITCH: always("The agent speaks to him as to a fool, or as to an expert."),
    _E.CONTRADICTED: always("The agent rejects what an earlier one had done."),
    _E.WRONG_PERSON: always("The agent turns out not to be the right one."),
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
    _E.GRANTED: always("He is granted a gesture of {amount}."),
    _E.REFUSED: always("The gesture is refused."),
    _E.SOLVED: (
        (
            (after(_E.READ, _E.FORUM_ANSWERED, _E.CASE_ANSWERED, _E.DETECTED), "The problem is solved."),
            (is_over, "{when} the answer comes, and it solves the problem."),
            (None, "The problem is solved."),
        ),
    ),
    _E.UNSOLVED: (
        (
            (after(_E.READ, _E.CASE_ANSWERED), "The problem is not solved, and he knows it."),
            (is_over, "{when} the answer comes, and it does not solve the problem."),
            (None, "The problem is not solved, and he knows it."),
        ),
    ),
    _E.BELIEVED: always("He is told that it is solved. It is not."),
    _E.SENT_ELSEWHERE: always("He is told to write elsewhere. Nothing is solved."),
    _E.TICKETED: (_WHY, ((None, "The case is taken in writing; the answer will come later."),)),
    _E.ABANDONED: (
        (
            (rung_in_vain, "The firm rings no more."),
            (at_a_desk_or_in_a_chat, "He loses patience and leaves."),
            (None, "He loses patience and hangs up."),
        ),
    ),
    _E.CUT: (
        (
            (has_clock, "The clock stands at {limit}: the line is cut."),
            (None, "The line is cut."),
        ),
    ),
    _E.HUNG_UP: always("The agent hangs up on him."),
    _E.DISMISSED: (
        (
            (to_be_rung, "{when} the hotline closes before his turn has come."),
            (at_a_desk_or_in_a_chat, "It closes, and he is turned away."),
            (None, "The hotline closes, and he is turned away."),
        ),
    ),
    _E.LEFT_AGENT: (),
    _E.CALL_ENDED: (),
    _E.FOUND_OUT: always("{when} he finds out that it is not solved."),
    _E.DROPPED: always("The firm writes that he asks too much, and that it wants him no more."),
    _E.GAVE_UP: (((after(_E.DROPPED), "He leaves it."), (None, "He gives up.")),),
    _E.REPAIRED: always("He pays {amount} for a repair of his own."),
    _E.LIMIT_REACHED: always("He has tried as often as anyone does."),
    _E.CHOSE_QUEUE: (
        (
            (goes_somewhere, "He is offered the shorter queue “{onward}”, and takes it."),
            (None, "He is offered a shorter queue, and takes it."),
        ),
    ),
    _E.MOVED_ON: (
        (
            (goes_somewhere, "He is sent on to the queue “{onward}”."),
            (None, "He is sent on to another queue."),
        ),
    ),
    _E.MESSAGE_LEFT: always("He leaves a message in place of waiting; the answer will come later."),
    _E.QUEUE_FULL: always("No place is left in the queue, and the call is over."),
    _E.MISUNDERSTOOD: (
        (
            (lasts, "The agent has not understood: he tells it once more, which takes {lasting}."),
            (None, "The agent has not understood: he tells it once more."),
        ),
    ),
    _E.COLLEAGUE_ASKED: (
        _held(
            "The agent asks for a colleague.",
            "The agent asks for a colleague; the customer holds for {lasting} and pays {euros} for it.",
            "The agent asks for a colleague; the customer holds for {lasting}, free of charge.",
        ),
        ((before(_E.COLLEAGUE_JOINED), ""), (None, "No colleague comes.")),
    ),
    _E.COLLEAGUE_JOINED: (
        (
            (after(_E.APPROVAL_ASKED), "Someone of the team “{team}” sees to it."),
            (None, "A colleague of the team “{team}” joins in."),
        ),
    ),
    _E.CONFERRING: always("All three talk for {lasting}."),
    _E.TRANSFER_LOST: always("Nobody is free to take him, and the call is lost."),
    _E.PREVENTED: always("It is prevented: he never notices it, and nothing follows."),
    _E.GENERIC: always("The agent handles him by the book."),
}
