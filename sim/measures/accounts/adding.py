"""What one call and one journey add to the totals."""

from __future__ import annotations

from typing import Any

from sim.history.codes import DETECTED, DIALLED, FORUM_ANSWERED, HELP_READ
from sim.machine.compiling import Table, inlined
from sim.measures.accounts.journeys import GIVEN_UP, SOLVED
from sim.measures.accounts.totals import LEVEL
from sim.measures.rules.calls import TRANSFER_HOLD, hold_minutes, is_answered, logged, minutes_after_answer
from sim.measures.rules.counts import CODES
from sim.measures.rules.effort import HIGH_EFFORT, contacts_of
from sim.measures.rules.histogram import bucket_of
from sim.measures.rules.levels import AT_ONCE, LONG_HOLD, WAITS, in_service
from sim.measures.rules.staff import slot_of_week
from sim.units import DAY, SLOTS_A_DAY

_SHORT, _LONG = WAITS

level_at = Table(LEVEL)


@inlined
def add_call(call: Any, toll: float, of_hold: float, books: Any) -> None:
    """Add a call dialled in the horizon; ``toll`` and its part ``of_hold`` in EUR."""
    terms, sums = books.terms, books.sums
    totals = sums.calls
    _add_to_level(call, books)
    sums.calls_by_day[day_of_week(call.dialled)] += 1.0
    totals.toll += toll
    totals.toll_of_hold += of_hold
    totals.gestures += call.gestures
    if is_answered(call):
        _add_answered(call, totals)
        sums.holds[bucket_of(hold_minutes(call))] += 1.0
        sums.waits[bucket_of(call.wait)] += 1.0
    elif call.abandoned:
        totals.abandoned += 1.0
    if call.dialled >= terms.last:
        _add_to_stretch(call, sums.last)
    elif call.dialled >= terms.middle:
        _add_to_stretch(call, sums.middle)


@inlined
def _add_to_level(call: Any, books: Any) -> None:
    terms, totals = books.terms, books.sums.calls
    good, served = in_service(call, terms.service_level, terms.within, terms.short)
    totals.in_service += good
    totals.served += served
    day = level_at(books.levels, int(call.dialled / DAY) - int(terms.start / DAY))
    day.good += good
    day.all += served


@inlined
def _add_answered(call: Any, totals: Any) -> None:
    hold = hold_minutes(call)
    totals.answered += 1.0
    totals.hold += hold
    totals.long_hold += int(hold > LONG_HOLD)
    totals.at_once += int(call.wait <= AT_ONCE)
    totals.over_1 += int(call.wait > _SHORT)
    totals.over_5 += int(call.wait > _LONG)
    totals.after_answer += minutes_after_answer(call)
    totals.handling += call.handling
    totals.transfer_hold += call.minutes[TRANSFER_HOLD]
    totals.wait += call.wait
    totals.logged += int(logged(call))


@inlined
def day_of_week(time: float) -> int:
    """Return the day of the week of a time (min from a Monday 00:00), Monday being 0."""
    return slot_of_week(time) // SLOTS_A_DAY


@inlined
def _add_to_stretch(call: Any, stretch: Any) -> None:
    stretch.calls += 1.0
    if is_answered(call):
        stretch.answered += 1.0
        stretch.hold += hold_minutes(call)


@inlined
def add_journey(journey: Any, person: Any, worth: Any, terms: Any, totals: Any, sums: Any) -> None:
    """Add a journey of a problem that appeared in the horizon, and what follows from it, to the totals of its page."""
    sums.problems_by_day[day_of_week(person.appeared)] += 1.0
    _add_lived(journey, totals)
    _add_worth(worth, totals)
    sums.efforts[bucket_of(worth.effort)] += 1.0
    if journey.status == SOLVED:
        _add_solved(journey, person, totals)
    if person.appeared >= terms.last:
        sums.last.problems += 1.0
    elif person.appeared >= terms.middle:
        sums.middle.problems += 1.0


@inlined
def _add_lived(journey: Any, totals: Any) -> None:
    totals.problems += 1.0
    totals.with_contact += int(contacts_of(journey) > 0)
    for event in range(CODES):
        totals.events[event] += journey.counts[event]
    totals.active_minutes += journey.active_minutes
    totals.hold_minutes += journey.hold_minutes
    totals.beyond_minutes += journey.beyond_minutes
    totals.toll += journey.toll
    totals.repair += journey.repair
    totals.gestures += journey.gestures
    totals.given_up += int(journey.status == GIVEN_UP)
    totals.unheard += journey.unheard


@inlined
def _add_worth(worth: Any, totals: Any) -> None:
    totals.downtime_hours += worth.downtime_hours
    totals.time_eur += worth.time_eur
    totals.outage_eur += worth.outage_eur
    totals.advance_lost += worth.advance_lost
    totals.effort += worth.effort
    totals.ces += worth.ces
    totals.high_effort += int(worth.ces >= HIGH_EFFORT)
    totals.disloyal += worth.disloyal
    totals.leaves += worth.leaves
    totals.speaks_ill += worth.speaks_ill
    totals.lost_margin += worth.lost_margin


@inlined
def _add_solved(journey: Any, person: Any, totals: Any) -> None:
    totals.solved += 1.0
    totals.solved_at_first += int(journey.solved_at_first)
    if contacts_of(journey) == 0:
        _add_without_contact(journey, totals)
    totals.minutes_to_solution += journey.ended - person.appeared - journey.well
    totals.calls_of_solved += journey.counts[DIALLED]
    totals.toll_of_solved += journey.toll
    totals.call_minutes_of_solved += journey.active_minutes - journey.beyond_minutes


@inlined
def _add_without_contact(journey: Any, totals: Any) -> None:
    """Add a problem solved without a contact, by what solved it: the last that can have."""
    if journey.counts[DETECTED] > 0:
        totals.solved_unasked += 1.0
    elif journey.counts[FORUM_ANSWERED] > 0:
        totals.solved_on_the_forum += 1.0
    elif journey.counts[HELP_READ] > 0:
        totals.solved_by_themselves += 1.0
