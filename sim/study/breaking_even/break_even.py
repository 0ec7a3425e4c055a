"""`break_even`: the value of a parameter at which two worlds come to the same in a measure."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.asked import Mistakes
from sim.bars import Shown, given, shows_progress
from sim.engines import Engine
from sim.measures import Measure, chosen, measures_of
from sim.reading import world_of
from sim.study.breaking_even.found import BreakEven, Tried
from sim.study.breaking_even.roots import Curve, known_so_far, roots_of
from sim.study.breaking_even.varied import In, Varied, varied
from sim.study.comparing.compare import comparable
from sim.study.running.estimate import UNDEFINED, Estimate, paired_difference
from sim.study.running.progress import Whole
from sim.study.running.replicate import each_once
from sim.study.running.replications import Replications
from sim.study.running.size import DEFAULT_REPLICATIONS, Size, ids_of, numbers_of, with_days
from sim.study.running.tasks import days_of
from sim.world import World

MEASURE = "firm_eur_per_problem"
_SCANNED = 9
"""Values looked at, the bounds among them, before a change of sign is closed in on."""
_CLOSING_IN = 18
"""About as many are tried afterwards."""


@shows_progress("break-even")
def break_even(
    first: World | str | Path,
    second: World | str | Path,
    *,
    vary: str,
    between: tuple[Any, Any] | None = None,
    measure: str = MEASURE,
    vary_in: In | None = None,
    replications: int | Iterable[int] = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Shown = None,
) -> BreakEven:
    """Find the value of a parameter at which two worlds come to the same in a measure.

    The same customers live through both worlds at every value that is tried, with the same luck. Nine values tell where
    the difference changes its sign, and each change is closed in on; its 95 % interval is the set of values around it
    at which the paired difference's interval holds zero (`sim.study.breaking_even.roots`).

    Parameters
    ----------
    first, second : World, str or Path
        Or their names, or their files; each with its own staff.
    vary : str
        A path as `sim.changed` takes it: to numbers, durations, or what can be multiplied.
    between : pair, optional
        The bounds: numbers, durations (``"10 min"``) or factors (``"x0.8"``); by default what the key is usually turned
        to.
    measure : str
    vary_in : {"first", "second", "both"}, optional
        In which world; by default in both where the value is the same in both, else in the first world.
    replications : int or iterable of int
        At least 2, or which ones; intervals are honest from 10 on.
    days : float, optional
        The horizon of both, in place of their own.
    workers : int, optional
        Threads (processes for SimPy) at work at once; the result does not depend on it.
    progress : bool or function, optional
        True for a `sim.bar`; or a function told simulated days done and to do: how many values are tried is only
        expected.
    seed : int
        Of all luck: the same seed, the same customers and the same lives.
    engine : {"auto", "simpy", "compiled"}
        As of `run`: what comes out is the same to the bit.

    Returns
    -------
    BreakEven
        Interrupted, with the values between which the sign is known to change.

    Raises
    ------
    ValueError
        With all that is wrong with the arguments; if the measure is undefined at every value, or at one that has to be
        tried.
    ReplicationError
        If a replication could not be lived.
    KeyboardInterrupt
        If interrupted before the difference was known at both bounds.

    Examples
    --------
    At which wage does a world cost the firm as much as itself at half the wage? At half.

    >>> from sim.study.changing.changed import changed
    >>> cheap = changed("base", {"teams.*.wage": 10.0})
    >>> dear = changed("base", {"teams.*.wage": 20.0})
    >>> found = break_even(dear, cheap, vary="teams.*.wage", between=(5, 25), replications=2, days=1)
    >>> round(found.root.at, 3), found.varied.where
    (10.0, 'first')
    """
    began = time.perf_counter()
    wrong = Mistakes()
    with wrong.noted():
        one = world_of(first, "first")
    with wrong.noted():
        other = world_of(second, "second")
    wrong.tell()
    worlds, size, parameter = (one, other), Size((0, 1), 1), None
    with wrong.noted():
        size = Size(numbers_of(replications, least=2), 1)
    with wrong.noted():
        size = Size(size.numbers, seed, engine, workers, given(progress))
    with wrong.noted():
        comparable(*worlds, days)
    with wrong.noted():
        worlds = with_days(one, days), with_days(other, days)
    with wrong.noted():
        size = replace(size, ids=ids_of(worlds, [measure]))
    with wrong.noted():
        parameter = varied(worlds, vary, between, vary_in)
        for end in (parameter.low, parameter.high):
            comparable(*parameter.at(end), days)
    wrong.tell()
    assert parameter is not None
    known = {**measures_of(other), **measures_of(one)}
    return _Search(parameter, chosen(known, [measure])[0], size, began).made()


class _Search:
    """A break-even being sought: what was lived at each value, and the curve through it."""

    def __init__(self, parameter: Varied, measure: Measure, size: Size, began: float) -> None:
        self.parameter, self.measure, self.size, self.began = parameter, measure, size, began
        whole = parameter.kind == "whole"
        self.curve = Curve(self._differences, parameter.low, parameter.high, whole=whole)
        self.tried: dict[float, Tried] = {}
        self.engine = ""
        self._fixed: Replications | None = None
        days = sum(map(days_of, parameter.worlds)) * len(size.numbers)
        self.told = Whole(size.progress, days * (_SCANNED + _CLOSING_IN) // (2 if parameter.where != "both" else 1))

    def made(self) -> BreakEven:
        """Scan, and close in on every change of sign; what is known is told where that is interrupted."""
        try:
            self.curve.scan(_SCANNED)
            if not self.curve.points():
                raise ValueError(
                    f"{self.measure.id} is undefined at every value of {self.parameter.path} that was tried"
                )
            return self._told(roots_of(self.curve), interrupted=False)
        except KeyboardInterrupt:
            if len(self.curve.points()) < 2:
                raise
            return self._told(known_so_far(self.curve), interrupted=True)

    def _told(self, roots: Sequence[Any], *, interrupted: bool) -> BreakEven:
        return BreakEven(
            self.parameter,
            self.measure,
            tuple(self.tried[value] for value in sorted(self.tried)),
            tuple(roots),
            self.curve.flat(),
            self.size.seed,
            self.size.numbers,
            self.engine,
            time.perf_counter() - self.began,
            interrupted,
        )

    def _differences(self, values: list[float]) -> list[Estimate]:
        """Live both worlds at several values at once; a world that is not varied is lived once in all."""
        pairs = [self.parameter.at(value) for value in values]
        where = self.parameter.where
        sides = [[pair[at] for pair in pairs] for at, name in enumerate(("first", "second")) if where in ("both", name)]
        fixed = [] if where == "both" or self._fixed is not None else [pairs[0][where == "first"]]
        worlds = [*fixed, *(world for side in sides for world in side)]
        lived = each_once(worlds, replace(self.size, progress=self.told.part), least=len(self.size.numbers))
        self.told.over(sum(map(days_of, worlds)) * len(self.size.numbers))
        if len(lived[0].numbers) < len(self.size.numbers):
            raise KeyboardInterrupt
        self.engine = lived[0].engine
        if fixed:
            self._fixed, *rest = lived
            lived = tuple(rest)
        varying = [lived[at * len(values) : (at + 1) * len(values)] for at in range(len(sides))]
        if self._fixed is not None:
            varying.insert(where == "first", (self._fixed,) * len(values))
        return [self._noted(*one) for one in zip(values, *varying, strict=True)]

    def _noted(self, value: float, one: Replications, other: Replications) -> Estimate:
        name = self.measure.id
        if name in one.totals and name in other.totals:
            difference = paired_difference(*one.totals[name].T, *other.totals[name].T)
            worlds = one.estimate(name), other.estimate(name)
        else:
            difference, worlds = UNDEFINED, (UNDEFINED, UNDEFINED)
        self.tried[value] = Tried(value, worlds, difference)
        return difference
