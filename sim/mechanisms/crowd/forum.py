"""The forum: who is autonomous asks other customers first; the firm never hears of what they solve."""

from __future__ import annotations

import math

from sim import purposes
from sim.history import codes
from sim.machine.compiling import rule
from sim.mechanisms.crowd.detection import Noticed, gets_to_it, goes_by, may_be_solved
from sim.mechanisms.state import outcome
from sim.mechanisms.state.blocks import given
from sim.mechanisms.state.verbs import draw, happens, note, office_of


class Autonomous(Noticed):
    """Whether one would rather ask other customers first."""

    autonomous: bool = given()


@rule
def asks_others(me: Autonomous) -> int:
    """Ask other customers, and wait for their answer as long as patience lasts; return what comes of it."""
    its = office_of(me).plan.beforehand.forum
    if not (its.asked and me.autonomous):
        return outcome.NOTHING
    if not gets_to_it(me):
        return outcome.NOTICED
    note(me, codes.FORUM_ASKED)
    if not goes_by(me, me.now + draw(me, its.asking, purposes.FORUM_ASKING)):
        return outcome.NOTICED
    note(me, codes.READ)
    answered, gives_up = answered_at(me), me.now + draw(me, its.patience, purposes.FORUM_PATIENCE)
    if not goes_by(me, min(answered, gives_up)):
        return outcome.NOTICED
    return is_helped(me) if answered <= gives_up else outcome.NOTHING


@rule
def answered_at(me: Autonomous) -> float:
    """Return when another customer answers; never, for some (min)."""
    its = office_of(me).plan.beforehand.forum
    if not happens(me, its.answered, purposes.FORUM_ANSWERS):
        return math.inf
    return me.now + draw(me, its.delay, purposes.FORUM_DELAY)


@rule
def is_helped(me: Autonomous) -> int:
    """Be answered, which solves the problem or not."""
    its = office_of(me).plan.beforehand.forum
    note(me, codes.FORUM_ANSWERED, draw(me, its.helping, purposes.FORUM_HELPING))
    if not may_be_solved(me, its.solves, purposes.FORUM_SOLVES):
        return outcome.NOTHING
    note(me, codes.SOLVED)
    return outcome.HELPED
