"""The compiled telling: a world and its customers written as records, lived in slices that give their rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.engines.loop import DONE, live
from sim.history.rows import ROW
from sim.luck.keys import LEGS, Kind, key_of, whose_of
from sim.luck.records import law_table
from sim.machine.compiling import Piece, first_use
from sim.machine.kernel.calendar import Tables
from sim.machine.kernel.latest import latest
from sim.machine.kernel.memory import CODE, Array, address_of, copied, grown
from sim.mechanisms.dispatch import STEPS, branches_off, has, steps_of
from sim.mechanisms.service.channels import MESSAGES
from sim.mechanisms.state.numbers import plan
from sim.mechanisms.state.office import AGENT, OFFICE, QUEUE, TEAM
from sim.mechanisms.state.plans import Plan
from sim.mechanisms.state.records import write
from sim.mechanisms.whole_life import LIFE
from sim.mechanisms.writing.awaited import WORDS
from sim.people import Customers, spread
from sim.people.crowd import Crowd, checked
from sim.world import World

ROWS = 16_384
"""Rows given at a time: half a megabyte, which stays in a processor's cache."""
EVENTS = 200_000
"""Events of a slice at most: some 50 ms."""
_EVENTS_A_PROBLEM = 8
"""About how many: it sets the length of the calendar's first buckets, and changes nothing but the speed."""
_ROWS_A_CALL, _ROWS_A_LEG, _ROWS_A_MOVE, _ROWS_BEFORE = 16, 24, 2, 16
"""More rows than a call, and a leg of it, can have; those of a move from queue to queue; and more than come before."""


def slices(world: World, customers: Customers | Crowd, events: int = EVENTS) -> Iterator[tuple[float, Array]]:
    """Live through a world slice by slice; yield the time reached (min) and the rows noted, good until the next.

    A crowd is told which of its lives are over.

    Raises
    ------
    ValueError
        If the world cannot be, or customers cannot be lived in it (`sim.people.checks`).
    """
    crowd = checked(world, customers)  # before anything is made of the world
    return Run(_prepared(world), crowd).slices(events)


class Prepared:
    """A world as records, made once and copied for every run."""

    def __init__(self, world: World) -> None:
        self.plan = plan(world)
        self.kept: list[Array] = []
        self.office, self.teams = np.zeros(1, OFFICE), np.zeros(len(self.plan.teams), TEAM)
        write(self.plan, self.office["plan"][0], self.kept)
        for record, team in zip(self.teams, self.plan.teams, strict=True):
            write(team, record["plan"], self.kept)
            record["spread"] = law_table([spread(team.speed_cv)], self.kept)[0]
            record["knowledge"] = law_table([spread(team.knowledge_cv)], self.kept)[0]
        self.teams["idle"] = self.teams["last_idle"] = -1
        self.queues = np.zeros(len(self.plan.queues), QUEUE)
        for record, queue in zip(self.queues, self.plan.queues, strict=True):
            write(queue, record["plan"], self.kept)
        self.queues["first"] = self.queues["last"] = -1
        first = self.plan.teams[0]
        self.office["end"], self.office["teams"] = self.plan.end, len(self.teams)
        self.office["paths"], self.office["classes"] = len(self.plan.paths), len(first.solve[0])
        self.office["counters"] = len(self.plan.paths) + len(self.plan.channels)
        self.office["counters"] += WORDS if has(MESSAGES)(self.plan) else 0
        self.office["spare_lives"] = 1 + (1 + self.plan.most_attempts if branches_off(self.plan) else 0)
        self.office["spare"] = max(_most_rows(self.plan), _most_woken(self.plan))
        self.office["free"], self.office["strand_size"] = -1, LIFE.itemsize
        self.pieces = steps_of(self.plan)

    def steps(self) -> Array:
        """Return the addresses of the mechanisms that can happen here, by number."""
        first_use([live, *self.pieces.values()])
        addresses = np.zeros(max(STEPS) + 1, CODE)
        for number, step in self.pieces.items():
            addresses[number] = step.address()
        return addresses


def _most_rows(planned: Plan) -> int:
    """Return more rows than one event can lead to, should every attempt be over at the instant it begins."""
    tries = sum(path.tries for path in planned.paths)
    legs = min(LEGS, 1 + tries)
    return _ROWS_BEFORE + planned.most_attempts * (_ROWS_A_CALL + legs * _ROWS_A_LEG + tries * _ROWS_A_MOVE)


def _most_woken(planned: Plan) -> int:
    """Return more entries than a change of staff can plan, or the opening of all teams."""
    chats = max(team.chats for team in planned.teams)  # one ends and the next begins: the others' ends move twice
    return max(len(planned.teams), *(team.most for team in planned.teams)) + 2 * chats + 1


class Run:
    """One run: the office and every table it leads to."""

    def __init__(self, prepared: Prepared, crowd: Crowd) -> None:
        self.prepared, self.crowd = prepared, crowd
        crowd.begin()
        self.offices, self.teams, self.queues = map(copied, (prepared.office, prepared.teams, prepared.queues))
        office = self.offices[0]
        office["address"] = address_of(self.offices)
        office["key"] = np.array(key_of(crowd.seed), np.uint64).astype(np.int64)
        office["replication"] = whose_of(Kind.CUSTOMER, crowd.replication)
        office["customers"], office["left"] = address_of(crowd.pages.addresses), address_of(crowd.left)
        most = self.teams["plan"]["most"]
        self.agents = np.zeros(int(most.sum()), AGENT)
        self.teams["agents"] = address_of(self.agents) + AGENT.itemsize * (np.cumsum(most) - most)
        office["plan"]["teams"], office["plan"]["queues"] = address_of(self.teams), address_of(self.queues)
        self.steps = prepared.steps()
        office["steps"] = address_of(self.steps)
        self.rows = np.empty(ROWS + int(office["spare"]), ROW)
        office["rows"], office["room_for_rows"] = address_of(self.rows), len(self.rows)
        self.planned = Tables(office["calendar"], _EVENTS_A_PROBLEM * crowd.most / office["end"])
        self.strands, self.taken = np.zeros(0, LIFE), np.zeros(0, CODE)
        self.makes_room()

    def makes_room(self) -> None:
        """Let the calendar, the strands and the customers grow where the next event may need it."""
        office = self.offices[0]
        if office["begun"] == self.crowd.many:
            self.crowd.make_more()
        office["problems"], office["complete"] = self.crowd.many, self.crowd.complete
        self.planned.have_room_for(int(office["spare"]))
        lives = int(office["lives"])
        if lives + int(office["spare_lives"]) > len(self.strands):
            self.strands = grown(self.strands, 2 * lives + int(office["spare_lives"]) + 512)
            self.taken = grown(self.taken, len(self.strands) * int(office["counters"]))
            office["strands"], office["room"] = address_of(self.strands), len(self.strands)
            office["taken"] = address_of(self.taken)

    def slices(self, events: int = EVENTS) -> Iterator[tuple[float, Array]]:
        """Yield the time reached and the rows noted, slice by slice; the rows are good until the next slice."""
        office = self.offices[0]
        ended = None
        while ended != DONE:
            ended = live(int(office["address"]), events)
            if office["calendar"]["astray"]:
                raise RuntimeError(
                    f"by {float(office['now'])} min something was planned for a time that is over, or none"
                )
            noted = int(office["noted"])
            if noted > len(self.rows):
                raise RuntimeError(f"one event led to more than {int(office['spare'])} rows")
            office["noted"] = 0
            self.makes_room()
            yield float(office["now"]), self.rows[:noted]


@latest
def _prepared(world: World) -> Prepared:
    return Prepared(world)


def pieces_of(world: World) -> list[Piece]:
    """Return what has to be compiled for a world."""
    return [*_prepared(world).pieces.values(), live]
