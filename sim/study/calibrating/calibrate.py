"""A world fitted to a monthly report: the values are sought that give the figures it has."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.data.interval_report import IntervalReport
from sim.data.roster import Roster
from sim.engines import Engine
from sim.reading import WorldError, variant, world_of, written
from sim.reading.layers import merged
from sim.reading.mistakes import shown
from sim.reading.trees import Tree, standing_at
from sim.study.calibrating.aims import Aim, Seen, aim, covariances, seen, whitened
from sim.study.calibrating.calibration import Beside, Calibration, Fitted
from sim.study.calibrating.contradictions import check
from sim.study.calibrating.figures import Figures, read_figures
from sim.study.calibrating.intervals import filled, read_intervals, told_of
from sim.study.calibrating.parameters import Parameter, changes, parameters, usual
from sim.study.calibrating.questions import Question, Totals, asked, needed, not_asked
from sim.study.calibrating.rostered import read_shifts
from sim.study.calibrating.search import NothingToFitError, Search
from sim.study.calibrating.shape import Shape, corrected, shape_of, simulated_calls, staff_of
from sim.study.calibrating.told import Flat, covariance_of_values, flat_directions
from sim.study.running.estimate import ratio
from sim.study.running.progress import Progress
from sim.study.running.replicate import together
from sim.study.running.replications import Replications
from sim.study.running.size import Size, numbers_of, with_days
from sim.study.running.student import two_sided
from sim.study.running.tasks import days_of
from sim.units import DAY, duration
from sim.world import World

Floats = npt.NDArray[np.float64]
DEFAULT_REPLICATIONS = 20
_FEW = 5
"""Replications of the first, coarse search."""
_STEPS = 8
"""Steps that each search is foreseen to take, where the time left is told."""
_PROBE = 0.05
_CORRECTIONS = 2
"""Of the profile, before each search."""


def calibrate(
    world: World | str | Path,
    figures: Figures | Mapping[str, Any] | str | Path,
    *,
    report: IntervalReport | str | Path | None = None,
    roster: Roster | str | Path | None = None,
    free: Iterable[str] | None = None,
    replications: int | Iterable[int] = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Progress | None = None,
) -> Calibration:
    """Find the values of a world that give the figures of a report, by simulation on common random numbers.

    A report has results: calls with their repeats and redials, waits, handling times, resolutions. What is sought are
    the problems a day, the patience, the persistence and the chances of solving behind them; the talk where a handling
    time is given, and the share of right agents where transfers are. See `sim.study.calibrating.search` for the method.

    Parameters
    ----------
    world : World, str or Path
        Where the search begins, and what else is so: hours, staff, laws, paths.
    figures : mapping, str or Path
        A file of figures, or what it would hold.
    report : IntervalReport or path, optional
        What the telephone switch counts by interval: the calls give the shape of the week, the agents are put to work,
        and figures that the month's file does not have are taken from it.
    roster : Roster or path, optional
        The shifts of its teams take the place of their staff, and of the agents of the report by interval.
    free : iterable of str, optional
        What is sought instead: of problems, patience, persistence, solving, talk, competence, or keys of the world such
        as ``teams.*.solve.hard``.
    replications : int or iterable of int
        Of the last, fine search; the first looks at fewer.
    days : float, optional
        The horizon, in place of the world's own.
    progress : optional
        Told simulated days done and foreseen; see `sim.study.running.progress.bar`.

    Returns
    -------
    Calibration

    Raises
    ------
    FigureError
        If figures cannot be read, contradict each other, or cannot come from this world; with every mistake.
    ValueError
        If the world, or a value, is out of its range, or the world answers nothing.
    ReplicationError
        If a replication could not be lived.
    KeyboardInterrupt
        If interrupted before anything was lived; later the best so far is returned.
    """
    began = time.perf_counter()
    asked_for = with_days(world_of(world), days)
    asked_figures, layer = read_figures(figures)
    intervals, shape = None if report is None else read_intervals(report), None
    if intervals is not None:
        shape = shape_of(intervals.rows, intervals.queues)
        asked_figures = filled(asked_figures, intervals, float(shape.calls.sum()))
    shifts, of_shifts = ({}, ()) if roster is None else read_shifts(roster, asked_for)
    staff, said = ({}, "") if shape is None or shifts else staff_of(shape, asked_for)
    given_to = merged(shifts or staff, _service_level(asked_figures))
    start = variant(asked_for, given_to) if given_to else asked_for
    check(asked_figures, layer, start)
    given = asked_figures.given()
    names = usual(given, agents="teams" in staff) if free is None else _listed(free)
    sought = parameters(start, names, said=free is not None)
    _each_moves(start, sought)
    size = Size(numbers_of(replications, least=2), seed, engine, workers, progress)
    trying = _Trying(start, sought, asked_figures, size, given_to, shape)
    notes = (
        *(() if intervals is None else told_of(intervals, "report by interval")),
        *([said] if said else []),
        *of_shifts,
    )
    return trying.made(asked_for, notes, began)


def _listed(free: Any) -> tuple[str, ...]:
    names = (free,) if isinstance(free, str) else tuple(free) if isinstance(free, Iterable) else ()
    if not isinstance(free, Iterable) or not all(isinstance(name, str) for name in names):
        raise ValueError(f"free is {shown(free)}: it has to be names of what is sought, such as problems, patience")
    return names


def _service_level(report: Figures) -> Tree:
    """Return what a world has to say so that its service level is the report's."""
    if None in (report.service_level, report.service_level_definition) or report.service_level_within is None:
        return {}
    within = duration(report.service_level_within)
    return {"service_level": {"definition": report.service_level_definition, "within": within}}


def _each_moves(world: World, sought: Sequence[Parameter]) -> None:
    """Refuse what cannot be moved by itself: of shares that add up to one, for example, none can."""
    wrong = []
    for at, one in enumerate(sought):
        moves = np.zeros(len(sought))
        moves[at] = _PROBE
        try:
            variant(world, changes(world, sought, moves))
        except WorldError as error:
            wrong.append(f"{one.name} cannot be moved by itself: {error.mistakes[0].problem}")
    if wrong:
        raise ValueError("\n".join(wrong))


@dataclass
class _Trying:
    """A calibration being made: worlds lived with values that are tried, each replication of each once."""

    start: World
    sought: tuple[Parameter, ...]
    report: Figures
    size: Size
    given_to: Tree
    shape: Shape | None = None
    weights: Floats | None = None
    lived: dict[tuple[float, ...], Replications] = field(default_factory=dict)
    before: tuple[World, Tree, dict[tuple[float, ...], Replications]] | None = None
    evaluations: int = 0
    done: int = 0

    def __post_init__(self) -> None:
        given = self.report.given()
        self.questions, self.others = asked(given), not_asked(given)
        self.ids = needed((*self.questions, *self.others))
        horizon = self.start.time.horizon / DAY
        self.aims = [aim(one, given[one.name], self.report.over(), horizon) for one in self.questions]
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
            self._tell(self.foreseen)
        return self._told(search, lived, asked_for, interrupted, notes, began)

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
        return seen(self.questions, self.at(moves, many).totals)

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

    def _tell(self, done: int) -> None:
        """Tell how far it is; where it takes longer than foreseen, the end moves on by tenths."""
        while done > self.foreseen:
            self.foreseen = math.ceil(1.1 * self.foreseen)
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
        spread = np.sqrt(np.diag(found.covariance))
        lines = tuple(_beside(one, float(sd), lived) for one, sd in zip(self.aims, spread, strict=True))
        errors, flat = (None, ()) if search.slopes is None else self._surely(search, found)
        reach = two_sided(max(len(lived.numbers) - 1, 1), 0.95)
        said = changes(self.start, self.sought, search.at)
        fitted = tuple(
            self._fitted(one, float(far), None if errors is None else float(errors[at]), reach, said)
            for at, (one, far) in enumerate(zip(self.sought, search.at, strict=True))
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

    def _surely(self, search: Search, found: Seen) -> tuple[Floats, tuple[Flat, ...]]:
        """Return the errors of the fitted values, and the directions that the figures do not tell."""
        assert search.slopes is not None
        report, simulated = covariances(self.aims, found, search.scales)
        covariance = covariance_of_values(search.slopes, whitened(report + simulated), report + simulated)
        names, others = self._others(search)
        return np.sqrt(np.diag(covariance)), flat_directions(self.sought, covariance, others, names)

    def _others(self, search: Search) -> tuple[tuple[str, ...], Floats]:
        """Return the slopes of what the report does not have, each over its error in such a report."""
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


def _beside(one: Aim, spread: float, lived: Replications) -> Beside:
    low, high = one.band(spread)
    return Beside(one.question, one.value, low, high, one.stated is not None, ratio(*one.question.of(lived.totals)))
