"""Compiling: which functions numba compiles, and where the machine code is kept between runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

_waiting: list[Callable[..., Any]] = []


def rule(function: F) -> F:
    """Mark a function that compiled code calls too; in Python it stays what it is.

    What it calls has to be a rule, or known to numba; what it reads beside its arguments has to be a number that
    never changes, since the machine code holds a copy.
    """
    _waiting.append(function)
    return function


def entry(function: F) -> F:
    """Compile a function that Python calls, when it is first called, with all the rules it leads to.

    It runs without the interpreter's lock. Whatever it leads to has to be imported before it is defined.
    """
    from numba import njit
    from numba.extending import register_jitable

    while _waiting:
        register_jitable(_waiting.pop(), error_model="numpy")
    compiled: F = njit(function, nogil=True, cache=True, error_model="numpy")
    return compiled
