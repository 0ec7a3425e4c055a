"""The keys turned by which what was lived is judged: the service level, effort, loyalty."""

from __future__ import annotations

import math
from typing import Any

from tests.keys.of_people import WAITING, twice
from tests.keys.of_service import THIRD, passing
from tests.keys.turns import Turn, over

FIVE = (0, 5, {"appeared": 6, "temper": 0.02}, {"appeared": 6, "temper": 0.1}, {"appeared": 6, "temper": 0.1})
"""Served at once; served after 8 minutes; gone after 12 s, and two after a minute, with 10 minutes of patience."""
SHORT = over(twice(1), {"population": {"patience": "10 min"}})
LEVEL = (
    Turn("service_level.definition", ("sl1", "sl2", "arena", "served"), {"service_level": (1 / 4, 2 / 5, 1 / 5, 1 / 2)},
         SHORT, FIVE),
    Turn("service_level.definition", ("sl0", "slg", "queued", "short_out", "short_good"),
         {"service_level": (1 / 2, 1 / 4, 1 / 5, 1 / 4, 2 / 5)},
         over(SHORT, {"service_level": {"short": "15 s"}}), FIVE),
    Turn("service_level.short", ("5 s", "12 s", "1 min"), {"service_level": (1 / 5, 1 / 4, 1 / 2)},
         over(SHORT, {"service_level": {"definition": "short_out"}}), FIVE),
    Turn("service_level.target", (0.25, 0.26), {"good_days_share": (1, 0)}, SHORT, FIVE),
    Turn("service_level.within", ("20 s", "1 min", "8 min"), {"service_level": (1 / 4, 1 / 2, 1)}, SHORT, FIVE),
)  # fmt: skip

NO_WEIGHTS: dict[str, Any] = dict.fromkeys(
    ("repeat", "transfer_cold", "transfer_warm", "identified_again", "explained_again", "cut", "contradicted",
     "wrong_pitch", "long_hold"), 0,
)  # fmt: skip
ORDEAL = over(
    passing(), THIRD, twice(2),
    {"paths": {"on": {"from": "back", "to": "third", "when": "unsolved", "how": "warm", "briefing": "4 min"}},
     "teams": {"back": {"solve": {"plain": 0.0}}},
     "levers": {"knowledge": {"wrong_pitch": 1}, "memory": {"contradicted": 1}, "time": {"cut_after": "30 min"}},
     "effort": NO_WEIGHTS},
)  # fmt: skip
"""Two calls alike: front to 8, cold to the back until 20.5, warm to the third, briefed to 24.5, cut at 30.

An hour in all, two points. In each call two identifications and two stories, each at the wrong pitch; every agent but
the very first contradicts an earlier one.
"""
OWNED = over(ORDEAL, {"effort": {"repeat": 1}, "levers": {"follow_through": {"owned": True}}})
LONG = over(ORDEAL, {"effort": {"long_hold": 1}})
WRITTEN = over(passing(by="ticket"), {"effort": NO_WEIGHTS})
EFFORT = (
    Turn("effort.active_minutes", ("30 min", "60 min"), {"effort_index": (2, 1)}, ORDEAL),
    Turn("effort.repeat", (0, 1), {"effort_index": (2, 3)}, ORDEAL),
    Turn("effort.transfer_cold", (0, 1), {"effort_index": (2, 4)}, ORDEAL),
    Turn("effort.transfer_warm", (0, 1), {"effort_index": (2, 4)}, ORDEAL),
    Turn("effort.transfer_warm", (0, 1), {"effort_index": (8 / 30, 8 / 30 + 1)}, WRITTEN),
    Turn("effort.identified_again", (0, 1), {"effort_index": (2, 5)}, ORDEAL),
    Turn("effort.explained_again", (0, 1), {"effort_index": (2, 5)}, ORDEAL),
    Turn("effort.cut", (0, 1), {"effort_index": (2, 4)}, ORDEAL),
    Turn("effort.contradicted", (0, 1), {"effort_index": (2, 7)}, ORDEAL),
    Turn("effort.wrong_pitch", (0, 1), {"effort_index": (2, 6)}, ORDEAL),
    Turn("effort.long_hold", (0, 1), {"effort_index": (2, 4)}, ORDEAL),
    Turn("effort.long_hold_after", ("3 min", "4 min"), {"effort_index": (4, 2)}, LONG),
    Turn("effort.owned", (0.6, 0.3), {"effort_index": (2.6, 2.3)}, OWNED),
)  # fmt: skip

SAVED = {"levers": {"time": {"cut_after": "9 min"}, "memory": {"progress_kept": 1}}}
REJECTED = {"paths": {"up": {"when": "unsolved"}}, "teams": {"front": {"competent": 1, "solve": {"plain": 0.0}}},
            "levers": {"memory": {"contradicted": 1}}}  # fmt: skip
OF_NO_WEIGHT = {"effort": NO_WEIGHTS}


def one_point(key: str, minutes: float, *world: dict[str, Any]) -> Turn:
    """Weigh what happens once in a life of so many active minutes, in which the rest happens otherwise often."""
    return Turn(f"effort.{key}", (0, 1), {"effort_index": (minutes / 30, minutes / 30 + 1)}, over(OF_NO_WEIGHT, *world))


ALONE = (
    one_point("repeat", 16, SAVED),
    one_point("cut", 16, SAVED),
    one_point("transfer_cold", 20.5, passing()),
    one_point("transfer_warm", 18, passing(how="warm")),
    one_point("identified_again", 18.5, passing(), {"levers": {"memory": {"explained": "once_a_call"}}}),
    one_point("explained_again", 20, passing(), {"levers": {"memory": {"identified": "once_a_call"}}}),
    one_point("contradicted", 25.5, passing(), REJECTED),
    one_point("wrong_pitch", 13, {"levers": {"knowledge": {"wrong_pitch": 1}}}),
    one_point("long_hold", 43, WAITING),
)
"""Cut at 9 with 4 minutes of talk left: 9 and 7 minutes. A front that cannot solve takes 13 before the back's 12.5."""

CES = 1 + 4 * (1 - math.exp(-13 / 30 / 4))
"""Of one call of 13 minutes."""
DISLOYAL = 1 / (1 + math.exp(2.31 - 1.83 * (CES - 1.5)))
ILL = 1 / (1 + math.exp(-(math.log(1 / 99) + (math.log(81 / 19) - math.log(1 / 99)) / 3 * (CES - 1.5))))
"""docs/model.md: 9 % and 96 % disloyal, 1 % and 81 % who speak ill, at 1.5 and 4.5."""


def leaves(base: float, kappa: float, lock_in: float = 0.0) -> float:
    """Return the share who leave at renewal (docs/model.md)."""
    return base + (1 - base) * kappa * (1 - lock_in) * DISLOYAL


WORTHY = ({"appeared": 0, "worth": 100},)
TOLD = {"loyalty": {"lost_per_told": 0.1}}
BEYOND = 100 * (leaves(0.12, 0.3) - 0.12)
"""Yearly margin that goes with those who leave beyond the base churn (EUR)."""
LOYALTY = (
    Turn("loyalty.base_churn", (0.12, 0.2), {"leaves_at_renewal_share": (leaves(0.12, 0.3), leaves(0.2, 0.3))}),
    Turn("loyalty.kappa", (0.3, 0.6), {"leaves_at_renewal_share": (leaves(0.12, 0.3), leaves(0.12, 0.6))}),
    Turn("loyalty.people_told", (10, 5), {"people_told_per_1000": (10_000 * ILL, 5000 * ILL),
                                          "lost_margin_eur_per_problem": (225 * ILL, 112.5 * ILL)}, TOLD),
    Turn("loyalty.lost_per_told", (0, 0.1), {"lost_margin_eur_per_problem": (3 * BEYOND, 3 * BEYOND + 225 * ILL)},
         {}, WORTHY),
    Turn("loyalty.acquisition", (225, 450), {"lost_margin_eur_per_problem": (225 * ILL, 450 * ILL)}, TOLD),
    Turn("loyalty.years_lost", (3, 1), {"lost_margin_eur_per_problem": (3 * BEYOND, BEYOND)}, {}, WORTHY),
    Turn("loyalty.kappa", (0.3, 1), {"leaves_at_renewal_share": (leaves(0.12, 0.3, 0.4), leaves(0.12, 1, 0.4))},
         {}, ({"appeared": 0, "lock_in": 0.4},)),
)  # fmt: skip

JUDGEMENT = (*LEVEL, *EFFORT, *ALONE, *LOYALTY)
