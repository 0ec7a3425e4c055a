"""Transfers and escalation paths: who passes the customer to whom, cold or warm, and how often at most."""

from __future__ import annotations

from typing import Any

from sim import purposes
from sim.history.codes import TRANSFERRED_COLD, TRANSFERRED_WARM
from sim.luck.keys import LEGS
from sim.machine.compiling import compiled_as, inlined, rule
from sim.machine.kernel.memory import code_at
from sim.mechanisms.state.blocks import Short, at_birth, at_each_contact
from sim.mechanisms.state.life import Life
from sim.mechanisms.state.office import office_at
from sim.mechanisms.state.outcome import FOR_NOTHING, NO_WAY
from sim.mechanisms.state.plans import PathPlan
from sim.mechanisms.state.records import code_in, path_in, target_in
from sim.mechanisms.state.surroundings import Team
from sim.mechanisms.state.verbs import note, office_of, uniform

WRONG_PERSON, ABOVE_LIMIT, UNSOLVED, ON_BEHALF = 0, 1, 2, 3


class PassedOn(Life):
    """The paths taken, by number: how often each in this call, the last one, the one that briefs, that of the ticket.

    Briefed is who has been handed over by both agents.
    """

    taken: dict[int, int]
    way: Short = at_each_contact(NO_WAY)
    briefing: Short = at_each_contact(NO_WAY)
    briefed: bool = at_each_contact(False)
    asks: Short = at_birth(FOR_NOTHING)
    """What a colleague is asked (`sim.mechanisms.state.outcome`)."""
    ticket: Short = at_birth(NO_WAY)


def times_taken(me: PassedOn, way: int) -> int:
    """Return how often a path has been taken in this call."""
    return me.taken.get(way, 0)


@compiled_as(times_taken, inlined=True)
def _times_taken(me: Any, way: int) -> int:
    return _taken_at(me, way).value


def take(me: PassedOn, way: int) -> None:
    """Take a path once more."""
    me.taken[way] = times_taken(me, way) + 1


@compiled_as(take, inlined=True)
def _take(me: Any, way: int) -> None:
    _taken_at(me, way).value += 1


def forget_ways(me: PassedOn) -> None:
    """Forget which paths were taken."""
    me.taken = {}


@compiled_as(forget_ways)
def _forget_ways(me: Any) -> None:
    for way in range(office_at(me.office, 0).paths):
        _taken_at(me, way).value = 0


@inlined
def _taken_at(me: Any, way: int) -> Any:
    office = office_at(me.office, 0)
    return code_at(office.taken, me.slot * office.counters + way)


# Told once ------------------------------------------------------------------------------------------------------------


@rule
def path_of(me: Life, way: int) -> PathPlan:
    """Return a path by its number."""
    return path_in(office_of(me).plan.paths, way)


@rule
def way_on(me: PassedOn, team: Team, why: int) -> int:
    """Return the path that leads on from here, if there is one and it has not been taken too often in this call."""
    way = code_in(team.plan.paths, why)
    if way == NO_WAY or times_taken(me, way) >= path_of(me, way).tries or me.leg + 2 >= LEGS:
        return NO_WAY
    return way


@rule
def chosen(me: Life, path: PathPlan) -> int:
    """Return the receiving team: the first target whose upper cumulated share lies above this leg's luck."""
    u, which = uniform(me, purposes.TARGET), 0
    while u >= target_in(path.targets, which).upto:
        which += 1
    return target_in(path.targets, which).team


@rule
def pass_on(me: PassedOn, way: int) -> int:
    """Pass the customer on and return the receiving team."""
    path = path_of(me, way)
    take(me, way)
    me.way = way
    note(me, TRANSFERRED_WARM if path.warm else TRANSFERRED_COLD)
    me.briefing, me.briefed = way if path.warm else NO_WAY, False
    return chosen(me, path)
