"""Whether two histories of the same customers agree, and where they first part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.history.rows import Event, History
from sim.machine.kernel.memory import Array
from sim.mechanisms.state.outcome import NO_TEAM, NOBODY


@dataclass(frozen=True)
class Difference:
    """Where two histories part.

    Attributes
    ----------
    customer, problem : int
        The place in `Customers`, and the problem's number.
    place : int
        The place of the row among this customer's rows, from 0.
    time : float
        When, by the earlier of the two rows (min).
    one, other : str
        Both rows in words; where a history has no more rows, that.
    engines : tuple of str
        Who told the one and who the other.
    """

    customer: int
    problem: int
    place: int
    time: float
    one: str
    other: str
    engines: tuple[str, str]

    def __str__(self) -> str:
        wide = max(map(len, self.engines))
        told = zip(self.engines, (self.one, self.other), strict=True)
        rows = "".join(f"\n  {engine:<{wide}}  {row}" for engine, row in told)
        return f"customer {self.customer} (problem {self.problem}), row {self.place}:{rows}"


def first_difference(one: History, other: History) -> Difference | None:
    """Return the difference that comes first in time, since it may lead to all others; None when no bit differs.

    Raises
    ------
    ValueError
        If the histories are of other customers.
    """
    if one.customers.rows.tobytes() != other.customers.rows.tobytes():
        raise ValueError("these histories are of other customers: whom would one compare?")
    if one.rows.tobytes() == other.rows.tobytes():
        return None
    parted = [_parted(one, other, customer) for customer in range(len(one.customers))]
    return min(filter(None, parted), key=lambda difference: difference.time)


def _parted(one: History, other: History, customer: int) -> Difference | None:
    """Return where this customer's rows part, if they do."""
    mine, theirs = _rows_of(one, customer), _rows_of(other, customer)
    both = min(len(mine), len(theirs))
    differs = (_as_bytes(mine[:both]) != _as_bytes(theirs[:both])).any(axis=1)
    place = int(differs.argmax()) if differs.any() else both
    if place >= max(len(mine), len(theirs)):
        return None
    return Difference(
        customer=customer,
        problem=int(one.customers.rows["number"][customer]),
        place=place,
        time=min(float(rows["time"][place]) for rows in (mine, theirs) if place < len(rows)),
        one=_in_words(one, mine, place),
        other=_in_words(other, theirs, place),
        engines=(one.engine, other.engine),
    )


def _rows_of(history: History, customer: int) -> Array:
    first, last = np.searchsorted(history.rows["customer"], [customer, customer + 1])
    return history.rows[first:last]


def _as_bytes(rows: Array) -> Array:
    """Return the bytes of each row: a number that is none equals nothing, not even itself."""
    return np.ascontiguousarray(rows).view(np.uint8).reshape(len(rows), rows.itemsize)


def _in_words(history: History, rows: Array, place: int) -> str:
    if place >= len(rows):
        return "no more rows"
    row = rows[place]
    event, team = int(row["event"]), int(row["team"])
    words = [f"{float(row['time'])!r} min", _name_of(event, {code.value: code.name.lower() for code in Event}, "event")]
    words += [f"call {row['contact']}", f"leg {row['leg']}"]
    if team != NO_TEAM:
        words += ["team", _name_of(team, dict(enumerate(history.world.queue_names())), "number")]
    if row["agent"] != NOBODY:
        words.append(f"agent {row['agent']}")
    if row["amount"] != 0.0:
        words.append(f"amount {float(row['amount'])!r}")
    return " ".join(words)


def _name_of(code: int, names: dict[int, str], what: str) -> str:
    """Return the name of a code; a history that is wrong may hold one that has none."""
    return names.get(code, f"{what} {code}")
