"""When problems appear: over the days of the week, and over the intervals of a day."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field, field_validator, model_validator

from sim.units import DAYS, Weight
from sim.world.facts import OrNone
from sim.world.frozen import Frozen

Weights = Annotated[tuple[Weight, ...], Field(min_length=1, max_length=96)]
FINEST = 96
"""Intervals of a day that are told apart at most: quarters of an hour."""


def divides_the_day(intervals: tuple[float, ...] | None) -> tuple[float, ...] | None:
    """Refuse weights that stand for no equal parts of a day in whole minutes."""
    if intervals is not None and 1440 % len(intervals):
        raise ValueError("intervals must divide the day: 1, 24, 48 or 96 weights are usual")
    return intervals


class Profile(Frozen):
    """When problems appear: a weight per day of the week times a weight per interval of the day."""

    days: tuple[Weight, ...] = Field(default=(1, 1, 1, 1, 1, 1, 1), min_length=7, max_length=7)
    """Seven weights, Monday first; only their ratios matter. Without a problem on Sunday the other days get more each:
    the volume is that of the whole week."""
    intervals: Weights = (1,)
    """Weights of equal intervals that divide the day: 24 for hours, 48 for half-hours, 96 for quarters."""
    mon: OrNone[Weights] = None
    """Intervals of Mondays alone, in place of `intervals`: the shape of the day; its weight stands in `days` still."""
    tue: OrNone[Weights] = None
    """Intervals of Tuesdays alone, as with Mondays."""
    wed: OrNone[Weights] = None
    """Intervals of Wednesdays alone, as with Mondays."""
    thu: OrNone[Weights] = None
    """Intervals of Thursdays alone, as with Mondays."""
    fri: OrNone[Weights] = None
    """Intervals of Fridays alone, as with Mondays."""
    sat: OrNone[Weights] = None
    """Intervals of Saturdays alone, as with Mondays."""
    sun: OrNone[Weights] = None
    """Intervals of Sundays alone, as with Mondays."""

    @field_validator("intervals", *DAYS)
    @classmethod
    def _divides_the_day(cls, intervals: tuple[float, ...] | None) -> tuple[float, ...] | None:
        return divides_the_day(intervals)

    @model_validator(mode="after")
    def _someone_comes(self) -> Profile:
        if not sum(self.days):
            raise ValueError("all weights of days are zero: nobody would ever have a problem")
        for name, weight, shape in zip(DAYS, self.days, self.shapes(), strict=True):
            if weight > 0 and not sum(shape):
                raise ValueError(f"all weights of {name} are zero: nobody would ever have a problem on that day")
        if self.intervals_a_day() > FINEST:
            lengths = ", ".join(map(str, sorted({len(shape) for shape in self.shapes()})))
            raise ValueError(
                f"days of {lengths} intervals do not fit each other; give each as many, or a number that divides them"
            )
        return self

    def shapes(self) -> tuple[tuple[float, ...], ...]:
        """Return the weights of the intervals of each day, Monday first, as they are written."""
        return tuple(getattr(self, day) or self.intervals for day in DAYS)

    def intervals_a_day(self) -> int:
        """Return how many equal intervals a day has: as many as the finest of its shapes tells apart."""
        return math.lcm(*(len(shape) for shape in self.shapes()))
