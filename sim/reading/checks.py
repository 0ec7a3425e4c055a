"""What cannot go together, though each value is possible by itself: names that nothing bears, who serves whom."""

from __future__ import annotations

from collections.abc import Iterator

from sim.asked import nearest
from sim.moments import day_of, is_dated
from sim.quoting import LONGEST
from sim.reading.fields import keys
from sim.reading.mistakes import Finding, key_of, shown
from sim.reading.naming import names_used
from sim.reading.serving import is_asked_of_served, serving
from sim.reading.shipped import regimes
from sim.reading.trees import Tree, found, standing_at, table
from sim.world.channels import PHONE
from sim.world.facts import CASE, CHANNEL, CLASS, QUEUE, REASON, SEGMENT, TEAM, Fact, NameOf
from sim.world.population import Reason

_LONGEST_ABOUT = 300
_SOME_MONDAY = "2026-11-02"
_NO_CASES = "there are none: give its steps, such as [cases.NAME.steps.repair]"
_OF_THEIR_OWN = ("cases", "self_service", "forum")
"""What solves problems beside the teams, by chances of its own."""
_MOST_CHANNELS = 64
"""What a contact decides has luck of its own in so many channels."""
_PLAIN = list(Reason.model_fields["difficulty"].default)
"""The classes of a reason that names none."""


def names(tree: Tree) -> Iterator[Finding]:
    """Yield the names that nothing bears, of teams, queues, reasons and others, and queues that no team serves.

    The tree is as written: this must answer even where other values in it are wrong.
    """
    yield from _unfit(tree)
    for of in (TEAM, REASON, SEGMENT, QUEUE, CHANNEL, CASE):
        known, what = _known(tree, of)
        for use in names_used(tree, of):
            if (known or of is CASE) and use.name not in known and not is_asked_of_served(tree, use.place):
                said = f"is not a {what}" if use.as_key else f"is {shown(use.name)}: there is no such {what}"
                yield Finding(use.place, said, nearest(use.name, known, f"the {what}s are") if known else _NO_CASES)
    yield from serving(tree)
    yield from _channels(tree)
    yield from _classes(tree)
    yield from _special_days(tree)
    yield from _called_as_by_models(tree)
    regime = standing_at(tree, "tariff", "regime")
    if isinstance(regime, str) and regime != "none" and regime not in regimes():
        suggestion = nearest(regime, regimes(), "the regimes are")
        yield Finding(("tariff", "regime"), f"is {shown(regime)}: no such regime", suggestion)


def _known(tree: Tree, of: NameOf) -> tuple[list[str], str]:
    """Return the names that are given, and what they are names of."""
    known, whats = [PHONE] if of is CHANNEL else list[str](), [of.what]
    for kind in _kinds(of):
        names = list(table(tree, *kind.table))
        known += names
        whats += [kind.what] if names and kind.what not in whats else []
    return known, " or ".join(whats)


def _kinds(of: NameOf) -> Iterator[NameOf]:
    """Yield in which tables names of a kind are given."""
    kind: NameOf | None = of
    while kind is not None:
        yield kind
        kind = kind.also


def _channels(tree: Tree) -> Iterator[Finding]:
    """Yield channels that are called as the telephone is, or as another one, and more than there may be."""
    taken: dict[str, str] = {PHONE: "the telephone"}
    for kind in _kinds(CHANNEL):
        for name in table(tree, *kind.table):
            if name in taken:
                said = f"is called as {taken[name]} is"
                yield Finding((*kind.table, name), said, 'give it another name, such as "mail"')
            taken.setdefault(name, key_of((*kind.table, name)))
    if len(taken) > _MOST_CHANNELS:
        said = f"make {len(taken)} channels with the others: {_MOST_CHANNELS} is the most"
        yield Finding(CHANNEL.table, said, "give fewer")


def _special_days(tree: Tree) -> Iterator[Finding]:
    """Yield special days that no calendar has without the date of the first Monday, and those that stand twice."""
    first, taken = standing_at(tree, "time", "first_monday"), dict[int, str]()
    for written in table(tree, "population", "special_days"):
        place = ("population", "special_days", written)
        try:
            day = day_of(written, _SOME_MONDAY if first in (None, "none") else first)
        except ValueError:  # what is no day, or no Monday, is told elsewhere
            continue
        if first in (None, "none") and is_dated(written):
            yield Finding(
                place, "is a date, and the first Monday has none", f'give time.first_monday, such as "{_SOME_MONDAY}"'
            )
            continue
        if day in taken:
            yield Finding(place, f'is the same day as "{taken[day]}"', "write each day once")
        taken.setdefault(day, written)


def _unfit(tree: Tree) -> Iterator[Finding]:
    """Yield the names that could not be printed in a table, and a line about the world that is none."""
    for given in names_used(tree, Fact.GIVEN):
        problem = _no_line(given.name, LONGEST)
        if problem:
            said = f"a name has 1 to {LONGEST} characters that can be printed"
            yield Finding(given.place, f"as a name {problem}", said)
    problem = _no_line(tree.get("about", "-"), _LONGEST_ABOUT)
    if problem:
        yield Finding(("about",), problem, f"say in one line of at most {_LONGEST_ABOUT} signs what this world is")


def _called_as_by_models(tree: Tree) -> Iterator[Finding]:
    """Yield keys that stand under the models' own names for them, which are not a planner's."""
    for place, key in keys():
        if key.name != key.written:
            for there, _ in found(tree, (*place[:-1], key.name)):
                yield Finding(there, "is not known", f"did you mean {key.written}?")


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


def _classes(tree: Tree) -> Iterator[Finding]:
    """Yield chances of solving for classes that no problem has, and classes that no chance is given for."""
    reasons = table(tree, *REASON.table)
    by_reason = {name: list(table(reasons, name, "difficulty")) or _PLAIN for name in reasons}
    known = list(dict.fromkeys(one for classes in by_reason.values() for one in classes))
    exact = [f"{reason}.{one}" for reason, classes in by_reason.items() for one in classes]
    used = list(names_used(tree, CLASS))
    covered = {use.name for use in used if use.as_key and use.place[0] not in _OF_THEIR_OWN}
    for use in used:
        unknown = reasons and use.name not in known and use.name not in exact
        if unknown and not isinstance(standing_at(tree, *use.place), dict):
            suggestion = nearest(use.name, [*known, *exact], "the classes are")
            said = f"is {shown(use.name)}: there is no such {CLASS.what}"
            yield Finding(use.place, "is not a difficulty class of any reason" if use.as_key else said, suggestion)
    for reason, classes in by_reason.items():
        for one in classes:
            unnamed = one not in covered and f"{reason}.{one}" not in covered
            if unnamed and (covered or one not in _PLAIN):
                problem = f"is a class for which no team has a chance of solving ({one} of {reason})"
                yield Finding(
                    ("population", "reasons", reason, "difficulty", one),
                    problem,
                    f"write it into a team: [teams.NAME.solve] {one} = 0.5",
                )
