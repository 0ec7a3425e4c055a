"""Recurrence: a cause that was not removed strikes again, and the problem appears anew."""

from __future__ import annotations

import math

from sim import purposes
from sim.history import codes
from sim.machine.compiling import rule
from sim.mechanisms.crowd.beforehand import Prepared
from sim.mechanisms.state.beside import takes_out
from sim.mechanisms.state.blocks import Short, at_birth, given
from sim.mechanisms.state.verbs import draw, happens, note, office_of


class Recurring(Prepared):
    """Whether the cause strikes again within a year, how often it has, and whether it is about to."""

    recurs: bool = given()
    strikes: Short = at_birth(0)
    about_to: bool = at_birth(False)


@rule
def strikes_at(me: Recurring, by_the_firm: bool) -> float:
    """Return when the problem, now solved, strikes again (min); infinite where it does not before the end.

    The luck of each time is its own, whichever contact has solved it.
    """
    plan = office_of(me).plan
    me.turn = me.strikes
    if by_the_firm and happens(me, plan.root_cause, purposes.ROOT_CAUSE):
        note(me, codes.CAUSE_FOUND)
        return math.inf
    if not (plan.recurrence and me.recurs):
        return math.inf
    me.now += draw(me, plan.recurs_after, purposes.RECURS_AFTER)
    me.about_to = me.now < plan.end
    return me.now if me.about_to else math.inf


@rule
def appears_anew(me: Recurring) -> None:
    """Have the problem again as if it had never been solved; what was asked and told of it before is forgotten."""
    me.about_to = False
    me.appeared = me.begun = me.now
    me.strikes += 1
    me.turn = me.strikes
    me.work_left, me.talked, me.granted, me.was_cut = 1.0, False, False, False
    me.asks_about, me.informed, me.promised, me.broken = False, False, math.inf, False
    me.expects = 0
    takes_out(me)
    note(me, codes.RECURRED)
