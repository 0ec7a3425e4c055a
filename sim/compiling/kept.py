"""Machine code on disk: one file for each piece and content, written whole or not at all, and checked."""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
import uuid
from contextlib import suppress
from pathlib import Path

_DIGEST = hashlib.sha256().digest_size
_DAY = 24 * 3600  # seconds
_UNUSED_FOR = 30 * _DAY  # a guess: long enough for a branch that rests, short enough for a small disk
_MOST = 20  # versions of a piece: a guess; whoever edits all day makes one with each edit


def read(file: Path) -> tuple[str, bytes] | None:
    """Return the symbol and the object file that are kept, None when there is nothing that can be used.

    A file that is not what was written is removed.
    """
    try:
        content = file.read_bytes()
    except OSError:
        return None
    try:
        found = _checked(content)
    except (ValueError, LookupError):
        forget(file)
        return None
    _date(file)
    return found


def _checked(content: bytes) -> tuple[str, bytes]:
    digest, rest = content[:_DIGEST], content[_DIGEST:]
    if hashlib.sha256(rest).digest() != digest:
        raise ValueError("not what was written")
    head, _, object_file = rest.partition(b"\n")
    return json.loads(head)["symbol"], object_file


def write(file: Path, symbol: str, object_file: bytes) -> None:
    """Keep machine code, and remove versions of the same piece that nobody used for 30 days, and all but the 20 last.

    A disk that is full or cannot be written any more costs only the next run's compiling.
    """
    content = json.dumps({"symbol": symbol}).encode() + b"\n" + object_file
    with suppress(OSError):
        _write_whole(file, hashlib.sha256(content).digest() + content)
        _remove_unused(file)


def forget(file: Path) -> None:
    """Remove a file, if that is possible."""
    with suppress(OSError):
        file.unlink()


def _date(file: Path) -> None:
    """Date the last use, once a day."""
    with suppress(OSError):
        if time.time() - file.stat().st_mtime > _DAY:
            os.utime(file)


def _write_whole(file: Path, content: bytes) -> None:
    """Write a file so that others see all of it or nothing, whoever else writes it and whatever interrupts."""
    part = file.with_name(f"{file.name}.{uuid.uuid4().hex[:12]}")
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _remove_unused(latest: Path) -> None:
    piece = latest.name.split("-")[0]
    versions = [file for file in latest.parent.iterdir() if re.fullmatch(rf"{re.escape(piece)}-\w+\.code", file.name)]
    used = {file: file.stat().st_mtime for file in versions if file != latest}
    for place, file in enumerate(sorted(used, key=used.__getitem__, reverse=True), 1):
        if place >= _MOST or time.time() - used[file] > _UNUSED_FOR:
            file.unlink(missing_ok=True)
