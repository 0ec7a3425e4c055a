"""The log that is animated, against two calls worked out by hand."""

from __future__ import annotations

import math

import sim
from sim.measures.vidigi_log import vidigi_log
from sim.measures.watching import watch
from tests.measures.strips import hand_world, history
from tests.measures.test_watching import FIRST, RUNG, SECOND

BACK = SECOND.replace("front:0", "back:0").replace("front:-1", "back:-1")


def test_two_calls_are_told_in_the_order_of_time():
    """Agents 1 and 2 are the front's, agent 3 is the back's."""
    log = vidigi_log(watch(history(hand_world(), FIRST, BACK), 600, minutes=30))
    assert set(log["pathway"]) == {"tiny"}
    assert log[["entity_id", "event_type", "event", "time"]].to_numpy().tolist() == [
        [0, "arrival_departure", "arrival", 0],
        [0, "queue", "menu", 0],
        [1, "arrival_departure", "arrival", 0],
        [1, "queue", "menu", 0],
        [0, "queue", "queue front", 1],
        [1, "queue", "queue back", 2],
        [0, "resource_use", "agent front", 5],
        [0, "resource_use_end", "agent front", 15],
        [0, "arrival_departure", "depart", 15],
        [1, "resource_use", "agent back", 17],
        [1, "resource_use_end", "agent back", 20],
        [1, "arrival_departure", "depart", 20],
    ]
    assert log["resource_id"].dropna().tolist() == [1, 1, 3, 3]


def test_who_is_to_be_rung_back_has_not_left():
    log = vidigi_log(watch(history(hand_world(), RUNG), 600, minutes=60))
    assert log["event"].tolist() == [
        "arrival",
        "menu",
        "queue front",
        "call back front",
        "agent front",
        "agent front",
        "depart",
    ]
    assert log["entity_id"].unique().tolist() == [0]


def test_what_a_stretch_cuts_begins_with_it_and_has_no_end():
    """From 603 to 610: he is in the queue at its beginning, and with the agent at its end."""
    log = vidigi_log(watch(history(hand_world(), FIRST), 603, minutes=7))
    assert log[["event", "time"]].to_numpy().tolist() == [["arrival", 0], ["queue front", 0], ["agent front", 2]]


def test_every_visit_of_a_shipped_day_arrives_once_and_agents_serve_one_at_a_time():
    """No agent is used again before he has been left; arrivals less departures are those still there at the end."""
    world = sim.variant("base", {"time": {"warm_up": "0 d", "horizon": "2 d"}})
    seen = watch(sim.run(world, sim.populate(world, seed=1)), 600, minutes=600)
    log = vidigi_log(seen)
    arrivals, departures = ((log["event"] == one).sum() for one in ("arrival", "depart"))
    assert arrivals == log["entity_id"].nunique() > 20
    assert arrivals - departures == (seen.frame()["until"] > 1200).sum()
    for _, uses in log[log["event_type"].str.startswith("resource")].groupby("resource_id"):
        kinds = uses.sort_values(["time", "event_type"], ascending=[True, False], kind="stable")["event_type"].tolist()
        assert kinds[::2] == ["resource_use"] * math.ceil(len(kinds) / 2)
        assert kinds[1::2] == ["resource_use_end"] * (len(kinds) // 2)


def test_an_empty_stretch_has_an_empty_log():
    assert vidigi_log(watch(history(hand_world()))).empty
