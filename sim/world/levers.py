"""The levers: what separates a double penalty from an empowered agent, each a block switched by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from sim.units import (
    WEEK,
    Euros,
    EurosAnHour,
    Factor,
    Minutes,
    Share,
)
from sim.world.cases import News, Promise
from sim.world.facts import (
    ClassName,
    Harmless,
    OrNone,
    QueueName,
    Switched,
    TeamName,
    UpToADay,
    Usual,
    UsualTimes,
)
from sim.world.frozen import Frozen
from sim.world.laws import DurationLaw


class Lever(Frozen):
    """What every lever carries: nothing is free."""

    talk_factor: Factor = 1.0
    """Its own effect on talk time."""
    cost_per_hour: EurosAnHour = 0.0
    """Its own cost per paid agent hour: training, wage, tools (EUR/h)."""


class Price(Lever):
    """Whether the call is paid for at all."""

    free: bool = False
    """A free number: no toll, and none for the firm. The tariff's hold is then never billed."""


class Knowledge(Lever):
    """What the menu and the agents know."""

    misrouted: Share = 0.0
    """Share of calls that the menu leads to an agent who is not the right one."""
    competent: dict[TeamName, Share] = Field(default={})
    """Chances that the agent is the right one, by team, in place of the teams' own."""
    solve: Harmless[dict[TeamName, dict[ClassName, Share]]] = Field(default={})
    """Chances of solving, by team and difficulty class, in place of the teams' own."""
    wrong_pitch: Share = 0.0
    """Share of legs in which the customer is spoken to too simply or too expertly."""
    pitch_factor: Annotated[float, Field(ge=1, le=100)] = 1.0
    """How much longer the explanation then takes."""


class Authority(Lever):
    """What an agent may grant alone."""

    limit: Annotated[Euros, Usual(0.0, 100.0, 5.0)] = 0.0
    """Largest gesture an agent grants alone (EUR)."""
    limits: dict[TeamName, Euros] = Field(default={})
    """The same by team, in place of `limit`."""
    above: Literal["approval", "escalate", "refuse"] = "approval"
    """Above it: a supervisor is asked while the customer holds; or he is passed on; or it is refused."""
    approval: UpToADay[DurationLaw] = Field(default="4 min", validate_default=True)
    """Hold while the supervisor is asked."""
    granted: Share = 0.5
    """Share of the demands that the supervisor grants."""
    supervisors: OrNone[QueueName] = None
    """The team, or queue, whose agents are asked, and are busy meanwhile; absent: there is always somebody to ask."""


class Access(Lever):
    """Whether the agent acts for the customer, or tells him to write elsewhere."""

    sent_elsewhere: Share = 0.0
    """Share of problems about to be solved that are sent elsewhere instead: the customer must call again."""
    on_behalf: Share = 0.0
    """Share of the problems that an agent cannot solve, or would send elsewhere, for which he acts in place of the
    customer: he opens the case to which a path leads when "on_behalf"."""
    acting: UpToADay[DurationLaw] = Field(default="3 min", validate_default=True)
    """Talk that this takes."""
    drops_after: OrNone[Annotated[int, Field(ge=1, le=4000), Usual(10, 40, 5)]] = None
    """Contacts for one problem from which on the firm wants a customer no more: at the end of the next one that fails,
    this one or a later, it writes so, and he leaves it; absent: it drops nobody. Who waits for a case is not dropped
    meanwhile."""


class Memory(Lever):
    """What the firm remembers from one agent to the next."""

    identification: UpToADay[DurationLaw] = Field(default="60 s", validate_default=True)
    """Identification by the first agent of the call."""
    identification_again: UpToADay[DurationLaw] = Field(default="45 s", validate_default=True)
    """Identification by every later agent of the call."""
    identified: Literal["by_every_agent", "once_a_call", "once"] = "by_every_agent"
    """Who asks the customer who he is: every agent, one agent a call, or one agent ever."""
    explanation: UpToADay[DurationLaw] = Field(default="60 s", validate_default=True)
    """The customer's story, told to an agent who does not know it."""
    explained: Literal["to_every_agent", "once_a_call", "once"] = "to_every_agent"
    """Whom the customer tells his story: every agent, one agent a call, or one agent ever."""
    progress_kept: Share = 0.0
    """Part of the work done before a cut that need not be done again."""
    contradicted: Share = 0.0
    """Share of legs after an earlier agent's in which the new one rejects what was done."""
    redone: Factor = 0.0
    """Work that is then added, as a share of the problem's work still to do."""


class TimePressure(Lever):
    """Limits on the time a call may take."""

    cut_after: Annotated[OrNone[Annotated[Minutes, Field(gt=0, le=WEEK)]], UsualTimes((10, 15, 20, 30, 45))] = None
    """The call is broken off after this long; absent (or ``"none"``): never."""
    clock: Literal["connection", "first_agent", "current_agent"] = "connection"
    """The clock starts at pick-up, with the first agent, or anew with every agent."""
    hangup: Share = 0.0
    """Share of legs in which an agent under a talk-time target hangs up early."""
    hangup_within: Minutes = 1 / 6
    """He does so within this time, uniformly."""


class CallBack(Frozen):
    """The firm offers to ring back, keeping the caller's place in the queue."""

    offered_above: Minutes
    """Offered when the expected wait is longer than this."""
    accepted: Share
    """Share of callers who accept."""
    missed: Share = 0.0
    """Share of rings that the customer misses."""
    tries: int = Field(default=2, ge=1, le=20)
    """Rings before the firm gives up; the customer then counts as having abandoned."""
    ringing: Minutes = 0.5
    """An agent's time lost on a missed ring."""
    between: Minutes = 15.0
    """Time between two rings to the same customer."""


class FollowThrough(Lever):
    """What happens after the words: who finds out, and how soon."""

    known_now: Share = 1.0
    """Share of unsolved calls whose customer knows it at once; the others find out later."""
    discovery: DurationLaw = Field(default="4 h", validate_default=True)
    """Delay until the others find out."""
    owned: bool = False
    """The firm owns the problem, says what comes next and explains what happened."""
    call_back: OrNone[CallBack] = None
    """Whether the firm offers to ring back; absent: it does not."""
    root_cause: Share = 0.0
    """Share of the problems solved by the firm whose root cause is found and removed: it does not strike again."""
    recurrence: bool = False
    """Causes strike again (`population.reasons.NAME.recurrence`) after each solution that has not removed them;
    otherwise nobody has his problem twice."""
    recurs_after: DurationLaw = Field(
        default={"law": "uniform", "low": "0 min", "high": "365 d"}, validate_default=True
    )
    """How long after the solution they do."""
    promise: OrNone[Promise] = None
    """Whether the customer is told by when his case will be done; absent: he is not."""
    news: OrNone[News] = None
    """Whether the firm tells by itself how his case stands; absent: it does not."""


class Levers(Frozen):
    """The seven levers."""

    price: Switched[Price] = Field(default_factory=Price)
    """Whether the call is paid for at all."""
    knowledge: Switched[Knowledge] = Field(default_factory=Knowledge)
    """What the menu and the agents know."""
    authority: Switched[Authority] = Field(default_factory=Authority)
    """What an agent may grant alone."""
    access: Switched[Access] = Field(default_factory=Access)
    """Whether the agent acts for the customer, or tells him to write elsewhere."""
    memory: Switched[Memory] = Field(default_factory=Memory)
    """What the firm remembers from one agent to the next."""
    time: Switched[TimePressure] = Field(default_factory=TimePressure)
    """Limits on the time a call may take."""
    follow_through: Switched[FollowThrough] = Field(default_factory=FollowThrough)
    """What happens after the words: who finds out, and how soon."""

    def talk_factor(self) -> float:
        """Return the product of the levers' effects on talk time."""
        product = 1.0
        for lever in self._each():
            product *= lever.talk_factor
        return product

    def cost_per_hour(self) -> float:
        """Return the sum of the levers' costs (EUR per paid agent hour)."""
        return sum(lever.cost_per_hour for lever in self._each())

    def _each(self) -> Iterator[Lever]:
        return (getattr(self, name) for name in type(self).model_fields)
