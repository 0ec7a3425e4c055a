"""The search for the least-cost staff: from formulas to what simulation says, up until targets are met, then down.

Targets are read from simulations on common random numbers (sample average approximation). The start is the staff that
formulas give for the load that comes when nobody waits (Feldman, Mandelbaum, Massey and Whitt, "Staffing of
time-varying queues to achieve time-stable performance", Management Science 54, 2008). From a staff that meets the
targets the search goes down by a linear program in whole numbers: what an agent less costs each target is measured by
simulation, and the program finds the exchange of agents that saves most by these slopes; what it proposes is simulated,
and a target that it misses tightens its row. This is the idea of the cutting-plane method (Atlason, Epelman and
Henderson, "Optimizing call center staffing using simulation and analytic center cutting-plane methods", Management
Science 54, 2008; Cezik and L'Ecuyer, "Staffing multiskill call centers via linear programming and simulation",
Management Science 54, 2008) with slopes that hold near the staff they were taken at: as service is neither concave nor
free of luck, no bound on the optimum follows from them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from sim.study.running.parted import Intervals
from sim.study.staffing.formulas import Load, by_formula, load_of, mean_patience
from sim.study.staffing.pattern import Pattern
from sim.study.staffing.program import counted, solved
from sim.study.staffing.trials import WHOLE_DAY, Lived, Trials

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

FEW = 4
"""Replications of the first looks; the search itself is done on all."""
REACH = 3
"""Intervals, its own and those that follow, in which an agent is looked for in what targets come to."""
_AMPLE = 10
_BUSY = 0.75
"""Share of its time that a team may be busy where so many agents are there that nobody waits."""
_RISE, _ROUNDS = 12, 40
"""Rounds of adding agents by what they bring, and in all."""
_LOOKS = 9
"""Staffs of the square-root rule that are tried."""
_TIGHTENED, _STEPS = 5, 30
GAIN = 0.7
"""What an agent more brings, over what one less takes: service has ever less to gain."""
_SINGLES = 8
_FAR = 1e3
"""What stands for a slack without end, where nobody called or nobody was answered."""
_BETAS = (-1.0, 6.0)


class Search:
    """A search going on: whatever ends it, the best so far stands in it.

    Attributes
    ----------
    best : Lived or None
        The cheapest staff so far that meets all that can be met, on the replications of the search.
    nearest : Lived or None
        The last staff that was lived, where none meets it yet.
    ample : Lived
        What is reached where so many are there that nobody waits.
    out_of_reach : array of bool
        Constraints that not even they meet.
    load : Load
        What comes with the best staff so far.
    settled : bool
        Whether the search came to its end by itself.
    """

    def __init__(self, trials: Trials) -> None:
        self.trials, self.pattern = trials, trials.pattern
        self.costs = counted(self.pattern.costs)
        self.best: Lived | None = None
        self.nearest: Lived | None = None
        self.out_of_reach = np.zeros(len(trials.constraints), bool)
        self.ample: Lived | None = None
        self.settled = False
        self.few = trials.size.numbers[:FEW]

    def through(self) -> None:
        """Search.

        Raises
        ------
        Enough
            If as many staffs were tried as may be.
        KeyboardInterrupt
            If interrupted.
        """
        load = self._reach()
        found = self._risen(self._start(load))
        self._take(found)
        self._descend()
        self.settled = True

    def _cost(self, staff: Ints) -> float:
        return float(self.costs @ staff)

    def _take(self, lived: Lived) -> None:
        if lived.met and (self.best is None or self._cost(lived.staff) < self._cost(self.best.staff) - 1e-9):
            self.best = lived

    def _lived(self, staff: Ints, numbers: Sequence[int] | None = None) -> Lived:
        lived = self.trials.lived(np.clip(staff, self.pattern.least, self.pattern.most), numbers)
        self.nearest = lived
        if numbers is None:
            self._take(lived)
        return lived

    def _reach(self) -> Load:
        """Live with so many that nobody waits: what is missed then cannot be met, and is asked for no further."""
        peak = np.ceil(self.pattern.of_world(self.pattern.world)).astype(np.int64)
        staff = np.clip(2 * peak + _AMPLE, self.pattern.least, self.pattern.most)
        while True:
            lived = self._lived(staff)
            load = load_of(self.pattern, _parted(lived))
            busy = np.nan_to_num(load.busy)
            short = (busy > _BUSY) & (staff < self.pattern.most)
            if not short.any():
                break
            staff = np.where(short, np.minimum(2 * staff + _AMPLE, self.pattern.most), staff)
        self.ample, self.out_of_reach = lived, lived.slack < 0.0
        scale = np.maximum(np.abs(self.trials.wanted), 0.05)
        reached = np.where(np.isfinite(lived.answers.mean), lived.slack, 0.0)
        short_by = np.where(self.out_of_reach, -reached + 0.01 * scale, 0.0)
        self.trials.wanted = self.trials.wanted - self.trials.signs * short_by
        undefined = self.out_of_reach & ~np.isfinite(lived.answers.mean)
        self.trials.wanted[undefined] = -self.trials.signs[undefined] * np.inf
        return load

    def _start(self, load: Load) -> Ints:
        """Return the staff that formulas give for this load; by the square-root rule where they know no target."""
        formula = by_formula(
            self.pattern, self.trials.targets, load, first=False, patience=mean_patience(self.pattern.world)
        )
        rule = np.ceil(load.erlangs + np.sqrt(load.erlangs))
        staff = np.where(np.isfinite(formula), formula, rule).astype(np.int64)
        staff = np.clip(staff, self.pattern.least, self.pattern.most)
        wide = [at for at, one in enumerate(self.trials.constraints) if one.period == WHOLE_DAY]
        return self._of_the_rule(load, wide) if len(wide) == len(self.trials.constraints) else staff

    def _of_the_rule(self, load: Load, wide: list[int]) -> Ints:
        """Return the smallest staff of the square-root rule, load + beta x its root, that meets what is wide."""

        def staff(beta: float) -> Ints:
            agents = np.ceil(load.erlangs + beta * np.sqrt(load.erlangs) - 1e-9).astype(np.int64)
            return np.asarray(np.clip(agents, self.pattern.least, self.pattern.most), np.int64)

        low, high = _BETAS
        for _ in range(_LOOKS):
            middle = (low + high) / 2
            if (staff(low) == staff(high)).all() or (staff(middle) == staff(high)).all():
                break
            enough = bool((self._lived(staff(middle), self.few).slack[wide] >= 0.0).all())
            low, high = (low, middle) if enough else (middle, high)
        return staff(high)

    def _risen(self, staff: Ints) -> Lived:
        """Add agents until all is met: at the places, and of the team, where they bring most for their cost."""
        step = 1
        for number in range(_ROUNDS):
            lived = self._lived(staff)
            missed = np.flatnonzero(lived.slack < 0.0)
            if not len(missed):
                return lived
            if number >= _RISE:
                staff = self._nearer_to_ample(staff, missed)
                continue
            raised = self._raised(lived, missed, step, self._lived, back=number // 2)
            step = min(step * 2, 4) if number % 3 == 2 else step
            staff = staff + np.where(raised > 0, raised, 0)
        assert self.ample is not None
        return self.ample

    def _nearer_to_ample(self, staff: Ints, missed: Ints) -> Ints:
        assert self.ample is not None
        moved = [
            any(self.trials.constraints[at].touches(place.group, place.period, 96) for at in missed)
            for place in self.pattern.places
        ]
        more = np.maximum(np.ceil((self.ample.staff - staff) / 3), 0).astype(np.int64)
        return staff + np.where(moved, more, 0)

    def _raised(self, lived: Lived, missed: Ints, step: int, live: Callable[[Ints], Lived], *, back: int = 0) -> Ints:
        """Return by how many agents each place is raised: of the team that brings most for its cost, by trial."""
        tries = []
        for team in self.pattern.teams:
            move = np.array([step * self._bears_on(at, team, missed, lived, back) for at in range(len(lived.staff))])
            move = np.minimum(move, self.pattern.most - lived.staff)
            if move.any():
                tries.append((move, live(lived.staff + move) if len(self.pattern.teams) > 1 else None))
        if not tries:
            return np.ones(len(lived.staff), np.int64)
        if len(tries) == 1 or any(tried is None for _, tried in tries):
            return np.asarray(tries[0][0], np.int64)
        raised = np.zeros(len(lived.staff), np.int64)
        for at in missed:
            gains = [
                max(_finite(tried.slack[at] - lived.slack[at]), 0.0) / max(self._of_it(move, at, back), 1e-9)
                for move, tried in tries
                if tried is not None
            ]
            move = tries[int(np.argmax(gains))][0] if max(gains) > 0.0 else np.maximum.reduce([one for one, _ in tries])
            one = self.trials.constraints[at]
            its = [one.touches(place.group, place.period, back + 1) for place in self.pattern.places]
            raised = np.maximum(raised, np.where(its, move, 0))
        return raised

    def _of_it(self, move: Ints, at: int, back: int) -> float:
        """Return what the part of a move costs that bears on a constraint."""
        one = self.trials.constraints[at]
        its = [one.touches(place.group, place.period, back + 1) for place in self.pattern.places]
        return float(self.costs @ np.where(its, move, 0))

    def _bears_on(self, at: int, team: str, missed: Ints, lived: Lived, back: int) -> bool:
        """Say whether a place is one of a team's at which something is missed, or so many intervals before."""
        place = self.pattern.places[at]
        return place.team == team and any(
            self.trials.constraints[one].touches(place.group, place.period, back + 1) for one in missed
        )

    def _descend(self) -> None:
        """Go down by the program as long as it finds what is cheaper, then by single agents, and by exchanged ones."""
        for _ in range(_STEPS):
            assert self.best is not None
            before = self.best
            losses = self.losses_at(before)
            self._exchanged(before, losses)
            if self.best is before and not self._dropped(before, losses) and not self._swapped(before, losses):
                return

    def losses_at(self, here: Lived) -> Floats:
        """Measure what an agent less at each place takes from each constraint, places far from each other at once.

        Returns
        -------
        array, shape (constraints, places)
            What is lost near a place is its own; of what holds over a day or the whole, its part of the minutes that
            customers wait longer.
        """
        losses = np.zeros((len(here.slack), len(here.staff)))
        here = self._lived(here.staff, self.few)
        for members in self._groups(here.staff):
            move = np.zeros_like(here.staff)
            move[members] = -1
            there = self._lived(here.staff + move, self.few)
            before, after = (np.clip(np.nan_to_num(one.slack), -_FAR, _FAR) for one in (here, there))
            change = before - after
            longer = np.maximum(self._waits(there) - self._waits(here), 0.0) + 1e-6
            for at, one in enumerate(self.trials.constraints):
                its = [
                    member
                    for member in members
                    if one.touches(self.pattern.places[member].group, self.pattern.places[member].period, REACH)
                ]
                if its:
                    parts = np.array([longer[member] for member in its])
                    losses[at, its] = max(change[at], 0.0) * parts / parts.sum()
        return losses

    def _groups(self, staff: Ints) -> Iterable[list[int]]:
        """Yield places of one team at which an agent can be spared, `REACH` intervals apart from each other."""
        for team in self.pattern.teams:
            for rest in range(REACH):
                members = [
                    at
                    for at, place in enumerate(self.pattern.places)
                    if place.team == team and place.period % REACH == rest and staff[at] > self.pattern.least[at]
                ]
                if members:
                    yield members

    def _waits(self, lived: Lived) -> Floats:
        """Return the minutes that customers wait at each place and in the intervals that follow, all teams together."""
        per_day, parted = self.pattern.periods, _parted(lived)
        into = np.full(7 * per_day, -1)
        for group, days in enumerate(self.pattern.groups):
            for day in days:
                into[day * per_day : (day + 1) * per_day] = group * per_day + np.arange(per_day)
        held = parted.pooled(into)["held"].sum(axis=0).reshape(-1, per_day)
        return np.array([held[place.group, place.period : place.period + REACH].sum() for place in self.pattern.places])

    def _exchanged(self, here: Lived, losses: Floats) -> None:
        """Let the program propose exchanges, each simulated; a row that it misses is tightened by as much."""
        room = np.where(np.isfinite(here.slack), here.slack, 1e9)
        for _ in range(_TIGHTENED):
            move = self._proposed(here.staff, losses, room)
            if move is None:
                return
            there = self._lived(here.staff + move)
            if there.met:
                return
            missed = np.where(there.slack < 0.0, np.maximum(-there.slack, 1e-9), 0.0)
            foreseen = losses @ np.maximum(-move, 0) - GAIN * (losses @ np.maximum(move, 0))
            finite = np.minimum(missed, 1e6)
            room = np.where(missed > 0.0, np.minimum(room, foreseen) - finite, room)

    def _proposed(self, staff: Ints, losses: Floats, room: Floats) -> Ints | None:
        """Solve the program: agents less or more at each place, at the least cost; None where nothing is saved."""
        costs, many = self.costs, len(staff)
        scaled, left = rows_that_bind(losses, room)
        rows = [(np.hstack([scaled, -GAIN * scaled]), -np.inf, left)] if len(left) else []
        fewer, more = steps(self.pattern, staff, losses, room)
        found = solved(np.concatenate([-costs, costs]), np.concatenate([fewer, more]), rows)
        if found is None:
            return None
        numbers, _ = found
        move: Ints = numbers[many:] - numbers[:many]
        return move if costs @ move < -1e-9 else None

    def _dropped(self, here: Lived, losses: Floats) -> bool:
        """Try one agent less, first where the slopes say that least is missing; say whether one could be spared."""
        spared = here.staff > self.pattern.least
        missing = np.array([_worst(here.slack - losses[:, at]) for at in range(len(here.staff))])
        order = [at for at in np.argsort(-missing) if spared[at]]
        for at in order[:_SINGLES]:
            move = np.zeros_like(here.staff)
            move[at] = -1
            if self._lived(here.staff + move).met:
                return True
        return False

    def _swapped(self, here: Lived, losses: Floats) -> bool:
        """Try one agent or two less at a place for one or two cheaper ones beside it; say whether that was enough.

        The program takes one off a place at a time, and what two less save may pay for one more of another team.
        """
        moves = [
            move
            for less, more in self._beside()
            for move in self._moves(here.staff, less, more)
            if self.costs @ move < -1e-9
        ]
        fewer, more = (np.array([np.maximum(sign * move, 0) for move in moves]) for sign in (-1, 1))
        foreseen = [
            _worst(here.slack - losses @ down + GAIN * (losses @ up)) for down, up in zip(fewer, more, strict=True)
        ]
        return any(self._lived(here.staff + moves[at]).met for at in np.argsort(foreseen)[::-1][:_SINGLES])

    def _beside(self) -> Iterator[tuple[int, int]]:
        """Yield pairs of places on the same days, in the same interval or the next."""
        places = self.pattern.places
        for (one, here), (other, there) in itertools.permutations(enumerate(places), 2):
            if here.group == there.group and abs(here.period - there.period) <= 1:
                yield one, other

    def _moves(self, staff: Ints, less: int, more: int) -> Iterator[Ints]:
        for down, up in ((1, 1), (2, 1), (1, 2), (2, 2)):
            if staff[less] - down >= self.pattern.least[less] and staff[more] + up <= self.pattern.most[more]:
                move = np.zeros_like(staff)
                move[less], move[more] = -down, up
                yield move

    def mended(self, lived: Lived, missed: Ints, numbers: Sequence[int]) -> Ints:
        """Return the staff with an agent more where other replications miss what is wanted."""
        raised = self._raised(lived, missed, 1, lambda staff: self.trials.lived(staff, numbers))
        return np.asarray(np.minimum(lived.staff + raised, self.pattern.most))


def rows_that_bind(losses: Floats, room: Floats) -> tuple[Floats, Floats]:
    """Return the constraints that some agent bears on, in units of what the most weighty of them takes."""
    largest = losses.max(axis=1, initial=0.0)
    some = (largest > 1e-9) & (room < 1e6)
    scaled = losses[some] / largest[some, None]
    return np.where(scaled < 1e-4, 0.0, np.round(scaled, 6)), np.clip(room[some] / largest[some], -1e4, 1e4)


def steps(pattern: Pattern, staff: Ints, losses: Floats, room: Floats) -> tuple[Floats, Floats]:
    """Return by how many agents each place may go down and up at once: one, or more where no target feels it."""
    felt = np.max(losses / np.maximum(room, 1e-9)[:, None], axis=0, initial=0.0)
    far = np.floor(0.5 / np.maximum(felt, 1e-9))
    spare = staff - pattern.least
    fewer = np.minimum(spare, np.maximum(1, np.minimum(far, (spare + 1) // 2)))
    return fewer.astype(np.float64), (staff < pattern.most).astype(np.float64)


def _parted(lived: Lived) -> Intervals:
    assert lived.lived.intervals is not None, "trials are parted"
    return lived.lived.intervals


def _finite(number: float) -> float:
    return float(number) if math.isfinite(number) else math.copysign(_FAR, number) if number == number else 0.0


def _worst(slack: Floats) -> float:
    finite = slack[np.isfinite(slack)]
    return float(finite.min()) if len(finite) else math.inf
