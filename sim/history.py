"""The history: what happened, to whom, when. Everything measured is asked of it afterwards.

A row is an instant of one customer's life. Many rows begin an *activity*, which lasts until that customer's next row
that begins one; the rows of a customer stand in the order in which they were lived. Nothing but rows leaves a run.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.population import Customers, same_bits
from sim.population.checks import check_type
from sim.scenario import World

if TYPE_CHECKING:
    import pandas as pd


class Event(IntEnum):
    """What a row says. The codes are fixed; each has one line of meaning in `MEANING`."""

    APPEARED = 1
    DIALLED = 2
    BLOCKED = 3
    PICKED_UP = 4
    QUEUED = 5
    BALKED = 6
    CALL_BACK_TAKEN = 7
    RUNG_BACK = 8
    RING_MISSED = 9
    ANSWERED = 10
    IDENTIFYING = 11
    EXPLAINING = 12
    TALKING = 13
    WRONG_PITCH = 14
    CONTRADICTED = 15
    WRONG_PERSON = 16
    TRANSFERRED_COLD = 17
    TRANSFERRED_WARM = 18
    BRIEFING = 19
    APPROVAL_ASKED = 20
    GRANTED = 21
    REFUSED = 22
    SOLVED = 23
    UNSOLVED = 24
    BELIEVED = 25
    SENT_ELSEWHERE = 26
    TICKETED = 27
    ABANDONED = 28
    CUT = 29
    HUNG_UP = 30
    DISMISSED = 31
    LEFT_AGENT = 32
    CALL_ENDED = 33
    FOUND_OUT = 34
    GAVE_UP = 35
    REPAIRED = 36
    LIMIT_REACHED = 37


class Activity(IntEnum):
    """What a customer is doing between two rows."""

    AWAY = 0
    MENU = 1
    HOLD = 2
    IDENTIFICATION = 3
    EXPLANATION = 4
    TALK = 5
    TRANSFER_HOLD = 6
    APPROVAL_HOLD = 7
    ENDED = 8


MEANING: dict[Event, str] = {
    Event.APPEARED: "the problem appears; the customer is away until he dials",
    Event.DIALLED: "the customer dials (an attempt, whatever becomes of it)",
    Event.BLOCKED: "all lines were busy; the attempt is over",
    Event.PICKED_UP: "the voice server picks up; the menu begins",
    Event.QUEUED: "a hold begins for `team`: the first one of the call (leg 0), or one after a transfer",
    Event.BALKED: "the customer hangs up at once rather than hold",
    Event.CALL_BACK_TAKEN: "the customer hangs up and keeps the place in the queue; the firm will ring",
    Event.RUNG_BACK: "the firm rings, at its own cost, and the customer answers",
    Event.RING_MISSED: "the firm rings in vain; `amount` is the agent's time lost (min)",
    Event.ANSWERED: "`agent` of `team` takes the customer: the leg's service begins",
    Event.IDENTIFYING: "identification begins",
    Event.EXPLAINING: "the customer begins to tell the story",
    Event.TALKING: "the talk begins; `amount` is the work it needs if nothing breaks it off (min)",
    Event.WRONG_PITCH: "the agent speaks too simply or too expertly",
    Event.CONTRADICTED: "the agent rejects what an earlier one had done",
    Event.WRONG_PERSON: "the agent turns out not to be the right one",
    Event.TRANSFERRED_COLD: "passed back into a queue, nothing handed on",
    Event.TRANSFERRED_WARM: "passed on with a briefing",
    Event.BRIEFING: "the next agent is briefed while the customer holds",
    Event.APPROVAL_ASKED: "a supervisor is asked while the customer holds",
    Event.GRANTED: "the gesture is granted; `amount` is its size (EUR)",
    Event.REFUSED: "the gesture is refused",
    Event.SOLVED: "the problem is truly solved",
    Event.UNSOLVED: "the attempt did not solve it, and the customer knows",
    Event.BELIEVED: "the firm's log says solved; the customer will find out that it is not",
    Event.SENT_ELSEWHERE: "told to write elsewhere; the customer knows that nothing is solved",
    Event.TICKETED: "taken in writing; the answer comes later",
    Event.ABANDONED: "patience ends; the customer hangs up",
    Event.CUT: "the clock cuts the call",
    Event.HUNG_UP: "the agent hangs up early",
    Event.DISMISSED: "turned away at closing",
    Event.LEFT_AGENT: "the customer leaves this agent; `amount` is the after-call work that follows (min)",
    Event.CALL_ENDED: "the line is free again; the customer is away",
    Event.FOUND_OUT: "the customer finds out that it was not solved",
    Event.GAVE_UP: "persistence ends; the journey ends unsolved",
    Event.REPAIRED: "the customer pays a repair of his own; `amount` is its price (EUR)",
    Event.LIMIT_REACHED: "the most attempts anyone makes are used up",
}

BEGINS: dict[Event, Activity] = {
    Event.APPEARED: Activity.AWAY,
    Event.PICKED_UP: Activity.MENU,
    Event.QUEUED: Activity.HOLD,  # transfer hold when the leg is not the first
    Event.CALL_BACK_TAKEN: Activity.AWAY,
    Event.IDENTIFYING: Activity.IDENTIFICATION,
    Event.EXPLAINING: Activity.EXPLANATION,
    Event.TALKING: Activity.TALK,
    Event.BRIEFING: Activity.TRANSFER_HOLD,
    Event.APPROVAL_ASKED: Activity.APPROVAL_HOLD,
    Event.CALL_ENDED: Activity.AWAY,
    Event.GAVE_UP: Activity.ENDED,
}
"""Which rows begin an activity (a journey also ends with the CALL_ENDED after SOLVED, or with SOLVED by ticket)."""

ROW = np.dtype(
    {
        "names": ["customer", "time", "event", "contact", "leg", "team", "agent", "amount"],
        "formats": [np.int32, np.float64, np.int16, np.int16, np.int16, np.int16, np.int32, np.float64],
        "offsets": [0, 8, 30, 24, 26, 28, 4, 16],
        "itemsize": 32,
    },
    align=True,
)
"""One row: customer is the place in `Customers`; team and agent are -1 where none is meant; time in min."""

Row = tuple[int, float, int, int, int, int, int, float]
PACK = struct.Struct("<iiddhhhh").pack
"""Make a `ROW` of customer, agent, time, amount, contact, leg, team and event, as the bytes an array is made of."""


@dataclass(frozen=True, eq=False)
class History:
    """All that happened in one replication of one world.

    Two are equal when world, customers and every bit of the rows are, whichever engine told them.

    Attributes
    ----------
    rows : structured array of `ROW`
        Sorted by customer, each customer's rows in the order lived.
    """

    world: World
    customers: Customers
    rows: npt.NDArray[np.void]
    seed: int
    replication: int
    engine: str

    @classmethod
    def of(
        cls,
        world: World,
        customers: Customers,
        rows: Sequence[Row] | npt.NDArray[np.void],
        *,
        engine: str,
    ) -> History:
        """Put rows into canonical order: by customer, each customer's rows as they were noted.

        Raises
        ------
        ValueError
            If the rows are an array of another type than `ROW`. What they say is looked at when it is measured.
        """
        if isinstance(rows, np.ndarray):
            check_type(rows, ROW, "a history", "sim.history.ROW")
        table = np.array(rows, dtype=ROW)
        order = np.argsort(table["customer"], kind="stable")
        return cls(world, customers, table[order], customers.seed, customers.replication, engine)

    def __eq__(self, other: object) -> bool:
        """Say whether the same happened to the same customers in the same world, to the bit."""
        return (
            isinstance(other, History)
            and (self.seed, self.replication) == (other.seed, other.replication)
            and same_bits((self.rows,), (other.rows,))
            and self.customers == other.customers
            and self.world == other.world
        )

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash((self.customers, len(self.rows)))

    def frame(self) -> pd.DataFrame:
        """Return the rows as a tidy table with names in place of codes; time in min from Monday 00:00."""
        import pandas as pd

        teams = [*self.world.teams, ""]
        table: dict[str, Any] = {name: self.rows[name] for name in ROW.names or ()}
        frame = pd.DataFrame(table)
        frame["event"] = pd.Categorical.from_codes(
            (self.rows["event"].astype(int) - 1).tolist(), categories=pd.Index([event.name.lower() for event in Event])
        )
        frame["team"] = pd.Categorical.from_codes(
            np.where(self.rows["team"] < 0, len(teams) - 1, self.rows["team"]).tolist(), categories=pd.Index(teams)
        )
        frame.insert(1, "problem", self.customers.rows["number"][self.rows["customer"]])
        return frame

    def to_parquet(self, path: str | Path) -> Path:
        """Write the tidy table as Parquet, whole or not at all, with seed, replication and engine in its metadata."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        from sim.files import written_whole

        table = pa.Table.from_pandas(self.frame(), preserve_index=False)
        notes = {
            "world": self.world.name,
            "seed": self.seed,
            "replication": self.replication,
            "engine": self.engine,
        }
        table = table.replace_schema_metadata(
            {**(table.schema.metadata or {}), **{k.encode(): str(v).encode() for k, v in notes.items()}}
        )
        with written_whole(Path(path)) as unfinished:
            pq.write_table(table, unfinished)
        return Path(path)

    def timeline(self, customer: int) -> list[tuple[float, float, Activity, int]]:
        """Return one customer's spells: start and end (min), activity and contact, in order.

        The last spell, which nothing ends, is left out.
        """
        mine = self.rows[self.rows["customer"] == customer]
        spells: list[tuple[float, float, Activity, int]] = []
        since, activity, contact = 0.0, Activity.ENDED, 0
        for row in mine:
            begun = begins(int(row["event"]), int(row["leg"]))
            if begun is None:
                continue
            if row["time"] > since and activity != Activity.ENDED:
                spells.append((since, float(row["time"]), activity, contact))
            since, activity, contact = float(row["time"]), begun, int(row["contact"])
        return spells


def begins(event: int, leg: int) -> Activity | None:
    """Return the activity that a row begins, or None when it begins none."""
    activity = BEGINS.get(Event(event))
    if activity == Activity.HOLD and leg > 0:
        return Activity.TRANSFER_HOLD
    return activity


ACTIVITY_OF = np.full((max(Event) + 1, 2), -1, np.int8)
"""`begins` as a table: row event, column 0 for the first leg and 1 for later ones; -1 for none."""
for _event in Event:
    for _later in (0, 1):
        _activity = begins(_event, _later)
        if _activity is not None:
            ACTIVITY_OF[_event, _later] = _activity
