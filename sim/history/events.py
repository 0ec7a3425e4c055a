"""What can happen to a customer, as codes with their meaning: the words a history is written in."""

from __future__ import annotations

from enum import CONTINUOUS, UNIQUE, IntEnum, verify
from typing import TYPE_CHECKING, Literal, NamedTuple, Self

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


class Activity(IntEnum):
    """What a customer is doing between two rows."""

    AWAY = 0
    MENU = 1
    HOLD = 2
    IDENTIFICATION = 3
    EXPLANATION = 4
    TALK = 5
    TRANSFER_HOLD = 6
    APPROVAL_HOLD = 7
    ENDED = 8
    WRITING = 9
    READING = 10
    TRAVEL = 11
    CHAT = 12
    SEARCHING = 13


class Mark(NamedTuple):
    """How an event is marked where a customer's life is drawn; several events may bear the same mark.

    Attributes
    ----------
    shape : str
        One of matplotlib's markers.
    """

    name: str
    shape: str
    tone: Literal["plain", "faint", "better", "worse"] = "plain"


_HOLD = Activity.TRANSFER_HOLD
_ABANDONED, _CUT, _TRANSFER = Mark("abandoned", "v"), Mark("cut", "x", "worse"), Mark("transfer", ">")
_MESSAGE, _REPLY, _NEWS = Mark("message", "s"), Mark("answer", "<"), Mark("news", "<", "better")
_OPENED, _RESET, _ASKS = Mark("case opened", "D"), Mark("date put off", "x", "faint"), Mark("asks how it stands", "o")
_VISIT, _DROPPED = Mark("visit", "^"), Mark("dropped", "|", "worse")
_SOUGHT, _FORUM, _AGAIN = Mark("looks by himself", "d"), Mark("forum", "8"), Mark("strikes again", "H", "worse")


@verify(UNIQUE, CONTINUOUS)
class Event(IntEnum):
    """What a row says. All that is known of an event stands in its line, and nowhere else.

    In order: its code, fixed for good; its meaning; the activity that it begins, if any; its mark, if any; whether it
    happens beside the customer, whatever he does at that time. A journey also ends with the CALL_ENDED after SOLVED, or
    with SOLVED by ticket.
    """

    meaning: str
    begins: Activity | None
    mark: Mark | None
    beside: bool

    def __new__(
        cls,
        code: int,
        meaning: str = "",
        begins: Activity | None = None,
        mark: Mark | None = None,
        beside: bool = False,
    ) -> Self:
        """Make an event of its line; ``Event(5)`` finds it again by its code alone."""
        event = int.__new__(cls, code)
        event._value_ = code
        event.meaning, event.begins, event.mark, event.beside = meaning, begins, mark, beside
        return event

    APPEARED = 1, "the problem appears; the customer is away until he dials", Activity.AWAY
    DIALLED = 2, "the customer dials (an attempt, whatever becomes of it)"
    BLOCKED = 3, "all lines were busy; the attempt is over", None, Mark("line busy", "s")
    PICKED_UP = 4, "the voice server picks up; the menu begins", Activity.MENU
    QUEUED = (
        5,
        "a hold begins in the queue `team`: the first of the call, or one after a transfer",
        Activity.HOLD,
    )
    BALKED = 6, "the customer hangs up at once rather than hold", None, _ABANDONED
    CALL_BACK_TAKEN = (
        7,
        "the customer hangs up and keeps the place in the queue; the firm will ring",
        Activity.AWAY,
        Mark("rings back later", "<"),
    )
    RUNG_BACK = 8, "the firm rings, at its own cost, and the customer answers"
    RING_MISSED = 9, "the firm rings in vain; `amount` is the agent's time lost (min)"
    ANSWERED = 10, "`agent` of `team` takes the customer: the leg's service begins"
    IDENTIFYING = 11, "identification begins", Activity.IDENTIFICATION
    EXPLAINING = 12, "the customer begins to tell the story", Activity.EXPLANATION
    TALKING = 13, "the talk begins; `amount` is the work it needs if nothing breaks it off (min)", Activity.TALK
    WRONG_PITCH = 14, "the agent speaks too simply or too expertly"
    CONTRADICTED = 15, "the agent rejects what an earlier one had done"
    WRONG_PERSON = 16, "the agent turns out not to be the right one"
    TRANSFERRED_COLD = 17, "passed back into a queue, nothing handed on", None, _TRANSFER
    TRANSFERRED_WARM = 18, "passed on with a briefing", None, _TRANSFER
    BRIEFING = 19, "the next agent is briefed while the customer holds", Activity.TRANSFER_HOLD
    APPROVAL_ASKED = 20, "a supervisor is asked while the customer holds", Activity.APPROVAL_HOLD
    GRANTED = 21, "the gesture is granted; `amount` is its size (EUR)", None, Mark("gesture", "P")
    REFUSED = 22, "the gesture is refused", None, Mark("refused", "_")
    SOLVED = 23, "the problem is truly solved", None, Mark("solved", "*", "better")
    UNSOLVED = 24, "the attempt did not solve it, and the customer knows"
    BELIEVED = 25, "the firm's log says solved; the customer will find out that it is not"
    SENT_ELSEWHERE = 26, "told to write elsewhere; the customer knows that nothing is solved"
    TICKETED = 27, "taken in writing; the answer comes later"
    ABANDONED = 28, "patience ends; the customer hangs up", None, _ABANDONED
    CUT = 29, "the clock cuts the call", None, _CUT
    HUNG_UP = 30, "the agent hangs up early", None, _CUT
    DISMISSED = 31, "turned away at closing", None, Mark("turned away", "v", "faint")
    LEFT_AGENT = 32, "the customer leaves this agent; `amount` is the after-call work that follows (min)"
    CALL_ENDED = 33, "the line is free again; the customer is away", Activity.AWAY
    FOUND_OUT = 34, "the customer finds out that it was not solved"
    GAVE_UP = 35, "persistence ends; the journey ends unsolved", Activity.ENDED, Mark("gave up", "X", "worse")
    REPAIRED = 36, "the customer pays a repair of his own; `amount` is its price (EUR)"
    LIMIT_REACHED = 37, "the most attempts anyone makes are used up"
    CHOSE_QUEUE = 38, "the customer chooses the shorter queue that he is offered"
    MOVED_ON = 39, "a path leads on out of the queue, into another one; patience goes on"
    MESSAGE_LEFT = 40, "the customer leaves a message in place of waiting; the answer comes later"
    QUEUE_FULL = 41, "no place is left in the queue, and the call is over", None, Mark("line busy", "s")
    MISUNDERSTOOD = 42, "the agent has not understood: the customer tells the story once more", Activity.EXPLANATION
    COLLEAGUE_ASKED = 43, "a colleague is asked, for advice or to take over; his agent holds with the customer", _HOLD
    COLLEAGUE_JOINED = 44, "`agent` of `team` joins in; `amount` is for how long both are busy (min)"
    CONFERRING = 45, "the agent, his colleague and the customer talk together", Activity.TALK
    TRANSFER_LOST = 46, "no agent was idle to whom the customer could be passed on; the call is lost", None, _CUT
    PREVENTED = (
        47,
        "the world prevents the problem: nothing is lived; `amount` is what that costs the firm (EUR)",
        Activity.ENDED,
        Mark("prevented", "D", "better"),
    )
    WROTE = (
        48,
        "the customer begins to write to the queue `team`; `amount` is the number of the channel",
        Activity.WRITING,
    )
    SENT = 49, "the message is sent; the customer is away until the answer comes", Activity.AWAY, _MESSAGE
    ACKNOWLEDGED = 50, "a machine says that the message has come"
    REPLIED = (
        51,
        "the answer to the message of `contact` is read; `amount` is for how long one waited for it (min)",
        Activity.READING,
        _REPLY,
    )
    READ = (
        52,
        "reading, or looking for something, is over; `amount` is the channel of what was answered, by number",
        Activity.AWAY,
    )
    NO_REPLY = (
        53,
        "the customer waits no longer for the answer to `contact`; `amount` is its channel, by number",
        None,
        Mark("no answer", "s", "worse"),
    )
    REPLIED_LATE = (
        54,
        "an answer to `contact` comes that is waited for no longer; `amount` is how long ago one asked (min)",
        None,
        _REPLY,
    )
    ASKED_BACK = 55, "the answer asks for more: the customer has to write again"
    SENT_ON = 56, "told to try another channel", None, Mark("sent elsewhere", ">")
    SWITCHED = 57, "this contact is through another channel than the one before"
    FILED = 58, "a message or a case comes into the queue `team`", None, None, True
    WORKED_ON = 59, "`agent` of `team` works on it; `amount` is for how long he is busy (min)", None, None, True
    HANDED_ON = 60, "it is handed on to another team", None, None, True
    CASE_OPENED = 61, "a case is opened: the firm works on it while the customer is away", None, _OPENED
    CASE_FORGOTTEN = 62, "a case is opened as far as the customer knows: nobody has registered it", None, _OPENED
    PROMISED = 63, "a date is promised; `amount` is how long it is until then (min)"
    PROMISE_BROKEN = 64, "the promised date is over, and it is not done", None, Mark("promise broken", "x", "worse")
    PROMISE_RESET = 65, "another date is promised; `amount` is how long it is until then (min)", None, _RESET
    CHASED = 66, "the customer asks how it stands: this contact is about the case", None, _ASKS
    STATUS_TOLD = 67, "the agent looks it up and says how it stands", Activity.TALK
    STEP_BEGUN = 68, "a step of the case begins; `amount` is how long it lies first (min)", None, None, True
    NEWS_SENT = 69, "the firm tells by itself how it stands; `amount` is what it costs (EUR)", None, _NEWS, True
    VISIT_BOOKED = 70, "a technician is to come; `amount` is what it costs the firm (EUR)", None, None, True
    VISIT_MISSED = 71, "nobody comes, or nobody is at home", None, Mark("visit missed", "x", "faint"), True
    VISITED = 72, "the technician is there; `amount` is the customer's time for it (min)", None, _VISIT, True
    CASE_CLOSED = 73, "the work on the case ends; `amount` is 1 where it solved the problem", None, None, True
    CASE_ANSWERED = 74, "the customer is told what has come of his case"
    ACTED_FOR = 75, "the agent acts in place of the customer", Activity.TALK
    NOT_READY = 76, "it cannot be solved yet, whoever tries"
    SET_OUT = 77, "the customer sets out for a desk; `amount` is the channel, by number", Activity.TRAVEL
    DESK_LEFT = 78, "the customer leaves the desk", Activity.AWAY
    CHAT_OPENED = 79, "the customer opens a chat; `amount` is the channel, by number"
    CHATTING = 80, "the chat with `agent` begins; `amount` is the work it needs alone (min)", Activity.CHAT
    CHAT_ENDED = 81, "the chat is over; the customer is away", Activity.AWAY
    NUMBER_SOUGHT = 82, "the customer looks for the number, or for a form", Activity.SEARCHING, _SOUGHT
    HELP_READ = 83, "the customer reads the help there is, before he turns to the firm", Activity.SEARCHING, _SOUGHT
    FORUM_ASKED = 84, "the customer asks other customers", Activity.SEARCHING, _FORUM
    FORUM_ANSWERED = 85, "another customer answers; `amount` is his unpaid time for it (min)", None, _FORUM
    POSTED = 86, "what was sent can be read by others", None, Mark("public message", "p")
    DETECTED = (
        87,
        "the firm has noticed the problem by itself, and tells the customer before he turns to it",
        Activity.AWAY,
        Mark("noticed", "h", "better"),
    )
    CAUSE_FOUND = 88, "the root cause is found and removed: it does not strike again"
    RECURRED = 89, "the cause has struck again: the problem appears anew", Activity.AWAY, _AGAIN
    GENERIC = 90, "the agent handles one by the book, or with contempt"
    TAKEN_UP = 91, "it leaves the queue `team`; `amount` is how long it waited there (min)", None, None, True
    DROPPED = 92, "the firm writes that it wants the customer no more: he asks too much", None, _DROPPED


COLUMNS: dict[str, str] = {
    "customer": "place of the customer in `Customers`, from 0",
    "problem": "number of the problem: the same in every world, however large its volume",
    "order": "place of the row in its customer's life, from 0: rows that share an instant stand in this order",
    "time": "minutes from Monday 00:00 of the first week",
    "week": "week of it, from 1",
    "day": "day of the week: mon to sun",
    "clock": "time of day, cut to the second",
    "event": "what happened: a name below",
    "contact": "number of the customer's call, from 0; -1 before the first",
    "leg": "part of the call, from 0: each transfer begins another",
    "team": "team that is meant; until one is answered, the queue (a team's own has its name); empty where none is",
    "agent": "number of the agent within the team; -1 where none is meant",
    "amount": "what the event says of it: min or EUR; 0 where it says nothing",
}
"""The columns of a history's frame, and of its Parquet file."""


def events() -> pd.DataFrame:
    """Return every event: its code, its name in a history's frame, what it means, and the activity it begins, if any.

    Returns
    -------
    DataFrame
        A row for each event: ``code``, ``event``, ``means``, ``begins``.

    Examples
    --------
    >>> events().set_index("event").loc["talking", "begins"]
    'talk'
    """
    import pandas as pd

    rows = [(int(event), _name(event), event.meaning, _begun(event)) for event in Event]
    return pd.DataFrame(rows, columns=["code", "event", "meaning", "begins"])


def page() -> str:
    """Return the dictionary of a history as the page ``docs/events.md``."""
    columns = [f"| `{name}` | {meaning} |" for name, meaning in COLUMNS.items()]
    rows = [f"| {int(event)} | `{_name(event)}` | {event.meaning} | {_begun(event)} |" for event in Event]
    return _PAGE.format(columns="\n".join(columns), events="\n".join(rows))


def _name(event: Event) -> str:
    return event.name.lower()


def _begun(event: Event) -> str:
    if event.begins is Activity.HOLD:
        return "hold; transfer hold after a transfer"
    return "" if event.begins is None else event.begins.name.lower().replace("_", " ")


_PAGE = """# What a history says

A run leaves one row for each thing that happens to a customer. `History.frame()` gives them as a table, and
`History.to_parquet(path)` and `python -m sim run WORLD --trace FILE` write it. The file says in its metadata which
world (name and digest), program version, seed, replication and engine it comes from, and what the codes mean:
`pandas.read_parquet(path).attrs`. `sim.events()` gives the second table below in Python; this page is written by
`sim.history.events.page()`, and a test holds it to it.

## Columns

| column | meaning |
|---|---|
{columns}

A customer's rows stand in the order lived, and many share an instant: sort by `customer` and `order`, or by `time` and
`order`, and every life stays in order. Between customers a history holds no order within an instant: there agents are
released first, then staff changes, then callers are served, then everything else by customer.

## Events

Many events begin an activity, which lasts until the same customer's next row that begins one. A journey ends with
`gave_up`, or with the `call_ended` after `solved`, or with a `solved` by ticket; or with `prevented`,
before anything is lived.

| code | event | meaning | begins |
|---|---|---|---|
{events}
"""


def begins(event: int, leg: int) -> Activity | None:
    """Return the activity that a row begins, or None when it begins none; a hold of a later leg is a transfer hold."""
    activity = Event(event).begins
    return Activity.TRANSFER_HOLD if activity is Activity.HOLD and leg > 0 else activity


ACTIVITY_OF = np.full((max(Event) + 1, 2), -1, np.int8)
"""`begins` as a table: row event, column 0 for the first leg and 1 for later ones; -1 for none."""
for _event in Event:
    for _later in (0, 1):
        _activity = begins(_event, _later)
        if _activity is not None:
            ACTIVITY_OF[_event, _later] = _activity
