"""Two worlds of those who go to a desk or chat, beside those who call: as it comes, and at whole minutes."""

from __future__ import annotations

from typing import Any

from tests.twin.unlike import exponential

ATTENDED: dict[str, Any] = {
    "name": "attended",
    "population": {
        "problems_per_day": 380,
        "again": {"most_attempts": 8, "persistence_after": {"dismissed": 0.95}},
        "chasing": {"without_date": 14.0, "before_date": 5.0, "after_broken": 20.0, "informed": 2.0},
    },
    "line": {"sends_on": {"shop": 0.2, "web": 0.2}},
    "desks": {
        "shop": {"team": "counter", "open": ["mon-sun 09:00-12:00", "mon-sun 13:00-18:00"], "travel": exponential(14),
                 "patience": exponential(19), "sends_on": {"phone": 0.3, "web": 0.1}},
    },
    "chats": {
        "web": {"team": "site", "open": ["mon-sun 08:00-20:00"], "patience": exponential(15),
                "sends_on": {"phone": 0.2, "shop": 0.1}},
        "inside": {"team": "app", "open": ["mon-sun 10:00-18:00"], "patience": exponential(24),
                   "sends_on": {"web": 0.4}},
    },
    "contacts": {
        "first": {"phone": 0.2, "shop": 0.15, "web": 0.4, "inside": 0.25},
        "switch": 0.4,
        "asking_by": {"phone": 0.3, "shop": 0.2, "web": 0.3, "inside": 0.2},
        "sent_on": exponential(6),
    },
    "teams": {
        "counter": {"staff": {"mon-sun 09:00-18:00": 2}, "talk": "7 min", "wage": 0, "competent": 0.9,
                    "after_call": exponential(1.2), "empathy": 0.8, "empathy_cv": 0.4,
                    "solve": {"easy": 0.8, "hard": 0.5}},
        "site": {"staff": {"mon-sun 08:00-13:00": 3, "mon-sun 13:00-20:00": 2}, "chats": 3, "chat_slowdown": 0.45,
                 "talk": "8 min", "wage": 0, "speed_cv": 0.3, "competent": 0.8, "pause": "20 s", "understood": 0.8,
                 "empathy": 0.6, "empathy_cv": 0.9, "after_call": exponential(1.6),
                 "solve": {"easy": 0.7, "hard": 0.3}},
        "app": {"staff": {"mon-sun 10:00-18:00": 3}, "chats": 2, "chat_slowdown": 1.1, "talk": "11 min", "wage": 0,
                "competent": 0.85, "after_call": "2 min", "solve": {"easy": 0.8, "hard": 0.6}},
    },
    "paths": {
        "from chat": {"from": "site", "to": "app", "when": "wrong_person", "how": "warm", "briefing": exponential(1.4),
                      "tries": 1},
        "too hard": {"from": "site", "to": "app", "when": "unsolved", "how": "conference", "tries": 2},
        "too much": {"from": "site", "to": "app", "when": "above_limit", "tries": 1},
        "to be made": {"from": ["app", "counter"], "to": "back", "when": "unsolved", "by": "ticket", "case": "later"},
    },
    "cases": {
        "later": {
            "registered": 0.8, "rounds": 2, "patience": exponential(700), "asking": exponential(2.3),
            "steps": {"made": {"team": "back", "takes": exponential(90), "solves": {"easy": 0.5, "hard": 0.4}}},
        },
    },
}  # fmt: skip
"""To be laid over the busy world. No two of its teams hold as many chats, nor are as slow when they do."""

AT_WHOLE_MINUTES: dict[str, Any] = {
    "name": "attended and tied",
    "population": {"handling": 1, "patience": "10 min", "moved": "0 min"},
    "line": {"menu": "1 min"},
    "desks": {"shop": {"travel": "5 min", "patience": "10 min"}},
    "chats": {"web": {"patience": "10 min"}, "inside": {"patience": "5 min"}},
    "contacts": {"sent_on": "0 min"},
    "teams": {
        "front": {"talk": "5 min", "after_call": "1 min", "speed_cv": 0.0},
        "back": {"talk": "5 min", "after_call": "0 min", "speed_cv": 0.0},
        "counter": {"talk": "5 min", "after_call": "1 min"},
        "site": {"talk": "5 min", "chat_slowdown": 0.0, "speed_cv": 0.0, "after_call": "1 min", "pause": "1 min"},
        "app": {"talk": "10 min", "chat_slowdown": 1.0, "after_call": "0 min"},
    },
    "paths": {"from chat": {"briefing": "1 min"}},
    "cases": {"later": {"patience": "600 min", "asking": "2 min", "steps": {"made": {"takes": "30 min"}}}},
    "levers": {"memory": {"identification": "1 min", "identification_again": "1 min", "explanation": "1 min"}},
}
"""To be laid over it: many begin, end and lose patience at the same instant."""
