"""The marks: rules, inlined or not, which compiled code calls, and pieces, which become machine code of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

RULES: dict[Callable[..., Any], bool] = {}
"""Every rule there is, and whether it becomes part of its callers."""


def rule(function: F) -> F:
    """Mark a function that compiled code calls too; in Python it stays what it is.

    What it calls has to be a rule, or known to numba; what it reads beside its arguments has to be a number that
    never changes, since the machine code holds a copy.
    """
    RULES[function] = False
    return function


def inlined(function: F) -> F:
    """Mark a rule that becomes part of its caller when compiled: for what is called from one place, or very often.

    All together make a run a third faster.
    """
    RULES[function] = True
    return function
