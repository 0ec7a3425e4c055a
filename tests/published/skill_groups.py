"""A small event simulation of skill groups, written to be held against: it shares nothing with `sim`."""

from __future__ import annotations

import heapq
import itertools
import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Times = Sequence[float] | npt.NDArray[np.float64]
ARRIVES, ENDS, CHANGES, MAY_OVERFLOW = range(4)


@dataclass
class Group:
    """Agents: how many by the time from which, the types they take in their order, and how they choose."""

    staff: Sequence[tuple[float, int]]
    takes: Sequence[int]
    longest: bool = False
    after: Mapping[int, float] = field(default_factory=dict)
    """How long a caller of a type has to have waited."""


@dataclass
class Type:
    """Calls: when they arrive, what they need, and which groups they ask in turn."""

    arrives: Times
    service: Times
    patience: Times
    asks: Sequence[int]


class Agents:
    """The agents of one group, as persons: the first so many are at work."""

    def __init__(self, group: Group, leave_idle_first: bool) -> None:
        self.group, self.leave_idle_first = group, leave_idle_first
        self.busy: set[int] = set()
        self.staff = 0
        self.spare = 0

    def idle(self) -> list[int]:
        """Return who may take a call: by persons, or by number alone."""
        if self.leave_idle_first:
            return [0] * max(self.staff - self.spare, 0)
        return [agent for agent in range(self.staff) if agent not in self.busy]

    def begin(self, luck: np.random.Generator) -> int:
        """Give one of the idle a call."""
        if self.leave_idle_first:
            self.spare += 1
            return 0
        agent = int(luck.choice(self.idle()))
        self.busy.add(agent)
        return agent

    def end(self, agent: int) -> None:
        """Let one be free."""
        if self.leave_idle_first:
            self.spare -= 1
        else:
            self.busy.discard(agent)


def waits(
    types: Sequence[Type], groups: Sequence[Group], *, leave_idle_first: bool = False, seed: int = 1
) -> list[list[tuple[float, float, bool]]]:
    """Return arrival, wait and whether an agent came, of every call of every type, in the order in which they end."""
    luck = np.random.default_rng(seed)
    agents = [Agents(group, leave_idle_first) for group in groups]
    queues: list[deque[tuple[float, int]]] = [deque() for _ in types]
    ended: list[list[tuple[float, float, bool]]] = [[] for _ in types]
    order = itertools.count()
    events: list[tuple[float, int, int, tuple[int, int]]] = []

    def plan(at: float, what: int, whom: tuple[int, int]) -> None:
        heapq.heappush(events, (at, next(order), what, whom))

    def serve(now: float, kind: int, call: int, group: int) -> None:
        one = types[kind]
        ended[kind].append((one.arrives[call], now - one.arrives[call], True))
        plan(now + one.service[call], ENDS, (group, agents[group].begin(luck)))

    def drop_lost(now: float) -> None:
        for kind, queue in enumerate(queues):
            one = types[kind]
            for entry in [entry for entry in queue if entry[0] + one.patience[entry[1]] <= now]:
                queue.remove(entry)
                ended[kind].append((entry[0], one.patience[entry[1]], False))

    def take(now: float, group: int) -> None:
        its = groups[group]
        while agents[group].idle():
            ready = [
                kind for kind in its.takes if queues[kind] and now - queues[kind][0][0] >= its.after.get(kind, 0.0)
            ]
            if not ready:
                return
            kind = min(ready, key=lambda kind: queues[kind][0][0]) if its.longest else ready[0]
            serve(now, kind, queues[kind].popleft()[1], group)

    for kind, one in enumerate(types):
        if len(one.arrives):
            plan(one.arrives[0], ARRIVES, (kind, 0))
    for number, one_group in enumerate(groups):
        for at, staff in one_group.staff:
            plan(at, CHANGES, (number, staff))
    while events:
        now, _, what, (one_number, other) = heapq.heappop(events)
        drop_lost(now)
        if what == CHANGES:
            agents[one_number].staff = other
            take(now, one_number)
        elif what == ENDS:
            agents[one_number].end(other)
            take(now, one_number)
        elif what == MAY_OVERFLOW:
            take(now, other)
        else:
            one = types[one_number]
            if other + 1 < len(one.arrives):
                plan(one.arrives[other + 1], ARRIVES, (one_number, other + 1))
            delays = {group: groups[group].after.get(one_number, 0.0) for group in one.asks}
            free = [group for group in one.asks if delays[group] == 0 and agents[group].idle()]
            if free:
                serve(now, one_number, other, free[0])
            else:
                queues[one_number].append((now, other))
                for group, delay in delays.items():
                    if delay:
                        plan(math.nextafter(now + delay, math.inf), MAY_OVERFLOW, (one_number, group))
    return ended
