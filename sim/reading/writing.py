"""A world as a TOML file: what differs from the file it extends, or the whole; comments beside values."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.files import real_path
from sim.reading import named
from sim.reading.fields import matches, places
from sim.reading.trees import Tree
from sim.world.facts import Fact

_WHOLE = places(Fact.WHOLE)
_BARE = re.compile("[A-Za-z0-9_-]+")
Place = tuple[str, ...]


def file_of(tree: Tree, comments: Mapping[Place, str], head: Sequence[str]) -> str:
    """Write a tree as a TOML file, its own keys first, then table after table.

    Parameters
    ----------
    comments : mapping
        What stands beside a value, by its place.
    head : sequence of str
        Lines above all, as comments.

    Examples
    --------
    >>> print(file_of({"a": 1, "b": {"c": "20 min"}}, {("b", "c"): "fitted"}, ["Mine."]), end="")
    # Mine.
    <BLANKLINE>
    a = 1
    <BLANKLINE>
    [b]
    c = "20 min"  # fitted
    """
    lines = [f"# {line}".rstrip() for line in head]
    return "\n".join([*lines, *_table(tree, (), comments)]).strip() + "\n"


def _table(tree: Tree, at: Place, comments: Mapping[Place, str]) -> Iterator[str]:
    values = {key: value for key, value in tree.items() if _is_value((*at, key), value)}
    if values:
        yield ""
        if at:
            yield f"[{'.'.join(map(_key, at))}]"
    for key, value in values.items():
        said = comments.get((*at, key))
        yield f"{_key(key)} = {toml(value)}" + (f"  # {said}" if said else "")
    for key, value in tree.items():
        if key not in values:
            yield from _table(value, (*at, key), comments)


def _is_value(place: Place, value: Any) -> bool:
    return not isinstance(value, dict) or not value or "law" in value or matches(place, _WHOLE)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def toml(value: Any) -> str:
    """Write a value on one line.

    Examples
    --------
    >>> toml({"law": "erlang", "mean": "20 min", "stages": 4}), toml([True, 0.5])
    ('{ law = "erlang", mean = "20 min", stages = 4 }', '[true, 0.5]')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        inner = ", ".join(f"{_key(key)} = {toml(one)}" for key, one in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def named_from(source: str | Path, at: str | Path | None) -> str:
    """Return how a file that will lie at a place names the world that it extends."""
    if str(source) in named():
        return str(source)
    folder = Path.cwd() if at is None else real_path(Path(at)).parent
    try:
        near = os.path.relpath(real_path(Path(source)), folder)
    except ValueError:  # on another drive
        near = os.fspath(real_path(Path(source)))
    return Path(near).as_posix()
