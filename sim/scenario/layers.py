"""A world as a difference: a file and the files it extends, read and laid over one another.

How a file is laid over the one it extends:

* tables are merged key by key, and what the nearer file says stands;
* some tables are one value and are replaced whole: a law (any table with the key ``law``), a team's
  ``staff``, a path's ``to``, a reason's ``difficulty``, and ``[tariff]`` wherever it names a ``regime`` (its
  values then come from the regime and the keys beside it, none from the file extended); so are lists;
* ``"none"`` takes away what the extended file says of an optional value, of a lever, or of anything that has
  a name of its own: a reason, a segment, a team, a path, a route, a chance of solving;
* ``name`` and ``about`` are each file's own.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from sim.scenario.lines import key_lines, line_of
from sim.scenario.mistakes import Finding, Mistake, Place, WorldError, key_of, nearest, shown
from sim.scenario.shipped import regimes, shipped, shipped_file, spoken

Tree = dict[str, Any]

_REPLACED_WHOLE = (
    ("teams", "*", "staff"),
    ("paths", "*", "to"),
    ("population", "reasons", "*", "difficulty"),
)
_NAMED = (
    ("population", "reasons", "*"),
    ("population", "segments", "*"),
    ("line", "routes", "*"),
    ("teams", "*"),
    ("teams", "*", "solve", "*"),
    ("paths", "*"),
    ("levers", "*"),
    ("levers", "knowledge", "competent", "*"),
    ("levers", "knowledge", "solve", "*"),
    ("levers", "knowledge", "solve", "*", "*"),
    ("levers", "authority", "limits", "*"),
)
_VOLUMES = ("problems_per_day", "problems_per_week")
"""Two ways to say one thing: what the nearer file says stands, whichever the farther one took."""
_OWN = ("extends", "name", "about")
_LARGEST_FILE = 10_000_000
_DEEPEST = 30


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
        If there is no such file, or it cannot be read, or it is not TOML.
    """
    file = spoken(path)
    text = _text_of(path, file)
    try:
        tree = tomllib.loads(text)
        if not _shallow(tree):
            raise RecursionError
        return Layer(file, tree, key_lines(text))
    except RecursionError:
        raise _refused(file, "is not a world: its lists or tables are nested far too deep") from None
    except ValueError as error:  # TOMLDecodeError, and integers of thousands of digits
        found = re.search(r"\(at line (\d+), column (\d+)\)", str(error))
        line = int(found[1]) if found else None
        said = str(error).split(" (at ")[0].rstrip(".")
        at_end = "end of document" in str(error)
        raise _refused(
            file,
            f"is not TOML: {said}" + (" at the end of the file" if at_end else ""),
            'a line is a [table], a comment after #, or key = value, texts in "quotes"',
            line or (text.count("\n") + 1 if at_end else None),
        ) from None


def _text_of(path: Path, file: str) -> str:
    try:
        if path.is_dir():
            raise _refused(file, "is a directory", "give the path of a TOML file, or the name of a shipped world")
        if path.exists() and not path.is_file():
            raise _refused(file, "is not a file")
        if path.stat().st_size > _LARGEST_FILE:
            raise _refused(file, "is far too large for a world: more than 10 MB")
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        beside = [other.name for other in path.parent.glob("*.toml")] if path.parent.is_dir() else []
        raise _refused(file, "is missing: there is no such file", nearest(path.name, beside)) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _refused(file, "is not text in UTF-8", "save it with the encoding UTF-8", line) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        if isinstance(error, WorldError):
            raise
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise _refused(file, f"cannot be read: {reason}") from None


def _shallow(tree: object) -> bool:
    level = [tree]
    for _ in range(_DEEPEST):
        below = [list(one.values()) if isinstance(one, dict) else one for one in level if isinstance(one, (dict, list))]
        level = [inner for inners in below for inner in inners]
    return not level


def _refused(file: str, problem: str, suggestion: str = "", line: int | None = None) -> WorldError:
    return WorldError([Mistake(file, "", line, problem, suggestion)])


def chain(path: Path) -> tuple[list[Layer], list[Mistake]]:
    """Read a file and those it extends, the nearest first; mistakes end the chain but lose nothing read."""
    layers: list[Layer] = []
    seen: list[Path] = []
    wanted: Path | None = path
    while wanted is not None:
        try:
            layers.append(read_layer(wanted))
        except WorldError as error:
            return layers, list(error.mistakes)
        seen.append(wanted.resolve())
        layer = layers[-1]
        wanted, problem, suggestion = _extended(layer.tree.get("extends"), wanted)
        if wanted is not None and wanted.resolve() in seen:
            names = [known.stem for known in seen[seen.index(wanted.resolve()) :]]
            problem = f"goes round in a loop: {' -> '.join([*names, names[0]])}"
            suggestion, wanted = "one of these worlds must stand on its own", None
        if problem:
            mistake = Mistake(layer.file, "extends", line_of(layer.lines, ("extends",)), problem, suggestion)
            return layers, [mistake]
    return layers, []


def _extended(name: object, at: Path) -> tuple[Path | None, str, str]:
    """Return the file meant by ``extends``, or what is wrong with it and what would be right."""
    if name is None:
        return None, "", ""
    if not isinstance(name, str) or not name.strip() or "\0" in name:
        return None, f"is {shown(name)}: it names one world", 'write for example extends = "base"'
    if name.endswith(".toml") or "/" in name:
        path = at.parent / name
        if path.is_file():
            return path, "", ""
        beside = [other.name for other in path.parent.glob("*.toml")] if path.parent.is_dir() else []
        return None, f"is {shown(name)}: there is no such file beside this one", nearest(path.name, beside)
    if name in shipped():
        return shipped_file(name), "", ""
    if (at.parent / f"{name}.toml").is_file():
        return (
            None,
            f"is {shown(name)}: no such world is shipped",
            f'write extends = "{name}.toml" for the file',
        )
    return None, f"is {shown(name)}: no such world is shipped", nearest(name, shipped(), "shipped are")


def laid_over(layers: Sequence[Layer]) -> tuple[Tree, list[tuple[Layer, Finding]]]:
    """Return what the layers, nearest first, say together, and what they take away in vain."""
    tree: Tree = {}
    findings: list[tuple[Layer, Finding]] = []
    for layer in reversed(layers):
        said = {key: value for key, value in layer.tree.items() if key not in _OWN}
        findings += [(layer, finding) for finding in _removed_in_vain(tree, said)]
        tree = merged(tree, said)
    tree.update({key: layers[0].tree[key] for key in ("name", "about") if key in layers[0].tree})
    return tree, findings


def merged(under: Tree, over: Tree, at: tuple[str, ...] = ()) -> Tree:
    """Lay one tree over another; neither is changed."""
    result = dict(under)
    if at == ("population",) and not set(_VOLUMES).isdisjoint(over):
        result = {key: value for key, value in under.items() if key not in _VOLUMES}
    for key, value in over.items():
        here = (*at, key)
        if here == ("tariff",) and isinstance(value, dict) and "regime" in value:
            result[key] = with_regime(value)
        elif value == "none" and _matches(here, _NAMED):
            result.pop(key, None)
        elif isinstance(value, dict) and not _one_value(here, result.get(key), value):
            below = result.get(key)
            result[key] = merged(below if isinstance(below, dict) else {}, value, here)
        else:
            result[key] = value
    return result


def with_regime(tariff: Tree) -> Tree:
    """Fill a tariff with the values of the regime it names; keys given beside it win."""
    name = tariff.get("regime")
    values = regimes().get(name, {}) if isinstance(name, str) else {}
    return merged({key: value for key, value in values.items() if key != "about"}, tariff, ("regime",))


def _one_value(here: tuple[str, ...], under: object, over: Tree) -> bool:
    return "law" in over or (isinstance(under, dict) and "law" in under) or _matches(here, _REPLACED_WHOLE)


def _matches(here: tuple[str, ...], patterns: Sequence[tuple[str, ...]]) -> bool:
    return any(
        len(here) == len(pattern) and all(want in ("*", part) for part, want in zip(here, pattern, strict=True))
        for pattern in patterns
    )


def _removed_in_vain(under: object, over: Tree, at: tuple[str, ...] = ()) -> Iterator[Finding]:
    for key, value in over.items():
        here = (*at, key)
        below = under.get(key) if isinstance(under, dict) else None
        if value == "none" and below is None and _matches(here, _NAMED) and here[0] != "levers":
            known = list(under) if isinstance(under, dict) else []
            yield Finding(here, 'is "none", but there is nothing of that name to take away', nearest(key, known))
        elif isinstance(value, dict):
            yield from _removed_in_vain(below, value, here)


def located(finding: Finding, layers: Sequence[Layer], tree: Tree) -> Mistake:
    """Say in which file and on which line a finding stands: the nearest layer that holds the key."""
    for many in range(len(finding.place), 0, -1):
        place = finding.place[:many]
        if not holds(tree, place):
            continue
        for layer in layers:
            if holds(layer.tree, place):
                return in_layer(finding, layer)
    return Mistake(layers[0].file, key_of(finding.place), None, finding.problem, finding.suggestion)


def in_layer(finding: Finding, layer: Layer) -> Mistake:
    """Turn a finding into a mistake of this file."""
    line = line_of(layer.lines, finding.place)
    return Mistake(layer.file, key_of(finding.place), line, finding.problem, finding.suggestion)


def holds(tree: object, place: Place) -> bool:
    """Say whether there is something at this place."""
    for part in place:
        inside_table = isinstance(tree, dict) and part in tree
        if not inside_table and not (isinstance(tree, (list, tuple)) and part in range(len(tree))):
            return False
        tree = tree[part]  # type: ignore[index]
    return True
