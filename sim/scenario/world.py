"""A world: one way of answering, as a frozen value. Every field says what it is; TOML files hold values."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, field_validator

from sim.quoting import quoted
from sim.scenario.frozen import Frozen
from sim.scenario.laws import DurationLaw, whole
from sim.scenario.levers import Levers
from sim.scenario.population import Population
from sim.units import (
    SLOT,
    SLOTS_A_WEEK,
    Euros,
    EurosAnHour,
    Factor,
    Minutes,
    Share,
    hours_of_slots,
    week_hours,
    week_slots,
)


def _or_none(written: Any) -> Any:
    return None if written == "none" else written


Points = Annotated[float, Field(ge=0, le=1000)]
"""A weight of the effort index."""


class Horizon(Frozen):
    """How long a replication lasts. Problems appear through all three stretches without a break."""

    warm_up: Minutes
    """Before anything is measured."""
    horizon: Annotated[Minutes, Field(gt=0)]
    """Problems that appear here are measured, and calls made here."""
    follow_up: Minutes
    """After the horizon, so that its journeys come to their end."""

    @field_validator("warm_up", "horizon", "follow_up")
    @classmethod
    def _whole_slots(cls, minutes: float) -> float:
        if minutes % SLOT:
            raise ValueError("the stretches of a run are whole half-hours")
        return minutes

    @property
    def end(self) -> float:
        """End of the run (min from Monday 00:00 of the first week)."""
        return self.warm_up + self.horizon + self.follow_up


class Announcement(Frozen):
    """A voice that tells the expected wait; who hears more than his patience hangs up at once."""

    factor: Factor = 1.0
    """What is announced over what is expected: below 1 the firm flatters itself."""


class Line(Frozen):
    """The telephone line: how one gets in."""

    lines: Annotated[int, Field(ge=0, le=10**7)] | None = Field(default=None)
    """Calls that fit at once, menu and hold included; absent (or ``"none"``): no limit."""
    open: tuple[str, ...] = Field(min_length=1)
    """When calls are taken, such as ``["mon-fri 08:00-20:00", "sat 09:00-12:00"]``."""
    closing: Literal["dismiss", "serve"] = "dismiss"
    """At closing, those who hold are turned away, or served before the agents leave. Talks always finish."""
    menu: DurationLaw = Field(default="0 s", validate_default=True)
    """Time spent in the voice server before the hold."""
    team: str
    """The team the menu leads to."""
    routes: dict[str, str] = Field(default={})
    """Teams for some reasons, by reason, instead of `team`."""
    misrouted_to: str | None = None
    """The team a misrouted call lands in; absent: the usual one, whose agent is then not the right one."""
    balking: Share = 0.0
    """Share who hang up at once when they are not served at once."""
    announcement: Announcement | None = None

    _none = field_validator("lines", "misrouted_to", "announcement", mode="before")(_or_none)

    @field_validator("open")
    @classmethod
    def _some_time(cls, hours: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(week_hours(written) for written in hours)

    def open_slots(self) -> tuple[bool, ...]:
        """Say of each slot of the week whether the line is open."""
        opened = {slot for written in self.open for slot in week_slots(written)}
        return tuple(slot in opened for slot in range(SLOTS_A_WEEK))


class Billed(Frozen):
    """Which parts of a call the meter charges."""

    menu: bool = True
    hold: bool = True
    transfer_hold: bool = True
    approval_hold: bool = True
    talk: bool = True
    """Identification, explanation and talk."""


Price = Annotated[Euros, Field(le=100)]


class Tariff(Frozen):
    """What a call costs the caller, and what the firm keeps of it."""

    regime: str | None = None
    """A named regime whose values stand where this block gives none: see ``scenarios/tariffs/``."""
    price_per_call: Price = 0.0
    """Charged when the meter starts (EUR)."""
    price_per_minute: Price = 0.0
    off_peak_price_per_minute: Price | None = None
    """Outside `peak`; absent: the same at all times. The price is that of the time of dialling."""
    peak: tuple[str, ...] = ("mon-fri 08:00-19:00",)
    rounding: Literal["second", "minute"] = "second"
    """Billed to the second, or by started minute."""
    starts: Literal["pick_up", "first_agent"] = "pick_up"
    """The meter starts when the voice server picks up, or with the first agent."""
    hold_billed: Literal["always", "never", "own_network_free"] = "always"
    """Menu and every hold: charged, free, or free only from the firm's own network."""
    billed: Billed = Field(default_factory=Billed)
    cap: Euros | None = None
    """Most that one call may cost (EUR)."""
    firm_share: Share = 0.0
    """Part of the toll that the firm receives."""

    _none = field_validator("regime", "off_peak_price_per_minute", "cap", mode="before")(_or_none)

    @field_validator("peak")
    @classmethod
    def _times(cls, hours: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(week_hours(written) for written in hours)


def _overlapping(staff: dict[str, int], first: str, second: str) -> str:
    """Say which hours stand twice, and how to write both: as the agents that they come to together."""
    agents: dict[int, int] = {}
    for written in (first, second):
        for slot in week_slots(written):
            agents[slot] = agents.get(slot, 0) + staff[written]
    numbers = sorted(set(agents.values()))
    whole = [
        (hours, number) for number in numbers for hours in hours_of_slots(s for s in agents if agents[s] == number)
    ]
    said = f"{quoted(second)} overlaps {quoted(first)}, and agents do not add up silently"
    table = ", ".join(f'"{hours}" = {number}' for hours, number in whole)
    return f"{said}; if both are at work, write {table}" if len(whole) <= 8 else f"{said}; write each half hour once"


class Team(Frozen):
    """Agents with the same skills and powers."""

    staff: Annotated[int, Field(ge=0, le=100_000)] | dict[str, Annotated[int, Field(ge=0, le=100_000)]]
    """Agents at work: a number while the line is open, or by hours of the week (hours left out have none)."""
    talk: Minutes
    """Mean talk of a whole problem of ordinary work, identification and explanation not included."""
    after_call: DurationLaw = Field(default="0 s", validate_default=True)
    """After-call work, which keeps the agent."""
    wage: EurosAnHour
    """Cost of an hour at work, idle or not (EUR/h)."""
    speed_cv: float = Field(default=0.0, ge=0, le=3)
    """Spread of speed between agents (coefficient of variation of their talk, mean 1)."""
    competent: Share = 1.0
    """Share of legs whose agent is the right one for the problem."""
    wrong_talk: Share = 0.25
    """Part of the talk that passes before a wrong agent sees that he is not the right one."""
    solve: dict[str, Share] = Field(default={})
    """Probability of solving, by difficulty class (``"reason.class"`` for one reason alone)."""

    @field_validator("staff")
    @classmethod
    def _times(cls, staff: int | dict[str, int]) -> int | dict[str, int]:
        if isinstance(staff, int):
            return staff
        taken: dict[int, str] = {}
        for written in staff:
            for slot in week_slots(written):
                if slot in taken:
                    raise ValueError(_overlapping(staff, taken[slot], written))
                taken[slot] = written
        return {week_hours(written): number for written, number in staff.items()}

    def by_slot(self, open_slots: tuple[bool, ...]) -> tuple[int, ...]:
        """Return the agents at work in each slot of the week."""
        if isinstance(self.staff, int):
            return tuple(self.staff if opened else 0 for opened in open_slots)
        agents = [0] * SLOTS_A_WEEK
        for written, number in self.staff.items():
            for slot in week_slots(written):
                agents[slot] = number
        return tuple(agents)


class Path(Frozen):
    """One way on from a team: who passes the customer to whom, when and how."""

    ordered: ClassVar = ("to",)

    source: str | tuple[str, ...] = Field(alias="from")
    """The team, or teams, that pass on."""
    to: str | dict[str, Share]
    """The team that receives, or several with their shares."""
    when: Literal["wrong_person", "above_limit", "unsolved"]
    """Because the agent is not the right one, may not grant the gesture, or did not solve it."""
    how: Literal["cold", "warm"] = "cold"
    """Back into a queue, or with the next agent briefed while the customer holds."""
    by: Literal["live", "ticket"] = "live"
    """In the same call, or as a ticket: the call ends and the answer comes later."""
    tries: int = Field(default=3, ge=1, le=60)
    """Times this path may be taken within one call."""
    briefing: DurationLaw = Field(default="0 s", validate_default=True)
    """Warm: time the next agent is briefed while the customer holds."""
    delay: DurationLaw = Field(default="24 h", validate_default=True)
    """Ticket: time until the answer."""

    model_config = ConfigDict(populate_by_name=True)

    def sources(self) -> tuple[str, ...]:
        """Return the teams that may take this path."""
        return (self.source,) if isinstance(self.source, str) else self.source

    def targets(self) -> dict[str, float]:
        """Return the receiving teams with their shares."""
        return {self.to: 1.0} if isinstance(self.to, str) else dict(self.to)

    @field_validator("to")
    @classmethod
    def _whole(cls, to: str | dict[str, float]) -> str | dict[str, float]:
        if isinstance(to, dict):
            whole(to)
        return to


class ServiceLevel(Frozen):
    """Which of the field's definitions of the service level is printed."""

    definition: Literal["sl1", "sl2", "arena", "served"] = "sl1"
    within: Minutes = 1 / 3
    """Acceptable waiting time."""
    target: Share = 0.8


class Effort(Frozen):
    """Weights of the effort index. No published weights exist: these are ours, to be swept."""

    active_minutes: Annotated[Minutes, Field(ge=1 / 60)] = 30.0
    """Active time that weighs one point."""
    repeat: Points = 1.0
    transfer_cold: Points = 0.8
    transfer_warm: Points = 0.24
    identified_again: Points = 0.25
    """With the next: half a point for each later agent to whom all is told again."""
    explained_again: Points = 0.25
    cut: Points = 1.2
    contradicted: Points = 0.6
    wrong_pitch: Points = 0.6
    long_hold: Points = 0.3
    """Each hold of more than `long_hold_after`."""
    long_hold_after: Minutes = 3.0
    owned: Factor = 0.6
    """Multiplies the feeling (all but the minutes) where the firm owns the problem and explains it."""


class Loyalty(Frozen):
    """From effort to leaving and talking: see docs/model.md for the laws and their sources."""

    base_churn: Share = 0.12
    """Share of customers who leave in a year whatever happens."""
    kappa: Share = 0.3
    """Intention is not action: share of the disloyal who act."""
    people_told: float = Field(default=10.0, ge=0, le=1e6)
    """People told by one who speaks ill."""
    lost_per_told: Share = 0.0
    """Share of the people told whom the firm loses as new customers."""
    acquisition: Euros = 225.0
    """Worth of a new customer won without spending (EUR)."""
    years_lost: float = Field(default=3.0, ge=0, le=100)
    """Years of margin lost with a customer who leaves."""


class World(Frozen):
    """One organisation, whole."""

    ordered: ClassVar = ("teams", "paths")

    name: str
    about: str
    time: Horizon
    population: Population
    line: Line
    tariff: Tariff
    teams: dict[str, Team] = Field(min_length=1)
    paths: dict[str, Path] = Field(default={})
    levers: Levers = Field(default_factory=Levers)
    service_level: ServiceLevel = Field(default_factory=ServiceLevel)
    effort: Effort = Field(default_factory=Effort)
    loyalty: Loyalty = Field(default_factory=Loyalty)

    def __repr__(self) -> str:
        return f"<World {self.name}>"
