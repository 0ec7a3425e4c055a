"""On which line of a TOML file a key stands: the standard reader gives values only."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator

from sim.reading.mistakes import Place

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}(?!")'
    r"|'''.*?'{3,5}(?!')"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|[A-Za-z0-9_-]+"
    r"|[^\S\n]+"
    r"|.",
    re.DOTALL,
)


def key_lines(text: str) -> dict[tuple[str, ...], int]:
    r"""Return the line, counted from 1, of every table and key outside inline tables.

    Parameters
    ----------
    text : str
        Must be TOML that reads without a mistake.

    Examples
    --------
    >>> key_lines('name = "x"\n[line]\nteam = "front"')
    {('name',): 1, ('line',): 2, ('line', 'team'): 3}
    """
    lines: dict[tuple[str, ...], int] = {}
    for key, line in _keys(text):
        for many in range(1, len(key) + 1):
            lines.setdefault(key[:many], line)
    return lines


def written_before(text: str, upto: int) -> tuple[tuple[str, ...], int, int] | None:
    r"""Return the last key that begins on a line or before it, the first line on which it stood, and its own.

    None if it did not stand before. A table that was opened for a key under it has stood before, too.

    Examples
    --------
    >>> written_before('[line]\nteam = "a"\nteam = "b"', 3)
    (('line', 'team'), 2, 3)
    """
    known: dict[tuple[str, ...], int] = {}
    key: tuple[str, ...] = ()
    line, before = 0, None
    for key, line in itertools.takewhile(lambda found: found[1] <= upto, _keys(text)):
        before = known.get(key)
        for many in range(1, len(key) + 1):
            known.setdefault(key[:many], line)
    return None if before is None else (key, before, line)


def _keys(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield every table and key outside inline tables, with its line."""
    table: tuple[str, ...] = ()
    key: list[str] = []
    header, depth, line = False, -1, 1  # depth -1: before the equals sign, else brackets open in the value
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token == "\n" and depth <= 0:
            key, header, depth = [], False, -1
        elif depth >= 0:
            depth += (token in "[{") - (token in "]}")
        elif token == "[":
            header = True
        elif token == "]" and header:
            table, header = tuple(key), False
            yield table, line
        elif token == "=":
            yield (*table, *key), line
            depth = 0
        elif not token.isspace() and token[0] not in "#.]":
            key.append(_unquoted(token))
        line += token.count("\n")


def comments(text: str) -> dict[tuple[str, ...], str]:
    r"""Return the comment beside each key or table outside inline tables; where none is, those right above it.

    Parameters
    ----------
    text : str
        Must be TOML that reads without a mistake.

    Examples
    --------
    >>> comments('# above\na = 1\nb = [\n  2,\n]  # beside')
    {('a',): 'above', ('b',): 'beside'}
    """
    lines, found = text.splitlines(), dict[tuple[str, ...], str]()
    ends = _ends(text)
    for key, begins in _keys(text):
        beside = ends.get(begins, "")
        above = list(itertools.takewhile(lambda line: line.startswith("#"), reversed(lines[: begins - 1])))
        said = beside or " ".join(line.lstrip("# ").rstrip() for line in reversed(above))
        if said:
            found[key] = said
    return found


def _ends(text: str) -> dict[int, str]:
    """Return the comment at the end of what begins on a line, by that line."""
    ends: dict[int, str] = {}
    line, begun, depth = 1, 1, 0
    for found in _TOKEN.finditer(text):
        token = found[0]
        if token[0] == "#" and depth == 0:
            ends[begun] = token.lstrip("#").strip()
        depth += (token in "[{") - (token in "]}") if len(token) == 1 else 0
        line += token.count("\n")
        if token == "\n" and depth == 0:
            begun = line
    return ends


def _unquoted(token: str) -> str:
    if token[0] not in "\"'":
        return token
    try:
        return str(tomllib.loads(f"key = {token}")["key"])
    except tomllib.TOMLDecodeError:  # of a text that is no TOML, read to say what stands twice in it
        return token


def line_of(lines: dict[tuple[str, ...], int], place: Place) -> int | None:
    """Return the line of a place, or else of the nearest key around it."""
    names: list[str] = []
    for part in place:
        if not isinstance(part, str):
            break
        names.append(part)
    for many in range(len(names), 0, -1):
        if tuple(names[:many]) in lines:
            return lines[tuple(names[:many])]
    return None
