"""A table by intervals: of a world lived several times, or of one history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.bars import Shown, shows_progress
from sim.engines import Engine
from sim.history.rows import History
from sim.measures.accounts.tables import check_history
from sim.measures.intervals.asked import Parting, parting
from sim.measures.intervals.columns import columns_of
from sim.measures.intervals.parted import PartedFold
from sim.moments import checked_monday
from sim.reading import world_of
from sim.study.running.parted import Intervals
from sim.study.running.replicate import replicate
from sim.study.running.size import DEFAULT_REPLICATIONS
from sim.units import minutes
from sim.world import World

if TYPE_CHECKING:
    import pandas as pd


@shows_progress("intervals")
def intervals(
    asked: World | str | Path | History,
    *,
    every: float | str = 30.0,
    by: str | Iterable[str] = (),
    counted: str = "arrival",
    within: float | None = None,
    short: float | None = None,
    columns: str | Iterable[str] | None = None,
    week: bool = False,
    first_monday: date | str | None = None,
    replications: int | Iterable[int] = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Shown = None,
) -> pd.DataFrame:
    """Return a table with a row for each interval, and for each team, queue, reason or segment in it.

    A column's value is the ratio of sums over replications, or the mean of a count; beside it stand the bounds of its
    95 % interval, ``_low`` and ``_high``. What is not defined is NaN: ``note`` says where there were no calls. What the
    columns mean stands in docs/intervals.md.

    Parameters
    ----------
    asked : World, str, Path or History
        A world, its name or its file, to be lived; or one history, which has no intervals of confidence.
    every : float or str
        Length of the intervals: minutes that part a day evenly, or such as "15 min", "1 h", "day" and "whole".
    by : str or iterable of str
        Of "team", "queue", "reason" and "segment".
    counted : {"arrival", "exit"}
        Whether a call counts in the interval in which it was dialled, or in that in which it ended.
    within, short : float, optional
        Acceptable wait, and the wait of a short abandonment at most (min); the world's own by default.
    columns : str or iterable of str, optional
        All by default.
    week : bool
        Put the horizon's weeks together: a typical week.
    first_monday : date or str, optional
        The date of the first Monday, so that rows carry dates; the world's own by default.
    replications, seed, days, engine, workers, progress
        As of `replicate`; of no use for a history.

    Returns
    -------
    DataFrame
        Times in minutes, shares from 0 to 1, costs in EUR.

    Raises
    ------
    ValueError
        With all that cannot be asked, or if the cells are more than memory holds.

    Examples
    --------
    >>> import sim
    >>> wanted = ["offered", "service_level_sl1", "occupancy"]
    >>> table = intervals("base", every="1 h", days=7, replications=2, columns=wanted)
    >>> table[["day", "from", "to", "note"]].iloc[3].tolist()
    ['mon', '03:00', '04:00', 'no calls']
    """
    world = asked.world if isinstance(asked, History) else world_of(asked)
    how: dict[str, Any] = {"every": every, "by": by, "counted": counted, "within": within, "short": short}
    wanted = looked_at(world, how, columns, first_monday)
    if isinstance(asked, History):
        found = of_history(asked, wanted)
    else:
        size: dict[str, Any] = {"seed": seed, "days": days, "engine": engine, "workers": workers, "progress": progress}
        lived = replicate(world, replications=replications, measures=(), parting=wanted, **size).intervals
        assert lived is not None, "replications that were parted are there"
        found = lived
    return (found.week() if week else found).frame(columns, first_monday)


def of_history(history: History, asked: Parting) -> Intervals:
    """Return what one history comes to by intervals.

    Raises
    ------
    ValueError
        If the history cannot be.
    """
    check_history(history)
    fold = PartedFold(history.world, history.customers, asked)
    fold.follow(history.rows)
    return Intervals(history.world, asked, (history.replication,), fold.read()[None], history.customers.seed)


def looked_at(
    world: World, how: dict[str, Any], columns: str | Iterable[str] | None, first_monday: date | str | None
) -> Parting:
    """Return what is asked of a world: ``how`` as `sim.measures.intervals.asked.parting` takes it.

    Raises
    ------
    ValueError
        With all that is wrong with it, its columns and its date.
    """
    wrong: list[str] = []
    asked: Parting | None = None

    def look(at: Callable[[], Any]) -> Any:
        try:
            return at()
        except ValueError as mistake:
            wrong.append(str(mistake))

    asked = look(lambda: parting(world, **how))
    look(lambda: _has_length(how.get("every")) if asked else None)
    look(lambda: columns_of(asked or parting(world), _ids(columns)))
    look(lambda: checked_monday(first_monday))
    if wrong or asked is None:
        raise ValueError("; ".join(wrong))
    return asked


def _has_length(every: object) -> None:
    """Refuse a length of 0, which stands for the whole horizon only where it is called so."""
    if isinstance(every, str) and every[:1].isdigit() and minutes(every) == 0.0:
        raise ValueError(f'every is {every!r:.60}: intervals have a length; write "whole" for one of all')


def _ids(columns: Any) -> Any:
    """Refuse what is iterable and yet holds no ids."""
    if isinstance(columns, World):
        raise ValueError("columns is a World: it has to be one id, several, or None for all")
    return columns
