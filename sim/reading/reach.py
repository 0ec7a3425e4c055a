"""Where customers and their messages can come to: channels, queues, the teams that are asked there, and cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sim.reading.blocks import Blocks, Channel
from sim.world import Case, Contacts, Line, Message, Path, Queue, Team
from sim.world.channels import PHONE
from sim.world.levers import Levers
from sim.world.path import OUT_OF_A_QUEUE
from sim.world.queue import teams_asked


class Reached(NamedTuple):
    """Queues and teams, in the order in which they are found."""

    queues: tuple[str, ...]
    teams: tuple[str, ...]


class Ways(NamedTuple):
    """All on which it depends where customers and their messages can come to."""

    line: Line
    teams: Mapping[str, Team]
    queues: Mapping[str, Queue]
    paths: Mapping[str, Path]
    levers: Levers | None
    channels: Mapping[str, Channel]
    contacts: Contacts | None
    cases: Mapping[str, Case]
    instead: Mapping[str, float]
    detected: str | None
    asks: bool

    def asked(self, queue: str) -> tuple[str, ...]:
        """Return the teams that a queue asks for an agent."""
        return teams_asked(queue, self.teams, self.queues)


def ways_of(line: Line, blocks: Blocks) -> Ways:
    """Return all on which it depends where customers and their messages can come to."""
    asks = blocks.population is None or blocks.population.chasing is not None
    instead = blocks.self_service.instead if blocks.self_service is not None else {}
    detected = blocks.detection.case if blocks.detection is not None else None
    four = (blocks.teams, blocks.queues, blocks.paths, blocks.levers)
    return Ways(line, *four, blocks.channels(), blocks.contacts, blocks.cases, instead, detected, asks)


# Channels -------------------------------------------------------------------------------------------------------------


def channels_tried(ways: Ways) -> tuple[str, ...]:
    """Return the channels that customers try, first or afterwards: the telephone, and those with a table."""
    known, its = (PHONE, *ways.channels), ways.contacts
    if its is None:
        return known
    tried = [name for name in known if _named(name, its.first, ways.instead, *its.first_for.values())]
    if ways.asks and ways.cases:
        tried += [name for name in known if _named(name, its.asking_by)]
    for before in tried:  # which grows
        told = ways.line.sends_on if before == PHONE else ways.channels[before].sends_on
        onward = (told, its.after(before)) if its.switch > 0 else (told,)
        tried += [name for name in known if _named(name, *onward) and name not in tried]
    return tuple(name for name in known if name in tried)


def _named(name: str, *shares: Mapping[str, float]) -> bool:
    return any(of.get(name, 0.0) > 0.0 for of in shares)


def served_at_once(ways: Ways) -> tuple[str, ...]:
    """Return the channels tried in which one waits to be served: the telephone, and all that is not written."""
    return tuple(name for name in channels_tried(ways) if not isinstance(ways.channels.get(name), Message))


def open_slots(ways: Ways, channel: str) -> tuple[bool, ...]:
    """Say of each slot of the week whether a channel is open in which one waits to be served."""
    its = ways.channels.get(channel)
    return ways.line.open_slots() if its is None or isinstance(its, Message) else its.open_slots()


# Where they come to ---------------------------------------------------------------------------------------------------


def reached(ways: Ways, *, live_only: bool = False) -> Reached:
    """Return where a call, a message or a case can come to, or a ticket be answered.

    With `live_only` it is where customers come who wait to be served.
    """
    live = served(ways, served_at_once(ways))
    if live_only:
        return live
    written = worked_on(ways)
    queues, teams = _united(live.queues, written.queues), list(_united(live.teams, written.teams))
    for queue in _targets(ways, queues, teams, "ticket"):
        teams += [team for team in ways.asked(queue)[:1] if team not in teams]  # the first of them answers
    return Reached(queues, tuple(teams))


def served(ways: Ways, channels: Iterable[str]) -> Reached:
    """Return where customers can come to who wait to be served and begin at these channels."""
    entered = (queue for channel in channels for queue in _entered(ways, channel))
    queues = list(dict.fromkeys((*entered, *_supervisors(ways))))
    teams: list[str] = []
    for queue in queues:  # which grows
        teams += [team for team in ways.asked(queue) if team not in teams]
        queues += [onward for onward in _onward(ways, queue) if onward not in queues]
    return Reached(tuple(queues), tuple(teams))


def worked_on(ways: Ways) -> Reached:
    """Return where messages and cases wait until an agent works on them."""
    queues: list[str] = []
    teams: list[str] = []
    begun = [its.team for name in channels_tried(ways) if isinstance(its := ways.channels.get(name), Message)]
    begun += _steps(ways, ())
    while begun:
        queues += dict.fromkeys(begun)
        for queue in queues:  # which grows
            teams += [team for team in ways.asked(queue) if team not in teams]
            handed = _targets(ways, [], ways.asked(queue), "live")
            queues += [onward for onward in handed if onward not in queues]
        begun = [team for team in _steps(ways, teams) if team not in queues]
    return Reached(tuple(queues), tuple(teams))


def cases_opened(ways: Ways, teams: Sequence[str] | None = None) -> tuple[str, ...]:
    """Return the cases that some path, or the firm itself, can open; `teams` work on messages and cases."""
    written = worked_on(ways).teams if teams is None else teams
    live = served(ways, served_at_once(ways))
    opened = (path.case for path in ways.paths.values() if _is_taken(ways, path, live, written))
    named = dict.fromkeys(name for name in (ways.detected, *opened) if name is not None)
    return tuple(name for name in named if name in ways.cases)


def written_to(ways: Ways) -> tuple[str, ...]:
    """Return the queues to which tickets and messages lead: nobody waits there for the answers."""
    queues, teams = reached(ways, live_only=True)
    return tuple(dict.fromkeys(_targets(ways, queues, teams, "ticket")))


def _united(*lists: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))


def _entered(ways: Ways, channel: str) -> tuple[str, ...]:
    """Return the queues in which a customer may find himself first who comes through a channel."""
    if channel != PHONE:
        return (ways.channels[channel].team,)
    line = ways.line
    misrouted = () if line.misrouted_to is None else (line.misrouted_to,)
    return (line.team, *line.routes.values(), *line.segment_routes.values(), *misrouted)


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
    """Yield the queues to which paths lead out of some; a path that opens a case leads to none itself."""
    for path in ways.paths.values():
        here = queues if path.when in OUT_OF_A_QUEUE else teams
        if path.by == by and path.case is None and any(source in here for source in path.sources()):
            yield from (target for target, share in path.targets().items() if share)


def _steps(ways: Ways, teams: Sequence[str]) -> Iterator[str]:
    """Yield the queues in which the steps of the cases that are opened are worked on."""
    for name in cases_opened(ways, teams):
        yield from (step.team for step in ways.cases[name].steps.values() if step.share and step.team is not None)


def _is_taken(ways: Ways, path: Path, live: Reached, written: Sequence[str]) -> bool:
    """Say whether a path can be taken: out of a queue and in place of the customer only while he waits to be served."""
    if path.when in OUT_OF_A_QUEUE:
        here: Sequence[str] = live.queues
    elif path.when == "on_behalf":
        acts = ways.levers is None or ways.levers.access.on_behalf > 0
        here = live.teams if acts else ()
    else:
        here = (*live.teams, *written)
    return path.by == "ticket" and any(source in here for source in path.sources())
