"""What was fitted, as it was found: the arrivals, the waits, each queue, those who call again, the staff seen."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sim.fitting.arrivals import Arrivals
from sim.fitting.found import UNKNOWN, Floats, Found, quotient
from sim.fitting.laws import FEWEST, LawFit, all_equal
from sim.fitting.moved import Moved
from sim.fitting.patience import Band, Survival
from sim.fitting.prepared import Flags, Prepared
from sim.fitting.redials import Redial, told
from sim.fitting.staff import Seen


@dataclass(frozen=True, eq=False)
class Waits:
    """Patience.

    Attributes
    ----------
    hung_up, others : arrays
        Waits that ended in a hang-up, and those that ended otherwise (min), those of no length left out.
    balking : Found
        Share who hang up at once, of those not answered at once.
    mean : Found
        Of an exponential patience (min).
    laws : tuple of LawFit
        The best by AIC first; empty where too few hung up.
    """

    hung_up: Floats
    others: Floats
    balking: Found
    mean: Found
    laws: tuple[LawFit, ...]
    survival: Survival
    hazards: tuple[Band, ...]


@dataclass(frozen=True, eq=False)
class Queue:
    """One queue: its share of the calls, its talk and its agents.

    Attributes
    ----------
    talks : array
        Talks that came to their end (min), short ones left out.
    laws : tuple of LawFit
        Of the talk, the best by AIC first.
    speed, within : Found
        Coefficients of variation of the talk between agents, and within the calls of one.
    after_call : Found
        Mean after-call work (min); unknown where the log has none.
    no_after_call : Found
        Share of calls without any.
    short_services : Found
        Share of services too short to be one.
    transferred : Found
        Share of answered rows that were passed on.
    passed_to : mapping of queue to number
        Where to, as far as the log shows the next leg.
    """

    name: str
    rows: int
    share: Found
    talks: Floats
    laws: tuple[LawFit, ...]
    speed: Found
    within: Found
    after_call: Found
    no_after_call: Found
    after_call_laws: tuple[LawFit, ...]
    short_services: Found
    transferred: Found
    passed_to: Mapping[str, int]
    waits: Waits

    def is_fixed(self) -> bool:
        """Say whether there are enough talks to fit a law to, and all are equal."""
        return len(self.talks) >= FEWEST and all_equal(self.talks)

    def handling_cv(self) -> Found:
        """Return the spread of the talk with the agents' own taken out: 1 + cv^2 is (1 + within^2)(1 + between^2)."""
        if not self.laws:
            return UNKNOWN
        cv, between = self.laws[0].cv, self.speed.value if self.speed.value > 0.0 else 0.0

        def net(whole: float) -> float:
            return math.sqrt(max((1.0 + whole * whole) / (1.0 + between * between) - 1.0, 1e-6))

        return Found(net(cv.value), net(cv.low), net(cv.high), cv.error, cv.n)


@dataclass(frozen=True, eq=False)
class Callers:
    """Who calls again.

    Attributes
    ----------
    known : Found
        Share of calls whose caller is known.
    first_share : Found
        Share of calls that are the first about a problem.
    begins : array of bool, one a row
        Calls of known callers that are such firsts.
    redials : mapping of str to tuple of Redial
        After what: abandoned, served, cut, dismissed, blocked; the best law first, none where too few came again.
    moved : Moved or None
        How long after the next opening those come who had meant to call while the line was closed.
    followed : mapping of str to int
        Calls of each kind.
    shares : mapping of str to Found
        Share of each kind that calls again within the time in which a call is about the same problem.
    repeats : mapping of int to Found
        Share of served calls whose caller calls again, by days.
    within : float
        Minutes within which a call is about the same problem.
    """

    known: Found
    first_share: Found
    begins: Flags
    redials: Mapping[str, tuple[Redial, ...]]
    moved: Moved | None
    followed: Mapping[str, int]
    shares: Mapping[str, Found]
    repeats: Mapping[int, Found]
    within: float

    @classmethod
    def unknown(cls, rows: int, within: float) -> Callers:
        """Return what is known of callers where none is named."""
        return cls(Found(0.0, 0.0, 0.0, 0.0, rows), UNKNOWN, np.ones(rows, bool), {}, None, {}, {}, {}, within)

    def again(self, after: str) -> Found:
        """Return the share that calls again after this: by the law fitted, or where none is, as it was seen."""
        redial = self.best(after)
        seen = self.shares.get(after, UNKNOWN)
        if redial is not None:
            return redial.share
        return seen if seen.n >= FEWEST else UNKNOWN

    def best(self, after: str) -> Redial | None:
        """Return the law of calling again after this, if the log tells one."""
        return told(self.redials.get(after, ()))

    def doubt(self, after: str) -> str:
        """Return why the log does not tell the law fitted, in words that go on from "for"; empty where it does."""
        laws = self.redials.get(after, ())
        return laws[0].doubt if laws else ""


@dataclass(frozen=True, eq=False)
class Parts:
    """All that was fitted to a log, with what it was made from."""

    calls: Prepared
    interval: int
    arrivals: Arrivals
    waits: Waits
    queues: tuple[Queue, ...]
    callers: Callers
    staff: Seen
    opened: Flags

    def solved(self) -> Found:
        """Return the share of served calls that solve: those after which nobody comes again, of those who would.

        If everyone whose call failed calls again with the same chance, the share who call again after a service is
        that chance times the share of services that did not solve.
        """
        again, persistence = self.callers.again("served"), self.callers.again("abandoned")
        if not again.n or not persistence.value > 0.0:
            return UNKNOWN
        part = quotient(again, persistence)
        if part.low > 1.0:
            return UNKNOWN
        value, low, high = (min(max(1.0 - end, 0.0), 1.0) for end in (part.value, part.high, part.low))
        return Found(value, low, high, part.error, again.n)

    def more_after_a_service(self) -> bool:
        """Say whether surely more call again after a service than after an abandoned call: `solved` is no use."""
        again, persistence = self.callers.again("served"), self.callers.again("abandoned")
        return bool(again.n and persistence.value > 0.0 and quotient(again, persistence).low > 1.0)
