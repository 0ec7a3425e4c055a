"""One customer's life in one world, as it is drawn: spells on the telephone, marks between them, money running."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.history.rows import Activity, Event, History
from sim.measures import Tables, tables
from sim.measures.rules.counts import CONTACTS
from sim.measures.rules.toll import euros_a_minute
from sim.units import HOUR
from sim.world import World

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Life:
    """What one customer lived in one world, from the appearance of the problem to its end.

    Attributes
    ----------
    spells : structured array of `sim.measures.accounts.spells.SPELL`
    marks : tuple of (min, str)
        What happened between or within them.
    paid, spent : pair of arrays
        Moments (min) and euros so far: paid out (toll, own repair, less gestures); and the same with the
        customer's own time on the telephone at its value.
    calls, others : int
        How many calls, and how many contacts through other channels.
    end : str
        "solved", "gave up", "prevented" or "still open".
    """

    world: World
    appeared: float
    spells: npt.NDArray[Any]
    marks: tuple[tuple[float, str], ...]
    paid: tuple[Floats, Floats]
    spent: tuple[Floats, Floats]
    calls: int
    others: int
    end: str

    @property
    def stretches(self) -> list[tuple[float, float]]:
        """Every stretch of time in which something happens (min), marks and the appearance as points."""
        moments = [(self.appeared, self.appeared), *((time, time) for time, _ in self.marks)]
        return sorted([*zip(self.spells["start"], self.spells["end"], strict=True), *moments])


def life(history: History, customer: int) -> Life:
    """Take one customer's life out of a history.

    Parameters
    ----------
    customer : int
        The place in `Customers`.

    Raises
    ------
    ValueError
        If there is no such customer.
    """
    customer = history.place_of(customer)
    mine = replace(history, rows=history.rows[history.rows["customer"] == customer])
    asked = tables(mine)
    spells = asked.spells
    person = history.customers.rows[customer]
    marks = tuple((float(row["time"]), mark.name) for row in mine.rows if (mark := Event(row["event"]).mark))
    said = {name for _, name in marks}
    end = next((one for one in ("solved", "gave up", "prevented") if one in said), "still open")
    payments = [*_tolls(asked, spells), *_once(mine)]
    minutes = _own_time(spells, float(person["value_of_time"]))
    return Life(
        history.world,
        float(person["appeared"]),
        spells,
        marks,
        _running(payments, float(person["appeared"])),
        _running([*payments, *minutes], float(person["appeared"])),
        len(asked.calls),
        int(np.isin(mine.rows["event"], CONTACTS[1:]).sum()),
        end,
    )


Payment = tuple[float, float, float]
"""Euros that run evenly from one moment to another (min): begin, end, amount."""


def _tolls(asked: Tables, spells: npt.NDArray[Any]) -> list[Payment]:
    """Spread each call's toll over its billed spells; a price per call falls due at their beginning."""
    minute = euros_a_minute(asked.calls, asked.tolls, asked.world.tariff_in_force())
    payments: list[Payment] = []
    for at, call in enumerate(asked.calls):
        dialled = float(call["dialled"])
        payments.append((dialled, dialled, float(asked.tolls.per_call[at])))
        for start, end, activity in spells[spells["contact"] == call["contact"]][["start", "end", "activity"]].tolist():
            if minute[at, activity] > 0:
                payments.append((start, end, float((end - start) * minute[at, activity])))
    return payments


def _once(mine: History) -> list[Payment]:
    signs = {Event.GRANTED: -1.0, Event.REPAIRED: 1.0}
    return [
        (float(row["time"]), float(row["time"]), signs[row["event"]] * float(row["amount"]))
        for row in mine.rows
        if row["event"] in signs
    ]


def _own_time(spells: npt.NDArray[Any], value: float) -> list[Payment]:
    bounds = zip(spells["start"].tolist(), spells["end"].tolist(), strict=True)
    return [(start, end, (end - start) / HOUR * value) for start, end in bounds]


def _running(payments: list[Payment], since: float) -> tuple[Floats, Floats]:
    """Return moments and euros so far at each; a payment made at once is a step: the moment stands twice."""
    moments = sorted({since, *(time for start, end, _ in payments for time in (start, end))})
    times, euros = [], []
    for moment in moments:
        at_once = sum(amount for start, end, amount in payments if start == end == moment)
        so_far = sum(_part(payment, moment) for payment in payments) - at_once
        times.append(moment)
        euros.append(so_far)
        if at_once:
            times.append(moment)
            euros.append(so_far + at_once)
    return np.array(times), np.array(euros)


def _part(payment: Payment, moment: float) -> float:
    start, end, amount = payment
    if moment >= end:
        return amount
    return amount * (moment - start) / (end - start) if moment > start else 0.0


ACTIVE = tuple(activity for activity in Activity if activity not in (Activity.AWAY, Activity.ENDED))
"""What takes the customer's time, in the order of the legend."""
