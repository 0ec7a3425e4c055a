"""The keys that say when problems appear, turned: profiles of reasons and segments, busyness, special days, replays."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest
from scipy import stats

from sim import purposes
from sim.luck.keys import Kind, uniform
from sim.units import DAYS
from tests.by_hand import PLAIN
from tests.keys.of_people import A_DAY, CROWD, TWO_REASONS, noon, of_three, on_one
from tests.keys.turns import DRAWN, SEED, Turn, about, near, over

MORNING = pytest.approx(360, abs=27)
AFTERNOON = pytest.approx(1080, abs=27)
"""Four standard deviations of the mean of a thousand times spread over half a day are 26 min."""


def populated(**said: Any) -> dict[str, Any]:
    """Return the crowd's population without volume and profile, and what is said in their place."""
    population = dict(over(PLAIN, CROWD)["population"])
    return {key: value for key, value in population.items() if key not in ("problems_per_day", "profile")} | said


def of_the_reason(day: int) -> dict[str, Any]:
    """Let the only reason's problems all appear on one day, though the profile of all is even."""
    whole: Any = on_one(day)
    profile = whole["population"].pop("profile")
    return over(whole, {"population": {"reasons": {"any": {"share": 1.0, "profile": profile}}}})


def halves(day: int) -> dict[str, Any]:
    """Return two kinds of customers, half each, up to noon of the only day of the week with problems."""
    whole: Any = on_one(day)
    days = whole["population"]["profile"]["days"]
    alike = {"share": 0.5, "value_of_time": 0, "outage_value": 0, "hours_of_use": 0}
    segments = {"own": {**alike, "profile": {"days": days, "intervals": [1, 1]}}, "other": alike}
    more = {"time": {"horizon": f"{24 * day + 12} h"}, "population": {"problems_per_day": 200, "segments": segments}}
    return over(whole, more)


def factors(correlation: float, kind: Kind, many: int) -> list[float]:
    """Return the first Gamma factors of shape 2 whose normal scores are correlated."""
    scores: list[float] = []
    for own in stats.norm.ppf([uniform(SEED, 0, kind, number, purposes.BUSYNESS) for number in range(many)]):
        before = scores[-1] if scores else None
        scores.append(own if before is None else correlation * before + math.sqrt(1 - correlation**2) * own)
    return [float(factor) for factor in stats.gamma.ppf(stats.norm.cdf(scores), 2) / 2]


OTHERS = 1 - math.sqrt(3) / (1 + math.sqrt(3))
"""The other half's share of a morning in which the first half's profile is three times the afternoon's: what they are
apart stays, and halves stay halves, so x^2 = 3 (1/2 - x)^2 of all problems are the first half's in the morning."""
ROOT = (23 - math.sqrt(23**2 - 4 * 14 * 2)) / 28
"""So much of all is the first half's on a Monday that it prefers twice: x / (1/2 - x) = 2 (1/7 - x) / (5/14 + x)."""

TWO_DAYS = over(CROWD, {"time": {"horizon": "2 d"}, "population": {"busyness_day": 2}})
HOURS = over(CROWD, {"population": {"busyness_interval": 2}})
BUSY = (
    Turn("population.busyness_day_correlation", (0.0, 0.9, -0.9),
         {"journeys.problems": tuple(about(1000 * sum(factors(r, Kind.DAY, 2))) for r in (0.0, 0.9, -0.9))},
         TWO_DAYS, DRAWN),
    Turn("population.busyness_interval_correlation", (0.0, 0.9, -0.9),
         {"journeys.problems": tuple(about(1000 / 3 * sum(factors(r, Kind.INTERVAL, 3))) for r in (0.0, 0.9, -0.9))},
         HOURS, DRAWN),
)  # fmt: skip

SPECIAL = (
    Turn("population.special_days.week 1, mon.factor", (1, 2, 0), {"journeys.problems": (about(1000), about(2000), 0)},
         CROWD, DRAWN),
    Turn("population.special_days.week 1, mon.problems", (None, 500, 0),
         {"journeys.problems": (about(1000), about(500), 0)}, CROWD, DRAWN),
    Turn("population.special_days.week 1, mon.profile", (None, [1, 0], [0, 1]),
         {"customers.appeared": (pytest.approx(540, abs=40), MORNING, AFTERNOON),
          "journeys.problems": (about(1000),) * 3}, CROWD, DRAWN),
    Turn("time.first_monday", ("2026-11-02", "2026-11-09", "2026-10-26"),
         {"journeys.problems": (about(2000), about(1000), about(1000))},
         over(CROWD, {"population": {"special_days": {"2026-11-02": {"factor": 2}}}}), DRAWN),
)  # fmt: skip


def stormy(**said: Any) -> dict[str, Any]:
    """Return the crowd, on which a shock of a usual day falls once a day, and others by what is said."""
    storm = {"per_year": 365, "size": 1, "lasts": "2 h"} | said
    return over(CROWD, {"time": {"horizon": "4 d"}, "population": {"shocks": {"storm": storm}}})


def stormed(per_year: float = 365, size: float = 1, lasts: float = 120) -> Any:
    """Return how many problems four such days have, by the luck of the gaps."""
    end, begins, days = 4 * 1440.0, 0.0, 4.0
    for number in itertools.count():
        gap = uniform(SEED, 0, Kind.DAY, 0, purposes.SHOCK, number)
        begins -= math.log(1 - gap) * 365 * 1440 / per_year
        if begins >= end:
            return about(1000 * days)
        days += size * min(1, (end - begins) / lasts)
    raise AssertionError


SHOCKS = (
    Turn("population.shocks.storm.per_year", (365, 100, 0),
         {"journeys.problems": (stormed(), stormed(100), about(4000))}, stormy(), DRAWN),
    Turn("population.shocks.storm.size", (1, 2.5, 0),
         {"journeys.problems": (stormed(), stormed(size=2.5), about(4000))}, stormy(), DRAWN),
    Turn("population.shocks.storm.lasts", ("2 h", "20 d"),
         {"journeys.problems": (stormed(), stormed(lasts=20 * 1440))}, stormy(), DRAWN),
    Turn("population.shocks.storm.reasons", ([], ["any"], ["other"]),
         {"journeys.problems": (stormed(), stormed(), about(4000))},
         over(stormy(), {"population": {"reasons": {"any": {"share": 1}, "other": {"share": 0}}}}), DRAWN),
)  # fmt: skip

ONE_OF_TWO = {"any": {"share": 1}, "other": {"share": 0}}
GIVEN = (
    Turn("population.counts",
         (populated(counts={"mon": [1000, 0]}), populated(counts={"mon": [0, 2000], "tue": [9, 9]})),
         {"journeys.problems": (about(1000), about(2000)), "customers.appeared": (MORNING, AFTERNOON)}, CROWD, DRAWN,
         at="population"),
    Turn("population.replay.at", (populated(replay={"at": [10, 20]}), populated(replay={"at": [15, 50.25, 2000]})),
         {"dialled": (2, 2), "when dialled": (10, 15), "last dialled": (20, 50.25)}, CROWD, DRAWN, at="population"),
    Turn("population.replay.reasons",
         tuple(populated(replay={"at": [10, 20], "reasons": names}, reasons=ONE_OF_TWO)
               for names in (["any", "other"], ["other", "other"], ["", ""])),
         {"queued@back": (1, 2, 0), "queued@front": (1, 0, 2)}, over(CROWD, TWO_REASONS), DRAWN, at="population"),
    Turn("population.replay.segments",
         tuple(populated(replay={"at": [10, 20], "segments": names}, segments=of_three(1, 0, 0))
               for names in (["a", "c"], ["c", "c"], ["", "b"])),
         {"customers.segment": (1, 2, 0.5)}, CROWD, DRAWN, at="population"),
)  # fmt: skip

OF_REASONS = (
    Turn("population.reasons.any.profile.days", ([1] * 7, [2, 1, 1, 1, 1, 1, 1]),
         {"journeys.problems": (about(1000), about(1750))}, CROWD, DRAWN),
    Turn("population.reasons.any.profile.intervals", ([1], [1, 0], [0, 1]),
         {"customers.appeared": (pytest.approx(720, abs=55), MORNING, AFTERNOON)}, CROWD, DRAWN),
    Turn("population.reasons.own.profile.intervals", ([1], [1, 0]),
         {"journeys.problems": (about(1000 / 3 + 250), about(1000 / 3 + 500))},
         over(CROWD, {"time": {"horizon": "12 h"},
                      "population": {"reasons": {"own": {"share": 0.5}, "any": {"share": 0.5}}}}), DRAWN),
    *(Turn(f"population.reasons.any.profile.{name}", (None, [1, 0], [0, 1]),
           {"customers.appeared": (noon(day), noon(day, -6), noon(day, 6)), "journeys.problems": (about(700),) * 3},
           of_the_reason(day), DRAWN)
      for day, name in enumerate(DAYS)),
)  # fmt: skip

OF_SEGMENTS = (
    Turn("population.segments.own.profile.days", ([1] * 7, [2, 1, 1, 1, 1, 1, 1]),
         {"customers.segment": (near(0.5, 700), near(1 - 7 * ROOT, 700))},
         over(halves(0), A_DAY, {"population": {"problems_per_day": 800, "profile": {"days": [1] * 7}}}), DRAWN),
    *(Turn("population.segments.own.profile.intervals", (even, [3, 1]),
           {"customers.segment": (near(0.5, 600), near(OTHERS, 600))}, halves(0), DRAWN) for even in ([1, 1], [5])),
    *(Turn(f"population.segments.own.profile.{name}", (None, [3, 1]),
           {"customers.segment": (near(0.5, 600), near(OTHERS, 600))}, halves(day), DRAWN)
      for day, name in enumerate(DAYS)),
)  # fmt: skip

ARRIVALS = (*BUSY, *SPECIAL, *SHOCKS, *GIVEN, *OF_REASONS, *OF_SEGMENTS)
