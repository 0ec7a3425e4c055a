"""Agents who wait for agents: nobody to ask, and who may wait for one another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.reading.blocks import Blocks, blocks_of_world
from sim.reading.mistakes import Finding, Place, key_of, shown
from sim.reading.reach import reached, ways_of
from sim.reading.routing import agents_of, most_at_work
from sim.world import Line, World
from sim.world.queue import teams_asked

_AT_MOST = 1e-6
"""Chance that all who are at work ask at once, above which it is told that they may wait for one another."""
_OF_TALKS = 0.3
"""Share of talks after which somebody is asked, where it is not written: a guess, for a warning alone."""


class Asking(NamedTuple):
    """Agents who hold with their customers until a colleague is free: where it is written, and after what share."""

    place: Place
    named: str
    askers: tuple[str, ...]
    asked: tuple[str, ...]
    share: float


def askings(line: Line, blocks: Blocks) -> Iterator[Asking]:
    """Yield all that agents of some teams wait for those of others by."""
    for name, team in blocks.teams.items():
        advice = team.advice
        if advice is not None and advice.share:
            share = advice.share if advice.if_busy == "wait" else 0.0
            yield Asking(("teams", name, "advice", "team"), advice.team, (name,), _asked(blocks, advice.team), share)
    for name, path in blocks.paths.items():
        if path.by == "live" and path.how == "conference" and path.if_busy == "wait":
            for target, share in path.targets().items():
                if share:
                    place = ("paths", name, "to")
                    yield Asking(place, target, path.sources(), _asked(blocks, target), _OF_TALKS)
    authority = blocks.levers.authority if blocks.levers is not None else None
    if authority is not None and authority.above == "approval" and authority.supervisors is not None:
        callers = reached(ways_of(line, blocks)._replace(levers=None), live_only=True).teams
        asked = _asked(blocks, authority.supervisors)
        yield Asking(("levers", "authority", "supervisors"), authority.supervisors, callers, asked, _OF_TALKS)


def _asked(blocks: Blocks, queue: str) -> tuple[str, ...]:
    return tuple(team for team in teams_asked(queue, blocks.teams, blocks.queues) if team in blocks.teams)


def nobody_to_ask(line: Line, blocks: Blocks) -> Iterator[Finding]:
    """Yield where an only agent is to ask himself."""
    for one in askings(line, blocks):
        if len(one.asked) == 1 and one.asked[0] in one.askers and agents_of(blocks.teams[one.asked[0]]) == 1:
            said = f"is {shown(one.named)}, whose only agent is the one who asks"
            yield Finding(one.place, said, "name another team, or give this one more agents")


def wait_for_each_other(world: World) -> Iterator[str]:
    """Yield, in sentences, by what agents may all wait for one another, until the line closes."""
    if world.levers.time.cut_after is not None:
        return  # the clock of the call ends it
    blocks, opened = blocks_of_world(world), world.line.open_slots()
    waits = [one for one in askings(world.line, blocks) if one.share]
    until = "until the line closes" if not all(opened) else "for ever"
    for one in waits:
        circle = [team for team in one.asked if {*one.askers} & {team, *_waited_for(team, waits)}]
        agents = sum(most_at_work(world.teams[team], opened) for team in {*circle, *one.askers})
        if circle and one.share**agents > _AT_MOST:
            who, whom = " and ".join(one.askers), " and ".join(circle)
            waiting = f"lets agents of {who} wait for those of {whom}, who may wait for them"
            yield f"{key_of(one.place)} {waiting}: when all do, nobody is free again {until}"


def _waited_for(team: str, waits: list[Asking]) -> set[str]:
    """Return the teams whose agents those of a team may wait for, one after the other."""
    found, left = set[str](), [team]
    while left:
        at = left.pop()
        onward = {asked for one in waits if at in one.askers for asked in one.asked}
        left += onward - found
        found |= onward
    return found
