"""What is said of queues and of those who serve them, and never comes to pass: told as warnings."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim.luck.laws import Law, LawCode, quantile
from sim.reading.mistakes import key_of
from sim.reading.routing import most_at_work
from sim.units import duration
from sim.world import Queue, World

_HARDLY_ANYBODY = 0.001
"""Share of callers who hold longer than what is taken for the longest patience."""


def in_vain(world: World) -> Iterator[str]:
    """Yield what makes no difference in who is served by whom, each a sentence that begins with its key."""
    yield from _kept_back(world)
    yield from _nothing_to_choose(world)
    for name, queue in world.queues.items():
        yield from _never_compared(world, name, queue)
    yield from _too_late(world)


def _kept_back(world: World) -> Iterator[str]:
    opened = world.line.open_slots()
    for name, team in world.teams.items():
        most = most_at_work(team, opened)
        for queue, many in team.reserved.items():
            key = key_of(("teams", name, "reserved", queue))
            if many and not set(team.queues_of(name)) - {queue}:
                yield f"{key} keeps back {many}, and this team serves no other queue for whose callers they could be"
            elif most and many >= most:
                yield f"{key} keeps back {many}, and {most} are at work at most: they never take its callers"


def _nothing_to_choose(world: World) -> Iterator[str]:
    for name, team in world.teams.items():
        served = team.queues_of(name)
        if team.takes == "longest_queue" and len(served) == 1:
            yield f'{key_of(("teams", name, "takes"))} is "longest_queue", but this team serves {served[0]} alone'


def _never_compared(world: World, name: str, queue: Queue) -> Iterator[str]:
    """Yield the scores that no team looks at: in one queue alone all begin with the same."""
    teams = [world.teams[team] for team in world.teams_asked(name)]
    if any(team.takes == "by_score" and len(team.queues_of(name)) > 1 for team in teams):
        return
    by_others = 'no team that serves it and another queue takes = "by_score"'
    if queue.score:
        yield f"{key_of(('queues', name, 'score'))} is {queue.score:g}, but {by_others}: it is never compared"
    neutral = Queue().score_per_minute
    if queue.score_per_minute != neutral and not queue.adds_scores():
        said = f"is {queue.score_per_minute:g}, but {by_others}, and nothing is added to any caller's score"
        yield f"{key_of(('queues', name, 'score_per_minute'))} {said}: first come is first served"


def _too_late(world: World) -> Iterator[str]:
    """Yield the waits for an overflow that hardly anybody has the patience for, or that the clock cuts off before."""
    longest, why = _longest_hold(world)
    after = {
        key_of(("queues", name, "after", team)): minutes
        for name, queue in world.queues.items()
        for team, minutes in queue.after.items()
    }
    after |= {key_of(("paths", name, "after")): path.after for name, path in world.paths.items()}
    for key, minutes in after.items():
        if minutes and minutes >= longest:
            ended = f"{why} {duration(round(longest, 2))}"
            yield f"{key} is {duration(minutes)}: {ended}, and hardly anybody is there by then"


def _longest_hold(world: World) -> tuple[float, str]:
    """Return how long hardly anybody holds (min; infinite for no bound), and what ends the hold."""
    population, time = world.population, world.levers.time
    laws = {population.patience_of(*kind).numbers() for kind in population.kinds()}
    patience = max(quantile(law, 1.0 - _HARDLY_ANYBODY) for law in laws) * _most_patient(population.temper_cv)
    if time.cut_after is not None and time.clock == "connection" and time.cut_after < patience:
        return time.cut_after, "the clock cuts the call after"
    return patience, "patience ends within"


def _most_patient(cv: float) -> float:
    """Return the temper of the most patient."""
    wide = math.log1p(cv * cv)
    return quantile(Law(LawCode.LOGNORMAL, -wide / 2, math.sqrt(wide)), 1.0 - _HARDLY_ANYBODY) if cv else 1.0
