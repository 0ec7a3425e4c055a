"""A case: what the firm works on while the customer is away, step by step; it tells him what has come of it."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any, Final

from sim import purposes
from sim.history import codes
from sim.machine.compiling import rule
from sim.machine.kernel.strands import ends, enters
from sim.mechanisms.outside.visit import VISIT, visit
from sim.mechanisms.service.file import NO_STEP, case_of, chance_of_step, next_piece, step_of
from sim.mechanisms.service.verdict import is_ready, ready_at
from sim.mechanisms.state import outcome
from sim.mechanisms.state.beside import OF_THE_CASE, is_over, news_of
from sim.mechanisms.state.outcome import NO_TEAM
from sim.mechanisms.state.records import law_in
from sim.mechanisms.state.verbs import catches_up, draw, happens, note, office_of
from sim.mechanisms.writing.telling import tells
from sim.mechanisms.writing.work import WORK, Worked, work

CASES: Final = 64 << 12
"""From here on the occasions of a case's luck, beyond those of all channels."""


def case(me: Worked) -> Generator[Any, Any, None]:
    """Go through the steps until the problem is solved; beside the customer, whatever he does meanwhile."""
    begins_case(me)
    yield me.catch_up()
    while next_step(me):
        yield me.catch_up()
        if step_of(me).visited:
            yield from visit(me)
        me.outcome = solved_by_itself(me)
        if step_of(me).queue != NO_TEAM:
            me.outcome = yield from work(me, step_of(me).queue)
        if me.outcome == outcome.SOLVED:
            break
    closes(me)


# Told once: where nothing waits ---------------------------------------------------------------------------------------


@rule
def begins_case(me: Worked) -> None:
    """Have luck of its own, whichever contact has opened it."""
    me.turn, me.leg = CASES + (me.contact << 12), 0
    me.step, me.round, me.outcome = NO_STEP, 0, outcome.UNSOLVED


@rule
def next_step(me: Worked) -> bool:
    """Go on to the next step that this case needs; False when all rounds are over."""
    its = case_of(me)
    while True:
        next_piece(me)
        me.step += 1
        if me.step == its.many:
            me.step, me.round = 0, me.round + 1
        if me.round == its.rounds:
            return False
        if step_of(me).share >= 1.0 or happens(me, step_of(me).share, purposes.STEP):
            begins_step(me)
            return True


@rule
def begins_step(me: Worked) -> None:
    """Tell the customer, where the firm does, and let the case lie, or others have it."""
    if office_of(me).plan.waiting.tells:
        note(me, codes.NEWS_SENT, office_of(me).plan.waiting.news_cost)
        tells(me, outcome.TOLD)
    its, until = step_of(me), me.now
    until += draw(me, law_in(its.takes, me.segment), purposes.STEP_TAKES)
    if its.until_ready and not is_ready(me):
        until = max(until, ready_at(me))
    note(me, codes.STEP_BEGUN, until - me.now)
    me.now = until


@rule
def solved_by_itself(me: Worked) -> int:
    """Return whether a step on which no team works has solved the problem."""
    if step_of(me).queue == NO_TEAM and is_ready(me) and happens(me, chance_of_step(me), purposes.SOLVE):
        return outcome.SOLVED
    return outcome.UNSOLVED


@rule
def closes(me: Worked) -> None:
    """Close the case and tell the customer."""
    note(me, codes.CASE_CLOSED, 1.0 if me.outcome == outcome.SOLVED else 0.0)
    tells(me, news_of(me.outcome, 0, 0, 0) | OF_THE_CASE)
    is_over(me)


# The compiled telling of what waits -----------------------------------------------------------------------------------

CASE: Final = 13
_BEGINS, _GOES_ON, _HAS_LAIN, _IS_VISITED, _IS_DONE = range(5)


@rule
def case_step(stage: int, me: Any, office: Any) -> int:
    """Do as `case`."""
    if stage == _BEGINS:
        begins_case(me)
        return catches_up(me, office, _GOES_ON)
    if stage == _HAS_LAIN and step_of(me).visited:
        return enters(me, _IS_VISITED, VISIT)
    if stage in (_HAS_LAIN, _IS_VISITED):
        me.outcome = solved_by_itself(me)
        if step_of(me).queue != NO_TEAM:
            me.onward = step_of(me).queue
            return enters(me, _IS_DONE, WORK)
    if stage == _IS_DONE:
        me.outcome = me.answer
    if me.outcome != outcome.SOLVED and next_step(me):
        return catches_up(me, office, _HAS_LAIN)
    closes(me)
    return ends(me, outcome.NOTHING)
