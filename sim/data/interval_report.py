"""An interval report: what a telephone switch counts by quarter, half or whole hour, whatever the file looked like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.people import same_bits
from sim.people.checks import check_type

if TYPE_CHECKING:
    import pandas as pd

AMOUNTS = (
    "offered",
    "answered",
    "abandoned",
    "blocked",
    "within",
    "speed_of_answer",
    "handle_time",
    "agents",
)
"""What an interval may say; NaN where the report has no such column, or leaves the cell empty."""
INTERVAL = np.dtype(
    [
        ("starts", np.float64),
        ("minutes", np.float64),
        ("queue", np.int32),
        *((name, np.float64) for name in AMOUNTS),
    ]
)
"""One interval of one queue. starts: min from Monday 00:00 of the first week. minutes: its length. queue: place in the
report's names. offered, answered, abandoned, blocked: calls. within: calls answered within the threshold.
speed_of_answer: mean wait of the answered (min). handle_time: mean, talk and after-call work (min). agents: at work.
"""


@dataclass(frozen=True, eq=False)
class IntervalReport:
    """Counts by interval and queue, in the order of time, then of queues.

    Two are equal when all but the warnings is, to the bit.

    Attributes
    ----------
    rows : structured array of `INTERVAL`
    first_monday : date or None
        The Monday from whose 00:00 minutes are counted; None where the report has no dates.
    queues : tuple of str
        Names, to which the numbers in the rows point; ``("all",)`` where the report names none.
    threshold : float or None
        The wait within which `within` counts (min); None where that is not known.
    left_out : mapping of str to int
        What was not taken over, by kind: how many.
    warnings : tuple of str
        What is odd and was taken over all the same, each a sentence with its file, line and column.

    Raises
    ------
    ValueError
        If rows are of another type, point to no name, or are of no time or length.
    """

    rows: npt.NDArray[np.void]
    first_monday: date | None
    queues: tuple[str, ...]
    threshold: float | None = None
    left_out: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_type(self.rows, INTERVAL, "an interval report", "sim.data.interval_report.INTERVAL")
        faults = [f"row {int(wrong.argmax())} {said}" for wrong, said in self._faults() if wrong.any()]
        if faults:
            raise ValueError("; ".join(faults))

    def _faults(self) -> Iterator[tuple[npt.NDArray[np.bool_], str]]:
        """Yield which rows are wrong in each way, and what is wrong with them."""
        rows = self.rows
        yield ~np.isfinite(rows["starts"]), "starts at no time"
        yield ~(np.isfinite(rows["minutes"]) & (rows["minutes"] > 0.0)), "has no length"
        wrong = (rows["queue"] < 0) | (rows["queue"] >= len(self.queues))
        yield wrong, f"has a queue beyond the {len(self.queues)} names: numbers go from 0"
        for name in AMOUNTS:
            yield np.isinf(rows[name]) | (rows[name] < 0.0), f"has a number of {name} that cannot be"

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<IntervalReport: {len(self):,} intervals, {len(self.queues):,} queues>"

    def __eq__(self, other: object) -> bool:
        """Say whether these are the same intervals, to the bit."""
        return (
            isinstance(other, IntervalReport)
            and self._facts() == other._facts()
            and same_bits((self.rows,), (other.rows,))
            and dict(self.left_out) == dict(other.left_out)
        )

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash((self._facts(), len(self)))

    def _facts(self) -> tuple[object, ...]:
        return self.first_monday, self.queues, self.threshold

    def frame(self) -> pd.DataFrame:
        """Return the rows as a tidy frame, the queues' names in place of numbers; units as in `INTERVAL`."""
        import pandas as pd

        frame = pd.DataFrame({name: self.rows[name] for name in INTERVAL.names or ()})
        frame["queue"] = np.array(self.queues, dtype=object)[self.rows["queue"]]
        return frame
