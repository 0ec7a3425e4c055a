"""The rows of a history sorted out: by what they say, and by the call they belong to."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sim.history import Event

Array = npt.NDArray[Any]


def by_event(rows: Array) -> dict[Event, Array]:
    """Return the rows of each event, in the order in which they stand."""
    event = np.ascontiguousarray(rows["event"])
    sorted_rows = rows[np.argsort(event, kind="stable")]
    upto = np.cumsum(np.bincount(event, minlength=max(Event) + 1))
    return {which: sorted_rows[upto[which - 1] : upto[which]] for which in Event}


class Places:
    """Where in the table of calls a row or a spell belongs: calls stand by customer, then by contact."""

    def __init__(self, dialled: Array, customers: int) -> None:
        self.calls = len(dialled)
        many = np.bincount(dialled["customer"], minlength=customers)
        self._first = np.concatenate(([0], np.cumsum(many)))[:-1]

    def of(self, rows: Array) -> npt.NDArray[np.int64]:
        """Return the place of each row's call: the customer's first, and as many on as its contact says."""
        places: npt.NDArray[np.int64] = self._first[rows["customer"]] + rows["contact"].astype(np.int64)
        return places

    def count(self, rows: Array) -> npt.NDArray[np.int64]:
        """Return how many of these rows each call has."""
        return np.bincount(self.of(rows), minlength=self.calls)

    def total(self, rows: Array, amounts: Array) -> npt.NDArray[np.float64]:
        """Return the sum of the rows' amounts for each call."""
        return np.bincount(self.of(rows), amounts, self.calls).astype(np.float64)
