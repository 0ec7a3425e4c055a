"""The table of journeys: one row for every problem that appeared in the horizon, followed to its end."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.history.codes import DROPPED
from sim.history.rows import Event
from sim.machine.compiling import rule
from sim.measures.rules.counts import CODES, COUNT, CUTS
from sim.measures.rules.effort import ces, effort_index
from sim.measures.rules.loyalty import disloyal, leaves, lost_margin, people_told, speaks_ill
from sim.units import DAY, HOUR

OPEN, SOLVED, GIVEN_UP, PREVENTED = range(4)
"""How a journey stands at the end of the run; one that is prevented ends as it begins."""
STATUS = ("open", "solved", "given up", "prevented")

COUNTED: dict[str, tuple[Event, ...]] = {
    "calls": (Event.DIALLED,),
    "identifications": (Event.IDENTIFYING,),
    "explanations": (Event.EXPLAINING,),
    "cold_transfers": (Event.TRANSFERRED_COLD,),
    "warm_transfers": (Event.TRANSFERRED_WARM,),
    "tickets": (Event.TICKETED,),
    "cuts": CUTS,
    "contradictions": (Event.CONTRADICTED,),
    "wrong_pitches": (Event.WRONG_PITCH,),
}
"""Columns of the table of journeys that say how often something happened, and what."""

SUMS = ("active_minutes", "hold_minutes", "toll", "repair", "gestures")
LIVED = np.dtype(
    [
        ("active_minutes", np.float64),
        ("hold_minutes", np.float64),
        ("status", np.int8),
        ("solved_at_first", np.bool_),
        ("answered_calls", COUNT),
        ("counts", COUNT, (CODES,)),
        ("long_holds", np.int32),
        ("unheard", COUNT),
        ("in_time", np.bool_),
        ("beyond_minutes", np.float64),
        ("well", np.float64),
        ("toll", np.float64),
        ("repair", np.float64),
        ("gestures", np.float64),
        ("ended", np.float64),
    ],
    align=True,
)
"""What a journey has come to so far. counts: of what happened, by the code of the event. beyond_minutes: the part of
the active minutes that is not spent on the telephone. unheard: public messages whose answer was waited for in vain.
in_time: it was solved before the customer's own deadline, though its cause may have struck again since.
ended: without service until then, where it is solved, given up or prevented (min). well: the time between a solution
and the day on which the cause struck again (min).
"""

WORTH = np.dtype(
    [
        (name, np.float64)
        for name in (
            "downtime_hours",
            "time_eur",
            "outage_eur",
            "advance_lost",
            "effort",
            "ces",
            "disloyal",
            "leaves",
            "speaks_ill",
            "lost_margin",
        )
    ]
)
"""What follows from a journey at its end, for the customer and for the firm."""

JOURNEY = np.dtype(
    [
        ("customer", np.int32),
        ("appeared", np.float64),
        ("status", np.int8),
        ("solved_at", np.float64),
        ("solved_at_first", np.bool_),
        ("exhausted", np.bool_),
        *((name, np.int32) for name in COUNTED),
        ("answered_calls", np.int32),
        ("long_holds", np.int32),
        *((name, np.float64) for name in SUMS),
        *((name, np.float64) for name in WORTH.names or ()),
    ]
)
"""One journey: customer is the place in `Customers`; times in min (NaN where not solved), amounts in EUR,
`disloyal`, `leaves` and `speaks_ill` probabilities. tickets: cases taken in writing. exhausted: came to the most
attempts anyone makes.
"""


@rule
def solve(journey: Any, time: float, contact: int) -> None:
    """Note the true solution."""
    journey.status, journey.ended, journey.solved_at_first = SOLVED, time, contact == 0


@rule
def give_up(journey: Any, restored: float) -> None:
    """Note that persistence has ended; ``restored`` is when there is service again all the same (min)."""
    journey.status, journey.ended = GIVEN_UP, restored


@rule
def prevent(journey: Any, time: float) -> None:
    """Note that the problem is prevented: no time is lost, and nothing is lived."""
    journey.status, journey.ended = PREVENTED, time


@rule
def repair(journey: Any, time: float, amount: float) -> None:
    """Note a repair of the customer's own (EUR), which ends the outage."""
    journey.repair += amount
    journey.ended = time


@rule
def recur(journey: Any, person: Any, terms: Any, time: float) -> None:
    """Note that what was solved is there again; in between all was well."""
    journey.in_time = journey.in_time or is_in_time(journey.ended, person, terms)
    journey.well += time - journey.ended
    journey.status, journey.solved_at_first = OPEN, False


@rule
def is_in_time(time: float, person: Any, terms: Any) -> bool:
    """Say whether the customer's own deadline is not over yet; the very minute is in time."""
    return time <= person.appeared + terms.deadline[person.reason]


@rule
def advance_lost(journey: Any, person: Any, terms: Any) -> float:
    """Return what the customer had advanced and does not have back (EUR).

    It is lost where the first solution came after his own deadline, where he has given up, and where the run goes on
    beyond the deadline without a solution.
    """
    if journey.status == PREVENTED or journey.in_time:
        return 0.0
    if journey.status != GIVEN_UP and is_in_time(terms.end if journey.status == OPEN else journey.ended, person, terms):
        return 0.0
    return terms.advanced[person.reason]


@rule
def assess(journey: Any, person: Any, terms: Any, worth: Any) -> None:
    """Put a price on the customer's time and on the outage, never on the same hour twice; judge effort and loyalty.

    Parameters
    ----------
    journey : record of `LIVED`
    person : record of `sim.people.CUSTOMER`
    terms : record of `sim.measures.accounts.terms.TERMS`
    worth : record of `WORTH`
        Written.
    """
    restored = terms.end if journey.status == OPEN else journey.ended
    worth.downtime_hours = (restored - person.appeared - journey.well) / HOUR
    active_hours = journey.active_minutes / HOUR
    worth.time_eur = active_hours * person.value_of_time
    missed_use = worth.downtime_hours * person.hours_of_use / (DAY / HOUR)
    worth.outage_eur = max(missed_use - active_hours, 0.0) * person.outage_value * person.severity
    worth.advance_lost = advance_lost(journey, person, terms)
    worth.effort = effort_index(journey, terms.weights, terms.owned)
    worth.ces = ces(worth.effort)
    worth.disloyal = disloyal(worth.ces)
    dropped = journey.counts[DROPPED] > 0
    worth.leaves = 1.0 if dropped else leaves(worth.disloyal, person.lock_in, terms.loyalty)
    worth.speaks_ill = speaks_ill(worth.ces)
    told = people_told(worth.speaks_ill, journey.unheard, terms.loyalty)
    worth.lost_margin = lost_margin(worth.leaves, told, person.worth, terms.loyalty)
