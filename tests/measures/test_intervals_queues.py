"""Measures by interval where queues have names, overflow, are full, or lead on: worlds that are worked by hand."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest

import sim
from sim.history.rows import Event, History
from sim.measures import measure
from sim.measures.accounts.tables import tables
from sim.measures.rules.levels import DEFINITIONS
from sim.world import World
from tests.by_hand import lived, plain
from tests.measures.strips import CLEAN, hand_world, history
from tests.measures.test_intervals import PASSED_ON

ONCE = {"again": {"most_attempts": 1}}
SERVES = {"staff": 1, "talk": "10 min", "wage": 0, "solve": {"plain": 1.0}}
"""A call keeps an agent for 13 minutes."""
TWO_REASONS = {"any": {"share": 0.5}, "gold": {"share": 0.5}}


def soon(appeared: float, minutes: float = 2, **said: Any) -> dict[str, float]:
    """Return who hangs up after so many minutes in a queue: patience is 48 h but for his temper."""
    return {"appeared": appeared, "temper": minutes / 2880, **said}


def world(teams: dict[str, Any], **changes: Any) -> World:
    """Return the plain world with one agent in each of its teams, and the day alone looked at."""
    changes = {"population": ONCE, "time": {"horizon": "1 d", "follow_up": "6 d"}, **changes}
    return plain(teams={name: {**SERVES, **its} for name, its in teams.items()}, **changes)


def by_queue(told: History, *by: str, **how: Any) -> pd.DataFrame:
    """Return the whole day by queue, and by team where nothing is said, with minutes in place of means over it."""
    by = by or ("queue", "team")
    found = sim.intervals(told, every="whole", by=by, **how).set_index(sorted(by, key=["team", "queue"].index))
    for name in ("queue_length", "agents_busy"):
        found[name] *= 1440
    return found


def column(table: pd.DataFrame, name: str) -> dict[Any, Any]:
    """Return a column where it is neither nothing nor 0."""
    return {where: pytest.approx(value) for where, value in table[name].dropna().items() if value}


POOL = {"line": {"team": "all"}, "queues": {"all": {}}}
BOTH = {"front": {"serves": ["all"]}, "back": {"serves": ["all"]}}


def test_a_call_of_a_named_queue_is_of_the_team_that_answers_and_a_wait_of_none():
    """Agents of the front and the back take 0 and 1. At 13 the front takes who came at 2; he of 3 is gone at 5."""
    table = by_queue(lived(world(BOTH, **POOL), 0, 1, 2, soon(3)))
    assert column(table, "offered") == {("front", "all"): 2, ("back", "all"): 1, ("none", "all"): 1}
    assert column(table, "answered") == {("front", "all"): 2, ("back", "all"): 1}
    assert column(table, "abandoned") == {("none", "all"): 1}
    assert column(table, "speed_of_answer") == {("front", "all"): 11 / 2}
    assert column(table, "queue_length") == {("none", "all"): 11 + 2}
    assert column(table, "longest_queue") == {("none", "all"): 2}
    assert column(table, "legs") == {("front", "all"): 2, ("back", "all"): 1}
    assert column(table, "agents_busy") == {("front", "all"): 26, ("back", "all"): 13}


def test_teams_alone_and_queues_alone_are_sums_of_both():
    told = lived(world(BOTH, **POOL), 0, 1, 2, soon(3))
    assert column(by_queue(told, "queue"), "offered") == {"all": 4}
    assert column(by_queue(told, "queue"), "speed_of_answer") == {"all": 11 / 3}
    assert column(by_queue(told, "team"), "offered") == {"front": 2, "back": 1, "none": 1}
    assert column(by_queue(told, "team"), "queue_length") == {"none": 13}
    assert column(by_queue(told, "team"), "occupancy") == {"front": 26 / 1440, "back": 13 / 1440}


def test_overflow_leaves_a_call_in_its_queue():
    """The back takes who has waited for five minutes: him of 2 at 7."""
    told = lived(world(BOTH, line={"team": "all"}, queues={"all": {"after": {"back": "5 min"}}}), 0, 2)
    table = by_queue(told)
    assert column(table, "offered") == {("front", "all"): 1, ("back", "all"): 1}
    assert column(table, "speed_of_answer") == {("back", "all"): 5}
    assert column(table, "queue_length") == {("none", "all"): 5}
    assert not column(table, "moved_on")


def test_a_team_s_own_queue_stands_beside_a_named_one_that_it_serves_too():
    """Gold goes to a queue that both serve, the others to the front's own.

    The front takes 0, the back the gold of 1. At 13 the front takes who came to its own queue at 3, at 14 the back the
    gold of 2. Who comes to either at 4 is gone at 6: of the front, and of no team.
    """
    told = lived(
        world(
            {"front": {"serves": ["front", "shared"]}, "back": {"serves": ["shared"]}},
            population={**ONCE, "reasons": TWO_REASONS},
            line={"team": "front", "routes": {"gold": "shared"}},
            queues={"shared": {}},
        ),
        *(0, {"appeared": 1, "reason": 1}, {"appeared": 2, "reason": 1}, 3, soon(4), soon(4, reason=1)),
    )
    table = by_queue(told)
    assert column(table, "answered") == {("front", "front"): 2, ("back", "shared"): 2}
    assert column(table, "abandoned") == {("front", "front"): 1, ("none", "shared"): 1}
    assert column(table, "speed_of_answer") == {("front", "front"): 5, ("back", "shared"): 6}
    assert column(table, "queue_length") == {("front", "front"): 10 + 2, ("none", "shared"): 12 + 2}
    reasons = sim.intervals(told, every="whole", by=["queue", "reason"]).set_index(["queue", "reason"])
    assert column(reasons, "offered") == {("front", "any"): 3, ("shared", "gold"): 3}


def onward(front: dict[str, Any], **path: Any) -> World:
    """Return a front and a back, with a path out of the front's queue."""
    return world(
        {"front": {}, "back": {}},
        queues={"front": front},
        paths={"on": {"from": "front", "to": "back", **path}},
    )


def test_who_is_moved_on_stays_with_the_queue_in_which_he_waited_first():
    """After four minutes: him of 2 at 6, taken by the back to 19; him of 3 at 7, taken then."""
    told = lived(onward({}, when="waited", after="4 min"), 0, 2, 3)
    table = by_queue(told)
    assert column(table, "offered") == {("front", "front"): 1, ("back", "front"): 2}
    assert column(table, "moved_on") == {("back", "front"): 2}
    assert column(table, "speed_of_answer") == {("back", "front"): (4 + 16) / 2}
    assert column(table, "queue_length") == {("front", "front"): 8, ("back", "back"): 12}
    assert column(table, "legs") == {("front", "front"): 1, ("back", "back"): 2}
    assert column(by_queue(told, "queue"), "offered") == {"front": 3}


@pytest.mark.parametrize(
    "led_on",
    [
        onward({"places": 0}, when="full"),
        world({"front": {}, "back": {"staff": 2}}, queues={"front": {"choice": {"queue": "back", "accepted": 1}}}),
    ],
    ids=["full", "choice"],
)
def test_who_is_led_on_at_once_is_of_the_queue_that_he_comes_to(led_on: World):
    """He of 1 is taken by the back at once: the front's queue is full, or the back, which has two agents, is faster."""
    told = lived(led_on, 0, 1)
    assert {Event.MOVED_ON, Event.CHOSE_QUEUE} & set(told.rows["event"])
    table = by_queue(told)
    assert column(table, "offered") == {("front", "front"): 1, ("back", "back"): 1}
    assert not column(table, "moved_on")
    assert not column(table, "queue_length")


def test_who_finds_a_queue_full_is_blocked_in_it():
    """One may wait: he of 1. He of 2 is blocked, and came to a queue; he of 3 found no line, and came to none."""
    told = lived(world({"front": {}}, queues={"front": {"places": 1}}), 0, 1, 2)
    table = by_queue(told)
    assert column(table, "offered") == {("front", "front"): 3}
    assert column(table, "blocked") == {("front", "front"): 1}
    assert column(table, "queued") == {("front", "front"): 3}
    assert column(table, "service_level_slg") == {("front", "front"): 1 / 3}
    no_line = by_queue(lived(world({"front": {}}, line={"lines": 2}), 0, 1, 2))
    assert column(no_line, "blocked") == {("none", "none"): 1}
    assert column(no_line, "queued") == {("front", "front"): 2}


def test_a_team_or_queue_that_is_called_none_is_told_from_none():
    """Of three callers the second and the third find no line."""
    told = lived(world({"none": {}}, line={"team": "none", "lines": 1}), 0, 1, 2)
    assert column(by_queue(told, "team"), "offered") == {"none": 1, "(none)": 2}
    assert column(by_queue(told), "blocked") == {("(none)", "(none)"): 2}


LEVELS = {
    "sl1": 1 / 2, "sl2": 1 / 2, "arena": 1 / 2, "served": 1, "sl0": 1, "slg": 1, "queued": 1 / 2, "short_out": 1 / 2,
    "short_good": 1 / 2,
}  # fmt: skip
"""One call is answered at once, and one left a message, which is neither an answer nor an abandonment."""


@pytest.mark.parametrize(("path", "waited"), [({"when": "waited", "after": "4 min"}, 4), ({"when": "full"}, 0)])
def test_a_message_is_an_end_of_its_own(path: dict[str, Any], waited: float):
    told = lived(onward({"places": 0 if path["when"] == "full" else 5}, by="ticket", delay="1 h", **path), 0, 2)
    (its,) = sim.intervals(told, every="whole", by=["queue", "team"]).to_dict("records")
    assert (its["queue"], its["team"]) == ("front", "front")
    counts = {"offered": 2, "answered": 1, "messages": 1, "queued": 2, "blocked": 0, "abandoned": 0, "unfinished": 0}
    assert {name: its[name] for name in counts} == counts
    assert its["message_share"] == 1 / 2
    assert 1440 * its["queue_length"] == pytest.approx(waited)
    assert its["longest_wait"] == waited
    assert its["speed_of_answer"] == 0
    assert math.isnan(its["time_to_abandon"])
    assert {name: its[f"service_level_{name}"] for name in DEFINITIONS} == LEVELS
    assert its["first_contact_resolution"] == 1


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_a_message_counts_in_the_whole_world_s_service_level_as_in_that_of_intervals(definition: str):
    made = onward({}, by="ticket", delay="1 h", when="waited", after="4 min")
    level = plain(service_level={"definition": definition}).service_level
    told = lived(made.model_copy(update={"service_level": level}), 0, 2)
    good, served = measure(tables(told), ["service_level"])["service_level"]
    assert good / served == LEVELS[definition]


def test_a_message_left_after_an_agent_is_no_end_of_the_call():
    """He was answered by the front, and leaves it in the queue of the back."""
    left = PASSED_ON.split("    511 ANSWERED")[0] + "    511 MESSAGE_LEFT\n    511 CALL_ENDED\n    600 SOLVED"
    (row,) = sim.intervals(history(hand_world(), left, CLEAN), every="whole").to_dict("records")
    assert (row["offered"], row["answered"], row["messages"]) == (2, 2, 0)
    assert row["first_contact_resolution"] == 1


def test_messages_are_those_of_the_measure_where_all_are_left_before_an_agent():
    """Those of 2 and 3 leave one at 6 and 7; he of 14 is answered."""
    told = lived(onward({}, by="ticket", delay="1 h", when="waited", after="4 min"), 0, 2, 3, 14)
    above, _ = measure(tables(told), ["messages_per_problem"])["messages_per_problem"]
    assert sim.intervals(told)["messages"].sum() == above == 2
