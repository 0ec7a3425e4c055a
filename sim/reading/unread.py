"""Keys that are given and that nothing reads, because others say the same before them: told as warnings."""

from __future__ import annotations

from collections.abc import Iterator

from sim.reading.mistakes import key_of
from sim.world import World
from sim.world.population import CAUSES, Population


def unread(world: World) -> Iterator[str]:
    """Yield what is given and makes no difference, each a sentence that begins with its key."""
    yield from _routes(world)
    yield from _supervisors(world)
    yield from _learning(world)
    yield from _competent(world)
    yield from _patience(world.population)
    yield from _persistence(world.population)


def _routes(world: World) -> Iterator[str]:
    if world.line.routes and all(segment in world.line.segment_routes for segment in world.population.segments):
        yield "line.routes is never read: line.segment_routes leads every segment, whatever the reason"


def _supervisors(world: World) -> Iterator[str]:
    authority = world.levers.authority
    if authority.supervisors is not None and authority.above != "approval":
        yield f'levers.authority.supervisors is never asked: levers.authority.above is "{authority.above}"'


def _learning(world: World) -> Iterator[str]:
    for name, team in world.teams.items():
        its = team.learning
        if its is not None and its.talk_at_first == its.solves_at_first == 1:
            key = key_of(("teams", name, "learning"))
            yield f"{key} is of no effect: a new agent talks as long and solves as much as an old hand"


def _competent(world: World) -> Iterator[str]:
    for name, team in world.teams.items():
        if team.competent_for and name in world.levers.knowledge.competent:
            key = key_of(("teams", name, "competent_for"))
            yield f"{key} is never read: {key_of(('levers', 'knowledge', 'competent', name))} stands for all reasons"


def _patience(population: Population) -> Iterator[str]:
    if all(reason.patience is not None for reason in population.reasons.values()):
        yield from _of_segments(population, "patience")


def _persistence(population: Population) -> Iterator[str]:
    again, here = population.again, "population.again.persistence"
    of_kinds = all(reason.persistence is not None for reason in population.reasons.values())
    if all(cause in again.persistence_after for cause in CAUSES):
        why = f"{here}_after says it for every way in which an attempt may end"
        if again.persistence_later is not None:
            yield f"{here}_later is never read: {why}"
        for name, reason in population.reasons.items():
            if reason.persistence is not None:
                yield f"{key_of(('population', 'reasons', name, 'persistence'))} is never read: {why}"
        for name, segment in population.segments.items():
            if segment.persistence is not None:
                yield f"{key_of(('population', 'segments', name, 'persistence'))} is never read: {why}"
        return
    if again.persistence_later is not None and again.most_attempts <= 2:
        yield f"{here}_later is never read: nobody makes more than {again.most_attempts} attempts"
    if of_kinds:
        yield from _of_segments(population, "persistence")


def _of_segments(population: Population, key: str) -> Iterator[str]:
    for name, segment in population.segments.items():
        if getattr(segment, key) is not None:
            yield f"{key_of(('population', 'segments', name, key))} is never read: every reason has its own"
