"""Two worlds in which all that is written about happens: messages, cases, visits, promises, acting on behalf."""

from __future__ import annotations

from typing import Any

from tests.twin.unlike import exponential
from tests.worlds import merged

OF_WRITING: dict[str, Any] = {
    "name": "written",
    "time": {"horizon": "2 d", "follow_up": "2 d"},
    "population": {
        "problems_per_day": 130,
        "again": {"after_unanswered": exponential(30), "persistence_after": {"unanswered": 0.95}, "most_attempts": 9},
        "chasing": {
            "after": exponential(40), "without_date": 9.0, "before_date": 4.0, "after_broken": 12.0, "informed": 3.0,
        },
    },
    "messages": {
        "mail": {"team": "office", "answered": 0.8, "acknowledged": 0.5, "patience": exponential(200),
                 "writing": exponential(7), "reading": exponential(2.5),
                 "asks_back": 0.15, "sends_on": {"phone": 0.3, "post": 0.1}, "lies": exponential(60)},
        "post": {"team": "office", "answered": 0.6, "patience": exponential(25), "writing": exponential(50),
                 "reading": "90 s", "public": True, "sends_on": {"phone": 0.2, "mail": 0.3}, "asks_back": 0.05},
    },
    "line": {"sends_on": {"mail": 0.3, "post": 0.1}},
    "contacts": {
        "first": {"phone": 0.45, "mail": 0.35, "post": 0.2},
        "first_for": {"other": {"phone": 0.6, "post": 0.4}},
        "switch": 0.5, "then": {"phone": {"mail": 0.7, "post": 0.3}},
        "asking_by": {"phone": 0.55, "mail": 0.35, "post": 0.1}, "sent_on": exponential(11),
        "sent_on_to": {"post": exponential(27)},
    },
    "teams": {
        "office": {"staff": {"mon-sun 09:00-17:00": 4}, "talk": "9 min", "wage": 0, "competent": 0.85,
                   "solve": {"easy": 0.7, "hard": 0.3}, "after_call": "1 min", "pause": "30 s"},
        "experts": {"staff": {"mon-sun 09:00-16:00": 2}, "talk": "14 min", "wage": 0, "competent": 0.9,
                    "solve": {"easy": 0.8, "hard": 0.6}},
        "back": {"solve": {"easy": 0.6, "hard": 0.3}},
    },
    "paths": {
        "wrong": {"from": ["front", "office", "experts"], "tries": 2},
        "above": {"from": ["front", "office"]},
        "case_of_back": {"from": ["back", "office"], "to": "experts", "when": "unsolved", "by": "ticket",
                         "case": "repair"},
        "small_case": {"from": "experts", "to": "experts", "when": "unsolved", "by": "ticket", "case": "note"},
        "behalf": {"from": ["front", "back"], "to": "experts", "when": "on_behalf", "by": "ticket", "case": "note"},
    },
    "cases": {
        "repair": {
            "registered": 0.7, "rounds": 2, "patience": exponential(2600), "asking": exponential(2.2),
            "steps": {
                "look": {"team": "experts", "takes": exponential(20), "until_ready": True},
                "third": {"share": 0.5, "takes": exponential(150), "solves": {"easy": 0.5, "other.hard": 0.3,
                                                                              "hard": 0.2}},
                "visit": {"share": 0.7, "solves": 0.6,
                          "visit": {"appointment": exponential(200), "missed": 0.2, "again": 0.25, "cost": 70,
                                    "hours": ["mon-sun 07:00-12:00", "mon-sun 13:00-19:00"],
                                    "at_home": exponential(40)}},
            },
        },
        "note": {"steps": {"write": {"team": "office", "solves": {"easy": 0.9, "hard": 0.7}}}, "asking": "1 min",
                 "patience": exponential(900)},
    },
    "levers": {
        "access": {"on_behalf": 0.6, "sent_elsewhere": 0.2, "acting": exponential(2.8)},
        "follow_through": {"promise": {"within": "3 h", "renewed": 0.6}, "news": {"cost": 0.1}},
    },
}  # fmt: skip
"""To be laid over the busy world."""

READY = {"other": {"ready": exponential(300)}}
"""What a reason has to wait for."""


def of_writing(busy: dict[str, Any]) -> dict[str, Any]:
    """Return the busy world with all of that."""
    world = merged(busy, OF_WRITING)
    for name, said in READY.items():
        world["population"]["reasons"][name] |= said
    return world


IN_WHOLE_MINUTES: dict[str, Any] = {
    "name": "written and tied",
    "population": {
        "again": {"after_unanswered": "0 min", "after_unsolved": "5 min"},
        "chasing": {"after": "5 min", "without_date": 1440.0, "before_date": 0.0, "after_broken": 1440.0,
                    "informed": 0.0},
        "handling": 1,
        "patience": "10 min",
        "moved": "0 min",
    },
    "messages": {
        "mail": {"patience": "30 min", "writing": "5 min", "reading": "0 min", "lies": "5 min"},
        "post": {"patience": "5 min", "writing": "0 min", "reading": "5 min"},
    },
    "contacts": {"sent_on": "0 min", "sent_on_to": {"post": "5 min"}},
    "teams": {
        "office": {"talk": "5 min", "after_call": "0 min", "pause": "5 min"},
        "experts": {"talk": "10 min"},
    },
    "cases": {
        "repair": {
            "patience": "600 min", "asking": "5 min",
            "steps": {
                "look": {"takes": "0 min"},
                "third": {"takes": "30 min"},
                "visit": {"visit": {"appointment": "60 min", "at_home": "0 min"}},
            },
        },
        "note": {"asking": "0 min", "patience": "60 min"},
    },
    "levers": {
        "access": {"acting": "0 min"},
        "follow_through": {"promise": {"within": "30 min"}},
        "memory": {"identification": "1 min", "identification_again": "1 min", "explanation": "1 min"},
    },
}  # fmt: skip
"""To be laid over it: five minutes, or none, for nearly everything."""
