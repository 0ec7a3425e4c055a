"""A queue watched step by step: against lives worked out by hand, and against the table by intervals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import sim
from sim.measures.watching import Watched, watch
from tests.measures.strips import hand_world, history

FIRST = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    601 QUEUED front:-1
    605 ANSWERED front:0
    605 TALKING
    615 SOLVED
    615 LEFT_AGENT 2
    615 CALL_ENDED
"""
"""A menu of 1, a hold of 4, ten minutes with the agent, who is busy for two more."""
SECOND = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    602 QUEUED front:-1
    617 ANSWERED front:0
    617 TALKING
    620 SOLVED
    620 LEFT_AGENT 0
    620 CALL_ENDED
"""
"""A menu of 2, a hold of 15, and three minutes with the same agent."""
RUNG = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    601 QUEUED front:-1
    603 CALL_BACK_TAKEN
    630 RING_MISSED 0.5 front:1
    645 RUNG_BACK
    645 ANSWERED front:1
    645 TALKING
    656 SOLVED
    656 LEFT_AGENT 0
    656 CALL_ENDED
"""


@pytest.fixture
def seen() -> Watched:
    return watch(history(hand_world(), FIRST, SECOND), 600, minutes=30, every=5)


def of_front(counts: Any) -> list[Any]:
    return [pytest.approx(one, abs=1e-9) for one in counts[:, 0].tolist()]


def test_who_waits_at_each_step_and_on_average_over_it(seen):
    """From 601 to 605 the first waits, from 602 to 617 the second: 4 + 3 of five minutes, then 5, 5 and 2."""
    assert seen.times.tolist() == [600, 605, 610, 615, 620, 625]
    assert of_front(seen.waiting) == [0, 1, 1, 1, 0, 0]
    assert of_front(seen.waiting_mean) == [7 / 5, 1, 1, 2 / 5, 0, 0]
    assert seen.waiting[:, 1].tolist() == [0] * 6


def test_who_is_served_and_which_agents_are_busy(seen):
    """From 605 to 615 and from 617 to 620; the agent is busy in between, with the work after the first call."""
    assert of_front(seen.serving) == [0, 1, 1, 0, 0, 0]
    assert of_front(seen.serving_mean) == [0, 1, 1, 3 / 5, 0, 0]
    assert of_front(seen.busy) == [0, 1, 1, 1, 0, 0]
    assert of_front(seen.busy_mean) == [0, 1, 1, 1, 0, 0]
    assert seen.on_duty.tolist() == [[2, 1]] * 6


def test_the_average_queue_is_the_sum_of_the_waits_over_the_length(seen):
    """Little's law: 4 and 15 minutes in thirty."""
    assert float(seen.waiting_mean.mean(axis=0)[0]) == pytest.approx(19 / 30, abs=1e-12)


def test_who_is_where_at_a_minute(seen):
    there = seen.at(603.5)
    assert there["customer"].tolist() == [0, 1]
    assert there["problem"].tolist() == [0, 64]
    assert there[["where", "place", "agent"]].to_numpy().tolist() == [["queue", "front", -1]] * 2
    assert there["minutes"].tolist() == [2.5, 1.5]
    assert seen.at(600.5)[["where", "place"]].to_numpy().tolist() == [["menu", ""]] * 2
    assert seen.at(617)[["where", "place", "agent"]].to_numpy().tolist() == [["agent", "front", 0]]
    assert seen.at(620).empty


def test_every_stay_is_in_the_frame_with_its_end(seen):
    stays = seen.frame()
    assert stays[["where", "since", "until", "minutes"]].to_numpy().tolist() == [
        ["menu", 600, 601, 1],
        ["menu", 600, 602, 2],
        ["queue", 601, 605, 4],
        ["queue", 602, 617, 15],
        ["agent", 605, 615, 10],
        ["agent", 617, 620, 3],
    ]


def test_a_stretch_cuts_what_reaches_into_it():
    """From 604 to 610 one waits a minute, the other six; who left before is not there."""
    seen = watch(history(hand_world(), FIRST, SECOND), 604, minutes=6, every=6)
    assert of_front(seen.waiting) == [2]
    assert of_front(seen.waiting_mean) == [7 / 6]
    assert seen.frame()["where"].tolist() == ["queue", "queue", "agent"]


def test_who_is_to_be_rung_back_is_in_no_queue():
    """The firm rings at 630 in vain, which keeps an agent for half a minute, and at 645."""
    seen = watch(history(hand_world(), RUNG), 600, minutes=60, every=1)
    assert float(seen.waiting_mean.sum()) == pytest.approx(2, abs=1e-9)
    assert seen.frame()[["where", "since", "until"]].to_numpy().tolist() == [
        ["menu", 600, 601],
        ["queue", 601, 603],
        ["call back", 603, 645],
        ["agent", 645, 656],
    ]
    assert float(seen.busy_mean[30, 0]) == pytest.approx(0.5, abs=1e-9)
    assert seen.at(640)["place"].tolist() == ["front"]


def test_who_is_still_there_when_the_run_ends_stays_to_its_end():
    """He is answered 55 minutes before the end of the day's run; the rows of the next customer are none of his."""
    world = hand_world(time={"horizon": "1 d", "follow_up": "0 min"})
    late = "\n".join(f"{int(line.split()[0]) + 780} {' '.join(line.split()[1:])}" for line in FIRST.split("\n")[1:7])
    seen = watch(history(world, late, SECOND), 1380, minutes=1000, every=30)
    assert seen.times.tolist() == [1380, 1410]
    assert of_front(seen.serving_mean) == [25 / 30, 1]
    assert seen.frame()["until"].tolist()[-1] == 1440


def test_a_last_step_that_the_end_of_the_run_cuts_short_is_averaged_over_what_there_is_of_it():
    world = hand_world(time={"horizon": "1 d", "follow_up": "0 min"})
    late = "\n".join(f"{int(line.split()[0]) + 780} {' '.join(line.split()[1:])}" for line in FIRST.split("\n")[1:7])
    seen = watch(history(world, late), 1400, minutes=1000, every=30)
    assert seen.times.tolist() == [1400, 1430]
    assert of_front(seen.serving_mean) == [1, 1]


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"teams": {"front": {"absent": 0.3}, "second": {"absent": 0.3}}},
        {"levers": {"follow_through": {"call_back": {"offered_above": "10 s", "accepted": 0.9, "missed": 0.5}}}},
        {"queues": {"all": {}}, "line": {"team": "all"}, "teams": {"front": {"serves": ["all", "front"]}}},
    ],
    ids=["base", "absent", "rung back", "a queue of its own"],
)
def test_the_averages_are_those_of_the_table_by_intervals(changes):
    """The same two days added up by the compiled fold, half an hour by half an hour, to a billionth."""
    world = sim.variant("base", {"time": {"warm_up": "1 d", "horizon": "2 d", "follow_up": "5 d"}, **changes})
    lived = sim.run(world, sim.populate(world, seed=2))
    seen = watch(lived, minutes=2880)
    wanted = {"queue": ["queue_length"], "team": ["agents_busy", "agents_scheduled", "agents_absent"]}
    tables = {by: sim.intervals(lived, by=by, columns=columns) for by, columns in wanted.items()}
    for at, name in enumerate(world.queue_names()):
        _same(seen.waiting_mean[:, at], tables["queue"], "queue", name, lambda one: one["queue_length"])
    for at, name in enumerate(world.teams):
        _same(seen.busy_mean[:, at], tables["team"], "team", name, lambda one: one["agents_busy"])
        there = lambda one: one["agents_scheduled"] - one["agents_absent"]  # noqa: E731
        _same(seen.on_duty[:, at], tables["team"], "team", name, there)


def _same(by_minute: Any, table: pd.DataFrame, by: str, name: str, column: Any) -> None:
    mine = table[table[by] == name]
    of_half_hours = column(mine).to_numpy() if len(mine) else np.zeros(96)
    assert by_minute.reshape(96, 30).mean(axis=1) == pytest.approx(of_half_hours, abs=1e-9)


def test_the_frames_have_a_row_for_each_step_and_place(seen):
    queues, teams = seen.queues(), seen.teams()
    assert list(queues.columns) == ["time", "queue", "waiting", "waiting_mean"]
    assert len(queues) == len(teams) == 12
    assert queues.iloc[2].tolist() == [605, "front", 1, 1]
    assert teams.iloc[2].tolist() == [605, "front", 1, 1, 1, 1, 2]


def test_an_empty_day_can_be_watched():
    seen = watch(history(hand_world()))
    assert seen.waiting.sum() == 0
    assert seen.frame().empty
    assert seen.at(10).empty


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"start": -1}, "start is -1"),
        ({"start": float("nan")}, "start is nan"),
        ({"start": 1e9}, "minutes of the run"),
        ({"minutes": 0}, "minutes is 0"),
        ({"minutes": float("inf")}, "minutes is inf"),
        ({"every": 0}, "every is 0"),
        ({"every": True}, "every is True"),
        ({"every": "1 min"}, "every is '1 min'"),
        ({"start": -1, "every": -2}, "(?s)start is -1.*every is -2"),
        ({"minutes": 1e9, "every": 0.001, "start": 0}, "every is 0.001: that makes 14,400,000 steps"),
    ],
)
def test_what_cannot_be_watched_is_told(asked, said):
    with pytest.raises(ValueError, match=said):
        watch(history(hand_world(), FIRST), **asked)


def test_a_time_outside_the_stretch_and_what_is_no_history_are_told(seen):
    with pytest.raises(ValueError, match="time is 630: it has to be minutes of the stretch, from 600 to less than 630"):
        seen.at(630)
    nothing: Any = "base"
    with pytest.raises(ValueError, match="history is of the kind str"):
        watch(nothing)
