"""A world in which all is tried before the firm is asked: help, other customers, the firm itself; causes come back."""

from __future__ import annotations

from typing import Any


def exponential(mean: str) -> dict[str, Any]:
    """Write an exponential law of durations."""
    return {"law": "exponential", "mean": mean}


UNASKED: dict[str, Any] = {
    "name": "unasked",
    "time": {"horizon": "2 d", "follow_up": "1 d"},
    "population": {
        "problems_per_day": 250,
        "reasons": {
            "any": {"share": 0.6, "difficulty": {"easy": 0.6, "hard": 0.4}, "recurrence": 0.8, "gesture_share": 0.3,
                    "gesture": 30},
            "other": {"share": 0.4, "difficulty": {"hard": 0.7, "odd": 0.3}, "recurrence": 0.4,
                      "ready": exponential("3 h")},
        },
        "segments": {
            "own": {"share": 0.6, "value_of_time": 9, "outage_value": 2, "hours_of_use": 6, "autonomy": 0.7},
            "rich": {"share": 0.4, "value_of_time": 40, "outage_value": 5, "hours_of_use": 3, "autonomy": 0.2},
        },
        "patience": exponential("15 min"),
        "chasing": {"without_date": 4.0, "before_date": 2.0, "after_broken": 9.0, "informed": 3.0},
        "again": {
            "persistence": 0.8,
            "most_attempts": 6,
            "after_blocked": "5 min",
            "after_abandoned": exponential("20 min"),
            "after_cut": "4 min",
            "after_dismissed": exponential("2 h"),
            "after_unsolved": exponential("40 min"),
            "after_unanswered": exponential("10 min"),
        },
        "awake": "mon-sun 07:00-23:00",
        "moved": {"law": "uniform", "low": "0 min", "high": "3 h"},
    },
    "line": {"open": ["mon-sun 08:00-20:00"], "menu": "1 min", "lines": 14},
    "teams": {
        "front": {"staff": {"mon-sun 08:00-20:00": 5}, "talk": "6 min", "wage": 20, "empathy": 0.6, "empathy_cv": 0.8,
                  "after_call": exponential("1 min"), "solve": {"easy": 0.8, "hard": 0.4, "odd": 0.3}},
        "back": {"staff": 3, "talk": "9 min", "wage": 25, "solve": {"easy": 0.9, "hard": 0.7, "odd": 0.6},
                 "empathy": 0.9},
    },
    "paths": {
        "hard": {"from": "front", "to": "back", "when": "unsolved", "tries": 1},
        "opened": {"from": "back", "to": "back", "when": "unsolved", "by": "ticket", "case": "told"},
    },
    "messages": {
        "mail": {"team": "back", "patience": exponential("10 h"), "lies": exponential("1 h"), "answered": 0.7},
        "post": {"team": "back", "patience": exponential("2 h"), "lies": exponential("1 h"), "answered": 0.5,
                 "public": True, "writing": "3 min"},
    },
    "contacts": {"first": {"phone": 0.6, "mail": 0.2, "post": 0.2}, "switch": 0.5},
    "cases": {
        "told": {"steps": {"work": {"takes": exponential("2 h"), "team": "back"}}, "registered": 0.7},
        "noticed": {
            "steps": {"wait": {"takes": exponential("90 min"), "solves": {"easy": 0.9, "hard": 0.5, "odd": 0.0}},
                      "work": {"share": 0.6, "team": "back"}},
            "rounds": 2,
            "patience": exponential("1 d"),
        },
    },
    "self_service": {"reads": 0.5, "reading": exponential("6 min"), "solves": {"easy": 0.5, "other.hard": 0.2},
                     "search": exponential("4 min"), "gives_up_search": 0.3, "instead": {"mail": 0.4, "post": 0.3}},
    "forum": {"answered": 0.7, "delay": exponential("2 h"), "solves": {"easy": 0.7, "hard": 0.4, "odd": 0.1},
              "patience": exponential("4 h"), "asking": exponential("15 min"), "helping": exponential("8 min"),
              "cost": 0.4},
    "detection": {"case": "noticed", "share": 0.3, "share_for": {"other": 0.5}, "delay": exponential("2 h"),
                  "false_alarms": 0.2, "alarm": 3},
    "levers": {
        "access": {"drops_after": 5},
        "memory": {"identification": exponential("1 min"), "explanation": exponential("2 min"), "progress_kept": 0.4},
        "time": {"cut_after": "15 min"},
        "follow_through": {"known_now": 0.7, "discovery": exponential("1 h"), "root_cause": 0.3, "recurrence": True,
                           "recurs_after": exponential("9 h"), "promise": {"within": "3 h", "renewed": 0.5},
                           "news": {"cost": 0.1}},
    },
    "loyalty": {"audience": 300},
}  # fmt: skip
"""Every purpose of luck that these mechanisms ask for is asked for."""
