"""What must be true of every history, whatever the world: each function returns what it finds wrong.

Written from the meaning of the rows alone. Times of an instant may differ by rounding: 1e-6 min is nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from sim.history import Event, History
from sim.units import SLOT, SLOTS_A_WEEK, week_slots

NOTHING = 1e-6
E = Event

FAILED = {E.DIALLED, E.GAVE_UP, E.LIMIT_REACHED}
"""What may follow a failed attempt."""
BROKEN_OFF = {E.CUT, E.HUNG_UP}
PASSED_ON = {E.TRANSFERRED_COLD, E.TRANSFERRED_WARM}
TOLD = {E.SOLVED, E.UNSOLVED, E.BELIEVED, E.SENT_ELSEWHERE, E.TICKETED}
AFTER_TALK = {E.WRONG_PERSON, E.APPROVAL_ASKED, E.GRANTED, E.REFUSED} | TOLD | PASSED_ON | BROKEN_OFF
SPELLS = {E.WRONG_PITCH, E.EXPLAINING, E.CONTRADICTED, E.TALKING} | AFTER_TALK
"""A spell of no length has no row."""

MAY_FOLLOW: dict[Event, set[Event]] = {
    E.APPEARED: {E.DIALLED},
    E.DIALLED: {E.BLOCKED, E.PICKED_UP},
    E.BLOCKED: FAILED,
    E.PICKED_UP: {E.QUEUED, E.CUT},
    E.QUEUED: {E.BALKED, E.CALL_BACK_TAKEN, E.ABANDONED, E.CUT, E.DISMISSED, E.ANSWERED},
    E.BALKED: {E.CALL_ENDED},
    E.CALL_BACK_TAKEN: {E.RUNG_BACK, E.RING_MISSED, E.DISMISSED},
    E.RING_MISSED: {E.RUNG_BACK, E.RING_MISSED, E.ABANDONED, E.DISMISSED},
    E.RUNG_BACK: {E.ANSWERED},
    E.ANSWERED: {E.IDENTIFYING, E.BRIEFING} | SPELLS,
    E.BRIEFING: {E.IDENTIFYING} | SPELLS,
    E.IDENTIFYING: SPELLS,
    E.WRONG_PITCH: SPELLS - {E.WRONG_PITCH},
    E.EXPLAINING: {E.CONTRADICTED, E.TALKING} | AFTER_TALK,
    E.CONTRADICTED: {E.TALKING} | AFTER_TALK,
    E.TALKING: AFTER_TALK,
    E.WRONG_PERSON: TOLD | PASSED_ON,
    E.APPROVAL_ASKED: {E.GRANTED, E.REFUSED} | BROKEN_OFF,
    E.GRANTED: TOLD | PASSED_ON,
    E.REFUSED: (TOLD - {E.SOLVED}) | PASSED_ON,
    E.TRANSFERRED_COLD: {E.LEFT_AGENT},
    E.TRANSFERRED_WARM: {E.LEFT_AGENT},
    E.SOLVED: {E.LEFT_AGENT},
    E.UNSOLVED: {E.LEFT_AGENT} | FAILED,
    E.BELIEVED: {E.LEFT_AGENT},
    E.SENT_ELSEWHERE: {E.LEFT_AGENT},
    E.TICKETED: {E.LEFT_AGENT},
    E.ABANDONED: {E.CALL_ENDED},
    E.DISMISSED: {E.CALL_ENDED},
    E.CUT: {E.LEFT_AGENT, E.CALL_ENDED},
    E.HUNG_UP: {E.LEFT_AGENT},
    E.LEFT_AGENT: {E.QUEUED, E.CALL_ENDED},
    E.CALL_ENDED: {E.FOUND_OUT, E.SOLVED, E.UNSOLVED} | FAILED,
    E.FOUND_OUT: FAILED,
    E.LIMIT_REACHED: {E.GAVE_UP},
    E.GAVE_UP: {E.REPAIRED},
    E.REPAIRED: set(),
}
WITH_NO_LENGTH = {
    E.DIALLED,
    E.BALKED,
    E.RUNG_BACK,
    E.WRONG_PITCH,
    E.CONTRADICTED,
    E.WRONG_PERSON,
    E.GRANTED,
    E.REFUSED,
    E.ABANDONED,
    E.DISMISSED,
    E.CUT,
    E.HUNG_UP,
    E.LEFT_AGENT,
    E.LIMIT_REACHED,
    E.GAVE_UP,
    E.BELIEVED,
    E.SENT_ELSEWHERE,
    E.TICKETED,
} | PASSED_ON
"""Rows that the next one follows in the same instant."""
OF_NO_AGENT = {E.APPEARED, E.DIALLED, E.BLOCKED, E.PICKED_UP, E.QUEUED, E.GAVE_UP, E.LIMIT_REACHED, E.REPAIRED}
AMOUNTS = {E.TALKING, E.LEFT_AGENT, E.RING_MISSED, E.GRANTED, E.REPAIRED}


class Lived(NamedTuple):
    """One row."""

    customer: int
    time: float
    event: Event
    contact: int
    leg: int
    team: int
    agent: int
    amount: float


def lives(history: History) -> Iterator[tuple[int, list[Lived]]]:
    """Yield each customer with his rows."""
    for customer, rows in groupby(history.rows.tolist(), key=itemgetter(0)):
        yield customer, [Lived(*row)._replace(event=Event(row[2])) for row in rows]


def order(history: History) -> Iterator[str]:
    """Each row is one that may follow the row before, not earlier, and in the same instant where nothing lasts."""
    for customer, rows in lives(history):
        for row, after in zip(rows, rows[1:], strict=False):
            here, then = row.event, after.event
            if then not in MAY_FOLLOW[here]:
                yield f"{customer}: {here.name} is followed by {then.name} at {after.time}"
            if after.time < row.time:
                yield f"{customer}: {then.name} comes before {here.name}"
            if here in WITH_NO_LENGTH and not _only_begins(here, then) and after.time > row.time + NOTHING:
                yield f"{customer}: {here.name} lasts from {row.time} to {after.time}"
        if rows[-1].time > history.world.time.end:
            yield f"{customer}: lives beyond the end of the run"


def _only_begins(here: Event, then: Event) -> bool:
    return here in (E.GAVE_UP, E.REPAIRED) or (here is E.LIMIT_REACHED and then is not E.GAVE_UP)


def journeys(history: History) -> Iterator[str]:
    """Everyone appears once, ends at most once, and nothing is lived after the end."""
    people = history.customers.rows
    seen = {customer for customer, _ in lives(history)}
    due = set(np.flatnonzero(people["appeared"] < history.world.time.end).tolist())
    if seen != due:
        yield f"problems without a journey or journeys without a problem: {seen ^ due}"
    for customer, rows in lives(history):
        said = [row.event for row in rows]
        if said[0] is not E.APPEARED or said.count(E.APPEARED) != 1:
            yield f"{customer} does not appear once, at first"
        if abs(rows[0].time - people["appeared"][customer]) > 0:
            yield f"{customer} does not appear when his problem does"
        ends = [at for at, event in enumerate(said) if event in (E.SOLVED, E.GAVE_UP)]
        if len(ends) > 1:
            yield f"{customer} ends {len(ends)} times"
        if ends and not set(said[ends[0] + 1 :]) <= {E.LEFT_AGENT, E.CALL_ENDED, E.REPAIRED}:
            yield f"{customer} lives on after {said[ends[0]].name}"
        tail = rows[ends[0] :] if ends else rows[:0]
        if tail and tail[-1].time > tail[0].time + NOTHING:
            yield f"{customer}: the end lasts"


def attempts(history: History) -> Iterator[str]:
    """Contacts are numbered 0, 1, 2 ..; each ends once, blocked or ended; only the last may be open at the end."""
    most = history.world.population.again.most_attempts
    for customer, rows in lives(history):
        dialled = [row.contact for row in rows if row.event is E.DIALLED]
        if dialled != list(range(len(dialled))):
            yield f"{customer} dials {dialled}"
        if len(dialled) > most:
            yield f"{customer} makes {len(dialled)} attempts of {most}"
        over = [row.contact for row in rows if row.event in (E.BLOCKED, E.CALL_ENDED)]
        if over not in (list(range(len(dialled))), list(range(len(dialled) - 1))):
            yield f"{customer} ends {over} of {len(dialled)} attempts"
        if len(over) < len(dialled) and rows[-1].contact != len(dialled) - 1:
            yield f"{customer} leaves an attempt open and goes on"
        if any(after.contact < row.contact for row, after in zip(rows, rows[1:], strict=False)):
            yield f"{customer}: contacts go back"


def marks(history: History) -> Iterator[str]:
    """Team, agent, leg and amount are those of the row's meaning, and -1 or 0 where none is meant."""
    staff = [max(team.by_slot(history.world.line.open_slots())) for team in history.world.teams.values()]
    for customer, rows in lives(history):
        serving: tuple[int, int] | None = None
        legs: dict[int, int] = defaultdict(lambda: -1)
        for row in rows:
            event, team, agent = row.event, row.team, row.agent
            if not -1 <= team < len(staff) or not -1 <= agent < (staff[team] if team >= 0 else 0):
                yield f"{customer}: {event.name} has team {team}, agent {agent}"
            if event in OF_NO_AGENT and agent != -1:
                yield f"{customer}: {event.name} with agent {agent}"
            if event is E.QUEUED:
                legs[row.contact] += 1
                if row.leg != legs[row.contact] or team < 0:
                    yield f"{customer}: queued for team {team}, leg {row.leg}"
            if event is E.ANSWERED:
                serving = (team, agent)
                if min(serving) < 0:
                    yield f"{customer}: answered by {serving}"
            if serving and event not in (E.SOLVED, E.UNSOLVED, E.QUEUED) and (team, agent) != serving:
                yield f"{customer}: {event.name} with {(team, agent)}, though served by {serving}"
            if event is E.LEFT_AGENT:
                if serving is None:
                    yield f"{customer} leaves an agent he does not have"
                serving = None
            if row.amount < 0 or (row.amount and event not in AMOUNTS):
                yield f"{customer}: {event.name} has amount {row.amount}"


def busy(history: History) -> dict[tuple[int, int], list[tuple[float, float, int]]]:
    """Return when each agent was busy, after-call work and missed rings included, and with whom."""
    intervals: dict[tuple[int, int], list[tuple[float, float, int]]] = defaultdict(list)
    for customer, rows in lives(history):
        since = 0.0
        for row in rows:
            agent = (row.team, row.agent)
            if row.event == E.ANSWERED:
                since = row.time
                intervals[agent].append((since, np.inf, customer))
            elif row.event == E.LEFT_AGENT:
                intervals[agent][-1] = _closed(intervals[agent], customer, row.time + row.amount)
            elif row.event == E.RING_MISSED:
                intervals[agent].append((row.time, row.time + row.amount, customer))
    return {agent: sorted(found) for agent, found in intervals.items()}


def _closed(found: list[tuple[float, float, int]], customer: int, end: float) -> tuple[float, float, int]:
    since, _, who = found[-1]
    assert who == customer
    return since, end, who


def agents(history: History) -> Iterator[str]:
    """No agent has two customers at once, none answers off duty."""
    world = history.world
    opened = world.line.open_slots()
    staff = [team.by_slot(opened) for team in world.teams.values()]
    for (team, agent), intervals in busy(history).items():
        for (_, until, before), (since, _, customer) in zip(intervals, intervals[1:], strict=False):
            if since < until - NOTHING:
                yield f"agent {agent} of team {team} takes {customer} at {since}, busy with {before} to {until}"
        for since, _, customer in intervals:
            slot = int(since // SLOT) % SLOTS_A_WEEK
            late = world.line.closing == "serve" and not opened[slot]
            if agent >= staff[team][_last_open(opened, slot) if late else slot]:
                yield f"agent {agent} of team {team} takes {customer} at {since}, off duty"


def _last_open(opened: tuple[bool, ...], slot: int) -> int:
    while not opened[slot]:
        slot = (slot - 1) % SLOTS_A_WEEK
    return slot


def line_in_use(history: History) -> Iterator[str]:
    """Calls never fill more than the lines, and nobody is blocked while one is free."""
    many = history.world.line.lines
    calls, blocked = [], []
    for _, rows in lives(history):
        begun = None
        for row in rows:
            if row.event in (E.PICKED_UP, E.RUNG_BACK):
                begun = (row.time, row.event is E.PICKED_UP)
            if row.event in (E.CALL_ENDED, E.CALL_BACK_TAKEN) and begun:
                calls.append((*begun, row.time))
                begun = None
            if row.event is E.BLOCKED:
                blocked.append(row.time)
        if begun:
            calls.append((*begun, np.inf))
    if many is None:
        if blocked:
            yield "blocked without a limit of lines"
        return
    since, own, until = np.array(calls or np.empty((0, 3))).T
    for at in since:
        # those of the customers themselves: whether a ring of the firm takes one of these lines is not said
        used = int((own * (since <= at + NOTHING) * (until > at + NOTHING)).sum())
        if used > many:
            yield f"{used} of {many} lines in use at {at}"
    for at in blocked:
        if ((since <= at + NOTHING) * (until >= at - NOTHING)).sum() < many:
            yield f"blocked at {at} with a line free"


def queues(history: History) -> Iterator[str]:
    """First come, first served; and nobody holds while an agent of his team is at work and idle."""
    world, opened = history.world, history.world.line.open_slots()
    at_work = busy(history)
    for team, of_team in enumerate(world.teams.values()):
        staff = of_team.by_slot(opened)
        holds = list(_holds(history, team))
        served = sorted((since, until, who) for since, until, answered, who in holds if answered)
        for (since, until, who), (later, sooner, other) in zip(served, served[1:], strict=False):
            if later > since + NOTHING and sooner < until - NOTHING:
                yield f"{other}, queued at {later}, is served at {sooner}; {who}, queued at {since}, at {until}"
        waits = [(since, until, who) for since, until, _, who in holds]
        mine = {agent: found for (of, agent), found in at_work.items() if of == team}
        yield from _in_vain(history, waits, staff, mine, f"team {team}")


def rings(history: History) -> Iterator[str]:
    """Who is to be rung back is rung while an agent is idle, `tries` times at most, and is then given up."""
    world, offer = history.world, history.world.levers.follow_through.call_back
    if offer is None:
        return
    at_work, opened = busy(history), world.line.open_slots()
    waits: dict[int, list[tuple[float, float, int]]] = defaultdict(list)
    for customer, rows in lives(history):
        missed = 0
        for row, after in zip(rows, [*rows[1:], None], strict=True):
            event = row.event
            missed = 0 if event is E.CALL_BACK_TAKEN else missed + (event is E.RING_MISSED)
            if event not in (E.CALL_BACK_TAKEN, E.RING_MISSED):
                continue
            if missed > offer.tries:
                yield f"{customer} is rung {missed} times of {offer.tries}"
            if after is not None and after.event == E.ABANDONED and missed < offer.tries:
                yield f"{customer} is given up after {missed} rings of {offer.tries}"
            # between two rings: counted from the end of the first, at the latest
            due = row.time + (row.amount + offer.between if event is E.RING_MISSED else 0.0)
            waits[row.team].append((due, np.inf if after is None else after.time, customer))
    for team, of_team in enumerate(world.teams.values()):
        mine = {agent: found for (of, agent), found in at_work.items() if of == team}
        yield from _in_vain(history, waits[team], of_team.by_slot(opened), mine, f"a ring of team {team}")


def _in_vain(
    history: History,
    waits: list[tuple[float, float, int]],
    staff: tuple[int, ...],
    at_work: dict[int, list[tuple[float, float, int]]],
    what: str,
) -> Iterator[str]:
    """Yield the waits during which an agent at work is idle while the line is open."""
    end, opened = history.world.time.end, history.world.line.open_slots()
    times = {t for found in at_work.values() for since, until, _ in found for t in (since, until)}
    times |= {t for since, until, _ in waits for t in (since, until)}
    times |= {slot * SLOT for slot in range(int(end // SLOT) + 1)}
    steps = np.array(sorted(t for t in times if t <= end))
    for middle in ((steps[1:] + steps[:-1]) / 2)[np.diff(steps) > NOTHING]:
        waiting = [who for since, until, who in waits if since < middle < until]
        slot = int(middle // SLOT) % SLOTS_A_WEEK
        if not waiting or not opened[slot]:
            continue
        idle = [
            agent
            for agent in range(staff[slot])
            if not any(since < middle < until for since, until, _ in at_work.get(agent, ()))
        ]
        if idle:
            yield f"{waiting} wait for {what} at {middle} while agents {idle} are idle"


def _holds(history: History, team: int) -> Iterator[tuple[float, float, bool, int]]:
    """Yield the holds on the line for a team: beginning, end, whether answered, who."""
    for customer, rows in lives(history):
        for row, after in zip(rows, rows[1:], strict=False):
            if row.event == E.QUEUED and row.team == team:
                yield row.time, after.time, after.event == E.ANSWERED, customer
        if rows[-1].event == E.QUEUED and rows[-1].team == team:
            yield float(rows[-1].time), np.inf, False, customer


def clock(history: History) -> Iterator[str]:
    """The clock cuts at its time and not otherwise, and nothing lasts beyond it."""
    limit, which = history.world.levers.time.cut_after, history.world.levers.time.clock
    starts = {
        "connection": (E.PICKED_UP,),
        "first_agent": (E.ANSWERED,),
        "current_agent": (E.ANSWERED,),
    }[which]
    for customer, rows in lives(history):
        started = None
        for row in rows:
            event = row.event
            if event is E.CUT and limit is None:
                yield f"{customer} is cut where nothing cuts"
            if event is E.CALL_BACK_TAKEN or (event is E.RUNG_BACK and which == "connection"):
                started = None  # the firm's ring is another connection: what its clock says is not asked here
            ran = row.time - started if started is not None else 0.0
            if limit is not None and started is not None:
                if ran > limit + NOTHING:
                    yield f"{customer}: {event.name} {ran} min into a clock of {limit}"
                if event is E.CUT and ran < limit - NOTHING:
                    yield f"{customer} is cut after {ran} min of {limit}"
            if event in (E.CALL_ENDED, E.BLOCKED):
                started = None
            if event in starts and (started is None or which == "current_agent"):
                started = row.time


def hours(history: History) -> Iterator[str]:
    """Dials come while the line is open and the customer awake; closing turns away, or serves, but at its time."""
    line = history.world.line
    opened, awake = line.open_slots(), set(week_slots(history.world.population.awake))
    for customer, rows in lives(history):
        for before, row, after in zip([None, *rows[:-1]], rows, [*rows[1:], None], strict=True):
            slot = int(row.time // SLOT) % SLOTS_A_WEEK
            if row.event is E.DIALLED and not (opened[slot] and slot in awake):
                yield f"{customer} dials at {row.time}, closed or asleep"
            if row.event is E.DISMISSED and before is not None:
                # out of the menu, or due to be rung again, only after closing: the agents may have left
                held = row.time > before.time + NOTHING and before.event is not E.RING_MISSED
                if opened[slot] or (line.closing == "serve" and held):
                    yield f"{customer} is dismissed at {row.time}"
            if row.event is E.QUEUED and line.closing == "dismiss":
                until = after.time if after is not None else history.world.time.end
                if any(not opened[at % SLOTS_A_WEEK] for at in _slots_between(row.time, until)):
                    yield f"{customer} holds from {row.time} to {until}, beyond closing"


def _slots_between(since: float, until: float) -> range:
    """Return the slots, of all weeks, of which an instant lies well between two times."""
    if until - since < 3 * NOTHING:
        return range(0)
    return range(int((since + NOTHING) // SLOT), int(np.ceil((until - NOTHING) / SLOT)))


def spans(history: History) -> Iterator[str]:
    """The talk lasts what it needs, or less when broken off or with the wrong person; gestures are those asked for."""
    gestures = history.customers.rows["gesture"]
    for customer, rows in lives(history):
        for row, after in zip(rows, rows[1:], strict=False):
            if row.event is E.TALKING:
                short = after.event in BROKEN_OFF | {E.WRONG_PERSON}
                lasted = after.time - row.time
                if lasted > row.amount + NOTHING or (not short and lasted < row.amount - NOTHING):
                    yield f"{customer}: {lasted} min of a talk that needs {row.amount}"
            if row.event is E.GRANTED and abs(row.amount - gestures[customer]) > NOTHING:
                yield f"{customer} is granted {row.amount} EUR of {gestures[customer]}"
            if after.event in BROKEN_OFF and row.event in (E.BELIEVED, E.SOLVED):
                yield f"{customer} is broken off after the verdict"


def memory(history: History) -> Iterator[str]:
    """What the firm remembers is not asked again: neither identity nor story, in the call or for good."""
    kept = history.world.levers.memory
    for event, how in ((E.IDENTIFYING, kept.identified), (E.EXPLAINING, kept.explained)):
        if how in ("by_every_agent", "to_every_agent"):
            continue
        for customer, rows in lives(history):
            known: set[int] = set()
            for row, after in zip(rows, rows[1:], strict=False):
                where = row.contact if how == "once_a_call" else 0
                if row.event is event and where in known:
                    yield f"{customer}: {event.name} again at {row.time}"
                if row.event is event and after.event not in BROKEN_OFF:
                    known.add(where)


def passing_on(history: History) -> Iterator[str]:
    """Nobody is passed on more often in a call than the paths' tries allow, nor to a team they do not name."""
    live = [path for path in history.world.paths.values() if path.by == "live"]
    most, names = sum(path.tries for path in live), list(history.world.teams)
    targets = {names.index(team) for path in live for team, share in path.targets().items() if share}
    for customer, rows in lives(history):
        passed = [row.contact for row in rows if row.event in PASSED_ON]
        if any(passed.count(contact) > most for contact in set(passed)):
            yield f"{customer} is passed on more than {most} times in one call"
        if any(row.event is E.QUEUED and row.leg and row.team not in targets for row in rows):
            yield f"{customer} is passed on to a team that no path names"


TRUTHS = (
    order,
    journeys,
    attempts,
    marks,
    agents,
    line_in_use,
    queues,
    clock,
    hours,
    spans,
    memory,
    passing_on,
)


def falsehoods(history: History) -> list[str]:
    """Return everything that is wrong with a history (`rings` are asked apart); nothing, it is to be hoped."""
    return [f"{truth.__name__}: {what}" for truth in TRUTHS for what in truth(history)]
