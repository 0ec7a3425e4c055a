"""Self-service: the help that one reads before the first contact, and the number or the form that one has to find."""

from __future__ import annotations

from sim import purposes
from sim.history import codes
from sim.machine.compiling import rule
from sim.mechanisms.crowd.detection import Noticed, gets_to_it, goes_by, may_be_solved
from sim.mechanisms.journey.channels import first_above
from sim.mechanisms.state import outcome
from sim.mechanisms.state.verbs import draw, happens, note, office_of, uniform


@rule
def reads_help(me: Noticed) -> int:
    """Read the help there is; return what comes of it."""
    its = office_of(me).plan.beforehand
    if not happens(me, its.help.reads, purposes.READS_HELP):
        return outcome.NOTHING
    if not gets_to_it(me):
        return outcome.NOTICED
    note(me, codes.HELP_READ)
    if not goes_by(me, me.now + draw(me, its.help.reading, purposes.HELP_READING)):
        return outcome.NOTICED
    note(me, codes.READ)
    if not may_be_solved(me, its.help.solves, purposes.HELP_SOLVES):
        return outcome.NOTHING
    note(me, codes.SOLVED)
    return outcome.HELPED


@rule
def seeks_number(me: Noticed) -> int:
    """Look for the number or the form; return what comes of it."""
    its = office_of(me).plan.beforehand.help
    minutes = draw(me, its.search, purposes.SEARCH)
    lost = happens(me, its.lost, purposes.SEARCH_FAILS)
    if minutes <= 0.0 and not lost:
        return outcome.NOTHING
    if not gets_to_it(me):
        return outcome.NOTICED
    note(me, codes.NUMBER_SOUGHT)
    if not goes_by(me, me.now + minutes):
        return outcome.NOTICED
    note(me, codes.READ)
    return goes_elsewhere(me) if lost else outcome.NOTHING


@rule
def goes_elsewhere(me: Noticed) -> int:
    """Go on through another channel, having found no number, or give up."""
    plan = office_of(me).plan
    which = first_above(plan.beforehand.help.instead, 0, plan.choosing.many, uniform(me, purposes.INSTEAD))
    if which == plan.choosing.many:
        return outcome.GIVES_UP
    me.sent_to = which
    return outcome.NOTHING
