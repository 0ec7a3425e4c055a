"""When a line was open, over all of a log: what is meant for a closed time comes in the next open stretch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sim.fitting.found import Floats, Whole
from sim.fitting.prepared import Flags, Prepared, opened
from sim.fitting.staff import HALF_HOUR
from sim.units import SLOT, WEEK

_USUAL = 10.0
"""Calls usual in a stretch, from which on one without any was closed: a holiday."""
_A_SECOND = 1.0 / 60.0
"""Times are cut to the second: the last call before closing came before its end."""


class Stretch(NamedTuple):
    """In which stretch calls came, in minutes from another instant each: the caller's last call.

    Attributes
    ----------
    shut : array
        The closing before the stretch; 0 where it was closed already.
    begun, closes : arrays
        The stretch's beginning and end; a beginning below 0 where no closing lies between.
    """

    shut: Floats
    begun: Floats
    closes: Floats


@dataclass(frozen=True, eq=False)
class Stretches:
    """Open stretches, in order, none touching another; the first begins before the log, the last ends after it.

    Attributes
    ----------
    begins, ends : arrays
        Minutes from the first Monday.
    """

    begins: Floats
    ends: Floats

    def of(self, came: Floats, since: Floats) -> Stretch:
        """Return the stretches in which calls came, as they are seen from earlier instants.

        Examples
        --------
        >>> days = Stretches(np.array([480.0, 1920.0]), np.array([1200.0, 2640.0]))  # 08:00 to 20:00
        >>> [part.tolist() for part in days.of(np.array([1100.0, 2000.0]), np.array([1000.0, 1000.0]))]
        [[0.0, 200.0], [-520.0, 920.0], [200.0, 1640.0]]
        """
        at = np.maximum(np.searchsorted(self.begins, came, "right") - 1, 0)
        shut = np.maximum(self.ends[np.maximum(at - 1, 0)] - since, 0.0)
        begun = self.begins[at] - since
        return Stretch(np.where(begun > 0.0, shut, 0.0), begun, np.maximum(self.ends[at], came) - since)

    def watched(self, since: Floats, upto: Floats) -> Floats:
        """Return for how long calls that were meant can have come, whenever in an open stretch the moved ones come.

        It is up to the last closing before ``upto``; up to ``upto`` where none lies between; for no time at all where
        the line was closed all along, or the stretch after it has not closed yet.

        Examples
        --------
        >>> days = Stretches(np.array([480.0, 1920.0]), np.array([1200.0, 2640.0]))
        >>> days.watched(np.array([500.0, 500.0, 1300.0]), np.array([600.0, 2000.0, 2000.0])).tolist()
        [100.0, 700.0, 0.0]
        """
        closing = self.ends[np.maximum(np.searchsorted(self.ends, upto, "right") - 1, 0)]
        at = np.maximum(np.searchsorted(self.begins, since, "right") - 1, 0)
        is_open = (self.begins[at] <= since) & (since < self.ends[at])
        return np.where((closing > since) & (closing <= upto), closing - since, np.where(is_open, upto - since, 0.0))


ALWAYS = Stretches(np.array([-np.inf]), np.array([np.inf]))
"""Of a line that never closes."""


def stretches(calls: Prepared) -> Stretches:
    """Find the open stretches of a log: of each week alike, from first to last call, but for days without any call.

    The half-hours of the week are those of `opened`; the first and the last call of all weeks tell the minute.
    """
    halves = opened(calls)[:: HALF_HOUR // SLOT]
    if halves.all():
        return ALWAYS
    arrived = calls.arrived[calls.first]
    weeks = np.arange(np.floor(calls.begin / WEEK) - 1.0, np.floor(calls.end / WEEK) + 2.0)
    runs = [_run(halves, int(first), arrived) for first in np.flatnonzero(halves & ~np.roll(halves, 1))]
    begins = np.sort(np.concatenate([weeks * WEEK + begin for begin, _ in runs]))
    ends = np.sort(np.concatenate([weeks * WEEK + end for _, end in runs]))
    kept = _kept(begins, ends, arrived, len(runs), calls)
    return Stretches(begins[kept], ends[kept])


def _run(halves: Flags, first: int, arrived: Floats) -> tuple[float, float]:
    """Return begin and end of the stretch that begins in a half-hour of the week; it may end in the week after."""
    many = int(np.argmin(np.roll(halves, -first)))
    begin, last = first * HALF_HOUR, (first + many - 1) * HALF_HOUR
    within = arrived % WEEK
    early = within[(within >= begin) & (within < begin + HALF_HOUR)]
    late = within[(within >= last % WEEK) & (within < last % WEEK + HALF_HOUR)] - last % WEEK
    return (
        float(early.min()) if len(early) else float(begin),
        last + (float(late.max()) + _A_SECOND if len(late) else HALF_HOUR),
    )


def _kept(begins: Floats, ends: Floats, arrived: Floats, a_week: int, calls: Prepared) -> Flags:
    """Say which stretches were open: those with a call, or of which it is no wonder that they have none."""
    came: Whole = np.searchsorted(arrived, ends) - np.searchsorted(arrived, begins)
    inside = (begins >= calls.begin) & (ends <= calls.end)
    which = np.arange(len(begins)) % a_week
    usual = np.array([_median(came[inside & (which == one)]) for one in range(a_week)])
    return (came > 0) | ~inside | (usual[which] < _USUAL)


def _median(counts: Whole) -> float:
    return float(np.median(counts)) if len(counts) else 0.0
