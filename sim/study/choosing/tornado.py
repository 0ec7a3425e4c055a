"""`tornado`: each path moved alone from its lowest to its highest value, and what that does to a measure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.measures import Measure, measures_of
from sim.reading import world_of
from sim.study.choosing.ranges import Ranges, ends_of, mistaken
from sim.study.running.estimate import UNDEFINED, Estimate
from sim.study.running.reported import Reported
from sim.study.sweeping.chunk import BASE
from sim.study.sweeping.store import Runs
from sim.study.sweeping.sweep import sweep
from sim.study.sweeping.swept import Sweep, difference_of, estimate_of
from sim.world import World


@dataclass(frozen=True)
class Bar:
    """What one path does to a measure.

    Attributes
    ----------
    low, high : str
        Its values, as they were given.
    at_low, at_high : Estimate
        By how much the measure differs there from the world as it is: paired, 95 %.
    change : Estimate
        At the highest value minus at the lowest, paired, 95 %.
    failed : str
        Why an end could not be lived, or has no such measure; empty otherwise.
    """

    path: str
    low: str
    high: str
    at_low: Estimate
    at_high: Estimate
    change: Estimate
    failed: str

    @property
    def swing(self) -> float | None:
        """The size of the change; None where an end is missing."""
        return None if self.change.mean is None else abs(self.change.mean)

    @property
    def apart(self) -> bool:
        """Whether both ends are told apart: the interval of the change does not hold 0."""
        return self.change.low is not None and self.change.high is not None and self.change.low * self.change.high > 0

    @property
    def one_sided(self) -> bool:
        """Whether both ends move the measure to one side: a peak lies between, or the world's own value outside."""
        low, high = self.at_low.mean, self.at_high.mean
        return low is not None and high is not None and low * high > 0


@dataclass(frozen=True, eq=False, repr=False)
class Tornado(Reported):
    """What moves a measure, one path at a time.

    Attributes
    ----------
    base : World
        As it was lived.
    measure : Measure
    own : Estimate
        The measure in the world as it is.
    bars : tuple of Bar
        That which moves the measure most first; those without a swing last.
    """

    base: World
    measure: Measure
    own: Estimate
    bars: tuple[Bar, ...]
    numbers: tuple[int, ...]
    seed: int
    interrupted: bool
    seconds: float

    def __repr__(self) -> str:
        return f"<Tornado of {self.measure.id} of {self.base.name}: most by {self.bars[0].path} of {len(self.bars)}>"


def tornado(base: World | str | Path, ranges: Ranges, measure: str, **how: Any) -> Tornado:
    """Move each path alone from its lowest to its highest value, and tell what that does to a measure.

    Parameters
    ----------
    base : World, str or Path
    ranges : mapping of str to pair
        By path, the lowest and the highest value, of whatever kind: they need not be numbers.
    measure : str
    **how
        As `sim.sweep` takes it: replications, seed, days, out, engine, workers, executor, progress.

    Returns
    -------
    Tornado
        Its ``table()`` has a row for each path, that which moves the measure most first: ``path``, ``low``, ``high``
        (the values); ``at_low``, ``at_high``, by how much the measure differs from the world as it is (each with
        ``_from`` and ``_to``, its paired 95 % interval); ``change``, at the highest minus at the lowest value, in the
        same way; ``swing``, its size; ``failed``.

    Raises
    ------
    ValueError
        With everything that is no range, no path or no measure; or as `sim.sweep`.
    """
    world = world_of(base)
    mistaken(world, ranges, measure).tell()
    return tornado_of(sweep(world, ends_of(ranges), measures=[measure], **how), ranges, measure)


def tornado_of(swept: Sweep, ranges: Ranges, measure: str) -> Tornado:
    """Return the tornado of a sweep over both ends of each range (`ends_of`)."""
    runs, failed = swept.by_point(measure), swept.failed
    bars = sorted(_bars(runs, failed, ranges), key=lambda bar: -1.0 if bar.swing is None else bar.swing, reverse=True)
    own = estimate_of(runs[BASE]) if BASE in runs else UNDEFINED
    known = measures_of(swept.base)[measure]
    return Tornado(swept.base, known, own, tuple(bars), swept.numbers, swept.seed, swept.interrupted, swept.seconds)


def _bars(runs: dict[int, Runs], failed: dict[int, str], ranges: Ranges) -> Iterator[Bar]:
    for at, (path, ends) in enumerate(ranges.items()):
        low, high = 2 * at, 2 * at + 1
        at_low, at_high = (_apart(runs, BASE, one) for one in (low, high))
        why = failed.get(low, "") or failed.get(high, "")
        yield Bar(path, str(ends[0]), str(ends[1]), at_low, at_high, _apart(runs, low, high), why)


def _apart(runs: dict[int, Runs], first: int, second: int) -> Estimate:
    return difference_of(runs[second], runs[first]) if first in runs and second in runs else UNDEFINED
