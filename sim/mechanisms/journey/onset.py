"""The onset: from the appearance of a problem, for the first time or anew, to the wish for the first contact."""

from __future__ import annotations

import math
from typing import Any, Final

from sim import purposes
from sim.machine.compiling import rule
from sim.machine.kernel.strands import ends
from sim.mechanisms.crowd.beforehand import beforehand
from sim.mechanisms.crowd.recurrence import Recurring, appears_anew, strikes_at
from sim.mechanisms.journey.going_on import give_up
from sim.mechanisms.journey.prevention import is_prevented
from sim.mechanisms.state import outcome
from sim.mechanisms.state.records import law_in
from sim.mechanisms.state.verbs import catches_up, draw_once, office_of


@rule
def onset(me: Recurring) -> float:
    """Have the problem, which has just appeared or strikes again; return when one turns to the firm with it."""
    if me.about_to:
        return strikes_again(me)
    return math.inf if is_prevented(me) else first_wanted(me)


@rule
def turns_to_the_firm(me: Recurring) -> float:
    """Return when one makes the first contact, where nothing comes before it."""
    return me.now + draw_once(me, law_in(office_of(me).plan.first_contact, me.reason), purposes.FIRST_CONTACT)


@rule
def first_wanted(me: Recurring) -> float:
    """Return when one turns to the firm, after all that comes before; infinite where it does not come to that."""
    ended = beforehand(me)
    if ended == outcome.HELPED:
        return strikes_at(me, False)
    if ended == outcome.GIVES_UP:
        give_up(me)
        return math.inf
    return turns_to_the_firm(me)


@rule
def strikes_again(me: Recurring) -> float:
    """Have the problem once more; return when one turns to the firm with it."""
    appears_anew(me)
    return first_wanted(me)


# The compiled telling, for worlds in which anything comes before the first contact; else it is `turns_to_the_firm` ----

ONSET: Final = 20


@rule
def onset_step(stage: int, me: Any, office: Any) -> int:
    """Do as `onset`, when it is time to: when one turns to the firm is `until`."""
    if stage == 0 and me.about_to:
        return catches_up(me, office, 1)
    me.until = onset(me)
    return ends(me, me.answer)
