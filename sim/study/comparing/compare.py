"""Let the same customers live through two worlds, the second with its own staff, with the first's, or with another."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from sim.bars import Shown, given, shows_progress
from sim.engines import Engine
from sim.measures import MEASURES, chosen
from sim.reading import population_differences, world_of
from sim.study.comparing.comparison import Comparison, beside
from sim.study.running.replicate import together
from sim.study.running.replications import Replications
from sim.study.running.size import DEFAULT_REPLICATIONS, Size, numbers_of, some_of, with_days
from sim.study.running.tasks import ReplicationError
from sim.study.searching.equal import (
    ASKED,
    SERVICE,
    Asked,
    Equal,
    Equality,
    EqualServiceError,
    as_written,
    equal_money,
    equal_staff,
    ways,
)
from sim.study.searching.seeking import equal_service
from sim.study.staffing.for_service import equal_service_at_least_cost
from sim.world import World

_BY_RULE: dict[Equal, Callable[[World, World], Equality]] = {
    "none": as_written,
    "staff": equal_staff,
    "staff_eur": equal_money,
}
_SOUGHT = {"service": equal_service, "least_cost": equal_service_at_least_cost}
"""The ways whose staff is found by living with others."""


@shows_progress("compare")
def compare(
    first: World | str | Path,
    second: World | str | Path,
    *,
    replications: int | Iterable[int] = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    equal: Asked = "all",
    service_measure: str = SERVICE,
    workers: int | None = None,
    progress: Shown = None,
    measures: Iterable[str] | None = None,
) -> Comparison:
    """Let the same customers live through two worlds, and estimate what separates them.

    Parameters
    ----------
    first, second : World, str or Path
        Or their names, or their files.
    replications : int or iterable of int
        At least 2, or which ones (`sim.study.running.replicate.replicate`); intervals are honest from 10 on.
    days : float, optional
        The horizon of both, in place of their own; warm-up and follow-up stay.
    equal : {"all", "both", "none", "staff", "service", "staff_eur", "least_cost"}
        What the second world shares with the first: nothing, each its own staff; paid agent hours by team and interval;
        the value of ``service_measure``, by scaling the staff; what staff costs, by scaling it. ``both`` is equal staff
        and equal service, ``all`` these and before them own staff wherever that is another. ``least_cost`` is equal
        service too, by the least-cost staff found hour by hour and team by team (`sim.staff`): it takes minutes.
    workers : int, optional
        Threads (processes for SimPy) at work at once; the result does not depend on it.
    progress : bool or function, optional
        True for a `sim.bar` that lasts as long as this does; or a function told simulated days done and to do.
    measures : iterable of str, optional
        Which measures; all by default.
    seed : int
        Of all luck: the same seed, the same customers and the same lives.
    engine : {"auto", "simpy", "compiled"}
        As of `run`: what comes out is the same to the bit.
    service_measure : str
        What is made equal with ``equal`` service.

    Returns
    -------
    Comparison
        A way that could not be made stands in ``missing`` with its reason, where others were made.

    Raises
    ------
    ValueError
        If the populations or the stretches of time differ, or a value is out of its range. A service that cannot be
        made equal is an error where nothing else was asked for (`EqualServiceError`).
    ReplicationError
        If a replication could not be lived; ``finished`` holds the comparison of the others, from two on.
    KeyboardInterrupt
        If interrupted before two replications were finished; later the finished ones are compared.

    Examples
    --------
    >>> import sim
    >>> compared = sim.compare("double_peine", "empowered", equal="staff", replications=2, days=1)
    >>> compared.line("toll_eur_per_problem").worlds[1].mean  # a free number
    0.0
    """
    began = time.perf_counter()
    first, second = world_of(first, "first"), world_of(second, "second")
    size = Size(numbers_of(replications, least=2), seed, engine, workers, given(progress))
    comparable(first, second, days)
    chosen(MEASURES, [service_measure])
    asked = first, second
    first, second = with_days(first, days), with_days(second, days)
    study = Study(asked, equal, service_measure, began)
    return study.made(first, second, replace(size, ids=some_of((first, second), measures)))


def comparable(first: World, second: World, days: float | None) -> None:
    """Refuse two worlds that the same customers cannot live through, or not for equally long.

    Raises
    ------
    ValueError
        Naming the keys on which they differ.
    """
    different = population_differences(first, second)
    if different:
        keys = "\n".join(f"  {change.key}: {change.first} / {change.second}" for change in different)
        raise ValueError(
            f"{first.name} and {second.name} have other customers, so they cannot be compared; they differ on\n{keys}"
        )
    stretches = ("warm_up", "follow_up") if days is not None else ("warm_up", "horizon", "follow_up")
    unlike = [name for name in stretches if getattr(first.time, name) != getattr(second.time, name)]
    if unlike:
        raise ValueError(
            f"{first.name} and {second.name} do not last equally long: time.{', time.'.join(unlike)} differ"
        )


class Study:
    """A comparison being made: first the ways whose staff is known, then the one whose staff has to be sought."""

    def __init__(
        self, asked: tuple[World, World], equal: Asked, measure: str, began: float, among: tuple[Asked, ...] = ASKED
    ) -> None:
        self.asked, self.hows, self.measure, self.began = asked, ways(equal, *asked, among=among), measure, began
        self.missing: dict[Equal, str] = {}
        self.sought = next((how for how in self.hows if how in _SOUGHT), None)
        if self.hows == ("none",) and equal == "all":  # staff is all that separates them
            self.missing = dict.fromkeys(("staff", "service"), "with the same staff the two are the same world")

    def made(self, first: World, second: World, size: Size) -> Comparison:
        """Make it."""
        known, needed = self.known(first, second), self.needed(size)
        worlds = (first, *(equality.second for equality in known))
        try:
            lived = together(worlds, needed, least=2)
        except ReplicationError as failure:
            if failure.finished is not None:
                failure.finished = self.compared(known, failure.finished, size)
            raise
        if self.sought is None:
            return self.compared(known, lived, size)
        return self._with_service(self.sought, second, known, lived, size, needed)

    def known(self, first: World, second: World) -> list[Equality]:
        """Return the ways whose staff does not have to be sought."""
        return [_BY_RULE[how](first, second) for how in self.hows if how != self.sought]

    def needed(self, size: Size) -> Size:
        """Return the size with what a search needs to know besides what was asked for, which is shown to nobody."""
        return _with(size, (self.measure, "occupancy", "answered_share") if self.sought else ())

    def _with_service(
        self,
        how: Equal,
        second: World,
        known: list[Equality],
        lived: tuple[Replications, ...],
        size: Size,
        needed: Size,
    ) -> Comparison:
        try:
            if lived[0].interrupted:
                raise EqualServiceError("interrupted before it was sought")
            found, there = _SOUGHT[how](lived[0], second, measure=self.measure, size=needed, others=lived[1:])
        except (EqualServiceError, KeyboardInterrupt, ReplicationError) as reason:
            if not known:
                raise
            self.missing[how] = str(reason) or "interrupted while it was sought"
            left = self.compared(known, lived, size)
            if isinstance(reason, ReplicationError):
                reason.finished = left
                raise
            if isinstance(reason, KeyboardInterrupt):
                return replace(left, first=replace(left.first, interrupted=True))
            return left
        return self.compared([*known, found], (*lived, there), size)

    def compared(self, equalities: list[Equality], lived: tuple[Replications, ...], size: Size) -> Comparison:
        """Compare what was lived: the first world, and the second in each of these ways."""
        first, *others = (_shown(one, size.ids) for one in lived)
        first = replace(first, asked=self.asked[0])
        made = zip(equalities, (replace(one, asked=self.asked[1]) for one in others), strict=True)
        ordered = sorted(made, key=lambda way: self.hows.index(way[0].how))
        return Comparison(first, beside(first, ordered), dict(self.missing), time.perf_counter() - self.began)


def _with(size: Size, more: tuple[str, ...]) -> Size:
    return size if size.ids is None else replace(size, ids=tuple(dict.fromkeys((*size.ids, *more))))


def _shown(lived: Replications, ids: tuple[str, ...] | None) -> Replications:
    """Leave out the measures that nobody asked for."""
    if ids is None:
        return lived
    return replace(lived, totals={name: rows for name, rows in lived.totals.items() if name in ids})
