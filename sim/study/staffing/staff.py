"""`staff`: the least-cost staff that meets targets."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.asked import nearest
from sim.bars import Progress, Shown, given, shows_progress
from sim.engines import Engine
from sim.quoting import short
from sim.reading import world_of
from sim.study.running.size import MOST_REPLICATIONS, Size, numbers_of, with_days
from sim.study.running.tasks import days_of
from sim.study.searching.staffing import paid_eur, paid_hours, staff_slots, with_staff
from sim.study.staffing.formulas import Load, by_formula, load_of, mean_patience
from sim.study.staffing.in_shifts import InShifts
from sim.study.staffing.pattern import Pattern, Place, pattern_of
from sim.study.staffing.plan import Critical, Row, StaffPlan, Worked
from sim.study.staffing.search import Search
from sim.study.staffing.shifts import Allowed, allowed_of, ways_of
from sim.study.staffing.standing import critical_place, estimate_at, missed, standings
from sim.study.staffing.targets import Target, targets_of
from sim.study.staffing.trials import Enough, Lived, Trials
from sim.world import World

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

DEFAULT_REPLICATIONS = 10
SURE = ("mean", "bound")
_BUDGET = 150
_MOST_BUDGET = 100_000
_FORESEEN = 60
_MENDED = 3
"""Times at most that agents are added because other replications miss a target."""


@shows_progress("staff")
def staff(
    world: World | str | Path,
    targets: str | Target | Iterable[str | Target],
    *,
    by: str = "interval",
    every: float | str = 30.0,
    teams: str | Iterable[str] | None = None,
    alike: str | Iterable[str] = "profile",
    hours: str = "own",
    least: int | Mapping[str, int] = 1,
    most: int | Mapping[str, int] | None = None,
    shifts: str | Path | Mapping[str, Any] | None = None,
    sure: str = "mean",
    replications: int | Iterable[int] = DEFAULT_REPLICATIONS,
    check: int | None = None,
    seed: int = 1,
    days: float | None = None,
    budget: int = _BUDGET,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Shown = None,
) -> StaffPlan:
    """Seek the least-cost staff of a world that meets targets of service, by simulation, started from theory.

    Parameters
    ----------
    world : World, str or Path
        Or its name, or its file.
    targets : str, Target or iterable of them
        Such as ``"service_level>=0.8 within 20 s"``, ``"abandonment<=5 % per day"``, ``"speed_of_answer<=1 min of
        front"``, ``"calls_per_problem<=2 over the whole"``: a column of a table by intervals, or any measure.
    by : {"interval", "day", "whole"}
        Where targets hold that do not say it; measures that are told over the whole alone hold there.
    every : float or str
        How often staff may change, and how long the intervals of targets are: minutes, "30 min", "1 h", "day".
    teams : str or iterable of str, optional
        Whose staff is sought; the others keep theirs. All that have any by default.
    alike : str or iterable of str
        Days that get the same staff: ``profile``, those with the same hours and the same problems; ``none``, each its
        own; or such as ``"mon-fri, sat"``.
    hours : {"own", "open"}
        When teams may be on duty: in the hours in which they have staff now, or whenever the line is open.
    least, most : int or mapping by team, optional
        Agents at least (one by default) and at most, wherever a team is on duty.
    shifts : "usual", Path, str or mapping, optional
        Shifts that may be worked, as a file or a mapping (docs/staffing.md): the staff is then covered by them.
    sure : {"mean", "bound"}
        Whether a target is met by the mean, or by the worse bound of its 95 % interval.
    replications : int or iterable of int
        On which it is sought; at least 2.
    check : int, optional
        How many others it is checked on; as many by default.
    budget : int
        Staffs that are lived at most.
    seed, days, engine, workers, progress
        As of `replicate`.

    Returns
    -------
    StaffPlan
        A target that no number of agents reaches is told in it, with what is reached.

    Raises
    ------
    ValueError
        With all that is wrong with targets, pattern, shifts and numbers, one a line.
    ReplicationError
        If a replication could not be lived.
    KeyboardInterrupt
        If interrupted before any staff was lived; later the best so far is returned.

    Examples
    --------
    >>> import sim
    >>> plan = sim.staff("base", "abandonment<=20 % over the whole", every="day", replications=2, days=1, budget=10)
    >>> plan.standings[0].verdict in ("met", "in doubt")
    True
    """
    began = time.perf_counter()
    asked = world_of(world)
    ahead = prepared(
        asked, targets, by=by, every=every, teams=teams, alike=alike, hours=hours, least=least, most=most,
        shifts=shifts, sure=sure, replications=replications, check=check, seed=seed, days=days, budget=budget,
        engine=engine, workers=workers,
    )  # fmt: skip
    return ahead.made(given(progress), began)


@dataclass(frozen=True)
class Prepared:
    """A search that is about to begin: all that was asked, looked at."""

    asked: World
    pattern: Pattern
    targets: tuple[Target, ...]
    allowed: tuple[Allowed, ...] | None
    size: Size
    check: int
    sure: str
    budget: int

    def made(self, progress: Progress | None = None, began: float | None = None) -> StaffPlan:
        """Search, check, and say what was found."""
        return Making(self, self.search(progress), time.perf_counter() if began is None else began).made()

    def search(self, progress: Progress | None = None) -> Search:
        """Return the search that is about to begin."""
        foreseen = _FORESEEN * days_of(self.pattern.world) * len(self.size.numbers) // 2
        size = replace(self.size, progress=progress)
        return Search(Trials(self.pattern, self.targets, size, sure=self.sure, budget=self.budget, foreseen=foreseen))


def prepared(
    world: World, targets: Any, *, by: str, every: Any, teams: Any, alike: Any, hours: Any, least: Any, most: Any,
    shifts: Any, sure: Any, replications: Any, check: Any, seed: int, days: Any, budget: Any, engine: Any, workers: Any,
) -> Prepared:  # fmt: skip
    """Look at all that is asked.

    Raises
    ------
    ValueError
        With all that is wrong, one a line.
    """
    wrong: list[str] = []

    def looked(at: Any) -> Any:
        try:
            return at()
        except ValueError as mistake:
            wrong.append(str(mistake))
        return None

    read = looked(lambda: targets_of(targets, world, by))
    lived = looked(lambda: with_days(world, days)) or world
    pattern = looked(
        lambda: pattern_of(lived, every=every, teams=teams, alike=alike, hours=hours, least=least, most=most)
    )
    allowed = None if shifts is None else looked(lambda: allowed_of(shifts, world))
    numbers = looked(lambda: numbers_of(replications, least=2)) or (0, 1)
    size = looked(lambda: Size(numbers, seed, engine, workers))
    many: Any = len(numbers) if check is None else check
    if isinstance(many, bool) or not isinstance(many, (int, np.integer)) or not 2 <= many <= MOST_REPLICATIONS // 8:
        wrong.append(f"check is {short(repr(check))}: 2 replications or more are needed, a whole number")
    elif max(numbers) + (_MENDED + 1) * int(many) >= MOST_REPLICATIONS:
        wrong.append(
            f"replications go to {max(numbers)}: it is checked on others behind them, up to {MOST_REPLICATIONS - 1}"
        )
    if not isinstance(sure, str) or sure not in SURE:
        wrong.append(f"sure is {short(repr(sure))}: {nearest(sure, SURE, 'use one of')}")
    if isinstance(budget, bool) or not isinstance(budget, (int, np.integer)) or not 5 <= budget <= _MOST_BUDGET:
        wrong.append(f"budget is {short(repr(budget))}: 5 to {_MOST_BUDGET:,} staffs are lived, a whole number")
    if pattern is not None and not pattern.places:
        wrong.append("nobody may ever be on duty while the line is open: there is no staff to seek")
    if pattern is not None and allowed:
        looked(lambda: ways_of(pattern, allowed))
    if wrong:
        raise ValueError("\n".join(wrong))
    return Prepared(world, pattern, read, allowed, size, int(many), sure, int(budget))


class Making:
    """A plan being made: sought, covered by shifts where these are asked for, checked, mended, told."""

    def __init__(self, ahead: Prepared, search: Search, began: float) -> None:
        self.ahead, self.search, self.trials, self.began = ahead, search, search.trials, began
        self.pattern = ahead.pattern
        self.notes: list[str] = []
        self.interrupted, self.mended = False, 0
        self.shifted: InShifts | None = None
        self.checked: tuple[int, ...] = ()

    def made(self) -> StaffPlan:
        """Make it.

        Raises
        ------
        KeyboardInterrupt
            If nothing was lived yet.
        """
        self._sought()
        staff, lived = self._found()
        load, critical = self._load(lived), None
        try:
            if self.ahead.allowed is not None:
                self.shifted = InShifts(self.search, ways_of(self.pattern, self.ahead.allowed), staff)
                if not self.interrupted:
                    self.shifted.improve()
                lived = self.shifted.lived
            if not self.interrupted:
                staff, lived = self._confirmed(staff, lived)
                load = self._load(lived)
                critical = self._critical(staff, lived, load)
        except KeyboardInterrupt:
            self._say_interrupted("while it was checked")
        if not self.interrupted:
            self.trials.tell(self.trials.foreseen, over=True)
        return self._told(staff, lived, load, critical)

    def _sought(self) -> None:
        try:
            self.search.through()
        except Enough:
            self.notes.append(
                f"{self.trials.tried} staffs were lived, and the search had not come to its end: a larger budget may "
                "find a cheaper one"
            )
        except KeyboardInterrupt:
            if self.search.best is None and self.search.ample is None:
                raise
            self._say_interrupted("while it was sought")
        self.trials.budget = self.trials.tried + _MOST_BUDGET

    def _say_interrupted(self, when: str) -> None:
        self.interrupted = True
        self.notes.append(f"interrupted {when}: the best so far is shown, and how near it comes to its targets was not "
                          "seen on other replications")  # fmt: skip

    def _found(self) -> tuple[Ints, Lived]:
        found = self.search.best or self.search.ample
        assert found is not None
        return found.staff, found

    def _load(self, lived: Lived) -> Load:
        assert lived.lived.intervals is not None, "trials are parted"
        return load_of(self.pattern, lived.lived.intervals)

    def _numbers(self, batch: int) -> tuple[int, ...]:
        """Return replications that nothing was sought on, and no batch before was checked on."""
        first = max(self.ahead.size.numbers) + 1 + batch * self.ahead.check
        return tuple(range(first, first + self.ahead.check))

    def _confirmed(self, staff: Ints, lived: Lived) -> tuple[Ints, Lived]:
        """See how near it comes on other replications; where these miss a target add agents, and look at others."""
        for batch in range(_MENDED + 1):
            numbers = self._numbers(batch)
            seen = self.trials.lived(staff, numbers) if self.shifted is None else self.shifted.seen(numbers)
            self.checked = numbers
            short_at = missed(self.trials, seen)
            if not len(short_at) or batch == _MENDED:
                break
            before = staff
            if self.shifted is None:
                staff = self.search.mended(seen, short_at, numbers)
            elif not self.shifted.mend(short_at):
                break
            if self.shifted is None and (staff == before).all():
                break
            self.mended += 1
        return staff, seen

    def _critical(self, staff: Ints, lived: Lived, load: Load) -> Critical | None:
        there = staff if self.shifted is None else self.shifted.least_at_work()
        place = critical_place(self.trials, lived, there, load.busy)
        if place is None:
            return None
        world = self._with_one_less(self._world(staff), place)
        seen = self.trials.of_world(world, staff, self.checked)
        at = self.pattern.places.index(place)
        return Critical(
            self.pattern.called(place),
            float(self.pattern.costs[at]),
            standings(self.trials, seen, self.search.ample, self.search.out_of_reach),
        )

    def _with_one_less(self, world: World, place: Place) -> World:
        slots = {name: list(its) for name, its in staff_slots(world).items()}
        for slot in self.pattern.slots_of[self.pattern.places.index(place)]:
            slots[place.team][slot] = max(slots[place.team][slot] - 1, 0)
        return with_staff(world, {name: tuple(its) for name, its in slots.items()})

    def _world(self, staff: Ints) -> World:
        return self.pattern.world_with(staff) if self.shifted is None else self.shifted.world

    def _told(self, staff: Ints, lived: Lived, load: Load, critical: Critical | None) -> StaffPlan:
        found = self._world(staff)
        staff = staff if self.shifted is None else self.shifted.need  # what was covered is shown, raised where missed
        asked = self.ahead.asked
        final = found.model_copy(update={"time": asked.time})
        needed = float(paid_eur(self.pattern.world_with(staff)))
        return StaffPlan(
            asked,
            final,
            self.ahead.targets,
            self.pattern.every,
            standings(self.trials, lived, self.search.ample, self.search.out_of_reach),
            self._rows(staff, found, lived, load),
            () if self.shifted is None else _worked(self.shifted),
            float(paid_eur(final)),
            float(paid_eur(asked)),
            needed,
            self._bound(float(paid_eur(final))),
            float(paid_hours(final)),
            float(paid_hours(asked)),
            critical,
            self.ahead.size.seed,
            self.ahead.size.numbers,
            self.checked,
            self.trials.tried,
            self.mended,
            time.perf_counter() - self.began,
            self.search.settled and not self.interrupted,
            self.interrupted,
            (*self.notes, *self._unasked(lived), *self._cautions(staff, load)),
        )

    def _bound(self, eur: float) -> float | None:
        """Return what no covering of these needs costs less than, the teams included whose staff was not sought."""
        return None if self.shifted is None else eur - self.shifted.cover.cost + self.shifted.bound

    def _rows(self, staff: Ints, found: World, lived: Lived, load: Load) -> tuple[Row, ...]:
        pattern, targets = self.pattern, self.ahead.targets
        patience = mean_patience(pattern.world)
        formulas = [
            by_formula(pattern, targets, load, first=first, patience=mean)
            for first in (True, False)
            for mean in (math.inf, patience)
        ]
        before, there = pattern.of_world(self.ahead.asked), pattern.of_world(found)
        narrow = [number for number, one in enumerate(targets) if one.scope == "interval"]
        constraints = {(one.target, one.group, one.period): at for at, one in enumerate(self.trials.constraints)}
        rows = []
        for at, place in enumerate(pattern.places):
            its = [constraints.get((number, place.group, place.period)) for number in narrow]
            values = tuple(estimate_at(lived, one) for one in its if one is not None)
            begins, ends = pattern.times(place.period)
            rows.append(
                Row(
                    place.team,
                    pattern.days(place.group),
                    begins,
                    ends,
                    int(staff[at]),
                    float(there[at]),
                    float(before[at]),
                    float(load.first[at]),
                    float(load.erlangs[at]),
                    float(load.repeats[at]),
                    float(formulas[0][at]),
                    float(formulas[1][at]),
                    float(formulas[2][at]),
                    float(formulas[3][at]),
                    float(load.busy[at]),
                    values,
                )
            )
        return tuple(rows)

    def _unasked(self, lived: Lived) -> list[str]:
        """Say of which targets nothing can be seen, since no call came to what they are of."""
        said = []
        for number, target in enumerate(self.ahead.targets):
            its = [at for at, one in enumerate(self.trials.constraints) if one.target == number]
            if not lived.answers.offered[its].any():
                said.append(f"{target} asks for nothing: no call came to what it is of")
        return said

    def _cautions(self, staff: Ints, load: Load) -> list[str]:
        said = []
        for team in self.pattern.teams:
            its = [at for at, place in enumerate(self.pattern.places) if place.team == team]
            at_least = all(staff[at] == self.pattern.least[at] for at in its)
            busy = float(np.nanmean(load.busy[its])) if np.isfinite(load.busy[its]).any() else 0.0
            if at_least and busy > 0.8:
                said.append(
                    f"{team} stands at its least everywhere and is busy for {busy:.0%} of its time: no target asks for "
                    "more of it, and its customers may wait long; give a target that they are in, such as one "
                    f"of {team}, transfer_hold_minutes_per_call or problems solved, or a least for it"
                )
        return said


def _worked(shifted: InShifts) -> tuple[Worked, ...]:
    found = []
    for way, many in zip(shifted.covering.ways, shifted.cover.agents, strict=True):
        if many:
            its = way.written(int(many))
            hours, breaks, lunches = (tuple(its.get(key, ())) for key in ("hours", "breaks", "lunches"))
            found.append(Worked(way.team, way.name, int(many), hours, breaks, lunches, float(many * way.cost)))
    return tuple(found)
