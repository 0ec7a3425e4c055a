"""`sweep`: one world at many points of a design, every point on the same customers with the same luck."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import numpy as np

from sim.engines import Engine, engine_of
from sim.measures import measures_of
from sim.measures.ready import ready
from sim.reading import digest, world_of, written
from sim.study.running.processors import processors
from sim.study.running.progress import Progress
from sim.study.running.size import DEFAULT_REPLICATIONS, Size, ids_of, numbers_of, with_days
from sim.study.running.tasks import days_of
from sim.study.sweeping.chunk import BASE, Answer, Chunk, answer
from sim.study.sweeping.design import Design
from sim.study.sweeping.store import Memory, Store, name_of
from sim.study.sweeping.swept import Sweep
from sim.world import World

_SECONDS = 0.4
"""That a chunk lasts, so that handing it out costs nothing beside it."""
_AHEAD = 3
"""Chunks that are handed out for each worker, the one it has among them."""
_LOOKS = 0.2
"""Seconds after which a wait looks whether it is to end."""


def sweep(
    base: World | str | Path,
    design: Design | Iterable[Mapping[str, Any]],
    *,
    measures: Iterable[str] | None = None,
    replications: int | Iterable[int] = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    out: str | Path | None = None,
    engine: Engine = "auto",
    workers: int | None = None,
    executor: Any = None,
    progress: Progress | None = None,
) -> Sweep:
    """Live through a world at every point of a design, and as it is.

    Every point is lived by the customers that the same seed makes of its population, with the same luck: differences
    to the world as it is are paired, replication by replication. What is answered depends neither on who works nor on
    how many do.

    Parameters
    ----------
    base : World, str or Path
        Or its name, or its file.
    design : Design or iterable of mappings
        See `factorial`, `latin_hypercube`, `sobol`; or changes by path, as `sim.changed` takes them.
    measures : iterable of str, optional
        Which measures; all by default.
    replications : int or iterable of int
    days : float, optional
        The horizon, in place of the world's own.
    out : str or Path, optional
        A folder in which what is finished is kept: called again with the same arguments, a sweep goes on where it was.
    workers : int, optional
        Threads (processes for SimPy); by default one for each processor.
    executor : optional
        An executor of `concurrent.futures`, or one that makes such futures, in place of workers here.
    progress : optional
        Told simulated days done and to do.

    Returns
    -------
    Sweep
        Of what is finished; interrupted, of what was until then, if the world as it is was.

    Raises
    ------
    ValueError
        If a value is out of its range, a measure is not known, or the folder holds another sweep.
    KeyboardInterrupt
        If interrupted before the world as it is was lived.
    """
    began, world = time.perf_counter(), with_days(world_of(base), days)
    points = design if isinstance(design, Design) else Design(tuple(design))
    ids = ids_of((world,), measures) or tuple(measures_of(world))
    size = Size(numbers_of(replications), seed, engine, workers, progress, ids)
    kept = Memory() if out is None else Store(Path(out), _manifest(world, points, size))
    ready(world)
    interrupted = _lived(world, points, size, kept, executor)
    made = Sweep(world, points, size.seed, size.numbers, ids, kept, interrupted, time.perf_counter() - began)
    if interrupted and not made.base_is_there():
        raise KeyboardInterrupt
    return made


def _manifest(world: World, design: Design, size: Size) -> dict[str, Any]:
    """Return all that it takes to make a sweep anew."""
    from sim import __version__

    return {
        "program": __version__,
        "world": digest(world),
        "base": written(world),
        "points": [{path: _plain(value) for path, value in point.items()} for point in design],
        "names": list(design.names),
        "seed": size.seed,
        "replications": list(size.numbers),
        "measures": list(size.ids or ()),
        "engine": size.engine,
    }


def _plain(value: Any) -> Any:
    return value if isinstance(value, (bool, int, float, str, list, dict)) or value is None else str(value)


def _lived(world: World, design: Design, size: Size, kept: Memory | Store, executor: Any) -> bool:
    """Live what is not there yet; say whether that was interrupted."""
    left, done = _left(design, size, kept), 0
    chunks = _chunks(world, design, size, left, _seconds(world, size) if left else 1.0)
    of, of_a_run = sum(map(len, left.values())) * days_of(world), days_of(world)
    try:
        for chunk, one in _answers(chunks, size, world, executor):
            kept.keep(name_of([point for point, _ in chunk.points], chunk.numbers), one)
            done += len(chunk.points) * len(chunk.numbers)
            if size.progress is not None:
                size.progress(done * of_a_run, of)
    except KeyboardInterrupt:
        return True
    return False


def _left(design: Design, size: Size, kept: Memory | Store) -> dict[int, tuple[int, ...]]:
    """Return the replications that each point still has to live, the world as it is first."""
    there: dict[int, set[int]] = {}
    failed: set[int] = set()
    for points, numbers, why in kept.done():
        failed |= set(why)
        for point in np.unique(points):
            there.setdefault(int(point), set()).update(numbers[points == point].tolist())
    every = ((point, there.get(point, set())) for point in range(BASE, len(design)) if point not in failed)
    left = ((point, tuple(number for number in size.numbers if number not in has)) for point, has in every)
    return {point: numbers for point, numbers in left if numbers}


def _seconds(world: World, size: Size) -> float:
    """Return how long a run takes, by living one."""
    began = time.perf_counter()
    answer(Chunk(world, ((BASE, {}),), size.numbers[:1], size.seed, None, size.engine, size.ids or ()))
    return max(time.perf_counter() - began, 1e-4)


def _chunks(
    world: World, design: Design, size: Size, left: Mapping[int, tuple[int, ...]], seconds: float
) -> Iterator[Chunk]:
    """Yield what is left in chunks of about as long: points with the same replications left together."""
    runs = max(1, round(_SECONDS / seconds))
    for numbers, group in itertools.groupby(left.items(), key=lambda one: one[1]):
        points = [point for point, _ in group]
        together, many = max(1, runs // len(numbers)), min(runs, len(numbers))
        for start in range(0, len(points), together):
            those = tuple((at, {} if at == BASE else design[at]) for at in points[start : start + together])
            for first in range(0, len(numbers), many):
                yield Chunk(world, those, numbers[first : first + many], size.seed, None, size.engine, size.ids or ())


def _answers(chunks: Iterator[Chunk], size: Size, world: World, executor: Any) -> Iterator[tuple[Chunk, Answer]]:
    many = processors() if size.workers is None else size.workers
    if executor is not None:
        yield from _through(executor, chunks, _AHEAD * max(many, 16))
    elif many == 1:
        yield from ((chunk, answer(chunk)) for chunk in chunks)
    else:
        threads = engine_of(world, size.engine) == "compiled"
        with (ThreadPoolExecutor if threads else ProcessPoolExecutor)(many) as pool:
            try:
                yield from _through(pool, chunks, _AHEAD * many)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise


def _through(executor: Any, chunks: Iterator[Chunk], ahead: int) -> Iterator[tuple[Chunk, Answer]]:
    """Yield what an executor answers, as soon as it is, with no more handed out than so many."""
    waiting: dict[Future[Answer], Chunk] = {
        executor.submit(answer, chunk): chunk for chunk in itertools.islice(chunks, ahead)
    }
    while waiting:
        done, _ = wait(waiting, _LOOKS, FIRST_COMPLETED)
        for future in done:
            chunk = waiting.pop(future)
            yield chunk, future.result()
            waiting |= {executor.submit(answer, more): more for more in itertools.islice(chunks, 1)}
