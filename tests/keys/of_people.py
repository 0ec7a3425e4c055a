"""The keys of time and population turned."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from sim import purposes
from sim.luck.keys import Kind, uniform
from tests.by_hand import NOBODY_BEFORE_HALF_PAST, PLAIN
from tests.keys.turns import DRAWN, SEED, Turn, about, luck, near, over

A_DAY = {"time": {"horizon": "1 d"}}
NOBODY_LATE = {"problems_per_day": 1000, "profile": {"intervals": [1, 1, 1, 0]}}
CROWD = over(A_DAY, {"population": NOBODY_LATE, "teams": {"front": {"staff": 2000}}})
"""A thousand on Monday before 18:00, each served at once."""
MANY = 800
"""Fewer than that never come."""
WAITING = {"teams": {"front": {"staff": NOBODY_BEFORE_HALF_PAST}}}
NEVER_SOLVED = {"teams": {"front": {"solve": {"plain": 0.0}}}}
LOST = over(
    CROWD,
    over(
        NEVER_SOLVED,
        {
            "population": {
                "again": {"persistence": 0.0, "lives_with_it": "10 h"},
                "segments": {"all": {"share": 1, "value_of_time": 0, "outage_value": 60, "hours_of_use": 24}},
            }
        },
    ),
)
"""A thousand whom one call of 13 minutes does not help: 10 hours and those 13 minutes without service."""


def twice(most: int) -> dict[str, object]:
    """Let customers call so often at most."""
    return {"population": {"again": {"most_attempts": most}}}


def reason(**said: object) -> dict[str, object]:
    """Give the only reason more to say."""
    return {"population": {"reasons": {"any": {"share": 1.0, **said}}}}


def segments(share: float) -> dict[str, object]:
    """Two kinds of customers, the second of whom value their time."""
    of_no_value = {"outage_value": 0, "hours_of_use": 0}
    return {
        "slow": {"share": 1 - share, "value_of_time": 0, **of_no_value},
        "quick": {"share": share, "value_of_time": 60, **of_no_value},
    }


def of_three(*shares: float) -> dict[str, object]:
    """Three kinds of customers, alike but for their names."""
    alike = {"value_of_time": 0, "outage_value": 0, "hours_of_use": 0}
    return {name: {"share": share, **alike} for name, share in zip("abc", shares, strict=True)}


def by_the_week(volume: float) -> dict[str, object]:
    """Give the crowd's population so many problems a week, and none a day."""
    population = dict(over(PLAIN, CROWD)["population"])
    del population["problems_per_day"]
    return population | {"problems_per_week": volume}


def on_one(day: int) -> dict[str, object]:
    """Let all seven hundred problems of a week appear on one day, as many in the morning as in the afternoon."""
    days = [0] * 7
    days[day] = 1
    profile = {"days": days, "intervals": [1, 1]}
    return over(CROWD, {"time": {"horizon": "7 d"}, "population": {"problems_per_day": 100, "profile": profile}})


def noon(day: int, hours: float = 0.0) -> object:
    """Expect the mean of some six hundred times that spread over half a day or one: four standard deviations are 70."""
    return pytest.approx(1440 * day + 720 + 60 * hours, abs=70)


def busyness(kind: Kind, many: int = 1) -> float:
    """Return the mean factor of the first days or intervals for a shape of 2."""
    drawn = [uniform(SEED, 0, kind, number, purposes.BUSYNESS) for number in range(many)]
    return float(np.mean(stats.gamma.ppf(drawn, 2) / 2))


WIDE = {"law": "uniform", "low": 0.5, "high": 1.5}
TWO_REASONS = {"line": {"routes": {"other": "back"}}, "teams": {"back": {"staff": 2000, "talk": "10 min", "wage": 0}}}

TIME = (
    Turn("time.warm_up", ("0 min", "1 d"), {"journeys.problems": (3, 1), "calls.dialled": (3, 1)}, who=(0, 60, 1500)),
    Turn("time.warm_up", ("0 min", "1 d"), {"staff_eur_per_problem": (240, 0)},
         over(A_DAY, {"teams": {"front": {"staff": {"mon 00:00-24:00": 1}, "wage": 10}}}), (0, 1500)),
    Turn("time.horizon", ("7 d", "1 d"),
         {"journeys.problems": (2, 1), "calls.dialled": (2, 1), "staff_eur_per_problem": (840, 240)},
         {"teams": {"front": {"wage": 10}}}, (0, 1500)),
    Turn("time.follow_up", ("0 min", "1 d"),
         {"journeys.problems": (1, 1), "calls.dialled": (1, 1), "open_share": (1, 0), "solved_share": (0, 1)},
         A_DAY, (1435, 1500)),
)  # fmt: skip

HOW_MANY = (
    Turn("population.problems_per_day", (1000, 2000), {"journeys.problems": (about(1000), about(2000))}, CROWD, DRAWN),
    Turn("population.problems_per_week", (by_the_week(7000), by_the_week(14_000)),
         {"journeys.problems": (about(1000), about(2000))}, CROWD, DRAWN, at="population"),
    Turn("population.profile.days", ([1] * 7, [2, 1, 1, 1, 1, 1, 1]),
         {"journeys.problems": (about(1000), about(1750))}, CROWD, DRAWN),
    Turn("population.profile.intervals", ([1], [3, 1]),
         {"journeys.problems": (about(1000), about(1000)),
          "customers.appeared": (pytest.approx(720, abs=55), pytest.approx(540, abs=55))}, CROWD, DRAWN),
    Turn("population.busyness_day", (None, 2), {"journeys.problems": (about(1000), about(1000 * busyness(Kind.DAY)))},
         CROWD, DRAWN),
    Turn("population.busyness_interval", (None, 2),
         {"journeys.problems": (about(1000), about(1000 * busyness(Kind.INTERVAL, 3)))}, CROWD, DRAWN),
)  # fmt: skip
"""Four standard deviations of the mean of a thousand times of the day are 55 min."""

BY_DAY = tuple(
    Turn(f"population.profile.{name}", (None, [1, 0], [0, 1]),
         {"customers.appeared": (noon(day), noon(day, -6), noon(day, 6)), "journeys.problems": (about(700),) * 3},
         on_one(day), DRAWN)
    for day, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))
)  # fmt: skip

REASONS = (
    Turn("population.reasons.*.share",
         ({"any": {"share": 0.75}, "other": {"share": 0.25}}, {"any": {"share": 0.5}, "other": {"share": 0.5}}),
         {"queued@back": (about(250), about(500)), "queued@front": (about(750), about(500))},
         over(CROWD, TWO_REASONS), DRAWN, at="population.reasons"),
    Turn("population.reasons.any.work", (1, 2), {"mean talking": (10, 20)}, CROWD, DRAWN),
    Turn("population.reasons.any.difficulty", ({"plain": 1.0}, {"plain": 0.75, "hard": 0.25}, {"hard": 1.0}),
         {"solved_share": (1, near(0.75, MANY), 0)},
         over(CROWD, {"teams": {"front": {"solve": {"plain": 1.0, "hard": 0.0}}},
                        "population": {"again": {"persistence": 0.0}}}), DRAWN),
    Turn("population.reasons.any.difficulty",
         ({"hard": 0.25, "plain": 0.25, "odd": 0.5}, {"hard": 0.25, "plain": 0.5, "odd": 0.25}),
         {"solved_share": (near(0.25, MANY), near(0.5, MANY))},
         over(CROWD, twice(1), {"teams": {"front": {"solve": {"plain": 1.0, "hard": 0.0, "odd": 0.0}}}}), DRAWN),
    Turn("population.reasons.any.gesture_share", (0, 0.25, 1),
         {"gestures_eur_per_problem": (0, near(0.25, MANY, 30), 30)},
         over(CROWD, over(reason(gesture=30), {"levers": {"authority": {"limit": 50}}})), DRAWN),
    Turn("population.reasons.any.gesture", (30, 60), {"gestures_eur_per_problem": (30, 60), "mean granted": (30, 60)},
         over(CROWD, over(reason(gesture_share=1), {"levers": {"authority": {"limit": 70}}})), DRAWN),
    Turn("population.reasons.any.recurrence", (0, 0.25), {"customers.recurs": (0, near(0.25, MANY))}, CROWD, DRAWN),
    Turn("population.reasons.any.severity", (1, 0.5), {"customer_eur_per_problem": (600, 300)}, LOST, DRAWN),
    Turn("population.reasons.any.deadline", ("13 min", "12 min"),
         {"advance_lost_eur_per_problem": (0, 20), "customer_eur_per_problem": (0, 20)}, reason(advanced=20)),
    Turn("population.reasons.other.advanced", (20, 40), {"advance_lost_eur_per_problem": (20, 40)},
         over(CROWD, {"population": {"reasons": {"any": {"share": 0}, "other": {"share": 1, "deadline": "12 min"}}}}),
         DRAWN),
)  # fmt: skip
"""Ten hours at 60 EUR."""


SEGMENTS = (
    Turn("population.segments.*.share", (segments(0.25), segments(0.5)),
         {"customer_eur_per_problem": (near(0.25, MANY, 13), near(0.5, MANY, 13))}, CROWD, DRAWN,
         at="population.segments"),
    Turn("population.segments.*.share", (of_three(0.5, 0.25, 0.25), of_three(0.25, 0.25, 0.5)),
         {"customers.segment": (pytest.approx(0.75, abs=0.118), pytest.approx(1.25, abs=0.118))}, CROWD, DRAWN,
         at="population.segments"),
    Turn("population.segments.all.value_of_time", (0, 60), {"customer_eur_per_problem": (600, 613)}, LOST, DRAWN),
    Turn("population.segments.all.outage_value", (60, 120), {"customer_eur_per_problem": (600, 1200)}, LOST, DRAWN),
    Turn("population.segments.all.hours_of_use", (24, 12), {"customer_eur_per_problem": (600, 293.5)}, LOST, DRAWN),
    Turn("population.segments.all.other_network", (0, 0.25, 1),
         {"toll_eur_per_call": (13, pytest.approx(13.5, abs=0.123), 15)},
         over(CROWD, {"line": {"menu": "2 min"},
                        "tariff": {"price_per_minute": 1, "hold_billed": "own_network_free"}}), DRAWN),
    Turn("population.segments.all.autonomy", (0, 0.25), {"customers.autonomous": (0, near(0.25, MANY))}, CROWD, DRAWN),
    Turn("population.segments.all.lock_in", (0, 0.25), {"customers.lock_in": (0, 0.25)}, CROWD, DRAWN),
    Turn("population.segments.all.renewal", (12, 6), {"customers.renewal": (12, 6)}, CROWD, DRAWN),
    Turn("population.segments.all.worth", (0, 100), {"customers.worth": (0, 100)}, CROWD, DRAWN),
)  # fmt: skip
"""Codes 0, 1 and 2: the standard deviation of one is 0.83, and four of the mean of 800 are 0.118.
Half the hours of use: 613 minutes at 12 of 24 hours, less the 13 on the telephone, at 1 EUR a minute: 293.5.
Two minutes of menu, which the own network does not charge: four standard deviations of a quarter are 0.123 EUR.
"""

NATURE = (
    Turn("population.work", (1, WIDE),
         {"mean talking": (10, lambda who: 10 * np.mean(0.5 + luck(who, purposes.WORK)))}, CROWD, DRAWN),
    Turn("population.handling", (1, WIDE),
         {"mean talking": (10, lambda who: 10 * np.mean(0.5 + luck(who, purposes.HANDLING)))}, CROWD, DRAWN),
    Turn("population.patience", ("48 h", "5 min"), {"when abandoned": (None, 5), "when answered": (30, 35)}, WAITING),
    Turn("population.patience", ("3 min", "5 min"), {"when abandoned": (6, 10)}, WAITING,
         ({"appeared": 0, "temper": 2},)),
    Turn("population.temper_cv", (0, 0.5),
         {"customers.temper": (1, lambda who: np.mean(stats.lognorm.ppf(
             luck(who, purposes.TEMPER), math.sqrt(math.log(1.25)), scale=1 / math.sqrt(1.25))))}, CROWD, DRAWN),
    Turn("population.price_aversion", (0, 1, 2), {"when abandoned": (10, 10 * math.exp(-0.34), 10 * math.exp(-0.68))},
         over(WAITING, {"population": {"patience": "10 min"}, "tariff": {"price_per_minute": 0.34}})),
    Turn("population.awake", ("mon-sun 00:00-24:00", "mon-sun 02:00-24:00", ["tue 00:00-01:00", "mon 04:00-05:00"]),
         {"when dialled": (0, 120, 240)},
         {"population": {"moved": "0 min"}}),
    Turn("population.moved", ("0 min", "10 min"), {"when dialled": (120, 130)},
         {"population": {"awake": "mon-sun 02:00-24:00"}}),
    Turn("population.moved", ("10 min", "20 min", "80 min"), {"when dialled": (10210, 10220, 10220)},
         {"time": {"horizon": "14 d"}, "line": {"open": ["mon 02:00-03:00"]}}, (10090,)),
)  # fmt: skip

CLOSES_TWICE = {"open": ["mon 00:00-00:30", "mon 02:00-03:00"]}
AGAIN = (
    Turn("population.again.persistence", (1, 0), {"dialled": (2, 1), "given_up_share": (0, 1)},
         over(WAITING, {"population": {"patience": "5 min"}})),
    Turn("population.again.persistence", (0, 0.25), {"calls_per_problem": (1, pytest.approx(1.25, abs=0.0613))},
         over(LOST, twice(2)), DRAWN),
    Turn("population.again.most_attempts", (3, 2), {"dialled": (3, 2), "attempts_exhausted_share": (1, 1)},
         {"population": {"patience": "5 min"}, "teams": {"front": {"staff": 0}}}),
    Turn("population.again.after_blocked", ("5 min", "7 min"), {"last dialled": (5, 7)},
         over({"line": {"lines": 0}}, twice(2))),
    Turn("population.again.after_abandoned", ("30 min", "40 min"), {"last dialled": (35, 45)},
         over(WAITING, {"population": {"patience": "5 min"}})),
    Turn("population.again.after_cut", ("10 min", "12 min"), {"last dialled": (15, 17)},
         over({"levers": {"time": {"cut_after": "5 min"}}}, twice(2))),
    Turn("population.again.after_dismissed", ("100 min", "110 min"), {"last dialled": (130, 140)},
         over({"line": CLOSES_TWICE, "teams": {"front": {"staff": 0}}}, twice(2))),
    Turn("population.again.after_unsolved", ("60 min", "30 min"), {"last dialled": (73, 43)},
         over(NEVER_SOLVED, twice(2))),
    Turn("population.again.lives_with_it", ("14 d", "1 d"),
         {"downtime_hours_per_problem": (336 + 13 / 60, 24 + 13 / 60)}, over(NEVER_SOLVED, twice(1))),
    Turn("population.again.repair_share", (0, 1), {"customer_eur_per_problem": (0, 80), "repaired": (0, 1)},
         over(NEVER_SOLVED, {"population": {"again": {"most_attempts": 1, "repair": 80}}})),
    Turn("population.again.repair_share", (0, 0.25), {"customer_eur_per_problem": (600, pytest.approx(450, abs=37))},
         LOST, DRAWN),
    Turn("population.again.repair", (80, 120),
         {"customer_eur_per_problem": (80, 120), "downtime_hours_per_problem": (13 / 60, 13 / 60)},
         over(NEVER_SOLVED, {"population": {"again": {"most_attempts": 1, "repair_share": 1}}})),
)  # fmt: skip
"""Four standard deviations of a quarter of 800 are 0.0612; who repairs has no outage left, at 600 EUR each: 37."""

PEOPLE = (*TIME, *HOW_MANY, *BY_DAY, *REASONS, *SEGMENTS, *NATURE, *AGAIN)
