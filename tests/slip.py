"""A slip of the pen: a word or a sign of one function, and what shows that it is wrong."""

from __future__ import annotations

import importlib
import inspect
import sys
import textwrap
from collections.abc import Callable
from types import ModuleType
from typing import Any, NamedTuple, cast

import pytest


class Slip(NamedTuple):
    """What stands in a function once, and what is wrongly put in its place."""

    module: str
    function: str
    right: str
    wrong: str
    shown_by: str


def make(slip: Slip, patch: pytest.MonkeyPatch) -> None:
    """Put the function with the slip in the place of the right one, wherever it is known by its name."""
    source = textwrap.dedent(inspect.getsource(_found(slip.module, slip.function)))
    assert source.count(slip.right) == 1, f"{slip.function} holds {slip.right!r} {source.count(slip.right)} times"
    put_in_place(slip.module, slip.function, source.replace(slip.right, slip.wrong), patch)


def put_in_place(module: str, function: str, source: str, patch: pytest.MonkeyPatch) -> None:
    """Put a function of another text in the place of the right one, wherever that is known by its name."""
    home, true = importlib.import_module(f"sim.{module}"), _found(module, function)
    *owners, name = function.split(".")
    code = compile(source[source.index("def ") :], module, "exec", annotations.compiler_flag)
    found: dict[str, Any] = {}
    exec(code, vars(home), found)
    patch.setattr(getattr(home, owners[0]) if owners else home, name, found[name])
    for one in [*sys.modules.values()] if not owners else []:
        if one.__name__.startswith("sim."):
            known_as(one, name, true, found[name], patch)


def known_as(module: ModuleType, name: str, true: Any, wrong: Any, patch: pytest.MonkeyPatch) -> None:
    """Put something else in the place of what a module knows by a name, and of what stands in a table of it."""
    if vars(module).get(name) is true:
        patch.setattr(module, name, wrong)
    for table in [value for value in vars(module).values() if type(value) is dict]:
        for key in [key for key, value in table.items() if value is true]:
            patch.setitem(table, key, wrong)


def _found(module: str, function: str) -> Callable[..., Any]:
    found: Any = importlib.import_module(f"sim.{module}")
    for name in function.split("."):
        found = getattr(found, name)
    return cast("Callable[..., Any]", found)
