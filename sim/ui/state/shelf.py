"""The shelf: what users bring or make, kept on the server's disk by its content, and found by nothing else.

What is put down is named by the SHA-256 of its bytes: no name that anybody writes is ever a path, the same thing is
kept once, and only who knows what a thing is called (a link has it) finds it again. It outlives session and server.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from sim.files import written_whole
from sim.ui.state.speech import later

Kind = Literal["world", "report", "roster", "figures"]
DIGITS = 20
"""Hexadecimal digits of a name."""
KEPT_DAYS = 180
MOST_BYTES = 500_000_000
_NAME = re.compile(rf"[0-9a-f]{{{DIGITS}}}")
_NOT_KEPT = later(
    "This could not be kept: on the computer where this app runs the disk is full, or the app may not write there."
)


class NotKept(ValueError):  # noqa: N818 - read as a sentence
    """Something could not be written on the server's disk; where, is nothing that a user is told."""

    def __init__(self) -> None:
        super().__init__(_NOT_KEPT)


@contextmanager
def written() -> Iterator[None]:
    """Let what is written here end in `NotKept` where the disk does not take it."""
    try:
        yield
    except OSError as why:
        raise NotKept from why


def folder() -> Path:
    """Return where the shelf stands: ``DOUBLE_PEINE_SHELF``, or ``out/shelf`` where the app was started."""
    return Path(os.environ.get("DOUBLE_PEINE_SHELF", "out/shelf"))


def put(kind: Kind, content: bytes) -> str:
    """Put something on the shelf, in the place of what is not what it was, and return its name.

    Raises
    ------
    NotKept
        If it cannot be written.
    """
    name = name_of(content)
    place = _place(kind, name)
    with written():
        if get(kind, name) is None:
            clear()
            with written_whole(place) as unfinished:
                unfinished.write_bytes(content)
    return name


def name_of(content: bytes) -> str:
    """Return what something is called on the shelf."""
    return hashlib.sha256(content).hexdigest()[:DIGITS]


def get(kind: Kind, name: str) -> bytes | None:
    """Return what is on the shelf under a name; None where it is not, or is not what it was.

    What is taken down is kept longer.
    """
    if not _NAME.fullmatch(name):
        return None
    place = _place(kind, name)
    try:
        content = place.read_bytes()
        os.utime(place)
    except OSError:
        return None
    return content if name_of(content) == name else None


def study(name: str) -> Path:
    """Return the folder in which a study keeps what it has finished, named as everything here; it is kept longer."""
    place = folder() / "sweeps" / name
    with suppress(OSError):
        os.utime(place)
    return place


def put_aside(place: Path) -> None:
    """Put a folder that cannot be read beside its name, in the place of one that was put there before.

    Raises
    ------
    NotKept
        If it cannot be moved.
    """
    aside = place.with_suffix(".aside")
    with written():
        _take_away(aside)
        place.rename(aside)


def clear(now: float | None = None) -> None:
    """Take away what nobody has asked for in a long time, and the longest unasked beyond what there is room for."""
    now = time.time() if now is None else now
    named = (place for place in folder().glob("*/*") if _NAME.fullmatch(place.stem))
    room = MOST_BYTES
    for asked, size, place in sorted(map(_stat, named), reverse=True):
        room -= size
        if now - asked > KEPT_DAYS * 86_400 or room < 0:
            _take_away(place)


def _stat(place: Path) -> tuple[float, int, Path]:
    """Return when a file, or anything in a folder, was asked for last, and how large all of it is."""
    known = []
    for one in (place, *place.rglob("*")):
        with suppress(OSError):  # others may be clearing too
            known.append(one.stat())
    return max((one.st_mtime for one in known), default=0.0), sum(one.st_size for one in known), place


def _take_away(place: Path) -> None:
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        place.unlink(missing_ok=True)


def _place(kind: Kind, name: str) -> Path:
    return folder() / kind / f"{name}.kept"
