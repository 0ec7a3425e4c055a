"""A year of all worlds, lived: each replication of each world with the customers who are left in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sim.bars import Progress
from sim.measures.rules.histogram import BUCKETS
from sim.study.generations.next_year import Year
from sim.study.generations.people import REPLICATIONS_AT_MOST
from sim.study.running.progress import watched
from sim.study.running.size import Size
from sim.study.running.tasks import Task, days_of
from sim.study.running.workers import answers, hands_for
from sim.units import DAY
from sim.world import World

_PER_PROBLEM = (
    "staff_eur_per_problem",
    "gestures_eur_per_problem",
    "toll_income_eur_per_problem",
    "firm_cash_eur_per_problem",
)
_ROUNDING = 1e-12
"""Of the sums of which the others are what is left."""
MEASURED = (*_PER_PROBLEM, "calls_per_problem", "hold_minutes_per_call", "effort_ces", "solved_share")
"""What is asked of a year beside its journeys."""


class Lived(NamedTuple):
    """What a year of one replication of one world came to.

    Attributes
    ----------
    engine : str
    staff, gestures, toll_income, others : float
        EUR a day of the horizon; the others are all that the firm pays beside: visits, news.
    shown : mapping
        Numerator and denominator of the measures shown, by id.
    efforts : tuple of (int, float)
        How many journeys had which effort: the buckets of `sim.measures.rules.histogram` that hold any.
    """

    engine: str
    staff: float
    gestures: float
    toll_income: float
    others: float
    shown: dict[str, tuple[float, float]]
    efforts: tuple[tuple[int, float], ...]

    def counts(self) -> list[float]:
        """Return how many journeys had which effort, by bucket."""
        every = [0.0] * BUCKETS
        for bucket, many in self.efforts:
            every[bucket] = many
        return every

    def tree(self) -> dict[str, Any]:
        """Return it as plain lists and tables."""
        return {**self._asdict(), "efforts": [list(pair) for pair in self.efforts]}

    @classmethod
    def of_tree(cls, tree: dict[str, Any]) -> Lived:
        """Return what `tree` wrote."""
        shown = {name: (float(above), float(below)) for name, (above, below) in tree["shown"].items()}
        efforts = tuple((int(bucket), float(many)) for bucket, many in tree["efforts"])
        staff, gestures, toll, others = (float(tree[name]) for name in ("staff", "gestures", "toll_income", "others"))
        return cls(str(tree["engine"]), staff, gestures, toll, others, shown, efforts)


def lived(years: Sequence[Sequence[Year]], number: int, size: Size, progress: Progress | None) -> list[list[Lived]]:
    """Live a year.

    Parameters
    ----------
    years : sequence of sequences of Year
        By replication, as they stand in the size, and by world.
    number : int
        Of the year, from 1: its luck.

    Returns
    -------
    list of lists of Lived
        As the years.

    Raises
    ------
    KeyboardInterrupt, ReplicationError
        If it could not be finished.
    """
    first = (number - 1) * REPLICATIONS_AT_MOST
    tasks = [
        Task(tuple(year.world for year in each), size.seed, first + replication, size.engine, MEASURED, efforts=True)
        for each, replication in zip(years, size.numbers, strict=True)
    ]
    worlds = tasks[0].worlds
    found: dict[int, list[Lived]] = {}
    with watched(sum(map(days_of, worlds)) * len(tasks), progress) as days:
        for one in answers(tasks, hands_for(worlds, size.engine, size.workers, len(tasks)), days):
            at = size.numbers.index(one.replication - first)
            found[at] = [
                _of(world, totals, efforts, one.engine)
                for world, totals, efforts in zip(worlds, one.totals, one.efforts, strict=True)
            ]
    return [found[at] for at in range(len(tasks))]


def _of(world: World, totals: dict[str, tuple[float, float]], efforts: Sequence[float], engine: str) -> Lived:
    days = world.time.horizon / DAY
    staff, gestures, toll, cash = (totals[name][0] / days for name in _PER_PROBLEM)
    others = cash - (staff + gestures - toll)
    others = others if abs(others) > _ROUNDING * (staff + gestures + toll) else 0.0
    shown = {name: totals[name] for name in MEASURED if name not in _PER_PROBLEM}
    held = tuple((bucket, many) for bucket, many in enumerate(efforts) if many)
    return Lived(engine, staff, gestures, toll, others, shown, held)
