"""Where a call can come to: the queues, and the teams that are asked for an agent there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sim.world import Line, Path, Queue, Team
from sim.world.levers import Levers
from sim.world.path import OUT_OF_A_QUEUE
from sim.world.queue import teams_asked


class Reached(NamedTuple):
    """Queues and teams, in the order in which they are found."""

    queues: tuple[str, ...]
    teams: tuple[str, ...]


class Ways(NamedTuple):
    """All on which it depends where a call can come to."""

    line: Line
    teams: Mapping[str, Team]
    queues: Mapping[str, Queue]
    paths: Mapping[str, Path]
    levers: Levers | None

    def asked(self, queue: str) -> tuple[str, ...]:
        """Return the teams that a queue asks for an agent."""
        return teams_asked(queue, self.teams, self.queues)


def reached(ways: Ways, *, live_only: bool = False) -> Reached:
    """Return where a call can come to; with `live_only` without the teams that only answer in writing."""
    queues = [ways.line.team, *ways.line.routes.values(), *ways.line.segment_routes.values()]
    queues += [ways.line.misrouted_to] if ways.line.misrouted_to is not None else []
    queues += _supervisors(ways)
    teams: list[str] = []
    for queue in queues:  # which grows
        teams += [team for team in ways.asked(queue) if team not in teams]
        queues += [onward for onward in _onward(ways, queue) if onward not in queues]
    for queue in () if live_only else _targets(ways, queues, teams, "ticket"):
        teams += [team for team in ways.asked(queue)[:1] if team not in teams]  # the first of them answers
    return Reached(tuple(dict.fromkeys(queues)), tuple(teams))


def written_to(ways: Ways) -> tuple[str, ...]:
    """Return the queues to which tickets and messages lead: nobody waits there for the answers."""
    queues, teams = reached(ways, live_only=True)
    return tuple(dict.fromkeys(_targets(ways, queues, teams, "ticket")))


def _supervisors(ways: Ways) -> list[str]:
    """Return the queue in which approval is asked, if it is asked of anybody."""
    authority = ways.levers.authority if ways.levers is not None else None
    if authority is None or authority.above != "approval" or authority.supervisors is None:
        return []
    return [authority.supervisors]


def _onward(ways: Ways, queue: str) -> Iterator[str]:
    """Yield the queues to which a caller of this one may come next, or in which a colleague is asked, in this call."""
    choice = ways.queues[queue].choice if queue in ways.queues else None
    if choice is not None and choice.accepted > 0:
        yield choice.queue
    for team in ways.asked(queue):
        advice = ways.teams[team].advice if team in ways.teams else None
        if advice is not None and advice.share > 0:
            yield advice.team
    yield from _targets(ways, [queue], ways.asked(queue), "live")


def _targets(ways: Ways, queues: Sequence[str], teams: Sequence[str], by: str) -> Iterator[str]:
    for path in ways.paths.values():
        here = queues if path.when in OUT_OF_A_QUEUE else teams
        if path.by == by and any(source in here for source in path.sources()):
            yield from (target for target, share in path.targets().items() if share)
