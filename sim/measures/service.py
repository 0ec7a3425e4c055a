"""Service as planners count it: over the calls dialled in the horizon, with the definition named.

The wait counts from the first queue, beyond the menu, to the first agent; who takes a call-back waits until
the ring.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.measures.calls import answered
from sim.measures.tables import Tables
from sim.units import DAY

DEFINITIONS = {
    "sl1": "calls answered within it / (calls dialled - calls abandoned within it)",
    "sl2": "(calls answered within it + calls abandoned within it) / calls dialled",
    "arena": "calls answered within it / calls dialled",
    "served": "calls answered within it / calls answered",
}
"""Named definitions of the service level. Calls dialled include the blocked; abandoned are those who balked
or ran out of patience, not those whom a cut or closing time took out of the queue.
"""

_ROUNDING = 1e-9
"""Minutes by which a difference of two times may miss a wait of exactly the threshold."""

Floats = npt.NDArray[np.float64]


def service_level(tables: Tables, definition: str | None = None, within: float | None = None) -> tuple[float, float]:
    """Return numerator and denominator of the service level over the whole horizon: the ratio of sums.

    Parameters
    ----------
    definition : {"sl1", "sl2", "arena", "served"}, optional
        One of `DEFINITIONS`; the world's own by default.
    within : float, optional
        Acceptable waiting time (min); the world's own by default.
    """
    above, below = _good_and_all(tables, definition, within)
    return float(above.sum()), float(below.sum())


def service_level_by_interval(
    tables: Tables, definition: str | None = None, within: float | None = None, *, every: float = 30.0
) -> tuple[Floats, Floats]:
    """Return numerators and denominators by interval of dialling, each of ``every`` minutes."""
    above, below = _good_and_all(tables, definition, within)
    interval = ((tables.dialled["dialled"] - tables.start) // every).astype(np.int64)
    many = int(np.ceil((tables.stop - tables.start) / every))
    by_interval = [np.bincount(interval, which, many).astype(np.float64) for which in (above, below)]
    return by_interval[0], by_interval[1]


def service_level_of_days(
    tables: Tables, definition: str | None = None, within: float | None = None
) -> tuple[float, float]:
    """Return the sum of the daily service levels, and how many days had calls: the mean of daily ratios.

    It is not the ratio of sums: quiet days weigh as much as busy ones.
    """
    above, below = service_level_by_interval(tables, definition, within, every=DAY)
    some = below > 0
    return float((above[some] / below[some]).sum()), float(some.sum())


def _good_and_all(tables: Tables, definition: str | None, within: float | None) -> tuple[Floats, Floats]:
    named = definition or tables.world.service_level.definition
    if named not in DEFINITIONS:
        raise ValueError(f'"{named}" is no definition of the service level; known: {", ".join(DEFINITIONS)}')
    soon = tables.world.service_level.within if within is None else within
    calls = tables.dialled
    # Calls that came to no queue have a wait of NaN, which is never in time.
    in_time = calls["wait"] <= soon + _ROUNDING
    served = answered(calls)
    good, gone = served & in_time, calls["abandoned"] & ~served & in_time
    everyone = np.ones(len(calls), np.bool_)
    above, below = {
        "sl1": (good, ~gone),
        "sl2": (good | gone, everyone),
        "arena": (good, everyone),
        "served": (good, served),
    }[named]
    return above.astype(np.float64), below.astype(np.float64)
