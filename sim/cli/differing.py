"""`diff`: the keys on which two worlds differ, with their units, and of long values what differs."""

from __future__ import annotations

import itertools
import textwrap
from argparse import Namespace

from sim.cli.codes import DONE, MISTAKE
from sim.cli.demands import loaded
from sim.cli.outputs import say
from sim.quoting import printable
from sim.scenario import World, difference, digest
from sim.scenario.meaning import unit_of

_WIDE = 48
"""A column of values; what is longer goes on in the next line."""
_LEFT_OUT = "..."
_FIRM = "\N{NO-BREAK SPACE}"


def diff(options: Namespace) -> int:
    """Print on which keys two worlds differ."""
    first, second = loaded(options.first, options.second)
    head = f"{first.name} ({digest(first)}) and {second.name} ({digest(second)})"
    return DONE if say(f"{head}\n\n{differing(first, second)}") else MISTAKE


def differing(first: World, second: World) -> str:
    """Return a table of three columns: key and unit, the first world's value, the second's."""
    changes = difference(first, second)
    if not changes:
        return printable(f"{first.name} and {second.name} are the same world.")
    rows = [["", printable(first.name), printable(second.name)]]
    rows += [
        [printable(_named(change.key)), *map(printable, _apart(change.first, change.second))] for change in changes
    ]
    cells = [[row[:1], *(_lines(value) for value in row[1:])] for row in rows]
    widths = [max(len(part) for row in cells for part in row[column]) for column in (0, 1)]
    lines = (line for row in cells for line in itertools.zip_longest(*row, fillvalue=""))
    return "\n".join(f"{key:{widths[0]}}  {one:{widths[1]}}  {other}".rstrip() for key, one, other in lines)


def _named(key: str) -> str:
    unit = unit_of(key)
    return f"{key} ({unit})" if unit else key


def _apart(first: str, second: str) -> tuple[str, str]:
    """Leave out of two long lists what they begin and end with alike."""
    one, other = first.split(", "), second.split(", ")
    if max(len(first), len(second)) <= _WIDE or min(len(one), len(other)) < 2:
        return first, second
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    return _without(one, start, end), _without(other, start, end)


def _lines(value: str) -> list[str]:
    """Break a long list between its parts, not within one that fits a line."""
    parts = (part.replace(" ", _FIRM) if len(part) < _WIDE else part for part in value.split(", "))
    return [line.replace(_FIRM, " ") for line in textwrap.wrap(", ".join(parts), _WIDE)]


def _alike(one: list[str], other: list[str]) -> int:
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in pairs)


def _without(parts: list[str], start: int, end: int) -> str:
    """Keep one part that is alike on either side, so that the place can be found."""
    first, last = max(start - 1, 0), len(parts) - max(end - 1, 0)
    return ", ".join([_LEFT_OUT] * (first > 0) + parts[first:last] + [_LEFT_OUT] * (last < len(parts)))
