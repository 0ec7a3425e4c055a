"""The fold: a world's rows, followed chunk by chunk, become totals; nothing of the rows is kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from sim.history.rows import ROW, Event, beyond, bounds
from sim.luck.keys import Kind, key_of, whose_of
from sim.machine.kernel.memory import address_of, copied, grown
from sim.machine.kernel.pages import IN_A_PAGE, Pages
from sim.measures.accounts.account import ACCOUNT, BOOKS, NOBODY
from sim.measures.accounts.channels import Channels, attended, has_more_than_a_line
from sim.measures.accounts.following.rows import OF_A_CHANNEL, conclude, follow
from sim.measures.accounts.journeys import WORTH
from sim.measures.accounts.legs import LEG
from sim.measures.accounts.spells import SPELL
from sim.measures.accounts.terms import ground_of
from sim.measures.accounts.totals import (
    JOURNEYS,
    LEVEL,
    CallSums,
    Daily,
    JourneySums,
    Percentiles,
    Totals,
    sums_of,
)
from sim.measures.rules.calls import CALL
from sim.measures.rules.channels import KIND, Through
from sim.measures.rules.counts import CODES, MOST
from sim.measures.rules.drift import Drift, Stretch, stretches
from sim.measures.rules.loyalty import people_told
from sim.measures.rules.schedule import absent_minutes, eur_per_hour
from sim.measures.rules.staff import AgentTime
from sim.measures.rules.week import Week, days_between
from sim.people import Customers
from sim.people.crowd import Crowd, crowd_of
from sim.units import DAY, HOUR, YEAR
from sim.world import World
from sim.world.channels import PHONE

Array = npt.NDArray[Any]


_CALLS_AT_FIRST = 255
"""Calls at the same time for which there are places from the beginning: 40 kB."""
_OF_AGENTS = (Event.ANSWERED, Event.RING_MISSED, Event.COLLEAGUE_JOINED, Event.WORKED_ON)
"""What a team's agent does, and no queue."""
_ROUNDING = 1e-12
"""By which a ratio of two whole numbers may miss a share that is written in decimals."""


class Room(NamedTuple):
    """Rows to be kept of each table."""

    calls: int
    legs: int
    spells: int
    worths: int


class Fold:
    """One world's rows being followed.

    Rows come in chunks of any size and in any interleaving of customers, each customer's own in the order lived.

    Parameters
    ----------
    world : World
    customers : Customers or Crowd
        They are trusted: whoever begins a fold has checked them (`sim.people.checks`).
        Customers who are made as they come are a crowd: each one's account is opened when he is there.
    room : Room, optional
        Keep calls, legs, spells and worths in tables, for rows that come customer by customer; without it there is an
        account for each customer, and a place for each call that goes on at the same time as others.
    shares : bool
        Another fold follows the same rows, and is told of them last: customers are left to it to be forgotten.
    """

    def __init__(
        self, world: World, customers: Customers | Crowd, room: Room | None = None, *, shares: bool = False
    ) -> None:
        self.world, self._shares = world, shares
        self._ground = ground_of(world)
        self._teams = copied(self._ground.teams)
        many = room or Room(_CALLS_AT_FIRST, 0, 0, 1)
        self._crowd = crowd_of(customers)
        self.accounts = Pages(ACCOUNT, self._crowd.most)
        self._of_pages = np.zeros(len(self.accounts.addresses), JOURNEYS)
        self.calls, self.legs = np.zeros(1 + many.calls, CALL), np.zeros(many.legs, LEG)  # nobody's call is the first
        self.spells, self.worths = np.zeros(many.spells, SPELL), np.zeros(many.worths, WORTH)
        self.levels = np.zeros(_days_of(world), LEVEL)
        self.channels = Channels(world, self._crowd.most) if has_more_than_a_line(world) else None
        self.kinds = np.zeros(len(world.channel_names()), KIND)
        self.kinds["public"] = [_is_public(world, name) for name in world.channel_names()]
        self.books = self._opened(keeps=room is not None)
        self._books_at = address_of(self.books)
        self._totals: Totals | None = None

    def _opened(self, keeps: bool) -> Array:
        books = np.zeros(1, BOOKS)
        books["keeps"], books["terms"] = keeps, self._ground.terms
        books["many_teams"], books["many_queues"] = len(self._teams), len(self.world.queue_names())
        books["many_channels"], books["kinds"] = len(self.kinds), address_of(self.kinds)
        books["key"] = np.array(key_of(self._crowd.seed), np.int64)
        books["agents"] = whose_of(Kind.AGENT, self._crowd.replication)
        books["counts"], books["given_back"], books["room_for_calls"] = 1, NOBODY, len(self.calls)
        for name in ("calls", "legs", "spells", "worths"):
            books[name] = address_of(getattr(self, name))
        books["accounts"], books["people"] = map(address_of, (self.accounts.addresses, self._crowd.pages.addresses))
        books["journeys"], books["teams"] = address_of(self._of_pages), address_of(self._teams)
        books["timetables"], books["levels"] = address_of(self._ground.timetables), address_of(self.levels)
        return books

    def follow(self, rows: Array) -> None:
        """Follow the customers through a chunk of rows of `sim.history.rows.ROW`.

        Raises
        ------
        ValueError
            At the first row that cannot be; nothing more can then be asked.
        """
        self._knows_all()
        rows, noted = np.require(rows, ROW, ["C", "A"]), 0
        while noted < len(rows):
            rest = rows[noted:]
            noted += self._note(rest)
            if noted < len(rows) and not self._makes_room():
                raise ValueError(f"row {noted} of the history cannot be: {self._why(rows[noted])}")
        if self.channels is not None:
            self.channels.follow(rows)

    def _note(self, rows: Array) -> int:
        """Note rows as far as they can be; return how many."""
        noted: int = follow(address_of(rows), len(rows), self._books_at)
        return noted

    def _knows_all(self) -> None:
        """Open an account for everyone there is."""
        while self.accounts.begun < self._crowd.pages.begun:
            self.accounts.begin()
        if self.channels is not None:
            self.channels.knows(self.accounts.begun)
        self.books["customers"] = self._crowd.many

    def _makes_room(self) -> bool:
        """Let the table of calls grow where it is full; say whether it was."""
        books = self.books[0]
        full = bool(books["given_back"] == NOBODY and books["calls_made"] + 1 == len(self.calls))
        if full:
            self.calls = grown(self.calls, 2 * len(self.calls))
            books["calls"], books["room_for_calls"] = address_of(self.calls), len(self.calls)
        return full

    def _why(self, row: np.void) -> str:
        """Say what is wrong with a row."""
        for name, (least, most) in bounds(self.world, self._crowd.many).items():
            if not least <= row[name] <= most:
                return beyond(row, name, least, most)
        customer = int(row["customer"])
        if not self.accounts.holds(customer):
            return f"the journey of customer {customer} is over, and was added up"
        account = self.accounts.record(customer)
        since, channels = account["time"], len(self.kinds)
        if row["event"] in OF_A_CHANNEL and not row["amount"] < channels:
            return f"customer {customer} goes through channel {row['amount']:g}: there are {channels}"
        if row["event"] in _OF_AGENTS and row["team"] >= len(self._teams):
            queue = self.world.queue_names()[row["team"]]
            return f"{queue} is a queue and has no agents: {Event(row['event']).name} is said of a team"
        if account["lived"]["counts"][row["event"]] == MOST:
            return f"{Event(row['event']).name} happens to customer {customer} more than {MOST:,} times"
        if since <= row["time"] <= self.world.time.end:
            return f"customer {customer} is answered at {row['time']} min, and waits in no queue of a call"
        return (
            f"its time is {row['time']} min; the last row of customer {customer} is of {since} min, "
            f"and the run ends at {self.world.time.end} min"
        )

    def kept(self, table: Literal["calls", "legs", "spells", "worths"]) -> Array:
        """Return the rows that were kept of a table."""
        first = NOBODY + 1 if table == "calls" else 0
        rows: Array = getattr(self, table)[first : first + self.books[f"{table}_made"][0]]
        return rows

    def totals(self) -> Totals:
        """End what goes on at the end of the run, and return the totals; no rows can follow."""
        if self._totals is None:
            self._totals = self._ended()
        return self._totals

    def forget_those_over(self) -> None:
        """Conclude the pages of customers whose journeys are all over; none of their rows can follow."""
        self.conclude(self._crowd.over())

    def conclude(self, pages: Iterable[int]) -> None:
        """Conclude pages of customers whose journeys are all over."""
        for page in pages:
            self._conclude(page)

    def _conclude(self, page: int) -> None:
        conclude(self._books_at, page)
        if not self.books["keeps"][0]:
            self.accounts.give_back(page)
            if self.channels is not None:
                self.channels.states.give_back(page)
            if not self._shares:
                self._crowd.pages.give_back(page)

    def _ended(self) -> Totals:
        self.books["counts"] = 0
        self.follow(self._ends())
        for first, _ in list(self.accounts.held()):
            self._conclude(first // IN_A_PAGE)
        sums = self.books["sums"][0]
        journeys, agents = sums_of(JourneySums, _added_up(self._of_pages)), self._agents()
        calls = sums_of(CallSums, sums["calls"])
        teams, forum, detection = self.world.teams.items(), self.world.forum, self.world.detection
        return Totals(
            calls,
            journeys,
            agents,
            staff_eur=sum(
                agents[name].paid / HOUR * eur_per_hour(self.world, team) + agents[name].premium_eur
                for name, team in teams
            ),
            toll_income_eur=self.world.tariff.firm_share * calls.toll,
            prevention_eur=float(sums["prevention"]) + _prevention_in_the_horizon(self.world),
            people_told=people_told(journeys.speaks_ill, journeys.unheard, self.world.loyalty),
            week=self._week(),
            drift=self._drift(),
            daily=self._daily(),
            **{name: Percentiles.of(sums[name]) for name in ("holds", "waits", "efforts")},
            channels={PHONE: Through(calls.dialled), **(self.channels.through() if self.channels else {})},
            attended=attended(self.world),
            filed=self.channels.filed() if self.channels else {},
            gestures_in_writing=float(sums["gestures_in_writing"]),
            visits_eur=float(sums["visits_eur"]),
            news_eur=float(sums["news_eur"]),
            searching_minutes=float(sums["searching_minutes"]),
            helping_minutes=float(sums["helping_minutes"]),
            forum_eur=float(sums["forum_answers"]) * (0.0 if forum is None else forum.cost),
            alarms_eur=float(sums["detected"]) * (0.0 if detection is None else detection.alarms_eur()),
            effort_counts=tuple(sums["efforts"].tolist()),
        )

    def _ends(self) -> Array:
        """Return the rows of a run's end: every leg and every call that goes on is over."""
        parts = []
        for going_on, event in (("with_agent", Event.LEFT_AGENT), ("in_call", Event.CALL_ENDED)):
            for first, accounts in self.accounts.held():
                open_ones = np.flatnonzero(accounts[going_on])
                if not len(open_ones):
                    continue
                rows = np.zeros(len(open_ones), ROW)
                rows["customer"], rows["event"], rows["time"] = first + open_ones, event, self.world.time.end
                for name in ("contact", "leg"):
                    rows[name] = accounts[name][open_ones]
                parts.append(rows)
        return np.concatenate(parts) if parts else np.zeros(0, ROW)

    def _agents(self) -> dict[str, AgentTime]:
        return {
            name: AgentTime(
                scheduled=scheduled.minutes,
                overtime=float(its["overtime"]),
                busy=float(its["busy"]),
                absent=self._absent(name),
                extra=scheduled.extra,
                premium_eur=scheduled.premium_eur,
                in_breaks=float(its["in_breaks"]),
                while_absent=float(its["while_absent"]),
            )
            for name, scheduled, its in zip(self.world.teams, self._ground.scheduled, self._teams, strict=True)
        }

    def _absent(self, name: str) -> float:
        """Return the scheduled minutes of a team's agents who were absent in the horizon."""
        team, time, crowd = self.world.teams[name], self.world.time, self._crowd
        if not team.absent:
            return 0.0
        number, opened = [*self.world.teams].index(name), self.world.line.open_slots()
        stop = time.warm_up + time.horizon
        return absent_minutes(team, number, opened, crowd.seed, crowd.replication, time.warm_up, stop)

    def _week(self) -> Week:
        sums, time = self.books["sums"][0], self.world.time
        days = days_between(time.warm_up, time.warm_up + time.horizon)
        return Week(days, tuple(sums["problems_by_day"].tolist()), tuple(sums["calls_by_day"].tolist()))

    def _daily(self) -> Daily:
        levels = self.levels[self.levels["all"] > 0]
        level = levels["good"] / levels["all"]
        good = level >= self.world.service_level.target - _ROUNDING
        return Daily(float(level.sum()), float(good.sum()), float(len(levels)))

    def _drift(self) -> Drift:
        sums, (middle, last, stop) = self.books["sums"][0], stretches(self.world)
        before, after = self.channels.queueing() if self.channels else (0.0, 0.0)
        parts = Stretch(middle, last, *sums["middle"].item()), Stretch(last, stop, *sums["last"].item())
        return Drift(*(replace(part, queueing=waited) for part, waited in zip(parts, (before, after), strict=True)))


def _prevention_in_the_horizon(world: World) -> float:
    """Return the horizon's part of what preventing costs in a year (EUR)."""
    return world.time.horizon / YEAR * sum(one.eur_per_year for one in world.prevention.values())


def _is_public(world: World, channel: str) -> bool:
    """Say whether others can read what is sent through a channel."""
    return channel in world.messages and world.messages[channel].public


def _days_of(world: World) -> int:
    """Return on how many days of the calendar the horizon lies."""
    return int((world.time.warm_up + world.time.horizon) / DAY) - int(world.time.warm_up / DAY) + 1


def _added_up(pages: Array) -> np.void:
    """Add up records of sums, one after the other in the order of the pages, whenever each was concluded."""
    numbers = pages.view(np.float64).reshape(len(pages), -1)
    total: Array = reduce(np.add, numbers)
    record: np.void = total.view(pages.dtype)[0]
    return record


def room_for(rows: Array, journeys: int) -> Room:
    """Return the room that the tables of a history take: at most so many rows."""
    events = np.bincount(rows["event"], minlength=CODES)
    spells = sum(int(events[event]) for event in Event if event.begins is not None)
    return Room(int(events[Event.DIALLED]), int(events[Event.ANSWERED]), spells, journeys)
