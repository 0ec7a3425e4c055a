"""Two worlds through a typical day: columns of the table by intervals, with their paired differences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from sim.asked import one_of
from sim.history.rows import History
from sim.measures.intervals.asked import WHOLE, parting
from sim.measures.intervals.columns import Column
from sim.study.running.estimate import combined, ratios
from sim.study.running.intervals import of_history
from sim.study.running.parted import Intervals
from sim.units import DAY, DAYS, WEEK

if TYPE_CHECKING:
    import pandas as pd

Parted = Intervals | History | Sequence[History]
SHOWN = ("offered", "answered", "abandoned_share", "service_level_sl1", "speed_of_answer", "queue_length", "occupancy")
"""Columns that are shown where none are asked for."""


def by_time_of_day(
    first: Parted,
    second: Parted,
    *,
    columns: str | Iterable[str] = SHOWN,
    days: str | Iterable[str] = DAYS,
    every: float | str = 30.0,
) -> pd.DataFrame:
    """Return how two worlds serve through a typical day: the days of all weeks put together, interval by interval.

    Parameters
    ----------
    first, second : Intervals, History, or sequence of History
        The same replications of each world: ``intervals`` of what `sim.replicate` gives with ``parting``, or histories.
    columns : str or iterable of str
        Ids of docs/intervals.md that can be added up (no percentile, no longest wait).
    days : str or iterable of str
        Of "mon" to "sun": those that count.
    every : float or str
        Length of an interval (min), where histories are given.

    Returns
    -------
    DataFrame
        A row for each column and interval: ``column``, ``unit``, ``better``, ``minute`` (of the day, when it begins),
        ``from``, ``to``; ``first`` and ``second`` with their 95 % intervals (``first_low``, ``first_high``, ...), and
        ``difference``, second minus first, paired by replications (``difference_low``, ``difference_high``). NaN where
        nothing is defined, and for the interval of one replication.

    Raises
    ------
    ValueError
        If the worlds are not parted alike or not of the same replications, by teams or so, into longer than a day; or
        there is no such column or day.
    """
    import pandas as pd

    here, there = (_parted(name, one, every) for name, one in (("first", first), ("second", second)))
    _alike(here, there)
    wanted = _summed(here, columns)
    into = _into(here, days)
    cells = here.pooled(into), there.pooled(into)
    many, step = round(DAY / here.asked.every), here.asked.every
    clock = [f"{int(at // 60):02d}:{int(at % 60):02d}" for at in np.arange(many + 1) * step]
    frames = []
    for column in wanted:
        head = {"column": column.id, "unit": column.unit, "better": column.better, "minute": np.arange(many) * step}
        estimates = _estimates(column, *cells, many)
        frames.append(pd.DataFrame({**head, "from": clock[:-1], "to": clock[1:], **estimates}))
    return pd.concat(frames, ignore_index=True)


def _estimates(column: Column, here: Any, there: Any, many: int) -> dict[str, npt.NDArray[np.float64]]:
    """Return both worlds' values and their difference, each with its interval."""
    parts = [column.of(cells) for cells in (here, there)]
    most = 1.0 if column.unit == "share" else np.inf
    found: dict[str, npt.NDArray[np.float64]] = {}
    for name, (above, below) in zip(("first", "second"), parts, strict=True):
        for end, values in zip(("", "_low", "_high"), ratios(above, below), strict=True):
            found[f"{name}{end}"] = np.clip(values, 0.0, most)
    (a, b), (c, d) = parts
    differences = [
        combined([[-1.0, 1.0]], np.stack([a[:, at], c[:, at]], axis=1), np.stack([b[:, at], d[:, at]], axis=1))[0]
        for at in range(many)
    ]
    for at, end in enumerate(("", "_low", "_high")):
        found[f"difference{end}"] = np.array([one[at] for one in differences], np.float64)
    return found


def _parted(name: str, asked: Parted, every: float | str) -> Intervals:
    """Return the intervals of a world."""
    if isinstance(asked, Intervals):
        return asked
    histories = [asked] if isinstance(asked, History) else list(asked)
    if not histories or not all(isinstance(one, History) for one in histories):
        raise ValueError(f"{name} holds no history: it has to be Intervals, or one history at least")
    found = [of_history(one, parting(one.world, every=every)) for one in histories]
    if len({one.seed for one in found}) > 1 or len({one.numbers for one in found}) < len(found):
        raise ValueError(f"{name} holds one replication twice, or replications of several seeds")
    whole = np.concatenate([one.sums for one in found])
    numbers = tuple(number for one in found for number in one.numbers)
    return Intervals(found[0].world, found[0].asked, numbers, whole, found[0].seed)


def _alike(here: Intervals, there: Intervals) -> None:
    """Refuse intervals that cannot be set beside each other."""
    if here.asked.by or there.asked.by:
        raise ValueError("a typical day is of all calls: part by nothing")
    if here.asked.every == WHOLE or here.asked.every > DAY or here.asked.every != there.asked.every:
        raise ValueError("both worlds have to be parted into intervals of the same length, a day at most")
    if here.numbers != there.numbers or here.seed != there.seed:
        raise ValueError("first and second are not of the same replications")


def _summed(intervals: Intervals, columns: str | Iterable[str]) -> list[Column]:
    found = intervals.columns(columns if isinstance(columns, str) else list(columns))
    wrong = [column.id for column in found if not column.summed]
    if wrong:
        raise ValueError(f"days are put together by adding up, which {', '.join(wrong)} cannot be")
    return found


def _into(intervals: Intervals, days: str | Iterable[str]) -> npt.NDArray[np.int64]:
    """Return for each interval of the week its place in the day, -1 on days that do not count."""
    wanted = {one_of("days", day, DAYS) for day in ([days] if isinstance(days, str) else days)}
    if not wanted:
        raise ValueError(f"days is empty: it has to be one of {', '.join(DAYS)} at least")
    starts = np.arange(0.0, WEEK, intervals.asked.every)
    counts = np.isin(starts // DAY, [DAYS.index(day) for day in wanted])
    return np.where(counts, (starts % DAY // intervals.asked.every).astype(np.int64), -1)
