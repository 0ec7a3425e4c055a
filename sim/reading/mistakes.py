"""What is wrong with a world, where it stands, and what would be right: all of it, in plain sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sim.quoting import LONGEST, printable, quoted, short

MOST_LISTED = 100
"""Mistakes that are written out."""
Place = tuple[str | int, ...]
"""The way to a value inside a world: names of tables and keys, and places in lists, counted from 0."""


@dataclass(frozen=True)
class Mistake:
    """One mistake in one file.

    Attributes
    ----------
    file : str
        The file that holds the key: of a world that extends another, either of them.
    key : str
        Such as ``levers.time.cut_after``, the items of a list counted from 1; empty for the file as a whole.
    line : int or None
        Counted from 1; None where the file has no such line.
    problem : str
        What is wrong, as the end of a sentence that begins with the key.
    suggestion : str
        What would be right; may be empty.
    """

    file: str
    key: str
    line: int | None
    problem: str
    suggestion: str = ""

    def __str__(self) -> str:
        """Write it as ``world.toml:12 [levers.time] cut_afer is not known; did you mean cut_after?``."""
        file = self.file if len(self.file) <= 300 else f"...{self.file[-300:]}"
        where = file if self.line is None else f"{file}:{self.line}"
        found = re.fullmatch(r'(.*)\.("[^"]*"(?:\[\d+\])?|[^."]+)', self.key)
        key = f"[{found[1]}] {found[2]}" if found else self.key
        said = " ".join(part for part in (where, key, self.problem) if part)
        return printable(f"{said}; {self.suggestion}" if self.suggestion else said)


class WorldError(ValueError):
    """A world that cannot be used; `mistakes` holds everything that is wrong with it."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__(self.mistakes)

    def __str__(self) -> str:
        """List the mistakes, one a line, and say how many more there are than anyone would read."""
        return listed(self.mistakes)


def listed(mistakes: Sequence[Mistake]) -> str:
    """List mistakes, one a line, and say how many more there are than anyone would read."""
    more = len(mistakes) - MOST_LISTED
    lines = [str(mistake) for mistake in mistakes[:MOST_LISTED]]
    return "\n".join(lines + [f"and {more:,} more mistakes"] * (more > 0))


class Finding(NamedTuple):
    """A mistake before it is known which file and line hold it; `parts` are the values that are wrong together."""

    place: Place
    problem: str
    suggestion: str = ""
    parts: tuple[Place, ...] = ()


def key_of(place: Place) -> str:
    """Write a place as a key of a TOML file.

    Examples
    --------
    >>> key_of(("population", "patience", "parts", 1, "of"))
    'population.patience.parts[2].of'
    >>> key_of(("teams", "front", "staff", "mon 08:00-12:00"))
    'teams.front.staff."mon 08:00-12:00"'
    """
    written = ""
    for part in place:
        if isinstance(part, int):
            written += f"[{part + 1}]"
        else:
            bare = len(part) <= LONGEST and re.fullmatch(r"[A-Za-z0-9_-]+", part)
            written += ("." if written else "") + (part if bare else quoted(part))
    return written


def shown(value: object) -> str:
    """Write a value as it stands in a TOML file, shortened.

    Examples
    --------
    >>> shown(True), shown("20 mins"), shown({"a": 1})
    ('true', '"20 mins"', 'a table')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, (list, tuple)):
        return "a list"
    if isinstance(value, float):
        return f"{value:g}"
    return quoted(value) if isinstance(value, str) else short(str(value))
