"""Both tellings at the ends of what can be written: every law, the most legs, the largest keys, thousands of agents."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sim.engines import compiled_engine, run, simpy_engine
from sim.history.rows import Event
from sim.luck.keys import LEGS
from sim.luck.laws import Law, LawCode
from sim.mechanisms.state.numbers import plan
from sim.people import populate
from tests.by_hand import count, plain
from tests.twin.both import at_whole_minutes, twins, twins_by_hand, twins_of
from tests.twin.guarded import guarded_tables
from tests.worlds import tiny_world

EVERY_LAW: dict[str, dict[str, Any]] = {
    "constant": {"law": "constant", "value": "3 min"},
    "exponential": {"law": "exponential", "mean": "3 min"},
    "lognormal": {"law": "lognormal", "mean": "3 min", "cv": 2.5},
    "weibull": {"law": "weibull", "scale": "3 min", "shape": 0.4},
    "gamma": {"law": "gamma", "mean": "3 min", "shape": 0.02},
    "wide_gamma": {"law": "gamma", "mean": "3 min", "shape": 500},
    "erlang": {"law": "erlang", "mean": "3 min", "stages": 7},
    "uniform": {"law": "uniform", "low": "1 min", "high": "5 min"},
    "triangular": {"law": "triangular", "low": "1 min", "mode": "2 min", "high": "9 min"},
    "measured": {"law": "empirical", "values": ["5 min", "1 min", "2 min"]},
    "levels": {"law": "empirical", "values": ["0 min", "2 min", "2 min", "9 min"], "levels": [0, 0.3, 0.3, 1]},
    "one_value": {"law": "empirical", "values": ["2 min"]},
    "mixture": {
        "law": "mixture",
        "parts": [
            {"share": 0.25, "of": "1 min"},
            {"share": 0.25, "of": {"law": "empirical", "values": ["1 min", "4 min"]}},
            {"share": 0.5, "of": {"law": "weibull", "scale": "2 min", "shape": 3}},
        ],
    },
}

OF_PARTS = Law(
    LawCode.MIXTURE,
    parts=(
        (0.3, Law(LawCode.MIXTURE, parts=((0.5, Law(LawCode.CONSTANT, 2.0)), (1.0, Law(LawCode.EXPONENTIAL, 4.0))))),
        (0.9, Law(LawCode.EMPIRICAL, points=((0.0, 1.0), (0.5, 2.0), (0.5, 3.0), (1.0, 6.0)))),
        (1.0, Law(LawCode.MIXTURE, parts=((1.0, Law(LawCode.TRIANGULAR, 1.0, 1.0, 4.0)),))),
    ),
)
"""Mixtures within a mixture, deeper than a scenario can write."""


@pytest.mark.parametrize("law", EVERY_LAW.values(), ids=EVERY_LAW)
def test_every_law_is_drawn_the_same(law):
    """It stands wherever a duration stands; some 480 problems, with three customers out of four held up."""
    delays = ("after_blocked", "after_abandoned", "after_cut", "after_dismissed", "after_unsolved")
    world = tiny_world(
        line={"menu": law},
        population={"patience": law, "moved": law, "again": {**dict.fromkeys(delays, law), "persistence": 0.8}},
        teams={"front": {"staff": 2, "after_call": law, "solve": {"plain": 0.7}}},
        levers={
            "memory": {"identification": law, "identification_again": law, "explanation": law},
            "follow_through": {"known_now": 0.5, "discovery": law},
        },
    )
    assert len(twins_of(world, seed=5).rows) > 2000


def test_mixtures_of_mixtures_are_drawn_the_same(monkeypatch):
    """Deeper than scenarios go, put into the plan that both tellings read."""

    def deeper(world):
        right = plan(world)
        teams = tuple(replace(team, handling=(OF_PARTS,)) for team in right.teams)
        return replace(right, patience=(OF_PARTS,), menu=OF_PARTS, teams=teams)

    monkeypatch.setattr(simpy_engine, "plan", deeper)
    monkeypatch.setattr(compiled_engine, "plan", deeper)
    history = twins_of(tiny_world(teams={"front": {"staff": 3}}), seed=6)
    menus = history.rows["time"][history.rows["event"] == Event.QUEUED]
    assert len(menus) > 200
    assert count(history, Event.ABANDONED) > 10


@pytest.mark.parametrize("how", ["cold", "warm"])
def test_a_call_is_passed_on_up_to_the_most_legs(how):
    """Two paths of 60 tries: 63 legs in a call, and what is drawn for the last one is its own."""
    path = {"when": "wrong_person", "tries": 60, "how": how, "briefing": {"law": "exponential", "mean": "1 min"}}
    world = plain(
        population={"again": {"most_attempts": 3}, "handling": {"law": "exponential", "mean": 1}},
        teams={
            "front": {"competent": 0.0, "staff": 2},
            "back": {"staff": 2, "talk": "3 min", "wage": 0, "competent": 0.0},
        },
        paths={"up": {"from": "front", "to": "back", **path}, "down": {"from": "back", "to": "front", **path}},
    )
    history = twins_by_hand(world, 0, 0, 30, 31, seed=3)
    assert history.rows["leg"].max() == LEGS - 2


def test_a_caller_is_sent_round_full_queues_in_a_single_instant():
    """160 queues without a place, each leading on to the next at most 60 times: 9,600 moves are one event."""
    names = [f"q{number}" for number in range(160)]
    ring = zip(names, [*names[1:], names[0]], strict=True)
    world = plain(
        population={"again": {"most_attempts": 1}},
        line={"team": "q0"},
        teams={"front": {"staff": 0, "serves": names}},
        queues={name: {"places": 0} for name in names},
        paths={f"on_{one}": {"from": one, "to": other, "when": "full", "tries": 60} for one, other in ring},
    )
    history = twins_by_hand(world, 0)
    assert (count(history, Event.MOVED_ON), count(history, Event.QUEUE_FULL)) == (9600, 1)


@pytest.mark.parametrize("seed", [0, 2**32 - 1, 2**63, 2**64 - 1])
@pytest.mark.parametrize("replication", [0, 2**23, 2**24 - 1])
def test_the_largest_keys_of_luck_are_the_same(seed, replication):
    """The words of the key and of the counter have all their bits set: none of them is taken for a sign."""
    world = tiny_world(teams={"front": {"staff": 2, "speed_cv": 0.5}}, population={"patience": EVERY_LAW["gamma"]})
    assert len(twins_of(world, seed=seed, replication=replication).rows) > 1000


def test_the_largest_numbers_of_customers_are_the_same():
    """Up to the last of 32 bits, none of which is taken for a sign."""
    numbers = [2**31 - 64, 2**31, 2**32 - 128, 2**32 - 64]
    world = tiny_world(population={"patience": EVERY_LAW["lognormal"]}, teams={"front": {"staff": 1, "speed_cv": 0.4}})
    twins_by_hand(world, *[{"appeared": 5.0 * place, "number": number} for place, number in enumerate(numbers)])


def test_thousands_of_agents_come_to_thousands_of_patient_callers(monkeypatch):
    """At noon 20,000 agents come at once to 15,000 callers whose patience lasts beyond the run: one event plans 15,000.

    Nothing is planned for these callers before, so that no table has grown with them.
    """
    guards = guarded_tables(monkeypatch)
    world = tiny_world(
        population={"problems_per_day": 30_000, "patience": "48 h"},
        teams={"front": {"staff": {"mon 12:00-24:00": 20_000}, "speed_cv": 0.3}},
    )
    history = twins(world, populate(world, seed=1))
    assert (history.rows["time"][history.rows["event"] == Event.ANSWERED] == 720).sum() > 12_500
    assert guards.are_whole(), "more was planned at once than there was room for"


def test_an_agent_for_every_bit_of_his_number():
    """A hundred thousand agents, the most that can be written: their numbers and speeds are the same."""
    world = tiny_world(
        teams={"front": {"staff": 100_000, "speed_cv": 0.2}, "back": {"staff": 100_000, "talk": "5 min", "wage": 0}},
        paths={"on": {"from": "front", "to": "back", "when": "wrong_person"}},
        levers={"knowledge": {"competent": {"front": 0.5}}},
    )
    history = twins_of(world, seed=2)
    assert history.rows["agent"].max() > 200


def test_four_thousand_attempts_at_one_instant():
    """The most that can be written, without a delay: all of one customer's life is one event."""
    nothing = dict.fromkeys(("after_abandoned", "after_dismissed"), "0 min")
    world = plain(
        teams={"front": {"staff": 0}}, population={"patience": "0 min", "again": {**nothing, "most_attempts": 4000}}
    )
    assert count(twins_by_hand(world, 0, 1), Event.DIALLED) == 8000


@pytest.mark.parametrize(
    "appeared", [(), (1439.999,), (1440.0, 1441.0), (0.0,)], ids=["nobody", "last", "after", "first"]
)
def test_hardly_anybody_appears(appeared):
    """Nobody at all; somebody at the last moment, after the end, at the first."""
    twins_by_hand(tiny_world(), *appeared)


def test_problems_that_appear_together_all_week_long():
    """A week of half-hours at each of which problems appear, staff changes, and calls of 30 minutes end."""
    hours = {f"mon-sun {hour:02}:{half}": hour for hour in range(24) for half in ("00", "30")}
    staff = {f"{slot}-{int(slot[8:10]) + (slot[11:] == '30'):02}:{'30' if slot[11:] == '00' else '00'}": hour % 5
             for slot, hour in hours.items()}  # fmt: skip
    world = tiny_world(time={"horizon": "7 d"}, teams={"front": {"staff": staff, "talk": "30 min"}})
    history = twins(world, at_whole_minutes(populate(world, seed=4), 30.0))
    assert len(set(history.rows["time"].tolist())) < 400


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("appeared", float("nan"), "appears at no time"),
        ("appeared", float("inf"), "appears at no time"),
        ("reason", 1, "has a reason that plain does not have"),
        ("difficulty", 9, "has a difficulty that plain does not have"),
        ("segment", -1, "has a segment that plain does not have"),
    ],
)
@pytest.mark.parametrize("engine", ["simpy", "compiled"])
def test_customers_who_cannot_be_are_refused(engine, name, value, said):
    world = plain()
    customers = populate(world, seed=1)
    customers.rows[name][0] = value
    with pytest.raises(ValueError, match=said):
        run(world, customers, engine=engine)
