"""Who does the tasks of a study: this thread, threads over the compiled engine, or processes for SimPy."""

from __future__ import annotations

import itertools
import signal
import threading
import warnings
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sim.engines import Engine, engine_of
from sim.reading import memory_needed, memory_of_the_machine
from sim.study.running.processors import processors
from sim.study.running.progress import Days, Journal
from sim.study.running.tasks import Lived, ReplicationError, Task, live
from sim.world import World

_LOOKS = 0.1
"""Seconds after which a wait looks whether somebody has pressed Ctrl-C, where the system does not say so by itself."""


@dataclass(frozen=True)
class Hands:
    """How many work at once, and whether as threads or as processes."""

    many: int
    threads: bool


def hands_for(worlds: Sequence[World], engine: Engine, workers: int | None, tasks: int) -> Hands:
    """Return who works: no more at once than there are tasks, or than memory holds runs.

    The compiled engine works without the interpreter's lock, so threads do; SimPy holds it, so processes must.
    """
    workers = processors() if workers is None else workers
    threads = all(engine_of(world, engine) == "compiled" for world in worlds)
    room = memory_of_the_machine()
    needed = max(memory_needed(world, kept=not threads) for world in worlds)
    held = workers if room is None or room >= workers * needed else int(room // needed)
    return Hands(max(1, min(workers, tasks, held)), threads)


def answers(tasks: Iterable[Task], hands: Hands, days: Days) -> Iterator[Lived]:
    """Yield what is answered, as soon as it is.

    Raises
    ------
    ReplicationError
        If a replication could not be lived, or a process was ended from outside.
    Stopped
        If the days are no longer wanted.
    """
    if hands.many == 1:
        return (live(task, partial(days.tell, task.replication)) for task in tasks)
    return _of_threads(tasks, hands.many, days) if hands.threads else _of_processes(tasks, hands.many, days.folder)


def _of_threads(tasks: Iterable[Task], many: int, days: Days) -> Iterator[Lived]:
    left = iter(tasks)
    with ThreadPoolExecutor(many) as pool:

        def started(task: Task) -> Future[Lived]:
            return pool.submit(live, task, partial(days.tell, task.replication))

        waiting = {started(task) for task in itertools.islice(left, 2 * many)}
        try:
            while waiting:
                done, waiting = wait(waiting, _LOOKS, FIRST_COMPLETED)
                waiting |= {started(task) for task in itertools.islice(left, len(done))}
                for answer in done:
                    yield answer.result()
        except BaseException:
            days.stop()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _of_processes(tasks: Iterable[Task], many: int, folder: Path | None) -> Iterator[Lived]:
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    # No more is handed out than loky passes on at once: what waits in its own list breaks its thread on an abort.
    with left_to_us():
        lived = Parallel(
            n_jobs=many, backend="loky", return_as="generator_unordered", batch_size=1, pre_dispatch="2*n_jobs"
        )(delayed(_live_elsewhere)(task, folder) for task in tasks)
    try:
        with warnings.catch_warnings():
            # A worker that is renewed between two tasks loses nothing; to a planner the words sound like trouble.
            warnings.filterwarnings("ignore", message="A worker stopped while some jobs", category=UserWarning)
            yield from lived
    except TerminatedWorkerError as error:
        raise ReplicationError("a worker process was ended from outside (out of memory?); try fewer workers") from error


def _live_elsewhere(task: Task, folder: Path | None) -> Lived:
    """Do a task in a process of its own, deaf to Ctrl-C, which is answered by the one that asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return live(task, None if folder is None else Journal(folder / str(task.replication)))


@contextmanager
def left_to_us() -> Iterator[None]:
    """Let the processes started here be deaf to Ctrl-C, which a terminal sends to all: this one answers it."""
    if hasattr(signal, "pthread_sigmask"):
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        return
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)
