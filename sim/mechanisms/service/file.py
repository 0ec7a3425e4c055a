"""The case file: what the firm has of a problem that it works on, and what an agent of any channel finds in it."""

from __future__ import annotations

import math
from typing import Final

from sim.history import codes
from sim.luck.keys import LEGS
from sim.machine.compiling import rule
from sim.mechanisms.state import outcome
from sim.mechanisms.state.blocks import Short, at_birth
from sim.mechanisms.state.life import Life
from sim.mechanisms.state.outcome import NO_TEAM
from sim.mechanisms.state.plans import CasePlan, StepPlan
from sim.mechanisms.state.records import case_in, number_in, step_in
from sim.mechanisms.state.verbs import next_leg, note, office_of

NO_CASE: Final = -1
NO_STEP: Final = -1


class Filed(Life):
    """Which case the firm has of this problem, whether it is registered there, and the step that is worked on.

    Who has asked for it to be worked on asks how it stands, whomever he reaches. Then the date that was promised, and
    whether he knows that it is over.
    """

    case: Short = at_birth(0)
    asks_about: bool = at_birth(False)
    registered: bool = at_birth(False)
    step: Short = at_birth(NO_STEP)
    round: Short = at_birth(0)
    promised: float = at_birth(math.inf)
    broken: bool = at_birth(False)


@rule
def next_piece(me: Filed) -> None:
    """Have other luck for the next piece of work, also where there are more of them than a contact has legs."""
    if me.leg + 2 >= LEGS:
        me.turn, me.leg = me.turn + 1, -1
    next_leg(me)


@rule
def case_of(me: Filed) -> CasePlan:
    """Return what the case is."""
    return case_in(office_of(me).plan.cases, me.case)


@rule
def step_of(me: Filed) -> StepPlan:
    """Return what the step of the case is."""
    return step_in(case_of(me).steps, me.step)


@rule
def chance_of_step(me: Filed) -> float:
    """Return the chance that the step of the case solves the problem."""
    its = step_of(me)
    return number_in(its.solves, me.reason * its.classes + me.difficulty)


@rule
def looked_up(me: Filed) -> tuple[int, int]:
    """Find out how the case stands; one that nobody has registered is registered now."""
    return (outcome.STATUS if me.registered else outcome.TICKET), NO_TEAM


@rule
def sees_the_date(me: Filed) -> None:
    """See that the date that was promised is over, where one was busy or away when it came."""
    if me.now > me.promised and not me.broken:
        me.broken = True
        note(me, codes.PROMISE_BROKEN)
