"""What is asked of intervals: how long they are, by what else they are parted, and where a call counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sim.asked import LENGTH, numbers, one_of
from sim.units import DAY, minutes
from sim.world import World

BY = ("team", "queue", "reason", "segment")
"""By what intervals may be parted further."""
COUNTED = ("arrival", "exit")
"""The interval in which a call counts: that in which it was dialled, or that in which it ended."""
WHOLE = 0.0
"""The length that stands for one interval, as long as the horizon."""
_WORDS = {"day": DAY, "whole": WHOLE}
_SHORTEST = 1.0


@dataclass(frozen=True)
class Parting:
    """How a horizon is parted into cells.

    Attributes
    ----------
    every : float
        Length of the intervals (min), each beginning at a multiple of it from midnight on; `WHOLE`: one interval.
    by : tuple of str
        Of `BY`, in the order in which they are printed.
    counted : str
        Of `COUNTED`.
    within, short : float
        Acceptable waiting time, and the wait of a short abandonment at most (min).
    """

    every: float
    by: tuple[str, ...]
    counted: str
    within: float
    short: float


def parting(
    world: World,
    every: float | str = 30.0,
    by: str | Iterable[str] = (),
    counted: str = "arrival",
    within: float | None = None,
    short: float | None = None,
) -> Parting:
    """Return what is asked, looked at.

    Parameters
    ----------
    every : float or str
        Minutes, or such as "15 min", "1 h", "day" and "whole".
    within, short : float, optional
        The world's own by default (min).

    Raises
    ------
    ValueError
        With all that cannot be asked.

    Examples
    --------
    >>> from sim.reading import load
    >>> parting(load("base"), "1 h", ["team", "reason"]).every
    60.0
    """
    level = world.service_level
    lengths = level.within if within is None else within, level.short if short is None else short
    wrong: list[str] = []
    length = _tried(lambda: _length(every), wrong)
    parts = _tried(lambda: _parts(by), wrong)
    where = _tried(lambda: one_of("counted", counted, COUNTED), wrong)
    waits = _tried(lambda: numbers(within=(lengths[0], LENGTH), short=(lengths[1], LENGTH)), wrong)
    if wrong:
        raise ValueError("; ".join(wrong))
    return Parting(length, parts, where, *waits)


def _tried(look: Callable[[], Any], wrong: list[str]) -> Any:
    """Return what is found, or note what is wrong."""
    try:
        return look()
    except ValueError as mistake:
        wrong.append(str(mistake))


def _length(every: object) -> float:
    said = (
        "it has to part a day evenly, in whole minutes or in halves or quarters of one, a minute at least: such as 15, "
        '"30 min" or "1 h"; or be "day" or "whole"'
    )
    try:
        length = _WORDS[every] if every in _WORDS else minutes(every) if isinstance(every, str) else _plain(every)
    except (TypeError, ValueError):
        raise ValueError(f"every is {every!r:.60}: {said}") from None
    if length != WHOLE and (not _SHORTEST <= length <= DAY or DAY % length):
        raise ValueError(f"every is {every!r:.60}: {said}")
    return length


def _plain(every: object) -> float:
    """Return a number of minutes; 0 is no length."""
    (length,) = numbers(every=(every, LENGTH))
    if not length:
        raise ValueError
    return float(length)


def _parts(by: object) -> tuple[str, ...]:
    if isinstance(by, str):
        by = [by]
    if not isinstance(by, Iterable):
        raise ValueError(f"by is {by!r:.60}: it has to be of {', '.join(BY)}, one or several")
    parts = [one_of("by", part, BY) for part in by]
    return tuple(part for part in BY if part in parts)
