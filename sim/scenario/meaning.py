"""What a key means, and in what it is counted: read off the models' docstrings, which alone say it."""

from __future__ import annotations

import ast
import inspect
import itertools
import re
from functools import cache
from typing import Any

from pydantic import BaseModel

from sim.scenario.fields import key_at, kinds_at


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


def unit_of(key: str) -> str:
    """Return the unit that a key's meaning names, such as EUR/h, or else that of its type; durations bear their own.

    Examples
    --------
    >>> unit_of("teams.front.wage"), unit_of("tariff.cap"), unit_of("teams.front.talk")
    ('EUR/h', 'EUR', '')
    """
    named = re.search(r"\((EUR|EUR/h|h)\)", meaning(key))
    if named:
        return named[1]
    found = key_at(tuple(key.split(".")), {})
    extra = found.field.json_schema_extra if found is not None else None
    return "EUR" if isinstance(extra, dict) and extra.get("unit") == "EUR" else ""


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
