"""What becomes of calls in queues: full ones, moves, messages, transfers that are lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim import queue_log, write_log
from sim.data.call_log import Outcome
from sim.engines import run
from sim.history.rows import Activity, Event
from sim.measures import measure, tables
from tests.by_hand import people, plain
from tests.measures.strips import BLOCKED, CLEAN, asked, hand_world, history

FULL = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    601 QUEUED front:-1
    601 QUEUE_FULL
    601 CALL_ENDED
    601 GAVE_UP
"""
LOST = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    601 QUEUED front:-1
    603 ANSWERED front:0
    603 TALKING
    607 WRONG_PERSON
    607 TRANSFERRED_COLD
    607 LEFT_AGENT 0
    607 QUEUED back:-1
    607 TRANSFER_LOST
    607 CALL_ENDED
    607 GAVE_UP
"""
MOVED = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    601 QUEUED front:-1
    606 MOVED_ON
    606 QUEUED back:-1
    609 ANSWERED back:0
    609 TALKING
    619 SOLVED
    619 LEFT_AGENT 0
    619 CALL_ENDED
"""
MESSAGE = """
    600 APPEARED
    600 DIALLED
    600 PICKED_UP
    601 QUEUED front:-1
    604 MESSAGE_LEFT
    604 CALL_ENDED
    664 SOLVED
"""
"""A menu of 1, then 3 minutes of waiting; solved after an hour more."""


def test_a_full_queue_blocks_as_full_lines_do_and_a_lost_transfer_is_a_cut():
    """Four calls: one of each, and one that is answered and solved."""
    found = measure(
        asked(hand_world(), FULL, BLOCKED, LOST, CLEAN),
        ["blocked_share", "cut_share", "cuts_per_problem", "abandoned_share", "answered_share"],
    )
    assert found == {
        "blocked_share": (2, 4),
        "cut_share": (1, 4),
        "cuts_per_problem": (1, 4),
        "abandoned_share": (0, 4),
        "answered_share": (2, 4),
    }


def test_who_is_moved_on_has_waited_from_the_first_queue_on():
    """5 minutes in the one and 3 in the other are one hold of 8, longer than 3."""
    made = asked(hand_world(), MOVED)
    assert measure(made, ["speed_of_answer", "hold_minutes_per_call"]) == {
        "speed_of_answer": (8, 1),
        "hold_minutes_per_call": (9, 1),
    }
    holds = made.spells[made.spells["activity"] == Activity.HOLD]
    assert [(hold["start"], hold["end"]) for hold in holds] == [(601, 609)]
    assert made.journeys["long_holds"].tolist() == [1]


def test_messages_are_counted_and_their_answers_solve():
    found = measure(
        asked(hand_world(), MESSAGE, CLEAN), ["messages_per_problem", "solved_share", "hold_minutes_per_problem"]
    )
    assert found == {"messages_per_problem": (1, 2), "solved_share": (2, 2), "hold_minutes_per_problem": (4 + 5, 2)}


@pytest.mark.parametrize("event", [Event.ANSWERED, Event.RING_MISSED, Event.COLLEAGUE_JOINED])
def test_a_queue_has_no_agents(event):
    """Row 4 answers, and is said of the queue that is no team's."""
    world = hand_world(teams={"front": {"serves": ["front", "vip"]}}, queues={"vip": {}})
    told = history(world, CLEAN)
    rows = told.rows.copy()
    rows["team"][4], rows["event"][4] = 2, event
    with pytest.raises(ValueError, match=f"row 4 .* cannot be: vip is a queue and has no agents: {event.name} is said"):
        tables(replace(told, rows=rows))


ROUTED = plain(
    line={"team": "vip"},
    population={"again": {"most_attempts": 1}},
    teams={"front": {"serves": ["front", "vip"]}, "back": {"staff": 1, "talk": "10 min", "wage": 0}},
    queues={"vip": {"places": 1}},
    paths={"on": {"from": "vip", "to": "back", "when": "waited", "after": "5 min"}},
)


def test_a_history_names_its_queues():
    """The first is answered by the front, out of vip; the second is moved on to the back; the third finds vip full."""
    told = run(ROUTED, people(ROUTED, 0, 1, 2))
    frame = told.frame()
    assert frame.loc[frame["event"] == "queued", "team"].tolist() == ["vip", "vip", "back", "vip"]
    assert frame.loc[frame["event"] == "answered", "team"].tolist() == ["front", "back"]
    assert tables(told).frame("legs")["team"].tolist() == ["front", "back"]


@pytest.mark.parametrize("form", ["queue_log", "xes", "ocel", "vidigi"])
def test_every_log_can_be_written_of_a_world_with_queues(tmp_path, form):
    told = run(ROUTED, people(ROUTED, 0, 1, 2))
    assert "vip" in write_log(told, tmp_path / "log", form).read_text(encoding="utf-8")


def test_each_stay_in_a_queue_is_one_of_asterisks_calls(tmp_path):
    """Who is moved on leaves after 5 minutes and enters another queue; who finds it full never enters."""
    told = run(ROUTED, people(ROUTED, 0, 1, 2))
    log = queue_log(write_log(told, tmp_path / "log"))
    assert not log.warnings
    seen = [(log.queues[call["queue"]], Outcome(call["outcome"]), float(call["arrived"])) for call in log.calls]
    assert seen == [
        ("vip", Outcome.ANSWERED, 0.0),
        ("vip", Outcome.TIMED_OUT, 1.0),
        ("vip", Outcome.BLOCKED, 2.0),
        ("back", Outcome.ANSWERED, 6.0),
    ]
    assert log.calls["left"][1] - log.calls["arrived"][1] == pytest.approx(5.0)
