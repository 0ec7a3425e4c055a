"""Machine code on disk: one file for each entry and kinds of arguments, written whole or not at all, and checked."""

from __future__ import annotations

import hashlib
import pickle
import uuid
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from numba.core.compiler import CompileResult
from numba.core.serialize import dumps

_DIGEST = hashlib.sha256().digest_size


class Kept:
    """The machine code of one entry in a folder; it stands in the place of numba's own cache and answers as that does.

    numba's cache trusts its files, so that a broken one ends the run, and shares one index among the processes that
    write it, so that two at once can leave one's code under the other's key. Here a file has a key of its own and is
    put in place in one step: of two processes the later one wins, with the same code. A file that is not what was
    written, or that cannot be loaded, is removed and the entry compiled anew. A disk that is full or cannot be written
    any more costs only the next run's compiling.

    Parameters
    ----------
    function : callable
        The entry in Python, which encloses no other values.
    folder : Path
        A folder for the sources as they are now.
    """

    def __init__(self, function: Callable[..., Any], folder: Path) -> None:
        self._folder = folder
        name = f"{function.__module__}.{function.__qualname__}-{function.__code__.co_firstlineno}"
        self._name = name.replace("<", "").replace(">", "")  # not allowed in names of files on Windows

    @property
    def cache_path(self) -> str:
        """Return the folder's name, for numba's statistics."""
        return str(self._folder)

    def load_overload(self, signature: Any, target: Any) -> Any:
        """Return the compiled result for these kinds of arguments, None when there is none that can be used."""
        target.refresh()
        file = self._file(signature, target.codegen())
        try:
            parts = pickle.loads(_checked(file.read_bytes()))
            return CompileResult._rebuild(target, *parts)  # type: ignore[no-untyped-call]
        except FileNotFoundError:
            return None
        except Exception:  # a broken file can fail in any way
            with suppress(OSError):
                file.unlink()
            return None

    def save_overload(self, signature: Any, result: Any) -> None:
        """Write a compiled result."""
        if result.library.has_dynamic_globals:
            warnings.warn(f"{self._name} holds addresses of this run: its machine code cannot be kept", stacklevel=2)
            return
        content = dumps(result._reduce())  # type: ignore[no-untyped-call]
        with suppress(OSError):
            write_whole(self._file(signature, result.codegen), hashlib.sha256(content).digest() + content)

    def flush(self) -> None:
        """Remove what is kept of this entry, as numba asks before it compiles anew."""
        for file in self._folder.glob(f"{self._name}.*"):
            file.unlink(missing_ok=True)

    def _file(self, signature: Any, codegen: Any) -> Path:
        key = hashlib.sha256(repr((signature, codegen.magic_tuple())).encode()).hexdigest()
        return self._folder / f"{self._name}.{key[:24]}.code"


def _checked(content: bytes) -> bytes:
    digest, rest = content[:_DIGEST], content[_DIGEST:]
    if hashlib.sha256(rest).digest() != digest:
        raise ValueError("not what was written")
    return rest


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that others see all of it or nothing, whoever else writes it and whatever interrupts."""
    part = file.with_name(f"{file.name}.{uuid.uuid4().hex[:12]}")
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
