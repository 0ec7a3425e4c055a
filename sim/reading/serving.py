"""Who serves which queue: a team's `serves` and a queue's `asks` have to hold the same pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sim.asked import nearest
from sim.quoting import quoted
from sim.reading.mistakes import Finding, Place, key_of, shown
from sim.reading.trees import Tree, standing_at, table

Serves = Mapping[str, Sequence[str] | None]
"""The queues of each team; None where they cannot be read."""
_OF_QUEUES_SERVED = {
    "reserved": "agents are kept back from a queue that they serve",
    "wage_skills": "a wage is added for a queue that they serve",
}
"""What a team says by queue, and of which queues."""


def serving(tree: Tree) -> Iterator[Finding]:
    """Yield what does not go together in who serves whom, as far as it is written as it has to be."""
    serves: Serves = {name: _list_of(team, "serves", name) for name, team in table(tree, "teams").items()}
    yield from _twice(tree)
    for name, queue in table(tree, "queues").items():
        yield from _asks(name, queue, serves)
    for name, served in serves.items():
        yield from _reserves(tree, name, served)
    if None not in serves.values():
        yield from _unserved(tree, {queue for served in serves.values() for queue in served or ()})


def is_asked_of_served(tree: Tree, place: Place) -> bool:
    """Say whether the name at a place has to be one of the queues that its team serves, which is told here."""
    if len(place) != 4 or place[0] != "teams" or place[2] not in _OF_QUEUES_SERVED:
        return False
    return _list_of(standing_at(tree, *place[:2]), "serves", str(place[1])) is not None


def _list_of(block: object, key: str, otherwise: str) -> Sequence[str] | None:
    """Return the names in a list, the one that stands for it where it is left out, None where it is none."""
    written = standing_at(block, key)
    if not isinstance(block, dict) or written in (None, "none"):
        return [otherwise] if isinstance(block, dict) else None
    good = isinstance(written, (list, tuple)) and all(isinstance(name, str) for name in written)
    return list(written) if good else None


def _twice(tree: Tree) -> Iterator[Finding]:
    for where, key in (("teams", "serves"), ("queues", "asks")):
        for name, block in table(tree, where).items():
            listed = _list_of(block, key, name) or ()
            for at, one in enumerate(listed):
                if one in listed[:at]:
                    yield Finding((where, name, key, at), f"is {shown(one)} once more", "each stands once in the list")


def _asks(name: str, queue: object, serves: Serves) -> Iterator[Finding]:
    """Yield the teams that a queue names and that do not serve it, and those that serve it and are left out."""
    here: Place = ("queues", name)
    asks = standing_at(queue, "asks")
    asked = _list_of(queue, "asks", name) if asks not in (None, "none") else None
    for at, team in enumerate(asked or ()):
        if not _may_serve(serves, team, name):
            yield Finding((*here, "asks", at), *_not_served(team, name))
    for team, served in serves.items() if asked is not None else ():
        if name in (served or ()) and team not in (asked or ()):
            problem = f"leaves out {team}, which serves it"
            yield Finding((*here, "asks"), problem, f"add it, or take {shown(name)} out of {_key_of(team)}")
    for team in table(queue, "after"):
        if not _may_serve(serves, team, name):
            yield Finding((*here, "after", team), *_not_served(team, name, is_key=True))


def _may_serve(serves: Serves, team: object, queue: str) -> bool:
    """Say whether a team serves a queue; what is no team, or cannot be read, is told elsewhere."""
    served = serves.get(team) if isinstance(team, str) else None
    return served is None or queue in served


def _not_served(team: str, queue: str, *, is_key: bool = False) -> tuple[str, str]:
    said = "does not serve this queue" if is_key else f"is {shown(team)}, which does not serve this queue"
    return said, f"add {shown(queue)} to {_key_of(team)}, or leave it out here"


def _key_of(team: str) -> str:
    return key_of(("teams", team, "serves"))


def _reserves(tree: Tree, name: str, served: Sequence[str] | None) -> Iterator[Finding]:
    """Yield the queues of which a team says more, and which it does not serve."""
    known = {**table(tree, "teams"), **table(tree, "queues")}
    for key, right in _OF_QUEUES_SERVED.items():
        for queue in table(tree, "teams", name, key):
            if served is not None and queue not in served:
                said = f"is not served by this team: it serves {', '.join(map(quoted, served))}"
                meant = "" if queue in known else nearest(queue, served) or nearest(queue, known)
                yield Finding(("teams", name, key, queue), said, " ".join(filter(None, (meant, right))))


def _unserved(tree: Tree, served: set[str]) -> Iterator[Finding]:
    """Yield the queues that nobody serves: those that have a table, and teams' own that are named as a way."""
    queues, teams = table(tree, "queues"), table(tree, "teams")
    for name in queues:
        if name not in served:
            yield Finding(("queues", name), "is served by no team", f"add {shown(name)} to the serves of a team")
    for place, name in _destinations(tree):
        if name in teams and name not in queues and name not in served:
            said = f"is {shown(name)}, a queue that no team serves"
            yield Finding(place, said, f"{_key_of(name)} leaves it out: add it, or name another queue")


def _destinations(tree: Tree) -> Iterator[tuple[Place, str]]:
    """Yield the names of the queues to which something leads, with their places."""
    for place in (("line", "team"), ("line", "misrouted_to")):
        yield from _name_at(tree, place)
    for routes in ("routes", "segment_routes"):
        for whose in table(tree, "line", routes):
            yield from _name_at(tree, ("line", routes, whose))
    yield from _name_at(tree, ("levers", "authority", "supervisors"))
    for name in table(tree, "teams"):
        yield from _name_at(tree, ("teams", name, "advice", "team"))
    for name in table(tree, "queues"):
        yield from _name_at(tree, ("queues", name, "choice", "queue"))
    for channels in ("messages", "desks", "chats"):
        for name in table(tree, channels):
            yield from _name_at(tree, (channels, name, "team"))
    for name in table(tree, "cases"):
        for step in table(tree, "cases", name, "steps"):
            yield from _name_at(tree, ("cases", name, "steps", step, "team"))
    for name in table(tree, "paths"):
        yield from _name_at(tree, ("paths", name, "to"))
        for target in table(tree, "paths", name, "to"):
            yield ("paths", name, "to", target), target


def _name_at(tree: Tree, place: Place) -> Iterator[tuple[Place, str]]:
    name = standing_at(tree, *place)
    if isinstance(name, str):
        yield place, name
