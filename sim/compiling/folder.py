"""Where machine code is kept: a folder that can be written, named after the compiler and the processor."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
_COMPILING = Path(__file__).parent

_NAME = "double-peine"
_DIGITS = 24
_OF_NO_MATTER = ("NUMBA_CACHE_DIR", "NUMBA_NUM_THREADS")  # joblib sets the second in its workers


def compiler() -> str:
    """Return a digest of what makes machine code: the compiler, its settings, the processor, and how it is asked."""
    import llvmlite.binding as llvm

    names = sorted(name for name in os.environ if name.startswith("NUMBA_") and name not in _OF_NO_MATTER)
    told = [sys.version, *(f"{package} {version(package)}" for package in ("numba", "llvmlite", "numpy"))]
    told += [f"{name}={os.environ[name]}" for name in names]
    told += [llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten()]
    digest = hashlib.sha256("\n".join(told).encode())
    for name in ("numbas.py", "pieces.py"):
        digest.update((_COMPILING / name).read_bytes())
    return digest.hexdigest()[:_DIGITS]


@cache
def cache_folder() -> Path | None:
    """Return the folder for machine code, the first that can be written or holds some; None where there is none.

    These are asked in turn: what ``NUMBA_CACHE_DIR`` says, the installed package's ``__pycache__``, the user's cache
    folder, a private folder among the temporary ones.
    """
    name = compiler()
    for root in _roots():
        if _can_be_written(root / name) or _holds_code(root / name):
            return root / name
    return None


def _holds_code(folder: Path) -> bool:
    """Say whether somebody else has filled this folder: an image made ready by root, run by others."""
    with suppress(OSError):
        return any(folder.glob("*.code"))
    return False


def _roots() -> Iterator[Path]:
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        yield Path(chosen).absolute() / _NAME
    yield PACKAGE / "__pycache__" / "compiled"
    with suppress(RuntimeError):  # this user has no home
        yield _cache_of_the_user() / _NAME
    with suppress(OSError):  # there is no temporary folder, or none that is safe
        yield _private_folder()


def _cache_of_the_user() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    chosen = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return chosen if chosen.is_absolute() else Path.home() / ".cache"  # as the XDG specification says


def _private_folder() -> Path:
    """Make a folder among the temporary ones where nobody else can write, since it holds code to run."""
    if sys.platform == "win32":  # the temporary folder itself is the user's own
        return Path(tempfile.gettempdir()) / _NAME
    folder = Path(tempfile.gettempdir()) / f"{_NAME}-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    state = folder.lstat()  # of a link itself, not of what it leads to
    if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.getuid() or state.st_mode & 0o022:
        raise PermissionError(f"{folder} is open to others")
    return folder


def _can_be_written(folder: Path) -> bool:
    """Make a file there and remove it: permissions say little to root."""
    trial = folder / f"trial.{uuid.uuid4().hex}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial.touch()
        trial.unlink()
    except OSError:
        return False
    return True
