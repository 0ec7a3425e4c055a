"""Worlds, customers and luck set by hand, and the film strip that says what must become of them.

The plain world: one agent at the front, day and night; identification 1 min (later agents of the call 30 s),
explanation 2 min, talk 10 min, everything solved. Nobody loses patience or heart. The delays before the next
call differ by cause, so that a strip shows which one it was: blocked 5, cut 10, dismissed 20, abandoned 30,
unsolved 60 min.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from difflib import ndiff
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import pytest

from sim.engines import run
from sim.engines.agreement import first_difference
from sim.engines.simpy_engine import tell
from sim.history.rows import Event, History
from sim.people import CUSTOMER, Customers
from sim.world import World
from tests.worlds import TINY, merged

PLAIN: dict[str, Any] = merged(
    TINY,
    {
        "name": "plain",
        "time": {"horizon": "7 d"},
        "population": {
            "again": {
                "persistence": 1.0,
                "after_blocked": "5 min",
                "after_cut": "10 min",
                "after_dismissed": "20 min",
                "after_abandoned": "30 min",
                "after_unsolved": "60 min",
            }
        },
        "teams": {"front": {"staff": 1, "solve": {"plain": 1.0}}},
        "levers": {"memory": {"identification": "1 min", "identification_again": "30 s", "explanation": "2 min"}},
    },
)

WRITTEN: dict[str, Any] = merged(
    PLAIN,
    {
        "name": "written",
        "population": {"again": {"after_unanswered": "15 min"}},
        "messages": {"mail": {"team": "office", "writing": "8 min", "reading": "2 min", "patience": "4 h"}},
        "contacts": {"first": {"mail": 1.0}, "sent_on": "3 min"},
        "teams": {"office": {"staff": 1, "talk": "10 min", "wage": 0, "solve": {"plain": 1.0}}},
    },
)
"""All write first: 8 min to write, 2 min to read the answer of the office, where one works on it for 10 min.

Who has waited for 4 h in vain tries again after 15 min, who is told to try otherwise after 3 min.
"""
PHONE, MAIL, POST = range(3)
"""The numbers of the channels."""

SEEDS = 200
"""Seeds looked through for one with which a story comes about; the first fourteen are enough for all of them."""

NOBODY_BEFORE_HALF_PAST = {"mon 00:30-24:00": 1}
"""One agent, who comes at minute 30."""


MADE: dict[str, World] = {}
"""Every world that was made, by what it is: a strip that is looked at again finds its own."""


def plain(**changes: Any) -> World:
    """Return the plain world with changes laid over it."""
    return _made(PLAIN, changes)


def written(**changes: Any) -> World:
    """Return the plain world in which customers write, with changes laid over it."""
    return _made(WRITTEN, changes)


def _made(base: dict[str, Any], changes: dict[str, Any]) -> World:
    name = f"{base['name']} {changes}"
    if name not in MADE:
        MADE[name] = World.model_validate(merged(base, changes))
    return MADE[name]


def through(channel: int, ordinal: int = 0) -> int:
    """Return which contact it is as luck counts them: the first, or a later one, through a channel.

    Examples
    --------
    >>> through(PHONE, 1), through(MAIL), through(MAIL, 1)
    (1, 4096, 4097)
    """
    return (channel << 12) + ordinal


def case_of(contact: int = 0) -> int:
    """Return as which contact luck counts the case that a contact has opened; its first piece of work is leg 1."""
    return (64 + contact) << 12


class HandLuck:
    """Luck of one half for everything but what is set, by (customer, contact, leg) and purpose.

    The contact is the one within its channel (`through`), or a case (`case_of`). Through which channel one tries, and
    whether through another one, is drawn for the contact as customers count them.
    """

    def __init__(self, draws: Mapping[tuple[int, int, int], Mapping[int, float]] | None = None) -> None:
        self.draws = draws or {}

    def usual(self, customer: int, contact: int, leg: int) -> Mapping[int, float]:
        """Return the draws of a leg."""
        return defaultdict(lambda: 0.5, self.draws.get((customer, contact, leg), {}))

    def one(self, customer: int, contact: int, leg: int, purpose: int) -> float:
        """Return one draw of a leg."""
        return self.usual(customer, contact, leg)[purpose]

    def agent(self, team: int, agent: int, purpose: int, occasion: int) -> float:
        """Return the middle of all speeds."""
        return 0.5


def people(world: World, *appeared: float | Mapping[str, Any]) -> Customers:
    """Make customers who differ only in when their problem appears and in what is said of them.

    Examples
    --------
    >>> people(plain(), 0, {"appeared": 5, "work": 2}).rows["work"].tolist()
    [1.0, 2.0]
    """
    rows = np.zeros(len(appeared), CUSTOMER)
    rows["number"] = np.arange(len(appeared)) * 64
    for name in ("work", "temper", "severity"):
        rows[name] = 1.0
    rows["renewal"] = 12.0
    for row, said in zip(rows, appeared, strict=True):
        for name, value in (said if isinstance(said, Mapping) else {"appeared": said}).items():
            row[name] = value
    rows["number"] += rows["reason"]
    return Customers(world.population, rows, seed=0, replication=0)


def lived(
    world: World,
    *appeared: float | Mapping[str, Any],
    luck: Mapping[tuple[int, int, int], Mapping[int, float]] | None = None,
) -> History:
    """Let customers made by hand live through a world, with luck set by hand, and the compiled engine tell it too."""
    told = tell(world, people(world, *appeared), luck=HandLuck(luck))
    assert_compiled_tells(told)
    return told


def lived_by_half(
    world: World,
    *appeared: float | Mapping[str, Any],
    luck: Mapping[tuple[int, int, int], Mapping[int, float]] | None = None,
) -> History:
    """Do as `lived` where a duration is drawn, which no seed gives as the hand has set it: SimPy alone tells of that.

    With luck by key both engines tell the same of the same customers.
    """
    customers = people(world, *appeared)
    assert_both_tell(world, customers)
    return tell(world, customers, luck=HandLuck(luck))


def assert_both_tell(world: World, customers: Customers) -> None:
    """Have both engines tell the same, with luck by key."""
    difference = first_difference(tell(world, customers), run(world, customers, engine="compiled"))
    assert difference is None, str(difference)


def assert_compiled_tells(told: History) -> None:
    """Have the compiled engine tell a story to the bit, with luck that falls as the hand has set it.

    Machine code draws its luck by key, and an option to give it other luck would stand in it for tests alone. So a seed
    is looked for with which the story comes about by itself: SimPy says which, one seed after the other.
    """
    seeds = (replace(told.customers, seed=seed) for seed in range(SEEDS))
    same = (one for one in seeds if tell(told.world, one).rows.tobytes() == told.rows.tobytes())
    customers = next(same, None)
    assert customers is not None, f"in {SEEDS} seeds luck never falls as it is set by hand"
    difference = first_difference(replace(told, customers=customers), run(told.world, customers, engine="compiled"))
    assert difference is None, str(difference)


class Frame(NamedTuple):
    """One instant of a strip; what is None is not looked at."""

    time: float
    event: str
    amount: float | None = None
    team: str | None = None
    agent: int | None = None


def frames(written: str) -> list[Frame]:
    """Read a strip: a time (min, a fraction if need be) and events on each line, ``name[=amount][@team[.agent]]``.

    Examples
    --------
    >>> [tuple(frame) for frame in frames("5/2 granted=50@front solved")]
    [(2.5, 'granted', 50.0, 'front', None), (2.5, 'solved', None, None, None)]
    """
    strip = []
    for line in filter(None, (line.strip() for line in written.splitlines())):
        time, *events = line.split()
        for event in events:
            event, _, place = event.partition("@")
            name, _, amount = event.partition("=")
            team, _, agent = place.partition(".")
            assert name.upper() in Event.__members__, f"{name} is no event"
            strip.append(
                Frame(
                    float(Fraction(time)),
                    name,
                    float(Fraction(amount)) if amount else None,
                    team or None,
                    int(agent) if agent else None,
                )
            )
    return strip


def film(history: History, customer: int) -> list[Frame]:
    """Return what a customer lived, as frames with nothing left out."""
    teams = history.world.queue_names()
    return [
        Frame(
            float(row["time"]),
            Event(row["event"]).name.lower(),
            float(row["amount"]),
            teams[row["team"]] if row["team"] >= 0 else None,
            int(row["agent"]),
        )
        for row in history.rows[history.rows["customer"] == customer]
    ]


def assert_strip(history: History, written: str, customer: int = 0) -> None:
    """Compare a customer's rows with a hand-worked strip: events in order, times to 1e-9 min."""
    expected, seen = frames(written), film(history, customer)
    assert _said(seen) == _said(expected), "\n" + "\n".join(ndiff(_said(expected), _said(seen)))
    for frame, true in zip(expected, seen, strict=True):
        assert true.time == pytest.approx(frame.time, abs=1e-9), f"{frame} but {true}"
        if frame.amount is not None:
            assert true.amount == pytest.approx(frame.amount, abs=1e-9), f"{frame} but {true}"
        if frame.team is not None:
            assert true.team == frame.team, f"{frame} but {true}"
        if frame.agent is not None:
            assert true.agent == frame.agent, f"{frame} but {true}"


def served(at: float) -> str:
    """Return the strip of a call in the plain world that is dialled then and finds an idle agent."""
    return "\n".join(
        f"{at + after:g} {events}"
        for after, events in (
            (0, "dialled picked_up queued answered identifying"),
            (1, "explaining"),
            (3, "talking"),
            (13, "solved left_agent call_ended"),
        )
    )


def _said(strip: Iterable[Frame]) -> list[str]:
    return [f"{frame.time:.6f} {frame.event}" for frame in strip]


def count(history: History, event: Event) -> int:
    """Return how many rows say this."""
    return int((history.rows["event"] == event).sum())
