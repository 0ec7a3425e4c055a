"""Cases: what the firm works on while the customer is away, step by step."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from sim.units import Euros, Minutes, Share, slots_of_all, week_hours
from sim.world.facts import (
    ClassName,
    GivenName,
    Harmless,
    Ordered,
    OrNone,
    QueueName,
    SegmentName,
    UpToADay,
    UpToAYear,
)
from sim.world.frozen import Frozen
from sim.world.laws import DurationLaw, DurationLawOrNone


class Visit(Frozen):
    """A technician comes to the customer, by appointment."""

    appointment: UpToAYear[DurationLaw]
    """From the booking to the visit; one that falls outside the hours is moved into the next such time."""
    appointment_for: UpToAYear[dict[SegmentName, DurationLaw]] = Field(default={})
    """The same by segment, in place of `appointment`."""
    hours: str | Annotated[tuple[str, ...], Field(min_length=1)] = "mon-sat 08:00-18:00"
    """When technicians come, one stretch or several."""
    missed: Share = 0.0
    """Share of the appointments that come to nothing: another one is made."""
    at_home: UpToADay[DurationLaw] = Field(default="60 min", validate_default=True)
    """Customer's time at home for it."""
    again: Share = 0.0
    """Share of the visits after which the technician has to come once more."""
    cost: Euros = 0.0
    """What a visit costs the firm, one that comes to nothing too (EUR)."""

    @field_validator("hours")
    @classmethod
    def _is_a_time(cls, hours: str | tuple[str, ...]) -> str | tuple[str, ...]:
        written = tuple(map(week_hours, (hours,) if isinstance(hours, str) else hours))
        return written if len(written) > 1 else written[0]

    def slots(self) -> frozenset[int]:
        """Return the slots of the week in which technicians come."""
        return slots_of_all((self.hours,) if isinstance(self.hours, str) else self.hours)


class Step(Frozen):
    """One step of a case: it lies, or others have it; then a team works on it, or a technician comes."""

    share: Share = 1.0
    """Share of the cases that need this step."""
    takes: UpToAYear[DurationLaw] = Field(default="0 min", validate_default=True)
    """How long it lies first, or a third party has it."""
    takes_for: UpToAYear[dict[SegmentName, DurationLaw]] = Field(default={})
    """The same by segment, in place of `takes`."""
    until_ready: bool = False
    """It lies until the problem can be solved at all (`population.reasons.NAME.ready`)."""
    team: OrNone[QueueName] = None
    """The team, or queue, that then works on it; absent: none does."""
    visit: OrNone[Visit] = None
    """Whether a technician comes; absent: none does."""
    solves: Harmless[OrNone[Share | dict[ClassName, Share]]] = None
    """Chance that the problem is solved after it, or those by difficulty class; absent: the team's own chances, or
    none where no team works on it."""


class Case(Frozen):
    """What the firm knows and works on while the customer is away: it is opened where a path leads to it."""

    steps: Ordered[dict[GivenName, Step]] = Field(min_length=1)
    """What is done, one after the other, until the problem is solved."""
    rounds: Annotated[int, Field(ge=1, le=100)] = 1
    """How often the steps are gone through at most; then the customer is told that it was not solved."""
    registered: Share = 1.0
    """Share of the cases that are really registered; of the others nobody knows until the customer asks."""
    asking: UpToADay[DurationLaw] = Field(default="2 min", validate_default=True)
    """Talk, or work, for a customer who asks how it stands."""
    patience: DurationLawOrNone = Field(default="none", validate_default=True)
    """How long one waits for the solution before one gives up; ``"none"``: for ever."""


class Promise(Frozen):
    """The customer is told by when it will be done."""

    within: UpToAYear[Minutes]
    """Time from the opening of the case to the date that is promised."""
    renewed: Share = 1.0
    """Share of the contacts after a broken promise in which a new date is promised."""


class News(Frozen):
    """The firm tells by itself how it stands, at every step."""

    cost: Euros = 0.0
    """What it costs the firm to tell once (EUR)."""
