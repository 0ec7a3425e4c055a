"""Two hundred worlds made by number: the same ones on every machine and with every version of every library."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from tests.worlds import TINY, merged

MANY = 200
TEAMS = ("front", "back", "chief")
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
RARE = (0.0, 0.0, 0.0, 0.1, 0.3, 1.0)

Pick = Callable[[Sequence[Any]], Any]


def world(number: int) -> dict[str, Any]:
    """Return the world of this number as it would be written."""
    luck = random.Random(number)

    def pick(values: Sequence[Any]) -> Any:
        return values[int(luck.random() * len(values))]  # `choice` may change between versions of Python, this may not

    names = TEAMS[: pick((1, 2, 3))]
    changes = {
        "name": f"recorded {number}",
        "time": {"warm_up": pick(("0 min", "6 h")), "horizon": "1 d", "follow_up": pick(("0 min", "1 d"))},
        "line": _line(pick, names),
        "tariff": {"price_per_minute": 1.0, "hold_billed": "always"},
        "teams": {name: _team(pick) for name in names},
        "paths": _paths(pick, names),
        "levers": _levers(pick, names),
    }
    return {**merged(TINY, changes), "population": _population(pick)}


def _minutes(pick: Pick, *means: float) -> Any:
    """Return a law of durations of any kind about one of these means."""
    mean = pick(means)
    written = f"{mean} min"
    parts = [{"share": 0.25, "of": written}, {"share": 0.75, "of": {"law": "exponential", "mean": written}}]
    return pick(
        (
            written,
            {"law": "exponential", "mean": written},
            {"law": "lognormal", "mean": written, "cv": 1.2},
            {"law": "weibull", "scale": written, "shape": 0.6},
            {"law": "gamma", "mean": written, "shape": 0.7},
            {"law": "erlang", "mean": written, "stages": 3},
            {"law": "uniform", "low": "0 min", "high": written},
            {"law": "triangular", "low": "0 min", "mode": written, "high": f"{2 * mean} min"},
            {"law": "empirical", "values": ["0 min", written, f"{2 * mean + 1} min"]},
            {"law": "mixture", "parts": parts},
        )
    )


def _mean_one(pick: Pick) -> Any:
    exponential = {"law": "exponential", "mean": 1}
    return pick((1, exponential, {"law": "lognormal", "mean": 1, "cv": 0.8}, {"law": "gamma", "mean": 1, "shape": 2}))


def _population(pick: Pick) -> dict[str, Any]:
    easy, many = pick(SHARES), pick((("any",), ("any", "other")))
    reason = {
        "difficulty": {"easy": easy, "hard": 1 - easy},
        "gesture_share": pick(RARE),
        "gesture": pick((20, {"law": "exponential", "mean": 30})),
        "work": pick((0.5, 1.0, 2.0)),
    }
    segment = {"value_of_time": 10, "outage_value": 5, "hours_of_use": 8, "other_network": pick(SHARES)}
    delays = ("after_blocked", "after_abandoned", "after_cut", "after_dismissed", "after_unsolved")
    again = {delay: _minutes(pick, 1, 20, 200) for delay in delays}
    again |= {
        "persistence": pick((0.0, 0.5, 0.9, 1.0)),
        "most_attempts": pick((1, 2, 6, 30)),
        "repair_share": pick(SHARES),
        "repair": pick((80, {"law": "exponential", "mean": 100})),
    }
    return {
        "problems_per_day": pick((20, 60, 200)),
        "busyness_day": pick((None, 3.0)),
        "busyness_interval": pick((None, 2.0)),
        "profile": {"intervals": pick(([1], [0, 0, 1, 2], [1] * 10 + [30] + [1] * 13))},
        "reasons": {name: {**reason, "share": 1 / len(many)} for name in many},
        "segments": {"private": {**segment, "share": 0.75}, "professional": {**segment, "share": 0.25}},
        "work": _mean_one(pick),
        "handling": _mean_one(pick),
        "patience": pick(("48 h", _minutes(pick, 2, 15, 60))),
        "temper_cv": pick((0.0, 0.7)),
        "price_aversion": pick((0.0, 1.0)),
        "again": again,
        "awake": pick(("mon-sun 00:00-24:00", "mon-sun 08:00-22:00")),
        "moved": _minutes(pick, 0, 30, 240),
    }


def _line(pick: Pick, names: Sequence[str]) -> dict[str, Any]:
    midday = ["mon-tue 09:00-12:00", "mon-tue 14:00-18:30"]
    return {
        "open": pick((["mon-sun 00:00-24:00"], ["mon-sun 08:00-20:00"], midday)),
        "closing": pick(("dismiss", "serve")),
        "lines": pick((None, None, 1, 2, 5)),
        "menu": pick(("0 s", _minutes(pick, 1, 3))),
        "team": "front",
        "routes": {"any": pick(names)},
        "misrouted_to": pick((None, names[-1])),
        "balking": pick(RARE),
        "announcement": pick((None, {"factor": 0.5}, {"factor": 2.0})),
    }


def _team(pick: Pick) -> dict[str, Any]:
    often = {f"mon-sun {hour:02}:00-{hour + 1:02}:00": pick((0, 1, 2, 3)) for hour in range(7, 22)}
    day = {"mon-sun 08:00-16:00": pick((1, 2, 3)), "mon-sun 16:00-20:00": pick((0, 1, 2))}
    return {
        "staff": pick((1, 2, 3, 40, day, often)),
        "talk": f"{pick((0, 2, 8, 15))} min",
        "after_call": _minutes(pick, 0, 1, 3),
        "wage": 20,
        "speed_cv": pick((0.0, 0.3)),
        "competent": 1.0 - pick(RARE),
        "wrong_talk": pick(SHARES),
        "solve": {level: pick(SHARES) for level in ("easy", "hard")},
    }


def _paths(pick: Pick, names: Sequence[str]) -> dict[str, Any]:
    found = {}
    for name in names:
        for when in ("wrong_person", "above_limit", "unsolved"):
            if pick((True, False)):
                found[f"{when}_of_{name}"] = {
                    "from": name,
                    "to": pick((names[0], names[-1], {team: 1 / len(names) for team in names})),
                    "when": when,
                    "how": pick(("cold", "warm")),
                    "by": pick(("live", "live", "live", "ticket")),
                    "tries": pick((1, 2, 30)),
                    "briefing": _minutes(pick, 0, 1, 2),
                    "delay": _minutes(pick, 0, 10, 600),
                }
    return found


def _levers(pick: Pick, names: Sequence[str]) -> dict[str, Any]:
    offer = {
        "offered_above": pick(("0 min", "3 min")),
        "accepted": pick(SHARES),
        "missed": pick(SHARES),
        "tries": pick((1, 2, 3)),
        "ringing": pick(("0 min", "1 min")),
        "between": pick(("0 min", "5 min", "20 min")),
    }
    return {
        "knowledge": {
            "misrouted": pick(RARE),
            "competent": pick(({}, {names[-1]: pick(SHARES)})),
            "solve": pick(({}, {names[0]: {"easy": pick(SHARES), "any.hard": pick(SHARES)}})),
            "wrong_pitch": pick(RARE),
            "pitch_factor": pick((1.0, 1.5)),
            "talk_factor": pick((0.8, 1.0, 1.3)),
        },
        "authority": {
            "limit": pick((0, 25)),
            "limits": pick(({}, {names[-1]: pick((0, 20, 30))})),
            "above": pick(("approval", "escalate", "refuse")),
            "approval": _minutes(pick, 0, 2, 6),
            "granted": pick(SHARES),
        },
        "access": {"sent_elsewhere": pick(RARE)},
        "memory": {
            "identification": _minutes(pick, 0, 1, 2),
            "identification_again": _minutes(pick, 0, 1, 2),
            "identified": pick(("by_every_agent", "once_a_call", "once")),
            "explanation": _minutes(pick, 0, 1, 3),
            "explained": pick(("to_every_agent", "once_a_call", "once")),
            "progress_kept": pick(SHARES),
            "contradicted": pick(RARE),
            "redone": pick((0.0, 0.5, 1.5)),
        },
        "time": {
            "cut_after": pick((None, None, "1 min", "5 min", "20 min")),
            "clock": pick(("connection", "first_agent", "current_agent")),
            "hangup": pick(RARE),
            "hangup_within": pick(("0 min", "1 min", "5 min")),
        },
        "follow_through": {
            "known_now": pick(SHARES),
            "discovery": _minutes(pick, 1, 60, 300),
            "call_back": pick((None, offer)),
        },
    }
