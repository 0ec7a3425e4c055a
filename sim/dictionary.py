"""What can happen to a customer, as codes with their meaning: the words a history is written in."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd


class Event(IntEnum):
    """What a row says. The codes are fixed; each has one line of meaning in `MEANING`, and all stand in `events`."""

    APPEARED = 1
    DIALLED = 2
    BLOCKED = 3
    PICKED_UP = 4
    QUEUED = 5
    BALKED = 6
    CALL_BACK_TAKEN = 7
    RUNG_BACK = 8
    RING_MISSED = 9
    ANSWERED = 10
    IDENTIFYING = 11
    EXPLAINING = 12
    TALKING = 13
    WRONG_PITCH = 14
    CONTRADICTED = 15
    WRONG_PERSON = 16
    TRANSFERRED_COLD = 17
    TRANSFERRED_WARM = 18
    BRIEFING = 19
    APPROVAL_ASKED = 20
    GRANTED = 21
    REFUSED = 22
    SOLVED = 23
    UNSOLVED = 24
    BELIEVED = 25
    SENT_ELSEWHERE = 26
    TICKETED = 27
    ABANDONED = 28
    CUT = 29
    HUNG_UP = 30
    DISMISSED = 31
    LEFT_AGENT = 32
    CALL_ENDED = 33
    FOUND_OUT = 34
    GAVE_UP = 35
    REPAIRED = 36
    LIMIT_REACHED = 37


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


MEANING: dict[Event, str] = {
    Event.APPEARED: "the problem appears; the customer is away until he dials",
    Event.DIALLED: "the customer dials (an attempt, whatever becomes of it)",
    Event.BLOCKED: "all lines were busy; the attempt is over",
    Event.PICKED_UP: "the voice server picks up; the menu begins",
    Event.QUEUED: "a hold begins for `team`: the first one of the call (leg 0), or one after a transfer",
    Event.BALKED: "the customer hangs up at once rather than hold",
    Event.CALL_BACK_TAKEN: "the customer hangs up and keeps the place in the queue; the firm will ring",
    Event.RUNG_BACK: "the firm rings, at its own cost, and the customer answers",
    Event.RING_MISSED: "the firm rings in vain; `amount` is the agent's time lost (min)",
    Event.ANSWERED: "`agent` of `team` takes the customer: the leg's service begins",
    Event.IDENTIFYING: "identification begins",
    Event.EXPLAINING: "the customer begins to tell the story",
    Event.TALKING: "the talk begins; `amount` is the work it needs if nothing breaks it off (min)",
    Event.WRONG_PITCH: "the agent speaks too simply or too expertly",
    Event.CONTRADICTED: "the agent rejects what an earlier one had done",
    Event.WRONG_PERSON: "the agent turns out not to be the right one",
    Event.TRANSFERRED_COLD: "passed back into a queue, nothing handed on",
    Event.TRANSFERRED_WARM: "passed on with a briefing",
    Event.BRIEFING: "the next agent is briefed while the customer holds",
    Event.APPROVAL_ASKED: "a supervisor is asked while the customer holds",
    Event.GRANTED: "the gesture is granted; `amount` is its size (EUR)",
    Event.REFUSED: "the gesture is refused",
    Event.SOLVED: "the problem is truly solved",
    Event.UNSOLVED: "the attempt did not solve it, and the customer knows",
    Event.BELIEVED: "the firm's log says solved; the customer will find out that it is not",
    Event.SENT_ELSEWHERE: "told to write elsewhere; the customer knows that nothing is solved",
    Event.TICKETED: "taken in writing; the answer comes later",
    Event.ABANDONED: "patience ends; the customer hangs up",
    Event.CUT: "the clock cuts the call",
    Event.HUNG_UP: "the agent hangs up early",
    Event.DISMISSED: "turned away at closing",
    Event.LEFT_AGENT: "the customer leaves this agent; `amount` is the after-call work that follows (min)",
    Event.CALL_ENDED: "the line is free again; the customer is away",
    Event.FOUND_OUT: "the customer finds out that it was not solved",
    Event.GAVE_UP: "persistence ends; the journey ends unsolved",
    Event.REPAIRED: "the customer pays a repair of his own; `amount` is its price (EUR)",
    Event.LIMIT_REACHED: "the most attempts anyone makes are used up",
}

BEGINS: dict[Event, Activity] = {
    Event.APPEARED: Activity.AWAY,
    Event.PICKED_UP: Activity.MENU,
    Event.QUEUED: Activity.HOLD,  # transfer hold when the leg is not the first
    Event.CALL_BACK_TAKEN: Activity.AWAY,
    Event.IDENTIFYING: Activity.IDENTIFICATION,
    Event.EXPLAINING: Activity.EXPLANATION,
    Event.TALKING: Activity.TALK,
    Event.BRIEFING: Activity.TRANSFER_HOLD,
    Event.APPROVAL_ASKED: Activity.APPROVAL_HOLD,
    Event.CALL_ENDED: Activity.AWAY,
    Event.GAVE_UP: Activity.ENDED,
}
"""Which rows begin an activity (a journey also ends with the CALL_ENDED after SOLVED, or with SOLVED by ticket)."""

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
    "team": "team that is meant; empty where none is",
    "agent": "number of the agent within the team; -1 where none is meant",
    "amount": "what the event says of it: min or EUR; 0 where it says nothing",
}
"""The columns of a history's frame, and of its Parquet file."""


def events() -> pd.DataFrame:
    """Return every event: its code, its name in a history's frame, what it means, and the activity it begins, if any.

    Examples
    --------
    >>> events().set_index("event").loc["talking", "begins"]
    'talk'
    """
    import pandas as pd

    rows = [(int(event), _name(event), MEANING[event], _begun(event)) for event in Event]
    return pd.DataFrame(rows, columns=["code", "event", "meaning", "begins"])


def page() -> str:
    """Return the dictionary of a history as the page ``docs/events.md``."""
    columns = [f"| `{name}` | {meaning} |" for name, meaning in COLUMNS.items()]
    rows = [f"| {int(event)} | `{_name(event)}` | {MEANING[event]} | {_begun(event)} |" for event in Event]
    return _PAGE.format(columns="\n".join(columns), events="\n".join(rows))


def _name(event: Event) -> str:
    return event.name.lower()


def _begun(event: Event) -> str:
    if event == Event.QUEUED:
        return "hold; transfer hold after a transfer"
    return BEGINS[event].name.lower().replace("_", " ") if event in BEGINS else ""


_PAGE = """# What a history says

A run leaves one row for each thing that happens to a customer. `History.frame()` gives them as a table, and
`History.to_parquet(path)` and `python -m sim run WORLD --trace FILE` write it. The file says in its metadata which
world (name and digest), program version, seed, replication and engine it comes from, and what the codes mean:
`pandas.read_parquet(path).attrs`. `sim.events()` gives the second table below in Python; this page is written by
`sim.dictionary.page()`, and a test holds it to it.

## Columns

| column | meaning |
|---|---|
{columns}

A customer's rows stand in the order lived, and many share an instant: sort by `customer` and `order`, or by `time` and
`order`, and every life stays in order. Between customers a history holds no order within an instant: there agents are
released first, then staff changes, then callers are served, then everything else by customer.

## Events

Many events begin an activity, which lasts until the same customer's next row that begins one. A journey ends with
`gave_up`, or with the `call_ended` after `solved`, or with a `solved` by ticket.

| code | event | meaning | begins |
|---|---|---|---|
{events}
"""


def begins(event: int, leg: int) -> Activity | None:
    """Return the activity that a row begins, or None when it begins none."""
    activity = BEGINS.get(Event(event))
    if activity == Activity.HOLD and leg > 0:
        return Activity.TRANSFER_HOLD
    return activity


ACTIVITY_OF = np.full((max(Event) + 1, 2), -1, np.int8)
"""`begins` as a table: row event, column 0 for the first leg and 1 for later ones; -1 for none."""
for _event in Event:
    for _later in (0, 1):
        _activity = begins(_event, _later)
        if _activity is not None:
            ACTIVITY_OF[_event, _later] = _activity
