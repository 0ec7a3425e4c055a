"""What a piece is made of: the code of every rule it leads to, and every number that machine code holds a copy of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from enum import EnumMeta
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from sim.compiling.marks import BODIES, RULES
from sim.compiling.tables import Step, Table

PACKAGE = Path(__file__).resolve().parents[1]
_OURS = __name__.partition(".")[0]


class UnknownContentError(Exception):
    """A piece leads to something of which it cannot be said whether it has changed."""


def contents_of(function: Callable[..., Any]) -> str:
    """Return a digest of all that the machine code of a function will say, as it stands in memory.

    Not of the source files: they may have been edited since they were read. What is compiled is the code in memory, so
    that is looked at: of the function and of every rule that it leads to, with every constant of another module.

    Raises
    ------
    UnknownContentError
        If the function encloses a value, or leads to something that is neither a rule, a number, a table nor a module.
    """
    told = hashlib.sha256()
    waiting, met = [function], {function}
    while waiting:
        lines, leads_to = _said_of(waiting.pop(0))
        told.update(lines)
        waiting += [rule for rule in leads_to if rule not in met]
        met.update(leads_to)
    return told.hexdigest()


@cache
def _said_of(rule: Any) -> tuple[bytes, tuple[Any, ...]]:
    """Return what counts of one rule, and the rules that it names; the same ever after, since machine code is."""
    body = BODIES.get(rule, rule)
    if getattr(body, "__closure__", None):
        raise UnknownContentError(f"{body.__qualname__} encloses a value")
    lines = [
        f"{rule.__module__}.{rule.__qualname__} {RULES.get(rule)} {body.__defaults__}",
        *_code(body.__code__, body.__doc__),
    ]
    leads_to = []
    for name, value in sorted(_named(body).items()):
        if isinstance(value, FunctionType) and value in RULES:
            lines.append(f"{name} is {value.__module__}.{value.__qualname__}")
            leads_to.append(value)
        elif not _is_ours(value):
            lines.append(f"{name} is {_value(name, value)}")
    return "\n".join(lines).encode(), tuple(leads_to)


def _is_ours(value: Any) -> bool:
    """Say whether this is a function or class of ours: compiled code knows none but rules; a field has its name."""
    plain = isinstance(value, FunctionType | type) and not isinstance(value, EnumMeta)
    return plain and value.__module__.partition(".")[0] == _OURS


def _code(code: CodeType, says: str | None = None) -> Iterator[str]:
    """Yield what a function does, wherever in its file it stands and whatever it says of itself."""
    yield f"{code.co_code.hex()} {code.co_names} {code.co_varnames} {code.co_argcount}"
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _code(constant)
        elif says is None or constant != says:
            yield f"{type(constant).__name__} {constant!r}"


def _named(rule: Any) -> dict[str, Any]:
    """Return what a rule reads of its module, and of the modules named there, by name."""
    found: dict[str, Any] = {}
    names = list(_names(rule.__code__))
    for name in names:
        value = rule.__globals__.get(name)
        if isinstance(value, ModuleType) and value.__name__.partition(".")[0] == _OURS:
            found |= {f"{name}.{inner}": getattr(value, inner) for inner in names if hasattr(value, inner)}
        elif value is not None:
            found[name] = value
    return found


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)


def _value(name: str, value: Any) -> str:
    if isinstance(value, Table):
        return f"a table of {value.dtype!r}"
    if isinstance(value, Step):
        return "a step"
    if isinstance(value, EnumMeta):
        return f"{[(member.name, member.value) for member in value]}"  # type: ignore[var-annotated]
    if isinstance(value, bool | int | float | str | tuple) or value is None:
        return f"{type(value).__name__} {value!r}"
    if isinstance(value, ModuleType):
        return f"module {value.__name__}"
    if callable(value) and hasattr(value, "__name__"):
        return f"{value.__module__}.{value.__name__}"  # numba knows it, or says that it does not
    raise UnknownContentError(f"{name} is a {type(value).__name__}")
