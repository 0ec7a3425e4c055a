"""The first use on a machine: what takes long is compiled at once, and somebody is told."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import copy_context
from dataclasses import dataclass
from typing import TextIO

from sim.machine.compiling.pieces import Piece
from sim.machine.compiling.workers import compiling, processes_for


@dataclass(frozen=True)
class Compiling:
    """How far compiling is.

    Attributes
    ----------
    done, of : int
        Parts compiled, and all that had to be.
    seconds : float
        Time since it began.
    ended : bool
        Nothing more will be told: it is done, or was interrupted.

    Examples
    --------
    >>> print(Compiling(done=1, of=3, seconds=4.2))
    compiling, once on this machine: 1 of 3 parts, 4 s
    """

    done: int
    of: int
    seconds: float
    ended: bool = False

    def __str__(self) -> str:
        state = "compiling" if not self.ended else "compiled" if self.done == self.of else "interrupted compiling"
        return f"{state}, once on this machine: {self.done} of {self.of} parts, {self.seconds:.0f} s"


Tell = Callable[[Compiling], None]

_EVERY = 0.2  # seconds
_turn = threading.RLock()


def first_use(pieces: Sequence[Piece], tell: Tell | None = None) -> None:
    """Compile what never was on this machine, side by side, and tell how far it is; do nothing if all is there.

    Of several threads one compiles and the others wait, each telling how far what it needs is. What was done before an
    interruption stays done.

    Parameters
    ----------
    pieces : sequence of Piece
        Those that take longest first.
    tell : callable, optional
        Told at once and then several times a second how far it is, from a thread of its own; at last from this one.
    """
    needed = [piece for piece in pieces if not piece.is_ready()]
    if not needed:
        return
    with _telling(needed, tell), _turn:
        missing = [piece for piece in needed if not piece.is_ready()]
        if missing:
            _compile(missing)


def _compile(missing: Sequence[Piece]) -> None:
    processes = processes_for(missing)
    if processes:
        with compiling([piece for piece in missing if piece.file is not None], processes) as threads:
            _wait_for(threads)
    for piece in missing:
        if not piece.is_ready():
            _compile_here(piece)


def _compile_here(piece: Piece) -> None:
    """Compile a piece in a thread of its own, so that this one can be interrupted; the piece then goes on by itself."""
    failures: list[BaseException] = []

    def compile_it() -> None:
        try:
            piece.address()
        except BaseException as failure:  # raised again by whoever waits
            failures.append(failure)

    compiler = threading.Thread(target=compile_it, daemon=True)
    compiler.start()
    _wait_for([compiler])
    if failures:
        raise failures[0]


def _wait_for(threads: Sequence[threading.Thread]) -> None:
    """Wait so that Ctrl-C is heard: a compiler at work answers no signals."""
    for thread in threads:
        while thread.is_alive():
            thread.join(_EVERY / 2)


@contextmanager
def _telling(pieces: Sequence[Piece], tell: Tell | None) -> Iterator[None]:
    if tell is None:
        yield
        return
    began, ended = time.monotonic(), threading.Event()

    def so_far(last: bool) -> Compiling:
        done = sum(piece.is_ready() for piece in pieces)
        return Compiling(done, len(pieces), time.monotonic() - began, last)

    def watch() -> None:
        tell(so_far(last=False))
        while not ended.wait(_EVERY):
            tell(so_far(last=False))

    watcher = threading.Thread(target=copy_context().run, args=(watch,), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
        tell(so_far(last=True))


def terminal(stream: TextIO | None = None) -> Tell:
    """Return a teller for a terminal: one line, written anew each time; elsewhere a line at the start and at the end.

    Parameters
    ----------
    stream : text stream, optional
        Where to write; standard error when not given.
    """
    out = sys.stderr if stream is None else stream
    shown: list[str] = []

    def tell(now: Compiling) -> None:
        words, before = str(now), shown[-1] if shown else ""
        with suppress(OSError, ValueError, AttributeError):  # full, closed, or none at all: it is only told
            if out.isatty():
                print(f"\r{words:<{len(before)}}", end="\n" if now.ended else "", file=out, flush=True)
            elif now.ended or not shown:
                print(words, file=out, flush=True)
        shown[:] = [] if now.ended else [words]

    return tell
