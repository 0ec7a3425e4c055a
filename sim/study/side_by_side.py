"""Two worlds compared in two ways at once: with equal staff, and with as much staff as gives equal service."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.engines import Engine
from sim.scenario import World, digest
from sim.study.compare import Comparison, comparable, compared, made_equal
from sim.study.equal import SERVICE, Equality, EqualServiceError, equal_staff
from sim.study.progress import Progress
from sim.study.replicate import DEFAULT_REPLICATIONS, Replications, check, ids_of, together, with_days
from sim.study.tasks import ReplicationError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, repr=False)
class SideBySide:
    """Two worlds compared with equal staff and with equal service, on the same customers.

    Attributes
    ----------
    staff : Comparison
        The second world has the first's paid agent hours.
    service : Comparison or None
        It has as much staff as makes a measure of service the first's; None where no such staff was found. The
        first world's replications are the very ones of `staff`.
    missing : str
        Why there is no equal service; empty where there is.
    """

    staff: Comparison
    service: Comparison | None
    missing: str = ""

    @property
    def interrupted(self) -> bool:
        """Whether replications were asked for that are not finished."""
        return self.staff.interrupted

    def table(self) -> pd.DataFrame:
        """Return both comparisons as a table, one row for each measure; undefined values are NaN."""
        from sim.study.tables import side_by_side_table

        return side_by_side_table(self)

    def to_json(self) -> str:
        """Return both comparisons as JSON; undefined values are null."""
        from sim.study.tables import as_json, side_by_side_tree

        return as_json(side_by_side_tree(self))

    def text(self) -> str:
        """Return both comparisons as they are printed: 120 columns at most."""
        from sim.study.words_side_by_side import side_by_side_text

        return side_by_side_text(self)

    def __repr__(self) -> str:
        first, second = self.staff.worlds
        ways = "equal staff and equal service" if self.service else "equal staff"
        return f"<{first.name} and {second.name} side by side, {ways}, {self.staff.replications} replications>"

    def _repr_html_(self) -> str:
        from sim.study.words_side_by_side import side_by_side_html

        return side_by_side_html(self)


def comparisons_of(study: Comparison | SideBySide) -> tuple[Comparison, ...]:
    """Return the comparisons that a study is made of: one, or that of equal staff and that of equal service."""
    if isinstance(study, Comparison):
        return (study,)
    return (study.staff,) if study.service is None else (study.staff, study.service)


def side_by_side(
    first: World,
    second: World,
    *,
    replications: int = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    service_measure: str = SERVICE,
    workers: int | None = None,
    progress: Progress | None = None,
    measures: Iterable[str] | None = None,
) -> SideBySide:
    """Let the same customers live through a world, and through another with equal staff and with equal service.

    The staff of equal service is searched for first; then the first world is lived once, for both.

    Parameters
    ----------
    replications, seed, days, engine, workers, progress, measures
        As `sim.study.compare.compare` takes them.
    service_measure : str
        The measure that equal service makes the same.

    Raises
    ------
    ValueError
        If the populations or the stretches of time differ, or a value is out of its range. Service that cannot be
        made equal is no error: what is left is the comparison with equal staff, and why.
    ReplicationError
        If a replication could not be lived; ``finished`` holds the two comparisons of the others, from two on.
    KeyboardInterrupt
        If interrupted before two replications were finished; later the finished ones are compared.
    """
    began = time.perf_counter()
    check(replications, seed, engine, workers, least=2)
    comparable(first, second, days)
    digests = digest(first), digest(second)
    first, second = with_days(first, days), with_days(second, days)
    ids = ids_of((first, second), measures)
    equalities, missing = [equal_staff(first, second)], ""
    try:
        study = replications, seed, engine, workers, progress
        equalities.append(made_equal(first, second, "service", service_measure, study))
    except EqualServiceError as reason:
        missing = str(reason)

    def beside(lived: tuple[Replications, ...]) -> SideBySide:
        return _side_by_side(first, digests, equalities, missing, lived, began)

    worlds = first, *(equality.second for equality in equalities)
    try:
        lived = together(worlds, range(replications), seed, engine, workers, progress, ids, least=2)
    except ReplicationError as failure:
        if failure.finished is not None:
            failure.finished = beside(failure.finished)
        raise
    return beside(lived)


def _side_by_side(
    first: World,
    digests: tuple[str, str],
    equalities: list[Equality],
    missing: str,
    lived: tuple[Replications, ...],
    began: float,
) -> SideBySide:
    staff, *service = (
        compared((first, equality.second), digests, equality, (lived[0], other), began)
        for equality, other in zip(equalities, lived[1:], strict=True)
    )
    return SideBySide(staff, service[0] if service else None, missing)
