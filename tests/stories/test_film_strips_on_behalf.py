"""Film strips: what cannot be solved yet, and an agent who acts in place of the customer."""

from __future__ import annotations

from typing import Any

import pytest

from sim import purposes
from sim.world import World
from tests.by_hand import PHONE, assert_strip, lived, plain, through, written
from tests.stories.cased import cased

READY_AT_TWO: dict[str, Any] = {"population": {"reasons": {"any": {"share": 1.0, "ready": "2 h"}}}}
"""The document that is missed at 0 is there at 120."""
TALKS = """
    0   appeared dialled picked_up queued answered identifying
    1   explaining
    3   talking
"""
CASE = "case_opened step_begun=0 filed taken_up worked_on=20@experts.0"


def acting(share: float = 0.5, **changes: Any) -> World:
    """Return a world in which agents act for so many customers, in 3 min, where they solve all that can be solved.

    Seven in ten are sent elsewhere in place of being helped.
    """
    levers = {"access": {"on_behalf": share, "sent_elsewhere": 0.7}, **changes.pop("levers", {})}
    paths = {
        "up": {"from": "front", "when": "on_behalf"},
        "wrong": {"from": "front", "to": "experts", "when": "wrong_person"},
    }
    return cased(levers=levers, paths=paths, teams={"front": {"solve": {"plain": 1.0}}}, **changes)


def luck(elsewhere: float, on_behalf: float, which: int = 0) -> dict[tuple[int, int, int], dict[int, float]]:
    """Set who is sent elsewhere and for whom an agent acts."""
    return {
        (0, through(PHONE, which), 0): {purposes.ELSEWHERE: elsewhere, purposes.ON_BEHALF: on_behalf},
    }


def test_the_agent_writes_in_place_of_the_customer():
    """He opens the case, which takes 3 min more, and the customer hears of it at 36."""
    assert_strip(
        lived(acting(), 0, luck=luck(0.1, 0.1)),
        TALKS
        + f"""
        13  acted_for
        16  left_agent call_ended {CASE}
        36  case_closed=1 case_answered solved
        """,
    )


def test_the_agent_sends_him_elsewhere_all_the_same():
    """Half of them do not act for him; the second agent solves it."""
    assert_strip(
        lived(acting(), 0, luck=luck(0.1, 0.9) | luck(0.9, 0.9, which=1)),
        TALKS
        + """
        13  sent_elsewhere left_agent call_ended
        73  dialled picked_up queued answered identifying
        74  explaining
        76  talking
        86  solved left_agent call_ended
        """,
    )


def test_nobody_acts_for_who_can_be_helped():
    assert_strip(
        lived(acting(), 0, luck=luck(0.9, 0.1)),
        TALKS + "13 solved left_agent call_ended",
    )


def test_nobody_acts_where_no_path_says_how():
    world = plain(
        levers={"access": {"on_behalf": 1.0, "sent_elsewhere": 1.0}}, population={"again": {"persistence": 0.0}}
    )
    assert_strip(lived(world, 0), TALKS + "13 sent_elsewhere left_agent call_ended gave_up")


def test_acting_takes_as_long_as_it_takes():
    assert_strip(
        lived(acting(levers={"access": {"on_behalf": 1.0, "sent_elsewhere": 1.0, "acting": "7 min"}}), 0),
        TALKS
        + f"""
        13  acted_for
        20  left_agent call_ended {CASE}
        40  case_closed=1 case_answered solved
        """,
    )


def test_the_call_is_cut_while_the_agent_acts():
    """At 15, and it was all in vain: ten minutes later he calls again."""
    world = acting(levers={"access": {"on_behalf": 0.5, "sent_elsewhere": 0.7}, "time": {"cut_after": "15 min"}})
    assert_strip(
        lived(world, 0, luck=luck(0.1, 0.1) | luck(0.9, 0.1, which=1)),
        TALKS
        + """
        13  acted_for
        15  cut left_agent call_ended
        25  dialled picked_up queued answered identifying
        26  explaining
        28  talking
        38  solved left_agent call_ended
        """,
    )


def test_the_call_is_cut_while_the_agent_acts_for_who_is_too_early():
    """The same, for want of a document that is ready at 20."""
    world = acting(
        levers={"access": {"on_behalf": 0.5}, "time": {"cut_after": "15 min"}},
        population={"reasons": {"any": {"share": 1.0, "ready": "20 min"}}},
    )
    assert_strip(
        lived(world, 0, luck=luck(0.9, 0.1)),
        TALKS
        + """
        13  not_ready acted_for
        15  cut left_agent call_ended
        25  dialled picked_up queued answered identifying
        26  explaining
        28  talking
        38  solved left_agent call_ended
        """,
    )


def test_whoever_tries_it_cannot_be_solved_yet():
    """The document is there at 120: the calls that end at 13 and at 86 are in vain, whatever the agents' skills."""
    assert_strip(
        lived(plain(**READY_AT_TWO), 0),
        TALKS
        + """
        13   not_ready unsolved left_agent call_ended
        73   dialled picked_up queued answered identifying
        74   explaining
        76   talking
        86   not_ready unsolved left_agent call_ended
        146  dialled picked_up queued answered identifying
        147  explaining
        149  talking
        159  solved left_agent call_ended
        """,
    )


def test_an_agent_acts_for_who_is_too_early():
    """He opens the case in his place; at 36 the expert comes too early as well, in vain."""
    world = acting(
        population={"again": {"most_attempts": 1}, **READY_AT_TWO["population"]},
        levers={"access": {"on_behalf": 0.5}},
    )
    assert_strip(
        lived(world, 0, luck=luck(0.9, 0.1)),
        TALKS
        + f"""
        13  not_ready acted_for
        16  left_agent call_ended {CASE}
        36  case_closed=0 case_answered unsolved limit_reached gave_up
        """,
    )


@pytest.mark.parametrize("ready", [12, 14], ids=["in time", "too late"])
def test_only_some_reasons_have_to_be_waited_for(ready):
    """The talk ends at 13 in both; what is ready at 13 can be solved."""
    world = plain(
        population={
            "reasons": {"any": {"share": 0.5}, "late": {"share": 0.5, "ready": f"{ready} min"}},
            "again": {"persistence": 0.0},
        },
        teams={"front": {"staff": 2}},
    )
    history = lived(world, 0, {"appeared": 0, "reason": 1})
    assert_strip(history, TALKS + "13 solved left_agent call_ended")
    ends = "solved left_agent call_ended" if ready <= 13 else "not_ready unsolved left_agent call_ended gave_up"
    assert_strip(history, TALKS + f"13 {ends}", customer=1)


def test_nor_can_it_be_solved_in_writing():
    """The office has done its work at 18; the second answer, at 98, comes too early too, the third in time."""
    world = written(**READY_AT_TWO)
    assert_strip(
        lived(world, 0),
        """
        0    appeared wrote
        8    sent filed taken_up worked_on
        18   replied
        20   read unsolved
        80   wrote
        88   sent filed taken_up worked_on
        98   replied
        100  read unsolved
        160  wrote
        168  sent filed taken_up worked_on
        178  replied
        180  read solved
        """,
    )
