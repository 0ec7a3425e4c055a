"""Film strips: the clock cuts the call, wherever it is."""

from __future__ import annotations

from typing import Any

import pytest

from sim import purposes
from sim.engines.simpy_engine import tell
from tests.by_hand import NOBODY_BEFORE_HALF_PAST, HandLuck, assert_strip, lived, people, plain

WRONG_AT_FIRST = {(0, 0, 0): {purposes.COMPETENCE: 0.9}}
TWO_LEVELS: dict[str, Any] = {
    "teams": {"front": {"competent": 0.5}, "back": {"staff": 1, "talk": "10 min", "wage": 0}},
    "paths": {"wrong": {"from": "front", "to": "back", "when": "wrong_person"}},
}


def test_a_caller_who_holds_longer_than_the_clock_allows_is_cut_in_the_queue():
    """Nobody works before minute 30. Cut at 20, he rings again 10 minutes later, when the agent has come."""
    world = plain(teams={"front": {"staff": NOBODY_BEFORE_HALF_PAST}}, levers={"time": {"cut_after": "20 min"}})
    assert_strip(
        lived(world, 0),
        """
        0   appeared dialled picked_up queued@front
        20  cut call_ended
        30  dialled picked_up queued answered@front.0 identifying
        31  explaining
        33  talking=10
        43  solved left_agent call_ended
        """,
    )


@pytest.mark.parametrize(
    ("kept", "needed", "solved"),
    [
        pytest.param(0.0, "10", "63", id="nothing kept: the talk begins from the beginning"),
        pytest.param(0.5, "13/2", "119/2", id="half of the 7 minutes done is kept: 6.5 are left"),
        pytest.param(1.0, "3", "56", id="all is kept: 3 minutes are left"),
    ],
)
def test_a_cut_in_the_talk_leaves_the_work_that_the_world_does_not_remember(kept, needed, solved):
    """He held 10 minutes, so that the 20-minute clock cuts the talk after 7 of its 10 minutes."""
    world = plain(
        teams={"front": {"staff": NOBODY_BEFORE_HALF_PAST, "after_call": "2 min"}},
        levers={"time": {"cut_after": "20 min"}, "memory": {"progress_kept": kept}},
    )
    assert_strip(
        lived(world, 20),
        f"""
        20  appeared dialled picked_up queued
        30  answered identifying
        31  explaining
        33  talking=10
        40  cut left_agent=2 call_ended
        50  dialled picked_up queued answered identifying
        51  explaining
        53  talking={needed}
        {solved}  solved left_agent=2 call_ended
        """,
    )


def test_the_clock_of_the_first_agent_leaves_out_menu_and_hold():
    """2 min of menu and 8 of hold do not count: 8 minutes run from the answer at 30. One attempt is all he makes."""
    world = plain(
        population={"again": {"most_attempts": 1}},
        line={"menu": "2 min"},
        teams={"front": {"staff": NOBODY_BEFORE_HALF_PAST}},
        levers={"time": {"cut_after": "8 min", "clock": "first_agent"}},
    )
    assert_strip(
        lived(world, 20),
        """
        20  appeared dialled picked_up
        22  queued
        30  answered identifying
        31  explaining
        33  talking
        38  cut left_agent call_ended limit_reached gave_up
        """,
    )


def test_the_clock_of_the_connection_counts_the_menu_too():
    """The same caller under the clock of the connection: 20 + 12 = 32, while he tells his story."""
    world = plain(
        population={"again": {"most_attempts": 1}},
        line={"menu": "2 min"},
        teams={"front": {"staff": NOBODY_BEFORE_HALF_PAST}},
        levers={"time": {"cut_after": "12 min"}},
    )
    assert_strip(
        lived(world, 20),
        """
        20  appeared dialled picked_up
        22  queued
        30  answered identifying
        31  explaining
        32  cut left_agent call_ended limit_reached gave_up
        """,
    )


def test_the_clock_of_the_first_agent_runs_on_in_the_transfer_hold():
    """Answered at 2, passed on at 7.5 to a team that works from 30 only: cut at 2 + 12 = 14, with no agent to leave."""
    world = plain(
        population={"again": {"most_attempts": 1}},
        line={"menu": "2 min"},
        teams={**TWO_LEVELS["teams"], "back": {"staff": NOBODY_BEFORE_HALF_PAST, "talk": "10 min", "wage": 0}},
        paths=TWO_LEVELS["paths"],
        levers={"time": {"cut_after": "12 min", "clock": "first_agent"}},
    )
    assert_strip(
        lived(world, 0, luck=WRONG_AT_FIRST),
        """
        0     appeared dialled picked_up
        2     queued answered identifying
        3     explaining
        5     talking
        15/2  wrong_person transferred_cold left_agent queued@back
        14    cut call_ended limit_reached gave_up
        """,
    )


def test_the_clock_of_the_current_agent_starts_anew_with_every_agent():
    """12 minutes for each agent: 14 for the first, not reached; 7.5 + 12 for the second, half a minute too soon."""
    world = plain(
        population={"again": {"most_attempts": 1}},
        line={"menu": "2 min"},
        **TWO_LEVELS,
        levers={"time": {"cut_after": "12 min", "clock": "current_agent"}},
    )
    assert_strip(
        lived(world, 0, luck=WRONG_AT_FIRST),
        """
        0     appeared dialled picked_up
        2     queued answered@front identifying
        3     explaining
        5     talking
        15/2  wrong_person transferred_cold left_agent queued@back answered@back identifying
        8     explaining
        10    talking
        39/2  cut left_agent@back call_ended limit_reached gave_up
        """,
    )


def test_the_clock_of_an_agent_runs_on_until_another_takes_over():
    """It starts anew with every agent, and nothing else stops it: from the first one's answer, 2 + 12, in the hold."""
    world = plain(
        population={"again": {"most_attempts": 1}},
        line={"menu": "2 min"},
        teams={**TWO_LEVELS["teams"], "back": {"staff": NOBODY_BEFORE_HALF_PAST, "talk": "10 min", "wage": 0}},
        paths=TWO_LEVELS["paths"],
        levers={"time": {"cut_after": "12 min", "clock": "current_agent"}},
    )
    assert_strip(
        lived(world, 0, luck=WRONG_AT_FIRST),
        """
        0     appeared dialled picked_up
        2     queued answered@front identifying
        3     explaining
        5     talking
        15/2  wrong_person transferred_cold left_agent queued@back
        14    cut call_ended limit_reached gave_up
        """,
    )


def test_a_cut_comes_in_the_transfer_hold():
    """20 minutes after pick-up he holds for the second level, and begins again at the first."""
    back = {"staff": NOBODY_BEFORE_HALF_PAST, "talk": "10 min", "wage": 0}
    world = plain(
        teams={**TWO_LEVELS["teams"], "back": back},
        paths=TWO_LEVELS["paths"],
        levers={"time": {"cut_after": "20 min"}},
    )
    right_the_second_time = {**WRONG_AT_FIRST, (0, 1, 0): {purposes.COMPETENCE: 0.1}}
    assert_strip(
        lived(world, 0, luck=right_the_second_time),
        """
        0     appeared dialled picked_up queued@front answered identifying
        1     explaining
        3     talking
        11/2  wrong_person transferred_cold left_agent@front queued@back
        20    cut call_ended
        30    dialled picked_up queued@front answered@front identifying
        31    explaining
        33    talking
        43    solved left_agent call_ended
        """,
    )


def test_a_cut_comes_while_a_supervisor_is_asked():
    """The talk ends at 13, the supervisor would answer at 17, the clock cuts at 15: the agent had not let him go."""
    world = plain(
        population={"again": {"most_attempts": 1}},
        levers={"authority": {"approval": "4 min"}, "time": {"cut_after": "15 min"}},
    )
    assert_strip(
        lived(world, {"appeared": 0, "gesture": 50}),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  approval_asked
        15  cut left_agent call_ended limit_reached gave_up
        """,
    )


def test_a_cut_comes_during_identification():
    """He held 10 of the clock's 10.5 min. The next call has 7.5 min left for a talk of 10, and is cut too."""
    world = plain(
        population={"again": {"most_attempts": 2}},
        teams={"front": {"staff": NOBODY_BEFORE_HALF_PAST}},
        levers={"time": {"cut_after": "10.5 min"}},
    )
    assert_strip(
        lived(world, 20),
        """
        20     appeared dialled picked_up queued
        30     answered identifying
        61/2   cut left_agent call_ended
        81/2   dialled picked_up queued answered identifying
        83/2   explaining
        87/2   talking=10
        51     cut left_agent call_ended limit_reached gave_up
        """,
    )


def test_when_patience_and_the_clock_end_together_the_clock_has_cut():
    """Both after 20 minutes. The clock ends the call wherever it is, so he rings after a cut's 10 minutes."""
    world = plain(
        population={"patience": "20 min"},
        teams={"front": {"staff": NOBODY_BEFORE_HALF_PAST}},
        levers={"time": {"cut_after": "20 min"}},
    )
    assert_strip(
        lived(world, 0),
        """
        0   appeared dialled picked_up queued
        20  cut call_ended
        30  dialled picked_up queued answered identifying
        31  explaining
        33  talking
        43  solved left_agent call_ended
        """,
    )


def test_when_the_talk_and_the_clock_end_together_the_clock_has_cut():
    """1 + 2 + 10 minutes with the agent and a clock of 13: the last word is never said."""
    world = plain(population={"again": {"most_attempts": 1}}, levers={"time": {"cut_after": "13 min"}})
    assert_strip(
        lived(world, 0),
        """
        0   appeared dialled picked_up queued answered identifying
        1   explaining
        3   talking
        13  cut left_agent call_ended limit_reached gave_up
        """,
    )


def test_an_agent_under_a_target_hangs_up_in_the_middle_of_the_first_ten_seconds():
    """Uniform over 10 s, luck one half: 5 s. The next call, to an agent who does not, comes after a cut's delay.

    No seed has a luck of just one half: of compiled luck the second is asked by the key `levers.time.hangup_within`.
    """
    world = plain(levers={"time": {"hangup": 0.2, "hangup_within": "10 s"}})
    assert_strip(
        tell(world, people(world, 0), luck=HandLuck({(0, 0, 0): {purposes.HANGUP: 0.1}})),
        """
        0       appeared dialled picked_up queued answered identifying
        1/12    hung_up left_agent call_ended
        121/12  dialled picked_up queued answered identifying
        133/12  explaining
        157/12  talking=10
        277/12  solved left_agent call_ended
        """,
    )
