"""The keys of colleagues turned: advice, approval by supervisors who are agents, a conference, and nobody idle.

Where nothing else is said the talk at the front ends at 13, or at 8 for who is not the right one.
"""

from __future__ import annotations

from typing import Any

import pytest

from sim import purposes
from tests.by_hand import NOBODY_BEFORE_HALF_PAST
from tests.keys.of_levers import ASKS, GESTURE
from tests.keys.of_people import A_DAY, CROWD, MANY, twice
from tests.keys.of_service import BACK, THIRD, passing
from tests.keys.turns import DRAWN, Turn, luck, near, over

LATE: dict[str, Any] = {"teams": {"back": {"staff": NOBODY_BEFORE_HALF_PAST}}}
ADVISED = over(BACK, {"teams": {"front": {"advice": {"team": "back", "share": 1, "lasts": "5 min"}}}})
ADVICE = (
    Turn("teams.front.advice.team", ("back", "third", "front"),
         {"colleague_joined@back": (1, 0, 0), "colleague_joined@third": (0, 1, 0),
          "colleague_joined@front": (0, 0, 1), "when solved": (18, 18, 18)},
         over(ADVISED, THIRD, {"teams": {"front": {"staff": 2}}})),
    Turn("teams.front.advice.share", (0, 1), {"colleague_joined": (0, 1), "when conferring": (None, 13),
                                              "when solved": (13, 18), "occupancy.back": (0, 5 / 1440)},
         over(A_DAY, ADVISED)),
    Turn("teams.front.advice.share", (0, 0.25),
         {"talk_minutes_per_call": (13, pytest.approx(14.25, abs=0.307)),
          "conferring": (0, lambda who: (luck(who, purposes.CONSULT) < 0.25).sum())},
         over(CROWD, ADVISED, {"teams": {"back": {"staff": 2000}}}), DRAWN),
    Turn("teams.front.advice.lasts", ("5 min", "7 min", {"law": "uniform", "low": "2 min", "high": "6 min"}),
         {"when solved": (18, 20, lambda who: 15 + 4 * luck(who, purposes.CONSULT_TIME)[0]),
          "mean colleague_joined": (5, 7, lambda who: 2 + 4 * luck(who, purposes.CONSULT_TIME)[0])}, ADVISED),
    Turn("teams.front.advice.if_busy", ("skip", "wait"),
         {"colleague_asked": (1, 1), "colleague_joined": (0, 1), "when solved": (13, 35),
          "occupancy.front": (13 / 1440, 35 / 1440)}, over(A_DAY, ADVISED, LATE)),
)  # fmt: skip
"""A quarter of the talks takes five minutes more: four standard deviations of a quarter of 800 are 0.307 min."""

BY_THE_BACK: dict[str, Any] = {"levers": {"authority": {"supervisors": "back"}}}
APPROVAL = (
    Turn("levers.authority.supervisors", (None, "back"),
         {"when granted": (17, 34), "colleague_joined": (0, 1), "when colleague_joined": (None, 30),
          "occupancy.back": (0, 4 / 1410)}, over(A_DAY, ASKS, BACK, LATE), GESTURE),
    Turn("levers.authority.approval", ("4 min", "6 min"),
         {"when granted": (17, 19), "mean colleague_joined": (4, 6)}, over(ASKS, BACK, BY_THE_BACK), GESTURE),
    Turn("levers.authority.granted", (0, 1), {"granted": (0, 1), "refused": (1, 0)},
         over(twice(1), BACK, BY_THE_BACK), GESTURE),
    Turn("levers.authority.granted", (0.25, 1), {"gestures_eur_per_problem": (near(0.25, MANY, 50), 50)},
         over(CROWD, twice(1), BACK, BY_THE_BACK,
              {"population": {"reasons": {"any": {"share": 1, "gesture_share": 1, "gesture": 50}}},
               "teams": {"back": {"staff": 2000}}}), DRAWN),
    Turn("levers.authority.supervisors", (None, "back"), {"granted": (1, 0), "refused": (0, 1)},
         over(ASKS, BACK, twice(1), {"line": {"open": ["mon 00:00-00:30", "tue 00:00-00:30"]},
                                     "teams": {"back": {"staff": {"tue 00:00-01:00": 1}}}}), GESTURE),
)  # fmt: skip
"""Where the line closes before a supervisor comes the gesture is refused."""

TO_THE_BACK = passing(briefing="3 min")
LOST = ("wait", "lost")
WAYS = (
    Turn("paths.up.how", ("cold", "warm", "conference"),
         {"transferred_cold": (1, 0, 0), "transferred_warm": (0, 1, 1), "colleague_joined": (0, 0, 1),
          "when left_agent": (8, 8, 11), "last talking": (10.5, 11, 11), "when solved": (20.5, 21, 21),
          "occupancy.front": (8 / 1440, 8 / 1440, 11 / 1440), "occupancy.back": (12.5 / 1440, 13 / 1440, 13 / 1440)},
         over(A_DAY, TO_THE_BACK)),
    Turn("paths.up.how", ("warm", "conference"), {"last answered": (21, 24), "last solved": (34, 34)},
         over(TO_THE_BACK, {"teams": {"front": {"staff": 2}}}), (0, 0)),
    Turn("paths.up.briefing", ("0 s", "3 min"), {"last talking": (8, 11), "briefing": (0, 1)},
         passing(how="conference")),
    Turn("paths.up.if_busy", LOST, {"answered@back": (1, 0), "transfer_lost": (0, 1), "last answered": (30, 0)},
         over(passing(), LATE, twice(1))),
    Turn("paths.up.if_busy", LOST, {"colleague_joined": (1, 0), "transfer_lost": (0, 1), "when left_agent": (33, 8)},
         over(passing(how="conference", briefing="3 min"), LATE, twice(1))),
    Turn("population.again.after_cut", ("10 min", "12 min"), {"last dialled": (18, 20)},
         over(passing(if_busy="lost"), LATE, twice(2))),
    Turn("population.again.after_cut", ("10 min", "12 min"), {"last dialled": (18, 20)},
         over(passing(how="conference", if_busy="lost"), LATE, twice(2))),
)  # fmt: skip
"""Of two who are passed on at 8 the second holds until the back has talked to 21 with the first. Who is lost in a
transfer calls again as after a cut."""

COLLEAGUES = (*ADVICE, *APPROVAL, *WAYS)
