"""A world of customers who ask how it stands again and again, so that answers come while others wait to be read."""

from __future__ import annotations

from typing import Any

from tests.by_hand import WRITTEN
from tests.worlds import merged

_ALWAYS: dict[str, Any] = {
    "name": "asking",
    "time": {"horizon": "10 d", "follow_up": "14 d"},
    "population": {
        "problems_per_day": 5,
        "chasing": dict.fromkeys(("without_date", "before_date", "after_broken", "informed"), 48.0),
        "again": {"most_attempts": 300},
    },
    "messages": {"mail": {"lies": {"law": "exponential", "mean": "2 d"}, "patience": "none", "answered": 0.5}},
    "contacts": {"first": {"phone": 1.0, "mail": 0.0}, "asking_by": {"phone": 0.88, "mail": 0.12}},
    "teams": {
        "office": {"staff": 3, "talk": "1 min"},
        "front": {"staff": 30, "solve": {"plain": 0.0}},
        "experts": {"staff": 1, "talk": "5 min", "wage": 0, "solve": {"plain": 0.5}},
    },
    "paths": {"up": {"from": "front", "to": "experts", "when": "unsolved", "by": "ticket", "case": "long"}},
    "cases": {
        "long": {
            "patience": "none",
            "asking": "30 min",
            "rounds": 2,
            "steps": {"step": {"team": "experts", "takes": "10 d"}},
        }
    },
}
"""Customers ask some forty times a day how a case stands, one time in eight in writing: half of that is answered."""

ALWAYS_ASKING: dict[str, Any] = merged(WRITTEN, _ALWAYS)
