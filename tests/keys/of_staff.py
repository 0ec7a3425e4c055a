"""The keys of agents turned: their shifts, their absence, what they know and learn, and what they are paid."""

from __future__ import annotations

import math
from typing import Any

import pytest
from scipy import stats

from sim import purposes
from sim.luck.keys import Kind, uniform
from tests.keys.of_people import A_DAY, CROWD, MANY, WIDE, twice
from tests.keys.turns import DRAWN, SEED, Turn, luck, near, over

PAID = over(A_DAY, {"teams": {"front": {"wage": 10}}})
"""A day of one agent costs 240 EUR."""
ALL_DAY = {"agents": 1, "hours": ["mon-sun 00:00-24:00"]}


def shift(**said: Any) -> dict[str, Any]:
    """Let one shift be in place of the staff, of one agent all day long where nothing else is said."""
    return {"teams": {"front": {"staff": 0, "shifts": {"day": {**ALL_DAY, **said}}}}}


def of_the_first(purpose: int, cv: float) -> float:
    """Return what agent 0 of team 0 is given for good, for a coefficient of variation."""
    wide = math.sqrt(math.log1p(cv * cv))
    return float(stats.lognorm.ppf(uniform(SEED, 0, Kind.AGENT, 0, purpose), wide, scale=math.exp(-(wide**2) / 2)))


TALK = (
    Turn("teams.front.talk", ("10 min", {"law": "uniform", "low": "2 min", "high": "6 min"}),
         {"mean talking": (lambda who: 10 * (0.5 + luck(who, purposes.HANDLING)[0]),
                           lambda who: 2 + 4 * luck(who, purposes.HANDLING)[0])},
         {"population": {"handling": WIDE}}),
    Turn("teams.front.talk", ("10 min", {"law": "uniform", "low": "2 min", "high": "6 min"}),
         {"mean talking": (20, lambda who: 4 + 8 * luck(who, purposes.HANDLING)[0])}, {},
         ({"appeared": 0, "work": 2},)),
    Turn("teams.front.talk_for", ({}, {"any": "4 min"}, {"any": {"law": "uniform", "low": "2 min", "high": "6 min"}}),
         {"mean talking": (10, 4, lambda who: 2 + 4 * luck(who, purposes.HANDLING)[0])}),
    Turn("teams.front.talk_for", ({}, {"other": "4 min"}), {"mean talking": (10, 7), "last talking": (3, 3)},
         {"teams": {"front": {"staff": 2}},
          "population": {"reasons": {"any": {"share": 0.5}, "other": {"share": 0.5}}}},
         (0, {"appeared": 0, "reason": 1})),
    Turn("teams.front.after_call_for", ({}, {"any": "5 min"}),
         {"last answered": (14, 18), "occupancy": (28 / 1440, 36 / 1440)},
         over(A_DAY, {"teams": {"front": {"after_call": "1 min"}}}), (0, 0)),
    Turn("teams.front.competent_for", ({}, {"any": 0.0}), {"wrong_person": (0, 1), "mean talking": (10, 2.5)},
         twice(1)),
    Turn("teams.front.competent_for", ({}, {"any": 1.0}), {"wrong_person": (1, 0)},
         over(twice(1), {"teams": {"front": {"competent": 0.0}}})),
    Turn("levers.knowledge.competent", ({}, {"front": 1.0}), {"wrong_person": (1, 0)},
         over(twice(1), {"teams": {"front": {"competent_for": {"any": 0.0}}}})),
    Turn("teams.front.pause", ("0 s", "5 min"), {"last answered": (13, 18), "occupancy": (26 / 1440, 26 / 1440)},
         A_DAY, (0, 0)),
    Turn("teams.front.pause", ("1 min", {"law": "uniform", "low": "2 min", "high": "6 min"}),
         {"last answered": (14, lambda who: 15 + 4 * luck(who, purposes.PAUSE)[0])}, {}, (0, 0)),
    Turn("teams.front.understood", (1, 0), {"misunderstood": (0, 1), "when talking": (3, 5), "explaining": (1, 1)}),
    Turn("teams.front.understood", (1, 0.75),
         {"talk_minutes_per_call": (13, pytest.approx(13.5, abs=0.123)),
          "misunderstood": (0, lambda who: (luck(who, purposes.UNDERSTOOD) < 0.25).sum())}, CROWD, DRAWN),
)  # fmt: skip
"""A pause is not busy. Told twice, the story takes 4 min: four standard deviations of a quarter of 800 are 0.123."""

IN_NO_TIME = over(
    CROWD,
    {"levers": {"memory": {"identification": "0 s", "explanation": "0 s"}},
     "teams": {"front": {"staff": 1, "talk": "0 min", "solve": {"plain": 0.5}}}}, twice(1),
)  # fmt: skip
"""Nobody keeps the only agent for any time, so he serves all of them."""
NEW: dict[str, Any] = {"teams": {"front": {"learning": {"halved_after": 1, "talk_at_first": 2}}}}
LEARNS = "teams.front.learning"
TALENT = (
    Turn("teams.front.knowledge_cv", (0, 0.5),
         {"solved_share": (near(0.5, MANY), near(1 - 0.5 ** of_the_first(purposes.KNOWLEDGE, 0.5), MANY))},
         IN_NO_TIME, DRAWN),
    Turn(f"{LEARNS}.halved_after", (1, 2), {"mean talking": (17.5, (20 + 10 * (1 + 0.5**0.5)) / 2)}, NEW, (0, 0)),
    Turn(f"{LEARNS}.halved_after", (1, 2), {"mean talking": (47.5 / 3, (20 + 10 * (1 + 0.5**0.5) + 15) / 3)}, NEW,
         (0, 0, 0)),
    Turn(f"{LEARNS}.talk_at_first", (1, 2, 0.5), {"mean talking": (10, 20, 5)}, NEW),
    Turn(f"{LEARNS}.solves_at_first", (1, 0), {"solved": (1, 0)}, over(NEW, twice(1))),
    Turn(f"{LEARNS}.solves_at_first", (1, 0.25), {"solved_share": (1, near(0.25, MANY))}, over(CROWD, NEW, twice(1)),
         DRAWN),
    Turn(f"{LEARNS}.experience", (0, 1, 2), {"mean talking": (20, 15, 12.5)}, NEW),
    Turn(f"{LEARNS}.experience", ({"law": "uniform", "low": 0, "high": 4}, 0),
         {"mean talking": (10 * (1 + 0.5 ** (4 * uniform(SEED, 0, Kind.AGENT, 0, purposes.EXPERIENCE))), 20)}, NEW),
)  # fmt: skip
"""A new agent talks for 20 minutes, after a call for 15, after two for 12.5; where half is gone after two calls 10 (1 +
the root of a half) after one, and 15 after two."""

HALF_PAST, ONE = ({"agents": 1, "hours": [f"mon {when}-24:00"]} for when in ("00:30", "01:00"))
SHIFTS = (
    Turn("teams.front.shifts.day.agents", (1, 2),
         {"last answered": (13, 0), "staff_eur_per_problem": (120, 240), "occupancy": (26 / 1440, 26 / 2880)},
         over(PAID, shift()), (0, 0)),
    Turn("teams.front.shifts.day.hours", (["mon 00:30-24:00"], ["mon 01:00-24:00"], ["tue 00:00-24:00", "mon 2-3"]),
         {"when answered": (30, 60, 120), "staff_eur_per_problem": (235, 230, 10)}, over(PAID, shift())),
    Turn("teams.front.shifts.day.breaks", ([], ["00:00-00:30"], ["00:00-00:15", "00:15-01:00"]),
         {"when answered": (0, 30, 60), "staff_eur_per_problem": (240, 240, 240),
          "occupancy": (13 / 1440, 13 / 1410, 13 / 1380)}, over(PAID, shift())),
    Turn("teams.front.shifts.day.lunches", ([], ["00:00-00:30"], ["00:00-00:15", "00:15-01:00"]),
         {"when answered": (0, 30, 60), "staff_eur_per_problem": (240, 235, 230),
          "occupancy": (13 / 1440, 13 / 1410, 13 / 1380)}, over(PAID, shift())),
    Turn("teams.front.shifts.day.lunches", ([], ["00:15-00:30"]), {"when answered": (10, 10), "last answered": (23, 30),
                                                                   "occupancy": (26 / 1440, 26 / 1433)},
         over(PAID, shift()), (10, 11)),
    Turn("teams.*.shifts.*.agents", ({"a": ALL_DAY, "b": ALL_DAY | {"agents": 0}}, {"a": ALL_DAY, "b": ALL_DAY}),
         {"last answered": (13, 0), "staff_eur_per_problem": (120, 240)}, over(PAID, shift()), (0, 0),
         at="teams.front.shifts"),
    Turn("teams.front.shifts.*.hours", ({"a": HALF_PAST, "b": ONE}, {"a": HALF_PAST, "b": HALF_PAST}),
         {"last answered": (60, 43)}, {"teams": {"front": {"staff": 0}}}, (0,) * 4, at="teams.front.shifts"),
)  # fmt: skip
"""Who is on the telephone when his lunch comes, at 15, finishes at 23: eight minutes beside the schedule of 1425.
Of four callers of midnight one agent takes three, at 30, 43 and 56, where the other comes at 60."""


def absence(day: int, agent: int = 0) -> float:
    """Return the luck that decides whether an agent of team 0 is absent on a working day."""
    return uniform(SEED, 0, Kind.AGENT, agent, purposes.ABSENCE, day)


LITTLE_LESS, LITTLE_MORE = 0.999 * absence(0), 1.001 * absence(0)
BACK_AT = 240 + 1440 * next(day for day in range(7) if absence(day + 1) >= LITTLE_MORE)
LOST = sum(minutes * (absence(day, agent) < 0.25) for agent in range(20) for day, minutes in ((0, 240), (1, 1200)))
"""Minutes of Monday lost by twenty agents: those absent until four, and from four on."""
MONEY = (
    Turn("teams.front.absent", (LITTLE_LESS, LITTLE_MORE), {"when answered": (0, BACK_AT)}),
    Turn("teams.front.absent", (0, 1), {"answered": (1, 0), "staff_eur_per_problem": (240, 240)}, PAID),
    Turn("teams.front.absent", (0, 0.25),
         {"staff_eur_per_problem": (4800, 4800), "occupancy": (13 / (20 * 1440), 13 / (20 * 1440 - LOST))},
         over(PAID, {"teams": {"front": {"staff": 20}}})),
    Turn("teams.front.shrinkage", (0, 0.2), {"staff_eur_per_problem": (240, 300), "occupancy": (13 / 1440,) * 2}, PAID),
    Turn("teams.front.shrinkage", (0, 0.2), {"staff_eur_per_problem": (235, 235 / 0.8)},
         over(PAID, shift(lunches=["12:00-12:30"], breaks=["15:00-15:15"]))),
    Turn("teams.front.wage_premiums", ({}, {"mon 00:00-12:00": 0.5}, {"mon 00:00-12:00": 0.5, "mon 22-24": 1}),
         {"staff_eur_per_problem": (240, 300, 320)}, PAID),
    Turn("teams.front.wage_premiums", ({}, {"mon 12:00-13:00": 0.5}), {"staff_eur_per_problem": (235, 237.5)},
         over(PAID, shift(lunches=["12:00-12:30"], breaks=["12:30-12:45"]))),
    Turn("teams.front.wage_premiums", ({}, {"mon 00:00-12:00": 0.5}), {"staff_eur_per_problem": (360, 450)},
         over(PAID, {"teams": {"front": {"shrinkage": 0.2, "wage_skills": {"front": 2}}}})),
    Turn("teams.front.wage_skills", ({}, {"front": 2}), {"staff_eur_per_problem": (240, 288)}, PAID),
    Turn("teams.front.wage_skills", ({}, {"front": 2, "vip": 3}), {"staff_eur_per_problem": (240, 360)},
         over(PAID, {"queues": {"vip": {}}, "teams": {"front": {"serves": ["front", "vip"]}}})),
)  # fmt: skip
"""Twelve hours at half as much again are 60 EUR; of an hour with half an hour of lunch the half that is paid."""

STAFF = (*TALK, *TALENT, *SHIFTS, *MONEY)
