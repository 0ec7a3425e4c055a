"""Who lives the chunks of a sweep: this thread, threads, processes for SimPy, or whatever has a ``submit``."""

from __future__ import annotations

import itertools
import signal
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from threading import Event
from typing import Any

from sim.study.running.size import Size
from sim.study.running.workers import hands_for, left_to_us
from sim.study.sweeping.chunk import Answer, Chunk, answer
from sim.world import World

_AHEAD = 3
"""Chunks that are handed out for each worker, the one it has among them."""
_UNKNOWN = 64
"""Workers that an executor is taken to have which does not say."""
_LOOKS = 0.2
"""Seconds after which a wait looks whether it is to end."""

Answers = Generator[tuple[Chunk, Answer]]


class SweepError(RuntimeError):
    """A sweep that could not go on: who did the work gave up, or nothing more could be written.

    Attributes
    ----------
    finished : optional
        What was finished before, where the world as it is was: a sweep, or of a search what it knows by then.
    """

    finished: Any = None


def answers(chunks: Iterator[Chunk], world: World, size: Size, tasks: int, executor: Any = None) -> Answers:
    """Yield what each chunk comes to, as soon as it does, in whatever order.

    Parameters
    ----------
    tasks : int
        How many chunks there are at most.
    executor : optional
        Anything whose ``submit(function, argument)`` returns a future, in place of workers here.

    Raises
    ------
    SweepError
        If an executor gave up.
    """
    if executor is not None:
        return _elsewhere(executor, chunks)
    hands = hands_for((world,), size.engine, size.workers, tasks)
    if hands.many == 1:
        return ((chunk, answer(chunk)) for chunk in chunks)
    return _threads(chunks, hands.many) if hands.threads else _processes(chunks, hands.many)


def _threads(chunks: Iterator[Chunk], many: int) -> Answers:
    stop = Event()
    with ThreadPoolExecutor(many) as pool:
        try:
            yield from _through(pool, chunks, _AHEAD * many, lambda: not stop.is_set())
        except BaseException:
            stop.set()
            raise


def _processes(chunks: Iterator[Chunk], many: int) -> Answers:
    """Give chunks to processes that need no ``__main__`` guard, and leave Ctrl-C to this one."""
    from joblib.externals.loky import ProcessPoolExecutor  # one of its own: joblib renews the one that it shares

    with ProcessPoolExecutor(max_workers=many, initializer=_deaf) as pool:
        with left_to_us():  # before a process could say so itself: all of them begin with the first task
            pool.submit(_deaf)
        yield from _elsewhere(pool, chunks, _AHEAD * many)


def _deaf() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _elsewhere(executor: Any, chunks: Iterator[Chunk], ahead: int | None = None) -> Answers:
    if not callable(getattr(executor, "submit", None)):
        raise ValueError(f"executor is {type(executor).__name__}: one with submit is needed, as in concurrent.futures")
    try:
        yield from _through(executor, chunks, ahead or _AHEAD * _capacity(executor))
    except (KeyboardInterrupt, GeneratorExit):
        raise
    except BaseException as gave_up:  # also what is no Exception: cancelled futures are none for some
        said = f"{type(gave_up).__name__}: {gave_up}".rstrip(": ")
        raise SweepError(f"who did the work gave up ({said})") from gave_up


def _capacity(executor: Any) -> int:
    """Return how many work for an executor, as far as it tells."""
    if callable(getattr(executor, "ncores", None)):
        return sum(executor.ncores().values()) or _UNKNOWN
    many = getattr(executor, "_max_workers", None)
    return many if isinstance(many, int) and many > 0 else _UNKNOWN


def _through(executor: Any, chunks: Iterator[Chunk], ahead: int, *wanted: Any) -> Answers:
    """Yield what an executor answers, with no more handed out than so many."""
    came: SimpleQueue[int] = SimpleQueue()
    out: dict[int, tuple[Any, Chunk]] = {}
    numbered = enumerate(chunks)

    def hand_out(many: int) -> None:
        for at, chunk in itertools.islice(numbered, many):
            future = executor.submit(answer, chunk, *wanted)
            out[at] = future, chunk
            if hasattr(future, "add_done_callback"):
                future.add_done_callback(lambda _, at=at: came.put(at))

    try:
        hand_out(ahead)
        while out:
            for at in _come(came, out):
                future, chunk = out.pop(at)
                yield chunk, future.result()
                hand_out(1)
    finally:
        for future, _ in out.values():
            future.cancel()


def _come(came: SimpleQueue[int], out: dict[int, tuple[Any, Chunk]]) -> list[int]:
    """Wait a little, and return which are done: they say so, or are asked."""
    try:
        return [came.get(timeout=_LOOKS)]
    except Empty:
        return [at for at, (future, _) in out.items() if not hasattr(future, "add_done_callback") and future.done()]
