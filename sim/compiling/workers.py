"""Pieces compiled side by side, each by a process of its own: the compiler holds the interpreter's lock."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from sim.compiling.pieces import Piece

_MOST = 4
"""Processes at once: each takes a quarter of a gigabyte."""


def processes_for(pieces: Sequence[Piece]) -> int:
    """Return how many processes compile these best: none where nothing can be kept, started or done side by side."""
    if getattr(sys, "frozen", False) or not sys.executable:  # a program of its own, which would start itself
        return 0
    kept = [piece for piece in pieces if piece.file is not None]
    most = min(len(kept), _cores(), _MOST)
    return most if most > 1 else 0


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def compiling(pieces: Sequence[Piece], processes: int) -> Iterator[list[threading.Thread]]:
    """Have pieces compiled; give the threads that wait for it. Whatever is still compiled at the end is given up."""
    waiting = deque(pieces)
    started: list[subprocess.Popen[str]] = []
    with suppress(OSError):  # then this process compiles
        started += [_started() for _ in range(processes)]
    threads = [threading.Thread(target=_feed, args=(worker, waiting.popleft), daemon=True) for worker in started]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        for worker in started:
            with suppress(OSError):
                worker.kill()
            worker.communicate()


def _started() -> subprocess.Popen[str]:
    way = os.pathsep.join(place or str(Path.cwd()) for place in sys.path)
    return subprocess.Popen(
        [sys.executable, "-m", "sim.compiling.worker"],
        env=os.environ | {"PYTHONPATH": way},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def _feed(worker: subprocess.Popen[str], next_piece: Callable[[], Piece]) -> None:
    """Give a worker piece after piece. One that fails is left to whoever needs the piece, who will be told why."""
    assert worker.stdin is not None
    assert worker.stdout is not None
    with suppress(IndexError, OSError, ValueError):
        while True:
            piece = next_piece()
            worker.stdin.write(f"{piece.home} {piece.name}\n")
            worker.stdin.flush()
            if not worker.stdout.readline():
                return
