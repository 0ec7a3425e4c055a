"""What is said of each event beside the telephone: messages, desks, chats, cases, promises, visits, other customers."""

from __future__ import annotations

from sim.history.rows import Event
from sim.report.lived.scene import (
    Part,
    after,
    always,
    before,
    begun,
    has_it_again,
    lasts,
    of_an_earlier_message,
    of_some_size,
)

_E = Event

ELSEWHERE: dict[Event, tuple[Part, ...]] = {
    _E.SWITCHED: (
        (
            (has_it_again, "{when} he turns to the firm otherwise than before."),
            (None, "{when} he tries another way."),
        ),
    ),
    _E.CHASED: (
        (
            (after(_E.SWITCHED), "He asks how it stands."),
            (None, "{when} he asks how it stands."),
        ),
    ),
    _E.WROTE: (
        (
            (begun, "He writes to “{channel}”, which takes {lasting}."),
            (None, "{when} he writes to “{channel}”, which takes {lasting}."),
        ),
    ),
    _E.SENT: (),
    _E.ACKNOWLEDGED: always("A machine says that it has come."),
    _E.POSTED: always("Others can read it."),
    _E.FILED: always("{when} it comes into the queue “{team}”."),
    _E.TAKEN_UP: (),
    _E.WORKED_ON: always("{when} someone of the team “{team}” works on it for {taking}."),
    _E.HANDED_ON: always("It is handed on to another team."),
    _E.REPLIED: (
        (
            (
                of_an_earlier_message,
                "{when} the answer to what he had written to “{asked}” comes, after {taking}; "
                "reading it takes {lasting}.",
            ),
            (None, "{when} the answer comes, after {taking}; reading it takes {lasting}."),
        ),
    ),
    _E.READ: (
        (
            (after(_E.REPLIED_LATE), "He reads it all the same."),
            (lambda now: after(_E.NUMBER_SOUGHT)(now) and before(_E.GAVE_UP)(now), "He does not find it."),
            (after(_E.NUMBER_SOUGHT), "He looks no longer."),
            (after(_E.FORUM_ASKED), "The question is asked."),
            (None, "He has read it."),
        ),
    ),
    _E.REPLIED_LATE: (
        (
            (
                of_an_earlier_message,
                "{when} an answer to what he had written to “{asked}” comes that he no longer waits for.",
            ),
            (None, "{when} an answer comes that he no longer waits for."),
        ),
    ),
    _E.NO_REPLY: (
        (
            (
                of_an_earlier_message,
                "{when} he no longer waits for an answer to what he had written to “{asked}”: none has come.",
            ),
            (None, "{when} he no longer waits for an answer: none has come."),
        ),
    ),
    _E.ASKED_BACK: always("It asks for more: he has to write again."),
    _E.SENT_ON: always("He is told to try another way."),
    _E.SET_OUT: (
        (
            (lambda now: begun(now) and lasts(now), "He goes to “{channel}”, which takes {lasting}."),
            (begun, "He goes to “{channel}”."),
            (lasts, "{when} he goes to “{channel}”, which takes {lasting}."),
            (None, "{when} he goes to “{channel}”."),
        ),
    ),
    _E.DESK_LEFT: (),
    _E.CHAT_OPENED: (
        (
            (begun, "He opens a chat on “{channel}”."),
            (None, "{when} he opens a chat on “{channel}”."),
        ),
    ),
    _E.CHATTING: always("They chat for {lasting}."),
    _E.CHAT_ENDED: (),
    _E.CASE_OPENED: always("A case is opened: the firm is to go on working on it."),
    _E.CASE_FORGOTTEN: always("A case is opened, he believes; nobody has registered it."),
    _E.PROMISED: always("He is promised that it will be done within {taking}."),
    _E.PROMISE_RESET: always("He is promised another {taking}, counted from now."),
    _E.PROMISE_BROKEN: always("{when} the promised time is over, and it is not done."),
    _E.STATUS_TOLD: (
        (
            (lasts, "He is told how it stands, which takes {lasting}."),
            (None, "He is told how it stands."),
        ),
    ),
    _E.STEP_BEGUN: (
        (
            (of_some_size, "{when} a step of the case begins, and lies for {taking} first."),
            (None, "{when} a step of the case begins."),
        ),
    ),
    _E.NEWS_SENT: always("{when} the firm tells him by itself how it stands."),
    _E.VISIT_BOOKED: always("{when} a technician is booked."),
    _E.VISIT_MISSED: always("{when} the visit fails: nobody comes, or nobody is at home."),
    _E.VISITED: (
        (
            (of_some_size, "{when} the technician is there, for {taking}."),
            (None, "{when} the technician is there."),
        ),
    ),
    _E.CASE_CLOSED: (
        (
            (of_some_size, "{when} the work on the case is done, and has solved it."),
            (None, "{when} the work on the case is over, and has not solved it."),
        ),
    ),
    _E.CASE_ANSWERED: always("{when} he is told what has come of his case."),
    _E.ACTED_FOR: (
        (
            (lasts, "The agent does it in his place, which takes {lasting}."),
            (None, "The agent does it in his place."),
        ),
    ),
    _E.NOT_READY: always("It cannot be solved yet, whoever tries."),
    _E.NUMBER_SOUGHT: always("{when} he looks for the number, which takes {lasting}."),
    _E.HELP_READ: always("{when} he reads the help there is, which takes {lasting}."),
    _E.FORUM_ASKED: always("{when} he asks other customers, which takes {lasting}."),
    _E.FORUM_ANSWERED: (
        (
            (before(_E.SOLVED), "{when} another customer answers."),
            (None, "{when} another customer answers, which does not help."),
        ),
    ),
    _E.DETECTED: always("{when} the firm tells him that it has noticed the problem by itself."),
    _E.CAUSE_FOUND: always("The root cause is found and removed."),
    _E.RECURRED: always("{when} the cause strikes again: he has the problem once more."),
}
"""Messages and desks begin as calls do; what begins them says when, unless the reader knows it already."""
