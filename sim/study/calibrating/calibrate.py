"""A world fitted to a monthly report: the values are sought that give the figures it has."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from sim.bars import Progress, Shown, given, shows_progress
from sim.data.interval_report import IntervalReport
from sim.data.roster import Roster
from sim.data.spelling import name_of
from sim.engines import Engine
from sim.reading import WorldError, variant, world_of
from sim.reading.layers import merged
from sim.reading.mistakes import shown
from sim.reading.trees import Tree
from sim.study.calibrating.by_queue import ByQueue
from sim.study.calibrating.calibration import Calibration
from sim.study.calibrating.contradictions import check
from sim.study.calibrating.elsewhere import Unpassed, unpassed
from sim.study.calibrating.figures import Figures, figures_of
from sim.study.calibrating.intervals import about_days, far_apart, filled, not_used, read_intervals, scale_of, told_of
from sim.study.calibrating.led import calls_by_queue
from sim.study.calibrating.parameters import SHARES, Parameter, changes, parameters, usual
from sim.study.calibrating.rostered import read_shifts
from sim.study.calibrating.shape import Shape, shape_of, staff_of
from sim.study.calibrating.trying import Trying
from sim.study.running.size import Size, numbers_of, with_days
from sim.units import duration
from sim.world import World

DEFAULT_REPLICATIONS = 20
_PROBE = 0.05
_Read = TypeVar("_Read")
Report = IntervalReport | str | Path | Callable[[], IntervalReport]
"""A report by interval, its path, or what reads it."""
Shifts = Roster | str | Path | Callable[[], Roster]


@shows_progress("calibrate")
def calibrate(
    world: World | str | Path,
    figures: Figures | Mapping[str, Any] | str | Path,
    *,
    report: Report | None = None,
    roster: Shifts | None = None,
    free: Iterable[str] | None = None,
    replications: int | Iterable[int] = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Shown = None,
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
    report : IntervalReport, path, or a function that reads one, optional
        What the telephone switch counts by interval: the calls give the shape of the week, and those of each queue the
        shares of the problems that lead there; the agents are put to work, and figures that the month's file does not
        have are taken from it.
    roster : Roster, path, or a function that reads one, optional
        The shifts of its teams take the place of their staff, and of the agents of the report by interval.
    free : iterable of str, optional
        What is sought instead: of problems, patience, persistence, solving, talk, competence, elsewhere (the
        share sent elsewhere), queues (the shares of what leads to each queue of the report), or keys of the
        world such as ``teams.*.solve.hard``.
    replications : int or iterable of int
        Of the last, fine search; the first looks at fewer.
    days : float, optional
        The horizon, in place of the world's own.
    progress : bool or function, optional
        True for a `sim.bar`; or a function told simulated days done and foreseen.
    seed : int
        Of all luck: the same seed, the same customers and the same lives.
    engine : {"auto", "simpy", "compiled"}
        As of `run`: what comes out is the same to the bit.
    workers : int, optional
        Threads (processes for SimPy) at work at once; the result does not depend on it.

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
    made = prepared(
        world,
        figures,
        report=report,
        roster=roster,
        free=free,
        replications=replications,
        seed=seed,
        days=days,
        engine=engine,
        workers=workers,
    )
    return made.fitted(given(progress))


@dataclass
class Prepared:
    """A calibration of which all is read and looked at, and nothing lived yet.

    Attributes
    ----------
    notes : tuple of str
        What is to be known of what was read, in sentences.
    """

    asked_for: World
    trying: Trying
    notes: tuple[str, ...]
    began: float

    @property
    def by_queue(self) -> bool:
        """Whether simulated calls are counted by queue."""
        return self.trying.size.parting is not None

    def fitted(self, progress: Progress | None = None) -> Calibration:
        """Search; `calibrate` says what may be raised."""
        self.trying.size = replace(self.trying.size, progress=progress)
        return self.trying.made(self.asked_for, self.notes, self.began)


def prepared(
    world: World | str | Path,
    figures: Figures | Mapping[str, Any] | str | Path,
    *,
    report: Report | None = None,
    roster: Shifts | None = None,
    free: Iterable[str] | None = None,
    replications: int | Iterable[int] = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    workers: int | None = None,
) -> Prepared:
    """Read and look at all that `calibrate` is asked; what is wrong with any of it is told together."""
    began, refused = time.perf_counter(), _Refused()
    asked_for = with_days(world_of(world), days)
    size = Size(numbers_of(replications, least=2), seed, engine, workers)
    month, layer, wrong = figures_of(figures)
    found = _read(month, report, roster, asked_for, refused)
    all_read = not refused.mistakes
    given_to = merged(found.shifts or found.staff, _service_level(found.figures))
    start = refused.tried(lambda: variant(asked_for, given_to)) if given_to else asked_for
    start = start or asked_for
    apart = unpassed(found.figures, start)
    if apart is not None and free is None and not start.levers.access.sent_elsewhere:
        given_to = merged(given_to, apart.start())
        start = variant(start, apart.start())
    of_report = found.figures.given().keys() - month.given().keys()
    refused.tried(lambda: check(found.figures, layer, start, wrong, whole=all_read, of_report=of_report))
    sought = refused.tried(lambda: _sought(start, free, found, apart)) or ()
    refused.tell()
    trying = Trying(start, sought, found.figures, size, given_to, found.shape, found.by_queue, found.scale)
    told = _of_unpassed(apart, sought)
    return Prepared(asked_for, trying, (*told, *_notes(found, month, asked_for, sought)), began)


@dataclass(frozen=True)
class _Found:
    """What the tables add to a month's figures, and what is to be known of them."""

    figures: Figures
    intervals: IntervalReport | None
    shape: Shape | None
    by_queue: ByQueue | None
    staff: Tree
    shifts: Tree
    scale: float
    of_staff: str
    of_shifts: tuple[str, ...]


def _read(month: Figures, report: Report | None, roster: Shifts | None, world: World, refused: _Refused) -> _Found:
    """Read the tables, and fill in the figures that they have."""
    none: tuple[Tree, tuple[str, ...]] = ({}, ())
    shifts, of_shifts = none if roster is None else refused.tried(lambda: read_shifts(roster, world)) or none
    intervals = None if report is None else refused.tried(lambda: read_intervals(report))
    if intervals is None:
        return _Found(month, None, None, None, {}, shifts, 1.0, "", of_shifts)
    shape = refused.tried(lambda: shape_of(intervals.rows, intervals.queues))
    by_queue = refused.tried(lambda: calls_by_queue(intervals, world))
    if shape is None:
        return _Found(month, intervals, None, by_queue, {}, shifts, 1.0, "", of_shifts)
    week = float(shape.calls.sum())
    figures = filled(month, intervals, week)
    staff, of_staff = ({}, "") if shifts else staff_of(shape, world)
    scale = scale_of(figures, intervals, week)
    return _Found(figures, intervals, shape, by_queue, staff, shifts, scale, of_staff, of_shifts)


def _notes(found: _Found, month: Figures, world: World, sought: Sequence[Parameter]) -> tuple[str, ...]:
    """Return what is to be known of what was read, in sentences."""
    if found.intervals is None:
        return found.of_shifts
    return (
        *told_of(found.intervals, "report by interval"),
        *about_days(found.intervals, world),
        *((found.of_staff,) if found.of_staff else ()),
        *_of_queues(found.by_queue, world, sought),
        *not_used(month, found.intervals, shifts=bool(found.shifts)),
        *(() if found.shape is None else far_apart(month, found.intervals, float(found.shape.calls.sum()))),
        *found.of_shifts,
    )


class _Refused:
    """What has been refused so far: one thing read wrongly does not keep the others from being looked at."""

    def __init__(self) -> None:
        self.mistakes: list[ValueError] = []

    def tried(self, read: Callable[[], _Read]) -> _Read | None:
        """Return what is read, or note why it cannot be."""
        try:
            return read()
        except ValueError as mistake:
            self.mistakes.append(mistake)
            return None

    def tell(self) -> None:
        """Refuse what was refused, all of it together.

        Raises
        ------
        ValueError
            The one there is, or one with the words of all.
        """
        if len(self.mistakes) == 1:
            raise self.mistakes[0]
        if self.mistakes:
            raise ValueError("\n".join(dict.fromkeys(map(str, self.mistakes))))


def _sought(start: World, free: Iterable[str] | None, found: _Found, apart: Unpassed | None) -> tuple[Parameter, ...]:
    """Return what is sought: as is usual with these figures, or what was named."""
    agents = "teams" in found.staff
    given = found.figures.given()
    names = usual(given, agents=agents, elsewhere=apart is not None) if free is None else _listed(free)
    of_queues = () if found.by_queue is None else found.by_queue.parameters(start)
    if free is not None and SHARES in names and not of_queues:
        why = (
            "a report by interval is needed that tells several queues of this world"
            if found.by_queue is None
            else "none of the shares can be moved, for what leads to a queue of the report is all, or nothing"
        )
        raise ValueError(f"{name_of('free')} holds {SHARES}: {why}")
    if free is not None and SHARES not in names:
        of_queues = ()
    others = tuple(name for name in names if name != SHARES)
    made = parameters(start, others, said=free is not None) if others or not of_queues else ()
    shares = {place for one in of_queues for place in (*one.places, *one.against)}
    twice = [one.name for one in made if shares & {*one.places}]
    if twice:
        raise ValueError(f"{', '.join(twice)} would be moved by two, {SHARES} too; name one of them")
    sought = (*made, *of_queues)
    _each_moves(start, sought)
    return sought


def _of_unpassed(apart: Unpassed | None, sought: Sequence[Parameter]) -> tuple[str, ...]:
    """Return what is to be known of transfers and a resolution that this world cannot have together."""
    place = ("levers", "access", "sent_elsewhere")
    return () if apart is None else (apart.said(sought=any(place in one.places for one in sought)),)


def _of_queues(by_queue: ByQueue | None, world: World, sought: Sequence[Parameter]) -> tuple[str, ...]:
    """Return what is to be known of the calls by queue."""
    if by_queue is None:
        people, leads_to = world.population, world.line.leads_to
        queues = sorted({leads_to(reason, segment) for reason in people.reasons for segment in people.segments})
        said = f"The report tells no queues apart, and calls of this world come to {', '.join(queues)}"
        return (f"{said}: what leads to each of them keeps its share.",) if len(queues) > 1 else ()
    if by_queue.blocks and not any(one.against for one in sought):
        return (
            *by_queue.notes,
            f"The shares of what leads to each queue stay: {SHARES} is not among what is sought.",
        )
    return by_queue.notes


def _listed(free: Any) -> tuple[str, ...]:
    names = (free,) if isinstance(free, str) else tuple(free) if isinstance(free, Iterable) else ()
    if not isinstance(free, Iterable) or not all(isinstance(name, str) for name in names):
        raise ValueError(
            f"{name_of('free')} is {shown(free)}: it has to be names of what is sought, such as problems, patience"
        )
    return names


def _service_level(report: Figures) -> Tree:
    """Return what a world has to say so that its service level is the report's."""
    if None in (report.service_level, report.service_level_definition) or report.service_level_within is None:
        return {}
    within = duration(report.service_level_within)
    short = {} if report.service_level_short is None else {"short": duration(report.service_level_short)}
    return {"service_level": {"definition": report.service_level_definition, "within": within, **short}}


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
