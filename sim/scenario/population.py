"""Who calls, why, and what they are made of: common to all worlds that are compared."""

from __future__ import annotations

from typing import Any

from pydantic import Field, field_validator, model_validator

from sim.scenario.laws import DurationLaw, DurationLawOrNone, Frozen, MoneyLaw, NumberLaw
from sim.units import Factor, Minutes, Share, week_hours


class Profile(Frozen):
    """When problems appear: a weight per day of the week times a weight per interval of the day."""

    days: tuple[Factor, ...] = Field(default=(1, 1, 1, 1, 1, 1, 1), min_length=7, max_length=7)
    """Seven weights, Monday first; only their ratios matter."""
    intervals: tuple[Factor, ...] = Field(default=(1,), min_length=1, max_length=96)
    """Weights of equal intervals that divide the day: 24 for hours, 48 for half-hours, 96 for quarters."""

    @field_validator("intervals")
    @classmethod
    def _divides_the_day(cls, intervals: tuple[float, ...]) -> tuple[float, ...]:
        if 1440 % len(intervals):
            raise ValueError("intervals must divide the day: 1, 24, 48 or 96 weights are usual")
        return intervals

    @model_validator(mode="after")
    def _someone_comes(self) -> Profile:
        if not sum(self.days) or not sum(self.intervals):
            raise ValueError("all weights are zero: nobody would ever have a problem")
        return self


class Reason(Frozen):
    """One reason for calling."""

    share: Share
    """Share of all problems; the reasons' shares add up to 1."""
    work: Factor = 1.0
    """Work it needs, as a multiple of the team's mean talk."""
    difficulty: dict[str, Share] = Field(default={"plain": 1.0}, min_length=1)
    """Shares of the difficulty classes, fixed for a problem; they add up to 1."""
    gesture_share: Share = 0.0
    """Share of these problems that call for a gesture of money."""
    gesture: MoneyLaw = Field(default=0.0, validate_default=True)
    """Size of the gesture called for (EUR)."""
    recurrence: Share = 0.0
    """Probability that the cause strikes again within a year."""
    severity: Share = 1.0
    """Part of the full value of an outage that is lost while the problem lasts."""

    @field_validator("difficulty")
    @classmethod
    def _whole(cls, difficulty: dict[str, float]) -> dict[str, float]:
        if abs(sum(difficulty.values()) - 1) > 1e-9:
            raise ValueError(f"the shares add up to 1, not {sum(difficulty.values()):g}")
        return difficulty


class Segment(Frozen):
    """A kind of customer."""

    share: Share
    """Share of all customers; the segments' shares add up to 1."""
    value_of_time: MoneyLaw
    """Worth of an hour of the customer's time (EUR/h)."""
    outage_value: MoneyLaw
    """Worth of an hour of the service, when it is used (EUR/h)."""
    hours_of_use: NumberLaw
    """Hours a day during which the service is used (h)."""
    other_network: Share = 0.0
    """Share who call from another network than the firm's own."""
    autonomy: Share = 0.0
    """Share who would rather ask other customers first."""
    lock_in: NumberLaw = Field(default=0.0, validate_default=True)
    """How strongly held back from leaving, 0 to 1."""
    renewal: NumberLaw = Field(default=12.0, validate_default=True)
    """Months until the contract may be left."""
    worth: MoneyLaw = Field(default=0.0, validate_default=True)
    """Margin the customer brings in a year (EUR)."""


class Again(Frozen):
    """What a customer does after a failed attempt."""

    persistence: Share
    """Probability to try again, the same after every failed attempt."""
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
    """Problems that appear per day, on average over the week."""
    profile: Profile = Field(default_factory=Profile)
    busyness_day: float | None = Field(default=None, gt=0)
    """Shape of the Gamma factor (mean 1) of each day; absent: none."""
    busyness_interval: float | None = Field(default=None, gt=0)
    """Shape of the Gamma factor (mean 1) of each interval of the profile; absent: none."""
    reasons: dict[str, Reason] = Field(min_length=1)
    segments: dict[str, Segment] = Field(min_length=1)
    work: NumberLaw = Field(default=1.0, validate_default=True)
    """The problem part of the work (mean 1): drawn once, the same in every world and for every agent."""
    handling: NumberLaw = Field(default=1.0, validate_default=True)
    """The handling part of the work (mean 1): drawn anew by every agent.

    The split between the two decides what a cut does to the queue.
    """
    patience: DurationLawOrNone
    """How long a customer holds before hanging up, drawn at every hold; ``"none"``: nobody hangs up."""
    temper_cv: float = Field(default=0.0, ge=0, le=20)
    """Spread of patience between customers: each has a lasting factor of mean 1."""
    price_aversion: float = Field(default=0.0, ge=0, le=100)
    """Patience is multiplied by exp(-price_aversion x price of a minute of hold in EUR); 0 turns it off."""
    again: Again
    awake: str = "mon-sun 08:00-22:00"
    """When customers will call: a dial that falls outside is moved into the next such time."""
    moved: DurationLaw = Field(default={"law": "uniform", "low": "0 min", "high": "4 h"}, validate_default=True)
    """How long after the next opening a moved dial comes."""

    @field_validator("busyness_day", "busyness_interval", mode="before")
    @classmethod
    def _or_none(cls, written: Any) -> Any:
        return None if written == "none" else written

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
