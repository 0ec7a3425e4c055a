"""Who calls, why, and what they are made of: common to all worlds that are compared."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Annotated, Any, Literal, get_args

from pydantic import Field, ValidationInfo, field_validator, model_validator

from sim.units import (
    DAYS,
    Factor,
    Minutes,
    Share,
    Weight,
    week_hours,
)
from sim.world.distributions import Distribution
from sim.world.facts import (
    AtMost,
    GivenName,
    Harmless,
    InsteadOf,
    Ordered,
    OrNone,
    Whole,
)
from sim.world.frozen import Frozen
from sim.world.laws import DurationLaw, DurationLawOrNone, MoneyLaw, NumberLaw
from sim.world.shares import whole

Weights = Annotated[tuple[Weight, ...], Field(min_length=1, max_length=96)]
Cause = Literal["blocked", "abandoned", "cut", "dismissed", "unsolved"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
"""How a failed attempt ends, in the order of `sim.mechanisms.state.outcome`."""
Shape = Annotated[float, Field(gt=0.01, le=1e6)]


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
        if intervals is not None and 1440 % len(intervals):
            raise ValueError("intervals must divide the day: 1, 24, 48 or 96 weights are usual")
        return intervals

    @model_validator(mode="after")
    def _someone_comes(self) -> Profile:
        if not sum(self.days):
            raise ValueError("all weights of days are zero: nobody would ever have a problem")
        for name, weight, shape in zip(DAYS, self.days, self.shapes(), strict=True):
            if weight > 0 and not sum(shape):
                raise ValueError(f"all weights of {name} are zero: nobody would ever have a problem on that day")
        if self.intervals_a_day() > 96:
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


class Reason(Frozen):
    """One reason for calling."""

    share: Share
    """Share of all problems; the reasons' shares add up to 1."""
    work: Factor = 1.0
    """Work it needs, as a multiple of the team's mean talk."""
    difficulty: Harmless[Whole[Ordered[dict[GivenName, Share]]]] = Field(default={"plain": 1.0}, min_length=1)
    """Shares of the difficulty classes, fixed for a problem; they add up to 1."""
    gesture_share: Share = 0.0
    """Share of these problems that call for a gesture of money."""
    gesture: MoneyLaw = Field(default=0.0, validate_default=True)
    """Size of the gesture called for (EUR)."""
    recurrence: Share = 0.0
    """Probability that the cause strikes again within a year."""
    severity: Share = 1.0
    """Part of the full value of an outage that is lost while the problem lasts."""
    patience: DurationLawOrNone | None = None
    """How long one holds with such a problem, in place of `population.patience` and of the segment's."""
    persistence: OrNone[Share] = None
    """Probability to try again with such a problem, in place of `again.persistence` and of the segment's."""

    @field_validator("difficulty")
    @classmethod
    def _whole(cls, difficulty: dict[str, float]) -> dict[str, float]:
        whole(difficulty)
        return difficulty


class Segment(Frozen):
    """A kind of customer."""

    share: Share
    """Share of all customers; the segments' shares add up to 1."""
    value_of_time: Annotated[MoneyLaw, AtMost(1e5, " EUR an hour")]
    """Worth of an hour of the customer's time (EUR/h)."""
    outage_value: Annotated[MoneyLaw, AtMost(1e6, " EUR an hour")]
    """Worth of an hour of the service, when it is used (EUR/h)."""
    hours_of_use: Annotated[NumberLaw, AtMost(24, " h a day")]
    """Hours a day during which the service is used (h)."""
    other_network: Share = 0.0
    """Share who call from another network than the firm's own."""
    autonomy: Share = 0.0
    """Share who would rather ask other customers first."""
    lock_in: Annotated[NumberLaw, AtMost(1, "")] = Field(default=0.0, validate_default=True)
    """How strongly held back from leaving, 0 to 1."""
    renewal: NumberLaw = Field(default=12.0, validate_default=True)
    """Months until the contract may be left."""
    worth: Annotated[MoneyLaw, AtMost(1e9, " EUR a year")] = Field(default=0.0, validate_default=True)
    """Margin the customer brings in a year (EUR)."""
    patience: DurationLawOrNone | None = None
    """How long such a customer holds, in place of `population.patience`."""
    persistence: OrNone[Share] = None
    """Probability that such a customer tries again, in place of `again.persistence`."""


class Again(Frozen):
    """What a customer does after a failed attempt."""

    persistence: Share
    """Probability to try again, the same after every failed attempt where nothing else is said."""
    persistence_later: OrNone[Share] = None
    """After the second failed attempt and all later ones, in place of any other, but for `persistence_after`."""
    persistence_after: dict[Cause, Share] = Field(default={})
    """By how the attempt has ended, in place of any other: blocked, abandoned, cut, dismissed or unsolved."""
    most_attempts: int = Field(default=40, ge=1, le=4000)
    """Attempts after which anyone stops; the share that reaches it is reported."""
    after_blocked: DurationLaw
    after_abandoned: DurationLaw
    after_cut: DurationLaw
    """Delay before the next call after the line was cut, by the clock or by an agent who hung up."""
    after_dismissed: DurationLaw
    """Delay after being turned away at closing time."""
    after_unsolved: DurationLaw
    """Delay after learning that the problem is not solved."""
    lives_with_it: Minutes = 20160.0
    """How long the service stays lost to those who give up and pay no repair, until they find another way."""
    repair_share: Share = 0.0
    """Share of those who give up who pay a repair of their own; the others live with the problem."""
    repair: MoneyLaw = Field(default=0.0, validate_default=True)
    """Price of that repair (EUR)."""


class Population(Frozen):
    """Problems and the customers who have them."""

    problems_per_day: float = Field(gt=0, le=1e7)
    """Problems that appear per day: the mean of the week's seven days, those without a problem counted."""
    problems_per_week: Annotated[float | None, InsteadOf("problems_per_day")] = Field(
        default=None, gt=0, le=7e7, exclude=True, validate_default=True
    )
    """Problems that appear per week, in place of `problems_per_day`, which is a seventh of it."""
    profile: Profile = Field(default_factory=Profile)
    busyness_day: OrNone[Shape] = None
    """Shape of the Gamma factor (mean 1) of each day; absent: none."""
    busyness_interval: OrNone[Shape] = None
    """Shape of the Gamma factor (mean 1) of each interval of the profile; absent: none."""
    reasons: Ordered[dict[GivenName, Reason]] = Field(min_length=1)
    segments: Ordered[dict[GivenName, Segment]] = Field(min_length=1)
    work: NumberLaw = Field(default=1.0, validate_default=True)
    """The problem part of the work (mean 1): drawn once, the same in every world and for every agent."""
    handling: NumberLaw = Field(default=1.0, validate_default=True)
    """The handling part of the work (mean 1): drawn anew by every agent.

    The split between the two decides what a cut does to the queue.
    """
    patience: DurationLawOrNone
    """How long a customer holds before hanging up, drawn at every hold; ``"none"``: nobody hangs up."""
    patience_again: Literal["anew", "same", "left"] = "anew"
    """What a customer carries from one hold to the next, in the same call and in the next one: nothing, it is drawn
    anew; the same patience; or what is left of it, which an answer does not restore."""
    temper_cv: float = Field(default=0.0, ge=0, le=20)
    """Spread of patience between customers: each has a lasting factor of mean 1."""
    price_aversion: float = Field(default=0.0, ge=0, le=100)
    """Patience is multiplied by exp(-price_aversion x price of a minute of hold in EUR); 0 turns it off."""
    again: Again
    awake: str = "mon-sun 08:00-22:00"
    """When customers will call: a dial that falls outside is moved into the next such time."""
    moved: DurationLaw = Field(default={"law": "uniform", "low": "0 min", "high": "4 h"}, validate_default=True)
    """How long after the next opening a moved dial comes."""

    @model_validator(mode="before")
    @classmethod
    def _volume(cls, written: Any) -> Any:
        """Let the week's volume tell the day's; one that is no number of problems is left to be refused."""
        if not isinstance(written, dict) or "problems_per_week" not in written or "problems_per_day" in written:
            return written
        week = written["problems_per_week"]
        known = isinstance(week, (int, float)) and not isinstance(week, bool) and 0 < week <= 7e7
        return {**written, "problems_per_day": week / 7 if known else 1.0}

    @field_validator("problems_per_week")
    @classmethod
    def _one_volume(cls, week: float | None, info: ValidationInfo) -> float | None:
        day: float | None = info.data.get("problems_per_day")
        if day is None:
            return week
        if week is not None and week / 7 != day:
            raise ValueError(f"problems_per_day is {day:g}, which is {7 * day:g} a week; write one of the two")
        return 7.0 * day

    def problems_by_weekday(self) -> dict[str, float]:
        """Return the problems that appear on a typical day of each name, Monday first."""
        total = sum(self.profile.days)
        return {
            day: 7 * self.problems_per_day * weight / total for day, weight in zip(DAYS, self.profile.days, strict=True)
        }

    def kinds(self) -> Iterator[tuple[Reason, Segment]]:
        """Yield the kinds of customers, each reason with each segment, in the order of their numbers."""
        return itertools.product(self.reasons.values(), self.segments.values())

    def patience_of(self, reason: Reason, segment: Segment) -> Distribution:
        """Return the law of the patience of a kind of customer."""
        return reason.patience or segment.patience or self.patience

    def persistence_of(self, reason: Reason, segment: Segment, cause: Cause, *, later: bool) -> float:
        """Return the probability that a kind of customer tries again, after the first failed attempt or a later one."""
        kind = segment.persistence if reason.persistence is None else reason.persistence
        usual = self.again.persistence if kind is None else kind
        if later and self.again.persistence_later is not None:
            usual = self.again.persistence_later
        return self.again.persistence_after.get(cause, usual)

    @field_validator("work", "handling")
    @classmethod
    def _mean_one(cls, law: NumberLaw) -> NumberLaw:
        if abs(law.mean_value() - 1) > 1e-6:
            raise ValueError(f"it multiplies the work, so its mean is 1, not {law.mean_value():g}")
        return law

    @field_validator("awake")
    @classmethod
    def _is_a_time(cls, awake: str) -> str:
        return week_hours(awake)

    @field_validator("reasons", "segments")
    @classmethod
    def _shares(cls, parts: dict[str, Any]) -> dict[str, Any]:
        total = sum(part.share for part in parts.values())
        if abs(total - 1) > 1e-9:
            raise ValueError(f"the shares add up to 1, not {total:g}")
        if len(parts) > 64:
            raise ValueError("at most 64 are possible")
        return parts
