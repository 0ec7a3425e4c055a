"""Film strips: what is written, how it is worked on, what becomes of an answer in time, late or never."""

from __future__ import annotations

from typing import Any

import pytest

from sim import purposes
from tests.by_hand import MAIL, PHONE, assert_strip, lived, through, written

SOLVED_ON_THE_PHONE = """
    {0} switched dialled picked_up queued answered@front identifying
    {1} explaining
    {2} talking=10
    {3} solved left_agent call_ended
"""
CHIEFS: dict[str, Any] = {"chiefs": {"staff": 1, "talk": "10 min", "wage": 0}}


def then_a_call(at: int) -> str:
    """Return the call that begins so, and solves the problem."""
    return SOLVED_ON_THE_PHONE.format(at, at + 1, at + 3, at + 13)


def test_a_message_is_answered_and_read():
    """Written in 8 min, worked on for 10, read in 2."""
    assert_strip(
        lived(written(), 0),
        """
        0   appeared wrote=1@office
        8   sent filed@office taken_up worked_on=10@office.0
        18  replied=10
        20  read solved
        """,
    )


def test_a_message_may_be_written_in_no_time():
    assert_strip(
        lived(written(messages={"mail": {"writing": "0 s"}}), 0),
        """
        0   appeared wrote sent filed taken_up worked_on
        10  replied=10
        12  read solved
        """,
    )


def test_a_machine_says_that_it_has_come():
    """Which is no answer."""
    world = written(messages={"mail": {"acknowledged": 0.3}})
    assert_strip(
        lived(world, 0, luck={(0, through(MAIL), 0): {purposes.ACKNOWLEDGED: 0.1}}),
        """
        0   appeared wrote
        8   sent acknowledged filed taken_up worked_on
        18  replied
        20  read solved
        """,
    )


def test_a_message_that_is_lost_is_written_again():
    """He waits for 4 h, then 15 min more; of the first nobody at the firm knows anything."""
    world = written(messages={"mail": {"answered": 0.5}})
    luck = {(0, through(MAIL), 0): {purposes.REPLY: 0.9}, (0, through(MAIL, 1), 0): {purposes.REPLY: 0.1}}
    assert_strip(
        lived(world, 0, luck=luck),
        """
        0    appeared wrote
        8    sent
        248  no_reply
        263  wrote
        271  sent filed taken_up worked_on
        281  replied=10
        283  read solved
        """,
    )


LATE = {"messages": {"mail": {"lies": "5 h"}}, "population": {"again": {"after_unanswered": "2 h"}}}
"""The answer comes at 318; the customer has given up waiting at 248 and would try again at 368."""


def test_a_late_answer_makes_the_next_attempt_needless():
    """He has waited for 310 min in all."""
    assert_strip(
        lived(written(**LATE), 0),
        """
        0    appeared wrote
        8    sent
        248  no_reply
        308  filed taken_up worked_on
        318  replied_late=310
        320  read solved
        """,
    )


def test_a_late_answer_that_does_not_help_delays_nothing():
    """It takes 2 min to read, though the next attempt is a call; what it says of other ways is known already."""
    world = written(
        **LATE,
        contacts={"switch": 1.0, "then": {"mail": {"phone": 1.0}}},
        teams={"office": {"solve": {"plain": 0.0}}},
    )
    assert_strip(
        lived(world, 0),
        """
        0    appeared wrote
        8    sent
        248  no_reply
        308  filed taken_up worked_on
        318  replied_late=310
        320  read unsolved
        """
        + then_a_call(368),
    )


def test_who_is_reading_a_late_answer_is_done_with_it_before_he_writes_again():
    """It comes at 268, a minute before he would have written."""
    world = written(
        messages={"mail": {"lies": "250 min"}},
        population={"again": {"after_unanswered": "21 min"}},
        teams={"office": {"solve": {"plain": 0.5}}},
    )
    luck = {(0, through(MAIL), 0): {purposes.SOLVE: 0.9}, (0, through(MAIL, 1), 0): {purposes.SOLVE: 0.1}}
    assert_strip(
        lived(world, 0, luck=luck),
        """
        0    appeared wrote
        8    sent
        248  no_reply
        258  filed taken_up worked_on
        268  replied_late=260
        270  read unsolved wrote
        278  sent
        518  no_reply
        528  filed taken_up worked_on
        538  replied_late=260
        540  read solved
        """,
    )


def test_an_answer_comes_after_the_problem_was_solved_by_telephone():
    """The office has worked on it all the same, and nobody reads it."""
    world = written(messages={"mail": {"lies": "260 min"}}, contacts={"switch": 1.0, "then": {"mail": {"phone": 1.0}}})
    assert_strip(
        lived(world, 0),
        """
        0    appeared wrote
        8    sent
        248  no_reply
        263  switched dialled picked_up queued answered identifying
        264  explaining
        266  talking
        276  solved left_agent
        268  filed taken_up worked_on
        276  call_ended
        """,
    )


def test_an_answer_that_comes_while_he_is_on_the_telephone_is_read_afterwards():
    """The agent has not solved it; the answer, which came at 268, has."""
    world = written(
        messages={"mail": {"lies": "250 min"}},
        contacts={"switch": 1.0, "then": {"mail": {"phone": 1.0}}},
        teams={"front": {"solve": {"plain": 0.0}}},
    )
    assert_strip(
        lived(world, 0),
        """
        0    appeared wrote
        8    sent
        248  no_reply
        258  filed taken_up worked_on
        263  switched dialled picked_up queued answered identifying
        264  explaining
        266  talking
        276  unsolved left_agent call_ended replied_late=268
        278  read solved
        """,
    )


ASKED_BACK = {(0, through(MAIL), 0): {purposes.ASKS_BACK: 0.1}, (0, through(MAIL, 1), 0): {purposes.ASKS_BACK: 0.9}}


def test_the_answer_asks_for_more():
    """He writes again at once."""
    assert_strip(
        lived(written(messages={"mail": {"asks_back": 0.4}}), 0, luck=ASKED_BACK),
        """
        0   appeared wrote
        8   sent filed taken_up worked_on
        18  replied
        20  read asked_back wrote
        28  sent filed taken_up worked_on
        38  replied
        40  read solved
        """,
    )


def test_who_is_asked_for_more_writes_again_and_does_not_call():
    """Though all who try again by themselves would call."""
    world = written(messages={"mail": {"asks_back": 0.4}}, contacts={"switch": 1.0, "then": {"mail": {"phone": 1.0}}})
    assert_strip(
        lived(world, 0, luck=ASKED_BACK),
        """
        0   appeared wrote
        8   sent filed taken_up worked_on
        18  replied
        20  read asked_back wrote
        28  sent filed taken_up worked_on
        38  replied
        40  read solved
        """,
    )


def test_who_has_tried_as_often_as_anyone_writes_no_more_though_he_is_asked_for_more():
    world = written(messages={"mail": {"asks_back": 1.0}}, population={"again": {"most_attempts": 2}})
    assert_strip(
        lived(world, 0),
        """
        0   appeared wrote
        8   sent filed taken_up worked_on
        18  replied
        20  read asked_back wrote
        28  sent filed taken_up worked_on
        38  replied
        40  read asked_back limit_reached gave_up
        """,
    )


def test_a_late_answer_that_asks_for_more_changes_nothing():
    """He is about to write again anyway, in 48 min."""
    world = written(**{**LATE, "messages": {"mail": {"lies": "5 h", "asks_back": 0.4}}})
    luck = {
        (0, through(MAIL), 0): {purposes.ASKS_BACK: 0.1},
        (0, through(MAIL, 1), 0): {purposes.ASKS_BACK: 0.9},
    }
    assert_strip(
        lived(world, 0, luck=luck),
        """
        0    appeared wrote
        8    sent
        248  no_reply
        308  filed taken_up worked_on
        318  replied_late
        320  read asked_back
        368  wrote
        376  sent
        616  no_reply
        676  filed taken_up worked_on
        686  replied_late=310
        688  read solved
        """,
    )


def test_nobody_persists_after_an_answer_that_does_not_come():
    world = written(
        messages={"mail": {"answered": 0.0}}, population={"again": {"persistence_after": {"unanswered": 0.0}}}
    )
    assert_strip(
        lived(world, 0),
        """
        0    appeared wrote
        8    sent
        248  no_reply gave_up
        """,
    )


# The gesture ----------------------------------------------------------------------------------------------------------

ASKS_FOR_30 = {"appeared": 0, "gesture": 30}


def test_a_gesture_is_granted_in_the_answer():
    """Thirty euros, which the office grants alone."""
    assert_strip(
        lived(written(levers={"authority": {"limit": 30}}), ASKS_FOR_30),
        """
        0   appeared wrote
        8   sent filed taken_up worked_on
        18  replied
        20  read granted=30 solved
        """,
    )


def test_a_gesture_above_the_limit_is_refused_in_the_answer():
    """By rule, and nobody asks a supervisor."""
    world = written(levers={"authority": {"above": "refuse"}}, population={"again": {"most_attempts": 1}})
    assert_strip(
        lived(world, ASKS_FOR_30),
        """
        0   appeared wrote
        8   sent filed taken_up worked_on
        18  replied
        20  read unsolved limit_reached gave_up
        """,
    )


@pytest.mark.parametrize(
    ("luck", "said"), [(0.1, "granted=30 solved"), (0.9, "unsolved limit_reached gave_up")], ids=["granted", "refused"]
)
def test_a_supervisor_decides_on_it_before_the_answer_is_written(luck, said):
    world = written(levers={"authority": {"granted": 0.5}}, population={"again": {"most_attempts": 1}})
    assert_strip(
        lived(world, ASKS_FOR_30, luck={(0, through(MAIL), 0): {purposes.GRANT: luck}}),
        f"""
        0   appeared wrote
        8   sent filed taken_up worked_on
        18  replied
        20  read {said}
        """,
    )


def test_a_message_is_handed_on_to_who_may_grant_it():
    world = written(
        teams=CHIEFS,
        levers={"authority": {"above": "escalate", "limits": {"chiefs": 30}}},
        paths={"up": {"from": "office", "to": "chiefs", "when": "above_limit"}},
    )
    assert_strip(
        lived(world, ASKS_FOR_30),
        """
        0   appeared wrote
        8   sent filed@office taken_up worked_on=10@office.0
        18  handed_on@office filed@chiefs taken_up worked_on=10@chiefs.0
        28  replied=20
        30  read granted=30 solved
        """,
    )


# The work -------------------------------------------------------------------------------------------------------------


def test_two_messages_wait_for_one_agent():
    """The second one, sent at 10, lies in the queue until 18."""
    history = lived(written(), 0, 2)
    assert_strip(
        history,
        """
        2   appeared wrote
        10  sent filed
        18  taken_up=8@office worked_on=10
        28  replied=18
        30  read solved
        """,
        customer=1,
    )


def test_the_agent_tidies_up_and_rests_between_two_messages():
    """A minute of work after each, which delays the answer, and two of rest, which do not."""
    history = lived(written(teams={"office": {"after_call": "1 min", "pause": "2 min"}}), 0, 2)
    assert_strip(
        history,
        """
        0   appeared wrote
        8   sent filed taken_up worked_on=11
        19  replied=11
        21  read solved
        """,
    )
    assert_strip(
        history,
        """
        2   appeared wrote
        10  sent filed
        21  taken_up worked_on=11
        32  replied=22
        34  read solved
        """,
        customer=1,
    )


def test_who_learns_by_doing_learns_by_messages_too():
    """The first one takes a new agent 20 min, the second 15, as halfway to 10."""
    history = lived(written(teams={"office": {"learning": {"halved_after": 1, "talk_at_first": 2.0}}}), 0, 2)
    assert_strip(
        history,
        """
        2   appeared wrote
        10  sent filed
        28  taken_up worked_on=15
        43  replied=33
        45  read solved
        """,
        customer=1,
    )


def test_nobody_works_at_night():
    """Sent on Sunday night; at nine the agent comes."""
    world = written(teams={"office": {"staff": {"mon-fri 09:00-17:00": 1}}}, messages={"mail": {"patience": "none"}})
    assert_strip(
        lived(world, 0),
        """
        0    appeared wrote
        8    sent filed
        540  taken_up worked_on=10
        550  replied=542
        552  read solved
        """,
    )


def test_a_message_reaches_the_wrong_person_first():
    """Who sees it after half the time, and hands it on; the other one answers."""
    world = written(
        teams={"office": {"competent": 0.5, "wrong_talk": 0.5}, **CHIEFS},
        paths={"on": {"from": "office", "to": "chiefs", "when": "wrong_person"}},
    )
    assert_strip(
        lived(world, 0, luck={(0, through(MAIL), 0): {purposes.COMPETENCE: 0.9}}),
        """
        0   appeared wrote
        8   sent filed@office taken_up worked_on=5@office.0
        13  handed_on@office.0 filed@chiefs.-1 taken_up worked_on=10@chiefs.0
        23  replied=15
        25  read solved
        """,
    )


def test_a_message_that_is_not_solved_is_handed_on_once():
    """Each piece of work has luck of its own, and after one try no path leads on."""
    world = written(
        teams={"office": {"solve": {"plain": 0.5}}},
        paths={"on": {"from": "office", "to": "office", "when": "unsolved", "tries": 1}},
        population={"again": {"most_attempts": 1}},
    )
    luck = {(0, through(MAIL), leg): {purposes.SOLVE: 0.9} for leg in (0, 1)}
    assert_strip(
        lived(world, 0, luck=luck),
        """
        0   appeared wrote
        8   sent filed taken_up worked_on
        18  handed_on filed taken_up worked_on
        28  replied=20
        30  read unsolved limit_reached gave_up
        """,
    )


def test_a_ticket_without_a_case_is_not_written_for_a_message():
    """It is in writing already: the answer is that nothing could be done."""
    world = written(
        teams={"office": {"solve": {"plain": 0.0}}},
        paths={"on": {"from": "office", "to": "office", "when": "unsolved", "by": "ticket"}},
        population={"again": {"most_attempts": 1}},
    )
    assert_strip(
        lived(world, 0),
        """
        0   appeared wrote
        8   sent filed taken_up worked_on
        18  replied
        20  read unsolved limit_reached gave_up
        """,
    )


def test_a_call_that_came_to_the_wrong_place_leaves_nothing_of_it_to_the_message():
    """The menu misled him; what he writes then comes to the office, whose agent is the right one."""
    world = written(
        contacts={"first": {"mail": 0.0, "phone": 1.0}},
        line={"sends_on": {"mail": 1.0}},
        levers={"knowledge": {"misrouted": 0.5}},
    )
    assert_strip(
        lived(world, 0, luck={(0, through(PHONE), 0): {purposes.ROUTING: 0.1}}),
        """
        0    appeared dialled picked_up queued answered identifying
        1    explaining
        3    talking
        11/2 wrong_person unsolved left_agent call_ended sent_on
        17/2 switched wrote
        33/2 sent filed taken_up worked_on=10
        53/2 replied=10
        57/2 read solved
        """,
    )
