"""The marks: rules, inlined or not, which compiled code calls, and other bodies that it has for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

RULES: dict[Callable[..., Any], bool] = {}
"""Every rule there is, and whether it becomes part of its callers."""
BODIES: dict[Callable[..., Any], Callable[..., Any]] = {}
"""What is compiled in the place of a rule, where that is not the rule itself."""


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


def compiled_as(name: Callable[..., Any], *, inlined: bool = False) -> Callable[[F], F]:
    """Mark a function as what is compiled in the place of another, which Python calls by the same name.

    So the few verbs that do the same on objects and on records are told twice, and all that is written in those verbs
    once. Both have to take the same arguments and to answer alike: the tests of the two tellings hold them together.

    Parameters
    ----------
    name : callable
        The function as Python has it.
    inlined : bool
        Whether it becomes part of its caller, as with `inlined`.
    """

    def keep(function: F) -> F:
        RULES[name], BODIES[name] = inlined, function
        return function

    return keep
