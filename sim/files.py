"""Files: written whole or not at all, and asked about without an error whatever their name."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def real_path(path: Path) -> Path:
    """Return the path with its links followed, as far as they lead anywhere: a loop of links is left as it stands.

    Raises
    ------
    ValueError
        If there is a NUL in it.
    """
    return Path(os.path.realpath(path))


def is_file(path: Path) -> bool:
    """Say whether there is such a file; there is none of a name too long, in a loop of links, or with a NUL."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a path beside the wanted one; move it there when the block ends well, remove it when it does not."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    unfinished = Path(name)
    try:
        yield unfinished
        unfinished.chmod(0o644)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
