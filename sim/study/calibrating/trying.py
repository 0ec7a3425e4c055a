"""A calibration being made: worlds lived with values that are tried, and what is told of the nearest."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from sim.bars import Progress
from sim.reading import variant, written
from sim.reading.layers import merged
from sim.reading.trees import Tree, standing_at
from sim.study.calibrating.aims import Aim, Seen, aim, covariances, seen, whitened
from sim.study.calibrating.by_queue import ByQueue, calls_of, shares_told, totals_of
from sim.study.calibrating.calibration import Beside, Calibration, Fitted
from sim.study.calibrating.figures import Figures
from sim.study.calibrating.parameters import Parameter, changes
from sim.study.calibrating.questions import Question, Totals, asked, needed, not_asked, of_queue
from sim.study.calibrating.search import NothingToFitError, Search
from sim.study.calibrating.shape import Shape, corrected, simulated_calls
from sim.study.calibrating.told import Flat, covariance_of_values, flat_directions
from sim.study.running.estimate import ratio
from sim.study.running.replicate import together
from sim.study.running.replications import Replications
from sim.study.running.size import Size
from sim.study.running.student import two_sided
from sim.study.running.tasks import days_of
from sim.units import DAY
from sim.world import World

Floats = npt.NDArray[np.float64]
_FEW = 5
"""Replications of the first, coarse search."""
_STEPS = 8
"""Steps that each search is foreseen to take, where the time left is told."""
_NEARLY = 0.95
"""Part of what is foreseen that is told to be done at most, until all is."""
_CORRECTIONS = 2
"""Of the profile, before each search; and of the shares by queue, before the first."""
_COUNTED = 3
"""Replications whose calls are counted by queue for that."""


@dataclass
class Trying:
    """A calibration being made: worlds lived with values that are tried, each replication of each once.

    Attributes
    ----------
    scale : float
        By what the report's calls by queue are multiplied to be those of the figures' days.
    """

    start: World
    sought: tuple[Parameter, ...]
    report: Figures
    size: Size
    given_to: Tree
    shape: Shape | None = None
    by_queue: ByQueue | None = None
    scale: float = 1.0
    weights: Floats | None = None
    lived: dict[tuple[float, ...], Replications] = field(default_factory=dict)
    before: tuple[World, Tree, dict[tuple[float, ...], Replications]] | None = None
    evaluations: int = 0
    done: int = 0

    def __post_init__(self) -> None:
        given = self.report.given()
        self.others, horizon, days = not_asked(given), self.start.time.horizon / DAY, self.report.over()
        self.aims = [aim(one, given[one.name], days, horizon) for one in asked(given)]
        self.shown = [*self.aims]
        if self.by_queue is not None:
            self.shown += self.by_queue.shown(self.scale, days, horizon)
            self.aims += self.by_queue.aims(days, horizon) if self._splits() else ()
            if self.by_queue.calls:
                self.size = replace(self.size, parting=self.by_queue.parting(self.start))
        self.questions = tuple(one.question for one in self.aims)
        self.ids = needed((*self.questions, *self.others, *(one.question for one in self.shown)))
        many = len(self.size.numbers)
        self.sizes = (min(_FEW, many), many)
        self.foreseen = self._foreseen()

    def _foreseen(self) -> int:
        """Return the simulated days that the search will take, about."""
        values = len(self.sought)
        first, last = (values + _STEPS) * self.sizes[0], (2 * values + _STEPS) * self.sizes[-1]
        return days_of(self.start) * (first + last)

    def made(self, asked_for: World, notes: tuple[str, ...], began: float) -> Calibration:
        """Search, and say what was found; an interruption leaves the best so far."""
        search, interrupted = Search(self.answers, self.aims, len(self.sought)), False
        try:
            search.at = self._first()
            search.through(self.sizes, lambda: self.shaped(search.at))
        except NothingToFitError as nothing:
            raise ValueError(f"{self.start.name}: {nothing}") from None
        except KeyboardInterrupt:
            if search.found is None:
                raise
            interrupted = True
        if interrupted and tuple(map(float, search.at)) not in self.lived and self.before is not None:
            self.start, self.given_to, self.lived = self.before  # the newest profile was not lived with yet
        lived = self.at(search.at, len(self.size.numbers) if not interrupted else 0)
        if not interrupted:
            self._tell(self.foreseen, over=True)
        return self._told(search, lived, asked_for, interrupted, notes, began)

    def _splits(self) -> bool:
        """Say whether the shares of what leads to each queue are sought."""
        return any(one.against for one in self.sought)

    def _sought_figures(self) -> set[str]:
        """Return the figures that values are fitted to: by queue the calls offered, where shares are sought."""
        by_queue = self.by_queue.told() if self.by_queue is not None and self._splits() else ()
        return {*(one.name for one in self.questions), *(of_queue("offered", queue) for queue in by_queue)}

    def _first(self) -> Floats:
        """Return where the search begins: at the world's own values, but for the shares that calls by queue tell."""
        moves = np.zeros(len(self.sought))
        if self.by_queue is None or not self._splits():
            return moves
        at = [place for place, one in enumerate(self.sought) if one.against]
        for _ in range(_CORRECTIONS):
            lived = self.at(moves, min(_COUNTED, len(self.size.numbers)))
            moves[at] += self.by_queue.step(calls_of(lived, self.by_queue.told()))
        return moves

    def shaped(self, moves: Floats) -> None:
        """Give the world the profile of problems from which the report's calls come, with these values."""
        if self.shape is None:
            return
        if self.weights is None:
            self.weights = self.shape.calls / self.shape.calls.sum()
            self._take(self.weights)
        for _ in range(_CORRECTIONS):
            world = variant(self.start, changes(self.start, self.sought, moves))
            calls = simulated_calls(world, self.shape, seed=self.size.seed, engine=self.size.engine)
            self.weights = corrected(self.weights, self.shape.calls, calls)
            self._take(self.weights)

    def _take(self, weights: Floats) -> None:
        """Let the problems come by these weights from now on: what was lived with others is forgotten."""
        assert self.shape is not None
        profile = {"population": {"profile": self.shape.profile(weights)}}
        if self.lived:
            self.before = self.start, self.given_to, self.lived
        self.given_to, self.start, self.lived = merged(self.given_to, profile), variant(self.start, profile), {}

    def answers(self, moves: Floats, many: int) -> Seen | None:
        """Live the world with its parameters moved so far; return what it answers."""
        return seen(self.questions, totals_of(self.at(moves, many)))

    def at(self, moves: Floats, many: int) -> Replications:
        """Return so many replications of the world with its parameters moved so far, all that there are for 0."""
        key = tuple(map(float, moves))
        there = self.lived.get(key)
        left = self.size.numbers[len(there.numbers) if there else 0 : many]
        if left:
            world = variant(self.start, changes(self.start, self.sought, moves))
            size = replace(self.size, numbers=left, ids=self.ids, progress=self._part_of_the_way())
            (new,) = together((world,), size, least=len(left))
            self.evaluations += there is None
            self.done += days_of(world) * len(left)
            there = self.lived[key] = there + new if there else new
        assert there is not None
        return there.only(many) if many else there

    def _part_of_the_way(self) -> Progress | None:
        if self.size.progress is None:
            return None
        return lambda done, of: self._tell(self.done + done)

    def _tell(self, done: int, *, over: bool = False) -> None:
        """Tell how far it is; where it takes longer than foreseen, the end moves on, and nearly all stays done."""
        if not over:
            self.foreseen = max(self.foreseen, math.ceil(done / _NEARLY))
        if self.size.progress is not None:
            self.size.progress(done, self.foreseen)

    def _told(
        self,
        search: Search,
        lived: Replications,
        asked_for: World,
        interrupted: bool,
        notes: tuple[str, ...],
        began: float,
    ) -> Calibration:
        found = search.found
        assert found is not None
        totals = totals_of(lived)
        sought = self._sought_figures()
        lines = tuple(_beside(one, totals, sought=one.question.name in sought) for one in self.shown)
        covariance, flat = (None, ()) if search.slopes is None else self._surely(search, found)
        reach = two_sided(max(len(lived.numbers) - 1, 1), 0.95)
        said = changes(self.start, self.sought, search.at)
        fitted = (
            *(
                self._fitted(
                    one, float(far), None if covariance is None else math.sqrt(covariance[at, at]), reach, said
                )
                for at, (one, far) in enumerate(zip(self.sought, search.at, strict=True))
                if not one.against
            ),
            *self._shares(covariance, reach, said),
        )
        return Calibration(
            asked_for,
            lived.world,
            self.report,
            lines,
            fitted,
            flat,
            replace(lived, asked=lived.world, interrupted=interrupted),
            self.evaluations,
            time.perf_counter() - began,
            search.settled and not interrupted,
            interrupted,
            notes,
            merged(self.given_to, said),
        )

    def _fitted(self, one: Parameter, far: float, error: float | None, reach: float, said: Tree) -> Fitted:
        before = written(self.start)
        same = merged(before, said)
        values = tuple(
            (".".join(place), standing_at(before, *place), standing_at(same, *place)) for place in one.places
        )
        return Fitted(one, far, error, None if error is None else reach * error, values)

    def _shares(self, covariance: Floats | None, reach: float, said: Tree) -> Iterator[Fitted]:
        """Yield the shares of what leads to each queue: of all groups, each by its own odds."""
        if self.by_queue is None or not self._splits():
            return
        at = [one.name for one in self.sought]
        for groups in self.by_queue.wholes(self.start):
            its = [at.index(group.name) for group in groups[1:]]
            fitted = [self._fitted(group, 0.0, None, reach, said) for group in groups]
            parts = [sum(now for _, _, now in one.values) for one in fitted]
            errors = shares_told(groups, parts, None if covariance is None else covariance[np.ix_(its, its)])
            for one, part, error in zip(fitted, parts, errors, strict=True):
                before = sum(was for _, was, _ in one.values)
                far = _log_odds(part / one.parameter.whole) - _log_odds(before / one.parameter.whole)
                yield replace(one, moved=far, error=error, reach=None if error is None else reach * error)

    def _surely(self, search: Search, found: Seen) -> tuple[Floats, tuple[Flat, ...]]:
        """Return the covariance of the fitted values, and the directions that the figures do not tell."""
        assert search.slopes is not None
        report, simulated = covariances(self.aims, found, search.scales)
        covariance = covariance_of_values(search.slopes, whitened(report + simulated), report + simulated)
        names, others = self._others(search)
        return covariance, flat_directions(self.sought, covariance, others, names)

    def _others(self, search: Search) -> tuple[tuple[str, ...], Floats]:
        """Return the slopes of what the report does not have, each over its error in such a report.

        None where the search was interrupted before it was lived to either side with the newest profile.
        """
        if any(tuple(map(float, moves)) not in self.lived for pair in search.sides for moves in pair):
            return (), np.empty((0, len(self.sought)))
        middle = self.at(search.at, 0).totals
        sides = [tuple(self.at(moves, 0).totals for moves in pair) for pair in search.sides]
        steps = [float(np.abs(ahead - behind).max()) for behind, ahead in search.sides]
        rows = {one.words: _slopes(one, middle, sides, steps) for one in self.others}
        months = math.sqrt(self.report.over() * DAY / self.start.time.horizon)
        told = {name: row * months for name, row in rows.items() if row is not None}
        return tuple(told), np.array([*told.values()]).reshape(len(told), len(self.sought))


def _slopes(
    one: Question, middle: Totals, sides: Sequence[tuple[Totals, ...]], steps: Sequence[float]
) -> Floats | None:
    """Return by how many errors of a horizon an answer rises along each parameter; None where it is undefined."""
    here = seen([one], middle)
    pairs = [tuple(seen([one], totals) for totals in pair) for pair in sides]
    spread = 0.0 if here is None else math.sqrt(float(here.covariance[0, 0]))
    if spread == 0.0:
        return None
    found = []
    for (behind, ahead), step in zip(pairs, steps, strict=True):
        if behind is None or ahead is None or not step:
            return None
        found.append(float(ahead.answers[0] - behind.answers[0]) / step / spread)
    return np.array(found)


def _beside(one: Aim, totals: Totals, *, sought: bool) -> Beside:
    found = seen([one.question], totals)
    low, high = one.band(0.0 if found is None else math.sqrt(float(found.covariance[0, 0])))
    return Beside(one.question, one.value, low, high, one.stated is not None, ratio(*one.question.of(totals)), sought)


def _log_odds(share: float) -> float:
    return math.log(share / (1.0 - share))
