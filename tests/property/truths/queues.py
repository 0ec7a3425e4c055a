"""What is true of every queue: who is served next, by whom, and who finds it full."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.history.rows import Event, History
from sim.units import SLOT
from tests.property.truths.rows import NOTHING, busy
from tests.property.truths.waiting import Hold, after_of, asks_colleagues, holds, idle_at, in_vain, is_nothing, score


def queues(history: History) -> Iterator[str]:
    """The highest score of a queue goes first, and nobody holds while an agent who may take him is idle."""
    world, names, stays = history.world, history.world.queue_names(), holds(history)
    for number, name in enumerate(names):
        mine = [hold for hold in stays if hold.queue == number]
        for hold in (one for one in mine if one.end is Event.ANSWERED):
            team = [*world.teams][hold.by]
            if team not in world.teams_asked(name):
                yield f"{hold.who} is served in {name} by {team}, which does not serve it"
                continue
            own = score(world, hold, hold.until)
            for other in _eligible(history, mine, team, hold.until):
                if score(world, other, hold.until) > own + NOTHING:
                    yield f"{other.who} waits in {name} since {other.since}; {hold.who}, of {hold.since}, is served"
        yield from in_vain(history, number, [(hold.since, hold.until) for hold in mine], "an agent")


def _eligible(history: History, stays: list[Hold], team: str, time: float) -> list[Hold]:
    """Return who of these waits at a time, and has waited long enough for a team."""
    world, names = history.world, history.world.queue_names()
    return [
        one
        for one in stays
        if one.waits_at(time) and one.since + after_of(world, names[one.queue], team) < time - NOTHING
    ]


def takers(history: History) -> Iterator[str]:
    """A team takes whom it says it takes: in its order, by score, of the longest queue; and no sooner than it says."""
    world, names, stays = history.world, history.world.queue_names(), holds(history)
    changes = _changes(history)
    for hold in (one for one in stays if one.end is Event.ANSWERED):
        team, time, name = [*world.teams][hold.by], hold.until, names[hold.queue]
        its, served = world.teams[team], world.teams[team].queues_of(team)
        if hold.since + after_of(world, name, team) > time + NOTHING:
            yield f"{hold.who} is served at {time} by {team}, too soon for who queued in {name} at {hold.since}"
        kept_back = its.reserved.get(name, 0) if is_nothing(its.pause) else 0
        alone = (np.abs(changes[hold.by] - time) <= NOTHING).sum() <= 1
        if kept_back and alone and abs(time - round(time / SLOT) * SLOT) > 4 * NOTHING:  # no staff comes or goes
            idle = idle_at(history, hold.by, np.array([time - 3 * NOTHING, time + 3 * NOTHING])).min()
            if idle < kept_back:
                yield f"{hold.who} of {name} is served at {time} by {team}, which keeps back {kept_back} of {idle}"
        if hold.since > time - NOTHING or name not in served:
            continue
        others: dict[str, list[Hold]] = {one: [] for one in served if one != name and not its.reserved.get(one, 0)}
        for one in _eligible(history, stays, team, time):
            others.get(names[one.queue], []).append(one)
        for other, waiting in others.items():
            if waiting and _goes_before(history, team, (other, waiting), hold, stays):
                yield f"{hold.who} of {name} is served at {time} by {team}, though {waiting[0].who} waits in {other}"


def _changes(history: History) -> dict[int, np.ndarray]:
    """Return when agents of each team begin or end."""
    found: dict[int, list[float]] = {team: [] for team in range(len(history.world.teams))}
    for (team, _), intervals in busy(history).items():
        found[team] += [time for since, until, _ in intervals for time in (since, until)]
    return {team: np.array(times) for team, times in found.items()}


def _goes_before(history: History, team: str, queue: tuple[str, list[Hold]], hold: Hold, stays: list[Hold]) -> bool:
    """Say whether a team would take one of another queue before this one."""
    world, (name, waiting) = history.world, queue
    its, names, time = world.teams[team], world.queue_names(), hold.until
    served = its.queues_of(team)
    if its.takes == "in_order":
        return served.index(name) < served.index(names[hold.queue])
    if its.takes == "by_score":
        return max(score(world, one, time) for one in waiting) > score(world, hold, time) + NOTHING
    if world.levers.follow_through.call_back is not None or asks_colleagues(world):
        return False  # who has hung up and keeps his place counts too, and is not seen here
    at_once = [one for one in stays if min(abs(one.since - time), abs(one.until - time)) <= NOTHING]
    if len(at_once) > 1:
        return False  # queues change at this instant more than once
    many = [sum(one.queue == number and one.waits_at(time) for one in stays) for number in range(len(names))]
    return many[names.index(name)] > many[hold.queue] + 1


def places(history: History) -> Iterator[str]:
    """Nobody waits where no place is left, and nobody is turned away while there is one."""
    world, stays = history.world, holds(history)
    if world.levers.follow_through.call_back is not None or asks_colleagues(world):
        return  # who has hung up and keeps his place is not seen here
    for number, name in enumerate(world.queue_names()):
        limit = world.queues[name].places if name in world.queues else None
        mine = [one for one in stays if one.queue == number]
        waits = np.array([(one.since, one.until) for one in mine if one.until > one.since + NOTHING]).reshape(-1, 2)
        for one in mine:
            there = (waits[:, 0] <= one.since + NOTHING) & (waits[:, 1] > one.since + NOTHING)
            if limit is not None and one.until > one.since + NOTHING and there.sum() > limit:
                yield f"{there.sum()} wait in {name} at {one.since}: it has {limit} places"
            about = (waits[:, 0] <= one.since + NOTHING) & (waits[:, 1] >= one.since - NOTHING)
            if one.end is Event.QUEUE_FULL and (limit is None or about.sum() < limit):
                yield f"{one.who} is turned away from {name} at {one.since}, where {about.sum()} wait"
