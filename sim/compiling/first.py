"""The first use on a machine: what takes long is compiled at once, and somebody is told."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sim.compiling.folder import cache_folder


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


Part = Callable[[], None]
Tell = Callable[[Compiling], None]

_EVERY = 0.2  # seconds
_ready: set[Part] = set()
_turn = threading.RLock()


def first_use(warm_ups: Sequence[Part], tell: Tell | None = None) -> None:
    """Compile what was never compiled on this machine, and tell how far it is; do nothing when all is there.

    Of several threads one compiles and the others wait. What was done before an interruption stays done; the part that
    is interrupted goes on in the background, since a compiler at work hears no signals.

    Parameters
    ----------
    warm_ups : sequence of callable
        Functions of a module, known by their names. Each calls entries with arguments of the kinds they will get, so
        that they are compiled and kept.
    tell : callable, optional
        Told at once and then several times a second how far it is, from a thread of its own; at last from this one.
    """
    parts = [part for part in warm_ups if not _is_ready(part)]
    if not parts:
        return
    with _telling(parts, tell):
        for part in parts:
            _waited_for(part)


def _waited_for(part: Part) -> None:
    """Compile a part in a thread of its own, so that this one can be interrupted."""
    failures: list[BaseException] = []

    def compile_it() -> None:
        try:
            with _turn:
                if part not in _ready:
                    part()
                    _remember(part)
        except BaseException as failure:  # raised again by whoever waits
            failures.append(failure)

    compiler = threading.Thread(target=compile_it, daemon=True)
    compiler.start()
    while compiler.is_alive():
        compiler.join(_EVERY / 2)
    if failures:
        raise failures[0]


def _is_ready(part: Part) -> bool:
    if part not in _ready:
        mark = _mark(part)
        if mark is None or not mark.exists():
            return False
        _ready.add(part)
    return True


def _remember(part: Part) -> None:
    mark = _mark(part)
    if mark is not None:
        with suppress(OSError):  # then it is told, and looked up, again in the next run
            mark.touch()
    _ready.add(part)


def _mark(part: Part) -> Path | None:
    from llvmlite.binding import get_host_cpu_name

    folder = cache_folder()  # machines with other processors may share it, and not the machine code
    return folder and folder / f"{part.__module__}.{part.__qualname__}.{get_host_cpu_name()}.ready"


@contextmanager
def _telling(parts: Sequence[Part], tell: Tell | None) -> Iterator[None]:
    if tell is None:
        yield
        return
    began, ended = time.monotonic(), threading.Event()

    def so_far(last: bool) -> Compiling:
        done = sum(part in _ready for part in parts)
        return Compiling(done, len(parts), time.monotonic() - began, last)

    def watch() -> None:
        tell(so_far(last=False))
        while not ended.wait(_EVERY):
            tell(so_far(last=False))

    watcher = threading.Thread(target=watch, daemon=True)
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
