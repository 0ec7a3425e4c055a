"""What histories say in the words of others' logs: dates, names of agents and queues, and which events mean what."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sim.files import written_whole
from sim.history.rows import ROW, History
from sim.moments import checked_monday
from sim.units import LONGEST

FIRST_MONDAY = date(2024, 1, 1)
"""The Monday from which dates are counted where none is given: the Monday of a year that begins with one."""


class Told:
    """A history's rows in plain words.

    Attributes
    ----------
    queues : list of str
        Names of what callers wait for, by destination.
    teams : list of str
    """

    def __init__(self, history: History, first_monday: date | None) -> None:
        self.history = history
        self.queues, self.teams = list(history.world.queue_names()), list(history.world.teams)
        _check_times(history)
        monday = checked_monday(first_monday) or FIRST_MONDAY
        self.began = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
        self.numbers: list[int] = history.customers.rows["number"].tolist()

    def rows(self) -> Iterator[dict[str, Any]]:
        """Yield the rows by the names of their columns, each customer's in the order lived."""
        names = ROW.names or ()
        for row in self.history.rows.tolist():
            yield dict(zip(names, row, strict=True))

    def moment(self, time: float) -> datetime:
        """Return the date of a time (min), to the microsecond."""
        return self.began + timedelta(minutes=time)

    def seconds(self, time: float) -> float:
        """Return the seconds since 1970 of a time (min)."""
        return self.began.timestamp() + 60.0 * time

    def iso(self, time: float) -> str:
        """Write a time (min) as a date that says its zone, UTC."""
        return self.moment(time).isoformat(timespec="microseconds").replace("+00:00", "Z")

    def agent(self, row: dict[str, Any]) -> str:
        """Return the name of the agent who is meant, empty where none is: ``front/3``."""
        return f"{self.teams[row['team']]}/{row['agent']}" if row["agent"] >= 0 else ""

    def place(self, row: dict[str, Any]) -> str:
        """Return the name of the team or queue that is meant, empty where none is."""
        return self.queues[row["team"]] if row["team"] >= 0 else ""


def _check_times(history: History) -> None:
    """Refuse times that have no date."""
    times = history.rows["time"]
    wrong = ~((times >= 0.0) & (times <= LONGEST))
    if wrong.any():
        at = int(wrong.argmax())
        raise ValueError(f"row {at} of the history is of {times[at]:g} min: a date needs 0 to {LONGEST:g}")


def write_table(path: Path, heading: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table with commas between its cells, whole or not at all."""
    with written_whole(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(heading)
        writer.writerows(rows)
