"""Pieces: what becomes machine code of its own, compiled once on a machine and called from Python or by a step."""

from __future__ import annotations

import ctypes
import hashlib
import threading
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.compiling import kept
from sim.compiling.contents import UnknownContentError, contents_of
from sim.compiling.folder import cache_folder
from sim.compiling.machine import loaded

if TYPE_CHECKING:
    from sim.compiling.numbas import Code

_IN_C: dict[str, Any] = {"int": ctypes.c_int64, "float": ctypes.c_double, "None": ctypes.c_int64}
_GIVEN: dict[str, Callable[[Any], Any]] = {"int": int, "float": float}
_RECORD = "int"
_DIGITS = 24

PIECES: dict[tuple[str, str], Piece] = {}
"""Every piece there is, by the module that made it and its name."""


class Piece:
    """A function as machine code, with all the rules that it leads to.

    Called from Python it takes and gives numbers, a record by its address, and runs outside the interpreter's lock.
    Nothing is compiled before it is called, or its address asked for; what was compiled once on this machine is read.

    Parameters
    ----------
    function : callable
        Whatever it leads to has to be imported before it is called.
    kinds : sequence of {"int", "float"} or numpy.dtype
        Of its arguments; a type of records for a record.
    answer : {"int", "float", "None"}
    home : str
        The module to import for this piece to be there.
    """

    def __init__(self, function: Callable[..., Any], kinds: Sequence[Any], answer: str, home: str) -> None:
        self.function, self.kinds, self.answer = function, tuple(kinds), answer
        self.home = home
        self.name = f"{function.__module__}.{function.__qualname__}".replace("<", "").replace(">", "")
        self.compiled_here = False
        self.__doc__ = function.__doc__
        self._turn = threading.RLock()
        self._address = 0
        PIECES[home, self.name] = self

    def __call__(self, *values: Any) -> Any:
        """Do as the function.

        Raises
        ------
        RuntimeError
            If the machine code gave up, which no rule does.
        """
        answer, why = _IN_C[self.answer](), ctypes.c_void_p()
        given = [convert(value) for convert, value in zip(self._given, values, strict=True)]
        stopped = self._in_c(ctypes.byref(answer), ctypes.byref(why), *given)
        if stopped:
            raise RuntimeError(f"{self.name} stopped with the status {stopped}")
        return None if self.answer == "None" else answer.value

    @cached_property
    def _given(self) -> tuple[Callable[[Any], Any], ...]:
        return tuple(_GIVEN[_plain(kind)] for kind in self.kinds)

    @cached_property
    def _in_c(self) -> Any:
        kinds = [_IN_C[_plain(kind)] for kind in self.kinds]
        return ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, *kinds)(self.address())

    @cached_property
    def file(self) -> Path | None:
        """Where the machine code is kept; None where it cannot be, or where nobody could say that it has changed."""
        folder = cache_folder()
        try:
            contents = contents_of(self.function)
        except UnknownContentError:
            return None
        kinds = [*self.kinds, self.answer]
        digest = hashlib.sha256(f"{contents} {kinds}".encode()).hexdigest()[:_DIGITS]
        return folder and folder / f"{self.name}-{digest}.code"

    def is_ready(self) -> bool:
        """Say whether nothing has to be compiled for it."""
        return bool(self._address) or (self.file is not None and self.file.exists())

    def address(self) -> int:
        """Return where the machine code stands in memory, read from disk or compiled."""
        with self._turn:
            self._address = self._address or self._read() or loaded(*self.compiled()[:2])
            return self._address

    def _read(self) -> int:
        found = self.file and kept.read(self.file)
        if not (self.file and found):
            return 0
        try:
            return loaded(*found)
        except Exception:  # whoever wrote it, it can fail in any way
            kept.forget(self.file)
            return 0

    def compiled(self) -> Code:
        """Compile it, and keep the machine code for the next run."""
        from sim.compiling.numbas import machine_code

        code = machine_code(self.function, self.kinds, self.answer)
        self.compiled_here = True
        if self.file and code.alone:
            kept.write(self.file, code.symbol, code.object_file)
        return code


def piece(function: Callable[..., Any]) -> Piece:
    """Make a function whose arguments are numbers a piece: ``int`` or ``float``, as they are annotated."""
    said = {name: kind if isinstance(kind, str) else str(kind and kind.__name__) for name, kind in _annotated(function)}
    answer = said.pop("return")
    return Piece(function, tuple(said.values()), answer, function.__module__)


def _annotated(function: Callable[..., Any]) -> list[tuple[str, Any]]:
    return list(function.__annotations__.items())


def _plain(kind: Any) -> str:
    return kind if isinstance(kind, str) else _RECORD
