"""What is true of every journey, from the problem to its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np

from sim.history.rows import Event, History
from sim.world import Path
from sim.world.path import OUT_OF_A_QUEUE
from tests.property.truths.rows import BROKEN_OFF, NOTHING, PASSED_ON, SENT_ON, lives, on_duty

OF_NO_AGENT = {
    Event.APPEARED,
    Event.DIALLED,
    Event.BLOCKED,
    Event.PICKED_UP,
    Event.QUEUED,
    Event.GAVE_UP,
    Event.LIMIT_REACHED,
    Event.DROPPED,
    Event.REPAIRED,
    Event.PREVENTED,
}
OF_OTHERS = {Event.SOLVED, Event.UNSOLVED, Event.QUEUED, Event.COLLEAGUE_JOINED}
AMOUNTS = {
    Event.COLLEAGUE_JOINED,
    Event.TALKING,
    Event.LEFT_AGENT,
    Event.RING_MISSED,
    Event.GRANTED,
    Event.REPAIRED,
    Event.PREVENTED,
}
ENDS = (Event.SOLVED, Event.GAVE_UP, Event.PREVENTED)


def journeys(history: History) -> Iterator[str]:
    """Everyone appears once, ends at most once, and nothing is lived after the end."""
    people = history.customers.rows
    seen = {customer for customer, _ in lives(history)}
    due = set(np.flatnonzero(people["appeared"] < history.world.time.end).tolist())
    if seen != due:
        yield f"problems without a journey or journeys without a problem: {seen ^ due}"
    for customer, rows in lives(history):
        said = [row.event for row in rows]
        if said[0] is not Event.APPEARED or said.count(Event.APPEARED) != 1:
            yield f"{customer} does not appear once, at first"
        if abs(rows[0].time - people["appeared"][customer]) > 0:
            yield f"{customer} does not appear when his problem does"
        ends = [at for at, event in enumerate(said) if event in ENDS]
        if len(ends) > 1:
            yield f"{customer} ends {len(ends)} times"
        if ends and not set(said[ends[0] + 1 :]) <= {Event.LEFT_AGENT, Event.CALL_ENDED, Event.REPAIRED}:
            yield f"{customer} lives on after {said[ends[0]].name}"
        if Event.PREVENTED in said and rows[-1].time > rows[0].time:
            yield f"{customer}: what is prevented is lived until {rows[-1].time}"
        tail = rows[ends[0] :] if ends else rows[:0]
        if tail and tail[-1].time > tail[0].time + NOTHING:
            yield f"{customer}: the end lasts"


def attempts(history: History) -> Iterator[str]:
    """Contacts are numbered 0, 1, 2 ..; each ends once, blocked or ended; only the last may be open at the end."""
    most = history.world.population.again.most_attempts
    for customer, rows in lives(history):
        dialled = [row.contact for row in rows if row.event is Event.DIALLED]
        if dialled != list(range(len(dialled))):
            yield f"{customer} dials {dialled}"
        if len(dialled) > most:
            yield f"{customer} makes {len(dialled)} attempts of {most}"
        over = [row.contact for row in rows if row.event in (Event.BLOCKED, Event.CALL_ENDED)]
        if over not in (list(range(len(dialled))), list(range(len(dialled) - 1))):
            yield f"{customer} ends {over} of {len(dialled)} attempts"
        if len(over) < len(dialled) and rows[-1].contact != len(dialled) - 1:
            yield f"{customer} leaves an attempt open and goes on"
        if any(after.contact < row.contact for row, after in pairwise(rows)):
            yield f"{customer}: contacts go back"


def marks(history: History) -> Iterator[str]:
    """Team, agent, leg and amount are those of the row's meaning, and -1 or 0 where none is meant."""
    staff = [len(there) for there in on_duty(history)]
    spent = [one.eur_per_prevented for one in history.world.prevention.values()]
    staff += [0] * (len(history.world.queue_names()) - len(staff))  # queues without agents of their own
    for customer, rows in lives(history):
        serving: tuple[int, int] | None = None
        legs: dict[int, int] = defaultdict(lambda: -1)
        for before, row in zip([None, *rows[:-1]], rows, strict=True):
            event, team, agent = row.event, row.team, row.agent
            if not -1 <= team < len(staff) or not -1 <= agent < (staff[team] if team >= 0 else 0):
                yield f"{customer}: {event.name} has team {team}, agent {agent}"
            if event in OF_NO_AGENT and agent != -1:
                yield f"{customer}: {event.name} with agent {agent}"
            if event is Event.QUEUED:
                legs[row.contact] += before is None or before.event not in SENT_ON
                if row.leg != legs[row.contact] or team < 0:
                    yield f"{customer}: queued for team {team}, leg {row.leg}"
            if event is Event.ANSWERED and before is not None and before.event is Event.LEFT_AGENT:
                legs[row.contact] += 1
            if event is Event.ANSWERED:
                serving = (team, agent)
                if min(serving) < 0:
                    yield f"{customer}: answered by {serving}"
            if serving and event not in OF_OTHERS and (team, agent) != serving:
                yield f"{customer}: {event.name} with {(team, agent)}, though served by {serving}"
            if event is Event.LEFT_AGENT:
                if serving is None:
                    yield f"{customer} leaves an agent he does not have"
                serving = None
            if event is Event.PREVENTED and row.amount not in spent:
                yield f"{customer} is prevented for {row.amount} EUR"
            if row.amount < 0 or (row.amount and event not in AMOUNTS):
                yield f"{customer}: {event.name} has amount {row.amount}"


def spans(history: History) -> Iterator[str]:
    """The talk lasts what it needs, or less when broken off or with the wrong person; gestures are those asked for."""
    gestures = history.customers.rows["gesture"]
    for customer, rows in lives(history):
        for row, after in pairwise(rows):
            if row.event is Event.TALKING:
                short = after.event in BROKEN_OFF | {Event.WRONG_PERSON}
                lasted = after.time - row.time
                if lasted > row.amount + NOTHING or (not short and lasted < row.amount - NOTHING):
                    yield f"{customer}: {lasted} min of a talk that needs {row.amount}"
            if row.event is Event.GRANTED and abs(row.amount - gestures[customer]) > NOTHING:
                yield f"{customer} is granted {row.amount} EUR of {gestures[customer]}"
            if after.event in BROKEN_OFF and row.event in (Event.BELIEVED, Event.SOLVED):
                yield f"{customer} is broken off after the verdict"


def memory(history: History) -> Iterator[str]:
    """What the firm remembers is not asked again: neither identity nor story, in the call or for good."""
    kept = history.world.levers.memory
    for event, how in ((Event.IDENTIFYING, kept.identified), (Event.EXPLAINING, kept.explained)):
        if how in ("by_every_agent", "to_every_agent"):
            continue
        for customer, rows in lives(history):
            known: set[int] = set()
            for row, after in pairwise(rows):
                where = row.contact if how == "once_a_call" else 0
                if row.event is event and where in known:
                    yield f"{customer}: {event.name} again at {row.time}"
                if row.event is event and after.event not in BROKEN_OFF | {Event.MISUNDERSTOOD}:
                    known.add(where)


def passing_on(history: History) -> Iterator[str]:
    """Nobody is passed on, or moved on, more often than the paths' tries allow, nor to a queue they do not name."""
    world, names = history.world, history.world.queue_names()
    live = [path for path in world.paths.values() if path.by == "live"]
    of_agents = [path for path in live if path.when not in OUT_OF_A_QUEUE]
    most = sum(path.tries for path in of_agents)
    for customer, rows in lives(history):
        for events, tries in ((PASSED_ON, most), ({Event.MOVED_ON}, sum(path.tries for path in live) - most)):
            passed = [row.contact for row in rows if row.event in events]
            if any(passed.count(contact) > tries for contact in set(passed)):
                yield f"{customer} is passed on more than {tries} times in one call"
        for before, row in pairwise(rows):
            if row.event is not Event.QUEUED:
                continue
            meant, here = {names[row.team]}, names[before.team] if before.team >= 0 else ""
            if before.event is Event.CHOSE_QUEUE:
                choice = world.queues[here].choice
                meant = {choice.queue} if choice is not None else set()
            elif before.event is Event.MOVED_ON:
                meant = _targets(path for path in live if path.when in OUT_OF_A_QUEUE and here in path.sources())
            elif row.leg:
                meant = _targets(of_agents)
            if names[row.team] not in meant:
                yield f"{customer} goes on to {names[row.team]}, which nothing names"


def _targets(paths: Iterable[Path]) -> set[str]:
    return {target for path in paths for target, share in path.targets().items() if share}
