"""A few small worlds in which all that can happen does: a fault in either telling shows in one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sim.engines import Engine, run
from sim.history.rows import History
from sim.measures import measured
from sim.people import Customers, populate
from sim.people.crowd import Coming
from sim.world import World
from tests.by_hand import written
from tests.twin.asking import ALWAYS_ASKING
from tests.twin.attended import AT_WHOLE_MINUTES, ATTENDED
from tests.twin.both import at_whole_minutes
from tests.twin.in_writing import IN_WHOLE_MINUTES, of_writing
from tests.twin.unasked import UNASKED
from tests.twin.unlike import UNLIKE
from tests.worlds import TINY, merged

REDIALS: dict[str, Any] = {
    "persistence": 0.9,
    "most_attempts": 6,
    "after_blocked": {"law": "exponential", "mean": "5 min"},
    "after_abandoned": {"law": "lognormal", "mean": "20 min", "cv": 2.0},
    "after_cut": "3 min",
    "after_dismissed": {"law": "exponential", "mean": "3 h"},
    "after_unsolved": {"law": "uniform", "low": "0 min", "high": "60 min"},
    "repair_share": 0.5,
    "repair": {"law": "exponential", "mean": 100},
}

GESTURES: dict[str, Any] = {"law": "mixture", "parts": [{"share": 0.5, "of": 25}, {"share": 0.5, "of": 60}]}
"""Half of them exactly the limit of the front."""

BUSY: dict[str, Any] = {
    "name": "busy",
    "time": {"horizon": "1 d", "follow_up": "1 d"},
    "population": {
        "problems_per_day": 300,
        "reasons": {
            "any": {"share": 0.7, "difficulty": {"easy": 0.6, "hard": 0.4}, "gesture_share": 0.5, "gesture": GESTURES},
            "other": {"share": 0.3, "difficulty": {"easy": 0.2, "hard": 0.8}, "gesture_share": 0.3, "gesture": 40},
        },
        "patience": {"law": "exponential", "mean": "12 min"},
        "handling": {"law": "gamma", "mean": 1, "shape": 1.5},
        "again": REDIALS,
        "awake": "mon-sun 07:00-23:00",
        "moved": {"law": "uniform", "low": "0 min", "high": "4 h"},
    },
    "line": {
        "open": ["mon-sun 08:00-20:00"],
        "menu": "1 min",
        "lines": 12,
        "balking": 0.1,
        "routes": {"other": "back"},
        "misrouted_to": "back",
        "announcement": {"factor": 0.3},
    },
    "teams": {
        "front": {
            "staff": {
                "mon-sun 08:00-12:00": 4,
                "mon-sun 12:00-14:00": 2,
                "mon-sun 14:00-17:00": 5,
                "mon-sun 17:00-20:00": 2,
            },
            "talk": "8 min",
            "wage": 0,
            "speed_cv": 0.3,
            "after_call": {"law": "triangular", "low": "0 min", "mode": "1 min", "high": "4 min"},
            "competent": 0.8,
            "solve": {"easy": 0.8, "hard": 0.3},
        },
        "back": {"staff": 3, "talk": "9 min", "wage": 0, "speed_cv": 0.2, "competent": 0.7,
                 "solve": {"easy": 0.9, "hard": 0.6}},
    },
    "paths": {
        "wrong": {"from": "front", "to": "back", "when": "wrong_person", "tries": 1},
        "above": {"from": "front", "to": {"back": 0.7, "front": 0.3}, "when": "above_limit", "how": "warm",
                  "tries": 1, "briefing": "1 min"},
        "hard": {"from": "front", "to": "back", "when": "unsolved", "tries": 1},
        "written": {"from": "back", "to": "back", "when": "wrong_person", "by": "ticket", "delay": "90 min"},
    },
    "levers": {
        "knowledge": {"misrouted": 0.1, "wrong_pitch": 0.2, "pitch_factor": 1.5},
        "authority": {"limit": 25, "limits": {"back": 40}, "above": "escalate"},
        "access": {"sent_elsewhere": 0.1},
        "memory": {
            "identification": {"law": "exponential", "mean": "1 min"},
            "identification_again": "30 s",
            "identified": "by_every_agent",
            "explanation": {"law": "weibull", "scale": "1 min", "shape": 2},
            "progress_kept": 0.5,
            "contradicted": 0.2,
            "redone": 0.5,
        },
        "time": {"cut_after": "20 min", "clock": "current_agent", "hangup": 0.05, "hangup_within": "2 min"},
        "follow_through": {"known_now": 0.5, "discovery": {"law": "exponential", "mean": "40 min"}},
    },
}  # fmt: skip

LONG_MENUS = {"law": "mixture", "parts": [{"share": 0.9, "of": "1 min"}, {"share": 0.1, "of": "20 min"}]}
"""One in ten is cut in it."""

RUNG: dict[str, Any] = merged(
    BUSY,
    {
        "name": "rung",
        "teams": {"chiefs": {"staff": 1, "talk": "5 min", "wage": 0, "solve": {"easy": 1.0, "hard": 1.0}}},
        "line": {"closing": "serve", "lines": 6, "announcement": None, "balking": 0.0, "menu": LONG_MENUS},
        "population": {"patience": {"law": "empirical", "values": ["2 min", "10 min", "40 min"]}},
        "levers": {
            "authority": {
                "above": "approval",
                "limit": 20,
                "limits": {"back": 20},
                "approval": "2 min",
                "supervisors": "chiefs",
            },
            "memory": {"identified": "once", "explained": "once_a_call"},
            "time": {"cut_after": "15 min", "clock": "connection"},
            "follow_through": {
                "call_back": {"offered_above": "4 min", "accepted": 0.6, "missed": 0.4, "tries": 2, "between": "6 min"}
            },
        },
    },
)

TIED: dict[str, Any] = merged(
    RUNG,
    {
        "name": "tied",
        "population": {
            "handling": 1,
            "patience": "10 min",
            "moved": "0 min",
            "again": {
                **dict.fromkeys(("after_blocked", "after_abandoned", "after_cut", "after_dismissed"), "5 min"),
                "after_unsolved": "0 min",
            },
        },
        "line": {"menu": "0 min", "lines": 8},
        "teams": {
            "front": {"talk": "4 min", "after_call": "1 min", "speed_cv": 0.0},
            "back": {"talk": "0 min", "after_call": "0 min", "speed_cv": 0.0},
        },
        "levers": {
            "knowledge": {"pitch_factor": 2.0},
            "memory": {"identification": "1 min", "identification_again": "1 min", "explanation": "1 min"},
            "authority": {"above": "refuse"},
            "time": {"cut_after": "6 min", "clock": "first_agent"},
            "follow_through": {"discovery": "0 min"},
        },
        "prevention": {
            "booklet": {"share": 0.1, "read": 0.5, "reasons": ["any"], "eur_per_prevented": 3},
            "cause": {"share": 0.07, "classes": ["hard"], "eur_per_prevented": 2},
        },
    },
)
TIED["teams"]["front"]["staff"] = {
    f"mon-sun {hour:02}:{half:02}-{hour + half // 30:02}:{30 - half:02}": 2 + (hour + half) % 4
    for hour in range(8, 20)
    for half in (0, 30)
}
"""Agents come and go with every half-hour."""

WRITTEN = of_writing(BUSY)
WRITTEN_AND_TIED = merged(WRITTEN, IN_WHOLE_MINUTES)
WRITTEN_AND_TIED["population"]["reasons"]["other"]["ready"] = "120 min"

OF_CHATS = ("attended", "attended and tied")
"""The worlds in which there are chats, by their names."""
_ATTENDED = merged(BUSY, ATTENDED)

TELLING: dict[str, World] = {
    written["name"]: World.model_validate(merged(TINY, written))
    for written in (
        BUSY, RUNG, TIED, UNLIKE, UNASKED, WRITTEN, WRITTEN_AND_TIED, _ATTENDED, merged(_ATTENDED, AT_WHOLE_MINUTES)
    )
}  # fmt: skip
TELLING["asking"] = World.model_validate(merged(ALWAYS_ASKING, {"time": {"horizon": "3 d"}}))
"""The worlds by their names."""


OUTLIVED = written(
    time={"horizon": "6 d", "follow_up": "3 d"},
    population={"problems_per_day": 2000, "again": {"persistence": 0.0}},
    messages={"mail": {"patience": "10 min", "lies": "1 d"}},
    teams={"office": {"staff": 30}},
)
"""Whoever writes gives up within the hour; his message lies for a day, and is worked on then."""


def lived_in(name: str) -> tuple[World, Customers]:
    """Return a world and the customers who live in it."""
    customers = populate(TELLING[name], seed=8)
    return TELLING[name], at_whole_minutes(customers, 1.0) if name.endswith("tied") else customers


FEW = 120
"""Customers of a telling world who come first: with them alone most faults show, in a fifth of the time."""


def told_compiled(names: Iterable[str] = TELLING) -> list[History]:
    """Return the worlds as the compiled engine tells them: first each of them with few, then each as it is."""
    lived = [lived_in(name) for name in names]
    of_few = [(world, replace(customers, rows=customers.rows[:FEW])) for world, customers in lived]
    return [run(world, customers, engine="compiled") for world, customers in of_few + lived]


def digests(engine: Engine, names: Iterable[str] = TELLING) -> list[str]:
    """Return a digest of each world's history as an engine tells it."""
    return [hashlib.sha256(run(*lived_in(name), engine=engine).rows.tobytes()).hexdigest() for name in names]


def outlived(customers: Customers | Coming) -> str:
    """Return a digest of what comes of the world whose messages outlive their journeys; or why it cannot be."""
    try:
        return hashlib.sha256(repr(measured(OUTLIVED, customers).totals).encode()).hexdigest()
    except ValueError as wrong:
        return str(wrong)
