"""Following customers through the rows of a history: compiled, one row at a time, in any interleaving of customers."""

from __future__ import annotations

import math
from typing import Any

from sim.chance import LEGS
from sim.compiling import Table, inlined, piece, rule
from sim.history import ROW, Activity, Event
from sim.measures import calls, journeys
from sim.measures.adding import add_call, add_journey
from sim.measures.books import ACCOUNT, BOOKS
from sim.measures.calls import CALL, MENU
from sim.measures.journeys import WORTH
from sim.measures.legs import LEG
from sim.measures.resolution import called_again, logged
from sim.measures.spells import SPELL
from sim.measures.staff import TEAM_TIME, TIMETABLE, off_duty_minutes
from sim.measures.toll import bill_call
from sim.mechanisms.notes import (
    ABANDONED,
    ANSWERED,
    BALKED,
    BLOCKED,
    CALL_BACK_TAKEN,
    CALL_ENDED,
    CONTRADICTED,
    CUT,
    DIALLED,
    DISMISSED,
    EXPLAINING,
    GAVE_UP,
    GRANTED,
    HUNG_UP,
    IDENTIFYING,
    LEFT_AGENT,
    LIMIT_REACHED,
    PICKED_UP,
    QUEUED,
    REPAIRED,
    RING_MISSED,
    SOLVED,
    TICKETED,
    TRANSFERRED_COLD,
    TRANSFERRED_WARM,
    WRONG_PITCH,
)
from sim.population import CUSTOMER

EVENTS = len(Event) + 1
_NONE = -1
_AWAY, _ENDED, _TALK = int(Activity.AWAY), int(Activity.ENDED), int(Activity.TALK)
_IDENTIFICATION = int(Activity.IDENTIFICATION)

books_at, account_at, person_at = Table(BOOKS), Table(ACCOUNT), Table(CUSTOMER)
row_at, call_at = Table(ROW), Table(CALL)
leg_at, spell_at, worth_at = Table(LEG), Table(SPELL), Table(WORTH)
team_at, timetable_at = Table(TEAM_TIME), Table(TIMETABLE)


@inlined
def note(books: Any, account: Any, row: Any) -> None:
    """Note one row in the account of its customer."""
    event = row.event
    begun = books.terms.begins[event, 1 if row.leg > 0 else 0]
    if begun >= 0 and (begun != account.activity or row.contact != account.contact or row.leg != account.leg):
        end_spell(books, account, row.time)
        account.activity, account.contact, account.leg, account.since = begun, row.contact, row.leg, row.time
    if event in (DIALLED, CALL_ENDED, BLOCKED):
        end_call(books, account, row)
        if event == DIALLED:
            dial(books, account, row)
    elif event in (ANSWERED, LEFT_AGENT, RING_MISSED):
        note_agent(books, account, row)
    else:
        note_in_journey(account.lived, call_at(books.calls, account.call), row, books.terms)


@inlined
def end_spell(books: Any, account: Any, time: float) -> None:
    """End the spell that goes on, if it is one on the telephone."""
    activity = account.activity
    if not _AWAY < activity < _ENDED:
        return
    lasted = time - account.since
    call_at(books.calls, account.call).minutes[activity] += lasted
    journey = account.lived
    journey.active_minutes += lasted
    if activity < _IDENTIFICATION or activity > _TALK:
        journey.hold_minutes += lasted
        if activity != MENU and lasted > books.terms.long_hold_after:
            journey.long_holds += 1
    if books.keeps:
        keep_spell(books, account, time)


@rule
def keep_spell(books: Any, account: Any, time: float) -> None:
    """Keep a spell in the table of spells."""
    spell = spell_at(books.spells, books.spells_made)
    books.spells_made += 1
    spell.customer = call_at(books.calls, account.call).customer
    spell.contact, spell.leg, spell.activity = account.contact, account.leg, account.activity
    spell.start, spell.end = account.since, time


@inlined
def dial(books: Any, account: Any, row: Any) -> None:
    """Begin a call; the one before may have been logged as a resolution too soon."""
    journey, terms = account.lived, books.terms
    if journey.calls > 0:
        before = call_at(books.calls, account.call)
        if logged(before) and called_again(before.ended, row.time):
            books.sums.calls.logged -= 1.0
    account.call = books.calls_made if books.keeps else row.customer
    books.calls_made += 1
    counted = terms.start <= row.time < terms.stop
    other_network = person_at(books.people, row.customer).other_network
    calls.dial(call_at(books.calls, account.call), row, other_network, counted)
    journey.calls += 1
    account.in_call = True


@inlined
def end_call(books: Any, account: Any, row: Any) -> None:
    """End the call that goes on, if there is one: bill it and add it up."""
    if not account.in_call:
        return
    account.in_call = False
    call, journey = call_at(books.calls, account.call), account.lived
    calls.end(call, row.time)
    call.blocked = row.event == BLOCKED
    journey.answered_calls += int(calls.is_answered(call))
    journey.cuts += int(call.cut)
    of_hold, of_rest, per_call = bill_call(call, books.terms.tariff)
    toll = of_hold + of_rest + per_call
    journey.toll += toll
    if call.counted:
        add_call(call, toll, of_hold, books.terms, books.sums)


@inlined
def note_agent(books: Any, account: Any, row: Any) -> None:
    """Note what takes an agent's time: a leg with its after-call work, or a ring in vain."""
    if row.event == RING_MISSED:
        add_busy(books, row.team, row.agent, row.time, row.time + row.amount)
    elif row.event == ANSWERED:
        account.with_agent = True
        account.answered, account.team, account.agent = row.time, row.team, row.agent
        if row.leg == 0:
            call_at(books.calls, account.call).answered = row.time
    elif account.with_agent:
        account.with_agent = False
        add_busy(books, account.team, account.agent, account.answered, row.time + row.amount)
        call_at(books.calls, account.call).handling += row.time + row.amount - account.answered
        if books.keeps:
            keep_leg(books, account, row)


@rule
def keep_leg(books: Any, account: Any, row: Any) -> None:
    """Keep a leg in the table of legs."""
    leg = leg_at(books.legs, books.legs_made)
    books.legs_made += 1
    leg.call, leg.customer, leg.contact, leg.leg = account.call, row.customer, row.contact, row.leg
    leg.team, leg.agent = account.team, account.agent
    leg.answered, leg.left, leg.after_call = account.answered, row.time, row.amount


@inlined
def add_busy(books: Any, number: int, agent: int, since: float, until: float) -> None:
    """Add a stretch of an agent's time, as far as it lies in the horizon; where no team is meant there is none."""
    if not 0 <= number < books.many_teams:
        return
    terms, team = books.terms, team_at(books.teams, number)
    since = min(max(since, terms.start), terms.stop)
    until = min(max(until, terms.start), terms.stop)
    team.busy += until - since
    last = team.timetables + team.many - 1
    while last > team.timetables and timetable_at(books.timetables, last).agent > agent:
        last -= 1
    if last > team.timetables:  # the first is that of who is never off duty
        timetable = timetable_at(books.timetables, last)
        team.overtime += off_duty_minutes(timetable, until) - off_duty_minutes(timetable, since)


@inlined
def note_in_journey(journey: Any, call: Any, row: Any, terms: Any) -> None:
    """Note what a journey counts, within its calls or between them."""
    event = row.event
    if event == PICKED_UP:
        call.picked_up = row.time
    elif event == QUEUED:
        if row.leg == 0:
            call.queued = row.time
    elif event == IDENTIFYING:
        journey.identifications += 1
        call.identifications += 1
    elif event == EXPLAINING:
        journey.explanations += 1
        call.explanations += 1
    elif event == TRANSFERRED_COLD:
        journey.cold_transfers += 1
        call.transfers += 1
    elif event == TRANSFERRED_WARM:
        journey.warm_transfers += 1
        call.transfers += 1
    elif event in (CUT, HUNG_UP):
        call.cut = True
    else:
        note_verdict(journey, call, row, terms)


@inlined
def note_verdict(journey: Any, call: Any, row: Any, terms: Any) -> None:
    """Note what an agent, or the customer, decides."""
    event = row.event
    if event == SOLVED:
        journeys.solve(journey, row.time, row.contact)
        call.solved = True
    elif event == GRANTED:
        journey.gestures += row.amount
        call.gestures += row.amount
    elif event == WRONG_PITCH:
        journey.wrong_pitches += 1
    elif event == CONTRADICTED:
        journey.contradictions += 1
    elif event == TICKETED:
        journey.tickets += 1
    elif event in (ABANDONED, BALKED):
        call.abandoned = True
    elif event == DISMISSED:
        call.dismissed = True
    elif event == CALL_BACK_TAKEN:
        call.call_back = True
    else:
        note_end(journey, row, terms)


@rule
def note_end(journey: Any, row: Any, terms: Any) -> None:
    """Note how a journey ends unsolved."""
    event = row.event
    if event == GAVE_UP:
        journeys.give_up(journey, row.time + terms.lives_with_it)
    elif event == REPAIRED:
        journeys.repair(journey, row.time, row.amount)
    elif event == LIMIT_REACHED:
        journey.exhausted = True


@inlined
def can_be(books: Any, row: Any) -> bool:
    """Say whether a row's customer, event and codes exist."""
    return (
        0 <= row.customer < books.customers
        and 0 < row.event < EVENTS
        and row.contact >= _NONE
        and 0 <= row.leg < LEGS
        and _NONE <= row.team < books.many_teams
        and row.agent >= _NONE
        and 0.0 <= row.amount < math.inf
    )


@inlined
def may_follow(books: Any, account: Any, row: Any) -> bool:
    """Say whether a row may follow what its customer lived: no earlier, and answered only out of a queue."""
    if not account.time <= row.time <= books.terms.end:
        return False
    if row.event != ANSWERED or row.leg > 0:
        return True
    return account.in_call and not math.isnan(call_at(books.calls, account.call).queued)


@piece
def follow(rows: int, many: int, books: int) -> int:
    """Note this many rows, which stand at an address, in the books that stand at another.

    Returns
    -------
    int
        How many were noted: fewer than ``many`` where the next one cannot be, or comes before an earlier one of the
        same customer or after the end, or answers who waits in no queue.
    """
    its = books_at(books, 0)
    for place in range(many):
        row = row_at(rows, place)
        if not can_be(its, row):
            return place
        account = account_at(its.accounts, row.customer)
        if not may_follow(its, account, row):
            return place
        account.time = row.time
        note(its, account, row)
    return many


@piece
def conclude(books: int) -> None:
    """Assess the journeys of the horizon, in the order of the customers, and add them up."""
    its = books_at(books, 0)
    for customer in range(its.customers):
        person = person_at(its.people, customer)
        if its.terms.start <= person.appeared < its.terms.stop:
            lived = account_at(its.accounts, customer).lived
            worth = worth_at(its.worths, its.worths_made if its.keeps else 0)
            its.worths_made += 1
            journeys.assess(lived, person, its.terms, worth)
            add_journey(lived, person, worth, its.terms, its.sums)
