"""Worlds made up by chance, of nearly every kind that the scenario allows, small enough to run in a moment."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.worlds import TINY, merged

TEAMS = ("front", "back", "chief")
QUEUES = ("vip", "spill")
"""Those that are no team's own."""
CLASSES = ("easy", "hard")
KINDS = (
    "bare",
    "exponential",
    "lognormal",
    "weibull",
    "gamma",
    "erlang",
    "uniform",
    "triangular",
    "empirical",
    "mixture",
)


def minutes(low: float, high: float) -> st.SearchStrategy[str]:
    """Write durations in tenths of a minute."""
    return st.integers(round(low * 10), round(high * 10)).map(lambda tenths: f"{tenths / 10:.1f} min")


def rare() -> st.SearchStrategy[float]:
    """Give the share of a mechanism that is off in most worlds, and seldom stands in the way of all others."""
    return st.sampled_from([0.0, 0.0, 0.0, 0.1, 0.3, 1.0])


def shares() -> st.SearchStrategy[float]:
    """Give shares, the two extremes often among them."""
    return st.sampled_from([0.0, 1.0]) | st.integers(1, 9).map(lambda tenths: tenths / 10)


PREVENTED = {
    "booklet": {"share": 0.5, "read": 0.4, "reasons": ["any"], "eur_per_prevented": 3},
    "cause": {"share": 0.3, "classes": ["easy"], "eur_per_year": 1000},
}


@st.composite
def duration_laws(draw: st.DrawFn, low: float, high: float) -> Any:
    """Give a law of every kind, with a mean between low and high (min)."""
    mean = draw(minutes(low, high))
    kind = draw(st.sampled_from(KINDS))
    if kind == "bare":
        return mean
    if kind == "uniform":
        return {"law": kind, "low": "0 min", "high": mean}
    if kind == "triangular":
        return {"law": kind, "low": "0 min", "mode": mean, "high": f"{2 * high:.1f} min"}
    if kind == "empirical":
        return {"law": kind, "values": ["0 min", mean, f"{high + 1:.1f} min"]}
    if kind == "weibull":
        return {"law": kind, "scale": mean, "shape": draw(st.sampled_from([0.6, 1.0, 2.5]))}
    if kind == "mixture":
        parts = [{"share": 0.25, "of": mean}, {"share": 0.75, "of": {"law": "exponential", "mean": mean}}]
        return {"law": kind, "parts": parts}
    spread: dict[str, dict[str, Any]] = {"lognormal": {"cv": 1.2}, "gamma": {"shape": 0.7}, "erlang": {"stages": 3}}
    return {"law": kind, "mean": mean, **spread.get(kind, {})}


MEAN_ONE = st.sampled_from(
    [
        1,
        {"law": "exponential", "mean": 1},
        {"law": "lognormal", "mean": 1, "cv": 0.8},
        {"law": "gamma", "mean": 1, "shape": 2},
    ]
)


@st.composite
def populations(draw: st.DrawFn) -> dict[str, Any]:
    """Give a population of one or two reasons and segments."""
    easy = draw(shares())
    reason = {
        "difficulty": {"easy": easy, "hard": 1 - easy},
        "gesture_share": draw(rare()),
        "gesture": draw(st.sampled_from([20, {"law": "exponential", "mean": 30}])),
        "work": draw(st.sampled_from([0.5, 1.0, 2.0])),
        "profile": draw(st.sampled_from([None, None, {"intervals": [1, 2]}])),
    }
    own = draw(st.just({}) | of_a_kind())
    segment = {"value_of_time": 10, "outage_value": 5, "hours_of_use": 8, "other_network": draw(shares())}
    many = draw(st.sampled_from([("any",), ("any", "other")]))
    delays = ("after_blocked", "after_abandoned", "after_cut", "after_dismissed", "after_unsolved")
    again = {delay: draw(duration_laws(1, 200)) for delay in delays}
    again |= {
        "persistence": draw(st.sampled_from([0.0, 0.5, 0.9, 1.0])),
        "most_attempts": draw(st.integers(1, 6)),
        "repair_share": draw(shares()),
        "repair": 80,
        "persistence_later": draw(st.sampled_from([None, None, 0.0, 0.6])),
        "persistence_after": draw(st.sampled_from([{}, {}, {"cut": 1.0, "unsolved": 0.4}, {"abandoned": 0.7}])),
    }
    return {
        "problems_per_day": draw(st.sampled_from([5, 60, 200])),
        "busyness_day": draw(st.sampled_from([None, 3.0])),
        "busyness_day_correlation": draw(st.sampled_from([0.0, 0.0, 0.7])),
        "busyness_interval": draw(st.sampled_from([None, 2.0])),
        "busyness_interval_correlation": draw(st.sampled_from([0.0, 0.0, -0.5])),
        "shocks": draw(
            st.sampled_from([{}, {}, {"storm": {"per_year": 300, "size": 0.5, "lasts": "90 min", "reasons": ["any"]}}])
        ),
        "special_days": draw(st.sampled_from([{}, {}, {"week 1, mon": {"problems": 90, "profile": [1, 2, 3]}}])),
        "profile": {"intervals": draw(st.sampled_from([[1], [0, 0, 1, 2], [1] * 10 + [30] + [1] * 13]))},
        "reasons": {name: {**reason, "share": 1 / len(many)} | (own if name == many[-1] else {}) for name in many},
        "segments": {
            "private": {**segment, "share": 0.7, "profile": draw(st.sampled_from([None, None, {"intervals": [3, 1]}]))},
            "professional": {**segment, "share": 0.3} | draw(st.just({}) | of_a_kind()),
        },
        "work": draw(MEAN_ONE),
        "handling": draw(MEAN_ONE),
        "patience": draw(st.just("48 h") | duration_laws(1, 60)),
        "patience_again": draw(st.sampled_from(["anew", "anew", "same", "left"])),
        "temper_cv": draw(st.sampled_from([0.0, 0.7])),
        "price_aversion": draw(st.sampled_from([0.0, 1.0])),
        "again": again,
        "awake": draw(st.sampled_from(["mon-sun 00:00-24:00", "mon-sun 08:00-22:00"])),
        "moved": draw(duration_laws(0, 240)),
    }


@st.composite
def of_a_kind(draw: st.DrawFn) -> dict[str, Any]:
    """Give what one reason, or one segment, has to itself."""
    return {
        "patience": draw(st.sampled_from([None, "none"]) | duration_laws(0, 30)),
        "persistence": draw(st.sampled_from([None, 0.0, 0.8, 1.0])),
    }


@st.composite
def lines(draw: st.DrawFn, known: tuple[str, ...]) -> dict[str, Any]:
    """Give a line: hours, closing, menu, lines, balking, announcement, and the queues that it leads to."""
    return {
        "open": draw(
            st.sampled_from(
                [["mon-sun 00:00-24:00"], ["mon-sun 08:00-20:00"], ["mon-tue 09:00-12:00", "mon-tue 14:00-18:30"]]
            )
        ),
        "closing": draw(st.sampled_from(["dismiss", "serve"])),
        "lines": draw(st.sampled_from([None, None, 1, 2, 5])),
        "menu": draw(st.just("0 s") | duration_laws(0, 3)),
        "team": draw(st.sampled_from([known[0], known[-1]])),
        "routes": draw(st.sampled_from([{}, {}, {"any": known[-1]}])),
        "segment_routes": draw(st.sampled_from([{}, {}, {"professional": known[-1]}, {"private": known[0]}])),
        "misrouted_to": draw(st.sampled_from([None, known[-1]])),
        "balking": draw(rare()),
        "announcement": draw(st.sampled_from([None, {"factor": 0.5}, {"factor": 2.0}])),
    }


@st.composite
def teams(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, Any]:
    """Give each team its agents, hours and skills."""
    staff = st.integers(1, 3) | st.builds(
        lambda day, evening: {"mon-sun 08:00-16:00": day, "mon-sun 16:00-20:00": evening},
        st.integers(1, 3),
        st.integers(0, 2),
    )
    return {
        name: {
            "staff": draw(staff),
            "talk": draw(minutes(2, 15)),
            "after_call": draw(duration_laws(0, 3)),
            "wage": 20,
            "speed_cv": draw(st.sampled_from([0.0, 0.3])),
            "competent": 1.0 - draw(rare()),
            "wrong_talk": draw(shares()),
            "solve": {level: draw(shares()) for level in CLASSES},
        }
        for name in names
    }


@st.composite
def paths(draw: st.DrawFn, names: tuple[str, ...], to_any: tuple[str, ...]) -> dict[str, Any]:
    """Give at most one path for each occasion, from all teams to any queue."""
    found = {}
    for when in draw(st.sets(st.sampled_from(["wrong_person", "above_limit", "unsolved"]))):
        share = draw(shares())
        to: Any = {to_any[0]: share, to_any[-1]: 1 - share} if len(to_any) > 1 else to_any[0]
        found[when] = {
            "from": list(names),
            "to": to,
            "when": when,
            **draw(handed_on()),
            "tries": draw(st.integers(1, 3)),
            "briefing": draw(duration_laws(0, 2)),
            "delay": draw(duration_laws(10, 600)),
        }
    return found


@st.composite
def handed_on(draw: st.DrawFn) -> dict[str, str]:
    """Give how a customer is passed on."""
    if draw(st.integers(0, 3)) == 0:
        return {"how": draw(st.sampled_from(["cold", "warm"])), "by": "ticket"}
    return {
        "how": draw(st.sampled_from(["cold", "warm", "conference"])),
        "if_busy": draw(st.sampled_from(["wait", "wait", "lost"])),
    }


@st.composite
def individuals(draw: st.DrawFn, known: tuple[str, ...]) -> dict[str, Any]:
    """Give what makes a team's agents differ, come and go, ask others for advice, and cost."""
    advice = {
        "team": draw(st.sampled_from(known)),
        "share": draw(shares()),
        "lasts": draw(duration_laws(0, 6)),
        "if_busy": draw(st.sampled_from(["skip", "wait"])),
    }
    learning = {
        "halved_after": draw(st.sampled_from([1, 20])),
        "talk_at_first": draw(st.sampled_from([0.7, 1.0, 2.0])),
        "solves_at_first": draw(shares()),
        "experience": draw(st.sampled_from([0, 5, {"law": "exponential", "mean": 3}])),
    }
    return {
        "talk_for": draw(st.sampled_from([{}, {"any": "4.0 min"}]) | st.builds(dict, any=duration_laws(1, 12))),
        "after_call_for": draw(st.just({}) | st.builds(dict, any=duration_laws(0, 3))),
        "competent_for": draw(st.just({}) | st.builds(dict, any=shares())),
        "absent": draw(rare()),
        "shrinkage": draw(st.sampled_from([0.0, 0.3])),
        "pause": draw(st.just("0 s") | duration_laws(0, 3)),
        "understood": 1.0 - draw(rare()),
        "knowledge_cv": draw(st.sampled_from([0.0, 0.6])),
        "learning": draw(st.sampled_from([None, learning])),
        "advice": draw(st.sampled_from([None, advice])),
        "wage_premiums": draw(st.sampled_from([{}, {"mon-fri 06:00-09:00": 0.25, "tue 12:00-24:00": 1.0}])),
        **(draw(on_shifts()) if draw(st.booleans()) else {}),
    }


@st.composite
def on_shifts(draw: st.DrawFn) -> dict[str, Any]:
    """Give shifts in place of a staff."""
    early = {
        "agents": draw(st.integers(0, 2)),
        "hours": ["mon-sun 06:00-14:00"],
        "breaks": draw(st.sampled_from([[], ["10:00-10:15"], ["06:00-06:15", "13:30-14:00"]])),
        "lunches": draw(st.sampled_from([[], ["12:00-12:45"]])),
    }
    night = {"agents": 1, "hours": ["mon-wed 22:00-08:00", "sun 08:00-12:00"], "breaks": ["23:45-00:15"]}
    late = {"agents": draw(st.integers(1, 2)), "hours": ["mon-sun 12:00-20:00"], "lunches": ["14:00-14:30"]}
    return {"staff": 0, "shifts": {"early": early, "late": late} | draw(st.sampled_from([{}, {"night": night}]))}


@st.composite
def serving(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, list[str]]:
    """Give each team the queues that it serves, in its order, so that somebody serves each team's own."""
    some = st.sets(st.sampled_from([*names, *QUEUES]), min_size=1).map(sorted).flatmap(st.permutations)
    served = {name: draw(some) for name in names}
    for name in names:
        if not asked_by(name, served):
            served[name] = [*served[name], name]
    return served


def asked_by(queue: str, serves: dict[str, list[str]]) -> list[str]:
    """Return the teams that serve a queue."""
    return [name for name, queues in serves.items() if queue in queues]


@st.composite
def routings(draw: st.DrawFn, names: tuple[str, ...]) -> dict[str, Any]:
    """Give what makes queues of their own: who serves which, in which order, and what leads on out of them."""
    serves = draw(serving(names))
    known = tuple(dict.fromkeys(queue for queues in serves.values() for queue in queues))
    return {
        "teams": {name: {"serves": serves[name], **draw(takers(serves[name]))} for name in names},
        "queues": {
            queue: draw(queues(asked_by(queue, serves), known))
            for queue in known
            if queue not in names or draw(st.booleans())
        },
        "paths": draw(ways_out(known)),
    }


@st.composite
def takers(draw: st.DrawFn, serves: list[str]) -> dict[str, Any]:
    """Give how a team takes its callers."""
    return {
        "takes": draw(st.sampled_from(["in_order", "by_score", "longest_queue"])),
        "reserved": draw(st.just({}) | st.dictionaries(st.sampled_from(serves), st.integers(0, 2))),
        "next_agent": draw(st.sampled_from(["longest_idle", "random", "quickest", "best_skilled"])),
    }


@st.composite
def queues(draw: st.DrawFn, asked: list[str], known: tuple[str, ...]) -> dict[str, Any]:
    """Give a queue that these teams serve."""
    score = st.sampled_from([0.0, 0.0, -4.0, 2.5, 30.0])
    choice = {"queue": draw(st.sampled_from(known)), "above": draw(minutes(0, 9)), "accepted": draw(shares())}
    return {
        "asks": draw(st.none() | st.permutations(asked)),
        "asks_first": draw(st.sampled_from(["in_order", "most_idle", "random", "longest_idle"])),
        "after": draw(st.just({}) | st.dictionaries(st.sampled_from(asked), minutes(0, 9))),
        "places": draw(st.sampled_from([None, None, 0, 1, 4])),
        "score": draw(score),
        "score_per_minute": draw(st.sampled_from([0.0, 0.4, 1.0])),
        "score_after_transfer": draw(score),
        "score_after_cut": draw(score),
        "score_repeat": draw(score),
        "score_segments": draw(st.just({}) | st.just({"professional": 6.0})),
        "score_reasons": draw(st.just({}) | st.just({"any": -3.0})),
        "choice": draw(st.sampled_from([None, choice])),
    }


@st.composite
def ways_out(draw: st.DrawFn, known: tuple[str, ...]) -> dict[str, Any]:
    """Give queues ways out for who finds them full, or has waited in them."""
    found = {}
    for queue in known:
        for when in draw(st.sets(st.sampled_from(["full", "waited"]))):
            found[f"{when} in {queue}"] = {
                "from": queue,
                "to": draw(st.sampled_from([known[0], known[-1], {name: 1 / len(known) for name in known}])),
                "when": when,
                "by": draw(st.sampled_from(["live", "live", "ticket"])),
                "tries": draw(st.integers(1, 3)),
                "delay": draw(duration_laws(10, 600)),
            } | ({"after": draw(minutes(0, 12))} if when == "waited" else {})
    return found


@st.composite
def levers(draw: st.DrawFn, call_back: bool) -> dict[str, Any]:
    """Give the seven levers."""
    offer = {
        "offered_above": draw(minutes(0, 5)),
        "accepted": draw(shares()),
        "missed": draw(shares()),
        "tries": draw(st.integers(1, 3)),
        "ringing": draw(minutes(0, 2)),
        "between": draw(minutes(0, 20)),
    }
    return {
        "knowledge": {
            "misrouted": draw(rare()),
            "wrong_pitch": draw(rare()),
            "pitch_factor": draw(st.sampled_from([1.0, 1.5])),
            "talk_factor": draw(st.sampled_from([0.8, 1.0, 1.3])),
        },
        "authority": {
            "limit": draw(st.sampled_from([0, 25])),
            "above": draw(st.sampled_from(["approval", "escalate", "refuse"])),
            "approval": draw(duration_laws(0, 6)),
            "granted": draw(shares()),
        },
        "access": {"sent_elsewhere": draw(rare()), "drops_after": draw(st.sampled_from([None, None, 1, 2, 4]))},
        "memory": {
            "identification": draw(duration_laws(0, 2)),
            "identification_again": draw(duration_laws(0, 2)),
            "identified": draw(st.sampled_from(["by_every_agent", "once_a_call", "once"])),
            "explanation": draw(duration_laws(0, 3)),
            "explained": draw(st.sampled_from(["to_every_agent", "once_a_call", "once"])),
            "progress_kept": draw(shares()),
            "contradicted": draw(rare()),
            "redone": draw(st.sampled_from([0.0, 0.5, 1.5])),
        },
        "time": {
            "cut_after": draw(st.none() | minutes(1, 25)),
            "clock": draw(st.sampled_from(["connection", "first_agent", "current_agent"])),
            "hangup": draw(rare()),
            "hangup_within": draw(minutes(0, 5)),
        },
        "follow_through": {
            "known_now": draw(shares()),
            "discovery": draw(duration_laws(1, 300)),
            "call_back": offer if call_back or draw(st.booleans()) else None,
        },
    }


@st.composite
def worlds(draw: st.DrawFn, call_back: bool = False) -> dict[str, Any]:
    """Give a world of one to three teams that lasts a day or two, as it would be written.

    With `call_back`, the firm always offers to ring back.
    """
    names = TEAMS[: draw(st.integers(1, 3))]
    routing: dict[str, Any] = draw(st.just({"teams": {}, "queues": {}, "paths": {}}) | routings(names))
    known = tuple(dict.fromkeys([*names, *routing["queues"]]))
    changes = {
        "time": {"warm_up": "0 min", "horizon": "1 d", "follow_up": draw(st.sampled_from(["0 min", "1 d"]))},
        "line": draw(lines(known)),
        "tariff": {"price_per_minute": 1.0, "hold_billed": "always"},
        "teams": merged(draw(teams(names)), routing["teams"]),
        "queues": routing["queues"],
        "paths": draw(paths(names, known)) | routing["paths"],
        "levers": draw(levers(call_back)),
        "prevention": draw(st.sampled_from([{}, {}, PREVENTED])),
    }
    if draw(st.booleans()):
        changes["teams"] = merged(changes["teams"], {name: draw(individuals(known)) for name in names})
        changes["levers"]["authority"]["supervisors"] = draw(st.sampled_from([None, known[0], known[-1]]))
    return {**merged(TINY, changes), "population": draw(populations())}
