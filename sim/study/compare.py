"""Two worlds compared on the same customers: what each costs them and the firm, and what the difference is."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sim.engines import Engine
from sim.measures import Measure, measures_of
from sim.scenario import World, digest, population_differences
from sim.study.equal import (
    EQUALS,
    FEW,
    SERVICE,
    Equal,
    Equality,
    as_written,
    equal_money,
    equal_service,
    equal_staff,
)
from sim.study.estimate import UNDEFINED, Estimate, paired_difference
from sim.study.progress import Progress
from sim.study.replicate import (
    DEFAULT_REPLICATIONS,
    Replications,
    Totals,
    check,
    ids_of,
    together,
    with_days,
)
from sim.study.tasks import ReplicationError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Line:
    """One measure: both worlds' estimates, and the second minus the first with its paired interval."""

    measure: Measure
    worlds: tuple[Estimate, Estimate]
    difference: Estimate


@dataclass(frozen=True, repr=False)
class Comparison:
    """Two worlds compared.

    Attributes
    ----------
    worlds : pair of World
        As they were lived, with the staff and the horizon they were given.
    digests : pair of str
        Of the worlds that were asked for, before anything was made equal.
    equality : Equality
        What makes the comparison fair, in words.
    lived : pair of Replications
        The totals of every replication.
    """

    worlds: tuple[World, World]
    digests: tuple[str, str]
    seed: int
    replications: int
    engine: str
    seconds: float
    lines: tuple[Line, ...]
    lived: tuple[Replications, Replications]
    equality: Equality
    interrupted: bool = False

    @property
    def totals(self) -> tuple[dict[str, Totals], dict[str, Totals]]:
        """Numerators and denominators of each world by measure, a row for each replication."""
        return self.lived[0].totals, self.lived[1].totals

    def line(self, measure: str) -> Line:
        """Return one measure's line."""
        return next(line for line in self.lines if line.measure.id == measure)

    def table(self) -> pd.DataFrame:
        """Return the comparison as a table, one row for each measure; undefined values are NaN."""
        from sim.study.tables import comparison_table

        return comparison_table(self)

    def to_json(self) -> str:
        """Return the comparison as JSON; undefined values are null."""
        from sim.study.tables import as_json, comparison_tree

        return as_json(comparison_tree(self))

    def text(self) -> str:
        """Return the comparison as it is printed: 120 columns at most."""
        from sim.study.words import comparison_text

        return comparison_text(self)

    def __repr__(self) -> str:
        first, second = self.worlds
        return f"<Comparison of {first.name} and {second.name}, {self.replications} replications>"

    def _repr_html_(self) -> str:
        from sim.study.words import comparison_html

        return comparison_html(self)


def compare(
    first: World,
    second: World,
    *,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    equal: Equal = "staff",
    service_measure: str = SERVICE,
    workers: int | None = None,
    progress: Progress | None = None,
    measures: Iterable[str] | None = None,
) -> Comparison:
    """Let the same customers live through two worlds, and estimate what separates them.

    Parameters
    ----------
    replications : int
        At least 2; intervals are honest from 10 on.
    days : float, optional
        The horizon of both, in place of their own; warm-up and follow-up stay.
    equal : {"staff", "service", "staff_eur", "none"}
        What the second world shares with the first: paid agent hours by team and interval; the value of
        ``service_measure``, by scaling the staff; what staff costs, by scaling it; or nothing.
    workers : int, optional
        Processes at work at once; the result does not depend on it.
    progress : optional
        Told simulated days done and to do; see `sim.study.progress.bar`.
    measures : iterable of str, optional
        Which measures; all by default.

    Raises
    ------
    ValueError
        If the populations or the stretches of time differ, or a value is out of its range.
    ReplicationError
        If a replication could not be lived; ``finished`` holds the comparison of the others, from two on.
    KeyboardInterrupt
        If interrupted before two replications were finished; later the finished ones are compared.
    """
    began = time.perf_counter()
    check(replications, seed, engine, workers, least=2)
    if equal not in EQUALS:
        raise ValueError(f'equal is "{equal}": use one of {", ".join(EQUALS)}')
    comparable(first, second, days)
    digests = digest(first), digest(second)
    first, second = with_days(first, days), with_days(second, days)
    ids = ids_of((first, second), measures)
    equality = made_equal(first, second, equal, service_measure, (replications, seed, engine, workers, progress))
    worlds = first, equality.second
    try:
        lived = together(worlds, range(replications), seed, engine, workers, progress, ids, least=2)
    except ReplicationError as failure:
        if failure.finished is not None:
            failure.finished = compared(worlds, digests, equality, failure.finished, began)
        raise
    return compared(worlds, digests, equality, lived, began)


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


def made_equal(
    first: World,
    second: World,
    equal: Equal,
    measure: str,
    study: tuple[int, int, Engine, int | None, Progress | None],
) -> Equality:
    """Give the second world its staff; the study is replications, seed, engine, workers and progress."""
    if equal == "service":
        replications, seed, engine, workers, progress = study
        return equal_service(
            first,
            second,
            measure=measure,
            replications=min(replications, FEW),
            seed=seed,
            engine=engine,
            workers=workers,
            progress=progress,
        )
    ways = {"staff": equal_staff, "staff_eur": equal_money, "none": as_written}
    return ways[equal](first, second)


def compared(
    worlds: tuple[World, World],
    digests: tuple[str, str],
    equality: Equality,
    lived: tuple[Replications, ...],
    began: float,
) -> Comparison:
    """Compare what two worlds left; `began` is when the study did (s, of the performance counter)."""
    first, second = lived
    return Comparison(
        worlds,
        digests,
        first.seed,
        len(first.numbers),
        first.engine,
        time.perf_counter() - began,
        tuple(_line(measure, first, second) for measure in _of_both(first, second)),
        (first, second),
        equality,
        first.interrupted,
    )


def _line(measure: Measure, first: Replications, second: Replications) -> Line:
    name = measure.id
    both = first.estimate(name), second.estimate(name)
    if name not in first.totals or name not in second.totals:
        return Line(measure, both, UNDEFINED)
    return Line(measure, both, paired_difference(*first.totals[name].T, *second.totals[name].T))


def _of_both(first: Replications, second: Replications) -> list[Measure]:
    """Return the measures of either world in the order of the register; definitions that differ are both told."""
    one, other = measures_of(first.world), measures_of(second.world)
    register = [name for name in one if not name.startswith("occupancy.")]
    teams = [name for name in {**one, **other} if name.startswith("occupancy.")]
    at = register.index("occupancy") + 1
    told: list[Measure] = []
    for name in (*register[:at], *teams, *register[at:]):
        if name not in first.totals and name not in second.totals:
            continue
        measure: Any = one.get(name) or other[name]
        if name in one and name in other and one[name].definition != other[name].definition:
            both = f"{first.world.name}: {one[name].definition} {second.world.name}: {other[name].definition}"
            measure = replace(measure, definition=both)
        told.append(measure)
    return told
