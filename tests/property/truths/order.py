"""Which row may follow which: the grammar of a life, written from the meaning of the rows."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from sim.history.rows import Event, History
from tests.property.truths.rows import BROKEN_OFF, NOTHING, PASSED_ON, SENT_ON, lives

FAILED = {Event.DIALLED, Event.GAVE_UP, Event.LIMIT_REACHED, Event.DROPPED}
"""What may follow a failed attempt."""
TOLD = {Event.SOLVED, Event.UNSOLVED, Event.BELIEVED, Event.SENT_ELSEWHERE, Event.TICKETED}
ASKED = {Event.COLLEAGUE_ASKED, Event.APPROVAL_ASKED}
AFTER_TALK = ASKED | {Event.WRONG_PERSON, Event.GRANTED, Event.REFUSED} | TOLD | PASSED_ON | BROKEN_OFF
SPELLS = {Event.WRONG_PITCH, Event.EXPLAINING, Event.CONTRADICTED, Event.TALKING} | AFTER_TALK
"""A spell of no length has no row."""
NOT_LET_IN = {Event.QUEUE_FULL, Event.TRANSFER_LOST, Event.MESSAGE_LEFT}
"""What ends a call in place of a hold."""

MAY_FOLLOW: dict[Event, set[Event]] = {
    Event.APPEARED: {Event.DIALLED, Event.PREVENTED},
    Event.PREVENTED: set(),
    Event.DIALLED: {Event.BLOCKED, Event.PICKED_UP},
    Event.BLOCKED: FAILED,
    Event.PICKED_UP: {Event.QUEUED, Event.CUT},
    Event.QUEUED: {Event.BALKED, Event.CALL_BACK_TAKEN, Event.ABANDONED, Event.CUT, Event.DISMISSED, Event.ANSWERED}
    | SENT_ON
    | NOT_LET_IN,
    Event.CHOSE_QUEUE: {Event.QUEUED},
    Event.MOVED_ON: {Event.QUEUED},
    Event.MESSAGE_LEFT: {Event.CALL_ENDED},
    Event.QUEUE_FULL: {Event.CALL_ENDED},
    Event.TRANSFER_LOST: {Event.CALL_ENDED, Event.LEFT_AGENT},
    Event.BALKED: {Event.CALL_ENDED},
    Event.CALL_BACK_TAKEN: {Event.RUNG_BACK, Event.RING_MISSED, Event.DISMISSED},
    Event.RING_MISSED: {Event.RUNG_BACK, Event.RING_MISSED, Event.ABANDONED, Event.DISMISSED},
    Event.RUNG_BACK: {Event.ANSWERED},
    Event.ANSWERED: {Event.IDENTIFYING, Event.BRIEFING} | SPELLS,
    Event.BRIEFING: {Event.IDENTIFYING, Event.LEFT_AGENT} | SPELLS,
    Event.IDENTIFYING: SPELLS,
    Event.WRONG_PITCH: SPELLS - {Event.WRONG_PITCH},
    Event.EXPLAINING: {Event.MISUNDERSTOOD, Event.CONTRADICTED, Event.TALKING} | AFTER_TALK,
    Event.MISUNDERSTOOD: {Event.CONTRADICTED, Event.TALKING} | AFTER_TALK,
    Event.CONTRADICTED: {Event.TALKING} | AFTER_TALK,
    Event.TALKING: AFTER_TALK,
    Event.WRONG_PERSON: (TOLD - {Event.SOLVED}) | PASSED_ON,
    Event.APPROVAL_ASKED: {Event.COLLEAGUE_JOINED, Event.GRANTED, Event.REFUSED} | BROKEN_OFF,
    Event.COLLEAGUE_ASKED: {Event.COLLEAGUE_JOINED, Event.TRANSFER_LOST} | AFTER_TALK,
    Event.COLLEAGUE_JOINED: {Event.CONFERRING, Event.BRIEFING, Event.LEFT_AGENT} | AFTER_TALK,
    Event.CONFERRING: AFTER_TALK,
    Event.GRANTED: TOLD | PASSED_ON,
    Event.REFUSED: (TOLD - {Event.SOLVED}) | PASSED_ON,
    Event.TRANSFERRED_COLD: {Event.LEFT_AGENT},
    Event.TRANSFERRED_WARM: {Event.LEFT_AGENT, Event.COLLEAGUE_ASKED},
    Event.SOLVED: {Event.LEFT_AGENT},
    Event.UNSOLVED: {Event.LEFT_AGENT} | FAILED,
    Event.BELIEVED: {Event.LEFT_AGENT},
    Event.SENT_ELSEWHERE: {Event.LEFT_AGENT},
    Event.TICKETED: {Event.LEFT_AGENT},
    Event.ABANDONED: {Event.CALL_ENDED},
    Event.DISMISSED: {Event.CALL_ENDED},
    Event.CUT: {Event.LEFT_AGENT, Event.CALL_ENDED},
    Event.HUNG_UP: {Event.LEFT_AGENT},
    Event.LEFT_AGENT: {Event.QUEUED, Event.CALL_ENDED, Event.ANSWERED},
    Event.CALL_ENDED: {Event.FOUND_OUT, Event.SOLVED, Event.UNSOLVED} | FAILED,
    Event.FOUND_OUT: FAILED,
    Event.LIMIT_REACHED: {Event.GAVE_UP},
    Event.DROPPED: {Event.GAVE_UP},
    Event.GAVE_UP: {Event.REPAIRED},
    Event.REPAIRED: set(),
}
WITH_NO_LENGTH = (
    {
        Event.DIALLED,
        Event.BALKED,
        Event.RUNG_BACK,
        Event.WRONG_PITCH,
        Event.CONTRADICTED,
        Event.WRONG_PERSON,
        Event.GRANTED,
        Event.REFUSED,
        Event.ABANDONED,
        Event.DISMISSED,
        Event.CUT,
        Event.HUNG_UP,
        Event.LEFT_AGENT,
        Event.LIMIT_REACHED,
        Event.DROPPED,
        Event.BELIEVED,
        Event.SENT_ELSEWHERE,
        Event.TICKETED,
    }
    | PASSED_ON
    | SENT_ON
    | NOT_LET_IN
)
"""Rows that the next one follows in the same instant."""


def order(history: History) -> Iterator[str]:
    """Each row is one that may follow the row before, not earlier, and in the same instant where nothing lasts."""
    for customer, rows in lives(history):
        for row, after in pairwise(rows):
            here, then = row.event, after.event
            if then not in MAY_FOLLOW[here]:
                yield f"{customer}: {here.name} is followed by {then.name} at {after.time}"
            if after.time < row.time:
                yield f"{customer}: {then.name} comes before {here.name}"
            if here in WITH_NO_LENGTH and after.time > row.time + NOTHING:
                yield f"{customer}: {here.name} lasts from {row.time} to {after.time}"
        if rows[-1].time > history.world.time.end:
            yield f"{customer}: lives beyond the end of the run"
