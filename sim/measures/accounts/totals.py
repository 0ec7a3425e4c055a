"""Totals: what one replication of one world comes to, as sums; every measure is a question to them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from sim.history.rows import Event
from sim.measures.rules.channels import Filed, Through
from sim.measures.rules.counts import CODES, Counts
from sim.measures.rules.drift import STRETCH, Drift
from sim.measures.rules.histogram import BUCKETS, percentiles
from sim.measures.rules.staff import AgentTime
from sim.measures.rules.week import Week
from sim.units import DAYS


@dataclass(frozen=True)
class CallSums:
    """Sums over the calls dialled in the horizon; those from `hold` on over the answered ones alone."""

    events: Counts
    """How often each thing happened in them."""
    toll: float
    toll_of_hold: float
    gestures: float
    abandoned: float
    """Their customers hung up before the first agent, at once or when patience ended."""
    in_service: float
    """Numerator of the service level by the world's own definition."""
    served: float
    """Its denominator."""
    answered: float
    hold: float
    """Minutes of menu and first hold."""
    long_hold: float
    at_once: float
    over_1: float
    """Calls with a wait of more than a minute beyond the menu."""
    over_5: float
    """And of more than five."""
    after_answer: float
    """Minutes from the first agent on."""
    handling: float
    """Minutes that agents spent on them, after-call work included."""
    transfer_hold: float
    wait: float
    """Minutes beyond the menu until the first agent."""
    logged: float
    """Calls that the firm's log takes for a resolution."""

    @property
    def dialled(self) -> float:
        """How many there are."""
        return self.events.of(Event.DIALLED)


@dataclass(frozen=True)
class JourneySums:
    """Sums over the problems that appeared in the horizon, followed to their end (min, h, EUR)."""

    events: Counts
    """How often each thing happened to them."""
    problems: float
    with_contact: float
    active_minutes: float
    hold_minutes: float
    downtime_hours: float
    toll: float
    time_eur: float
    outage_eur: float
    advance_lost: float
    """What customers had advanced and do not have back, their own deadline over."""
    repair: float
    gestures: float
    effort: float
    ces: float
    high_effort: float
    disloyal: float
    leaves: float
    speaks_ill: float
    lost_margin: float
    given_up: float
    solved: float
    solved_at_first: float
    minutes_to_solution: float
    calls_of_solved: float
    toll_of_solved: float
    call_minutes_of_solved: float
    beyond_minutes: float
    """The part of the active minutes that was not spent on the telephone."""
    unheard: float
    """Public messages whose answer was waited for in vain."""
    solved_by_themselves: float
    """Problems solved without a contact: with the help that one reads,"""
    solved_on_the_forum: float
    """by other customers,"""
    solved_unasked: float
    """and by the firm, which noticed them by itself."""

    @property
    def calls(self) -> float:
        """The calls dialled for them."""
        return self.events.of(Event.DIALLED)

    @property
    def prevented(self) -> float:
        """Those of which nothing was lived, because the world prevents them."""
        return self.events.of(Event.PREVENTED)


class Daily(NamedTuple):
    """The service level day by day, of the days of the calendar on which there was a call that it counts."""

    levels: float
    """Sum of the days' service levels."""
    good: float
    """Days whose service level came to the target."""
    days: float


class Percentiles(NamedTuple):
    """Percentiles of one replication, by their number in a hundred; None where there is nothing to order."""

    p50: float | None
    p90: float | None
    p95: float | None

    @classmethod
    def of(cls, counts: npt.NDArray[np.float64]) -> Percentiles:
        """Read them from a histogram of `sim.measures.rules.histogram`."""
        return cls(*percentiles(counts, *(int(name[1:]) / 100 for name in cls._fields)))


@dataclass(frozen=True)
class Totals:
    """One replication of one world, added up.

    Attributes
    ----------
    agents : dict of AgentTime
        The agents' time in the horizon, by team.
    staff_eur : float
        What they cost: every paid hour at the wage and the levers' cost.
    toll_income_eur : float
        The firm's share of the toll of the calls dialled in the horizon.
    prevention_eur : float
        What preventing costs the firm in the horizon: its part of a year, and what each problem prevented in it costs.
    people_told : float
        Expected people told by those who speak ill.
    week : Week
        Problems and calls of the horizon by day of the week.
    daily : Daily
        The service level of the horizon's days.
    holds, waits, efforts : Percentiles
        Of the minutes of menu and first hold, and of the wait, of the answered calls dialled in the horizon; and of
        the effort index of the problems that appeared in it.
    channels : dict of Through
        What became of the contacts begun in the horizon, by the name of their channel.
    attended : tuple of str
        Which of the channels are desks and chats.
    filed : dict of Filed
        What became of the work filed in the horizon, by the queue: of those that messages and cases can come to.
    gestures_in_writing : float
        Gestures granted in the horizon in answers to messages (EUR).
    visits_eur, news_eur : float
        What the visits booked in the horizon cost the firm, and the news it sent by itself.
    searching_minutes, helping_minutes : float
        Of customers in the horizon: spent on help, on a forum and looking for the way to the firm; and those of the
        other customers who answered there, unpaid.
    forum_eur, alarms_eur : float
        What the answers on the forum in the horizon cost the firm, and alarms without a problem.
    effort_counts : tuple of float
        How many of these problems had which effort index, by the buckets of `sim.measures.rules.histogram`.
    """

    calls: CallSums
    journeys: JourneySums
    agents: dict[str, AgentTime] = field(hash=False)
    staff_eur: float
    toll_income_eur: float
    prevention_eur: float
    people_told: float
    week: Week
    drift: Drift
    daily: Daily
    holds: Percentiles
    waits: Percentiles
    efforts: Percentiles
    channels: dict[str, Through] = field(hash=False)
    attended: tuple[str, ...]
    filed: dict[str, Filed] = field(hash=False)
    gestures_in_writing: float
    visits_eur: float
    news_eur: float
    searching_minutes: float
    helping_minutes: float
    forum_eur: float
    alarms_eur: float
    effort_counts: tuple[float, ...] = field(default=(), repr=False)

    @property
    def gestures(self) -> float:
        """The gestures granted in the horizon, in its calls and in writing (EUR)."""
        return self.calls.gestures + self.gestures_in_writing


S = TypeVar("S", CallSums, JourneySums)


def sums_of(kind: type[S], record: np.void) -> S:
    """Return the sums that stand in a record."""
    values: Any = record.item()
    events, *others = values
    return kind(Counts(events.tolist()), *others)


def _columns(sums: type[CallSums] | type[JourneySums]) -> np.dtype[np.void]:
    """Return the sums as a record: the counts by code come first."""
    counts, *others = fields(sums)
    return np.dtype([(counts.name, np.float64, (CODES,)), *((one.name, np.float64) for one in others)])


JOURNEYS = _columns(JourneySums)
"""The sums over journeys, as one record for each page of customers."""

SUMS = np.dtype(
    [
        ("calls", _columns(CallSums)),
        ("middle", STRETCH),
        ("last", STRETCH),
        ("problems_by_day", np.float64, (len(DAYS),)),
        ("calls_by_day", np.float64, (len(DAYS),)),
        ("prevention", np.float64),
        ("holds", np.float64, (BUCKETS,)),
        ("waits", np.float64, (BUCKETS,)),
        ("efforts", np.float64, (BUCKETS,)),
        ("gestures_in_writing", np.float64),
        ("visits_eur", np.float64),
        ("news_eur", np.float64),
        ("searching_minutes", np.float64),
        ("helping_minutes", np.float64),
        ("forum_answers", np.float64),
        ("detected", np.float64),
    ]
)
"""The sums so far, but those over journeys, as one record; holds, waits, efforts: histograms; prevention: EUR."""

LEVEL = np.dtype([("good", np.float64), ("all", np.float64)])
"""Numerator and denominator of one day's service level."""
