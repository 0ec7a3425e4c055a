"""The keys of the tariff turned.

Two calls: one of 2 minutes of menu and 13 with the agent, and one that comes at 5 and holds from 7 to 15: 23 minutes.
"""

from __future__ import annotations

import math
from typing import Any

from tests.by_hand import NOBODY_BEFORE_HALF_PAST
from tests.keys.of_people import WAITING
from tests.keys.of_service import passing
from tests.keys.turns import Turn, over

MENU: dict[str, Any] = {"line": {"menu": "2 min"}}
A_EURO = over(MENU, {"tariff": {"price_per_minute": 1}})
BOTH = (0, 5)
OTHER_NETWORK = (0, {"appeared": 5, "other_network": True})
HELD_BETWEEN = over(
    passing(), {"tariff": {"price_per_minute": 1}, "teams": {"back": {"staff": NOBODY_BEFORE_HALF_PAST}}}
)
"""To 8 with the front, held to 30, to 42.5 with the back."""
ASKED = {"tariff": {"price_per_minute": 1}, "levers": {"authority": {"granted": 1}}}
"""Four minutes of approval after 13."""
UNANSWERED: dict[str, Any] = {
    "tariff": {"price_per_call": 2},
    "population": {"patience": "1 min", "again": {"most_attempts": 1}},
    "teams": {"front": {"staff": 0}},
}
OFF_PEAK = over(A_EURO, {"tariff": {"off_peak_price_per_minute": 0.1}})
AVERSE = over(WAITING, {"population": {"patience": "10 min", "price_aversion": 1}, "tariff": {"price_per_minute": 0.5}})
LESS = 10 * math.exp(-0.5)
FREELY = ("always", "never", "own_network_free")

TOLL = (
    Turn("tariff.regime", (None, "fr_2005_2007", "fr_chatel_2008", "free"),
         {"toll_eur_per_call": (0, 0.34 * 19, 0.078 + 0.014 * 13, 0)}, MENU, BOTH),
    Turn("tariff.price_per_call", (0, 2), {"toll_eur_per_call": (0, 2), "hold_share_of_toll": (math.nan, 0)},
         MENU, BOTH),
    Turn("tariff.price_per_minute", (1, 0.5), {"toll_eur_per_call": (19, 9.5), "hold_share_of_toll": (12 / 38,) * 2},
         MENU, BOTH),
    Turn("tariff.off_peak_price_per_minute", (None, 0.1), {"toll_eur_per_call": (19, 1.9)}, A_EURO, BOTH),
    Turn("tariff.peak", (["mon-fri 08:00-19:00"], ["mon 00:00-01:00"]), {"toll_eur_per_call": (1.9, 19)},
         OFF_PEAK, BOTH),
    Turn("tariff.rounding", ("second", "minute"), {"toll_eur_per_call": (19.75, 20)},
         over(A_EURO, {"levers": {"memory": {"explanation": "2.5 min"}}}), BOTH),
    Turn("tariff.steps", (None, "60/60", "60/6", "960/120"), {"toll_eur_per_call": (19.78, 20.5, 19.85, 21)},
         over(A_EURO, {"levers": {"memory": {"explanation": "2.52 min"}}}), BOTH),
    Turn("tariff.starts", ("pick_up", "first_agent"), {"toll_eur_per_call": (19, 13)}, A_EURO, BOTH),
    Turn("tariff.starts", ("pick_up", "first_agent"), {"toll_eur_per_call": (2, 1)},
         over(UNANSWERED, {"teams": {"front": {"staff": 1}}}), BOTH),
    Turn("tariff.hold_billed", FREELY, {"toll_eur_per_call": (19, 13, 18)}, A_EURO, OTHER_NETWORK),
    Turn("tariff.hold_billed", FREELY, {"toll_eur_per_call": (42.5, 20.5, 20.5)}, HELD_BETWEEN),
    Turn("tariff.hold_billed", FREELY, {"toll_eur_per_call": (2, 2, 1)}, UNANSWERED, OTHER_NETWORK),
    Turn("tariff.billed.menu", (True, False), {"toll_eur_per_call": (19, 17)}, A_EURO, BOTH),
    Turn("tariff.billed.hold", (True, False), {"toll_eur_per_call": (19, 15)}, A_EURO, BOTH),
    Turn("tariff.billed.talk", (True, False), {"toll_eur_per_call": (19, 6)}, A_EURO, BOTH),
    Turn("tariff.billed.transfer_hold", (True, False), {"toll_eur_per_call": (42.5, 20.5)}, HELD_BETWEEN),
    Turn("tariff.billed.approval_hold", (True, False), {"toll_eur_per_call": (17, 13)}, ASKED,
         ({"appeared": 0, "gesture": 9},)),
    Turn("tariff.cap", (None, 10, 20), {"toll_eur_per_call": (19, 10, 17.5)}, A_EURO, BOTH),
    Turn("tariff.firm_share", (0, 0.25), {"toll_income_eur_per_problem": (0, 4.75), "toll_eur_per_call": (19, 19)},
         A_EURO, BOTH),
)  # fmt: skip
"""By the law of 2008 a call at night costs 0.078 EUR and 0.014 EUR a minute, menu and hold free from the own network.
Rounded: 15.5 minutes, and 24 from 5 to 29. In steps: 15.52, and 24.04 from 5 to 29.04; by 60/6 these are 15.6 and 24.1,
by 960/120 they are 16 and 26. Who is not answered pays for no call where the meter starts with the agent,
and from the own network no sum at all before somebody answers where its hold is free.
"""

PATIENCE = (
    Turn("tariff.price_per_minute", (0, 0.5), {"when abandoned": (10, LESS)}, AVERSE),
    Turn("tariff.hold_billed", FREELY, {"when abandoned": (LESS, 10, 10)}, AVERSE),
    Turn("tariff.hold_billed", FREELY, {"when abandoned": (LESS, 10, LESS)}, AVERSE,
         ({"appeared": 0, "other_network": True},)),
    Turn("tariff.billed.hold", (True, False), {"when abandoned": (LESS, 10)}, AVERSE),
    Turn("levers.price.free", (False, True), {"when abandoned": (LESS, 10)}, AVERSE),
)  # fmt: skip

MONEY = (*TOLL, *PATIENCE)
