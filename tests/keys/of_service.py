"""The keys of line, teams and paths turned."""

from __future__ import annotations

import math
from typing import Any

import pytest
from scipy import stats

from sim import purposes
from sim.chance import Kind, uniform
from tests.by_hand import NOBODY_BEFORE_HALF_PAST
from tests.keys.of_people import A_DAY, CROWD, MANY, NEVER_SOLVED, WAITING, twice
from tests.keys.turns import DRAWN, SEED, Turn, near, over

BACK: dict[str, Any] = {"teams": {"back": {"staff": 1, "talk": "10 min", "wage": 0}}}
THIRD: dict[str, Any] = {"teams": {"third": {"staff": 2000, "talk": "10 min", "wage": 0}}}
WRONG: dict[str, Any] = {"teams": {"front": {"competent": 0.0, "wrong_talk": 0.5}}}
"""The agent at the front sees after half the talk, at 8, that he is not the right one."""
UP = {"from": "front", "to": "back", "when": "wrong_person"}


def passing(**path: Any) -> dict[str, Any]:
    """Let the front pass everybody on to the back, by a path of which more may be said."""
    return over(WRONG, BACK, {"paths": {"up": {**UP, **path}}})


PROMISED: dict[str, Any] = {
    "line": {"announcement": {"factor": 1}},
    "population": {"patience": "15.5 min", "again": {"persistence": 0.0}},
    "teams": {"front": {"after_call": "3 min"}},
}
"""Who has 15.5 minutes of patience hears of the wait: a call keeps the agent 1 + 2 + 10 + 3 minutes."""
HEARS = {"balked": (0, 1)}
"""Of less in the first world, of 16 minutes in the second."""
SECOND = (0, 1)


def work(one: float, other: float, share: float = 0.5) -> dict[str, Any]:
    """Give two reasons with their work."""
    return {"any": {"share": 1 - share, "work": one}, "other": {"share": share, "work": other}}


EXPECTED = (
    Turn("line.announcement.factor", (0.9, 1), HEARS, PROMISED, SECOND),
    Turn("teams.front.after_call", ("2 min", "3 min"), HEARS, PROMISED, SECOND),
    Turn("teams.front.talk", ("9 min", "10 min"), HEARS, PROMISED, SECOND),
    Turn("teams.front.staff", (2, 1), {"balked": (0, 2)}, PROMISED, (0, 0, 1)),
    Turn("levers.memory.identification", ("0 s", "1 min"), HEARS, PROMISED, SECOND),
    Turn("levers.memory.explanation", ("1 min", "2 min"), HEARS, PROMISED, SECOND),
    Turn("levers.authority.talk_factor", (0.9, 1), HEARS, PROMISED, SECOND),
    Turn("population.reasons.*.work", (work(0.8, 1.0), work(1.2, 0.8)), HEARS, PROMISED, SECOND,
         at="population.reasons"),
    Turn("population.reasons.*.share", (work(0.8, 1.0), work(0.8, 1.0, 1)), HEARS, PROMISED, SECOND,
         at="population.reasons"),
    Turn("line.announcement.factor", (1, 1.001), HEARS, over(PROMISED, {"population": {"patience": "16 min"}}), SECOND),
    Turn("line.announcement.factor", (0.4, 0.6), HEARS, over(PROMISED, {"population": {"patience": "18 min"}}),
         (0, {"appeared": 1, "temper": 2}, 2)),
)  # fmt: skip
"""Two agents serve the first two, and the third expects 8 minutes. The last: he who comes third expects two times 16
minutes, of which he hears 12.8 or 19.2."""

LINE = (
    Turn("line.lines", (None, 1, 0), {"blocked": (0, 1, 2), "answered": (2, 1, 0)},
         over({"teams": {"front": {"staff": 5}}}, twice(1)), (0, 5)),
    Turn("line.lines", (None, 1, 0), {"blocked": (0, 0, 2), "answered": (2, 2, 0)}, twice(1), (0, 20)),
    Turn("line.open", (["mon-sun 00:00-24:00"], ["mon 02:00-03:00", "tue 00:00-01:00"]), {"when dialled": (0, 120)},
         {"population": {"moved": "0 min"}}),
    Turn("line.open", (["mon 00:00-01:00"], ["mon 00:00-02:00"]), {"staff_eur_per_problem": (60, 120)},
         over(A_DAY, {"teams": {"front": {"wage": 60}}})),
    Turn("line.closing", ("dismiss", "serve"), {"when dismissed": (10140, None), "last answered": (10130, 10143)},
         over({"line": {"open": ["mon 00:00-01:00"]}, "time": {"horizon": "14 d"}}, twice(1)), (10130, 10132)),
    Turn("line.closing", ("dismiss", "serve"), {"dismissed": (1, 0), "answered": (1, 2), "last answered": (50, 63)},
         over({"line": {"open": ["mon 00:00-01:00"]}}, twice(1)), (50, 52)),
    Turn("line.menu", ("0 s", "2 min"), {"when queued": (0, 2), "hold_minutes_per_call": (0, 2)}),
    Turn("line.team", ("front", "back"), {"answered@front": (1, 0), "answered@back": (0, 1)}, BACK),
    Turn("line.routes", ({}, {"any": "back"}), {"answered@front": (1, 0), "answered@back": (0, 1)}, BACK),
    Turn("line.misrouted_to", (None, "front", "back"),
         {"queued@front": (0, 1, 0), "queued@back": (1, 0, 1), "wrong_person": (1, 1, 1)},
         over(BACK, {"line": {"team": "back"}, "levers": {"knowledge": {"misrouted": 1}}}, twice(1))),
    Turn("line.balking", (0, 1), {"balked": (0, 1), "abandoned_share": (0, 1)}, over(WAITING, twice(1))),
    Turn("line.balking", (0, 0.25), {"abandoned_share": (0, near(0.25, MANY))},
         over(CROWD, {"teams": {"front": {"staff": 0}}}, twice(1)), DRAWN),
)  # fmt: skip
"""Who does not balk at a team without agents holds for two days, longer than the run."""


def speed_of_the_first() -> float:
    """Return the speed of agent 0 of team 0 for a coefficient of variation of a half."""
    wide = math.sqrt(math.log(1.25))
    return float(
        stats.lognorm.ppf(uniform(SEED, 0, Kind.AGENT, 0, purposes.SPEED), wide, scale=math.exp(-(wide**2) / 2))
    )


TWO_CLASSES = {"population": {"reasons": {"any": {"share": 1, "difficulty": {"hard": 0.75, "plain": 0.25}}}}}
TEAMS = (
    Turn("teams.front.staff", (1, 2), {"last answered": (13, 0), "staff_eur_per_problem": (120, 240)},
         over(A_DAY, {"teams": {"front": {"wage": 10}}}), (0, 0)),
    Turn("teams.front.staff", (NOBODY_BEFORE_HALF_PAST, {"mon 00:00-00:30": 1, "mon 00:30-24:00": 2}),
         {"when answered": (30, 0), "staff_eur_per_problem": (235, 475)},
         over(A_DAY, {"teams": {"front": {"wage": 10}}})),
    Turn("teams.front.staff", ({"mon 00:00-01:00": 1}, {"mon 00:00-02:00": 1}),
         {"staff_eur_per_problem": (68, 120), "occupancy": (13 / 68, 13 / 120)},
         over(A_DAY, {"teams": {"front": {"wage": 60}}}), (55,)),
    Turn("teams.front.talk", ("10 min", "20 min"), {"mean talking": (10, 20), "talk_minutes_per_call": (13, 23)}),
    Turn("teams.front.after_call", ("0 s", "5 min"), {"last answered": (13, 18), "occupancy": (26 / 1440, 36 / 1440)},
         A_DAY, (0, 0)),
    Turn("teams.front.wage", (0, 30), {"staff_eur_per_problem": (0, 720)}, A_DAY),
    Turn("teams.front.speed_cv", (0, 0.5), {"mean talking": (10, 10 * speed_of_the_first())}),
    Turn("teams.front.competent", (1, 0), {"wrong_person": (0, 1), "mean talking": (10, 2.5)}, twice(1)),
    Turn("teams.front.competent", (1, 0.25), {"solved_share": (1, near(0.25, MANY))}, over(CROWD, twice(1)), DRAWN),
    Turn("teams.front.wrong_talk", (0.25, 0.5), {"mean talking": (2.5, 5)},
         over({"teams": {"front": {"competent": 0.0}}}, twice(1))),
    Turn("teams.front.solve", ({}, {"plain": 0.0}, {"any.plain": 0.0, "plain": 1.0}, {"any.plain": 1.0, "plain": 0.0}),
         {"solved": (1, 0, 0, 1)}, twice(1)),
    Turn("teams.front.solve", ({"plain": 0.0, "hard": 1.0}, {"plain": 1.0, "hard": 0.0}, {"plain": 1.0, "hard": 0.5}),
         {"solved_share": (near(0.75, MANY), near(0.25, MANY), near(0.625, MANY))},
         over(CROWD, TWO_CLASSES, twice(1)), DRAWN),
)  # fmt: skip

OF_GESTURES = over(BACK, {"levers": {"authority": {"above": "escalate"}}}, twice(1))
TO_TWO = ({"back": 0.25, "third": 0.75}, {"third": 0.75, "back": 0.25}, "back")
TICKETED = {"ticketed": (0, 1), "transferred_cold": (1, 0), "answered": (2, 1), "solved": (1, 1)}
PATHS = (
    Turn("paths.up.from", ("front", "back", ["back", "front"]), {"transferred_cold": (1, 0, 1), "solved": (1, 0, 1)},
         over(passing(), twice(1))),
    Turn("paths.up.to", ("back", "third"), {"answered@back": (1, 0), "answered@third": (0, 1)},
         over(passing(), THIRD)),
    Turn("paths.up.to", TO_TWO, {"solved_share": (near(0.25, MANY), near(0.25, MANY), 1)},
         over(CROWD, passing(), THIRD, {"teams": {"back": {"staff": 2000}, "third": {"solve": {"plain": 0.0}}}},
              twice(1)), DRAWN),
    Turn("paths.up.to", ({"back": 0.25, "third": 0.25, "front": 0.5}, {"back": 0.25, "third": 0.5, "front": 0.25}),
         {"answered@third": (pytest.approx(250, abs=75), pytest.approx(500, abs=90))},
         over(CROWD, passing(tries=1), THIRD, {"teams": {"back": {"staff": 2000}}}, twice(1)), DRAWN),
    Turn("paths.up.when", ("wrong_person", "above_limit", "unsolved"), {"transferred_cold": (1, 0, 0)},
         over(passing(), twice(1))),
    Turn("paths.up.when", ("wrong_person", "above_limit", "unsolved"), {"transferred_cold": (0, 1, 0)},
         over(OF_GESTURES, {"paths": {"up": UP}}), ({"appeared": 0, "gesture": 50},)),
    Turn("paths.up.when", ("wrong_person", "above_limit", "unsolved"), {"transferred_cold": (0, 0, 1)},
         over(BACK, NEVER_SOLVED, {"paths": {"up": UP}}, twice(1))),
    Turn("paths.up.how", ("cold", "warm"),
         {"transferred_cold": (1, 0), "transferred_warm": (0, 1), "identifying": (2, 1), "explaining": (2, 1)},
         passing()),
    Turn("paths.up.by", ("live", "ticket"), TICKETED, passing()),
    Turn("paths.up.tries", (1, 2), {"transferred_cold": (1, 2), "answered": (2, 3)},
         over(passing(to="front"), twice(1))),
    Turn("paths.up.briefing", ("0 s", "3 min"), {"last talking": (8, 11)}, passing(how="warm")),
    Turn("paths.up.delay", ("24 h", "2 h"), {"when solved": (8 + 1440, 8 + 120)}, passing(by="ticket")),
)  # fmt: skip
"""Four standard deviations of a quarter and of half of a Poisson thousand are less than 75 and 90."""

SERVICE = (*EXPECTED, *LINE, *TEAMS, *PATHS)
