"""Which keys a table of a world may hold, and what they mean: read off the models, which alone say it."""

from __future__ import annotations

import ast
import inspect
import itertools
import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from sim.scenario.mistakes import Place
from sim.scenario.reading import Tree
from sim.scenario.world import World


def known_keys(place: Place, tree: Tree) -> tuple[str, ...]:
    """Return the keys that the table at this place may hold; none where the keys are the user's own names."""
    keys: dict[str, None] = {}
    for kind in kinds_at(place, tree):
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            keys.update(dict.fromkeys(field.alias or name for name, field in kind.model_fields.items()))
    return tuple(keys)


def kinds_at(place: Place, tree: Tree) -> list[Any]:
    """Return the types a value at this place may have."""
    kinds: list[Any] = [World]
    node: Any = tree
    for part in place:
        kinds = [inner for kind in kinds for inner in _inside(kind, part)]
        node = _entered(node, part)
        law = node.get("law") if isinstance(node, dict) else None
        kinds = [kind for kind in kinds if law is None or _law_name(kind) in (law, None)] or kinds
    return kinds


def _entered(node: Any, part: str | int) -> Any:
    try:
        return node[part]
    except (KeyError, IndexError, TypeError):
        return None


def _inside(kind: Any, part: str | int) -> Iterator[Any]:
    """Yield the types of what lies under a key of a table, or in a list."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if part == (field.alias or name):
                yield from _parts_of(field.annotation)
    elif get_origin(kind) is dict and isinstance(part, str):
        yield from _parts_of(get_args(kind)[1])
    elif get_origin(kind) is tuple and isinstance(part, int):
        yield from _parts_of(get_args(kind)[0])


def _parts_of(kind: Any) -> Iterator[Any]:
    """Yield the members of a union, without what only annotates them."""
    if get_origin(kind) is Annotated:
        yield from _parts_of(get_args(kind)[0])
    elif get_origin(kind) in (Union, types.UnionType):
        for member in get_args(kind):
            yield from _parts_of(member)
    else:
        yield kind


def _law_name(kind: Any) -> str | None:
    field = kind.model_fields.get("law") if isinstance(kind, type) and issubclass(kind, BaseModel) else None
    is_literal = field is not None and get_origin(field.annotation) is Literal
    return get_args(field.annotation)[0] if field is not None and is_literal else None


def meaning(key: str) -> str:
    """Return what a key such as ``levers.time.cut_after`` means, from the models' docstrings; may be empty.

    Examples
    --------
    >>> meaning("tariff.firm_share")
    'Part of the toll that the firm receives.'
    """
    *table, last = key.split(".")
    for kind in kinds_at(tuple(table), {}):
        said = docstrings(kind) if isinstance(kind, type) and issubclass(kind, BaseModel) else {}
        if last in said:
            return said[last]
    return ""


@cache
def docstrings(model: type[BaseModel]) -> dict[str, str]:
    """Return the docstrings that stand under a model's fields, by key, those it inherits included."""
    said: dict[str, str] = {}
    for kind in reversed(model.__mro__):
        if not (issubclass(kind, BaseModel) and kind.__module__.startswith("sim.")) or "[" in kind.__name__:
            continue
        for name, text in _under_fields(kind).items():
            field = model.model_fields.get(name)
            said[(field.alias if field else None) or name] = text
    return said


def _under_fields(model: type) -> dict[str, str]:
    body = _class_bodies(inspect.getmodule(model)).get(model.__name__, [])
    said = {}
    for field, under in itertools.pairwise(body):
        if (
            isinstance(field, ast.AnnAssign)
            and isinstance(field.target, ast.Name)
            and isinstance(under, ast.Expr)
            and isinstance(under.value, ast.Constant)
            and isinstance(under.value.value, str)
        ):
            said[field.target.id] = inspect.cleandoc(under.value.value)
    return said


@cache
def _class_bodies(module: Any) -> dict[str, list[ast.stmt]]:
    parsed = ast.parse(inspect.getsource(module))
    return {node.name: node.body for node in parsed.body if isinstance(node, ast.ClassDef)}
