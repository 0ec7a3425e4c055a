"""The history: what happened, to whom, when. Everything measured is asked of it afterwards.

A row is an instant of one customer's life. Many rows begin an *activity*, which lasts until that customer's next row
that begins one; the rows of a customer stand in the order in which they were lived. Nothing but rows leaves a run.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.asked import place
from sim.history.events import ACTIVITY_OF, COLUMNS, Activity, Event, begins
from sim.luck.keys import LEGS
from sim.people import Customers, same_bits
from sim.people.checks import check_kind, check_type
from sim.reading import digest
from sim.reading.border import check_world
from sim.units import DAYS
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ACTIVITY_OF", "PACK", "ROW", "Activity", "Event", "History", "Row", "begins"]

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

_SECONDS = 86_400

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
            check_type(rows, ROW, "a history", "sim.history.rows.ROW")
        table = np.array(rows, dtype=ROW)
        order = np.argsort(table["customer"], kind="stable")
        return cls(world, customers, table[order], customers.seed, customers.replication, engine)

    def __repr__(self) -> str:
        many = f"{len(self.customers):,} problems, {len(self.rows):,} rows"
        return f"<History of {self.world.name}: {many}, {self.engine}>"

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
        """Return the rows as a tidy table, names in place of codes; its columns are those of ``docs/events.md``.

        Rows carry their place in the customer's life (``order``), so that no sorting by time loses it, and their date:
        ``week`` from 1, ``day`` and ``clock``, cut to the second; ``time`` is in min from Monday 00:00 of week 1.

        Raises
        ------
        ValueError
            At the first row that holds what cannot be.
        """
        import pandas as pd

        check_rows(self)
        rows, teams = self.rows, [*self.world.queue_names(), ""]
        table: dict[str, Any] = {name: rows[name] for name in ROW.names or ()}
        table["problem"] = self.customers.rows["number"][rows["customer"]]
        table["order"] = np.arange(len(rows)) - np.searchsorted(rows["customer"], rows["customer"])
        table["week"], table["day"], table["clock"] = _dates(rows["time"])
        table["event"] = pd.Categorical.from_codes(
            (rows["event"].astype(int) - 1).tolist(), categories=pd.Index([event.name.lower() for event in Event])
        )
        table["team"] = pd.Categorical.from_codes(
            np.where(rows["team"] < 0, len(teams) - 1, rows["team"]).tolist(), categories=pd.Index(teams)
        )
        return pd.DataFrame({name: table[name] for name in COLUMNS})

    def origin(self, world_digest: str | None = None) -> dict[str, Any]:
        """Return where the rows come from: world, program, luck and engine, and the meaning of the codes.

        Parameters
        ----------
        world_digest : str, optional
            Of the world that was asked for, where it was changed before it was run; by default that of this world.
        """
        from sim import __version__

        return {
            "world": self.world.name,
            "digest": digest(self.world) if world_digest is None else world_digest,
            "version": __version__,
            "seed": self.seed,
            "replication": self.replication,
            "engine": self.engine,
            "events": {str(int(event)): f"{event.name.lower()}: {event.meaning}" for event in Event},
        }

    def to_parquet(self, path: str | Path, *, digest: str | None = None) -> Path:
        """Write the tidy table as Parquet, whole or not at all, with its `origin` in the metadata.

        ``pandas.read_parquet(path).attrs`` gives the origin back; other readers find each part under its name.

        Parameters
        ----------
        digest : str, optional
            As in `origin`.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        from sim.files import written_whole

        table, origin = pa.Table.from_pandas(self.frame(), preserve_index=False), self.origin(digest)
        said = {name: part if isinstance(part, str) else json.dumps(part) for name, part in origin.items()}
        said["PANDAS_ATTRS"] = json.dumps(origin)
        table = table.replace_schema_metadata({**(table.schema.metadata or {}), **said})
        with written_whole(Path(path)) as unfinished:
            pq.write_table(table, unfinished)
        return Path(path)

    def place_of(self, customer: int, what: str = "customer") -> int:
        """Return the place of a customer in `Customers`.

        Raises
        ------
        ValueError
            If there is no such customer; ``what`` is the argument's name.
        """
        return place(what, customer, len(self.customers), "customer")

    def timeline(self, customer: int) -> list[tuple[float, float, Activity, int]]:
        """Return one customer's spells: start and end (min), activity and contact, in order.

        The last spell, which nothing ends, is left out.

        Raises
        ------
        ValueError
            If there is no such customer, or a row holds what cannot be.
        """
        customer = self.place_of(customer)
        check_rows(self)
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


def bounds(world: World, customers: int) -> dict[str, tuple[float, float]]:
    """Return the least and the most that each column of a row can be, its time aside."""
    return {
        "customer": (0, customers - 1),
        "event": (1, len(Event)),
        "contact": (-1, np.iinfo(np.int16).max),
        "leg": (0, LEGS - 1),
        "team": (-1, len(world.queue_names()) - 1),
        "agent": (-1, np.iinfo(np.int32).max),
        "amount": (0.0, np.finfo(np.float64).max),
    }


def beyond(row: np.void, name: str, least: float, most: float) -> str:
    """Say that a column of a row is beyond its bounds."""
    return f"its {name} is {row[name]}, which goes from {least} to {most}"


def check_rows(history: History) -> None:
    """Refuse rows that hold a code that means nothing, or are of no time.

    Raises
    ------
    ValueError
        Of the first such row: its place, and what is wrong. That rows follow from each other is looked at when they
        are measured.
    """
    check_world(history.world)
    check_kind(history.customers)
    check_type(history.rows, ROW, "a history", "sim.history.rows.ROW")
    found = list(_faults(history.rows, bounds(history.world, len(history.customers))))
    if found:
        place, why = min(found, key=lambda fault: fault[0])
        raise ValueError(f"row {place} of the history cannot be: {why}")


def _faults(rows: npt.NDArray[np.void], possible: dict[str, tuple[float, float]]) -> Iterator[tuple[int, str]]:
    """Yield the first row that is wrong in each way, and what is wrong with it."""
    for name, (least, most) in possible.items():
        wrong = ~((rows[name] >= least) & (rows[name] <= most))
        if wrong.any():
            yield int(wrong.argmax()), beyond(rows[wrong.argmax()], name, least, most)
    timeless = ~np.isfinite(rows["time"])
    if timeless.any():
        yield int(timeless.argmax()), f"its time is {rows['time'][timeless.argmax()]} min"


def _dates(time: npt.NDArray[np.float64]) -> tuple[Any, Any, Any]:
    """Return week, day and clock of times in min; a second that is only just not full is full."""
    import pandas as pd

    days, second = np.divmod(np.floor(time * 60.0 + 1e-6).astype(np.int64), _SECONDS)
    weeks, day = np.divmod(days, len(DAYS))
    return weeks + 1, pd.Categorical.from_codes(day.tolist(), categories=pd.Index(DAYS)), _clocks()[second]


@cache
def _clocks() -> npt.NDArray[np.object_]:
    """Return how each second of a day is written."""
    said = [f"{at // 3600:02d}:{at // 60 % 60:02d}:{at % 60:02d}" for at in range(_SECONDS)]
    return np.array(said, dtype=object)
