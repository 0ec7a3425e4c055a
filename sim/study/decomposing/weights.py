"""`effort_weights`: which conclusions on effort hold for every weight in its range, and which turn at which weights."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from sim.asked import Mistakes
from sim.bars import Shown, given, shows_progress
from sim.engines import Engine
from sim.measures import MEASURES, chosen
from sim.study.comparing.compare import comparable
from sim.study.decomposing.levers import Study, both_of
from sim.study.decomposing.linear import MOST, Box, Floats, Form
from sim.study.decomposing.players import Parted, Player, parted
from sim.study.decomposing.ranges import Range, ranges_of
from sim.study.decomposing.shapley import shapley_weights
from sim.study.running.estimate import Estimate
from sim.study.running.replications import Replications
from sim.study.running.reported import Reported
from sim.study.running.size import DEFAULT_REPLICATIONS, Size, numbers_of, with_days
from sim.study.searching.equal import LABELS, SCALED, SERVICE, Asked, Equal, EqualServiceError, ways
from sim.world import World

_EFFORT = "effort_index"


@dataclass(frozen=True, eq=False)
class Conclusion:
    """Something said of effort with the worlds' own weights, and whether it holds for the others.

    Attributes
    ----------
    claim : str
    now : Estimate
        By how much, with the first world's weights (points).
    least : float
        By how much at the weights at which it is least so; below zero, it is not.
    holds : bool
        It is so for every weight in the ranges.
    sure : bool
        And told apart from its contrary for every one of them (each by its own 95 % interval).
    turns : mapping of str to float
        The nearest weights at which it is not so; where it holds and is not sure, those at which it is least so.
    """

    claim: str
    now: Estimate
    least: float
    holds: bool
    sure: bool
    turns: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Weighed:
    """What is concluded in one way of staffing the worlds."""

    how: Equal
    meaning: str
    conclusions: tuple[Conclusion, ...]

    @property
    def label(self) -> str:
        """What the way is called."""
        return LABELS[self.how]


@dataclass(frozen=True, repr=False, eq=False)
class EffortWeights(Reported):
    """Which conclusions on effort hold for every weight.

    Attributes
    ----------
    ranges : tuple of Range
        What was swept.
    now : mapping of str to float
        The first world's own weights, by range.
    """

    parted: Parted
    ranges: tuple[Range, ...]
    now: Mapping[str, float]
    ways: tuple[Weighed, ...]
    missing: Mapping[str, str]
    seed: int
    numbers: tuple[int, ...]
    engine: str
    seconds: float
    interrupted: bool = False

    @property
    def worlds(self) -> tuple[World, World]:
        """As they were asked for."""
        return self.parted.first, self.parted.second

    def __repr__(self) -> str:
        first, second = self.worlds
        every = [one for way in self.ways for one in way.conclusions]
        return (
            f"<EffortWeights of {first.name} and {second.name}: {sum(one.holds for one in every)} of {len(every)} hold>"
        )


@shows_progress("weights")
def effort_weights(
    first: World | str | Path,
    second: World | str | Path,
    *,
    ranges: Mapping[str, Any] | None = None,
    by_lever: bool = True,
    equal: Asked = "staff",
    service_measure: str = SERVICE,
    players: Mapping[str, Any] | None = None,
    replications: int | Iterable[int] = DEFAULT_REPLICATIONS,
    seed: int = 1,
    days: float | None = None,
    engine: Engine = "auto",
    workers: int | None = None,
    progress: Shown = None,
) -> EffortWeights:
    """Say which conclusions on effort hold for every weight in its range, and at which weights the others turn.

    The effort index is linear in its weights, so what is concluded of it is decided exactly: every world is lived once
    and its rows are followed once for each weight (`sim.study.decomposing.linear`). Concluded is which world is less
    effort, and of the levers which way each moves it and in which order they stand, by Shapley's rule.

    Parameters
    ----------
    first, second : World, str or Path
        Or their names, or their files.
    ranges : mapping, optional
        By name (`sim.study.decomposing.ranges.RANGES`) or weight of ``[effort]``, its bounds; None leaves a weight as
        the worlds have it.
    by_lever : bool
        Ask of the levers too: all worlds between the two are lived.
    equal, service_measure, players
        As `sim.levers` takes them.
    replications : int or iterable of int
        At least 2, or which ones; intervals are honest from 10 on.
    days, seed, engine, workers, progress
        As `sim.compare` takes them.

    Returns
    -------
    EffortWeights
        Conclusion by conclusion: by how much now, at least, and at which weights it turns.

    Raises
    ------
    ValueError
        With all that is wrong with the arguments.
    ReplicationError
        If a replication could not be lived.
    KeyboardInterrupt
        If interrupted before two replications of a way were finished.

    Examples
    --------
    >>> made = effort_weights("hotline_2005", "double_peine", by_lever=False, replications=2, days=1)
    >>> made.ways[0].conclusions[0].claim, made.ways[0].conclusions[0].holds
    ('hotline_2005 is less effort than double_peine', True)
    """
    began = time.perf_counter()
    worlds = both_of(first, second)
    wrong, swept, hows = Mistakes(), tuple[Range, ...](), tuple[Equal, ...]()
    size = Size((0, 1), 1)
    with wrong.noted():
        size = Size(numbers_of(replications, least=2), 1)
    with wrong.noted():
        size = Size(size.numbers, seed, engine, workers, given(progress), (_EFFORT,))
    with wrong.noted():
        comparable(*worlds, days)
    with wrong.noted():
        worlds = with_days(worlds[0], days), with_days(worlds[1], days)
    with wrong.noted():
        swept = ranges_of(ranges)
        if len(swept) > MOST:
            raise ValueError(f"{len(swept)} weights are too many: {MOST} can be swept")
    with wrong.noted():
        chosen(MEASURES, [service_measure])
    with wrong.noted():
        hows = ways(equal, *worlds, among=SCALED)
    with wrong.noted():
        between = parted(*worlds, players)
    wrong.tell()
    made = between if by_lever else _as_one(between)
    return _Weighing(made, swept, Study(made, size, service_measure, began), began).made(hows)


def _as_one(between: Parted) -> Parted:
    """Let all that separates the worlds be one player."""
    places, keys = (tuple(x for one in between.players for x in getattr(one, name)) for name in ("places", "keys"))
    return replace(between, players=(Player("all", places, keys),))


class _Weighing:
    """Conclusions being drawn, way after way."""

    def __init__(self, between: Parted, ranges: Sequence[Range], study: Study, began: float) -> None:
        self.parted, self.ranges, self.study, self.began = between, tuple(ranges), study, began
        self.box = Box(np.array([one.low for one in ranges]), np.array([one.high for one in ranges]))
        self.now = np.array([one.now(between.first) for one in ranges])
        self.numbers: tuple[int, ...] = ()
        self.engine = ""

    def made(self, hows: Sequence[Equal]) -> EffortWeights:
        """Draw them; what an interruption leaves is returned where a way is there."""
        worlds, found, missing, interrupted = self.parted.worlds(), list[Weighed](), dict[str, str](), False
        self.study.told.expected = sum(self.study.expected(worlds, how) for how in hows)
        for how in hows:
            try:
                one, broken = self._way(how, worlds)
            except KeyboardInterrupt:
                if not found:
                    raise
                missing[how], interrupted = "interrupted", True
                break
            except EqualServiceError as refused:
                if len(hows) == 1:
                    raise
                missing[how] = str(refused)
                continue
            found.append(one)
            if broken:
                interrupted = True
                break
        if not found:
            raise ValueError("\n".join(missing.values()))
        now = dict(zip((one.name for one in self.ranges), self.now.tolist(), strict=True))
        return EffortWeights(
            self.parted, self.ranges, now, tuple(found), missing, self.study.size.seed, self.numbers, self.engine,
            time.perf_counter() - self.began, interrupted,
        )  # fmt: skip

    def _way(self, how: Equal, worlds: Sequence[World]) -> tuple[Weighed, bool]:
        equalities = self.study.staffed(how, worlds)
        judged = [world for one in equalities for world in weighed_by(one.second, self.ranges)]
        lived = self.study.lived(judged, self.study.size)
        self.numbers, self.engine = lived[0].numbers, lived[0].engine
        each = 1 + len(self.ranges)
        forms = [form_of(lived[at : at + each]) for at in range(0, len(lived), each)]
        drawn = tuple(self._concluded(forms))
        return Weighed(how, equalities[-1].meaning, drawn), lived[0].interrupted

    def _concluded(self, forms: Sequence[Form]) -> Iterator[Conclusion]:
        first, second = self.parted.first.name, self.parted.second.name
        whole = forms[-1] - forms[0]
        yield self._either(whole, f"{second} is less effort than {first}", f"{first} is less effort than {second}")
        if len(self.parted.players) == 1:
            return
        does = "lowers" if whole.at(self.now) <= 0.0 else "raises"
        parts = _shapley(forms, len(self.parted.players))
        if does == "raises":  # whatever the levers do on the whole is counted as less
            parts = [-one for one in parts]
        named = dict(zip((one.name for one in self.parted.players), parts, strict=True))
        other_way = {"lowers": "raises", "raises": "lowers"}[does]
        for name, part in named.items():
            yield self._either(part, f"{name} {does} effort", f"{name} {other_way} effort")
        order = sorted(named, key=lambda name: named[name].at(self.now))
        for one, other in itertools.pairwise(order):
            yield self._said(named[one] - named[other], f"{one} {does} effort more than {other}")
        yield self._first_of(order, named, does)

    def _either(self, form: Form, below: str, above: str) -> Conclusion:
        """Say what is so with the present weights, and hold it against all others."""
        return self._said(form, below) if form.at(self.now) <= 0.0 else self._said(-form, above)

    def _said(self, form: Form, claim: str) -> Conclusion:
        """Hold a claim against all weights: it is so where the form is below zero."""
        value, reach = -form.at(self.now), form.wide_reach(self.now)
        turn, unsure = self.box.turns(form, np.clip(self.now, self.box.low, self.box.high)), self.box.least_sure(form)
        sure = turn is None and form.at(unsure) + form.wide_reach(unsure) < 0.0
        shown = turn if turn is not None else None if sure else unsure
        names = [one.name for one in self.ranges]
        at = {} if shown is None else dict(zip(names, shown.tolist(), strict=True))
        now, least = Estimate(value, value - reach, value + reach), -form.at(self.box.largest(form))
        return Conclusion(claim, now, least, turn is None, sure, at)

    def _first_of(self, order: Sequence[str], named: Mapping[str, Form], does: str) -> Conclusion:
        """Say that the first lever is first: it is so where it is before each of the others."""
        best, *others = order
        each = [self._said(named[best] - named[other], "") for other in others]
        hardest = min(each, key=lambda one: (one.holds, one.sure, one.least))
        return replace(hardest, claim=f"{best} {does} effort most of all")


def weighed_by(world: World, ranges: Sequence[Range]) -> list[World]:
    """Return the world with no weight of the ranges, and with one of each alone."""
    nothing = {name: 0.0 for one in ranges for name in one.of}
    each = [nothing, *({**nothing, **one.of} for one in ranges)]
    return [world.model_copy(update={"effort": world.effort.model_copy(update=changes)}) for changes in each]


def form_of(lived: Sequence[Replications]) -> Form:
    """Return the effort of a world as a linear form, from what it is without the weights and with one of each alone."""
    totals = np.array([one.totals[_EFFORT] for one in lived])
    above, below = totals[:, :, 0].T, totals[0, :, 1]
    if not below.sum():
        raise ValueError(f"no problem appeared in {lived[0].world.name}: there is no effort to be weighed")
    terms = np.column_stack([above[:, 0], above[:, 1:] - above[:, :1]])
    mean = terms.sum(axis=0) / below.sum()
    return Form(mean, (terms - np.outer(below, mean)) / below.mean())


def _shapley(forms: Sequence[Form], players: int) -> list[Form]:
    means, residuals = (np.array([getattr(one, name) for one in forms]) for name in ("mean", "residuals"))
    weights = shapley_weights(players)
    return [Form(row @ means, _summed(row, residuals)) for row in weights]


def _summed(row: Floats, residuals: Floats) -> Floats:
    found: Floats = np.tensordot(row, residuals, 1)
    return found
