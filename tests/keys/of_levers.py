"""The keys of the seven levers turned."""

from __future__ import annotations

from typing import Any

import pytest

from sim import purposes
from sim.world.levers import Levers
from tests.by_hand import NOBODY_BEFORE_HALF_PAST
from tests.keys.of_money import A_EURO, BOTH
from tests.keys.of_people import A_DAY, CROWD, MANY, NEVER_SOLVED, twice
from tests.keys.of_service import BACK, SECOND, passing
from tests.keys.turns import DRAWN, Turn, luck, near, over

PAID = over(A_DAY, {"teams": {"front": {"wage": 20}}})
OF_EVERY_LEVER = tuple(
    turn
    for lever in Levers.model_fields
    for turn in (
        Turn(f"levers.{lever}.talk_factor", (1, 2), {"mean talking": (10, 20), "talk_minutes_per_call": (13, 23)}),
        Turn(f"levers.{lever}.cost_per_hour", (0, 10), {"staff_eur_per_problem": (480, 720)}, PAID),
    )
)

TOGETHER = (
    Turn("levers.price.talk_factor", (1, 3), {"mean talking": (5, 15)}, {"levers": {"memory": {"talk_factor": 0.5}}}),
    Turn("levers.price.cost_per_hour", (0, 10), {"staff_eur_per_problem": (600, 840)},
         over(PAID, {"levers": {"memory": {"cost_per_hour": 5}}})),
)  # fmt: skip
"""Effects on the talk are multiplied, costs are added."""

NOBODY_RIGHT: dict[str, Any] = {"teams": {"front": {"competent": 0.0}}}
OVER_THE_FRONT: tuple[dict[str, Any], ...] = (
    {},
    {"front": {"plain": 0.0}},
    {"front": {"any.plain": 0.0}},
    {"back": {"plain": 0.0}},
)
KNOWLEDGE = (
    Turn("levers.price.free", (False, True), {"toll_eur_per_call": (19, 0), "toll_income_eur_per_problem": (9.5, 0)},
         over(A_EURO, {"tariff": {"firm_share": 0.5}}), BOTH),
    Turn("levers.knowledge.misrouted", (0, 1), {"wrong_person": (0, 1), "solved": (1, 0)}, twice(1)),
    Turn("levers.knowledge.misrouted", (0, 0.25), {"solved_share": (1, near(0.75, MANY))}, over(CROWD, twice(1)),
         DRAWN),
    Turn("levers.knowledge.competent", ({}, {"front": 0.0}, {"back": 0.0}), {"wrong_person": (0, 1, 0)},
         over(BACK, twice(1))),
    Turn("levers.knowledge.competent", ({}, {"front": 1.0}), {"wrong_person": (1, 0)}, over(NOBODY_RIGHT, twice(1))),
    Turn("levers.knowledge.solve", OVER_THE_FRONT, {"solved": (1, 0, 0, 1)}, over(BACK, twice(1))),
    Turn("levers.knowledge.solve", ({}, {"front": {"plain": 1.0}}), {"solved": (0, 1)}, over(NEVER_SOLVED, twice(1))),
    Turn("levers.knowledge.wrong_pitch", (0, 1), {"wrong_pitch": (0, 1), "when talking": (3, 5)},
         {"levers": {"knowledge": {"pitch_factor": 2}}}),
    Turn("levers.knowledge.wrong_pitch", (0, 0.25),
         {"talk_minutes_per_call": (13, pytest.approx(13.5, abs=0.123))},
         over(CROWD, {"levers": {"knowledge": {"pitch_factor": 2}}}), DRAWN),
    Turn("levers.knowledge.pitch_factor", (1, 3), {"when talking": (3, 7)},
         {"levers": {"knowledge": {"wrong_pitch": 1}}}),
)  # fmt: skip
"""A wrong pitch that doubles the story of 2 minutes: four standard deviations of a quarter of 800 are 0.123 min."""

GESTURE = ({"appeared": 0, "gesture": 50},)
REFUSES: dict[str, Any] = over({"levers": {"authority": {"above": "refuse"}}}, twice(1))
ALLOWED = {"refused": (1, 0), "granted": (0, 1), "gestures_eur_per_problem": (0, 50)}
ASKS: dict[str, Any] = over({"levers": {"authority": {"granted": 1.0}}}, twice(1))
AUTHORITY = (
    Turn("levers.authority.limit", (49, 50), ALLOWED, REFUSES, GESTURE),
    Turn("levers.authority.limits", ({}, {"front": 50}), ALLOWED, REFUSES, GESTURE),
    Turn("levers.authority.limits", ({"front": 40}, {"back": 40}), ALLOWED,
         over(REFUSES, BACK, {"levers": {"authority": {"limit": 60}}}), GESTURE),
    Turn("levers.authority.above", ("approval", "escalate", "refuse"),
         {"approval_asked": (1, 0, 0), "transferred_cold": (0, 1, 0), "refused": (0, 0, 1), "granted": (1, 1, 0),
          "when solved": (17, 13 + 0.5 + 2 + 10, None)},
         over(ASKS, BACK, {"levers": {"authority": {"limits": {"back": 50}}},
                           "paths": {"up": {"from": "front", "to": "back", "when": "above_limit"}}}), GESTURE),
    Turn("levers.authority.approval", ("4 min", "6 min"), {"when granted": (17, 19)}, ASKS, GESTURE),
    Turn("levers.authority.granted", (0, 1), {"granted": (0, 1), "refused": (1, 0)}, twice(1), GESTURE),
    Turn("levers.authority.granted", (0.25, 1), {"gestures_eur_per_problem": (near(0.25, MANY, 50), 50)},
         over(CROWD, twice(1), {"population": {"reasons": {"any": {"share": 1, "gesture_share": 1, "gesture": 50}}}}),
         DRAWN),
    Turn("levers.access.sent_elsewhere", (0, 1), {"sent_elsewhere": (0, 1), "solved": (1, 0)}, twice(1)),
    Turn("levers.access.sent_elsewhere", (0, 0.25), {"solved_share": (1, near(0.75, MANY))}, over(CROWD, twice(1)),
         DRAWN),
    Turn("levers.access.drops_after", ("none", 4, 3, 1),
         {"dialled": (3, 3, 3, 1), "dropped": (0, 0, 1, 1), "dropped_share": (0, 0, 1, 1),
          "limit_reached": (1, 1, 0, 0), "when gave_up": (159, 159, 159, 13)}, over(NEVER_SOLVED, twice(3))),
)  # fmt: skip

AGAIN_TWICE = over(passing(), {"teams": {"back": {"solve": {"plain": 0.0}}}}, twice(2))
"""Two calls in vain, in each of which the front passes on to the back: four agents to be told."""
NOT_SOLVED_IN_FRONT = over(BACK, NEVER_SOLVED, {"paths": {"up": {"from": "front", "to": "back", "when": "unsolved"}}})
CUT_AT_8 = over({"levers": {"time": {"cut_after": "8 min"}}}, twice(2))
MEMORY = (
    Turn("levers.memory.identification", ("1 min", "2 min"), {"when explaining": (1, 2)}),
    Turn("levers.memory.identification_again", ("30 s", "90 s"), {"last explaining": (8.5, 9.5)}, passing()),
    Turn("levers.memory.identified", ("by_every_agent", "once_a_call", "once"),
         {"identifications_per_problem": (4, 2, 1)}, AGAIN_TWICE),
    Turn("levers.memory.explanation", ("2 min", "3 min"), {"when talking": (3, 4)}),
    Turn("levers.memory.explained", ("to_every_agent", "once_a_call", "once"),
         {"explanations_per_problem": (4, 2, 1)}, AGAIN_TWICE),
    Turn("levers.memory.progress_kept", (0, 1, 0.5), {"mean talking": (10, 7.5, 8.75)}, CUT_AT_8),
    Turn("levers.memory.contradicted", (0, 1), {"contradicted": (0, 1), "mean talking": (10, 12.5)},
         over(NOT_SOLVED_IN_FRONT, {"levers": {"memory": {"redone": 0.5}}})),
    Turn("levers.memory.contradicted", (0, 0.25), {"talk_minutes_per_call": (25.5, pytest.approx(26.75, abs=0.307))},
         over(CROWD, NOT_SOLVED_IN_FRONT, {"teams": {"back": {"staff": 2000}}, "levers": {"memory": {"redone": 0.5}}}),
         DRAWN),
    Turn("levers.memory.redone", (0, 0.5), {"mean talking": (10, 12.5)},
         over(NOT_SOLVED_IN_FRONT, {"levers": {"memory": {"contradicted": 1}}})),
)  # fmt: skip
"""Cut at 8 after half the talk: the second talk needs 10, 5 or 7.5 minutes. A quarter of the legs at the back take 5
minutes more than the 12.5 usual ones; four standard deviations are 0.307 min."""


WHERE_CLOCKS_DIFFER = over(
    passing(), twice(1),
    {"line": {"menu": "2 min"}, "levers": {"time": {"cut_after": "20 min"}},
     "teams": {"front": {"staff": NOBODY_BEFORE_HALF_PAST}, "back": {"talk": "30 min"}}},
)  # fmt: skip
"""Picked up at 0, answered at 30, passed on at 38 to an agent who would be ready at 70.5."""
TIME_PRESSURE = (
    Turn("levers.time.cut_after", (None, "5 min", "13 min"), {"when cut": (None, 5, 13), "cut_share": (0, 1, 1)},
         twice(1)),
    Turn("levers.time.clock", ("connection", "first_agent", "current_agent"), {"when cut": (20, 50, 58)},
         WHERE_CLOCKS_DIFFER),
    Turn("levers.time.hangup", (0, 1), {"hung_up": (0, 1), "cut_share": (0, 1)}, twice(1)),
    Turn("levers.time.hangup", (0, 0.25), {"cut_share": (0, near(0.25, MANY))}, over(CROWD, twice(1)), DRAWN),
    Turn("levers.time.hangup_within", ("10 s", "1 min"),
         {"when hung_up": (lambda who: luck(who, purposes.HANGUP_AFTER)[0] / 6,
                           lambda who: luck(who, purposes.HANGUP_AFTER)[0])},
         over(twice(1), {"levers": {"time": {"hangup": 1}}})),
)  # fmt: skip

OFFER: dict[str, Any] = {
    "population": {"again": {"most_attempts": 1}},
    "levers": {"follow_through": {"call_back": {"offered_above": "10 min", "accepted": 1.0}}},
}
"""Who comes second expects 13 minutes, and is rung when the first has been served."""
MISSED = over(OFFER, {"levers": {"follow_through": {"call_back": {"missed": 1.0}}}})
ONE_RING = over(MISSED, {"levers": {"follow_through": {"call_back": {"tries": 1}}}})
BELIEVES = over(NEVER_SOLVED, twice(2), {"levers": {"follow_through": {"known_now": 0.0}}})
RING = "levers.follow_through.call_back"
FOLLOW_THROUGH = (
    Turn("levers.follow_through.known_now", (1, 0), {"unsolved": (1, 0), "believed": (0, 1), "found_out": (0, 1)},
         over(NEVER_SOLVED, twice(1))),
    Turn("levers.follow_through.known_now", (1, 0.75),
         {"downtime_hours_per_problem": (13 / 60, pytest.approx(1 + 13 / 60, abs=0.246))},
         over(CROWD, NEVER_SOLVED, twice(1), {"time": {"follow_up": "1 d"},
                                              "population": {"again": {"lives_with_it": "0 min"}}}), DRAWN),
    Turn("levers.follow_through.discovery", ("4 h", "1 h"), {"when found_out": (253, 73), "last dialled": (313, 133)},
         BELIEVES),
    Turn("levers.follow_through.owned", (False, True), {"effort_index": (26 / 30 + 1, 26 / 30 + 0.5)},
         over(NEVER_SOLVED, twice(2), {"effort": {"identified_again": 0, "explained_again": 0, "owned": 0.5}})),
    Turn(f"{RING}.offered_above", ("12 min", "13 min"), {"call_back_taken": (1, 0), "rung_back": (1, 0)},
         OFFER, SECOND),
    Turn(f"{RING}.accepted", (0, 1), {"call_back_taken": (0, 1), "last answered": (13, 13)}, OFFER, SECOND),
    Turn(f"{RING}.accepted", (0, 0.25), {"abandoned_share": (1, near(0.75, MANY))},
         over(CROWD, OFFER, {"teams": {"front": {"staff": 0}}, "population": {"patience": "0 min"}}), DRAWN),
    Turn(f"{RING}.accepted", (0, 1), {"toll_eur_per_call": (19, 6.5)},
         over(OFFER, {"tariff": {"price_per_minute": 1}}), SECOND),
    Turn(f"{RING}.missed", (0, 1), {"rung_back": (1, 0), "ring_missed": (0, 2), "abandoned": (0, 1)}, OFFER, SECOND),
    Turn(f"{RING}.tries", (2, 3), {"ring_missed": (2, 3), "last ring_missed": (28, 43)}, MISSED, SECOND),
    Turn(f"{RING}.ringing", ("30 s", "2 min"),
         {"mean ring_missed": (0.5, 2), "when abandoned": (13.5, 15), "occupancy": (13.5 / 1440, 15 / 1440)},
         over(A_DAY, ONE_RING), SECOND),
    Turn(f"{RING}.between", ("15 min", "5 min"), {"last ring_missed": (28, 18)}, MISSED, SECOND),
)  # fmt: skip
"""Calls of 13 and 25 minutes, the second of which costs nothing where the firm rings at its own cost.
Who believes is without service for 4 hours more, a quarter of 800: four standard deviations are 0.245 h."""

TWO_KINDS = over(
    CROWD,
    {
        "population": {
            "reasons": {
                "any": {"share": 0.5, "difficulty": {"plain": 0.5, "hard": 0.5}},
                "other": {"share": 0.5, "difficulty": {"plain": 0.5, "hard": 0.5}},
            }
        },
        "teams": {"front": {"solve": {"plain": 1.0, "hard": 1.0}}},
        "prevention": {"cause": {"share": 0.8}},
    },
)
PREVENTS = over(A_DAY, {"prevention": {"cause": {"share": 1}}})
PREVENTION = (
    Turn("prevention.cause.share", (0, 0.3, 1), {"prevented_share": (0, near(0.3, MANY), 1)}, TWO_KINDS, DRAWN),
    Turn("prevention.cause.read", (0, 0.5, 1), {"prevented_share": (0, near(0.4, MANY), near(0.8, MANY))},
         TWO_KINDS, DRAWN),
    Turn("prevention.cause.reasons", ([], ["any"], ["any", "other"]),
         {"prevented_share": (near(0.8, MANY), near(0.4, MANY), near(0.8, MANY))}, TWO_KINDS, DRAWN),
    Turn("prevention.cause.classes", ([], ["hard"], ["any.hard"], ["plain", "hard"]),
         {"prevented_share": (near(0.8, MANY), near(0.4, MANY), near(0.2, MANY), near(0.8, MANY))}, TWO_KINDS, DRAWN),
    Turn("prevention.cause.eur_per_year", (0, 730), {"prevention_eur_per_problem": (0, 2)}, PREVENTS),
    Turn("prevention.cause.eur_per_prevented", (0, 7), {"prevention_eur_per_problem": (0, 7), "mean prevented": (0, 7)},
         PREVENTS),
)  # fmt: skip

LEVERS = (*PREVENTION, *OF_EVERY_LEVER, *TOGETHER, *KNOWLEDGE, *AUTHORITY, *MEMORY, *TIME_PRESSURE, *FOLLOW_THROUGH)
