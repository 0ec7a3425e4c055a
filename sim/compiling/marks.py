"""The marks: rules, inlined or not, which compiled code calls, and other bodies for what Python calls by one name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


class Rule(NamedTuple):
    """What is compiled for a function that compiled code names, and whether it becomes part of its callers."""

    body: Callable[..., Any]
    inlined: bool


RULES: dict[Callable[..., Any], Rule] = {}
"""Every rule there is, by the function that code names."""


def rule(function: F) -> F:
    """Mark a function that compiled code calls too; in Python it stays what it is.

    What it calls has to be a rule, or known to numba; what it reads beside its arguments has to be a number that
    never changes, since the machine code holds a copy.
    """
    RULES[function] = Rule(function, inlined=False)
    return function


def inlined(function: F) -> F:
    """Mark a rule that becomes part of its caller when compiled: for what is called from one place, or very often.

    All together make a run a third faster.
    """
    RULES[function] = Rule(function, inlined=True)
    return function


def compiled_as(name: Callable[..., Any], *, inlined: bool = False) -> Callable[[F], F]:
    """Mark a function as what is compiled in the place of another, which Python calls by the same name.

    So the few verbs that do the same on objects and on records are told twice, and all that is written in those verbs
    once. Both have to take the same arguments and to answer alike: the tests of the two tellings hold them together.

    Parameters
    ----------
    name : callable
        The function as Python has it; it is no rule itself.
    inlined : bool
        Whether it becomes part of its caller, as with `inlined`.
    """

    def keep(function: F) -> F:
        RULES[name] = Rule(function, inlined)
        return function

    return keep
