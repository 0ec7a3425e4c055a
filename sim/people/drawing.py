"""Customers drawn by compiled code: problems appear one after the other, and each is drawn when it does."""

from __future__ import annotations

import math
from typing import Any

from sim import purposes
from sim.luck.keys import Kind, keyed_uniform
from sim.luck.laws import quantile
from sim.luck.quantiles import normal_cdf, normal_quantile
from sim.luck.records import is_constant
from sim.machine.compiling import piece, rule
from sim.machine.kernel.heap import pop, push
from sim.machine.kernel.memory import NUMBER, number_at
from sim.people.customers import REASONS_AT_MOST
from sim.people.records import (
    arrival_at,
    cell_at,
    drawing_at,
    person_at,
    reason_at,
    segment_at,
    stream_at,
)

_OF_CUSTOMERS, _OF_DAYS, _OF_INTERVALS, _OF_REASONS = (
    int(kind) << 24 for kind in (Kind.CUSTOMER, Kind.DAY, Kind.INTERVAL, Kind.REASON)
)

_BYTES = NUMBER.itemsize


@rule
def _score(drawing: Any, correlation: float, before: float, whose: int, number: int) -> float:
    """Return the normal score of a busy day or interval: a stationary AR(1), which goes on from the one before."""
    own = normal_quantile(_luck(drawing, whose, number, purposes.BUSYNESS, 0))
    return own if number == 0 else correlation * before + math.sqrt(1.0 - correlation * correlation) * own


@rule
def _busyness(law: Any, drawing: Any, correlated: bool, score: float, whose: int, number: int) -> float:
    if is_constant(law):
        return law.a
    u = normal_cdf(score) if correlated else _luck(drawing, whose, number, purposes.BUSYNESS, 0)
    return quantile(law, u)


@rule
def _plan_next(drawing: Any, which: int) -> None:
    """Plan the next problem of a reason."""
    stream = stream_at(drawing.streams, which)
    number = stream.number
    if number == stream.most:
        return
    appears = _replayed(stream) if drawing.people.replayed else _by_chance(drawing, stream, which)
    stream.number = number + 1
    if appears >= 0.0:
        push(drawing.heap, appears, number * REASONS_AT_MOST + which, which)


@rule
def _replayed(stream: Any) -> float:
    return arrival_at(stream.arrivals, stream.number).appears


@rule
def _by_chance(drawing: Any, stream: Any, which: int) -> float:
    """Invert the expected number at a point of a Poisson process of rate one; -1 where that lies beyond the end."""
    people, reason = drawing.people, reason_at(drawing.people.reasons, which)
    share, first = reason.share, reason.profile * (people.cell_count + 1)
    stream.point -= math.log1p(-_luck(drawing, _OF_REASONS, which, purposes.ARRIVAL, stream.number))
    if not stream.point < share * number_at(drawing.expected, first + people.cell_count).value:
        return -1.0
    upper = first + stream.cell + 1
    while share * number_at(drawing.expected, upper).value <= stream.point:
        upper += 1
    stream.cell = upper - 1 - first
    low, high = share * number_at(drawing.expected, upper - 1).value, share * number_at(drawing.expected, upper).value
    starts, ends = cell_at(people.cells, upper - 1).starts, cell_at(people.cells, upper).starts
    appears = (ends - starts) / (high - low) * (stream.point - low) + starts
    return min(appears, ends)  # rounded beyond it, the next problem could come before


@rule
def _draw_problem(person: Any, drawing: Any) -> None:
    people, number = drawing.people, person.number
    reason = reason_at(people.reasons, person.reason)
    person.difficulty = _one_of(reason.classes, people.class_count, drawing, number, purposes.DIFFICULTY)
    person.work = reason.work * _value(people.work, drawing, number, purposes.WORK)
    asked = _happens(reason.gesture_share, drawing, number, purposes.GESTURE)
    person.gesture = _value(reason.gesture, drawing, number, purposes.GESTURE_AMOUNT) if asked else 0.0
    person.severity = reason.severity
    person.recurs = _happens(reason.recurrence, drawing, number, purposes.RECURRENCE)


@rule
def _draw_customer(person: Any, drawing: Any) -> None:
    people, number = drawing.people, person.number
    person.temper = _value(people.temper, drawing, number, purposes.TEMPER)
    person.segment = _segment(person, drawing)
    segment = segment_at(people.segments, person.segment)
    person.other_network = _happens(segment.other_network, drawing, number, purposes.NETWORK)
    person.autonomous = _happens(segment.autonomy, drawing, number, purposes.AUTONOMY)
    person.value_of_time = _value(segment.value_of_time, drawing, number, purposes.VALUE_OF_TIME)
    person.outage_value = _value(segment.outage_value, drawing, number, purposes.OUTAGE)
    person.hours_of_use = _value(segment.hours_of_use, drawing, number, purposes.USE)
    person.lock_in = _value(segment.lock_in, drawing, number, purposes.LOCK_IN)
    person.renewal = _value(segment.renewal, drawing, number, purposes.RENEWAL)
    person.worth = _value(segment.worth, drawing, number, purposes.WORTH)


@rule
def _segment(person: Any, drawing: Any) -> int:
    """Return whose problem it is: as a replay says, or by the shares of the hour, or of all hours."""
    people, number = drawing.people, person.number
    if people.replayed:
        given = arrival_at(stream_at(drawing.streams, person.reason).arrivals, number // REASONS_AT_MOST).segment
        if given >= 0:
            return given
    shares = people.segment_shares
    if people.cells_a_week > 0:
        cell = int(person.appeared / people.cell_length) % people.cells_a_week
        shares += cell * people.segment_count * _BYTES
    return _one_of(shares, people.segment_count, drawing, number, purposes.SEGMENT)


@rule
def _uniform(drawing: Any, number: int, purpose: int) -> float:
    return _luck(drawing, _OF_CUSTOMERS, number, purpose, 0)


@rule
def _luck(drawing: Any, whose: int, number: int, purpose: int, occasion: int) -> float:
    return keyed_uniform((drawing.key[0], drawing.key[1]), whose | drawing.replication, number, purpose, occasion)


@rule
def _value(law: Any, drawing: Any, number: int, purpose: int) -> float:
    return law.a if is_constant(law) else quantile(law, _uniform(drawing, number, purpose))


@rule
def _happens(share: float, drawing: Any, number: int, purpose: int) -> bool:
    return share > 0.0 and _uniform(drawing, number, purpose) < share


@rule
def _one_of(shares: int, many: int, drawing: Any, number: int, purpose: int) -> int:
    """Choose among cumulated shares."""
    if many == 1:
        return 0
    u, which = _uniform(drawing, number, purpose), 0
    while which < many - 1 and u >= number_at(shares, which).value:
        which += 1
    return which


@piece
def expect(replication: int) -> int:
    """Write the expected number of problems up to each cell of a drawing, with its busyness, for each profile.

    Returns
    -------
    int
        How many cells there are.
    """
    drawing = drawing_at(replication, 0)
    people = drawing.people
    by_day, by_interval = people.day_correlation != 0.0, people.interval_correlation != 0.0
    day_score, interval_score, of_the_day, of_the_interval = 0.0, 0.0, 1.0, 1.0
    for cell in range(people.cell_count):
        if cell % people.cells_a_day == 0:
            day = cell // people.cells_a_day
            if by_day:
                day_score = _score(drawing, people.day_correlation, day_score, _OF_DAYS, day)
            of_the_day = _busyness(people.busyness_day, drawing, by_day, day_score, _OF_DAYS, day)
        if cell % people.cells_an_interval == 0:
            interval = cell // people.cells_an_interval
            if by_interval:
                interval_score = _score(drawing, people.interval_correlation, interval_score, _OF_INTERVALS, interval)
            of_the_interval = _busyness(
                people.busyness_interval, drawing, by_interval, interval_score, _OF_INTERVALS, interval
            )
        for profile in range(people.profile_count):
            _expect_more(drawing, profile * (people.cell_count + 1) + cell, of_the_day, of_the_interval)
    return people.cell_count


@rule
def _expect_more(drawing: Any, cell: int, of_the_day: float, of_the_interval: float) -> None:
    """Add what is expected of one cell of one profile."""
    here, upto = cell_at(drawing.people.cells, cell), number_at(drawing.expected, cell).value
    rate = here.rate * of_the_day * of_the_interval
    length = cell_at(drawing.people.cells, cell + 1).starts - here.starts
    number_at(drawing.expected, cell + 1).value = upto + rate * length


@piece
def draw(replication: int, rows: int, most: int) -> int:
    """Fill rows in the order in which the problems of a drawing appear, and then by number, and go on where it stopped.

    Returns
    -------
    int
        How many were filled: fewer than ``most`` where none is left.
    """
    drawing = drawing_at(replication, 0)
    if not drawing.begun:
        drawing.begun = True
        for reason in range(drawing.people.reason_count):
            _plan_next(drawing, reason)
    drawn = 0
    while drawing.heap.many > 0 and drawn < most:
        appeared, number, reason = pop(drawing.heap)
        person = person_at(rows, drawn)
        person.number, person.appeared, person.reason = number, appeared, reason
        _draw_problem(person, drawing)
        _draw_customer(person, drawing)
        drawn += 1
        _plan_next(drawing, reason)
    return drawn
