"""One customer's course through one world, read for telling: contact by contact, how long each row lasted, how dear."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sim.history.rows import Activity, Event, History, begins
from sim.measures.accounts.journeys import GIVEN_UP, OPEN, PREVENTED, SOLVED
from sim.measures.accounts.tables import Tables, tables
from sim.measures.alone import alone
from sim.measures.rules.counts import CONTACTS
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


OVER = (Event.CALL_ENDED, Event.BLOCKED, Event.SENT, Event.DESK_LEFT, Event.CHAT_ENDED)
"""What ends the customer's part of a contact."""
_LEADING = (Event.SWITCHED, Event.CHASED)
"""What is said of a contact before it begins."""


class Moment(NamedTuple):
    """One thing that happened.

    Attributes
    ----------
    time : float
        Minutes from Monday 00:00 of the first week.
    contact : int
        To which it belongs, from 0; -1 before the first. What is done beside the customer belongs to an earlier one.
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
    contact: int
    leg: int
    team: str | None
    amount: float
    lasts: float
    eur: float


@dataclass(frozen=True)
class Contact:
    """One contact with the firm, a call or another, and what follows it until the next one begins.

    Attributes
    ----------
    number : int
        From 1.
    channel : str
        Its name.
    is_call : bool
        Whether it is by telephone.
    nth : int
        Which one through its channel, from 1.
    minutes, held : float
        What it took of the customer's time; of these in the menu, on hold and in other queues.
    toll : float
        EUR.
    over : bool
        Whether it ended before the run did.
    """

    number: int
    channel: str
    is_call: bool
    nth: int
    moments: tuple[Moment, ...]
    minutes: float
    held: float
    toll: float
    over: bool

    @property
    def began(self) -> float:
        """When it began (min)."""
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
        What happened before the first contact.
    active : float
        Minutes of his own time, in contacts and beside them (`sim.measures.customers_table`).
    effort, ces : float
        The index (points), and on the scale from 1 to 5.
    repair, advance_lost, granted : float
        Paid for a repair of his own, advanced and never had back, and received (EUR).
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
    contacts: tuple[Contact, ...]
    active: float
    effort: float
    ces: float
    repair: float
    advance_lost: float
    granted: float
    end: str
    ended: float

    @property
    def calls(self) -> tuple[Contact, ...]:
        """The contacts by telephone."""
        return tuple(one for one in self.contacts if one.is_call)

    @property
    def others(self) -> tuple[Contact, ...]:
        """All other contacts."""
        return tuple(one for one in self.contacts if not one.is_call)

    @property
    def minutes(self) -> float:
        """Minutes on the telephone."""
        return sum(call.minutes for call in self.calls)

    @property
    def beside(self) -> float:
        """Minutes of his own time beside all contacts: help that is read, a number looked for, a visit at home."""
        return self.active - sum(one.minutes for one in self.contacts)

    @property
    def held(self) -> float:
        """Minutes of these in the menu and on hold."""
        return sum(call.held for call in self.calls)

    @property
    def toll(self) -> float:
        """What the calls cost him (EUR)."""
        return sum(call.toll for call in self.calls)

    def times(self, *events: Event) -> int:
        """Return how often any of these happened."""
        parts = [self.before, *(one.moments for one in self.contacts)]
        return sum(moment.event in events for part in parts for moment in part)


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
    begun = _beginnings(moments)
    parts = [tuple(moments[begin:end]) for begin, end in zip([0, *begun], [*begun, len(moments)], strict=True)]
    journey, person = asked.journeys[0], mine.customers.rows[0]
    end, ended = _ending(moments, int(journey["status"]), asked.stop)
    return Course(
        world=history.world,
        customer=int(customer),
        appeared=float(person["appeared"]),
        reason=list(history.world.population.reasons)[int(person["reason"])],
        gesture=float(person["gesture"]),
        before=parts[0],
        contacts=_contacts(mine, asked, parts[1:]),
        active=float(journey["active_minutes"]),
        effort=float(journey["effort"]),
        ces=float(journey["ces"]),
        repair=float(journey["repair"]),
        advance_lost=float(journey["advance_lost"]),
        granted=float(journey["gestures"]),
        end=end,
        ended=ended,
    )


def _beginnings(moments: Sequence[Moment]) -> list[int]:
    """Return where each contact begins: with the call or the message, or with the change of channel just before it."""
    found = []
    for at, one in enumerate(moments):
        if one.event in CONTACTS:
            while at > 0 and moments[at - 1].event in _LEADING and moments[at - 1].contact == one.contact:
                at -= 1
            found.append(at)
    return found


def _contacts(mine: History, asked: Tables, parts: Sequence[tuple[Moment, ...]]) -> tuple[Contact, ...]:
    names, seen = mine.world.channel_names(), Counter[str]()
    call_of = {int(contact): at for at, contact in enumerate(asked.calls["contact"])}
    found = []
    for number, moments in enumerate(parts, 1):
        first = next(one for one in moments if one.event in CONTACTS)
        is_call = first.event == Event.DIALLED
        channel = names[0 if is_call else int(first.amount)]
        seen[channel] += 1
        over = any(one.event in OVER for one in moments)
        if is_call:
            at = call_of[first.contact]
            minutes, toll = asked.calls["minutes"][at], float(asked.tolls.total[at])
            whole, held = float(minutes.sum()), float(minutes[list(HOLDS)].sum())
        else:
            spells = asked.spells[asked.spells["contact"] == first.contact]
            lasted = spells["end"] - spells["start"]
            whole, toll = float(lasted.sum()), 0.0
            held = float(lasted[np.isin(spells["activity"], HOLDS)].sum())
        found.append(Contact(number, channel, is_call, seen[channel], moments, whole, held, toll, over))
    return tuple(found)


def _ending(moments: list[Moment], status: int, stop: float) -> tuple[str, float]:
    if status == OPEN:
        return "open", stop
    said, wanted = _ENDS[status]
    return said, next(m.time for m in moments[::-1] if m.event == wanted)


def _moments(mine: History, asked: Tables) -> list[Moment]:
    """Return every row of one customer's history with how long what it begins lasted, and what that cost."""
    rows, names = mine.rows, mine.world.queue_names()
    call_of = {int(contact): at for at, contact in enumerate(asked.calls["contact"])}
    minute = euros_a_minute(asked.calls, asked.tolls, mine.world.tariff_in_force())
    lasted = _lasted(rows, asked.stop)
    found = []
    for row, lasts in zip(rows.tolist(), lasted, strict=True):
        _, time, event, contact, leg, team, _, amount = row
        begun = begins(event, leg)
        call = call_of.get(contact)
        eur = 0.0 if begun is None or call is None else lasts * float(minute[call, begun])
        found.append(Moment(Event(event), time, contact, leg, names[team] if team >= 0 else None, amount, lasts, eur))
    return found


def _lasted(rows: npt.NDArray[np.void], stop: float) -> list[float]:
    """Return for each row the minutes until the next that begins an activity; 0 for those that begin none."""
    lasted, until = [], stop
    for time, event, leg in rows[["time", "event", "leg"]].tolist()[::-1]:
        begun = begins(event, leg)
        lasted.append(0.0 if begun is None else max(until - time, 0.0))
        until = until if begun is None else time
    return lasted[::-1]
