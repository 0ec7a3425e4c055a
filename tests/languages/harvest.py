"""What the program says, read off its source: sentences and templates, each with the places where values stand."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

SIM = Path(__file__).parents[2] / "sim"
_WORDS = re.compile(r"[A-Za-z]{2,}[,;:]? +\S*[a-z{]|[a-z}] [a-z]{2,}")
_CODE = re.compile(r"style=|</|<td|<tr|utf-8|\\[dwsS(]|^(from|import) |\(\?|^[A-Z_]+ [A-Z_]+$")
_MOST_FORMS = 8
_SILENT = {"compile", "getLogger", "deque", "fullmatch", "match", "sub", "search", "namedtuple", "wraps", "TypeVar"}


class Hole(NamedTuple):
    """A place in a template where a value stands: the expression that gives it, and how it is written."""

    code: str
    spec: str


def skeleton(text: str) -> str:
    """Return a sentence with ``{}`` at each of its names."""
    return re.sub(r"\{+\w*\}+", "{}", text).strip()


Parts = tuple[str | Hole, ...]


class Said(NamedTuple):
    """One sentence of the source: its texts and holes in order, and where it stands."""

    file: Path
    line: int
    parts: Parts

    @property
    def skeleton(self) -> str:
        """The sentence with ``{}`` at each hole, and at each name that is filled in later."""
        return skeleton("".join("{}" if isinstance(part, Hole) else part for part in self.parts))


def said_in(*rooms: str) -> list[Said]:
    """Return the sentences of rooms or files of `sim`, in order; the same one twice if it stands twice."""
    return [said for file in sources(rooms) for said in said_by(file)]


def sources(rooms: Iterable[str]) -> Iterator[Path]:
    """Yield the files of rooms, each a folder or a file of `sim`."""
    for room in rooms:
        path = SIM / room
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]


def said_by(file: Path) -> Iterator[Said]:
    """Yield what one file says in two words or more."""
    yield from _said(file, lambda text: bool(_WORDS.search(text)) and not _CODE.search(text))


def every_constant(file: Path) -> set[str]:
    """Return the skeletons of all texts of a file, single words included."""
    return {said.skeleton for said in _said(file, lambda text: True)}


def _said(file: Path, wanted) -> Iterator[Said]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    passed = {id(node) for node in _unsaid(tree)}
    for node in ast.walk(tree):
        if id(node) in passed or not isinstance(node, (ast.Constant, ast.JoinedStr)):
            continue
        for parts in _forms(node, passed):
            said = Said(file, node.lineno, parts)
            if wanted(said.skeleton.replace("{}", "{x}")):
                yield said


def _unsaid(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield docstrings, patterns, the parts of f-strings, and what stands in annotations."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield from _inside(node)
        elif isinstance(node, ast.Call) and _called(node) in _SILENT:
            yield from (one for argument in node.args for one in ast.walk(argument))
        elif isinstance(node, (ast.AnnAssign, ast.arg)) and node.annotation is not None:
            called = {
                id(one) for call in ast.walk(node.annotation) if isinstance(call, ast.Call) for one in ast.walk(call)
            }
            yield from (one for one in ast.walk(node.annotation) if id(one) not in called)


def _inside(node: ast.JoinedStr) -> Iterator[ast.AST]:
    for value in node.values:
        yield value
        if isinstance(value, ast.FormattedValue) and value.format_spec is not None:
            yield from ast.walk(value.format_spec)


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def _forms(node: ast.AST, passed: set[int]) -> list[Parts]:
    """Return the ways in which a text may be written: both of what depends on a condition."""
    if isinstance(node, ast.Constant):
        return [(node.value,)] if isinstance(node.value, str) else []
    assert isinstance(node, ast.JoinedStr)
    choices = [_choices(value, passed) for value in node.values]
    return [_merged(parts) for parts in itertools.islice(itertools.product(*choices), _MOST_FORMS)]


def _choices(value: ast.AST, passed: set[int]) -> list[Parts]:
    if isinstance(value, ast.Constant):
        return [(str(value.value),)]
    assert isinstance(value, ast.FormattedValue)
    inner = value.value
    if isinstance(inner, ast.IfExp) and all(_is_text(one) for one in (inner.body, inner.orelse)):
        passed.update(id(one) for part in (inner.body, inner.orelse) for one in ast.walk(part))
        return [*_forms(inner.body, passed), *_forms(inner.orelse, passed)]
    if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Mult) and _is_text(inner.left):
        passed.update(id(one) for one in ast.walk(inner.left))
        return [*_forms(inner.left, passed), ("",)]
    spec = ast.unparse(value.format_spec)[2:-1] if value.format_spec is not None else ""
    return [(Hole(ast.unparse(inner), spec),)]


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def _merged(parts: Iterable[Parts]) -> Parts:
    merged: list[str | Hole] = []
    for part in itertools.chain.from_iterable(parts):
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    return tuple(merged)
