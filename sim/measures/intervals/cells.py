"""Cells: one interval of one team, queue, reason and segment each; what is summed in them, and their numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.measures.intervals.asked import WHOLE, Parting
from sim.measures.rules.histogram import BUCKETS
from sim.reading import memory_of_the_machine
from sim.world import World

Array = npt.NDArray[Any]

NONE = "none"
"""The team of a call that no team took and no team's own queue held, and the queue of one that came to none."""

OF_CALLS = (
    "offered",
    "answered",
    "abandoned",
    "blocked",
    "messages",
    "dismissed",
    "cut",
    "unfinished",
    "queued",
    "moved_on",
    "answered_within",
    "abandoned_within",
    "abandoned_short",
    "wait",
    "wait_of_abandoned",
    "longest_wait",
    "handling",
    "after_call",
    "first_contacts",
    "solved_at_first",
    "repeats",
    "called_again",
    "logged",
)
"""Sums over calls. Those with a message, cut, dismissed and unfinished were not answered. logged: answered, and no call
since."""
OF_THE_CLOCK = (
    "held",
    "longest_queue",
    "legs",
    "leg_minutes",
    "busy",
    "overtime",
    "in_breaks",
    "while_absent",
    "overtime_eur",
)
"""What is counted when it happens: customers' minutes in queues, the most of them at once, legs that began with their
agents' minutes to the end of the after-call work, and agents' minutes at work; of these those past the end of a duty,
in paid breaks and on days of absence, and what is paid for them beside the schedule (EUR)."""
CELL = np.dtype([(name, np.float64) for name in (*OF_CALLS, *OF_THE_CLOCK)])

OF_STAFF = ("scheduled", "absent", "paid", "scheduled_eur")
"""The agents' minutes by the schedule, those of them lost to the absent, those paid whatever is worked, and what is
paid for these (EUR)."""
READ = (*OF_STAFF, "wait_p50", "wait_p90", "wait_p95")
"""What is added to the sums when a run is over: what is of the staff, and percentiles of the wait of answered calls;
NaN where there is none."""
NAMES = (*(CELL.names or ()), *READ)

COARSE = 2
"""Buckets of the histogram that are one in a cell: a percentile is read to a hundredth."""
WAITS = np.dtype([("counts", np.int32, (-(-BUCKETS // COARSE),))])

PART = np.dtype(
    [
        ("waits_since", np.float64),
        ("came", np.float64),
        ("ended", np.float64),
        ("after_call", np.float64),
        ("last", np.int64),
        ("first", np.int64),
        ("queue", np.int16),
        ("team", np.int16),
        ("waits_in", np.int16),
        ("leg_queue", np.int16),
        ("written_queue", np.int16),
        ("waits", np.bool_),
        ("moved_on", np.bool_),
        ("has_called", np.bool_),
        ("repeats", np.bool_),
        ("logged", np.bool_),
    ],
    align=True,
)
"""What is known of one customer beside his account. Numbers of queues, teams and cells are one more than they are: 0 is
none. queue, team: of the call that goes on; came: into that queue. moved_on: it waited there, and came to a further
one. waits, waits_in, waits_since: he stands in a queue. leg_queue: that of this leg. written_queue: out of which
work in writing was last taken up. after_call: minutes of it in this
call. last, first: the cells of the last call and of the first contact. ended: when the last call did. repeats: this
call does. logged: the last call counts as a resolution in its cell.
"""

CHANGE = np.dtype([("time", np.float64), ("combination", np.int64), ("by", np.int64)])
"""A queue that becomes longer or shorter by one."""
QUEUE = np.dtype([("many", np.int64), ("interval", np.int64)])
"""Customers in queue of a combination, and the first interval into which that was not carried yet."""

PARTED = np.dtype(
    [
        *((name, np.float64) for name in ("start", "stop", "first", "every", "within", "short")),
        *((name, np.int64) for name in ("many", "of_team", "of_queue", "of_reason", "of_segment")),
        *((name, np.int64) for name in ("cells", "waits", "parts", "changes", "changes_made", "queues")),
        ("by_exit", np.bool_),
    ],
    align=True,
)
"""A parting as compiled code reads it. first, every, many: where the first interval begins, how long each is, and how
many there are. of_team and so on: by how much a number moves the combination, 0 where it is not asked for.
"""

_ROOM = 0.5
"""Part of the machine's memory that cells may take."""


class Grid(NamedTuple):
    """The cells of a parting: numbered combination by combination, each with all intervals.

    Attributes
    ----------
    starts, stops : arrays
        Of the intervals, as far as they lie in the horizon (min).
    parts : dict of tuple of str
        What each of those asked for may be.
    """

    starts: npt.NDArray[np.float64]
    stops: npt.NDArray[np.float64]
    parts: dict[str, tuple[str, ...]]

    @property
    def combinations(self) -> int:
        """How many there are."""
        return math.prod(map(len, self.parts.values()))

    @property
    def cells(self) -> int:
        """How many there are."""
        return self.combinations * len(self.starts)

    def strides(self) -> dict[str, int]:
        """Return by how much the next of each part moves the combination."""
        strides, below = {}, 1
        for name in reversed(self.parts):
            strides[name] = below
            below *= len(self.parts[name])
        return strides


def queues_of(world: World) -> tuple[str, ...]:
    """Return the queues of a world by the numbers that rows call them."""
    return world.queue_names()


def grid_of(world: World, asked: Parting) -> Grid:
    """Return the cells of a parting of a world.

    Raises
    ------
    ValueError
        If they are more than memory holds.
    """
    time = world.time
    start, stop = time.warm_up, time.warm_up + time.horizon
    every, first = asked.every or time.horizon, _first(start, asked)
    edges = first + every * np.arange(math.ceil((stop - first) / every) + 1)
    known: dict[str, Sequence[str]] = {
        "team": _with_none(world.teams),
        "queue": _with_none(queues_of(world)),
        "reason": tuple(world.population.reasons),
        "segment": tuple(world.population.segments),
    }
    grid = Grid(
        np.maximum(edges[:-1], start), np.minimum(edges[1:], stop), {one: tuple(known[one]) for one in asked.by}
    )
    check_room(grid)
    return grid


def _with_none(names: Iterable[str]) -> tuple[str, ...]:
    """Return names with, ahead of them, what stands for none of them: in brackets where one is called so."""
    known, none = tuple(names), NONE
    while none in known:
        none = f"({none})"
    return none, *known


def _first(start: float, asked: Parting) -> float:
    """Return where the first interval would begin, had the horizon not cut it: on the clock."""
    return start if asked.every == WHOLE else start // asked.every * asked.every


def bytes_of(grid: Grid) -> int:
    """Return what the cells of one replication take while it is lived."""
    return grid.cells * (CELL.itemsize + WAITS.itemsize)


def check_room(grid: Grid, replications: int = 0) -> None:
    """Refuse cells that memory does not hold, with what so many replications leave of them.

    Raises
    ------
    ValueError
        With how many they are, and what they would take.
    """
    room, left = memory_of_the_machine(), 8 * len(NAMES) * grid.cells
    needed = bytes_of(grid) + replications * left
    if room is not None and needed > _ROOM * room:
        raise ValueError(
            f"{len(grid.starts):,} intervals by {grid.combinations:,} combinations would take {needed / 1e9:,.1f} GB, "
            f"and this machine has {room / 1e9:,.1f} GB: ask for longer ones, or by less"
        )


def parted(world: World, asked: Parting, grid: Grid) -> Array:
    """Return a parting as one record of `PARTED`, without its addresses."""
    record = np.zeros(1, PARTED)
    record["start"], record["stop"] = world.time.warm_up, world.time.warm_up + world.time.horizon
    record["every"] = asked.every or world.time.horizon
    record["first"] = _first(world.time.warm_up, asked)
    record["many"], record["within"], record["short"] = len(grid.starts), asked.within, asked.short
    for name, stride in grid.strides().items():
        record[f"of_{name}"] = stride
    record["by_exit"] = asked.counted == "exit"
    return record
