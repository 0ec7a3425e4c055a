"""The long run: how grievance adds up over the years, what lets customers go, and who comes in their place.

Nothing here is read while a world is lived: it is what `sim.generations` goes by from one year to the next
(docs/generations.md, with the source of every value).
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.units import Share
from sim.world.facts import OrNone, Usual
from sim.world.frozen import Frozen

Months = Annotated[float, Field(gt=0, le=1200)]
Ces = Annotated[float, Field(ge=1, le=5)]


class LongRun(Frozen):
    """The market and the memory of its customers; most of it is common to worlds that are compared."""

    problems_per_customer: Annotated[float, Field(gt=0, le=60), Usual(0.8, 3.2, 0.4)] = 1.6
    """Problems that a customer has in a year. 55 % of subscribers had called within six months (UFC-Que Choisir 2005):
    with problems that come by chance, -2 ln 0.45."""
    memory: Annotated[Months, Usual(6, 36, 6)] = 18.0
    """Months in which a grievance fades to 1/e (judgement)."""
    contract: Annotated[int, Field(ge=1, le=120)] = 12
    """Months that a new contract binds; from then on it may be left once a year (French providers: 12, or 24)."""
    belief_competitors_equal: Share = 0.7
    """How much customers believe that competitors are no better, in normal years (judgement)."""
    belief_at_change: Share = 0.2
    """The same while a generation of the service changes (judgement)."""
    change_in_year: Annotated[int, Field(ge=0, le=100), Usual(0, 8, 1)] = 5
    """The year in which the generation changes, such as from ADSL to fibre, from 1 on; 0: it never does (guess)."""
    lock_in_at_change: Share = 0.0
    """Part of the lock-in that holds while the generation changes: none, all are let go (judgement)."""
    competitor_effort: Annotated[Ces, Usual(1.5, 4, 0.5)] = 1.5
    """CES that customers know from competitors in the first year: dissatisfaction begins above it. At 1.5, little
    effort, the law is that of a single journey."""
    competitor_drift: Annotated[float, Field(ge=-1, le=1), Usual(-0.2, 0, 0.05)] = 0.0
    """By how much that level moves from year to year: -0.2 to 0 (judgement)."""
    goodwill: Share = 0.0
    """How much an effort below the competitors' level makes good of what was above it: nothing, as no bonus for a good
    recovery was found on repurchase (de Matos 2007); 1: as much as it lies below."""
    believe_temporary: Share = 0.0
    """Share who believe the firm's failing to be temporary, and count half of their grievance: .1 to .5 (judgement)."""
    acquisitions: OrNone[Annotated[float, Field(ge=0, le=10)]] = None
    """Customers won in a year by the firm's own spending, for each initial customer; absent: as many as the base churn
    takes, so that a firm that vexes nobody keeps its size."""
    speaks_well: Share = 0.0
    """Share of those who are not disloyal after a journey who speak well of the firm: .41 after a first-call resolution
    (SQM)."""
    well_told: float = Field(default=1.0, ge=0, le=1e6)
    """People told by one who speaks well (SQM: one)."""
    won_per_told: Share = 0.0
    """Share of the people told who become customers (none known)."""
    root_causes_found: OrNone[Share] = None
    """Share of the causes that would strike again (`recurrence`) which this world finds and removes for good; absent:
    as many as `levers.follow_through.root_cause` says of the problems it solves."""
