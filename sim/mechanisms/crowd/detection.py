"""Detection: the firm notices the problem by itself, and tells the customer so, unless he comes first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

from sim import purposes
from sim.history import codes
from sim.machine.compiling import rule
from sim.machine.kernel.strands import ends
from sim.mechanisms.service.verdict import is_ready
from sim.mechanisms.state import outcome
from sim.mechanisms.state.blocks import at_birth
from sim.mechanisms.state.hours import dial_time
from sim.mechanisms.state.records import number_in
from sim.mechanisms.state.verbs import draw, happens, note, office_of
from sim.mechanisms.writing.meanwhile import Waiting, begins_to_wait, promises


class Noticed(Waiting):
    """When the firm tells the customer that it has noticed, unless he has come to it before."""

    noticed_at: float = at_birth(math.inf)


@rule
def notices(me: Noticed) -> None:
    """Have the firm notice the problem that has just appeared, or not."""
    its = office_of(me).plan.beforehand
    me.noticed_at = math.inf
    if happens(me, number_in(its.noticed, me.reason), purposes.NOTICED):
        me.noticed_at = me.now + draw(me, its.noticed_after, purposes.NOTICED_AFTER)


@rule
def goes_by(me: Noticed, until: float) -> bool:
    """Let the time pass until then; False where the customer is told before, or at that instant."""
    me.now = min(until, me.noticed_at)
    return me.now < me.noticed_at


@rule
def gets_to_it(me: Noticed) -> bool:
    """Be awake, so that one can do anything; False where one is told before."""
    plan = office_of(me).plan
    moved = draw(me, plan.moved, purposes.GETS_TO_IT)
    return goes_by(me, dial_time(plan.beforehand.awake, me.now, moved))


@rule
def is_noticed_by(me: Noticed, at: float) -> bool:
    """Say whether one is told before a contact, or at that instant."""
    return me.noticed_at <= at < math.inf


@rule
def is_told(me: Noticed) -> int:
    """Be told in place of the first contact, which is not made, and wait as for any other case."""
    me.now = max(me.now, me.noticed_at)
    me.contact, me.channel = me.contact - 1, me.came_by
    me.case, me.registered = office_of(me).plan.beforehand.case, True
    note(me, codes.DETECTED)
    note(me, codes.CASE_OPENED)
    begins_to_wait(me)
    me.informed = True
    if office_of(me).plan.waiting.promises:
        promises(me, codes.PROMISED)
    return outcome.NOTICED


@rule
def may_be_solved(me: Noticed, chances: Sequence[float], purpose: int) -> bool:
    """Have the problem solved without the firm, by reason and class, if it can be solved by now."""
    place = me.reason * office_of(me).plan.beforehand.classes + me.difficulty
    return is_ready(me) and happens(me, number_in(chances, place), purpose)


# The compiled telling, for worlds whose firm notices anything ---------------------------------------------------------

NOTICE: Final = 21


@rule
def notice_step(stage: int, me: Any, office: Any) -> int:
    """Do as `is_told`."""
    return ends(me, is_told(me))
