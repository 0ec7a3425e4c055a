"""`sweep`: one world at many points of a design, every point on the same customers with the same luck."""

from __future__ import annotations

import itertools
import math
import time
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.asked import Mistakes
from sim.bars import Shown, given, shows_progress
from sim.engines import Engine
from sim.measures import measures_of
from sim.measures.ready import ready
from sim.quoting import short
from sim.reading import digest, from_tree, world_of, written
from sim.reading.mistakes import shown
from sim.study.changing.changed import mistaken_paths
from sim.study.running.size import DEFAULT_REPLICATIONS, Size, ids_of, numbers_of, some_of, with_days
from sim.study.running.tasks import Task, days_of, live
from sim.study.sweeping.chunk import BASE, Chunk
from sim.study.sweeping.design import Design, design_of
from sim.study.sweeping.hands import SweepError, answers
from sim.study.sweeping.store import MANIFEST, Memory, Store, manifest_of
from sim.study.sweeping.swept import Sweep
from sim.world import World

_SECONDS = 0.25
"""That a chunk lasts at least, so that handing it out costs nothing beside it."""


@shows_progress("sweep")
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
    progress: Shown = None,
) -> Sweep:
    """Live through a world at every point of a design, and as it is.

    Every point is lived by the customers that the same seed makes of its population, with the same luck: differences
    to the world as it is are paired, replication by replication. What is answered depends neither on who works nor on
    how many do.

    Parameters
    ----------
    base : World, str or Path
        Or its name, or its file.
    design : Design, DataFrame or iterable of mappings
        See `factorial`, `latin_hypercube`, `sobol`; or changes by path, as `sim.changed` takes them; of a
        DataFrame each row, its columns the paths, empty cells left as they are.
    measures : iterable of str, optional
        Which measures; all by default.
    replications : int or iterable of int
    days : float, optional
        The horizon, in place of the world's own.
    out : str or Path, optional
        A folder in which what is finished is kept: called again with the same arguments, a sweep goes on where it was;
        with more replications, or with points added at the end, too.
    workers : int, optional
        Threads (processes for SimPy); by default one for each processor.
    executor : optional
        Anything with ``submit``, in place of workers here: an executor of `concurrent.futures`, a client of
        dask.distributed. See docs/sweeps.md.
    progress : bool or function, optional
        True for a `sim.bar` that lasts as long as this does; or a function told simulated days done and to do.
    seed : int
        Of all luck: the same seed, the same customers and the same lives.
    engine : {"auto", "simpy", "compiled"}
        As of `run`: what comes out is the same to the bit.

    Returns
    -------
    Sweep
        Of what is finished; interrupted, of what was until then: a difference is undefined where the world as it is was
        not lived yet.

    Raises
    ------
    ValueError
        If a value is out of its range, a measure is not known, a path leads nowhere, or the folder holds another sweep.
    SweepError
        If who does the work gave up, or nothing more could be written: what was finished until then is there.
    KeyboardInterrupt
        If interrupted before anything was finished.

    Examples
    --------
    >>> import sim
    >>> design = sim.factorial({"teams.*.wage": ["x0.9", "x1.1"]})
    >>> swept = sim.sweep("base", design, measures=["staff_eur_per_problem"], replications=2, days=1)
    >>> swept.table()["difference"].round(2).gt(0).tolist()  # the world as it is, cheaper, dearer
    [False, False, True]
    """
    began, world, wrong = time.perf_counter(), with_days(world_of(base), days), Mistakes()
    ids: tuple[str, ...] = ()
    with wrong.noted():
        ids = _measured(world, measures)
    with wrong.noted():
        size = Size(numbers_of(replications), seed, engine, workers, given(progress), ids)
    with wrong.noted():
        points = design_of(design)
        check_paths(world, points)
    with wrong.noted():
        folder = None if out is None else folder_of(out)
    wrong.tell()
    kept = Memory(ids) if folder is None else Store(folder, manifest_of(world, points, size))
    kept.forget_broken()
    ready(world)
    made = Sweep(world, points, size.seed, size.numbers, ids, kept, False, 0.0)

    def ended(interrupted: bool) -> Sweep:
        return replace(made, interrupted=interrupted, seconds=time.perf_counter() - began)

    try:
        interrupted = _lived(made, size, executor)
    except SweepError as gave_up:
        gave_up.finished = ended(True) if _begun(made) else None
        raise
    if interrupted and not _begun(made):
        raise KeyboardInterrupt
    return ended(interrupted)


def open_sweep(folder: str | Path) -> Sweep:
    """Return the sweep that a folder holds, as far as it is finished; nothing is lived.

    Parameters
    ----------
    folder : str or Path
        The ``out`` of a `sweep`.

    Returns
    -------
    Sweep
        Its ``interrupted`` says whether something is left to be lived.

    Raises
    ------
    ValueError
        If it holds none.
    """
    from sim import __version__

    kept = Store(folder_of(folder))
    told = kept.manifest
    try:
        world, design = from_tree(told["base"], MANIFEST), Design(tuple(told["points"]), tuple(told["names"]))
        numbers, ids = numbers_of(told["replications"]), ids_of((world,), told["measures"]) or ()
        Size(numbers, told["seed"])
        if told["program"] == __version__ and told["world"] != digest(world):
            raise ValueError(f"the world in {MANIFEST} is not the one that was lived")
    except (ValueError, TypeError) as wrong:
        raise ValueError(f"{short(str(folder), 300)} holds a sweep that cannot be read: {wrong}") from None
    made = Sweep(world, design, told["seed"], numbers, ids, kept, False, 0.0)
    return replace(made, interrupted=bool(made.missing()))


def folder_of(out: Any) -> Path:
    """Return the folder that is meant.

    Raises
    ------
    ValueError
        If it is the name of none.
    """
    if not isinstance(out, (str, Path)) or not str(out) or "\0" in str(out):
        raise ValueError(f"out is {shown(out)}: the name of a folder is needed")
    return Path(out)


def _measured(world: World, measures: Iterable[str] | None) -> tuple[str, ...]:
    """Return the measures asked for, all of them where none are said."""
    return some_of((world,), measures) or tuple(measures_of(world))


def check_paths(world: World, design: Design) -> None:
    """Refuse paths that lead nowhere, or to the same, at whatever point: all are told at once.

    Raises
    ------
    ValueError
        With every one of them, and the nearest that leads somewhere.
    """
    tree, wrong = written(world), dict[str, None]()
    for paths in dict.fromkeys(tuple(point) for point in design):
        wrong |= dict.fromkeys(mistaken_paths(paths, tree))
    if wrong:
        raise ValueError("\n".join(wrong))


def _lived(made: Sweep, size: Size, executor: Any) -> bool:
    """Live what is not there yet; say whether that was interrupted.

    Raises
    ------
    SweepError
        If who does the work gave up, or nothing more could be written.
    """
    world, left, done = made.base, made.missing(), 0
    many = sum(map(len, left.values()))
    runs = max(1, round(_SECONDS / _seconds(world, size))) if left else 1
    of, days = many * days_of(world), days_of(world)
    came = answers(_chunks(world, made.design, size, left, runs), world, size, math.ceil(many / runs), executor)
    try:
        with closing(came):
            for chunk, one in came:
                made.kept.keep(chunk, one)
                done += chunk.runs
                if size.progress is not None:
                    size.progress(done * days, of)
    except KeyboardInterrupt:
        return True
    except OSError as wrong:
        raise SweepError(f"a part could not be written: {wrong.strerror or wrong}") from wrong
    return False


def _begun(made: Sweep) -> bool:
    """Say whether anything is finished."""
    return next(iter(made.kept.done()), None) is not None


def _seconds(world: World, size: Size) -> float:
    """Return how long a run keeps a processor, by living one; how busy the machine is with others is left out.

    The first of a process loads what is compiled, which may take longer than ten runs: if it is short, another tells.
    """
    first = _one(world, size)
    return _one(world, size) if first < _SECONDS else first


def _one(world: World, size: Size) -> float:
    began = time.thread_time()
    live(Task((world,), size.seed, size.numbers[0], size.engine, size.ids))
    return max(time.thread_time() - began, 1e-4)


def _chunks(
    world: World, design: Design, size: Size, left: Mapping[int, tuple[int, ...]], runs: int
) -> Generator[Chunk]:
    """Yield what is left in chunks of about as many runs: points with the same replications left together."""
    from sim import __version__

    for numbers, group in itertools.groupby(left.items(), key=lambda one: one[1]):
        points = [point for point, _ in group]
        together, many = math.ceil(runs / len(numbers)), min(runs, len(numbers))
        for start in range(0, len(points), together):
            those = tuple((at, {} if at == BASE else design[at]) for at in points[start : start + together])
            for first in range(0, len(numbers), many):
                these = numbers[first : first + many]
                yield Chunk(world, those, these, size.seed, size.engine, size.ids or (), __version__)
