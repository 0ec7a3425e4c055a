"""Who waits where, since when and with which score; and whether anybody does so beside an idle agent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.history.rows import Event, History
from sim.units import SLOT, SLOTS_A_WEEK
from sim.world import Queue, Team, World
from sim.world.distributions import Distribution
from tests.property.truths.rows import BROKEN_OFF, NOTHING, busy, lives, on_duty

Times = npt.NDArray[np.float64]


class Hold(NamedTuple):
    """A stay in a queue; `added` to the score of who stays there, by what he is and has lived."""

    who: int
    queue: int
    since: float
    until: float
    end: Event | None
    by: int
    added: float

    def waits_at(self, time: float) -> bool:
        """Say whether he waits before and after this time."""
        return self.since < time - NOTHING and self.until > time + NOTHING


def holds(history: History) -> list[Hold]:
    """Return all stays in queues."""
    world, people, found = history.world, history.customers.rows, []
    names = world.queue_names()
    for customer, rows in lives(history):
        cut: dict[int, bool] = {}
        for row, after in zip(rows, [*rows[1:], None], strict=True):
            if row.event in BROKEN_OFF | {Event.TRANSFER_LOST}:
                cut[row.contact] = True
            if row.event is Event.QUEUED:
                its = world.queues.get(names[row.team], Queue())
                added = its.score_segments.get(list(world.population.segments)[people["segment"][customer]], 0.0)
                added += its.score_reasons.get(list(world.population.reasons)[people["reason"][customer]], 0.0)
                added += its.score_after_transfer * (row.leg > 0) + its.score_repeat * (row.contact > 0)
                added += its.score_after_cut * cut.get(row.contact - 1, False)
                until, end, by = (after.time, after.event, after.team) if after else (np.inf, None, -1)
                found.append(Hold(customer, row.team, row.time, until, end, by, added))
    return found


def score(world: World, hold: Hold, time: float) -> float:
    """Return the score of who waits; where no score is asked for, the minutes waited."""
    name = world.queue_names()[hold.queue]
    its = world.queues.get(name, Queue())
    by_score = any(world.teams[team].takes == "by_score" for team in world.teams_asked(name))
    waited = time - hold.since
    if not by_score and not its.adds_scores():
        return waited
    return its.score + hold.added + its.score_per_minute * waited


def after_of(world: World, queue: str, team: str) -> float:
    """Return how long one waits at least before a team takes him (min)."""
    return world.queues[queue].after.get(team, 0.0) if queue in world.queues else 0.0


def is_nothing(law: Distribution) -> bool:
    """Say whether it is no time at all."""
    return law == Team.model_fields["pause"].default or law.mean_value() == 0


def asks_colleagues(world: World) -> bool:
    """Say whether agents may wait in queues for one another, which no row of a queue shows."""
    of_paths = any(path.how == "conference" for path in world.paths.values())
    of_teams = any(team.advice is not None for team in world.teams.values())
    return of_paths or of_teams or world.levers.authority.supervisors is not None


def idle_at(history: History, team: int, times: Times) -> npt.NDArray[np.int64]:
    """Return how many agents of a team are at work and not busy at some times, at which nothing happens."""
    there = on_duty(history)[team][:, (times // SLOT).astype(int)]
    found = there.sum(axis=0)
    for (whose, agent), intervals in busy(history).items():
        if whose == team:
            since, until, _ = np.array(intervals, float).T
            last = np.searchsorted(since, times) - 1
            found -= (last >= 0) & (times < until[last]) & there[agent]
    return found


def in_vain(history: History, queue: int, waits: list[tuple[float, float]], what: str) -> Iterator[str]:
    """Yield the waits during which more agents are idle than are kept back, while the line is open."""
    world, name = history.world, history.world.queue_names()[queue]
    opened, end = np.array(world.line.open_slots()), world.time.end
    for asked in world.teams_asked(name):
        if not is_nothing(world.teams[asked].pause):
            continue  # when a pause ends is not seen here
        team, after = [*world.teams].index(asked), after_of(world, name, asked)
        due = np.array([(since + after, until) for since, until in waits if since + after < until]).reshape(-1, 2)
        found = [interval[:2] for (of, _), those in busy(history).items() if of == team for interval in those]
        steps = np.unique(np.concatenate([*map(np.array, found), due.ravel(), np.arange(0.0, end + SLOT, SLOT)]))
        steps = steps[steps <= end]
        middle = ((steps[1:] + steps[:-1]) / 2)[np.diff(steps) > NOTHING]
        waiting = np.searchsorted(np.sort(due[:, 0]), middle) - np.searchsorted(np.sort(due[:, 1]), middle)
        wrong = (waiting > 0) & opened[(middle // SLOT).astype(int) % SLOTS_A_WEEK]
        wrong &= idle_at(history, team, middle) > world.teams[asked].reserved.get(name, 0)
        for time in middle[wrong]:
            yield f"some wait in {name} for {what} at {time} while agents of {asked} are idle"
