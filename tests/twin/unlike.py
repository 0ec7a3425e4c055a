"""A world in which no two things are alike: whatever is taken for another shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from sim.luck.laws import Law
from sim.mechanisms.state.hours import Hours
from sim.mechanisms.state.plans import PathPlan, Plan, QueuePlan, TeamPlan
from tests.twin.unlike_afterwards import AFTERWARDS, OF_REASONS
from tests.worlds import merged


def exponential(mean: float) -> dict[str, Any]:
    """Write an exponential law of minutes."""
    return {"law": "exponential", "mean": f"{mean} min"}


_CALLED: dict[str, Any] = {
    "name": "unlike",
    "time": {"horizon": "1 d", "follow_up": "1 d"},
    "population": {
        "problems_per_day": 330,
        "profile": {"days": [1, 1.5, 1, 1, 1, 1, 1], "intervals": [0, 3, 2, 1]},
        "busyness_day": 20,
        "busyness_interval": 30,
        "reasons": {
            "any": {"share": 0.5, "work": 0.9, "difficulty": {"easy": 0.7, "hard": 0.3}, "gesture_share": 0.6,
                    "gesture": {"law": "uniform", "low": 0, "high": 60}},
            "other": {"share": 0.3, "work": 1.2, "difficulty": {"hard": 0.8, "odd": 0.2}, "gesture_share": 0.4,
                      "gesture": 45},
            "third": {"share": 0.2, "difficulty": {"odd": 1.0}, "recurrence": 0.3, "severity": 0.4,
                      "patience": exponential(21), "persistence": 0.73},
        },
        "segments": {
            "own": {"share": 0.6, "value_of_time": 9, "outage_value": 2, "hours_of_use": 6, "other_network": 0.2},
            "rich": {"share": 0.4, "value_of_time": 40, "outage_value": 5, "hours_of_use": 3, "other_network": 0.9,
                     "patience": exponential(13), "persistence": 0.69},
        },
        "work": {"law": "gamma", "mean": 1, "shape": 3},
        "handling": {"law": "lognormal", "mean": 1, "cv": 0.7},
        "patience": exponential(17),
        "patience_again": "left",
        "temper_cv": 0.6,
        "price_aversion": 2.0,
        "again": {
            "persistence": 0.81,
            "persistence_later": 0.77,
            "persistence_after": {"cut": 0.92, "blocked": 0.88},
            "most_attempts": 5,
            "after_blocked": exponential(4),
            "after_abandoned": exponential(23),
            "after_cut": exponential(3),
            "after_dismissed": exponential(190),
            "after_unsolved": exponential(31),
            "repair_share": 0.37,
            "repair": {"law": "exponential", "mean": 101},
        },
        "awake": "mon-sun 07:00-19:00",
        "moved": {"law": "uniform", "low": "0 min", "high": "90 min"},
    },
    "line": {
        "open": ["mon-sun 08:00-12:00", "mon-sun 13:00-20:00"],
        "menu": exponential(1.3),
        "lines": 19,
        "balking": 0.07,
        "team": "rear",
        "routes": {"other": "vip", "third": "back"},
        "segment_routes": {"rich": "front"},
        "announcement": {"factor": 0.45},
    },
    "tariff": {"price_per_minute": 0.4, "hold_billed": "own_network_free"},
    "teams": {
        "back": {"shifts": {"early": {"agents": 2, "hours": ["mon-sun 08:00-14:00"], "breaks": ["10:00-10:15"]},
                            "late": {"agents": 4, "hours": ["mon-sun 13:00-20:00"], "lunches": ["16:30-17:00"]}},
                 "advice": {"team": "front", "share": 0.27, "lasts": exponential(2.4), "if_busy": "wait"},
                 "learning": {"halved_after": 13, "talk_at_first": 1.2, "solves_at_first": 0.7, "experience": 3},
                 "competent_for": {"third": 0.61},
                 "absent": 0.29, "knowledge_cv": 0.9, "understood": 0.81, "pause": exponential(0.7),
                 "talk": "9 min", "talk_for": {"other": {"law": "gamma", "mean": "8 min", "shape": 4}},
                 "wage": 31, "speed_cv": 0.2, "competent": 0.71, "wrong_talk": 0.45,
                 "serves": ["late", "back", "front", "vip"], "takes": "longest_queue", "reserved": {"vip": 1},
                 "after_call": exponential(2.1), "solve": {"easy": 0.91, "other.hard": 0.52, "hard": 0.61, "odd": 0.3}},
        "front": {"staff": {"mon-sun 08:00-12:00": 4, "mon-sun 13:00-17:00": 5, "mon-sun 17:00-20:00": 2},
                  "serves": ["front", "vip"], "takes": "by_score", "next_agent": "random",
                  "advice": {"team": "rear", "share": 0.33, "lasts": exponential(1.9)},
                  "absent": 0.21, "knowledge_cv": 0.55, "understood": 0.9, "pause": "20 s",
                  "learning": {"halved_after": 31, "talk_at_first": 1.7, "solves_at_first": 0.6,
                               "experience": {"law": "exponential", "mean": 2}},
                  "after_call_for": {"third": exponential(3)}, "competent_for": {"any": 0.79},
                  "talk": "7 min", "wage": 19, "speed_cv": 0.3, "competent": 0.83, "wrong_talk": 0.15,
                  "after_call": {"law": "triangular", "low": "0 min", "mode": "1 min", "high": "4 min"},
                  "solve": {"easy": 0.82, "hard": 0.33, "any.hard": 0.44, "odd": 0.12}},
        "rear": {"staff": {"mon-sun 08:30-12:00": 2, "mon-sun 13:00-20:00": 3}, "wage": 23,
                 "talk": {"law": "gamma", "mean": "11 min", "shape": 5}, "competent_for": {"other": 0.68},
                 "absent": 0.05, "knowledge_cv": 0.65, "understood": 0.87, "pause": "25 s",
                 "advice": {"team": "late", "share": 0.17, "lasts": exponential(2.2)},
                 "serves": ["vip", "rear", "late"], "next_agent": "quickest", "reserved": {"late": 1},
                 "learning": {"halved_after": 5, "talk_at_first": 1.4, "solves_at_first": 0.48,
                              "experience": {"law": "exponential", "mean": 4}},
                 "speed_cv": 0.4, "competent": 0.77, "wrong_talk": 0.35, "after_call": "90 s",
                 "solve": {"easy": 0.73, "hard": 0.57, "odd": 0.66, "third.odd": 0.22}},
    },
    "queues": {
        "front": {"after": {"back": "5 min"}, "places": 9, "score": 2, "score_per_minute": 0.9},
        "rear": {"places": 5, "score_per_minute": 0.02, "score_after_transfer": 0.09, "score_after_cut": 0.17,
                 "score_repeat": 0.07, "score_segments": {"rich": 0.35}, "score_reasons": {"any": 0.03, "other": 0.08},
                 "choice": {"queue": "late", "above": "7 min", "accepted": 0.53}},
        "vip": {"asks": ["rear", "front", "back"], "after": {"rear": "1 min", "back": "4 min"}, "score": 200,
                "asks_first": "random",
                "score_reasons": {"any": -191, "other": -194, "third": -198}, "score_after_cut": 1.75, "places": 5},
        "late": {"asks": ["rear", "back"], "asks_first": "longest_idle"},
        "back": {"score_per_minute": 0.05, "score_after_transfer": 0.13, "score_after_cut": 0.25},
    },
    "paths": {
        "moved": {"from": "front", "to": {"late": 0.8, "rear": 0.2}, "when": "waited", "after": "6 min", "tries": 1},
        "message": {"from": "rear", "to": {"vip": 0.9, "back": 0.1}, "when": "waited", "after": "390 s", "by": "ticket",
                    "delay": exponential(70), "tries": 1},
        "overfull": {"from": ["vip", "back"], "to": {"front": 0.9, "late": 0.1}, "when": "full", "tries": 1},
        "wrong": {"from": ["front", "rear"], "to": {"back": 0.7, "front": 0.3}, "when": "wrong_person", "tries": 2,
                  "how": "warm", "briefing": exponential(1.7)},
        "above": {"from": "front", "to": {"rear": 0.2, "back": 0.8}, "when": "above_limit", "tries": 1,
                  "how": "conference", "briefing": "100 s"},
        "lost": {"from": ["back", "front"], "to": "rear", "when": "unsolved", "tries": 3, "if_busy": "lost"},
        "written": {"from": "rear", "to": {"back": 0.6, "front": 0.4}, "when": "unsolved", "by": "ticket",
                    "delay": exponential(80)},
    },
    "prevention": {
        "booklet": {"share": 0.0026, "read": 0.77, "reasons": ["other", "any"], "eur_per_prevented": 3.4},
        "cause": {"share": 0.0017, "classes": ["hard", "third.odd"], "eur_per_prevented": 1.9},
    },
    "levers": {
        "price": {"talk_factor": 0.98},
        "knowledge": {"misrouted": 0.11, "wrong_pitch": 0.21, "pitch_factor": 1.6, "competent": {"rear": 0.64},
                      "solve": {"rear": {"hard": 0.59}}},
        "authority": {"limit": 25, "limits": {"rear": 40, "back": 10}, "above": "escalate", "granted": 0.67,
                      "supervisors": "rear", "approval": exponential(2.7)},
        "access": {"sent_elsewhere": 0.09},
        "memory": {
            "identification": exponential(1.1),
            "identification_again": exponential(0.6),
            "identified": "once_a_call",
            "explanation": {"law": "weibull", "scale": "1 min", "shape": 2},
            "explained": "once",
            "progress_kept": 0.54,
            "contradicted": 0.24,
            "redone": 0.47,
        },
        "time": {"cut_after": "18 min", "clock": "first_agent", "hangup": 0.06, "hangup_within": "150 s"},
        "follow_through": {
            "known_now": 0.58,
            "discovery": exponential(42),
            "call_back": {"offered_above": "9 min", "accepted": 0.62, "missed": 0.41, "tries": 3, "ringing": "50 s",
                          "between": "6 min"},
        },
    },
}  # fmt: skip

UNLIKE = merged(_CALLED, AFTERWARDS)
for reason, said in OF_REASONS.items():
    UNLIKE["population"]["reasons"][reason] |= said
"""Three teams, the menu's own the last of the file; no team for the misrouted; hours of calling unlike the line's."""


def of_like_kind(plan: Plan) -> Iterator[tuple[str, str, Any]]:
    """Yield all that a plan says, each with what it could be taken for: laws for laws, numbers for numbers."""
    yield from _said(plan, "plan")
    for team in plan.teams:
        yield from _said(team, "team")
    for queue in plan.queues:
        yield from _said(queue, "queue")
    for path in plan.paths:
        yield from _said(path, "path")


def _said(part: Plan | TeamPlan | QueuePlan | PathPlan, of: str) -> Iterator[tuple[str, str, Any]]:
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name in (
            "teams",
            "queues",
            "paths",
            "chat_slowdown",
        ):  # each by itself; a world without chats has none
            continue
        if isinstance(value, Hours):
            yield of, "hours", value
        elif isinstance(value, Law):
            yield of, "law", value
        elif isinstance(value, float):
            yield of, "number", value
        elif isinstance(value, tuple):
            yield of, field.name, value
