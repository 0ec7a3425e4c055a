"""One customer's course through one world, read for telling: call by call, row by row, with how long and how dear."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.history.rows import Activity, Event, History, begins
from sim.measures.accounts.journeys import GIVEN_UP, OPEN, PREVENTED, SOLVED
from sim.measures.accounts.tables import Tables, tables
from sim.measures.alone import alone
from sim.measures.rules.toll import euros_a_minute
from sim.world import World

HOLDS = (Activity.MENU, Activity.HOLD, Activity.TRANSFER_HOLD, Activity.APPROVAL_HOLD)
"""What counts as held: the menu, and every hold."""
_ENDS = {
    SOLVED: ("solved", Event.SOLVED),
    GIVEN_UP: ("gave up", Event.GAVE_UP),
    PREVENTED: ("prevented", Event.PREVENTED),
}
"""What a journey that has ended is said to be, and the event that has ended it."""


class Moment(NamedTuple):
    """One thing that happened.

    Attributes
    ----------
    time : float
        Minutes from Monday 00:00 of the first week.
    team : str or None
        The team or queue that is meant.
    amount : float
        As the event has it (min or EUR).
    lasts : float
        Minutes of the activity that it begins; 0 where it begins none.
    eur : float
        Toll of these minutes.
    """

    event: Event
    time: float
    leg: int
    team: str | None
    amount: float
    lasts: float
    eur: float


@dataclass(frozen=True)
class Call:
    """One call, and what follows it until the next one is dialled.

    Attributes
    ----------
    number : int
        From 1.
    minutes, held : float
        On the telephone; of these in the menu and on hold.
    toll : float
        EUR.
    over : bool
        Whether it ended before the run did.
    """

    number: int
    moments: tuple[Moment, ...]
    minutes: float
    held: float
    toll: float
    over: bool

    @property
    def dialled(self) -> float:
        """When it was dialled (min)."""
        return self.moments[0].time


@dataclass(frozen=True)
class Course:
    """What one customer lived in one world.

    Attributes
    ----------
    appeared : float
        When the problem appeared (min).
    gesture : float
        What the problem calls for (EUR).
    before : tuple of Moment
        What happened before the first call.
    effort, ces : float
        The index (points), and on the scale from 1 to 5.
    repair, granted : float
        Paid for a repair of his own, and received (EUR).
    end : "solved", "gave up", "open" or "prevented"
    ended : float
        When it was solved, given up, or the run ended (min).
    """

    world: World
    customer: int
    appeared: float
    reason: str
    gesture: float
    before: tuple[Moment, ...]
    calls: tuple[Call, ...]
    effort: float
    ces: float
    repair: float
    granted: float
    end: str
    ended: float

    @property
    def minutes(self) -> float:
        """Minutes on the telephone."""
        return sum(call.minutes for call in self.calls)

    @property
    def held(self) -> float:
        """Minutes in the menu and on hold."""
        return sum(call.held for call in self.calls)

    @property
    def toll(self) -> float:
        """What the calls cost him (EUR)."""
        return sum(call.toll for call in self.calls)


def course(history: History, customer: int) -> Course:
    """Read what one customer lived.

    Raises
    ------
    ValueError
        If there is no such customer, or a row of his cannot be.
    """
    mine = alone(history, customer)
    asked = tables(mine)
    moments = _moments(mine, asked)
    dialled = [at for at, one in enumerate(moments) if one.event == Event.DIALLED]
    parts = [tuple(moments[begin:end]) for begin, end in zip([0, *dialled], [*dialled, len(moments)], strict=True)]
    calls = tuple(_call(asked, at, part) for at, part in enumerate(parts[1:]))
    journey, person = asked.journeys[0], mine.customers.rows[0]
    end, ended = _ending(moments, int(journey["status"]), asked.stop)
    return Course(
        world=history.world,
        customer=int(customer),
        appeared=float(person["appeared"]),
        reason=list(history.world.population.reasons)[int(person["reason"])],
        gesture=float(person["gesture"]),
        before=parts[0],
        calls=calls,
        effort=float(journey["effort"]),
        ces=float(journey["ces"]),
        repair=float(journey["repair"]),
        granted=float(journey["gestures"]),
        end=end,
        ended=ended,
    )


def _call(asked: Tables, at: int, moments: tuple[Moment, ...]) -> Call:
    minutes = asked.calls["minutes"][at]
    over = any(one.event in (Event.CALL_ENDED, Event.BLOCKED) for one in moments)
    held = float(minutes[list(HOLDS)].sum())
    return Call(at + 1, moments, float(minutes.sum()), held, float(asked.tolls.total[at]), over)


def _ending(moments: list[Moment], status: int, stop: float) -> tuple[str, float]:
    if status == OPEN:
        return "open", stop
    said, wanted = _ENDS[status]
    return said, next(m.time for m in moments[::-1] if m.event == wanted)


def _moments(mine: History, asked: Tables) -> list[Moment]:
    """Return every row of one customer's history with how long what it begins lasted, and what that cost."""
    rows, names = mine.rows, mine.world.queue_names()
    minute = euros_a_minute(asked.calls, asked.tolls, mine.world.tariff_in_force())
    lasted = _lasted(rows, asked.stop)
    found = []
    for row, lasts in zip(rows.tolist(), lasted, strict=True):
        _, time, event, contact, leg, team, _, amount = row
        begun = begins(event, leg)
        eur = 0.0 if begun is None or contact < 0 else lasts * float(minute[contact, begun])
        found.append(Moment(Event(event), time, leg, names[team] if team >= 0 else None, amount, lasts, eur))
    return found


def _lasted(rows: npt.NDArray[np.void], stop: float) -> list[float]:
    """Return for each row the minutes until the next that begins an activity; 0 for those that begin none."""
    lasted, until = [], stop
    for time, event, leg in rows[["time", "event", "leg"]].tolist()[::-1]:
        begun = begins(event, leg)
        lasted.append(0.0 if begun is None else max(until - time, 0.0))
        until = until if begun is None else time
    return lasted[::-1]
