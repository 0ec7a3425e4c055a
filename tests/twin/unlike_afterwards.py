"""What the world of unlike things has after a call and before it: cases, causes that strike again, time to get ready.

No date is promised and no news are told: those who ask how it stands do so at the rate of who was told nothing.
"""

from __future__ import annotations

from typing import Any


def _exponential(mean: float) -> dict[str, Any]:
    return {"law": "exponential", "mean": f"{mean} min"}


AFTERWARDS: dict[str, Any] = {
    "population": {
        "chasing": {"without_date": 11.0, "before_date": 3.0, "after_broken": 17.0, "informed": 2.0,
                    "after": _exponential(26)},
    },
    "teams": {
        "back": {"empathy": 0.62, "empathy_cv": 0.35},
        "front": {"empathy": 0.74, "empathy_cv": 0.8},
        "rear": {"empathy": 0.86, "empathy_cv": 1.3},
    },
    "paths": {
        "opened": {"from": "back", "to": "back", "when": "on_behalf", "by": "ticket", "case": "repair"},
        "asked for": {"from": "front", "to": "rear", "when": "on_behalf", "by": "ticket", "case": "paper"},
    },
    "cases": {
        "repair": {
            "registered": 0.84, "rounds": 3, "patience": _exponential(1900), "asking": _exponential(2.6),
            "steps": {
                "look": {"team": "late", "takes": _exponential(25), "takes_for": {"rich": _exponential(9)},
                         "until_ready": True},
                "visit": {"share": 0.9, "solves": {"easy": 0.5, "other.hard": 0.4, "hard": 0.3, "odd": 0.2},
                          "visit": {"appointment": _exponential(85), "appointment_for": {"rich": _exponential(35)},
                                    "missed": 0.43, "again": 0.28, "cost": 61, "at_home": _exponential(33),
                                    "hours": "mon-sun 07:00-19:00"}},
            },
        },
        "paper": {
            "registered": 0.72, "patience": _exponential(1100), "asking": _exponential(1.4),
            "steps": {"made": {"takes": _exponential(130), "solves": {"easy": 0.6, "hard": 0.35, "odd": 0.25}}},
        },
    },
    "levers": {
        "access": {"on_behalf": 0.51, "acting": _exponential(3.3), "drops_after": 7},
        "follow_through": {"root_cause": 0.14, "recurrence": True, "recurs_after": _exponential(320)},
    },
}  # fmt: skip
"""To be laid over it."""

OF_REASONS: dict[str, dict[str, Any]] = {
    "any": {"recurrence": 0.7},
    "other": {"recurrence": 0.5, "ready": _exponential(140)},
    "third": {"ready": _exponential(60), "first_contact": _exponential(75)},
}
"""To be laid over its reasons."""
