"""Teams whose agents hold several chats at once: who comes to them otherwise cannot be served as well."""

from __future__ import annotations

from collections.abc import Iterator

from sim.reading.blocks import Blocks
from sim.reading.mistakes import Finding
from sim.reading.reach import Ways, served, served_at_once, ways_of, worked_on
from sim.world import Chat, Line
from sim.world.channels import PHONE


def several_at_once(line: Line, blocks: Blocks) -> Iterator[Finding]:
    """Yield the teams that are to hold several chats at once, and to which calls, visitors, messages or cases come."""
    ways = ways_of(line, blocks)
    for name, team in blocks.teams.items():
        if team.chats == 1:
            continue
        for others in _others(ways, name):
            said = f"is {team.chats}, but {others} come to this team: who holds several at once takes chats alone"
            yield Finding(("teams", name, "chats"), said, "write chats = 1, or lead them to another team")
        if team.advice is not None:
            said = "stands beside chats: no colleague joins in a chat"
            yield Finding(("teams", name, "advice"), said, "leave it out, or write chats = 1")


def _others(ways: Ways, team: str) -> Iterator[str]:
    """Yield what comes to a team beside chats."""
    for channel in served_at_once(ways):
        if not isinstance(ways.channels.get(channel), Chat) and team in served(ways, [channel]).teams:
            yield "calls" if channel == PHONE else f"those who go to {channel}"
    if team in worked_on(ways).teams:
        yield "messages or cases"
