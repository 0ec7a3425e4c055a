"""The keys turned of what happens before the firm is asked, or beside it: help, a forum, detection, causes, empathy."""

from __future__ import annotations

from typing import Any

from sim import purposes
from tests.keys.of_judgement import ILL, one_point
from tests.keys.of_people import CROWD, MANY
from tests.keys.of_staff import IN_NO_TIME, of_the_first
from tests.keys.turns import DRAWN, Turn, near, over

ASKS = ({"appeared": 0, "autonomous": True},)
READS: dict[str, Any] = {"self_service": {"reads": 1.0, "reading": "6 min"}}
LOST: dict[str, Any] = {"self_service": {"gives_up_search": 1.0}}
MAIL: dict[str, Any] = {"messages": {"mail": {"team": "front", "patience": "none"}}}
HELP = (
    Turn("self_service.reads", (0.1, 0.6), {"self_service_share": (near(0.1, MANY), near(0.6, MANY))},
         over(CROWD, {"self_service": {"solves": 1.0}}), DRAWN),
    Turn("self_service.reading", ("6 min", "9 min"), {"when read": (6, 9), "customer_minutes_per_problem": (19, 22)},
         READS),
    Turn("self_service.solves", (0.2, {"plain": 0.7}),
         {"self_service_share": (near(0.2, MANY), near(0.7, MANY))}, over(CROWD, READS), DRAWN),
    Turn("self_service.search", ("0 min", "4 min"), {"when dialled": (0, 4), "number_sought": (0, 1)}),
    Turn("self_service.gives_up_search", (0.1, 0.6), {"given_up_share": (near(0.1, MANY), near(0.6, MANY))},
         CROWD, DRAWN),
    Turn("self_service.instead", ({}, {"mail": 0.3}),
         {"messages_per_problem": (0, near(0.3, MANY)), "given_up_share": (1, near(0.7, MANY))},
         over(CROWD, MAIL, LOST), DRAWN),
)  # fmt: skip

FORUM: dict[str, Any] = {"answered": 1.0, "delay": "3 h", "asking": "20 min", "helping": "10 min"}
ALL_ASK = over(
    CROWD,
    {"population": {"segments": {"all": {"share": 1, "value_of_time": 0, "outage_value": 0, "hours_of_use": 0,
                                         "autonomy": 1.0}}}},
)  # fmt: skip
"""A thousand, each of whom would rather ask others."""


def forum(**said: Any) -> dict[str, Any]:
    """Keep a forum of which more may be said."""
    return {"forum": {**FORUM, **said}}


OTHERS = (
    Turn("forum.answered", (0.3, 0.8), {"forum_share": (near(0.3, MANY), near(0.8, MANY))},
         over(ALL_ASK, forum(solves=1.0, delay="1 min")), DRAWN),
    Turn("forum.delay", ("1 h", "3 h"), {"when forum_answered": (80, 200)}, forum(), ASKS),
    Turn("forum.solves", (0.2, {"plain": 0.7}), {"forum_share": (near(0.2, MANY), near(0.7, MANY))},
         over(ALL_ASK, forum(delay="1 min")), DRAWN),
    Turn("forum.patience", ("1 h", "2 h"), {"when dialled": (80, 140)}, forum(answered=0.0), ASKS),
    Turn("forum.asking", ("20 min", "30 min"), {"when read": (20, 30), "searching_minutes_per_problem": (20, 30)},
         forum(), ASKS),
    Turn("forum.helping", ("10 min", "15 min"),
         {"mean forum_answered": (10, 15), "helping_minutes_per_problem": (10, 15)}, forum(), ASKS),
    Turn("forum.cost", (0.5, 2), {"forum_eur_per_problem": (0.5, 2)}, forum(), ASKS),
)  # fmt: skip

CASES: dict[str, Any] = {
    "cases": {name: {"steps": {"look": {"takes": takes, "solves": 1.0}}} for name, takes in
              (("slow", "2 h"), ("quick", "1 h"))},
}  # fmt: skip
NIGHT: dict[str, Any] = {"population": {"awake": "mon-sun 08:00-22:00", "moved": "0 min"}}
NOTICES = over(CASES, NIGHT, {"detection": {"case": "slow", "share": 1.0}})
SOME = over(CROWD, CASES, {"detection": {"case": "slow", "share": 0.2}})
NOTICED = (
    Turn("detection.case", ("slow", "quick"), {"when solved": (120, 60)}, NOTICES),
    Turn("detection.share", (0.2, 0.7), {"detected_share": (near(0.2, MANY), near(0.7, MANY))}, SOME, DRAWN),
    Turn("detection.share_for", ({}, {"any": 0.7}), {"detected_share": (near(0.2, MANY), near(0.7, MANY))}, SOME,
         DRAWN),
    Turn("detection.delay", ("2 min", "5 min", "9 h"),
         {"when detected": (2, 5, None), "when solved": (122, 125, 493)}, NOTICES),
    Turn("detection.delay", ("2 min", "5 min", "9 h"), {"when detected": (2, 5, None), "read": (0, 0, 1)},
         over(CASES, READS, {"detection": {"case": "slow", "share": 1.0}})),
    Turn("detection.false_alarms", (0.5, 1), {"alarms_eur_per_problem": (2, 4)},
         over(NOTICES, {"detection": {"alarm": 4}})),
    Turn("detection.alarm", (4, 6), {"alarms_eur_per_problem": (2, 3)},
         over(NOTICES, {"detection": {"false_alarms": 0.5}})),
)  # fmt: skip
"""Nobody calls before 8, when the firm has noticed, but for what it would notice at 9; and who reads the help breaks
off where he is told within six minutes."""

FOLLOW = "levers.follow_through"
DAILY: dict[str, Any] = {"levers": {"follow_through": {"recurrence": True, "recurs_after": "1 d"}}}
RECURS = ({"appeared": 0, "recurs": True},)
CAUSES = (
    Turn(f"{FOLLOW}.root_cause", (0.2, 0.7),
         {"root_causes_per_1000": (near(0.2, MANY, 1000), near(0.7, MANY, 1000))}, CROWD, DRAWN),
    Turn(f"{FOLLOW}.root_cause", (0, 1), {"recurred": (6, 0), "cause_found": (0, 1)}, DAILY, RECURS),
    Turn(f"{FOLLOW}.recurrence", (False, True),
         {"recurred": (0, 6), "downtime_hours_per_problem": (13 / 60, 7 * 13 / 60)}, DAILY, RECURS),
    Turn(f"{FOLLOW}.recurs_after", ("1 d", "2 d"),
         {"recurred": (6, 3), "when recurred": (1453, 2893), "last recurred": (6 * 1453, 3 * 2893)}, DAILY, RECURS),
)  # fmt: skip
"""The run is of seven days, and each time takes one call of 13 minutes."""

EMPATHY = (
    Turn("teams.front.empathy", ("none", 0.3, 0.8),
         {"generic_legs_per_problem": (0, near(0.7, MANY), near(0.2, MANY))}, CROWD, DRAWN),
    Turn("teams.front.empathy_cv", (0, 0.5),
         {"generic_legs_per_problem": (near(0.5, MANY), near(0.5 ** of_the_first(purposes.EMPATHY, 0.5), MANY))},
         over(IN_NO_TIME, {"teams": {"front": {"empathy": 0.5}}}), DRAWN),
    one_point("generic", 13, {"teams": {"front": {"empathy": 0.0}}}),
)  # fmt: skip

POST = {"team": "front", "writing": "13 min", "patience": "1 h", "answered": 0.0, "public": True}
POSTS: dict[str, Any] = {
    "messages": {"post": POST},
    "contacts": {"first": {"post": 1.0}},
    "population": {"again": {"persistence": 0.0}},
    "effort": {"unanswered": 0},
    "loyalty": {"audience": 500},
}
PUBLIC = (
    Turn("messages.post.public", (False, True),
         {"posted": (0, 1), "people_told_per_1000": (10_000 * ILL, 10_000 * ILL + 500_000)}, POSTS),
    Turn("loyalty.audience", (0, 500),
         {"people_told_per_1000": (10_000 * ILL, 10_000 * ILL + 500_000),
          "lost_margin_eur_per_problem": (225 * ILL, 225 * (ILL + 50))},
         over(POSTS, {"loyalty": {"lost_per_told": 0.1}})),
)  # fmt: skip
"""Thirteen minutes of writing in vain."""

UNASKED = (*HELP, *OTHERS, *NOTICED, *CAUSES, *EMPATHY, *PUBLIC)
