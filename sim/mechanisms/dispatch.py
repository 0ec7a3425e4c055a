"""The register of the compiled mechanisms: one line each. Each is a piece, compiled when a world needs it."""

from __future__ import annotations

from collections.abc import Callable

from sim.machine.compiling import Piece
from sim.mechanisms.crowd.detection import NOTICE, notice_step
from sim.mechanisms.face_to_face.desk import DESK, desk_step
from sim.mechanisms.journey.journey import (
    AWAY,
    DISCOVERY,
    JOURNEY,
    TICKET,
    away_step,
    discovery_step,
    journey_step,
    ticket_step,
)
from sim.mechanisms.journey.onset import ONSET, onset_step
from sim.mechanisms.outside.visit import VISIT, visit_step
from sim.mechanisms.service.channels import CHATS as CHAT_CHANNELS
from sim.mechanisms.service.channels import DESKS, MESSAGES
from sim.mechanisms.service.file import NO_CASE
from sim.mechanisms.state.beside import LISTEN, listen_step
from sim.mechanisms.state.office import OFFICE
from sim.mechanisms.state.outcome import NO_TEAM
from sim.mechanisms.state.plans import Plan
from sim.mechanisms.telephone.call import CALL, TALKS, call_step, talks_step
from sim.mechanisms.telephone.colleague import COLLEAGUE, colleague_step
from sim.mechanisms.telephone.hold import HOLD, RING_BACK, hold_step, ring_back_step
from sim.mechanisms.whole_life import LIFE
from sim.mechanisms.writing.case import CASE, case_step
from sim.mechanisms.writing.chat import CHAT, CHATS, chat_step, chats_step
from sim.mechanisms.writing.meanwhile import MEANWHILE, meanwhile_step
from sim.mechanisms.writing.message import MESSAGE, REPLY, message_step, reply_step
from sim.mechanisms.writing.work import WORK, work_step


def _piece(step: Callable[..., int]) -> Piece:
    return Piece(step, ("int", LIFE, OFFICE), "int", __name__)


STEPS: dict[int, Piece] = {
    TALKS: _piece(talks_step),
    JOURNEY: _piece(journey_step),
    CALL: _piece(call_step),
    HOLD: _piece(hold_step),
    RING_BACK: _piece(ring_back_step),
    TICKET: _piece(ticket_step),
    DISCOVERY: _piece(discovery_step),
    COLLEAGUE: _piece(colleague_step),
    LISTEN: _piece(listen_step),
    WORK: _piece(work_step),
    MESSAGE: _piece(message_step),
    REPLY: _piece(reply_step),
    CASE: _piece(case_step),
    VISIT: _piece(visit_step),
    MEANWHILE: _piece(meanwhile_step),
    AWAY: _piece(away_step),
    DESK: _piece(desk_step),
    CHAT: _piece(chat_step),
    CHATS: _piece(chats_step),
    ONSET: _piece(onset_step),
    NOTICE: _piece(notice_step),
}
"""By number, those that take longest to compile first. A step is told its stage and says what comes of it.

A mechanism's number stands beside its step, is nobody else's, and never shifts: the next one is 22.
"""


def has(kind: int) -> Callable[[Plan], bool]:
    """Return what says whether there is a channel of a kind."""
    return lambda plan: any(channel.kind == kind for channel in plan.channels)


def opens_cases(plan: Plan) -> bool:
    """Say whether any path opens a case, or the firm does by itself."""
    return plan.beforehand.case != NO_CASE or any(path.case != NO_CASE for path in plan.paths)


def branches_off(plan: Plan) -> bool:
    """Say whether anything can go on beside the customer."""
    return has(MESSAGES)(plan) or opens_cases(plan)


_SOMETIMES: dict[int, Callable[[Plan], bool]] = {
    RING_BACK: lambda plan: plan.call_back_tries > 0,
    TICKET: lambda plan: any(path.ticket for path in plan.paths),
    DISCOVERY: lambda plan: plan.known_now < 1.0,
    COLLEAGUE: lambda plan: (
        plan.supervisors != NO_TEAM
        or any(team.advised > 0.0 for team in plan.teams)
        or any(path.conference for path in plan.paths)
    ),
    LISTEN: branches_off,
    WORK: branches_off,
    MESSAGE: has(MESSAGES),
    REPLY: has(MESSAGES),
    DESK: has(DESKS),
    CHAT: has(CHAT_CHANNELS),
    CHATS: has(CHAT_CHANNELS),
    CASE: opens_cases,
    VISIT: lambda plan: any(step.visited for case in plan.cases for step in case.steps),
    MEANWHILE: opens_cases,
    AWAY: branches_off,
    ONSET: lambda plan: plan.has_onset,
    NOTICE: lambda plan: any(share > 0.0 for share in plan.beforehand.noticed),
}
"""When a world needs those that not every world needs."""


def steps_of(plan: Plan) -> dict[int, Piece]:
    """Return the mechanisms that can happen in a world."""
    return {number: step for number, step in STEPS.items() if number not in _SOMETIMES or _SOMETIMES[number](plan)}
