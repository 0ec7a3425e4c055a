"""What is written, made up by chance: channels, cases, asking, promises, acting on behalf."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.property.worlds_at_large import CLASSES, duration_laws, minutes, rare, shares
from tests.worlds import merged

CHANNELS = ("mail", "post")
CASES = ("repair", "note")


def parts(names: tuple[str, ...]) -> st.SearchStrategy[dict[str, float]]:
    """Give shares of some of these, which add up to 1, in tenths."""
    cuts = st.lists(st.integers(0, 10), min_size=len(names) - 1, max_size=len(names) - 1).map(sorted)
    return cuts.map(lambda at: {n: (b - a) / 10 for n, a, b in zip(names, [0, *at], [*at, 10], strict=True)})


def chances() -> st.SearchStrategy[Any]:
    """Give a step's chances of solving: none of its own, one, or by class."""
    by_class = st.fixed_dictionaries({level: shares() for level in CLASSES})
    return st.none() | shares() | by_class


@st.composite
def messages(draw: st.DrawFn, known: tuple[str, ...]) -> dict[str, Any]:
    """Give a way to write."""
    others = ("phone", *CHANNELS)
    return {
        "team": draw(st.sampled_from(known)),
        "answered": draw(st.just(1.0) | shares()),
        "lies": draw(st.just("0 min") | duration_laws(1, 300)),
        "acknowledged": draw(rare()),
        "writing": draw(st.just("0 min") | duration_laws(1, 20)),
        "reading": draw(st.just("0 min") | duration_laws(1, 5)),
        "patience": draw(st.just("none") | duration_laws(0, 300)),
        "asks_back": draw(rare()),
        "sends_on": draw(st.just({}) | parts((*others, "nowhere")).map(_without_nowhere)),
    }


def _without_nowhere(shares: dict[str, float]) -> dict[str, float]:
    return {name: share for name, share in shares.items() if name != "nowhere"}


@st.composite
def contacts(draw: st.DrawFn, reasons: list[str]) -> dict[str, Any]:
    """Give which way customers try."""
    ways = ("phone", *CHANNELS)
    return {
        "first": draw(parts(ways)),
        "first_for": draw(st.just({}) | st.fixed_dictionaries({reasons[-1]: parts(ways)})),
        "switch": draw(shares()),
        "then": draw(st.just({}) | st.fixed_dictionaries({"mail": parts(("phone", "post"))})),
        "asking_by": draw(parts(ways)),
        "sent_on": draw(duration_laws(0, 20)),
    }


@st.composite
def steps(draw: st.DrawFn, known: tuple[str, ...]) -> dict[str, Any]:
    """Give a step of a case."""
    visit = {
        "appointment": draw(duration_laws(0, 400)),
        "hours": draw(st.sampled_from(["mon-sat 08:00-18:00", "mon-sun 00:00-24:00", ["mon-sun 10:00-10:30"]])),
        "missed": draw(st.sampled_from([0.0, 0.3])),
        "at_home": draw(st.just("0 min") | duration_laws(1, 90)),
        "again": draw(st.sampled_from([0.0, 0.3])),
        "cost": 50,
    }
    return {
        "share": draw(st.just(1.0) | shares()),
        "takes": draw(st.just("0 min") | duration_laws(1, 300)),
        "takes_for": draw(st.just({}) | st.fixed_dictionaries({"private": duration_laws(1, 100)})),
        "until_ready": draw(st.booleans()),
        "team": draw(st.none() | st.sampled_from(known)),
        "visit": draw(st.none() | st.just(visit)),
        "solves": draw(chances()),
    }


@st.composite
def cases(draw: st.DrawFn, known: tuple[str, ...]) -> dict[str, Any]:
    """Give a case of one to three steps."""
    return {
        "steps": {f"step_{which}": draw(steps(known)) for which in range(draw(st.integers(1, 3)))},
        "rounds": draw(st.sampled_from([1, 1, 2, 5])),
        "registered": draw(st.just(1.0) | shares()),
        "asking": draw(st.just("0 min") | duration_laws(1, 5)),
        "patience": draw(st.just("none") | duration_laws(0, 600)),
    }


@st.composite
def opens(draw: st.DrawFn, names: list[str]) -> dict[str, Any]:
    """Give paths that open cases, from some of the teams, which have them in place of others."""
    return {
        f"{when} of {name} by {case}": {
            "from": name, "to": names[-1], "when": when, "by": "ticket", "case": case,
            "tries": draw(st.sampled_from([1, 2, 30])),
        }
        for name in names
        for when in draw(st.sets(st.sampled_from(["wrong_person", "above_limit", "unsolved", "on_behalf"])))
        for case in [draw(st.sampled_from(CASES))]
    }  # fmt: skip


@st.composite
def follow_through(draw: st.DrawFn) -> dict[str, Any]:
    """Give whether dates are promised and news told."""
    promise = {"within": draw(minutes(0, 600)), "renewed": draw(shares())}
    return {
        "promise": draw(st.none() | st.just(promise)),
        "news": draw(st.none() | st.just({"cost": 0.1})),
    }


@st.composite
def in_writing(draw: st.DrawFn, written: dict[str, Any]) -> dict[str, Any]:
    """Lay over a world what may be lived in writing."""
    names = list(written["teams"])
    known = tuple(dict.fromkeys([*names, *written.get("queues", {})]))
    population = written["population"]
    often = st.sampled_from([0.0, 1.0, 24.0, 1440.0])
    rates: dict[str, Any] = dict.fromkeys(("without_date", "before_date", "after_broken", "informed"), often)
    rates["after"] = st.just("0 min") | duration_laws(1, 100)
    changes = {
        "population": {
            "again": {"after_unanswered": draw(st.just("0 min") | duration_laws(1, 200))},
            "chasing": draw(st.none() | st.fixed_dictionaries(rates)),
        },
        "messages": {name: draw(messages(known)) for name in CHANNELS},
        "line": {"sends_on": draw(st.sampled_from([{}, {"mail": 0.3, "post": 0.2}, {"mail": 1.0}]))},
        "contacts": draw(contacts(list(population["reasons"]))),
        "cases": {name: draw(cases(known)) for name in CASES},
        "levers": {
            "access": {
                "sent_elsewhere": draw(rare()),
                "on_behalf": draw(shares()),
                "acting": draw(st.just("0 min") | duration_laws(1, 5)),
            },
            "follow_through": draw(follow_through()),
        },
    }
    world = merged(written, changes)
    ready = draw(st.none() | duration_laws(0, 300))
    reasons = world["population"]["reasons"]
    reasons[list(reasons)[-1]] = {**reasons[list(reasons)[-1]], "ready": ready}
    world["paths"] = draw(opens(names)) | written["paths"]
    return world
