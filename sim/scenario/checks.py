"""What makes no sense together, though each value is possible by itself: names that nothing bears."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sim.quoting import LONGEST
from sim.scenario.mistakes import Finding, Place, nearest, shown
from sim.scenario.reading import Tree
from sim.scenario.shipped import regimes

_LONGEST_ABOUT = 300


def names(tree: Tree) -> Iterator[Finding]:
    """Yield the names of teams, reasons, classes and regimes that nothing bears.

    The tree is as written: this must answer even where other values in it are wrong.
    """
    yield from _unfit(tree)
    teams, reasons = table(tree, "teams"), table(tree, "population", "reasons")
    for place, name in _teams_named(tree):
        if teams and isinstance(name, str) and name not in teams:
            yield Finding(place, f"is {shown(name)}: there is no such team", nearest(name, teams, "the teams are"))
    for place in _keyed_by_team(tree):
        if teams and place[-1] not in teams:
            yield Finding(place, "is not a team", nearest(str(place[-1]), teams, "the teams are"))
    for reason in table(tree, "line", "routes"):
        if reasons and reason not in reasons:
            place = ("line", "routes", reason)
            yield Finding(place, "is not a reason", nearest(reason, reasons, "the reasons are"))
    yield from _classes(tree)
    for path in table(tree, "paths"):
        if value(tree, "paths", path, "source") is not None:  # the model's own name for it, not a planner's
            yield Finding(("paths", path, "source"), "is not known", "did you mean from?")
    regime = value(tree, "tariff", "regime")
    if isinstance(regime, str) and regime != "none" and regime not in regimes():
        suggestion = nearest(regime, regimes(), "the regimes are")
        yield Finding(("tariff", "regime"), f"is {shown(regime)}: no such regime", suggestion)


def _unfit(tree: Tree) -> Iterator[Finding]:
    """Yield the names that could not be printed in a table, and a line about the world that is none."""
    given: list[tuple[Place, object]] = [(("name",), tree["name"])] if "name" in tree else []
    for block in (("teams",), ("paths",), ("population", "reasons"), ("population", "segments")):
        given += [((*block, name), name) for name in table(tree, *block)]
    for reason in table(tree, "population", "reasons"):
        here = ("population", "reasons", reason, "difficulty")
        given += [((*here, name), name) for name in table(tree, *here)]
    for place, name in given:
        problem = _no_line(name, LONGEST)
        if problem:
            yield Finding(place, f"as a name {problem}", f"a name has 1 to {LONGEST} characters that can be printed")
    problem = _no_line(tree.get("about", "-"), _LONGEST_ABOUT)
    if problem:
        yield Finding(("about",), problem, f"say in one line of at most {_LONGEST_ABOUT} signs what this world is")


def _no_line(text: object, longest: int) -> str:
    """Say why a text cannot stand in a line of its own; empty if it can, or is no text."""
    if not isinstance(text, str):
        return ""
    if len(text.splitlines()) > 1:
        return "is not one line"
    if not text.strip():
        return "is empty"
    if not text.isprintable():
        return "holds a sign that cannot be printed"
    if text != text.strip():
        return "begins or ends with a blank"
    return f"has {len(text):,} characters" if len(text) > longest else ""


def value(tree: object, *place: str) -> Any:
    """Return what stands at a place, or None."""
    for part in place:
        tree = tree.get(part) if isinstance(tree, dict) else None
    return tree


def table(tree: object, *place: str) -> Tree:
    """Return the table at a place; empty where there is none."""
    found = value(tree, *place)
    return found if isinstance(found, dict) else {}


def _teams_named(tree: Tree) -> Iterator[tuple[Place, object]]:
    for key in ("team", "misrouted_to"):
        named = value(tree, "line", key)
        if named is not None and not (named == "none" and key == "misrouted_to"):
            yield ("line", key), named
    for reason, team in table(tree, "line", "routes").items():
        yield ("line", "routes", reason), team
    for path in table(tree, "paths"):
        for key in ("from", "to"):
            named = value(tree, "paths", path, key)
            if isinstance(named, (list, tuple)):
                yield from ((("paths", path, key, at), team) for at, team in enumerate(named))
            elif isinstance(named, str):
                yield ("paths", path, key), named


def _keyed_by_team(tree: Tree) -> Iterator[Place]:
    for block in (("knowledge", "competent"), ("knowledge", "solve"), ("authority", "limits")):
        yield from (("levers", *block, team) for team in table(tree, "levers", *block))
    for path in table(tree, "paths"):
        yield from (("paths", path, "to", team) for team in table(tree, "paths", path, "to"))


def _classes(tree: Tree) -> Iterator[Finding]:
    """Yield chances of solving for classes that no problem has, and classes that no chance is given for."""
    reasons = table(tree, "population", "reasons")
    by_reason = {name: list(table(tree, "population", "reasons", name, "difficulty")) for name in reasons}
    by_reason = {name: classes or ["plain"] for name, classes in by_reason.items()}
    known = list(dict.fromkeys(one for classes in by_reason.values() for one in classes))
    exact = [f"{reason}.{one}" for reason, classes in by_reason.items() for one in classes]
    places: list[tuple[str, ...]] = [("teams", team, "solve") for team in table(tree, "teams")]
    places += [("levers", "knowledge", "solve", team) for team in table(tree, "levers", "knowledge", "solve")]
    covered = {key for place in places for key in table(tree, *place)}
    for place in places:
        for key, chance in table(tree, *place).items():
            if reasons and key not in known and key not in exact and not isinstance(chance, dict):
                suggestion = nearest(key, [*known, *exact], "the classes are")
                yield Finding((*place, key), "is not a difficulty class of any reason", suggestion)
    for reason, classes in by_reason.items():
        for one in classes:
            unnamed = one not in covered and f"{reason}.{one}" not in covered
            if unnamed and (covered or one != "plain"):
                problem = f"is a class for which no team has a chance of solving ({one} of {reason})"
                yield Finding(
                    ("population", "reasons", reason, "difficulty", one),
                    problem,
                    f"write it into a team: [teams.NAME.solve] {one} = 0.5",
                )
