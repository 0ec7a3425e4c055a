"""Replications lived until all that is watched is known well enough, or until there is no more to be lived."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sim.asked import INNER, Kind, numbers
from sim.bars import Progress
from sim.study.running.processors import processors
from sim.study.running.replicate import together
from sim.study.running.replications import Replications
from sim.study.running.size import MOST_REPLICATIONS, Size
from sim.study.running.tasks import ReplicationError, days_of
from sim.study.stopping.precision import Precision
from sim.study.stopping.rule import Watched, held, looked_ahead, slowest
from sim.study.stopping.stopped import Budget, Stopping, Why
from sim.world import World

PILOT = 20
"""Replications before a half-width is believed: after 10, studies of skewed measures stop too soon."""
LOOK_AHEAD = 5
"""As Hoad, Robinson and Davies advise."""
MOST = 1000
_LEAST_PILOT, _LONGEST_LOOK = 4, 1000

Foretold = Callable[[Budget], None]
"""Told once, after the pilot, what it foretells."""


@dataclass(frozen=True)
class Limits:
    """Within which a rule decides.

    Raises
    ------
    ValueError
        With every value that is out of its range.
    """

    confidence: float
    pilot: int
    look_ahead: int
    most: int
    seconds: float | None

    def __post_init__(self) -> None:
        most = Kind(f"a whole number from {_LEAST_PILOT} to {MOST_REPLICATIONS}", _between(_LEAST_PILOT), whole=True)
        ahead = Kind(f"a whole number from 0 to {_LONGEST_LOOK}", lambda n: 0 <= n <= _LONGEST_LOOK, whole=True)
        long = Kind("a number of seconds above 0, or None", lambda x: 0 < x <= 1e9)
        asked = {
            "confidence": (self.confidence, INNER),
            "pilot": (self.pilot, most),
            "look_ahead": (self.look_ahead, ahead),
            "most": (self.most, most),
            **({} if self.seconds is None else {"seconds": (self.seconds, long)}),
        }
        for name, number in zip(asked, numbers(**asked), strict=True):
            object.__setattr__(self, name, number)
        if self.most < self.pilot:
            raise ValueError(f"most is {self.most}: it has to be {self.pilot}, the pilot, at least")


def _between(least: int) -> Callable[[float], bool]:
    return lambda n: least <= n <= MOST_REPLICATIONS


class Pursuit:
    """The same replications of one world, or of one and others beside it, that become more.

    Attributes
    ----------
    lived : list of Replications
        Of each world.
    watched : list of Watched
        Every measure of every way.
    why : str or None
        What ended it.
    failure : ReplicationError or None
        The replication that could not be lived, where that ended it.
    """

    def __init__(
        self, worlds: Sequence[World], size: Size, wished: Sequence[Precision], limits: Limits, ways: Sequence[str]
    ) -> None:
        self.worlds, self.size, self.wished, self.limits = list(worlds), size, wished, limits
        self.began = time.perf_counter()
        self.lived: list[Replications] = []
        self.watched = [Watched(one, way, limits.confidence) for way in ways for one in wished]
        self.why: Why | None = None
        self.failure: ReplicationError | None = None
        self.budget: Budget | None = None
        self.since: int | None = None
        self._from, self._piloted = limits.pilot, 0.0

    @property
    def many(self) -> int:
        """How many replications are lived."""
        return len(self.lived[0].numbers) if self.lived else 0

    @property
    def waited(self) -> list[Watched]:
        """What the rule waits for: all that was defined in the pilot, where its half-width is known."""
        return [one for one in self.watched if one.half(self.limits.pilot) is not None]

    def pilot(self) -> None:
        """Live the pilot."""
        self._more(self.limits.pilot)
        self.follow()

    def beside(self, world: World, lived: Replications, way: str) -> None:
        """Watch another world with what was lived of it, in the place of the one that this way had."""
        ways = list(dict.fromkeys(one.way for one in self.watched))
        if way in ways:
            at = 1 + ways.index(way)
            self.worlds[at], self.lived[at] = world, lived
            self.watched = [one for one in self.watched if one.way != way]
        else:
            self.worlds.append(world)
            self.lived.append(lived)
        self.watched += [Watched(one, way, self.limits.confidence) for one in self.wished]
        self.follow()

    def follow(self) -> None:
        """Follow what is watched with the replications that are there."""
        ways = list(dict.fromkeys(one.way for one in self.watched))
        for one in self.watched:
            name, other = one.precision.measure, 1 + ways.index(one.way)
            second = self.lived[other].totals[name] if len(self.lived) > 1 else None
            one.follow(self.lived[0].totals[name], second)

    def foretell(self, told: Foretold | None, search: float = 0.0) -> None:
        """Say what the pilot foretells; ``search`` is how long a search on the pilot took, to be done again on all."""
        self._piloted = time.perf_counter()
        if self.why is not None:
            return
        farthest = slowest(self.waited, self.many)
        if farthest is None:
            self.why = "undefined"
            return
        whole = self._in_all()
        left = None if whole is None else max(0, whole - self.many) * self._each() + search * whole / self.many
        self.budget = Budget(self.many, whole, left, farthest.precision.measure, farthest.way, self.limits.most)
        if told is not None:
            told(self.budget)

    def go_on(self) -> None:
        """Live replications until the rule is content, or there is no more to be lived."""
        while self.why is None:
            found = held(self.waited, self._from, self.many, self.limits.look_ahead)
            self.since = found.since
            if found.enough is not None:
                self.lived = [one.only(found.enough) for one in self.lived]
                self.why = "reached"
            elif self.many >= self.limits.most:
                self.why = "most"
            elif self._time_left() <= 0:
                self.why = "seconds"
            else:
                self._more(self._next())
                self.follow()

    def holds(self) -> bool:
        """Say whether all is narrow enough with the replications that there are."""
        return all(one.inside(self.many) for one in self.waited)

    def anew(self) -> None:
        """Begin to look anew after the replications that there are: another staff was found on them."""
        self._from, self.why = self.many + 1, None if self.many < self.limits.most else "most"

    def told(self) -> Stopping:
        """Say what the rule did."""
        undefined = dict.fromkeys(one.precision.measure for one in self.watched if one not in self.waited)
        limits = self.limits
        return Stopping(
            tuple(self.wished),
            self.why or "interrupted",
            limits.confidence,
            limits.pilot,
            limits.look_ahead,
            limits.most,
            self.budget,
            self.many,
            self.since,
            max(0.0, time.perf_counter() - self._piloted) if self._piloted else 0.0,
            tuple(undefined) if self.many >= limits.pilot else (),
            tuple(self.watched),
        )

    def _next(self) -> int:
        """Return up to which replication is lived next: half of what is foretold, and no less than the rule needs."""
        ahead = looked_ahead(self.since or self.many + 1, self.limits.look_ahead)
        least = (self.since or self.many + 1) + ahead - self.many
        foretold = self._in_all() or self.limits.most
        many = max(least, (foretold - self.many) // 2, self.size.workers or processors())
        if self.limits.seconds is not None:
            many = max(1, min(many, int(self._time_left() / self._each())))
        return min(self.limits.most, self.many + many)

    def _in_all(self) -> int | None:
        """Return with how many replications all would be narrow enough, the look-ahead included, or None."""
        each = [one.foretold(self.many) for one in self.waited]
        if not each or any(one is None for one in each):
            return None
        most = max(one for one in each if one is not None)
        return most + looked_ahead(most, self.limits.look_ahead)

    def _each(self) -> float:
        """Return the seconds that one replication of all worlds takes."""
        return max(self.lived[0].seconds / self.many, 1e-6)

    def _time_left(self) -> float:
        return float("inf") if self.limits.seconds is None else self.limits.seconds + self.began - time.perf_counter()

    def _more(self, upto: int) -> None:
        size = replace(self.size, numbers=tuple(range(self.many, upto)), progress=self._progress())
        try:
            new = together(self.worlds, size, least=1 if self.lived else 2)
        except KeyboardInterrupt:
            if not self.lived:
                raise
            self.lived = [replace(one, interrupted=True) for one in self.lived]
            self.why = "interrupted"
        except ReplicationError as failure:
            self.failure, self.why = failure, "failed"
            if failure.finished is None and not self.lived:
                raise
            self._add(failure.finished or ())
        else:
            self._add(new)
            if new[0].interrupted:
                self.why = "interrupted"

    def _add(self, new: Sequence[Replications]) -> None:
        if new:
            self.lived = [one + other for one, other in zip(self.lived, new, strict=True)] if self.lived else [*new]

    def _progress(self) -> Progress | None:
        """Tell days done of all that is foretold, not of these replications alone."""
        progress, days = self.size.progress, sum(map(days_of, self.worlds))
        if progress is None:
            return None
        before = days * self.many
        foretold = days * min((self._in_all() if self.lived else None) or 0, self.limits.most)
        return lambda done, of: progress(before + done, max(before + of, foretold))
