"""Service as planners count it: over the calls dialled in the horizon, with the definition named.

The wait counts from the first queue, beyond the menu, to the first agent; who takes a call-back waits until
the ring.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.asked import LENGTH, Kind, numbers, one_of
from sim.compiling import rule
from sim.kernel.memory import address_of
from sim.measures.calls import CALL, is_answered
from sim.units import DAY

if TYPE_CHECKING:
    from sim.history import History
    from sim.measures.tables import Tables

DEFINITIONS = {
    "sl1": "calls answered within it / (calls dialled - calls abandoned within it)",
    "sl2": "(calls answered within it + calls abandoned within it) / calls dialled",
    "arena": "calls answered within it / calls dialled",
    "served": "calls answered within it / calls answered",
}
"""Named definitions of the service level. Calls dialled include the blocked; abandoned are those who balked
or ran out of patience, not those whom a cut or closing time took out of the queue.
"""

_SL1, _SL2, _ARENA, _SERVED = range(4)
"""Their places."""

LONG_HOLD = 10.0
"""The hold that the 2005 survey calls long (min)."""
AT_ONCE = 0.25
"""A hold that customers call none (min)."""
WAITS = (1.0, 5.0)
"""Waits (min) between the two, of which the share that is longer is measured: where the quantiles of the wait lie."""

_ROUNDING = 1e-9
"""Minutes by which a difference of two times may miss a wait of exactly the threshold."""

_EVERY = Kind("a number of minutes from 1 s (1/60) to a year", lambda x: 1 / 60 <= x <= 366 * DAY)

Floats = npt.NDArray[np.float64]


@rule
def in_service(call: Any, definition: int, within: float) -> tuple[int, int]:
    """Return what a call adds to numerator and denominator of the definition at this place of `DEFINITIONS`."""
    served = is_answered(call)
    in_time = call.wait <= within + _ROUNDING  # a call that came to no queue has a wait of NaN: never in time
    good, gone = served and in_time, call.abandoned and not served and in_time
    if definition == _SL1:
        return int(good), int(not gone)
    if definition == _SL2:
        return int(good or gone), 1
    if definition == _ARENA:
        return int(good), 1
    return int(good), int(served)


def service_level(
    asked: History | Tables, definition: str | None = None, within: float | None = None
) -> tuple[float, float]:
    """Return numerator and denominator of the service level over the whole horizon: the ratio of sums.

    Parameters
    ----------
    definition : {"sl1", "sl2", "arena", "served"}, optional
        One of `DEFINITIONS`; the world's own by default.
    within : float, optional
        Acceptable waiting time (min); the world's own by default.

    Raises
    ------
    ValueError
        If there is no such definition, or the time is negative.
    """
    above, below = _good_and_all(_tables(asked), definition, within)
    return float(above.sum()), float(below.sum())


def service_level_by_interval(
    asked: History | Tables, definition: str | None = None, within: float | None = None, *, every: float = 30.0
) -> tuple[Floats, Floats]:
    """Return numerators and denominators by interval of dialling, each of ``every`` minutes (from 1/60 on)."""
    (every,) = numbers(every=(every, _EVERY))
    tables = _tables(asked)
    above, below = _good_and_all(tables, definition, within)
    interval = ((tables.dialled["dialled"] - tables.start) // every).astype(np.int64)
    many = int(np.ceil((tables.stop - tables.start) / every))
    by_interval = [np.bincount(interval, which, many).astype(np.float64) for which in (above, below)]
    return by_interval[0], by_interval[1]


def service_level_of_days(
    asked: History | Tables, definition: str | None = None, within: float | None = None
) -> tuple[float, float]:
    """Return the sum of the daily service levels, and how many days had calls: the mean of daily ratios.

    It is not the ratio of sums: quiet days weigh as much as busy ones.
    """
    above, below = service_level_by_interval(asked, definition, within, every=DAY)
    some = below > 0
    return float((above[some] / below[some]).sum()), float(some.sum())


def _tables(asked: History | Tables) -> Tables:
    from sim.measures.tables import tables

    return tables(asked)


def _good_and_all(tables: Tables, definition: str | None, within: float | None) -> tuple[Floats, Floats]:
    from sim.measures.loops import judge_each

    world = tables.world
    named = world.service_level.definition if definition is None else one_of("definition", definition, DEFINITIONS)
    (soon,) = numbers(within=(world.service_level.within if within is None else within, LENGTH))
    calls = np.require(tables.dialled, CALL, ["C"])
    above, below = both = np.empty((2, len(calls)))
    judge_each(address_of(calls), len(calls), list(DEFINITIONS).index(named), soon, *map(address_of, both))
    return above, below
