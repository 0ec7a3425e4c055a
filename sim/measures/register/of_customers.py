"""Measures of what customers go through and pay, of their effort, and of what it does to their loyalty."""

from __future__ import annotations

from sim.history.rows import Event
from sim.measures.register.cost import customer_eur
from sim.measures.register.measure import (
    of_family,
    per_call,
    per_problem,
    per_week,
    percentiles,
    times_per_problem,
)
from sim.measures.rules.counts import CONTACTS, CUTS, TRANSFERS
from sim.measures.rules.effort import HIGH_EFFORT, ces
from sim.measures.rules.loyalty import LITTLE, MUCH

_lived, _paid = of_family("customer"), of_family("cost to the customer")
_felt, _loyal = of_family("effort"), of_family("loyalty")
_PROBLEMS = "per problem that appeared in the horizon, its journey followed to the end"


LIVED = (
    _lived(
        "contacts_per_problem",
        "contacts",
        "lower",
        f"Attempts to reach the firm through any channel, {_PROBLEMS}.",
        times_per_problem(*CONTACTS),
    ),
    _lived(
        "calls_per_problem",
        "calls",
        "lower",
        f"Calls dialled, blocked, abandoned and cut ones included, {_PROBLEMS}.",
        times_per_problem(Event.DIALLED),
    ),
    _lived(
        "identifications_per_problem",
        "times",
        "lower",
        f"Times the customer had to say who he is, {_PROBLEMS}.",
        times_per_problem(Event.IDENTIFYING),
    ),
    _lived(
        "explanations_per_problem",
        "times",
        "lower",
        f"Times the customer began to tell the story, {_PROBLEMS}.",
        times_per_problem(Event.EXPLAINING),
    ),
    _lived(
        "transfers_per_problem",
        "transfers",
        "lower",
        f"Live transfers, cold and warm, {_PROBLEMS}.",
        times_per_problem(*TRANSFERS),
    ),
    _lived(
        "cuts_per_problem",
        "cuts",
        "lower",
        "Calls broken off by the clock, by an agent who hung up, or in a transfer to where all were busy, "
        f"{_PROBLEMS}.",
        times_per_problem(*CUTS),
    ),
    _lived(
        "messages_per_problem",
        "messages",
        "neither",
        f"Messages written, and those left on the telephone in place of waiting, {_PROBLEMS}.",
        times_per_problem(Event.WROTE, Event.MESSAGE_LEFT),
    ),
    _lived(
        "channel_switches_per_problem",
        "switches",
        "lower",
        f"Contacts through another channel than the one before, {_PROBLEMS}.",
        times_per_problem(Event.SWITCHED),
    ),
    _lived(
        "unanswered_messages_per_problem",
        "messages",
        "lower",
        f"Messages whose answer was waited for in vain, {_PROBLEMS}.",
        times_per_problem(Event.NO_REPLY),
    ),
    _lived(
        "chases_per_problem",
        "contacts",
        "lower",
        f"Contacts to ask how a case stands, {_PROBLEMS}.",
        times_per_problem(Event.CHASED),
    ),
    _lived(
        "promises_broken_per_problem",
        "promises",
        "lower",
        f"Promised dates that passed before it was done, or were put off, {_PROBLEMS}.",
        times_per_problem(Event.PROMISE_BROKEN, Event.PROMISE_RESET),
    ),
    _lived(
        "public_posts_per_problem",
        "messages",
        "lower",
        f"Messages that others can read, {_PROBLEMS}.",
        times_per_problem(Event.POSTED),
    ),
    _lived(
        "unanswered_posts_per_problem",
        "messages",
        "lower",
        f"Messages that others can read and whose answer was waited for in vain, {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.unheard),
    ),
    _lived(
        "generic_legs_per_problem",
        "times",
        "lower",
        f"Agents who handled the customer by the book, or with contempt, {_PROBLEMS}.",
        times_per_problem(Event.GENERIC),
    ),
    _lived(
        "searching_minutes_per_problem",
        "min",
        "lower",
        "Minutes spent, before the first contact, on help, on a forum and looking for the way to the firm, over the "
        "horizon, per problem that appeared in it.",
        per_problem(lambda totals: totals.searching_minutes),
    ),
    _lived(
        "helping_minutes_per_problem",
        "min",
        "neither",
        "Unpaid minutes of other customers who answer on the forum, over the horizon, per problem that appeared in it.",
        per_problem(lambda totals: totals.helping_minutes),
    ),
    _lived(
        "customer_minutes_per_problem",
        "min",
        "lower",
        f"All active time of the customer, {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.active_minutes),
    ),
    _lived(
        "call_minutes_per_problem",
        "min",
        "lower",
        f"Minutes on the telephone, menu and every hold included, {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.active_minutes - totals.journeys.beyond_minutes),
    ),
    _lived(
        "hold_minutes_per_problem",
        "min",
        "lower",
        f"Minutes of menu, hold, transfer hold and approval hold, {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.hold_minutes),
    ),
    _lived(
        "downtime_hours_per_problem",
        "h",
        "lower",
        "Hours from the appearance to the true solution or the customer's own repair; who gives up without "
        "one stays without service for a stated time (again.lives_with_it), an open problem counts to the "
        f"end of the run, {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.downtime_hours),
    ),
)

PAID = (
    _paid(
        "toll_eur_per_problem",
        "EUR",
        "lower",
        f"What customers pay the telephone network, {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.toll),
    ),
    _paid(
        "toll_eur_per_call",
        "EUR",
        "lower",
        "Toll of the calls dialled in the horizon, per dialled call (blocked, abandoned and cut ones included).",
        per_call(lambda totals: totals.calls.toll),
    ),
    _paid(
        "hold_share_of_toll",
        "share",
        "lower",
        "Toll of menu and hold before the first agent over all toll, of the calls dialled in the "
        "horizon (abandoned "
        "ones included); later holds and a price per call stand in the denominator only.",
        lambda totals: (totals.calls.toll_of_hold, totals.calls.toll),
    ),
    _paid(
        "advance_lost_eur_per_problem",
        "EUR",
        "lower",
        "What customers had advanced and do not have back: not solved by their own deadline, or given up, "
        f"{_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.advance_lost),
    ),
    _paid(
        "customer_eur_per_problem",
        "EUR",
        "lower",
        "Toll + active time at its value + outage (hours of use without service, less the active "
        "time already counted, "
        f"times severity) + own repair + advance lost - gestures received, {_PROBLEMS}.",
        per_problem(customer_eur),
    ),
    _paid(
        "customer_eur_per_week",
        "EUR",
        "lower",
        "The euros of customer_eur_per_problem, of the problems that appeared in the horizon, per week of it.",
        per_week(customer_eur),
    ),
)

FELT = (
    _felt(
        "effort_index",
        "points",
        "lower",
        f"Active minutes over the minutes of a point, plus the weighted count of what hurts, {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.effort),
    ),
    _felt(
        "effort_ces",
        "1 to 5",
        "lower",
        f"1 + 4 (1 - exp(-effort_index/4)) of each journey: 1 is very little effort, 5 very much; mean {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.ces),
    ),
    *percentiles(
        _felt,
        "effort_ces",
        "1 to 5",
        "effort_ces, over the problems that appeared in the horizon, their journeys followed to the end",
        lambda totals: totals.efforts,
        ces,
    ),
    _felt(
        "high_effort_share",
        "share",
        "lower",
        f"Journeys with an effort_ces of {HIGH_EFFORT:g} or more, {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.high_effort),
    ),
)

LOYAL = (
    _loyal(
        "disloyal_share",
        "share",
        "lower",
        f"Expected share who mean to be disloyal (9 % at CES {LITTLE:g}, 96 % at {MUCH:g}), {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.disloyal),
    ),
    _loyal(
        "leaves_at_renewal_share",
        "share",
        "lower",
        f"Expected share who leave at renewal, base churn included, and who is dropped for certain, {_PROBLEMS}.",
        per_problem(lambda totals: totals.journeys.leaves),
    ),
    _loyal(
        "negative_word_of_mouth_per_1000",
        "per 1000",
        "lower",
        f"Expected customers who speak ill of the firm (1 % at CES {LITTLE:g}, 81 % at {MUCH:g}), per "
        "1000 problems that "
        "appeared in the horizon.",
        per_problem(lambda totals: 1000.0 * totals.journeys.speaks_ill),
    ),
    _loyal(
        "people_told_per_1000",
        "per 1000",
        "lower",
        "Expected people told by those who speak ill of the firm, and readers of public messages that it left "
        "unanswered, per 1000 problems that appeared in the horizon.",
        per_problem(lambda totals: 1000.0 * totals.people_told),
    ),
)
