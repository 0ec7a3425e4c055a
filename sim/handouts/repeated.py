"""How what a report tells can be made again: by which words, with which luck, versions and worlds."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from sim.handouts.assumed import how_many, worlds_called
from sim.handouts.parts import Facts, Listing, Part
from sim.languages import Language, say, told
from sim.reading import digest, written
from sim.reading.writing import file_of
from sim.report.stored import versions
from sim.study.comparing.comparison import Comparison
from sim.units import DAY, duration
from sim.world import World

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def date_said(day: datetime.date, language: Language) -> str:
    """Write a date.

    Examples
    --------
    >>> date_said(datetime.date(2026, 11, 29), "en")
    '29 November 2026'
    """
    return f"{day.day} {say(MONTHS[day.month - 1], language)} {day.year}"


def facts(comparison: Comparison, day: datetime.date, language: Language) -> list[tuple[str, str]]:
    """Return the names and values of all on which the figures depend."""
    time = comparison.first.world.time
    numbers = comparison.first.numbers
    which = "" if numbers == tuple(range(len(numbers))) else f" ({', '.join(str(one + 1) for one in numbers)})"
    pairs = worlds_called(comparison)
    worlds = [pairs[0][0], *(other for _, other in pairs)]
    said = [
        ("Written on", date_said(day, language)),
        ("Seed", str(comparison.seed)),
        ("Replications", how_many(len(numbers), language) + which),
        ("Warm-up", duration(time.warm_up)),
        ("Horizon", duration(time.horizon)),
        ("Follow-up", duration(time.follow_up)),
        ("Engine", told(comparison.engine, language)),
    ]
    named = [(say(name, language), value) for name, value in said]
    named += [(say("Digest of {world}", language, world=name), digest(world)) for name, world in worlds]
    return named + [(say("Version of {name}", language, name=name), one) for name, one in versions().items()]


def how_to_repeat(comparison: Comparison, day: datetime.date, command: str | None, language: Language) -> list[Part]:
    """Return the facts, and what to type."""
    name = say("What to type", language) if command else say("In Python, with the files below", language)
    listing = Listing(name, command or in_python(comparison))
    return [Facts(tuple(facts(comparison, day, language))), listing]


def world_files(comparison: Comparison, language: Language) -> list[Listing]:
    """Return every world as the file that it can be read from."""
    pairs = worlds_called(comparison)
    return [
        Listing(say("The world {world} as a file", language, world=name), world_file(world))
        for name, world in [pairs[0][0], *(other for _, other in pairs)]
    ]


def world_file(world: World) -> str:
    """Return a world as a TOML file, every key that has a value."""
    return file_of(written(world), {}, ())


def in_python(comparison: Comparison) -> str:
    """Return the lines of Python that compare the same worlds anew, read from files of these names."""
    lived = comparison.first
    asked = {"replications": _numbers(lived.numbers), "seed": str(lived.seed)}
    if lived.world.time.horizon != lived.asked.time.horizon:
        asked["days"] = f"{lived.world.time.horizon / DAY:g}"
    arguments = ", ".join(f"{name}={value}" for name, value in asked.items())
    lines = ["import sim", "", 'first = sim.load("world_1.toml")']
    for place, (_, (_, world)) in enumerate(worlds_called(comparison), 2):
        ways = [way.equality.how for way in comparison.ways if way.lived.asked == world]
        lines.append(f'other = sim.load("world_{place}.toml")')
        lines += [f'sim.compare(first, other, equal="{equal}", {arguments})' for equal in _equal(ways)]
    return "\n".join(lines)


def _numbers(numbers: Sequence[int]) -> str:
    if tuple(numbers) == tuple(range(len(numbers))):
        return str(len(numbers))
    return repr(list(numbers))


def _equal(ways: Sequence[str]) -> list[str]:
    """Return what to ask for, to get these ways."""
    together = {("none", "staff", "service"): ["all"], ("staff", "service"): ["both"]}
    return together.get(tuple(ways), list(ways))
