"""One file of a world, read within stated bounds: whatever is in it, the answer comes soon and in words."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sim.asked import nearest
from sim.quoting import short
from sim.reading.lines import key_lines, line_of, written_before
from sim.reading.mistakes import (
    Finding,
    Mistake,
    Place,
    WorldError,
    key_of,
    shown,
)
from sim.reading.shipped import spoken
from sim.reading.trees import Tree
from sim.world.arrivals import CALLS_AT_MOST

_LARGEST_FILE = 1_000_000
_DEEPEST = 30
_MOST_KEYS = 20_000
_MOST_IN_A_TABLE = 1_000
_MOST_IN_A_LIST = 10_000
"""Far more than any world needs: an entry for each quarter of an hour of the week in thirty teams, many talks."""
_LISTS_OF_CALLS = ("population", "replay")
"""Where the lists stand that have an entry for each call."""


class Layer(NamedTuple):
    """One file: what it says, and on which lines."""

    file: str
    tree: Tree
    lines: dict[tuple[str, ...], int]


def read_layer(path: Path) -> Layer:
    """Read one TOML file.

    Raises
    ------
    WorldError
        If there is no such file, or it cannot be read, or it is not TOML, or far too large for a world.
    """
    file = spoken(path)
    return layer_of(text_of(path, file), file)


def layer_of(text: str, file: str) -> Layer:
    """Read the text of one TOML file; `file` is what mistakes call it.

    Raises
    ------
    WorldError
        If it is not TOML, or far too large for a world.
    """
    many = text.count("=") + len(re.findall(r"\n[ \t]*\[", text))
    if many > _MOST_KEYS:
        raise _refused(
            file, f"is far too large for a world: about {many:,} keys and tables, {_MOST_KEYS:,} are possible"
        )
    if any(segment.count(".") > _DEEPEST and _dotted(segment) for segment in re.split(r"[=,\n{}#]", text)):
        raise _refused(file, _TOO_DEEP)
    tree = toml_of(text, file)
    beyond = list(out_of_bounds(tree))
    lines = key_lines(text)
    if beyond:
        raise WorldError(Mistake(file, key_of(one.place), line_of(lines, one.place), one.problem) for one in beyond)
    return Layer(file, tree, lines)


def toml_of(text: str, file: str) -> Tree:
    """Return what a text in TOML says.

    Raises
    ------
    WorldError
        If it is none: in words, with the line.
    """
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise _refused(file, _TOO_DEEP) from None
    except ValueError as error:  # TOMLDecodeError, and integers of thousands of digits
        raise _not_toml(file, text, str(error)) from None


def _dotted(text: str) -> bool:
    return sum(1 for part in text.split(".") if part.strip()) > _DEEPEST


_TOO_DEEP = "cannot be: its lists or tables are nested far too deep"


def out_of_bounds(tree: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what holds more than any world needs, or cannot be a key: nothing else need be asked of such a tree."""
    level: list[tuple[Place, Any]] = [((), tree)]
    for _ in range(_DEEPEST):
        below: list[tuple[Place, Any]] = []
        for place, one in level:
            most = _MOST_IN_A_TABLE if isinstance(one, Mapping) else _most_in_a_list(place)
            if len(one) > most:
                what = "a table" if isinstance(one, Mapping) else "a list"
                yield Finding(place, f"holds {len(one):,} entries: {most:,} are the most that {what} may hold")
                return
            inside = one.items() if isinstance(one, Mapping) else enumerate(one)
            for key, value in inside:
                if isinstance(one, Mapping) and not isinstance(key, str):
                    yield Finding(place, f"has the key {shown(key)}: keys are texts")
                elif isinstance(value, (Mapping, list, tuple)):
                    below.append(((*place, key), value))
        level = below
        if len(level) > _MOST_IN_A_LIST:
            break
    if level:
        yield Finding((), _TOO_DEEP)


def _most_in_a_list(place: Place) -> int:
    return CALLS_AT_MOST if place[:2] == _LISTS_OF_CALLS else _MOST_IN_A_LIST


class Sort(NamedTuple):
    """What a file is read as: how it ends, what is large enough for it, and which to give."""

    suffix: str
    largest: int
    what: str
    give: str


WORLD = Sort(".toml", _LARGEST_FILE, "a world", "give the path of a TOML file, or the name of a shipped world")


def text_of(path: Path, file: str, sort: Sort = WORLD) -> str:
    """Return the text of a file.

    Raises
    ------
    WorldError
        If there is none, it cannot be read, is no text in UTF-8, or far too large.
    """
    try:
        if path.is_dir():
            raise _refused(file, "is a directory", sort.give)
        if path.exists() and not path.is_file():
            raise _refused(file, "is not a file")
        with path.open("rb") as opened:
            written = opened.read(sort.largest + 1)  # some files have a size only once they are read
        return decoded(written, file, sort)
    except FileNotFoundError:
        raise _refused(file, "is missing: there is no such file", beside(path, sort.suffix)) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path, or half a character
        if isinstance(error, WorldError):
            raise
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise _refused(file, f"cannot be read: {reason}") from None


def decoded(written: bytes, file: str, sort: Sort = WORLD) -> str:
    """Return the text that bytes are.

    Raises
    ------
    WorldError
        If they are no text in UTF-8, or too many.
    """
    if len(written) > sort.largest:
        raise _refused(file, f"is far too large for {sort.what}: more than {sort.largest // 10**6} MB")
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _refused(file, "is not text in UTF-8", "save it with the encoding UTF-8", line) from None


def beside(path: Path, suffix: str = ".toml") -> str:
    """Suggest the file in the same folder whose name is nearest."""
    try:
        names = [other.name for other in itertools.islice(path.parent.glob(f"*{suffix}"), 1000)]
        return nearest(path.name, [name for name in names if name != path.name])  # its own: a link that leads nowhere
    except OSError:
        return ""


def _not_toml(file: str, text: str, said: str) -> WorldError:
    """Say in words, and with its line, why a text is no TOML; of what stands twice, say on which lines."""
    found = re.search(r"\(at line (\d+), column (\d+)\)", said)
    at_end = "end of document" in said
    line = int(found[1]) if found else text.count("\n") + 1 if at_end else None
    if said.startswith("Cannot ") and line is not None:
        twice = written_before(text, line)
        if twice is not None:
            key, first, again = twice
            said = f"stands twice, on line {first} too"
            return WorldError([Mistake(file, key_of(key), again, said, "write it once")])
    problem = short(said.split(" (at ")[0].rstrip("."), 200)
    if said.startswith("Exceeds the limit"):
        problem = "a number has thousands of digits"
    right = 'a line is a [table], a comment after #, or key = value, texts in "quotes"'
    return _refused(file, f"is not TOML: {problem}" + (" at the end of the file" if at_end else ""), right, line)


def _refused(file: str, problem: str, suggestion: str = "", line: int | None = None) -> WorldError:
    return WorldError([Mistake(file, "", line, problem, suggestion)])
