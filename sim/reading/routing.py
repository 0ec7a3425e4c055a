"""Queues and ways that cannot work: nobody at work for a queue, paths that are never taken or lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sim.luck.keys import LEGS
from sim.reading.blocks import Blocks
from sim.reading.mistakes import Finding, Place, shown
from sim.reading.reach import Ways, open_slots, served, served_at_once, ways_of, worked_on
from sim.units import SLOT, SLOTS_A_DAY, SLOTS_A_WEEK, duration
from sim.world import Line, Path, Queue, Team
from sim.world.channels import PHONE
from sim.world.path import OUT_OF_A_QUEUE

_AGENTS_PASS_ON = (
    'an agent passes on when "wrong_person", "above_limit", "unsolved" or "on_behalf", a queue when "full" or "waited"'
)
_EVER = (True,) * SLOTS_A_WEEK


def dead_paths(blocks: Blocks) -> Iterator[Finding]:
    """Yield the paths that are never taken, that lead nowhere, or too far."""
    taken: dict[tuple[str, str], str] = {}
    for name, path in blocks.paths.items():
        for source in path.sources():
            first = taken.setdefault((source, path.when), name)
            if first != name:
                problem = f"is never taken from {source}: {first} comes first when {path.when}"
                yield Finding(("paths", name), problem, "give both targets to one path, with shares")
        yield from _unlike_its_when(name, path)
        if path.when in OUT_OF_A_QUEUE:
            yield from _out_of_queues(name, path, blocks.queues)
        else:
            yield from _from_no_team(name, path, blocks)
    live = [path for path in blocks.paths.values() if path.by == "live" and path.when not in OUT_OF_A_QUEUE]
    legs = 1 + sum(path.tries for path in live)
    if legs > LEGS:
        problem = f"may pass one call through {legs} agents; {LEGS} are possible"
        yield Finding(("paths",), problem, "lower the tries of some path")


def _unlike_its_when(name: str, path: Path) -> Iterator[Finding]:
    """Yield what a path says that its `when` knows nothing of."""
    if path.after and path.when != "waited":
        said = f"is {duration(path.after)}, but nobody waits for it when {shown(path.when)}"
        yield Finding(("paths", name, "after"), said, 'write when = "waited", or leave it out')
    if path.when == "on_behalf" and path.by == "live":
        said = 'is "live", but who acts in place of the customer does so when the call is over'
        yield Finding(("paths", name, "by"), said, 'write by = "ticket"')
    elif path.case is not None and path.by == "live":
        said = f'is {shown(path.case)}, but by = "live": a case is opened by a ticket'
        yield Finding(("paths", name, "case"), said, 'write by = "ticket", or leave it out')
    if path.how != "cold" and path.when in OUT_OF_A_QUEUE:
        said = f'is "{path.how}", but no agent has answered yet who could brief another when {shown(path.when)}'
        yield Finding(("paths", name, "how"), said, 'write how = "cold", or leave it out')
    elif path.how == "conference" and path.by == "ticket":
        said = 'is "conference", but by = "ticket": the call has ended before anybody could join in'
        yield Finding(("paths", name, "how"), said, 'write by = "live", or leave it out')
    if path.if_busy == "lost" and (path.by == "ticket" or path.when in OUT_OF_A_QUEUE):
        why = 'by = "ticket" and no agent is needed' if path.by == "ticket" else "no agent has answered yet to pass on"
        said = f'is "lost", but {why}{"" if path.by == "ticket" else f" when {shown(path.when)}"}'
        yield Finding(("paths", name, "if_busy"), said, 'write if_busy = "wait", or leave it out')


def _out_of_queues(name: str, path: Path, queues: Mapping[str, Queue]) -> Iterator[Finding]:
    for place, source in _sources(name, path):
        if path.when == "full" and (source not in queues or queues[source].places is None):
            said = f"is {shown(source)}, which has no places and is never full"
            yield Finding(place, said, f"give it some: [queues.{source}] places = 10")
        if path.by == "live" and path.targets().get(source):
            said = f"leads back to {source}, out of which it leads"
            yield Finding(("paths", name, "to"), said, "name another queue")


def _from_no_team(name: str, path: Path, blocks: Blocks) -> Iterator[Finding]:
    for place, source in _sources(name, path):
        if source in blocks.queues and source not in blocks.teams:
            said = f"is {shown(source)}, a queue and no team: nobody passes on there when {shown(path.when)}"
            yield Finding(place, said, _AGENTS_PASS_ON)


def _sources(name: str, path: Path) -> Iterator[tuple[Place, str]]:
    if isinstance(path.source, str):
        yield ("paths", name, "from"), path.source
    else:
        yield from ((("paths", name, "from", at), source) for at, source in enumerate(path.source))


def chosen_in_vain(queues: Mapping[str, Queue]) -> Iterator[Finding]:
    """Yield the queues that offer themselves."""
    for name, queue in queues.items():
        if queue.choice is not None and queue.choice.queue == name:
            said = f"is {shown(name)} itself, where the wait is never shorter"
            yield Finding(("queues", name, "choice", "queue"), said, "name another queue")


# Nobody at work -------------------------------------------------------------------------------------------------------


def nobody_at_work(line: Line, blocks: Blocks) -> Iterator[Finding]:
    """Yield the queues that customers, messages and cases come to and for which nobody is ever at work.

    Who waits to be served needs somebody while his channel is open; and at closing, where the line then still serves.
    """
    ways = ways_of(line, blocks)
    told = set[str]()
    for channel in served_at_once(ways):
        opened = open_slots(ways, channel)
        for queue in served(ways, [channel]).queues:
            if queue not in told and not any(_there(ways, queue, blocks, opened)):
                told |= {queue}
                yield from _nobody(ways, queue, blocks, opened, channel)
    for queue in worked_on(ways).queues:
        if queue not in told and not any(_there(ways, queue, blocks, _EVER)):
            told |= {queue}
            yield from _nobody(ways, queue, blocks, _EVER, "")
    if line.closing == "serve" and PHONE in served_at_once(ways):
        for queue in served(ways, [PHONE]).queues:
            if queue not in told:
                yield from _nobody_at_closing(ways, queue, blocks)


def _nobody(ways: Ways, queue: str, blocks: Blocks, during: tuple[bool, ...], channel: str) -> Iterator[Finding]:
    """Yield that nobody is at work for a queue in the slots in which somebody has to be."""
    asked = ways.asked(queue)
    if not _are_known(asked, blocks):
        return  # told elsewhere
    kept = _all_kept_back(queue, asked, blocks, ways.line.open_slots(), during)
    whose = "this team" if asked == (queue,) else f"the queue {queue}"
    said = f"leaves nobody at work at any time of the week{_nor(asked)}, though messages or cases come to {whose}"
    if channel == PHONE:
        said = f"leaves nobody at work while the line is open{_nor(asked)}, though calls come to {whose}"
    elif channel:
        said = f"leaves nobody at work while {channel} is open{_nor(asked)}, though customers come to {whose}"
    yield kept or Finding(_staff_of(asked, blocks), said)


def _nobody_at_closing(ways: Ways, queue: str, blocks: Blocks) -> Iterator[Finding]:
    asked, opened = ways.asked(queue), ways.line.open_slots()
    last = tuple(opened[slot] and not opened[(slot + 1) % SLOTS_A_WEEK] for slot in range(SLOTS_A_WEEK))
    there = _there(ways, queue, blocks, last)
    empty = [slot for slot in range(SLOTS_A_WEEK) if last[slot] and not there[slot]]
    if empty and _are_known(asked, blocks):
        nobody = f"leaves nobody at closing time, {_hour(empty[0] + 1)}{_nor(asked)}"
        suggestion = 'give staff for that quarter of an hour, or write closing = "dismiss"'
        yield Finding(_staff_of(asked, blocks), f"{nobody}: who holds then is to be served", suggestion)


def _are_known(asked: Sequence[str], blocks: Blocks) -> bool:
    return bool(asked) and all(team in blocks.teams for team in asked)


def _staff_of(asked: Sequence[str], blocks: Blocks) -> Place:
    return ("teams", asked[0], "shifts" if blocks.teams[asked[0]].shifts else "staff")


def _there(ways: Ways, queue: str, blocks: Blocks, during: tuple[bool, ...]) -> list[int]:
    """Return how many agents may take somebody out of a queue, by slot of the week; 0 but in the slots asked for."""
    asked, opened = ways.asked(queue), ways.line.open_slots()
    takers = [_takers(blocks.teams[team], queue, opened) for team in asked if team in blocks.teams]
    agents = [max(there) for there in zip(*takers, strict=True)] or [0] * SLOTS_A_WEEK
    return [many if wanted else 0 for many, wanted in zip(agents, during, strict=True)]


def _takers(team: Team, queue: str, opened: tuple[bool, ...]) -> list[int]:
    """Return how many agents of a team may take callers of a queue, in each slot of the week."""
    kept, there = team.reserved.get(queue, 0), team.by_slot(opened)
    return [max(0, agents * team.chats - kept) for agents in there] if kept else list(there)


def _nor(asked: Sequence[str]) -> str:
    others = asked[1:]
    return f", nor {'does' if len(others) == 1 else 'do'} {' and '.join(others)}" if others else ""


def _all_kept_back(
    queue: str, asked: Sequence[str], blocks: Blocks, opened: tuple[bool, ...], during: tuple[bool, ...]
) -> Finding | None:
    """Find a team whose agents are there, but all kept back for the callers of other queues."""
    for team in asked:
        its = blocks.teams[team]
        most = most_at_work(its, opened, during) * its.chats
        if most:
            who = f"all {most} who are at work at most" if its.chats == 1 else f"all {most} chats that can be held"
            problem = f"keeps back {who}: nobody ever takes a caller of this queue"
            return Finding(("teams", team, "reserved", queue), problem, "keep back fewer")
    return None


def agents_of(team: Team) -> int:
    """Return how many agents a team has, at work at one time or another."""
    return sum(shift.agents for shift in team.shifts.values()) or max(team.by_slot((True,) * SLOTS_A_WEEK))


def most_at_work(team: Team, opened: tuple[bool, ...], during: tuple[bool, ...] | None = None) -> int:
    """Return the most agents of a team who are at work while the line is open, or in other slots of the week."""
    wanted = opened if during is None else during
    return max((number for slot, number in enumerate(team.by_slot(opened)) if wanted[slot]), default=0)


def _hour(slot: int) -> str:
    day = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")[(slot - 1) // SLOTS_A_DAY % 7]
    minute = ((slot - 1) % SLOTS_A_DAY + 1) * SLOT
    return f"{day} {minute // 60:02d}:{minute % 60:02d}"
