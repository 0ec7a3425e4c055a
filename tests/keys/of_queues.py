"""The keys of queues turned: who is served next and by whom, and what leads on out of a queue."""

from __future__ import annotations

import math
from typing import Any

from scipy import stats

from sim import purposes
from sim.luck.keys import Kind, uniform
from tests.keys.of_people import CROWD, twice
from tests.keys.of_service import BACK, THIRD, passing
from tests.keys.turns import DRAWN, SEED, Turn, luck, over


def gold(appeared: float) -> dict[str, float]:
    """Return who calls about gold, the second of two reasons."""
    return {"appeared": appeared, "reason": 1}


def rich(appeared: float) -> dict[str, float]:
    """Return a customer of the second of two segments."""
    return {"appeared": appeared, "segment": 1}


OF_NO_VALUE = {"value_of_time": 0, "outage_value": 0, "hours_of_use": 0}
TWO_KINDS: dict[str, Any] = over(
    twice(1),
    {
        "population": {
            "patience": "13 min",
            "reasons": {"any": {"share": 0.5}, "gold": {"share": 0.5}},
            "segments": {"all": {"share": 0.5, **OF_NO_VALUE}, "rich": {"share": 0.5, **OF_NO_VALUE}},
        }
    },
)
"""A call keeps the agent for 13 minutes, and nobody waits for longer."""
POOL: dict[str, Any] = over(
    BACK,
    twice(1),
    {
        "line": {"team": "all"},
        "queues": {"all": {}},
        "teams": {name: {"serves": ["all"]} for name in ("front", "back")},
    },
)
"""One queue that two teams serve, an agent each."""
RACE: dict[str, Any] = over(
    TWO_KINDS,
    {
        "line": {"team": "silver", "routes": {"gold": "gold"}},
        "teams": {"front": {"serves": ["gold", "silver"]}},
        "queues": {"gold": {}, "silver": {}},
    },
)
"""An agent for two queues, busy to 13."""
RUNNERS = (0, 2, gold(5))
GOLD_FIRST, SILVER_FIRST = 15, 18
"""When the other one loses patience: silver waits from 2 on, gold from 5 on."""


def by_score(**queues: Any) -> dict[str, Any]:
    """Let the race be decided by score: 11 for the minutes of silver and 8 for those of gold."""
    return over(RACE, {"teams": {"front": {"takes": "by_score"}}, "queues": queues})


def speed_of(agent: int) -> float:
    """Return the speed of an agent of team 0 for a coefficient of variation of a half."""
    wide = math.sqrt(math.log(1.25))
    luck_of_agent = uniform(SEED, 0, Kind.AGENT, agent, purposes.SPEED)
    return float(stats.lognorm.ppf(luck_of_agent, wide, scale=math.exp(-(wide**2) / 2)))


SPEEDS = [speed_of(agent) for agent in range(7)]
KNOWS_MOST = max(range(7), key=lambda agent: uniform(SEED, 0, Kind.AGENT, agent, purposes.KNOWLEDGE))
BY_CHANCE = int(7 * uniform(SEED, 0, Kind.CUSTOMER, 0, purposes.AGENT))
ASKED = ("in_order", "most_idle", "random", "longest_idle")
CHANCE = uniform(SEED, 0, Kind.CUSTOMER, 0, purposes.TEAM)
"""Which of the idle agents of several teams, one after the other."""
CHOOSES: dict[str, Any] = over(
    TWO_KINDS,
    BACK,
    {"line": {"routes": {"gold": "back"}}, "queues": {"front": {"choice": {"queue": "back", "accepted": 1}}}},
)
"""Who calls the front may choose the back, which those call who call about gold."""
WORDS = ("in_order", "by_score", "longest_queue")
SERVING = (
    Turn("teams.back.serves", (None, ["front"], ["back", "front"]), {"answered@back": (0, 1, 1),
                                                                     "last answered": (13, 1, 1)}, BACK, (0, 1)),
    Turn("teams.front.serves", (["gold", "silver"], ["silver", "gold"]),
         {"when abandoned": (GOLD_FIRST, SILVER_FIRST)}, RACE, RUNNERS),
    Turn("teams.front.takes", WORDS, {"when abandoned": (GOLD_FIRST, SILVER_FIRST, GOLD_FIRST)}, RACE, RUNNERS),
    Turn("teams.front.takes", WORDS, {"last abandoned": (16, SILVER_FIRST, SILVER_FIRST)}, RACE, (0, 2, 3, gold(5))),
    Turn("teams.front.reserved", ({}, {"silver": 1}, {"silver": 2}, {"gold": 2}),
         {"answered": (2, 2, 0, 2), "last answered": (1, 13, None, 1)},
         over(RACE, {"teams": {"front": {"staff": 2}}}), (0, 1)),
    Turn("teams.front.next_agent", ("longest_idle", "random", "quickest", "best_skilled"),
         {"mean talking": (10 * SPEEDS[0], 10 * SPEEDS[BY_CHANCE], 10 * min(SPEEDS), 10 * SPEEDS[KNOWS_MOST])},
         {"teams": {"front": {"speed_cv": 0.5, "knowledge_cv": 0.5, "staff": 7}}}),
    Turn("teams.front.next_agent", ("longest_idle", "quickest"),
         {"mean talking": (5 * (SPEEDS[0] + SPEEDS[1]), 10 * min(SPEEDS))},
         {"teams": {"front": {"speed_cv": 0.5, "staff": 7}}}, (0, 100)),
    Turn("teams.back.staff", (1, 2), {"chose_queue": (0, 1)}, CHOOSES, (gold(0), 0, 1)),
    Turn("teams.back.staff", (1, 2), {"chose_queue": (0, 1)}, CHOOSES, (gold(0), gold(0), 0, 1)),
    Turn("teams.back.staff", (1, 2), {"chose_queue": (0, 1)},
         over(CHOOSES, {"teams": {"back": {"talk": "60 min"}}}), (gold(0), 0, 1)),
)  # fmt: skip
"""Gold and silver are one each at 13, of which gold is the first; with two of silver that queue is the longer one.

Of two agents one is kept back from silver: the second of its callers waits for the other. Gold is called at the second
team: its wait is 13 minutes too where its only agent is busy, 26 where one waits before, 6.5 where both of two are;
none, however long its calls, where one is idle."""

HEARS: dict[str, Any] = {"line": {"announcement": {"factor": 1}}, "population": {"patience": "10 min"}}
QUEUES = (
    Turn("line.team", ("front", "gold"), {"queued@gold": (0, 1)},
         {"teams": {"front": {"serves": ["front", "gold"]}}, "queues": {"gold": {}}}),
    Turn("line.segment_routes", ({}, {"rich": "vip"}, {"all": "vip"}, {"rich": "gold", "all": "vip"}),
         {"queued@gold": (2, 1, 1, 3), "queued@silver": (3, 1, 2, 0), "queued@vip": (0, 3, 2, 2)},
         over(RACE, {"teams": {"front": {"serves": ["gold", "silver", "vip"]}}, "queues": {"vip": {}}}),
         (0, gold(1), rich(2), gold(3) | rich(3), rich(4))),
    Turn("queues.all.asks", (None, ["front", "back"], ["back", "front"]), {"answered@back": (0, 0, 1)}, POOL),
    Turn("queues.all.asks_first", ASKED, {"answered@front": (1, 0, 1 if CHANCE < 1 / 4 else 0, 1)},
         over(POOL, {"teams": {"back": {"staff": 3}}})),
    Turn("queues.all.asks_first", ASKED, {"answered@front": (0, 1, 1 if 1 / 5 <= CHANCE < 3 / 5 else 0, 0)},
         over(POOL, THIRD, {"queues": {"all": {"asks": ["back", "front", "third"]}},
                            "teams": {"front": {"staff": 2}, "third": {"serves": ["all"], "staff": 2}}})),
    Turn("queues.all.asks_first", ("in_order", "most_idle", "longest_idle"), {"answered@back": (0, 0, 1)},
         POOL, (0, 20)),
    Turn("line.routes", ({"gold": "back"}, {}), {"balked": (1, 0)},
         over(BACK, HEARS, {"population": {"reasons": {"any": {"share": 0.5}, "gold": {"share": 0.5, "work": 0.1}}}}),
         (0, 1)),
    Turn("queues.all.after", ({}, {"back": "5 min"}, {"front": "1 min", "back": "5 min"}),
         {"when answered": (0, 0, 1), "last answered": (1, 6, 6)}, POOL, (0, 1)),
    Turn("queues.all.after", ({"back": "5 min", "third": "20 min"}, {"back": "20 min", "third": "5 min"}),
         {"answered@back": (1, 0), "answered@third": (0, 1), "last answered": (6, 6)},
         over(POOL, THIRD, {"teams": {"third": {"serves": ["all"], "staff": 1}}}), (0, 1)),
    Turn("queues.all.after", ({"back": "3 min", "third": "6 min"}, {"back": "3 min", "third": "8 min"}),
         {"last answered": (8, 10)},
         over(POOL, THIRD, {"teams": {"third": {"serves": ["all"], "staff": 1}}}), (0, 1, 2)),
    Turn("queues.all.after", ({}, {"back": "1 min"}), {"balked": (0, 2)}, over(POOL, HEARS), (0, 0, 1)),
    Turn("teams.back.talk", ("20 min", "10 min"), {"balked": (1, 0)},
         over(POOL, HEARS, {"population": {"patience": "8.3 min"}}), (0, 0, 1)),
    Turn("teams.back.staff", (1, 2), {"balked": (2, 0)}, over(POOL, HEARS, {"population": {"patience": "6 min"}}),
         (0, 0, 0, 1)),
    Turn("line.announcement.factor", (0.7, 1), {"balked": (0, 1)}, over(POOL, HEARS), (0, 0, 1, 2)),
    Turn("queues.front.places", (None, 2, 1, 0), {"queue_full": (0, 0, 1, 2), "answered": (3, 3, 2, 1)}, twice(1),
         (0, 1, 2)),
    Turn("queues.gold.score", (0, 2.9, 3, 4), {"when abandoned": (SILVER_FIRST, SILVER_FIRST, GOLD_FIRST, GOLD_FIRST)},
         by_score(), RUNNERS),
    Turn("queues.gold.score_per_minute", (1, 1.4), {"when abandoned": (SILVER_FIRST, GOLD_FIRST)}, by_score(), RUNNERS),
    Turn("queues.silver.score_per_minute", (1, 0), {"when abandoned": (SILVER_FIRST, GOLD_FIRST)}, by_score(),
         RUNNERS),
    Turn("queues.front.score_per_minute", (1, 3), {"when abandoned": (14, 16)},
         over(TWO_KINDS, {"queues": {"front": {"score_segments": {"rich": 5}}}}), (0, 1, rich(3))),
    Turn("queues.front.score_segments", ({}, {"rich": 2}, {"rich": 2.5}, {"all": -2.5}),
         {"when abandoned": (16, 16, 14, 14)}, TWO_KINDS, (0, 1, rich(3))),
    Turn("queues.front.score_reasons", ({}, {"gold": 2}, {"gold": 2.5}, {"any": -2.5}),
         {"when abandoned": (16, 16, 14, 14)}, TWO_KINDS, (0, 1, gold(3))),
    Turn("queues.front.score_repeat", (0, 5), {"when abandoned": (86, 83)},
         over(TWO_KINDS, twice(2), {"teams": {"front": {"solve": {"plain": 0.0}}}}), (0, 62, 70)),
    Turn("queues.front.score_after_cut", (0, 5), {"when abandoned": (21, 20)},
         over(TWO_KINDS, twice(2), {"population": {"patience": "6 min"},
                                    "levers": {"time": {"cut_after": "5 min", "clock": "current_agent"}}}),
         (0, 12, 14)),
    Turn("queues.back.score_after_transfer", (0, 5), {"when abandoned": (15.5, 15)},
         over(TWO_KINDS, BACK, {"population": {"patience": "10 min"}, "line": {"routes": {"gold": "back"}},
                                "teams": {"front": {"competent": 0.0}},
                                "paths": {"up": {"from": "front", "to": "back", "when": "wrong_person"}}}),
         (gold(0), 0, gold(5))),
)  # fmt: skip
"""The third of a pool expects 6.5 minutes where both teams would take him at once, 13 where one does not; the fourth
expects 13, of which he hears 9.1. With 20 minutes of talk at the back the third expects 8.306. With two agents there
the fourth expects 4.333.

Of the five callers one is of each kind, silver and gold, of segment all and rich, and two are of silver and rich.

The race: silver has 11 at 13 and gold 8, before what is added; of equals the first queue goes first. In a queue of
the front's own one of 1 and one of 3 have 12 and 10. The repeat of 73 has 2 at 75, the one of 70 has 5. All calls are
cut after 5 minutes: the one of 15 was cut at 5, and has 2 at 17, the one of 14 has 3. Who was passed on at 5.5 has 7.5
at 13, who came at 5 has 8."""

CHOICE: dict[str, Any] = over(
    BACK,
    THIRD,
    {"queues": {"front": {"choice": {"queue": "back", "accepted": 1}}}, "teams": {"back": {"staff": 2}}},
)
OFFERED: dict[str, Any] = over(
    CROWD,
    CHOICE,
    twice(1),
    {"teams": {"front": {"staff": 0}, "back": {"staff": 2000}}, "population": {"patience": "1 min"}},
)
CHOICES = (
    Turn("queues.front.choice.queue", ("back", "third"), {"answered@back": (1, 0), "answered@third": (0, 1)}, CHOICE,
         (0, 1)),
    Turn("queues.front.choice.above", ("0 min", "12.9 min", "13 min"), {"chose_queue": (1, 1, 0)}, CHOICE, (0, 1)),
    Turn("queues.front.choice.accepted", (0, 1), {"chose_queue": (0, 1), "last answered": (13, 1)}, CHOICE, (0, 1)),
    Turn("queues.front.choice.accepted", (0, 0.25),
         {"solved_share": (0, lambda people: float((luck(people, purposes.CHOICE) < 0.25).mean()))}, OFFERED, DRAWN),
)  # fmt: skip
"""13 minutes at the front, 6.5 where two are at work. Without anybody at the front the wait has no end."""


def spill(front: dict[str, Any], **path: Any) -> dict[str, Any]:
    """Give the front's queue a path to the back's."""
    way = {"from": "front", "to": "back", **path}
    return over(BACK, twice(1), {"queues": {"front": front}, "paths": {"up": way}})


AFTER_FIVE = {"when": "waited", "after": "5 min"}
AFTER_TWO: dict[str, Any] = {"when": "waited", "after": "2 min"}
ROUND: dict[str, Any] = over(
    spill({}, **AFTER_TWO),
    {
        "teams": {"front": {"staff": 0}, "back": {"staff": 0}},
        "paths": {"down": {"from": "back", "to": "front", "tries": 9, **AFTER_TWO}},
        "population": {"patience": "15 min"},
    },
)
"""Nobody answers: he is moved on every two minutes."""
OUT = (
    Turn("paths.up.when", ("full", "waited"), {"when moved_on": (2, 6), "queue_full": (0, 1)},
         spill({"places": 1}, after="5 min"), (0, 1, 2)),
    Turn("paths.up.after", ("0 min", "5 min", "7 min", "11 min"), {"when moved_on": (2, 7, 9, None)},
         spill({}, when="waited"), (0, 2)),
    Turn("paths.up.by", ("live", "ticket"), {"moved_on": (1, 0), "message_left": (0, 1), "last solved": (20, 67)},
         spill({}, **AFTER_FIVE, delay="60 min"), (0, 2)),
    Turn("paths.up.tries", (1, 2), {"moved_on": (2, 4), "last moved_on": (4, 8), "when abandoned": (15, 15)}, ROUND),
    Turn("paths.up.from", ("front", "back", ["back", "front"]), {"moved_on": (1, 0, 1)},
         spill({}, **AFTER_FIVE), (0, 2)),
    Turn("paths.up.to", ("all", "third"), {"solved": (1, 0)},
         over(passing(by="ticket"), THIRD, twice(1), {"queues": {"all": {"asks": ["back", "third"]}}, "teams": {
             "back": {"serves": ["back", "all"]},
             "third": {"serves": ["third", "all"], "solve": {"plain": 0.0}}}})),
    Turn("population.patience", ("8 min", "20 min"), {"when abandoned": (10, 22)},
         over(spill({}, **AFTER_FIVE), {"teams": {"back": {"staff": 0}}}), (0, 2)),
    Turn("line.balking", (0, 1), {"balked": (0, 1), "queued@back": (1, 1)},
         over(spill({"places": 0}, when="full"), {"teams": {"back": {"staff": 0}}}), (0, 2)),
)  # fmt: skip

ROUTING = (*SERVING, *QUEUES, *CHOICES, *OUT)
