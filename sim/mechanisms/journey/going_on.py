"""Going on: after an attempt one tries again, gives up, or is done; and the firm may want no more of it."""

from __future__ import annotations

import math

from sim import purposes
from sim.history import codes
from sim.machine.compiling import rule
from sim.mechanisms.crowd.recurrence import Recurring, strikes_at
from sim.mechanisms.service.channels import NO_CHANNEL, has_tried_enough
from sim.mechanisms.state import outcome
from sim.mechanisms.state.outcome import FAILURES
from sim.mechanisms.state.records import law_in, number_in
from sim.mechanisms.state.verbs import draw, happens, note, office_of
from sim.mechanisms.telephone.hold import kind_of


@rule
def goes_on(me: Recurring, ended: int) -> float:
    """Return when the customer wants to try again; infinite where the journey is over."""
    me.noticed_at = math.inf
    if ended == outcome.CHASES or (ended == outcome.ASKED_BACK and not has_tried_enough(me)):
        return me.now
    if ended < FAILURES and is_dropped(me):
        note(me, codes.DROPPED)
    elif ended < FAILURES and persists(me, ended):
        return wants_again(me, ended)
    if ended == outcome.SOLVED:
        return strikes_at(me, True)
    give_up(me)
    return math.inf


@rule
def is_dropped(me: Recurring) -> bool:
    """Say whether the firm wants no more of one who has made so many contacts for this problem."""
    return me.contact + 1 >= office_of(me).plan.drops_after


@rule
def persists(me: Recurring, ended: int) -> bool:
    """Say whether there will be another attempt: by kind of customer, by how this one has ended, the first or not."""
    if has_tried_enough(me):
        return False
    plan = office_of(me).plan
    place = (kind_of(me) * FAILURES + ended) * 2 + (1 if me.contact > 0 else 0)
    return happens(me, number_in(plan.persistence, place), purposes.PERSISTENCE)


@rule
def wants_again(me: Recurring, ended: int) -> float:
    """Return when the customer wants to call again: the delay differs by how the attempt has ended."""
    me.was_cut = ended == outcome.CUT
    if me.sent_to != NO_CHANNEL:
        return me.now + draw(me, law_in(office_of(me).plan.choosing.sent_on, me.sent_to), purposes.AWAY)
    return me.now + draw(me, law_in(office_of(me).plan.delays, ended), purposes.AWAY)


@rule
def give_up(me: Recurring) -> None:
    """End the journey unsolved: live with it, or pay a repair."""
    plan = office_of(me).plan
    note(me, codes.GAVE_UP)
    if happens(me, plan.repair_share, purposes.REPAIR):
        note(me, codes.REPAIRED, draw(me, plan.repair, purposes.REPAIR_COST))
