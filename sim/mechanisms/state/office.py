"""The office of the compiled telling: one record that leads to all that a run holds."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.luck.records import LAW
from sim.machine.compiling import Table, compiled_as, rule
from sim.machine.kernel.strands import WORLD
from sim.mechanisms.state import surroundings
from sim.mechanisms.state.records import PLAN, QUEUE_PLAN, TEAM_PLAN

AGENT = np.dtype(
    [
        ("speed", np.float64),
        ("knowledge", np.float64),
        ("calls", np.float64),
        ("idle_since", np.float64),
        ("busy", np.bool_),
        ("present", np.bool_),
        ("was_present", np.bool_),
        ("came", np.bool_),
        ("next", np.int64),
        ("chat", np.int64),
    ],
    align=True,
)
"""An agent: talk and knowledge over the mean, calls taken, since when idle; whether busy, at work, at work when
anyone last was, and come with the roll that is called; who has been idle next longest (-1 for none); and who chats with
him, by place in the table of strands (-1 for none). Of those who hold several chats at once there is one for each seat,
and what an agent is stands at his first."""

TEAM = np.dtype(
    [
        ("plan", TEAM_PLAN),
        ("spread", LAW),
        ("knowledge", LAW),
        ("agents", np.int64),
        ("staff", np.int64),
        ("slot", np.int64),
        ("idlers", np.int64),
        ("idle", np.int64),
        ("last_idle", np.int64),
    ],
    align=True,
)
"""A team: its plan, the laws of its agents' speeds and knowledge, and the address of its agents.

Then: how many are at work, and the next slot in which others are; how many are idle, and the first and
the last of them, the one who is idle longest first (-1 for none).
"""

QUEUE = np.dtype(
    [("plan", QUEUE_PLAN), ("waiting", np.int64), ("first", np.int64), ("last", np.int64)],
    align=True,
)
"""A queue: its plan, how many wait, and the first and the last of them by place in the table of strands (-1: none)."""

OFFICE = np.dtype(
    [
        *WORLD,
        ("address", np.int64),
        ("plan", PLAN),
        ("key", np.int64, (2,)),
        ("replication", np.int64),
        ("teams", np.int64),
        ("paths", np.int64),
        ("classes", np.int64),
        ("lines_taken", np.int64),
        ("customers", np.int64),
        ("left", np.int64),
        ("problems", np.int64),
        ("begun", np.int64),
        ("strands", np.int64),
        ("strand_size", np.int64),
        ("taken", np.int64),
        ("counters", np.int64),
        ("lives", np.int64),
        ("room", np.int64),
        ("free", np.int64),
        ("rows", np.int64),
        ("noted", np.int64),
        ("room_for_rows", np.int64),
        ("spare", np.int64),
        ("spare_lives", np.int64),
        ("steps", np.int64),
        ("opened", np.bool_),
        ("complete", np.bool_),
    ],
    align=True,
)
"""An office: its own address; the words of the luck's key; numbers of teams, paths and difficulty classes; lines taken.

Then: the pages of customers and how many of each one's are not over; how many problems are known and how many have
begun; the strands, the bytes of one, and the paths each has taken in its call; how many places were used, for how many
there is room, and the first place that is free again; the rows, how many were noted since they were last taken away,
for how many there is room, and how many may be noted or planned by one event; the addresses of the mechanisms by
number; whether the teams have been opened, and whether all problems are known.
"""

agent_at, team_at, queue_at, office_at = Table(AGENT), Table(TEAM), Table(QUEUE), Table(OFFICE)


def team_of(office: surroundings.Office, number: int) -> surroundings.Team:
    """Return a team."""
    return office.teams[number]


@compiled_as(team_of)
def _team_of(office: Any, number: int) -> Any:
    return team_at(office.plan.teams, number)


@rule
def queue_of(office: Any, number: int) -> Any:
    """Return a queue, of which only the compiled telling asks by number."""
    return queue_at(office.plan.queues, number)
