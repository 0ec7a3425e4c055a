"""Agents with the same skills and powers: when they are at work, how they work, and what that costs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, field_validator, model_validator

from sim.quoting import quoted
from sim.units import (
    SLOTS_A_WEEK,
    EurosAnHour,
    Factor,
    Minutes,
    Share,
    hours_of_slots,
    week_hours,
    week_slots,
)
from sim.world.distributions import Distribution
from sim.world.facts import (
    ClassName,
    GivenName,
    Harmless,
    HowToWrite,
    Ordered,
    OrNone,
    QueueName,
    ReasonName,
    UpToADay,
    Whole,
)
from sim.world.frozen import Frozen
from sim.world.laws import DurationLaw, NumberLaw
from sim.world.shift import Shift

Agents = Annotated[int, Field(ge=0, le=100_000)]


def _as_written(talk: Any) -> str:
    return "a law" if isinstance(talk, (dict, Frozen)) else "a mean"


Premium = Annotated[float, Field(ge=0, le=10, json_schema_extra={"unit": "factor"})]
TalkTime = Annotated[
    Annotated[Minutes, Tag("a mean")] | Annotated[DurationLaw, Tag("a law")], Discriminator(_as_written)
]
"""A mean talk, or a law of talks."""


class Learning(Frozen):
    """How agents become better with every call: what a new one lacks is halved after so many."""

    halved_after: Annotated[float, Field(gt=0, le=1e6)]
    """Calls after which half of the difference to an old hand is gone."""
    talk_at_first: Factor = 1.0
    """Talk of one who has taken no call yet, over that of an old hand."""
    solves_at_first: Share = 1.0
    """Chance of solving of one who has taken no call yet, over that of an old hand."""
    experience: NumberLaw = Field(default=0.0, validate_default=True)
    """Calls that an agent has taken before the run."""


class Advice(Frozen):
    """A colleague of another team is asked to join in after the talk: both agents are then busy."""

    team: QueueName
    """Whose agents are asked: a team, or a queue."""
    share: Share
    """Share of talks after which one is asked."""
    lasts: UpToADay[DurationLaw]
    """How long they talk together."""
    if_busy: Literal["skip", "wait"] = "skip"
    """Where no colleague is idle: one does without, or waits."""


class Team(Frozen):
    """Agents with the same skills and powers."""

    staff: Whole[Agents | dict[str, Agents]] = 0
    """Agents at work: a number while the line is open, or by hours of the week (hours left out have none)."""
    shifts: Ordered[dict[GivenName, Shift]] = Field(default={})
    """In place of `staff`: agents by shift, with their breaks."""
    absent: Share = 0.0
    """Share of agent days lost to sickness: he who is absent is so from 04:00 to 04:00, in every world, and is paid."""
    shrinkage: Annotated[Share, Field(le=0.9)] = 0.0
    """Share of the paid time that is not scheduled here: leave, training, meetings. Whoever is at work for 70 hours
    with a shrinkage of .3 is paid for 100."""
    talk: Annotated[UpToADay[TalkTime], HowToWrite('write its mean, such as "8 min", or a law of durations')]
    """Talk of a whole problem of ordinary work, identification and explanation not included: its mean, spread as
    `population.handling` says; or a law, in place of that."""
    talk_for: UpToADay[dict[ReasonName, TalkTime]] = Field(default={})
    """The same by reason, in place of `talk`."""
    after_call: UpToADay[DurationLaw] = Field(default="0 s", validate_default=True)
    """After-call work, which keeps the agent."""
    serves: OrNone[Whole[tuple[QueueName, ...]]] = Field(default=None, min_length=1)
    """Queues whose callers these agents take, in this order; absent: the team's own alone."""
    takes: Literal["in_order", "by_score", "longest_queue"] = "in_order"
    """Whom an agent takes who is free again: the next of the first queue in which somebody waits, the caller with the
    highest score, or the next of the queue in which most wait."""
    reserved: dict[QueueName, Annotated[int, Field(ge=0, le=100_000)]] = Field(default={})
    """Idle agents kept back from the callers of a queue, for those of the others; of those who hold several chats each
    counts as many times."""
    next_agent: Literal["longest_idle", "random", "quickest", "best_skilled"] = "longest_idle"
    """Which idle agent takes a call: who is idle longest, one by chance, who talks least, or who solves most."""
    chats: Annotated[int, Field(ge=1, le=20)] = 1
    """Chats that an agent holds at once; with more than one the team serves chats alone."""
    chat_slowdown: Factor = 0.0
    """How much longer a chat takes for each other one that its agent holds, as a share: 0 as if he were several agents,
    1 as if he shared himself out."""
    pause: UpToADay[DurationLaw] = Field(default="0 s", validate_default=True)
    """Pause that an agent takes after a call and its work; he is not busy in it, and takes no call."""
    after_call_for: UpToADay[dict[ReasonName, DurationLaw]] = Field(default={})
    """The same by reason, in place of `after_call`."""
    wage: EurosAnHour
    """Cost of an hour at work, idle or not (EUR/h)."""
    wage_premiums: dict[str, Premium] = Field(default={})
    """Added to the wage in some hours of the week, as a share of it: ``{ "sun 00:00-24:00" = 1.0 }`` pays double."""
    wage_skills: dict[QueueName, EurosAnHour] = Field(default={})
    """Added to the wage for a queue that the team serves (EUR/h)."""
    speed_cv: float = Field(default=0.0, ge=0, le=3)
    """Spread of speed between agents (coefficient of variation of their talk, mean 1)."""
    knowledge_cv: float = Field(default=0.0, ge=0, le=3)
    """Spread of knowledge between agents: the chance not to solve is the team's, to the power of a factor of mean 1."""
    learning: OrNone[Learning] = None
    """How agents become better with every call; absent: all are old hands."""
    competent: Share = 1.0
    """Share of legs whose agent is the right one for the problem."""
    competent_for: dict[ReasonName, Share] = Field(default={})
    """The same by reason, in place of `competent`."""
    advice: OrNone[Advice] = None
    """A colleague who is asked to join in after the talk; absent: nobody is."""
    understood: Share = 1.0
    """Share of the customers who are understood at once; the others tell their story twice."""
    empathy: OrNone[Share] = None
    """Share of the legs in which the customer is listened to; the others are handled by the book, or with contempt.
    Absent: nobody asks."""
    empathy_cv: float = Field(default=0.0, ge=0, le=3)
    """Spread of empathy between agents: the share of legs without it is the team's, to the power of a factor of mean
    1."""
    wrong_talk: Share = 0.25
    """Part of the talk that passes before a wrong agent sees that he is not the right one."""
    solve: Harmless[dict[ClassName, Share]] = Field(default={})
    """Probability of solving, by difficulty class (``"reason.class"`` for one reason alone); 1 where none is named."""

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

    @field_validator("wage_premiums")
    @classmethod
    def _hours(cls, premiums: dict[str, float]) -> dict[str, float]:
        taken: dict[int, str] = {}
        for written in premiums:
            for slot in week_slots(written):
                if slot in taken:
                    said = f"{quoted(written)} overlaps {quoted(taken[slot])}, and premiums do not add up silently"
                    raise ValueError(f"{said}; write each quarter of an hour once, with what is added in all")
                taken[slot] = written
        return {week_hours(written): share for written, share in premiums.items()}

    @model_validator(mode="after")
    def _in_one_way(self) -> Team:
        if not self.shifts and "staff" not in self.model_fields_set:
            raise ValueError("staff is missing; write how many are at work, such as staff = 5, or give shifts")
        if self.shifts and self.staff:
            raise ValueError(
                "staff and shifts are both given; write one of the two, and staff = 0 where another file gives it"
            )
        return self

    def talk_of(self, reason: str) -> float | Distribution:
        """Return the talk of a reason as it is written: its mean (min), or its law."""
        return self.talk_for.get(reason, self.talk)

    def mean_talk(self, reason: str) -> float:
        """Return the mean talk of a reason (min)."""
        talk = self.talk_of(reason)
        return talk if isinstance(talk, float) else talk.mean_value()

    def after_call_of(self, reason: str) -> Distribution:
        """Return the law of the work after a call of a reason."""
        return self.after_call_for.get(reason, self.after_call)

    def queues_of(self, name: str) -> tuple[str, ...]:
        """Return the queues that the team of this name serves, in their order."""
        return self.serves or (name,)

    def by_slot(self, open_slots: tuple[bool, ...]) -> tuple[int, ...]:
        """Return the agents at work in each slot of the week, as scheduled."""
        if self.shifts:
            shifts = [(shift.agents, shift.at_work()) for shift in self.shifts.values()]
            return tuple(sum(many for many, there in shifts if there[slot]) for slot in range(SLOTS_A_WEEK))
        if isinstance(self.staff, int):
            return tuple(self.staff if opened else 0 for opened in open_slots)
        agents = [0] * SLOTS_A_WEEK
        for written, number in self.staff.items():
            for slot in week_slots(written):
                agents[slot] = number
        return tuple(agents)

    def paid_by_slot(self, open_slots: tuple[bool, ...]) -> tuple[float, ...]:
        """Return the agents paid in each slot of the week: at work, on a paid break, on leave or in training."""
        agents: tuple[float, ...] = self.by_slot(open_slots)
        if self.shifts:
            shifts = [(shift.agents, shift.paid()) for shift in self.shifts.values()]
            agents = tuple(sum(many for many, paid in shifts if paid[slot]) for slot in range(SLOTS_A_WEEK))
        return tuple(number / (1.0 - self.shrinkage) for number in agents) if self.shrinkage else agents

    def premium_by_slot(self) -> tuple[float, ...]:
        """Return what is added to the wage in each slot of the week, as a share of it."""
        premiums = [0.0] * SLOTS_A_WEEK
        for written, share in self.wage_premiums.items():
            for slot in week_slots(written):
                premiums[slot] = share
        return tuple(premiums)

    def hourly_wage(self) -> float:
        """Return the wage with what is added for skills (EUR/h)."""
        return self.wage + sum(self.wage_skills.values())


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
    return (
        f"{said}; if both are at work, write {table}"
        if len(whole) <= 8
        else f"{said}; write each quarter of an hour once"
    )
