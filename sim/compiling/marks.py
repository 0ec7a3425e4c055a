"""The marks: rules, inlined or not, which compiled code calls; other bodies for them; entries, which Python calls."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sim.compiling.folder import PACKAGE, cache_folder

F = TypeVar("F", bound=Callable[..., Any])

_waiting: list[tuple[Callable[..., Any], Callable[..., Any], bool]] = []
"""Rules that numba was not told of yet: the function that code names, the one that is compiled, and whether inlined."""
_compiled: list[Any] = []  # numba itself holds them weakly
_turn = threading.Lock()


def rule(function: F) -> F:
    """Mark a function that compiled code calls too; in Python it stays what it is.

    What it calls has to be a rule, or known to numba; what it reads beside its arguments has to be a number that
    never changes, since the machine code holds a copy.
    """
    _waiting.append((function, function, False))
    return function


def inlined(function: F) -> F:
    """Mark a rule that becomes part of its caller when compiled: for what is called from one place, or very often.

    All together make a run a third faster.
    """
    _waiting.append((function, function, True))
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
        _waiting.append((name, function, inlined))
        return function

    return keep


def entry(function: F) -> F:
    """Compile a function that Python calls, when it is first called, with all the rules it leads to.

    It runs without the interpreter's lock. Whatever it leads to has to be imported before it is defined. Its machine
    code is kept for the next run. It cannot be sent to another process (there it would be compiled anew): send a
    function that calls it.
    """
    from numba import njit
    from numba.core import config

    from sim.compiling.kept import Kept

    if config.DISABLE_JIT:  # type: ignore[attr-defined]
        raise ValueError("compiling is switched off by NUMBA_DISABLE_JIT, and nothing runs without it: unset it")
    _tell_numba_the_rules()
    dispatcher: Any = njit(function, nogil=True, error_model="numpy")
    cache_folder.cache_clear()  # the sources may have been edited and read anew since the last entry
    folder = cache_folder()
    if folder is not None and _is_ours(function):
        dispatcher._cache = Kept(function, folder)
    compiled: F = dispatcher
    return compiled


def _tell_numba_the_rules() -> None:
    """Let compiled code that names a rule find its machine code, compiled once for each kind of arguments.

    `numba.extending.register_jitable` would do it with public words alone, but compiles a rule anew for every set of
    options of those who call it: half as long again in all.
    """
    from numba import njit, types
    from numba.core.registry import cpu_target

    with _turn:
        while _waiting:
            name, function, into_caller = _waiting[0]
            inner: Any = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True, "forceinline": into_caller}
            compiled = njit(function, error_model="numpy", **inner)
            _compiled.append(compiled)
            cpu_target.typing_context.insert_global(name, types.Dispatcher(compiled))
            del _waiting[0]  # only now: an interruption loses none


def _is_ours(function: Callable[..., Any]) -> bool:
    """Tell whether the digest says all about the function: it is written in the package, and encloses nothing."""
    file = Path(function.__code__.co_filename)
    return function.__closure__ is None and file.is_file() and file.resolve().is_relative_to(PACKAGE)
