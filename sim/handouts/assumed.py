"""What a report has on the worlds themselves: where they differ, and what in them is a guess."""

from __future__ import annotations

from sim.handouts.parts import Group, Row, Table
from sim.languages import Language, numerals, say, told
from sim.quoting import short
from sim.reading import difference
from sim.reading.guesses import Guess, guesses
from sim.reading.meaning import unit_of
from sim.report.names import names
from sim.study.comparing.comparison import Comparison
from sim.world import World

LONGEST = 400
"""Letters of a value; the file of the world, which is part of the report, has it whole."""


def differences_tables(comparison: Comparison, language: Language) -> list[Table]:
    """Return, for every other world, the keys on which it differs from the first."""
    return [_differing(*pair, language) for pair in worlds_called(comparison)]


def worlds_called(comparison: Comparison) -> list[tuple[tuple[str, World], tuple[str, World]]]:
    """Return the first world with each other one, and what they are called."""
    first, *others = names(comparison)
    called: list[tuple[str, World]] = []
    for name, way in zip(others, comparison.ways, strict=True):
        if way.lived.asked not in [world for _, world in called]:
            called.append((name, way.lived.asked))
    return [((first, comparison.first.asked), other) for other in called]


def keys_that_differ(first: World, second: World) -> list[tuple[str, str, str, str]]:
    """Return key, unit and both values of each key on which two worlds differ, in English."""
    return [(change.key, unit_of(change.key), change.first, change.second) for change in difference(first, second)]


def _differing(first: tuple[str, World], second: tuple[str, World], language: Language) -> Table:
    rows = tuple(
        Row((key, unit, *(told(short(value, LONGEST), language) for value in values)))
        for key, unit, *values in keys_that_differ(first[1], second[1])
    )
    heading = (say("key", language), say("unit", language), first[0], second[0])
    caption = say("What separates {second} from {first}, key by key", language, second=second[0], first=first[0])
    return Table(caption, heading, (Group("", rows),), (0, 1, 2, 3), (0.32, 0.08, 0.3, 0.3))


def guessed(comparison: Comparison) -> list[tuple[Guess, tuple[str, ...]]]:
    """Return the guesses of all worlds, each once, with the names of those that rest on it."""
    found: dict[Guess, list[str]] = {}
    pairs = worlds_called(comparison)
    for name, world in [pairs[0][0], *(other for _, other in pairs)]:
        for guess in guesses(world):
            found.setdefault(guess, []).append(name)
    return [(guess, tuple(whose)) for guess, whose in found.items()]


def guesses_table(comparison: Comparison, language: Language) -> Table:
    """Return the values that are guesses, whose they are, and what the shipped file says of them."""
    rows = tuple(
        Row((guess.key, told(short(guess.value, LONGEST), language), ", ".join(whose), told(guess.said, language)))
        for guess, whose in guessed(comparison)
    )
    heading = (say("key", language), say("value", language), say("in", language), say("what its source says", language))
    return Table(
        say("Values that are guesses", language), heading, (Group("", rows),), (0, 1, 2, 3), (0.3, 0.2, 0.2, 0.3)
    )


def how_many(number: int, language: Language) -> str:
    """Write a count."""
    return numerals(f"{number:,}", language)
