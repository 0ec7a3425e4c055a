"""The keys of desks and chats turned, and of agents who hold several chats at once."""

from __future__ import annotations

from typing import Any

from tests.keys.of_people import twice
from tests.keys.of_writing import ASKED, asks_at
from tests.keys.turns import Turn, over

ALWAYS, FROM_ONE = ["mon-sun 00:00-24:00"], ["mon-sun 01:00-24:00"]
OFFICE: dict[str, Any] = {"teams": {"office": {"staff": 1, "talk": "10 min", "wage": 0, "solve": {"plain": 1.0}}}}
AT_OPENING = {"population": {"moved": "0 min"}}
IN_VAIN = over(twice(2), {"teams": {"front": {"solve": {"plain": 0.0}}}})
GOES: dict[str, Any] = {
    "desks": {"shop": {"team": "front", "open": ALWAYS, "travel": "10 min"}},
    "contacts": {"first": {"shop": 1.0}},
}
"""Ten minutes to get there, and 13 there."""
DESKS = (
    Turn("desks.shop.team", ("front", "office"), {"answered@front": (1, 0), "answered@office": (0, 1)},
         over(GOES, OFFICE)),
    Turn("desks.shop.open", (ALWAYS, FROM_ONE), {"when set_out": (0, 60)}, over(GOES, AT_OPENING)),
    Turn("desks.shop.open", (ALWAYS, ["mon 00:00-00:15", "mon 00:30-24:00"]),
         {"when dismissed": (None, 16), "last set_out": (6, 36)}, over(GOES, AT_OPENING), (6,)),
    Turn("desks.shop.travel", ("10 min", "15 min"),
         {"when answered": (10, 15), "customer_minutes_per_problem": (23, 28)}, GOES),
    Turn("desks.shop.patience", ("none", "5 min"), {"when abandoned": (None, 16), "last answered": (23, 10)},
         over(GOES, twice(1)), (0, 1)),
    Turn("desks.shop.within", ("none", "12 min"), {"answered_within.shop": (0.5, 1)}, over(GOES, twice(1)), (0, 1)),
    Turn("desks.shop.sends_on", ({}, {"phone": 1.0}), {"sent_on": (0, 1), "when dialled": (None, 33)},
         over(GOES, IN_VAIN)),
)  # fmt: skip

CHATS_AWAY: dict[str, Any] = {
    "chats": {"site": {"team": "front", "open": ALWAYS}},
    "contacts": {"first": {"site": 1.0}},
}
TWO_SEATS = over(CHATS_AWAY, {"teams": {"front": {"chats": 2}}})
CHATS = (
    Turn("chats.site.team", ("front", "office"), {"chatting@front": (1, 0), "chatting@office": (0, 1)},
         over(CHATS_AWAY, OFFICE)),
    Turn("chats.site.open", (ALWAYS, FROM_ONE), {"when chat_opened": (0, 60)}, over(CHATS_AWAY, AT_OPENING)),
    Turn("chats.site.patience", ("none", "5 min"), {"when abandoned": (None, 6), "last answered": (13, 0)},
         over(CHATS_AWAY, twice(1)), (0, 1)),
    Turn("chats.site.within", ("none", "12 min"), {"answered_within.site": (0.5, 1)},
         over(CHATS_AWAY, twice(1)), (0, 1)),
    Turn("chats.site.sends_on", ({}, {"phone": 1.0}), {"sent_on": (0, 1), "when dialled": (None, 23)},
         over(CHATS_AWAY, IN_VAIN)),
    Turn("teams.front.chats", (1, 2), {"last answered": (13, 4), "last solved": (26, 17)}, CHATS_AWAY, (0, 4)),
    Turn("teams.front.chat_slowdown", (0, 0.5, 1), {"when solved": (13, 17.5, 22), "last solved": (17, 21.5, 26)},
         TWO_SEATS, (0, 4)),
)  # fmt: skip

BUSY_WITH_ONE = over(TWO_SEATS, {"teams": {"front": {"chat_slowdown": 1}}})
LONG, SHORT = {"appeared": 0, "work": 3}, (4, 20)
"""A chat of 33 minutes of work, and two of 13."""
CHATTED = (
    Turn("teams.front.staff", (1, 2), {"when solved": (30, 17), "last solved": (59, 33)}, BUSY_WITH_ONE,
         (LONG, *SHORT)),
    Turn("levers.authority.limit", (49, 50), {"refused": (1, 0), "granted": (0, 1)},
         over(CHATS_AWAY, twice(1), {"levers": {"authority": {"above": "refuse"}}}), ({"appeared": 0, "gesture": 50},)),
    Turn("cases.repair.asking", ("2 min", "5 min"),
         {"last left_agent": (asks_at(1, later=5.0), asks_at(1, later=8.0)), "chat_opened": (1, 1)},
         over(ASKED, {"chats": CHATS_AWAY["chats"], "contacts": {"asking_by": {"site": 1.0}}})),
)  # fmt: skip
"""Two agents: the second short chat is held by him who holds none, though the other has a seat that is idle longer."""

REACHED_AT_ONCE = (*DESKS, *CHATS, *CHATTED)
