"""Who calls, why, and what they are made of: common to all worlds that are compared."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt
from pydantic import Field, ValidationInfo, field_validator, model_validator

from sim.asked import nearest
from sim.moments import date_of, day_of, is_dated
from sim.quoting import short
from sim.units import (
    DAYS,
    Euros,
    Factor,
    Minutes,
    Share,
    slots_of_all,
    week_hours,
)
from sim.world.arrivals import Replay, Shock, SpecialDay, volume_of
from sim.world.distributions import Distribution
from sim.world.facts import (
    AtMost,
    GivenName,
    Harmless,
    InsteadOf,
    Ordered,
    OrNone,
    UpToAYear,
    Whole,
)
from sim.world.frozen import Frozen
from sim.world.laws import DurationLaw, DurationLawOrNone, MoneyLaw, NumberLaw
from sim.world.mixing import mixed
from sim.world.profile import FINEST, Profile, Weights
from sim.world.shares import whole

Cause = Literal["blocked", "abandoned", "cut", "dismissed", "unsolved", "unanswered"]
CAUSES: tuple[Cause, ...] = get_args(Cause)
"""How a failed attempt ends, in the order of `sim.mechanisms.state.outcome`."""
Shape = Annotated[float, Field(gt=0.01, le=1e6)]
PerDay = Annotated[float, Field(ge=0, le=1440), AtMost(24, " contacts a day")]
Correlation = Annotated[float, Field(ge=-0.999, le=0.999)]
_COUNTS_OF_A_DAY = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_MOST_DAYS = 1000
_MOST_SHOCKS = 64
if TYPE_CHECKING:
    _ReplayOrFile: TypeAlias = Replay
else:
    _ReplayOrFile = str | Replay
_OF_CHANCE = (
    "busyness_day", "busyness_day_correlation", "busyness_interval", "busyness_interval_correlation", "special_days",
    "shocks",
)  # fmt: skip
"""What says by chance when problems appear."""


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
    first_contact: UpToAYear[OrNone[DurationLaw]] = None
    """How long after it appears the customer first turns to the firm, such as at the next visit; absent: at once."""
    ready: UpToAYear[OrNone[DurationLaw]] = None
    """How long after it appears the problem can be solved at all, such as a document that has to be made first; absent:
    at once."""
    deadline: UpToAYear[OrNone[Annotated[Minutes, Field(gt=0)]]] = None
    """How long after it appears the solution is still of use for the money that the customer has advanced: until his
    own deadline; absent: he has none."""
    advanced: OrNone[Annotated[Euros, Field(gt=0)]] = None
    """Money that the customer has advanced, and has back if the problem is solved by `deadline` (EUR); absent: none."""
    patience: DurationLawOrNone | None = None
    """How long one holds with such a problem, in place of `population.patience` and of the segment's."""
    persistence: OrNone[Share] = None
    """Probability to try again with such a problem, in place of `again.persistence` and of the segment's."""
    profile: OrNone[Profile] = None
    """When these problems appear, in place of `population.profile`; absent: as all others do. How many there are stays
    the share of the week's volume."""

    @field_validator("difficulty")
    @classmethod
    def _whole(cls, difficulty: dict[str, float]) -> dict[str, float]:
        whole(difficulty)
        return difficulty

    @model_validator(mode="after")
    def _are_given_together(self) -> Reason:
        if (self.deadline is None) != (self.advanced is None):
            raise ValueError(
                "deadline and advanced belong together: what was advanced is lost at the deadline; "
                "give both, or neither"
            )
        return self


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
    profile: OrNone[Profile] = None
    """When customers of this kind have their problems; absent: as the problems of all appear.

    It moves no problem, it says whose they are. A segment's share of the problems of an interval of the week is
    proportional to a x (its profile's part of the week in it) / (the part of all problems in it), with 1 in place of
    that ratio where it has no profile; the constants a, one for each segment, are those with which its share over the
    whole week is `share` (iterative proportional fitting). On special days it is as on a usual day of that name, and
    special days count for nothing in the share over the week."""


class Again(Frozen):
    """What a customer does after a failed attempt."""

    persistence: Share
    """Probability to try again, the same after every failed attempt where nothing else is said."""
    persistence_later: OrNone[Share] = None
    """After the second failed attempt and all later ones, in place of any other, but for `persistence_after`."""
    persistence_after: dict[Cause, Share] = Field(default={})
    """By how the attempt has ended, in place of any other: blocked, abandoned, cut, dismissed, unsolved or
    unanswered."""
    most_attempts: int = Field(default=40, ge=1, le=4000)
    """Attempts after which anyone stops; the share that reaches it is reported."""
    after_blocked: DurationLaw
    """Delay before the next call where all lines were busy."""
    after_abandoned: DurationLaw
    """Delay before the next call after hanging up while on hold."""
    after_cut: DurationLaw
    """Delay before the next call after the line was cut, by the clock or by an agent who hung up."""
    after_dismissed: DurationLaw
    """Delay after being turned away at closing time."""
    after_unsolved: DurationLaw
    """Delay after learning that the problem is not solved."""
    after_unanswered: DurationLaw = Field(default="0 min", validate_default=True)
    """Delay after having waited for the answer to a message in vain."""
    lives_with_it: Minutes = 20160.0
    """How long the service stays lost to those who give up and pay no repair, until they find another way."""
    repair_share: Share = 0.0
    """Share of those who give up who pay a repair of their own; the others live with the problem."""
    repair: MoneyLaw = Field(default=0.0, validate_default=True)
    """Price of that repair (EUR)."""


class Chasing(Frozen):
    """How often customers ask how it stands while the firm works on their case."""

    without_date: PerDay = 0.9
    """Contacts a day where no date was promised."""
    before_date: PerDay = 0.25
    """Contacts a day before the date that was promised."""
    after_broken: PerDay = 1.5
    """Contacts a day once the date is over."""
    informed: PerDay = 0.15
    """Contacts a day of those whom the firm tells by itself how it stands, until a promise is broken."""
    after: DurationLaw = Field(default="0 min", validate_default=True)
    """How long after the opening of the case nobody asks yet."""


class Population(Frozen):
    """Problems and the customers who have them."""

    problems_per_day: float = Field(gt=0, le=1e7)
    """Problems that appear per day: the mean of the week's seven days, those without a problem counted."""
    problems_per_week: Annotated[float | None, InsteadOf("problems_per_day")] = Field(
        default=None, gt=0, le=7e7, exclude=True, validate_default=True
    )
    """Problems that appear per week, in place of `problems_per_day`, which is a seventh of it."""
    profile: Profile = Field(default_factory=Profile)
    """When problems appear: over the days of the week, and over the intervals of a day."""
    counts: Annotated[OrNone[str | dict[_COUNTS_OF_A_DAY, Weights]], InsteadOf("problems_per_day", ("profile",))] = (
        Field(default=None, exclude=True)
    )
    """Problems of each interval of a usual week, in place of `problems_per_day` and `profile`, which follow from them:
    a CSV file (its path from this file, or the name of a shipped one), or a list for each day of the week."""
    busyness_day: OrNone[Shape] = None
    """Shape of the Gamma factor (mean 1) of each day; absent: none."""
    busyness_day_correlation: Correlation = 0.0
    """How much a busy day is followed by another: the lag-1 correlation of the stationary AR(1) of normal scores behind
    the factors of the days. The factors themselves are correlated a little less, the counts less still."""
    busyness_interval: OrNone[Shape] = None
    """Shape of the Gamma factor (mean 1) of each interval of `population.profile`; absent: none."""
    busyness_interval_correlation: Correlation = 0.0
    """How much a busy interval is followed by another: as with days, over all intervals of the run, across midnight."""
    special_days: dict[str, SpecialDay] = Field(default={}, max_length=_MOST_DAYS)
    """Days unlike others of their name: ``"week 2, fri"``, or ``"2026-12-25"`` where `time.first_monday` is given."""
    shocks: Ordered[dict[GivenName, Shock]] = Field(default={}, max_length=_MOST_SHOCKS)
    """Causes that strike many at once, by name: their problems come beside those of `problems_per_day`, and no busyness
    and no special day multiplies them."""
    replay: Annotated[
        Whole[OrNone[_ReplayOrFile]],
        InsteadOf("problems_per_day", ("profile", "counts", *_OF_CHANCE)),
    ] = None
    """Exact times at which problems appear, in place of a volume and of chance: a CSV file with the columns time and,
    if wanted, reason and segment (its path from this file), or lists. All else is drawn by key, as ever."""
    reasons: Ordered[dict[GivenName, Reason]] = Field(min_length=1)
    """Why they call, by the name of the reason; the reasons' shares add up to 1."""
    segments: Ordered[dict[GivenName, Segment]] = Field(min_length=1)
    """Kinds of customers, by name; the segments' shares add up to 1."""
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
    """What a customer does after a failed attempt."""
    chasing: OrNone[Chasing] = None
    """How often customers ask how it stands while the firm works on their case; absent: they never do."""
    awake: str | Annotated[tuple[str, ...], Field(min_length=1)] = "mon-sun 08:00-22:00"
    """When customers will call, one stretch or several: a dial that falls outside is moved into the next such time."""
    moved: DurationLaw = Field(default={"law": "uniform", "low": "0 min", "high": "4 h"}, validate_default=True)
    """How long after the next opening a moved dial comes."""

    @model_validator(mode="before")
    @classmethod
    def _volume(cls, written: Any) -> Any:
        """Let counts, the week's volume or a replay tell the day's; what is no such thing is left to be refused."""
        if not isinstance(written, dict):
            return written
        if are_counts(written.get("counts")) and not _VOLUMES & set(written):
            written = {**written, **volume_of(written["counts"])}
            del written["counts"]
        if "problems_per_day" in written:
            return written
        if written.get("replay") not in (None, "none"):
            return {**written, "problems_per_day": _per_day(written["replay"])}
        if "problems_per_week" not in written:
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

    @field_validator("counts")
    @classmethod
    def _is_resolved(cls, counts: Any) -> None:
        if isinstance(counts, str):
            raise ValueError(f"{_FILE_ONLY}; give the counts themselves, a list for each day of the week")
        if counts is not None:
            raise ValueError("counts say how many problems appear and when; leave out the volume and the profile")

    @field_validator("replay")
    @classmethod
    def _is_read(cls, replay: Any) -> Any:
        if isinstance(replay, str):
            raise ValueError(f"{_FILE_ONLY}; give the times themselves, at = [...]")
        return replay

    @field_validator("special_days")
    @classmethod
    def _are_days(cls, days: dict[str, SpecialDay]) -> dict[str, SpecialDay]:
        refused = list(_no_days(days))
        if refused:
            raise ValueError("; ".join(refused))
        return days

    @model_validator(mode="after")
    def _fits_together(self) -> Population:
        if self.intervals_a_day() > FINEST:
            lengths = ", ".join(map(str, sorted({len(shape) for shape in self._all_shapes()})))
            raise ValueError(
                f"profiles of {lengths} intervals a day do not fit each other; "
                "give each as many, or a number that divides them"
            )
        if self.replay is not None:
            _replayable(self, self.replay)
        if any(segment.profile is not None for segment in self.segments.values()):
            self.segment_shares()  # refuses what cannot be
        return self

    def problems_by_weekday(self) -> dict[str, float]:
        """Return the problems that appear on a typical day of each name, Monday first; no special day is one."""
        days = dict.fromkeys(DAYS, 0.0)
        own = [(reason.share, reason.profile) for reason in self.reasons.values() if reason.profile is not None]
        parts = [(1.0 - math.fsum(share for share, _ in own), self.profile), *own]
        for share, profile in parts:
            week = 7 * self.problems_per_day * share
            for name, weight in zip(DAYS, profile.days, strict=True):
                days[name] += week * weight / sum(profile.days)
        return days

    def segment_shares(self) -> npt.NDArray[np.float64]:
        """Return the share of each segment in each interval of the week: shape (intervals, segments)."""
        reasons = [(reason.share, reason.profile or self.profile) for reason in self.reasons.values()]
        segments = [(segment.share, segment.profile) for segment in self.segments.values()]
        return mixed(reasons, segments, self.intervals_a_day())

    def intervals_a_day(self) -> int:
        """Return how many equal intervals a day has: as many as all profiles and special days together tell apart."""
        return math.lcm(*(len(shape) for shape in self._all_shapes()))

    def dates(self) -> tuple[str, ...]:
        """Return the special days that are told by their date."""
        return tuple(filter(is_dated, self.special_days))

    def _all_shapes(self) -> Iterator[tuple[float, ...]]:
        own = [*(one.profile for one in self.reasons.values()), *(one.profile for one in self.segments.values())]
        for profile in (self.profile, *filter(None, own)):
            yield from profile.shapes()
        yield from (day.profile for day in self.special_days.values() if day.profile is not None)

    def kinds(self) -> Iterator[tuple[Reason, Segment]]:
        """Yield the kinds of customers, each reason with each segment, in the order of their numbers."""
        return itertools.product(self.reasons.values(), self.segments.values())

    def awake_slots(self) -> frozenset[int]:
        """Return the slots of the week in which customers will call."""
        return slots_of_all(self.awake_hours())

    def awake_hours(self) -> tuple[str, ...]:
        """Return the stretches of the week in which customers will call."""
        return (self.awake,) if isinstance(self.awake, str) else self.awake

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
    def _is_a_time(cls, awake: str | tuple[str, ...]) -> str | tuple[str, ...]:
        hours = tuple(map(week_hours, (awake,) if isinstance(awake, str) else awake))
        return hours if len(hours) > 1 else hours[0]

    @field_validator("reasons", "segments")
    @classmethod
    def _shares(cls, parts: dict[str, Any]) -> dict[str, Any]:
        total = sum(part.share for part in parts.values())
        if abs(total - 1) > 1e-9:
            raise ValueError(f"the shares add up to 1, not {total:g}")
        if len(parts) > 64:
            raise ValueError("at most 64 are possible")
        return parts


_VOLUMES = {"problems_per_day", "problems_per_week", "profile", "replay"}
_FILE_ONLY = "names a file, which only a world's file and sim.variant read"


def are_counts(counts: Any) -> bool:
    """Say whether these are counts by day that can be told as volume and profile."""
    return isinstance(counts, dict) and all(
        day in DAYS
        and isinstance(numbers, (list, tuple))
        and all(isinstance(one, (int, float)) and not isinstance(one, bool) and 0 <= one <= 1e9 for one in numbers)
        for day, numbers in counts.items()
    )


def _per_day(replay: Any) -> float:
    """Return the mean number a day of a replay, of whatever form; any number where it will be refused."""
    try:
        return (replay if isinstance(replay, Replay) else Replay.model_validate(replay)).per_day()
    except (ValueError, ArithmeticError):
        return 1.0


def _no_days(days: dict[str, SpecialDay]) -> Iterator[str]:
    for written in days:
        try:
            date_of(written) if is_dated(written) else day_of(written)
        except ValueError as error:
            yield str(error).replace(";", ":")


def _replayable(population: Population, replay: Replay) -> None:
    """Refuse what speaks of chance beside a replay, and names that nothing bears."""
    plain = {"profile": Profile(), "special_days": {}, "shocks": {}}
    spoken = [key for key in ("profile", *_OF_CHANCE) if getattr(population, key) != plain.get(key, _default(key))]
    spoken += ["problems_per_day"] if population.problems_per_day != replay.per_day() else []
    for what in ("reasons", "segments"):
        spoken += [f"{what}.{name}.profile" for name, one in getattr(population, what).items() if one.profile]
    if spoken:
        raise ValueError(f"replay says when every problem appears; leave out {', '.join(map(short, spoken[:12]))}")
    for what in ("reasons", "segments"):
        known = {*getattr(population, what), ""}
        unknown = next((name for name in getattr(replay, what) if name not in known), None)
        if unknown is not None:
            raise ValueError(f"replay names {short(unknown)}; {nearest(unknown, known - {''}, f'the {what} are')}")


def _default(key: str) -> Any:
    return Population.model_fields[key].default
