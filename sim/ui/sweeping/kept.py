"""A sweep on the shelf: found again, lived or gone on with, and put aside where it cannot be read."""

from __future__ import annotations

from sim.files import is_file
from sim.study.sweeping.hands import SweepError
from sim.study.sweeping.store import MANIFEST
from sim.study.sweeping.sweep import open_sweep, sweep
from sim.study.sweeping.swept import Sweep
from sim.ui.comparing.work import compiled
from sim.ui.jobs.far import telling
from sim.ui.jobs.job import Job
from sim.ui.state import shelf
from sim.ui.sweeping.asked import Asked


class Broken(ValueError):  # noqa: N818 - read as a sentence
    """What an earlier run left of a sweep cannot be read."""


def found(asked: Asked) -> Sweep | None:
    """Return what an earlier run of this very sweep has left on the shelf; None where nothing of it is finished.

    Raises
    ------
    Broken
        If that cannot be read.
    """
    if not is_file(asked.folder() / MANIFEST):
        return None
    try:
        left = open_sweep(asked.folder())
        return left if any(len(points) for points, _, _ in left.kept.done()) else None
    except ValueError as wrong:
        raise Broken from wrong


def lived(asked: Asked, job: Job) -> Sweep:
    """Live a sweep, or go on with it; what cannot be read of it is put aside.

    Raises
    ------
    NotKept
        If what is finished cannot be written.
    """
    compiled(job, asked.world)
    shelf.clear()
    try:
        return _lived(asked, job)
    except shelf.NotKept:
        raise
    except ValueError:  # of the folder: the design was looked at before
        shelf.put_aside(asked.folder())
        return _lived(asked, job)


def _lived(asked: Asked, job: Job) -> Sweep:
    try:
        return sweep(
            asked.world,
            asked.design(),
            measures=asked.measures,
            replications=asked.replications,
            seed=asked.seed,
            days=asked.days,
            out=asked.folder(),
            progress=telling(job),
        )
    except (ValueError, SweepError) as wrong:
        if isinstance(wrong.__cause__, OSError):
            raise shelf.NotKept from wrong
        raise
