"""Other ways to say when problems appear: counts as a telephone switch has them, days unlike others, exact times."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from sim.units import DAY, DAYS, LONGEST, Factor, Minutes
from sim.world.facts import AtMost, OrNone, ReasonName
from sim.world.frozen import Frozen
from sim.world.laws import NumberLaw
from sim.world.profile import Weights, divides_the_day

CALLS_AT_MOST = 200_000
"""Calls that a replay may hold: some months of a large centre's day, as many numbers as a stored result can carry."""
Volume = Annotated[float, Field(ge=0, le=1e7)]
When = Annotated[float, Field(ge=0, le=3 * LONGEST)]


class SpecialDay(Frozen):
    """A day that is unlike others of its name. It replaces the weekday's rates; busyness multiplies them as ever."""

    factor: Factor = 1.0
    """Problems of the day over those of an ordinary day of its name; 0 for none."""
    problems: OrNone[Volume] = None
    """Problems of the day, of all reasons together, in place of a factor. Each reason keeps its part of an ordinary day
    of that name; where such a day has none, its share."""
    profile: OrNone[Weights] = None
    """Weights of equal intervals of this day, in place of those of the weekday, for every reason: 24 for hours."""

    @field_validator("profile")
    @classmethod
    def _divides_the_day(cls, profile: tuple[float, ...] | None) -> tuple[float, ...] | None:
        if profile is not None and not sum(profile):
            raise ValueError("all weights are zero; for a day without problems write factor = 0")
        return divides_the_day(profile)

    @model_validator(mode="after")
    def _says_something(self) -> SpecialDay:
        if self.problems is not None and self.factor != 1:
            raise ValueError("factor and problems both say how many problems appear; write one of the two")
        return self


class Shock(Frozen):
    """A cause that strikes many at once, such as a storm or a power cut: problems beside the ordinary ones."""

    per_year: float = Field(ge=0, le=365)
    """How many come in a year of 365 days, on average; when they do is chance alone, and not before the run begins."""
    size: Annotated[NumberLaw, AtMost(1000, " usual days")]
    """Problems that one of them leads to expect, in usual days: 2 is twice the problems of the struck reasons on a mean
    day of the week, beside those of that day. Where a share of the customers is known to be hit, it is that share times
    the number of customers, over the problems of such a day."""
    lasts: Annotated[Minutes, Field(ge=1)]
    """Over how long they appear, evenly from the instant of the shock, day and night."""
    reasons: tuple[ReasonName, ...] = ()
    """The reasons it strikes, each by its share of the problems; none named: all."""

    @field_validator("reasons")
    @classmethod
    def _each_once(cls, reasons: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(reasons)) < len(reasons):
            raise ValueError("a reason stands there twice; name each once")
        return reasons

    def strikes(self, reason: str) -> bool:
        """Say whether problems of a reason have this cause."""
        return not self.reasons or reason in self.reasons


class Replay(Frozen):
    """Exact times at which problems appear, the same in every replication."""

    at: tuple[When, ...] = Field(min_length=1, max_length=CALLS_AT_MOST)
    """When each problem appears (minutes from Monday 00:00 of the first week), rising."""
    reasons: tuple[str, ...] = Field(default=(), max_length=CALLS_AT_MOST)
    """The reason of each, or an empty text where it is drawn by the reasons' shares; none at all: all are drawn."""
    segments: tuple[str, ...] = Field(default=(), max_length=CALLS_AT_MOST)
    """The segment of each, or an empty text where it is drawn by the segments' shares; none at all: all are drawn."""

    @model_validator(mode="after")
    def _fits(self) -> Replay:
        if any(earlier > later for earlier, later in itertools.pairwise(self.at)):
            raise ValueError("the times do not rise; sort them")
        for name, named in (("reasons", self.reasons), ("segments", self.segments)):
            if named and len(named) != len(self.at):
                raise ValueError(f"there are {len(self.at):,} times and {len(named):,} {name}; give one for each")
        return self

    def per_day(self) -> float:
        """Return the mean number a day, from the start of the run to the end of the last day with one."""
        return len(self.at) / (math.floor(self.at[-1] / DAY) + 1)


def volume_of(counts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the volume and the profile that counts by weekday amount to, as a file would hold them.

    Parameters
    ----------
    counts : mapping
        Problems of each interval of a usual day, by the day's name; a day that is left out has none.

    Examples
    --------
    >>> volume_of({"mon": [3, 1], "sun": [0, 1]})["problems_per_week"]
    5.0
    """
    by_day = {day: tuple(map(float, counts.get(day, ()))) for day in DAYS}
    totals = tuple(math.fsum(numbers) for numbers in by_day.values())
    pairs = zip(by_day.items(), totals, strict=True)
    shapes = {day: numbers if total > 0 else "none" for (day, numbers), total in pairs}
    return {"problems_per_week": math.fsum(totals), "profile": {"days": totals, "intervals": (1.0,), **shapes}}
