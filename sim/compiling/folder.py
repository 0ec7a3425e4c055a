"""Where machine code is kept: a folder that can be written, named after all that the machine code depends on."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]

_NAME = "double-peine"
_DIGITS = 24
_UNUSED_FOR = 30 * 24 * 3600  # seconds: a guess; long enough for a branch that rests, short enough for a small disk
_MOST = 20  # folders: a guess; whoever edits all day makes one with each edit
_OF_NO_MATTER = ("NUMBA_CACHE_DIR", "NUMBA_NUM_THREADS")  # joblib sets the second in its workers


def digest_of_sources(package: Path = PACKAGE) -> str:
    """Return a digest of what the machine code depends on: every source file, the compiler and its settings.

    Machine code holds copies of the constants and functions of other files, and numba does not notice when these are
    edited. Hence every file counts, by its place and its bytes.
    """
    digest = hashlib.sha256("\n".join(_compiler()).encode())
    for file in sorted(package.rglob("*.py")):
        if file.is_file():  # an editor's lock may be a link to nothing
            content = file.read_bytes()
            digest.update(f"\n{file.relative_to(package).as_posix()} {len(content)}\n".encode())
            digest.update(content)
    return digest.hexdigest()[:_DIGITS]


def _compiler() -> list[str]:
    import llvmlite
    import numba
    import numpy as np

    names = sorted(name for name in os.environ if name.startswith("NUMBA_") and name not in _OF_NO_MATTER)
    versions = [sys.version, numba.__version__, llvmlite.__version__, np.__version__]
    return versions + [f"{name}={os.environ[name]}" for name in names]


@cache
def cache_folder() -> Path | None:
    """Return the folder for this machine code, the first that can be written or holds it; None where there is none.

    These are asked in turn: what ``NUMBA_CACHE_DIR`` says, the installed package's ``__pycache__``, the user's cache
    folder, a private folder among the temporary ones. When a new one is made, those of other sources are removed that
    nobody used for 30 days, and all but the 20 used last.
    """
    name = digest_of_sources()
    for root in _roots():
        new = not (root / name).exists()
        if _can_be_written(root / name):
            if new:
                _remove_unused(root)
            return root / name
        if _holds_code(root / name):
            return root / name
    return None


def _holds_code(folder: Path) -> bool:
    """Say whether somebody else has filled this folder: an image made ready by root, run by others."""
    with suppress(OSError):
        return any(folder.glob("*.ready"))
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
    """Make a file there and remove it: permissions say little to root; it also dates the folder's last use."""
    trial = folder / f"trial.{uuid.uuid4().hex}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial.touch()
        trial.unlink()
    except OSError:
        return False
    return True


def _remove_unused(root: Path) -> None:
    with suppress(OSError):
        ours = [folder for folder in root.iterdir() if re.fullmatch(rf"[0-9a-f]{{{_DIGITS}}}", folder.name)]
        used = {folder: folder.stat().st_mtime for folder in ours}
        latest = sorted(ours, key=used.__getitem__, reverse=True)[:_MOST]
        for folder in ours:
            if folder not in latest or time.time() - used[folder] > _UNUSED_FOR:
                shutil.rmtree(folder, ignore_errors=True)
