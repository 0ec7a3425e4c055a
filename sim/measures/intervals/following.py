"""Following customers into cells: what the fold does with a row, and beside it what the row adds where it belongs."""

from __future__ import annotations

import math
from typing import Any

from sim.history.codes import (
    ABANDONED,
    ANSWERED,
    BALKED,
    BLOCKED,
    CALL_BACK_TAKEN,
    CALL_ENDED,
    CHAT_ENDED,
    COLLEAGUE_JOINED,
    CUT,
    DESK_LEFT,
    DIALLED,
    DISMISSED,
    FILED,
    LEFT_AGENT,
    PREVENTED,
    QUEUED,
    RING_MISSED,
    SOLVED,
    TAKEN_UP,
    WORKED_ON,
)
from sim.history.rows import ROW
from sim.machine.compiling import Table, inlined, piece, rule
from sim.machine.kernel.pages import page_with, place_in_page
from sim.measures.accounts.account import BOOKS
from sim.measures.accounts.following.agents import follow_agent, in_breaks_of, overtime_of, while_absent_of
from sim.measures.accounts.following.calls import follow_call, has_place_for_a_call, person_of
from sim.measures.accounts.following.journeys import follow_journey
from sim.measures.accounts.following.rows import account_of, can_be, may_follow
from sim.measures.accounts.following.spells import follow_spell
from sim.measures.accounts.following.unasked import follow_unasked
from sim.measures.accounts.following.writing import follow_beside, follow_message
from sim.measures.intervals.cells import CELL, CHANGE, COARSE, PART, PARTED, QUEUE, WAITS
from sim.measures.rules import calls
from sim.measures.rules.calls import CALL, is_answered
from sim.measures.rules.histogram import bucket_of
from sim.measures.rules.levels import in_time, left_within
from sim.measures.rules.staff import TEAM_TIME

books_at, row_at, call_at, team_at = Table(BOOKS), Table(ROW), Table(CALL), Table(TEAM_TIME)
parted_at, part_at, cell_at, waits_at = Table(PARTED), Table(PART), Table(CELL), Table(WAITS)
change_at, queue_at = Table(CHANGE), Table(QUEUE)

_NOWHERE = -1


@piece
def follow_into_cells(rows: int, many: int, books: int, parted: int) -> int:
    """Note rows as `sim.measures.accounts.following.rows.follow` does, and in cells; return how many could be."""
    its, cells = books_at(books, 0), parted_at(parted, 0)
    for place in range(many):
        row = row_at(rows, place)
        if not can_be(its, row):
            return place
        account = account_of(its, row.customer)
        if not may_follow(its, account, row) or (row.event == DIALLED and not has_place_for_a_call(its)):
            return place
        note_in_cells(its, account, row, cells)
    return many


@inlined
def note_in_cells(books: Any, account: Any, row: Any, parted: Any) -> None:
    """Note one row in the account of its customer, and in cells while the call and the leg that it may end go on."""
    event = row.event
    account.lived.counts[event] += books.counts
    if books.terms.beside[event] != 0:
        follow_beside_in_cells(event, books, account, row, parted)
        return
    account.time = row.time
    follow_message(event, books, account, row)
    follow_spell(event, books, account, row)
    part, person = part_of(parted, row.customer), person_of(books, row.customer)
    follow_waits(event, books, row, part, person, parted)
    follow_legs(event, books, account, row, part, person, parted)
    follow_calls(event, books, account, row, part, person, parted)
    follow_call(event, books, account, row)
    follow_agent(event, books, account, row)
    follow_journey(event, account.lived, row, books)
    follow_unasked(event, books, account, row)
    if event == PREVENTED and books.terms.start <= row.time < books.terms.stop:
        books.sums.prevention += row.amount


@rule
def follow_beside_in_cells(event: int, books: Any, account: Any, row: Any, parted: Any) -> None:
    """Note what goes on beside a customer: what waits in a queue to be worked on, and the agent's work on it."""
    follow_beside(event, books, account.lived, row)
    part, person = part_of(parted, row.customer), person_of(books, row.customer)
    if event == FILED:
        change(parted, combination(parted, own_team(books, row.team + 1), row.team + 1, person), row.time, 1)
    elif event == TAKEN_UP:
        part.written_queue = row.team + 1
        waited = combination(parted, own_team(books, row.team + 1), row.team + 1, person)
        hold(parted, waited, row.time - row.amount, row.time)
        change(parted, waited, row.time, -1)
    elif event == WORKED_ON:
        worked = combination(parted, row.team + 1, part.written_queue, person)
        place = place_of(parted, worked, row.time)
        if place != _NOWHERE:
            cell_at(parted.cells, place).legs += 1.0
            cell_at(parted.cells, place).leg_minutes += row.amount
        work(books, parted, worked, row.team, row.agent, row.time, row.time + row.amount)


@inlined
def part_of(parted: Any, customer: int) -> Any:
    """Return what is known of a customer beside his account."""
    return part_at(page_with(parted.parts, customer), place_in_page(customer))


# Where things belong --------------------------------------------------------------------------------------------------


@rule
def combination(parted: Any, team: int, queue: int, person: Any) -> int:
    """Return the number of a combination; ``team`` and ``queue`` are one more than their numbers, 0 for none."""
    number: int = (
        team * parted.of_team
        + queue * parted.of_queue
        + person.reason * parted.of_reason
        + person.segment * parted.of_segment
    )
    return number


@rule
def interval_of(parted: Any, time: float) -> int:
    """Return the interval of a time that is not before the first one."""
    interval = int((time - parted.first) / parted.every)
    if parted.first + interval * parted.every > time:  # the division has rounded up
        interval -= 1
    elif parted.first + (interval + 1) * parted.every <= time:  # or down
        interval += 1
    return interval


@rule
def place_of(parted: Any, combination: int, time: float) -> int:
    """Return the place of the cell of a combination and a time, or `_NOWHERE` outside the horizon."""
    if not parted.start <= time < parted.stop:
        return _NOWHERE
    place: int = combination * parted.many + interval_of(parted, time)
    return place


@rule
def own_team(books: Any, queue: int) -> int:
    """Return the team whose own queue this is, both one more than their numbers; 0 for a queue of several teams."""
    return queue if queue <= books.many_teams else 0


# Queues ---------------------------------------------------------------------------------------------------------------


@inlined
def follow_waits(event: int, books: Any, row: Any, part: Any, person: Any, parted: Any) -> None:
    """Follow who stands in which queue: from QUEUED until he is answered, hangs up, or is sent away."""
    if part.waits and event in (
        ANSWERED,
        ABANDONED,
        BALKED,
        CUT,
        DISMISSED,
        CALL_BACK_TAKEN,
        CALL_ENDED,
        DESK_LEFT,
        CHAT_ENDED,
        DIALLED,
        QUEUED,
    ):
        waited = combination(parted, own_team(books, part.waits_in), part.waits_in, person)
        hold(parted, waited, part.waits_since, row.time)
        change(parted, waited, row.time, -1)
        part.waits = False
    if event == QUEUED:
        part.waits, part.waits_in, part.waits_since = True, row.team + 1, row.time
        change(parted, combination(parted, own_team(books, part.waits_in), part.waits_in, person), row.time, 1)


@rule
def hold(parted: Any, combination: int, since: float, until: float) -> None:
    """Add a customer's minutes in a queue to each of the intervals on which they lie."""
    since, until = max(since, parted.start), min(until, parted.stop)
    while since < until:
        interval = interval_of(parted, since)
        upto = min(parted.first + (interval + 1) * parted.every, until)
        cell_at(parted.cells, combination * parted.many + interval).held += upto - since
        since = upto


@rule
def change(parted: Any, combination: int, time: float, by: int) -> None:
    """Note that a queue becomes longer or shorter; how long it gets is told when all changes until then are known."""
    noted = change_at(parted.changes, parted.changes_made)
    noted.time, noted.combination, noted.by = time, combination, by
    parted.changes_made += 1


@piece
def count_queues(changes: int, many: int, parted: int) -> None:
    """Count queues through changes in the order of time, those who leave first within an instant."""
    its = parted_at(parted, 0)
    for place in range(many):
        its_change = change_at(changes, place)
        queue = queue_at(its.queues, its_change.combination)
        interval = interval_of_change(its, its_change)
        carry(its, its_change.combination, queue, interval)
        queue.many += its_change.by
        if its_change.by > 0 and _NOWHERE < interval < its.many:
            lengthen(its, its_change.combination, interval, queue.many)


@rule
def interval_of_change(parted: Any, change: Any) -> int:
    """Return the interval in which a change is felt; who leaves at the very end of one was in it, not in the next."""
    if change.time < parted.start or (change.by < 0 and change.time == parted.start):
        return _NOWHERE
    if change.time >= parted.stop:
        last: int = parted.many
        return last
    interval = interval_of(parted, change.time)
    if change.by < 0 and parted.first + interval * parted.every == change.time:
        interval -= 1
    return interval


@rule
def carry(parted: Any, combination: int, queue: Any, interval: int) -> None:
    """Let a queue be as long as it is at the beginning of every interval up to this one."""
    while queue.interval <= interval and queue.interval < parted.many:
        lengthen(parted, combination, queue.interval, queue.many)
        queue.interval += 1


@inlined
def lengthen(parted: Any, combination: int, interval: int, many: int) -> None:
    """Let the longest queue of a cell be so long at least."""
    cell = cell_at(parted.cells, combination * parted.many + interval)
    cell.longest_queue = max(cell.longest_queue, float(many))


# Agents ---------------------------------------------------------------------------------------------------------------


@inlined
def follow_legs(event: int, books: Any, account: Any, row: Any, part: Any, person: Any, parted: Any) -> None:
    """Follow what takes an agent's time, and by whose team."""
    if event == QUEUED:
        part.leg_queue = row.team + 1
    elif event == ANSWERED:
        place = place_of(parted, combination(parted, row.team + 1, part.leg_queue, person), row.time)
        if place != _NOWHERE:
            cell_at(parted.cells, place).legs += 1.0
    elif event == LEFT_AGENT:
        if account.with_agent:
            end_leg(books, account, row, part, person, parted)
    elif event in (RING_MISSED, COLLEAGUE_JOINED):
        worked = combination(parted, row.team + 1, part.leg_queue, person)
        work(books, parted, worked, row.team, row.agent, row.time, row.time + row.amount)


@rule
def end_leg(books: Any, account: Any, row: Any, part: Any, person: Any, parted: Any) -> None:
    """End a leg: its minutes to the end of the after-call work count where it began, the agent's when he works."""
    worked, until = combination(parted, account.team + 1, part.leg_queue, person), row.time + row.amount
    place = place_of(parted, worked, account.answered)
    if place != _NOWHERE:
        cell_at(parted.cells, place).leg_minutes += until - account.answered
    part.after_call += row.amount
    work(books, parted, worked, account.team, account.agent, account.answered, until)


@rule
def work(books: Any, parted: Any, combination: int, team: int, agent: int, since: float, until: float) -> None:
    """Add an agent's minutes to each of the intervals on which they lie."""
    if not 0 <= team < books.many_teams:
        return
    since, until = max(since, parted.start), min(until, parted.stop)
    while since < until:
        interval = interval_of(parted, since)
        upto = min(parted.first + (interval + 1) * parted.every, until)
        add_worked(books, cell_at(parted.cells, combination * parted.many + interval), team, agent, since, upto)
        since = upto


@inlined
def add_worked(books: Any, cell: Any, team: int, agent: int, since: float, until: float) -> None:
    """Add a stretch of an agent's time that lies in one interval."""
    chats = team_at(books.teams, team).chats
    beside = overtime_of(books, team, agent, since, until) / chats
    in_breaks = in_breaks_of(books, team, agent, since, until) / chats
    cell.busy += (until - since) / chats
    cell.overtime += beside
    cell.in_breaks += in_breaks
    cell.while_absent += while_absent_of(books, team, agent, since, until) / chats
    cell.overtime_eur += (beside - in_breaks) * team_at(books.teams, team).per_minute


# Calls ----------------------------------------------------------------------------------------------------------------


@inlined
def follow_calls(event: int, books: Any, account: Any, row: Any, part: Any, person: Any, parted: Any) -> None:
    """Follow calls to their end, where they are added to their cell, and beyond it."""
    if event in (DIALLED, BLOCKED, CALL_ENDED) and account.in_call:
        end_call_in_cell(event, books, account, row, part, person, parted)
    if event == DIALLED:
        dial_in_cells(row, part, parted)
    elif event == QUEUED:
        if row.leg == 0:
            come_to(part, row)
    elif event == ANSWERED:
        if row.leg == 0 and part.team == 0:
            part.team = row.team + 1
    elif event == SOLVED and not account.in_call and row.contact == 0 and part.first > 0:  # by the answer to a ticket
        cell_at(parted.cells, part.first - 1).solved_at_first += 1.0


@rule
def come_to(part: Any, row: Any) -> None:
    """Come to a queue before any agent: the call is of the first in which it stands for any time, or of the last."""
    part.moved_on = part.moved_on or (part.queue > 0 and row.time > part.came)
    if not part.moved_on:
        part.queue, part.came = row.team + 1, row.time


@rule
def dial_in_cells(row: Any, part: Any, parted: Any) -> None:
    """Begin a call; the one before was then followed by another."""
    part.repeats = part.has_called and calls.called_again(part.ended, row.time)
    if part.repeats and part.last > 0:
        cell = cell_at(parted.cells, part.last - 1)
        cell.called_again += 1.0
        cell.logged -= int(part.logged)
    part.has_called, part.logged, part.moved_on = True, False, False
    part.queue = part.team = 0
    part.after_call = 0.0


@rule
def end_call_in_cell(event: int, books: Any, account: Any, row: Any, part: Any, person: Any, parted: Any) -> None:
    """Add a call to the cell of its arrival or of its exit."""
    call = call_at(books.calls, account.call)
    calls.end(call, row.time)
    call.blocked = call.blocked or event == BLOCKED
    team = part.team if part.team > 0 else own_team(books, part.queue)
    when = row.time if parted.by_exit else call.dialled
    place = place_of(parted, combination(parted, team, part.queue, person), when)
    part.last, part.ended = place + 1, row.time
    if call.contact == 0:
        part.first = place + 1
    if place != _NOWHERE:
        add_call_to_cell(call, part, parted, place)


@rule
def add_call_to_cell(call: Any, part: Any, parted: Any, place: int) -> None:
    """Add a call to a cell."""
    cell = cell_at(parted.cells, place)
    cell.offered += 1.0
    cell.queued += int(not math.isnan(call.queued))
    cell.repeats += int(part.repeats)
    cell.moved_on += int(part.moved_on)
    if call.contact == 0:
        cell.first_contacts += 1.0
        cell.solved_at_first += int(call.solved)
    if is_answered(call):
        part.logged = True
        add_answered_to_cell(call, part, parted, place)
    elif call.abandoned:
        cell.abandoned += 1.0
        cell.abandoned_within += int(left_within(call, parted.within))
        cell.abandoned_short += int(left_within(call, parted.short))
        cell.wait_of_abandoned += call.wait
    else:
        add_unanswered_to_cell(call, cell)
    if call.wait > cell.longest_wait:
        cell.longest_wait = call.wait


@inlined
def add_answered_to_cell(call: Any, part: Any, parted: Any, place: int) -> None:
    """Add what agents have done."""
    cell = cell_at(parted.cells, place)
    cell.answered += 1.0
    cell.logged += 1.0
    cell.answered_within += int(in_time(call, parted.within))
    cell.wait += call.wait
    cell.handling += call.handling
    cell.after_call += part.after_call
    waits_at(parted.waits, place).counts[bucket_of(call.wait) // COARSE] += 1


@inlined
def add_unanswered_to_cell(call: Any, cell: Any) -> None:
    """Add one whom no agent took, and who did not hang up by himself."""
    if call.blocked:
        cell.blocked += 1.0
    elif call.message:
        cell.messages += 1.0
    elif call.dismissed:
        cell.dismissed += 1.0
    elif call.cut:
        cell.cut += 1.0
    else:
        cell.unfinished += 1.0
