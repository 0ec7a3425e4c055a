"""Service as planners count it: over the calls dialled in the horizon, with the definition named.

The wait counts from the first queue, beyond the menu, to the first agent; who takes a call-back waits until
the ring.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.asked import LENGTH, Kind, numbers, one_of
from sim.history.rows import History
from sim.machine.kernel.memory import address_of
from sim.measures.accounts.tables import Tables, tables
from sim.measures.rules.calls import CALL
from sim.measures.rules.levels import DEFINITIONS
from sim.measures.rules.loops import judge_each
from sim.units import DAY

_EVERY = Kind("a number of minutes from 1 s (1/60) to a year", lambda x: 1 / 60 <= x <= 366 * DAY)

Floats = npt.NDArray[np.float64]


def service_level(
    asked: History | Tables, definition: str | None = None, within: float | None = None, short: float | None = None
) -> tuple[float, float]:
    """Return numerator and denominator of the service level over the whole horizon: the ratio of sums.

    Parameters
    ----------
    definition : str, optional
        One of `DEFINITIONS`; the world's own by default.
    within, short : float, optional
        Acceptable waiting time, and the wait of a short abandonment at most (min); the world's own by default.

    Raises
    ------
    ValueError
        If there is no such definition, or the time is negative.
    """
    above, below = _good_and_all(tables(asked), definition, within, short)
    return float(above.sum()), float(below.sum())


def service_level_by_interval(
    asked: History | Tables,
    definition: str | None = None,
    within: float | None = None,
    short: float | None = None,
    *,
    every: float = 30.0,
) -> tuple[Floats, Floats]:
    """Return numerators and denominators by interval of dialling, each of ``every`` minutes (from 1/60 on)."""
    (every,) = numbers(every=(every, _EVERY))
    made = tables(asked)
    above, below = _good_and_all(made, definition, within, short)
    interval = ((made.dialled["dialled"] - made.start) // every).astype(np.int64)
    many = int(np.ceil((made.stop - made.start) / every))
    by_interval = [np.bincount(interval, which, many).astype(np.float64) for which in (above, below)]
    return by_interval[0], by_interval[1]


def service_level_of_days(
    asked: History | Tables, definition: str | None = None, within: float | None = None, short: float | None = None
) -> tuple[float, float]:
    """Return the sum of the daily service levels, and how many days had calls: the mean of daily ratios.

    It is not the ratio of sums: quiet days weigh as much as busy ones. Days are those of the calendar.
    """
    made = tables(asked)
    above, below = _good_and_all(made, definition, within, short)
    day = (made.dialled["dialled"] // DAY).astype(np.int64)
    good, every = (np.bincount(day, which) for which in (above, below))
    some = every > 0
    return float((good[some] / every[some]).sum()), float(some.sum())


def _good_and_all(
    made: Tables, definition: str | None, within: float | None, short: float | None
) -> tuple[Floats, Floats]:
    its = made.world.service_level
    named = its.definition if definition is None else one_of("definition", definition, DEFINITIONS)
    soon, brief = numbers(
        within=(its.within if within is None else within, LENGTH), short=(its.short if short is None else short, LENGTH)
    )
    calls = np.require(made.dialled, CALL, ["C"])
    above, below = both = np.empty((2, len(calls)))
    judge_each(address_of(calls), len(calls), list(DEFINITIONS).index(named), soon, brief, *map(address_of, both))
    return above, below
