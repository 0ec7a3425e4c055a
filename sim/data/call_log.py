"""A call log: every call of a centre as its telephone switch wrote it down, whatever the file looked like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.people import same_bits
from sim.people.checks import check_type

if TYPE_CHECKING:
    import pandas as pd


class Outcome(IntEnum):
    """What became of a call; the numbers are fixed for good."""

    ANSWERED = 1
    """An agent took it, and it ended with that agent."""
    ABANDONED = 2
    """The caller hung up while waiting."""
    BLOCKED = 3
    """All lines were busy: it never came to wait."""
    TRANSFERRED = 4
    """An agent took it and passed it on; where the log shows it again, that is the next row of the same caller."""
    TIMED_OUT = 5
    """The queue gave it up after its longest wait."""
    TURNED_AWAY = 6
    """Nobody was at work, or the centre closed."""
    LEFT_BY_KEY = 7
    """The caller left the wait by a key, for a call-back or another menu."""
    OPEN = 8
    """The log ends before the call does."""


CALL = np.dtype(
    [
        ("queue", np.int32),
        ("agent", np.int32),
        ("caller", np.int32),
        ("arrived", np.float64),
        ("answered", np.float64),
        ("left", np.float64),
        ("after_call", np.float64),
        ("outcome", np.int8),
    ]
)
"""One call. queue, agent, caller: places in the log's names, agent -1 for nobody, caller -1 for unknown. arrived: when
it began to wait. answered: NaN where nobody took it. left: end of the talk, or of a vain wait; NaN where the log does
not say. All in min from Monday 00:00 of the first week; after_call in min, NaN where unknown. outcome: an `Outcome`.
"""


@dataclass(frozen=True, eq=False)
class CallLog:
    """Calls as a telephone switch wrote them down, in the order in which they arrived.

    Two are equal when all but the warnings is, to the bit.

    Attributes
    ----------
    calls : structured array of `CALL`
    first_monday : date or None
        The Monday from whose 00:00 minutes are counted; None where the log has no dates.
    queues, agents, callers : tuple of str
        Names, to which the numbers in the calls point.
    left_out : mapping of str to int
        What was not taken over, by kind: how many.
    warnings : tuple of str
        What is odd and was taken over all the same, each a sentence with its file and line.

    Raises
    ------
    ValueError
        If calls are of another type, point to no name, or are of no time.
    """

    calls: npt.NDArray[np.void]
    first_monday: date | None
    queues: tuple[str, ...]
    agents: tuple[str, ...]
    callers: tuple[str, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_type(self.calls, CALL, "a call log", "sim.data.call_log.CALL")
        faults = [f"call {int(wrong.argmax())} {said}" for wrong, said in self._faults() if wrong.any()]
        if faults:
            raise ValueError("; ".join(faults))

    def _faults(self) -> Iterator[tuple[npt.NDArray[np.bool_], str]]:
        """Yield which calls are wrong in each way, and what is wrong with them."""
        calls = self.calls
        for name, names, least in (("queue", self.queues, 0), ("agent", self.agents, -1), ("caller", self.callers, -1)):
            wrong = (calls[name] < least) | (calls[name] >= len(names))
            yield wrong, f"has a {name} beyond the {len(names)} names: numbers go from {least}"
        known = [int(outcome) for outcome in Outcome]
        yield ~np.isin(calls["outcome"], known), f"has an outcome that means nothing: {known[0]} to {known[-1]}"
        yield ~np.isfinite(calls["arrived"]), "arrives at no time"
        for later in ("answered", "left"):
            yield np.isinf(calls[later]) | (calls[later] < calls["arrived"]), f"is {later} before it arrives, or never"
        yield calls["left"] < calls["answered"], "ends before it is answered"
        yield np.isinf(calls["after_call"]) | (calls["after_call"] < 0.0), "has after-call work that cannot be"

    def __len__(self) -> int:
        return len(self.calls)

    def __repr__(self) -> str:
        return f"<CallLog: {len(self):,} calls, {len(self.queues):,} queues, {len(self.agents):,} agents>"

    def __eq__(self, other: object) -> bool:
        """Say whether these are the same calls, to the bit."""
        return (
            isinstance(other, CallLog)
            and self._names() == other._names()
            and same_bits((self.calls,), (other.calls,))
            and dict(self.left_out) == dict(other.left_out)
        )

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash((self._names(), len(self)))

    def _names(self) -> tuple[object, ...]:
        return self.first_monday, self.queues, self.agents, self.callers

    def frame(self) -> pd.DataFrame:
        """Return the calls as a tidy frame, names in place of numbers; times in min as in `CALL`."""
        import pandas as pd

        frame = pd.DataFrame({name: self.calls[name] for name in CALL.names or ()})
        for name, names in (("queue", self.queues), ("agent", self.agents), ("caller", self.callers)):
            frame[name] = np.array([*names, ""], dtype=object)[self.calls[name]]
        frame["outcome"] = [Outcome(int(code)).name.lower() for code in self.calls["outcome"]]
        return frame
