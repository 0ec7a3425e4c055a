"""`levers`: the gap between two worlds in each measure, by lever."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.asked import Kind, Mistakes, numbers
from sim.bars import Progress, Shown, given, shows_progress
from sim.engines import Engine
from sim.engines.alike import lived_as
from sim.measures import MEASURES, chosen
from sim.reading import world_of
from sim.study.changing.changed import changed
from sim.study.comparing.compare import comparable
from sim.study.decomposing.decomposition import Decomposition, Way
from sim.study.decomposing.players import Parted, parted
from sim.study.running.progress import Whole
from sim.study.running.replicate import each_once
from sim.study.running.replications import Replications
from sim.study.running.size import DEFAULT_REPLICATIONS, Size, numbers_of, some_of, with_days
from sim.study.running.tasks import ReplicationError, days_of
from sim.study.searching.equal import (
    SCALED,
    SERVICE,
    Asked,
    Equal,
    Equality,
    EqualServiceError,
    as_written,
    equal_money,
    equal_staff,
    staff_to_scale,
    ways,
)
from sim.study.searching.seeking import equal_service
from sim.study.searching.staffing import scaled_staff
from sim.world import World

_BY_RULE: dict[Equal, Callable[[World, World], Equality]] = {
    "none": as_written,
    "staff": equal_staff,
    "staff_eur": equal_money,
}
_DEMAND = Kind("a factor of the problems a day, from 0.1 to 10", lambda x: 0.1 <= x <= 10)
_TRIES = 4
"""Staffs tried for a world until its service is equal, about."""
_SOUGHT = ("occupancy", "answered_share")


@shows_progress("levers")
def levers(
    first: World | str | Path,
    second: World | str | Path,
    *,
    measures: Iterable[str] | None = None,
    equal: Asked = "both",
    service_measure: str = SERVICE,
    demand_when_free: float | Iterable[float] = 1.0,
    players: Mapping[str, Any] | None = None,
    replications: int | Iterable[int] = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Shown = None,
) -> Decomposition:
    """Part what separates two worlds in each measure by lever: one at a time from both ends, and by Shapley's rule.

    A world is lived for every subset of the levers, by the same customers; worlds that differ in the price alone, or in
    what else only judges, are lived once and judged each by itself.

    Parameters
    ----------
    first, second : World, str or Path
        Or their names, or their files.
    measures : iterable of str, optional
        Which measures; all by default.
    equal : {"both", "staff", "service", "none", "staff_eur", "all"}
        What every world shares with the first one (`sim.compare`); ``both`` is equal staff and equal service, for which
        a staff is sought for each of the worlds.
    demand_when_free : float or iterable of float
        By what the problems a day are multiplied in a world whose number is free; several are several decompositions.
        Where it is not 1, the price is lived, and those worlds have customers of their own.
    players : mapping, optional
        What is moved at once, by name: paths of tables and keys (`sim.study.decomposing.players`); by default the
        levers, each its table, the tariff with the price. What else separates the worlds is one more, "the rest".
    replications : int or iterable of int
        At least 2, or which ones; intervals are honest from 10 on.
    days : float, optional
        The horizon of both, in place of their own.
    workers : int, optional
        Threads (processes for SimPy) at work at once; the result does not depend on it.
    progress : bool or function, optional
        True for a `sim.bar`; or a function told simulated days done and to do: how many a search for staff takes is
        only expected.
    seed : int
        Of all luck: the same seed, the same customers and the same lives.
    engine : {"auto", "simpy", "compiled"}
        As of `run`: what comes out is the same to the bit.
    service_measure : str
        What is made equal with ``equal`` service.

    Returns
    -------
    Decomposition
        A way that could not be made stands in ``missing`` with its reason, where others were made.

    Raises
    ------
    ValueError
        With all that is wrong with the arguments; if the worlds have other customers, are the same, or some world
        between them cannot be.
    ReplicationError
        If a replication could not be lived.
    KeyboardInterrupt
        If interrupted before two replications of the first way were finished; later what is finished is returned.

    Examples
    --------
    >>> made = levers("hotline_2005", "double_peine", equal="staff", replications=2, days=1)
    >>> gap = made.gap("toll_eur_per_problem")
    >>> [part.player.name for part in gap.parts]
    ['knowledge', 'memory', 'time']
    >>> bool(abs(sum(part.shapley.mean for part in gap.parts) - gap.difference.mean) < 1e-9)
    True
    """
    began = time.perf_counter()
    worlds = both_of(first, second)
    wrong = Mistakes()
    size, demands, hows = Size((0, 1), 1), [1.0], tuple[Equal, ...]()
    with wrong.noted():
        size = Size(numbers_of(replications, least=2), 1)
    with wrong.noted():
        size = replace(Size(size.numbers, seed, engine, workers, given(progress)))
    with wrong.noted():
        comparable(*worlds, days)
    with wrong.noted():
        worlds = with_days(worlds[0], days), with_days(worlds[1], days)
    with wrong.noted():
        size = replace(size, ids=some_of(worlds, measures))
    with wrong.noted():
        chosen(MEASURES, [service_measure])
    with wrong.noted():
        hows = ways(equal, *worlds, among=SCALED)
    with wrong.noted():
        demands = _demands(demand_when_free, *worlds)
    with wrong.noted():
        between = parted(*worlds, players)
    wrong.tell()
    study = Study(between, size, service_measure, began)
    return study.made(hows, demands)


def both_of(first: World | str | Path, second: World | str | Path) -> tuple[World, World]:
    """Return two worlds, the mistakes of both told together.

    Raises
    ------
    ValueError
        If one of them is none.
    """
    wrong = Mistakes()
    with wrong.noted():
        one = world_of(first, "first")
    with wrong.noted():
        other = world_of(second, "second")
    wrong.tell()
    return one, other


def _demands(asked: object, first: World, second: World) -> list[float]:
    """Return the factors asked for, each once."""
    listed = list(asked) if isinstance(asked, Iterable) and not isinstance(asked, str) else [asked]
    if not listed:
        raise ValueError("demand_when_free holds no factor: 1 leaves the problems as they are")
    found = [float(one) for each in listed for one in numbers(demand_when_free=(each, _DEMAND))]
    moved = [one for one in found if one != 1.0]
    if moved and not (first.levers.price.free or second.levers.price.free):
        raise ValueError(f"demand_when_free is {moved[0]:g}, and neither world has a free number (levers.price.free)")
    if moved and first.population.replay is not None:
        raise ValueError(f"demand_when_free is {moved[0]:g}, and the calls of {first.name} are replayed: they stay")
    return list(dict.fromkeys(found))


class Study:
    """A decomposition being made: way after way, each of all the worlds between."""

    def __init__(self, between: Parted, size: Size, measure: str, began: float) -> None:
        self.parted, self.size, self.measure, self.began = between, size, measure, began
        self.missing: dict[str, str] = {}
        self.made_ways: list[Way] = []
        self.told = Whole(size.progress, 0)

    def made(self, hows: Sequence[Equal], demands: Sequence[float]) -> Decomposition:
        """Make it; what an interruption leaves is returned where a way is there."""
        every = {demand: [_attracting(world, demand) for world in self.parted.worlds()] for demand in demands}
        self.told.expected = sum(self.expected(worlds, how) for worlds in every.values() for how in hows)
        for demand, worlds in every.items():
            for how in hows:
                label = how if demand == 1.0 else f"{how}, demand x {demand:g}"
                try:
                    self.made_ways.append(self._way(how, demand, worlds))
                except (KeyboardInterrupt, ReplicationError, ValueError) as reason:
                    self.missing[label] = str(reason) or "interrupted"
                    if isinstance(reason, ReplicationError):
                        reason.finished = self._done() if self.made_ways else None
                        raise
                    if not self.made_ways and (isinstance(reason, KeyboardInterrupt) or len(hows) == 1):
                        raise
                    if isinstance(reason, KeyboardInterrupt):
                        return self._done()
                if self.made_ways and any(one.interrupted for one in self.made_ways[-1].lived):
                    return self._done()
        if not self.made_ways:
            raise ValueError("\n".join(self.missing.values()))
        return self._done()

    def _done(self) -> Decomposition:
        shown = () if self.size.ids is None else self.size.ids
        seconds = time.perf_counter() - self.began
        return Decomposition(self.parted, tuple(self.made_ways), dict(self.missing), shown, seconds)

    def expected(self, worlds: Sequence[World], how: Equal) -> int:
        """Return the simulated days that a way takes, about."""
        once = {lived_as(world): days_of(world) for world in worlds}
        return sum(once.values()) * len(self.size.numbers) * (1 + _TRIES if how == "service" else 1)

    def _way(self, how: Equal, demand: float, worlds: Sequence[World]) -> Way:
        equalities = self.staffed(how, worlds)
        ids = self.size.ids
        measured = ids if ids is None or how != "service" else tuple(dict.fromkeys((*ids, self.measure)))
        lived = self.lived([one.second for one in equalities], replace(self.size, ids=measured))
        meaning = equalities[-1].meaning + (self._how_near(lived) if how == "service" else "")
        return Way(how, meaning, demand, self.parted.players, lived)

    def _how_near(self, lived: Sequence[Replications]) -> str:
        means = [one.estimate(self.measure).mean or 0.0 for one in lived]
        between = f"between {min(means):.3g} and {max(means):.3g} {MEASURES[self.measure].unit}"
        return f" In all {len(means)} worlds it lies {between}."

    def staffed(self, how: Equal, worlds: Sequence[World]) -> list[Equality]:
        """Return every world with the staff that a way gives it, the first one with its own.

        Raises
        ------
        EqualServiceError
            If no staff makes the service equal in one of them.
        """
        if how == "service":
            return self._of_equal_service(worlds)
        return [as_written(worlds[0], worlds[0]), *(_BY_RULE[how](worlds[0], world) for world in worlds[1:])]

    def lived(self, worlds: Sequence[World], size: Size) -> tuple[Replications, ...]:
        """Live worlds, those that are lived alike once, and tell how far that is."""
        lived = each_once(worlds, replace(size, progress=self.told.part), least=2)
        once = {lived_as(world): days_of(world) for world in worlds}
        self.told.over(sum(once.values()) * len(size.numbers))
        return lived

    def _of_equal_service(self, worlds: Sequence[World]) -> list[Equality]:
        """Return each world with the staff that makes its service the first's; one search for those lived alike."""
        ids = tuple(dict.fromkeys((self.measure, *_SOUGHT)))
        size = replace(self.size, ids=ids)
        (first,) = self.lived(worlds[:1], size)
        if first.interrupted:
            raise KeyboardInterrupt
        groups: dict[Any, list[int]] = {}
        for subset, world in enumerate(worlds):
            groups.setdefault(lived_as(staff_to_scale(worlds[0], world)[0]), []).append(subset)
        found: dict[int, tuple[float, Equality]] = {}
        for group in sorted(groups.values(), key=lambda group: (min(map(int.bit_count, group)), group)):
            factor, equality = self._sought(first, worlds, group, {at: one for at, (one, _) in found.items()}, size)
            for at in group:
                start, before = staff_to_scale(worlds[0], worlds[at])
                given = worlds[0] if at == 0 else scaled_staff(start, factor) if factor != 1.0 else start
                found[at] = factor, replace(equality, second=given, factor=factor * before)
        return [found[at][1] for at in range(len(worlds))]

    def _sought(
        self,
        first: Replications,
        worlds: Sequence[World],
        group: Sequence[int],
        known: Mapping[int, float],
        size: Size,
    ) -> tuple[float, Equality]:
        """Return by what a world's staff is multiplied beside equal staff, beginning where its neighbours end."""
        world = worlds[group[0]]
        start, before = staff_to_scale(worlds[0], world)
        if 0 in group:
            return 1.0, as_written(worlds[0], start)
        days = days_of(world) * len(size.numbers)
        near = neighbours_say(min(group, key=int.bit_count), known)
        told = replace(size, progress=None if self.told.part is None else _slowly(self.told, days))
        try:
            equality, lived = equal_service(first, world, measure=self.measure, size=told, near=near)
        except EqualServiceError as refused:
            raise EqualServiceError(f"{world.name}: {refused}") from None
        if lived.interrupted:
            raise KeyboardInterrupt
        self.told.over(_TRIES * days)
        return equality.factor / before, equality


def _slowly(told: Whole, days: int) -> Progress:
    """Tell of a search whose number of tries is not known: each try as a half of what is still expected."""
    tries = [0]

    def tell(done: int, of: int) -> None:
        if told.part is not None:
            reached = (1.0 - 0.5 ** tries[0]) + 0.5 ** (tries[0] + 1) * done / max(of, 1)
            tries[0] += done == of
            told.part(int(_TRIES * days * min(reached, 1.0)), _TRIES * days)

    return tell


def neighbours_say(subset: int, known: Mapping[int, float]) -> float | None:
    """Guess a subset's factor of staff from those with one player less, and two: as if pairs did not help each other.

    In logarithms f(S) = f(S without i) + f(S without j) - f(S without both), the mean over all pairs. None where they
    are not known, as with a single player.

    Examples
    --------
    >>> round(neighbours_say(0b11, {0b00: 1.0, 0b01: 0.5, 0b10: 0.8}), 12)
    0.4
    """
    there = [1 << at for at in range(subset.bit_length()) if subset >> at & 1]
    pairs = [(i, j) for at, i in enumerate(there) for j in there[at + 1 :]]
    said = [
        known[subset ^ i] * known[subset ^ j] / known[subset ^ i ^ j]
        for i, j in pairs
        if {subset ^ i, subset ^ j, subset ^ i ^ j} <= known.keys()
    ]
    product = 1.0
    for one in said:
        product *= one
    return float(product ** (1.0 / len(said))) if said else None


def _attracting(world: World, demand: float) -> World:
    """Return the world with the problems that a free number brings to it."""
    if demand == 1.0 or not world.levers.price.free:
        return world
    return changed(world, {"population.problems_per_day": world.population.problems_per_day * demand}, name=world.name)
