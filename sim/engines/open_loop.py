"""Open loop: a world lived with another's waits, which tells what it does by itself from the congestion it causes."""

from __future__ import annotations

from collections.abc import Generator, MutableSequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim import purposes
from sim.history.rows import Event, History
from sim.machine.kernel.clock import Wake
from sim.mechanisms.staff.agents import given_to
from sim.mechanisms.staff.queue import Queueing
from sim.mechanisms.state.hours import end_of_hold
from sim.mechanisms.state.order import PLANNED
from sim.mechanisms.state.outcome import NOBODY
from sim.mechanisms.state.plans import QueuePlan, TeamPlan
from sim.mechanisms.state.surroundings import Office
from sim.people import same_bits, spread


@dataclass(frozen=True, eq=False)
class Waits:
    """A queue's waits as its callers met them: who queued at ``times[i]`` (min, rising) held for ``holds[i]`` (min).

    Raises
    ------
    ValueError
        If times and holds are not equally many, finite and from 0 on, or the times do not rise.
    """

    times: npt.NDArray[np.float64]
    holds: npt.NDArray[np.float64]

    def __post_init__(self) -> None:
        """Refuse what no caller can have met."""
        if np.ndim(self.times) != 1 or np.shape(self.times) != np.shape(self.holds):
            raise ValueError("waits need as many holds as times, one after the other")
        for name, minutes in (("times", self.times), ("holds", self.holds)):
            wrong = ~((minutes >= 0.0) & (minutes < np.inf))
            if wrong.any():
                place = int(wrong.argmax())
                raise ValueError(f"{name}[{place}] of the waits is {minutes[place]} min: it is finite, from 0 on")
        falls = np.diff(self.times) < 0.0
        if falls.any():
            raise ValueError(f"times[{int(falls.argmax()) + 1}] of the waits is before the one in front: times rise")

    def __eq__(self, other: object) -> bool:
        """Say whether times and holds are the same to the bit."""
        return isinstance(other, Waits) and same_bits((self.times, self.holds), (other.times, other.holds))

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash((len(self.times), self.times.tobytes()))

    def at(self, now: float) -> float:
        """Return the hold of the latest caller who had queued by then and was answered (0 before the first)."""
        place = int(np.searchsorted(self.times, now, side="right")) - 1
        return float(self.holds[place]) if place >= 0 else 0.0


def waits_of(history: History) -> tuple[Waits, ...]:
    """Return the waits of each queue of a history, from the holds that ended with an agent.

    Holds that ended otherwise are not used: the caller of the same minutes who stayed tells what was offered.
    """
    rows = history.rows
    queued = np.flatnonzero(rows["event"] == Event.QUEUED)
    queued = queued[queued + 1 < len(rows)]
    answered = queued[rows["event"][queued + 1] == Event.ANSWERED]
    found = []
    for queue in range(len(history.world.queue_names())):
        mine = answered[rows["team"][answered] == queue]
        mine = mine[np.argsort(rows["time"][mine], kind="stable")]
        found.append(Waits(rows["time"][mine].copy(), rows["time"][mine + 1] - rows["time"][mine]))
    return tuple(found)


class _Alone(list[Any]):
    """Seats at which nobody is seen: whoever chats does so alone with his agent."""

    def __setitem__(self, seat: Any, one: Any) -> None:
        """Let nobody be seen there."""


class FrozenTeam:
    """A team with an agent for everyone, all of whom are at work; a chat is alone with its agent."""

    def __init__(self, plan: TeamPlan, office: Office) -> None:
        self.plan = replace(plan, agents=max(1, plan.agents))
        most = self.plan.agents
        speed, knowledge = spread(plan.speed_cv), spread(plan.knowledge_cv)
        self.speed = [given_to(office, plan, agent, speed, purposes.SPEED) for agent in range(most)]
        self.knowledge = [given_to(office, plan, agent, knowledge, purposes.KNOWLEDGE) for agent in range(most)]
        self.calls = [given_to(office, plan, agent, plan.experience, purposes.EXPERIENCE) for agent in range(most)]
        self.busy, self.present, self.was_present = [False] * most, [True] * most, [True] * most
        self.idle: MutableSequence[int] = list(range(most))
        self.idle_since = [0.0] * most
        self.staff = most
        self.chats: MutableSequence[Any] = _Alone([None] * most * plan.chats)
        self.callers = 0

    def next_agent(self) -> int:
        """Return the agent of the next caller."""
        self.callers += 1
        return self.callers % len(self.speed)

    def frees(self, agent: int, at: float) -> None:
        """Let the agent go: there is one for everyone."""


class FrozenQueue:
    """A queue whose callers hold as long as those of another world did at that time."""

    def __init__(self, plan: QueuePlan, office: Any, waits: Waits) -> None:
        self.plan, self.office, self.waits = plan, office, waits
        self.waiting = 0

    def free_agent(self, me: Queueing) -> int:
        """Take an agent at once, where the other world's callers did not wait."""
        return self._next_agent(me) if self.waits.at(self.office.clock.now) <= 0.0 else NOBODY

    def takes_at_once(self, me: Any) -> bool:
        """Say no: whoever comes holds as long as was held there at that time."""
        return False

    def expected_wait(self) -> float:
        """Return the wait at this time (min)."""
        return self.waits.at(self.office.clock.now)

    def hold(self, me: Queueing, until: float) -> Generator[Wake, int, int]:
        """Wait as the other world's callers did; return an agent, or `NOBODY` at ``until``."""
        answered = self.office.clock.now + self.waits.at(self.office.clock.now)
        event = Wake(self.office.clock, NOBODY, me.who)
        self.office.clock.plan(event, min(until, answered), PLANNED + me.who)
        yield event
        me.now = self.office.clock.now
        return NOBODY if until <= answered else self._next_agent(me)

    def turns_away_at(self) -> float:
        """Return when those who hold here are turned away."""
        return end_of_hold(self.office.plan.hours, self.office.plan.serve_at_closing, self.office.clock.now)

    def _next_agent(self, me: Queueing) -> int:
        me.team = self.plan.asks[0]
        agent: int = self.office.teams[me.team].next_agent()
        return agent
